import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RandomState } from '../../../src/random/RandomState';
import { rows, type Corpus } from '../../../src/datasets/sample/corpus';
import { obtain, type Recipe } from '../../../src/datasets/sample/obtain';
import { imdbRecipe, sampleImdb, sampleImdbWordIndex } from '../../../src/datasets/sample/sampleImdb';
import {
  reutersRecipe,
  sampleReuters,
  sampleReutersWordIndex,
} from '../../../src/datasets/sample/sampleReuters';
import { parse } from '../../../src/datasets/sample/parse';
import { packageRoot, toBytes } from '../../../src/datasets/sample/store';
import { reuters } from '../../../src/datasets/reuters';

// Facts about the real set: how many newswires of each topic.
const topicCounts = [
  67, 537, 94, 3972, 2423, 22, 62, 19, 177, 126, 154, 473, 62, 209, 28, 29, 543, 51, 86, 682, 339, 127, 22,
  53, 81, 123, 32, 19, 58, 23, 57, 52, 42, 16, 57, 16, 60, 21, 22, 29, 46, 38, 16, 27, 17, 19,
];

const hashes = {
  imdb: 'f69f9963ab90000e0d197a51700c0ee4b4cd8670066599181b323231b5015950',
  reuters: '10726c163234c23cb10470c85452115549552044f487bb193b972f2069854ad2',
};

const decode = (corpus: Corpus, text: number[]): string => text.map(id => corpus.words[id - 1]).join(' ');

/** The slope of log frequency over log rank, from rank 10 to 10,000. */
function zipfSlope(corpus: Corpus): number {
  const counts = new Float64Array(corpus.words.length);
  for (const id of corpus.ids) counts[id - 1]!++;
  const ranks = Array.from({ length: 40 }, (_, i) => Math.round(10 * 1000 ** (i / 39)));
  const points = ranks.map(rank => [Math.log(rank), Math.log(counts[rank - 1]!)] as const);
  const mean = (which: 0 | 1): number => points.reduce((sum, point) => sum + point[which], 0) / points.length;
  const [mx, my] = [mean(0), mean(1)];
  return (
    points.reduce((sum, [px, py]) => sum + (px - mx) * (py - my), 0) /
    points.reduce((sum, [px]) => sum + (px - mx) ** 2, 0)
  );
}

function common(recipe: Recipe, name: 'imdb' | 'reuters', meanLength: [number, number]): void {
  let corpus: Corpus;
  before(async function () {
    this.timeout(60_000);
    corpus = await obtain(recipe);
  });

  it('are the same on every machine', () => {
    // When this changes on purpose, raise the version in obtain.ts: kept samples are then written anew.
    assert.equal(createHash('sha256').update(toBytes(corpus)).digest('hex'), hashes[name]);
  });

  it('have more than 12,000 words, numbered from 1 by frequency, none unused', () => {
    assert.ok(corpus.words.length > 12_000, String(corpus.words.length));
    assert.equal(new Set(corpus.words).size, corpus.words.length);
    const counts = new Uint32Array(corpus.words.length + 1);
    for (const id of corpus.ids) counts[id]!++;
    assert.equal(counts[0], 0);
    for (let id = 2; id < counts.length; id++) assert.ok(counts[id]! > 0 && counts[id]! <= counts[id - 1]!);
    const cut = counts.subarray(9_997).reduce((sum, count) => sum + count, 0) / corpus.ids.length;
    assert.ok(cut > 0.005, `numWords 10000 cuts ${cut} of the words`);
  });

  it('follow Zipf’s law about as the real ones do', () => {
    const slope = zipfSlope(corpus);
    assert.ok(slope > -1.35 && slope < -0.9, String(slope));
  });

  it('are as long as the real ones on average, none empty', () => {
    const lengths = rows(corpus).map(text => text.length);
    const mean = corpus.ids.length / lengths.length;
    assert.ok(mean > meanLength[0] && mean < meanLength[1], String(mean));
    assert.ok(lengths.every(length => length >= 5));
    assert.ok(Math.max(...lengths) > 3.5 * mean);
  });

  it('read as text: words only, "a" and "an" in their places, no word twice running', () => {
    assert.ok(corpus.words.every(word => /^[a-z0-9]+$/.test(word)));
    let wrong = 0;
    for (const text of rows(corpus).filter((_, i) => i % 25 === 0)) {
      const decoded = ` ${decode(corpus, text)} `;
      assert.doesNotMatch(decoded, /[{}()|]|undefined/);
      assert.doesNotMatch(
        decoded,
        / (?:(?:a|an|the) (?:is|was|and|but|the|a|an|of)|(?:of|to|with) (?:is|was|and|but|of)) /,
      );
      wrong += (decoded.match(/ a [aeio]\w+ /g) ?? []).filter(found => !/ a (one|euro)/.test(found)).length;
      wrong += (decoded.match(/ an [bcdfgjklmnpqrstvwxyz]\w* /g) ?? []).length;
      for (let i = 1; i < text.length; i++) assert.notEqual(text[i], text[i - 1], decoded);
    }
    assert.equal(wrong, 0);
  });
}

describe('sample reviews', () => {
  common(imdbRecipe, 'imdb', [200, 250]);

  it('are 25,000 + 25,000, half of each positive, as plain arrays, new ones each time', async () => {
    const first = await sampleImdb();
    assert.deepEqual([first.xTrain.length, first.xTest.length], [25_000, 25_000]);
    for (const labels of [first.yTrain, first.yTest]) {
      assert.ok(Array.isArray(labels));
      assert.deepEqual([labels.length, labels.filter(label => label === 1).length], [25_000, 12_500]);
      assert.ok(labels.every(label => label === 0 || label === 1));
    }
    assert.ok(Array.isArray(first.xTrain[0]));
    const length = first.xTrain[0].length;
    first.xTrain[0].length = 0;
    assert.equal((await sampleImdb()).xTrain[0]!.length, length);
  }).timeout(60_000);

  it('have all ids in the word index', async () => {
    const index = await sampleImdbWordIndex();
    const ranks = Object.values(index);
    assert.equal(index['the'], 1);
    assert.deepEqual([Math.min(...ranks), new Set(ranks).size], [1, ranks.length]);
    const { xTest } = await sampleImdb();
    assert.ok(xTest.every(text => text.every(id => id >= 1 && id <= ranks.length)));
  }).timeout(60_000);

  it('say what their labels say, counted in words: praise where positive, blame where negative', async () => {
    const corpus = await obtain(imdbRecipe);
    const texts = rows(corpus, 0, 25_000).map(text => new Set(text));
    const share = (word: string, label: number): number => {
      const id = corpus.words.indexOf(word) + 1;
      return texts.filter((text, i) => corpus.labels[i] === label && text.has(id)).length / 12_500;
    };
    for (const word of ['great', 'wonderful', 'recommended'])
      assert.ok(share(word, 1) > 1.1 * share(word, 0), `${word} ${share(word, 1)} ${share(word, 0)}`);
    for (const word of ['bad', 'awful', 'avoid'])
      assert.ok(share(word, 0) > 1.1 * share(word, 1), `${word} ${share(word, 0)} ${share(word, 1)}`);
    // Negation and doubt: no word of opinion decides.
    for (const word of ['great', 'bad']) assert.ok(Math.min(share(word, 0), share(word, 1)) > 0.05, word);
  }).timeout(60_000);
});

describe('sample newswires', () => {
  common(reutersRecipe, 'reuters', [125, 165]);

  it('are 11,228 over 46 topics, as many of each as in the real set', async () => {
    const { x, y } = await sampleReuters();
    assert.equal(x.length, 11_228);
    const counts = new Array<number>(46).fill(0);
    for (const label of y) counts[label]!++;
    assert.deepEqual(counts, topicCounts);
  });

  it('leave at least 10 of each topic in the training part after Keras’ shuffle and split', async () => {
    const { y } = await sampleReuters();
    const order = new RandomState(113).permutation(y.length);
    const train = order.slice(0, 8_982).map(row => y[row]!);
    for (let topic = 0; topic < 46; topic++)
      assert.ok(train.filter(label => label === topic).length >= 10, String(topic));
  });

  it('give a shuffled baseline between 0.15 and 0.22', async () => {
    const { y } = await sampleReuters();
    const random = new RandomState(113);
    const test = random
      .permutation(y.length)
      .slice(8_982)
      .map(row => y[row]!);
    let hits = 0;
    for (let i = 0; i < 20; i++) {
      const shuffled = random.permutation(test);
      hits += test.filter((label, k) => label === shuffled[k]).length / test.length / 20;
    }
    assert.ok(hits > 0.15 && hits < 0.22, String(hits));
  });

  it('name their topics in Keras’ order', async () => {
    const { topics } = parse([await readFile(join(packageRoot, 'datasets/sample/topics.txt'), 'utf8')]);
    assert.deepEqual(
      topics.map(topic => topic.name),
      reuters.getLabelNames(),
    );
  });

  it('speak of their topics', async () => {
    const corpus = await obtain(reutersRecipe);
    const names = reuters.getLabelNames();
    for (const word of ['cocoa', 'coffee', 'sugar', 'gold', 'copper']) {
      const label = names.indexOf(word);
      const id = corpus.words.indexOf(word) + 1;
      const has = rows(corpus).map(text => text.includes(id));
      const share = (of: boolean): number => {
        const picked = has.filter((_, i) => (corpus.labels[i] === label) === of);
        return picked.filter(Boolean).length / picked.length;
      };
      assert.ok(
        share(true) > 0.3 && share(true) > 10 * share(false),
        `${word} ${share(true)} ${share(false)}`,
      );
    }
  }).timeout(60_000);

  it('have all ids in the word index', async () => {
    const index = await sampleReutersWordIndex();
    const { x } = await sampleReuters();
    const highest = Math.max(...Object.values(index));
    assert.equal(Object.keys(index).length, highest);
    assert.ok(x.every(text => text.every(id => id >= 1 && id <= highest)));
  });
});
