import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isolines, type Segment } from '../../src/charts/isolines';
import { polylines } from '../../src/charts/polylines';

const places = (count: number): number[] => Array.from({ length: count }, (_, i) => i / 3);

const piece = ({ x, y, x2, y2 }: Segment): string => [`${x} ${y}`, `${x2} ${y2}`].toSorted().join(' – ');

describe('polylines', () => {
  it('goes through each piece once, and nowhere else', () => {
    const heights = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(heights, fc.constantFrom<number[]>([0.5], [-1.25, 0, 1.7]), (values, levels) => {
        const grid = Array.from({ length: 5 }, (_, j) => values.slice(6 * j, 6 * j + 6));
        const segments = isolines(places(6), places(5), grid, levels);
        const lines = polylines(segments);
        const drawn = lines.flatMap(line =>
          line.slice(1).map(({ x, y }, i) => piece({ ...line[i]!, x2: x, y2: y, level: 0 })),
        );
        assert.deepEqual(drawn.toSorted(), segments.map(piece).toSorted());
      }),
    );
  });

  it('makes one closed line of a circle, and one open line of a straight one', () => {
    const xs = Array.from({ length: 21 }, (_, i) => i / 10 - 1);
    const over = (height: (x: number, y: number) => number) => xs.map(y => xs.map(x => height(x, y)));
    const [circle, ...others] = polylines(isolines(xs, xs, over(Math.hypot), [0.75]));
    assert.deepEqual(others, []);
    assert.deepEqual(circle!.at(-1), circle![0]);
    assert(circle!.every(({ x, y }) => Math.abs(Math.hypot(x, y) - 0.75) < 0.01));
    const slopes = polylines(
      isolines(
        xs,
        xs,
        over((x, y) => x + y / 3),
        [0.1, 0.4],
      ),
    );
    assert.equal(slopes.length, 2);
    for (const line of slopes) assert(line.length > 20);
  });

  it('has no line where there is no piece', () => {
    assert.deepEqual(polylines([]), []);
  });
});
