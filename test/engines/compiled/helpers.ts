import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { SparseMatrix } from '../../../src/matrix/SparseMatrix';
import { RandomState } from '../../../src/random/RandomState';
import type {
  Activation,
  DenseLayer,
  Loss,
  Network,
  NetworkLayer,
  OptimizerSettings,
} from '../../../src/engines/compiled/network';
import type { Rows } from '../../../src/engines/compiled/samples';
import type { Weights } from './Core';
import type { PlainLayer } from './naive';

export const sgd: OptimizerSettings = { kind: 'sgd', learningRate: 1, decay: 0, decay2: 0, epsilon: 0 };
export const rmsprop: OptimizerSettings = {
  kind: 'rmsprop',
  learningRate: 0.001,
  decay: 0.9,
  decay2: 0,
  epsilon: 1e-7,
};

/** What tf types as one tensor or several, where it is one. */
export function one(tensor: tf.Tensor | tf.Tensor[]): tf.Tensor {
  assert.ok(!Array.isArray(tensor));
  return tensor;
}

/** A layer applied to a symbolic tensor. */
export function on(layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]): tf.SymbolicTensor {
  const output = layer.apply(inputs.length === 1 ? inputs[0]! : inputs);
  assert.ok(output instanceof tf.SymbolicTensor);
  return output;
}

const none = { l1: 0, l2: 0 };

export function dense(units: number, activation: Activation, rest: Partial<DenseLayer> = {}): DenseLayer {
  return {
    kind: 'dense',
    units,
    activation,
    useBias: true,
    trainable: true,
    kernelRegularizer: none,
    biasRegularizer: none,
    ...rest,
  };
}

export function network(
  inputs: number,
  layers: readonly NetworkLayer[],
  loss: Loss,
  rest: Partial<Network> = {},
): Network {
  return { inputs, layers, loss, metrics: [], optimizer: sgd, ...rest };
}

/** Random weights; no zero among them, where |w| has no slope. */
export function randomWeights(net: Network, random: RandomState, size = 0.5): Weights[] {
  let width = net.inputs;
  const out: Weights[] = [];
  const draw = (count: number): Float32Array =>
    Float32Array.from(
      { length: count },
      () => random.uniform(0.05, size) * (random.randomSample() < 0.5 ? 1 : -1),
    );
  for (const layer of net.layers) {
    if (layer.kind !== 'dense') continue;
    out.push({ kernel: draw(width * layer.units), bias: layer.useBias ? draw(layer.units) : undefined });
    width = layer.units;
  }
  return out;
}

export function plain(net: Network, weights: readonly Weights[]): PlainLayer[] {
  const units = net.layers.filter(layer => layer.kind === 'dense').map(layer => layer.units);
  return weights.map(({ kernel, bias }, i) => ({
    kernel: rowsOf(kernel, units[i]!),
    bias: bias && Array.from(bias),
  }));
}

export function rowsOf(values: ArrayLike<number>, width: number): number[][] {
  return Array.from({ length: values.length / width }, (_, i) =>
    Array.from({ length: width }, (_unused, j) => values[i * width + j]!),
  );
}

/** Dense rows of numbers, or multi-hot ones as a SparseMatrix (the first row empty). */
export function randomX(
  rows: number,
  width: number,
  sparse: boolean,
  random: RandomState,
): { x: Rows['x']; plainX: number[][] } {
  if (!sparse) {
    const x = Float32Array.from({ length: rows * width }, () => random.uniform(-1, 1));
    return { x, plainX: rowsOf(x, width) };
  }
  const plainX = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: width }, () => (i > 0 && random.randomSample() < 0.4 ? 1 : 0)),
  );
  return { x: toSparse(plainX, width), plainX };
}

export function toSparse(rows: readonly (readonly number[])[], width: number): SparseMatrix {
  const indptr = [0];
  const indices: number[] = [];
  for (const row of rows) {
    row.forEach((value, j) => value !== 0 && indices.push(j));
    indptr.push(indices.length);
  }
  return new SparseMatrix({ shape: [rows.length, width], indptr, indices });
}

/** Targets that suit the loss. */
export function randomY(
  rows: number,
  units: number,
  loss: Loss,
  random: RandomState,
): { y: Float32Array | Int32Array; plainY: number[][] } {
  const plainY = Array.from({ length: rows }, () => {
    if (loss === 'sparseCategoricalCrossentropy') return [random.randint(units)];
    if (loss === 'categoricalCrossentropy') {
      const label = random.randint(units);
      return Array.from({ length: units }, (_, j) => (j === label ? 1 : 0));
    }
    if (loss === 'binaryCrossentropy') return Array.from({ length: units }, () => random.randint(2));
    return Array.from({ length: units }, () => Math.fround(random.uniform(-2, 2)));
  });
  const flat = plainY.flat();
  return {
    plainY,
    y: loss === 'sparseCategoricalCrossentropy' ? Int32Array.from(flat) : Float32Array.from(flat),
  };
}
