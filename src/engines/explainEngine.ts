import type * as tf from '@tensorflow/tfjs';
import { checkBoolean } from '../options/checkBoolean';
import { checkOptions } from '../options/checkOptions';
import { chooseEngine, type EngineChoice } from './chooseEngine';
import type { EngineName } from './engine';

/** Options of `explainEngine`: those of `fit` that bear on the choice. */
export interface ExplainEngineOptions {
  /** As for `fit`. Default `'auto'`. */
  engine?: EngineChoice;
  /** Whether a callback has `onBatchBegin` or `onBatchEnd`. Default false. */
  batchHooks?: boolean;
}

/** Which engine `fit` would use, and why. */
export interface EngineExplanation {
  readonly engine: EngineName;
  /** A sentence. */
  readonly reason: string;
}

/**
 * Which engine `fit` would train a compiled model with, and why. The data can still change it: then `history.engine` says so.
 *
 * @throws Error if an engine was named that cannot take the model, saying what is in the way.
 * @example
 * explainEngine(model, { engine: 'tfjs' }); // { engine: 'tfjs', reason: 'tfjs was asked for.' }
 */
export function explainEngine(model: tf.LayersModel, options: ExplainEngineOptions = {}): EngineExplanation {
  checkOptions('explainEngine', options, ['engine', 'batchHooks']);
  const { engine: choice = 'auto', batchHooks = false } = options;
  checkBoolean('batchHooks', batchHooks);
  // Any batch size will do: it bears on the memory that the data need.
  const { engine, passedOver } = chooseEngine(model, { task: 'fit', batchHooks, batchSize: 1 }, choice);
  const reasons = passedOver.map(other => `${other.engine} is not used because ${other.reason}`);
  if (choice !== 'auto') return { engine: engine.name, reason: `${choice} was asked for.` };
  return {
    engine: engine.name,
    reason: `${reasons.join('; ') || `${engine.name} computes the same as TensorFlow.js for this model`}.`,
  };
}
