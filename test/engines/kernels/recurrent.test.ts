import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { assertSame, normal, outputsAndGradients, seeded, useWasm } from './compare';

const kinds = ['simpleRNN', 'gru', 'lstm'] as const;
const activation = fc.constantFrom('tanh', 'sigmoid', 'hardSigmoid', 'relu', 'linear' as const);

const recurrence = fc.record({
  kind: fc.constantFrom(...kinds),
  batch: fc.integer({ min: 1, max: 4 }),
  // TensorFlow.js' own way has no gradient for one step.
  steps: fc.integer({ min: 2, max: 5 }),
  inputs: fc.integer({ min: 1, max: 6 }),
  units: fc.integer({ min: 1, max: 10 }),
  options: fc.record({
    activation,
    recurrentActivation: activation,
    returnSequences: fc.boolean(),
    goBackwards: fc.boolean(),
    useBias: fc.boolean(),
  }),
});

type Recurrence = typeof recurrence extends fc.Arbitrary<infer Shape> ? Shape : never;
type Options = Partial<Parameters<typeof tf.layers.lstm>[0]>;

function layer({ kind, units, options }: Recurrence, more: Options = {}): tf.layers.Layer {
  const recurrentInitializer = tf.initializers.glorotUniform({ seed: 1 });
  const { recurrentActivation, ...common } = { ...options, ...more, units, recurrentInitializer };
  if (kind === 'simpleRNN') return tf.layers.simpleRNN(common);
  return tf.layers[kind]({ ...common, recurrentActivation });
}

/** How often our kernel runs. */
async function sequences(work: () => void): Promise<number> {
  const { kernels } = await tf.profile(() => {
    work();
    return tf.scalar(0);
  });
  return kernels.filter(({ name }) => name === 'KerasPrimerSequence').length;
}

function run(made: tf.layers.Layer, x: tf.Tensor): void {
  const y = made.apply(x, { training: true });
  assert(y instanceof tf.Tensor);
  y.dispose();
}

describe('recurrent layers on wasm', () => {
  before(useWasm);

  it('equal the cpu back end, gradients too, with any options', () => {
    fc.assert(
      fc.property(recurrence, r => {
        const x = normal([r.batch, r.steps, r.inputs]);
        assertSame(outputsAndGradients(layer(r), [x]), r);
        x.dispose();
      }),
      seeded(80),
    );
  });

  it('have gates good to a millionth, that keep NaN and take infinities', () => {
    const numbers = [
      ...Array.from({ length: 4001 }, (_, i) => (i - 2000) / 100),
      ...[0, -0, 1e-10, -1e-4, 50, -80, 1e30, -1e30, Infinity, -Infinity, NaN],
    ];
    const expected = {
      tanh: (x: number) => Math.tanh(x),
      sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
    };
    for (const name of ['tanh', 'sigmoid'] as const) {
      // A net of one step and one unit that passes its input on to the activation.
      const net = tf.layers.simpleRNN({
        ...{ units: 1, activation: name, useBias: false },
        ...{ kernelInitializer: 'ones', recurrentInitializer: 'zeros' },
      });
      tf.tidy(() => {
        const x = tf.tensor(numbers, [numbers.length, 1, 1]);
        const inputs = x.dataSync();
        const y = net.apply(x);
        assert(y instanceof tf.Tensor);
        y.dataSync().forEach((value, i) => {
          const wanted = expected[name](inputs[i]!);
          if (Number.isNaN(wanted)) assert(Number.isNaN(value));
          else
            assert(
              Math.abs(value - wanted) <= 2e-6 * Math.abs(wanted) + 1e-30,
              `${name} ${inputs[i]}: ${value}, expected ${wanted}`,
            );
        });
      });
    }
  });

  it('equal the cpu back end with masked steps', () => {
    fc.assert(
      fc.property(recurrence, fc.array(fc.nat(2), { minLength: 20, maxLength: 20 }), (r, tokens) => {
        const ids = Array.from({ length: r.batch }, (_, b) =>
          Array.from({ length: r.steps }, (__, t) => tokens[b * 5 + t]!),
        );
        const x = tf.tensor2d(ids, [r.batch, r.steps], 'int32');
        const model = tf.sequential({
          layers: [
            tf.layers.embedding({ inputDim: 3, outputDim: r.inputs, maskZero: true, inputLength: r.steps }),
            layer(r),
          ],
        });
        assertSame(outputsAndGradients(model, [x]), { r, ids });
        x.dispose();
      }),
      seeded(60),
    );
  });

  it('equal the cpu back end with states given and returned', () => {
    fc.assert(
      fc.property(recurrence, r => {
        const count = r.kind === 'lstm' ? 2 : 1;
        const made = layer(r, { returnState: true });
        const x = normal([r.batch, r.steps, r.inputs]);
        const states = Array.from({ length: count }, (_, i) => normal([r.batch, r.units], i + 3));
        const outputs = (a: tf.Tensor, initialState: tf.Tensor[]): tf.Tensor[] => {
          const results = made.apply(a, { initialState });
          assert(Array.isArray(results) && results.length === count + 1);
          return results.filter(result => result instanceof tf.Tensor);
        };
        assertSame(() => {
          const gradients = tf.grads((a, ...initial) =>
            outputs(a, initial)
              .map((y, i) => tf.sum(tf.mul(y, normal(y.shape, i + 9))))
              .reduce((sum, part) => tf.add(sum, part)),
          )([x, ...states]);
          const named = outputs(x, states).map((y, i) => [`output ${i}`, y] as const);
          return { ...Object.fromEntries(named), ...Object.fromEntries(gradients.entries()) };
        }, r);
        tf.dispose([x, states]);
      }),
      seeded(50),
    );
  });

  it('equal the cpu back end where a state is carried from batch to batch', () => {
    for (const kind of kinds) {
      for (const returnSequences of [false, true]) {
        const made = tf.layers[kind]({
          ...{ units: 4, stateful: true, returnSequences, batchInputShape: [2, 3, 5] },
          recurrentInitializer: tf.initializers.glorotUniform({ seed: 1 }),
          kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }),
        });
        const model = tf.sequential({ layers: [made] });
        const x = normal([2, 3, 5]);
        assertSame(
          () => {
            made.resetStates();
            const passes = [1, 2, 3].map(() => model.predict(x, { batchSize: 2 }));
            return Object.fromEntries(
              passes.filter(pass => pass instanceof tf.Tensor).map((pass, i) => [`pass ${i}`, pass]),
            );
          },
          { kind, returnSequences },
        );
        x.dispose();
      }
    }
  });

  it('draw the same dropout as on the cpu back end', () => {
    for (const kind of kinds) {
      const made = tf.layers[kind]({
        ...{ units: 4, dropout: 0.4 },
        recurrentInitializer: tf.initializers.glorotUniform({ seed: 1 }),
      });
      const x = normal([3, 4, 5]);
      assertSame(outputsAndGradients(made, [x]), kind);
      assertSame(outputsAndGradients(made, [x], false), kind);
      x.dispose();
    }
  });

  it('equal the cpu back end both ways at once, merged in each way', () => {
    fc.assert(
      fc.property(recurrence, fc.constantFrom('concat', 'sum', 'mul', 'ave' as const), (r, mergeMode) => {
        const inner = layer(r);
        assert(inner instanceof tf.RNN);
        const both = tf.layers.bidirectional({ layer: inner, mergeMode });
        const x = normal([r.batch, r.steps, r.inputs]);
        assertSame(outputsAndGradients(both, [x]), { r, mergeMode });
        x.dispose();
      }),
      seeded(40),
    );
  });

  it('take one operation for a sequence, and TensorFlow.js’ own way for what the kernels do not have', async () => {
    const x = normal([2, 3, 4]);
    for (const kind of kinds) {
      const plain = tf.layers[kind]({ units: 3 });
      assert.equal(await sequences(() => run(plain, x)), 1, kind);
      for (const options of [{ recurrentDropout: 0.3 }, { activation: 'softsign' as const }]) {
        const made = tf.layers[kind]({ units: 3, ...options });
        assert.equal(await sequences(() => run(made, x)), 0, kind);
        assertSame(outputsAndGradients(made, [x]), { kind, options });
      }
    }
    x.dispose();
  });

  it('train on sequences of one step, which TensorFlow.js’ own way does not', () => {
    for (const kind of kinds) {
      const made = tf.layers[kind]({ units: 3 });
      const x = normal([2, 1, 4]);
      const apart = outputsAndGradients(made, [x])();
      for (const [name, tensor] of Object.entries(apart)) {
        assert(tensor.dataSync().some(value => value !== 0) || name.includes('recurrent'), name);
      }
      tf.dispose([x, Object.values(apart)]);
    }
  });

  it('are as they were on another back end', async () => {
    const made = tf.layers.lstm({ units: 3 });
    const x = normal([2, 3, 4]);
    await tf.setBackend('cpu');
    try {
      assert.equal(await sequences(() => run(made, x)), 0);
    } finally {
      await tf.setBackend('wasm');
      x.dispose();
    }
  });
});
