import * as tf from '@tensorflow/tfjs';
import { functionalModel } from '../../engines/modelInternals';

type Weight = tf.layers.Layer['weights'][number];

/** A weight of a model under the name that it has in files. */
export interface NamedWeight {
  /** `3_batch_normalization/moving_mean`: the number of the layer among those with weights, its kind, the weight's own name. */
  readonly name: string;
  /** The kind of layer it belongs to, as TensorFlow.js calls it: `Dense`. */
  readonly layer: string;
  readonly weight: Weight;
}

/**
 * The weights of a model in Keras' order, layer by layer: `model.weights` of TensorFlow.js has all that are trained first. Names
 * do not depend on those of the layers, which are counted on from model to model.
 */
export function namedWeights(model: tf.LayersModel): NamedWeight[] {
  // Refuses what is no model.
  functionalModel(model);
  const all = collect(model, '');
  if (all.length === 0) {
    throw new Error(
      'Expected a model with weights, received one that has none. Give its first layer an inputShape.',
    );
  }
  return all;
}

function collect(model: tf.LayersModel, prefix: string): NamedWeight[] {
  return model.layers
    .filter(layer => layer.weights.length > 0)
    .flatMap((layer, i) => {
      const kind = layer.getClassName();
      const start = `${prefix}${i}_${snakeCase(kind)}/`;
      const inner = innerModel(layer);
      if (inner) return collect(inner, start);
      return layer.weights.map(weight => ({
        name:
          start + weight.originalName.slice(weight.originalName.indexOf('/') + 1).replace(layerNumber, ''),
        layer: kind,
        weight,
      }));
    });
}

// `forward_lstm_LSTM3/kernel` is `forward_lstm/kernel` in every model.
const layerNumber = /_[A-Z][A-Za-z\d]*\d+(?=\/)/g;

/** The model that a layer is, or wraps. */
function innerModel(layer: tf.layers.Layer): tf.LayersModel | undefined {
  if (layer instanceof tf.LayersModel) return layer;
  return 'layer' in layer && layer.layer instanceof tf.LayersModel ? layer.layer : undefined;
}

function snakeCase(kind: string): string {
  return kind
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}
