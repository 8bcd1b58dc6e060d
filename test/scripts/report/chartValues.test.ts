import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as tf from '@tensorflow/tfjs';
import { chartValues } from '../../../scripts/report/chartValues.mjs';
import { liveChart } from '../../../scripts/report/liveChart.mjs';
import { untyped } from '../../untyped';
import { Chart } from '../../../src/charts/Chart';
import { plotConfusionMatrix, plotHistory, plotLines, plotModel } from '../../../src/charts';

describe('chartValues', () => {
  const valuesOf = async (chart: { spec: object }) => (await liveChart(chart.spec)).values;

  it('the panels of a history as one table, by epoch, a gap as a dash', async () => {
    const chart = plotHistory({
      loss: [0.5, NaN],
      val_loss: [0.4, 0.35],
      accuracy: [0.8, 0.9],
      val_accuracy: [0.85, 0.86],
    });
    assert.deepEqual(await valuesOf(chart), [
      {
        columns: ['epoch', 'training loss', 'validation loss', 'training accuracy', 'validation accuracy'],
        rows: [
          ['1', '0.5', '0.4', '0.8', '0.85'],
          ['2', '–', '0.35', '0.9', '0.86'],
        ],
        of: 2,
      },
    ]);
  });

  it('a heat map cell by cell', async () => {
    const [table] = await valuesOf(
      plotConfusionMatrix(
        [
          [5, 1],
          [0, 4],
        ],
        { labels: ['no', 'yes'] },
      ),
    );
    assert.deepEqual(table?.columns, ['truth', 'predicted', 'how many', 'which is']);
    assert.deepEqual(table?.rows, [
      ['no', 'no', '5', 'right'],
      ['no', 'yes', '1', 'confused'],
      ['yes', 'yes', '4', 'right'],
    ]);
  });

  it('a long table is thinned evenly, its first and last row kept', async () => {
    const values = Array.from({ length: 4000 }, (_, i) => i);
    const [table] = await valuesOf(plotLines({ one: values }));
    assert.equal(table?.of, 4000);
    assert.ok(table.rows.length > 1000 && table.rows.length <= 1251, String(table.rows.length));
    assert.deepEqual([table.rows[0]?.[0], table.rows.at(-1)?.[0]], ['1', '4000']);
  });

  it('what a chart states of itself, which its live view does not carry', async () => {
    const view = {
      data: { values: [{ a: 1 }] },
      mark: { type: 'bar', tooltip: true },
      encoding: { x: { field: 'a', type: 'quantitative' } },
    };
    const values = [{ columns: ['name', 'n'], rows: [['stated', 1.5], ['gap', null]] }]; // prettier-ignore
    const chart = new Chart({ title: 'One', description: '', text: [], view, values });
    const live = await liveChart(chart.spec);
    assert.deepEqual(live.values, [{ columns: ['name', 'n'], rows: [['stated', '1.5'], ['gap', '–']], of: 2 }]); // prettier-ignore
    assert.ok(!JSON.stringify(live.data).includes('stated'));
    // A notebook may show any specification: what is no table is not taken for one.
    const odd = await liveChart({ ...chart.spec, usermeta: { values: [{ columns: ['a'], rows: [1] }] } });
    assert.deepEqual(odd.values, [{ columns: ['a'], rows: [['1']], of: 1 }]);
  });

  it('none where nothing is told, and what Vega warns of is an error', async () => {
    assert.deepEqual(await chartValues({ width: 10, height: 10 }), []);
    const { values } = await liveChart(
      plotModel(tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] })).spec,
    );
    assert.ok(Array.isArray(values));
    await assert.rejects(chartValues({ marks: untyped([{ type: 'no such mark' }]) }));
  });
});
