import * as tf from '@tensorflow/tfjs';
import { instantiateKernels, type Exports } from './kernelsModule';
import type { Region } from './parts/Helper';
import { allocate, release, wasmBackend, type WasmBackend } from './WasmBackend';

type Info = tf.TensorInfo;

/** Scratch memory above this is given back after use. */
const keepBytes = 64 * 1024 * 1024;

const wordBytes = 256;

const rooms = new WeakMap<object, Room>();

/** The kernels at work on the memory of a back end. */
export class Room {
  readonly call: Exports;
  readonly backend: WasmBackend;
  private readonly wordsAt: number;
  private scratchAt = 0;
  private scratchSize = 0;

  /** The room of a back end, made at first use. */
  static of(backend: object): Room {
    let room = rooms.get(backend);
    if (room === undefined) rooms.set(backend, (room = new Room(backend)));
    return room;
  }

  private constructor(backend: object) {
    this.backend = wasmBackend(backend);
    this.call = instantiateKernels(this.backend.wasm.asm.memory, 'kernels');
    this.wordsAt = this.allocate(wordBytes);
  }

  /** Where a tensor's numbers are. */
  at({ dataId }: Info): number {
    return this.backend.dataIdMap.get(dataId).memoryOffset;
  }

  /** A new tensor that holds whatever was in memory. */
  output(shape: readonly number[], dtype: tf.DataType = 'float32'): Info {
    return this.backend.makeOutput([...shape], dtype);
  }

  /** The same numbers in another shape. */
  share({ dataId, dtype }: Info, shape: readonly number[]): Info {
    this.backend.incRef(dataId);
    return { dataId, dtype, shape: [...shape] };
  }

  /** Put whole numbers where a kernel can read them, until the next call. */
  words(values: readonly number[]): number {
    if (values.length * 4 > wordBytes) throw new Error(`Expected at most ${wordBytes / 4} numbers.`);
    new Int32Array(this.backend.wasm.HEAPU8.buffer, this.wordsAt, values.length).set(values);
    return this.wordsAt;
  }

  /** A tensor's numbers, or those of `count` rows from `first` on, of `rows` in all. */
  region(info: Info, way: Region['way'], first = 0, count = 1, rows = 1): Region {
    const rowBytes = (tf.util.sizeFromShape(info.shape) / rows) * 4;
    return { at: this.at(info) + first * rowBytes, bytes: count * rowBytes, way };
  }

  /** The sum over the first axis, in place of the tensor. */
  sumParts(info: Info): Info {
    const [count, ...shape] = info.shape;
    if (count === 1) return { ...info, shape };
    const sum = this.output(shape);
    this.call.sumMiddle(this.at(info), this.at(sum), 1, count!, tf.util.sizeFromShape(shape), 1);
    this.backend.disposeData(info.dataId);
    return sum;
  }

  /** Run `work` with the address of at least `bytes` bytes. Allocate outputs before. */
  withScratch(bytes: number, work: (address: number) => void): void {
    const needed = bytes >>> 0;
    if (needed > this.scratchSize) {
      this.freeScratch();
      this.scratchAt = this.allocate(needed);
      this.scratchSize = needed;
    }
    work(this.scratchAt);
    if (this.scratchSize > keepBytes) this.freeScratch();
  }

  private freeScratch(): void {
    if (this.scratchSize > 0) this.backend.wasm[release](this.scratchAt);
    this.scratchSize = 0;
  }

  private allocate(bytes: number): number {
    const address = this.backend.wasm[allocate](bytes);
    if (address === 0) {
      throw new RangeError(
        `Expected ${Math.ceil(bytes / 1e6)} MB of memory to work in, but there is not so much. Make the batches smaller.`,
      );
    }
    return address;
  }
}
