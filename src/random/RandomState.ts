import { checkCount } from '../options/checkCount';
import { checkNumber } from '../options/checkNumber';
import { checkBoolean } from '../options/checkBoolean';
import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { log } from './log';
import { MersenneTwister } from './MersenneTwister';

/** How many draws: nothing for one number, a count for an array, `[rows, columns]` for an array of rows. */
export type Size = number | readonly [rows: number, columns: number];

/** A list that `shuffle` can reorder in place: an array (of numbers, of rows, of anything) or a typed array. */
export interface Shuffled<T> {
  readonly length: number;
  [index: number]: T;
}

/**
 * NumPy's legacy random generator (`numpy.random.RandomState`, the 32-bit Mersenne Twister MT19937): the same seed
 * gives the same numbers, bit for bit, and the same order of draws. Keras shuffles its data sets and scikit-learn
 * draws its splits with it.
 *
 * Only `randn` and `normal` need a logarithm, whose last bit depends on the C library that NumPy was built on; here it
 * is correctly rounded, so that 4 in 10,000 of their draws differ in the last bit from NumPy on Linux (glibc).
 *
 * @param seed A whole number from 0 to 2^32 − 1, or an array of them; without one (or `null`) each generator differs.
 * @throws RangeError or TypeError for any other seed.
 * @example
 * new RandomState(113).permutation(5); // [ 1, 0, 3, 2, 4 ]
 */
export class RandomState {
  readonly #twister: MersenneTwister;
  #spareGauss: number | undefined;

  constructor(seed?: number | readonly number[] | null) {
    this.#twister = new MersenneTwister(seedWords(seed));
  }

  /** Uniform floats in [0, 1) with 53 random bits (`random_sample`). */
  randomSample(): number;
  randomSample(size: number): number[];
  randomSample(size: readonly [rows: number, columns: number]): number[][];
  randomSample(size?: Size): number | number[] | number[][] {
    return fill(size, () => this.#double());
  }

  /** Uniform floats in [low, high) (`uniform`). */
  uniform(low?: number, high?: number): number;
  uniform(low: number, high: number, size: number): number[];
  uniform(low: number, high: number, size: readonly [rows: number, columns: number]): number[][];
  uniform(low = 0, high = 1, size?: Size): number | number[] | number[][] {
    checkNumber('low', low);
    const range = checkNumber('high', high) - low;
    if (!Number.isFinite(range)) {
      throw new RangeError(`Expected high − low to be finite, received low ${low} and high ${high}.`);
    }
    return fill(size, () => low + range * this.#double());
  }

  /**
   * Whole numbers from `low` up to but not including `high`; with one bound from 0 up to it (`randint`, whose default
   * type of 64 bits this follows).
   */
  randint(low: number, high?: number | null): number;
  randint(low: number, high: number | null, size: number): number[];
  randint(low: number, high: number | null, size: readonly [rows: number, columns: number]): number[][];
  randint(low: number, high?: number | null, size?: Size): number | number[] | number[][] {
    const bound = { min: Number.MIN_SAFE_INTEGER };
    const from = high === undefined || high === null ? 0 : checkCount('low', low, bound);
    const to =
      high === undefined || high === null ? checkCount('low', low, bound) : checkCount('high', high, bound);
    if (from >= to)
      throw new RangeError(`Expected low to be less than high, received low ${from} and high ${to}.`);
    const range = to - 1 - from;
    if (!Number.isSafeInteger(range)) {
      throw new RangeError(`Expected high − low to be at most 2^53, received low ${from} and high ${to}.`);
    }
    // NumPy draws nothing for a range of one number.
    return fill(size, () => (range === 0 ? from : from + this.#upTo(range)));
  }

  /**
   * The numbers 0 … n − 1, or the entries of an array, in random order, as a new array (`permutation`). An array of
   * rows is reordered by rows; the rows themselves are shared, not copied.
   */
  permutation(n: number): number[];
  permutation<T>(x: readonly T[]): T[];
  permutation<T>(x: number | readonly T[]): (number | T)[] {
    const copy: (number | T)[] =
      typeof x === 'object' && Array.isArray(x)
        ? x.slice()
        : Array.from({ length: checkCount('n', x, { max: 2 ** 32 - 1 }) }, (_, i) => i);
    this.shuffle(copy);
    return copy;
  }

  /** Put the entries (of a matrix: the rows) of `x` into random order, in place (`shuffle`). */
  shuffle<T>(x: Shuffled<T>): void {
    if (!Array.isArray(x) && !ArrayBuffer.isView(x)) {
      throw new TypeError(`Expected x to be an array, received ${describe(x)}.`);
    }
    for (let i = x.length - 1; i > 0; i--) {
      const j = this.#upTo(i);
      const swap = x[i]!;
      x[i] = x[j]!;
      x[j] = swap;
    }
  }

  /** Draws of the standard normal distribution; `randn()` one, `randn(n)` an array, `randn(rows, columns)` rows. */
  randn(): number;
  randn(n: number): number[];
  randn(rows: number, columns: number): number[][];
  randn(n?: number, columns?: number): number | number[] | number[][] {
    return fill(columns === undefined ? n : [n!, columns], () => this.#gauss());
  }

  /** Draws of the normal distribution with mean `loc` and standard deviation `scale` (`normal`). */
  normal(loc?: number, scale?: number): number;
  normal(loc: number, scale: number, size: number): number[];
  normal(loc: number, scale: number, size: readonly [rows: number, columns: number]): number[][];
  normal(loc = 0, scale = 1, size?: Size): number | number[] | number[][] {
    checkNumber('loc', loc);
    checkNumber('scale', scale, { min: 0 });
    return fill(size, () => loc + scale * this.#gauss());
  }

  /**
   * Entries of `a` (an array, or a number standing for 0 … a − 1) drawn at random (`choice`).
   *
   * @param size How many; without it one entry.
   * @param options `replace` (default true): may an entry be drawn twice? `p`: the probability of each entry (only with
   * replacement).
   */
  choice(a: number, size?: undefined, options?: ChoiceOptions): number;
  choice<T>(a: readonly T[], size?: undefined, options?: ChoiceOptions): T;
  choice(a: number, size: number, options?: ChoiceOptions): number[];
  choice<T>(a: readonly T[], size: number, options?: ChoiceOptions): T[];
  choice<T>(
    a: number | readonly T[],
    size?: number,
    options: ChoiceOptions = {},
  ): number | T | (number | T)[] {
    checkOptions('choice', options, ['replace', 'p']);
    const { p } = options;
    const replace = checkBoolean('replace of choice', options.replace ?? true);
    const n = typeof a === 'number' ? checkCount('a', a, { min: 1, max: 2 ** 32 - 1 }) : a.length;
    if (n === 0)
      throw new RangeError('Expected an array with entries to choose from, received an empty one.');
    const entry = (i: number): number | T => (typeof a === 'number' ? i : a[i]!);
    if (p !== undefined) {
      if (!replace)
        throw new TypeError('Expected no p together with replace: false: such draws are not offered.');
      const cdf = cumulative(p, n);
      return list(size, () => entry(upperBound(cdf, this.#double())));
    }
    if (replace) return list(size, () => entry(n === 1 ? 0 : this.#upTo(n - 1)));
    const count = size === undefined ? 1 : checkCount('size', size);
    if (count > n) {
      throw new RangeError(`Expected size to be at most ${n} without replacement, received ${count}.`);
    }
    const drawn = this.permutation(n).slice(0, count).map(entry);
    return size === undefined ? drawn[0]! : drawn;
  }

  #double(): number {
    const high = this.#twister.next() >>> 5;
    const low = this.#twister.next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** A whole number from 0 to `max` inclusive: random bits masked to its length until one fits. */
  #upTo(max: number): number {
    const twister = this.#twister;
    if (max <= 0xffffffff) {
      const mask = bitMask(max);
      for (;;) {
        const value = (twister.next() & mask) >>> 0;
        if (value <= max) return value;
      }
    }
    const mask = bitMask(Math.floor(max / 2 ** 32));
    for (;;) {
      const high = (twister.next() & mask) >>> 0;
      const value = high * 2 ** 32 + twister.next();
      // Above 2^53 the sum may be rounded, but then it is above max all the same.
      if (value <= max) return value;
    }
  }

  /** Marsaglia's polar method, which makes two draws at a time. */
  #gauss(): number {
    if (this.#spareGauss !== undefined) {
      const spare = this.#spareGauss;
      this.#spareGauss = undefined;
      return spare;
    }
    for (;;) {
      const x1 = 2 * this.#double() - 1;
      const x2 = 2 * this.#double() - 1;
      const r2 = x1 * x1 + x2 * x2;
      if (r2 >= 1 || r2 === 0) continue;
      const f = Math.sqrt((-2 * log(r2)) / r2);
      this.#spareGauss = f * x1;
      return f * x2;
    }
  }
}

/** Options of `RandomState.choice`. */
export interface ChoiceOptions {
  /** May an entry be drawn more than once? Default true. */
  replace?: boolean;
  /** Probability of each entry; they sum to 1. Default: all alike. */
  p?: readonly number[];
}

const seedMax = 2 ** 32 - 1;

function seedWords(seed: number | readonly number[] | null | undefined): number | readonly number[] {
  if (seed === undefined || seed === null) return [...crypto.getRandomValues(new Uint32Array(8))];
  if (!Array.isArray(seed)) return checkCount('seed', seed, { max: seedMax });
  if (seed.length === 0)
    throw new RangeError('Expected seed to have at least one entry, received an empty array.');
  return seed.map((word, i) => checkCount(`seed[${i}]`, word, { max: seedMax }));
}

function bitMask(max: number): number {
  return max === 0 ? 0 : (0xffffffff >>> Math.clz32(max)) >>> 0;
}

function fill<T>(size: Size | undefined, draw: () => T): T | T[] | T[][] {
  if (size === undefined) return draw();
  if (typeof size === 'number') return row(checkCount('size', size), draw);
  if (!Array.isArray(size) || size.length !== 2) {
    throw new TypeError(`Expected size to be a count or [rows, columns], received ${describe(size)}.`);
  }
  const rows = checkCount('rows', size[0]);
  const columns = checkCount('columns', size[1]);
  return row(rows, () => row(columns, draw));
}

function list<T>(size: number | undefined, draw: () => T): T | T[] {
  return size === undefined ? draw() : row(checkCount('size', size), draw);
}

function row<T>(length: number, draw: () => T): T[] {
  const values: T[] = [];
  for (let i = 0; i < length; i++) values.push(draw());
  return values;
}

function cumulative(p: readonly number[], n: number): number[] {
  if (p.length !== n)
    throw new RangeError(`Expected p to have ${n} entries, one for each choice, received ${p.length}.`);
  let sum = 0;
  const cdf = p.map((value, i) => (sum += checkNumber(`p[${i}]`, value, { min: 0 })));
  if (Math.abs(sum - 1) > 1e-8)
    throw new RangeError(`Expected the entries of p to sum to 1, received ${sum}.`);
  return cdf.map(value => value / sum);
}

function upperBound(sorted: readonly number[], value: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (sorted[middle]! <= value) from = middle + 1;
    else to = middle;
  }
  return from;
}
