import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { enginesFolder } from './paths.mjs';

/**
 * Fills a folder aside and puts it in place in one step once it is complete; until then the engine that was there stays. If the
 * work fails or is stopped, what it made is removed.
 * @param {string} root the checkout
 * @param {import('./paths.mjs').Kind} kind
 * @param {(folder: string) => Promise<void>} fill
 */
export async function staged(root, kind, fill) {
  await removeLeftovers(root);
  const engines = enginesFolder(root);
  const folder = path.join(engines, `.staging-${process.pid}`);
  const old = path.join(engines, `.old-${process.pid}`);
  const target = path.join(engines, kind);
  try {
    await mkdir(folder, { recursive: true });
    await fill(folder);
    const replaced = await rename(target, old).then(
      () => true,
      () => false,
    );
    try {
      await rename(folder, target);
    } catch (error) {
      if (replaced) await rename(old, target);
      throw error;
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    await rm(old, { recursive: true, force: true, maxRetries: 3 });
    await removeIfEmpty(engines);
  }
}

/**
 * Removes what an installation left that was killed.
 * @param {string} root the checkout
 */
export async function removeLeftovers(root) {
  const engines = enginesFolder(root);
  for (const name of await readdir(engines).catch(() => [])) {
    const owner = /^\.(?:staging|old)-(\d+)$/.exec(name)?.[1];
    if (owner !== undefined && !runs(Number(owner))) {
      await rm(path.join(engines, name), { recursive: true, force: true, maxRetries: 3 });
    }
  }
}

/** @param {string} folder */
export async function removeIfEmpty(folder) {
  const left = await readdir(folder).catch(() => ['unknown']);
  if (left.length === 0) await rm(folder, { recursive: true, force: true });
}

/** @param {number} pid */
function runs(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
