"""More seeds of Keras for the Reuters sweep, whose rows in the reference rest on four: mean and sd of test loss and accuracy.

Usage: moreSeeds.py [first seed] [seed after the last], by default 100 and 108. Run with the default and with 200 and 220, with Keras 3.15.1 on JAX 0.10.2
(KERAS_BACKEND=jax, KERAS_HOME set); scripts/fidelity.mjs pools what it printed with the reference.
"""

import sys

import keras
import numpy as np
from keras import layers

SWEEP = [[64, 4], [64, 32], [64, 128], [64], [64, 128, 32]]
SEEDS = range(*([int(seed) for seed in sys.argv[1:3]] or [100, 108]))


def multi_hot(sequences):
    rows = np.zeros((len(sequences), 10000), dtype="float32")
    for i, sequence in enumerate(sequences):
        rows[i, sequence] = 1.0
    return rows


(train, labels), (test, test_labels) = keras.datasets.reuters.load_data(num_words=10000)
x, x_test = multi_hot(train), multi_hot(test)
y, y_test = keras.utils.to_categorical(labels, 46), keras.utils.to_categorical(test_labels, 46)
# As scikit-learn's train_test_split(test_size=1000, random_state=12345).
rest = np.random.RandomState(12345).permutation(len(x))[1000:]

for widths in SWEEP:
    scores = []
    for seed in SEEDS:
        keras.utils.set_random_seed(seed)
        model = keras.Sequential([layers.Dense(width, activation="relu") for width in widths])
        model.add(layers.Dense(46, activation="softmax"))
        model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
        model.fit(x[rest], y[rest], epochs=20, batch_size=128, verbose=0)
        scores.append(model.evaluate(x_test, y_test, verbose=0))
    mean, sd = np.mean(scores, axis=0), np.std(scores, axis=0, ddof=1)
    print(widths, "loss %.4f sd %.4f, accuracy %.4f sd %.4f" % (mean[0], sd[0], mean[1], sd[1]), flush=True)
