import type * as tf from '@tensorflow/tfjs';
import { chooseEngine } from '../engines/chooseEngine';
import type { EngineRun, EpochResult, TrainingJob } from '../engines/engine';
import { isTraining, setStopTraining, setTraining, stopTraining } from '../engines/modelInternals';
import { recordProvenance } from '../provenance/provenance';
import { needBatches, watches, type Callback, type CallbackParams, type Logs } from './Callback';
import type { FitOptions } from './FitOptions';
import { History } from './History';
import { namedValues } from './namedValues';
import { planFit } from './planFit';
import type { ModelData } from './prepare';
import { Watch } from './Watch';

/**
 * What `fit` does.
 *
 * @param onEpoch Told of each epoch as soon as it is known. Unlike a callback it cannot act on the run, which does not pause for it.
 */
export async function runFit(
  model: tf.LayersModel,
  x: ModelData,
  y: ModelData,
  options: FitOptions,
  onEpoch: (epoch: number, logs: Logs) => void = () => {},
): Promise<History> {
  if (isTraining(model)) {
    throw new Error(
      'Expected a model that is not being trained, received one whose fit is under way. Await that first.',
    );
  }
  const plan = planFit(model, x, y, options);
  const { job, names, callbacks, epochs, initialEpoch, verbose, owned } = plan;
  setTraining(model, true);
  setStopTraining(model, false);
  const steps = Math.ceil(plan.samples / job.batchSize);
  const watch = new Watch(verbose, steps, { first: initialEpoch, last: epochs });
  let run: EngineRun | undefined;
  try {
    const { engine } = chooseEngine(
      model,
      {
        task: 'fit',
        batchHooks: needBatches(callbacks),
        batchSize: job.batchSize,
        x: job.x,
        y: job.y,
        validation: job.validation,
      },
      options.engine,
    );
    const params: CallbackParams = {
      epochs,
      steps,
      verbose,
      batchSize: job.batchSize,
      samples: plan.samples,
    };
    const beginEpoch = (epoch: number): void => watch.begin(`Epoch ${epoch + 1}/${epochs} `);
    const named = (values: readonly number[]): Logs => namedValues(names, values);
    run = await engine.start(model, {
      ...job,
      ...(engine.name === 'tfjs' ? batchHooks(callbacks, named) : {}),
      signal: watch.signal,
      onProgress: (_, batches, values) => watch.update(batches, named(values)),
    });
    const history = new History({ engine: engine.name, backend: run.backend, seed: job.seed, params });
    recordProvenance('engine', engine.name, run.backend);
    const record = ({ epoch, logs: values, validation, seconds }: EpochResult): Logs => {
      const logs = named(values);
      if (validation)
        for (const [key, value] of Object.entries(named(validation))) logs[`val_${key}`] = value;
      watch.epoch(epoch, logs);
      watch.finish(steps, logs, seconds);
      onEpoch(epoch, logs);
      return logs;
    };
    const begun: typeof run = run;
    if (callbacks.length === 0) {
      if (initialEpoch < epochs) beginEpoch(initialEpoch);
      await run.runEpochs(initialEpoch, epochs, result => {
        history.add(result.epoch, record(result));
        if (result.epoch + 1 < epochs) beginEpoch(result.epoch + 1);
      });
      await run.toModel();
    } else {
      await runWithCallbacks(begun);
    }
    history.interrupted = watch.signal.aborted && history.epoch.at(-1) !== epochs - 1;
    watch.close(history.interrupted ? 'interrupted' : '');
    return history;

    async function runWithCallbacks(running: EngineRun): Promise<void> {
      for (const callback of callbacks) {
        callback.setParams?.(params);
        callback.setModel?.(model);
      }
      const all = async (act: (callback: Callback) => void | Promise<void>): Promise<void> => {
        for (const callback of callbacks) await act(callback);
      };
      let last: Logs = {};
      await all(callback => callback.onTrainBegin?.({}));
      for (let epoch = initialEpoch; epoch < epochs; epoch++) {
        await all(callback => callback.onEpochBegin?.(epoch, {}));
        if (stopTraining(model)) break;
        await running.fromModel();
        beginEpoch(epoch);
        let logs: Logs | undefined;
        await running.runEpochs(epoch, epoch + 1, result => {
          logs = record(result);
        });
        await running.toModel();
        if (logs === undefined) break;
        last = logs;
        // One object for all: what a callback adds, later ones and the history see.
        await all(callback => callback.onEpochEnd?.(epoch, last));
        history.add(epoch, last);
        if (stopTraining(model) || watch.signal.aborted) break;
      }
      await all(callback => callback.onTrainEnd?.({ ...last }));
    }
  } finally {
    watch.close('stopped by an error');
    setTraining(model, false);
    for (const tensor of owned) tensor.dispose();
    await run?.dispose();
  }
}

function batchHooks(
  callbacks: readonly Callback[],
  named: (values: readonly number[]) => Logs,
): Pick<TrainingJob, 'onBatchBegin' | 'onBatchEnd'> {
  const watching = callbacks.filter(callback => watches(callback, 'batches'));
  if (watching.length === 0) return {};
  return {
    onBatchBegin: async batch => {
      for (const callback of watching) await callback.onBatchBegin?.(batch, {});
    },
    onBatchEnd: async (batch, values) => {
      for (const callback of watching) await callback.onBatchEnd?.(batch, named(values));
    },
  };
}
