import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { RandomState } from '../../../src/random/RandomState';
import {
  activations,
  losses,
  type Loss,
  type Network,
  type OptimizerKind,
} from '../../../src/engines/compiled/network';
import { onCpu } from '../../onCpu';
import { Core, type Weights } from './Core';
import { dense, network, one, randomWeights, randomX, randomY, rmsprop, toSparse } from './helpers';
import { forward } from './naive';
import { plain, rowsOf } from './helpers';

const shapes = fc.record({
  seed: fc.nat(1e6),
  inputs: fc.integer({ min: 1, max: 300 }),
  hidden: fc.array(
    fc.record({ units: fc.integer({ min: 1, max: 300 }), activation: fc.constantFrom(...activations) }),
    { maxLength: 3 },
  ),
  outputs: fc.integer({ min: 1, max: 50 }),
  loss: fc.constantFrom(...losses),
  rows: fc.integer({ min: 1, max: 20 }),
  batch: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 64 })),
  sparse: fc.boolean(),
  useBias: fc.boolean(),
});

type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

const kinds: Record<OptimizerKind, () => tf.Optimizer> = {
  sgd: () => tf.train.sgd(0.01),
  momentum: () => tf.train.momentum(0.01, 0.9),
  nesterov: () => tf.train.momentum(0.01, 0.9, true),
  rmsprop: () => tf.train.rmsprop(0.001),
  adam: () => tf.train.adam(0.001),
};

const settings = {
  sgd: { kind: 'sgd', learningRate: 0.01, decay: 0, decay2: 0, epsilon: 0 },
  momentum: { kind: 'momentum', learningRate: 0.01, decay: 0.9, decay2: 0, epsilon: 0 },
  nesterov: { kind: 'nesterov', learningRate: 0.01, decay: 0.9, decay2: 0, epsilon: 0 },
  rmsprop,
  adam: { kind: 'adam', learningRate: 0.001, decay: 0.9, decay2: 0.999, epsilon: 1e-7 },
} as const;

const ends: Record<Loss, 'linear' | 'sigmoid' | 'softmax'> = {
  meanSquaredError: 'linear',
  meanAbsoluteError: 'linear',
  binaryCrossentropy: 'sigmoid',
  categoricalCrossentropy: 'softmax',
  sparseCategoricalCrossentropy: 'softmax',
};

// TensorFlow.js needs at least two classes.
const atLeast: Partial<Record<Loss, number>> = {
  categoricalCrossentropy: 2,
  sparseCategoricalCrossentropy: 2,
};

function make(
  shape: Shape,
  kind: OptimizerKind,
): { net: Network; core: Core; weights: Weights[]; plainX: number[][]; plainY: number[][] } {
  const { seed, inputs, hidden, loss, rows, batch, sparse, useBias } = shape;
  const outputs = Math.max(shape.outputs, atLeast[loss] ?? 1);
  const random = new RandomState(seed);
  const net = network(
    inputs,
    [
      ...hidden.map(({ units, activation }) => dense(units, activation, { useBias })),
      dense(outputs, ends[loss], { useBias }),
    ],
    loss,
    { optimizer: settings[kind] },
  );
  let width = inputs;
  const weights = net.layers.map(layer => {
    const units = layer.kind === 'dense' ? layer.units : width;
    const limit = Math.sqrt(6 / (width + units));
    const draw = (count: number, size: number): Float32Array =>
      Float32Array.from({ length: count }, () => random.uniform(-size, size));
    const drawn = { kernel: draw(width * units, limit), bias: useBias ? draw(units, 0.1) : undefined };
    width = units;
    return drawn;
  });
  const { x, plainX } = randomX(rows, inputs, sparse, random);
  const { y, plainY } = randomY(rows, outputs, loss, random);
  return { net, weights, plainX, plainY, core: new Core(net, { x, rows, width: inputs, y }, batch, weights) };
}

/**
 * The greatest size, at least 1: what a difference is measured by. Momentum at batch 1 makes some stacks diverge within an epoch, and rounding grows with
 * what it rounds.
 */
const largest = (values: ArrayLike<number>): number =>
  Math.max(1, ...Array.from(values, value => Math.abs(value)));
const worst = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));

describe('the compiled trainer on any stack of layers', function () {
  this.timeout(120_000);

  onCpu();

  it('predicts as plain double precision does, whatever the batches, dense and sparse alike', () => {
    fc.assert(
      fc.property(shapes, shape => {
        const { net, core, weights, plainX } = make(shape, 'sgd');
        const found = core.predict();
        const wanted = plainX.flatMap(row => forward(net, plain(net, weights), row));
        assert.ok(worst(found, wanted) <= 2e-5, `predictions differ by ${worst(found, wanted)}`);
        assert.deepEqual(core.predict(1), found, 'one row at a time gives the same bits');
        assert.deepEqual(core.predict(3), found, 'three rows at a time give the same bits');
      }),
      { numRuns: 100 },
    );
  });

  it('trains sparse rows as their dense selves', () => {
    fc.assert(
      fc.property(
        shapes,
        fc.constantFrom<OptimizerKind>('sgd', 'rmsprop', 'adam', 'momentum'),
        (shape, kind) => {
          const { net, weights, plainX, core: sparse } = make({ ...shape, sparse: true }, kind);
          const { x: _, ...rows } = sparse.rows;
          const core = new Core(net, { ...rows, x: Float32Array.from(plainX.flat()) }, shape.batch, weights);
          for (let epoch = 0; epoch < 2; epoch++) {
            const [a, b] = [core.epoch(), sparse.epoch()];
            // What diverges without bound does so both ways.
            if (!Number.isFinite(a.loss)) {
              assert.ok(!Number.isFinite(b.loss), `losses ${a.loss} and ${b.loss}`);
              return;
            }
            assert.ok(
              Math.abs(a.loss! - b.loss!) <= 1e-4 * Math.max(1, Math.abs(a.loss!)),
              `losses ${a.loss} and ${b.loss}`,
            );
          }
          const predicted = core.predict();
          assert.ok(worst(predicted, sparse.predict()) <= 1e-3 * largest(predicted));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lets rows that are not touched for a while catch up with their decay', () => {
    const net = network(40, [dense(5, 'tanh'), dense(1, 'linear')], 'meanSquaredError', {
      optimizer: rmsprop,
    });
    const random = new RandomState(9);
    // Word 39 occurs in the first row alone, word 38 never; each row is a batch.
    const rows = Array.from({ length: 30 }, (_, i) =>
      Array.from({ length: 40 }, (_unused, j) =>
        j === 39 ? Number(i === 0) : j < 38 && random.randomSample() < 0.1 ? 1 : 0,
      ),
    );
    const { y } = randomY(30, 1, 'meanSquaredError', random);
    const weights = randomWeights(net, random);
    const sparse = new Core(net, { x: toSparse(rows, 40), rows: 30, width: 40, y }, 1, weights);
    const full = new Core(net, { x: Float32Array.from(rows.flat()), rows: 30, width: 40, y }, 1, weights);
    for (let epoch = 0; epoch < 3; epoch++) {
      sparse.epoch();
      full.epoch();
      // Reading between epochs, as callbacks do, must not change what follows.
      const [a, b] = [sparse.moments()[0]!, full.moments()[0]!];
      a.forEach((value, i) =>
        assert.ok(Math.abs(value - b[i]!) <= 1e-5 * b[i]!, `${i}: ${value}, not ${b[i]}`),
      );
      assert.ok(a[39 * 5]! > 1e-8 && a[38 * 5]! < 1e-29);
    }
  });

  it('trains an epoch as TensorFlow.js does', async () => {
    await fc.assert(
      fc.asyncProperty(
        shapes,
        fc.constantFrom<OptimizerKind>('sgd', 'momentum', 'nesterov', 'rmsprop', 'adam'),
        async (shape, kind) => {
          const { net, core, weights, plainX, plainY } = make(shape, kind);
          const model = tf.sequential();
          net.layers.forEach((layer, i) => {
            if (layer.kind !== 'dense') return;
            const { units, activation, useBias } = layer;
            model.add(
              tf.layers.dense({
                units,
                activation,
                useBias,
                ...(i === 0 ? { inputShape: [net.inputs] } : {}),
              }),
            );
            const { kernel, bias } = weights[i]!;
            const width = kernel.length / units;
            model.layers[i]!.setWeights([
              tf.tensor2d(kernel, [width, units]),
              ...(bias ? [tf.tensor1d(bias)] : []),
            ]);
          });
          model.compile({ optimizer: kinds[kind](), loss: net.loss });
          const [xs, ys] = [tf.tensor2d(plainX), tf.tensor2d(plainY)];
          const history = await model.fit(xs, ys, {
            batchSize: shape.batch,
            epochs: 1,
            shuffle: false,
            verbose: 0,
          });
          const { loss } = core.epoch();
          const wanted = Number(history.history.loss![0]);
          assert.ok(Math.abs(loss! - wanted) <= 1e-4 * Math.max(1, wanted), `loss ${loss}, not ${wanted}`);
          const predicted = await one(model.predict(xs)).data();
          const difference = worst(core.predict(), predicted);
          const size = largest(predicted);
          assert.ok(difference <= 1e-4 * size, `predictions of up to ${size} differ by ${difference}`);
          tf.dispose([xs, ys]);
          model.dispose();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes one row, empty rows and batches larger than the data', () => {
    const net = network(5, [dense(3, 'relu'), dense(1, 'sigmoid')], 'binaryCrossentropy', {
      optimizer: rmsprop,
    });
    const weights = [
      { kernel: new Float32Array(15).fill(0.25), bias: Float32Array.of(0.5, 0, -0.5) },
      { kernel: Float32Array.of(1, 1, 1), bias: Float32Array.of(0) },
    ];
    const empty = toSparse([[0, 0, 0, 0, 0]], 5);
    const core = new Core(net, { x: empty, rows: 1, width: 5, y: Float32Array.of(1) }, 512, weights);
    assert.deepEqual(rowsOf(core.predict(), 1), [[Math.fround(1 / (1 + Math.exp(-0.5)))]]);
    const { loss } = core.epoch();
    assert.ok(Math.abs(loss! + Math.log(1 / (1 + Math.exp(-0.5)))) < 1e-6);
    assert.deepEqual(core.weights()[0]!.kernel, weights[0]!.kernel, 'no input, no change of the kernel');
    assert.notDeepEqual(core.weights()[0]!.bias, weights[0]!.bias);
  });
});
