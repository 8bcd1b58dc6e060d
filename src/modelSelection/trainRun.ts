import type * as tf from '@tensorflow/tfjs';
import { explainEngine } from '../engines/explainEngine';
import { functionName, modelInternals } from '../engines/modelInternals';
import { evaluate } from '../training/evaluate';
import { needBatches, type Callback, type Logs } from '../training/Callback';
import { InterruptedError } from '../training/Watch';
import type { FitOptions } from '../training/FitOptions';
import type { History } from '../training/History';
import type { ModelData } from '../training/prepare';
import { prepareData } from '../training/prepareData';
import { runFit } from '../training/runFit';
import { buildSeeded, freeModel, type BuildModel } from './buildSeeded';
import { expectNew } from './expectNew';
import type { RunContext } from './runTogether';

/** Options of `fit` that hold for every run. */
export type SharedFitOptions = Pick<
  FitOptions,
  'epochs' | 'batchSize' | 'shuffle' | 'classWeight' | 'engine'
>;

/** Names of `SharedFitOptions`. */
export const sharedFitOptions = ['epochs', 'batchSize', 'shuffle', 'classWeight', 'engine'] as const;

/** What a run trains on and is scored on. */
export interface RunData {
  readonly x: ModelData;
  readonly y: ModelData;
  readonly options: Pick<FitOptions, 'validationData' | 'validationSplit' | 'sampleWeight'>;
  /** Score on these; without them the last values of the history's `val_` keys are the scores. */
  readonly test?: readonly [x: ModelData, y: ModelData];
}

/** What to run. */
export interface RunPlan {
  readonly name: string;
  readonly build: BuildModel;
  readonly seed: number;
  readonly fitOptions: SharedFitOptions;
  readonly callbacks: Callback | readonly Callback[];
  /** Makes the data, when the run begins and not before; puts tensors that are to be freed at its end on the list. */
  readonly data: (owned: tf.Tensor[]) => RunData;
  readonly keepModel: boolean;
  /** See `expectNew`. */
  readonly seen: WeakSet<object>;
}

/** What came out. */
export interface RunResult {
  readonly history: History;
  readonly scores: Record<string, number>;
  readonly model: tf.LayersModel | undefined;
}

/** Build a model, train and score it. Runs of TensorFlow.js share the main thread, so they wait for each other. */
export async function trainRun(plan: RunPlan, { alone, board }: RunContext): Promise<RunResult> {
  const { name, seed, fitOptions } = plan;
  const model = buildSeeded(plan.build, seed, plan.seen);
  let kept = false;
  try {
    const own = isOne(plan.callbacks) ? [plan.callbacks] : plan.callbacks;
    for (const callback of own) {
      if (typeof callback === 'object' && callback !== null) expectNew('callback', callback, plan.seen);
    }
    const batchHooks = needBatches(own);
    const { engine } = fitOptions;
    const inMainThread = explainEngine(model, { engine, batchHooks }).engine === 'tfjs';
    board.loss(name, modelInternals(model).lossFunctions.map(functionName).join(', '));
    const work = async (): Promise<RunResult> => {
      const owned: tf.Tensor[] = [];
      try {
        const { x, y, options, test } = plan.data(owned);
        // Before the training rather than after it; where they are the validation data, fit checks them.
        if (test && test[0] !== options.validationData?.[0]) {
          prepareData(modelInternals(model), test[0], test[1], 'testData');
        }
        const history = await runFit(
          model,
          x,
          y,
          { ...fitOptions, ...options, seed, callbacks: own, verbose: 0 },
          (epoch, logs) => board.epoch(name, epoch, logs),
        );
        // Stopped before there was anything to score.
        if (history.interrupted && history.epoch.length === 0) throw new InterruptedError();
        const scores = test
          ? await evaluate(model, test[0], test[1], { verbose: 0, engine })
          : lastScores(history);
        kept = plan.keepModel;
        return { history, scores, model: kept ? model : undefined };
      } finally {
        for (const tensor of owned) tensor.dispose();
      }
    };
    return await (inMainThread ? alone(work) : work());
  } finally {
    if (!kept) freeModel(model);
  }
}

function lastScores({ history }: History): Logs {
  const keys = Object.keys(history).filter(key => key.startsWith('val_'));
  return Object.fromEntries(keys.map(key => [key.slice('val_'.length), history[key]!.at(-1) ?? NaN]));
}

function isOne(callbacks: Callback | readonly Callback[]): callbacks is Callback {
  return !Array.isArray(callbacks);
}
