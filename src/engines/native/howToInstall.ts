import { existsSync } from 'node:fs';
import path from 'node:path';
import { version } from '@tensorflow/tfjs';
import { nativePackages, type NativeKind } from './findNative';

const script = path.resolve(__dirname, '../../../scripts/engine.mjs');

/** The command that installs a native build: the checkout's own; for a program that has this package as a dependency, npm's. */
export function howToInstall(kind: NativeKind, inCheckout: boolean = existsSync(script)): string {
  return inCheckout
    ? `npm run engine -- install ${kind}`
    : `npm install ${nativePackages[kind]}@${version.tfjs}`;
}
