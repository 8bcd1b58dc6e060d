/** The sample of Reuters as the real file would hold it: word ids from 1, by frequency, before the shuffle and the split. */
export interface RawReuters {
  x: number[][];
  y: number[];
}
