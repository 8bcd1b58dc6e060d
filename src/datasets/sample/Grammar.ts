import { Draw } from './Draw';
import { takesAn } from './inflect';
import type { Language, WordList } from './parse';

/** Entries to choose from by weight: tables of 2^16 places of entries, so that a 16-bit draw picks in one step. */
export interface Choice {
  readonly entries: readonly Int32Array[];
  /** By leaning: 0 for the negative reviews, 1 for the positive ones; the same table twice where a list has no tilt. */
  readonly tables: readonly [Uint16Array, Uint16Array];
}

/** What a slot of a pattern stands for. Sides are picked by feeling: 0 negative, 1 positive. */
export type Slot =
  | { readonly kind: 'list'; readonly sides: readonly [Choice, Choice] }
  | { readonly kind: 'rule'; readonly sides: readonly [readonly Int32Array[], readonly Int32Array[]] }
  | { readonly kind: 'flip'; readonly slot: number }
  | { readonly kind: 'given'; readonly name: string };

const tableSize = 1 << 16;

/**
 * A language made ready for writing: words are numbers, a pattern is an array of them in which a negative number −1 − s
 * means slot s.
 */
export class Grammar {
  readonly words: string[] = [];
  readonly slots: Slot[] = [];
  /** By word: whether "a" before it becomes "an". */
  readonly vowels: boolean[] = [];
  readonly #ids = new Map<string, number>();
  readonly #slotIds = new Map<string, number>();
  readonly #choices = new Map<string, Choice>();
  readonly #language: Language;
  readonly #draw: Draw;
  readonly #tilt: number;

  /**
   * @param language Its lists and rules.
   * @param draw Draws which words lean to which side.
   * @param tilt How much: a word's weight is multiplied by 1 ± tilt at most.
   */
  constructor(language: Language, draw: Draw, tilt: number) {
    this.#language = language;
    this.#draw = draw;
    this.#tilt = tilt;
  }

  /** The number of a word. */
  word(text: string): number {
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.words.length;
      this.#ids.set(text, id);
      this.words.push(text);
      this.vowels.push(takesAn(text));
    }
    return id;
  }

  /** The number of a slot: a list, a rule, `-` before either for the other feeling, or a given name with a colon. */
  slot(name: string): number {
    let id = this.#slotIds.get(name);
    if (id === undefined) {
      id = this.slots.length;
      this.#slotIds.set(name, id);
      // Rules may contain themselves, so the place is taken before they are compiled.
      this.slots.push({ kind: 'given', name });
      this.slots[id] = this.#make(name);
    }
    return id;
  }

  /** A pattern written as in the language files. */
  pattern(text: string): Int32Array {
    return this.#sequence(text);
  }

  #make(name: string): Slot {
    if (name.startsWith('-')) return { kind: 'flip', slot: this.slot(name.slice(1)) };
    const { lists, rules } = this.#language;
    const some = <T>(map: Map<string, T>): boolean => map.has(name) || map.has(`${name}+`);
    if (some(lists)) {
      return lists.has(name)
        ? { kind: 'list', sides: [this.#choice(name), this.#choice(name)] }
        : { kind: 'list', sides: [this.#choice(`${name}-`), this.#choice(`${name}+`)] };
    }
    if (some(rules)) {
      const common = (rules.get(name) ?? []).map(rule => this.#sequence(rule));
      const side = (sign: string): Int32Array[] => [
        ...common,
        ...(rules.get(name + sign) ?? []).map(rule => this.#sequence(rule)),
      ];
      return { kind: 'rule', sides: [side('-'), side('+')] };
    }
    if (/^\w+:\w+$/.test(name)) return { kind: 'given', name };
    throw new Error(`Expected {${name}} to be a list or a rule of the language files.`);
  }

  #choice(name: string): Choice {
    let choice = this.#choices.get(name);
    if (!choice) {
      const list = this.#language.lists.get(name)!;
      const entries = list.entries.map(entry =>
        Int32Array.from(entry.match(/[^-.]+/g)!, word => this.word(word)),
      );
      choice = { entries, tables: this.#tables(list) };
      this.#choices.set(name, choice);
    }
    return choice;
  }

  #tables(list: WordList): [Uint16Array, Uint16Array] {
    // Zipf's law, shifted so that the first entries of a long list do not drown the rest.
    const shift = 2 + list.entries.length * (list.spread ?? 0.05);
    const weights = list.entries.map((_, rank) => (list.flat ? 1 : 1 / (rank + shift)));
    if (!list.tilt) {
      const table = tableOf(weights);
      return [table, table];
    }
    const lean = weights.map(() => this.#tilt * (2 * this.#draw.fraction() - 1));
    return [
      tableOf(weights.map((weight, i) => weight * (1 - lean[i]!))),
      tableOf(weights.map((weight, i) => weight * (1 + lean[i]!))),
    ];
  }

  // Reads words, {slots} and (groups|of|alternatives), which become slots of their own.
  #sequence(text: string): Int32Array {
    const code: number[] = [];
    let at = 0;
    while (at < text.length) {
      if (text[at] === '(') {
        const end = closing(text, at);
        const options = split(text.slice(at + 1, end)).map(option => this.#sequence(option));
        code.push(-1 - (this.slots.push({ kind: 'rule', sides: [options, options] }) - 1));
        at = end + 1;
      } else if (text[at] === '{') {
        const end = text.indexOf('}', at);
        code.push(-1 - this.slot(text.slice(at + 1, end)));
        at = end + 1;
      } else if (text[at] === ' ') {
        at++;
      } else {
        const [word] = /^[^ (){}]+/.exec(text.slice(at))!;
        code.push(this.word(word));
        at += word.length;
      }
    }
    return Int32Array.from(code);
  }
}

function tableOf(weights: readonly number[]): Uint16Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const table = new Uint16Array(tableSize);
  let reached = 0;
  weights.forEach((weight, entry) => {
    const from = Math.round((reached / total) * tableSize);
    reached += weight;
    table.fill(entry, from, Math.round((reached / total) * tableSize));
  });
  return table;
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  throw new Error(`Expected the group at ${open} of "${text}" to end with ")".`);
}

function split(group: string): string[] {
  const options = [''];
  let depth = 0;
  for (const letter of group) {
    if (letter === '(') depth++;
    else if (letter === ')') depth--;
    if (letter === '|' && depth === 0) options.push('');
    else options[options.length - 1] += letter;
  }
  return options;
}
