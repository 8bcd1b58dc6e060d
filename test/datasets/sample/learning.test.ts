import * as tf from '@tensorflow/tfjs';
import assert from 'node:assert/strict';
import { imdb } from '../../../src/datasets/imdb';
import { reuters } from '../../../src/datasets/reuters';
import type { SparseMatrix } from '../../../src/matrix/SparseMatrix';
import { take } from '../../../src/matrix/take';
import { trainTestSplit } from '../../../src/modelSelection/trainTestSplit';
import { toOneHot } from '../../../src/preprocessing/toOneHot';
import { vectorizeSequences } from '../../../src/preprocessing/vectorizeSequences';
import { setRandomSeed } from '../../../src/random/setRandomSeed';
import { evaluate } from '../../../src/training/evaluate';
import { fit } from '../../../src/training/fit';

// The chapter's models learn the samples as they learn the real data, whatever the seed (the ranges of issue 4).
const seeds = [0, 1, 2, 3, 4];

function network(units: number[], outputs: number): tf.LayersModel {
  const model = tf.sequential();
  units.forEach((width, i) =>
    model.add(
      tf.layers.dense({ units: width, activation: 'relu', ...(i === 0 && { inputShape: [10_000] }) }),
    ),
  );
  model.add(tf.layers.dense({ units: outputs, activation: outputs === 1 ? 'sigmoid' : 'softmax' }));
  const loss = outputs === 1 ? 'binaryCrossentropy' : 'categoricalCrossentropy';
  model.compile({ optimizer: tf.train.rmsprop(0.001), loss, metrics: ['accuracy'] });
  return model;
}

describe('learning from the samples', function () {
  this.timeout(120_000);
  const asked = process.env['KERAS_PRIMER_DATA'];
  const warn = console.warn;
  before(() => {
    process.env['KERAS_PRIMER_DATA'] = 'sample';
    console.warn = () => undefined;
  });
  after(() => {
    if (asked === undefined) delete process.env['KERAS_PRIMER_DATA'];
    else process.env['KERAS_PRIMER_DATA'] = asked;
    console.warn = warn;
    setRandomSeed(null);
  });

  describe('IMDB, 16-16-1, 15,000 rows, batch 512, 20 epochs', () => {
    let x: SparseMatrix;
    let y: number[];
    before(async () => {
      const [[sequences, labels]] = await imdb.loadData({ numWords: 10_000 });
      [x, y] = [vectorizeSequences(sequences, { dimension: 10_000 }), labels];
    });

    for (const seed of seeds) {
      it(`learns at first and over-fits then (seed ${seed})`, async () => {
        setRandomSeed(seed);
        const model = network([16, 16], 1);
        const { history } = await fit(model, x.slice(10_000), y.slice(10_000), {
          epochs: 20,
          batchSize: 512,
          validationData: [x.slice(0, 10_000), y.slice(0, 10_000)],
          seed,
          verbose: 0,
        });
        model.dispose();
        const accuracy = history['val_accuracy']!;
        const loss = history['val_loss']!;
        const best = Math.max(...accuracy);
        const epoch = accuracy.indexOf(best) + 1;
        const [train, rise] = [history['accuracy']![19]!, loss[19]! / Math.min(...loss)];
        const seen = `best ${best} at ${epoch}, train ${train}, loss at 20 over its minimum ${rise}`;
        assert.ok(best >= 0.82 && best <= 0.93 && epoch >= 2 && epoch <= 8, seen);
        assert.ok(train >= 0.99 && rise >= 1.3, seen);
      });
    }
  });

  describe('Reuters, 7,982 rows', () => {
    let x: SparseMatrix;
    let y: number[][];
    let xTest: SparseMatrix;
    let yTest: number[][];
    let many: number[];
    let few: number[];
    before(async () => {
      const [train, test] = await reuters.loadData({ numWords: 10_000 });
      x = vectorizeSequences(train[0], { dimension: 10_000 });
      xTest = vectorizeSequences(test[0], { dimension: 10_000 });
      [y, yTest] = [toOneHot(train[1]), toOneHot(test[1])];
      const rows = Array.from(train[1].keys());
      [many, few] = trainTestSplit(rows, { testSize: 1000, randomState: 12_345 });
    });

    async function testAccuracy(
      units: number[],
      rows: number[],
      epochs: number,
      batchSize: number,
      seed: number,
    ): Promise<number> {
      setRandomSeed(seed);
      const model = network(units, 46);
      await fit(model, take(x, rows), take(y, rows), { epochs, batchSize, seed, verbose: 0 });
      const { accuracy } = await evaluate(model, xTest, yTest, { verbose: 0 });
      model.dispose();
      return accuracy!;
    }

    for (const seed of seeds) {
      it(`is learned well, less from 1,000 rows, less through 4 units (seed ${seed})`, async () => {
        const right = await testAccuracy([64, 64], many, 9, 512, seed);
        const swapped = await testAccuracy([64, 64], few, 9, 512, seed);
        const wide = await testAccuracy([64, 64], many, 20, 128, seed);
        const narrow = await testAccuracy([64, 4], many, 20, 128, seed);
        const seen = `64-64 ${right}, swapped ${swapped}; batch 128, 20 epochs: 64-64 ${wide}, 64-4 ${narrow}`;
        assert.ok(right >= 0.72 && right <= 0.88, seen);
        assert.ok(swapped <= right - 0.05, seen);
        assert.ok(narrow <= wide - 0.05, seen);
      });
    }
  });
});
