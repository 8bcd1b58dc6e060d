import * as tf from '@tensorflow/tfjs';
import type { LossOrMetric, ModelInternals } from '../modelInternals';

/** One batch as tensors: an entry for each input and output; weights where samples have them. */
export interface Batch {
  readonly x: tf.Tensor[];
  readonly y: readonly tf.Tensor[];
  readonly sampleWeight: readonly (tf.Tensor | undefined)[];
}

/** One step of the optimizer. Returns the batch's losses and metrics, computed before the step, regularisers in the loss. */
export function trainStep(model: ModelInternals, batch: Batch): number[] {
  const kept: tf.Tensor[] = [];
  const keep = <T extends tf.Tensor>(tensor: T): T => {
    kept.push(tensor);
    return tf.keep(tensor);
  };
  try {
    return tf.tidy(() => {
      let outputs: tf.Tensor[] = [];
      let losses: tf.Scalar[] = [];
      const total = model.optimizer.minimize(
        () => {
          outputs = call(model, batch.x, { training: true }).map(keep);
          losses = lossesOf(model, batch, outputs).map(keep);
          return model.model
            .calculateLosses()
            .reduce<tf.Scalar>((sum, penalty) => tf.add(sum, penalty), add(losses));
        },
        true,
        [...model.trainableVariables],
      );
      if (total === null) throw new Error('Expected the optimizer to return the loss, received null.');
      return [total, ...metricsOf(model, batch, outputs, losses)].map(value);
    });
  } finally {
    tf.dispose(kept);
  }
}

/** The batch's losses and metrics with dropout off; as in TensorFlow.js without regularisers. */
export function testStep(model: ModelInternals, batch: Batch): number[] {
  return tf.tidy(() => {
    const outputs = call(model, batch.x, {});
    const losses = lossesOf(model, batch, outputs);
    return [add(losses), ...metricsOf(model, batch, outputs, losses)].map(value);
  });
}

/** The model's outputs for a batch, dropout off. */
export function call(
  model: Pick<ModelInternals, 'model'>,
  x: tf.Tensor[],
  kwargs: { training?: boolean },
): tf.Tensor[] {
  const outputs = model.model.call(x, kwargs);
  return Array.isArray(outputs) ? outputs : [outputs];
}

function lossesOf(
  model: ModelInternals,
  { y, sampleWeight }: Batch,
  outputs: readonly tf.Tensor[],
): tf.Scalar[] {
  return model.lossFunctions.map((lossFunction, i) => {
    const loss = lossFunction(y[i]!, outputs[i]!);
    const weight = sampleWeight[i];
    return tf.mean(weight === undefined ? loss : tf.mul(loss, alignWeight(weight, loss)));
  });
}

/** Weights are one a sample; a loss may have further axes (time steps). */
function alignWeight(weight: tf.Tensor, loss: tf.Tensor): tf.Tensor {
  return loss.rank <= 1
    ? weight
    : tf.reshape(weight, [weight.size, ...Array.from({ length: loss.rank - 1 }, () => 1)]);
}

function metricsOf(
  model: ModelInternals,
  { y }: Batch,
  outputs: readonly tf.Tensor[],
  losses: readonly tf.Scalar[],
): tf.Tensor[] {
  const several = outputs.length > 1;
  return model.metricsTensors.map(([metric, output]: readonly [LossOrMetric, number], i) =>
    several && i < outputs.length ? losses[i]! : tf.mean(metric(y[output]!, outputs[output]!)),
  );
}

function add(losses: readonly tf.Scalar[]): tf.Scalar {
  return losses.reduce((sum, loss) => tf.add(sum, loss));
}

function value(scalar: tf.Tensor): number {
  return scalar.dataSync()[0]!;
}
