import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs';
import { Helper } from '../../../../src/engines/kernels/parts/Helper';
import { endHelpers, helpersReady } from '../../../../src/engines/kernels/parts/runParts';
import { assertSame, dirty, normal, outputsAndGradients, useWasm } from '../compare';

const root = path.join(__dirname, '..', '..', '..', '..');

async function until(condition: () => boolean): Promise<void> {
  const patience = performance.now() + 30_000;
  while (!condition()) {
    assert(performance.now() < patience, 'the helpers are not ready after 30 s');
    await sleep(10);
  }
}

type Work = () => Readonly<Record<string, tf.Tensor>>;

const { conv2d, conv2dTranspose, simpleRNN, gru, lstm, bidirectional } = tf.layers;

const initial = (seed: number) => ({
  kernelInitializer: tf.initializers.glorotUniform({ seed }),
  recurrentInitializer: tf.initializers.glorotUniform({ seed: seed + 1 }),
});

// Each is large enough for parts, with batches that four does not divide.
const works: Readonly<Record<string, () => Work>> = {
  conv2d: () =>
    outputsAndGradients(conv2d({ filters: 24, kernelSize: 3, activation: 'relu', padding: 'same' }), [
      normal([7, 14, 13, 16]),
    ]),
  'conv2d, stride 2': () =>
    outputsAndGradients(conv2d({ filters: 32, kernelSize: 5, strides: 2 }), [normal([9, 16, 17, 16])]),
  conv2dTranspose: () =>
    outputsAndGradients(conv2dTranspose({ filters: 16, kernelSize: 3, strides: 2 }), [
      normal([6, 16, 15, 24]),
    ]),
  'conv2d of three images': () =>
    outputsAndGradients(conv2d({ filters: 48, kernelSize: 3 }), [normal([3, 17, 17, 16])]),
  simpleRNN: () =>
    outputsAndGradients(simpleRNN({ units: 48, returnSequences: true, ...initial(3) }), [
      normal([131, 8, 40]),
    ]),
  gru: () => outputsAndGradients(gru({ units: 48, ...initial(5) }), [normal([29, 16, 32])]),
  lstm: () =>
    outputsAndGradients(lstm({ units: 40, goBackwards: true, ...initial(7) }), [normal([33, 16, 24])]),
  'lstm, sigmoid': () =>
    outputsAndGradients(
      lstm({ units: 40, recurrentActivation: 'sigmoid', returnSequences: true, ...initial(7) }),
      [normal([33, 16, 24])],
    ),
  'bidirectional lstm': () =>
    outputsAndGradients(
      bidirectional({
        layer: lstm({ units: 44, returnSequences: true, ...initial(9) }),
        mergeMode: 'concat',
      }),
      [normal([26, 16, 20])],
    ),
  'lstm with masked steps': () => {
    const ids = Array.from({ length: 34 }, (_, row) =>
      Array.from({ length: 16 }, (__, step) => ((row * 7 + step * 3) % 5 === 0 ? 0 : 1 + ((row + step) % 8))),
    );
    const model = tf.sequential({
      layers: [
        tf.layers.embedding({ inputDim: 9, outputDim: 24, maskZero: true, inputLength: 16 }),
        lstm({ units: 40, ...initial(11) }),
      ],
    });
    return outputsAndGradients(model, [tf.tensor2d(ids, [34, 16], 'int32')]);
  },
  'lstm that returns its states': () => {
    const layer = lstm({ units: 40, returnState: true, ...initial(13) });
    const x = normal([33, 16, 24]);
    return () => {
      const outputs = layer.apply(x);
      assert(Array.isArray(outputs));
      const tensors = outputs.filter(output => output instanceof tf.Tensor);
      return Object.fromEntries(tensors.map((tensor, i) => [`output ${i}`, tensor]));
    };
  },
};

function results(work: Work): Record<string, number[]> {
  dirty();
  return tf.tidy(() =>
    Object.fromEntries(Object.entries(work()).map(([name, tensor]) => [name, [...tensor.dataSync()]])),
  );
}

describe('runParts', () => {
  const workersBefore = process.env.KERAS_PRIMER_WORKERS;
  before(useWasm);
  afterEach(() => {
    endHelpers();
    if (workersBefore === undefined) delete process.env.KERAS_PRIMER_WORKERS;
    else process.env.KERAS_PRIMER_WORKERS = workersBefore;
  });

  for (const [name, make] of Object.entries(works)) {
    it(`${name}: the same bits alone, with one helper and with three; equal the cpu back end`, async () => {
      const work = make();
      process.env.KERAS_PRIMER_WORKERS = '1';
      endHelpers();
      const alone = results(work);
      assert(helpersReady(), 'no helper is wanted');
      for (const workers of ['2', '4']) {
        process.env.KERAS_PRIMER_WORKERS = workers;
        endHelpers();
        results(work);
        await until(helpersReady);
        // Twice, so that the helpers' memory holds what the first left.
        for (let round = 0; round < 2; round++) assert.deepEqual(results(work), alone);
      }
      assertSame(work, name);
    });
  }

  it('goes on without a helper that fails', async () => {
    const helper = new Helper();
    await until(() => helper.idle);
    const host = new Uint8Array(64);
    const beyond = 2 ** 30;
    assert.equal(
      helper.start(
        'convolve',
        [
          {
            words: [1, 4, 4, 1, 1, 1, 4, 4, 1, 1, 1, 0, 0, 1, 1],
            args: [beyond, beyond, 0, beyond, 0],
            scratch: 4096,
          },
        ],
        host,
      ),
      true,
    );
    assert.equal(helper.finish(host), false);
    assert.equal(helper.failed, true);
    helper.end();
  });

  it('refuses what does not fit into memory, and can be used again', async () => {
    const helper = new Helper();
    await until(() => helper.idle);
    const task = { words: [{ at: 0, bytes: 2 ** 33, way: 'out' } as const], args: [], scratch: 0 };
    assert.equal(helper.start('sequenceForward', [task], new Uint8Array(8)), false);
    assert.equal(helper.idle, true);
    helper.end();
  });

  it('keeps no process alive', () => {
    const program = `
      const tf = require('@tensorflow/tfjs');
      const { ensureBackend } = require('./dist/index.js');
      void ensureBackend().then(async () => {
        const [x, filter] = [tf.ones([16, 30, 30, 16]), tf.ones([3, 3, 16, 16])];
        for (let i = 0; i < 20; i++) {
          tf.dispose(tf.conv2d(x, filter, 1, 'same'));
          await new Promise(resolve => setTimeout(resolve, 20));
        }
        console.log('done');
      });`;
    const answer = execFileSync(process.execPath, ['-e', program], {
      ...{ cwd: root, encoding: 'utf8', timeout: 60_000 },
      env: { ...process.env, KERAS_PRIMER_WORKERS: '3' },
    });
    assert.equal(answer.trim().split('\n').at(-1), 'done');
  });
});
