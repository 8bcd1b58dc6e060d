export type { Displayable, MimeBundle } from './display';
export { show } from './show';
export { Table, table, type DataFrameLike, type TableOptions, type TableRows } from './table';
export { versions } from './versions';
