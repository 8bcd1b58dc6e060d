import assert from 'node:assert/strict';
import { Error as errors, parse, View } from 'vega';
import { compile } from 'vega-lite';
import type { Chart } from '../../../src/charts/Chart';
import { plotConfusions } from '../../../src/charts/plotConfusions';
import { plotDescent } from '../../../src/charts/plotDescent';
import { plotEachFold } from '../../../src/charts/plotEachFold';
import { plotEpochs } from '../../../src/charts/plotEpochs';
import { plotLines } from '../../../src/charts/plotLines';
import { plotThreshold } from '../../../src/charts/plotThreshold';
import { stateOf } from '../../../src/page/charts/stateOf';
import { untyped } from '../../charts/untyped';

/** What is said of a chart when an input was moved. */
async function said(chart: Chart, input?: string, value?: unknown): Promise<string> {
  const view = new View(parse(compile(untyped(chart.spec)).spec), { renderer: 'none', logLevel: errors });
  if (input) view.signal(input, value);
  return stateOf(await view.runAsync());
}

describe('stateOf', () => {
  it('tells what a threshold decides', async () => {
    const chart = plotThreshold([0, 0, 1, 1], [0.1, 0.6, 0.4, 0.9], { labels: ['bad', "it's"] });
    assert.equal(
      await said(chart, 'threshold', 1),
      "threshold 1.00: 0 right and 0 wrong of those called it's, 2 right and 2 wrong of the others, precision undefined, recall 0.000, accuracy 0.500",
    );
  });

  it('tells an epoch of each quantity', async () => {
    const history = { loss: [3, 1], val_loss: [3, 2], mae: [2, 1], val_mae: [2, 3] };
    assert.equal(
      await said(plotEpochs(history), 'epoch', 2),
      'loss, epoch 2, training 1, validation 2, gap: validation worse by 1; mae, epoch 2, training 1, validation 3, gap: validation worse by 2',
    );
  });

  it('tells a fold', async () => {
    const [first, second] = [
      { mae: [3, 1], val_mae: [3, 2] },
      { mae: [4, 1], val_mae: [4, 3] },
    ];
    assert.equal(
      await said(plotEachFold([first, second], { smooth: 0 }), 'fold', 2),
      'fold 2: training 1.000, validation 3.000 at the end, validation lowest 3.000 at epoch 2',
    );
  });

  it('tells the mistakes around a class', async () => {
    const chart = plotConfusions([[50, 3], [4, 43]], { labels: ['acq', 'earn'] }); // prettier-ignore
    assert.equal(
      await said(chart, 'picked', 'earn'),
      'is earn: 47, found 43 (91.5%); the others were taken for: acq 4; called earn: 46, rightly 43 (93.5%); the others really were: acq 3',
    );
  });

  it('tells how far each optimizer has come', async () => {
    const walk = [[2, 2], [1, 1.6], [0.5, 1]]; // prettier-ignore
    const chart = plotDescent((x, y) => x * x + y * y, { sgd: walk, adam: walk.slice(0, 2) });
    assert.equal(await said(chart, 'step', 2), 'sgd after step 2: loss 1.25; adam after step 1: loss 3.56');
  });

  it('has nothing to tell of a chart that nothing moves', async () => {
    assert.equal(await said(plotLines({ a: [1, 2] })), '');
  });
});
