import assert from 'node:assert/strict';
import { RandomState } from '../../../src/random/RandomState';
import {
  activations,
  losses,
  type Activation,
  type DenseLayer,
  type Loss,
  type NetworkLayer,
} from '../../../src/engines/compiled/network';
import { Core, type Weights } from './Core';
import { dense, network, plain, randomWeights, randomX, randomY } from './helpers';
import { batchLoss, gradients } from './naive';

// w₀ − w₁ after one step of SGD with rate 1 is the gradient, up to the rounding of the weights themselves: half a unit in the last place
// of numbers below 1 is 3e-8, before and after.
const rounding = 5e-7;

function check(
  layers: readonly NetworkLayer[],
  loss: Loss,
  sparse: boolean,
  seed = 3,
  weighted = false,
): void {
  const random = new RandomState(seed);
  const net = network(6, layers, loss);
  const units = layers.findLast((layer): layer is DenseLayer => layer.kind === 'dense')!.units;
  const rows = 9;
  const { x, plainX } = randomX(rows, 6, sparse, random);
  const { y, plainY } = randomY(rows, units, loss, random);
  const weights = randomWeights(net, random);
  const sampleWeights = weighted ? Float32Array.from({ length: rows }, (_, i) => i / 4) : undefined;
  const core = new Core(net, { x, rows, width: 6, y, weights: sampleWeights }, rows, weights);
  const expected = gradients(net, plain(net, weights), plainX, plainY, sampleWeights && [...sampleWeights]);
  const { loss: value } = core.epoch();
  const wanted = batchLoss(net, plain(net, weights), plainX, plainY, sampleWeights && [...sampleWeights]);
  assert.ok(
    Math.abs(value! - wanted) <= 1e-5 * Math.max(1, Math.abs(wanted)),
    `loss ${value}, not ${wanted}`,
  );
  const after = core.weights();
  weights.forEach((before, i) => {
    compare(before.kernel, after[i]!.kernel, expected[i]!.kernel.flat(), `kernel ${i}`);
    if (before.bias) compare(before.bias, after[i]!.bias!, expected[i]!.bias!, `bias ${i}`);
  });
}

function compare(before: Float32Array, after: Float32Array, expected: readonly number[], what: string): void {
  expected.forEach((slope, j) => {
    const found = before[j]! - after[j]!;
    assert.ok(
      Math.abs(found - slope) <= 1e-3 * Math.abs(slope) + rounding,
      `${what}[${j}]: ${found}, by differences ${slope}`,
    );
  });
  assert.ok(
    expected.some(slope => Math.abs(slope) > 1e-3),
    `${what} has a gradient`,
  );
}

const ends: Record<Loss, Activation[]> = {
  meanSquaredError: [...activations],
  meanAbsoluteError: [...activations],
  binaryCrossentropy: ['sigmoid', 'softmax'],
  categoricalCrossentropy: ['softmax', 'sigmoid'],
  sparseCategoricalCrossentropy: ['softmax', 'sigmoid'],
};

describe('gradients of the compiled trainer, against central differences', () => {
  for (const sparse of [false, true]) {
    describe(sparse ? 'sparse' : 'dense', () => {
      for (const loss of losses) {
        for (const end of ends[loss]) {
          it(`${end} and ${loss}`, () => check([dense(5, 'tanh'), dense(3, end)], loss, sparse));
        }
      }
      for (const activation of activations) {
        it(`${activation} in the first, a middle and an Activation layer`, () => {
          check([dense(5, activation), dense(7, activation), dense(1, 'linear')], 'meanSquaredError', sparse);
          check(
            [dense(5, 'linear'), { kind: 'activation', activation }, dense(2, 'linear')],
            'meanSquaredError',
            sparse,
          );
          check([dense(4, 'linear'), { kind: 'activation', activation }], 'meanSquaredError', sparse);
        });
      }
      for (const [name, penalty] of Object.entries({
        l1: { l1: 0.03, l2: 0 },
        l2: { l1: 0, l2: 0.02 },
        l1l2: { l1: 0.01, l2: 0.03 },
      })) {
        it(`${name} on kernels and biases`, () =>
          check(
            [
              dense(5, 'tanh', { kernelRegularizer: penalty, biasRegularizer: penalty }),
              dense(3, 'linear', { kernelRegularizer: penalty }),
              dense(2, 'linear', { biasRegularizer: penalty }),
            ],
            'meanSquaredError',
            sparse,
          ));
      }
      it('without bias', () =>
        check(
          [dense(5, 'tanh', { useBias: false }), dense(1, 'sigmoid', { useBias: false })],
          'binaryCrossentropy',
          sparse,
        ));
      it('with sample weights, zero among them', () => {
        for (const loss of losses) check([dense(5, 'tanh'), dense(3, ends[loss][0]!)], loss, sparse, 4, true);
      });
    });
  }

  it('is 0 for a layer that does not train, and goes on behind it', () => {
    const random = new RandomState(1);
    const net = network(
      6,
      [dense(5, 'tanh'), dense(4, 'tanh', { trainable: false }), dense(1, 'linear')],
      'meanSquaredError',
    );
    const { x } = randomX(9, 6, false, random);
    const { y } = randomY(9, 1, 'meanSquaredError', random);
    const before: Weights[] = randomWeights(net, random);
    const core = new Core(net, { x, rows: 9, width: 6, y }, 9, before);
    core.epoch();
    const after = core.weights();
    assert.deepEqual(after[1], before[1]);
    assert.notDeepEqual(after[0], before[0]);
    assert.notDeepEqual(after[2], before[2]);
  });

  it('has the slopes of TensorFlow.js where there are none: -1 of |x| at 0, 0 of relu at 0', () => {
    const net = network(
      1,
      [dense(1, 'linear', { kernelRegularizer: { l1: 0.25, l2: 0 } })],
      'meanAbsoluteError',
    );
    const zero = { kernel: new Float32Array(1), bias: new Float32Array(1) };
    const core = new Core(net, { x: Float32Array.of(1), rows: 1, width: 1, y: Float32Array.of(0) }, 1, [
      zero,
    ]);
    core.epoch();
    // Both |error| and |weight| are at 0, each with slope -1: the weight rises by 1 + 0.25, the bias by 1.
    assert.deepEqual(core.weights(), [{ kernel: Float32Array.of(1.25), bias: Float32Array.of(1) }]);
    const relu = new Core(
      network(1, [dense(1, 'relu')], 'meanSquaredError'),
      { x: Float32Array.of(1), rows: 1, width: 1, y: Float32Array.of(5) },
      1,
      [zero],
    );
    relu.epoch();
    assert.deepEqual(relu.weights(), [zero]);
  });
});
