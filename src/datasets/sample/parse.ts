import { adverb, conjugate, plural } from './inflect';

/** A word list: entries most frequent first; a hyphen joins the words of one entry. */
export interface WordList {
  entries: string[];
  /** The two kinds of reviews prefer different entries a little. */
  tilt?: boolean;
  /** All entries are equally likely; otherwise they follow Zipf's law … */
  flat?: boolean;
  /** … shifted by this share of the list's length: the more, the flatter. Default 0.05. */
  spread?: number;
}

/** One of the topics of the newswires. */
export interface Topic {
  name: string;
  count: number;
  group: string;
}

/** What the language files say: word lists and sentence patterns by name, and topics in order. */
export interface Language {
  lists: Map<string, WordList>;
  rules: Map<string, string[]>;
  topics: Topic[];
}

/** Read language files (`datasets/sample/*.txt`). */
export function parse(texts: readonly string[]): Language {
  const language: Language = { lists: new Map(), rules: new Map(), topics: [] };
  for (const text of texts) {
    for (const section of sections(text)) addSection(language, section);
  }
  return language;
}

interface Section {
  head: string[];
  lines: string[];
}

function sections(text: string): Section[] {
  const found: Section[] = [];
  for (const line of text.split(/\r?\n/)) {
    const head = /^\[(.+)\]$/.exec(line);
    if (head) found.push({ head: head[1]!.split(' '), lines: [] });
    else if (line !== '' && !line.startsWith('#')) found[found.length - 1]!.lines.push(line);
  }
  return found;
}

function addSection(language: Language, { head, lines }: Section): void {
  const [what, name = '', ...marks] = head;
  if (what === 'list') {
    addList(language.lists, name, lines.join(' ').split(/\s+/), marks);
  } else if (what === 'rules') {
    language.rules.set(name, lines);
  } else if (what === 'topic') {
    language.topics.push({ name, count: Number(marks[0]), group: marks[1]! });
    for (const line of lines) {
      const list = /^(words|places): (.*)$/.exec(line);
      if (list) language.lists.set(`${name}:${list[1]!}`, { entries: list[2]!.split(' ') });
    }
    language.rules.set(
      `${name}:patterns`,
      lines.filter(line => !/^(?:words|places): /.test(line)),
    );
  } else throw new Error(`Expected [list …], [rules …] or [topic …], received [${head.join(' ')}].`);
}

function addList(lists: Map<string, WordList>, name: string, entries: string[], marks: string[]): void {
  const tilt = marks.includes('tilt');
  const flat = marks.includes('flat');
  // Opinions fall into few words mostly, and the rest are rare.
  const spread = /[+-]$/.test(name) ? 0.005 : undefined;
  // The side of a list stands last: thing+ has the plural thing.s+.
  const [, stem = '', side = ''] = /^(.*?)([+-]?)$/.exec(name) ?? [];
  const put = (form: string, words: string[]): void =>
    void lists.set(`${stem}${form}${side}`, { entries: [...new Set(words)], tilt, flat, spread });
  if (marks.includes('verb')) {
    const verbs = entries.map(conjugate);
    put(
      '',
      verbs.map(verb => verb.base),
    );
    for (const form of ['s', 'ed', 'en', 'ing'] as const) {
      put(
        `.${form}`,
        verbs.map(verb => verb[form]),
      );
    }
  } else {
    put('', entries);
    if (marks.includes('noun')) put('.s', entries.map(plural));
    if (marks.includes('adj')) put('.ly', entries.map(adverb));
  }
}
