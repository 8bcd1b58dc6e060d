import { fetchFile } from './fetchFile';
import { findFile } from './findFile';
import { kerasFolders } from './kerasFolders';
import { officialAddress, type OfficialFile } from './officialFiles';

/** A file that is there and verified, or why it is not. */
export type Obtained = { path: string } | { reason: string };

/** Searches in progress by file and folder, so that two loads at once download once. */
const running = new Map<string, Promise<Obtained>>();

/**
 * Find a file in the Keras folders or download it into them.
 *
 * @throws Error when only a file with a wrong hash is there and the right one cannot be had: wrong data are never used, and
 * sample data would hide the damage.
 */
export async function obtainFile(file: OfficialFile): Promise<Obtained> {
  const folders = kerasFolders();
  const key = [file.name, ...folders].join('\n');
  let search = running.get(key);
  if (search === undefined) {
    search = findOrFetch(file, folders).finally(() => running.delete(key));
    running.set(key, search);
  }
  return search;
}

async function findOrFetch(file: OfficialFile, folders: readonly string[]): Promise<Obtained> {
  const found = await findFile(file, folders);
  if (found.path !== undefined) return { path: found.path };
  const fetched = await fetchFile(file, folders, dataAddress());
  const wrong = found.wrong[0];
  if ('path' in fetched || wrong === undefined) return fetched;
  throw new Error(
    `Expected ${wrong.path} to have ${file.algorithm} ${file.hash}, received ${wrong.hash}: it is not the file that Keras ` +
      `uses, and the right one could not be downloaded (${fetched.reason}). Replace it by ${officialAddress}${file.name}, ` +
      'or rename it and set KERAS_PRIMER_DATA=sample.',
  );
}

/** Where to download from: Keras' address, or the mirror in `KERAS_PRIMER_DATA_URL` (hashes are checked all the same). */
function dataAddress(): string {
  const mirror = process.env.KERAS_PRIMER_DATA_URL;
  if (mirror === undefined || mirror === '') return officialAddress;
  if (!/^https?:\/\//.test(mirror) || !URL.canParse(mirror)) {
    throw new Error(
      `Expected the environment variable KERAS_PRIMER_DATA_URL to be an http or https address, received ${JSON.stringify(mirror)}.`,
    );
  }
  return mirror.endsWith('/') ? mirror : `${mirror}/`;
}
