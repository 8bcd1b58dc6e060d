import { Failure } from '../cli/Failure.mjs';
import { pythonCandidates } from './commands.mjs';
import { run } from './run.mjs';

/** @typedef {{ command: string, args: string[], version: string, executable: string }} Python */

const question =
  'import sys, importlib.util as u; ' +
  'print("keras-primer", "%d.%d.%d" % sys.version_info[:3], ' +
  'int(bool(u.find_spec("venv") and u.find_spec("ensurepip"))), sys.executable)';

/**
 * The first Python that is new enough and can make virtual environments.
 * @param {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv }} here
 * @returns {Promise<Python>}
 * @throws {Failure} no Python, too old, or no venv module: one sentence with the mend
 */
export async function findPython({ platform, env }) {
  let tooOld = '';
  let withoutVenv = '';
  for (const { command, args } of pythonCandidates(platform, env)) {
    const { code, stdout } = await run({ command, args: [...args, '-c', question] }, { env });
    const answer = /^keras-primer (\d+)\.(\d+)\.(\d+) ([01]) (.*)$/m.exec(stdout);
    if (code !== 0 || !answer) continue;
    const [, major, minor, patch, venv, executable] = answer;
    const version = `${major}.${minor}.${patch}`;
    if (Number(major) !== 3 || Number(minor) < 10) tooOld ||= version;
    else if (venv === '0') withoutVenv ||= version;
    else return { command, args, version, executable: (executable ?? '').trim() };
  }
  throw new Failure(
    pythonAdvice({ platform, tooOld, withoutVenv, forced: env['KERAS_PRIMER_PYTHON'] ?? '' }),
  );
}

/**
 * @param {{ platform: NodeJS.Platform, tooOld: string, withoutVenv: string, forced: string }} found
 * @returns {string}
 */
function pythonAdvice({ platform, tooOld, withoutVenv, forced }) {
  if (withoutVenv) {
    const minor = withoutVenv.split('.').slice(0, 2).join('.');
    return platform === 'linux'
      ? `Python ${withoutVenv} is here, but its venv module is missing. Install it (Debian and Ubuntu: \`sudo apt install python3-venv\`, or python${minor}-venv) and run the command again.`
      : `Python ${withoutVenv} is here, but its venv module is missing. Install Python from https://www.python.org and run the command again.`;
  }
  if (tooOld) {
    return `Keras Primer needs Python 3.10 or newer, and this is Python ${tooOld}. Install a current version from https://www.python.org, or name one in KERAS_PRIMER_PYTHON, and run the command again.`;
  }
  if (forced) {
    return `KERAS_PRIMER_PYTHON names ${forced}, which does not run as Python. Correct or unset the variable and run the command again.`;
  }
  return 'Keras Primer needs Python 3.10 or newer, and none was found on the PATH. Install one from https://www.python.org, or name one in KERAS_PRIMER_PYTHON, and run the command again.';
}
