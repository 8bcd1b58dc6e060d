import alea from 'seedrandom/lib/alea';
import type { DenseWeights } from '../engines/compiled/LocalTrainer';
import type { Network } from '../engines/compiled/network';
import { RandomState } from '../random/RandomState';

/**
 * The initial weights that `setRandomSeed(seed)` gives a stack of TensorFlow.js' dense layers with their default initializers, bit for bit and
 * without TensorFlow.js: kernels by Glorot and Bengio's normal distribution (2010), biases 0.
 *
 * `Math.log` may differ in its last bit between browsers; that disappears when the draw becomes a 32-bit float, but for one in 10^8.
 */
export function drawWeights(
  { inputs, layers }: Pick<Network, 'inputs' | 'layers'>,
  seed: number,
): DenseWeights[] {
  // What setRandomSeed puts in the place of Math.random, from which each kernel takes the seed of a generator of its own.
  const draws = new RandomState(seed);
  const weights: DenseWeights[] = [];
  let width = inputs;
  for (const layer of layers) {
    if (layer.kind !== 'dense') continue;
    const sd = Math.sqrt(1 / Math.max(1, (width + layer.units) / 2));
    const normal = truncatedNormal(sd, alea(String(draws.randomSample())));
    weights.push({
      kernel: Float32Array.from({ length: width * layer.units }, normal),
      bias: layer.useBias ? new Float32Array(layer.units) : undefined,
    });
    width = layer.units;
  }
  return weights;
}

/**
 * Draws of a normal distribution of mean 0 without what lies beyond two standard deviations, in the order of TensorFlow.js: Marsaglia's polar
 * method makes two at a time; of a pair whose first is refused, the second is too.
 */
function truncatedNormal(sd: number, random: () => number): () => number {
  let spare: number | undefined;
  const within = (value: number): boolean => Math.abs(value) <= 2 * sd;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const v1 = 2 * random() - 1;
      const v2 = 2 * random() - 1;
      const square = v1 * v1 + v2 * v2;
      if (square >= 1 || square === 0) continue;
      const size = Math.sqrt((-2 * Math.log(square)) / square);
      const [first, second] = [sd * v1 * size, sd * v2 * size];
      if (!within(first)) continue;
      if (within(second)) spare = second;
      return first;
    }
  };
}
