import type { Draw } from './Draw';
import type { Grammar } from './Grammar';
import type { Writer } from './Writer';

/** What all reviews of one film share: its title, cast, genre, place, year. */
export type Film = ReadonlyMap<string, Int32Array>;

/** Make up films. */
export function makeFilms(count: number, grammar: Grammar, writer: Writer, draw: Draw): Film[] {
  const slots = Object.fromEntries(
    ['female', 'male', 'surname', 'other', 'genre', 'years', 'placename'].map(name => [
      name,
      grammar.slot(name),
    ]),
  );
  const some = (name: string): Int32Array => writer.compose(slots[name]!, draw.chance(0.5) ? 1 : 0);
  const words = (...texts: string[]): Int32Array[] => texts.map(text => Int32Array.of(grammar.word(text)));
  const pronouns = { she: words('she', 'her', 'her'), he: words('he', 'his', 'him') };
  return Array.from({ length: count }, () => {
    const woman = draw.chance(0.4);
    const [he, his, him] = woman ? pronouns.she : pronouns.he;
    const own = some(woman ? 'female' : 'male');
    const [starl, costarl, directorl] = [some('surname'), some('surname'), some('surname')];
    return new Map([
      ['film:star', join(some(woman ? 'female' : 'male'), starl)],
      ['film:starl', starl],
      ['film:costar', join(some(woman ? 'male' : 'female'), costarl)],
      ['film:costarl', costarl],
      ['film:director', join(some(draw.chance(0.2) ? 'female' : 'male'), directorl)],
      ['film:directorl', directorl],
      ['film:hero', own],
      ['film:he', he!],
      ['film:his', his!],
      ['film:him', him!],
      // The other sex, so that no hero meets a namesake.
      ['film:villain', some(woman ? 'male' : 'female')],
      ['film:title', some('other')],
      ['film:genre', some('genre')],
      ['film:year', some('years')],
      ['film:town', some('placename')],
    ]);
  });
}

function join(a: Int32Array, b: Int32Array): Int32Array {
  return Int32Array.from([...a, ...b]);
}
