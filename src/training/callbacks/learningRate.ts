import * as tf from '@tensorflow/tfjs';
import { describe } from '../../options/describe';

/** The learning rate of a compiled model's optimizer. */
export function getLearningRate(model: tf.LayersModel): number {
  const { learningRate } = model.optimizer.getConfig();
  if (typeof learningRate === 'number') return learningRate;
  throw new TypeError(
    `Expected an optimizer with a learning rate, received ${model.optimizer.getClassName()} with ${describe(learningRate)}.`,
  );
}

/** Change it. tf's SGD and momentum compute with a copy, which an assignment would not reach. */
export function setLearningRate(model: tf.LayersModel, learningRate: number): void {
  const { optimizer } = model;
  if (keepsCopy(optimizer)) optimizer.setLearningRate(learningRate);
  else Object.assign(optimizer, { learningRate });
}

// tf makes instanceof true for every optimizer.
function keepsCopy(optimizer: tf.Optimizer): optimizer is tf.SGDOptimizer {
  return 'setLearningRate' in optimizer;
}
