import * as tf from '@tensorflow/tfjs';

/** A model's weights of one moment. */
export interface WeightCopy {
  /** Give them back to the model. */
  restore(model: tf.LayersModel): void;
}

/** Copy a model's weights to plain memory, where no engine writes. */
export async function copyWeights(model: tf.LayersModel): Promise<WeightCopy> {
  const copies = await Promise.all(
    model.getWeights().map(async tensor => ({
      values: (await tensor.data()).slice(),
      shape: tensor.shape,
      dtype: tensor.dtype,
    })),
  );
  return {
    restore(to) {
      tf.tidy(() => to.setWeights(copies.map(({ values, shape, dtype }) => tf.tensor(values, shape, dtype))));
    },
  };
}
