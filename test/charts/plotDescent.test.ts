import assert from 'node:assert/strict';
import { isolines } from '../../src/charts/isolines';
import { plotDescent } from '../../src/charts/plotDescent';
import { checkChart, countMarks } from './checkChart';
import { shaped, untyped } from './untyped';

const bowl = (x: number, y: number): number => x * x + y * y;
const walk = [
  [2, 2],
  [1, 1],
  [0.5, 0.5],
];

describe('plotDescent', () => {
  it('draws lines of equal loss, paths, their ends and their start, and a slider for the step', async () => {
    const chart = plotDescent(bowl, { sgd: walk, slow: walk.slice(0, 2) }, { levels: 1 });
    const svg = await checkChart('plotDescent', chart, { line: 1 + 2, symbol: 5 + 2 + 2 });
    assert.ok(!svg.includes('<input'));
    const { params } = shaped<{ params: object[] }>(chart.spec);
    assert.deepEqual(params, [
      { name: 'step', value: 2, bind: { input: 'range', min: 0, max: 2, step: 1, name: 'step ' } },
    ]);
    assert.equal(
      String(chart),
      'Paths of 2 optimizers\n  sgd: loss 8 → 0.5 in 2 steps, at (0.5, 0.5)\n  slow: loss 8 → 2 in 1 step, at (1, 1)',
    );
  });

  it('shows the paths up to the step of the slider', async () => {
    const chart = plotDescent(bowl, { sgd: walk }, { levels: 1 });
    const spec = structuredClone(chart.spec);
    shaped<{ params: { value: number }[] }>(spec).params[0]!.value = 1;
    const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
    const view = new vega.View(vega.parse(compile(untyped(spec)).spec), { renderer: 'none' });
    const marks = countMarks(await view.toSVG());
    view.finalize();
    assert.equal(marks.symbol, 2 + 1 + 1);
  });

  it('finds places of equal height', () => {
    const places = Array.from({ length: 41 }, (_, i) => i / 10 - 2);
    const lines = isolines(
      places,
      places,
      places.map(y => places.map(x => bowl(x, y))),
      [1],
    );
    assert.ok(lines.length > 50);
    for (const { x, y, x2, y2 } of lines) {
      assert.ok(Math.abs(Math.hypot(x, y) - 1) < 0.01 && Math.abs(Math.hypot(x2, y2) - 1) < 0.01);
    }
    const around = lines.reduce((sum, { x, y, x2, y2 }) => sum + Math.hypot(x2 - x, y2 - y), 0);
    assert.ok(Math.abs(around - 2 * Math.PI) < 0.03, String(around));
  });

  it('draws both pieces of a line through a saddle', () => {
    const lines = isolines([0, 1], [0, 1], [[1, 0], [0, 1]], [0.5]); // prettier-ignore
    assert.equal(lines.length, 2);
  });

  it('refuses what it cannot draw', () => {
    assert.throws(() => plotDescent(untyped(1), { a: walk }), {
      message: 'Expected loss to be a function of x and y, received 1.',
    });
    assert.throws(() => plotDescent(bowl, {}), {
      message: 'Expected 1 to 8 paths to tell apart, received 0.',
    });
    assert.throws(() => plotDescent(bowl, { a: [] }), {
      message: 'Expected paths.a to be a list of [x, y], received an array of length 0.',
    });
    assert.throws(() => plotDescent(bowl, { a: [[1, 2, 3]] }), {
      message: 'Expected place 0 of paths.a to be [x, y], received an array of length 3.',
    });
    assert.throws(() => plotDescent(() => NaN, { a: walk }), {
      message: /^Expected the loss to be a finite number, received NaN at \(/,
    });
    assert.throws(() => plotDescent(bowl, { a: walk }, { xRange: [2, 1] }), {
      message:
        'Expected xRange to be two finite numbers, the lower one first, received an array of length 2.',
    });
  });
});
