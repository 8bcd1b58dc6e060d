import assert from 'node:assert/strict';
import { inWords } from '../../src/notebook/inWords';

const curve = (name: string, ...values: number[]) => ({
  name,
  points: values.map((value, i) => [i + 1, value] as const),
});

describe('inWords', () => {
  it('tells the first, the last and the best value of each curve', () => {
    assert.equal(
      inWords('val_loss', [curve('a', 3, 1, 2), curve('b', 5, 4), curve('c')]),
      'a: 3 (epoch 1) → 2 (epoch 3), best 1 (epoch 2). b: 5 (epoch 1) → 4 (epoch 2), best 4 (epoch 2).',
    );
    assert.match(inWords('accuracy', [curve('a', 0.1, 0.9, 0.5)]), /best 0\.9 \(epoch 2\)/);
    // Of some quantities nobody can say what is best.
    assert.equal(inWords('weights', [curve('a', 0.1, 0.9)]), 'a: 0.1 (epoch 1) → 0.9 (epoch 2).');
    assert.equal(inWords('loss', [curve('a', 0.123456)]), 'a: 0.1235 (epoch 1).');
    assert.equal(inWords('loss', [curve('a', 1, NaN)]), 'a: 1 (epoch 1) → NaN (epoch 2), best 1 (epoch 1).');
    assert.equal(inWords('loss', [curve('a')]), '');
  });

  it('sums up more than twelve', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, i) => curve(`run ${i}`, 20 - i, 30 - i));
    assert.equal(inWords('loss', many(12)).split('→').length - 1, 12);
    assert.equal(
      inWords('loss', many(13)),
      '13 curves, last values from 18 to 30, best 8 (epoch 1) of run 12.',
    );
    assert.equal(inWords('weights', many(13)), '13 curves, last values from 18 to 30.');
    assert.equal(
      inWords(
        'loss',
        Array.from({ length: 13 }, () => curve('a', NaN)),
      ),
      '13 curves.',
    );
  });
});
