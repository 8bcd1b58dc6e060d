import type { CheckedSequenceOptions } from './checkSequenceOptions';
import type { Sequences } from './files/readPickle';

/** Which stored sequences a loader gives, in its order, with their labels. */
export interface Selection {
  sequences: Sequences;
  order: number[];
  labels: number[];
}

/** The part of a selection that `maxlen` keeps: sequences shorter than it, the start mark counted (Keras: `remove_long_seq`). */
export function keepShort(selection: Selection, options: CheckedSequenceOptions): Selection {
  const { maxlen } = options;
  if (maxlen === null) return selection;
  const { starts, ends } = selection.sequences;
  const mark = options.startChar === null ? 0 : 1;
  const kept: Selection = { sequences: selection.sequences, order: [], labels: [] };
  selection.order.forEach((row, i) => {
    if (ends[row]! - starts[row]! + mark >= maxlen) return;
    kept.order.push(row);
    kept.labels.push(selection.labels[i]!);
  });
  return kept;
}

/**
 * The limit that Keras takes without `numWords`: the highest id of all, so that this one id counts as left out.
 * @throws RangeError for an empty selection or sequence, of which Keras cannot take the maximum either.
 */
export function highestId(
  selections: readonly Selection[],
  options: CheckedSequenceOptions,
  where: string,
): number {
  const { startChar, indexFrom } = options;
  let highest = -Infinity;
  for (const { sequences, order } of selections) {
    const { ids, starts, ends } = sequences;
    for (const row of order) {
      if (startChar === null && starts[row] === ends[row]) {
        throw new RangeError(
          `Expected sequences with a word in ${where} without numWords, received an empty one. Give numWords.`,
        );
      }
      if (startChar !== null && startChar > highest) highest = startChar;
      for (let i = starts[row]!; i < ends[row]!; i++)
        if (ids[i]! + indexFrom > highest) highest = ids[i]! + indexFrom;
    }
  }
  if (highest === -Infinity) {
    throw new RangeError(
      `Expected sequences shorter than maxlen=${options.maxlen} in ${where}, received none. Increase maxlen or give numWords.`,
    );
  }
  return highest;
}

/** Shift, mark and filter the chosen sequences as Keras' loaders do, into plain arrays. */
export function finishSequences(
  selection: Selection,
  limit: number,
  options: CheckedSequenceOptions,
): number[][] {
  const { ids, starts, ends } = selection.sequences;
  const { skipTop, startChar, oovChar, indexFrom } = options;
  // A packed scratch array: slices of it are packed too and take no more memory than their numbers.
  const scratch: number[] = [];
  return selection.order.map(row => {
    let length = 0;
    const put = (id: number): void => {
      const kept = skipTop <= id && id < limit ? id : oovChar;
      if (kept === null) return;
      if (length === scratch.length) scratch.push(kept);
      else scratch[length] = kept;
      length++;
    };
    if (startChar !== null) put(startChar);
    for (let i = starts[row]!, end = ends[row]!; i < end; i++) put(ids[i]! + indexFrom);
    return scratch.slice(0, length);
  });
}
