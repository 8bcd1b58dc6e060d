import { parseArgs } from 'node:util';
import { Failure } from './Failure.mjs';
import { nearest } from './nearest.mjs';

/**
 * @typedef {{ type: 'string' | 'boolean', short?: string }} OptionSpec
 */

/**
 * Parses a command line; an unknown option is refused with the nearest known one named.
 * @param {string[]} argv
 * @param {Record<string, OptionSpec>} specs
 * @param {string} command how the user called it, for the messages (`npm start --`)
 * @returns {{ values: Record<string, string | boolean | undefined>, positionals: string[] }}
 */
export function parseOptions(argv, specs, command) {
  const known = Object.keys(specs);
  for (const argument of argv) {
    if (argument === '--') break;
    if (!argument.startsWith('--')) continue;
    const name = argument.slice(2).split('=')[0] ?? '';
    if (known.includes(name)) continue;
    const guess = nearest(name, known);
    const hint = guess ? ` Did you mean --${guess}?` : '';
    throw new Failure(`There is no option --${name}.${hint} \`${command} --help\` lists the options.`);
  }
  try {
    const { values, positionals } = parseArgs({ args: argv, options: specs, allowPositionals: true });
    return { values: { ...values }, positionals };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new Failure(`${reason}. \`${command} --help\` lists the options.`);
  }
}
