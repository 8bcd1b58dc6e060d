import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { version } from '@tensorflow/tfjs';

/** `cpu` is `@tensorflow/tfjs-node`, `gpu` is `@tensorflow/tfjs-node-gpu`. */
export type NativeKind = 'cpu' | 'gpu';

/** The npm package of a kind. */
export const nativePackages: Readonly<Record<NativeKind, string>> = {
  cpu: '@tensorflow/tfjs-node',
  gpu: '@tensorflow/tfjs-node-gpu',
};

/** A native build of TensorFlow.js that is installed, as far as its files tell. */
export interface NativeInstall {
  readonly kind: NativeKind;
  /** The folder of its npm package. */
  readonly folder: string;
  /** `engine`: by `npm run engine`; `package`: a package of the program's own. */
  readonly from: 'engine' | 'package';
  /** Of the npm package. */
  readonly version: string;
  /** Of the TensorFlow library, where the installer noted it. */
  readonly tensorflow?: string;
}

/** The folders that `npm run engine` fills, one for each kind. */
const defaultEnginesFolder = path.resolve(__dirname, '../../../.cache/engines');

/**
 * The native build of a kind that can be loaded: from `npm run engine`, else a package that the program has installed itself.
 *
 * @param enginesFolder where `npm run engine` installs. Default: `.cache/engines` of the checkout.
 * @param bases files from whose place Node would look for a package. Default: this package, then the working folder.
 * @returns the install, or a phrase that says why there is none.
 */
export function findNative(
  kind: NativeKind,
  enginesFolder = defaultEnginesFolder,
  bases: readonly string[] = [__filename, path.join(process.cwd(), 'package.json')],
): NativeInstall | string {
  const name = nativePackages[kind];
  const own = path.join(enginesFolder, kind);
  const places: readonly { folder: string; from: NativeInstall['from'] }[] = [
    { folder: path.join(own, 'node_modules', name), from: 'engine' },
    ...bases.flatMap(base =>
      (createRequire(base).resolve.paths(name) ?? []).map(folder => ({
        folder: path.join(folder, name),
        from: 'package' as const,
      })),
    ),
  ];
  let reason = `${name} is not installed`;
  for (const { folder, from } of places) {
    const manifest = readManifest(path.join(folder, 'package.json'));
    // danfojs' own dependency on tfjs-node may be an alias of plain tfjs: a folder of this name that holds another package.
    if (manifest?.name !== name) continue;
    const against = reasonAgainst(manifest.version, folder);
    if (against !== undefined) {
      reason = against;
      continue;
    }
    const note = from === 'engine' ? readManifest(path.join(own, 'engine.json')) : undefined;
    return {
      kind,
      folder,
      from,
      version: manifest.version,
      ...(note?.tensorflow === undefined ? {} : { tensorflow: note.tensorflow }),
    };
  }
  return reason;
}

function reasonAgainst(found: string, folder: string): string | undefined {
  const name = path.basename(folder);
  if (found !== version.tfjs) {
    return `${name} is version ${found}, and TensorFlow.js here is ${version.tfjs}: install the same version`;
  }
  const theirs = resolved(path.join(folder, 'package.json'), '@tensorflow/tfjs/package.json');
  if (theirs !== resolved(__filename, '@tensorflow/tfjs/package.json')) {
    return `${name} has its own copy of @tensorflow/tfjs: install both so that they share one`;
  }
  if (!hasBinding(folder)) return `${name} lacks its native library, which its installation could not get`;
  return undefined;
}

/** Whether the library is there that tfjs-node itself would load: that of the newest Node-API version which both know. */
function hasBinding(folder: string): boolean {
  const newest = Math.min(8, Number(process.versions.napi));
  return existsSync(path.join(folder, 'lib', `napi-v${newest}`, 'tfjs_binding.node'));
}

function resolved(from: string, name: string): string | undefined {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly tensorflow?: string;
}

function readManifest(file: string): Manifest | undefined {
  try {
    const manifest: Manifest = JSON.parse(readFileSync(file, 'utf8'));
    return manifest;
  } catch {
    return undefined;
  }
}
