import { deepStrictEqual, rejects, strictEqual } from 'node:assert';
import * as tf from '@tensorflow/tfjs';
import { ensureBackend } from '../../src/engines/backend';
import { compare, type Comparison } from '../../src/modelSelection/compare';
import { interrupt } from '../../src/progress/interrupt';
import { setRandomSeed } from '../../src/random/setRandomSeed';
import { evaluate } from '../../src/training/evaluate';
import { fit } from '../../src/training/fit';
import { untyped } from '../untyped';
import { regression, regressionData, withProgress, withWarnings } from './studies';

const numbers = ({ runs }: Comparison): unknown[] =>
  runs.map(({ name, seed, history, scores }) => ({
    name,
    seed,
    history: { ...history.history },
    scores: { ...scores },
  }));

describe('compare', () => {
  before(ensureBackend);
  afterEach(() => setRandomSeed(null));
  const train = regressionData(30);
  const validation = regressionData(10, 1);
  const test = regressionData(12, 2);
  const data = {
    x: train.x,
    y: train.y,
    validationData: [validation.x, validation.y],
    testData: [test.x, test.y],
  } as const;
  const models: Record<'narrow' | 'wide' | 'drop', () => tf.LayersModel> = {
    narrow: regression(2),
    wide: regression(9),
    drop: regression(5, 0.3),
  };

  const buildOf = (name: string): (() => tf.LayersModel) => untyped(Reflect.get(models, name));

  for (const engine of ['compiled', 'tfjs'] as const) {
    it(`gives what a loop by hand gives, with the ${engine} engine`, async () => {
      const result = await compare(models, data, {
        seeds: [3, 11],
        epochs: 2,
        batchSize: 7,
        engine,
        verbose: 0,
      });
      deepStrictEqual(
        result.runs.map(({ name, seed }) => [name, seed]),
        [
          ['narrow', 3],
          ['narrow', 11],
          ['wide', 3],
          ['wide', 11],
          ['drop', 3],
          ['drop', 11],
        ],
      );
      for (const { name, seed, history, scores } of result.runs) {
        setRandomSeed(seed);
        const model = buildOf(name)();
        const byHand = await fit(model, data.x, data.y, {
          epochs: 2,
          batchSize: 7,
          seed,
          engine,
          verbose: 0,
          validationData: data.validationData,
        });
        deepStrictEqual({ ...history.history }, { ...byHand.history });
        deepStrictEqual(
          { ...scores },
          { ...(await evaluate(model, ...data.testData, { verbose: 0, engine })) },
        );
        model.dispose();
      }
    });

    it(`does not depend on order, company or how many run at once, with the ${engine} engine`, async () => {
      const options = { seeds: 2, epochs: 2, engine, verbose: 0 } as const;
      const all = numbers(await compare(models, data, { ...options, nJobs: 1 }));
      deepStrictEqual(numbers(await compare(models, data, { ...options, nJobs: 6 })), all);
      const { drop, narrow } = models;
      const some = numbers(await compare({ drop, narrow }, data, { ...options, seeds: [1, 0] }));
      deepStrictEqual(some.toReversed(), [all[0], all[1], all[4], all[5]]);
    });
  }

  it('sums up the scores of each model', async () => {
    const { summary, runs } = await compare(models, data, { seeds: 3, epochs: 1, verbose: 0 });
    deepStrictEqual(Object.keys(summary), ['narrow', 'wide', 'drop']);
    const values = runs.filter(({ name }) => name === 'wide').map(({ scores }) => scores['mae']!);
    const { mean, sd } = summary['wide']!['mae']!;
    deepStrictEqual(summary['wide']!['mae']!.values, values);
    strictEqual(Math.abs(mean - (values[0]! + values[1]! + values[2]!) / 3) < 1e-12, true);
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    strictEqual(Math.abs(sd - Math.sqrt(squares / 2)) < 1e-12, true);
  });

  it('scores on the last validation values without test data', async () => {
    const { x, y } = data;
    const { runs } = await compare(
      { a: regression() },
      { x, y },
      { epochs: 3, validationSplit: 0.2, verbose: 0 },
    );
    const { history, scores } = runs[0]!;
    deepStrictEqual(
      { ...scores },
      { loss: history.history['val_loss']![2], mae: history.history['val_mae']![2] },
    );
  });

  it('names a run that fails, and the others finish', async () => {
    const broken = (): tf.LayersModel => {
      throw new Error('no such layer');
    };
    const { value, warnings } = await withWarnings(() =>
      compare({ narrow: regression(2), broken, wide: regression(9) }, data, {
        seeds: [5],
        epochs: 1,
        verbose: 0,
      }),
    );
    deepStrictEqual(
      value.runs.map(({ name }) => name),
      ['narrow', 'wide'],
    );
    deepStrictEqual(value.failures, [{ name: 'broken', seed: 5, error: new Error('no such layer') }]);
    deepStrictEqual(Object.keys(value.summary), ['narrow', 'wide']);
    deepStrictEqual(warnings, ['Warning: broken (seed 5) failed: no such layer']);
    await rejects(compare({ broken }, data, { verbose: 0 }), { message: 'no such layer' });
  });

  it('shows one line of progress and stops when the user asks', async () => {
    const done = await withProgress(() => compare(models, data, { seeds: 2, epochs: 1 }));
    deepStrictEqual(done.lines.length, 1);
    strictEqual(/^6\/6 runs in \d+\.\d s$/.test(done.lines[0]!), true);
    const stopped = await withProgress(() =>
      compare(models, data, {
        epochs: 4,
        nJobs: 1,
        engine: 'tfjs',
        callbacks: name => ({
          onEpochEnd: epoch => {
            if (name === 'wide' && epoch === 1) interrupt();
          },
        }),
      }),
    );
    strictEqual(stopped.value.interrupted, true);
    deepStrictEqual(
      stopped.value.runs.map(({ name, history }) => [name, history.epoch.length]),
      [
        ['narrow', 4],
        ['wide', 2],
      ],
    );
    strictEqual(/^2\/3 runs in \d+\.\d s, interrupted$/.test(stopped.lines[0]!), true);
  });

  it('sums up whole runs only when stopped, and leaves out those without an epoch', async () => {
    const rows = regressionData(2000);
    setTimeout(interrupt, 150);
    const { runs, summary, interrupted } = await compare(
      { deep: regression(64) },
      { x: rows.x, y: rows.y, validationData: [validation.x, validation.y] },
      { seeds: 5, epochs: 5000, batchSize: 1, engine: 'compiled', nJobs: 2, verbose: 0 },
    );
    strictEqual(interrupted, true);
    deepStrictEqual(summary, {});
    for (const { history, scores } of runs) {
      strictEqual(history.epoch.length > 0, true);
      strictEqual(Number.isFinite(scores.loss), true);
    }
    deepStrictEqual(
      runs.map(({ seed }) => seed).filter(seed => seed > 1),
      [],
    );
  });

  it('checks the test data before it trains', async () => {
    let epochs = 0;
    await rejects(
      compare(
        { narrow: regression(2) },
        { ...data, testData: [[[1, 2]], [1]] },
        { verbose: 0, callbacks: () => ({ onEpochEnd: () => void epochs++ }) },
      ),
      /^RangeError: Expected testData\[0\]/,
    );
    strictEqual(epochs, 0);
  });

  it('leaks no tensor, and returns models when asked', async () => {
    await compare(models, data, { epochs: 1, verbose: 0 });
    const { numTensors } = tf.memory();
    await compare(models, data, { epochs: 1, verbose: 0 });
    strictEqual(tf.memory().numTensors, numTensors);
    const { runs } = await compare(models, data, { epochs: 1, verbose: 0, returnModels: true });
    for (const { model, scores } of runs) {
      deepStrictEqual({ ...(await evaluate(model!, ...data.testData, { verbose: 0 })) }, { ...scores });
      model!.dispose();
    }
  });

  it('says what is wrong', async () => {
    const { x, y } = data;
    const optimizer = tf.train.adam();
    const shared = (): tf.LayersModel => {
      const model = regression()();
      model.compile({ optimizer, loss: 'meanSquaredError' });
      return model;
    };
    const cases: [() => Promise<unknown>, string][] = [
      [
        () => compare(untyped(null), data),
        'Expected models to be an object with a function for each name, received null.',
      ],
      [
        () => compare(models, untyped(undefined)),
        'Expected the data of compare as { x, y, validationData, testData }, received undefined.',
      ],
      [
        () => compare(models, untyped({ ...data, testData: [x, y, y] })),
        'Expected testData to be [x, y], received an array of length 3.',
      ],
      [() => compare({}, data), 'Expected at least one model to compare, received none.'],
      [
        () => compare(models, { x, y }),
        'Expected something to score on, received neither testData nor validationData in the data, nor validationSplit in the options. Give one of them.',
      ],
      [
        () => compare(models, untyped({ x, y, testdata: [x, y] })),
        'Unknown option "testdata" of the data of compare. Did you mean "testData"? Its options are: x, y, sampleWeight, validationData, testData.',
      ],
      [
        () => compare(models, data, { seeds: [1, 1] }),
        'Expected each seed once, received 1, 1. The same seed gives the same run.',
      ],
      [
        () => compare(models, data, { seeds: 0 }),
        'Expected seeds to be a whole number of at least 1, received 0.',
      ],
      [
        () => compare(models, data, { seeds: [-1] }),
        'Expected seeds[0] to be a whole number from 0 to 4294967295, received -1.',
      ],
      [
        () => compare(models, data, { callbacks: untyped([]) }),
        'Expected callbacks to be a function that makes them anew for each run, received an array of length 0.',
      ],
      [
        async () => {
          const { value } = await withWarnings(() =>
            compare({ shared }, data, { seeds: 2, nJobs: 1, verbose: 0 }),
          );
          throw value.failures[0]!.error;
        },
        'Expected a new optimizer for each run, received the same one again. Make it inside the function.',
      ],
    ];
    for (const [run, message] of cases) await rejects(run, { message });
  });
});
