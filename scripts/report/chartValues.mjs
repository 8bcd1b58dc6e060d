import { createRequire } from 'node:module';
import { strictLogger } from './strictLogger.mjs';

const require = createRequire(import.meta.url);

/** @typedef {{ columns: string[], rows: string[][], of: number }} ValueTable columns, rows, and how many rows there are in all */

/** A table with more cells than this is thinned: it is not read but plotted. */
const most = 2500;

/**
 * The values of a chart as tables: those that it states (`usermeta.values`), else what hovering tells of its marks at the start.
 * @param {import('vega').Spec} spec
 * @returns {Promise<ValueTable[]>} none, when it states none and no mark tells anything
 * @throws what Vega throws or warns of
 */
export async function chartValues(spec) {
  /** @type {typeof import('vega')} */
  const vega = require('vega');
  const view = new vega.View(vega.parse(spec), { renderer: 'none', logger: strictLogger() });
  try {
    // Also of a chart that states its values: what Vega warns of is found here.
    await view.runAsync();
    const stated = statedTables(spec.usermeta);
    if (stated) return stated.map(counted);
    /** @type {Map<string, { columns: string[], rows: Map<string, string[]> }>} */
    const tables = new Map();
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the typings leave its parts out
    const { root } = /** @type {{ root: Mark }} */ (/** @type {object} */ (view.scenegraph()));
    for (const told of tooltips(root)) {
      const columns = Object.keys(told);
      const key = JSON.stringify(columns);
      const table = tables.get(key) ?? { columns, rows: new Map() };
      const row = columns.map(column => said(told[column]));
      table.rows.set(JSON.stringify(row), row);
      tables.set(key, table);
    }
    return joined(
      [...tables.values()].map(({ columns, rows }) => ({ columns, rows: [...rows.values()] })),
    ).map(counted);
  } finally {
    view.finalize();
  }
}

/**
 * @param {unknown} usermeta of whatever specification a notebook shows
 * @returns {{ columns: string[], rows: string[][] }[] | undefined}
 */
function statedTables(usermeta) {
  if (typeof usermeta !== 'object' || usermeta === null || !('values' in usermeta)) return undefined;
  const { values } = usermeta;
  if (!Array.isArray(values) || !values.every(isTable)) return undefined;
  return values.map(({ columns, rows }) => ({
    columns: columns.map(String),
    rows: rows.map(row => row.map(said)),
  }));
}

/**
 * @param {unknown} value
 * @returns {value is { columns: unknown[], rows: unknown[][] }}
 */
function isTable(value) {
  if (typeof value !== 'object' || value === null || !('columns' in value && 'rows' in value)) return false;
  const { columns, rows } = value;
  return Array.isArray(columns) && Array.isArray(rows) && rows.every(row => Array.isArray(row));
}

/** @param {{ columns: string[], rows: string[][] }} table */
function counted({ columns, rows }) {
  return { columns, rows: thinned(rows), of: rows.length };
}

/** @typedef {{ items?: Item[] }} Mark */
/** @typedef {{ tooltip?: unknown, items?: Mark[] }} Item */

/**
 * @param {Mark} mark
 * @returns {Generator<Record<string, unknown>>}
 */
function* tooltips(mark) {
  for (const item of mark.items ?? []) {
    const { tooltip } = item;
    if (typeof tooltip === 'object' && tooltip !== null) yield Object.fromEntries(Object.entries(tooltip));
    for (const inner of item.items ?? []) yield* tooltips(inner);
  }
}

/** @param {unknown} value */
function said(value) {
  if (value === null || value === undefined || value === 'null' || value === 'NaN') return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * Tables that begin with the same column, value by value, become one: the panels of a history, each by epoch.
 * @param {{ columns: string[], rows: string[][] }[]} tables
 */
function joined(tables) {
  /** @type {Map<string, { columns: string[], rows: string[][] }>} */
  const known = new Map();
  for (const { columns, rows } of tables) {
    const key = JSON.stringify([columns[0], rows.map(([first]) => first)]);
    const before = known.get(key);
    if (before && !columns.slice(1).some(column => before.columns.includes(column))) {
      before.columns.push(...columns.slice(1));
      rows.forEach((row, i) => before.rows[i]?.push(...row.slice(1)));
    } else {
      known.set(before ? `${key}${known.size}` : key, {
        columns: [...columns],
        rows: rows.map(row => [...row]),
      });
    }
  }
  return [...known.values()];
}

/** @param {string[][]} rows */
function thinned(rows) {
  const step = Math.ceil((rows.length * (rows[0]?.length ?? 0)) / most);
  if (step <= 1) return rows;
  return rows.filter((_, i) => i % step === 0 || i === rows.length - 1);
}
