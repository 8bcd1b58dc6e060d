// Where everything of a run lies in the trainer's memory.

import { activations, momentCount, outputsOf } from './network';
import type { Network } from './network';
import { resultBytes, sumCount } from './results';
import { sizes } from './structures';
import type { LayerValues } from './structures';

/** One data set's place in memory. */
export interface DataPlace {
  readonly at: number;
  readonly rows: number;
  /** 0: dense rows. */
  readonly idBytes: 0 | 2 | 4;
  readonly x: number;
  /** Bytes between dense rows. */
  readonly stride: number;
  readonly ids: number;
  readonly y: number;
  /** 0 without. */
  readonly labels: number;
  readonly weights: number;
}

/** A dense layer's weights and moments: `rows` rows of `columns` numbers, `stride` bytes apart, and a bias row. */
export interface WeightPlace {
  /** Of the layer, among all layers. */
  readonly layer: number;
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
  readonly w: number;
  /** Moments: 0 where the optimizer has none. */
  readonly s1: number;
  readonly s2: number;
  /** From the start of w, s1 or s2 to its bias row. */
  readonly bias: number;
  readonly useBias: boolean;
}

/** Addresses in the trainer's memory, all a worker needs to run. */
export interface Layout {
  readonly bytes: number;
  /** So many of the first bytes are zero at the beginning. What comes after them is written before it is read. */
  readonly zero: number;
  readonly run: number;
  readonly sums: number;
  /** Words by which host and worker speak to each other while the worker computes: see control.ts. */
  readonly control: number;
  /** Room for the results of epochs (see results.ts), 0 without training. */
  readonly results: number;
  readonly random: number;
  /** Room for powers of the optimizer's decay, 0 without training. */
  readonly decays: number;
  /** Room for the order of one epoch, 0 without training. */
  readonly order: number;
  /** Room for predictions, 0 if none are wanted. */
  readonly out: number;
  readonly outputs: number;
  /** Rows for which the network has room at a time. */
  readonly batch: number;
  readonly data: DataPlace;
  readonly validation: DataPlace | undefined;
  readonly weights: readonly WeightPlace[];
  readonly layers: readonly LayerValues[];
  readonly layersAt: number;
}

/** The sizes of a data set: `nnz` and `idBytes` for a sparse one. */
export interface DataSize {
  readonly rows: number;
  readonly idBytes: 0 | 2 | 4;
  readonly nnz: number;
  /** Ones in the row with most of them. */
  readonly longest: number;
  readonly targets: boolean;
  /** Whether the targets are known to be one-hot. */
  readonly labels: boolean;
  readonly weights: boolean;
}

const most = 65536 * 65536;

class Room {
  used = 64;

  take(bytes: number): number {
    const at = this.used;
    // 64 is a line of the cache.
    this.used = Math.ceil((at + bytes) / 64) * 64;
    if (!(this.used <= most)) {
      throw new RangeError(
        'Expected a model and data that fit into the 4 GB of memory which the compiled engine has, received larger ones. ' +
          "Make the layers narrower or the batches smaller, or set engine: 'tfjs'.",
      );
    }
    return at;
  }
}

const padded = (width: number): number => Math.ceil(width / 4) * 16;

/** What a layout is made for. */
export interface LayoutWish {
  readonly network: Network;
  readonly task: 'fit' | 'evaluate' | 'predict';
  readonly batchSize: number;
  readonly data: DataSize;
  readonly validation?: DataSize;
}

/**
 * Lay out a run in memory.
 * @throws RangeError if it would need more than 4 GB.
 */
export function layOut({ network, task, batchSize, data, validation }: LayoutWish): Layout {
  const room = new Room();
  const training = task === 'fit';
  // Rows that do not train are taken in batches of their own size: results do not depend on it.
  const idle = Math.max(training ? (validation?.rows ?? 0) : data.rows, 1);
  const batch = Math.max(training ? Math.min(batchSize, data.rows) : 1, Math.min(idle, 128));
  const run = room.take(sizes.run);
  const sums = room.take(sumCount * 8);
  const control = room.take(64);
  const results = training ? room.take(resultBytes) : 0;
  const random = room.take(64);
  // As many as assembly/layout.ts says.
  const decays = training ? room.take(256 * 4) : 0;
  const layersAt = room.take(sizes.layer * network.layers.length);
  const sparse = data.idBytes !== 0;

  const weights: WeightPlace[] = [];
  const layers: LayerValues[] = [];
  const { optimizer } = network;
  let width = network.inputs;
  const anyDense = !sparse || validation?.idBytes === 0;
  let x = anyDense ? room.take(batch * padded(width)) : 0;
  // Whether any layer so far has something to learn from a gradient, and so the gradient must come that far.
  let wanted = false;
  let dx = 0;
  const sparseRoom = (stride: number): LayerValues => ({
    stamps: room.take(network.inputs * 4),
    counts: room.take(network.inputs * 4),
    // One more, since a place is written before it is known whether it is kept.
    touched: room.take((network.inputs + 1) * 4),
    lists: room.take(Math.min(data.longest * batch, data.nnz) * 4),
    // As many rows as assembly/optimizers.ts has in a block.
    sums: room.take(16 * stride),
  });
  network.layers.forEach((layer, i) => {
    const outputs = layer.kind === 'dense' ? layer.units : width;
    const stride = padded(outputs);
    const learns = training && layer.kind === 'dense' && layer.trainable;
    const values: LayerValues = {
      inputs: width,
      outputs,
      xStride: padded(width),
      stride,
      x,
      y: room.take(batch * stride),
      dx: wanted ? dx : 0,
    };
    wanted ||= learns;
    values.dy = training ? room.take(batch * stride) : 0;
    if (layer.kind === 'dense') {
      const rows = Math.ceil(width / 4) * 4;
      const size = (rows + 1) * stride;
      const w = room.take(size);
      const g = training ? room.take(size) : 0;
      const s1 = training && momentCount[optimizer.kind] > 0 ? room.take(size) : 0;
      const s2 = training && momentCount[optimizer.kind] > 1 ? room.take(size) : 0;
      const before = network.layers[i - 1];
      Object.assign(values, {
        kind: 0,
        activation: activations.indexOf(layer.activation),
        w,
        g,
        s1,
        s2,
        bias: rows * stride,
        hasBias: layer.useBias ? 1 : 0,
        trainable: layer.trainable ? 1 : 0,
        zeroStops: before !== undefined && before.kind !== 'dropout' && before.activation === 'relu' ? 1 : 0,
        ...(training && sparse && i === 0 ? sparseRoom(stride) : {}),
        l1: layer.kernelRegularizer.l1,
        l2: layer.kernelRegularizer.l2,
        biasL1: layer.biasRegularizer.l1,
        biasL2: layer.biasRegularizer.l2,
      } satisfies LayerValues);
      weights.push({
        layer: i,
        rows: width,
        columns: outputs,
        stride,
        w,
        s1,
        s2,
        bias: rows * stride,
        useBias: layer.useBias,
      });
    } else if (layer.kind === 'activation') {
      Object.assign(values, { kind: 1, activation: activations.indexOf(layer.activation) });
    } else {
      Object.assign(values, { kind: 2, rate: layer.rate, mask: training ? room.take(batch * stride) : 0 });
    }
    layers.push(values);
    width = outputs;
    x = values.y!;
    dx = values.dy;
  });

  const last = network.layers.at(-1)!;
  const lastActivation = last.kind === 'dropout' ? undefined : last.activation;
  if (
    (network.loss === 'binaryCrossentropy' && lastActivation === 'sigmoid') ||
    (network.loss === 'categoricalCrossentropy' && lastActivation === 'softmax') ||
    (network.loss === 'sparseCategoricalCrossentropy' && lastActivation === 'softmax')
  ) {
    const [ending] = layers.slice(-1);
    if (ending) ending.fusedLoss = 1;
  }

  const zero = room.used;
  const targetBytes = network.loss === 'sparseCategoricalCrossentropy' ? 4 : width * 4;
  const place = ({ rows, idBytes, nnz, targets, labels, weights: weighted }: DataSize): DataPlace => ({
    at: room.take(sizes.data),
    rows,
    idBytes,
    stride: idBytes === 0 ? padded(network.inputs) : 0,
    x: room.take(idBytes === 0 ? rows * padded(network.inputs) : (rows + 1) * 4),
    ids: room.take(nnz * idBytes),
    y: targets ? room.take(rows * targetBytes) : 0,
    labels: labels ? room.take(rows * 4) : 0,
    weights: weighted ? room.take(rows * 4) : 0,
  });
  return {
    zero,
    run,
    sums,
    control,
    results,
    random,
    decays,
    layersAt,
    batch,
    weights,
    layers,
    outputs: outputsOf(network),
    data: place(data),
    validation: validation && place(validation),
    order: training ? room.take(data.rows * 4) : 0,
    out: task === 'predict' ? room.take(data.rows * width * 4) : 0,
    bytes: room.used,
  };
}
