import { rows, wordIndex } from './corpus';
import { obtain, type Recipe } from './obtain';
import { reviewSettings, writeReviews } from './reviews';

/** The sample of IMDB as the real file would hold it: word ids from 1, by frequency, before any shuffle or filter. */
export interface RawImdb {
  xTrain: number[][];
  yTrain: number[];
  xTest: number[][];
  yTest: number[];
}

/** How the reviews are made. */
export const imdbRecipe: Recipe = {
  name: 'imdb',
  files: ['common', 'names', 'reviews'],
  settings: reviewSettings,
  write: writeReviews,
};

/** 25,000 + 25,000 made-up reviews, half of each positive; the positive ones first, as in the real file. */
export async function sampleImdb(): Promise<RawImdb> {
  const corpus = await obtain(imdbRecipe);
  const half = corpus.labels.length / 2;
  return {
    xTrain: rows(corpus, 0, half),
    yTrain: Array.from(corpus.labels.subarray(0, half)),
    xTest: rows(corpus, half),
    yTest: Array.from(corpus.labels.subarray(half)),
  };
}

/** The words of the sample reviews and their ranks by frequency, from 1. */
export async function sampleImdbWordIndex(): Promise<Record<string, number>> {
  return wordIndex(await obtain(imdbRecipe));
}
