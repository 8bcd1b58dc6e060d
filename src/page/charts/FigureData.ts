import type { Spec } from 'vega';

/** What a figure carries; scripts/report/liveChart.mjs makes it. */
export interface FigureData {
  /** The chart as Vega draws it, without the controls, which are in the page. */
  wide?: Spec;
  /** The same for a narrow screen, where it differs. */
  narrow?: Spec;
  /** Tables that several data sets have in common; a data set names its own by `{ "shared": index }`. */
  shared?: unknown[][];
  /** The settings of a playground. */
  playground?: unknown;
}
