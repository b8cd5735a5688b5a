"""Functions to differentiate, and layers that note how they are called."""

from collections.abc import Mapping
from typing import Any

import numpy as np


class Polynomial:
    """The function Σ a x³ + Σ b x² + (Σ x)² / 2 of an array of the shape of `a`; it refuses any other shape."""

    def __init__(self, a: np.ndarray, b: np.ndarray):
        self.a, self.b = a, b

    def __call__(self, x: np.ndarray) -> float:
        """Return the value at x."""
        if np.shape(x) != self.a.shape:
            raise ValueError(f"f was given an array of shape {np.shape(x)}, but x has shape {self.a.shape}")
        return float(np.sum(self.a * x**3) + np.sum(self.b * x**2) + np.sum(x) ** 2 / 2)


class Noted:
    """A layer with the three methods and nothing else that code could ask for: its output is factor · X + shift.

    It writes into the journal, a list, which method was called, at which place of the network, and with what.
    """

    def __init__(self, journal: list[tuple[str, int, Any]], place: int, factor: float, shift: float):
        self._journal, self._place, self._factor, self._shift = journal, place, factor, shift

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Return factor · X + shift."""
        self._journal.append(("forward", self._place, None))
        return self._factor * X + self._shift

    def backward(self, upstream: np.ndarray) -> np.ndarray:
        """Return factor · upstream."""
        self._journal.append(("backward", self._place, None))
        return self._factor * upstream

    def update(self, learning_rate: float) -> None:
        """Note the learning rate."""
        self._journal.append(("update", self._place, learning_rate))


def called(journal: list, method: str) -> list[int]:
    """Return the places of the layers of which the method was called, in order."""
    return [place for name, place, _ in journal if name == method]


def rates(journal: list, wanted: int) -> list[Any]:
    """Return the learning rates with which update of the layer at this place was called."""
    return [rate for name, place, rate in journal if name == "update" and place == wanted]


def forget(journal: list) -> None:
    """Clear what was noted so far."""
    journal.clear()


def through(layers: list, X: np.ndarray) -> np.ndarray:
    """Run the layers one after another."""
    for layer in layers:
        X = layer.forward(X)
    return X


def holds(layers: Any, wanted: list[Any]) -> bool:
    """Tell whether `layers` are the wanted objects in this order: a tuple, a list, whatever can be gone through."""
    found = list(layers)
    return len(found) == len(wanted) and all(one is other for one, other in zip(found, wanted, strict=True))


def entries(result: Any) -> dict:
    """Return any kind of dictionary as a plain one. Raises TypeError for everything else."""
    if not isinstance(result, Mapping):
        what = "None: is a return missing?" if result is None else f"a {type(result).__name__}"
        raise TypeError(f"expected a dictionary, got {what}")
    return dict(result)
