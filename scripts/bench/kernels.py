"""The works of bench/kernels.mjs in Python Keras: median ms an epoch after the first, as one line of JSON."""

import json
import statistics
import time

import numpy as np
import keras
from keras import layers

ROWS, BATCH, STEPS, WORDS, EPOCHS = 1280, 128, 80, 10000, 8


class Clock(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.times = []

    def on_epoch_begin(self, epoch, logs=None):
        self.since = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.times.append(1e3 * (time.perf_counter() - self.since))


def measure(model, loss, x, y):
    model.compile(optimizer="rmsprop", loss=loss)
    clock = Clock()
    model.fit(x, y, batch_size=BATCH, epochs=EPOCHS, verbose=0, callbacks=[clock])
    return statistics.median(clock.times[1:])


def recurrent(layer):
    return keras.Sequential(
        [keras.Input((STEPS,)), layers.Embedding(WORDS, 32), layer, layers.Dense(1, activation="sigmoid")]
    )


images = np.random.default_rng(1).normal(size=(ROWS, 28, 28, 1)).astype("float32")
digits = np.arange(ROWS) % 10
i, j = np.indices((ROWS, STEPS))
sequences = (i * 7919 + j * 104729) % WORDS
labels = (np.arange(ROWS) % 2).astype("float32")[:, None]

cnn = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Conv2D(64, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(64, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ]
)
results = {"cnn": measure(cnn, "sparse_categorical_crossentropy", images, digits)}
for name, layer in {
    "lstm": layers.LSTM(32),
    "gru": layers.GRU(32),
    "simpleRNN": layers.SimpleRNN(32),
}.items():
    results[name] = measure(recurrent(layer), "binary_crossentropy", sequences, labels)
print(json.dumps(results))
