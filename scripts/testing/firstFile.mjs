import { stat } from 'node:fs/promises';

/**
 * The first of these paths that is a file.
 * @param {readonly string[]} candidates
 * @returns {Promise<string | null>}
 */
export async function firstFile(candidates) {
  for (const candidate of candidates) {
    const isFile = await stat(candidate).then(
      info => info.isFile(),
      () => false,
    );
    if (isFile) return candidate;
  }
  return null;
}
