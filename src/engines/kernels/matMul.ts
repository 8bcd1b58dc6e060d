import * as tf from '@tensorflow/tfjs';
import { activate, combine, runKernel, type FusedActivation } from './fused';
import { register } from './register';

interface MatMulAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

const fresh = 0;

/** Register products of (stacks of) matrices, transposed or not. */
export function registerMatMul(): void {
  register<MatMulAttributes>('BatchMatMul', (room, inputs, { transposeA, transposeB }, original) => {
    const a = inputs.a!;
    const b = inputs.b!;
    if (a.dtype !== 'float32' || b.dtype !== 'float32') return original();
    const [aRows = 1, aColumns = 1] = a.shape.slice(-2);
    const [bRows = 1, bColumns = 1] = b.shape.slice(-2);
    const m = transposeA ? aColumns : aRows;
    const k = transposeA ? aRows : aColumns;
    const n = transposeB ? bRows : bColumns;
    if (k !== (transposeB ? bColumns : bRows)) return original();
    const stack = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
    const count = tf.util.sizeFromShape(stack);
    const aCount = tf.util.sizeFromShape(a.shape.slice(0, -2));
    const bCount = tf.util.sizeFromShape(b.shape.slice(0, -2));
    if (![aCount, bCount].every(own => own === 1 || own === count)) return original();
    const out = room.output([...stack, m, n]);
    if (k === 0) new Float32Array(room.backend.wasm.HEAPU8.buffer, room.at(out), count * m * n).fill(0);
    const word = 4;
    const aStrides = transposeA ? [word, aColumns * word] : [aColumns * word, word];
    const bStrides = transposeB ? [word, bColumns * word] : [bColumns * word, word];
    room.withScratch(room.call.productScratch(k, n), scratch => {
      for (let i = 0; i < count; i++) {
        room.call.multiply(
          room.at(a) + (aCount === 1 ? 0 : i * m * k * word),
          ...([aStrides[0]!, aStrides[1]!] as const),
          room.at(b) + (bCount === 1 ? 0 : i * k * n * word),
          ...([bStrides[0]!, bStrides[1]!] as const),
          room.at(out) + i * m * n * word,
          n * word,
          m,
          k,
          n,
          fresh,
          scratch,
        );
      }
    });
    return out;
  });

  // The back end's own makes 0 of NaN with these two.
  register<MatMulAttributes & FusedActivation>('_FusedMatMul', (room, inputs, attributes, original) => {
    const { a, b, bias } = inputs;
    const { transposeA, transposeB, activation } = attributes;
    if (activation !== 'relu' && activation !== 'relu6') return original();
    const y = runKernel(room, 'BatchMatMul', { a: a!, b: b! }, { transposeA, transposeB });
    return activate(room, bias ? combine(room, 'Add', y, bias) : y, inputs, attributes);
  });
}
