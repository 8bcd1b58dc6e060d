export { bostonHousing, type BostonHousingOptions, type TableData } from './bostonHousing';
export type { DataSource } from './DataSource';
export { imdb, type Imdb, type ImdbOptions, type TextData } from './imdb';
export { reuters, type Reuters, type ReutersOptions } from './reuters';
export type { TextMembers, WordIndexOptions } from './TextDataset';
export type { DecodeOptions, EncodeOptions, WordIndex } from './wordIndex';
