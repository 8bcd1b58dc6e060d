import { deepStrictEqual, strictEqual, throws } from 'node:assert';
import * as fc from 'fast-check';
import { StratifiedKFold } from '../../src/modelSelection/StratifiedKFold';
import { warningsOf } from '../warningsOf';
import { classesOf, foldCases, stored } from './splitGoldens';

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe('StratifiedKFold', () => {
  it('gives scikit-learn’s folds and refuses what it refuses', () => {
    const cases = foldCases.filter(([{ classes }]) => classes > 0);
    for (const [given, expected] of cases) {
      const { n, nSplits, shuffle, randomState, hash } = given;
      const split = (): [number[], number[]][] =>
        new StratifiedKFold({ nSplits, shuffle, randomState }).split(range(n), classesOf(given)!);
      if (expected.error !== undefined) {
        throws(split, /^(RangeError|TypeError): Expected /);
        continue;
      }
      const { value } = warningsOf(split);
      deepStrictEqual(
        value.map(([, test]) => stored(test, hash)),
        expected.test,
      );
    }
    strictEqual(cases.length > 200, true);
  });

  it('gives each fold as many of each class as the others, give or take one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(3), { minLength: 8, maxLength: 80 }),
        fc.integer({ min: 2, max: 5 }),
        (y, k) => {
          const sizes = range(4).map(label => y.filter(item => item === label).length);
          fc.pre(sizes.some(size => size >= k));
          const { value: folds } = warningsOf(() =>
            new StratifiedKFold({ nSplits: k, shuffle: true, randomState: 1 }).split(y, y),
          );
          sizes.forEach((size, label) => {
            for (const [, test] of folds) {
              const found = test.filter(i => y[i] === label).length;
              strictEqual(found === Math.floor(size / k) || found === Math.ceil(size / k), true);
            }
          });
        },
      ),
    );
  });

  it('warns about a class smaller than the folds', () => {
    const { warnings } = warningsOf(() => new StratifiedKFold({ nSplits: 3 }).split(range(4), [0, 0, 0, 1]));
    deepStrictEqual(warnings, [
      'Warning: the smallest class in y has 1 sample, fewer than nSplits = 3: some folds test none of it.',
    ]);
  });

  it('says what is wrong', () => {
    const folds = new StratifiedKFold({ nSplits: 2 });
    throws(() => folds.split(range(3), [0, 1]), {
      message: 'Expected x and y to have as many samples, received 3 and 2.',
    });
    throws(() => folds.split(range(2), [0, 1]), {
      message:
        'Expected a class with at least as many samples as folds (nSplits = 2), received 1 samples in the largest class.',
    });
    throws(() => folds.split(range(2), [0.5, 1]), {
      message:
        'Expected y to hold class labels, received 0.5 at position 0. ' +
        'Turn probabilities into labels first: the position of the largest in each row, or p > 0.5 for a single unit.',
    });
    throws(
      () =>
        folds.split(range(2), [
          [0, 1],
          [1, 0],
        ]),
      {
        // prettier-ignore
        message:
        'Expected y to have one value for each sample, received a row of 2 values at position 0. ' +
        'Of one-hot rows or probabilities take the position of the largest in each row.',
      },
    );
    throws(() => new StratifiedKFold({ randomState: 1 }), {
      message:
        'Expected randomState only together with shuffle: true, since it has no effect otherwise. Leave it out or set shuffle: true.',
    });
  });
});
