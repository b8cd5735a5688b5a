"""Small data sets: logic gates, three shapes in the plane, and 8×8 handwritten digits.

Rows of `X` are examples; `y` holds integer classes. Random sets take a `numpy.random.Generator`.
"""

from importlib import resources

import numpy as np

from mlpkit.arrays import as_pair, require_shape
from mlpkit.checks import require_count, require_generator

GATES = {"and": (0, 0, 0, 1), "or": (0, 1, 1, 1), "nand": (1, 1, 1, 0), "xor": (0, 1, 1, 0)}
"""Outputs of the gates for the inputs (0, 0), (0, 1), (1, 0), (1, 1)."""


def logic_gate(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the four inputs, shape (4, 2), and the outputs, 0 or 1, shape (4,), of a gate of `GATES`."""
    if name not in GATES:
        raise ValueError(f"logic_gate: there is no gate {name!r}; choose one of {', '.join(GATES)}.")
    return np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array(GATES[name])


def moons(rows: int, rng: np.random.Generator, noise: float = 0.1) -> tuple[np.ndarray, np.ndarray]:
    """Return two interleaved half circles of radius 1, blurred by normal noise of standard deviation `noise`."""
    y, angle = _classes("moons", rows, 2, rng), rng.uniform(0, np.pi, rows)
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    lower = np.column_stack([1 - np.cos(angle), 0.5 - np.sin(angle)])
    return np.where(y[:, None] == 0, upper, lower) + noise * rng.normal(size=(rows, 2)), y


def circles(rows: int, rng: np.random.Generator, noise: float = 0.05) -> tuple[np.ndarray, np.ndarray]:
    """Return a circle of radius 1 (class 0) around one of radius ½ (class 1), blurred like `moons`."""
    y, angle = _classes("circles", rows, 2, rng), rng.uniform(0, 2 * np.pi, rows)
    radius = np.where(y == 0, 1.0, 0.5)
    return radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]) + noise * rng.normal(size=(rows, 2)), y


def spirals(
    rows: int, rng: np.random.Generator, classes: int = 3, noise: float = 0.03, turns: float = 0.75
) -> tuple[np.ndarray, np.ndarray]:
    """Return `classes` spiral arms that each wind `turns` times from the centre to radius 1, blurred like `moons`."""
    y, radius = _classes("spirals", rows, classes, rng), rng.uniform(0.05, 1, rows)
    angle = 2 * np.pi * (turns * radius + y / classes)
    return radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]) + noise * rng.normal(size=(rows, 2)), y


def digits() -> tuple[np.ndarray, np.ndarray]:
    """Return 1797 handwritten digits: pixels from 0 to 1, shape (1797, 64), rows of 8×8 images; labels 0 … 9.

    The test part of Alpaydin and Kaynak (1998), "Optical Recognition of Handwritten Digits", UCI Machine Learning
    Repository; see digits.LICENSE.
    """
    with resources.files("mlpkit").joinpath("digits.npz").open("rb") as file:
        stored = np.load(file)
        return stored["pixels"] / 16.0, stored["labels"].astype(np.int64)


def split(
    X: np.ndarray, y: np.ndarray, share: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return X_train, y_train, X_test, y_test: about `share` of each class, drawn at random, goes to training."""
    require_generator("split", rng)
    X, y = as_pair("split", X, y)
    require_shape("split", "y", y, (len(X),))
    if y.dtype.kind == "f" and (y != np.round(y)).any():
        raise ValueError(
            "split: y must hold classes, but has fractions; draw rows of other targets with rng.permutation."
        )
    if not 0 < share < 1:
        raise ValueError(f"split: share must lie between 0 and 1, but is {share!r}.")
    chosen = np.zeros(len(y), bool)
    for label in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == label))
        chosen[rows[: round(share * len(rows))]] = True
    return X[chosen], y[chosen], X[~chosen], y[~chosen]


def _classes(owner: str, rows: int, classes: int, rng: np.random.Generator) -> np.ndarray:
    """Return `rows` labels, as even as can be, in random order."""
    require_count(owner, rows=rows, classes=classes)
    require_generator(owner, rng)
    return rng.permutation(np.arange(rows) % classes)
