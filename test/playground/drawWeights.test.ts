import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { ensureBackend } from '../../src/engines/backend';
import { drawWeights } from '../../src/playground/drawWeights';
import { networkOf } from '../../src/playground/networkOf';
import { RandomState } from '../../src/random/RandomState';
import { setRandomSeed } from '../../src/random/setRandomSeed';

const stage = {
  loss: 'meanSquaredError',
  metrics: [],
  optimizer: { kind: 'sgd', learningRate: 0, decay: 0, decay2: 0, epsilon: 0 },
} as const;

describe('drawWeights', () => {
  before(ensureBackend);
  afterEach(() => setRandomSeed(null));

  it('gives the weights that TensorFlow.js draws after setRandomSeed, bit for bit', () => {
    const random = new RandomState(0);
    for (const seed of [
      0,
      1,
      42,
      2 ** 32 - 1,
      ...Array.from({ length: 40 }, () => random.randint(0, 2 ** 32)),
    ]) {
      const [inputs, layers, units, outputs] = [
        random.randint(1, 30),
        random.randint(0, 5),
        random.randint(1, 70),
        random.randint(1, 5),
      ];
      setRandomSeed(seed);
      const model = tf.sequential();
      for (let i = 0; i < layers; i++) {
        model.add(
          tf.layers.dense({ units, activation: 'relu', ...(i === 0 ? { inputShape: [inputs] } : {}) }),
        );
      }
      model.add(tf.layers.dense({ units: outputs, ...(layers === 0 ? { inputShape: [inputs] } : {}) }));
      const expected = model.getWeights().map(weight => Array.from(weight.dataSync()));
      const network = networkOf(
        { ...stage, inputs, output: { units: outputs, activation: 'linear' } },
        { layers, units, activation: 'relu', learningRate: 0.001 },
      );
      const drawn = drawWeights(network, seed).flatMap(({ kernel, bias }) => [
        Array.from(kernel),
        Array.from(bias!),
      ]);
      assert.deepEqual(drawn, expected, `seed ${seed}, ${inputs} inputs, ${layers} layers of ${units}`);
      model.dispose();
    }
  });

  it('leaves out what lies beyond two standard deviations', () => {
    const network = networkOf(
      { ...stage, inputs: 100, output: { units: 100, activation: 'linear' } },
      { layers: 0, units: 1, activation: 'relu', learningRate: 0.001 },
    );
    const [layer] = drawWeights(network, 1);
    const largest = layer!.kernel.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    assert.ok(largest <= 0.2 && largest > 0.19, String(largest));
  });
});
