import { RandomState } from '../../random/RandomState';

const atOnce = 4096;
const two32 = 2 ** 32;

/** Fast draws on top of NumPy's generator: whole numbers only, so that every machine writes the same sample. */
export class Draw {
  readonly #source: RandomState;
  #bits: number[] = [];
  #next = 0;

  constructor(seed: number) {
    this.#source = new RandomState(seed);
  }

  /** 32 random bits. */
  bits(): number {
    if (this.#next === this.#bits.length) {
      this.#bits = this.#source.randint(0, two32, atOnce);
      this.#next = 0;
    }
    return this.#bits[this.#next++]!;
  }

  /** A whole number from 0 to `count` − 1. */
  below(count: number): number {
    return Math.floor((this.bits() * count) / two32);
  }

  /** A number in [0, 1). */
  fraction(): number {
    return this.bits() / two32;
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.bits() < probability * two32;
  }

  /** Any entry of a list, each as likely as the others. */
  from<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** A value of the distribution with these quantiles, evenly spaced from 0 to 1, linear in between. */
  quantile(quantiles: readonly number[]): number {
    const at = this.fraction() * (quantiles.length - 1);
    const low = Math.floor(at);
    return quantiles[low]! + (at - low) * (quantiles[low + 1]! - quantiles[low]!);
  }
}
