import { inspect } from 'node:util';
import { checkCount } from '../options/checkCount';
import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { displayKey, type MimeBundle } from './display';
import { columnTexts, textWidth } from './tableCells';

/** Options of `table`. */
export interface TableOptions {
  /** Which columns, in which order; for rows that are arrays their names. Default: all, in the order of their first appearance. */
  columns?: readonly string[];
  /** A heading above the table. Default: none. */
  caption?: string;
  /** Decimals of the numbers in columns that have any. Default: as many as a column needs, at most 4. */
  digits?: number;
  /** How many rows to show; the rest is counted in a last line. Default: 50. */
  maxRows?: number;
}

/** What `table` accepts: records, rows of values, or a danfojs DataFrame. */
export type TableRows =
  readonly Readonly<Record<string, unknown>>[] | readonly (readonly unknown[])[] | DataFrameLike;

/** The part of a danfojs DataFrame that a table needs. */
export interface DataFrameLike {
  readonly columns: readonly string[];
  readonly values: unknown;
  readonly index?: readonly (string | number)[];
}

const optionNames = ['columns', 'caption', 'digits', 'maxRows'];

/** A table that shows itself as the last expression of a cell, or by `show`. */
export class Table {
  /** The names of the columns. */
  readonly columns: readonly string[];
  /** The values, one array for each row. */
  readonly rows: readonly (readonly unknown[])[];
  readonly #caption: string;
  readonly #texts: string[][];
  readonly #right: boolean[];
  readonly #more: number;

  /** @internal */
  constructor(columns: readonly string[], rows: readonly (readonly unknown[])[], options: TableOptions) {
    const { caption = '', digits, maxRows = 50 } = options;
    const shown = rows.slice(0, maxRows);
    const byColumn = columns.map((_, column) =>
      columnTexts(
        shown.map(row => row[column]),
        digits,
      ),
    );
    this.columns = columns;
    this.rows = rows;
    this.#caption = caption;
    this.#texts = shown.map((_, row) => byColumn.map(texts => texts[row] ?? ''));
    this.#right = columns.map((_, column) => isNumeric(rows.map(row => row[column])));
    this.#more = rows.length - shown.length;
    Object.defineProperty(this, displayKey, { value: () => this.#bundle() });
  }

  /** The table as HTML, all text escaped. It takes the colours of the page around it. */
  toHTML(): string {
    const cell = (tag: 'th' | 'td', text: string, column: number) => {
      const style = this.#right[column]
        ? 'text-align: right; font-variant-numeric: tabular-nums'
        : 'text-align: left';
      const scope = tag === 'th' ? ' scope="col"' : '';
      // A value and its spread stay on one line.
      const html = escapeHtml(text).replaceAll(' ± ', '&nbsp;±&nbsp;');
      return `<${tag}${scope} style="${style}">${html}</${tag}>`;
    };
    const line = (tag: 'th' | 'td', texts: readonly string[]) =>
      // An empty header cell heads nothing: the corner above the names of the rows.
      `<tr>${texts.map((text, column) => cell(text === '' ? 'td' : tag, text, column)).join('')}</tr>`;
    const caption = this.#caption
      ? `<caption style="text-align: left">${escapeHtml(this.#caption)}</caption>`
      : '';
    const rest = this.#more
      ? `<tr><td colspan="${this.columns.length}" style="text-align: left">${this.#rest()}</td></tr>`
      : '';
    const body = this.#texts.map(texts => line('td', texts)).join('\n');
    return `<table>${caption}\n<thead>${line('th', this.columns)}</thead>\n<tbody>\n${body}${rest}\n</tbody></table>`;
  }

  /** The table as text, for a terminal. */
  toString(): string {
    const lines = [this.columns, ...this.#texts];
    const widths = this.columns.map((_, column) =>
      Math.max(...lines.map(line => textWidth(line[column] ?? ''))),
    );
    const text = lines.map(line =>
      line
        .map((cell, column) => {
          const blank = ' '.repeat((widths[column] ?? 0) - textWidth(cell));
          return this.#right[column] ? blank + cell : cell + blank;
        })
        .join('  ')
        .trimEnd(),
    );
    text.splice(1, 0, widths.map(width => '-'.repeat(width)).join('  '));
    if (this.#caption) text.unshift(this.#caption);
    if (this.#more) text.push(this.#rest());
    return text.join('\n');
  }

  /** What `console.log` shows. */
  [inspect.custom](): string {
    return this.toString();
  }

  #rest(): string {
    return `… and ${this.#more} more ${this.#more === 1 ? 'row' : 'rows'}`;
  }

  #bundle(): MimeBundle {
    return { 'text/html': this.toHTML(), 'text/plain': this.toString() };
  }
}

/**
 * A table of records, of rows, or of a danfojs DataFrame. Columns of numbers are aligned to the right.
 *
 * @throws TypeError if `rows` is none of these or a column of `columns` does not exist.
 *
 * @example
 * ```ts
 * table([{ epoch: 1, loss: 0.51 }, { epoch: 2, loss: 0.3 }], { caption: 'Training' });
 * ```
 */
export function table(rows: TableRows, options: TableOptions = {}): Table {
  checkOptions('table', options, optionNames);
  if (options.digits !== undefined) checkCount('digits of table', options.digits, { max: 20 });
  if (options.maxRows !== undefined) checkCount('maxRows of table', options.maxRows, { min: 1 });
  const { columns, values } = toGrid(rows, options.columns);
  return new Table(columns, values, options);
}

interface Grid {
  columns: readonly string[];
  values: readonly (readonly unknown[])[];
}

function toGrid(rows: TableRows, columns: readonly string[] | undefined): Grid {
  if (isDataFrame(rows)) return pick(dataFrameGrid(rows), columns);
  if (!Array.isArray(rows)) {
    throw new TypeError(
      `Expected an array of rows or a DataFrame for table, received ${describe(rows)}. Write [{ name: value }].`,
    );
  }
  const list: readonly unknown[] = rows;
  if (Array.isArray(list[0])) return arrayGrid(list, columns);
  const records = list.map(toRecord);
  const names = [...new Set(records.flatMap(record => Object.keys(record)))];
  return pick({ columns: names, values: records.map(record => names.map(name => record[name])) }, columns);
}

function toRecord(row: unknown, at: number): Record<string, unknown> {
  if (typeof row === 'object' && row !== null && !Array.isArray(row)) return { ...row };
  throw new TypeError(
    `Expected row ${at} of table to be an object, received ${describe(row)}. Write [{ name: value }].`,
  );
}

function toRow(row: unknown, at: number): readonly unknown[] {
  if (Array.isArray(row)) return row;
  throw new TypeError(
    `Expected row ${at} of table to be an array as the first is, received ${describe(row)}. Make all rows alike.`,
  );
}

function arrayGrid(list: readonly unknown[], columns: readonly string[] | undefined): Grid {
  const rows = list.map(toRow);
  // Not Math.max(…), which cannot take a hundred thousand arguments.
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  if (columns && columns.length !== width) {
    throw new TypeError(
      `Expected ${width} names in columns of table, received ${columns.length}. Give one for each value of a row.`,
    );
  }
  return { columns: columns ?? Array.from({ length: width }, (_, column) => String(column)), values: rows };
}

function dataFrameGrid({ columns, values, index = [] }: DataFrameLike): Grid {
  if (!Array.isArray(values)) {
    throw new TypeError(
      `Expected the values of a DataFrame for table, received ${describe(values)}. Use its rows.`,
    );
  }
  const rows = values.map(toRow);
  if (index.every((label, at) => label === at)) return { columns, values: rows };
  return { columns: ['', ...columns], values: rows.map((row, at) => [index[at], ...row]) };
}

function pick(grid: Grid, columns: readonly string[] | undefined): Grid {
  if (columns === undefined) return grid;
  const places = columns.map(name => {
    const place = grid.columns.indexOf(name);
    if (place >= 0 || grid.values.length === 0) return place;
    throw new TypeError(
      `Expected a column of table, received "${name}". Its columns are: ${grid.columns.join(', ')}.`,
    );
  });
  return { columns, values: grid.values.map(row => places.map(place => row[place])) };
}

function isDataFrame(rows: TableRows): rows is DataFrameLike {
  return (
    typeof rows === 'object' && rows !== null && !Array.isArray(rows) && 'columns' in rows && 'values' in rows
  );
}

function isNumeric(values: readonly unknown[]): boolean {
  const present = values.filter(value => value !== undefined && value !== null);
  return present.length > 0 && present.every(value => typeof value === 'number' || typeof value === 'bigint');
}

function escapeHtml(text: string): string {
  const names: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replaceAll(/[&<>"']/g, character => names[character] ?? character);
}
