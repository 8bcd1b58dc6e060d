import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '../../..');

/** A project in a temporary folder that has installed a package called tfjs-node, as far as its files tell. */
export class FakeInstall {
  readonly project: string = mkdtempSync(path.join(os.tmpdir(), 'kp native '));
  readonly folder: string;

  constructor(
    options: { name?: string; version?: string; ownTfjs?: boolean; binding?: boolean; main?: string } = {},
    place = ['node_modules', '@tensorflow', 'tfjs-node'],
  ) {
    const {
      name = '@tensorflow/tfjs-node',
      version = '4.22.0',
      ownTfjs = false,
      binding = true,
      main = '',
    } = options;
    this.folder = path.join(this.project, ...place);
    const native = path.join(this.folder, 'lib', 'napi-v8');
    mkdirSync(native, { recursive: true });
    writeFileSync(
      path.join(this.folder, 'package.json'),
      JSON.stringify({ name, version, main: 'index.js' }),
    );
    writeFileSync(path.join(this.folder, 'index.js'), main);
    if (binding) writeFileSync(path.join(native, 'tfjs_binding.node'), 'not a library');
    const tfjs = path.join(this.folder, '..', 'tfjs');
    if (ownTfjs) {
      mkdirSync(tfjs);
      writeFileSync(path.join(tfjs, 'package.json'), JSON.stringify({ name: '@tensorflow/tfjs', version }));
    } else {
      symlinkSync(path.join(root, 'node_modules', '@tensorflow', 'tfjs'), tfjs, 'junction');
    }
  }

  /** For `findNative`: only this project, no engines. */
  get places(): [string, string[]] {
    return [path.join(this.project, 'engines'), [path.join(this.project, 'package.json')]];
  }

  remove(): void {
    rmSync(this.project, { recursive: true });
  }
}
