"""What people pass, as arrays: lists, Series and DataFrames (met by `np.asarray`), integers, booleans, objects.

What is no array of the kind wanted is refused, by an error that names the argument, what came and what to do.
"""

from numbers import Number

import numpy as np

from mlpkit.checks import brief


def as_array(owner: object, name: str, value: object) -> np.ndarray:
    """Return `value` as a bare array, of numbers if every entry is a number. Refuses rows of different lengths, masks, and
    what NumPy does not take for an array at all, such as a sparse matrix."""
    if type(value) is np.ndarray and value.dtype.kind != "O":
        return value
    if np.ma.is_masked(value):
        raise ValueError(f"{owner}: {name} has masked entries, which would count as numbers; fill or leave them out.")
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{owner}: {name} must be an array, but its rows differ in length.") from None
    if array.dtype.kind != "O":
        return array
    if array.ndim == 0:
        hint = "; pass its toarray()" if hasattr(value, "toarray") else ""
        raise TypeError(f"{owner}: {name} must hold numbers, but its dtype is object: it is {brief(value)}{hint}.")
    kinds = {type(entry) for entry in array.flat}
    if all(issubclass(kind, bool | np.bool_) for kind in kinds):
        return array.astype(bool)
    if all(issubclass(kind, int | np.integer) for kind in kinds):
        return array.astype(np.int64)
    return array.astype(float) if all(issubclass(kind, Number | np.bool_) for kind in kinds) else array


def as_floats(owner: object, name: str, value: object) -> np.ndarray:
    """Return `value` as a floating (or complex) array; integers and booleans become float64.

    float32 stays float32. Raises TypeError when the values are not numbers.
    """
    if type(value) is np.ndarray and value.dtype.kind == "f":
        return value  # as nearly always
    array = as_array(owner, name, value)
    if array.dtype.kind in "fc":
        return array
    if array.dtype.kind in "iub":
        return array.astype(np.float64)
    other = next((entry for entry in array.flat if not isinstance(entry, Number)), None)
    raise TypeError(
        f"{owner}: {name} must hold numbers, but its dtype is {array.dtype}: one entry is {brief(other)}; convert it with"
        " astype(float)."
    )


def as_labels(owner: object, value: object, rows: int, classes: int) -> np.ndarray:
    """Return class numbers, shape `(rows,)`, integers from 0 to `classes` − 1. Booleans are the classes 0 and 1."""
    labels = as_array(owner, "labels", value)
    if labels.dtype.kind not in "iub":
        hint = "number the names: y = np.unique(labels, return_inverse=True)[1]"
        if labels.dtype.kind == "f":
            hint = (
                "pass class numbers, with astype(int)" if labels.ndim == 1 else "pass class numbers, not one-hot rows"
            )
        raise TypeError(f"{owner}: labels must be integers, but their dtype is {labels.dtype}; {hint}.")
    if labels.shape != (rows,):
        hint = "; pass class numbers, with labels.argmax(axis=1)" if labels.shape == (rows, classes) else ""
        hint = "; pass labels.ravel()" if labels.shape == (rows, 1) else hint
        raise ValueError(f"{owner}: labels must have shape {(rows,)}, but has shape {labels.shape}{hint}.")
    if labels.dtype.kind == "b":
        return labels.astype(np.intp)
    if (labels.astype(np.uintp) >= classes).any():  # seen as unsigned, a negative number is larger than any class
        row = int(np.flatnonzero((labels < 0) | (labels >= classes))[0])
        hint = "; labels count from 0: pass labels - 1" if (labels.min(), labels.max()) == (1, classes) else ""
        hint = "; for −1 and +1 pass labels > 0" if set(np.unique(labels)) == {-1, 1} else hint
        raise ValueError(
            f"{owner}: label {labels[row]} in row {row} is not a class: expected 0 to {classes - 1}{hint}."
        )
    return labels


def as_pair(owner: object, X: object, y: object) -> tuple[np.ndarray, np.ndarray]:
    """Return examples and targets as bare arrays, whose rows pair by position: row i of X belongs to row i of y."""
    X, y = as_array(owner, "X", X), as_array(owner, "y", y)
    counts = tuple(len(array) if array.ndim else None for array in (X, y))
    if counts[0] != counts[1] or not counts[0]:
        given = " and ".join("no rows at all" if count is None else str(count) for count in counts)
        raise ValueError(f"{owner}: X and y must have equally many rows, at least 1, but have {given}.")
    return X, y


def require_shape(owner: object, name: str, array: np.ndarray, expected: tuple) -> None:
    """Raise ValueError unless `array` has the expected shape."""
    if array.shape != expected:
        column = array.shape == (*expected, 1)
        hint = f"; pass {name}.ravel()" if column and len(expected) == 1 else ""
        raise ValueError(f"{owner}: {name} must have shape {expected}, but has shape {array.shape}{hint}.")


def require_movable(owner: object, name: str, parameter: object, gradient: object) -> np.ndarray:
    """Return the gradient as an array, if a step can move the parameter: an array of floats, of the same shape."""
    if not (isinstance(parameter, np.ndarray) and parameter.dtype.kind == "f"):
        kind = parameter.dtype if isinstance(parameter, np.ndarray) else type(parameter).__name__
        raise TypeError(f"{owner}: {name} must be an array of floats, but is {kind}; make it np.array(…, float).")
    array = as_floats(owner, f"d{name}", gradient)
    if array.shape != parameter.shape:
        raise ValueError(
            f"{owner}: d{name} must have the shape of {name}, but has shape {array.shape} beside {parameter.shape}."
        )
    return array


def require_matrix(owner: object, name: str, array: np.ndarray, columns: int | None = None) -> None:
    """Raise ValueError unless `array` is `(N, columns)` with N at least 1; `columns=None` admits any number of them."""
    if array.ndim == 2 and len(array) > 0 and (columns is None or array.shape[1] == columns):
        return
    width = "C" if columns is None else columns
    message = f"{owner}: {name} must have shape (N, {width}), one row an example, but has shape {array.shape}."
    if array.ndim == 1 and columns == 1 and array.size > 1:
        message += f" For many examples of one number each pass {name}[:, None]."
    elif array.ndim == 1 and columns in (None, array.size):
        message += f" For a single example pass {name}[None, :]."
    raise ValueError(message)
