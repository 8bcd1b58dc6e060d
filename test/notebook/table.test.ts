import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { DataFrame } from 'danfojs-node';
import * as fc from 'fast-check';
import { displayKey, isDisplayable } from '../../src/notebook/display';
import { table } from '../../src/notebook/table';

describe('table', () => {
  it('runs its example, with its numbers to the right', () => {
    const made = table(
      [
        { epoch: 1, loss: 0.51 },
        { epoch: 2, loss: 0.3 },
      ],
      { caption: 'Training' },
    );
    assert.equal(
      made.toString(),
      ['Training', 'epoch  loss', '-----  ----', '    1  0.51', '    2  0.30'].join('\n'),
    );
    assert.equal(inspect(made), made.toString());
    assert.equal(made.toHTML().split('\n')[2], '<tbody>');
    assert.match(made.toHTML(), /<caption style="text-align: left">Training<\/caption>/);
    assert.match(
      made.toHTML(),
      /<td style="text-align: right; font-variant-numeric: tabular-nums">0\.30<\/td>/,
    );
  });

  it('shows itself as HTML and text, and hides the way', () => {
    const made = table([{ a: 'x' }]);
    assert.ok(isDisplayable(made));
    assert.deepEqual(made[displayKey](), { 'text/html': made.toHTML(), 'text/plain': 'a\n-\nx' });
    assert.equal(Object.keys(made).includes(String(displayKey)), false);
  });

  it('escapes every text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (value, name) => {
        const html = table([[value]], { columns: [name], caption: value }).toHTML();
        const tags = new Set(html.match(/<[^>]*>/g)?.map(tag => tag.replace(/[ >].*/s, '')));
        for (const tag of tags) {
          assert.ok(
            [
              '<table',
              '<caption',
              '</caption',
              '<thead',
              '</thead',
              '<tbody',
              '</tbody',
              '</table',
              '<tr',
              '</tr',
              '<th',
              '</th',
              '<td',
              '</td',
            ].includes(tag),
            tag,
          );
        }
        assert.doesNotMatch(html.replaceAll(/<[^>]*>|&(amp|lt|gt|quot|#39);/g, ''), /[<>&"']/);
      }),
    );
  });

  it('takes missing values, other types and mixed columns', () => {
    const made = table([
      { a: 1, b: null },
      { b: 'two', c: [1, 2] },
      { a: Number.NaN, c: true },
    ]);
    assert.deepEqual(made.columns, ['a', 'b', 'c']);
    assert.equal(
      made.toString(),
      ['  a  b    c', '---  ---  ----', '  1', '     two  1, 2', 'NaN       true'].join('\n'),
    );
  });

  it('gives numbers of a column as many decimals as it needs, at most 4, or as many as asked', () => {
    const texts = (values: number[], digits?: number) =>
      table(
        values.map(value => [value]),
        digits === undefined ? {} : { digits },
      )
        .toString()
        .split('\n')
        .slice(2)
        .map(text => text.trim());
    assert.deepEqual(texts([1, 2]), ['1', '2']);
    assert.deepEqual(texts([0.5, 1 / 3, 2]), ['0.5000', '0.3333', '2.0000']);
    assert.deepEqual(texts([0.5, 12]), ['0.5', '12.0']);
    assert.deepEqual(texts([0.5, 12], 2), ['0.50', '12.00']);
    assert.deepEqual(texts([1, 12, Infinity], 2), ['1', '12', 'Infinity']);
    assert.deepEqual(texts([1e-5, 1], 5), ['0.00001', '1.00000']);
    assert.deepEqual(texts([1.5e-7, 0.25]), ['1.50e-7', '0.25']);
    assert.deepEqual(texts([-0, 3e20]), ['0', '3.00e+20']);
    assert.deepEqual(texts([Infinity, 1]), ['Infinity', '1']);
  });

  it('keeps a value and its spread on one line', () => {
    assert.ok(
      table([{ loss: '0.31 ± 0.02' }])
        .toHTML()
        .includes('>0.31&nbsp;±&nbsp;0.02<'),
    );
  });

  it('aligns Chinese characters', () => {
    const lines = table([
      { 词: '电影', n: 1 },
      { 词: 'film', n: 2 },
    ])
      .toString()
      .split('\n');
    assert.deepEqual(lines, ['词    n', '----  -', '电影  1', 'film  2']);
  });

  it('takes rows of values and danfojs frames, with their index if it says something', () => {
    assert.equal(table([[1, 'a']], { columns: ['n', 's'] }).toString(), 'n  s\n-  -\n1  a');
    const frame = new DataFrame(
      [
        [1, 2],
        [3, 4],
      ],
      { columns: ['p', 'q'] },
    );
    assert.equal(table(frame).toString(), 'p  q\n-  -\n1  2\n3  4');
    assert.equal(table(frame, { columns: ['q'] }).toString(), 'q\n-\n2\n4');
    const named = new DataFrame([[1], [3]], { columns: ['p'], index: ['mean', 'std'] });
    assert.equal(table(named).toString(), '      p\n----  -\nmean  1\nstd   3');
  });

  it('counts the rows it leaves out', () => {
    const rows = Array.from({ length: 53 }, (_, at) => ({ at }));
    assert.match(table(rows).toString(), /\n49\n… and 3 more rows$/);
    assert.match(
      table(rows, { maxRows: 52 }).toHTML(),
      /<td colspan="1" style="text-align: left">… and 1 more row<\/td>/,
    );
    assert.equal(table(rows).rows.length, 53);
  });

  it('is empty without rows', () => {
    assert.equal(table([], { columns: ['a'] }).toString(), 'a\n-');
  });

  it('says what is wrong', () => {
    const wrong = (rows: unknown, options?: unknown) => () =>
      Reflect.apply(table, undefined, [rows, options]);
    assert.throws(wrong(3), {
      message: 'Expected an array of rows or a DataFrame for table, received 3. Write [{ name: value }].',
    });
    assert.throws(wrong([{ a: 1 }, 2]), {
      message: 'Expected row 1 of table to be an object, received 2. Write [{ name: value }].',
    });
    assert.throws(wrong([[1], { a: 1 }]), {
      message:
        'Expected row 1 of table to be an array as the first is, received an object. Make all rows alike.',
    });
    assert.throws(wrong([{ a: 1 }], { columns: ['b'] }), {
      message: 'Expected a column of table, received "b". Its columns are: a.',
    });
    assert.throws(wrong([[1, 2]], { columns: ['b'] }), {
      message: 'Expected 2 names in columns of table, received 1. Give one for each value of a row.',
    });
    assert.throws(wrong([], { captoin: 'x' }), {
      message:
        'Unknown option "captoin" of table. Did you mean "caption"? Its options are: columns, caption, digits, maxRows.',
    });
    assert.throws(wrong([], { digits: -1 }), {
      message: 'Expected digits of table to be a whole number from 0 to 20, received -1.',
    });
  });

  it('leaves its input alone', () => {
    const rows = [{ a: 1, b: [1] }];
    const copy = structuredClone(rows);
    table(rows, { columns: ['b', 'a'] });
    assert.deepEqual(rows, copy);
  });
});
