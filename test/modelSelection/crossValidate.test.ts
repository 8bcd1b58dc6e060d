import { deepStrictEqual, rejects, strictEqual } from 'node:assert';
import * as tf from '@tensorflow/tfjs';
import { ensureBackend } from '../../src/engines/backend';
import { SparseMatrix } from '../../src/matrix/SparseMatrix';
import { take } from '../../src/matrix/take';
import { crossValidate, type CrossValidation } from '../../src/modelSelection/crossValidate';
import { KFold } from '../../src/modelSelection/KFold';
import { runSeed } from '../../src/modelSelection/runSeed';
import { StratifiedKFold } from '../../src/modelSelection/StratifiedKFold';
import { StandardScaler } from '../../src/preprocessing/StandardScaler';
import { interrupt } from '../../src/progress/interrupt';
import { setRandomSeed } from '../../src/random/setRandomSeed';
import { earlyStopping } from '../../src/training/callbacks/earlyStopping';
import { evaluate } from '../../src/training/evaluate';
import { fit } from '../../src/training/fit';
import { untyped } from '../untyped';
import { regression, regressionData, withProgress } from './studies';

const numbers = ({ histories, scores }: CrossValidation): unknown => [
  histories.map(({ history }) => ({ ...history })),
  scores.map(score => ({ ...score })),
];

describe('crossValidate', () => {
  before(ensureBackend);
  afterEach(() => setRandomSeed(null));
  const { x, y } = regressionData(22);

  for (const engine of ['compiled', 'tfjs'] as const) {
    describe(`with the ${engine} engine`, () => {
      it('equals a loop of fits by hand, scalers fitted in each fold', async () => {
        const build = regression(4, 0.2);
        const options = { cv: 4, epochs: 3, batchSize: 5, seed: 7, engine, verbose: 0 } as const;
        const result = await crossValidate(build, x, y, {
          ...options,
          preprocess: () => ({ x: new StandardScaler(), y: new StandardScaler() }),
        });
        strictEqual(result.histories.length, 4);
        const folds = new KFold({ nSplits: 4 }).split(x);
        deepStrictEqual(result.folds, folds);
        for (const [i, [train, test]] of folds.entries()) {
          const scaler = new StandardScaler().fit(take(x, train));
          const yScaler = new StandardScaler().fit(take(y, train).map(value => [value]));
          const scaled = (index: number[]): [number[][], number[]] => [
            scaler.transform(take(x, index)),
            yScaler.transform(take(y, index).map(value => [value])).map(row => row[0]!),
          ];
          setRandomSeed(runSeed(7, i));
          const model = build();
          const history = await fit(model, ...scaled(train), {
            epochs: 3,
            batchSize: 5,
            seed: runSeed(7, i),
            validationData: scaled(test),
            verbose: 0,
            engine,
          });
          deepStrictEqual({ ...result.histories[i]!.history }, { ...history.history });
          strictEqual(result.histories[i]!.engine, engine);
          const scores = await evaluate(model, ...scaled(test), { verbose: 0, engine });
          deepStrictEqual({ ...result.scores[i] }, { ...scores });
          const fitted = untyped(result.preprocessing![i]!.y);
          deepStrictEqual((fitted as StandardScaler).mean, yScaler.mean);
          model.dispose();
        }
      });

      it('gives the same whatever runs at once, and other numbers with another seed', async () => {
        const options = { cv: 5, epochs: 2, seed: 1, engine, verbose: 0 } as const;
        const one = await crossValidate(regression(), x, y, { ...options, nJobs: 1 });
        const many = await crossValidate(regression(), x, y, { ...options, nJobs: 5 });
        deepStrictEqual(numbers(many), numbers(one));
        const other = await crossValidate(regression(), x, y, { ...options, seed: 2 });
        strictEqual(JSON.stringify(numbers(other)) === JSON.stringify(numbers(one)), false);
      });
    });
  }

  it('leaves data, tensors and the random numbers of the process as they were', async () => {
    const copy = structuredClone({ x, y });
    const options = { cv: 2, epochs: 1, seed: 3, verbose: 0 } as const;
    await crossValidate(regression(), x, y, options);
    const { numTensors } = tf.memory();
    setRandomSeed(9);
    const expected = Math.random();
    setRandomSeed(9);
    await crossValidate(regression(), x, y, options);
    strictEqual(Math.random(), expected);
    strictEqual(tf.memory().numTensors, numTensors);
    deepStrictEqual({ x, y }, copy);
  });

  it('takes its seed from setRandomSeed', async () => {
    const run = async (): Promise<unknown> => {
      setRandomSeed(4);
      return numbers(await crossValidate(regression(), x, y, { cv: 2, epochs: 1, verbose: 0 }));
    };
    deepStrictEqual(await run(), await run());
  });

  it('takes splitters, sparse matrices and tensors, and returns models when asked', async () => {
    const sparse = new SparseMatrix({
      shape: [6, 3],
      indptr: [0, 1, 2, 3, 4, 5, 6],
      indices: [0, 1, 2, 0, 1, 2],
    });
    const labels = [0, 0, 0, 1, 1, 1];
    const options = { epochs: 1, seed: 0, verbose: 0 } as const;
    const cv = new StratifiedKFold({ nSplits: 3 });
    const result = await crossValidate(regression(), sparse, labels, { ...options, cv, returnModels: true });
    deepStrictEqual(result.folds[0], [
      [1, 2, 4, 5],
      [0, 3],
    ]);
    strictEqual(result.models!.length, 3);
    const test = sparse.take([0, 3]);
    deepStrictEqual(
      { ...(await evaluate(result.models![0]!, test, [0, 1], { verbose: 0 })) },
      { ...result.scores[0] },
    );
    tf.dispose(result.models!.flatMap(model => model.getWeights()));
    const tensor = sparse.toTensor();
    const dense = await crossValidate(regression(), tensor, tf.tensor1d(labels), {
      ...options,
      cv: { split: () => cv.split(labels, labels) },
    });
    dense.scores.forEach((score, i) => {
      strictEqual(Math.abs(score['loss']! - result.scores[i]!['loss']!) < 1e-5, true);
    });
    tensor.dispose();
  });

  it('shows one line of progress', async () => {
    const options = { cv: 3, epochs: 2, seed: 0 } as const;
    const slow = await withProgress(() =>
      crossValidate(regression(), x, y, { ...options, engine: 'tfjs', nJobs: 1 }),
    );
    strictEqual(slow.lines.length, 1);
    strictEqual(/^3\/3 folds in \d+\.\d s$/.test(slow.lines[0]!), true);
    const pattern =
      /^1\/3 folds(?:, about \d+ s left)?, running: fold 2 epoch 2\/2 - loss: \d+(\.\d+)? - mae: .* - val_loss: .* - val_mae: /;
    strictEqual(
      slow.updates.some(text => pattern.test(text)),
      true,
    );
    const fast = await withProgress(() => crossValidate(regression(), x, y, { ...options, verbose: 2 }));
    deepStrictEqual([fast.lines.length, fast.updates.length], [1, 0]);
    const quiet = await withProgress(() => crossValidate(regression(), x, y, { ...options, verbose: 0 }));
    deepStrictEqual([quiet.lines.length, quiet.updates.length], [0, 0]);
  });

  it('makes callbacks anew for each fold', async () => {
    const epochs: string[] = [];
    await crossValidate(regression(), x, y, {
      cv: 2,
      epochs: 2,
      nJobs: 1,
      seed: 0,
      verbose: 0,
      callbacks: fold => ({ onEpochEnd: epoch => void epochs.push(`${fold}:${epoch}`) }),
    });
    deepStrictEqual(epochs, ['0:0', '0:1', '1:0', '1:1']);
  });

  it('stops when the user asks, and keeps what is done', async () => {
    const { value, lines } = await withProgress(() =>
      crossValidate(regression(), x, y, {
        cv: 4,
        epochs: 5,
        nJobs: 1,
        seed: 0,
        engine: 'tfjs',
        callbacks: fold => ({
          onEpochEnd: epoch => {
            if (fold === 1 && epoch === 2) interrupt();
          },
        }),
      }),
    );
    strictEqual(value.interrupted, true);
    deepStrictEqual(
      value.histories.map(({ epoch }) => epoch.length),
      [5, 3],
    );
    strictEqual(value.folds.length, 2);
    strictEqual(/^2\/4 folds in \d+\.\d s, interrupted$/.test(lines[0]!), true);
  });

  it('stops the compiled engine', async () => {
    const begun = performance.now();
    const running = crossValidate(regression(), x, y, {
      cv: 4,
      epochs: 1e6,
      seed: 0,
      engine: 'compiled',
      verbose: 0,
    });
    setTimeout(interrupt, 300);
    const result = await running;
    strictEqual(result.interrupted, true);
    strictEqual(performance.now() - begun < 10000, true);
  });

  it('names the fold that failed, after the others finished', async () => {
    const finished: number[] = [];
    let built = 0;
    const build = (): tf.LayersModel => {
      if (++built === 2) throw new Error('no luck');
      return regression()();
    };
    await rejects(
      crossValidate(build, x, y, {
        cv: 3,
        epochs: 1,
        seed: 0,
        nJobs: 1,
        verbose: 0,
        callbacks: fold => ({ onTrainEnd: () => void finished.push(fold) }),
      }),
      { message: 'Fold 2 of 3 failed: no luck' },
    );
    deepStrictEqual(finished, [0, 2]);
  });

  it('frees its tensors when preprocessing fails', async () => {
    const [xs, ys] = [tf.tensor2d(x), tf.tensor1d(y)];
    const { numTensors } = tf.memory();
    const failing = {
      fit: () => {
        throw new Error('no scale');
      },
      transform: () => [],
    };
    for (const preprocess of [() => ({ x: failing }), () => failing.fit()]) {
      await rejects(crossValidate(regression(), xs, ys, { cv: 3, preprocess, verbose: 0 }), {
        message: 'no scale',
      });
    }
    strictEqual(tf.memory().numTensors, numTensors);
    tf.dispose([xs, ys]);
  });

  it('says what is wrong', async () => {
    const model = regression()();
    const build = regression();
    const cases: [() => Promise<unknown>, string][] = [
      [
        () => crossValidate(build, x, y.slice(1)),
        'Expected x and y to have as many samples, received 22 and 21.',
      ],
      [
        () => crossValidate(build, x, y, { cv: 30 }),
        'Expected at least as many samples as folds (nSplits = 30), received 22 samples.',
      ],
      [
        () => crossValidate(build, x, y, { cv: 1 }),
        'Expected cv to be a whole number of at least 2, received 1.',
      ],
      [
        () => crossValidate(build, x, y, { cv: untyped('four') }),
        'Expected cv to be a number of folds or an object with a split method, received "four".',
      ],
      [
        () => crossValidate(build, x, y, { cv: { split: () => [[[0, 1], []]] } }),
        'Expected cv to give folds with samples to train and to test on, received an empty one.',
      ],
      [
        () =>
          crossValidate(build, x, y, {
            cv: 2,
            verbose: 0,
            preprocess: untyped(async () => Promise.resolve({})),
          }),
        'Expected preprocess to return { x, y }, received a promise. Do not make it async.',
      ],
      ...(
        [
          [() => undefined, '{ x, y } or one of the two, received undefined.'],
          [() => ({}), '{ x, y } or one of the two, received neither.'],
          [() => new Map(), '{ x, y } or one of the two, received an object of class Map.'],
          [
            () => new StandardScaler(),
            '{ x, y }, received an object of class StandardScaler. Return { x: … } to change the samples, { y: … } the targets.',
          ],
          [() => ({ x: 1 }), 'for x something with fit and transform, received 1.'],
        ] as const
      ).map(([preprocess, message]): [() => Promise<unknown>, string] => [
        () => crossValidate(build, x, y, { cv: 2, verbose: 0, preprocess: untyped(preprocess) }),
        `Expected preprocess to return ${message}`,
      ]),
      [
        () => crossValidate(build, x, y, { cv: { split: () => untyped(5) } }),
        'Expected the split method of cv to give [train, test] for each fold, received 5.',
      ],
      [
        () => crossValidate(build, x, y, { cv: { split: () => untyped([5]) } }),
        'Expected the split method of cv to give [train, test], two lists of sample numbers, for each fold, received 5.',
      ],
      [
        () => {
          const scaler = new StandardScaler();
          return crossValidate(build, x, y, {
            cv: 2,
            verbose: 0,
            nJobs: 1,
            preprocess: () => ({ x: scaler }),
          });
        },
        'Fold 2 of 2 failed: Expected a new transformer for each run, received the same one again. Make it inside the function.',
      ],
      [
        () => {
          const stop = earlyStopping({ monitor: 'loss' });
          return crossValidate(build, x, y, { cv: 2, verbose: 0, nJobs: 1, callbacks: () => stop });
        },
        'Fold 2 of 2 failed: Expected a new callback for each run, received the same one again. Make it inside the function.',
      ],
      [
        () => crossValidate(() => model, x, y, { cv: 2, verbose: 0, nJobs: 1 }),
        'Fold 2 of 2 failed: Expected a new model for each run, received the same one again. Make it inside the function.',
      ],
      [
        () =>
          crossValidate(
            untyped(async () => Promise.resolve(build())),
            x,
            y,
            { cv: 2, verbose: 0 },
          ),
        'Expected the function to return a tf layers model, received a promise. Do not make it async.',
      ],
      [
        () =>
          crossValidate(
            untyped(() => 3),
            x,
            y,
            { cv: 2, verbose: 0 },
          ),
        'Expected the function to return a tf layers model, received 3. Return the compiled model.',
      ],
      [
        () => crossValidate(untyped(build()), x, y, { cv: 2, verbose: 0 }),
        'Expected a function that builds a model, received an object of class Sequential.',
      ],
      [
        () => crossValidate(build, x, y, { cv: 2, preprocess: untyped({ x: new StandardScaler() }) }),
        'Expected preprocess to be a function that makes them anew for each fold, received an object.',
      ],
      [
        () => crossValidate(build, x, y, { cv: 2, verbose: 0, preprocess: () => ({ x: untyped(3) }) }),
        'Expected preprocess to return for x something with fit and transform, received 3.',
      ],
      [
        () => crossValidate(build, x, y, untyped({ cv: 2, validationSplit: 0.2 })),
        'Unknown option "validationSplit" of crossValidate. Its options are: cv, preprocess, seed, callbacks, returnModels, nJobs, verbose, epochs, batchSize, shuffle, classWeight, engine.',
      ],
      [
        () => crossValidate(build, x, y, { cv: 2, nJobs: 0 }),
        'Expected nJobs to be a whole number of at least 1, received 0.',
      ],
      [
        () => crossValidate(build, x, y, { cv: 2, epochs: -1, verbose: 0 }),
        'Expected epochs to be a whole number of at least 0, received -1.',
      ],
    ];
    for (const [run, message] of cases) await rejects(run, { message });
  });
});
