import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * One hash over the names and contents of files and folders (with all that is in them); what is missing counts as missing.
 * @param {string} root
 * @param {readonly string[]} names relative to root
 * @returns {Promise<string>} SHA-256 in hex
 */
export async function hashFiles(root, names) {
  const hash = createHash('sha256');
  for (const name of names) await add(name);
  return hash.digest('hex');

  /** @param {string} name @returns {Promise<void>} */
  async function add(name) {
    const file = path.join(root, name);
    const info = await stat(file).catch(() => null);
    if (!info) {
      hash.update(`missing ${name}\0`);
    } else if (info.isDirectory()) {
      for (const entry of (await readdir(file)).toSorted()) await add(`${name}/${entry}`);
    } else {
      const content = await readFile(file);
      hash.update(`${name}\0${content.length}\0`).update(content);
    }
  }
}
