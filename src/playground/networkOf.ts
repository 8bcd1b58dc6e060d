import type { DenseLayer, Network, Penalty } from '../engines/compiled/network';
import type { PlaygroundNetwork, PlaygroundSettings } from './PlaygroundConfig';

const none: Penalty = { l1: 0, l2: 0 };
const plain = {
  kind: 'dense',
  useBias: true,
  trainable: true,
  kernelRegularizer: none,
  biasRegularizer: none,
} as const;

/** More would not be trained while a reader waits, and much more than that ends the page's worker without a word. */
const mostWeights = 4_000_000;

/**
 * The network that these settings make.
 * @throws RangeError if it has more weights than a page can train.
 */
export function networkOf(
  { inputs, output, loss, metrics, optimizer }: PlaygroundNetwork,
  {
    layers,
    units,
    activation,
    learningRate,
  }: Pick<PlaygroundSettings, 'layers' | 'units' | 'activation' | 'learningRate'>,
): Network & { readonly layers: readonly DenseLayer[] } {
  const widths = [inputs, ...Array.from({ length: layers }, () => units), output.units];
  const weights = widths.slice(1).reduce((sum, width, i) => sum + width * widths[i]!, 0);
  if (weights > mostWeights) {
    throw new RangeError(
      `Expected a network of at most ${mostWeights} weights, received one of ${weights}. Take fewer units or layers.`,
    );
  }
  const hidden = Array.from({ length: layers }, (): DenseLayer => ({ ...plain, units, activation }));
  return {
    inputs,
    layers: [...hidden, { ...plain, ...output }],
    loss,
    metrics,
    optimizer: { ...optimizer, learningRate },
  };
}
