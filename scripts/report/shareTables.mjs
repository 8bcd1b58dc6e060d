/**
 * Takes the tables out of both layouts of a chart, each once, so that a page does not carry them twice.
 * @param {import('vega').Spec} wide
 * @param {import('vega').Spec} [narrow]
 * @returns {{ wide: object, narrow?: object, shared: unknown[][] }} data sets name theirs by `{ "shared": index }`
 */
export function shareTables(wide, narrow) {
  /** @type {Map<string, number>} */
  const known = new Map();
  /** @type {unknown[][]} */
  const shared = [];
  /** @param {import('vega').Spec} spec */
  const without = spec => ({
    ...spec,
    data: (spec.data ?? []).map(data => {
      const values = 'values' in data ? data.values : undefined;
      if (!Array.isArray(values)) return data;
      const key = JSON.stringify(values);
      const index = known.get(key) ?? shared.push(values) - 1;
      known.set(key, index);
      return { ...data, values: { shared: index } };
    }),
  });
  return { wide: without(wide), ...(narrow ? { narrow: without(narrow) } : {}), shared };
}
