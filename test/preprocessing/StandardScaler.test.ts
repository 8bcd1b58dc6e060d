import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { SparseMatrix } from '../../src/matrix/SparseMatrix';
import { StandardScaler } from '../../src/preprocessing/StandardScaler';
import { RandomState } from '../../src/random/RandomState';
import { untyped } from '../untyped';
import { golden } from './golden';

/** The data of test/reference/preprocessing.py, drawn again. */
function data(name: string): number[][] {
  const r = new RandomState(11);
  const columns = (rows: number, scale: number[], shift: number[]): number[][] =>
    r.randomSample([rows, scale.length]).map(row => row.map((v, j) => v * scale[j]! + shift[j]!));
  switch (name) {
    case 'mixed':
      return columns(101, [1, 1e-3, 1e6, 10, 400], [0, 5, -1e6, 1e8, 0]);
    case 'column':
      return columns(1003, [50], [0]);
    case 'long':
      return columns(3000, [1, 1], [0, 1e4]);
    case 'constant':
      return r.randomSample([20, 3]).map(row => [row[0]!, 0.1, 0]);
    case 'missing':
      return r
        .randomSample([30, 3])
        .map((row, i) => [i % 4 === 0 ? NaN : row[0]!, row[1]!, i === 5 ? NaN : row[2]!]);
    case 'one':
      return r.randomSample([1, 4]);
    case 'seven':
      return r.randomSample([7, 1]);
    default:
      throw new Error(name);
  }
}

/** Python's float.hex back as a number. */
function fromHex(text: string): number {
  if (text === 'nan') return NaN;
  const [, sign, lead, fraction, power] = /^(-?)0x([01])\.([0-9a-f]+)p([+-]\d+)$/.exec(text)!;
  const value = (Number(lead) + Number(`0x${fraction}`) / 16 ** fraction!.length) * 2 ** Number(power);
  return sign === '-' ? -value : value;
}

const numbers = (texts: readonly string[] | null): number[] | null => texts && texts.map(fromHex);

describe('StandardScaler', () => {
  for (const want of golden.scalers) {
    it(`equals scikit-learn ${golden.sklearn} bit for bit: ${want.data} ${JSON.stringify(want.options)}`, () => {
      const x = data(want.data);
      const copy = structuredClone(x);
      const scaler = new StandardScaler(want.options).fit(x);
      assert.deepEqual(scaler.mean, numbers(want.mean));
      assert.deepEqual(scaler.var, numbers(want.var));
      assert.deepEqual(scaler.scale, numbers(want.scale));
      assert.deepEqual(scaler.nSamplesSeen, want.seen);
      const transformed = scaler.transform(x);
      assert.deepEqual(transformed.slice(0, 25).flat(), numbers(want.transformed));
      assert.deepEqual(scaler.inverseTransform(transformed).slice(0, 25).flat(), numbers(want.back));
      const parts = new StandardScaler(want.options);
      const third = Math.max(1, Math.floor(x.length / 3));
      for (let i = 0; i < x.length; i += third) parts.partialFit(x.slice(i, i + third));
      assert.deepEqual(parts.mean, numbers(want.partial.mean));
      assert.deepEqual(parts.var, numbers(want.partial.var));
      assert.deepEqual(parts.scale, numbers(want.partial.scale));
      assert.deepEqual(x, copy, 'the input is unchanged');
    });
  }

  it('undoes itself', () => {
    const cell = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }), rows => {
        const scaler = new StandardScaler();
        const back = scaler.inverseTransform(scaler.fitTransform(rows));
        back.flat().forEach((value, i) => assert.ok(Math.abs(value - rows.flat()[i]!) <= 1e-6));
      }),
    );
  });

  it('takes tensors and typed rows', () => {
    const x = tf.tensor2d([
      [0, 5],
      [2, 5],
    ]);
    const scaler = new StandardScaler().fit(x);
    assert.deepEqual(scaler.transform(x), [
      [-1, 0],
      [1, 0],
    ]);
    assert.deepEqual(scaler.transform(untyped([Float32Array.of(4, 5)])), [[3, 0]]);
    x.dispose();
  });

  it('gives away no inner state', () => {
    const scaler = new StandardScaler().fit([[0], [2]]);
    scaler.mean![0] = 99;
    scaler.scale![0] = 99;
    assert.deepEqual(scaler.transform([[4]]), [[3]]);
  });

  it('says what is wrong', () => {
    const fitted = new StandardScaler().fit([
      [1, 2],
      [3, 4],
    ]);
    const cases: [() => unknown, string][] = [
      [
        () => new StandardScaler().transform([[1]]),
        'Expected the StandardScaler to be fitted before transform, received none. Call fit(x) first.',
      ],
      [
        () => new StandardScaler().mean,
        'Expected the StandardScaler to be fitted before mean, received none. Call fit(x) first.',
      ],
      [
        () => fitted.transform([[1, 2, 3]]),
        'Expected x to have 2 columns, as fitted, received 3. Give the columns that the scaler was fitted on.',
      ],
      [
        () => fitted.partialFit([[1]]),
        'Expected x to have 2 columns, as fitted, received 1. Give the columns that the scaler was fitted on.',
      ],
      [() => fitted.fit([]), 'Expected x to have at least one row and one column, received shape [0, 0].'],
      [() => fitted.fit([[]]), 'Expected x to have at least one row and one column, received shape [1, 0].'],
      [
        () => fitted.fit([[1, Infinity]]),
        'Expected x to have no infinite value, received Infinity in row 0, column 1.',
      ],
      [
        () => fitted.fit(new SparseMatrix({ shape: [1, 2], indptr: [0, 1], indices: [0] })),
        'Expected rows of numbers for StandardScaler, received a SparseMatrix, which would not stay sparse. ' +
          'Call toArray() first if it is small.',
      ],
      [
        () => new StandardScaler(untyped({ with_mean: true })),
        'Unknown option "with_mean" of StandardScaler. Did you mean "withMean"? Its options are: withMean, withStd.',
      ],
      [
        () => new StandardScaler(untyped({ withStd: 1 })),
        'Expected withStd to be true or false, received 1.',
      ],
    ];
    for (const [call, message] of cases) assert.throws(call, { message });
    assert.throws(
      () => fitted.fit(untyped([1, 2, 3])),
      /Make it a column with x\.map\(\(v\) => \[v\]\), or one row with \[x\]\.$/,
    );
  });
});
