import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RandomState } from '../../src/random/RandomState';

interface Case {
  seed: number | number[];
  [draw: string]: unknown;
}

interface Golden {
  numpy: string;
  cases: Case[];
  longRun: { seed: number; permutation: string; randomSample: string; randint: string; randn: string[] };
}

const golden: Golden = JSON.parse(readFileSync(join(__dirname, '../reference/randomState.json'), 'utf8'));

function bits(values: readonly number[]): string[] {
  return values.map(value => {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value);
    return bytes.toString('hex');
  });
}

function sha256(values: Int32Array | Float64Array): string {
  return createHash('sha256').update(values).digest('hex');
}

describe('RandomState', () => {
  for (const want of golden.cases) {
    const label = JSON.stringify(want.seed);
    it(`equals NumPy ${golden.numpy} bit for bit, seed ${label.length > 30 ? `${label.slice(0, 30)}…` : label}`, () => {
      const r = new RandomState(want.seed);
      const rows = Array.from({ length: 6 }, (_, i) => [2 * i, 2 * i + 1]);
      const letters = 'abcdefg'.split('');
      const got: Record<string, unknown> = { seed: want.seed };
      got.randomSample = bits(r.randomSample(7));
      got.randint = r.randint(0, 10, 12);
      got.randint32 = r.randint(0, 2 ** 32, 5);
      got.randintOne = r.randint(5, 6, 3);
      got.randintBig = r.randint(-(2 ** 40), 2 ** 50, 8);
      got.randintEdge = r.randint(0, 2 ** 32 + 1, 3);
      got.permutation = r.permutation(13);
      r.shuffle(rows);
      got.shuffleRows = rows;
      r.shuffle(letters);
      got.shuffleList = letters;
      got.randn = bits(r.randn(9));
      got.between = bits([r.randomSample()]);
      got.randn2 = bits(r.randn(2, 3).flat());
      got.uniform = bits(r.uniform(-3, 4.5, 5));
      got.normal = bits(r.normal(10, 0.1, 4));
      got.choice = r.choice(100, 6);
      got.choiceOnce = r.choice(10, 6, { replace: false });
      got.choiceP = r.choice(4, 9, { p: [0.1, 0.2, 0.3, 0.4] });
      got.choiceScalar = r.choice(7);
      got.choiceOfOne = r.choice(1, 2);
      got.last = bits(r.randomSample(3));
      assert.deepEqual(got, want);
    });
  }

  it('equals NumPy over long runs', () => {
    const want = golden.longRun;
    const r = new RandomState(want.seed);
    assert.equal(sha256(Int32Array.from(r.permutation(100_000))), want.permutation);
    assert.equal(sha256(Float64Array.from(r.randomSample(100_000))), want.randomSample);
    assert.equal(sha256(Int32Array.from(r.randint(0, 1000, 100_000))), want.randint);
  });

  it('equals NumPy in a long run of randn, but for the last bit of a few', () => {
    const r = new RandomState(golden.longRun.seed);
    r.permutation(100_000);
    r.randomSample(100_000);
    r.randint(0, 1000, 100_000);
    const got = bits(r.randn(2_000));
    const steps = golden.longRun.randn.map((want, i) => Number(BigInt(`0x${want}`) - BigInt(`0x${got[i]}`)));
    assert.ok(steps.every(n => Math.abs(n) <= 1));
    assert.ok(steps.filter(n => n !== 0).length <= 4);
  });

  it('gives the same for typed arrays and arrays', () => {
    const typed = Int32Array.from({ length: 50 }, (_, i) => i);
    new RandomState(7).shuffle(typed);
    assert.deepEqual([...typed], new RandomState(7).permutation(50));
  });

  it('leaves the input of permutation and choice alone', () => {
    const x = Object.freeze([3, 1, 2]);
    const r = new RandomState(0);
    assert.deepEqual(
      [...r.permutation(x)].sort((a, b) => a - b),
      [1, 2, 3],
    );
    assert.ok(x.includes(r.choice(x)));
    r.choice(x, 2, { replace: false });
    assert.deepEqual(x, [3, 1, 2]);
  });

  it('differs from run to run without a seed', () => {
    assert.notDeepEqual(
      new RandomState().randint(0, 2 ** 32, 8),
      new RandomState(null).randint(0, 2 ** 32, 8),
    );
  });

  it('handles the empty and the single', () => {
    const r = new RandomState(1);
    assert.deepEqual(r.permutation(0), []);
    assert.deepEqual(r.permutation(1), [0]);
    assert.deepEqual(r.randomSample(0), []);
    assert.deepEqual(r.randint(0, 5, [2, 0]), [[], []]);
    assert.deepEqual(r.randomSample(2), new RandomState(1).randomSample(2), 'nothing was drawn so far');
  });

  it('says what is wrong', () => {
    const r = new RandomState(0);
    const cases: [() => unknown, string][] = [
      [() => new RandomState(-1), 'Expected seed to be a whole number from 0 to 4294967295, received -1.'],
      [
        () => new RandomState(2 ** 32),
        'Expected seed to be a whole number from 0 to 4294967295, received 4294967296.',
      ],
      [() => new RandomState(1.5), 'Expected seed to be a whole number from 0 to 4294967295, received 1.5.'],
      [() => new RandomState([]), 'Expected seed to have at least one entry, received an empty array.'],
      [
        () => new RandomState([1, -1]),
        'Expected seed[1] to be a whole number from 0 to 4294967295, received -1.',
      ],
      [() => r.randint(3, 3), 'Expected low to be less than high, received low 3 and high 3.'],
      [() => r.randint(0), 'Expected low to be less than high, received low 0 and high 0.'],
      [() => r.choice([]), 'Expected an array with entries to choose from, received an empty one.'],
      [
        () => r.choice(3, 4, { replace: false }),
        'Expected size to be at most 3 without replacement, received 4.',
      ],
      [() => r.choice(2, 1, { p: [0.5, 0.6] }), 'Expected the entries of p to sum to 1, received 1.1.'],
      [() => r.choice(2, 1, { p: [1] }), 'Expected p to have 2 entries, one for each choice, received 1.'],
      [() => r.normal(0, -1), 'Expected scale to be a finite number of at least 0, received -1.'],
      [
        () => r.permutation(JSON.parse('"abc"')),
        'Expected n to be a whole number from 0 to 4294967295, received "abc".',
      ],
      [() => r.shuffle(JSON.parse('5')), 'Expected x to be an array, received 5.'],
    ];
    for (const [call, message] of cases) assert.throws(call, { message });
  });
});
