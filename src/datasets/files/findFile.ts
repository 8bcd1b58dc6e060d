import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFile } from './hashFile';
import type { OfficialFile } from './officialFiles';

/** What lies in the Keras folders under the name of a file. */
export interface Found {
  /** The first file with the right hash. */
  path: string | undefined;
  /** Files of that name with another hash. */
  wrong: { path: string; hash: string }[];
}

/** Hashes of files by their path, kept while size and time of change stay the same. */
const known = new Map<string, { stamp: string; hash: string }>();

/** Look for a file in folders, in order, checking its hash; folders and files are only read. */
export async function findFile(file: OfficialFile, folders: readonly string[]): Promise<Found> {
  const found: Found = { path: undefined, wrong: [] };
  for (const folder of folders) {
    const path = join(folder, file.name);
    const hash = await hashIfThere(path, file.algorithm);
    if (hash === file.hash) return { ...found, path };
    if (hash !== undefined) found.wrong.push({ path, hash });
  }
  return found;
}

async function hashIfThere(path: string, algorithm: OfficialFile['algorithm']): Promise<string | undefined> {
  try {
    const info = await stat(path);
    if (!info.isFile()) return undefined;
    const stamp = `${algorithm} ${info.dev} ${info.ino} ${info.size} ${info.mtimeMs}`;
    const before = known.get(path);
    if (before?.stamp === stamp) return before.hash;
    const hash = await hashFile(path, algorithm);
    known.set(path, { stamp, hash });
    return hash;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new Error(
      `Expected to read ${path}, received ${error instanceof Error ? error.message : String(error)}. ` +
        'Make the file readable or remove it.',
      { cause: error },
    );
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
