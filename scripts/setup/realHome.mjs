import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const own = path.join(homedir(), '.keras');
const beside = fileURLToPath(new URL('../../../shared/keras', import.meta.url));

/**
 * Where the real data may be, for what needs them: folders whose `datasets` holds Keras' files. `$KERAS_HOME`, Keras' own, and the one beside this checkout
 * where its builders have theirs.
 */
export function realHomes() {
  const { KERAS_HOME } = process.env;
  return [...(KERAS_HOME ? [KERAS_HOME] : []), own, beside];
}

/** `$KERAS_HOME`; without it the first of the others that has data, or Keras' own. */
export function realHome() {
  const hasData = (/** @type {string} */ home) => existsSync(path.join(home, 'datasets', 'imdb.npz'));
  return process.env.KERAS_HOME || (realHomes().find(hasData) ?? own);
}
