import type { Draw } from './Draw';
import type { Grammar } from './Grammar';

/** 0 or 1: negative or positive. */
export type Side = 0 | 1;

/** Writes texts of a grammar as word numbers into one growing buffer. */
export class Writer {
  /** Which words of tilted lists are preferred. */
  leaning: Side = 0;
  /** What `{film:title}` and its like stand for at the moment: words, or another slot. */
  readonly given = new Map<string, Int32Array | number>();
  readonly #grammar: Grammar;
  readonly #draw: Draw;
  readonly #a: number;
  readonly #an: number;
  #buffer: Uint16Array = new Uint16Array(1 << 20);
  #length = 0;

  constructor(grammar: Grammar, draw: Draw) {
    this.#grammar = grammar;
    this.#draw = draw;
    this.#a = grammar.word('a');
    this.#an = grammar.word('an');
  }

  /** How many words have been written. */
  get length(): number {
    return this.#length;
  }

  /** All that has been written, cut to its length. */
  finish(): Uint16Array {
    return this.#buffer.slice(0, this.#length);
  }

  /** Write what a slot stands for. */
  write(slot: number, feeling: Side): void {
    const what = this.#grammar.slots[slot]!;
    if (what.kind === 'rule') {
      const patterns = what.sides[feeling];
      this.#follow(patterns[this.#draw.below(patterns.length)]!, feeling);
    } else if (what.kind === 'list') {
      const choice = what.sides[feeling];
      this.#put(choice.entries[choice.tables[this.leaning][this.#draw.bits() >>> 16]!]!);
    } else if (what.kind === 'flip') {
      this.write(what.slot, feeling === 1 ? 0 : 1);
    } else {
      const given = this.given.get(what.name);
      if (given === undefined)
        throw new Error(`Expected {${what.name}} to be given before the text is written.`);
      if (typeof given === 'number') this.write(given, feeling);
      else this.#put(given);
    }
  }

  /** What a slot stands for, as words set aside instead of written. */
  compose(slot: number, feeling: Side): Int32Array {
    const start = this.#length;
    this.write(slot, feeling);
    const words = Int32Array.from(this.#buffer.subarray(start, this.#length));
    this.#length = start;
    return words;
  }

  #follow(pattern: Int32Array, feeling: Side): void {
    for (const code of pattern) {
      if (code >= 0) this.#word(code);
      else this.write(-1 - code, feeling);
    }
  }

  #put(words: Int32Array): void {
    for (const word of words) this.#word(word);
  }

  #word(word: number): void {
    const last = this.#length - 1;
    // Two lists that meet may give one word twice ("oil oil prices").
    if (this.#buffer[last] === word) return;
    if (this.#buffer[last] === this.#a && this.#grammar.vowels[word]) this.#buffer[last] = this.#an;
    if (this.#length === this.#buffer.length) {
      const wider = new Uint16Array(this.#buffer.length * 2);
      wider.set(this.#buffer);
      this.#buffer = wider;
    }
    this.#buffer[this.#length++] = word;
  }
}
