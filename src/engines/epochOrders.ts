import { RandomState } from '../random/RandomState';

/**
 * The order in which each epoch goes through `samples` samples, the same in every engine for one seed. The result is asked for an epoch's order by its number,
 * counted from 0: the next one costs one shuffle, later ones those between as well, and earlier ones all from the beginning.
 *
 * @param seed 0 to 2^32 − 1.
 */
export function epochOrders(seed: number, samples: number): (epoch: number) => Int32Array {
  let random = new RandomState(seed);
  let next = 0;
  const draw = (): Int32Array => {
    const order = new Int32Array(samples);
    // A loop, as Int32Array.from takes longer than the shuffle.
    for (let i = 0; i < samples; i++) order[i] = i;
    random.shuffle(order);
    return order;
  };
  return epoch => {
    if (epoch < next) {
      random = new RandomState(seed);
      next = 0;
    }
    for (; next < epoch; next++) draw();
    next++;
    return draw();
  };
}
