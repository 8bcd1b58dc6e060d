"""Golden values of numpy.random.RandomState for test/random. Run: python test/reference/randomState.py  (numpy==2.4.6)"""
import json, os, struct
import numpy as np
from numpy.random import RandomState

assert np.__version__ == "2.4.6", np.__version__


def bits(values):
    """float64 values as hex of their big-endian bytes: no digit is lost."""
    return [struct.pack(">d", v).hex() for v in np.asarray(values, dtype=np.float64).ravel()]


def case(seed):
    r = RandomState(seed)
    out = {"seed": seed}
    out["randomSample"] = bits(r.random_sample(7))
    out["randint"] = r.randint(0, 10, 12).tolist()
    out["randint32"] = r.randint(0, 2**32, 5).tolist()
    out["randintOne"] = r.randint(5, 6, 3).tolist()
    out["randintBig"] = r.randint(-(2**40), 2**50, 8).tolist()
    out["randintEdge"] = r.randint(0, 2**32 + 1, 3).tolist()
    out["permutation"] = r.permutation(13).tolist()
    x = np.arange(12).reshape(6, 2)
    r.shuffle(x)
    out["shuffleRows"] = x.tolist()
    y = list("abcdefg")
    r.shuffle(y)
    out["shuffleList"] = y
    out["randn"] = bits(r.randn(9))
    out["between"] = bits([r.random_sample()])
    out["randn2"] = bits(r.randn(2, 3))
    out["uniform"] = bits(r.uniform(-3, 4.5, 5))
    out["normal"] = bits(r.normal(10, 0.1, 4))
    out["choice"] = r.choice(100, 6).tolist()
    out["choiceOnce"] = r.choice(10, 6, replace=False).tolist()
    out["choiceP"] = r.choice(4, 9, p=[0.1, 0.2, 0.3, 0.4]).tolist()
    out["choiceScalar"] = int(r.choice(7))
    out["choiceOfOne"] = r.choice(1, 2).tolist()
    out["last"] = bits(r.random_sample(3))
    return out


def long_run():
    """Long runs, where a slip in a rare branch shows."""
    import hashlib
    r = RandomState(2024)
    h = lambda a: hashlib.sha256(np.ascontiguousarray(a).tobytes()).hexdigest()
    return {
        "seed": 2024,
        "permutation": h(r.permutation(100_000).astype("<i4")),
        "randomSample": h(r.random_sample(100_000).astype("<f8")),
        "randint": h(r.randint(0, 1000, 100_000).astype("<i4")),
        "randn": bits(r.randn(2_000)),
    }


seeds = [0, 1, 113, 42, 12345, 2**31, 2**32 - 1, [1, 2, 3], [0], list(range(700)), [2**32 - 1, 0, 5]]
here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "randomState.json"), "w") as f:
    json.dump({"numpy": np.__version__, "cases": [case(s) for s in seeds], "longRun": long_run()}, f, indent=1)
    f.write("\n")
