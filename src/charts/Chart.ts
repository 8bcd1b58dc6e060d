import { inspect } from 'node:util';
import { describe } from '../options/describe';
import { renderSvg } from './renderSvg';
import { config } from './theme';
import type { ValueTable } from './ValueTable';
import { wrap } from './wrap';

/** A Vega-Lite 5 specification: plain JSON. */
export interface VegaLiteSpec {
  $schema: string;
  description: string;
  [property: string]: unknown;
}

/** What a chart is made of. */
export interface ChartParts {
  /** The heading, also the alternative text's first words. */
  title: string;
  /** One or two sentences for a reader who cannot see the picture. */
  description: string;
  /** The values that matter, one to a line, for a terminal. */
  text: string[];
  /** The view without `$schema`, `title`, `description` and `config`, which a chart adds. */
  view: Record<string, unknown>;
  /** The same chart for a screen as narrow as a phone's, where it differs. */
  narrow?: Record<string, unknown> | undefined;
  /** What a report's table of values tells, where that is more than hovering tells of the marks that show at first. */
  values?: ValueTable[];
}

const display = Symbol.for('keras-primer.display');

/**
 * A picture as data: a Vega-Lite 5.23 specification, with its heading and its alternative text. The `plot…` functions make charts; in a notebook
 * `show(chart)` displays one, and so does a chart as the last line of a cell. Nothing is drawn, and vega is not loaded, before that.
 *
 * @example
 * const chart = plotLines({ loss: [0.9, 0.5, 0.3] }, { title: 'Loss' });
 * chart.spec.$schema; // 'https://vega.github.io/schema/vega-lite/v5.json'
 */
export class Chart {
  /** The heading. */
  readonly title: string;
  /** The alternative text. */
  readonly description: string;
  /** The Vega-Lite specification; `JSON.stringify(chart)` gives it too, ready for any Vega-Lite viewer. */
  readonly spec: VegaLiteSpec;
  readonly #text: string;
  readonly #narrow: VegaLiteSpec | undefined;

  constructor({ title, description, text, view, narrow, values }: ChartParts) {
    if (typeof title !== 'string') {
      throw new TypeError(`Expected title to be a text, received ${describe(title)}.`);
    }
    const whole = (part: Record<string, unknown>, meta?: object): VegaLiteSpec => ({
      $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
      title,
      description,
      ...part,
      // An SVG takes the page's text colour and stays sharp; vega-embed, and so JupyterLab, reads this.
      usermeta: { embedOptions: { renderer: 'svg' }, ...meta },
      config,
    });
    this.title = title;
    this.description = description;
    // Beside the data: what draws the chart does not carry them.
    this.spec = whole(view, values && { values });
    this.#narrow = narrow && { ...whole(narrow), title: wrap(title, 36) };
    this.#text = [title, ...text.map(line => `  ${line}`)].join('\n');
    Object.defineProperty(this, display, { value: async () => this.#bundle() });
  }

  /**
   * The chart as one self-contained SVG: its own text alternative, no script, no outside font or file. Text takes the colour of the page around it; as a file of
   * its own it follows the viewer's light or dark preference.
   */
  toSVG(): Promise<string> {
    const { title, description, spec } = this;
    return renderSvg({ title, description, wide: spec, narrow: this.#narrow });
  }

  /** The specification, for `JSON.stringify`. */
  toJSON(): VegaLiteSpec {
    return this.spec;
  }

  /** The heading and the values that matter, as text. */
  toString(): string {
    return this.#text;
  }

  /** What `console.log` shows. */
  [inspect.custom](): string {
    return this.#text;
  }

  async #bundle(): Promise<Record<string, unknown>> {
    return {
      'application/vnd.vegalite.v5+json': this.spec,
      // JupyterLab takes no notice of it; a report is read on phones too.
      ...(this.#narrow ? { 'application/vnd.keras-primer.narrow+json': this.#narrow } : {}),
      'image/svg+xml': await this.toSVG(),
      'text/plain': this.#text,
    };
  }
}
