import assert from 'node:assert/strict';
import { plotEachFold } from '../../src/charts/plotEachFold';
import { checkChart } from './checkChart';
import { moveSlider } from './moveSlider';
import { shaped, untyped } from './untyped';
import { valuesOf } from './valuesOf';

const fold = (mae: number[], val_mae: number[]) => ({ loss: [9, 9, 9], val_loss: [9, 9, 9], mae, val_mae });
const folds = [fold([3, 2, 1], [4, 2, 3]), fold([3, 1, 0.5], [5, 4, 5])];

describe('plotEachFold', () => {
  it('shows one fold among the others, where the folds end, and a picker for the fold', async () => {
    const before = structuredClone(folds);
    const chart = plotEachFold(folds, { smooth: 0 });
    assert.equal(chart.title, 'MAE, fold by fold');
    await checkChart('plotEachFold', chart, { line: 4, text: 2, rect: 2, rule: 1 });
    assert.deepEqual(folds, before);
    assert.deepEqual(shaped<{ params: unknown }>(chart.spec).params, [
      { name: 'fold', value: 1, bind: { input: 'radio', options: [1, 2], name: 'fold ' } },
    ]);
    assert.equal(
      String(chart),
      'MAE, fold by fold\n  fold 1: training 1, validation 3 at the end, lowest 2 (epoch 2)\n' +
        '  fold 2: training 0.5, validation 5 at the end, lowest 4 (epoch 2)',
    );
  });

  it('tells of the fold that is picked', async () => {
    const texts = await moveSlider(plotEachFold(folds, { smooth: 0 }), 'fold', 2);
    assert.ok(texts.includes('fold 2: training 0.500, validation 5.000 at the end'), texts.join('|'));
    assert.ok(texts.includes('validation lowest 4.000 at epoch 2'));
  });

  it('smooths after leaving out the first epochs, and takes the loss where there is no metric', () => {
    // From epoch 2 on: 2, then 2.5.
    assert.match(
      String(plotEachFold(folds, { smooth: 0.5, skip: 1 })),
      /fold 1: .* validation 2\.5 at the end, lowest 2 \(epoch 2\)/,
    );
    const bare = { loss: [2, 1], val_loss: [3, 2] };
    assert.equal(plotEachFold([bare], { smooth: 0 }).title, 'Loss, fold by fold');
    assert.match(String(plotEachFold(folds, { key: 'loss', smooth: 0 })), /validation 9 at the end/);
  });

  it('states where every fold ends, and the curves of all at a few epochs', async () => {
    assert.deepEqual(await valuesOf(plotEachFold(folds, { smooth: 0 })), [
      [
        'fold | training MAE at the end | validation MAE at the end | lowest validation | at epoch',
        '1 | 1 | 3 | 2 | 2',
        '2 | 0.5 | 5 | 4 | 2',
        'mean | 0.75 | 4 | – | –',
      ],
      [
        'epoch | fold 1 training | fold 1 validation | fold 2 training | fold 2 validation',
        '1 | 3 | 4 | 3 | 5',
        '2 | 2 | 2 | 1 | 4',
        '3 | 1 | 3 | 0.5 | 5',
      ],
    ]);
    const long = Array.from({ length: 499 }, (_, i) => i);
    const chart = plotEachFold([{ loss: long, val_loss: long }]);
    const [ends, curves] = await valuesOf(chart);
    // Hovering: every tenth epoch of so many.
    assert.ok(JSON.stringify(chart.spec).includes('{"filter":"datum.x % 10 === 0"}'));
    assert.match(ends![0]!, /training loss \(smoothed\) at the end/);
    assert.deepEqual(
      curves!.slice(1).map(row => row.split(' | ')[0]),
      ['11', '50', '100', '150', '200', '250', '300', '350', '400', '450', '499'],
    );
  });

  it('refuses what it cannot draw', () => {
    assert.throws(() => plotEachFold([]), {
      message: 'Expected histories to be an array with one for each fold, received an array of length 0.',
    });
    assert.throws(() => plotEachFold([folds[0]!, { mae: [1], val_mae: [1] }]), {
      message: 'Expected the histories of all folds to be equally long, received lengths 3 and 1.',
    });
    assert.throws(() => plotEachFold([{ mae: [1, 2] }]), {
      message: 'Expected histories[0] to have the key "val_mae", received mae.',
    });
    assert.throws(() => plotEachFold(folds, { fold: 3 }), {
      message: 'Expected fold to be a whole number from 1 to 2, received 3.',
    });
    assert.throws(() => plotEachFold(untyped({})), { message: /^Expected histories to be an array/ });
  });
});
