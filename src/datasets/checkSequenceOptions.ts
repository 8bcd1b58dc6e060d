import { checkCount } from '../options/checkCount';

/** How the loaders of text data turn stored word ids into sequences; names and defaults as in Keras. */
export interface SequenceOptions {
  /** Keep the ids below this; others become `oovChar`. Default null: all but the highest id (as Keras). */
  numWords?: number | null;
  /** Ids below this become `oovChar`, marks included. Default 0. */
  skipTop?: number;
  /** Drop sequences of this length or longer, the start mark counted. Default null: none. */
  maxlen?: number | null;
  /** Seed of the shuffle, as `RandomState` takes it. Default 113. */
  seed?: number | readonly number[] | null;
  /** Mark put before each sequence; null for none. Default 1. */
  startChar?: number | null;
  /** Stands for words left out; null drops them instead. Default 2. */
  oovChar?: number | null;
  /** Added to each stored id. Default 3. */
  indexFrom?: number;
}

/** `SequenceOptions` with the defaults filled in; null where there is none. */
export interface CheckedSequenceOptions {
  numWords: number | null;
  skipTop: number;
  maxlen: number | null;
  seed: number | readonly number[] | null;
  startChar: number | null;
  oovChar: number | null;
  indexFrom: number;
}

export const sequenceOptionNames = [
  'numWords',
  'skipTop',
  'maxlen',
  'seed',
  'startChar',
  'oovChar',
  'indexFrom',
] as const;

/** Fill in Keras' defaults and refuse what is no whole number within ±2^30 (so that sums of them stay exact). */
export function checkSequenceOptions(where: string, options: SequenceOptions): CheckedSequenceOptions {
  const range = { min: -(2 ** 30), max: 2 ** 30 };
  const whole = (name: keyof SequenceOptions, value: unknown): number =>
    checkCount(`${name} of ${where}`, value, range);
  const wholeOrNull = (name: keyof SequenceOptions, value: unknown): number | null =>
    value === null ? null : whole(name, value);
  return {
    // In Keras 0 means the same as None here.
    numWords: wholeOrNull('numWords', options.numWords ?? null) || null,
    skipTop: whole('skipTop', options.skipTop ?? 0),
    maxlen: wholeOrNull('maxlen', options.maxlen ?? null) || null,
    seed: options.seed === undefined ? 113 : options.seed,
    startChar: options.startChar === undefined ? 1 : wholeOrNull('startChar', options.startChar),
    oovChar: options.oovChar === undefined ? 2 : wholeOrNull('oovChar', options.oovChar),
    indexFrom: whole('indexFrom', options.indexFrom ?? 3),
  };
}
