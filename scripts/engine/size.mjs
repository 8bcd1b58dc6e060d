import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * What a folder takes on the disk; what goes away meanwhile counts as nothing.
 * @param {string} folder
 * @returns {Promise<number>} bytes
 */
export async function folderSize(folder) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map(async entry => {
      const name = path.join(folder, entry.name);
      if (entry.isDirectory()) return folderSize(name);
      if (entry.isSymbolicLink()) return 0;
      return stat(name).then(
        ({ size }) => size,
        () => 0,
      );
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * A size for people: 207 MB, 1.3 GB.
 * @param {number} bytes
 */
export function sizeText(bytes) {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
