import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { interrupt } from '../../src/progress/interrupt';
import { evaluate } from '../../src/training/evaluate';
import { assertClose, classifier, dataset, free, withProgress } from './models';

const quiet = { verbose: 0, engine: 'tfjs' } as const;

describe('evaluate', () => {
  const { x, y } = dataset(70, 4);

  it("gives the numbers of tf's own model.evaluate under Keras' names", async () => {
    const model = classifier(4, ['accuracy', 'mae', tf.metrics.binaryAccuracy]);
    const [tx, ty] = [tf.tensor2d(x), tf.tensor2d(y, [70, 1])];
    const theirs = model.evaluate(tx, ty);
    const scores = await evaluate(model, x, y, quiet);
    assert.deepEqual(Object.keys(scores), ['accuracy', 'binary_accuracy', 'loss', 'mae']);
    const { loss, accuracy, mae, binary_accuracy: binary } = scores;
    assert(Array.isArray(theirs));
    assertClose(
      [loss!, accuracy!, mae!, binary!],
      theirs.map(scalar => scalar.dataSync()[0]!),
    );
    const whole = await evaluate(model, tx, ty, { ...quiet, batchSize: 1000 });
    assertClose(Object.values(whole), Object.values(scores));
    tf.dispose([tx, ty, ...theirs]);
    free(model);
  });

  it('leaves dropout and regularisers out, as TensorFlow.js does', async () => {
    const build = (extra: boolean) => {
      const l2 = extra ? tf.regularizers.l2({ l2: 1 }) : undefined;
      const layers: tf.layers.Layer[] = [
        tf.layers.dense({ units: 3, inputShape: [4], kernelInitializer: 'ones', kernelRegularizer: l2 }),
        tf.layers.dense({ units: 1, kernelInitializer: 'ones' }),
      ];
      if (extra) layers.splice(1, 0, tf.layers.dropout({ rate: 0.9 }));
      const model = tf.sequential({ layers });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      return model;
    };
    const [plain, full] = [build(false), build(true)];
    assert.deepEqual(await evaluate(full, x, y, quiet), await evaluate(plain, x, y, quiet));
    free(plain, full);
  });

  it('weighs samples', async () => {
    const model = classifier(4);
    const first = await evaluate(model, x.slice(0, 10), y.slice(0, 10), quiet);
    const weighed = await evaluate(model, x, y, {
      ...quiet,
      sampleWeight: x.map((_, i) => (i < 10 ? 7 : 0)),
    });
    assertClose([weighed.loss!], [first.loss!]);
    free(model);
  });

  it('shows a line', async () => {
    const model = classifier(4);
    const { lines } = await withProgress(() => evaluate(model, x, y, { engine: 'tfjs' }));
    assert.match(
      lines.join('\n'),
      /^3\/3 ━{20} 0s \d+(us|ms)\/step - accuracy: \d\.\d{4} - loss: \d\.\d{4}$/,
    );
    free(model);
  });

  it('stops when the user asks', async () => {
    const model = classifier(4);
    const many = dataset(30_000, 4);
    setTimeout(() => interrupt(), 50);
    await assert.rejects(evaluate(model, many.x, many.y, { ...quiet, batchSize: 1 }), {
      name: 'InterruptedError',
      message: 'Stopped by the user.',
    });
    free(model);
  });
});
