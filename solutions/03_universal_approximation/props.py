"""For 03_universal_approximation: writes into the arrays that were returned, to see whose they are."""

import contextlib
from typing import Any

import numpy as np


def overwrite(parts: list[Any]) -> None:
    """Fill each array with another number; one that may not be written to does no harm to anybody."""
    for part in parts:
        if isinstance(part, np.ndarray):
            with contextlib.suppress(ValueError):
                part[...] = 77
