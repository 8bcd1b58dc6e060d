import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { Chart } from './Chart';
import { hues } from './theme';
import { round, say } from './values';

/** Options of `plotBars`. */
export interface PlotBarsOptions {
  /** What the bars measure; default 'value'. */
  valueTitle?: string;
  /** Default: the value's title. */
  title?: string;
  /** Say in words what a bar to the right and a bar to the left mean; default none. */
  meaning?: [right: string, left: string];
}

/**
 * Named amounts as horizontal bars, in the order given; amounts below zero go left in another hue.
 *
 * @param values `[label, amount]` pairs, or an object of label → amount. Labels may repeat in pairs.
 * @throws TypeError or RangeError if there is nothing to draw or an amount is not a finite number.
 * @example
 * plotBars([['wonderful', 0.21], ['dull', -0.34]], { title: 'Word effects' }).title; // 'Word effects'
 */
export function plotBars(
  values: readonly (readonly [string, number])[] | { readonly [label: string]: number },
  options: PlotBarsOptions = {},
): Chart {
  checkOptions('plotBars', options, ['valueTitle', 'title', 'meaning']);
  const { valueTitle = 'value', meaning } = options;
  const pairs = toPairs(values);
  const title = options.title ?? valueTitle.charAt(0).toUpperCase() + valueTitle.slice(1);
  // The place in the list goes into the field, so that a label may come twice.
  const rows = pairs.map(([label, value], i) => ({
    at: `${i}:${label}`,
    label,
    value: round(value),
    sign: sign(value),
  }));
  const [right, left] = meaning ?? ['', ''];
  const view = (width: number, columns: number): Record<string, unknown> => ({
    width,
    height: { step: 22 },
    data: { values: rows },
    mark: { type: 'bar', tooltip: true },
    encoding: {
      y: {
        field: 'at',
        type: 'nominal',
        sort: null,
        title: null,
        axis: { labelExpr: "slice(datum.value, indexof(datum.value, ':') + 1)", ticks: false, domain: false },
      },
      x: {
        field: 'value',
        type: 'quantitative',
        title: valueTitle,
        axis: { tickCount: width > 300 ? 8 : 4 },
      },
      color: {
        field: 'sign',
        type: 'nominal',
        title: null,
        scale: { domain: ['up', 'down'], range: [hues.up, hues.down] },
        legend: meaning
          ? { columns, labelExpr: `datum.value === 'up' ? ${quote(right)} : ${quote(left)}` }
          : null,
      },
      tooltip: [
        { field: 'label', type: 'nominal', title: 'label' },
        { field: 'value', type: 'quantitative', title: valueTitle },
      ],
    },
  });
  const text = pairs.map(([label, value]) => `${label}: ${say(value)}`);
  return new Chart({
    title,
    description: `${pairs.length} bars: ${valueTitle}. ${text.slice(0, 20).join('; ')}${pairs.length > 20 ? '; …' : ''}.`,
    text,
    view: view(560, 2),
    narrow: view(190, 1),
  });
}

function toPairs(values: unknown): [string, number][] {
  if (typeof values !== 'object' || values === null) {
    throw new TypeError(`Expected [label, amount] pairs or an object, received ${describe(values)}.`);
  }
  const pairs: unknown[] = Array.isArray(values) ? values : Object.entries(values);
  if (pairs.length === 0) throw new RangeError('Expected at least one bar, received none.');
  return pairs.map((pair, i) => {
    const [label, value] = Array.isArray(pair) ? (pair as unknown[]) : [];
    if (typeof label === 'string' && typeof value === 'number' && Number.isFinite(value))
      return [label, value];
    throw new TypeError(
      `Expected bar ${i} to be a label and a finite number, received ` +
        (Array.isArray(pair) ? `[${describe(label)}, ${describe(value)}].` : `${describe(pair)}.`),
    );
  });
}

function sign(value: number): 'up' | 'down' {
  return value < 0 ? 'down' : 'up';
}

function quote(text: string): string {
  return JSON.stringify(text);
}
