const proseCell = /<section class="cell prose">[\s\S]*?<\/section>/g;
const heading = /<h([23])>([\s\S]*?)<\/h\1>/g;
const tag = /<[^>]*>/g;
const parts = /(<[^>]*>)/;
const mention = /\b([Ss]ection) (\d+)\b(?! of\b)/g;
/** Where a mention stays text: it is a link already, or quoted, or a heading. */
const closed = new Set(['a', 'code', 'pre', 'h1', 'h2', 'h3', 'h4', 'math']);
/** Fewer sections need no list. */
const fewest = 3;

/**
 * Makes a long page one that can be walked about in: each section has an address and links to itself, its contents are listed near the top, and mentions such as "section
 * 4" lead there.
 * @param {string} html
 */
export function headings(html) {
  const taken = new Set(Array.from(html.matchAll(/\sid="([^"]+)"/g), ([, id]) => id));
  /** @type {{ id: string, inner: string }[]} */
  const sections = [];
  const addressed = html.replace(proseCell, cell =>
    cell.replace(heading, (whole, level, inner) => {
      if (/<a\b/.test(inner)) return whole;
      const id = unique(slug(inner), taken);
      if (level === '2') sections.push({ id, inner });
      return `<h${level} id="${id}"><a class="self" href="#${encodeURIComponent(id)}">${inner}</a></h${level}>`;
    }),
  );
  if (sections.length === 0) return html;
  const numbered = new Map(
    sections.flatMap(({ id, inner }) => {
      const number = /^(\d+)\./.exec(inner)?.[1];
      return number ? [[number, id]] : [];
    }),
  );
  const linked = addressed.replace(proseCell, cell => linkMentions(cell, numbered));
  if (sections.length < fewest) return linked;
  // After the title and the paragraph that introduces the page, in any case before the first section.
  const first = linked.indexOf(`<h2 id="${sections[0]?.id}">`);
  const title = linked.indexOf('</h1>');
  const lead = title < 0 ? -1 : linked.indexOf('</p>', title);
  const at = lead >= 0 && lead < first ? lead + '</p>'.length : first;
  return linked.slice(0, at) + contents(sections) + linked.slice(at);
}

/** @param {{ id: string, inner: string }[]} sections */
function contents(sections) {
  const items = sections.map(({ id, inner }) => `<li><a href="#${encodeURIComponent(id)}">${inner}</a></li>`);
  return `<nav class="contents" aria-label="Contents"><details><summary>Contents</summary>\n<ul>\n${items.join('\n')}\n</ul>\n</details></nav>\n`;
}

/** @param {string} cell @param {Map<string, string>} numbered */
function linkMentions(cell, numbered) {
  let depth = 0;
  return cell
    .split(parts)
    .map(part => {
      const [, end, name = ''] = /^<(\/?)([a-z0-9]+)/i.exec(part) ?? [];
      if (part.startsWith('<')) {
        if (closed.has(name)) depth += end ? -1 : 1;
        return part;
      }
      if (depth > 0) return part;
      return part.replace(mention, (words, _, number) => {
        const id = numbered.get(number);
        return id ? `<a href="#${encodeURIComponent(id)}">${words}</a>` : words;
      });
    })
    .join('');
}

/** The words of a heading without its number, so that an address outlives a section that is put before it. @param {string} inner */
function slug(inner) {
  const words = inner
    .replace(tag, '')
    .replace(/&[a-z]+;|&#\d+;/g, ' ')
    .replace(/^\d+\.\s*/, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .match(/[\p{L}\p{N}]+/gu);
  return words?.join('-') ?? 'section';
}

/** @param {string} wanted @param {Set<string | undefined>} taken */
function unique(wanted, taken) {
  let id = wanted;
  for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`;
  taken.add(id);
  return id;
}
