import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureBackend } from '../../src/engines/backend';
import { wasm } from '../../src/engines/compiled/wasm';
import { playground } from '../../src/playground/playground';
import { Training } from '../../src/playground/Training';
import { setRandomSeed } from '../../src/random/setRandomSeed';
import { evaluate } from '../../src/training/evaluate';
import { fit } from '../../src/training/fit';
import { predict } from '../../src/training/predict';
import { gridOf } from '../../src/playground/gridOf';
import { configurations, type Configuration } from './configurations';

const file = path.join(__dirname, '..', '..', 'dist', 'engines', 'compiled', 'pageTrainer.wasm');

describe('Training', () => {
  before(ensureBackend);
  afterEach(() => setRandomSeed(null));
  let all: Configuration[];
  let module: InstanceType<typeof wasm.Module>;
  before(async () => {
    all = await configurations();
    module = new wasm.Module(readFileSync(file));
  });

  for (const i of [0, 1, 2]) {
    it(`configuration ${i + 1}: its history equals that of setRandomSeed and fit, to the last digit`, async () => {
      const { build, x, y, options } = all[i]!;
      const { epochs, batchSize, seed, validationData, validationSplit, testData } = options;
      setRandomSeed(seed);
      const model = build();
      const { history, engine } = await fit(model, x, y, {
        epochs,
        batchSize,
        validationData,
        validationSplit,
        verbose: 0,
      });
      assert.equal(engine, 'compiled');
      setRandomSeed(null);

      const run = await playground(build, x, y, options);
      assert.deepEqual({ ...run.history.history }, { ...history });
      const { config } = run;
      const training = new Training(module, config, config.settings);
      const logs = Array.from({ length: epochs! }, () => training.epoch());
      assert.equal(training.epochs, epochs);
      for (const [key, values] of Object.entries(history)) {
        assert.deepEqual(
          logs.map(log => log[key]),
          values,
          key,
        );
        assert.equal(new Set(values).size > 1, true, `${key} changes`);
      }
      assert.deepEqual(Object.keys(logs[0]!).sort(), Object.keys(history).sort());

      const tested = testData && (await evaluate(model, testData[0], testData[1], { verbose: 0 }));
      assert.deepEqual(training.test(), tested && { ...tested });
      assert.deepEqual(config.tested, tested && { ...tested });
      const grid = config.plane && gridOf(config.plane);
      const points =
        grid && Array.from({ length: grid.length / 2 }, (_, at) => [grid[2 * at]!, grid[2 * at + 1]!]);
      const answers = points && (await predict(model, points, { verbose: 0 })).flat();
      assert.deepEqual(training.answers() && Array.from(training.answers()!), answers);
    });
  }

  it('equals fit with settings that the reader has turned, too', async () => {
    const { build, x, y, options } = all[1]!;
    const { config } = await playground(build, x, y, { ...options, epochs: 1 });
    const settings = {
      layers: 3,
      units: 5,
      activation: 'elu',
      learningRate: 0.03,
      epochs: 9,
      batchSize: 300,
      seed: 7,
    } as const;
    const training = new Training(module, config, settings);
    const losses = Array.from({ length: 9 }, () => training.epoch().val_loss);

    const tf = await import('@tensorflow/tfjs');
    setRandomSeed(7);
    const model = tf.sequential();
    for (let i = 0; i < 3; i++)
      model.add(tf.layers.dense({ units: 5, activation: 'elu', ...(i === 0 ? { inputShape: [2] } : {}) }));
    model.add(tf.layers.dense({ units: 1, activation: 'sigmoid' }));
    model.compile({ optimizer: tf.train.rmsprop(0.03), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
    const { validationData } = options;
    const { history } = await fit(model, x, y, { epochs: 9, batchSize: 300, validationData, verbose: 0 });
    assert.deepEqual(losses, history.val_loss);
  });
});
