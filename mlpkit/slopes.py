"""Slopes measured by small steps, and how far each can be trusted.

Rounding blurs a short step, curvature a long one, and at a kink there is no slope to find. So every slope is measured at
a ladder of steps, extrapolated (Ridders 1982, "Accurate computation of F′(x) and F′(x)F″(x)") and returned with its doubt.
"""

from collections.abc import Callable

import numpy as np

Terms = Callable[[], np.ndarray | float]
"""A function without arguments that returns a number, or the terms of a sum in place of the sum."""

RUNGS = 2.0 ** -np.arange(4, 26, 2)
"""Steps from 1/16 down to 6e-8, times the coordinate where that is larger than 1. Powers of 2 can mostly be taken exactly."""

ENOUGH = 1e-9
"""The ladder ends where the doubt has fallen to this share of the slope."""

TINY = (2.0**-24, 2.0**-14, 2.0**-8)
"""Steps at which rounding noise is looked for: the second and third where something inside f keeps fewer digits than x."""

SPREAD = 4.0
"""Standard deviations of the rounding noise that count as doubt."""


def numerical_gradient(f: Terms, x: np.ndarray, where: np.ndarray | None = None) -> np.ndarray:
    """Return the slope of f for each coordinate of `x`, or for the flat indices `where` alone; flat.

    `f` takes no argument: it looks at `x`, which is changed in place and afterwards bit for bit what it was, also when
    `f` raises. Right to what the dtype of `x` and of f allows: about ten digits in float64, four in float32, one in
    float16. Raises TypeError unless `x` is an array of floats: a step would be cut off.
    """
    if not (isinstance(x, np.ndarray) and x.dtype.kind == "f"):
        given = f"its dtype is {x.dtype}" if isinstance(x, np.ndarray) else f"it is a {type(x).__name__}"
        raise TypeError(f"numerical_gradient: x must be an array of floats, but {given}; pass np.array(x, float).")
    return measure(f, x, np.arange(x.size) if where is None else where)[0]


def measure(f: Terms, x: np.ndarray, where: np.ndarray) -> np.ndarray:
    """Return three rows with a number for each flat index of `where`: the slope, its doubt, and the noise in the doubt.

    Where f returns the terms of a sum, what does not move cannot blur what does.
    """
    noise, here = rounding_noise(f, x), _values(f)
    found = [_climb_down(f, x, np.unravel_index(flat, x.shape), here, noise) for flat in where]
    return np.array(found, float).reshape(-1, 3).T


def rounding_noise(f: Terms, x: np.ndarray) -> np.ndarray:
    """Return the standard deviation of the rounding errors in each term of f, for tiny moves of the whole of `x`.

    Moré and Wild (2011), "Estimating computational noise": fourth differences of values a tiny step apart hold nothing
    of a smooth function, but noise of variance σ² with variance (8! / 4!²) σ² = 70 σ². At least one ulp of the term.
    """
    for tiny in TINY:  # the first that is not lost in digits that f does not keep
        values = _along(f, x, max(tiny, 2 * float(np.finfo(x.dtype).eps)))
        if np.ptp(values, axis=0).any():
            break
    dtype = np.asarray(f()).dtype
    ulp = np.finfo(dtype if dtype.kind == "f" else float).eps
    return np.maximum(np.sqrt(np.mean(np.diff(values, 4, axis=0) ** 2, axis=0) / 70), ulp * np.abs(values[0]))


def _along(f: Terms, x: np.ndarray, tiny: float) -> np.ndarray:
    """Return the values of f at seven points a step apart, along one diagonal of `x`."""
    kept = x.copy()
    signs = np.where(np.cos(np.arange(x.size)) > 0, 1, -1).reshape(x.shape)
    step, values = tiny * signs * _power_of_2(np.abs(kept.astype(float))), []
    try:
        for k in range(7):
            x[...] = kept + k * step
            values.append(_values(f))
    finally:
        x[...] = kept
    return np.array(values)


def _climb_down(f: Terms, x: np.ndarray, i: tuple, here: np.ndarray, noise: np.ndarray) -> tuple[float, float, float]:
    kept, best = x[i], (np.nan, np.inf, 0.0)
    moved, stuck, bend_above = np.zeros(here.shape, bool), np.inf, np.nan
    above_row: list[float] = []
    try:
        for h in _power_of_2(abs(float(kept))) * RUNGS:
            (high, up), (low, down) = _at(f, x, i, kept + h), _at(f, x, i, kept - h)
            up, down = up - float(kept), float(kept) - down  # the steps really taken
            if not (up > 0 and down > 0):
                break
            moved |= high != low
            stuck = min(stuck, _length(noise[~moved]) / h)  # what stood still at the longest step may hide this much
            blur = SPREAD * _length(noise[moved]) / h + stuck
            if above_row and blur >= best[1]:
                break
            bend = float(np.sum(high - here) / up - np.sum(here - low) / down)
            row = _extrapolate(float(np.sum(high - low)) / (up + down), above_row)
            for j in range(1, len(row)):
                # A smooth function's bend falls with h, so 4 bend(h/4) − bend(h) goes to 0; at a kink it does not.
                error = max(abs(row[j] - row[j - 1]), abs(row[j] - above_row[j - 1]), abs(4 * bend - bend_above) / 3)
                if error + blur < best[1]:
                    best = row[j], error + blur, blur
            if best[1] <= ENOUGH * abs(best[0]):
                break
            above_row, bend_above = row, bend
    finally:
        x[i] = kept
    return best


def _extrapolate(slope: float, above: list[float]) -> list[float]:
    """Return the next row of Ridders' tableau: each entry removes one more even power of h, which fell by 4."""
    row = [slope]
    for j, entry in enumerate(above, start=1):
        row.append((16.0**j * row[-1] - entry) / (16.0**j - 1))
    return row


def _power_of_2(size: np.ndarray | float) -> np.ndarray:
    return 2.0 ** np.ceil(np.log2(np.maximum(size, 1.0)))


def _at(f: Terms, x: np.ndarray, i: tuple, value: float) -> tuple[np.ndarray, float]:
    x[i] = value
    return _values(f), float(x[i])


def _length(numbers: np.ndarray) -> float:
    return float(np.sqrt(np.sum(numbers**2)))


def _values(f: Terms) -> np.ndarray:
    return np.array(f(), float)
