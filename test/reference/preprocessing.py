"""Golden values for test/preprocessing. scikit-learn==1.9.1 (1.9.*), keras==3.15.1, numpy==2.4.6; KERAS_BACKEND=numpy."""
import json, os

os.environ.setdefault("KERAS_BACKEND", "numpy")
import keras, sklearn
import numpy as np
from sklearn.preprocessing import StandardScaler

assert sklearn.__version__.startswith("1.9.") and keras.__version__ == "3.15.1" and np.__version__ == "2.4.6"
here = os.path.dirname(os.path.abspath(__file__))


def hexes(a):
    """Each float with all its bits; null stays."""
    if a is None:
        return None
    return [v.hex() if np.isfinite(v) else "nan" for v in map(float, np.asarray(a, dtype="f8").ravel())]


def data(name):
    """Made from MT19937 draws, which the test draws again."""
    r = np.random.RandomState(11)
    if name == "mixed":
        return r.random_sample((101, 5)) * [1, 1e-3, 1e6, 10, 400] + [0, 5, -1e6, 1e8, 0]
    if name == "column":
        return r.random_sample((1003, 1)) * 50
    if name == "long":
        return r.random_sample((3000, 2)) + [0, 1e4]
    if name == "constant":
        x = r.random_sample((20, 3))
        x[:, 1] = 0.1
        x[:, 2] = 0
        return x
    if name == "missing":
        x = r.random_sample((30, 3))
        x[::4, 0] = np.nan
        x[5, 2] = np.nan
        return x
    if name == "one":
        return r.random_sample((1, 4))
    if name == "seven":
        return r.random_sample((7, 1))


def scaler(name, **options):
    x = data(name)
    s = StandardScaler(**options).fit(x)
    t = s.transform(x)
    parts = StandardScaler(**options)
    third = max(1, len(x) // 3)
    for i in range(0, len(x), third):
        parts.partial_fit(x[i:i + third])
    return {
        "data": name, "options": {{"with_mean": "withMean", "with_std": "withStd"}[k]: v for k, v in options.items()},
        "mean": hexes(s.mean_), "var": hexes(s.var_), "scale": hexes(s.scale_), "seen": np.asarray(s.n_samples_seen_).tolist(),
        "transformed": hexes(t[:25]), "back": hexes(s.inverse_transform(t)[:25]),
        "partial": {"mean": hexes(parts.mean_), "var": hexes(parts.var_), "scale": hexes(parts.scale_)},
    }


pad = keras.utils.pad_sequences
seqs = [[1], [2, 3], [4, 5, 6], [], [7, 8, 9, 10, 11]]
pads = []
for maxlen in [None, 1, 3, 8]:
    for padding in ["pre", "post"]:
        for truncating in ["pre", "post"]:
            for dtype, value in [("int32", 0), ("int64", -1), ("float32", 0.1), ("float64", 0.1)]:
                out = pad(seqs, maxlen=maxlen, padding=padding, truncating=truncating, dtype=dtype, value=value)
                pads.append({"options": {"maxlen": maxlen, "padding": padding, "truncating": truncating, "dtype": dtype, "value": value},
                             "rows": out.tolist()})
categorical = [{"labels": l, "numClasses": n, "rows": keras.utils.to_categorical(l, n).tolist()}
               for l, n in [([0, 1, 2, 3], None), ([2, 0], 5), ([0], None), ([[1], [3]], None), ([], 3), ([0, 0], 1)]]
with open(os.path.join(here, "preprocessing.json"), "w") as f:
    json.dump({"sklearn": sklearn.__version__, "keras": keras.__version__, "sequences": seqs, "pads": pads, "categorical": categorical,
               "scalers": [scaler(n) for n in ["mixed", "column", "long", "constant", "missing", "one", "seven"]]
               + [scaler("mixed", with_mean=False), scaler("mixed", with_std=False), scaler("mixed", with_mean=False, with_std=False)]}, f, indent=0)
    f.write("\n")
