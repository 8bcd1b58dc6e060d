/** The sample of IMDB as the real file would hold it: word ids from 1, by frequency, before any shuffle or filter. */
export interface RawImdb {
  xTrain: number[][];
  yTrain: number[];
  xTest: number[][];
  yTest: number[];
}
