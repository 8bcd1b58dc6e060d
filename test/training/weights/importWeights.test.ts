import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { writeNpz, type NpzArray } from '../../../src/datasets/files/writeNpz';
import { RandomState } from '../../../src/random/RandomState';
import { predict } from '../../../src/training/predict';
import { exportWeights } from '../../../src/training/weights/exportWeights';
import { importWeights } from '../../../src/training/weights/importWeights';
import { untyped } from '../../untyped';
import { assertClose, classifier, free, weights } from '../models';
import { golden, models, reference } from './models';

const sha256 = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex');

describe('exportWeights and importWeights', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'keras-primer-weights-'));
  after(() => rmSync(folder, { recursive: true }));
  const file = (name: string): string => path.join(folder, name);

  it('are tried with the models of the script', () => {
    assert.deepEqual(Object.keys(models).sort(), Object.keys(golden.models).sort());
  });

  for (const [name, expected] of Object.entries(golden.models)) {
    it(`predict as Keras after a way from there: ${name}`, async () => {
      const model = models[name]!();
      await importWeights(model, path.join(reference, `weights/${name}.npz`));
      const x = tf.tensor(expected.x, [4, ...expected.shape]);
      const predictions = await predict(model, x, { verbose: 0 });
      assertClose(predictions.flat(Infinity).map(Number), expected.predictions, 1e-5);
      x.dispose();
      model.dispose();
    });

    it(`write the file that Keras has read with the same predictions: ${name}`, async () => {
      const model = models[name]!();
      await importWeights(model, path.join(reference, `weights/${name}.npz`));
      const before = weights(model);
      await exportWeights(model, file(`${name}.npz`));
      assert.equal(sha256(readFileSync(file(`${name}.npz`))), expected.exportedSha256);
      // A model made later has other layer names.
      const other = models[name]!();
      await importWeights(other, pathToFileURL(file(`${name}.npz`)).href);
      assert.deepEqual(weights(other), before);
      model.dispose();
      other.dispose();
    });
  }

  it('are described in Python that Keras has run', () => {
    const text = readFileSync(path.join(__dirname, '../../../docs/weights.md'), 'utf8');
    const snippets = [...text.matchAll(/```python\n([\s\S]*?)```/g)].map(([, code = '']) => sha256(code));
    assert.deepEqual(snippets, golden.docs);
  });

  it('take weights of other number types, in any order', async () => {
    const model = classifier(2);
    const arrays: Record<string, NpzArray> = {
      '1_dense/bias': { shape: [1], values: Int32Array.of(3) },
      '1_dense/kernel': { shape: [8, 1], values: new Float64Array(8).fill(0.1) },
      '0_dense/bias': { shape: [8], values: new Uint8Array(8).fill(200) },
      '0_dense/kernel': { shape: [2, 8], values: Float32Array.from({ length: 16 }, (_, i) => i / 3) },
    };
    writeFileSync(file('types.npz'), writeNpz(arrays));
    await importWeights(model, file('types.npz'));
    const all = Object.values(arrays).toReversed();
    assert.deepEqual(
      weights(model),
      all.map(({ values }) => [...Float32Array.from(values)]),
    );
    free(model);
  });

  it('leave the model as it was after an error, and say what is wrong', async () => {
    const model = classifier(2);
    const before = weights(model);
    const right: Record<string, NpzArray> = {
      '0_dense/kernel': { shape: [2, 8], values: new Float32Array(16) },
      '0_dense/bias': { shape: [8], values: new Float32Array(8) },
      '1_dense/kernel': { shape: [8, 1], values: new Float32Array(8) },
      '1_dense/bias': { shape: [1], values: new Float32Array(1) },
    };
    const end = ' The model is unchanged. Build the model that the weights were saved from.';
    const start = 'Expected bad.npz to hold the 4 weights of this model, received others: ';
    const { '0_dense/bias': left, ...others } = right;
    assert(left);
    const cases: [Record<string, NpzArray>, string][] = [
      [others, '"0_dense/bias" is missing.'],
      [{ ...right, more: left }, '"more" is too many.'],
      [
        { ...right, '0_dense/kernel': { shape: [3, 8], values: new Float32Array(24) } },
        '"0_dense/kernel" has the shape (3, 8), not (2, 8).',
      ],
      [
        {
          arr_0: right['0_dense/kernel']!,
          arr_1: left,
          arr_2: { shape: [1, 8], values: new Float32Array(8) },
        },
        '"arr_3" is missing; "arr_2" (1_dense/kernel) has the shape (1, 8), not (8, 1).',
      ],
      [
        Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`w${i}`, left])),
        '"0_dense/kernel" is missing; "0_dense/bias" is missing; "1_dense/kernel" is missing; "1_dense/bias" is missing; "w0" is too many; "w1" is too many; … (13 in all).',
      ],
    ];
    for (const [arrays, faults] of cases) {
      writeFileSync(file('bad.npz'), writeNpz(arrays));
      await assert.rejects(importWeights(model, file('bad.npz')), {
        name: 'RangeError',
        message: start + faults + end,
      });
    }
    await assert.rejects(importWeights(model, file('none.npz')), {
      message: `Expected a file of weights at ${file('none.npz')}, received none. The model is unchanged.`,
    });
    writeFileSync(file('text.npz'), 'hello');
    await assert.rejects(importWeights(model, file('text.npz')), {
      message:
        'Expected text.npz to hold a zip archive, received 5 bytes without the end of one. The file is damaged or no .npz file. The model is unchanged.',
    });
    await assert.rejects(importWeights(model, untyped(3)), {
      message: 'Expected path of importWeights to be a path, received 3.',
    });
    assert.deepEqual(weights(model), before);
    free(model);
  });

  it('say that the GRU of Keras must be the one that TensorFlow.js has', async () => {
    const model = models.gru!();
    const before = weights(model);
    await assert.rejects(importWeights(model, path.join(reference, 'weights/gruResetAfter.npz')), {
      message:
        'Expected gruResetAfter.npz to hold the 8 weights of this model, received others: "arr_2" (0_gru/bias) has the shape (2, 12), not (12,); "arr_5" (1_gru/bias) has the shape (2, 15), not (15,). ' +
        "TensorFlow.js has only Keras' GRU with reset_after=False: build and train that one. The model is unchanged. Build the model that the weights were saved from.",
    });
    assert.deepEqual(weights(model), before);
    model.dispose();
  });

  it('never set a damaged file: cut anywhere, or any byte changed', async () => {
    const model = classifier(2);
    await exportWeights(model, file('whole.npz'));
    const before = weights(model);
    const whole = readFileSync(file('whole.npz'));
    const draw = new RandomState(1);
    const at = draw.randint(0, whole.length, 300);
    let refused = 0;
    for (const [i, position] of at.entries()) {
      const bytes = i % 3 === 0 ? whole.subarray(0, position) : Buffer.from(whole);
      if (i % 3 !== 0) bytes[position]! ^= 1 << (i % 8);
      writeFileSync(file('damaged.npz'), bytes);
      await importWeights(model, file('damaged.npz')).catch((error: unknown) => {
        assert(error instanceof Error);
        assert.match(error.message, /The model is unchanged\./);
        refused++;
      });
      assert.deepEqual(weights(model), before);
    }
    // Zip has bytes that mean nothing here, such as times.
    assert(refused > 240, `${refused} of 300`);
    free(model);
  });

  it('refuse a model without weights, and another ending', async () => {
    const empty = tf.sequential();
    await assert.rejects(exportWeights(empty, file('a.npz')), {
      message:
        'Expected a model with weights, received one that has none. Give its first layer an inputShape.',
    });
    const model = classifier(2);
    await assert.rejects(exportWeights(model, file('a.npy')), {
      message: `Expected path of exportWeights to end in .npz, received "${file('a.npy')}".`,
    });
    free(model);
  });

  it('make the folder, leave no part behind and no tensor', async () => {
    const model = classifier(2);
    const { numTensors } = tf.memory();
    await exportWeights(model, file('deep/er/a.npz'));
    await exportWeights(model, file('deep/er/a.npz'));
    await importWeights(model, file('deep/er/a.npz'));
    assert.deepEqual(readdirSync(file('deep/er')), ['a.npz']);
    assert.equal(tf.memory().numTensors, numTensors);
    free(model);
  });
});
