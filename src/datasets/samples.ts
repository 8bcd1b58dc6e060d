import type { RawImdb } from './sample/sampleImdb';
import type { RawReuters } from './sample/sampleReuters';
import type { WordIndex } from './wordIndex';

// The samples are being written in ./sample; until they are there, missing files are an error.
function none(name: string): Promise<never> {
  return Promise.reject(
    new Error(`Expected the real files of ${name}, received none. Sample data are not there yet.`),
  );
}

export const sampleImdb = (): Promise<RawImdb> => none('imdb');
export const sampleImdbWordIndex = (): Promise<WordIndex> => none('imdb');
export const sampleReuters = (): Promise<RawReuters> => none('reuters');
export const sampleReutersWordIndex = (): Promise<WordIndex> => none('reuters');
