import assert from 'node:assert/strict';
import { reduceLROnPlateau } from '../../../src/training/callbacks/reduceLROnPlateau';
import { untyped } from '../../untyped';
import { free } from '../models';
import { camelCase, drive, golden, oneWeight } from './golden';

describe('reduceLROnPlateau', () => {
  it("decides as Keras' on 200 series: learning rates, logs, messages", async () => {
    assert.equal(golden.reduceLROnPlateau.length, 200);
    let reductions = 0;
    for (const [i, expected] of golden.reduceLROnPlateau.entries()) {
      const model = oneWeight(0.01);
      const { rates, logged, messages } = await drive(
        reduceLROnPlateau(camelCase(expected.options)),
        model,
        expected.values,
      );
      const { rates: wanted, logged: log, messages: text } = expected;
      assert.deepEqual(
        { rates, logged, messages },
        { rates: wanted, logged: log, messages: text },
        `case ${i}`,
      );
      reductions += new Set(rates).size - 1;
      free(model);
    }
    assert(reductions > 100);
  });

  it('refuses what it does not know', () => {
    const refused: [unknown, string][] = [
      [{ factor: 1 }, 'Expected factor of reduceLROnPlateau to be above 0 and below 1, received 1.'],
      [{ factor: 0 }, 'Expected factor of reduceLROnPlateau to be above 0 and below 1, received 0.'],
      [{ mode: 'up' }, 'Expected mode of reduceLROnPlateau to be "auto" or "min" or "max", received "up".'],
      [
        { minLR: 1 },
        'Unknown option "minLR" of reduceLROnPlateau. Did you mean "minLr"? Its options are: monitor, factor, patience, verbose, mode, minDelta, cooldown, minLr.',
      ],
      [
        { minLr: -1 },
        'Expected minLr of reduceLROnPlateau to be a finite number of at least 0, received -1.',
      ],
      [
        { cooldown: 1.5 },
        'Expected cooldown of reduceLROnPlateau to be a whole number of at least 0, received 1.5.',
      ],
    ];
    for (const [options, message] of refused)
      assert.throws(() => reduceLROnPlateau(untyped(options)), { message });
  });
});
