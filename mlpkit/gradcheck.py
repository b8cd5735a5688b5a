"""Gradient checking: compare what `backward` says with what small steps of `forward` show.

A random upstream U turns any layer into the scalar function Σ U ⊙ forward(X), whose gradient is backward(U). All ones
would hide mistakes: softmax's rows, for one, always sum to 1, so that their gradient would be 0.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from mlpkit.diagnosis import diagnose, relative_error

STEP = 1e-6
"""Central differences err by O(h²) from curvature and O(ε/h) from rounding; near 1e-6 both stay small, kinks are rare."""

TOLERANCE = 1e-7
"""Right code stays below 1e-8 at this step, mistakes of structure above 1e-5: the line between them is wide."""


@dataclass
class Row:
    """One line of a report: a tensor, its norm-relative error and, when that is too large, what seems wrong."""

    name: str
    shape: tuple[int, ...]
    error: float
    passed: bool
    note: str | None = None


@dataclass
class Report:
    """The rows of a check. Prints as a table; true in a condition when every row passed."""

    rows: list[Row] = field(default_factory=list)

    def compare(self, name: str, given: object, expected: np.ndarray, sizes: dict[str, int], tolerance: float) -> None:
        """Add the row for an array that should equal `expected`."""
        if not (isinstance(given, np.ndarray | np.generic | float | int) and np.asarray(given).dtype.kind in "fiub"):
            what = (
                "None: is a return missing?"
                if given is None
                else f"{type(given).__name__}, expected an array of numbers"
            )
            self.rows.append(Row(name, (), float("inf"), False, f"is {what}"))
            return
        array = np.asarray(given)
        error = relative_error(array, expected)
        note = None if error <= tolerance else diagnose(array, expected, sizes, tolerance)
        self.rows.append(Row(name, array.shape, error, error <= tolerance, note))

    def __bool__(self) -> bool:
        return all(row.passed for row in self.rows)

    def __str__(self) -> str:
        width = max([len("tensor"), *(len(row.name) for row in self.rows)])
        lines = [f"{'tensor':<{width}}  {'shape':<12} relative error"]
        for row in self.rows:
            lines.append(f"{row.name:<{width}}  {row.shape!s:<12} {row.error:8.1e}  {'✓' if row.passed else '✗'}")
        lines += [
            f"{row.name} {row.note}".rstrip(".?") + ("?" if row.note.endswith("?") else ".")
            for row in self.rows
            if row.note
        ]
        return "\n".join(lines)


def numerical_gradient(f: Callable[[], float], x: np.ndarray, where: np.ndarray | None = None) -> np.ndarray:
    """Return (f(x + h e) − f(x − h e)) / 2h for each coordinate of `x`, or for the flat indices `where` alone.

    `f` takes no argument: it looks at `x`, which is changed in place and afterwards bit for bit what it was.
    """
    flat = x.reshape(-1)
    if not np.shares_memory(flat, x):
        raise ValueError("numerical_gradient: x must be contiguous; pass np.ascontiguousarray(x).")
    where = np.arange(flat.size) if where is None else where
    slopes = np.empty(len(where))
    for k, i in enumerate(where):
        kept = flat[i]
        flat[i] = kept + STEP
        above = f()
        flat[i] = kept - STEP
        below = f()
        flat[i] = kept
        slopes[k] = (above - below) / (2 * STEP)
    return slopes


def check_layer(layer, X: np.ndarray, rng: np.random.Generator, *, sample: int = 50) -> Report:
    """Check `layer.backward` for the input `X` and every parameter, at up to `sample` random coordinates of each.

    The layer may be anything with `forward` and `backward` whose gradient of `W` is `dW`; a `Sequential` is entered.
    """
    X = np.array(X, float)
    upstream = rng.normal(size=np.shape(layer.forward(X)))
    layer.backward(upstream)
    parameters = list(named_parameters(layer))
    with _jittered(parameters, rng):
        layer.forward(X)
        tensors = [("dX", X, layer.backward(upstream))]
        tensors += [
            (label, getattr(owner, name), getattr(owner, "d" + name, None)) for label, owner, name in parameters
        ]
        tensors = [(label, x, _copy(gradient)) for label, x, gradient in tensors]
        return _compare(tensors, lambda: float(np.sum(upstream * layer.forward(X))), {"N": len(X)}, rng, sample)


def check_loss(
    loss, prediction: np.ndarray, target: np.ndarray, rng: np.random.Generator, *, sample: int = 50
) -> Report:
    """Check `loss.backward()` against steps of `loss.forward`, at up to `sample` random coordinates."""
    prediction = np.array(prediction, float)
    loss.forward(prediction, target)
    tensors = [("dL/d(prediction)", prediction, _copy(loss.backward()))]
    return _compare(tensors, lambda: loss.forward(prediction, target), {"N": len(prediction)}, rng, sample)


def named_parameters(layer, prefix: str = "") -> Iterator[tuple[str, object, str]]:
    """Yield (label of the gradient, layer, parameter name) for a layer and those within it.

    A layer that does not list its `parameters`, as a student's may not, has those of `W` and `b` that are there.
    """
    for position, inner in enumerate(getattr(layer, "layers", ())):
        yield from named_parameters(inner, f"{prefix}layer {position} ")
    for name in getattr(layer, "parameters", None) or [name for name in ("W", "b") if hasattr(layer, name)]:
        yield f"{prefix}d{name}", layer, name


def _copy(gradient: object) -> object:
    return np.array(gradient) if isinstance(gradient, np.ndarray) else gradient


def _compare(tensors, f: Callable[[], float], sizes: dict[str, int], rng: np.random.Generator, sample: int) -> Report:
    report = Report()
    for label, x, gradient in tensors:
        if isinstance(gradient, np.ndarray) and gradient.shape == x.shape:
            where = np.sort(rng.permutation(x.size)[:sample])
            report.compare(label, gradient.reshape(-1)[where], numerical_gradient(f, x, where), sizes, TOLERANCE)
            report.rows[-1].shape = x.shape
        elif gradient is None and not label.startswith("dX"):
            report.rows.append(
                Row(label, (), float("inf"), False, "is missing: backward did not store it under this name")
            )
        else:
            report.compare(label, gradient, numerical_gradient(f, x).reshape(x.shape), sizes, TOLERANCE)
    return report


@contextmanager
def _jittered(parameters, rng: np.random.Generator) -> Iterator[None]:
    """Move every parameter a little meanwhile: biases of exactly 0 can sit exactly on the kink of a ReLU."""
    kept = [(getattr(layer, name), getattr(layer, name).copy()) for _, layer, name in parameters]
    for array, _ in kept:
        array += 0.01 * rng.normal(size=array.shape)
    try:
        yield
    finally:
        for array, before in kept:
            array[...] = before
