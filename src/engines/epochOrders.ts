import { RandomState } from '../random/RandomState';

/**
 * The order in which each epoch goes through `samples` samples, the same in every engine for one seed: call the result once an epoch.
 *
 * @param seed 0 to 2^32 − 1.
 */
export function epochOrders(seed: number, samples: number): () => Int32Array {
  const random = new RandomState(seed);
  return () => {
    const order = Int32Array.from({ length: samples }, (_, i) => i);
    random.shuffle(order);
    return order;
  };
}
