import { SparseMatrix } from '../../matrix/SparseMatrix';
import type { Samples } from '../Samples';
import type { Network } from './network';
import { oneHotLabels } from './oneHotLabels';
import type { Rows } from './samples';

/** The samples that an engine is given, checked by `fit`, as rows for the trainer. Tensors are read from their back end. */
export async function readRows(
  network: Network,
  x: Samples,
  y?: Samples,
  weights?: Float32Array,
): Promise<Rows> {
  const [rows = 0] = x.shape;
  const base = { rows, width: network.inputs, weights, x: x instanceof SparseMatrix ? x : await floats(x) };
  if (y === undefined) return base;
  if (y instanceof SparseMatrix)
    throw new Error("Expected dense targets, received a SparseMatrix. Set engine: 'tfjs'.");
  const targets = await floats(y);
  if (network.loss === 'sparseCategoricalCrossentropy') return { ...base, y: Int32Array.from(targets) };
  const labels = network.loss === 'categoricalCrossentropy' ? oneHotLabels(targets, rows) : undefined;
  return { ...base, y: targets, labels };
}

async function floats(samples: Exclude<Samples, SparseMatrix>): Promise<Float32Array> {
  if ('values' in samples) return samples.values;
  const values = await samples.data();
  return values instanceof Float32Array ? values : Float32Array.from(values);
}
