// `npm run fidelity`: the chapter's training on seeds 0 to 19 beside Python Keras (Keras 3.15.1 on JAX, real data, measured once with as many
// seeds as the table says). A row agrees when |m1 − m2| ≤ 3·√(s1²/n1 + s2²/n2); the exit code is 1 if one does not. Rows for which further seeds of
// Keras were measured are shown twice: with the reference alone, and with all seeds.

import { fileURLToPath } from 'node:url';
import { parseOptions } from './cli/parseOptions.mjs';
import { runMain } from './cli/runMain.mjs';
import { build } from './setup/build.mjs';
import { needRealData } from './setup/needRealData.mjs';
import { realHome } from './setup/realHome.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const home = realHome();
process.env.KERAS_HOME = home;

const help = `npm run fidelity

Trains the chapter's models on seeds 0 to 19 (about three minutes, real data) and compares means and spreads with those of
Python Keras. Exit code 1 if a row is further away than three standard errors.

  --help     this text`;

const seedCount = 20;

/** Keras: mean, standard deviation, seeds. Where only the range of two runs is known, s = range / √2. @type {Record<string, [number, number, number]>} */
const keras = {
  'IMDB, val accuracy, epoch 1': [0.847, 0.027, 6],
  'IMDB, val accuracy, epoch 4': [0.887, 0.005, 6],
  'IMDB, val accuracy, epoch 20': [0.871, 0.002, 6],
  'IMDB, best val accuracy': [0.889, 0.001, 6],
  'IMDB, train accuracy, epoch 20': [0.9976, 0.001, 6],
  'IMDB, 25,000 rows, 4 epochs: test loss': [0.2892, 0.0047, 6],
  'IMDB, 25,000 rows, 4 epochs: test accuracy': [0.8844, 0.0027, 6],
  'Reuters, 9 epochs: test loss': [0.9454, 0.0153, 6],
  'Reuters, 9 epochs: test accuracy': [0.7888, 0.0047, 6],
  'Reuters, val accuracy, epoch 9': [0.8077, 0.006, 8],
  'Reuters, val accuracy, epoch 20': [0.8053, 0.0054, 8],
  'Reuters, val loss, epoch 9': [0.8717, 0.018, 8],
  'Reuters, train accuracy, epoch 20': [0.9575, 0.0014, 8],
  'Reuters 64-4, batch 128: test accuracy': [0.7064, 0.0045, 4],
  'Reuters 64-32, batch 128: test accuracy': [0.7806, 0.004, 4],
  'Reuters 64-128, batch 128: test accuracy': [0.7881, 0.0034, 4],
  'Reuters 64, batch 128: test accuracy': [0.796, 0.0019, 4],
  'Reuters 64-128-32, batch 128: test accuracy': [0.7808, 0.0029, 4],
  'Reuters 64-4, batch 128: test loss': [1.604, 0.044, 4],
  'Reuters 64-32, batch 128: test loss': [1.237, 0.034, 4],
  'Reuters 64-128, batch 128: test loss': [1.181, 0.028, 4],
  'Reuters 64, batch 128: test loss': [1.058, 0.012, 4],
  'Reuters 64-128-32, batch 128: test loss': [1.349, 0.068, 4],
  'Reuters swapped, val accuracy, epoch 9': [0.638, 0.01, 6],
  'Reuters swapped, val accuracy, epoch 20': [0.694, 0.004, 6],
  'Reuters swapped, 9 epochs: test loss': [1.811, 0.032, 6],
  'Reuters swapped, 9 epochs: test accuracy': [0.635, 0.007, 6],
  'Reuters swapped 64-4, batch 128: test accuracy': [0.605, 0.025, 3],
  'Reuters swapped 64-32, batch 128: test accuracy': [0.709, 0.008, 3],
  'Reuters swapped 64-128, batch 128: test accuracy': [0.716, 0.005, 3],
  'Reuters swapped 64, batch 128: test accuracy': [0.719, 0.006, 3],
  'Reuters swapped 64-128-32, batch 128: test accuracy': [0.681, 0.008, 3],
  'Boston, 80 epochs, batch 16: test mse': [0.1538, 0.0227, 15],
  'Boston, 80 epochs, batch 16: test mae': [0.2646, 0.0141, 15],
  'Boston, fold 0, val mae, epoch 10': [0.238, 0.026, 5],
  'Boston, fold 0, val mae, epoch 50': [0.221, 0.025, 5],
  'Boston, fold 0, val mae, epoch 100': [0.233, 0.024, 5],
  'Boston, fold 0, train mae, epoch 100': [0.112, 0.005, 5],
  'Boston, 4 folds, mean val mae, epoch 1': [0.31, 0.021 / Math.SQRT2, 2],
  'Boston, 4 folds, mean val mae, epoch 10': [0.264, 0.007 / Math.SQRT2, 2],
  'Boston, 4 folds, mean val mae, epoch 100': [0.259, 0.001 / Math.SQRT2, 2],
  'Boston, 4 folds, mean val mae, epoch 300': [0.259, 0.025 / Math.SQRT2, 2],
  'Boston, 4 folds, mean val mae, epoch 500': [0.258, 0.019 / Math.SQRT2, 2],
  'Boston, 4 folds, lowest mean val mae': [0.236, 0.005 / Math.SQRT2, 2],
};

/**
 * Further seeds of Keras for the rows of the sweep that rest on four: 100 to 107 and 200 to 219 (bench/moreSeeds.py), as one sample.
 * @type {Record<string, [number, number, number]>}
 */
const more = {
  'Reuters 64-4, batch 128: test accuracy': [0.6826, 0.0287, 28],
  'Reuters 64-32, batch 128: test accuracy': [0.7871, 0.0062, 28],
  'Reuters 64-128, batch 128: test accuracy': [0.7915, 0.005, 28],
  'Reuters 64, batch 128: test accuracy': [0.7994, 0.0035, 28],
  'Reuters 64-128-32, batch 128: test accuracy': [0.778, 0.0072, 28],
  'Reuters 64-4, batch 128: test loss': [1.7063, 0.0678, 28],
  'Reuters 64-32, batch 128: test loss': [1.1891, 0.0379, 28],
  'Reuters 64-128, batch 128: test loss': [1.1255, 0.0305, 28],
  'Reuters 64, batch 128: test loss': [1.0264, 0.0196, 28],
  'Reuters 64-128-32, batch 128: test loss': [1.312, 0.0523, 28],
};

/**
 * Mean, standard deviation and size of two samples as one.
 * @param {[number, number, number]} a
 * @param {[number, number, number]} b
 * @returns {[number, number, number]}
 */
function pool([m1, s1, n1], [m2, s2, n2]) {
  const n = n1 + n2;
  const squares = (n1 - 1) * s1 ** 2 + (n2 - 1) * s2 ** 2 + ((n1 * n2) / n) * (m1 - m2) ** 2;
  return [(n1 * m1 + n2 * m2) / n, Math.sqrt(squares / (n - 1)), n];
}

/** @type {Map<string, number[]>} */
const found = new Map(Object.keys(keras).map(name => [name, []]));

/** @param {string} name @param {number | undefined} value */
function note(name, value) {
  const values = found.get(name);
  if (values === undefined || value === undefined || Number.isNaN(value))
    throw new Error(`Expected a value for a row of the table, received ${value} for "${name}".`);
  values.push(value);
}

/** @param {number[]} values @returns {[number, number]} mean and sample standard deviation */
function moments(values) {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return [mean, Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1))];
}

async function measure() {
  const { bostonModel, imdbModel, loadBoston, loadImdb, loadReuters, primer, reutersModel } =
    await import('./bench/chapter.mjs');
  const { sweep } = await import('./bench/works.mjs');
  const { evaluate, fit, KFold, setRandomSeed, take } = primer;
  const boston = await loadBoston();
  const words = await loadImdb();
  const wires = await loadReuters();
  const right = /** @type {const} */ ([wires.xTrain, wires.yTrain, wires.xVal, wires.yVal]);
  const swapped = /** @type {const} */ ([wires.xVal, wires.yVal, wires.xTrain, wires.yTrain]);
  for (let seed = 0; seed < seedCount; seed++) {
    process.stderr.write(`seed ${seed}\r`);
    setRandomSeed(seed);
    const quiet = /** @type {const} */ ({ verbose: 0, seed, engine: 'compiled' });

    // Each job makes its model now, so that the initial weights depend on the seed alone, and trains in a worker later.
    const imdbCase = async (model = imdbModel()) => {
      const { history } = await fit(model, words.x.slice(10000), words.y.slice(10000), {
        ...quiet,
        epochs: 20,
        batchSize: 512,
        validationData: [words.x.slice(0, 10000), words.y.slice(0, 10000)],
      });
      for (const epoch of [1, 4, 20])
        note(`IMDB, val accuracy, epoch ${epoch}`, history.val_accuracy?.[epoch - 1]);
      note('IMDB, best val accuracy', Math.max(...(history.val_accuracy ?? [])));
      note('IMDB, train accuracy, epoch 20', history.accuracy?.[19]);
      model.dispose();
    };
    const imdbAgain = async (model = imdbModel()) => {
      await fit(model, words.x, words.y, { ...quiet, epochs: 4, batchSize: 512 });
      const scores = await evaluate(model, words.xt, words.yt, { verbose: 0 });
      note('IMDB, 25,000 rows, 4 epochs: test loss', scores.loss);
      note('IMDB, 25,000 rows, 4 epochs: test accuracy', scores.accuracy);
      model.dispose();
    };
    /** @param {string} name @param {typeof right} data */
    const reutersCase = async (name, [x, y, xv, yv], model = reutersModel([64, 64])) => {
      const { history } = await fit(model, x, y, {
        ...quiet,
        epochs: 20,
        batchSize: 512,
        validationData: [xv, yv],
      });
      for (const epoch of [9, 20])
        note(`${name}, val accuracy, epoch ${epoch}`, history.val_accuracy?.[epoch - 1]);
      if (name === 'Reuters') {
        note('Reuters, val loss, epoch 9', history.val_loss?.[8]);
        note('Reuters, train accuracy, epoch 20', history.accuracy?.[19]);
      }
      model.dispose();
    };
    /** @param {string} name @param {typeof right} data */
    const reutersAgain = async (name, [x, y], model = reutersModel([64, 64])) => {
      await fit(model, x, y, { ...quiet, epochs: 9, batchSize: 512 });
      const scores = await evaluate(model, wires.xt, wires.yt, { verbose: 0 });
      note(`${name}, 9 epochs: test loss`, scores.loss);
      note(`${name}, 9 epochs: test accuracy`, scores.accuracy);
      model.dispose();
    };
    /** @param {string} name @param {typeof right} data @param {number[]} widths */
    const sweepCase = async (name, [x, y], widths, model = reutersModel(widths)) => {
      await fit(model, x, y, { ...quiet, epochs: 20, batchSize: 128 });
      const scores = await evaluate(model, wires.xt, wires.yt, { verbose: 0 });
      note(`${name} ${widths.join('-')}, batch 128: test accuracy`, scores.accuracy);
      if (name === 'Reuters') note(`${name} ${widths.join('-')}, batch 128: test loss`, scores.loss);
      model.dispose();
    };
    const bostonFinal = async (model = bostonModel()) => {
      await fit(model, boston.x, boston.y, { ...quiet, epochs: 80, batchSize: 16 });
      const scores = await evaluate(model, boston.xt, boston.yt, { verbose: 0 });
      note('Boston, 80 epochs, batch 16: test mse', scores.loss);
      note('Boston, 80 epochs, batch 16: test mae', scores.mae);
      model.dispose();
    };
    const bostonFolds = async () => {
      const histories = await Promise.all(
        [...new KFold({ nSplits: 4 }).split(boston.x)].map(async ([train, test], fold) => {
          const model = bostonModel();
          const { history } = await fit(model, take(boston.x, train), take(boston.y, train), {
            ...quiet,
            seed: seed * 4 + fold,
            epochs: 500,
            batchSize: 1,
            validationData: [take(boston.x, test), take(boston.y, test)],
          });
          model.dispose();
          return { val: history.val_mae ?? [], train: history.mae ?? [] };
        }),
      );
      const [first] = histories;
      for (const epoch of [10, 50, 100])
        note(`Boston, fold 0, val mae, epoch ${epoch}`, first?.val[epoch - 1]);
      note('Boston, fold 0, train mae, epoch 100', first?.train[99]);
      const means = Array.from(
        { length: 500 },
        (_, i) => histories.reduce((sum, { val }) => sum + (val[i] ?? NaN), 0) / 4,
      );
      for (const epoch of [1, 10, 100, 300, 500])
        note(`Boston, 4 folds, mean val mae, epoch ${epoch}`, means[epoch - 1]);
      note('Boston, 4 folds, lowest mean val mae', Math.min(...means));
    };
    await Promise.all([
      bostonFolds(),
      imdbCase(),
      imdbAgain(),
      reutersCase('Reuters', right),
      reutersCase('Reuters swapped', swapped),
      reutersAgain('Reuters', right),
      reutersAgain('Reuters swapped', swapped),
      ...sweep.flatMap(widths => [
        sweepCase('Reuters', right, widths),
        sweepCase('Reuters swapped', swapped, widths),
      ]),
      bostonFinal(),
    ]);
  }
}

await runMain(async () => {
  const { values: options } = parseOptions(
    process.argv.slice(2),
    { help: { type: 'boolean' } },
    'npm run fidelity --',
  );
  if (options['help']) {
    console.log(help);
    return 0;
  }
  await build(root);
  needRealData(home);
  await measure();
  const width = Math.max(...Object.keys(keras).map(name => name.length));
  const line = (/** @type {string[]} */ cells) =>
    console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(width) : cell.padStart(9))).join(' '));
  const digits = (/** @type {number} */ value) => value.toFixed(4);
  /** @param {string} label @param {string} name @param {[number, number, number]} reference */
  const agrees = (label, name, [mean, sd, seeds]) => {
    const values = found.get(name) ?? [];
    const [own, ownSd] = moments(values);
    const difference = Math.abs(own - mean);
    const allowed = 3 * Math.sqrt(sd ** 2 / seeds + ownSd ** 2 / values.length);
    const met = difference <= allowed;
    line([
      label,
      ...[digits(mean), digits(sd), String(seeds)],
      ...[digits(own), digits(ownSd), String(values.length)],
      ...[digits(difference), digits(allowed), met ? 'agrees' : 'DIFFERS'],
    ]);
    return met;
  };
  line(['', 'Keras', 'sd', 'seeds', 'here', 'sd', 'seeds', '|m1-m2|', 'allowed', '']);
  let differ = 0;
  let differPooled = 0;
  for (const [name, reference] of Object.entries(keras)) {
    const met = agrees(name, name, reference);
    if (!met) differ++;
    const further = more[name];
    const metPooled = further ? agrees('  with all seeds of Keras', name, pool(reference, further)) : met;
    if (!metPooled) differPooled++;
  }
  const rows = Object.keys(keras).length;
  console.log(
    `\n${rows - differ} of ${rows} rows agree with the reference alone, ${rows - differPooled} of ${rows} with all seeds of Keras that were measured.`,
  );
  return differ === 0 ? 0 : 1;
});
