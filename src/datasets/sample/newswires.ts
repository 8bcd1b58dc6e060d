import { coin } from './coin';
import { toCorpus, type Corpus } from './corpus';
import { Draw } from './Draw';
import { Grammar } from './Grammar';
import type { Language, Topic } from './parse';
import { Writer } from './Writer';

/** The sizes and the difficulty of the newswires; the defaults are the sample's. */
export const newswireSettings = {
  seed: 1987,
  surnames: 3_000,
  places: 3_000,
  firms: 9_000,
  /** Between these lies the share of a newswire's sentences that are about its topic … */
  focus: [0, 0.6],
  /** … and this share of the others is about a topic of the same group, the rest about business in general. */
  neighbours: 0.35,
  /** How often a sentence on a topic is one of the topic's own patterns, and so easily known. */
  own: 0.5,
  /** How many tenths of the words of a topic's other sentences are those of its whole group. */
  shared: 5,
  /** The share of the earnings reports that are tables. */
  tables: 0.65,
  /** How often a newswire begins with a sentence on its topic. */
  headline: 0.7,
};

// Words by newswire: every tenth part of the real set's distribution, rounded; shorter for the tables of earnings.
const lengths = [18, 40, 62, 85, 105, 130, 165, 205, 260, 370, 720];
const tableLengths = [14, 22, 28, 34, 42, 50, 58, 70, 90, 140, 420];

/** Write the newswires, each of one topic, as many of a topic as in the real set. */
export function writeNewswires(language: Language, settings = newswireSettings): Corpus {
  const draw = new Draw(settings.seed);
  coin(language.lists, draw, settings);
  addFirms(language, settings.firms);
  const grammar = new Grammar(language, draw, 0);
  const writer = new Writer(grammar, draw);
  addTerms(language, settings.shared);
  const desks = language.topics.map(topic => makeDesk(topic, grammar));
  const slots = {
    generic: grammar.slot('generic'),
    corporate: grammar.slot('corporate'),
    topical: grammar.slot('topical'),
    dealing: grammar.slot('dealing'),
    official: grammar.slot('official'),
    surname: grammar.slot('surname'),
    country: grammar.slot('country'),
  };
  const starts: number[] = [];
  const labels: number[] = [];

  const writeOn = (desk: Desk): void => {
    writer.given.set('wire:topic', desk.words);
    writer.given.set('wire:place', desk.places);
    writer.write(
      draw.chance(settings.own)
        ? desk.patterns
        : desk.topic.group === 'corporate'
          ? slots.dealing
          : slots.topical,
      1,
    );
  };
  const writeNewswire = (desk: Desk): void => {
    const corporate = desk.topic.group === 'corporate';
    const table = desk.topic.name === 'earn' && draw.chance(settings.tables);
    writer.given.set('wire:firm', writer.compose(desk.firms, 1));
    writer.given.set('wire:country', writer.compose(draw.chance(0.6) ? desk.places : slots.country, 1));
    const official = writer.compose(slots.official, 1);
    writer.given.set('wire:official', Int32Array.from([...official, ...writer.compose(slots.surname, 1)]));
    const end = writer.length + draw.quantile(table ? tableLengths : lengths) - 8;
    const focus = settings.focus[0]! + draw.fraction() * (settings.focus[1]! - settings.focus[0]!);
    const rivals = desks.filter(other => other !== desk && other.topic.group === desk.topic.group);
    let lead = 0;
    const sentence = (onTopic: boolean): void => {
      if (onTopic) {
        lead++;
        if (table) writer.write(desk.patterns, 1);
        else writeOn(desk);
      } else if (lead > 1 && rivals.length > 0 && draw.chance(settings.neighbours)) {
        lead--;
        writeOn(draw.from(rivals));
      } else writer.write(draw.chance(corporate ? 0.8 : 0.1) ? slots.corporate : slots.generic, 1);
    };
    sentence(draw.chance(settings.headline));
    while (writer.length < end) sentence(draw.chance(table ? 0.85 : focus));
    // A newswire that came to no word on its topic yet ends with one.
    if (lead === 0) sentence(true);
  };

  for (const label of order(language.topics, draw)) {
    starts.push(writer.length);
    labels.push(label);
    writeNewswire(desks[label]!);
  }
  return toCorpus(grammar.words, writer.finish(), starts, labels);
}

/** What is at hand for one topic: slots of its words, places, patterns and firms. */
interface Desk {
  topic: Topic;
  words: number;
  places: number;
  patterns: number;
  firms: number;
}

function makeDesk(topic: Topic, grammar: Grammar): Desk {
  const { name, group } = topic;
  return {
    topic,
    words: grammar.slot(`${name}:terms`),
    places: grammar.slot(`${name}:places`),
    patterns: grammar.slot(`${name}:patterns`),
    firms: grammar.slot(`${group}:firms`),
  };
}

// A coined name and, for most, what the firm does; each group of topics has firms of its own, the large ones shared.
function addFirms({ lists, topics }: Language, count: number): void {
  const coined = lists.get('coinedfirm')!.entries;
  const sectors = lists.get('sector')!.entries;
  const all = coined
    .slice(0, count)
    .map((name, i) => (i % 3 === 0 ? name : `${name}-${sectors[(i * 7) % sectors.length]!}`));
  lists.set('company', { entries: all, spread: 1 / 3 });
  const groups = [...new Set(topics.map(topic => topic.group))];
  groups.forEach((group, g) => {
    const known = all.slice(0, 200);
    const own = all.slice(200).filter((_, i) => group === 'corporate' || i % groups.length === g);
    lists.set(`${group}:firms`, {
      entries: [...own.slice(0, 20), ...known, ...own.slice(20)],
      spread: 1 / 3,
    });
  });
}

// The words of a topic's sentences: its own, or those of its group in so many tenths.
function addTerms({ lists, rules, topics }: Language, shared: number): void {
  for (const { name, group } of topics) {
    const all = topics
      .filter(topic => topic.group === group)
      .map(topic => lists.get(`${topic.name}:words`)!.entries);
    const longest = Math.max(...all.map(words => words.length));
    // Rank by rank, so that the typical words of every topic come first.
    const merged = Array.from({ length: longest }, (_, i) =>
      all.flatMap(words => words.slice(i, i + 1)),
    ).flat();
    lists.set(`${group}:words`, { entries: [...new Set(merged)] });
    rules.set(
      `${name}:terms`,
      Array.from({ length: 10 }, (_, i) => (i < shared ? `{${group}:words}` : `{${name}:words}`)),
    );
  }
}

/** The labels, as often as the topics ask, in random order. */
function order(topics: readonly Topic[], draw: Draw): number[] {
  const labels = topics.flatMap((topic, label) => Array.from({ length: topic.count }, () => label));
  for (let i = labels.length - 1; i > 0; i--) {
    const j = draw.below(i + 1);
    [labels[i], labels[j]] = [labels[j]!, labels[i]!];
  }
  return labels;
}
