"""What a check tries on a layer besides its gradients. All is put right again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from mlpkit.report import Row
from mlpkit.slopes import Terms
from mlpkit.walk import arrays_within, layers_within

NAMELESS = "moves the output, but is not in parameters under a name: it was not checked, and update leaves it as it is"


def others(layer, known: list[np.ndarray], terms: Terms) -> Iterator[Row]:
    """Yield a row for each array that moves the output although no parameter's name leads to it."""
    here = terms()
    for place, inner in list(layers_within(layer)):
        for path, array in list(arrays_within(inner)):
            if array.dtype.kind != "f" or any(np.shares_memory(array, other) for other in known):
                continue
            with jittered([array], np.random.default_rng(0)):
                moved = not np.array_equal(here, terms(), equal_nan=True)
            if moved:
                known.append(array)
                yield Row(place + path, array.shape, None, None, NAMELESS)


def written(given: list[tuple[str, np.ndarray]], call: Callable[[], object]) -> list[Row]:
    """Return a row for each array that is another after the call than before; put it right again."""
    kept = [array.copy() for _, array in given]
    call()
    rows = []
    for (label, array), before in zip(given, kept, strict=True):
        if not np.array_equal(array, before, equal_nan=array.dtype.kind == "f"):
            rows.append(
                Row(label, array.shape, None, False, "was written into by forward or backward: it must stay as it was")
            )
            array[...] = before
    return rows


def unfit(label: str, parameter: object) -> Row | None:
    """Return a row for a parameter that small steps cannot move, else None."""
    if isinstance(parameter, np.ndarray) and parameter.dtype.kind == "f":
        return None
    what = f"holds {parameter.dtype}" if isinstance(parameter, np.ndarray) else f"is a {type(parameter).__name__}"
    note = f"{what}, expected an array of floats, which steps can move in place: write np.array(…, float)"
    return Row(label, getattr(parameter, "shape", ()), None, False, note)


@contextmanager
def jittered(arrays: list[np.ndarray], rng: np.random.Generator) -> Iterator[None]:
    """Move every parameter a little meanwhile: biases of exactly 0 can sit exactly on the kink of a ReLU."""
    kept = [array.copy() for array in arrays]
    for array in arrays:
        array += 0.01 * rng.normal(size=array.shape)
    try:
        yield
    finally:
        for array, before in zip(arrays, kept, strict=True):
            array[...] = before
