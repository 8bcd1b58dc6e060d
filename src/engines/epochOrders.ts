import { RandomState } from '../random/RandomState';

/**
 * The order in which each epoch goes through `samples` samples, the same in every engine for one seed: call the result once an epoch.
 *
 * @param seed 0 to 2^32 − 1.
 */
export function epochOrders(seed: number, samples: number): () => Int32Array {
  const random = new RandomState(seed);
  return () => {
    const order = new Int32Array(samples);
    // A loop, as Int32Array.from takes longer than the shuffle.
    for (let i = 0; i < samples; i++) order[i] = i;
    random.shuffle(order);
    return order;
  };
}
