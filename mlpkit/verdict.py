"""What a gradient is, beside measured slopes of which each has its doubt: right, wrong, or not to be judged.

Measured with `check_layer` over 200 seeds for each entry, half of it again in float32. Right: the seven tensors of a
network 8-6-5-3 for 4 rows, found right + not judged. Wrong: the same with one of seven mistakes in its second layer (dW
divided by N or a thousandth too large, db averaged or of the last row, dX negated, zero or of columns reversed), caught
+ not judged. No right tensor was found wrong, and no wrong one right. Inputs from 4 on are whole numbers::

    scale of       ReLU                  tanh                    sigmoid
    the inputs     right      wrong      right        wrong      right        wrong
    0.001          2697+103   384+16     2800+0       400+0      2800+0       400+0
    0.1            2800+0     400+0      2800+0       400+0      2800+0       400+0
    1              2800+0     400+0      2800+0       400+0      2800+0       400+0
    4              2800+0     400+0      2800+0       400+0      2800+0       400+0
    16             2800+0     400+0      2800+0       400+0      2800+0       400+0
    255            2800+0     400+0      2204+596     332+68     2485+315     366+34
    10000          2800+0     400+0      1628+1172    232+168    1642+1158    236+164

What is not judged at 0.001 are networks whose ReLUs are all off, and from 255 on units that are saturated.
"""

import numpy as np

from mlpkit.diagnosis import diagnose, relative_error
from mlpkit.report import Row

TOLERANCE = 1e-7
"""Norm-relative error up to which a gradient is right: right code stays below 1e-8, mistakes of structure above 1e-5."""

COARSE = 1e-3
"""No tolerance is stretched beyond this: who cannot see a thousandth cannot tell right from wrong."""

MARGIN = 4.0
"""Doubts within which a gradient may lie. Right ones were never seen farther than half a doubt from the slope."""


def judge(
    name: str, shape: tuple[int, ...], given: np.ndarray, measured: np.ndarray, dtype: np.dtype, sizes: dict[str, int]
) -> Row:
    """Return the row for a gradient `given` at some coordinates whose (slope, doubt, noise) were `measured`.

    The tolerance grows with the doubt, and to 100 ε of the dtype. Coordinates whose doubt is large beside the other
    slopes, at a kink for example, are left out. Where most are, only what lies outside all doubt is found wrong, and
    nothing is found right.
    """
    slope, doubt, noise = measured
    known = np.isfinite(slope + doubt)
    if not np.isfinite(given).all():
        return Row(name, shape, np.inf, False, diagnose(given, np.zeros_like(given), sizes, TOLERANCE))
    size = float(np.sqrt(np.mean(slope[known] ** 2))) if known.any() else 0.0
    sharp = known & (doubt <= COARSE / MARGIN * size)
    reliable = 2 * sharp.sum() > len(slope)
    looked_at = sharp if reliable else known
    error = relative_error(given[looked_at], slope[looked_at]) if looked_at.any() else None
    stretch = max(TOLERANCE, 100 * float(np.finfo(dtype).eps), MARGIN * _share(doubt[looked_at], slope[looked_at]))
    wrong = error is not None and error > stretch
    if wrong or _outside(given, slope, doubt, known & ~sharp):
        note = diagnose(given[looked_at], slope[looked_at], sizes, stretch) if wrong and stretch <= COARSE else None
        return Row(name, shape, error, False, note)
    why = _why(slope, doubt, noise, ~sharp)
    if reliable and stretch > COARSE:
        why = f"{np.dtype(dtype)} holds too few digits"
    if not reliable or stretch > COARSE:
        return Row(name, shape, error, None, f"cannot be judged here, because {why}")
    left_out = f"was not compared at {(~sharp).sum()} of {len(slope)} places, because {why}"
    return Row(name, shape, error, True, None if sharp.all() else left_out)


def _share(doubt: np.ndarray, slope: np.ndarray) -> float:
    total = float(np.linalg.norm(doubt))
    return total / float(np.linalg.norm(slope)) if total and slope.any() else (np.inf if total else 0.0)


def _outside(given: np.ndarray, slope: np.ndarray, doubt: np.ndarray, where: np.ndarray) -> bool:
    return float(np.linalg.norm((given - slope)[where])) > MARGIN * float(np.linalg.norm(doubt[where]))


def _why(slope: np.ndarray, doubt: np.ndarray, noise: np.ndarray, where: np.ndarray) -> str:
    if not np.isfinite(slope).all():
        return "forward gives NaN or infinity, there or a step away"
    if not slope.any():
        return "forward does not move with it: a saturated unit passes nothing on"
    if np.median((noise / np.maximum(doubt, 1e-300))[where]) > 0.5 if where.any() else False:
        return "forward moves no more there than its rounding errors do"
    return "forward has a kink there, or bends too sharply for the smallest step"
