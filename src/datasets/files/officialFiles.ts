/** One of the files that Keras downloads for its data sets. */
export interface OfficialFile {
  /** Its name in the Keras folder and at the address. */
  name: string;
  /** Length in bytes. */
  size: number;
  algorithm: 'sha256' | 'md5';
  /** Digest in lower-case hex, as Keras 3 checks it. */
  hash: string;
}

/** The address of all files: Keras' own. */
export const officialAddress = 'https://storage.googleapis.com/tensorflow/tf-keras-datasets/';

/** The five files, as Keras 3.15.1 names and checks them. */
export const officialFiles = {
  imdb: {
    name: 'imdb.npz',
    size: 17464789,
    algorithm: 'sha256',
    hash: '69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f',
  },
  imdbWordIndex: {
    name: 'imdb_word_index.json',
    size: 1641221,
    algorithm: 'md5',
    hash: 'bfafd718b763782e994055a2d397834f',
  },
  reuters: {
    name: 'reuters.npz',
    size: 2110848,
    algorithm: 'sha256',
    hash: 'd6586e694ee56d7a4e65172e12b3e987c03096cb01eab99753921ef915959916',
  },
  reutersWordIndex: {
    name: 'reuters_word_index.json',
    size: 550378,
    algorithm: 'md5',
    hash: '4d44cc38712099c9e383dc6e5f11a921',
  },
  bostonHousing: {
    name: 'boston_housing.npz',
    size: 57026,
    algorithm: 'sha256',
    hash: 'f553886a1f8d56431e820c5b82552d9d95cfcb96d1e678153f8839538947dff5',
  },
} as const satisfies Record<string, OfficialFile>;
