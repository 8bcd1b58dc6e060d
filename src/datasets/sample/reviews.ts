import { coin } from './coin';
import { Draw } from './Draw';
import { makeFilms } from './films';
import { Grammar } from './Grammar';
import type { Language } from './parse';
import { toCorpus, type Corpus } from './corpus';
import { Writer, type Side } from './Writer';

/** The sizes and the difficulty of the reviews; the defaults are the sample's. */
export const reviewSettings = {
  seed: 1986,
  /** Positive and negative reviews in each half, and the films that each half is about. */
  perClass: 12_500,
  films: 2_500,
  surnames: 8_000,
  places: 4_000,
  firms: 0,
  /** Films are of two kinds, which differ in what their reviews talk about by this much … */
  tilt: 0.95,
  /** … and this share of the first kind's reviews is negative, of the second kind's positive. */
  agreement: 0.86,
  /** The share of opinions that speak against the review's verdict lies between these … */
  doubt: [0.05, 0.4],
  /** … but this share of the reviews weighs both sides to the end and closes with a careful verdict. */
  balanced: 0.16,
  /** What the sentences between opening and verdict are. */
  mix: { plot: 0.27, fact: 0.2, opinion: 0.34, anecdote: 0.08, mixed: 0.07, hedge: 0.04 },
};

// Words by review: every twentieth part of a distribution like the real one's; the longest end at 1,000 words.
const lengths = [
  18, 55, 85, 105, 115, 121, 127, 135, 143, 155, 165, 180, 195, 215, 235, 262, 300, 350, 425, 560, 1000,
];

/**
 * Write the reviews. A review is an opening, sentences on the plot, facts, the writer, opinions, and a verdict. Its label
 * is the verdict's, and never do more of its opinions speak against the verdict than for it: no label is noise.
 */
export function writeReviews(language: Language, settings = reviewSettings): Corpus {
  const draw = new Draw(settings.seed);
  coin(language.lists, draw, settings);
  const grammar = new Grammar(language, draw, settings.tilt);
  const writer = new Writer(grammar, draw);
  const kinds = Object.keys(settings.mix).map(kind => grammar.slot(kind));
  const shares = Object.values(settings.mix);
  const [opening, opinion, verdict, soft] = ['opening', 'opinion', 'verdict', 'soft'].map(name =>
    grammar.slot(name),
  );
  const starts: number[] = [];
  const labels: number[] = [];

  const writeReview = (label: Side): void => {
    const end = writer.length + draw.quantile(lengths) - 12;
    const balanced = draw.chance(settings.balanced);
    const doubt = balanced
      ? 1
      : settings.doubt[0]! + draw.fraction() * (settings.doubt[1]! - settings.doubt[0]!);
    let lead = 1;
    const feel = (): Side => {
      const against = lead > 1 && draw.chance(doubt);
      lead += against ? -1 : 1;
      return against ? other(label) : label;
    };
    if (draw.chance(0.8)) writer.write(opening!, feel());
    while (writer.length < end) {
      const kind = kinds[pick(shares, draw.fraction())]!;
      writer.write(kind, kind === opinion ? feel() : draw.chance(0.5) ? 1 : 0);
    }
    writer.write(balanced ? soft! : verdict!, label);
  };

  for (let half = 0; half < 2; half++) {
    const films = ([0, 1] as const).map(leaning => {
      writer.leaning = leaning;
      return makeFilms(settings.films / 2, grammar, writer, draw);
    });
    for (const label of [1, 0] as const) {
      for (let i = 0; i < settings.perClass; i++) {
        writer.leaning = draw.chance(settings.agreement) ? label : other(label);
        for (const [slot, words] of draw.from(films[writer.leaning]!)) writer.given.set(slot, words);
        starts.push(writer.length);
        labels.push(label);
        writeReview(label);
      }
    }
  }
  return toCorpus(grammar.words, writer.finish(), starts, labels);
}

function other(side: Side): Side {
  return side === 1 ? 0 : 1;
}

function pick(shares: readonly number[], at: number): number {
  let reached = 0;
  for (let i = 0; i < shares.length - 1; i++) {
    reached += shares[i]!;
    if (at < reached) return i;
  }
  return shares.length - 1;
}
