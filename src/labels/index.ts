export type { Label, Labels } from './Labels';
