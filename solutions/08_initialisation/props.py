"""What the judge of 08_initialisation looks at beside the student's code, and the networks that it measures."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

import mlpkit
from mlpkit import Linear, Sequential


def repeat(initialiser: Callable, fan_in: int, fan_out: int, rng: np.random.Generator, times: int) -> Any:
    """Return what many calls return, one after the other in one array, or what the first one returns if they cannot be joined."""
    found = [initialiser(fan_in, fan_out, rng) for _ in range(times)]
    joined = all(isinstance(W, np.ndarray) and W.shape == found[0].shape for W in found)
    return np.stack(found) if joined else found[0]


def network(*parts: np.ndarray | str) -> Sequential:
    """Return a network of activations by name and of linear layers, each given by W with b as its last row.

    The library's own rule of initialisation is taken away while this assignment is graded.
    """
    return Sequential(*(getattr(mlpkit, part)() if isinstance(part, str) else linear(part[:-1], part[-1]) for part in parts))


def linear(W: np.ndarray, b: np.ndarray) -> Linear:
    """Return a layer of these parameters."""
    layer = Linear(*W.shape, np.random.default_rng(0), initialiser=lambda fan_in, fan_out, rng: W)
    layer.b[...] = b
    return layer


def weighted(network: Sequential) -> list[Any]:
    """Return the layers that have weights."""
    return [layer for layer in network.layers if hasattr(layer, "W")]


def set_gradients(network: Sequential, *gradients: np.ndarray) -> None:
    """Give each layer that has weights a dW, and as its last row a db."""
    for layer, gradient in zip(weighted(network), gradients, strict=True):
        layer.dW, layer.db = gradient[:-1].copy(), gradient[-1].copy()


def arrays(network: Sequential, names: Sequence[str] = ("dW", "db")) -> list[np.ndarray]:
    """Return the attributes of these names of all layers that have weights, layer by layer: the arrays themselves."""
    return [getattr(layer, name) for layer in weighted(network) for name in names]


def joined(parts: list[np.ndarray]) -> np.ndarray:
    """Return the numbers of all the arrays as one long array."""
    return np.concatenate([np.ravel(part) for part in parts])
