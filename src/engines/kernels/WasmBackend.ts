import * as tf from '@tensorflow/tfjs';
import type { WasmMemory } from '../compiled/wasm';

type Info = tf.TensorInfo;

/** Its names for taking and giving back memory. */
export const allocate = '_malloc';
export const release = '_free';

/** What the kernels use of TensorFlow.js' WebAssembly back end; part of it is not documented. */
export interface WasmBackend {
  readonly wasm: {
    /** The module's exports. */
    readonly asm: { readonly memory: WasmMemory };
    /** All memory; another object after each allocation that made it grow. */
    readonly HEAPU8: Uint8Array;
    readonly [allocate]: (bytes: number) => number;
    readonly [release]: (address: number) => void;
  };
  readonly dataIdMap: { get(id: object): { readonly memoryOffset: number } };
  /** A new tensor; without `values` it holds whatever was in memory. */
  makeOutput(shape: number[], dtype: tf.DataType, address?: undefined, values?: ArrayLike<number>): Info;
  readSync(id: object): Float32Array | Int32Array | Uint8Array;
  incRef(id: object): void;
  disposeData(id: object): boolean;
}

const version = '4.22.0';

/**
 * The back end, seen as the kernels need it.
 * @throws Error if it is not that of the pinned version.
 */
export function wasmBackend(backend: object): WasmBackend {
  // The one place that looks into the back end; what is needed is checked here.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const inside = backend as Partial<WasmBackend>;
  const { wasm, dataIdMap } = inside;
  const sound =
    tf.version.tfjs === version &&
    wasm !== undefined &&
    typeof wasm[allocate] === 'function' &&
    typeof wasm[release] === 'function' &&
    wasm.asm?.memory?.buffer === wasm.HEAPU8?.buffer &&
    typeof dataIdMap?.get === 'function' &&
    (['makeOutput', 'readSync', 'incRef', 'disposeData'] as const).every(
      name => typeof inside[name] === 'function',
    );
  if (!sound || !isWhole(inside)) {
    throw new Error(
      `Expected the WebAssembly back end of @tensorflow/tfjs ${version}, received one of ${tf.version.tfjs} with other insides. ` +
        `Install @tensorflow/tfjs and @tensorflow/tfjs-backend-wasm ${version}, or set KERAS_PRIMER_BACKEND=cpu.`,
    );
  }
  return inside;
}

const isWhole = (inside: Partial<WasmBackend>): inside is WasmBackend =>
  inside.wasm !== undefined && inside.dataIdMap !== undefined;
