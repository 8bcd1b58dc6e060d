import { rows, wordIndex } from './corpus';
import { newswireSettings, writeNewswires } from './newswires';
import { obtain, type Recipe } from './obtain';

/** The sample of Reuters as the real file would hold it: word ids from 1, by frequency, before the shuffle and the split. */
export interface RawReuters {
  x: number[][];
  y: number[];
}

/** How the newswires are made. */
export const reutersRecipe: Recipe = {
  name: 'reuters',
  files: ['common', 'names', 'newswires', 'topics'],
  settings: newswireSettings,
  write: writeNewswires,
};

/** 11,228 made-up newswires over the 46 topics, as many of each as in the real file. */
export async function sampleReuters(): Promise<RawReuters> {
  const corpus = await obtain(reutersRecipe);
  return { x: rows(corpus), y: Array.from(corpus.labels) };
}

/** The words of the sample newswires and their ranks by frequency, from 1. */
export async function sampleReutersWordIndex(): Promise<Record<string, number>> {
  return wordIndex(await obtain(reutersRecipe));
}
