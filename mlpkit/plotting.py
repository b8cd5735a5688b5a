"""Drawings used by the book. Each draws on the Matplotlib axes it is given and returns nothing.

Matplotlib is imported only inside the functions that need it, so that mlpkit needs NumPy alone.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from mlpkit.activations import Activation
from mlpkit.arrays import as_array, as_floats, as_pair, require_matrix, require_shape
from mlpkit.checks import require_count
from mlpkit.predictions import predicted
from mlpkit.training import History

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BLUE, ORANGE, GREEN, PURPLE = "#3b7dd8", "#d1711b", "#2e9e6b", "#9a63c7"
"""Class colours: at least 3:1 against white and against the dark page, and of different lightness in grey."""

CLASS_COLOURS = (BLUE, ORANGE, GREEN, PURPLE)
CLASS_MARKERS = ("o", "s", "^", "D")


HATCHES = ("", "//", "..", "xx")  # over regions whose colour has been used before


def look(k: int) -> tuple[str, str, str]:
    """Return colour, marker and hatch of class k: of any sixteen classes in a row, no two look alike."""
    return CLASS_COLOURS[k % 4], CLASS_MARKERS[(k + k // 4) % 4], HATCHES[k // 4 % 4]


def points(ax: Axes, X: np.ndarray, y: np.ndarray) -> None:
    """Scatter the rows of `X`, shape (N, 2). Classes differ in shape as well as colour.

    Labels 0, 1, 2, … are drawn like the regions of `decision_boundary`; others, such as ±1 or names, in their order.
    """
    X, y = _plane("points", X, y)
    names = np.unique(y)
    numbers = names if names.dtype.kind in "iu" and names.min() >= 0 else range(len(names))
    for k, label in zip(numbers, names, strict=True):
        (colour, marker, _), (across, up) = look(int(k)), X[y == label].T
        ax.scatter(
            across, up, s=22, color=colour, marker=marker, edgecolors="white", linewidths=0.6, label=f"class {label}"
        )


def decision_boundary(
    ax: Axes,
    scores: Callable[[np.ndarray], np.ndarray],
    X: np.ndarray,
    y: np.ndarray,
    *,
    cells: int = 80,
    threshold: float | None = None,
) -> None:
    """Shade the plane by predicted class and draw the points.

    `scores` maps (N, 2) to (N, C) logits or probabilities, of which the largest wins, or to one score a row, which decides
    by its sign; for a probability pass `threshold=0.5`. Where it is NaN the plane stays blank, and RuntimeWarning says so.
    """
    X, y = _plane("decision_boundary", X, y)
    require_count("decision_boundary", cells=cells)
    low, high = X.min(axis=0) - 0.3, X.max(axis=0) + 0.3
    across, up = (np.linspace(low[i], high[i], cells) for i in (0, 1))
    values = _class_scores(scores, np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2), threshold)
    if lost := int(np.isnan(values).any(axis=1).sum()):
        message = f"decision_boundary: scores are NaN at {lost} of {len(values)} places, which stay blank."
        warnings.warn(message, RuntimeWarning, stacklevel=2)
    for k in range(values.shape[1]):
        lead = values[:, k] - np.delete(values, k, axis=1).max(axis=1)
        highest = np.max(lead, where=~np.isnan(lead), initial=0)
        if highest > 0:
            colour, _, hatch = look(k)
            area, levels = np.ma.masked_invalid(lead.reshape(cells, cells)), [0, highest + 1]
            ax.contourf(across, up, area, levels=levels, colors=[colour], hatches=[hatch], alpha=0.25)
    points(ax, X, y)


def _plane(owner: str, X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    X, y = as_pair(owner, X, y)
    X = as_floats(owner, "X", X)
    require_matrix(owner, "X", X, 2)
    if not np.isfinite(X).all():
        raise ValueError(f"{owner}: X must hold finite numbers, but row {np.argwhere(~np.isfinite(X))[0][0]} does not.")
    y = y.ravel() if y.shape == (len(X), 1) else y
    require_shape(owner, "y", y, (len(X),))
    return X, y


def _class_scores(scores: Callable[[np.ndarray], np.ndarray], grid: np.ndarray, threshold: float | None) -> np.ndarray:
    """Return the scores of the places of a grid, one column a class."""
    owner, name = "decision_boundary", "what scores returns"
    values = as_array(owner, name, scores(grid))
    if values.ndim not in (1, 2) or len(values) != len(grid) or values.size == 0:
        raise ValueError(
            f"{owner}: scores must return a row for each of {len(grid)} places, but returned {values.shape}."
        )
    if values.size > len(grid):
        return as_floats(owner, name, values)
    if values.dtype.kind in "iu" and values.max() > 1:
        raise ValueError(
            f"{owner}: scores returned whole numbers up to {values.max()}: pass logits, not class numbers."
        )
    values = as_floats(owner, name, values).ravel()
    predicted(owner, values, threshold)  # which asks when these look like probabilities
    lead = values - (threshold or 0)
    return np.column_stack([-lead, lead])


def activation_and_derivative(ax: Axes, activation: Activation, low: float = -5.0, high: float = 5.0) -> None:
    """Draw f(z) and f′(z) for z from `low` to `high`."""
    z = np.linspace(low, high, 201)
    value = activation.forward(z)
    ax.plot(z, value, color=BLUE, label="f(z)")
    ax.plot(z, activation.backward(np.ones_like(z)), color=ORANGE, linestyle="--", label="f′(z)")
    ax.axhline(0, color="grey", linewidth=0.6)
    ax.set_xlabel("z")
    ax.set_title(type(activation).__name__)
    ax.legend(frameon=False)


def loss_curves(ax: Axes, history: History) -> None:
    """Draw the training loss, and the held-out loss if there is one, against the epoch."""
    epochs = np.arange(1, len(history.loss) + 1)
    ax.plot(epochs, history.loss, color=BLUE, label="training")
    if history.held_out_loss:
        ax.plot(epochs, history.held_out_loss, color=ORANGE, linestyle="--", label="held out")
    ax.set_xlabel("epoch")
    ax.set_ylabel("loss")
    ax.legend(frameon=False)


def scales_by_depth(ax: Axes, scales: dict[str, Sequence[float]], ylabel: str) -> None:
    """Draw one line a name of positive scales against the layer's number, on a logarithmic axis.

    For activations pass `scales.activation_scales`, for gradients `scales.gradient_norms`.
    """
    for k, (name, values) in enumerate(scales.items()):
        colour, marker, _ = look(k)
        ax.plot(np.arange(1, len(values) + 1), values, color=colour, marker=marker, markersize=4, label=name)
    ax.set_yscale("log")
    ax.set_xlabel("layer")
    ax.set_ylabel(ylabel)
    ax.legend(frameon=False)
