import assert from 'node:assert/strict';
import { plotHistory } from '../../src/charts/plotHistory';
import { checkChart } from './checkChart';
import { shaped, untyped } from './untyped';

const history = {
  loss: [0.5, 0.3, 0.2, 0.1],
  accuracy: [0.8, 0.9, 0.95, 0.99],
  val_loss: [0.4, 0.3, 0.35, 0.5],
  val_accuracy: [0.85, 0.88, 0.87, 0.86],
};

describe('plotHistory', () => {
  it('draws loss and metrics side by side, training as points and validation as a line', async () => {
    const chart = plotHistory(history, { mark: 2 });
    assert.equal(chart.title, 'Loss and accuracy by epoch');
    await checkChart('plotHistory', chart, { symbol: 8, line: 2, rule: 2, text: 2 });
  });

  it('puts the loss first, takes a History, and leaves the history as it was', () => {
    const { loss, ...rest } = structuredClone(history);
    const given = { ...rest, loss };
    const before = structuredClone(given);
    assert.deepEqual(plotHistory({ history: given }).spec, plotHistory(history).spec);
    assert.deepEqual(given, before);
  });

  it('asks a History only for what it has', () => {
    const guarded = new Proxy(
      { history },
      {
        get(target, key) {
          assert.equal(key, 'history');
          return target.history;
        },
      },
    );
    assert.equal(plotHistory(guarded).title, 'Loss and accuracy by epoch');
  });

  it('draws one quantity, smoothed and without the first epochs', async () => {
    const chart = plotHistory(history, { keys: ['loss'], smooth: 0.5, skip: 1, title: 'Smoothed' });
    await checkChart('plotHistory-smooth', chart, { symbol: 3, line: 1 });
    // 0.5 → 0.5·0.5 + 0.3·0.5 = 0.4 → 0.3 → 0.2
    const { layer } = shaped<{ layer: { data: { values: { y: number }[] } }[] }>(chart.spec);
    assert.deepEqual(
      layer[0]!.data.values.map(({ y }) => y),
      [0.4, 0.3, 0.2],
    );
  });

  it('leaves a gap where a value is not finite', async () => {
    const svg = await checkChart('plotHistory-gap', plotHistory({ loss: [1, NaN, 0.5] }), { symbol: 2 });
    assert.ok(!svg.includes('validation'));
  });

  it('counts the epochs on from initialEpoch', () => {
    const chart = plotHistory({ history: { loss: [0.5, 0.3, 0.4] }, epoch: [3, 4, 5] }, { mark: 5 });
    assert.equal(String(chart), 'Loss by epoch\n  loss: 0.5 (epoch 4) → 0.4 (epoch 6), best 0.3 (epoch 5)');
    assert.match(chart.description, /^Epochs 4 to 6\./);
    const { layer } = shaped<{ layer: { data: { values: { x: number }[] } }[] }>(chart.spec);
    assert.deepEqual(
      layer[0]!.data.values.map(({ x }) => x),
      [4, 5, 6],
    );
    assert.throws(() => plotHistory({ history: { loss: [1, 2] }, epoch: [3, 4] }, { mark: 1 }), {
      message: 'Expected mark to be a whole number from 4 to 5, received 1.',
    });
    // A record may have a key of that name.
    assert.match(String(plotHistory({ loss: [1, 2], epoch: [7, 8] })), /loss: 1 \(epoch 1\)/);
  });

  it('tells the values in text', () => {
    assert.equal(
      String(plotHistory(history)),
      [
        'Loss and accuracy by epoch',
        '  loss: 0.5 (epoch 1) → 0.1 (epoch 4), best 0.1 (epoch 4)',
        '  val_loss: 0.4 (epoch 1) → 0.5 (epoch 4), best 0.3 (epoch 2)',
        '  accuracy: 0.8 (epoch 1) → 0.99 (epoch 4), best 0.99 (epoch 4)',
        '  val_accuracy: 0.85 (epoch 1) → 0.86 (epoch 4), best 0.88 (epoch 2)',
      ].join('\n'),
    );
  });

  it('calls a quantity whose key is a title by that title', () => {
    const chart = plotHistory({ 'squared error (scaled)': [2, 1], 'val_squared error (scaled)': [3, 2] });
    assert.equal(
      String(chart),
      'Squared error (scaled) by epoch\n' +
        '  squared error (scaled): 2 (epoch 1) → 1 (epoch 2), best 1 (epoch 2)\n' +
        '  validation squared error (scaled): 3 (epoch 1) → 2 (epoch 2), best 2 (epoch 2)',
    );
    assert.match(
      chart.description,
      /^Epochs 1 to 2, training as points and validation as a line\. squared error/,
    );
  });

  it('refuses what it cannot draw', () => {
    assert.throws(() => plotHistory(history, { keys: ['acuracy'] }), {
      message:
        'The history has no key "acuracy" to draw. Did you mean "accuracy"? Its keys are: loss, accuracy. Validation curves are drawn with them.',
    });
    assert.throws(() => plotHistory({ loss: [1, 2], accuracy: [1] }), {
      message: 'Expected every key of the history to have one value an epoch, received lengths 2 and 1.',
    });
    assert.throws(() => plotHistory({}), {
      message: 'Expected history to name at least one series, received {}.',
    });
    assert.throws(() => plotHistory(history, { mark: 5 }), {
      message: 'Expected mark to be a whole number from 1 to 4, received 5.',
    });
    assert.throws(() => plotHistory(history, { smooth: 1 }), {
      message: 'Expected smooth to be a finite number from 0 to 0.9999, received 1.',
    });
    assert.throws(() => plotHistory(history, { keys: [] }), {
      message: 'Expected keys to be an array such as ["loss"], received an array of length 0.',
    });
    assert.throws(() => plotHistory(untyped({ loss: ['a'] })), {
      message: 'Expected history.loss to hold numbers, received "a" at position 0.',
    });
    assert.throws(() => plotHistory(untyped(null)), {
      message: 'Expected the History that fit returns or a record of key: numbers, received null.',
    });
  });
});
