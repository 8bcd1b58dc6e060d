import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { provenance } from '../provenance/provenance';
import { table, type Table } from './table';

/**
 * What this notebook ran on: the data and engines it has used so far, the versions of what they rest on, and the machine. Meant as
 * the last cell of a notebook, so that a report tells how it was made.
 *
 * @example
 * ```ts
 * versions();
 * ```
 */
export function versions(): Table {
  const used = provenance().map(({ kind, name, detail }) => ({ what: `${kind}: ${name}`, version: detail }));
  const cpus = os.cpus();
  const gigabytes = Math.round(os.totalmem() / 2 ** 30);
  return table(
    [
      ...used,
      { what: 'keras-primer', version: ownVersion() },
      {
        what: 'TensorFlow.js',
        version: `${tf.version.tfjs}, back end ${tf.engine().backendName ?? 'not chosen yet'}`,
      },
      { what: 'Vega-Lite', version: packageVersion('vega-lite') },
      { what: 'TypeScript of the cells', version: packageVersion('@tslab/typescript-for-tslab') },
      { what: 'tslab', version: packageVersion('tslab') },
      { what: 'Node.js', version: process.versions.node },
      { what: 'system', version: `${os.type()} ${os.release()}, ${process.arch}` },
      {
        what: 'processor',
        version: `${cpus.length} × ${cpus[0]?.model.trim() || 'unknown'}, ${gigabytes} GB of memory`,
      },
    ],
    { caption: 'Made with', maxRows: Number.MAX_SAFE_INTEGER },
  );
}

function ownVersion(): string {
  return readVersion(path.resolve(__dirname, '..', '..', 'package.json')) ?? 'unknown';
}

/** By reading its package.json where Node would look: loading it would take long, and some packages keep that file to themselves. */
function packageVersion(name: string): string {
  const folders = createRequire(__filename).resolve.paths(name) ?? [];
  for (const folder of folders) {
    const version = readVersion(path.join(folder, name, 'package.json'));
    if (version !== undefined) return version;
  }
  return 'not installed';
}

function readVersion(file: string): string | undefined {
  try {
    const content: { version: string } = JSON.parse(readFileSync(file, 'utf8'));
    return content.version;
  } catch {
    return undefined;
  }
}
