import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { ensureBackend } from '../../src/engines/backend';
import { displayKey, isDisplayable } from '../../src/notebook/display';
import { playground } from '../../src/playground/playground';
import { unpackFloats } from '../../src/playground/floats';
import { SparseMatrix } from '../../src/matrix/SparseMatrix';
import { setRandomSeed } from '../../src/random/setRandomSeed';
import { untyped } from '../untyped';
import { configurations, type Configuration } from './configurations';

describe('playground', () => {
  before(ensureBackend);
  let boston: Configuration;
  let toy: Configuration;
  before(async () => {
    const all = await configurations();
    boston = all[0]!;
    toy = all[1]!;
  });
  const stack = (...layers: tf.layers.Layer[]): (() => tf.Sequential) => {
    let built = false;
    return () => {
      assert.equal(built, false, 'once');
      built = true;
      const model = tf.sequential({ layers });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      return model;
    };
  };
  const x = [[0], [1], [2], [3]];
  const y = [1, 3, 5, 7];

  it('shows itself as a playground, a chart and text', async () => {
    const run = await playground(boston.build, boston.x, boston.y, { ...boston.options, epochs: 3 });
    assert.ok(isDisplayable(run));
    const bundle = await run[displayKey]();
    assert.deepEqual(Object.keys(bundle).sort(), [
      'application/vnd.keras-primer.narrow+json',
      'application/vnd.keras-primer.playground+json',
      'application/vnd.vegalite.v5+json',
      'image/svg+xml',
      'text/plain',
    ]);
    const config = JSON.parse(JSON.stringify(bundle['application/vnd.keras-primer.playground+json']));
    assert.deepEqual(config, JSON.parse(JSON.stringify(run)));
    assert.deepEqual(config.settings, {
      layers: 2,
      units: 64,
      activation: 'relu',
      learningRate: 0.001,
      epochs: 3,
      batchSize: 16,
      seed: 1,
    });
    assert.deepEqual([config.train.rows, config.validation.rows, config.test.rows], [323, 81, 102]);
    assert.deepEqual(unpackFloats(config.train.x).slice(0, 13), Float32Array.from(boston.x[0]!));
    assert.ok(JSON.stringify(config).length < 60_000, `${JSON.stringify(config).length} characters`);
    // In the chart the error is in thousand dollars.
    const mae = Number(run.history.history.mae?.at(-1)) * Number(run.config.measures[1]?.factor);
    assert.ok(String(run).includes(String(Number(mae.toPrecision(4)))), String(run));
  });

  it('leaves the random numbers of the process alone', async () => {
    setRandomSeed(5);
    const expected = [Math.random(), Math.random()];
    setRandomSeed(5);
    const first = Math.random();
    await playground(toy.build, toy.x, toy.y, { seed: 9 });
    assert.deepEqual([first, Math.random()], expected);
    setRandomSeed(null);
  });

  it('keeps no tensor beside the model', async () => {
    const before = tf.memory().numTensors;
    const run = await playground(toy.build, toy.x, toy.y, {
      ...toy.options,
      validationData: undefined,
      validationSplit: 0.3,
    });
    run.model.dispose();
    run.model.optimizer.dispose();
    assert.equal(tf.memory().numTensors, before);
    await assert.rejects(playground(toy.build, toy.x, toy.y.slice(1), {}), /same number of samples|299/);
    assert.equal(tf.memory().numTensors, before);
  });

  const first = (units: number, rest: object = {}): tf.layers.Layer =>
    tf.layers.dense({ units, inputShape: [1], ...rest });
  const dense = (units: number, rest: object = {}): tf.layers.Layer => tf.layers.dense({ units, ...rest });
  const refused: [string, () => tf.layers.Layer[], RegExp][] = [
    [
      'layers of other kinds',
      () => [first(2), tf.layers.dropout({ rate: 0.5 }), dense(1)],
      /it has other layers too/,
    ],
    [
      'hidden layers that differ',
      () => [first(2), dense(3), dense(1)],
      /hidden layers differ in units or activation/,
    ],
    ['layers without bias', () => [first(2, { useBias: false }), dense(1)], /a layer has no bias/],
    ['frozen layers', () => [first(2, { trainable: false }), dense(1)], /a layer is frozen/],
    ['regularizers', () => [first(2, { kernelRegularizer: 'l1l2' }), dense(1)], /a layer has a regularizer/],
    [
      'many layers',
      () => [first(2), ...[2, 2, 2, 2, 2, 2, 1].map(units => dense(units))],
      /more than 6 hidden layers/,
    ],
    ['wide layers', () => [first(300), dense(1)], /more than 256 units/],
    [
      'other initializers',
      () => [first(2, { kernelInitializer: 'heNormal' }), dense(1)],
      /Give the layers no initializer/,
    ],
    ['seeded initializers', () => [first(2), dense(1, { biasInitializer: 'ones' })], /weight 4 of the model/],
  ];
  for (const [what, layers, message] of refused) {
    it(`refuses ${what}, and says why`, async () => {
      const before = tf.memory().numTensors;
      await assert.rejects(
        playground(() => stack(...layers())(), x, y),
        message,
      );
      assert.equal(tf.memory().numTensors, before);
    });
  }

  it('refuses data and options that it cannot carry or does not have', async () => {
    const build = (): tf.Sequential => stack(first(1))();
    await assert.rejects(
      playground(build, x, y, untyped({ epoch: 3 })),
      /Unknown option "epoch" of playground. Did you mean "epochs"/,
    );
    await assert.rejects(
      playground(build, x, y, { epochs: 1001 }),
      /epochs to be a whole number from 1 to 1000/,
    );
    await assert.rejects(playground(build, x, y, { seed: -1 }), /seed/);
    await assert.rejects(playground(build, x, y, { measures: { mae: {} } }), /Unknown option "mae"/);
    await assert.rejects(
      playground(build, x, y, { measures: { loss: { factor: untyped('2') } } }),
      /factor of loss/,
    );
    await assert.rejects(playground(build, x, y, { features: ['a', 'b'] }), /two features and one unit/);
    await assert.rejects(
      playground(
        untyped(async () => build()),
        x,
        y,
      ),
      /promise/,
    );
    const rows = Array.from({ length: 20_001 }, (_, i) => [i]);
    await assert.rejects(playground(build, rows, rows.flat()), /at most 20000 rows/);
    const sparse = new SparseMatrix({ shape: [1, 1], indptr: [0, 1], indices: [0] });
    await assert.rejects(playground(build, sparse, [1]), /SparseMatrix/);
    await assert.rejects(
      playground(
        build,
        x.map(([v]) => [1e30 * v!]),
        y,
        { epochs: 9 },
      ),
      /Take a smaller learning rate/,
    );
  });
});
