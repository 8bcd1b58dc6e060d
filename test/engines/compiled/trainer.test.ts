import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RandomState } from '../../../src/random/RandomState';
import { layOut } from '../../../src/engines/compiled/layout';
import type { Loss, Metric, Network } from '../../../src/engines/compiled/network';
import { dataSize, type Rows } from '../../../src/engines/compiled/samples';
import { takeMemory } from '../../../src/engines/compiled/memories';
import { trainerModule } from '../../../src/engines/compiled/trainerModule';
import { Core } from './Core';
import { dense, network, randomWeights, randomX, randomY, rmsprop, sgd, toSparse } from './helpers';

const file = path.join(__dirname, '..', '..', '..', 'dist', 'engines', 'compiled', 'trainer.wasm');

/** The sections and instructions of a module, in the text form of Binaryen, which AssemblyScript brings along. */
async function text(): Promise<string> {
  const { default: binaryen } = await import('binaryen');
  const module = binaryen.readBinary(readFileSync(file));
  module.setFeatures(binaryen.Features.All);
  return module.emitText();
}

describe('trainer.wasm', () => {
  it('imports nothing but its memory, has fixed SIMD only and is small', async () => {
    const source = await text();
    assert.deepEqual(source.match(/\(import [^\n]*/g)?.length, 1);
    assert.match(source, /\(import "env" "memory" \(memory \$\S+ 1 65536 shared\)\)/);
    assert.doesNotMatch(source, /relaxed/, 'relaxed SIMD rounds differently on different processors');
    assert.match(source, /f32x4\.mul/);
    // RMSprop in pairs of vectors, inlined for each kind of row, made 1.3 kB of it.
    assert.ok(readFileSync(file).length < 26_000, `${readFileSync(file).length} bytes`);
    assert.ok(trainerModule());
  });

  it('gives one seed the same bits everywhere', () => {
    // A change of this value means that earlier results can no longer be repeated: say so where it is changed.
    // November 2026: the sum of a row's probabilities is taken four at a time; one division does for two vectors of RMSprop.
    const random = new RandomState(7);
    const net = network(
      20,
      [
        dense(24, 'relu'),
        { kind: 'dropout', rate: 0.3 },
        dense(13, 'tanh', { kernelRegularizer: { l1: 1e-4, l2: 1e-3 } }),
        dense(9, 'selu'),
        dense(7, 'softmax'),
      ],
      'sparseCategoricalCrossentropy',
      { optimizer: rmsprop, metrics: ['sparseCategoricalAccuracy'] },
    );
    const hash = createHash('sha256');
    for (const sparse of [false, true]) {
      for (const batch of [1, 16]) {
        const { x } = randomX(50, 20, sparse, random);
        const { y } = randomY(50, 7, 'sparseCategoricalCrossentropy', random);
        const core = new Core(net, { x, rows: 50, width: 20, y }, batch, randomWeights(net, random), 42);
        for (let epoch = 0; epoch < 20; epoch++) hash.update(JSON.stringify(core.epoch()));
        hash.update(JSON.stringify(core.evaluate()));
        for (const { kernel } of core.weights()) hash.update(new Uint8Array(kernel.buffer));
      }
    }
    assert.equal(hash.digest('hex'), '4f231d549441e3430671619690cc6144a03310e02a4f47442c98ab0747f6868d');
  });
});

describe('losses and metrics of rows of any width', () => {
  // The network passes its input on, so that the test says what the outputs are.
  const through = (width: number, loss: Loss, metrics: Metric[]): Network =>
    network(width, [{ kind: 'activation', activation: 'linear' }], loss, { metrics });
  const seen = (
    width: number,
    loss: Loss,
    metrics: Metric[],
    x: number[][],
    y: Rows['y'],
  ): Record<string, number> =>
    new Core(
      through(width, loss, metrics),
      { x: Float32Array.from(x.flat()), rows: x.length, width, y: y! },
      4,
      [],
    ).evaluate();
  // As tf.argMax: the first of the largest; a NaN is only the largest where it comes first.
  const argMax = (row: readonly number[]): number =>
    row.reduce((best, value, i) => (value > row[best]! ? i : best), 0);
  const random = new RandomState(5);

  for (let width = 1; width <= 21; width++) {
    it(`accuracy takes the first of the largest, among ${width}`, () => {
      const x = Array.from({ length: 60 }, (_, i) =>
        Array.from({ length: width }, () =>
          i % 3 === 0 && random.randomSample() < 0.1 ? NaN : Math.floor(random.uniform(-2, 2)),
        ),
      );
      const labels = Int32Array.from(x, () => Math.floor(random.uniform(0, width)));
      const right = x.filter((row, i) => argMax(row) === labels[i]).length / x.length;
      const sparse = seen(width, 'sparseCategoricalCrossentropy', ['sparseCategoricalAccuracy'], x, labels);
      assert.equal(sparse.sparseCategoricalAccuracy, right);
      const oneHot = Float32Array.from({ length: x.length * width }, (_, i) =>
        labels[Math.floor(i / width)] === i % width ? 1 : 0,
      );
      const whole = seen(width, 'categoricalCrossentropy', ['categoricalAccuracy'], x, oneHot);
      assert.equal(whole.categoricalAccuracy, right);
    });

    it(`crossentropy counts every target, of ${width}`, () => {
      const x = Array.from({ length: 40 }, () =>
        Array.from({ length: width }, () => random.uniform(0.01, 1)),
      );
      const y = x.map(row => row.map(() => (random.randomSample() < 0.3 ? random.uniform(-1, 1) : 0)));
      const { loss } = seen(width, 'categoricalCrossentropy', [], x, Float32Array.from(y.flat()));
      const clip = (p: number): number => Math.min(Math.max(p, 1e-7), 1 - 1e-7);
      const expected =
        x.reduce((sum, row, i) => {
          const total = row.reduce((a, b) => a + b, 0);
          return sum - row.reduce((part, p, j) => part + y[i]![j]! * Math.log(clip(p / total)), 0);
        }, 0) / x.length;
      assert.ok(Math.abs(loss! - expected) < 1e-6 * width, `${loss} is not ${expected}`);
    });
  }
});

describe('one-hot targets', () => {
  for (const end of ['softmax', 'sigmoid'] as const) {
    it(`give the same bits whether the trainer is told the places of the 1s or looks for them: ${end}`, () => {
      const random = new RandomState(7);
      const metrics: Metric[] = ['categoricalAccuracy', 'meanAbsoluteError'];
      const net = network(30, [dense(8, 'relu'), dense(5, end)], 'categoricalCrossentropy', {
        optimizer: rmsprop,
        metrics,
      });
      const { x } = randomX(50, 30, true, random);
      const places = Int32Array.from({ length: 50 }, () => Math.floor(random.uniform(0, 5)));
      const y = Float32Array.from({ length: 250 }, (_, i) => (places[Math.floor(i / 5)] === i % 5 ? 1 : 0));
      const weights = randomWeights(net, random);
      const order = random.permutation(50);
      const [told, found] = [places, undefined].map(labels => {
        const core = new Core(net, { x, rows: 50, width: 30, y, labels }, 8, weights);
        const logs = [core.epoch(order), core.evaluate(), core.epoch(), core.evaluate()];
        return { logs, weights: core.weights() };
      });
      assert.deepEqual(told, found);
      assert.notEqual(told!.logs[0]!.categoricalAccuracy, 0);
    });
  }
});

describe('sparse input', () => {
  for (const optimizer of [rmsprop, sgd]) {
    it(`gives columns the same bits in a narrow layer and in a wide one, whose gradients are added up in another way: ${optimizer.kind}`, () => {
      const random = new RandomState(9);
      const { x } = randomX(50, 30, true, random);
      const { y } = randomY(50, 1, 'meanSquaredError', random);
      // Whole pairs of vectors: a remainder is divided one by one, which rounds otherwise.
      const [narrow, wide] = [16, 48].map(units => {
        const net = network(30, [dense(units, 'relu'), dense(1, 'linear')], 'meanSquaredError', {
          optimizer: { ...optimizer, learningRate: 0.01 },
        });
        const draw = new RandomState(3);
        const kernel = new Float32Array(30 * units);
        for (let i = 0; i < 30; i++) for (let j = 0; j < 16; j++) kernel[i * units + j] = draw.uniform(-1, 1);
        const last = Float32Array.from({ length: units }, (_, j) => (j < 16 ? draw.uniform(-1, 1) : 0));
        const weights = [
          { kernel, bias: new Float32Array(units) },
          { kernel: last, bias: new Float32Array(1) },
        ];
        const core = new Core(net, { x, rows: 50, width: 30, y }, 20, weights);
        for (let epoch = 0; epoch < 30; epoch++) core.epoch();
        const columns = (values: Float32Array): number[] =>
          Array.from(values).filter((_, i) => i % units < 16);
        return { weights: columns(core.weights()[0]!.kernel), moments: columns(core.moments()[0]!) };
      });
      assert.deepEqual(narrow!.weights, wide!.weights);
      if (optimizer.kind === 'rmsprop') assert.deepEqual(narrow!.moments, wide!.moments);
    });
  }
});

describe('rows of sparse input that no batch touches for long', () => {
  it('decay as those of dense input, after 600 steps too', () => {
    const random = new RandomState(4);
    const net = network(6, [dense(9, 'tanh'), dense(1, 'linear')], 'meanSquaredError', {
      optimizer: rmsprop,
    });
    const weights = randomWeights(net, random);
    // Column 5 is in the first and the last row alone, column 4 in every 300th.
    const rows = Array.from({ length: 602 }, (_, i) => [
      1,
      i % 2,
      i % 3 === 0 ? 1 : 0,
      i % 7 === 0 ? 1 : 0,
      i % 300 === 0 ? 1 : 0,
      i % 601 === 0 ? 1 : 0,
    ]);
    const y = Float32Array.from(rows, (_, i) => Math.sin(i));
    const [sparse, plain] = [toSparse(rows, 6), Float32Array.from(rows.flat())].map(x => {
      const core = new Core(net, { x, rows: 602, width: 6, y }, 1, weights);
      core.epoch();
      return { moments: core.moments()[0]!, weights: core.weights()[0]!.kernel };
    });
    sparse!.weights.forEach((w, i) => assert.ok(Math.abs(w - plain!.weights[i]!) < 1e-5, `weight ${i}`));
    sparse!.moments.forEach((s, i) => {
      assert.ok(Math.abs(s - plain!.moments[i]!) <= 1e-4 * plain!.moments[i]! + 1e-12, `mean square ${i}`);
    });
  });
});

describe('dropout', () => {
  const net = (rate: number): Network =>
    network(
      1,
      [dense(1000, 'linear', { trainable: false }), { kind: 'dropout', rate }, dense(1, 'linear')],
      'meanSquaredError',
    );
  const weights = [
    { kernel: new Float32Array(1000).fill(1), bias: new Float32Array(1000) },
    { kernel: new Float32Array(1000).fill(0), bias: new Float32Array(1) },
  ];

  // After one step of SGD from zero the last kernel shows what was dropped: w = rate · 2 · target · dropped input.
  function kept(rate: number, seed: number): Float32Array {
    const core = new Core(
      net(rate),
      { x: Float32Array.of(1), rows: 1, width: 1, y: Float32Array.of(0.5) },
      1,
      weights,
      seed,
    );
    core.epoch();
    return core.weights()[1]!.kernel;
  }

  for (const rate of [0.1, 0.5, 0.8]) {
    it(`drops a share of ${rate} and scales the rest`, () => {
      const values = kept(rate, 1);
      const dropped = values.filter(value => value === 0).length;
      // 5 standard deviations of a binomial distribution.
      assert.ok(
        Math.abs(dropped - 1000 * rate) < 5 * Math.sqrt(1000 * rate * (1 - rate)),
        `${dropped} of 1000`,
      );
      const rest = new Set(values.filter(value => value !== 0));
      assert.deepEqual([...rest], [Math.fround(1 / Math.fround(1 - Math.fround(rate)))]);
    });
  }

  it('depends on the seed alone', () => {
    assert.deepEqual(kept(0.5, 3), kept(0.5, 3));
    assert.notDeepEqual(kept(0.5, 3), kept(0.5, 4));
  });

  it('drops other values in the next step, and none in evaluation', () => {
    const core = new Core(
      net(0.5),
      { x: Float32Array.of(1), rows: 1, width: 1, y: Float32Array.of(0.5) },
      1,
      weights,
    );
    core.epoch();
    const first = core.weights()[1]!.kernel;
    assert.equal(core.evaluate().loss, core.evaluate().loss);
    const sum = first.reduce((a, b) => a + b, 0) + core.weights()[1]!.bias![0]!;
    assert.ok(Math.abs(core.predict()[0]! - sum) < 1e-3 * Math.abs(sum));
    core.epoch();
    const zeros = core.weights()[1]!.kernel.filter(value => value === 0).length;
    assert.ok(zeros > 190 && zeros < 310, `${zeros} of 1000 dropped twice`);
  });
});

describe('NaN and infinite numbers', () => {
  for (const bad of [NaN, Infinity, -Infinity]) {
    it(`${bad} in the data makes loss and predictions NaN, and training ends`, () => {
      const random = new RandomState(2);
      const net = network(
        6,
        [dense(8, 'relu'), dense(8, 'tanh'), dense(3, 'softmax')],
        'categoricalCrossentropy',
        {
          optimizer: rmsprop,
          metrics: ['categoricalAccuracy'],
        },
      );
      const { x } = randomX(20, 6, false, random);
      if (x instanceof Float32Array) x[33] = bad;
      const { y } = randomY(20, 3, 'categoricalCrossentropy', random);
      const core = new Core(net, { x, rows: 20, width: 6, y }, 4, randomWeights(net, random));
      for (let epoch = 0; epoch < 3; epoch++) core.epoch();
      assert.ok(Number.isNaN(core.epoch().loss), 'the loss is NaN');
      assert.ok(core.predict().every(Number.isNaN), 'all predictions are NaN');
    });
  }

  it('too high a learning rate ends in NaN or infinity, not in a hang', () => {
    const random = new RandomState(2);
    const net = network(6, [dense(8, 'relu'), dense(1, 'linear')], 'meanSquaredError', {
      optimizer: { kind: 'sgd', learningRate: 1e20, decay: 0, decay2: 0, epsilon: 0 },
    });
    const { x } = randomX(20, 6, false, random);
    const { y } = randomY(20, 1, 'meanSquaredError', random);
    const core = new Core(net, { x, rows: 20, width: 6, y }, 4, randomWeights(net, random));
    for (let epoch = 0; epoch < 5; epoch++) core.epoch();
    assert.ok(!Number.isFinite(core.epoch().loss));
  });

  it('NaN among the targets makes the loss NaN', () => {
    for (const [loss, end] of [
      ['meanSquaredError', 'linear'],
      ['meanAbsoluteError', 'linear'],
      ['binaryCrossentropy', 'sigmoid'],
      ['categoricalCrossentropy', 'softmax'],
    ] as const) {
      const random = new RandomState(2);
      const net = network(3, [dense(2, end)], loss);
      const { x } = randomX(4, 3, false, random);
      const { y } = randomY(4, 2, loss, random);
      y[5] = NaN;
      const core = new Core(net, { x, rows: 4, width: 3, y }, 4, randomWeights(net, random));
      assert.ok(Number.isNaN(core.evaluate().loss), loss);
    }
  });
});

describe('the memory of a run', () => {
  it('refuses absurd widths before any memory is taken', () => {
    const net = network(1e6, [dense(1e6, 'relu')], 'meanSquaredError');
    const x = { x: new Float32Array(0), rows: 1, width: 1e6 };
    const begun = process.memoryUsage().rss;
    assert.throws(
      () => layOut({ network: net, task: 'fit', batchSize: 32, data: dataSize(x) }),
      new RangeError(
        'Expected a model and data that fit into the 4 GB of memory which the compiled engine has, received larger ones. ' +
          "Make the layers narrower or the batches smaller, or set engine: 'tfjs'.",
      ),
    );
    assert.ok(process.memoryUsage().rss - begun < 50e6);
  });

  it('is refused with a sentence when there is not so much', () => {
    assert.throws(
      () => takeMemory(2 ** 33),
      /Expected 8590 MB of memory for the model and the data, but there is not so much/,
    );
  });
});
