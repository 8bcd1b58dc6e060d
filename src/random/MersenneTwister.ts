const length = 624;
const offset = 397;

/**
 * MT19937 (M. Matsumoto and T. Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed uniform pseudorandom
 * number generator", ACM TOMACS 8, 1998), seeded as the authors' reference code and NumPy seed it.
 */
export class MersenneTwister {
  readonly #state: Uint32Array = new Uint32Array(length);
  #position = length;

  constructor(seed: number | readonly number[]) {
    if (typeof seed === 'number') this.#seed(seed);
    else this.#seedByArray(seed);
  }

  /** The next 32 random bits as a number from 0 to 2^32 − 1. */
  next(): number {
    if (this.#position === length) this.#refill();
    let y = this.#state[this.#position++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  #seed(seed: number): void {
    const state = this.#state;
    state[0] = seed;
    for (let i = 1; i < length; i++) {
      const last = state[i - 1]!;
      state[i] = Math.imul(1812433253, last ^ (last >>> 30)) + i;
    }
  }

  #seedByArray(words: readonly number[]): void {
    this.#seed(19650218);
    const state = this.#state;
    let i = 1;
    const wrap = (): void => {
      if (++i === length) {
        state[0] = state[length - 1]!;
        i = 1;
      }
    };
    for (let k = 0, j = 0; k < Math.max(length, words.length); k++) {
      const last = state[i - 1]!;
      state[i] = (state[i]! ^ Math.imul(1664525, last ^ (last >>> 30))) + words[j]! + j;
      wrap();
      j = (j + 1) % words.length;
    }
    for (let k = 1; k < length; k++) {
      const last = state[i - 1]!;
      state[i] = (state[i]! ^ Math.imul(1566083941, last ^ (last >>> 30))) - i;
      wrap();
    }
    state[0] = 0x80000000;
  }

  #refill(): void {
    const state = this.#state;
    for (let i = 0; i < length; i++) {
      const y = (state[i]! & 0x80000000) | (state[(i + 1) % length]! & 0x7fffffff);
      state[i] = state[(i + offset) % length]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#position = 0;
  }
}
