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

/** The network that these settings make. */
export function networkOf(
  { inputs, output, loss, metrics, optimizer }: PlaygroundNetwork,
  {
    layers,
    units,
    activation,
    learningRate,
  }: Pick<PlaygroundSettings, 'layers' | 'units' | 'activation' | 'learningRate'>,
): Network & { readonly layers: readonly DenseLayer[] } {
  const hidden = Array.from({ length: layers }, (): DenseLayer => ({ ...plain, units, activation }));
  return {
    inputs,
    layers: [...hidden, { ...plain, ...output }],
    loss,
    metrics,
    optimizer: { ...optimizer, learningRate },
  };
}
