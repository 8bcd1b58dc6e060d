// The same mathematics once more, as plainly as it can be written, in double precision.

import type { Activation, Loss, Network } from '../../../src/engines/compiled/network';

export interface PlainLayer {
  readonly kernel: number[][];
  readonly bias: number[] | undefined;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

const scale = 1.0507009873554805;
const scaleAlpha = 1.7580993408473768;

function activate(name: Activation, x: number[]): number[] {
  switch (name) {
    case 'linear':
      return x;
    case 'relu':
      return x.map(v => (v > 0 ? v : 0));
    case 'sigmoid':
      return x.map(v => 1 / (1 + Math.exp(-v)));
    case 'tanh':
      return x.map(v => Math.tanh(v));
    case 'softmax': {
      const top = Math.max(...x);
      const e = x.map(v => Math.exp(v - top));
      const total = sum(e);
      return e.map(v => v / total);
    }
    case 'elu':
      return x.map(v => (v >= 0 ? v : Math.expm1(v)));
    case 'selu':
      return x.map(v => (v >= 0 ? scale * v : scaleAlpha * Math.expm1(v)));
    default:
      throw new Error(`Expected an activation, received ${String(name)}.`);
  }
}

/** The outputs for one row. Dropout is off. */
export function forward(network: Network, layers: readonly PlainLayer[], row: readonly number[]): number[] {
  let values = [...row];
  let dense = 0;
  for (const layer of network.layers) {
    if (layer.kind === 'dense') {
      const { kernel, bias } = layers[dense++]!;
      const input = values;
      values = Array.from(
        { length: layer.units },
        (_, j) => sum(input.map((v, k) => (v === 0 ? 0 : v * kernel[k]![j]!))) + (bias?.[j] ?? 0),
      );
    }
    if (layer.kind !== 'dropout') values = activate(layer.activation, values);
  }
  return values;
}

const clip = (p: number): number => Math.min(Math.max(p, 1e-7), 1 - 1e-7);

/** The loss of one row, as Keras defines it. For sparse labels `target` holds the label. */
export function lossOf(loss: Loss, target: readonly number[], output: readonly number[]): number {
  const mean = (values: number[]): number => sum(values) / values.length;
  switch (loss) {
    case 'meanSquaredError':
      return mean(output.map((v, j) => (v - target[j]!) ** 2));
    case 'meanAbsoluteError':
      return mean(output.map((v, j) => Math.abs(v - target[j]!)));
    case 'binaryCrossentropy':
      return mean(
        output.map((v, j) => -target[j]! * Math.log(clip(v)) - (1 - target[j]!) * Math.log(1 - clip(v))),
      );
    case 'categoricalCrossentropy': {
      const total = sum([...output]);
      return -sum(output.map((v, j) => (target[j] === 0 ? 0 : target[j]! * Math.log(clip(v / total)))));
    }
    case 'sparseCategoricalCrossentropy':
      return lossOf(
        'categoricalCrossentropy',
        output.map((_, j) => (j === target[0] ? 1 : 0)),
        output,
      );
    default:
      throw new Error(`Expected a loss, received ${String(loss)}.`);
  }
}

/** Mean loss of a batch, weighted, with the penalties of the regularizers. */
export function batchLoss(
  network: Network,
  layers: readonly PlainLayer[],
  x: readonly (readonly number[])[],
  y: readonly (readonly number[])[],
  weights?: readonly number[],
): number {
  const mean =
    sum(x.map((row, i) => (weights?.[i] ?? 1) * lossOf(network.loss, y[i]!, forward(network, layers, row)))) /
    x.length;
  let dense = 0;
  let penalty = 0;
  for (const layer of network.layers) {
    if (layer.kind !== 'dense') continue;
    const { kernel, bias } = layers[dense++]!;
    for (const [values, { l1, l2 }] of [
      [kernel.flat(), layer.kernelRegularizer],
      [bias ?? [], layer.biasRegularizer],
    ] as const) {
      penalty += l1 * sum(values.map(v => Math.abs(v))) + l2 * sum(values.map(v => v * v));
    }
  }
  return mean + penalty;
}

/** Central differences of the batch loss by every weight. */
export function gradients(
  network: Network,
  layers: readonly PlainLayer[],
  x: readonly (readonly number[])[],
  y: readonly (readonly number[])[],
  weights?: readonly number[],
): PlainLayer[] {
  const h = 1e-6;
  const slope = (values: number[], j: number): number => {
    const before = values[j]!;
    values[j] = before + h;
    const above = batchLoss(network, layers, x, y, weights);
    values[j] = before - h;
    const below = batchLoss(network, layers, x, y, weights);
    values[j] = before;
    return (above - below) / (2 * h);
  };
  return layers.map(({ kernel, bias }) => ({
    kernel: kernel.map(row => row.map((_, j) => slope(row, j))),
    bias: bias?.map((_, j) => slope(bias, j)),
  }));
}
