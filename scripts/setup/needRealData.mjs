import { existsSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../cli/Failure.mjs';

/**
 * @param {string} home whose `datasets` is to hold Keras' files
 * @throws {Failure} if they are not there
 */
export function needRealData(home) {
  const folder = path.join(home, 'datasets');
  if (existsSync(path.join(folder, 'imdb.npz'))) return;
  throw new Failure(
    `Expected the data sets in ${folder}, which has none. \`npm run data\` fetches them; or set KERAS_HOME to the folder that holds datasets/.`,
  );
}
