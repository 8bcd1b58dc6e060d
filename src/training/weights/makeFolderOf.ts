import { mkdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * Make the folder that a file is to be in.
 * @throws Error if a file is in its way.
 */
export async function makeFolderOf(file: string): Promise<void> {
  const folder = path.dirname(file);
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    if (!(
      cause instanceof Error &&
      'code' in cause &&
      (cause.code === 'ENOTDIR' || cause.code === 'EEXIST')
    )) {
      throw cause;
    }
    throw new Error(`Expected a folder at ${folder}, but a file is in its way. Choose another path.`, {
      cause,
    });
  }
}
