import type * as tf from '@tensorflow/tfjs';

/** Set a weight of a layer as it is. `model.setWeights` and `weight.write` apply the layer's constraint again, which changes the last digits. */
export function setWeight(weight: tf.layers.Layer['weights'][number], value: tf.Tensor): void {
  const variable = weight.read();
  if (isVariable(variable)) variable.assign(value);
  else weight.write(value);
}

function isVariable(tensor: tf.Tensor): tensor is tf.Variable {
  return 'assign' in tensor;
}
