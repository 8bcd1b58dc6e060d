// Measures one engine in a process of its own: node bench/node.mjs compiled|tfjs [first|study|memory|chapter|works]. Prints JSON lines.

import { sweep } from './works.mjs';

const begun = performance.now();
const { bostonModel, imdbModel, loadBoston, loadImdb, loadReuters, primer, reutersModel } =
  await import('./chapter.mjs');
const { fit, KFold, take } = primer;
const [engineName = 'compiled', part = 'works'] = process.argv.slice(2);
const engine = engineName === 'tfjs' ? 'tfjs' : 'compiled';

/** @param {string} work @param {number} seconds @param {string} [note] */
function report(work, seconds, note = '') {
  console.log(JSON.stringify({ work, seconds, note }));
}

/**
 * Best of at least three, and of as many as fit into twelve seconds, after one for warming up; bench/peer.py does the same.
 * @param {() => Promise<unknown>} once
 * @param {() => void} [before] what is done before each, while the clock stands: building models
 */
async function best(once, before = () => {}) {
  before();
  await once();
  let seconds = Infinity;
  const begin = performance.now();
  for (let i = 0; i < 3 || performance.now() - begin < 12_000; i++) {
    before();
    const start = performance.now();
    await once();
    seconds = Math.min(seconds, (performance.now() - start) / 1000);
  }
  return seconds;
}

const quiet = /** @type {const} */ ({ verbose: 0, seed: 1 });

/** @param {Awaited<ReturnType<typeof loadBoston>>} data @param {number} epochs */
function study({ x, y }, epochs) {
  return Promise.all(
    [...new KFold({ nSplits: 4 }).split(x)].map(([train, test]) =>
      fit(bostonModel(), take(x, train), take(y, train), {
        ...quiet,
        engine,
        epochs,
        batchSize: 1,
        validationData: [take(x, test), take(y, test)],
      }),
    ),
  );
}

/** @param {Awaited<ReturnType<typeof loadImdb>>} data @param {number} epochs */
const fitImdb = ({ x, y }, epochs, model = imdbModel()) =>
  fit(model, x.slice(10000), y.slice(10000), {
    ...quiet,
    engine,
    epochs,
    batchSize: 512,
    validationData: [x.slice(0, 10000), y.slice(0, 10000)],
  });

/** @param {Awaited<ReturnType<typeof loadReuters>>} data @param {ReturnType<typeof reutersModel>} model @param {number} epochs @param {number} batchSize */
const fitReuters = (data, model, epochs, batchSize, swapped = false) => {
  const train = /** @type {const} */ ([data.xTrain, data.yTrain]);
  const held = /** @type {const} */ ([data.xVal, data.yVal]);
  const [[x, y], [xv, yv]] = swapped ? [held, train] : [train, held];
  return fit(model, x, y, { ...quiet, engine, epochs, batchSize, validationData: [xv, yv] });
};

const parts = {
  /** How long the first fit of a process takes over a later one: loading, compiling, starting workers. */
  async first() {
    const loaded = performance.now();
    const model = bostonModel();
    const x = Array.from({ length: 100 }, () => Array.from({ length: 13 }, (_, i) => i / 13));
    const y = x.map(row => row[1] ?? 0);
    const once = async () => {
      const start = performance.now();
      await fit(model, x, y, { ...quiet, engine, epochs: 1 });
      return performance.now() - start;
    };
    const cold = await once();
    let warm = Infinity;
    for (let i = 0; i < 5; i++) warm = Math.min(warm, await once());
    report(
      'first',
      (cold - warm) / 1000,
      `importing the library before that: ${Math.round(loaded - begun)} ms`,
    );
  },

  /** The whole study, workers' start included. */
  async study() {
    const data = await loadBoston();
    const start = performance.now();
    await study(data, 500);
    report('study', (performance.now() - start) / 1000);
  },

  /** The IMDB case as a plain script. */
  async memory() {
    const data = await loadImdb();
    await fitImdb(data, 20);
    const model = imdbModel();
    await fit(model, data.x, data.y, { ...quiet, engine, epochs: 4, batchSize: 512 });
    await primer.evaluate(model, data.xt, data.yt, { verbose: 0, engine });
    await primer.predict(model, data.xt, { verbose: 0, engine });
    // Given in units of 1,024 bytes.
    report('memory', (process.resourceUsage().maxRSS * 1024) / 1e6);
  },

  /** All training of the chapter, one seed, data in memory; what belongs together runs side by side. */
  async chapter() {
    const [boston, words, wires] = [await loadBoston(), await loadImdb(), await loadReuters()];
    const start = performance.now();
    await fitImdb(words, 20);
    await fit(imdbModel(), words.x, words.y, { ...quiet, engine, epochs: 4, batchSize: 512 });
    const wide = () => reutersModel([64, 64]);
    await Promise.all([fitReuters(wires, wide(), 20, 512), fitReuters(wires, wide(), 20, 512, true)]);
    await fitReuters(wires, wide(), 9, 512);
    await Promise.all(sweep.map(widths => fitReuters(wires, reutersModel(widths), 20, 128)));
    await study(boston, 500);
    await fit(bostonModel(), boston.x, boston.y, { ...quiet, engine, epochs: 80, batchSize: 16 });
    report('chapter', (performance.now() - start) / 1000);
  },

  async works() {
    const fast = engine === 'compiled';
    const boston = await loadBoston();
    const { x, y } = boston;
    {
      const model = bostonModel();
      const [fx, fy] = [x.slice(101), y.slice(101)];
      const epochs = fast ? 100 : 1;
      const seconds = await best(() => fit(model, fx, fy, { ...quiet, engine, epochs, batchSize: 1 }));
      report('boston1', seconds / epochs / 303);
    }
    {
      const model = bostonModel();
      const epochs = fast ? 400 : 4;
      const seconds = await best(() => fit(model, x, y, { ...quiet, engine, epochs, batchSize: 16 }));
      report('boston16', seconds / epochs / 26);
    }
    // The slow peer's share of the study is measured on one epoch of each fold.
    if (!fast) report('study', (await best(() => study(boston, 1))) * 500, 'from 1 epoch of each fold × 500');
    const words = await loadImdb();
    {
      const model = imdbModel();
      const epochs = fast ? 20 : 1;
      const seconds = await best(() => fitImdb(words, epochs, model));
      report('imdb', seconds / epochs);
      report('imdb20', (seconds / epochs) * 20, fast ? '' : 'from 1 epoch × 20');
    }
    const wires = await loadReuters();
    {
      const epochs = fast ? 20 : 1;
      const model = reutersModel([64, 64]);
      const seconds = await best(() => fitReuters(wires, model, epochs, 512));
      report('reuters', seconds / epochs);
      // New models each time; the peers too have theirs built before the clock runs.
      let models = [model];
      const all = () => Promise.all(models.map(each => fitReuters(wires, each, epochs, 128)));
      const build = () => void (models = sweep.map(widths => reutersModel(widths)));
      report(
        'sweep',
        ((await best(all, build)) * 20) / epochs,
        fast ? '' : 'from 1 epoch of each model × 20',
      );
    }
  },
};

const chosen = Object.entries(parts).find(([name]) => name === part);
if (!chosen) throw new Error(`Expected one of ${Object.keys(parts).join(', ')}, received ${part}.`);
await chosen[1]();
