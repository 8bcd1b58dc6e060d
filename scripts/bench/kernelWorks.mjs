/** @typedef {'cnn' | 'lstm' | 'gru' | 'simpleRNN'} KernelWork */

/**
 * What is measured of convolution and recurrence: an epoch of 1,280 rows in batches of 128, and the most ms wanted for it on wasm.
 * @type {readonly { key: KernelWork, name: string, most: number }[]}
 */
export const kernelWorks = [
  { key: 'cnn', name: 'CNN 28×28, 32 and 64 filters 3×3', most: 1300 },
  { key: 'lstm', name: 'Embedding(10000, 32), LSTM(32), 80 steps', most: 450 },
  { key: 'gru', name: 'Embedding(10000, 32), GRU(32), 80 steps', most: 450 },
  { key: 'simpleRNN', name: 'Embedding(10000, 32), SimpleRNN(32), 80 steps', most: 250 },
];
