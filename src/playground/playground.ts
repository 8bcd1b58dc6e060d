import { recognise } from '../engines/compiled/recognise';
import type { DenseLayer } from '../engines/compiled/network';
import { metricNames } from '../engines/metricNames';
import type { Samples } from '../engines/Samples';
import { denseSamples, sampleSize } from '../engines/Samples';
import { SparseMatrix } from '../matrix/SparseMatrix';
import { buildSeeded, freeModel, type BuildModel } from '../modelSelection/buildSeeded';
import { checkCount } from '../options/checkCount';
import { checkNumber } from '../options/checkNumber';
import { checkOptions } from '../options/checkOptions';
import { describe } from '../options/describe';
import { runSeeds } from '../random/runSeeds';
import { evaluate } from '../training/evaluate';
import { fit } from '../training/fit';
import { planFit } from '../training/planFit';
import { predict } from '../training/predict';
import type { ModelData } from '../training/prepare';
import { InterruptedError } from '../training/Watch';
import { drawWeights } from './drawWeights';
import { packFloats, unpackFloats } from './floats';
import { gridOf } from './gridOf';
import { networkOf } from './networkOf';
import type {
  PackedRows,
  Plane,
  PlaygroundConfig,
  PlaygroundMeasure,
  PlaygroundNetwork,
  PlaygroundSettings,
} from './PlaygroundConfig';
import { PlaygroundRun } from './PlaygroundRun';

/** Options of `playground`: those of `fit` that the page repeats, and how to show it. */
export interface PlaygroundOptions {
  /** Default 1, as for `fit`; in the page at most 1,000. */
  epochs?: number;
  /** Default 32, as for `fit`. */
  batchSize?: number;
  /** As for `setRandomSeed`, but for this run alone: of the initial weights and the shuffles. 0 to 2^32 − 1; default 0. */
  seed?: number;
  /** `[x, y]` to compute the `val_` numbers on after each epoch. */
  validationData?: readonly [x: ModelData, y: ModelData];
  /** The share of the samples, above 0 and below 1, to hold out: the last ones. */
  validationSplit?: number;
  /** `[x, y]` to look at once the training is over. */
  testData?: readonly [x: ModelData, y: ModelData];
  /** For keys of the history (`loss`, `mae`, …) what to call them in the page, and what to multiply them by for showing. */
  measures?: Readonly<Record<string, { title?: string; factor?: number }>>;
  /** The names of two features, where the page shall draw what the network answers over their plane. */
  features?: readonly [string, string];
  /** What the answers 0 and 1 are called there. */
  classes?: readonly [string, string];
  /** Default: `Train it yourself`. */
  title?: string;
}

const known: readonly (keyof PlaygroundOptions)[] = [
  'epochs',
  'batchSize',
  'seed',
  'validationData',
  'validationSplit',
  'testData',
  'measures',
  'features',
  'classes',
  'title',
];

/** What is trained in a page while somebody waits. */
const most = { epochs: 1000, layers: 6, units: 256, rows: 20_000, bytes: 1_000_000 };

/**
 * Train a model here, and give the reader of the report the same training to play with: with layers, units, activation, learning rate,
 * epochs, batch size and seed of their own, in the page, without a kernel and without a network. The compiled engine's trainer does it there too,
 * so that with the same settings the numbers are the same to the last digit. A notebook shows the curves of this run.
 *
 * The run is that of `setRandomSeed(seed)`, `build()` and `fit`; the random numbers of the process are left alone. The report holds the data, so
 * take only data that may be passed on.
 *
 * @param build makes a compiled stack of Dense layers; hidden ones are all alike, with the default initializers.
 * @param x samples, as for `fit`, but not sparse.
 * @param y targets, as for `fit`.
 * @returns what shows itself as the last expression of a cell; `history` and `model` are those of the run.
 * @throws TypeError or RangeError for a model that the page could not train, or data too large for it.
 * @example
 * const build = () => {
 *   const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, activation: 'sigmoid', inputShape: [2] })] });
 *   model.compile({ optimizer: 'rmsprop', loss: 'binaryCrossentropy', metrics: ['accuracy'] });
 *   return model;
 * };
 * const toy = await playground(build, x, y, { epochs: 20, batchSize: 16, validationSplit: 0.2, seed: 1 });
 * toy.history.history.val_loss.length; // 20
 */
export async function playground(
  build: BuildModel,
  x: ModelData,
  y: ModelData,
  options: PlaygroundOptions = {},
): Promise<PlaygroundRun> {
  checkOptions('playground', options, known);
  const { epochs = 1, batchSize = 32, seed = 0, validationData, validationSplit, testData } = options;
  checkCount('epochs', epochs, { min: 1, max: most.epochs });
  checkCount('batchSize', batchSize, { min: 1 });
  checkCount('seed', seed, { max: 2 ** 32 - 1 });
  const fitOptions = {
    epochs,
    batchSize,
    validationData,
    validationSplit,
    seed: runSeeds(seed)(),
    verbose: 0 as const,
  };
  const model = buildSeeded(build, seed, new WeakSet());
  let done = false;
  try {
    const { network, hidden } = partsOf(model);
    const settings: PlaygroundSettings = {
      layers: hidden.length,
      units: hidden[0]?.units ?? 16,
      activation: hidden[0]?.activation ?? 'relu',
      learningRate: network.optimizer.learningRate,
      epochs,
      batchSize,
      seed,
    };
    checkWeights(model, network, settings);
    const measures = measuresOf(metricNames(model), options.measures);
    const { job, owned } = planFit(model, x, y, fitOptions);
    let parts: Pick<PlaygroundConfig, 'train' | 'validation' | 'test'>;
    try {
      const test = testData && planFit(model, testData[0], testData[1], { verbose: 0, seed: 0 }).job;
      parts = {
        train: packed('x', job.x[0]!, job.y[0]!),
        ...(job.validation
          ? { validation: packed('the validation data', job.validation.x[0]!, job.validation.y[0]!) }
          : {}),
        ...(test ? { test: packed('testData', test.x[0]!, test.y[0]!) } : {}),
      };
    } finally {
      for (const tensor of owned) tensor.dispose();
    }
    const history = await fit(model, x, y, { ...fitOptions, engine: 'compiled' });
    if (history.interrupted) throw new InterruptedError();
    const tested =
      testData && (await evaluate(model, testData[0], testData[1], { verbose: 0, engine: 'compiled' }));
    const values = { ...history.history };
    for (const [key, list] of Object.entries(values)) {
      const at = list.findIndex(value => !Number.isFinite(value));
      if (at >= 0) {
        throw new RangeError(
          `Expected a training that stays finite, but ${key} became ${list[at]} in epoch ${at + 1}. Take a smaller learning rate.`,
        );
      }
    }
    const plane = options.features && (await planeOf(model, network, unpackFloats(parts.train.x), options));
    const config: PlaygroundConfig = {
      title: options.title ?? 'Train it yourself',
      network,
      settings,
      measures,
      ...parts,
      ...(plane ? { plane } : {}),
      history: values,
      ...(tested ? { tested: { ...tested } } : {}),
    };
    done = true;
    return new PlaygroundRun(config, history, model);
  } finally {
    if (!done) freeModel(model);
  }
}

interface Parts {
  readonly network: PlaygroundNetwork;
  readonly hidden: readonly DenseLayer[];
}

/** The model as a page would set it up, or an error that says why it could not. */
function partsOf(model: BuildResult): Parts {
  const recognised = recognise(model, 'fit');
  if (typeof recognised === 'string') throw unfit(recognised);
  const { network, metricOrder } = recognised;
  const layers = network.layers.filter(layer => layer.kind === 'dense');
  if (layers.length < network.layers.length) throw unfit('it has other layers too');
  const [output] = layers.slice(-1);
  const hidden = layers.slice(0, -1);
  for (const { useBias, trainable, kernelRegularizer: kernel, biasRegularizer: bias } of layers) {
    if (!useBias) throw unfit('a layer has no bias');
    if (!trainable) throw unfit('a layer is frozen');
    if (kernel.l1 || kernel.l2 || bias.l1 || bias.l2) throw unfit('a layer has a regularizer');
  }
  if (
    hidden.some(({ units, activation }) => units !== hidden[0]!.units || activation !== hidden[0]!.activation)
  ) {
    throw unfit('its hidden layers differ in units or activation');
  }
  if (hidden.length > most.layers) throw unfit(`it has more than ${most.layers} hidden layers`);
  if (hidden.some(({ units }) => units > most.units))
    throw unfit(`its hidden layers have more than ${most.units} units`);
  const { inputs, loss, metrics, optimizer } = network;
  return {
    hidden,
    network: {
      inputs,
      output: { units: output!.units, activation: output!.activation },
      loss,
      metrics: metricOrder.map(i => metrics[i]!),
      optimizer,
    },
  };
}

type BuildResult = ReturnType<BuildModel>;

function unfit(reason: string): TypeError {
  return new TypeError(
    `Expected a model whose settings a reader can turn: a stack of Dense layers with hidden ones all alike; but ${reason}.`,
  );
}

/** The page draws its own initial weights: they must be those of the model. */
function checkWeights(model: BuildResult, network: PlaygroundNetwork, settings: PlaygroundSettings): void {
  const drawn = drawWeights(networkOf(network, settings), settings.seed).flatMap(({ kernel, bias }) => [
    kernel,
    bias!,
  ]);
  model.getWeights().forEach((weight, i) => {
    const values = weight.dataSync();
    if (drawn[i]!.every((value, j) => value === values[j])) return;
    throw new TypeError(
      `Expected the weights that seed ${settings.seed} gives Dense layers with their default initializers, but weight ${i + 1} of the model ` +
        'has others. Give the layers no initializer, and draw no other random numbers in the function that builds the model.',
    );
  });
}

function packed(what: string, x: Samples, y: Samples): PackedRows {
  if (x instanceof SparseMatrix || y instanceof SparseMatrix) {
    throw new TypeError(
      `Expected ${what} to be rows of numbers, received a SparseMatrix, which is too large for a page.`,
    );
  }
  const rows = x.shape[0] ?? 0;
  const bytes = 4 * rows * (sampleSize(x) + sampleSize(y));
  if (rows > most.rows || bytes > most.bytes) {
    throw new RangeError(
      `Expected ${what} to be at most ${most.rows} rows and ${most.bytes / 1e6} MB, which a page can carry, ` +
        `received ${rows} rows and ${(bytes / 1e6).toFixed(1)} MB. Take fewer rows.`,
    );
  }
  return { rows, x: packFloats(denseSamples(x).values), y: packFloats(denseSamples(y).values) };
}

function measuresOf(names: readonly string[], given: unknown): PlaygroundMeasure[] {
  checkOptions('measures of playground', given, names);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const wanted = (given ?? {}) as NonNullable<PlaygroundOptions['measures']>;
  return names.map(key => {
    const measure = wanted[key] ?? {};
    checkOptions(`measures.${key} of playground`, measure, ['title', 'factor']);
    const { title = key, factor = 1 } = measure;
    if (typeof title !== 'string')
      throw new TypeError(`Expected the title of ${key} to be text, received ${describe(title)}.`);
    return { key, title, factor: checkNumber(`factor of ${key}`, factor) };
  });
}

async function planeOf(
  model: BuildResult,
  { inputs, output, loss }: PlaygroundNetwork,
  x: Float32Array,
  { features, classes = ['0', '1'] }: PlaygroundOptions,
): Promise<PlaygroundConfig['plane']> {
  checkPair('features', features);
  checkPair('classes', classes);
  if (inputs !== 2 || output.units !== 1 || loss !== 'binaryCrossentropy') {
    throw new TypeError(
      'Expected features only for a model of two features and one unit that is trained with binaryCrossentropy: ' +
        `the page draws its answers over the plane. Received one of ${inputs} features and ${output.units} units.`,
    );
  }
  const side = (from: number): [number, number] => {
    const column = x.filter((_, i) => i % 2 === from);
    const [low, high] = [column.reduce((a, b) => Math.min(a, b)), column.reduce((a, b) => Math.max(a, b))];
    const margin = (high - low || 1) * 0.05;
    return [low - margin, high + margin];
  };
  const plane: Plane = { x: side(0), y: side(1), size: 61 };
  const grid = gridOf(plane);
  const points = Array.from({ length: plane.size ** 2 }, (_, i) => [grid[2 * i]!, grid[2 * i + 1]!]);
  const answers = await predict(model, points, { verbose: 0, engine: 'compiled' });
  return {
    ...plane,
    features: [features![0], features![1]],
    classes: [classes[0], classes[1]],
    // One output: rows of one number.
    answers: packFloats(Float32Array.from(answers.flat())),
  };
}

function checkPair(what: string, value: unknown): void {
  if (Array.isArray(value) && value.length === 2 && value.every(name => typeof name === 'string')) return;
  throw new TypeError(`Expected ${what} to be two names, received ${describe(value)}.`);
}
