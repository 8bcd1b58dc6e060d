"""The works of bench/kernels.mjs, models and data alike, in Keras on the back end that KERAS_BACKEND names. Prints JSON lines."""

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
        self.times.append(time.perf_counter() - self.since)


def measure(work, model, loss, x, y):
    model.compile(optimizer="rmsprop", loss=loss)
    clock = Clock()
    model.fit(x, y, batch_size=BATCH, epochs=EPOCHS, verbose=0, callbacks=[clock])
    print(json.dumps({"work": work, "seconds": statistics.median(clock.times[1:])}), flush=True)


def recurrent(layer):
    return keras.Sequential(
        [keras.Input((STEPS,)), layers.Embedding(WORDS, 32), layer, layers.Dense(1, activation="sigmoid")]
    )


# Numbers that depend on their place only.
places = np.arange(ROWS * 28 * 28, dtype="uint64") * 2654435761 % 2**32
images = (places / 2.0**31 - 1).astype("float32").reshape(ROWS, 28, 28, 1)
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
measure("cnn", cnn, "sparse_categorical_crossentropy", images, digits)
for name, layer in {
    "lstm": layers.LSTM(32),
    # The one that TensorFlow.js has.
    "gru": layers.GRU(32, reset_after=False),
    "simpleRNN": layers.SimpleRNN(32),
}.items():
    measure(name, recurrent(layer), "binary_crossentropy", sequences, labels)
