import type * as tf from '@tensorflow/tfjs';

/** The model that a callback is at work on. */
export class Subject {
  private current: tf.LayersModel | undefined;

  constructor(private readonly callback: string) {}

  /** For `setModel`. */
  readonly set = (model: tf.LayersModel): void => {
    this.current = model;
  };

  /** @throws Error if nobody called `setModel`: TensorFlow.js' own `model.fit` does not. */
  get model(): tf.LayersModel {
    if (this.current) return this.current;
    throw new Error(
      `Expected ${this.callback} to be told its model, but setModel was not called. ` +
        'Give the callback to fit(model, x, y, { callbacks }) of this package, not to model.fit.',
    );
  }
}
