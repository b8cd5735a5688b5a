"""Rosenblatt's perceptron: one threshold unit and the rule that trains it."""

import numpy as np

from mlpkit.arrays import as_floats, require_matrix, require_shape
from mlpkit.checks import require_count


class Perceptron:
    """Predicts +1 where x·w + b ≥ 0 and −1 elsewhere."""

    def __init__(self, features: int):
        require_count("Perceptron", features=features)
        self.w = np.zeros(features)
        self.b = 0.0

    def score(self, X: np.ndarray) -> np.ndarray:
        """Return X w + b, shape (N,)."""
        X = as_floats(self, "X", X)
        require_matrix(self, "X", X, len(self.w))
        return X @ self.w + self.b

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Return +1 or −1 for each row, shape (N,), as integers."""
        return np.where(self.score(X) >= 0, 1, -1)

    def fit(self, X: np.ndarray, y: np.ndarray, max_epochs: int = 100) -> list[int]:
        """Train by Rosenblatt's rule, in the form that Novikoff (1962) analyses, and return the number of mistakes of each epoch.

        Rows are visited in order. On a mistake w ← w + y x and b ← b + y, which turns the score of that row towards y by
        ‖x‖² + 1. Stops after an epoch without mistakes, whose 0 is in the list, or after `max_epochs`.
        """
        X, y = as_floats(self, "X", X), as_floats(self, "y", y)
        require_matrix(self, "X", X, len(self.w))
        _require_signs(self, y, len(X))
        mistakes: list[int] = []
        while len(mistakes) < max_epochs and (not mistakes or mistakes[-1] > 0):
            mistakes.append(self._epoch(X, y))
        return mistakes

    def _epoch(self, X: np.ndarray, y: np.ndarray) -> int:
        wrong = 0
        for x, label in zip(X, y, strict=True):
            if (1 if x @ self.w + self.b >= 0 else -1) != label:
                self.w += label * x
                self.b += label
                wrong += 1
        return wrong

    def __repr__(self) -> str:
        return f"Perceptron({len(self.w)})"


def mistake_bound(X: np.ndarray, y: np.ndarray, w: np.ndarray, b: float) -> float:
    """Return Novikoff's bound (R/γ)² on the number of mistakes (Novikoff 1962).

    The bias is folded in: every row gains a feature 1, and (w, b) is scaled to norm 1. R is the largest norm of such a
    row, γ the smallest y·score. Raises ValueError unless (w, b) puts every row strictly on its side.
    """
    X, y, w = as_floats("mistake_bound", "X", X), as_floats("mistake_bound", "y", y), as_floats("mistake_bound", "w", w)
    require_matrix("mistake_bound", "X", X, w.size)
    _require_signs("mistake_bound", y, len(X))
    rows = np.column_stack([X, np.ones(len(X))])
    separator = np.append(w, b)
    margins = y * (rows @ separator)
    if margins.min() <= 0:
        row = int(margins.argmin())
        raise ValueError(
            f"mistake_bound: (w, b) does not separate the classes: row {row} has y·score = {margins[row]:.3g}."
        )
    radius = np.linalg.norm(rows, axis=1).max()
    margin = margins.min() / np.linalg.norm(separator)
    return float((radius / margin) ** 2)


def _require_signs(owner: object, y: np.ndarray, rows: int) -> None:
    require_shape(owner, "y", y, (rows,))
    if not np.isin(y, (-1, 1)).all():
        raise ValueError(
            f"{owner}: labels must be +1 or −1, but one is {y[~np.isin(y, (-1, 1))][0]:g}; for 0 and 1 pass 2 * y - 1."
        )
