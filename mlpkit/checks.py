"""Checks of numbers, generators and of what must have come before. For arrays see `arrays`.

Every error names the object, what was expected, what was given and what to do.
"""

import math

import numpy as np


def recall(owner: object, name: str) -> np.ndarray:
    """Return what an earlier step stored on `owner` under `name`, or raise RuntimeError naming the missing step."""
    try:
        return getattr(owner, name)
    except AttributeError:
        missing = "forward must run before backward" if name.startswith("_") else "backward must run before update"
        raise RuntimeError(f"{owner}: {missing}.") from None


def require_positive(owner: object, **numbers: float) -> None:
    """Raise TypeError unless everything is a number, ValueError unless each is finite and greater than zero."""
    for name, number in numbers.items():
        if not isinstance(number, int | float | np.integer | np.floating):
            raise TypeError(f"{owner}: {name} must be a positive number, but is {brief(number)}.")
        if not (math.isfinite(number) and number > 0):
            raise ValueError(f"{owner}: {name} must be a positive number, but is {number!r}.")


def require_count(owner: object, **numbers: int) -> None:
    """Raise unless every number is a whole number greater than zero."""
    require_positive(owner, **numbers)
    for name, number in numbers.items():
        if not hasattr(number, "__index__"):
            raise TypeError(f"{owner}: {name} must be a whole number, but is {number!r}.")


def brief(value: object) -> str:
    """Return the beginning of `repr(value)`, in one line."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else f"{text[:60]}…"


def require_generator(owner: object, rng: object) -> None:
    """Raise TypeError unless `rng` is a `numpy.random.Generator`: nothing here touches NumPy's global random state."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"{owner}: rng must be a numpy.random.Generator, but is {brief(rng)}; make one with np.random.default_rng(0)."
        )
