/** Where the values of a data set came from. */
export interface DataSource {
  /**
   * `'real'`: the file that Keras uses, its hash checked (or, for Boston housing, the same values embedded);
   * `'sample'`: generated stand-ins; `'own'`: another file given by its absolute path.
   */
  kind: 'real' | 'sample' | 'own';
  /** The file that was read; null for embedded and generated data. */
  path: string | null;
}
