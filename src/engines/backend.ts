import * as tf from '@tensorflow/tfjs';
import { installKernels } from './kernels/installKernels';
import { howToInstall } from './native/howToInstall';
import { mendNative } from './native/mendNative';
import { nativeBackend, useGpu, useNative } from './native/useNative';
import { nearest } from '../options/nearest';

/** A back end of TensorFlow.js that may be there. */
interface Candidate {
  readonly name: string;
  /** Make it tf's back end, all in one go: no op may run while one is half ready. Tells why it cannot, or `undefined` if it has. */
  readonly use: () => Promise<string | undefined>;
}

// The first that works is used.
const candidates: readonly Candidate[] = [
  { name: 'gpu', use: useGpu },
  { name: 'native', use: useNative },
  { name: 'wasm', use: useWasm },
  { name: 'cpu', use: useCpu },
];

let chosen: Promise<string> | undefined;

/**
 * Choose TensorFlow.js' back end, once for the process: the first of gpu, native, wasm and cpu that works, or the one that the
 * environment variable `KERAS_PRIMER_BACKEND` names. gpu and native work only where `npm run engine` or the program has installed them; for TensorFlow.js
 * both are the back end `tensorflow`. `engines()` tells what there is. `fit`, `evaluate` and `predict` call it. Tensors made before stay usable: until then
 * TensorFlow.js computes on cpu, and moves data when an op asks for them. A back end other than cpu that the program has set itself is kept; one
 * set later with `tf.setBackend` is not touched again.
 *
 * @returns the name of tf's back end now.
 * @throws Error if `KERAS_PRIMER_BACKEND` names no back end, or one that does not work here.
 * @example
 * (await ensureBackend()) === tf.getBackend(); // true
 */
export async function ensureBackend(): Promise<string> {
  chosen ??= choose();
  try {
    await chosen;
  } catch (error) {
    chosen = undefined;
    throw error;
  }
  return tf.getBackend();
}

async function choose(): Promise<string> {
  const wanted = process.env.KERAS_PRIMER_BACKEND;
  const names = candidates.map(({ name }) => name);
  if (wanted) {
    const candidate = candidates.find(({ name }) => name === wanted);
    if (candidate === undefined) {
      const near = nearest(wanted, names);
      throw new Error(
        `Expected KERAS_PRIMER_BACKEND to be one of ${names.join(', ')}, received "${wanted}".` +
          (near === undefined ? '' : ` Did you mean "${near}"?`),
      );
    }
    const reason = await candidate.use();
    if (reason !== undefined) {
      throw new Error(
        `The back end "${wanted}" named by KERAS_PRIMER_BACKEND does not work here: ${reason}. Unset it` +
          (wanted === 'gpu' || wanted === 'native'
            ? `, or run \`${howToInstall(wanted === 'gpu' ? 'gpu' : 'cpu')}\`.`
            : '.'),
      );
    }
    return wanted;
  }
  const current = tf.engine().backendName;
  if (current && current !== 'cpu') {
    if (current === 'wasm') installKernels();
    if (current === nativeBackend) mendNative();
    return current;
  }
  for (const { name, use } of candidates) {
    if ((await use()) === undefined) return name;
  }
  throw new Error('Expected at least TensorFlow.js\' own back end "cpu" to work, but it does not.');
}

async function useCpu(): Promise<string | undefined> {
  return (await tf.setBackend('cpu')) ? undefined : 'TensorFlow.js could not start it';
}

const priority = 2;

async function useWasm(): Promise<string | undefined> {
  // require, not import: no other code may run between its registering and the removal below.
  const installed: unknown = tf.findBackendFactory('wasm') ?? require('@tensorflow/tfjs-backend-wasm');
  if (!installed) return '@tensorflow/tfjs-backend-wasm is not installed';
  const registered: object | null = tf.engine().registry.wasm ?? null;
  if (registered === null) {
    const factory = tf.findBackendFactory('wasm');
    // While an asynchronous back end is registered or starting, TensorFlow.js refuses every op; so it starts aside and is registered ready.
    tf.removeBackend('wasm');
    const before = crashHandlers();
    let backend: Awaited<ReturnType<typeof factory>>;
    try {
      backend = await factory();
    } catch (error) {
      return `its module cannot be started (${error instanceof Error ? error.message : String(error)})`;
    } finally {
      removeCrashHandlers(before);
    }
    tf.registerBackend('wasm', () => backend, priority);
  }
  installKernels();
  return (await tf.setBackend('wasm')) ? undefined : 'TensorFlow.js could not start it';
}

const crashes = ['uncaughtException', 'unhandledRejection'] as const;

const isListener = (value: unknown): value is () => void => typeof value === 'function';

const emitter: NodeJS.EventEmitter = process;

function crashHandlers(): Set<unknown> {
  return new Set(crashes.flatMap(event => emitter.listeners(event)));
}

/** The WebAssembly module's start code adds handlers that rethrow what nobody caught, which would end programs that have their own. */
function removeCrashHandlers(before: Set<unknown>): void {
  for (const event of crashes) {
    for (const listener of emitter.listeners(event).filter(isListener)) {
      const itsOwn = /ExitStatus|throw reason/.test(String(listener));
      if (itsOwn && !before.has(listener)) emitter.off(event, listener);
    }
  }
}

// The cpu back end greets on its first use in Node, with advice that does not hold here. If it has not been used yet, make it come quiet.
if (!('cpu' in tf.engine().registry) && tf.findBackendFactory('cpu') !== null) {
  const make = tf.findBackendFactory('cpu');
  const { priority: cpuPriority } = tf.engine().registryFactory.cpu!;
  tf.removeBackend('cpu');
  tf.registerBackend('cpu', () => Object.assign(make(), { firstUse: false }), cpuPriority);
}
