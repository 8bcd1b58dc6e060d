import { setImmediate } from 'node:timers/promises';
import type * as tf from '@tensorflow/tfjs';
import { SparseMatrix } from '../../matrix/SparseMatrix';
import type { Engine, EngineRequest } from '../engine';
import type { Samples } from '../Samples';
import { backend } from './backend';
import { CompiledRun } from './CompiledRun';
import { layOut } from './layout';
import type { DataSize } from './layout';
import { readRows } from './readRows';
import { recognise } from './recognise';
import type { Recognised, Task } from './recognise';
import { dataSize } from './samples';
import { Stage } from './Stage';

/** The trainer compiled to WebAssembly, in worker threads: takes stacks of Dense layers. */
export const compiledEngine: Engine = {
  name: 'compiled',
  backend: () => backend,
  reasonAgainst,
  start: async (model, job) => {
    // One after the other: of several that begin at once the first sends its work before the next is prepared.
    await setImmediate();
    const recognised = demand(model, 'fit');
    const read = ({ x, y, sampleWeight }: Pick<typeof job, 'x' | 'y' | 'sampleWeight'>) =>
      readRows(recognised.network, x[0]!, y[0], sampleWeight[0]);
    const stage = new Stage(recognised, {
      task: 'fit',
      batchSize: job.batchSize,
      data: await read(job),
      validation: job.validation && (await read(job.validation)),
      seed: job.seed,
    });
    const run = new CompiledRun(stage, job, model);
    try {
      await run.takeOptimizer();
    } catch (error) {
      await run.dispose();
      throw error;
    }
    return run;
  },
  evaluate: async (model, { x, y, sampleWeight, batchSize, signal, onProgress }) => {
    const recognised = demand(model, 'evaluate');
    const data = await readRows(recognised.network, x[0]!, y[0], sampleWeight[0]);
    const stage = new Stage(recognised, { task: 'evaluate', batchSize, data });
    try {
      await stage.work({ signal, watch: done => onProgress(done, stage.means()) });
      signal.throwIfAborted();
      return stage.means();
    } finally {
      stage.dispose();
    }
  },
  predict: async (model, { x, batchSize, signal, onProgress }) => {
    const recognised = demand(model, 'predict');
    const data = await readRows(recognised.network, x[0]!);
    const stage = new Stage(recognised, { task: 'predict', batchSize, data });
    try {
      await stage.work({ signal, watch: onProgress });
      signal.throwIfAborted();
      return [stage.predictions()];
    } finally {
      stage.dispose();
    }
  },
};

function reasonAgainst(model: tf.LayersModel, request: EngineRequest): string | undefined {
  if (request.batchHooks) {
    return 'a callback watches single batches (onBatchBegin, onBatchEnd), which the compiled engine takes many at a time';
  }
  const recognised = recognise(model, request.task);
  if (typeof recognised === 'string') return recognised;
  const { network } = recognised;
  const { x, y, validation } = request;
  if (x === undefined) return undefined;
  const parts = [{ x, y }, ...(validation ? [validation] : [])];
  for (const {
    x: [samples],
    y: [targets] = [],
  } of parts) {
    if (samples instanceof SparseMatrix && network.layers[0]!.kind !== 'dense') {
      return 'the data are sparse and the first layer is not a Dense layer';
    }
    if (targets instanceof SparseMatrix) return 'the targets are sparse';
  }
  const [data, validationSize] = parts.map(part => sizeOf(part.x[0]!, part.y !== undefined));
  try {
    const { bytes } = layOut({
      network,
      task: request.task,
      batchSize: request.batchSize,
      data: data!,
      validation: validationSize,
    });
    return memoryReason(bytes);
  } catch (error) {
    if (error instanceof RangeError) {
      return 'the model and the data need more than the 4 GB of memory that the compiled engine has';
    }
    throw error;
  }
}

/** How much room samples need before they are read. */
function sizeOf(x: Samples, targets: boolean): DataSize {
  const [rows = 0] = x.shape;
  if (!(x instanceof SparseMatrix))
    return { rows, idBytes: 0, nnz: 0, longest: 0, targets, labels: false, weights: false };
  return { ...dataSize({ x, rows, width: x.shape[1] }), targets };
}

/** Refuse what would drive the machine out of memory. */
function memoryReason(bytes: number): string | undefined {
  const free = process.availableMemory();
  if (bytes <= 256e6 || bytes <= free) return undefined;
  return `the model and the data need ${Math.ceil(bytes / 1e6)} MB of memory, and ${Math.floor(free / 1e6)} MB are free`;
}

function demand(model: tf.LayersModel, task: Task): Recognised {
  const recognised = recognise(model, task);
  if (typeof recognised === 'string') {
    throw new Error(
      `Expected a model that the compiled engine can take, but ${recognised}. Set engine: 'tfjs'.`,
    );
  }
  return recognised;
}
