import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { enginesFolder } from './paths.mjs';
import { folderSize, sizeText } from './size.mjs';
import { removeIfEmpty, removeLeftovers } from './stage.mjs';

/**
 * Removes engines, and what a killed installation left.
 * @param {string} root the checkout
 * @param {readonly import('./paths.mjs').Kind[]} kinds
 * @returns {Promise<string>} what was done
 */
export async function remove(root, kinds) {
  const engines = enginesFolder(root);
  const lines = [];
  for (const kind of kinds) {
    const folder = path.join(engines, kind);
    if (!existsSync(folder)) continue;
    const bytes = await folderSize(folder);
    // First out of the way in one step: a removal that is stopped leaves no half engine.
    const old = path.join(engines, `.old-${process.pid}`);
    await rename(folder, old);
    await rm(old, { recursive: true, force: true, maxRetries: 3 });
    lines.push(`Removed the ${kind} engine: ${sizeText(bytes)} freed.`);
  }
  await removeLeftovers(root);
  await removeIfEmpty(engines);
  return lines.length > 0 ? lines.join('\n') : 'No engine is installed; nothing to remove.';
}
