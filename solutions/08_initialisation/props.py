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


def network(layers: Sequence[int | str], rng: np.random.Generator) -> Sequential:
    """Return a network by its widths, the input's first, with activations by name between. All its parameters are drawn."""
    width, made = layers[0], []
    for layer in layers[1:]:
        if isinstance(layer, str):
            made.append(getattr(mlpkit, layer)())
        else:
            made.append(linear(rng.normal(size=(width, layer)), rng.normal(size=layer)))
            width = layer
    return Sequential(*made)


def linear(W: np.ndarray, b: np.ndarray) -> Linear:
    """Return a layer of these parameters. The library's own rule of initialisation is taken away while this is graded."""
    layer = Linear(*W.shape, np.random.default_rng(0), initialiser=lambda fan_in, fan_out, rng: W)
    layer.b[...] = b
    return layer


def weighted(network: Sequential) -> list[Any]:
    """Return the layers that have weights."""
    return [layer for layer in network.layers if hasattr(layer, "W")]


def set_gradients(network: Sequential, length: float, rng: np.random.Generator) -> None:
    """Give each layer that has weights a dW and a db, all together of this length."""
    for layer in weighted(network):
        layer.dW, layer.db = rng.normal(size=layer.W.shape), rng.normal(size=layer.b.shape)
    norm = np.linalg.norm(all_of(network, ("dW", "db")))
    for gradient in arrays(network):
        gradient *= length / norm


def arrays(network: Sequential, names: Sequence[str] = ("dW", "db")) -> list[np.ndarray]:
    """Return the attributes of these names of all layers that have weights, layer by layer: the arrays themselves."""
    return [getattr(layer, name) for layer in weighted(network) for name in names]


def joined(parts: list[np.ndarray]) -> np.ndarray:
    """Return the numbers of all the arrays as one long array."""
    return np.concatenate([np.ravel(part) for part in parts])


def all_of(network: Sequential, names: Sequence[str]) -> np.ndarray:
    """Return the numbers in these attributes of all layers as one long array."""
    return joined(arrays(network, names))
