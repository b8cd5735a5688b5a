"""Drawings used by the book. Each draws on the Matplotlib axes it is given and returns nothing.

Matplotlib is imported only inside the functions that need it, so that mlpkit needs NumPy alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from mlpkit.activations import Activation
from mlpkit.training import History

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BLUE, ORANGE, GREEN, PURPLE = "#3b7dd8", "#d1711b", "#2e9e6b", "#9a63c7"
"""Class colours: at least 3:1 against white and against the dark page, and of different lightness in grey."""

CLASS_COLOURS = (BLUE, ORANGE, GREEN, PURPLE)
CLASS_MARKERS = ("o", "s", "^", "D")


def points(ax: Axes, X: np.ndarray, y: np.ndarray) -> None:
    """Scatter the rows of `X`, shape (N, 2). Classes differ in shape as well as colour."""
    for k, label in enumerate(np.unique(y)):
        colour, marker, (across, up) = CLASS_COLOURS[k % 4], CLASS_MARKERS[k % 4], X[y == label].T
        ax.scatter(
            across, up, s=22, color=colour, marker=marker, edgecolors="white", linewidths=0.6, label=f"class {label}"
        )


def decision_boundary(
    ax: Axes, scores: Callable[[np.ndarray], np.ndarray], X: np.ndarray, y: np.ndarray, *, cells: int = 80
) -> None:
    """Shade the plane by predicted class and draw the points.

    `scores` maps (N, 2) to (N, C) logits, of which the largest wins, or to one score a row, whose sign decides.
    """
    low, high = X.min(axis=0) - 0.3, X.max(axis=0) + 0.3
    across, up = (np.linspace(low[i], high[i], cells) for i in (0, 1))
    grid = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    values = scores(grid).reshape(len(grid), -1)
    if values.shape[1] == 1:
        values = np.column_stack([-values, values])
    for k, colour in zip(range(values.shape[1]), CLASS_COLOURS * values.shape[1], strict=False):
        lead = (values[:, k] - np.delete(values, k, axis=1).max(axis=1)).reshape(cells, cells)
        if lead.max() > 0:
            ax.contourf(across, up, lead, levels=[0, lead.max() + 1], colors=[colour], alpha=0.25)
    points(ax, X, y)


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
        colour, marker = CLASS_COLOURS[k % 4], CLASS_MARKERS[k % 4]
        ax.plot(np.arange(1, len(values) + 1), values, color=colour, marker=marker, markersize=4, label=name)
    ax.set_yscale("log")
    ax.set_xlabel("layer")
    ax.set_ylabel(ylabel)
    ax.legend(frameon=False)
