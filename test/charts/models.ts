import * as tf from '@tensorflow/tfjs';

type Tensor = tf.SymbolicTensor;

const dense = (name: string, units = 4): tf.layers.Layer =>
  tf.layers.dense({ units, activation: 'relu', name });
const apply = (layer: tf.layers.Layer, to: Tensor | Tensor[]): Tensor => {
  const tensor = layer.apply(to);
  if (Array.isArray(tensor) || !(tensor instanceof tf.SymbolicTensor)) throw new Error('one symbolic tensor');
  return tensor;
};

/** Models of every kind that a drawing must know. Each call makes new ones; give them back with `dispose`. */
export const models = {
  stack: (): tf.LayersModel =>
    tf.sequential({
      name: 'stack',
      layers: [
        tf.layers.dense({ units: 32, inputShape: [784], name: 'first' }),
        tf.layers.dropout({ rate: 0.5, name: 'drop' }),
        tf.layers.dense({ units: 10, activation: 'softmax', name: 'last', trainable: false }),
      ],
    }),

  heads: (): tf.LayersModel => {
    const left = tf.input({ shape: [2], name: 'left' });
    const right = tf.input({ shape: [3], name: 'right' });
    const body = apply(tf.layers.concatenate({ name: 'join' }), [
      apply(dense('a'), left),
      apply(dense('b'), right),
    ]);
    return tf.model({
      name: 'heads',
      inputs: [left, right],
      outputs: [apply(dense('one', 1), body), apply(dense('two', 2), body)],
    });
  },

  /** A nested model used twice, and in the outer model a layer used twice. */
  shared: (): tf.LayersModel => {
    const encoder = tf.sequential({ name: 'encoder' });
    encoder.add(tf.layers.dense({ units: 4, inputShape: [2], name: 'inner' }));
    const [left, right] = ['left', 'right'].map(name => tf.input({ shape: [2], name }));
    const same = dense('same');
    const codes = [left!, right!].map(input => apply(same, apply(encoder, input)));
    const joined = apply(tf.layers.add({ name: 'sum' }), codes);
    return tf.model({ name: 'shared', inputs: [left!, right!], outputs: joined });
  },

  residual: (): tf.LayersModel => {
    const input = tf.input({ shape: [4], name: 'input' });
    const out = apply(tf.layers.add({ name: 'add' }), [input, apply(dense('detour'), input)]);
    return tf.model({ name: 'residual', inputs: input, outputs: out });
  },

  deep: (): tf.LayersModel => {
    const model = tf.sequential({ name: 'deep' });
    for (let i = 0; i < 20; i++) {
      model.add(tf.layers.dense({ units: 8, name: `layer-${i}`, ...(i === 0 ? { inputShape: [8] } : {}) }));
    }
    return model;
  },
};
