import { deepStrictEqual, strictEqual, throws } from 'node:assert';
import { runSeed } from '../../src/modelSelection/runSeed';

describe('runSeed', () => {
  it('is the same every time and another for every seed and run', () => {
    const seeds = Array.from({ length: 1000 }, (_, i) => runSeed(i % 20, Math.floor(i / 20)));
    strictEqual(new Set(seeds).size, 1000);
    deepStrictEqual([runSeed(7, 0), runSeed(7, 1)], [3557104399, 2649172929]);
    strictEqual(
      seeds.every(seed => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32),
      true,
    );
  });

  it('says what is wrong', () => {
    throws(() => runSeed(-1, 0), {
      message: 'Expected seed to be a whole number from 0 to 4294967295, received -1.',
    });
    throws(() => runSeed(0, 0.5), {
      message: 'Expected run to be a whole number from 0 to 4294967295, received 0.5.',
    });
  });
});
