import * as tf from '@tensorflow/tfjs';

/** A class of TensorFlow.js' layers, of which something is to be replaced. */
export interface LayerClass<Layer> {
  readonly prototype: Layer;
}

/**
 * A class of TensorFlow.js' layers by its name, without making a layer, which would count in the names of others.
 * @throws Error if there is none.
 */
export function layerClass<Layer>(name: string): LayerClass<Layer> {
  const entry = tf.serialization.SerializationMap.getMap().classNameMap[name];
  if (entry === undefined) {
    throw new Error(`Expected TensorFlow.js to have a layer ${name}. Install @tensorflow/tfjs 4.22.0.`);
  }
  // The insides of layers are not declared; each caller names those that it uses.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return entry[0];
}
