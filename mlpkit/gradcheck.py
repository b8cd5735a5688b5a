"""Gradient checking: compare what `backward` says with what small steps of `forward` show.

A random upstream U turns any layer into the scalar function Σ U ⊙ forward(X), whose gradient is backward(U). All ones
would hide mistakes: softmax's rows, for one, always sum to 1, so that their gradient would be 0.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from mlpkit.checks import require_generator
from mlpkit.report import Report, Row

STEP = 1e-6
"""Central differences err by O(h²) from curvature and O(ε/h) from rounding; near 1e-6 both stay small, kinks are rare."""

RETURNED = ("dX", "dL/d(prediction)")
"""What `backward` returns, of a layer and of a loss; all other gradients are stored."""

TOLERANCE = 1e-7
"""Right code stays below 1e-8 at this step, mistakes of structure above 1e-5: the line between them is wide."""


def numerical_gradient(f: Callable[[], float], x: np.ndarray, where: np.ndarray | None = None) -> np.ndarray:
    """Return (f(x + h e) − f(x − h e)) / 2h for each coordinate of `x`, or for the flat indices `where` alone; flat.

    `f` takes no argument: it looks at `x`, which is changed in place and afterwards bit for bit what it was, also when
    `f` raises. Raises TypeError unless `x` holds floats: a step would be cut off.
    """
    if x.dtype.kind != "f":
        raise TypeError(f"numerical_gradient: x must hold floats, but its dtype is {x.dtype}; pass x.astype(float).")
    where = np.arange(x.size) if where is None else where
    return np.array([_slope(f, x, np.unravel_index(flat, x.shape)) for flat in where])


def _slope(f: Callable[[], float], x: np.ndarray, i: tuple) -> float:
    kept = x[i]
    try:
        x[i] = kept + STEP
        above = f()
        x[i] = kept - STEP
        return (above - f()) / (2 * STEP)
    finally:
        x[i] = kept


def check_layer(layer, X: np.ndarray, rng: np.random.Generator, *, sample: int = 50) -> Report:
    """Check `layer.backward` for the input `X` and every parameter, at up to `sample` random coordinates of each.

    The layer may be anything with `forward` and `backward` whose gradient of `W` is `dW`; a `Sequential` is entered.
    """
    require_generator("check_layer", rng)
    X = np.array(X, float)
    upstream = rng.normal(size=np.shape(layer.forward(X)))
    layer.backward(upstream)
    parameters = list(named_parameters(layer))
    with _jittered(parameters, rng):
        layer.forward(X)
        tensors = [(RETURNED[0], X, layer.backward(upstream))]
        tensors += [
            (label, getattr(owner, name), getattr(owner, "d" + name, None)) for label, owner, name in parameters
        ]
        tensors = [(label, x, _copy(gradient)) for label, x, gradient in tensors]
        return _compare(tensors, lambda: float(np.sum(upstream * layer.forward(X))), {"N": len(X)}, rng, sample)


def check_loss(
    loss, prediction: np.ndarray, target: np.ndarray, rng: np.random.Generator, *, sample: int = 50
) -> Report:
    """Check `loss.backward()` against steps of `loss.forward`, at up to `sample` random coordinates."""
    require_generator("check_loss", rng)
    prediction = np.array(prediction, float)
    loss.forward(prediction, target)
    tensors = [(RETURNED[1], prediction, _copy(loss.backward()))]
    return _compare(tensors, lambda: loss.forward(prediction, target), {"N": len(prediction)}, rng, sample)


def named_parameters(layer, prefix: str = "") -> Iterator[tuple[str, object, str]]:
    """Yield (label of the gradient, layer, parameter name) for a layer and those within it.

    A layer that does not list its `parameters`, as a student's may not, has those of `W` and `b` that are there.
    """
    inside, listed = getattr(layer, "layers", ()), getattr(layer, "parameters", None)
    for position, inner in enumerate(inside if isinstance(inside, list | tuple) else ()):
        yield from named_parameters(inner, f"{prefix}layer {position} ")
    if not (listed and isinstance(listed, list | tuple) and all(isinstance(name, str) for name in listed)):
        listed = [name for name in ("W", "b") if hasattr(layer, name)]
    for name in listed:
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
        elif gradient is None and label not in RETURNED:
            report.rows.append(Row(label, None, None, False, "is missing: backward did not store it under this name"))
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
