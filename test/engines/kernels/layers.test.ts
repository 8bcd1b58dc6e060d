import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { assertSame, normal, outputsAndGradients, seeded, useWasm } from './compare';

const { layers } = tf;

interface Case {
  readonly make: () => tf.layers.Layer;
  readonly inputs: readonly (readonly number[])[];
}

type Numbers = (least: number, most: number) => number;

const pad = (n: Numbers): 'valid' | 'same' => (n(0, 1) ? 'valid' : 'same');

/** Each layer with sizes drawn by `n`. Dimensions other than the batch stay at least as long as any window. */
const cases: Readonly<Record<string, (n: Numbers) => Case>> = {
  dense: n => {
    const [units, columns] = [n(1, 9), n(1, 9)];
    const activation = (['relu', 'tanh', 'sigmoid', 'softmax', 'elu', 'selu', 'softplus', 'swish'] as const)[
      n(0, 7)
    ]!;
    return { make: () => layers.dense({ units, activation }), inputs: [[n(1, 5), columns]] };
  },
  'dense over time': n => {
    const units = n(1, 9);
    return { make: () => layers.dense({ units }), inputs: [[n(1, 3), n(1, 4), n(1, 9)]] };
  },
  conv1d: n => {
    const [filters, kernelSize, strides, padding] = [n(1, 6), n(1, 3), n(1, 2), pad(n)];
    return {
      make: () => layers.conv1d({ filters, kernelSize, strides, padding, activation: 'relu' }),
      inputs: [[n(1, 3), n(3, 8), n(1, 5)]],
    };
  },
  conv2d: n => {
    const kernelSize: [number, number] = [n(1, 3), n(1, 3)];
    const [filters, strides, padding] = [n(1, 6), n(1, 2), pad(n)];
    return {
      make: () => layers.conv2d({ filters, kernelSize, strides, padding, activation: 'relu' }),
      inputs: [[n(1, 3), n(3, 8), n(3, 8), n(1, 5)]],
    };
  },
  'conv2d, channels first': n => {
    const [filters, kernelSize] = [n(1, 6), n(1, 3)];
    return {
      make: () => layers.conv2d({ filters, kernelSize, dataFormat: 'channelsFirst' }),
      inputs: [[n(1, 2), n(1, 3), n(3, 5), n(3, 5)]],
    };
  },
  conv2dTranspose: n => {
    const [filters, kernelSize, strides, padding] = [n(1, 6), n(1, 3), n(1, 3), pad(n)];
    return {
      make: () => layers.conv2dTranspose({ filters, kernelSize, strides, padding, activation: 'tanh' }),
      inputs: [[n(1, 3), n(3, 5), n(3, 5), n(1, 5)]],
    };
  },
  depthwiseConv2d: n => {
    const [kernelSize, depthMultiplier, strides, padding] = [n(1, 3), n(1, 3), n(1, 2), pad(n)];
    return {
      make: () => layers.depthwiseConv2d({ kernelSize, depthMultiplier, strides, padding }),
      inputs: [[n(1, 3), n(3, 6), n(3, 6), n(1, 6)]],
    };
  },
  separableConv2d: n => {
    const [filters, kernelSize, strides, padding] = [n(1, 6), n(1, 3), n(1, 2), pad(n)];
    return {
      make: () => layers.separableConv2d({ filters, kernelSize, strides, padding }),
      inputs: [[n(1, 3), n(3, 6), n(3, 6), n(1, 5)]],
    };
  },
  maxPooling1d: n => {
    const [poolSize, strides, padding] = [n(1, 3), n(1, 3), pad(n)];
    return {
      make: () => layers.maxPooling1d({ poolSize, strides, padding }),
      inputs: [[n(1, 3), n(3, 8), n(1, 6)]],
    };
  },
  maxPooling2d: n => {
    const [poolSize, strides, padding] = [n(1, 3), n(1, 3), pad(n)];
    return {
      make: () => layers.maxPooling2d({ poolSize, strides: [strides, strides], padding }),
      inputs: [[n(1, 3), n(3, 8), n(3, 8), n(1, 6)]],
    };
  },
  // With 'same' the cpu back end's own gradient is wrong: see pooling.test.ts.
  averagePooling1d: n => {
    const [poolSize, strides] = [n(1, 3), n(1, 3)];
    return {
      make: () => layers.averagePooling1d({ poolSize, strides }),
      inputs: [[n(1, 3), n(3, 8), n(1, 6)]],
    };
  },
  averagePooling2d: n => {
    const [poolSize, strides] = [n(1, 3), n(1, 3)];
    return {
      make: () => layers.averagePooling2d({ poolSize, strides: [strides, strides] }),
      inputs: [[n(1, 3), n(3, 8), n(3, 8), n(1, 6)]],
    };
  },
  globalMaxPooling1d: n => ({
    make: () => layers.globalMaxPooling1d(),
    inputs: [[n(1, 3), n(1, 6), n(1, 6)]],
  }),
  globalMaxPooling2d: n => ({
    make: () => layers.globalMaxPooling2d({}),
    inputs: [[n(1, 3), n(1, 4), n(1, 4), n(1, 6)]],
  }),
  globalAveragePooling1d: n => ({
    make: () => layers.globalAveragePooling1d(),
    inputs: [[n(1, 3), n(1, 6), n(1, 6)]],
  }),
  globalAveragePooling2d: n => ({
    make: () => layers.globalAveragePooling2d({}),
    inputs: [[n(1, 3), n(1, 4), n(1, 4), n(1, 6)]],
  }),
  // More than one image, or not square: the cpu back end's own gradients are wrong. See resize.test.ts.
  upSampling2d: n => {
    const size: [number, number] = [n(1, 3), n(1, 3)];
    const interpolation = n(0, 1) ? 'nearest' : 'bilinear';
    const side = n(1, 5);
    return { make: () => layers.upSampling2d({ size, interpolation }), inputs: [[1, side, side, n(1, 6)]] };
  },
  batchNormalization: n => {
    const shape = [n(2, 5), n(1, 4), n(1, 4), n(1, 9)];
    return { make: () => layers.batchNormalization(), inputs: [n(0, 1) ? shape : [n(2, 6), n(1, 9)]] };
  },
  layerNormalization: n => ({
    make: () => layers.layerNormalization(),
    inputs: [[n(1, 4), n(1, 4), n(2, 9)]],
  }),
  timeDistributed: n => {
    const units = n(1, 5);
    return {
      make: () => layers.timeDistributed({ layer: layers.dense({ units }) }),
      inputs: [[n(1, 3), n(2, 4), n(1, 6)]],
    };
  },
  dropout: n => {
    const rate = n(1, 9) / 10;
    return { make: () => layers.dropout({ rate }), inputs: [[n(1, 4), n(1, 30)]] };
  },
  'gaussianNoise, gaussianDropout, alphaDropout': n => ({
    make: () =>
      tf.sequential({
        layers: [
          layers.gaussianNoise({ stddev: 0.3, inputShape: [5] }),
          layers.gaussianDropout({ rate: 0.2 }),
          layers.alphaDropout({ rate: 0.2 }),
        ],
      }),
    inputs: [[n(1, 4), 5]],
  }),
  // One step has no gradient on any back end.
  convLstm2d: n => {
    const [filters, kernelSize] = [n(1, 3), n(1, 2)];
    return {
      make: () => layers.convLstm2d({ filters, kernelSize }),
      inputs: [[n(1, 2), n(2, 3), n(2, 4), n(2, 4), n(1, 3)]],
    };
  },
  'rnn of stacked cells': n => {
    const [first, second] = [n(1, 4), n(1, 4)];
    return {
      make: () =>
        layers.rnn({ cell: [layers.lstmCell({ units: first }), layers.gruCell({ units: second })] }),
      inputs: [[n(1, 3), n(2, 4), n(1, 4)]],
    };
  },
  add: n => merge(n, () => layers.add()),
  average: n => merge(n, () => layers.average()),
  maximum: n => merge(n, () => layers.maximum()),
  minimum: n => merge(n, () => layers.minimum()),
  multiply: n => merge(n, () => layers.multiply()),
  concatenate: n => {
    const [batch, rows] = [n(1, 3), n(1, 4)];
    return { make: () => layers.concatenate(), inputs: [1, 2, 3].map(() => [batch, rows, n(1, 5)]) };
  },
  dot: n => {
    const [batch, columns] = [n(1, 4), n(1, 6)];
    return { make: () => layers.dot({ axes: -1 }), inputs: [1, 2].map(() => [batch, columns]) };
  },
  'zeroPadding2d and cropping2D': n => {
    const padding: [[number, number], [number, number]] = [
      [n(0, 2), n(0, 2)],
      [n(0, 2), n(0, 2)],
    ];
    return {
      make: () =>
        tf.sequential({
          layers: [
            layers.zeroPadding2d({ padding, inputShape: [4, 5, 2] }),
            layers.cropping2D({ cropping: [[1, 1], [0, 2]] }), // prettier-ignore
          ],
        }),
      inputs: [[n(1, 3), 4, 5, 2]],
    };
  },
  'permute, reshape, repeatVector, flatten': n => ({
    make: () =>
      tf.sequential({
        layers: [
          layers.permute({ dims: [2, 1], inputShape: [3, 4] }),
          layers.reshape({ targetShape: [12] }),
          layers.repeatVector({ n: 3 }),
          layers.flatten(),
        ],
      }),
    inputs: [[n(1, 4), 3, 4]],
  }),
  'advanced activations': n => ({
    make: () =>
      tf.sequential({
        layers: [
          layers.leakyReLU({ alpha: 0.2, inputShape: [7] }),
          layers.prelu(),
          layers.elu(),
          layers.reLU({ maxValue: 1 }),
        ],
      }),
    inputs: [[n(1, 4), 7]],
  }),
};

function merge(n: Numbers, make: () => tf.layers.Layer): Case {
  const shape = [n(1, 4), n(1, 4), n(1, 6)];
  return { make, inputs: Array.from({ length: n(2, 3) }, () => shape) };
}

describe('layers on wasm equal the cpu back end, outputs and gradients', () => {
  before(useWasm);

  for (const [name, draw] of Object.entries(cases)) {
    it(name, () => {
      fc.assert(
        fc.property(fc.array(fc.nat(10_000), { minLength: 16, maxLength: 16 }), numbers => {
          let at = 0;
          const n: Numbers = (least, most) => least + (numbers[at++ % 16]! % (most - least + 1));
          const { make, inputs } = draw(n);
          const x = inputs.map((shape, i) => normal(shape, i + 1));
          assertSame(outputsAndGradients(make(), x), { name, inputs, numbers });
          tf.dispose(x);
        }),
        seeded(12),
      );
    });
  }

  it('embedding', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(4), { minLength: 6, maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        (ids, outputDim) => {
          const x = tf.tensor2d(ids, [2, 3], 'int32');
          const make = layers.embedding({ inputDim: 5, outputDim });
          assertSame(outputsAndGradients(make, [x]), { ids, outputDim });
          x.dispose();
        },
      ),
      seeded(20),
    );
  });

  it('three dimensions', () => {
    for (const make of [
      () => layers.conv3d({ filters: 2, kernelSize: 2, activation: 'relu' }),
      () => layers.maxPooling3d({ poolSize: 2 }),
      () => layers.averagePooling3d({ poolSize: 2 }),
    ]) {
      const x = normal([2, 4, 3, 4, 2]);
      assertSame(outputsAndGradients(make(), [x]), 'three dimensions');
      x.dispose();
    }
  });

  it('and would not, if a kernel were wrong', () => {
    const x = normal([2, 3]);
    let calls = 0;
    assert.throws(() => assertSame(() => ({ y: tf.mul(x, (calls += 1)) }), 'twice'), {
      message: /^y\[0\]: expected/,
    });
    x.dispose();
  });
});
