import { builtModule } from '../builtModule';
import { wasm, type WasmMemory, type WasmModule } from '../compiled/wasm';

/** What kernels.wasm offers; see `assembly/`. Addresses, sizes and choices are whole numbers. */
export interface Exports {
  convolutionScratch(shape: number): number;
  convolve(
    shape: number,
    x: number,
    filter: number,
    bias: number,
    y: number,
    relu: number,
    scratch: number,
  ): void;
  convolveFilterGradient(shape: number, x: number, dy: number, dFilter: number, scratch: number): void;
  convolveInputGradient(shape: number, dy: number, filter: number, dx: number, scratch: number): void;
  depthwise(shape: number, x: number, filter: number, y: number): void;
  depthwiseGradient(shape: number, x: number, filter: number, dy: number, forFilter: number): void;
  maxPool(shape: number, x: number, y: number): void;
  maxPoolGradient(shape: number, x: number, dy: number, dx: number): void;
  averagePool(shape: number, x: number, y: number): void;
  averagePoolGradient(shape: number, dy: number, dx: number): void;
  /** from, to, bytes of a run, then four pairs of count and stride. */
  copyRuns(from: number, to: number, bytes: number, ...countsAndStrides: number[]): void;
  repeatRuns(from: number, to: number, outer: number, bytes: number, times: number): void;
  tanh(x: number, y: number, count: number): void;
  /** a, b and y with the bytes from one number of a and b to the next, 0 for one number for all. */
  extreme(
    a: number,
    aStep: number,
    b: number,
    bStep: number,
    y: number,
    count: number,
    smaller: number,
  ): void;
  clip(x: number, y: number, count: number, least: number, most: number): void;
  reluGradient(dy: number, x: number, y: number, count: number): void;
  firstOutside(indices: number, count: number, size: number): number;
  gatherRows(
    from: number,
    indices: number,
    to: number,
    batch: number,
    outer: number,
    size: number,
    count: number,
    bytes: number,
  ): void;
  sumSegments(from: number, indices: number, to: number, count: number, size: number, bytes: number): void;
  sumRows(from: number, to: number, outer: number, count: number, scale: number): void;
  sumMiddle(from: number, to: number, outer: number, count: number, inner: number, scale: number): void;
  resizeNearest(x: number, y: number, ...mapAndSizes: number[]): void;
  /** Then as for `resizeNearest`: rows, columns, batch, height, width, outHeight, outWidth, channels. */
  resizeNearestGradient(dy: number, dx: number, ...mapAndSizes: number[]): void;
  /** Addresses a, b, c with the strides of their rows and columns in bytes; c's columns stand four bytes apart. */
  multiply(
    a: number,
    aRow: number,
    aColumn: number,
    b: number,
    bRow: number,
    bColumn: number,
    c: number,
    cRow: number,
    m: number,
    k: number,
    n: number,
    mode: number,
    scratch: number,
  ): void;
  productScratch(k: number, n: number): number;
  sequenceScratch(sequence: number): number;
  sequenceForward(sequence: number, scratch: number): void;
  sequenceBackward(sequence: number, scratch: number): void;
}

/** The kernels on memory of one thread, such as that of TensorFlow.js' back end, and on memory that threads share. */
type Build = 'kernels' | 'helperKernels';

const compiled = new Map<Build, WasmModule>();

/**
 * The kernels at work on a memory.
 * @throws Error if they have not been built.
 */
export function instantiateKernels(memory: WasmMemory, build: Build): Exports {
  let module = compiled.get(build);
  if (module === undefined) {
    module = builtModule(__dirname, build, 'the kernels');
    compiled.set(build, module);
  }
  const { exports } = new wasm.Instance(module, { env: { memory } });
  if (!isExports(exports)) {
    throw new Error('Expected the kernels of this version, found others. Run npm run build.');
  }
  return exports;
}

function isExports(exports: unknown): exports is Exports {
  return (
    typeof exports === 'object' &&
    exports !== null &&
    ['convolve', 'maxPoolGradient', 'sequenceBackward'].every(name => name in exports)
  );
}
