import path from 'node:path';
import { firstFile } from './firstFile.mjs';

/**
 * The Firefoxes to look for, best first: pure, so that every platform is tested.
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]} absolute paths
 */
export function firefoxCandidates(platform, env) {
  if (env['KERAS_PRIMER_FIREFOX']) return [env['KERAS_PRIMER_FIREFOX']];
  if (platform === 'win32') {
    return [env['ProgramFiles'], env['ProgramFiles(x86)']].flatMap(folder =>
      folder ? [path.win32.join(folder, 'Mozilla Firefox', 'firefox.exe')] : [],
    );
  }
  if (platform === 'darwin') return ['/Applications/Firefox.app/Contents/MacOS/firefox'];
  const folders = (env['PATH'] ?? '').split(':').filter(Boolean);
  return ['firefox-esr', 'firefox'].flatMap(name => folders.map(folder => path.posix.join(folder, name)));
}

/**
 * A Firefox of this machine, as its makers ship it.
 * @returns {Promise<string | null>}
 */
export async function findFirefox() {
  return firstFile(firefoxCandidates(process.platform, process.env));
}
