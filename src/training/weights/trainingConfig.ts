import * as tf from '@tensorflow/tfjs';
import { functionName, type LossOrMetric } from '../../engines/modelInternals';

/** How a model was compiled, as it stands in tf's model.json. */
export interface TrainingConfig {
  readonly loss: unknown;
  readonly metrics: unknown;
  readonly optimizer_config: { readonly class_name: string; readonly config: tf.serialization.ConfigDict };
}

// The names that TensorFlow.js 4.22 finds losses and metrics by when it loads a model, and what its own functions are called there.
const losses = namesOf(
  'meanSquaredError meanAbsoluteError meanAbsolutePercentageError meanSquaredLogarithmicError squaredHinge hinge categoricalHinge logcosh ' +
    'categoricalCrossentropy sparseCategoricalCrossentropy binaryCrossentropy kullbackLeiblerDivergence poisson cosineProximity',
);
const metrics = new Map([
  ...namesOf(
    'binaryAccuracy categoricalAccuracy precision categoricalCrossentropy sparseCategoricalCrossentropy accuracy acc crossentropy ce ' +
      'mse mae mape cosine MSE MAE MAPE',
  ),
  ['meanSquaredError', 'mse'],
  ['meanAbsoluteError', 'mae'],
  ['meanAbsolutePercentageError', 'mape'],
  ['cosineProximity', 'cosine'],
]);

function namesOf(text: string): Map<string, string> {
  return new Map(text.split(' ').map(name => [name, name]));
}

/**
 * How a model was compiled; `undefined` if it was not.
 * @param advice what to do where it cannot be written down.
 * @throws Error if a loss, a metric or the optimizer is one that TensorFlow.js would not find again by its name.
 */
export function trainingConfig(model: tf.LayersModel, advice: string): TrainingConfig | undefined {
  const { optimizer, loss } = model;
  if (optimizer === undefined || optimizer === null || loss === undefined) return undefined;
  const name = optimizer.getClassName();
  if (!(name in tf.serialization.SerializationMap.getMap().classNameMap)) {
    throw new Error(
      `Expected an optimizer of TensorFlow.js or one registered by tf.serialization.registerClass, received ${name}, which cannot be loaded again. ` +
        `Register it, or ${advice}.`,
    );
  }
  if (name === 'Adamax') {
    throw new Error(
      `Expected an optimizer that TensorFlow.js can save, received Adamax, whose state it cannot read. Compile with Adam, or ${advice}.`,
    );
  }
  return {
    loss: names('loss', loss, losses, advice),
    metrics: names('metric', model.metrics ?? [], metrics, advice),
    optimizer_config: { class_name: name, config: optimizer.getConfig() },
  };
}

/** The same structure with functions as their names, in snake case. */
function names(what: string, given: unknown, known: ReadonlyMap<string, string>, advice: string): unknown {
  if (Array.isArray(given)) return given.map(one => names(what, one, known, advice));
  if (typeof given === 'object' && given !== null) {
    return Object.fromEntries(
      Object.entries(given).map(([key, one]) => [key, names(what, one, known, advice)]),
    );
  }
  const name = isFunction(given) ? functionName(given) : String(given);
  const found = known.get(name);
  if (found !== undefined) return snakeCase(found);
  throw new Error(
    `Expected a ${what} that TensorFlow.js can find by its name, received "${name}", which it could not load again. ` +
      `Compile the model with one of ${[...known.keys()].join(', ')}, or ${advice}.`,
  );
}

function isFunction(value: unknown): value is LossOrMetric {
  return typeof value === 'function';
}

// tf turns this back into camel case when it loads. All capitals become small ones, which it knows as well.
function snakeCase(name: string): string {
  return /^[A-Z]+$/.test(name)
    ? name.toLowerCase()
    : name.replaceAll(/[A-Z]/g, found => `_${found.toLowerCase()}`);
}
