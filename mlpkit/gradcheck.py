"""Gradient checking: compare what `backward` says with what small steps of `forward` show.

A random upstream U turns any layer into the scalar function Σ U ⊙ forward(X), whose gradient is backward(U). All ones
would hide mistakes: softmax's rows, for one, always sum to 1, so that their gradient would be 0.
"""

import numpy as np

from mlpkit.arrays import as_array, as_floats
from mlpkit.checks import require_count, require_generator
from mlpkit.probe import jittered, others, unfit, written
from mlpkit.report import Report, Row, what_else
from mlpkit.slopes import Terms, measure, numerical_gradient
from mlpkit.verdict import judge
from mlpkit.walk import named_parameters

__all__ = ["check_layer", "check_loss", "named_parameters", "numerical_gradient"]

RETURNED = ("dX", "dL/d(prediction)")
"""What `backward` returns, of a layer and of a loss; all other gradients are stored."""

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
    parameters = list(named_parameters(layer))
    arrays = [getattr(owner, name) for _, owner, name in parameters]
    named = [
        (label[: -len(name) - 1] + name, array) for (label, _, name), array in zip(parameters, arrays, strict=True)
    ]
    report.rows += [row for label, array in named if (row := unfit(label, array))]
    if not report.failed:
        given = [("X", X), ("upstream", upstream), *named]
        report.rows += written(given, lambda: (layer.forward(X), layer.backward(upstream)))
    if report.failed:
        return report

    def terms() -> np.ndarray:
        return upstream * layer.forward(X)

    with jittered(arrays, rng):
        nameless = list(others(layer, [X, upstream, *arrays], terms))
        layer.forward(X)
        tensors = [(RETURNED[0], X, _copy(layer.backward(upstream)))]
        tensors += [
            (label, array, _copy(getattr(owner, "d" + name, None)))
            for (label, owner, name), array in zip(parameters, arrays, strict=True)
        ]
        _compare(report, tensors, terms, {"N": len(X)}, rng, sample)
    report.rows += nameless
    return report


def check_loss(
    loss, prediction: np.ndarray, target: np.ndarray, rng: np.random.Generator, *, sample: int = 50
) -> Report:
    """Check `loss.backward()` against steps of `loss.forward`, at up to `sample` random coordinates."""
    require_generator("check_loss", rng)
    require_count("check_loss", sample=sample)
    prediction, report = np.array(as_floats("check_loss", "prediction", prediction), float), Report()
    target = as_array("check_loss", "target", target)
    report.rows += written(
        [("prediction", prediction), ("target", target)], lambda: (loss.forward(prediction, target), loss.backward())
    )
    if report.failed:
        return report
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


def _copy(gradient: object) -> object:
    return np.array(gradient) if isinstance(gradient, np.ndarray) else gradient
