import assert from 'node:assert/strict';
import { lambdaCallback } from '../../../src/training/callbacks/lambdaCallback';
import { fit } from '../../../src/training/fit';
import { untyped } from '../../untyped';
import { classifier, dataset, free } from '../models';

describe('lambdaCallback', () => {
  it("calls each function where Keras' does", async () => {
    const { x, y } = dataset(6, 2);
    const model = classifier(2);
    const calls: string[] = [];
    const note = (name: string) => (at?: unknown) =>
      void calls.push(typeof at === 'number' ? `${name} ${at}` : name);
    const callback = lambdaCallback({
      onTrainBegin: note('train begin'),
      onEpochBegin: note('epoch begin'),
      onTrainBatchBegin: note('batch begin'),
      onTrainBatchEnd: note('batch end'),
      onEpochEnd: note('epoch end'),
      onTrainEnd: note('train end'),
    });
    await fit(model, x, y, { batchSize: 3, verbose: 0, callbacks: callback });
    const batches = [0, 1].flatMap(batch => [`batch begin ${batch}`, `batch end ${batch}`]);
    assert.deepEqual(calls, ['train begin', 'epoch begin 0', ...batches, 'epoch end 0', 'train end']);
    free(model);
  });

  it('leaves the compiled engine in use without functions of batches', async () => {
    const { x, y } = dataset(6, 2);
    const model = classifier(2);
    const callbacks = lambdaCallback({ onEpochEnd: () => undefined, onTrainBatchEnd: undefined });
    assert.equal((await fit(model, x, y, { verbose: 0, callbacks })).engine, 'compiled');
    free(model);
  });

  it('refuses what it does not know', () => {
    const refused: [unknown, string][] = [
      [
        { onEpochEnds: () => undefined },
        'Unknown option "onEpochEnds" of lambdaCallback. Did you mean "onEpochEnd"? Its options are: onEpochBegin, onEpochEnd, onTrainBegin, onTrainEnd, onTrainBatchBegin, onTrainBatchEnd.',
      ],
      [
        {},
        'Expected lambdaCallback to have at least one function, received none. It takes onEpochBegin, onEpochEnd, onTrainBegin, onTrainEnd, onTrainBatchBegin, onTrainBatchEnd.',
      ],
      [{ onEpochEnd: 3 }, 'Expected onEpochEnd of lambdaCallback to be a function, received 3.'],
    ];
    for (const [options, message] of refused)
      assert.throws(() => lambdaCallback(untyped(options)), { name: 'TypeError', message });
  });
});
