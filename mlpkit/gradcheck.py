"""Gradient checking: compare what `backward` says with what small steps of `forward` show.

A random upstream U turns any layer into the scalar function Σ U ⊙ forward(X), whose gradient is backward(U). All ones
would hide mistakes: softmax's rows, for one, always sum to 1, so that their gradient would be 0.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from mlpkit.arrays import as_array, as_floats
from mlpkit.checks import require_count, require_generator
from mlpkit.report import Report, Row, what_else
from mlpkit.slopes import Terms, measure, numerical_gradient
from mlpkit.verdict import judge
from mlpkit.walk import arrays_within, layers_within, named_parameters

__all__ = ["check_layer", "check_loss", "named_parameters", "numerical_gradient"]

RETURNED = ("dX", "dL/d(prediction)")
"""What `backward` returns, of a layer and of a loss; all other gradients are stored."""

NAMELESS = "moves the output, but is not in parameters under a name: it was not checked, and update leaves it as it is"
"""What is said of an array that `forward` depends on and that is no parameter."""

WHOLE = 1000
"""Up to this many coordinates a gradient of the wrong shape is compared with the whole right one, to say what it is."""


def check_layer(layer, X: np.ndarray, rng: np.random.Generator, *, sample: int = 50) -> Report:
    """Check `layer.backward` for the input `X` and every parameter, at up to `sample` random coordinates of each.

    The layer may be anything with `forward` and `backward` whose gradient of `W` is `dW`. Layers within it are entered,
    in `layers` or in other attributes, and other arrays that `forward` depends on are told. What rounding noise or a
    kink hides is neither right nor wrong: its row has `passed=None`, and the report is not true.
    """
    require_generator("check_layer", rng)
    require_count("check_layer", sample=sample)
    X, report = np.array(as_floats("check_layer", "X", X), float), Report()
    output = as_floats("check_layer", "what forward returns", layer.forward(X))
    upstream = rng.normal(size=output.shape).astype(output.dtype)
    layer.backward(upstream)
    parameters = list(named_parameters(layer))
    arrays = [getattr(owner, name) for _, owner, name in parameters]
    report.rows += [
        row for (label, _, name), array in zip(parameters, arrays, strict=True) if (row := _unfit(label, name, array))
    ]
    if report.failed:
        return report

    def terms() -> np.ndarray:
        return upstream * layer.forward(X)

    with _jittered(arrays, rng):
        others = list(_others(layer, [X, upstream, *arrays], terms))
        layer.forward(X)
        tensors = [(RETURNED[0], X, _copy(layer.backward(upstream)))]
        named = [
            (label, array, getattr(owner, "d" + name, None))
            for (label, owner, name), array in zip(parameters, arrays, strict=True)
        ]
        tensors += [(label, x, _copy(gradient)) for label, x, gradient in named]
        _compare(report, tensors, terms, {"N": len(X)}, rng, sample)
    report.rows += [Row(label, shape, None, None, NAMELESS) for label, shape in others]
    return report


def check_loss(
    loss, prediction: np.ndarray, target: np.ndarray, rng: np.random.Generator, *, sample: int = 50
) -> Report:
    """Check `loss.backward()` against steps of `loss.forward`, at up to `sample` random coordinates."""
    require_generator("check_loss", rng)
    require_count("check_loss", sample=sample)
    prediction, report = np.array(as_floats("check_loss", "prediction", prediction), float), Report()
    target = as_array("check_loss", "target", target)
    loss.forward(prediction, target)
    tensors = [(RETURNED[1], prediction, _copy(loss.backward()))]
    _compare(report, tensors, lambda: loss.forward(prediction, target), {"N": len(prediction)}, rng, sample)
    return report


def _compare(report: Report, tensors, f: Terms, sizes: dict[str, int], rng: np.random.Generator, sample: int) -> None:
    for label, x, gradient in tensors:
        if gradient is None and label not in RETURNED:
            note = "is missing: backward did not store it under this name"
            report.rows.append(Row(label, None, None, False, note))
        elif what_else(gradient) is None and np.shape(gradient) == x.shape:
            where = np.sort(rng.permutation(x.size)[:sample])
            given, dtype = np.asarray(gradient).reshape(-1)[where], np.result_type(gradient, x)
            report.rows.append(judge(label, x.shape, given, measure(f, x, where), dtype, sizes))
        else:
            where = np.arange(x.size if x.size <= WHOLE else 0)
            expected = measure(f, x, where)[0].reshape(x.shape) if len(where) == x.size else np.zeros(x.shape)
            report.compare(label, gradient, expected, sizes, 1e-7)


def _others(layer, known: list[np.ndarray], terms: Terms) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield (label, shape) of each array that moves the output although no parameter's name leads to it."""
    here = terms()
    for place, inner in list(layers_within(layer)):
        for path, array in list(arrays_within(inner)):
            if array.dtype.kind != "f" or any(np.shares_memory(array, other) for other in known):
                continue
            with _jittered([array], np.random.default_rng(0)):
                moved = not np.array_equal(here, terms(), equal_nan=True)
            if moved:
                known.append(array)
                yield place + path, array.shape


def _unfit(label: str, name: str, parameter: object) -> Row | None:
    if isinstance(parameter, np.ndarray) and parameter.dtype.kind == "f":
        return None
    what = f"holds {parameter.dtype}" if isinstance(parameter, np.ndarray) else f"is a {type(parameter).__name__}"
    note = f"{what}, expected an array of floats, which steps can move in place: write np.array(…, float)"
    return Row(label[: -len(name) - 1] + name, getattr(parameter, "shape", ()), None, False, note)


def _copy(gradient: object) -> object:
    return np.array(gradient) if isinstance(gradient, np.ndarray) else gradient


@contextmanager
def _jittered(arrays: list[np.ndarray], rng: np.random.Generator) -> Iterator[None]:
    """Move every parameter a little meanwhile: biases of exactly 0 can sit exactly on the kink of a ReLU."""
    kept = [array.copy() for array in arrays]
    for array in arrays:
        array += 0.01 * rng.normal(size=array.shape)
    try:
        yield
    finally:
        for array, before in zip(arrays, kept, strict=True):
            array[...] = before
