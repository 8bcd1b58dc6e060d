import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { evaluate } from '../../../src/training/evaluate';
import { fit } from '../../../src/training/fit';
import { predict } from '../../../src/training/predict';
import { loadModel } from '../../../src/training/weights/loadModel';
import { saveModel } from '../../../src/training/weights/saveModel';
import { untyped } from '../../untyped';
import { apply, assertClose, classifier, dataset, free, glorot, weights } from '../models';
import { golden, models } from './models';

describe('saveModel and loadModel', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'keras-primer-models-'));
  after(() => rmSync(folder, { recursive: true }));
  const at = (name: string): string => path.join(folder, name);

  for (const [name, make] of Object.entries(models)) {
    it(`give the same model: ${name}`, async () => {
      const model = make();
      await saveModel(model, at(name));
      const copy = await loadModel(at(name));
      assert.deepEqual(weights(copy), weights(model));
      assert.deepEqual(
        copy.layers.map(layer => [layer.getClassName(), layer.name]),
        model.layers.map(layer => [layer.getClassName(), layer.name]),
      );
      const x = tf.tensor(golden.models[name]!.x, [4, ...golden.models[name]!.shape]);
      assert.deepEqual(await predict(copy, x, { verbose: 0 }), await predict(model, x, { verbose: 0 }));
      assert.equal(copy.optimizer, undefined);
      x.dispose();
      model.dispose();
      copy.dispose();
    });
  }

  const optimizers: Record<string, () => tf.Optimizer> = {
    sgd: () => tf.train.sgd(0.1),
    momentum: () => tf.train.momentum(0.1, 0.9, true),
    rmsprop: () => tf.train.rmsprop(0.01),
    adam: () => tf.train.adam(0.01),
    adagrad: () => tf.train.adagrad(0.1),
    adadelta: () => tf.train.adadelta(0.1),
  };
  for (const engine of ['tfjs', 'compiled'] as const) {
    for (const [name, make] of Object.entries(optimizers)) {
      if (engine === 'compiled' && name.startsWith('ada') && name !== 'adam') continue;
      it(`let training go on where it was: ${name} on ${engine}`, async () => {
        const { x, y } = dataset(40, 3);
        const model = classifier(3);
        model.optimizer.dispose();
        model.compile({ optimizer: make(), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
        const options = { epochs: 3, batchSize: 8, verbose: 0, engine } as const;
        await fit(model, x, y, { ...options, seed: 1 });
        await saveModel(model, at('half'));
        const copy = await loadModel(at('half'));
        const first = await fit(model, x, y, { ...options, seed: 2 });
        const second = await fit(copy, x, y, { ...options, seed: 2 });
        assert.deepEqual({ ...second.history }, { ...first.history });
        assert.deepEqual(weights(copy), weights(model));
        free(model, copy);
      });
    }
  }

  it('keep losses, metrics and a learning rate that was changed; functions of tf by their names', async () => {
    const input = tf.input({ shape: [3] });
    const outputs = ['a', 'b'].map(name =>
      apply(tf.layers.dense({ units: 1, name, kernelInitializer: glorot(3) }), input),
    );
    const model = tf.model({ inputs: input, outputs });
    model.compile({
      optimizer: tf.train.adam(0.01),
      loss: { a: 'meanSquaredError', b: 'binaryCrossentropy' },
      metrics: [tf.metrics.binaryAccuracy, 'MSE'],
    });
    Object.assign(model.optimizer, { learningRate: 0.003 });
    await saveModel(model, `file://${at('names')}`);
    const copy = await loadModel(`file://${at('names/model.json')}`);
    assert.equal(copy.optimizer.getConfig().learningRate, 0.003);
    const { x, y } = dataset(12, 3);
    const [one, two] = [
      await fit(model, x, [y, y], { seed: 1, verbose: 0 }),
      await fit(copy, x, [y, y], { seed: 1, verbose: 0 }),
    ];
    assert.deepEqual({ ...two.history }, { ...one.history });
    free(model, copy);
  });

  it('keep what TensorFlow.js would lose of separable and depthwise convolutions', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.separableConv2d({ filters: 2, kernelSize: 2, depthMultiplier: 3, inputShape: [6, 6, 2] }),
        tf.layers.depthwiseConv2d({
          kernelSize: 2,
          depthwiseConstraint: tf.constraints.maxNorm({ maxValue: 3, axis: 1 }),
        }),
        tf.layers.depthwiseConv2d({ kernelSize: 2, depthwiseRegularizer: 'l1l2' }),
      ],
    });
    await saveModel(model, at('lost'));
    const copy = await loadModel(at('lost'));
    // Loading applies the constraint again, which changes the last digits.
    weights(copy).forEach((values, k) => assertClose(values, weights(model)[k]!, 1e-6));
    assert.deepEqual(
      copy.layers.map(layer => layer.getConfig()),
      model.layers.map(layer => layer.getConfig()),
    );
    const { depthwiseConstraint }: { depthwiseConstraint: tf.serialization.Serializable } = untyped(
      copy.layers[1],
    );
    assert.deepEqual(
      [depthwiseConstraint.getClassName(), depthwiseConstraint.getConfig()],
      ['MaxNorm', { maxValue: 3, axis: 1 }],
    );
    model.dispose();
    copy.dispose();
  });

  it("write TensorFlow.js' own format, which its own loader reads", async () => {
    const model = classifier(3);
    await saveModel(model, at('own'));
    assert.deepEqual(readdirSync(at('own')).sort(), ['model.json', 'weights.bin']);
    const json: tf.io.ModelJSON = JSON.parse(readFileSync(at('own/model.json'), 'utf8'));
    assert.equal(json.format, 'layers-model');
    assert.deepEqual(
      json.weightsManifest.map(({ paths }) => paths),
      [['weights.bin']],
    );
    const bytes = new Uint8Array(readFileSync(at('own/weights.bin'))).buffer;
    const artifacts = await tf.io.getModelArtifactsForJSON(json, async manifest => [
      manifest.flatMap(group => group.weights),
      bytes,
    ]);
    const copy = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
    assert.deepEqual(weights(copy), weights(model));
    assert.equal(copy.optimizer.getClassName(), 'RMSProp');
    await saveModel(model, at('own'), { includeOptimizer: false });
    assert.equal((await loadModel(at('own'))).optimizer, undefined);
    free(model, copy);
  });

  it('load weights that are in several files or quantized', async () => {
    const model = classifier(2);
    await saveModel(model, at('shards'), { includeOptimizer: false });
    const json = JSON.parse(readFileSync(at('shards/model.json'), 'utf8'));
    const bytes = readFileSync(at('shards/weights.bin'));
    writeFileSync(at('shards/group1-shard1of2.bin'), bytes.subarray(0, 50));
    writeFileSync(at('shards/group1-shard2of2.bin'), bytes.subarray(50));
    json.weightsManifest[0].paths = ['group1-shard1of2.bin', 'group1-shard2of2.bin'];
    delete json.weightsSha256;
    writeFileSync(at('shards/model.json'), JSON.stringify(json));
    const copy = await loadModel(at('shards'));
    assert.deepEqual(weights(copy), weights(model));
    const [spec] = json.weightsManifest[0].weights;
    spec.quantization = { dtype: 'uint8', min: -1, scale: 0.5, original_dtype: 'float32' };
    writeFileSync(at('shards/group1-shard1of2.bin'), Buffer.alloc(16, 3));
    writeFileSync(at('shards/group1-shard2of2.bin'), bytes.subarray(64));
    writeFileSync(at('shards/model.json'), JSON.stringify(json));
    const quantized = await loadModel(at('shards'));
    assert.deepEqual(
      weights(quantized)[0],
      Array.from({ length: 16 }, () => 0.5),
    );
    free(model);
    copy.dispose();
    quantized.dispose();
  });

  it('leave no tensor behind', async () => {
    const model = classifier(3);
    const { x, y } = dataset(8, 3);
    await fit(model, x, y, { verbose: 0, engine: 'tfjs' });
    const { numTensors } = tf.memory();
    await saveModel(model, at('leak'));
    assert.equal(tf.memory().numTensors, numTensors);
    free(await loadModel(at('leak')));
    assert.equal(tf.memory().numTensors, numTensors);
    free(model);
  });

  it('say what is wrong', async () => {
    const model = classifier(2);
    await saveModel(model, at('broken'));
    const file = at('broken/model.json');
    const text = readFileSync(file, 'utf8');
    const bytes = readFileSync(at('broken/weights.bin'));
    const rejects = async (received: string): Promise<void> =>
      assert.rejects(loadModel(at('broken')), {
        message: `Expected ${file} to be ${received} Save the model again.`,
      });

    writeFileSync(at('broken/weights.bin'), bytes.subarray(1));
    await rejects(`a model with ${bytes.length} bytes of weights, received: ${bytes.length - 1}.`);
    const other = Buffer.from(bytes);
    other[0]! ^= 1;
    writeFileSync(at('broken/weights.bin'), other);
    await rejects('a model with the weights that it was saved with, received: others.');
    rmSync(at('broken/weights.bin'));
    await rejects('a model with its weights in weights.bin, received: no such file.');
    writeFileSync(at('broken/weights.bin'), bytes);
    writeFileSync(file, text.replace('["weights.bin"]', '["../weights.bin"]'));
    await rejects('names of files beside it, received: "../weights.bin".');
    writeFileSync(file, text.replace('"weightsManifest":[', '"weightsManifest":[3,'));
    await rejects('a list of weights, received: an array of length 2.');
    writeFileSync(file, JSON.stringify({ format: 'graph-model', modelTopology: {} }));
    await rejects('a layers model of TensorFlow.js, received: a graph model.');
    writeFileSync(file, '[]');
    await rejects('a layers model of TensorFlow.js, received: something else.');
    writeFileSync(file, text.replaceAll('"Dense"', '"Dance"'));
    await assert.rejects(
      loadModel(at('broken')),
      /^Error: Expected .*model\.json to be a layers model of TensorFlow\.js, received: Unknown layer: Dance[\s\S]* Save the model again\.$/,
    );
    writeFileSync(file, text.slice(0, 99));
    await assert.rejects(
      loadModel(at('broken')),
      /^Error: Expected .*model\.json to be JSON, received: .*JSON/,
    );
    await assert.rejects(loadModel(at('none')), {
      message: `Expected a model at ${at('none/model.json')}, received none. Give loadModel the folder that saveModel was given.`,
    });
    await assert.rejects(saveModel(model, at('a.keras')), {
      message: `Expected a folder for saveModel, received "${at('a.keras')}". It writes model.json and weights.bin there; exportWeights writes .npz files.`,
    });
    await assert.rejects(saveModel(model, at('own2'), untyped({ includeOptimiser: false })), {
      message:
        'Unknown option "includeOptimiser" of saveModel. Did you mean "includeOptimizer"? Its options are: includeOptimizer.',
    });
    free(model);
  });

  it('load all metrics that they save', async () => {
    const { x, y } = dataset(12, 2);
    const onehot = y.map(value => [1 - value, value]);
    const byName = 'mse MSE mae MAE mape MAPE cosine accuracy acc crossentropy ce'.split(' ');
    const byFunction = Object.entries(tf.metrics).filter(([name]) => name !== 'r2Score');
    let saved = 0;
    for (const units of [1, 2]) {
      for (const metric of [...byName, ...byFunction.map(([, compute]) => compute)]) {
        const model = tf.sequential({
          layers: [
            tf.layers.dense({ units, activation: units === 1 ? 'sigmoid' : 'softmax', inputShape: [2] }),
          ],
        });
        const loss = units === 1 ? 'binaryCrossentropy' : 'categoricalCrossentropy';
        // TensorFlow.js' type of metrics leaves out names that it takes.
        model.compile({ optimizer: 'sgd', loss, metrics: untyped([metric]) });
        const [targets, place] = [units === 1 ? y : onehot, at(`metric${units}`)];
        const there = await saveModel(model, place).then(
          () => true,
          (error: Error) => (
            assert.match(error.message, /^Expected a metric that TensorFlow\.js can find by its name/),
            false
          ),
        );
        if (there) {
          saved++;
          const copy = await loadModel(place);
          assert.deepEqual(
            Object.values(await evaluate(copy, x, targets, { verbose: 0, engine: 'tfjs' })),
            Object.values(await evaluate(model, x, targets, { verbose: 0, engine: 'tfjs' })),
            String(metric),
          );
          free(copy);
        }
        free(model);
      }
    }
    assert.ok(saved >= 2 * (byName.length + 8), `${saved} saved`);
  });

  it('say what is in the way of a path', async () => {
    const model = classifier(2);
    const file = at('file');
    writeFileSync(file, '');
    await assert.rejects(
      saveModel(untyped(undefined), at('m')),
      /^TypeError: Expected a tf layers model, received undefined\./,
    );
    await assert.rejects(saveModel(model, path.join(file, 'm')), {
      message: `Expected a folder at ${path.join(file, 'm')}, but a file is in its way. Choose another path.`,
    });
    await saveModel(model, at('whole'));
    const weightsFile = path.join(at('whole'), 'weights.bin');
    await assert.rejects(loadModel(weightsFile), {
      message:
        `Expected the folder of a model or its model.json for loadModel, received the file ${weightsFile}. ` +
        'Give the folder that saveModel was given; importWeights reads .npz files.',
    });
    free(model);
  });

  it('refuse what could not be loaded again, before they write', async () => {
    const model = classifier(2);
    model.optimizer.dispose();
    const own = (yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor => tf.losses.absoluteDifference(yTrue, yPred);
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics: [own] });
    await assert.rejects(
      saveModel(model, at('never')),
      /^Error: Expected a metric that TensorFlow\.js can find by its name, received "own", which it could not load again\. Compile the model with one of .*, or set includeOptimizer: false to save layers and weights only\.$/,
    );
    model.compile({
      optimizer: new (class Own extends tf.SGDOptimizer {
        static override get className(): string {
          return 'Own';
        }
      })(0.1),
      loss: 'meanSquaredError',
    });
    await assert.rejects(saveModel(model, at('never')), {
      message:
        'Expected an optimizer of TensorFlow.js or one registered by tf.serialization.registerClass, received Own, which cannot be loaded again. Register it, or set includeOptimizer: false to save layers and weights only.',
    });
    model.compile({ optimizer: 'adamax', loss: 'meanSquaredError' });
    await assert.rejects(saveModel(model, at('never')), {
      message:
        'Expected an optimizer that TensorFlow.js can save, received Adamax, whose state it cannot read. Compile with Adam, or set includeOptimizer: false to save layers and weights only.',
    });
    assert(!readdirSync(folder).includes('never'));
    await saveModel(model, at('layers'), { includeOptimizer: false });
    free(model);
  });
});
