import * as tf from '@tensorflow/tfjs';
import { setWeight } from './setWeight';

/** A model's weights of one moment. */
export interface WeightCopy {
  /** Give them back to the model, to the bit. */
  restore(model: tf.LayersModel): void;
}

/** Copy a model's weights to plain memory, where no engine writes. */
export async function copyWeights(model: tf.LayersModel): Promise<WeightCopy> {
  const copies = await Promise.all(
    model.weights.map(async weight => {
      const tensor = weight.read();
      return { values: (await tensor.data()).slice(), shape: tensor.shape, dtype: tensor.dtype };
    }),
  );
  return {
    restore(to) {
      tf.tidy(() =>
        copies.forEach(({ values, shape, dtype }, i) =>
          setWeight(to.weights[i]!, tf.tensor(values, shape, dtype)),
        ),
      );
    },
  };
}
