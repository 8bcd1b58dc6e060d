const irregularPlurals: Readonly<Record<string, string>> = {
  man: 'men',
  woman: 'women',
  child: 'children',
  wife: 'wives',
  knife: 'knives',
  thief: 'thieves',
  life: 'lives',
  shelf: 'shelves',
  loaf: 'loaves',
  wolf: 'wolves',
  person: 'people',
  foot: 'feet',
  tooth: 'teeth',
  goose: 'geese',
  mouse: 'mice',
  sheep: 'sheep',
  hero: 'heroes',
  volcano: 'volcanoes',
  potato: 'potatoes',
  axe: 'axes',
};

/** The plural of a noun; of a compound (`lighthouse-keeper`) its last word's. */
export function plural(noun: string): string {
  const cut = noun.lastIndexOf('-') + 1;
  const last = noun.slice(cut);
  const irregular = irregularPlurals[last] ?? lastPart(last);
  return noun.slice(0, cut) + (irregular ?? withS(last));
}

/** The forms of a verb written as in the word lists: `help`, `stop*` (doubles its last letter), `steal/stole/stolen`. */
export function conjugate(entry: string): { base: string; s: string; ed: string; en: string; ing: string } {
  const [written = '', past, participle] = entry.split('/');
  const doubles = written.endsWith('*');
  const base = doubles ? written.slice(0, -1) : written;
  const stem = doubles ? base + (base.endsWith('c') ? 'k' : base.slice(-1)) : base;
  const ed =
    past ??
    (/[^aeiou]y$/.test(stem) ? `${stem.slice(0, -1)}ied` : stem.endsWith('e') ? `${stem}d` : `${stem}ed`);
  const ing = stem.endsWith('ie')
    ? `${stem.slice(0, -2)}ying`
    : `${/[^eoy]e$/.test(stem) ? stem.slice(0, -1) : stem}ing`;
  return { base, s: withS(base), ed, en: participle ?? ed, ing };
}

/** The adverb of an adjective: gentle, gently; happy, happily; comic, comically. */
export function adverb(adjective: string): string {
  if (adjective.endsWith('ic')) return `${adjective}ally`;
  if (/[^aeiou]le$/.test(adjective)) return `${adjective.slice(0, -1)}y`;
  if (/[^aeiou]y$/.test(adjective) && adjective.length > 3) return `${adjective.slice(0, -1)}ily`;
  if (adjective.endsWith('ll')) return `${adjective}y`;
  return `${adjective}ly`;
}

/** Whether English puts "an" before the word. */
export function takesAn(word: string): boolean {
  if (/^(?:hour|honest|honor|heir|8|11$|18$)/.test(word)) return true;
  return (
    /^[aeiou]/.test(word) &&
    !/^(?:uni(?!n|m)|us[eu]|u$|euro|eu[lg]|one$|once|uran|ut[ei]|ural|ugand|uk$)/.test(word)
  );
}

function withS(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

// fisherman, policewoman, housewife, grandchild: the irregular word stands at the end.
function lastPart(word: string): string | undefined {
  for (const end of ['woman', 'man', 'child', 'wife']) {
    if (word.endsWith(end) && word !== 'roman' && word !== 'human') {
      return word.slice(0, -end.length) + irregularPlurals[end]!;
    }
  }
  return undefined;
}
