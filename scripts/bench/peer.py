"""The works of bench/works.mjs in Keras, on the back end that KERAS_BACKEND names. Prints JSON lines.

The models and data are those of bench/node.mjs: the real files from $KERAS_HOME, dense multi-hot matrices, one jitted step a batch.
"""

import json
import time

import keras
import numpy as np
from keras import layers

SWEEP = [[64, 4], [64, 32], [64, 128], [64], [64, 128, 32]]


def report(work, seconds, note=""):
    print(json.dumps({"work": work, "seconds": seconds, "note": note}), flush=True)


def build(widths, units, end, loss, metric):
    model = keras.Sequential([layers.Dense(width, activation="relu") for width in widths])
    model.add(layers.Dense(units, activation=end))
    model.compile(optimizer=keras.optimizers.RMSprop(0.001), loss=loss, metrics=[metric])
    return model


def best(once):
    """Of at least three, and of as many as fit into twelve seconds, after one for warming up."""
    once()
    seconds = []
    begin = time.perf_counter()
    while len(seconds) < 3 or time.perf_counter() - begin < 12:
        start = time.perf_counter()
        once()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def multi_hot(sequences, dimension=10000):
    rows = np.zeros((len(sequences), dimension), dtype="float32")
    for i, sequence in enumerate(sequences):
        rows[i, sequence] = 1.0
    return rows


def boston():
    (x, y), _ = keras.datasets.boston_housing.load_data()
    x = ((x - x.mean(axis=0)) / x.std(axis=0)).astype("float32")
    y = ((y - y.mean()) / y.std()).astype("float32")
    make = lambda: build([64, 64], 1, None, "mse", "mae")
    model = make()
    once = lambda: model.fit(x[101:], y[101:], epochs=2, batch_size=1, verbose=0)
    report("boston1", best(once) / 2 / 303)
    model = make()
    once = lambda: model.fit(x, y, epochs=4, batch_size=16, verbose=0)
    report("boston16", best(once) / 4 / 26)
    folds = [(np.r_[0 : 101 * i, 101 * (i + 1) : 404], np.r_[101 * i : 101 * (i + 1)]) for i in range(4)]
    model = make()

    # Several epochs, as a fit takes some ms however short it is.
    def four_epochs():
        for train, test in folds:
            model.fit(x[train], y[train], validation_data=(x[test], y[test]), epochs=4, batch_size=1, verbose=0)

    report("study", best(four_epochs) * 125, "from 4 epochs of each fold × 125")


def imdb():
    (train, y), _ = keras.datasets.imdb.load_data(num_words=10000)
    x, y = multi_hot(train), y.astype("float32")
    model = build([16, 16], 1, "sigmoid", "binary_crossentropy", "accuracy")
    once = lambda: model.fit(
        x[10000:], y[10000:], epochs=5, batch_size=512, validation_data=(x[:10000], y[:10000]), verbose=0
    )
    seconds = best(once) / 5
    report("imdb", seconds)
    report("imdb20", seconds * 20, "from 5 epochs × 4")


def reuters():
    (train, labels), _ = keras.datasets.reuters.load_data(num_words=10000)
    x, y = multi_hot(train), keras.utils.to_categorical(labels, 46)
    order = np.random.RandomState(12345).permutation(len(x))
    held, rest = order[:1000], order[1000:]
    data = (x[rest], y[rest])
    validation = (x[held], y[held])

    def once(model, epochs, batch):
        model.fit(*data, epochs=epochs, batch_size=batch, validation_data=validation, verbose=0)

    make = lambda widths: build(widths, 46, "softmax", "categorical_crossentropy", "accuracy")
    model = make([64, 64])
    report("reuters", best(lambda: once(model, 2, 512)) / 2)
    models = [make(widths) for widths in SWEEP]

    def all_models():
        for model in models:
            once(model, 4, 128)

    report("sweep", best(all_models) * 5, "from 4 epochs of each model × 5")


boston()
imdb()
reuters()
