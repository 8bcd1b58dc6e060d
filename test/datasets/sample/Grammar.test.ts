import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Draw } from '../../../src/datasets/sample/Draw';
import { Grammar } from '../../../src/datasets/sample/Grammar';
import { parse } from '../../../src/datasets/sample/parse';
import { Writer, type Side } from '../../../src/datasets/sample/Writer';

function write(
  text: string,
  slot: string,
  feeling: Side = 1,
  seed = 1,
  given: Record<string, string> = {},
): string {
  const draw = new Draw(seed);
  const grammar = new Grammar(parse([text]), draw, 0.5);
  const writer = new Writer(grammar, draw);
  for (const [name, word] of Object.entries(given)) writer.given.set(name, Int32Array.of(grammar.word(word)));
  writer.write(grammar.slot(slot), feeling);
  return Array.from(writer.finish(), word => grammar.words[word]).join(' ');
}

describe('Grammar and Writer', () => {
  it('write lists, given names, optional and alternative groups', () => {
    const text = '[list thing]\nred-box\n\n[rules say]\nsee {film:hero} with (the|the) {thing}( | )now\n';
    assert.equal(write(text, 'say', 1, 1, { 'film:hero': 'kate' }), 'see kate with the red box now');
  });

  it('take the side of the feeling, and the other after a minus sign', () => {
    const text =
      '[list adj+]\ngood\n\n[list adj-]\nbad\n\n[rules say]\n{adj} not {-adj}\n\n[rules end+]\n{say} yes\n\n[rules end-]\n{say} no\n';
    assert.equal(write(text, 'end', 1), 'good not bad yes');
    assert.equal(write(text, 'end', 0), 'bad not good no');
    assert.equal(write(text, '-end', 1), 'bad not good no');
  });

  it('write "an" before vowels and no word twice running', () => {
    assert.equal(write('[rules say]\na actor and a film of oil oil\n', 'say'), 'an actor and a film of oil');
  });

  it('take every alternative about equally often, nested ones too', () => {
    const text = '[rules say]\n(a|(b|c))\n';
    const draw = new Draw(3);
    const grammar = new Grammar(parse([text]), draw, 0);
    const writer = new Writer(grammar, draw);
    const counts: Record<string, number> = {};
    for (let i = 0; i < 4000; i++) {
      const [word] = writer.compose(grammar.slot('say'), 1);
      counts[grammar.words[word!]!] = (counts[grammar.words[word!]!] ?? 0) + 1;
    }
    assert.deepEqual(Object.keys(counts).toSorted(), ['a', 'b', 'c']);
    assert.ok(Math.abs(counts['a']! - 2000) < 150, String(counts['a']));
    assert.ok(Math.abs(counts['b']! - 1000) < 120, String(counts['b']));
  });

  it('say which slot is unknown, which group does not end, which name is not given, which section is none', () => {
    assert.throws(() => write('[rules say]\n{nothing}\n', 'say'), {
      message: 'Expected {nothing} to be a list or a rule of the language files.',
    });
    assert.throws(() => write('[rules say]\n(a|b\n', 'say'), {
      message: 'Expected the group at 0 of "(a|b" to end with ")".',
    });
    assert.throws(() => write('[rules say]\n{film:hero}\n', 'say'), {
      message: 'Expected {film:hero} to be given before the text is written.',
    });
    assert.throws(() => parse(['[word x]\na\n']), {
      message: 'Expected [list …], [rules …] or [topic …], received [word x].',
    });
  });

  it('write the same words for the same seed, whatever the seed', () => {
    const text =
      '[list thing noun]\nbox car key\n\n[rules say]\n(the|a|some) {thing} and {thing.s} (again|{say}|)\n';
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), seed => {
        assert.equal(write(text, 'say', 1, seed), write(text, 'say', 1, seed));
      }),
      { numRuns: 50 },
    );
  });
});
