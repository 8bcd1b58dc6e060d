import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../cli/Failure.mjs';
import { check } from './check.mjs';
import { here } from './here.mjs';
import { enginesFolder, kinds, packageNames } from './paths.mjs';
import { folderSize, sizeText } from './size.mjs';
import { removeLeftovers } from './stage.mjs';

/**
 * What is installed, and whether it works: each engine is loaded in a process of its own.
 * @param {string} root the checkout
 * @param {{ checks?: typeof check }} [options]
 * @returns {Promise<string>}
 */
export async function status(root, { checks = check } = {}) {
  await removeLeftovers(root);
  const lines = [];
  for (const kind of kinds) {
    const folder = path.join(enginesFolder(root), kind);
    const note = await readFile(path.join(folder, 'engine.json'), 'utf8').then(JSON.parse, () => undefined);
    if (note === undefined) {
      lines.push(`${kind}  not installed: \`npm run engine -- install ${kind}\``);
      continue;
    }
    const size = sizeText(await folderSize(folder));
    lines.push(
      `${kind}  ${packageNames[kind]} ${note.version}, TensorFlow ${note.tensorflow} (${note.source}), ${size}`,
    );
    if (!existsSync(path.join(root, 'dist', 'engines', 'native', 'mendNative.js'))) {
      lines.push('     not tried: run `npm run build` first');
      continue;
    }
    try {
      const { gpu } = await checks(root, folder, kind, here());
      lines.push(
        `     works, on ${gpu ? 'the GPU' : 'the processor'}${kind === 'gpu' && !gpu ? ': TensorFlow finds no GPU here' : ''}`,
      );
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      lines.push(`     does not work. ${error.message}`);
    }
  }
  return lines.join('\n');
}
