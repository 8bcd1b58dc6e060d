import * as tf from '@tensorflow/tfjs';
import { findNative, type NativeInstall, type NativeKind } from './native/findNative';
import { howToInstall } from './native/howToInstall';
import {
  installForProcessor,
  loadedNative,
  nativeBackend,
  reasonAgainstGpu,
  reasonAgainstNative,
} from './native/useNative';

/** A row of the table that `engines` gives. */
export interface EngineRow {
  /** `compiled` and `tfjs` are what the option `engine` of `fit` may be; the rest is what `KERAS_PRIMER_BACKEND` may be. */
  readonly name: 'compiled' | 'tfjs' | 'gpu' | 'native' | 'wasm' | 'cpu';
  /** `engine`: chosen by each `fit`; `back end`: what TensorFlow.js runs on. */
  readonly kind: 'engine' | 'back end';
  /** `in use`: tf's back end now. `missing`: `note` says why. */
  readonly state: 'in use' | 'ready' | 'missing';
  /** What computes, and its version; empty if it is missing. */
  readonly version: string;
  /** Where it computes; empty if it is missing. */
  readonly device: 'GPU' | 'processor' | '';
  /** What it is good for, or why it is missing. */
  readonly note: string;
}

/**
 * What can compute here: the engines that `fit` chooses from for each call, then the back ends of TensorFlow.js, of which
 * `ensureBackend` takes the first that works, once for the process. Nothing is loaded for the answer. `table(engines())` shows it.
 *
 * @returns one row each, the preferred first.
 * @example
 * engines().find(({ name }) => name === 'compiled')?.state; // 'ready'
 */
export function engines(): EngineRow[] {
  const current = tf.engine().backendName ?? '';
  const js = `TensorFlow.js ${tf.version.tfjs}`;
  const state = (name: string): 'in use' | 'ready' => (current === name ? 'in use' : 'ready');
  return [
    {
      name: 'compiled',
      kind: 'engine',
      state: 'ready',
      version: 'WebAssembly, part of keras-primer',
      device: 'processor',
      note: 'dense nets: the fastest for them here, and the same bits on every machine',
    },
    {
      name: 'tfjs',
      kind: 'engine',
      state: 'ready',
      version: js,
      device: loadedNative()?.usesGpu && current === nativeBackend ? 'GPU' : 'processor',
      note: 'every model, on the back end in use',
    },
    gpuRow(current),
    nativeRow(current),
    {
      name: 'wasm',
      kind: 'back end',
      state: state('wasm'),
      version: js,
      device: 'processor',
      note: 'needs nothing installed; recurrence: several times faster than native',
    },
    {
      name: 'cpu',
      kind: 'back end',
      state: state('cpu'),
      version: js,
      device: 'processor',
      note: 'plain JavaScript: slow, for comparison',
    },
  ];
}

function gpuRow(current: string): EngineRow {
  const row = { name: 'gpu', kind: 'back end' } as const;
  const reason = reasonAgainstGpu();
  if (reason !== undefined) return { ...row, ...missing(reason, 'gpu') };
  const install = loadedNative()?.install ?? findNative('gpu');
  if (typeof install === 'string') return { ...row, ...missing(install, 'gpu') };
  return {
    ...row,
    state: loadedNative() && current === nativeBackend ? 'in use' : 'ready',
    version: versionOf(install),
    device: 'GPU',
    note: 'large models and large batches',
  };
}

function nativeRow(current: string): EngineRow {
  const row = { name: 'native', kind: 'back end' } as const;
  const native = loadedNative();
  const reason = reasonAgainstNative();
  if (reason !== undefined) return { ...row, ...missing(reason, 'cpu') };
  const install = native?.install ?? installForProcessor();
  if (typeof install === 'string') return { ...row, ...missing(install, 'cpu') };
  return {
    ...row,
    state: native && !native.usesGpu && current === nativeBackend ? 'in use' : 'ready',
    version: versionOf(install),
    device: 'processor',
    note: 'convolution and wide dense nets: faster than wasm; recurrence: several times slower than wasm',
  };
}

function missing(reason: string, kind: NativeKind): Pick<EngineRow, 'state' | 'version' | 'device' | 'note'> {
  const mend = reason.endsWith('is not installed') ? `: ${howToInstall(kind)}` : '';
  return { state: 'missing', version: '', device: '', note: reason + mend };
}

function versionOf(install: NativeInstall): string {
  const tensorflow = loadedNative()?.tensorflow ?? install.tensorflow;
  const library = tensorflow === undefined ? '' : `, TensorFlow ${tensorflow}`;
  return `${install.kind === 'gpu' ? 'tfjs-node-gpu' : 'tfjs-node'} ${install.version}${library}`;
}
