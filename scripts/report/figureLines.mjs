/**
 * Writes down what the figures of a page are drawn from, a line for each part, so that the page reads only those that it needs: first the expressions of all charts, each
 * once, then four lines a figure. A dataflow names an expression by `{ "code": index }`. A part that a figure has not is an empty line. src/page/charts/readFigures.ts
 * reads it.
 * @param {import('./finishPage.mjs').LiveFigure[]} figures
 * @returns {string}
 */
export function figureLines(figures) {
  const expressions = new Expressions();
  const lines = figures.flatMap(({ wide, narrow, shared, playground }) =>
    [wide && expressions.takenOut(wide), narrow && expressions.takenOut(narrow), shared, playground].map(
      part => (part === undefined ? '' : JSON.stringify(part)),
    ),
  );
  return [JSON.stringify(expressions.list), ...lines].join('\n');
}

class Expressions {
  /** @type {unknown[]} syntax trees */
  list = [];
  /** @type {Map<string, number>} */
  #known = new Map();

  /**
   * A dataflow without its expressions.
   * @param {unknown} value
   * @returns {unknown}
   */
  takenOut(value) {
    if (Array.isArray(value)) return value.map(entry => this.takenOut(entry));
    if (typeof value !== 'object' || value === null) return value;
    if ('ast' in value && 'code' in value) return { code: this.#index(String(value.code), value.ast) };
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, this.takenOut(entry)]));
  }

  /** @param {string} code @param {unknown} tree */
  #index(code, tree) {
    const index = this.#known.get(code) ?? this.list.push(withoutSource(tree)) - 1;
    this.#known.set(code, index);
    return index;
  }
}

/**
 * A syntax tree without the text of its literals, which nothing asks for.
 * @param {unknown} node
 * @returns {unknown}
 */
function withoutSource(node) {
  if (Array.isArray(node)) return node.map(withoutSource);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, entry]) => (key === 'raw' ? [] : [[key, withoutSource(entry)]])),
  );
}
