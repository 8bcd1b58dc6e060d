import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { nodePackagesCurrent } from './nodePackagesCurrent.mjs';

/**
 * Whether node_modules of a checkout holds what its lock file asks for.
 * @param {string} root
 * @returns {Promise<boolean>}
 */
export async function nodePackagesReady(root) {
  const [lock, installed] = await Promise.all(
    [path.join(root, 'package-lock.json'), path.join(root, 'node_modules', '.package-lock.json')].map(
      readJson,
    ),
  );
  return nodePackagesCurrent(lock ?? {}, installed);
}

/** @param {string} file */
async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}
