"""Checks of what callers pass in. Every error names the object, what was expected, what was given and what to do."""

import math

import numpy as np


def as_floats(owner: object, name: str, value: object) -> np.ndarray:
    """Return `value` as a floating (or complex) array; integers and booleans become float64.

    float32 stays float32. Raises TypeError when the values are not numbers.
    """
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{owner}: {name} must be an array, but its rows differ in length.") from None
    if array.dtype.kind in "fc":
        return array
    if array.dtype.kind in "iub":
        return array.astype(np.float64)
    raise TypeError(
        f"{owner}: {name} must hold numbers, but its dtype is {array.dtype}; convert it with astype(float)."
    )


def require_shape(owner: object, name: str, array: np.ndarray, expected: tuple) -> None:
    """Raise ValueError unless `array` has the expected shape."""
    if array.shape != expected:
        raise ValueError(f"{owner}: {name} must have shape {expected}, but has shape {array.shape}.")


def require_matrix(owner: object, name: str, array: np.ndarray, columns: int | None = None) -> None:
    """Raise ValueError unless `array` is `(N, columns)` with N at least 1; `columns=None` admits any number of them."""
    if array.ndim == 2 and len(array) > 0 and (columns is None or array.shape[1] == columns):
        return
    width = "C" if columns is None else columns
    message = f"{owner}: {name} must have shape (N, {width}), one row an example, but has shape {array.shape}."
    if array.ndim == 1 and columns in (None, array.size):
        message += f" For a single example pass {name}[None, :]."
    raise ValueError(message)


def require_labels(owner: object, labels: np.ndarray, rows: int, classes: int) -> None:
    """Raise unless `labels` is `(rows,)` and holds integers from 0 to `classes` − 1."""
    if labels.dtype.kind not in "iu":
        raise TypeError(
            f"{owner}: labels must be integers, but their dtype is {labels.dtype}; pass class numbers, not one-hot rows."
        )
    require_shape(owner, "labels", labels, (rows,))
    if labels.min() < 0 or labels.max() >= classes:
        row = int(np.flatnonzero((labels < 0) | (labels >= classes))[0])
        raise ValueError(f"{owner}: label {labels[row]} in row {row} is not a class: expected 0 to {classes - 1}.")


def recall(owner: object, name: str) -> np.ndarray:
    """Return what an earlier step stored on `owner` under `name`, or raise RuntimeError naming the missing step."""
    try:
        return getattr(owner, name)
    except AttributeError:
        missing = "forward must run before backward" if name.startswith("_") else "backward must run before update"
        raise RuntimeError(f"{owner}: {missing}.") from None


def require_positive(owner: object, **numbers: float) -> None:
    """Raise TypeError unless everything is a number, ValueError unless each is finite and greater than zero."""
    for name, number in numbers.items():
        if not isinstance(number, int | float | np.integer | np.floating):
            raise TypeError(f"{owner}: {name} must be a positive number, but is {brief(number)}.")
        if not (math.isfinite(number) and number > 0):
            raise ValueError(f"{owner}: {name} must be a positive number, but is {number!r}.")


def require_count(owner: object, **numbers: int) -> None:
    """Raise unless every number is a whole number greater than zero."""
    require_positive(owner, **numbers)
    for name, number in numbers.items():
        if not hasattr(number, "__index__"):
            raise TypeError(f"{owner}: {name} must be a whole number, but is {number!r}.")


def brief(value: object) -> str:
    """Return the beginning of `repr(value)`, in one line."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else f"{text[:60]}…"


def require_generator(owner: object, rng: object) -> None:
    """Raise TypeError unless `rng` is a `numpy.random.Generator`: nothing here touches NumPy's global random state."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"{owner}: rng must be a numpy.random.Generator, but is {brief(rng)}; make one with np.random.default_rng(0)."
        )
