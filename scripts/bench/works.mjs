// What is measured, once for all peers: bench/node.mjs and bench/peer.py give their times under these names.

/** @typedef {{ name: string, unit: 'µs a step' | 'ms an epoch' | 's', steps?: number, flops?: number, bytes?: number }} Work */

const boston = [13, 64, 64, 1];
const imdb = [10000, 16, 16, 1];
const reuters = [10000, 64, 64, 46];

/** The sweep of the Reuters case: units of the hidden layers. */
export const sweep = [[64, 4], [64, 32], [64, 128], [64], [64, 128, 32]];

/**
 * Floating point operations and bytes of one step on `batch` rows: a multiplication and an addition for each weight and row in each of
 * forward, gradient and (but in the first layer) backward; ten operations a weight for RMSprop; weights and mean squares read and written once.
 * @param {number[]} widths
 * @param {number} batch
 * @param {number} [ones] for multi-hot input, how many ones a row has: the first layer then only adds
 */
function cost(widths, batch, ones) {
  let flops = 0;
  let bytes = 0;
  for (let i = 0; i + 1 < widths.length; i++) {
    const [inputs, outputs] = [widths[i] ?? 0, widths[i + 1] ?? 0];
    const weights = inputs * outputs + outputs;
    flops += i === 0 && ones ? 2 * batch * ones * outputs : (i === 0 ? 4 : 6) * batch * weights;
    flops += 10 * weights;
    bytes += 16 * weights;
  }
  return { flops, bytes };
}

/** @type {Record<string, Work>} */
export const works = {
  boston1: { name: 'Boston, batch 1, one step', unit: 'µs a step', ...cost(boston, 1) },
  boston16: { name: 'Boston, batch 16, one step', unit: 'µs a step', ...cost(boston, 16) },
  study: { name: 'Boston, 4 folds × 500 epochs, batch 1, validation each epoch', unit: 's' },
  imdb: {
    name: 'IMDB, one epoch of 15,000, batch 512, and validation',
    unit: 'ms an epoch',
    steps: 30,
    ...cost(imdb, 512, 120),
  },
  imdb20: { name: 'IMDB, 20 epochs with validation', unit: 's' },
  reuters: {
    name: 'Reuters, one epoch of 7,982, batch 512, and validation',
    unit: 'ms an epoch',
    steps: 16,
    ...cost(reuters, 512, 75),
  },
  sweep: { name: 'Reuters, 5 models × 20 epochs, batch 128, validation each epoch', unit: 's' },
};
