"""What the challenges of 09_digits ask about chance: whether a generator was used, and NumPy's global one."""

import zlib
from typing import Any

import numpy as np


def generator(seed: int) -> np.random.Generator:
    """Return a generator that the challenge can look at again."""
    return np.random.default_rng(seed)


def state(rng: np.random.Generator) -> str:
    """Return a text that changes as soon as numbers are drawn from the generator, or others are spawned from it."""
    spawned = getattr(rng.bit_generator.seed_seq, "n_children_spawned", 0)
    return f"{rng.bit_generator.state} {spawned}"


def global_state() -> int:
    """Return a number that changes as soon as NumPy's global generator is seeded or drawn from."""
    state: Any = np.random.get_state(legacy=False)  # noqa: NPY002
    return zlib.crc32(state["state"]["key"].tobytes()) + state["state"]["pos"]
