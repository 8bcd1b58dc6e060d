import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { csvLogger } from '../../../src/training/callbacks/csvLogger';
import { learningRateScheduler } from '../../../src/training/callbacks/learningRateScheduler';
import { fit } from '../../../src/training/fit';
import { untyped } from '../../untyped';
import { classifier, dataset, free } from '../models';
import { golden, number } from './golden';

describe('csvLogger', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'keras-primer-csv-'));
  after(() => rmSync(folder, { recursive: true }));

  it("writes the bytes that Keras' writes", async () => {
    assert.equal(golden.csv.length, 40);
    for (const [i, { separator, append, rows, text }] of golden.csv.entries()) {
      const file = path.join(folder, `new/log${i}.csv`);
      for (let again = 0; again < 2; again++) {
        const logger = csvLogger(file, { separator, append });
        await logger.onTrainBegin?.();
        for (const [epoch, row] of rows.entries()) {
          const logs = Object.fromEntries(Object.entries(row).map(([key, value]) => [key, number(value)]));
          await logger.onEpochEnd?.(epoch, logs);
        }
        await logger.onTrainEnd?.();
      }
      assert.equal(readFileSync(file, 'utf8'), text, `case ${i}`);
    }
  });

  it('says what is in its way', async () => {
    await assert.rejects(async () => csvLogger(folder).onTrainBegin?.(), {
      message: `Expected filename of csvLogger to be a file, received the folder ${folder}.`,
    });
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    await assert.rejects(async () => csvLogger(path.join(file, 'log.csv')).onTrainBegin?.(), {
      message: `Expected a folder at ${file}, but a file is in its way. Choose another path.`,
    });
  });

  for (const engine of ['compiled', 'tfjs'] as const) {
    it(`writes the history on ${engine}, what other callbacks add included`, async () => {
      const { x, y } = dataset(20, 3);
      const model = classifier(3);
      const file = path.join(folder, `${engine}.csv`);
      const history = await fit(model, x, y, {
        epochs: 3,
        validationSplit: 0.5,
        verbose: 0,
        engine,
        callbacks: [learningRateScheduler(() => 0.25), csvLogger(file)],
      });
      const [header, ...lines] = readFileSync(file, 'utf8').trim().split('\r\n');
      assert.equal(header, 'epoch,accuracy,learning_rate,loss,val_accuracy,val_loss');
      const keys = header.split(',').slice(1);
      lines.forEach((line, epoch) => {
        assert.deepEqual(line.split(',').map(Number), [
          epoch,
          ...keys.map(key => history.history[key]![epoch]!),
        ]);
      });
      assert.equal(lines.length, 3);
      free(model);
    });
  }

  it('refuses what it cannot write', async () => {
    assert.throws(() => csvLogger(''), {
      message: 'Expected filename of csvLogger to be a path, received "".',
    });
    assert.throws(() => csvLogger('a', { separator: ', ' }), {
      message: 'Expected separator of csvLogger to be one character, not a quote or line end, received ", ".',
    });
    assert.throws(() => csvLogger('a', untyped({ sep: ',' })), {
      message: 'Unknown option "sep" of csvLogger. Its options are: separator, append.',
    });
    const file = path.join(folder, 'other.csv');
    writeFileSync(file, 'epoch,loss\r\n0,1.5\r\n');
    const logger = csvLogger(file, { append: true });
    await logger.onTrainBegin?.();
    await assert.rejects(async () => logger.onEpochEnd?.(0, { mae: 1, val_mae: 2 }), {
      message: `Expected ${file} to have the columns epoch,mae,val_mae, received epoch,loss. Append to a file of the same model and options, or set append: false.`,
    });
    assert.equal(readFileSync(file, 'utf8'), 'epoch,loss\r\n0,1.5\r\n');
  });
});
