"""What the judge of 08_initialisation looks at beside the student's code, and generators that several calls share."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlpkit import Linear


def generator(seed: int) -> np.random.Generator:
    """Return a generator that several calls can share."""
    return np.random.default_rng(seed)


def repeat(initialiser: Callable, fan_in: int, fan_out: int, rng: np.random.Generator, times: int) -> Any:
    """Return what many calls return, one after the other in one array, or what the first one returns if they cannot be joined."""
    found = [initialiser(fan_in, fan_out, rng) for _ in range(times)]
    joined = all(isinstance(W, np.ndarray) and W.shape == found[0].shape for W in found)
    return np.stack(found) if joined else found[0]


def linear(in_features: int, out_features: int) -> Linear:
    """Return a layer of zeros: its own rule of initialisation is taken away while this assignment is graded."""
    return Linear(in_features, out_features, np.random.default_rng(0), initialiser=lambda D, M, rng: np.zeros((D, M)))


def stir() -> None:
    """Draw one number from NumPy's global generator, so that seeding it as it was seeded before shows."""
    np.random.random()  # noqa: NPY002


def global_state() -> np.ndarray:
    """Return the state of NumPy's global generator: 625 numbers, which change with every draw and every seed."""
    _, keys, position, *_ = np.random.get_state()  # noqa: NPY002
    return np.append(np.asarray(keys, np.int64), int(position))
