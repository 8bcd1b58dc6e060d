import assert from 'node:assert/strict';
import { plotEpochs } from '../../src/charts/plotEpochs';
import { checkChart } from './checkChart';
import { moveSlider } from './moveSlider';
import { shaped, untyped } from './untyped';
import { valuesOf } from './valuesOf';

const history = {
  loss: [0.5, 0.3, 0.1],
  accuracy: [0.7, 0.8, 0.9],
  val_loss: [0.45, 0.4, 0.6],
  val_accuracy: [0.75, 0.8, 0.7],
};

describe('plotEpochs', () => {
  it('shows each quantity at one epoch, with the gap, and a slider for the epoch', async () => {
    const chart = plotEpochs(history, { epoch: 2 });
    assert.equal(chart.title, 'Epoch by epoch: loss, accuracy');
    // In each panel: 3 pale points, 2 till now, 2 large ones, a pale line and one till now, the epoch and the gap.
    await checkChart('plotEpochs', chart, { symbol: 14, line: 4, rule: 4, text: 2 });
    assert.deepEqual(shaped<{ params: unknown }>(chart.spec).params, [
      { name: 'epoch', value: 2, bind: { input: 'range', min: 1, max: 3, step: 1, name: 'epoch ' } },
    ]);
    assert.equal(
      String(chart),
      'Epoch by epoch: loss, accuracy\n  loss after epoch 2: training 0.3, validation 0.4, gap 0.1\n' +
        '  accuracy after epoch 2: training 0.8, validation 0.8, gap 0',
    );
  });

  it('counts the epochs on from initialEpoch', async () => {
    const chart = plotEpochs({ history: { loss: [0.5, 0.3] }, epoch: [3, 4] });
    assert.deepEqual(shaped<{ params: unknown }>(chart.spec).params, [
      { name: 'epoch', value: 5, bind: { input: 'range', min: 4, max: 5, step: 1, name: 'epoch ' } },
    ]);
    assert.equal(String(chart), 'Epoch by epoch: loss\n  loss after epoch 5: 0.3');
    assert.deepEqual(await valuesOf(chart), [['epoch | training loss', '4 | 0.5', '5 | 0.3']]);
  });

  it('tells what the slider asks for', async () => {
    const texts = await moveSlider(plotEpochs(history), 'epoch', 1);
    assert.ok(texts.includes('training 0.5, validation 0.45'), texts.join('|'));
    assert.ok(texts.includes('gap: validation better by 0.05'));
    assert.ok(texts.includes('training 0.7, validation 0.75'));
    const last = await moveSlider(plotEpochs(history), 'epoch', 3);
    assert.ok(last.includes('gap: validation worse by 0.5') && last.includes('gap: validation worse by 0.2'));
  });

  it('states each measure in columns of its own, also after the epoch', async () => {
    assert.deepEqual(await valuesOf(plotEpochs({ ...history, val_loss: [0.45, NaN, 2 / 3] }, { epoch: 1 })), [
      [
        'epoch | training loss | validation loss | training accuracy | validation accuracy',
        '1 | 0.5 | 0.45 | 0.7 | 0.75',
        '2 | 0.3 | – | 0.8 | 0.8',
        '3 | 0.1 | 0.6667 | 0.9 | 0.7',
      ],
    ]);
    assert.deepEqual(await valuesOf(plotEpochs({ loss: [2, 1] })), [
      ['epoch | training loss', '1 | 2', '2 | 1'],
    ]);
  });

  it('draws a training without validation, and quantities of which nobody knows the better side', async () => {
    const alone = await moveSlider(plotEpochs({ loss: [2, 1] }), 'epoch', 1);
    assert.ok(alone.includes('training 2'));
    const odd = await moveSlider(plotEpochs({ odd: [2, 1], val_odd: [1, 4] }), 'epoch', 2);
    assert.ok(odd.includes('gap 3'));
  });

  it('refuses what it cannot draw', () => {
    assert.throws(() => plotEpochs(history, { epoch: 4 }), {
      message: 'Expected epoch to be a whole number from 1 to 3, received 4.',
    });
    assert.throws(() => plotEpochs(history, { keys: ['acc'] }), {
      message: /^The history has no key "acc" to draw\./,
    });
    assert.throws(() => plotEpochs(untyped(3)), { message: /^Expected the History that fit returns/ });
  });
});
