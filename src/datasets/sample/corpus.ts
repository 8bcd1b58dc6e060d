/** Texts as one run of word ids, and what is needed to cut and read it. */
export interface Corpus {
  /** By id − 1: the words, the most frequent first. */
  words: string[];
  /** Word ids from 1, all texts one after the other. */
  ids: Uint16Array;
  /** Where each text starts in `ids`. */
  starts: Uint32Array;
  labels: Uint8Array;
}

/** Number the words by frequency, from 1; words of equal frequency in alphabetical order. Words never written are left out. */
export function toCorpus(
  words: readonly string[],
  written: Uint16Array,
  starts: number[],
  labels: number[],
): Corpus {
  const counts = new Uint32Array(words.length);
  for (const word of written) counts[word]!++;
  const order = [...words.keys()]
    .filter(word => counts[word]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || (words[a]! < words[b]! ? -1 : 1));
  const ids = new Uint16Array(words.length);
  order.forEach((word, rank) => (ids[word] = rank + 1));
  return {
    words: order.map(word => words[word]!),
    ids: written.map(word => ids[word]!),
    starts: Uint32Array.from(starts),
    labels: Uint8Array.from(labels),
  };
}

/** The texts from `from` up to `to`, each as an array of its own. */
export function rows({ ids, starts }: Corpus, from = 0, to = starts.length): number[][] {
  const texts: number[][] = [];
  for (let i = from; i < to; i++) {
    const text: number[] = [];
    const end = i + 1 < starts.length ? starts[i + 1]! : ids.length;
    for (let at = starts[i]!; at < end; at++) text.push(ids[at]!);
    texts.push(text);
  }
  return texts;
}

/** Word to id. */
export function wordIndex({ words }: Corpus): Record<string, number> {
  return Object.fromEntries(words.map((word, i) => [word, i + 1]));
}
