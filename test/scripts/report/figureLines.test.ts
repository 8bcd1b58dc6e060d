import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { figureLines } from '../../../scripts/report/figureLines.mjs';
import { liveChart } from '../../../scripts/report/liveChart.mjs';
import { plotBars, plotDescent, plotHistogram, plotLines, plotThreshold } from '../../../src/charts';
import { sharedExpressions } from '../../../src/page/charts/sharedExpressions';
import { withTables } from '../../../src/page/charts/withTables';

const drawn = async (dataflow: ConstructorParameters<typeof View>[0], options = {}): Promise<string> => {
  const svg = await new View(dataflow, { renderer: 'none', ...options }).toSVG();
  // Clips are numbered by a counter of the process.
  return svg.replaceAll(/clip\d+/g, 'clip');
};

describe('figureLines', () => {
  it('keeps each expression once, and an empty line for what a figure has not', () => {
    const expression = (code: string): object => ({ code, ast: { type: 'Literal', value: 1, raw: code } });
    const wide = { operators: [{ update: expression('a') }, { update: expression('b') }] };
    const figures = [
      { wide, narrow: { operators: [expression('b')] }, shared: [[{ code: 1, ast: 2 }]] },
      { playground: { seed: 1 } },
    ];
    const before = structuredClone(figures);
    assert.deepEqual(figureLines(figures).split('\n'), [
      '[{"type":"Literal","value":1},{"type":"Literal","value":1}]',
      '{"operators":[{"update":{"code":0}},{"update":{"code":1}}]}',
      '{"operators":[{"code":1}]}',
      '[[{"code":1,"ast":2}]]',
      '',
      '',
      '',
      '',
      '{"seed":1}',
    ]);
    assert.deepEqual(figures, before);
  });

  it('a page draws from them what the interpreter draws from the whole', async () => {
    const walk: [number, number][] = [
      [1, 1],
      [0.5, 0.2],
      [0.1, 0],
    ];
    const charts = [
      plotBars({ a: 1, b: 2 }),
      plotLines({ a: [1, 2], b: [2, 3] }),
      plotHistogram([1, 2, 2, 3, 5], { bins: 4 }),
      plotDescent((x, y) => x * x + y * y, { walk }),
      plotThreshold([0, 1, 1, 0], [0.2, 0.8, 0.4, 0.5]),
    ];
    const figures = await Promise.all(charts.map(async ({ spec }) => (await liveChart(spec, spec)).data));
    const wanted = await Promise.all(
      figures.map(({ wide, shared }) =>
        drawn(withTables(JSON.stringify(wide), JSON.stringify(shared)), { expr: expressionInterpreter }),
      ),
    );
    const [expressions = '', ...lines] = figureLines(figures).split('\n');
    const expr = sharedExpressions(JSON.parse(expressions));
    for (const [i, svg] of wanted.entries()) {
      const [wide = '', narrow = '', shared = ''] = lines.slice(i * 4);
      for (const dataflow of [wide, narrow])
        assert.ok((await drawn(withTables(dataflow, shared), { expr })) === svg, `chart ${i} differs`);
      assert.match(svg, /<path|<rect/);
    }
  });
});
