import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { RandomState } from '../../../src/random/RandomState';
import type {
  Activation,
  DenseLayer,
  Loss,
  Network,
  NetworkLayer,
} from '../../../src/engines/compiled/network';
import { losses } from '../../../src/engines/compiled/network';
import { recognise } from '../../../src/engines/compiled/recognise';
import { onCpu } from '../../onCpu';
import { Core } from './Core';
import { dense, network, one, randomX, randomY, rowsOf } from './helpers';

const optimizers: Record<string, () => tf.Optimizer> = {
  rmsprop: () => tf.train.rmsprop(0.001),
  'rmsprop, rate 0.01, rho 0.5, epsilon 0.001': () => tf.train.rmsprop(0.01, 0.5, 0, 0.001),
  adam: () => tf.train.adam(0.001),
  'adam, rate 0.01, betas 0.8 and 0.9': () => tf.train.adam(0.01, 0.8, 0.9, 1e-3),
  sgd: () => tf.train.sgd(0.05),
  momentum: () => tf.train.momentum(0.02, 0.9),
  nesterov: () => tf.train.momentum(0.02, 0.9, true),
};

/** The same model in TensorFlow.js, weights drawn there. */
function tfModel(net: Network, optimizer: tf.Optimizer, seed: number): tf.LayersModel {
  const model = tf.sequential();
  net.layers.forEach((layer, i) => {
    const shape = i === 0 ? { inputShape: [net.inputs] } : {};
    if (layer.kind === 'dense') {
      const { units, activation, useBias, kernelRegularizer: k, biasRegularizer: b } = layer;
      model.add(
        tf.layers.dense({
          units,
          activation,
          useBias,
          kernelInitializer: tf.initializers.glorotUniform({ seed: seed + i }),
          kernelRegularizer: k.l1 || k.l2 ? tf.regularizers.l1l2(k) : undefined,
          biasRegularizer: b.l1 || b.l2 ? tf.regularizers.l1l2(b) : undefined,
          ...shape,
        }),
      );
    } else if (layer.kind === 'activation') {
      model.add(tf.layers.activation({ activation: layer.activation, ...shape }));
    }
  });
  model.compile({ optimizer, loss: net.loss });
  return model;
}

const bounds: Record<number, number> = { 1: 1e-5, 10: 1e-4, 100: 1e-3 };

/** Train both on the same batches and compare predictions after 1, 10 and 100 steps. */
async function compare(
  layers: readonly NetworkLayer[],
  loss: Loss,
  optimizer: tf.Optimizer,
  sparse: boolean,
  batch: number,
  seed: number,
): Promise<void> {
  const random = new RandomState(seed);
  const width = 9;
  const rows = 40;
  const net = network(width, layers, loss);
  const units = layers.findLast((layer): layer is DenseLayer => layer.kind === 'dense')!.units;
  const { x, plainX } = randomX(rows, width, sparse, random);
  const { y, plainY } = randomY(rows, units, loss, random);
  const model = tfModel(net, optimizer, seed);
  const recognised = recognise(model, 'fit');
  assert.ok(typeof recognised === 'object', 'the model is taken');
  const core = new Core(
    recognised.network,
    { x, rows, width, y },
    batch,
    recognised.variables.map(({ kernel, bias }) => ({
      kernel: kernel.dataSync<'float32'>().slice(),
      bias: bias?.dataSync<'float32'>().slice(),
    })),
  );
  const xs = tf.tensor2d(plainX);
  const ys = tf.tensor2d(plainY);
  for (let step = 0; step < 100; step++) {
    const from = (step * batch) % (rows - batch + 1);
    core.step(from, from + batch);
    await model.trainOnBatch(xs.slice(from, batch), ys.slice(from, batch));
    const bound = bounds[step + 1];
    if (bound === undefined) continue;
    const wanted = await one(model.predict(xs)).data();
    const found = core.predict();
    const worst = Math.max(...found.map((value, i) => Math.abs(value - wanted[i]!)));
    assert.ok(worst <= bound, `after ${step + 1} steps predictions differ by ${worst}, more than ${bound}`);
  }
  tf.dispose([xs, ys]);
  model.dispose();
}

const ends: Record<Loss, Activation> = {
  meanSquaredError: 'linear',
  meanAbsoluteError: 'linear',
  binaryCrossentropy: 'sigmoid',
  categoricalCrossentropy: 'softmax',
  sparseCategoricalCrossentropy: 'softmax',
};

describe('the compiled trainer beside TensorFlow.js, step by step', function () {
  this.timeout(60_000);

  onCpu();

  let seed = 10;
  for (const [name, make] of Object.entries(optimizers)) {
    for (const loss of losses) {
      it(`${name}, ${loss}`, async () => {
        const layers = [
          dense(7, 'relu'),
          dense(6, 'tanh'),
          dense(loss === 'binaryCrossentropy' ? 1 : 4, ends[loss]),
        ];
        await compare(layers, loss, make(), false, 8, seed++);
        await compare(layers, loss, make(), true, 8, seed++);
        await compare(layers, loss, make(), seed % 2 === 0, 1, seed++);
      });
    }
    it(`${name}, regularizers, no bias`, async () => {
      const layers = [
        dense(7, 'elu', {
          kernelRegularizer: { l1: 0.001, l2: 0.002 },
          biasRegularizer: { l1: 0.001, l2: 0 },
        }),
        dense(5, 'selu', { useBias: false, kernelRegularizer: { l1: 0, l2: 0.01 } }),
        dense(1, 'sigmoid'),
      ];
      await compare(layers, 'binaryCrossentropy', make(), false, 8, seed++);
      await compare(layers, 'binaryCrossentropy', make(), true, 8, seed++);
      await compare(layers, 'binaryCrossentropy', make(), true, 1, seed++);
    });
  }

  it('has the metrics of TensorFlow.js', async () => {
    const random = new RandomState(5);
    for (const loss of losses) {
      for (const units of loss.includes('ategorical') ? [4] : [1, 3]) {
        const net = network(5, [dense(8, 'relu'), dense(units, ends[loss])], loss);
        const model = tfModel(net, tf.train.sgd(0.1), 3);
        const metrics =
          loss === 'sparseCategoricalCrossentropy'
            ? ['accuracy']
            : ['accuracy', 'mae', 'mse', 'categoricalAccuracy'];
        model.compile({ optimizer: 'sgd', loss, metrics });
        const recognised = recognise(model, 'fit');
        assert.ok(typeof recognised === 'object', 'the model is taken');
        const { x, plainX } = randomX(33, 5, false, random);
        const { y, plainY } = randomY(33, units, loss, random);
        const core = new Core(
          recognised.network,
          { x, rows: 33, width: 5, y },
          10,
          recognised.variables.map(({ kernel, bias }) => ({
            kernel: kernel.dataSync<'float32'>().slice(),
            bias: bias?.dataSync<'float32'>().slice(),
          })),
        );
        const wanted = [model.evaluate(tf.tensor2d(plainX), tf.tensor2d(plainY))].flat();
        const found = core.evaluate();
        const values = [
          found.loss!,
          ...recognised.metricOrder.map(i => found[recognised.network.metrics[i]!]!),
        ];
        for (const [i, tensor] of wanted.entries()) {
          const value = (await tensor.data())[0]!;
          assert.ok(
            Math.abs(values[i]! - value) < 2e-6,
            `${loss}, ${units} units, log ${i}: ${values[i]}, not ${value}`,
          );
        }
      }
    }
  });

  it('computes every activation to two units in the last place, far out as well', async () => {
    const inputs = Array.from({ length: 401 }, (_, i) => [(i - 200) / 2]);
    for (const activation of ['linear', 'relu', 'sigmoid', 'tanh', 'elu', 'selu'] as const) {
      const net = network(1, [dense(1, activation, { useBias: false })], 'meanSquaredError');
      const x = Float32Array.from(inputs.flat());
      const core = new Core(net, { x, rows: 401, width: 1, y: x }, 8, [
        { kernel: Float32Array.of(1), bias: undefined },
      ]);
      const found = core.predict();
      const exact: Record<string, (v: number) => number> = {
        linear: v => v,
        relu: v => Math.max(v, 0),
        sigmoid: v => 1 / (1 + Math.exp(-v)),
        tanh: Math.tanh,
        elu: v => (v >= 0 ? v : Math.expm1(v)),
        selu: v => (v >= 0 ? 1.0507009873554805 * v : 1.7580993408473768 * Math.expm1(v)),
      };
      rowsOf(found, 1).forEach(([value], i) => {
        const wanted = exact[activation]!(inputs[i]![0]!);
        // For elu and selu those of the 1 that is subtracted; below the smallest normal number 0 will do.
        const bound = Math.max(
          2.4e-7 * Math.max(Math.abs(wanted), activation.endsWith('elu') ? 1 : 0),
          1.2e-38,
        );
        assert.ok(
          Math.abs(value! - wanted) <= bound,
          `${activation}(${inputs[i]![0]}) = ${value}, not ${wanted}`,
        );
      });
    }
  });
});
