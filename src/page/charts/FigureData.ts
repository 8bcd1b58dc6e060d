/** What a figure carries, as the JSON of each part or '' where it has none; scripts/report/figureLines.mjs writes it. */
export interface FigureData {
  /** The chart as a dataflow of Vega, without the controls, which are in the page. */
  readonly wide: string;
  /** The same for a narrow screen, where it differs. */
  readonly narrow: string;
  /** Tables that several data sets have in common; a data set names its own by `{ "shared": index }`. */
  readonly shared: string;
  /** The settings of a playground. */
  readonly playground: string;
}
