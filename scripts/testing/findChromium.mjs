import path from 'node:path';
import { firstFile } from './firstFile.mjs';

/**
 * The browsers to look for, best first: pure, so that every platform is tested.
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]} absolute paths
 */
export function chromiumCandidates(platform, env) {
  if (env['KERAS_PRIMER_CHROMIUM']) return [env['KERAS_PRIMER_CHROMIUM']];
  if (platform === 'win32') {
    const folders = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']];
    return folders.flatMap(folder =>
      folder
        ? [
            path.win32.join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
            path.win32.join(folder, 'Chromium', 'Application', 'chrome.exe'),
            path.win32.join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
          ]
        : [],
    );
  }
  if (platform === 'darwin') {
    return [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ];
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (env['PATH'] ?? '').split(':').filter(Boolean);
  return names.flatMap(name => folders.map(folder => path.posix.join(folder, name)));
}

/**
 * A Chromium or Chrome of this machine.
 * @returns {Promise<string | null>}
 */
export async function findChromium() {
  return firstFile(chromiumCandidates(process.platform, process.env));
}
