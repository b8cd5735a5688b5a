"""When an answer equals the reference, and what the values are called in words."""

from typing import Any

import numpy as np

from mlpgrade.judging import wire
from mlpkit.diagnosis import EXACT, relative_error


def matches(given: Any, expected: Any, tolerance: float = EXACT) -> bool:
    """Tell whether an answer equals the reference: shape, kind of number and, in the norm, numbers.

    A number may be Python's or NumPy's, a list may be a tuple or a one-dimensional array: all say the same.
    """
    if isinstance(given, np.generic):
        given = np.asarray(given)  # such as an entry of an array that stands for a list
    if isinstance(expected, np.ndarray) and expected.ndim == 0:
        expected = expected.item()  # NumPy's number is a number
    if isinstance(expected, np.ndarray):
        return is_array(given) and fits(given, expected) and relative_error(given, expected) <= tolerance
    if isinstance(expected, bool | str | None):
        return type(given) is type(expected) and given == expected
    if isinstance(expected, float | int):
        whole = isinstance(expected, int)
        return is_number(given, whole) and relative_error(np.asarray(given), np.asarray(expected)) <= tolerance
    if isinstance(expected, list | tuple):
        return (
            (isinstance(given, list | tuple) or (is_array(given) and given.ndim > 0))
            and len(given) == len(expected)
            and all(matches(one, other, tolerance) for one, other in zip(given, expected, strict=True))
        )
    return False


def fits(given: np.ndarray, expected: np.ndarray) -> bool:
    """Whole numbers are asked for as such: 1.0 is no index."""
    return expected.dtype.kind not in "iu" or given.dtype.kind in "iu"


def is_array(value: Any) -> bool:
    """Tell whether the value is an array of numbers."""
    return isinstance(value, np.ndarray) and value.dtype.kind in wire.NUMERIC


def is_number(value: Any, whole: bool = False) -> bool:
    """Tell whether the value is a single number, Python's or NumPy's."""
    if is_array(value):
        return value.ndim == 0 and value.dtype.kind in ("iu" if whole else "iuf")
    return isinstance(value, int if whole else float | int) and not isinstance(value, bool)


def kind(value: Any) -> str:
    """Say what a value is that is not what was asked for."""
    if isinstance(value, wire.Other):
        return f"a value of type {value.name}"
    if is_array(value):
        return f"an array of shape {value.shape}"
    return "None" if value is None else f"of type {type(value).__name__}"
