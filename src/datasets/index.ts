export { bostonHousing, type BostonHousingOptions, type TableData } from './bostonHousing';
export type { DataSource } from './DataSource';
export { imdb, type ImdbOptions, type TextData } from './imdb';
export { reuters, type ReutersOptions } from './reuters';
