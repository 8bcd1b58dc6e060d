"""Golden values for test/training/callbacks: what Keras' callbacks decide. keras==3.15.1, numpy==2.4.6, jax==0.10.2; KERAS_BACKEND=jax."""
import contextlib, io, json, os, tempfile

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np

assert keras.__version__ == "3.15.1" and np.__version__ == "2.4.6"
keras.config.enable_interactive_logging()
here = os.path.dirname(os.path.abspath(__file__))
draw = np.random.RandomState(7)
callbacks = keras.callbacks


class Optimizer:
    learning_rate = None


class Model:
    """Stands in for a model; its one weight is the number of the epoch."""

    def __init__(self, metrics=(), learning_rate=0.01):
        self.stop_training = False
        self.weights = -1
        self.metrics = list(metrics)
        self.optimizer = Optimizer()
        self.optimizer.learning_rate = learning_rate
        self.saved = []

    def get_weights(self):
        return self.weights

    def set_weights(self, weights):
        self.weights = weights

    def save(self, path, overwrite):
        self.saved.append(path)

    def save_weights(self, path, overwrite):
        self.saved.append(path)


def plain(v):
    """NaN and infinities as strings."""
    if v is None or isinstance(v, (bool, str, int)):
        return v
    v = float(v)
    return v if np.isfinite(v) else str(v)


def series(n):
    """Numbers as losses are: 32-bit floats, sometimes equal, nearly equal, NaN or infinite."""
    kind = draw.randint(5)
    values = draw.random_sample(n) * [1, 0.01, 10, 1, 1][kind] + [0, 0.5, 0, 0, 0][kind]
    if kind == 3:
        values = np.round(values, 1)
    if kind == 4:
        values[draw.random_sample(n) < 0.15] = [np.nan, np.inf, -np.inf][draw.randint(3)]
    return [float(np.float32(v)) for v in values]


def run(callback, model, values, key, first=0):
    """Call the hooks as fit does; returns the messages and what was seen after each epoch."""
    out = io.StringIO()
    seen = []
    with contextlib.redirect_stdout(out):
        callback.set_model(model)
        callback.on_train_begin({})
        for epoch, value in enumerate(values, first):
            callback.on_epoch_begin(epoch, {})
            model.weights = epoch
            logs = {"loss": 0.5, key: value}
            callback.on_epoch_end(epoch, logs)
            seen.append((epoch, model.optimizer.learning_rate, logs.get("learning_rate")))
            if model.stop_training:
                break
        callback.on_train_end({})
    return [line for line in out.getvalue().split("\n") if line], seen


def some(options, p=0.5):
    return {k: v() for k, v in options.items() if draw.random_sample() < p}


def early_stopping():
    options = some(dict(
        min_delta=lambda: float(draw.choice([0, 0.01, -0.1, 0.3])), patience=lambda: int(draw.randint(5)), baseline=lambda: float(draw.choice([0.2, 0.5, 0.8])),
        restore_best_weights=lambda: True, start_from_epoch=lambda: int(draw.randint(4)), mode=lambda: str(draw.choice(["auto", "min", "max"])),
        verbose=lambda: 1), 0.5)
    first = int(draw.choice([0, 0, 0, 3]))
    values = series(12)
    callback, model = callbacks.EarlyStopping(**options), Model()
    messages, seen = run(callback, model, values, "val_loss", first)
    return {"options": options, "first": first, "values": [plain(v) for v in values], "stop": model.stop_training, "last": seen[-1][0], "best": plain(callback.best),
            "bestEpoch": callback.best_epoch, "stoppedEpoch": callback.stopped_epoch, "weights": model.weights, "messages": messages}


def reduce_lr():
    options = some(dict(
        factor=lambda: float(draw.choice([0.1, 0.5, 0.9])), min_delta=lambda: float(draw.choice([0, 0.01, -0.1])), cooldown=lambda: int(draw.randint(4)),
        min_lr=lambda: float(draw.choice([0.001, 0.005, 0.01])), mode=lambda: str(draw.choice(["auto", "min", "max"])), verbose=lambda: 1), 0.5)
    options["patience"] = int(draw.randint(4))
    values = series(14)
    model = Model(learning_rate=0.01)
    messages, seen = run(callbacks.ReduceLROnPlateau(**options), model, values, "val_loss")
    return {"options": options, "values": [plain(v) for v in values], "rates": [rate for _, rate, _ in seen], "logged": [rate for _, _, rate in seen], "messages": messages}


def checkpoint():
    options = some(dict(save_best_only=lambda: True, save_weights_only=lambda: True, verbose=lambda: 1), 0.6)
    if options.get("save_best_only"):
        options.update(some(dict(mode=lambda: str(draw.choice(["auto", "min", "max"])), initial_value_threshold=lambda: float(draw.choice([0.2, 0.5])))))
    ending = ".weights.h5" if options.get("save_weights_only") else ".keras"
    pattern = ["best", "m-{epoch:02d}", "m-{epoch:d}-{val_loss:.2f}", "{epoch:3d}{{{loss:.1e}}}-{val_loss:08.3f}", "{epoch}_{loss}_{val_loss:.1%}"][draw.randint(5)]
    values = series(8)
    model = Model()
    callback = callbacks.ModelCheckpoint(pattern + ending, **options)
    messages, seen = run(callback, model, values, "val_loss")
    cut = lambda text: text.replace(ending, "")
    return {"options": options, "pattern": pattern, "values": [plain(v) for v in values], "saved": [cut(p) for p in model.saved], "best": plain(callback.best),
            "messages": [cut(m) for m in messages]}


def checkpoint_batches():
    n, steps, freq = 3, int(draw.randint(2, 6)), int(draw.randint(1, 8))
    model = Model()
    callback = callbacks.ModelCheckpoint("{epoch}-{batch:03d}.keras", save_freq=freq)
    callback.set_model(model)
    callback.on_train_begin({})
    callback.monitor_op = np.less
    for epoch in range(n):
        callback.on_epoch_begin(epoch, {})
        for batch in range(steps):
            callback.on_train_batch_end(batch, {"loss": 0.5})
        callback.on_epoch_end(epoch, {"loss": 0.5})
    return {"epochs": n, "steps": steps, "saveFreq": freq, "saved": [p.replace(".keras", "") for p in model.saved]}


def csv_file():
    keys = [["loss"], ["loss", "accuracy"], ["accuracy", "loss", "val_accuracy", "val_loss"], ["loss", "val_loss", "learning_rate"]][draw.randint(4)]
    separator = str(draw.choice([",", ";", "\t", ".", " "]))
    rows = [{k: v for k, v in zip(keys, [float(x) for x in series(1) + list(10.0 ** draw.uniform(-8, 18, 3))])} for _ in range(5)]
    append = bool(draw.randint(2))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "log.csv")
        for again in range(2):
            logger = callbacks.CSVLogger(path, separator=separator, append=append)
            logger.on_train_begin()
            for epoch, row in enumerate(rows):
                logger.on_epoch_end(epoch, dict(row))
            logger.on_train_end()
        with open(path, newline="") as f:
            text = f.read()
    return {"separator": separator, "append": append, "rows": [{k: plain(v) for k, v in row.items()} for row in rows], "text": text}


def directions():
    """Which way mode 'auto' goes, for the metrics that TensorFlow.js has as well."""
    found = {}
    for name in ["accuracy", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy", "mse", "mae", "mape", "binary_crossentropy",
                 "categorical_crossentropy", "mean_squared_error", "mean_absolute_error", "hinge", "squared_hinge", "categorical_hinge", "poisson", "precision", "recall", "r2_score"]:
        metric = {"precision": keras.metrics.Precision, "recall": keras.metrics.Recall, "r2_score": keras.metrics.R2Score}.get(name, lambda: name)()
        model = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(1)])
        model.compile("sgd", "mse", metrics=[metric])
        model.fit(np.zeros((2, 2)), np.zeros((2, 1)), verbose=0)
        callback = callbacks.EarlyStopping(monitor=f"val_{name}")
        callback.set_model(model)
        callback._set_monitor_op()
        found[name] = "max" if callback.monitor_op == keras.ops.greater else "min"
    return found


def schedules():
    cases = []
    for name, schedule in [("halve", lambda epoch, lr: lr / 2), ("step", lambda epoch, lr: 0.25 if epoch < 2 else 1e-5), ("keep", lambda epoch, lr: lr)]:
        model = Model(learning_rate=0.5)
        messages, seen = run(callbacks.LearningRateScheduler(schedule, verbose=1), model, [1.0] * 4, "val_loss")
        cases.append({"name": name, "messages": messages, "logged": [rate for _, _, rate in seen]})
    return cases


X = np.round(np.random.RandomState(3).randn(12, 3), 2).astype("float32")
Y = (X @ [[0.5], [-1.0], [0.25]] + 0.1).astype("float32")
VX = np.round(np.random.RandomState(4).randn(6, 3), 2).astype("float32")
# Other coefficients: what is learned makes validation worse in the end.
VY = (VX @ [[0.3], [-0.4], [0.6]]).astype("float32")


def linear(learning_rate):
    model = keras.Sequential([keras.layers.Input((3,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(learning_rate), "mse", metrics=["mae"])
    model.set_weights([np.array([[0.2], [-0.1], [0.4]], "float32"), np.zeros(1, "float32")])
    return model


def fits():
    """Whole runs: the same model, data and order here and there."""
    nan = np.where(np.arange(12)[:, None] == 7, np.float32(1e38), Y)
    runs = {
        "earlyStopping": (0.1, 30, Y, lambda: [callbacks.EarlyStopping(patience=3, restore_best_weights=True)]),
        "bestAtEnd": (0.1, 4, Y, lambda: [callbacks.EarlyStopping(monitor="loss", restore_best_weights=True)]),
        "accuracyLike": (0.1, 20, Y, lambda: [callbacks.EarlyStopping(monitor="val_mae", patience=2, min_delta=0.001)]),
        "reduceLROnPlateau": (0.3, 16, Y, lambda: [callbacks.ReduceLROnPlateau(patience=2, factor=0.5, cooldown=1, min_lr=0.02)]),
        "learningRateScheduler": (0.3, 6, Y, lambda: [callbacks.LearningRateScheduler(lambda epoch, lr: 0.2 if epoch == 0 else lr * 0.8)]),
        "both": (0.3, 20, Y, lambda: [callbacks.ReduceLROnPlateau(patience=1, factor=0.25), callbacks.EarlyStopping(patience=5)]),
        "terminateOnNaN": (0.1, 5, nan, lambda: [callbacks.TerminateOnNaN()]),
    }
    found = {}
    for name, (rate, epochs, y, make) in runs.items():
        model = linear(rate)
        with contextlib.redirect_stdout(io.StringIO()) as out:
            history = model.fit(X, y, epochs=epochs, batch_size=5, shuffle=False, validation_data=(VX, VY), verbose=0, callbacks=make())
        found[name] = {"learningRate": rate, "epochs": epochs, "epoch": history.epoch, "history": {k: [plain(v) for v in vs] for k, vs in history.history.items()},
                       "weights": [[plain(v) for v in w.ravel()] for w in model.get_weights()], "messages": [m for m in out.getvalue().split("\n") if m]}
    return {"x": X.tolist(), "y": Y.ravel().tolist(), "yBroken": nan.ravel().astype("float64").tolist(), "valX": VX.tolist(), "valY": VY.ravel().tolist(), "runs": found}


golden = {"keras": keras.__version__, "earlyStopping": [early_stopping() for _ in range(300)], "reduceLROnPlateau": [reduce_lr() for _ in range(200)],
          "modelCheckpoint": [checkpoint() for _ in range(120)], "checkpointBatches": [checkpoint_batches() for _ in range(20)], "csv": [csv_file() for _ in range(40)],
          "directions": directions(), "schedules": schedules(), "fits": fits()}
with open(os.path.join(here, "callbacks.json"), "w") as f:
    json.dump(golden, f, allow_nan=False, separators=(",", ":"))
    f.write("\n")
