// Runs the suite on one engine and the back end that KERAS_PRIMER_BACKEND names, in a process of its own, since the back end is chosen
// once: program.ts compiled|tfjs. The last line it prints is JSON.
import * as tf from '@tensorflow/tfjs';
import { ensureBackend } from '../../../src/engines/backend';
import { explainEngine } from '../../../src/engines/explainEngine';
import { loadedNative } from '../../../src/engines/native/useNative';
import { evaluate } from '../../../src/training/evaluate';
import { fit } from '../../../src/training/fit';
import { predict } from '../../../src/training/predict';
import { cases } from './cases';

/** What a case gave. */
export interface Outcome {
  readonly name: string;
  readonly engine: string;
  readonly values: Readonly<Record<string, readonly number[]>>;
}

/** What the program prints. */
export interface Report {
  readonly backend: string;
  readonly tensorflow: string | undefined;
  readonly outcomes: readonly Outcome[];
}

async function main(engine: 'compiled' | 'tfjs'): Promise<Report> {
  const backend = await ensureBackend();
  const outcomes: Outcome[] = [];
  for (const make of cases) {
    const { name, build, x, y } = make();
    const model = build();
    if (engine === 'compiled' && explainEngine(model).engine !== 'compiled') continue;
    const options = { epochs: 4, batchSize: 16, verbose: 0, seed: 3, engine } as const;
    const history = await fit(model, x, y, { ...options, validationData: [x, y] });
    const before = await predict(model, x);
    const copy = await saveAndLoad(model);
    outcomes.push({
      name,
      engine: history.engine,
      values: {
        ...Object.fromEntries(Object.entries(history.history).map(([key, list]) => [key, [...list]])),
        evaluate: Object.values(await evaluate(model, x, y)).flat(),
        predictions: numbers(before),
        weights: model.getWeights().flatMap(weight => [...weight.dataSync()]),
        loaded: numbers(await predict(copy, x)),
      },
    });
  }
  return { backend, tensorflow: loadedNative()?.tensorflow, outcomes };
}

async function saveAndLoad(model: tf.LayersModel): Promise<tf.LayersModel> {
  let kept: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(artifacts => {
      kept = artifacts;
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
    }),
  );
  if (kept === undefined) throw new Error('The model was not saved.');
  return tf.loadLayersModel(tf.io.fromMemory(kept));
}

function numbers(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return Array.isArray(value) ? value.flatMap(numbers) : [];
}

void main(process.argv[2] === 'compiled' ? 'compiled' : 'tfjs').then(report =>
  console.log(JSON.stringify(report)),
);
