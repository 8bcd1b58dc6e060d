"""Golden values by scikit-learn for test/modelSelection and test/metrics.

    python -m venv /tmp/sk && /tmp/sk/bin/pip install -r test/reference/sklearn/requirements.txt
    /tmp/sk/bin/python test/reference/sklearn/goldens.py

Writes splits.json and metrics.json beside this file. Inputs are not stored: each case has a seed, and `Source` here and
in test/reference/sklearn/source.ts draw the same inputs from it.
"""

import hashlib
import importlib.metadata
import json
import pathlib
import warnings

import numpy as np
import sklearn.metrics as M
from sklearn.model_selection import KFold, StratifiedKFold, train_test_split

HERE = pathlib.Path(__file__).parent
for line in (HERE / "requirements.txt").read_text().split():
    name, version = line.split("==")
    assert importlib.metadata.version(name) == version, line
warnings.simplefilter("ignore")


class Source:
    """A linear congruential generator whose every step is exact in Python and JavaScript."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state * 1664525 + 1013904223) % 2**32
        return self.state

    def unit(self):
        return ((self.next() >> 5) * 67108864 + (self.next() >> 6)) / 2**53

    def below(self, n):
        return int(self.unit() * n)

    def pick(self, items):
        return items[self.below(len(items))]


NAMES = ["ant", "bee", "Cat", "d\u00e9j\u00e0", "\U0001f40d", "\uff21", "zebra crossing", ""]


def label_set(source, kind, k):
    if kind == "range":
        return list(range(k))
    if kind == "gaps":
        return [3 * i - 4 for i in range(k)]
    return NAMES[:k]


def draw_labels(source, labels, n, skew):
    """Skewed so that some labels are rare or missing."""
    return [labels[min(len(labels) - 1, int(source.unit() ** skew * len(labels)))] for _ in range(n)]


def digest(values):
    return hashlib.sha256(",".join(map(str, values)).encode()).hexdigest()


# Splits


def split_case(case):
    source = Source(case["inputs"])
    stratify = None
    if case["classes"]:
        stratify = draw_labels(source, label_set(source, case["kind"], case["classes"]), case["n"], case["skew"])
    if case.get("oneHot"):
        stratify = [[1.0 if i == label else 0.0 for i in range(case["classes"])] for label in stratify]
    try:
        train, test = train_test_split(
            np.arange(case["n"]),
            test_size=case["testSize"],
            train_size=case["trainSize"],
            random_state=case["randomState"],
            shuffle=case["shuffle"],
            stratify=None if stratify is None else np.array(stratify),
        )
    except ValueError as error:
        return {"error": str(error)[:60]}
    return {"train": train.tolist(), "test": test.tolist()}


def split_cases():
    source = Source(1)
    for i in range(700):
        n = source.pick([1, 2, 3, 5, 8, 13, 20, 31, 40, 50, 60])
        share = lambda: round(source.unit(), source.pick([1, 2, 17]))
        size = lambda: source.pick([None, None, share(), source.below(n + 2)])
        classes = 0 if i % 2 else 2 + source.below(5)
        case = {
            "n": n,
            "testSize": size(),
            "trainSize": size(),
            "randomState": source.pick([0, 1, 42, 12345, 2**32 - 1, source.next()]),
            "shuffle": True,
            "classes": classes,
            "kind": source.pick(["range", "gaps", "text"]),
            "skew": source.pick([1, 1, 2]),
            "inputs": source.next(),
        }
        if i % 20 == 19:
            case["shuffle"] = False
            case["randomState"] = None
        if classes and i % 10 == 4:
            case["kind"] = "range"
            case["oneHot"] = True
        # A float such as 0.0 or 1.0 is an integer in JavaScript; both refuse 0, but 1 would be a count there.
        if 1.0 in [x for x in (case["testSize"], case["trainSize"]) if isinstance(x, float)]:
            continue
        yield case
    big = [
        {"n": 8982, "testSize": 1000, "trainSize": None, "randomState": 12345, "classes": 0},
        {"n": 8982, "testSize": 1000, "trainSize": None, "randomState": 12345, "classes": 46},
        {"n": 25000, "testSize": 0.4, "trainSize": None, "randomState": 7, "classes": 0},
        {"n": 25000, "testSize": 0.1, "trainSize": 0.5, "randomState": 7, "classes": 2},
        {"n": 404, "testSize": None, "trainSize": 0.8, "randomState": 0, "classes": 0},
        {"n": 300000, "testSize": None, "trainSize": None, "randomState": 3, "classes": 2},
    ]
    for case in big:
        yield {"shuffle": True, "kind": "range", "skew": 2, "inputs": case["n"], "hash": True, **case}


def fold_case(case):
    source = Source(case["inputs"])
    options = {"n_splits": case["nSplits"], "shuffle": case["shuffle"], "random_state": case["randomState"]}
    try:
        if case["classes"]:
            y = draw_labels(source, label_set(source, case["kind"], case["classes"]), case["n"], case["skew"])
            splitter = StratifiedKFold(**options)
        else:
            y = None
            splitter = KFold(**options)
        folds = list(splitter.split(np.zeros(case["n"]), y))
    except ValueError as error:
        return {"error": str(error)[:60]}
    for train, test in folds:
        assert train.tolist() == sorted(set(range(case["n"])) - set(test.tolist()))
    return {"test": [test.tolist() for _, test in folds]}


def fold_cases():
    source = Source(2)
    for i in range(500):
        n = source.pick([1, 2, 3, 5, 8, 13, 20, 31, 40, 50])
        shuffle = source.below(3) > 0
        seeded = shuffle or source.below(20) == 0
        yield {
            "n": n,
            "nSplits": source.pick([1, 2, 2, 3, 4, 5, 5, 7, 10, n]),
            "shuffle": shuffle,
            "randomState": source.pick([0, 1, 42, source.next()]) if seeded else None,
            "classes": 0 if i % 2 else 1 + source.below(5),
            "kind": source.pick(["range", "gaps", "text"]),
            "skew": source.pick([1, 1, 2]),
            "inputs": source.next(),
        }
    for classes in (0, 46):
        yield {
            "n": 4040, "nSplits": 4, "shuffle": True, "randomState": 5, "classes": classes, "kind": "range", "skew": 2,
            "inputs": 3, "hash": True,
        }  # fmt: skip


def hashed(case, result):
    if case.get("hash"):
        if "train" in result:
            return {"train": digest(result["train"]), "test": digest(result["test"])}
        return {"test": [digest(test) for test in result["test"]]}
    return result


# Metrics


def plain(value):
    """NaN and infinity do not exist in JSON."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, float) and not np.isfinite(value):
        return str(value)
    if isinstance(value, np.generic):
        return plain(value.item())
    return value


def draw_weights(source, kind, n):
    if kind == "none":
        return None
    if kind == "whole":
        return [float(source.below(4)) for _ in range(n)]
    return [source.unit() * 10 ** (source.below(5) - 2) for _ in range(n)]


def zero_division(case):
    return float("nan") if case["zeroDivision"] == "nan" else case["zeroDivision"]


def classes_case(case):
    source = Source(case["inputs"])
    labels = label_set(source, case["kind"], case["classes"])
    y_true = draw_labels(source, labels, case["n"], case["skew"])
    y_pred = [t if source.unit() < case["hits"] else p for t, p in zip(y_true, draw_labels(source, labels, case["n"], 1))]
    weights = draw_weights(source, case["weights"], case["n"])
    chosen = None
    if case["chosen"]:
        chosen = [label for label in reversed(labels) if source.unit() < 0.6]
    common = {"labels": chosen, "sample_weight": weights}
    zero = {"zero_division": zero_division(case)}

    def attempt(f):
        try:
            return plain(f())
        except (ValueError, ZeroDivisionError) as error:
            return {"error": str(error)[:60]}

    result = {
        "accuracy": attempt(lambda: M.accuracy_score(y_true, y_pred, sample_weight=weights)),
        "right": attempt(lambda: M.accuracy_score(y_true, y_pred, sample_weight=weights, normalize=False)),
        "matrix": attempt(lambda: M.confusion_matrix(y_true, y_pred, normalize=case["normalize"], **common)),
        "report": attempt(lambda: M.classification_report(y_true, y_pred, digits=case["digits"], **common, **zero)),
        "scores": attempt(
            lambda: M.precision_recall_fscore_support(
                y_true, y_pred, average=case["average"], beta=case["beta"], **common, **zero
            )
        ),
    }
    if case["dict"]:
        result["dict"] = attempt(lambda: M.classification_report(y_true, y_pred, output_dict=True, **common, **zero))
    return result


def classes_cases():
    source = Source(3)
    for i in range(400):
        k = source.pick([1, 2, 2, 3, 5, 8])
        yield {
            "n": source.pick([1, 2, 5, 10, 40]),
            "classes": k,
            "kind": source.pick(["range", "gaps", "text"]),
            "skew": source.pick([1, 2, 3]),
            "hits": source.pick([0, 0.3, 0.7, 1]),
            "weights": source.pick(["none", "none", "whole", "float"]),
            "chosen": source.below(4) == 0,
            "normalize": source.pick([None, "true", "pred", "all"]),
            "digits": source.pick([2, 2, 0, 1, 3, 5, 14]),
            "average": source.pick([None, "micro", "macro", "weighted", "binary"]),
            "beta": source.pick([1, 1, 0.5, 2, 0]),
            "zeroDivision": source.pick(["warn", 0, 1, "nan"]),
            "dict": i % 5 == 0,
            "inputs": source.next(),
        }
    for weights in ("none", "float"):
        for average in ("micro", "macro", "weighted"):
            yield {
                "n": 2246, "classes": 46, "kind": "range", "skew": 2, "hits": 0.8, "weights": weights, "chosen": False,
                "normalize": None if average == "micro" else "all", "digits": 4, "average": average, "beta": 1,
                "zeroDivision": "warn", "dict": False, "inputs": 9, "noMatrix": average != "micro",
            }  # fmt: skip


def regression_case(case):
    source = Source(case["inputs"])
    n, k = case["n"], case["outputs"]
    draw = lambda: (source.unit() - 0.5) * 10 ** source.below(case["span"])
    y_true = [[draw() for _ in range(k)] for _ in range(n)]
    y_pred = [[draw() for _ in range(k)] for _ in range(n)]
    if case["flat"]:
        y_true = [row[0] for row in y_true]
    weights = draw_weights(source, case["weights"], n)
    multioutput = case["multioutput"]
    if multioutput == "weights":
        multioutput = [source.unit() for _ in range(k)]

    def attempt(f):
        try:
            return plain(f(y_true, y_pred, sample_weight=weights, multioutput=multioutput))
        except (ValueError, ZeroDivisionError) as error:
            return {"error": str(error)[:60]}

    return {"mae": attempt(M.mean_absolute_error), "mse": attempt(M.mean_squared_error)}


def regression_cases():
    source = Source(4)
    for i in range(300):
        outputs = source.pick([1, 1, 1, 2, 3, 13])
        yield {
            "n": source.pick([1, 2, 7, 8, 9, 60, 102, 129, 404, 1000, 9001]) if i < 250 else 10,
            "outputs": outputs,
            "flat": outputs == 1 and source.below(2) == 0,
            "span": source.pick([1, 3, 6]),
            "weights": source.pick(["none", "none", "whole", "float"]),
            "multioutput": source.pick(["uniform_average", "raw_values", "weights"]) if outputs > 1
            else source.pick(["uniform_average", "uniform_average", "raw_values", "weights"]),
            "inputs": source.next(),
        }  # fmt: skip


def roc_case(case):
    source = Source(case["inputs"])
    labels = [0, 1] if case["kind"] == "01" else [-1, 1] if case["kind"] == "-11" else ["no", "yes"]
    y_true = draw_labels(source, labels, case["n"], case["skew"])
    levels = case["levels"]
    y_score = [source.below(levels) / levels if levels else source.unit() for _ in range(case["n"])]
    weights = draw_weights(source, case["weights"], case["n"])

    def attempt(f):
        try:
            return plain(f())
        except ValueError as error:
            return {"error": str(error)[:60]}

    return {
        "curve": attempt(
            lambda: M.roc_curve(
                y_true, y_score, sample_weight=weights, pos_label="yes" if case["kind"] == "text" else None,
                drop_intermediate=case["drop"],
            )
        ),
        "auc": attempt(lambda: M.roc_auc_score(y_true, y_score, sample_weight=weights)),
    }  # fmt: skip


def roc_cases():
    source = Source(5)
    for _ in range(200):
        yield {
            "n": source.pick([1, 2, 5, 10, 25]),
            "kind": source.pick(["01", "01", "-11", "text"]),
            "skew": source.pick([1, 1, 2]),
            "levels": source.pick([0, 0, 4, 10]),
            "weights": source.pick(["none", "none", "whole", "float"]),
            "drop": source.below(2) == 0,
            "inputs": source.next(),
        }


def metrics_result(run, case):
    result = run(case)
    if case.get("noMatrix"):
        del result["matrix"], result["report"]
    return result


def write(name, groups):
    versions = {"scikit-learn": "1.9.1", "numpy": "2.4.6"}
    lines = [f'"versions": {json.dumps(versions)}']
    for group, rows in groups.items():
        lines.append(f'"{group}": [\n' + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]")
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    (HERE / name).write_text(text)
    print(name, len(text), {group: len(rows) for group, rows in groups.items()})


write(
    "splits.json",
    {
        "trainTestSplit": [[case, hashed(case, split_case(case))] for case in split_cases()],
        "folds": [[case, hashed(case, fold_case(case))] for case in fold_cases()],
    },
)
write(
    "metrics.json",
    {
        "classes": [[case, metrics_result(classes_case, case)] for case in classes_cases()],
        "regression": [[case, regression_case(case)] for case in regression_cases()],
        "roc": [[case, roc_case(case)] for case in roc_cases()],
    },
)
