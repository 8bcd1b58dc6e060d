"""Golden values of Keras' loaders for test/datasets.

    KERAS_BACKEND=numpy KERAS_HOME=<writable copy of the real files> python test/reference/datasets.py

keras==3.15.1 numpy==2.4.6. Of the real files only shapes, types and SHA-256 of canonical bytes are kept (lengths of the sequences, then
all ids, as little-endian int32; labels as int32; Boston's values as float64); small files of random numbers carry readable values.
"""
import hashlib, json, os, warnings

os.environ.setdefault("KERAS_BACKEND", "numpy")
import keras
import numpy as np
from keras.src.datasets import boston_housing, imdb, reuters

assert keras.__version__ == "3.15.1" and np.__version__ == "2.4.6"
here = os.path.dirname(os.path.abspath(__file__))
fixtures = os.path.join(here, "fixtures")


def sha(*arrays):
    h = hashlib.sha256()
    for a in arrays:
        h.update(np.ascontiguousarray(a).tobytes())
    return h.hexdigest()


def ints(a):
    a = np.asarray(a)
    assert a.size == 0 or (a.min() >= -(2**31) and a.max() < 2**31)
    return a.astype("<i4")


def sequences(x):
    rows = [list(map(int, row)) for row in x]
    flat = [w for row in rows for w in row]
    return {"rows": len(rows), "sha256": sha(ints([len(r) for r in rows]), ints(flat))}


def names(kwargs):
    """Keras' argument names as ours: numWords for num_words."""
    def camel(s):
        head, *tail = s.split("_")
        return head + "".join(t.capitalize() for t in tail)
    return {camel(k): v for k, v in kwargs.items()}


def text_case(module, kwargs, readable=False):
    try:
        parts = module.load_data(**kwargs)
    except Exception as e:
        return {"options": names(kwargs), "error": type(e).__name__}
    out = {"options": names(kwargs), "parts": []}
    for x, y in parts:
        if readable:
            out["parts"].append({"x": [list(map(int, row)) for row in x], "y": [int(v) for v in y]})
        else:
            out["parts"].append({**sequences(x), "dtype": str(np.asarray(x).dtype), "labels": sha(ints(y)),
                                 "labelsDtype": str(np.asarray(y).dtype)})
    return out


common = [
    {},
    {"num_words": 10000},
    {"num_words": 5000},
    {"num_words": 1},
    {"num_words": 0},
    {"num_words": 10**6},
    {"num_words": -5},
    {"num_words": 10000, "skip_top": 2},
    {"num_words": 10000, "skip_top": 20},
    {"skip_top": 50},
    {"skip_top": -3, "num_words": 100},
    {"num_words": 100, "skip_top": 200},
    {"maxlen": 100},
    {"maxlen": 100, "num_words": 10000},
    {"maxlen": 200, "start_char": None},
    {"maxlen": 0},
    {"maxlen": 2, "num_words": 10000},
    {"maxlen": -1},
    {"seed": 0},
    {"seed": 42, "num_words": 10000},
    {"seed": 2**32 - 1},
    {"seed": [1, 2, 3], "maxlen": 150},
    {"start_char": None},
    {"start_char": None, "index_from": 0},
    {"start_char": None, "index_from": 0, "oov_char": None, "num_words": 500},
    {"start_char": 7, "oov_char": 9, "index_from": 10, "num_words": 1000},
    {"start_char": 90000},
    {"oov_char": None},
    {"oov_char": None, "num_words": 10000},
    {"oov_char": None, "skip_top": 30, "num_words": 2000},
    {"oov_char": 0, "num_words": 10000},
    {"oov_char": -1, "num_words": 10000},
    {"index_from": 0},
    {"index_from": 1, "num_words": 10000},
    {"index_from": -2, "num_words": 10000},
    {"start_char": 0, "oov_char": 0, "index_from": 0, "num_words": 20000, "skip_top": 1, "maxlen": 400, "seed": 7},
]
of_reuters = common + [
    {"test_split": 0.1, "num_words": 10000},
    {"test_split": 0.0},
    {"test_split": 1.0},
    {"test_split": 0.333, "maxlen": 80, "num_words": 1000},
    {"test_split": 1.5, "num_words": 1000},
    {"test_split": -0.5, "num_words": 1000},
    {"maxlen": 1, "num_words": 1000},
]
of_boston = [{}, {"seed": 0}, {"test_split": 0.0}, {"test_split": 0.5, "seed": 7}, {"test_split": 0.999},
             {"seed": [4, 5]}, {"test_split": 1.0}, {"test_split": -0.1}]


def boston_case(kwargs):
    try:
        parts = boston_housing.load_data(**kwargs)
    except Exception as e:
        return {"options": names(kwargs), "error": type(e).__name__}
    return {"options": names(kwargs), "parts": [
        {"shape": list(x.shape), "dtype": str(x.dtype), "x": sha(x.astype("<f8")), "y": sha(y.astype("<f8"))} for x, y in parts]}


def write_fixtures():
    """Small files of random numbers, written by NumPy (pickle protocol as numpy.save chooses it)."""
    r = np.random.RandomState(2025)

    def rows(n, lengths):
        out = np.empty(n, dtype=object)
        for i in range(n):
            # Small, middle and large numbers: one, two and four bytes in the pickle.
            out[i] = [int(v) for v in np.where(r.rand(lengths[i]) < 0.7, r.randint(1, 40, lengths[i]),
                                               r.randint(1, 90000, lengths[i]))]
        return out
    sizes = [1, 2, 5, 9, 30, 3, 1, 12, 7, 4]
    np.savez(os.path.join(fixtures, "imdb_small.npz"), x_train=rows(10, sizes), y_train=r.randint(0, 2, 10),
             x_test=rows(8, [3, 0, 6, 1, 8, 2, 2, 11]), y_test=r.randint(0, 2, 8))
    np.savez_compressed(os.path.join(fixtures, "reuters_small.npz"), x=rows(30, list(range(1, 31))), y=r.randint(0, 46, 30))
    long_rows = rows(3, [2500, 1000, 1001])
    np.savez_compressed(os.path.join(fixtures, "long_rows.npz"), x=long_rows, y=np.arange(3))


def small_cases(module, name, extra):
    path = os.path.join(fixtures, name)
    real = module.get_file
    module.get_file = lambda *a, **k: path
    try:
        options = [{}, {"num_words": 30}, {"num_words": 30, "oov_char": None}, {"maxlen": 6}, {"maxlen": 6, "start_char": None, "num_words": 50},
                   {"skip_top": 5, "num_words": 100}, {"seed": 3}, {"start_char": None}, {"start_char": None, "num_words": 1000},
                   {"index_from": 0, "start_char": None, "num_words": 1000}, {"maxlen": 1}, {"maxlen": 1, "num_words": 10}] + extra
        return [text_case(module, o, readable=True) for o in options]
    finally:
        module.get_file = real


def words():
    from keras.src.legacy.preprocessing.text import text_to_word_sequence as split
    texts = ["A plain sentence.", "Don't stop -- it's GOOD!!", "tabs\tand\nlines", "a\rb\x0bc\u00a0d", "", "   ", "«Été» Straße İstanbul ΣΑΣ",
             "x_y^z`w{v|u}t~s\\r]q[p", "100% of $5 & #1 @home; 3<4>2=1? (no) 'quotes' \"double\" a/b:c,d+e*f", "一部 很好的 电影。", "🎬 film—noir…"]
    return [{"text": t, "words": split(t)} for t in texts]


write_fixtures()
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    golden = {
        "keras": keras.__version__,
        "imdb": [text_case(imdb, k) for k in common],
        "reuters": [text_case(reuters, k) for k in of_reuters],
        "bostonHousing": [boston_case(k) for k in of_boston],
        "imdbWordIndex": {"size": len(imdb.get_word_index()), "sha256": hashlib.sha256(json.dumps(imdb.get_word_index(), sort_keys=True, separators=(",", ":")).encode()).hexdigest()},
        "reutersWordIndex": {"size": len(reuters.get_word_index()), "sha256": hashlib.sha256(json.dumps(reuters.get_word_index(), sort_keys=True, separators=(",", ":")).encode()).hexdigest()},
        "reutersLabelNames": list(reuters.get_label_names()),
        "imdbSmall": small_cases(imdb, "imdb_small.npz", []),
        "reutersSmall": small_cases(reuters, "reuters_small.npz", [{"test_split": 0.5}, {"test_split": 1.2, "num_words": 9}]),
        "words": words(),
    }
with open(os.path.join(here, "datasets.json"), "w") as f:
    json.dump(golden, f, indent=1)
    f.write("\n")
