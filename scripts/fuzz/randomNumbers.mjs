/**
 * @typedef {object} Random
 * @property {(n: number) => number} below a whole number from 0 to n − 1
 * @property {<T>(list: readonly T[]) => T} from an entry of a list that is not empty
 */

/**
 * Small and fast random numbers for the choice of mutations (splitmix32).
 * @param {number} seed
 * @returns {Random}
 */
export function randomNumbers(seed) {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  next();
  /** @param {number} n */
  const below = n => Math.floor((next() / 2 ** 32) * n);
  return {
    below,
    from(list) {
      const entry = list[below(list.length)];
      if (entry === undefined) throw new RangeError('Expected a list with entries, received an empty one.');
      return entry;
    },
  };
}
