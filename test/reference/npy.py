"""Fixtures of the npy reader for test/datasets/files: one npz with arrays of many types, and their values. numpy==2.4.6"""
import io, json, os, zipfile
import numpy as np

assert np.__version__ == "2.4.6"
here = os.path.dirname(os.path.abspath(__file__))
r = np.random.RandomState(7)
arrays, golden = {}, {}


def add(name, a, version=None):
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, a, version=version)
    arrays[name] = buffer.getvalue()
    values = a.ravel(order="C").tolist()
    if a.dtype.kind == "f":
        values = [float(v).hex() if np.isfinite(v) else str(v) for v in a.astype("f8").ravel(order="C")]
    elif a.dtype.kind == "b":
        values = [int(v) for v in values]
    elif a.dtype.kind == "S":
        values = [v.decode("latin1") for v in values]
    golden[name] = {"kind": "strings" if a.dtype.kind in "SU" else "numbers", "shape": list(a.shape), "values": values,
                    "floats": a.dtype.kind == "f"}


for kind in ["b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]:
    for order in ["<", ">"]:
        for layout in ["C", "F"]:
            t = np.dtype(order + kind)
            if t.kind == "b":
                a = r.rand(2, 3, 4) < 0.5
            elif t.kind == "f":
                a = r.randn(2, 3, 4) * 100
                a.flat[0], a.flat[1], a.flat[2] = np.inf, -0.0, 1e-7
            else:
                info = np.iinfo(t)
                low, high = max(info.min, -(2**53) + 1), min(info.max, 2**53 - 1)
                a = r.randint(low, high, (2, 3, 4), dtype="i8")
                a.flat[0], a.flat[1] = low, high
            add(f"{kind}{'le' if order == '<' else 'be'}{layout}", np.array(a.astype(t), order=layout))
add("scalar", np.array(3.5))
add("empty", np.zeros((0, 4)))
add("emptyF", np.zeros((3, 0), order="F"))
add("vectorF", np.asfortranarray(np.arange(5)))
add("bytes", np.array([b"ab", b"", b"c\xe9d"]))
add("unicode", np.array(["abc", "", "é中🎬"]))
add("unicodeBig", np.array(["abc", "", "é中🎬"]).astype(">U5"))
add("version1", np.arange(6, dtype="i2"), (1, 0))
add("version2", np.arange(6, dtype="i2"), (2, 0))
add("version3", np.arange(6, dtype="i2"), (3, 0))
add("manyAxes", np.arange(2**6).reshape((2,) * 6))
with zipfile.ZipFile(os.path.join(here, "fixtures", "types.npz"), "w", zipfile.ZIP_DEFLATED) as z:
    for name, data in arrays.items():
        z.writestr(zipfile.ZipInfo(name + ".npy", (2025, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)

refused = {}
for name, a in {"complex": np.array([1j]), "date": np.array(["2020-01-01"], dtype="M8[D]"), "record": np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")]),
                "longdouble": np.array([1.0], dtype=np.longdouble), "big": np.array([2**60]), "matrixOfObjects": np.array([[None, None]], dtype=object),
                "objectOfStrings": np.array(["a", "b"], dtype=object), "objectOfArrays": np.array([np.arange(3), np.arange(2)], dtype=object),
                "objectOfFloats": np.array([[1.5], [2.5, 3.0]], dtype=object), "objectOfLists": np.array([[[1], 2], [3]], dtype=object),
                "objectOfHuge": np.array([[2**40], [1, 2]], dtype=object)}.items():
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, a, allow_pickle=True)
    refused[name] = buffer.getvalue().hex()
with open(os.path.join(here, "npy.json"), "w") as f:
    json.dump({"numpy": np.__version__, "arrays": golden, "refused": refused}, f, indent=0)
    f.write("\n")
