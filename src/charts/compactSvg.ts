/** Attributes that an SVG element takes from the group around it. (`opacity` is not one: a group fades as a whole.) */
const inherited = new Set([
  'fill',
  'fill-opacity',
  'font-size',
  'font-style',
  'font-weight',
  'stroke',
  'stroke-dasharray',
  'stroke-dashoffset',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-miterlimit',
  'stroke-opacity',
  'stroke-width',
  'text-anchor',
]);

// A group of marks without groups in it, as vega writes it.
const marks = /<g (class="mark-(?!group)[^"]*"[^>]*)>((?:(?!<\/?g\b)[\s\S])*)<\/g>/g;
const mark = /<(path|line|rect|text|image)((?: [\w:-]+="[^"]*")*)/g;
const attribute = / ([\w:-]+)="([^"]*)"/g;

/** The same picture in fewer characters: what all marks of a group have in common is said once, by the group, and colours are written in hex. */
export function compactSvg(svg: string): string {
  return svg
    .replace(
      /="rgb\((\d+), (\d+), (\d+)\)"/g,
      (_, ...rgb: string[]) => `="#${rgb.slice(0, 3).map(hex).join('')}"`,
    )
    .replace(marks, (group, head: string, body: string) => {
      const common = commonAttributes([...body.matchAll(mark)].map(([, , attributes]) => attributes!));
      if (common.size === 0) return group;
      const lighter = body.replace(mark, (_, name: string, attributes: string) => {
        const own = attributes.replace(attribute, (text, key: string) => (common.has(key) ? '' : text));
        return `<${name}${own}`;
      });
      return `<g ${head}${[...common].map(([key, value]) => ` ${key}="${value}"`).join('')}>${lighter}</g>`;
    });
}

/** What two marks or more agree on, all of them. */
function commonAttributes(all: readonly string[]): Map<string, string> {
  const [first, ...others] = all.map(
    text => new Map([...text.matchAll(attribute)].map(([, key, value]) => [key!, value!])),
  );
  if (!first || others.length === 0) return new Map();
  return new Map(
    [...first].filter(
      ([key, value]) => inherited.has(key) && others.every(other => other.get(key) === value),
    ),
  );
}

function hex(channel: string): string {
  return Number(channel).toString(16).padStart(2, '0');
}
