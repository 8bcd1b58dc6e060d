import assert from 'node:assert/strict';
import { curvesSvg, type Curve } from '../../src/notebook/curvesSvg';

const frame = { label: 'loss by epoch', x: [1, 10] } as const;
const curve = (values: number[], kind: Curve['kind'] = 'line'): Curve => ({
  points: values.map((y, i) => [i + 1, y]),
  color: '#123456',
  kind,
});
/** The places of a curve's path, as numbers. */
function places(svg: string): [number, number][] {
  const path = /<path d="([^"]*)" fill="none" stroke="#123456"/.exec(svg)![1]!;
  return [...path.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

describe('curvesSvg', () => {
  it('draws from left to right, higher values higher, within the frame', () => {
    const at = places(curvesSvg([curve([3, 1, 2])], frame));
    assert.equal(at.length, 3);
    assert.ok(at[0]![0] < at[1]![0] && at[1]![0] < at[2]![0]);
    assert.ok(at[0]![1] < at[2]![1] && at[2]![1] < at[1]![1]);
    assert.ok(at.every(([x, y]) => x > 44 && x < 322 && y > 6 && y < 112));
    // The axis ends at the planned end, which the curve has not reached.
    assert.ok(at[2]![0] < 130);
  });

  it('is a picture with a name and without ids', () => {
    const svg = curvesSvg([curve([1, 2])], frame);
    assert.match(svg, /^<svg role="img" aria-label="loss by epoch"/);
    assert.ok(!/ id=|NaN|Infinity|undefined/.test(svg));
  });

  it('names round values and whole epochs', () => {
    const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => text);
    assert.deepEqual(texts(curvesSvg([curve([0, 1])], frame)), [
      '0.0',
      '0.5',
      '1.0',
      '2',
      '4',
      '6',
      '8',
      '10',
    ]);
    assert.deepEqual(texts(curvesSvg([curve([2e-7, 4e-7])], { ...frame, x: [1, 3] })), [
      '2.0e-7',
      '3.0e-7',
      '4.0e-7',
      '1',
      '2',
      '3',
    ]);
    assert.deepEqual(texts(curvesSvg([curve([250000, 750000])], frame)).slice(0, 3), [
      '4.0e+5',
      '6.0e+5',
      '2',
    ]);
  });

  it('draws what there is: nothing, one point, equal values, gaps', () => {
    assert.ok(!curvesSvg([], frame).includes('fill="none"'));
    assert.equal(places(curvesSvg([curve([5])], frame)).length, 1);
    assert.equal(new Set(places(curvesSvg([curve([0, 0, 0])], frame)).map(([, y]) => y)).size, 1);
    const gap = curvesSvg([curve([1, NaN, 2, 3])], frame);
    assert.ok(!gap.includes('NaN'));
    assert.equal(places(gap).length, 3);
    assert.equal(/d="(M[^"]*h0M[^"]*h0L[^"]*)" fill="none"/.exec(gap)?.length, 2);
  });

  it('keeps the outline of very many points', () => {
    const values = Array.from({ length: 20_000 }, (_, i) => (i === 12_345 ? 9 : i % 2));
    const svg = curvesSvg([{ ...curve(values) }], { ...frame, x: [1, 20_000] });
    assert.ok(svg.length < 12_000, String(svg.length));
    const heights = places(svg).map(([, y]) => y);
    assert.equal(heights.filter(y => y === Math.min(...heights)).length, 1);
  });
});
