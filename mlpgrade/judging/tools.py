"""What challenges of any course may ask for beside the student's object. None of it knows an answer.

case.library("rng", "tools.generator", 7)
"""

import contextlib
import zlib
from typing import Any

import numpy as np


class Missing:
    """Stands for an attribute that is not there."""


def generator(seed: int) -> np.random.Generator:
    """Return a generator that several steps of a challenge share, and that can be looked at again."""
    return np.random.default_rng(seed)


def state(rng: np.random.Generator) -> str:
    """Return a text that changes as soon as numbers are drawn from the generator, or others are spawned from it."""
    spawned = getattr(rng.bit_generator.seed_seq, "n_children_spawned", 0)
    return f"{rng.bit_generator.state} {spawned}"


def global_state() -> int:
    """Return a number that changes as soon as NumPy's global generator is seeded or drawn from."""
    state: Any = np.random.get_state(legacy=False)  # noqa: NPY002
    return zlib.crc32(state["state"]["key"].tobytes()) + state["state"]["pos"]


def stir() -> None:
    """Draw one number from NumPy's global generator, so that seeding it as it was seeded before shows."""
    np.random.random()  # noqa: NPY002


def listed(*things: Any) -> list:
    """Return a list of the things themselves."""
    return list(things)


def transposed(x: np.ndarray) -> np.ndarray:
    """Return the transpose of `x`: a view of the same numbers, in another order than in memory."""
    return x.T


def overwrite(parts: list[Any]) -> None:
    """Fill each array with another number; one that may not be written to does no harm to anybody."""
    for part in parts:
        if isinstance(part, np.ndarray):
            with contextlib.suppress(ValueError):
                part[...] = 77
