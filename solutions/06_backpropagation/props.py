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




class Journal:
    """What `Noted` layers write into: pairs of a method and the name of the layer."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, str]] = []

    def of(self, method: str) -> list[str]:
        """Return the names of the layers of which the method was called, in order."""
        return [name for called, name in self.entries if called == method]


class Noted:
    """A layer with the three methods and nothing else that code could ask for: its output is factor · X + shift."""

    def __init__(self, name: str, journal: Journal, factor: float, shift: float):
        self._name, self._journal, self._factor, self._shift = name, journal, factor, shift
        self._rates: list[Any] = []

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Return factor · X + shift."""
        self._journal.entries.append(("forward", self._name))
        return self._factor * X + self._shift

    def backward(self, upstream: np.ndarray) -> np.ndarray:
        """Return factor · upstream."""
        self._journal.entries.append(("backward", self._name))
        return self._factor * upstream

    def update(self, learning_rate: float) -> None:
        """Note the learning rate."""
        self._journal.entries.append(("update", self._name))
        self._rates.append(learning_rate)


def rates(layer: Noted) -> list[Any]:
    """Return the learning rates with which the layer's update was called."""
    return list(layer._rates)


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


def forget(layer: Noted) -> None:
    """Clear the learning rates noted so far."""
    layer._rates.clear()
