import { spawn } from 'node:child_process';

/**
 * @typedef {object} Finished
 * @property {number | null} code null when a signal ended it or it could not be started
 * @property {string} output what it printed to stdout and stderr, in the order of arrival
 * @property {string} stdout
 * @property {NodeJS.ErrnoException | null} error why it could not be started
 */

/**
 * Runs a program to its end and collects its output; never throws. Its input is closed.
 * @param {import('./commands.mjs').Command} command
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal }} [options]
 * @returns {Promise<Finished>}
 */
export function run({ command, args, shell = false }, { cwd, env, signal } = {}) {
  return new Promise(resolve => {
    let output = '';
    let stdout = '';
    /** @type {NodeJS.ErrnoException | null} */
    let problem = null;
    const quoted = shell ? args.map(argument => (/\s/.test(argument) ? `"${argument}"` : argument)) : args;
    const child = spawn(command, quoted, {
      ...(cwd ? { cwd } : {}),
      ...(env ? { env } : {}),
      ...(signal ? { signal } : {}),
      shell,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.setEncoding('utf8').on('data', text => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', text => {
      output += text;
    });
    child.on('error', error => {
      problem = error;
      if (child.pid === undefined) resolve({ code: null, output, stdout, error });
    });
    child.on('close', code => resolve({ code, output, stdout, error: problem }));
  });
}
