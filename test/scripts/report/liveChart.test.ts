import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { liveChart } from '../../../scripts/report/liveChart.mjs';
import { plotDescent, plotLines } from '../../../src/charts';

describe('liveChart', () => {
  it('compiles to Vega, silent for screen readers, its rows apart', async () => {
    const { spec } = plotLines({ a: [1, 2], b: [2, 3] });
    const { data, controls } = await liveChart(spec, spec);
    assert.equal(controls, '');
    const text = JSON.stringify(data.wide);
    assert.match(text, /"operators":\[/);
    assert.doesNotMatch(text, /"aria":true|"\$ingest":\[/);
    assert.deepEqual(data.wide, data.narrow);
    assert.ok(data.shared.length > 0);
  });

  it('writes the controls itself', async () => {
    const chart = plotDescent((x, y) => x * x + y * y, {
      walk: [
        [1, 1],
        [0.5, 0.5],
      ],
    });
    const { data, controls } = await liveChart(chart.spec);
    assert.match(controls, /<label>step <input type="range" min="0" max="1" step="1" value="1"/);
    assert.doesNotMatch(JSON.stringify(data), /"bind"/);
  });

  it('refuses what JSON cannot hold', async () => {
    const spec = {
      data: { values: [{ a: 'x' }] },
      transform: [{ calculate: 'replace(datum.a, /x/g, "y")', as: 'b' }],
      mark: 'point',
      encoding: { x: { field: 'b', type: 'nominal' } },
    };
    await assert.rejects(liveChart(spec), /JSON cannot hold \/x\/g, which its dataflow needs/);
  });

  it('refuses what Vega-Lite warns of', async () => {
    const spec = { data: { values: [] }, mark: 'bar', encoding: { shape: { field: 'x', type: 'nominal' } } };
    await assert.rejects(liveChart(spec), /shape dropped/);
  });
});
