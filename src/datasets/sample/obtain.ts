import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Corpus } from './corpus';
import { parse, type Language } from './parse';
import { cacheFolder, packageRoot, readCorpus, writeCorpus } from './store';

/** Raised whenever the program writes other texts from the same language files. */
const version = 1;

/** What a sample is made from. */
export interface Recipe {
  /** `imdb` or `reuters`. */
  name: string;
  /** Its language files, without `.txt`. */
  files: readonly string[];
  /** Part of the name under which the result is kept. */
  settings: object;
  write: (language: Language) => Corpus;
}

const shared = new Map<string, Promise<Corpus>>();

/** The sample as it is kept, or written now and kept. Within a process calls at once share the work, later ones read. */
export function obtain(recipe: Recipe, folder = cacheFolder()): Promise<Corpus> {
  const key = `${folder} ${recipe.name}`;
  let corpus = shared.get(key);
  if (!corpus) {
    corpus = readOrWrite(recipe, folder).finally(() => shared.delete(key));
    shared.set(key, corpus);
  }
  return corpus;
}

async function readOrWrite(recipe: Recipe, folder: string): Promise<Corpus> {
  const texts = await Promise.all(
    recipe.files.map(file => readFile(join(packageRoot, 'datasets', 'sample', `${file}.txt`), 'utf8')),
  );
  const source = texts.map(text => text.replaceAll('\r\n', '\n')).join('\n');
  const key = createHash('sha256')
    .update(`${version}\n${JSON.stringify(recipe.settings)}\n${source}`)
    .digest('hex');
  const name = `${recipe.name}-${key.slice(0, 12)}.bin`;
  const kept = await readCorpus(join(folder, name));
  if (kept) return kept;
  const corpus = recipe.write(parse(texts));
  await writeCorpus(folder, name, corpus);
  return corpus;
}
