"""Weights that travel: golden files for test/training/weights. keras==3.15.1, numpy==2.4.6, jax==0.10.2; KERAS_BACKEND=jax.

Run it twice. First run: writes weights/<model>.npz with the line of docs/weights.md that goes there, and the predictions. Then
`npx tsx test/reference/keras/exportWeights.ts <folder>` reads those into TensorFlow.js models and exports them. Second run, with <folder> as argument:
sets the exported files into fresh Keras models with the lines of docs/weights.md, checks the predictions, and notes the hash of each file.
"""
import hashlib, json, os, re, sys, tempfile

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np
from keras import layers as L

assert keras.__version__ == "3.15.1" and np.__version__ == "2.4.6"
here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "../../../docs/weights.md")) as f:
    snippets = re.findall(r"```python\n(.*?)```", f.read(), re.S)
assert len(snippets) == 2


def branches():
    x = L.Input((4,))
    inner = keras.Sequential([L.Input((4,)), L.Dense(3, "tanh"), L.BatchNormalization()])
    a = L.Dense(3, "relu")(x)
    return keras.Model(x, L.Dense(1)(L.Concatenate()([inner(x), L.BatchNormalization()(a)])))


S = lambda shape, *ls: keras.Sequential([L.Input(shape), *ls])
models = {
    "dense": ((4,), lambda: S((4,), L.Dense(8, "relu"), L.Dropout(0.5), L.Dense(1))),
    "convolution": ((8, 8, 2), lambda: S((8, 8, 2), L.Conv2D(3, (3, 2), activation="relu"), L.BatchNormalization(), L.MaxPooling2D(), L.Conv2D(4, 2, strides=2, padding="same", use_bias=False), L.Flatten(), L.Dense(3, "softmax"))),
    "separable": ((7, 7, 2), lambda: S((7, 7, 2), L.SeparableConv2D(3, 2, depth_multiplier=2), L.DepthwiseConv2D(2, depth_multiplier=2), L.Conv2DTranspose(2, 3, strides=2), L.GlobalAveragePooling2D(), L.Dense(2))),
    "sequence": ((9, 3), lambda: S((9, 3), L.Conv1D(4, 3, activation="relu"), L.LayerNormalization(), L.SimpleRNN(5), L.Dense(2))),
    "lstm": ((6, 3), lambda: S((6, 3), L.LSTM(4, return_sequences=True), L.LSTM(5), L.Dense(1, "sigmoid"))),
    "gru": ((6, 3), lambda: S((6, 3), L.GRU(4, return_sequences=True, reset_after=False), L.GRU(5, reset_after=False), L.Dense(1, "sigmoid"))),
    "bidirectional": ((5,), lambda: S((5,), L.Embedding(10, 4), L.Bidirectional(L.LSTM(3, return_sequences=True)), L.TimeDistributed(L.Dense(4)), L.Bidirectional(L.GRU(3, reset_after=False)), L.Dense(1))),
    "branches": ((4,), branches),
}


def sample(name, shape):
    draw = np.random.RandomState(5)
    return draw.randint(0, 10, (4, *shape)).astype("float32") if name == "bidirectional" else np.round(draw.randn(4, *shape), 2).astype("float32")


golden = {"keras": keras.__version__, "docs": [hashlib.sha256(s.encode()).hexdigest() for s in snippets], "models": {}}
exported = sys.argv[1] if len(sys.argv) > 1 else None
for name, (shape, make) in models.items():
    keras.utils.set_random_seed(1)
    model = make()
    draw = np.random.RandomState(2)
    # Every array has values of its own, those of variances above 0.
    model.set_weights([(np.abs(draw.randn(*w.shape)) + 0.5 if "variance" in v.path else draw.randn(*w.shape) * 0.5).astype("float32") for v, w in zip(model.weights, model.get_weights())])
    x = sample(name, shape)
    predictions = model.predict(x, verbose=0)
    os.chdir(os.path.join(here, "weights"))
    exec(snippets[1], {"np": np, "model": model})
    os.replace("weights.npz", f"{name}.npz")
    entry = {"shape": list(shape), "x": x.ravel().astype("float64").round(2).tolist(), "predictions": predictions.astype("float64").ravel().tolist()}
    if exported:
        path = os.path.join(exported, f"{name}.npz")
        with open(path, "rb") as f:
            data = f.read()
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            with open("weights.npz", "wb") as f:
                f.write(data)
            other = make()
            # All of the snippet but its model.
            lines = [line for line in snippets[0].splitlines() if not line.startswith("model =")]
            exec("\n".join(lines), {"model": other})
            os.chdir(here)
        again = other.predict(x, verbose=0)
        assert np.array_equal(again, predictions), name
        with np.load(path) as arrays:
            entry["names"] = arrays.files
        entry["exportedSha256"] = hashlib.sha256(data).hexdigest()
        print(name, "as it was")
    golden["models"][name] = entry
    # The line of the docs as it stands, model included.
    if exported and name == "dense":
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            with open("weights.npz", "wb") as f:
                f.write(data)
            scope = {}
            exec(snippets[0], scope)
            assert np.array_equal(scope["model"].predict(x, verbose=0), predictions)
            os.chdir(here)

# What Keras makes by default, and TensorFlow.js has not.
os.chdir(os.path.join(here, "weights"))
keras.utils.set_random_seed(1)
np.savez("gruResetAfter.npz", *S((6, 3), L.GRU(4, return_sequences=True), L.GRU(5), L.Dense(1)).get_weights())
with open(os.path.join(here, "weights.json"), "w") as f:
    json.dump(golden, f, separators=(",", ":"))
    f.write("\n")
