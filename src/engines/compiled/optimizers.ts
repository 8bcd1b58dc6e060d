import * as tf from '@tensorflow/tfjs';
import { momentCount } from './network';
import type { OptimizerSettings } from './network';

/** Settings for a network that will not train. */
export const unusedOptimizer: OptimizerSettings = {
  kind: 'sgd',
  learningRate: 0,
  decay: 0,
  decay2: 0,
  epsilon: 0,
};

/** The settings of a tf optimizer, or a phrase that says what the trainer cannot compute. */
export function recogniseOptimizer(optimizer: tf.Optimizer): OptimizerSettings | string {
  const config = optimizer.getConfig();
  const number = (key: string): number => Number(config[key]);
  const learningRate = number('learningRate');
  switch (Object.getPrototypeOf(optimizer)) {
    case tf.SGDOptimizer.prototype:
      return { ...unusedOptimizer, learningRate };
    case tf.MomentumOptimizer.prototype:
      return {
        ...unusedOptimizer,
        kind: config.useNesterov === true ? 'nesterov' : 'momentum',
        learningRate,
        decay: number('momentum'),
      };
    case tf.RMSPropOptimizer.prototype:
      if (config.centered === true) return 'the optimizer RMSProp is centered';
      if (config.momentum !== 0) return 'the optimizer RMSProp has a momentum';
      return {
        kind: 'rmsprop',
        learningRate,
        decay: number('decay'),
        decay2: 0,
        epsilon: number('epsilon'),
      };
    case tf.AdamOptimizer.prototype:
      return {
        kind: 'adam',
        learningRate,
        decay: number('beta1'),
        decay2: number('beta2'),
        epsilon: number('epsilon'),
      };
    default:
      return `the optimizer ${optimizer.getClassName()} is not among SGD, Momentum, RMSProp and Adam`;
  }
}

/** An optimizer's memory: for each moment that its kind keeps one array for each trained variable. */
export interface OptimizerState {
  readonly iterations: number;
  readonly moments: readonly (readonly Float32Array[])[];
}

// RMSProp keeps a second moment in tf even without momentum: the last step, which nothing reads.
const kept = { sgd: 0, momentum: 1, nesterov: 1, rmsprop: 2, adam: 2 } as const;

/**
 * Read a tf optimizer's memory of these variables; moments are missing if it has not trained yet.
 * @throws Error if it belongs to other variables.
 */
export async function readOptimizer(
  optimizer: tf.Optimizer,
  kind: OptimizerSettings['kind'],
  variables: readonly tf.Variable[],
): Promise<OptimizerState> {
  const { iterations } = optimizer;
  const [iter, ...saved] = await optimizer.getWeights();
  iter?.tensor.dispose();
  if (saved.length === 0) return { iterations, moments: [] };
  const fits =
    saved.length === kept[kind] * variables.length &&
    saved.every(({ tensor }, i) => tensor.size === variables[i % variables.length]!.size);
  if (!fits) {
    throw new Error(
      'Expected an optimizer that is new or has trained this model, received one that has trained a model of other shapes. ' +
        'Compile each model with an optimizer of its own.',
    );
  }
  const moments = [];
  for (let moment = 0; moment < momentCount[kind]; moment++) {
    const own = saved.slice(moment * variables.length, (moment + 1) * variables.length);
    // A copy: on some back ends data() is the storage itself, which later steps write.
    moments.push(await Promise.all(own.map(async ({ tensor }) => Float32Array.from(await tensor.data()))));
  }
  return { iterations, moments };
}

/** Write a tf optimizer's memory, so that TensorFlow.js and a later run go on from there. */
export async function writeOptimizer(
  optimizer: tf.Optimizer,
  kind: OptimizerSettings['kind'],
  variables: readonly tf.Variable[],
  { iterations, moments }: OptimizerState,
): Promise<void> {
  const [oldCount, ...old] = await optimizer.getWeights();
  oldCount?.tensor.dispose();
  const iter = tf.scalar(iterations, 'int32');
  const suffix = {
    sgd: [],
    momentum: ['momentum'],
    nesterov: ['momentum'],
    rmsprop: ['rms', 'momentum'],
    adam: ['m', 'v'],
  };
  const fresh = suffix[kind].flatMap((ending, moment) =>
    variables.map((variable, i) => {
      const values = moments[moment]?.[i];
      return {
        name: `${variable.name}/${ending}`,
        tensor: values ? tf.tensor(values, variable.shape) : tf.zeros(variable.shape),
      };
    }),
  );
  // setWeights makes new variables of what it gets and forgets the old ones.
  await optimizer.setWeights([{ name: 'iter', tensor: iter }, ...fresh]);
  tf.dispose([iter, ...fresh.map(({ tensor }) => tensor), ...old.map(({ tensor }) => tensor)]);
}
