import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNpy } from '../../../src/datasets/files/readNpy';
import { readNpz } from '../../../src/datasets/files/readNpz';
import { fixtures } from '../golden';

interface Golden {
  numpy: string;
  arrays: Record<string, { kind: string; shape: number[]; values: (number | string)[]; floats: boolean }>;
  refused: Record<string, string>;
}

const golden: Golden = JSON.parse(readFileSync(join(__dirname, '../../reference/npy.json'), 'utf8'));
const end = ' The file is damaged or of another kind: replace it, or remove it so that it is fetched again.';

/** Python's float.hex of a double. */
function hex(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const sign = bits >> 63n === 1n ? '-' : '';
  const exponent = Number((bits >> 52n) & 2047n);
  const fraction = bits & 0xfffffffffffffn;
  if (exponent === 0 && fraction === 0n) return `${sign}0x0.0p+0`;
  const power = exponent === 0 ? -1022 : exponent - 1023;
  return `${sign}0x${exponent === 0 ? 0 : 1}.${fraction.toString(16).padStart(13, '0')}p${power < 0 ? '' : '+'}${power}`;
}

describe('readNpz and readNpy', () => {
  it(`read every plain type that NumPy ${golden.numpy} writes`, async () => {
    const npz = await readNpz(join(fixtures, 'types.npz'));
    assert.ok(Object.keys(golden.arrays).length > 50);
    for (const [name, want] of Object.entries(golden.arrays)) {
      const got = npz.array(name);
      assert.ok(got.kind === 'numbers' || got.kind === 'strings');
      assert.equal(got.kind, want.kind, name);
      assert.deepEqual(got.shape, want.shape, name);
      const values = want.floats ? got.values.map(value => hex(Number(value))) : got.values;
      assert.deepEqual(values, want.values, name);
    }
  });

  it('read long lists, which NumPy writes in batches', async () => {
    const { ids, starts, ends } = (await readNpz(join(fixtures, 'long_rows.npz'))).sequences('x');
    assert.deepEqual(
      Array.from(ends, (to, i) => to - starts[i]!),
      [2500, 1000, 1001],
    );
    assert.equal(ids.length, 4501);
  });

  it('refuse other types, saying which', () => {
    const refusal: Record<string, string> = {
      complex: 'Expected complex to hold whole numbers, floats, booleans or strings, received type "<c16".',
      date: 'Expected date to hold whole numbers, floats, booleans or strings, received type "<M8[D]".',
      longdouble:
        'Expected longdouble to hold whole numbers, floats, booleans or strings, received type "<f16".',
      big: 'Expected big to hold whole numbers within ±2^53, received 1152921504606847000.',
      matrixOfObjects:
        'Expected matrixOfObjects to hold an object array with one axis, received shape (1, 2).',
    };
    for (const [name, bytes] of Object.entries(golden.refused)) {
      assert.throws(
        () => readNpy(Buffer.from(bytes, 'hex'), name),
        (error: unknown) => {
          assert.ok(error instanceof Error);
          assert.ok(error.message.startsWith(`Expected ${name} to hold `), error.message);
          assert.ok(error.message.endsWith(end), error.message);
          const exact = refusal[name];
          if (exact !== undefined) assert.equal(error.message, exact + end);
          return true;
        },
        name,
      );
    }
  });

  it('check kind and axes for the loaders', async () => {
    const npz = await readNpz(join(fixtures, 'types.npz'));
    assert.throws(() => npz.numbers('f8leC', 1), {
      message: `Expected f8leC in types.npz to hold 1 axes, received shape (2, 3, 4).${end}`,
    });
    assert.throws(() => npz.numbers('unicode', 1), {
      message: `Expected unicode in types.npz to hold numbers, received strings.${end}`,
    });
    assert.throws(() => npz.sequences('version1'), {
      message: `Expected version1 in types.npz to hold an object array of lists of whole numbers, received numbers.${end}`,
    });
  });
});
