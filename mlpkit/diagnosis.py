"""What is wrong with an array that differs from the right one, found by algebra.

A wrong gradient is seldom random: it is N times too large, or transposed, or has the wrong sign. `diagnose` tries these
and says nothing when none fits, since a wrong guess teaches worse than no guess.
"""

import numpy as np

EXACT = 1e-9
"""Norm-relative error up to which an array counts as equal to a reference in float64."""

WHY_LARGE = {"N": ": was the mean over the batch forgotten?", "2": ": was it added to what was there before?"}
WHY_SMALL = {"N": ": was a mean over the batch taken here? Only the loss divides by N"}
"""What most often lies behind a factor of N or of 2."""


def relative_error(given: np.ndarray, expected: np.ndarray) -> float:
    """Return ‖given − expected‖ / ‖expected‖ over all elements (absolute where expected is 0); ∞ if not finite."""
    given, expected = np.asarray(given, float), np.asarray(expected, float)
    if given.shape != expected.shape or not np.isfinite(given).all():
        return float("inf")
    scale = np.linalg.norm(expected)
    return float(np.linalg.norm(given - expected) / (scale if scale > 0 else 1.0))


def diagnose(given: np.ndarray, expected: np.ndarray, sizes: dict[str, int], tolerance: float = EXACT) -> str | None:
    """Say how `given` is wrong, or return None when no simple relation to `expected` is found.

    `sizes` names the dimensions of the problem, such as {"N": 5}: a ratio equal to one of them, or its inverse, is named.
    """
    given, expected = np.asarray(given), np.asarray(expected)
    if given.shape != expected.shape:
        return _wrong_shape(given, expected, tolerance)
    if not np.isfinite(given).all():
        return f"holds {'NaN' if np.isnan(given).any() else 'an infinity'}, which the right answer never does"
    if not given.any():
        return "is all zeros: nothing was stored, or the gradient stops on its way"
    if _same(given, -expected, tolerance):
        return "has the wrong sign everywhere"
    if given.ndim == 2 and given.shape[0] == given.shape[1] and _same(given, expected.T, tolerance):
        return "is the transpose of the right answer"
    if tolerance < relative_error(given, expected) < 1e-5 and _same(given, expected, 1e-5):
        return "is right to about seven digits only: was something computed in float32, or by finite differences?"
    return _ratio(given, expected, sizes, tolerance)


def _wrong_shape(given: np.ndarray, expected: np.ndarray, tolerance: float) -> str:
    shapes = f"has shape {given.shape}, expected {expected.shape}"
    if given.ndim == 2 and _same(given.T, expected, tolerance):
        return f"{shapes}: it is the transpose of the right answer"
    if given.shape == (1, *expected.shape) or given.shape == (*expected.shape, 1):
        return f"{shapes}: there is an axis of length 1 too many"
    if given.ndim == expected.ndim + 1 and _same(given.sum(axis=0), expected, tolerance):
        return f"{shapes}: the sum over the rows of the batch is missing"
    return shapes


def _ratio(given: np.ndarray, expected: np.ndarray, sizes: dict[str, int], tolerance: float) -> str | None:
    if expected.size < 2:  # any number is some multiple of another
        return None
    square = float(np.vdot(expected, expected).real)
    ratio = float(np.vdot(expected, given).real) / square if square > 0 else 0.0
    if not ratio or not _same(given, ratio * expected, tolerance):
        return None
    named = {"2": 2.0} | {f"{name} = {size}": float(size) for name, size in sizes.items() if size > 1}
    for name, size in named.items():
        if np.isclose(ratio, size, rtol=1e-6, atol=0):
            return f"is exactly {name} times too large{WHY_LARGE.get(name[0], '')}"
        if np.isclose(ratio, 1 / size, rtol=1e-6, atol=0):
            return f"is exactly {name} times too small{WHY_SMALL.get(name[0], '')}"
    return f"is {ratio:.6g} times the right answer, everywhere"


def _same(given: np.ndarray, expected: np.ndarray, tolerance: float) -> bool:
    return given.shape == expected.shape and relative_error(given, expected) <= tolerance
