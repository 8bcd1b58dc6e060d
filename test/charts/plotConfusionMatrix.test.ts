import assert from 'node:assert/strict';
import { plotConfusionMatrix } from '../../src/charts/plotConfusionMatrix';
import { confusionMatrix } from '../../src/metrics/confusionMatrix';
import { checkChart } from './checkChart';
import { untyped } from './untyped';

describe('plotConfusionMatrix', () => {
  it('draws a cell for each count above zero and writes its number', async () => {
    const chart = plotConfusionMatrix(confusionMatrix([2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2]));
    await checkChart('plotConfusionMatrix', chart, { rect: 4, text: 4 });
    assert.equal(
      String(chart),
      'Confusion matrix\n  on the diagonal (right): 4 of 6\n  1 taken for 2: 1\n  2 taken for 0: 1',
    );
  });

  it('draws many classes by name without numbers, coloured by logarithm, most confused first in the text', async () => {
    const names = Array.from({ length: 13 }, (_, i) => `topic <${i}>`);
    const matrix = names.map((_, i) =>
      names.map((_name, j) => (i === j ? 10 ** (i % 4) : i === j + 1 ? i : 0)),
    );
    const before = structuredClone(matrix);
    const chart = plotConfusionMatrix(matrix, { labels: names, log: true, title: 'Topics' });
    const svg = await checkChart('plotConfusionMatrix-log', chart, { rect: 25 });
    // The legend: both ends and the powers of ten between them.
    for (const n of ['1', '10', '100', '1,000']) assert.ok(svg.includes(`>${n}</text>`), n);
    assert.ok(svg.includes('topic &lt;12&gt;') && !svg.includes('topic <'));
    assert.equal(String(chart).split('\n')[2], '  topic <12> taken for topic <11>: 12');
    assert.deepEqual(matrix, before);
  });

  it('draws shares too', async () => {
    const chart = plotConfusionMatrix([
      [0.75, 0.25],
      [0, 1],
    ]);
    const svg = await checkChart('plotConfusionMatrix-shares', chart, { rect: 3, text: 3 });
    assert.ok(svg.includes('>0.250<') && svg.includes('>1.000<'));
  });

  it('writes counts whole, however few or many, and weighted counts with a decimal', async () => {
    const texts = async (matrix: number[][]): Promise<string[]> => {
      const wide = (await plotConfusionMatrix(matrix).toSVG()).split('class="kp-narrow"')[0]!;
      return [...wide.matchAll(/<g class="mark-text role-mark [^>]*>(.*?)<\/g>/gs)].flatMap(([, body]) =>
        [...body!.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => text!),
      );
    };
    const pair = (right: number): number[][] => [
      [right, 0],
      [0, 1],
    ];
    assert.deepEqual(await texts(pair(1)), ['1', '1']);
    assert.deepEqual(await texts(pair(123_456)), ['123,456', '1']);
    assert.deepEqual(await texts(pair(2.5)), ['2.5', '1.0']);
  });

  it('colours shares by logarithm from the lowest to the highest', () => {
    const shares = [
      [0.9, 0.1],
      [0.02, 0.5],
    ];
    const spec = JSON.stringify(plotConfusionMatrix(shares, { log: true }).spec);
    assert.ok(spec.includes('"domain":[0.02,0.9]'), spec);
    const alike = JSON.stringify(plotConfusionMatrix([[1]], { log: true }).spec);
    assert.ok(alike.includes('"domain":[1,2]'), alike);
    const ticksOf = (matrix: number[][]): unknown =>
      /"values":(\[[\d.,]*\])/.exec(JSON.stringify(plotConfusionMatrix(matrix, { log: true }).spec))?.[1];
    assert.equal(ticksOf(shares), '[0.02,0.1,0.9]');
    // 1000 would touch 1036.
    assert.equal(ticksOf([[1036, 1], [2, 900]]), '[1,10,100,1036]'); // prettier-ignore
  });

  it('refuses what it cannot draw', () => {
    assert.throws(() => plotConfusionMatrix([[1, 2]]), {
      message: 'Expected a square matrix, received 1 rows and 2 columns in row 0.',
    });
    assert.throws(() => plotConfusionMatrix([[0]]), {
      message: 'Expected a matrix that counts something, received only zeros.',
    });
    assert.throws(() => plotConfusionMatrix([[-1]]), {
      message: 'Expected counts or shares from 0, received -1 in row 0 of matrix.',
    });
    assert.throws(() => plotConfusionMatrix([[1]], { labels: ['a', 'b'] }), {
      message: 'Expected labels to be 1 names, one for each row, received an array of length 2.',
    });
    const two = [
      [1, 0],
      [0, 1],
    ];
    assert.throws(() => plotConfusionMatrix(two, { labels: ['a', 'a'] }), {
      message: 'Expected labels to differ, received "a" twice. Add the class number.',
    });
    assert.throws(() => plotConfusionMatrix(untyped('x')), {
      message: 'Expected matrix to be rows of numbers, received "x".',
    });
    assert.throws(() => plotConfusionMatrix(two, { log: untyped('no') }), {
      message: 'Expected log to be true or false, received "no".',
    });
  });
});
