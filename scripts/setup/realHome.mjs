import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const beside = fileURLToPath(new URL('../../../shared/keras', import.meta.url));

/**
 * The folder whose `datasets` holds Keras' files, for what needs the real data: `$KERAS_HOME`; without it Keras' own folder, or the one beside
 * this checkout where its builders have theirs.
 * @param {string} [home] of the user
 */
export function realHome(home = homedir()) {
  const own = path.join(home, '.keras');
  if (process.env.KERAS_HOME) return process.env.KERAS_HOME;
  return [own, beside].find(folder => existsSync(path.join(folder, 'datasets', 'imdb.npz'))) ?? own;
}
