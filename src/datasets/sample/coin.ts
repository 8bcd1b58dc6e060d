import type { Draw } from './Draw';
import type { WordList } from './parse';

/** Names are many and none is very frequent. */
const spread = 1 / 3;

/** Add what is made up or counted rather than written down: surnames, places, companies, numbers. */
export function coin(lists: Map<string, WordList>, draw: Draw, counts: Coined): void {
  const starts = entries(lists, 'start');
  const middles = entries(lists, 'middle');
  const join = (end: string, middleChance: number) => (): string => {
    const start = draw.from(starts);
    const middle = draw.chance(middleChance) ? draw.from(middles) : '';
    return start + middle + draw.from(entries(lists, end));
  };
  const known = new Set([...lists.values()].flatMap(list => list.entries));
  lists.set('surname', {
    entries: distinct(counts.surnames, known, join('surnameend', 0.5)),
    tilt: true,
    spread,
  });
  lists.set('placename', {
    entries: distinct(counts.places, known, join('placeend', 0.4)),
    tilt: true,
    spread,
  });
  lists.set('coinedfirm', { entries: distinct(counts.firms, known, join('companyend', 0.4)) });
  lists.set('anyfirst', { entries: alternate(entries(lists, 'male'), entries(lists, 'female')) });
  const pad = (width: number) => (number: string) => number.padStart(width, '0');
  lists.set('digit', { entries: range(1, 9), flat: true });
  lists.set('day', { entries: range(1, 31), flat: true });
  lists.set('small', { entries: range(1, 99), flat: true });
  lists.set('num', { entries: range(1, 999), flat: true });
  lists.set('grp', { entries: range(0, 999).map(pad(3)), flat: true });
  lists.set('nth', { entries: ['1st', '2nd', '3rd', '4th'] });
}

/** How many names of each kind to make up. */
export interface Coined {
  surnames: number;
  places: number;
  firms: number;
}

function entries(lists: Map<string, WordList>, name: string): string[] {
  return lists.get(name)!.entries;
}

function distinct(count: number, known: Set<string>, make: () => string): string[] {
  const made: string[] = [];
  while (made.length < count) {
    const word = make();
    if (known.has(word) || /(.)\1\1/.test(word)) continue;
    known.add(word);
    made.push(word);
  }
  return made;
}

function alternate(a: readonly string[], b: readonly string[]): string[] {
  return a.flatMap((entry, i) => (i < b.length ? [entry, b[i]!] : [entry])).concat(b.slice(a.length));
}

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
}
