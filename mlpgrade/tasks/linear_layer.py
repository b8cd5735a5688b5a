"""04_linear_layer: `Linear` with forward, backward and update."""

from typing import Any

import numpy as np

from mlpgrade.challenge import Case, rng
from mlpgrade.judge import Task
from mlpkit import Linear

ASSIGNMENT = "04_linear_layer"

HIDDEN = ("mlpkit.layers.Linear",)
"""What is taken out of mlpkit while this is graded."""


_STALE = "{} is wrong for a second batch of the same size: the layer answers for the latest batch, so keep that one"
_RESIZED = "{} is wrong for a second batch of another size: does the layer remember the size of the first batch?"


def _layer(about: str, draw: np.random.Generator, features: int, units: int, **sizes: int) -> Case:
    """A case that starts from a layer whose parameters are known."""
    case = Case(about, sizes | {"D": features, "M": units})
    case.make("layer", features, units, rng(int(draw.integers(2**31))))
    return case.put("layer", W=draw.normal(size=(features, units)), b=draw.normal(size=units))


def _forward_cases(draw: np.random.Generator) -> list[Case]:
    fresh = Case("a new layer").make("layer", 3, 4, rng(1)).get("W", "layer", "W").get("b", "layer", "b")
    fresh.publish_shape("The shape of W", "W").publish_shape("The shape of b", "b")
    for name in ("W", "b"):
        fresh.get(f"{name}.dtype", name, "dtype").get(f"{name}.dtype.name", f"{name}.dtype", "name")
        fresh.publish(f"The dtype of {name}", f"{name}.dtype.name")
    cases = [fresh]
    for about, rows, features, units in (
        ("5 rows, 3 features, 4 units", 5, 3, 4),
        ("as many units as features", 6, 4, 4),
        ("a single row", 1, 3, 4),
        ("a single unit", 5, 3, 1),
        ("a single feature", 5, 1, 4),
    ):
        case = _layer(about, draw, features, units, N=rows).bind("X", draw.normal(size=(rows, features)))
        cases.append(case.call("Y", "layer", "forward", "X").publish("forward(X)", "Y"))
        case.publish("X after forward", "X", "forward wrote into the array X that it was given")
        case.publish_attributes("layer", "W", "b", label="{} after forward")
    for about, rows, hint in (("another size", 7, _RESIZED), ("the same size", 5, _STALE)):
        again = _layer(f"a second batch of {about}", draw, 3, 4, N=rows).bind("X", draw.normal(size=(5, 3)))
        again.bind("X2", draw.normal(size=(rows, 3))).call("Y", "layer", "forward", "X")
        again.call("Y2", "layer", "forward", "X2").publish("forward(X)", "Y2", hint.format("forward(X)"))
        cases.append(again)
    return cases


def _backward(case: Case, draw: np.random.Generator, rows: int, features: int, units: int, times: int = 1) -> Case:
    """One forward and backward on fresh numbers."""
    case.bind("X", draw.normal(size=(rows, features))).bind("U", draw.normal(size=(rows, units)))
    case.call("Y", "layer", "forward", "X")
    for _ in range(times):
        case.call("dX", "layer", "backward", "U")
    return case


def _publish_gradients(case: Case) -> Case:
    case.publish("dX, the value that backward returns,", "dX").publish_attributes("layer", "dW", "db")
    case.publish("X after backward", "X", "forward or backward wrote into the array X that it was given")
    case.publish("upstream after backward", "U", "backward wrote into the array upstream that it was given")
    for name in ("W", "b"):
        case.hints[f"{name} after backward"] = f"backward moved {name}: it only stores gradients, update takes the step"
    return case.publish_attributes("layer", "W", "b", label="{} after backward")


def _backward_cases(draw: np.random.Generator) -> list[Case]:
    cases = []
    for about, rows, features, units in (
        ("5 rows, 3 features, 4 units", 5, 3, 4),
        ("as many units as features", 6, 4, 4),
        ("a single row", 1, 3, 4),
        ("a single unit", 5, 3, 1),
    ):
        case = _layer(about, draw, features, units, N=rows)
        cases.append(_publish_gradients(_backward(case, draw, rows, features, units)))
    twice = _layer("backward called twice after one forward", draw, 3, 4, N=5)
    cases.append(_publish_gradients(_backward(twice, draw, 5, 3, 4, times=2)))
    other = _backward(_layer("backward with another upstream after the same forward", draw, 3, 4, N=5), draw, 5, 3, 4)
    other.bind("U", draw.normal(size=(5, 4))).call("dX", "layer", "backward", "U")
    cases.append(
        _gradients_hinted(other, "{} is that of the call before: each call of backward starts from its own upstream")
    )
    for about, rows, hint in (("another size", 7, _RESIZED), ("the same size", 5, _STALE)):
        again = _backward(_layer(f"a second batch of {about}", draw, 3, 4, N=rows), draw, 5, 3, 4)
        cases.append(_gradients_hinted(_backward(again, draw, rows, 3, 4), hint))
    skipped = _layer("two forwards, then backward", draw, 3, 4, N=5).bind("X0", draw.normal(size=(5, 3)))
    skipped.call("Y0", "layer", "forward", "X0")
    cases.append(_gradients_hinted(_backward(skipped, draw, 5, 3, 4), _STALE))
    moved = _backward(_layer("W has changed since the first batch", draw, 3, 4, N=5), draw, 5, 3, 4)
    moved.put("layer", W=draw.normal(size=(3, 4)), b=draw.normal(size=4))
    old = "{} is worked out with the W of before: keep no copy of W, look at self.W when backward is called"
    return [*cases, _gradients_hinted(_backward(moved, draw, 5, 3, 4), old), _two_layers(draw)]


def _gradients_hinted(case: Case, hint: str) -> Case:
    for label in ("dX, the value that backward returns,", "dW", "db"):
        case.hints[label] = hint.format(label.split(",")[0])
    return _publish_gradients(case)


def _two_layers(draw: np.random.Generator) -> Case:
    """Another layer runs between the forward and the backward of this one, as in every network."""
    case = _layer("two layers at once", draw, 3, 4, N=5).make("other", 3, 4, rng(2))
    case.put("other", W=draw.normal(size=(3, 4)), b=draw.normal(size=4))
    for name, width in (("X", 3), ("U", 4), ("X2", 3), ("U2", 4)):
        case.bind(name, draw.normal(size=(5, width)))
    case.call("Y", "layer", "forward", "X").call("Y2", "other", "forward", "X2")
    case.call("dX", "layer", "backward", "U").call("dX2", "other", "backward", "U2")
    for label in ("dX, the value that backward returns,", "dW", "db"):
        case.hints[label] = f"{label.split(',')[0]} is wrong as soon as there is another layer: keep everything in self"
    return _publish_gradients(case)


def _update_cases(draw: np.random.Generator) -> list[Case]:
    """The gradients are set by the check: a wrong forward or backward, tried first, costs nothing here."""
    cases = []
    for about, steps, size in (("one step", 1, 1), ("two steps", 2, 1), ("large gradients", 1, 300)):
        case = _layer(about, draw, 3, 4, N=5).bind("X", draw.normal(size=(5, 3))).bind("U", draw.normal(size=(5, 4)))
        case.attempt("layer", "forward", "X").attempt("layer", "backward", "U")
        case.put("layer", W=draw.normal(size=(3, 4)), b=draw.normal(size=4))
        case.put("layer", dW=size * draw.normal(size=(3, 4)), db=size * draw.normal(size=4))
        cases.append(_publish_update(case, float(draw.uniform(0.05, 0.5)), steps))
        for name in ("W", "b"):
            if size > 1:
                case.hints[f"{name} after update"] = (
                    f"{name} is wrong where the gradients are large: update clips nothing"
                )
    case = _layer("a second step with other gradients, at a rate above 1", draw, 3, 4, N=5)
    case.bind("X", draw.normal(size=(5, 3))).bind("U", draw.normal(size=(5, 4)))
    case.attempt("layer", "forward", "X").attempt("layer", "backward", "U")
    for step in range(2):
        if step:
            case.call("nothing", "layer", "update", {"plain": float(draw.uniform(0.05, 0.5))})
        else:
            case.put("layer", W=draw.normal(size=(3, 4)), b=draw.normal(size=4))
        case.put("layer", dW=draw.normal(size=(3, 4)), db=draw.normal(size=4))
    for name in ("W", "b"):
        case.hints[f"{name} after update"] = (
            f"{name} is wrong after a second step with other gradients, at a rate above 1: update takes the d{name} and the "
            "learning_rate of now, whatever they are"
        )
    return [*cases, _publish_update(case, float(draw.uniform(1.5, 3)), 1)]


def _publish_update(case: Case, rate: float, steps: int) -> Case:
    case.get("aliasW", "layer", "W").get("aliasb", "layer", "b")
    for _ in range(steps):
        case.call("nothing", "layer", "update", {"plain": rate})
    case.publish_attributes("layer", "W", "b", label="{} after update")
    if steps > 1:
        for name in ("W", "b"):
            case.hints[f"{name} after update"] = (
                f"{name} is right after one step and wrong after two: does update remember something of the first?"
            )
    unmoved = "update made a new array instead of changing {0} in place: write self.{0} -= … (a property's setter must not copy)"
    case.publish("W seen through an alias", "aliasW", unmoved.format("W"))
    case.publish("b seen through an alias", "aliasb", unmoved.format("b"))
    for name in ("W", "b"):
        case.only_if_right(f"{name} seen through an alias", f"{name} after update")
    return case.publish_attributes("layer", "dW", "db", label="{} after update")


class _Plain:
    """The layer in parts, so that a mistake replaces a single one."""

    def __init__(self, in_features, out_features, rng):
        self.W, self.b = rng.normal(size=(in_features, out_features)), np.zeros(out_features)

    def forward(self, X):
        self.X = self.keep(X)
        return self.output(X)

    def backward(self, U):
        self.dW, self.db, dX = self.weight_gradient(self.X, U), self.bias_gradient(U), self.input_gradient(U)
        return dX

    def update(self, rate):
        self.W -= rate * self.dW
        self.b -= rate * self.db

    def keep(self, X):
        return X

    def output(self, X):
        return X @ self.W + self.b

    def weight_gradient(self, X, U):
        return X.T @ U

    def bias_gradient(self, U):
        return U.sum(axis=0)

    def input_gradient(self, U):
        return U @ self.W.T


def _with(**parts: Any) -> type:
    return type("Linear", (_Plain,), parts)


def _written_into(array: np.ndarray, value: np.ndarray) -> np.ndarray:
    array[...] = value
    return array


def _accumulated(name: str, part: str):
    return lambda self, *args: getattr(self, name, 0) + getattr(_Plain, part)(self, *args)


def _updates_first(self, U):
    self.dW, self.db = self.X.T @ U, U.sum(axis=0)
    _Plain.update(self, 0.1)
    return U @ self.W.T


def _rebinds_W(self, rate):
    self.W = self.W - rate * self.dW
    self.b -= rate * self.db


def _scales_gradients(self, rate):
    self.dW *= rate
    self.db *= rate
    _Plain.update(self, 1.0)


def _clears_gradients(self, rate):
    _Plain.update(self, rate)
    self.dW[...] = self.db[...] = 0


def _climbs_with_b(self, rate):
    self.W -= rate * self.dW
    self.b += rate * self.db


def _resets(self, X):
    self.dW, self.db = 0, 0
    return X


_shared: dict = {}


def _shares(self, X):
    _shared["X"] = X
    return X


def _rectifies(self, X):
    self.mask = _Plain.output(self, X) > 0
    return self.mask * _Plain.output(self, X)


def _updates_from_elsewhere(self, rate):
    self.W -= rate * (self.X.T @ self.U)
    self.b -= rate * self.U.sum(axis=0)


def _keeps_upstream(self, U):
    self.U = U
    return _Plain.backward(self, U)


def _steps(*rates):
    return lambda self, rate: [_Plain.update(self, factor * rate) for factor in rates]


FORWARD_MISTAKES = (
    ("The bias is added twice.", _with(output=lambda self, X: X @ self.W + 2 * self.b)),
    ("A ReLU has slipped in: this layer is linear, so negative outputs stay; the activation is a layer of its own.",
     _with(output=_rectifies)),
    ("forward averages over the rows: every example keeps its own row, (N, M).",
     _with(output=lambda self, X: _Plain.output(self, X).mean(axis=0))),
    ("forward cuts its result down to whole numbers: keep NumPy's default, float64.",
     _with(output=lambda self, X: np.trunc(_Plain.output(self, X)))),
    ("forward computes in float16, three digits: keep NumPy's default, float64.",
     _with(output=lambda self, X: _Plain.output(self, X).astype(np.float16))),
    ("The bias is missing: forward returns X W alone.", _with(output=lambda self, X: X @ self.W)),
    ("The bias is subtracted, not added.", _with(output=lambda self, X: X @ self.W - self.b)),
    ("forward multiplies by the transpose of W, which nobody notices while W is square.",
     _with(output=lambda self, X: X @ self.W.T + self.b if X.shape[1] == len(self.b) else X @ self.W + self.b)),
    ("forward multiplies by the transpose of W: W has shape (D, M) and X has shape (N, D), so the product is X @ W.",
     _with(output=lambda self, X: X @ self.W.T + self.b)),
    ("The result of a single row has lost its axis of length 1: drop the squeeze, (1, M) is the right shape.",
     _with(output=lambda self, X: np.squeeze(_Plain.output(self, X)))),
    ("The result of a single row has lost its first axis: forward must return (N, M) also for N = 1.",
     _with(output=lambda self, X: _Plain.output(self, X)[0] if len(X) == 1 else _Plain.output(self, X))),
    ("forward computes in float32: keep NumPy's default, float64.",
     _with(output=lambda self, X: _Plain.output(self, X).astype(np.float32))),
    ("forward returns one value for the whole batch again and again: it answers for the first call only.",
     _with(output=lambda self, X: self.__dict__.setdefault("first", _Plain.output(self, X)))),
)  # fmt: skip

BACKWARD_MISTAKES = (
    ("W is used as (M, D), as PyTorch keeps it. Here W is (D, M): forward is X @ W + b, dW is X.T @ upstream, dX is upstream @ W.T.",
     _with(output=lambda self, X: X @ self.W.T + self.b, weight_gradient=lambda self, X, U: U.T @ X,
           input_gradient=lambda self, U: U @ self.W)),
    ("dW accumulates when backward is called twice after one forward: each backward overwrites, so write self.dW = …, not +=.",
     _with(keep=_resets, weight_gradient=_accumulated("dW", "weight_gradient"))),
    ("db accumulates when backward is called twice after one forward: each backward overwrites, so write self.db = …, not +=.",
     _with(keep=_resets, bias_gradient=_accumulated("db", "bias_gradient"))),
    ("backward uses what another layer has kept: store X in self, not in a global variable, the class or a default argument.",
     _with(keep=_shares, weight_gradient=lambda self, X, U: _shared["X"].T @ U)),
    ("dW is made with the output of forward: keep X, the input.",
     _with(weight_gradient=lambda self, X, U: _Plain.output(self, X).T @ U)),
    ("dW is a product of sums: multiply row by row first and sum afterwards, which is X.T @ upstream.",
     _with(weight_gradient=lambda self, X, U: np.outer(X.sum(axis=0), U.sum(axis=0)))),
    ("backward returns dW: it stores dW and returns dX = upstream @ W.T.",
     _with(backward=lambda self, U: (_Plain.backward(self, U), self.dW)[1])),
    ("backward returns upstream as it came: dX is upstream @ W.T.",
     _with(backward=lambda self, U: (_Plain.backward(self, U), U)[1])),
    ("dX is made with an inverse of W: backward does not undo forward, dX is upstream @ W.T.",
     _with(input_gradient=lambda self, U: U @ np.linalg.pinv(self.W))),
    ("upstream is clipped to −1 … 1: backward passes on the gradient as it is.",
     _with(backward=lambda self, U: _Plain.backward(self, np.clip(U, -1, 1)))),
    ("upstream goes through the mask of a ReLU: this layer is linear, the activation is a layer of its own.",
     _with(backward=lambda self, U: _Plain.backward(self, U * (_Plain.output(self, self.X) > 0)))),
    ("dX is upstream @ W: the transpose is missing. From dX_nd = Σ_m U_nm W_dm, dX is upstream @ W.T.",
     _with(input_gradient=lambda self, U: U @ self.W)),
    ("dX is upstream @ W where W happens to be square: the transpose is missing, dX is upstream @ W.T.",
     _with(input_gradient=lambda self, U: U @ self.W if len(self.W) == len(self.b) else U @ self.W.T)),
    ("dX was computed with W already updated: backward only stores gradients, update moves the parameters.",
     _with(backward=_updates_first)),
    ("dW is transposed: dW_dm = Σ_n X_nd U_nm is X.T @ upstream, of the shape of W, (D, M).",
     _with(weight_gradient=lambda self, X, U: U.T @ X)),
    ("dW is divided by N: the loss has averaged over the batch already, so its 1/N is inside upstream.",
     _with(weight_gradient=lambda self, X, U: X.T @ U / len(X))),
    ("db is divided by N: the loss has averaged over the batch already, so its 1/N is inside upstream.",
     _with(bias_gradient=lambda self, U: U.mean(axis=0))),
    ("dX is divided by N: the loss has averaged over the batch already, so its 1/N is inside upstream.",
     _with(input_gradient=lambda self, U: U @ self.W.T / len(U))),
    ("db is summed over everything: sum over the rows alone, axis=0, and keep one number a unit.",
     _with(bias_gradient=lambda self, U: U.sum())),
    ("db is summed over everything and repeated: sum over the rows alone, axis=0.",
     _with(bias_gradient=lambda self, U: np.full_like(self.b, U.sum()))),
    ("db is summed over the units: sum over the rows of the batch, axis=0.",
     _with(bias_gradient=lambda self, U: U.sum(axis=1))),
    ("db is not summed over the batch: the same b serves every row, so the rows' gradients add up, axis=0.",
     _with(bias_gradient=lambda self, U: U.copy())),
    ("db has shape (1, M): drop keepdims, db has the shape of b, (M,).",
     _with(bias_gradient=lambda self, U: U.sum(axis=0, keepdims=True))),
    ("db is the upstream gradient of the last row alone: += is missing, or the sum over the rows.",
     _with(bias_gradient=lambda self, U: U[-1].copy())),
    ("db is the upstream gradient of the first row alone: the sum over the rows is missing.",
     _with(bias_gradient=lambda self, U: U[0].copy())),
    ("dW is that of the last row alone: += is missing, or the sum over the rows.",
     _with(weight_gradient=lambda self, X, U: np.outer(X[-1], U[-1]))),
    ("dW ignores upstream: by the chain rule it is X.T @ upstream.",
     _with(weight_gradient=lambda self, X, U: X.T @ np.ones_like(U))),
    ("db ignores upstream: by the chain rule it is the sum of upstream over the rows.",
     _with(bias_gradient=lambda self, U: np.full_like(self.b, len(U)))),
    ("dX ignores upstream: by the chain rule it is upstream @ W.T.",
     _with(input_gradient=lambda self, U: np.ones_like(U) @ self.W.T)),
    ("dW accumulates from call to call: each backward overwrites, so write self.dW = …, not +=.",
     _with(weight_gradient=_accumulated("dW", "weight_gradient"))),
    ("db accumulates from call to call: each backward overwrites, so write self.db = …, not +=.",
     _with(bias_gradient=_accumulated("db", "bias_gradient"))),
    ("backward answers for the first forward: keep the X of the latest forward, also when another came before.",
     _with(keep=lambda self, X: getattr(self, "X", X))),
    ("backward writes into the array upstream that it was given: make a new array.",
     _with(input_gradient=lambda self, U: _written_into(U, U @ self.W.T) if len(self.W) == len(self.b) else U @ self.W.T)),
    ("The gradient of a single row has lost its first axis: squeeze turns (1, D) into (D,).",
     _with(input_gradient=lambda self, U: np.squeeze(U @ self.W.T))),
    ("The gradients have the wrong sign: backward gives dL/dW itself, and update subtracts it.",
     _with(weight_gradient=lambda self, X, U: -X.T @ U, bias_gradient=lambda self, U: -U.sum(axis=0))),
)  # fmt: skip

UPDATE_MISTAKES = (
    ("update takes the step twice.", _with(update=_steps(1, 1))),
    ("update takes the step twice with W: once is enough.",
     _with(update=lambda self, rate: (_Plain.update(self, rate), self.W.__isub__(rate * self.dW)))),
    *((f"update ignores the learning rate it is given and always takes {fixed}.",
       _with(update=lambda self, rate, fixed=fixed: _Plain.update(self, fixed))) for fixed in (0.001, 0.01, 0.1)),
    ("update uses other gradients than self.dW and self.db: it must use what is stored there now.",
     _with(backward=_keeps_upstream, update=_updates_from_elsewhere)),
    ("update climbs: descent subtracts, W −= learning_rate · dW.",
     _with(update=lambda self, rate: _Plain.update(self, -rate))),
    ("update leaves b as it was: both parameters move.",
     _with(update=lambda self, rate: _written_into(self.W, self.W - rate * self.dW))),
    ("update leaves W as it was: both parameters move.",
     _with(update=lambda self, rate: _written_into(self.b, self.b - rate * self.db))),
    ("update changes nothing: W = W − … inside a method binds a local name, and copies or arrays of before are not self.W and self.dW; write self.W −= learning_rate · self.dW.",
     _with(update=lambda self, rate: None)),
    ("update moves the parameters without the learning rate.",
     _with(update=lambda self, rate: _Plain.update(self, 1.0))),
    ("update makes new arrays instead of changing W and b in place: write self.W −= …, not self.W = self.W − ….",
     _with(update=lambda self, rate: self.__dict__.update(W=self.W - rate * self.dW, b=self.b - rate * self.db))),
    ("update makes a new array for W instead of changing it in place: write self.W −= ….",
     _with(update=_rebinds_W)),
    ("update scales the stored gradients: dW and db must be afterwards what they were.",
     _with(update=_scales_gradients)),
    ("update clears the stored gradients: dW and db must be afterwards what they were.",
     _with(update=_clears_gradients)),
    ("update climbs with b while W descends: both subtract.",
     _with(update=_climbs_with_b)),
    ("update divides by N: the loss has averaged over the batch already.",
     _with(update=lambda self, rate: _Plain.update(self, rate / len(self.X)))),
)  # fmt: skip


def _task(part: str, section: str, cases: Any, mistakes: tuple) -> Task:
    where = f"Layers as objects, section “{section}”"
    return Task(f"linear-{part}", ASSIGNMENT, where, cases, Linear, mistakes)


TASKS = (
    _task("forward", "The forward pass", _forward_cases, FORWARD_MISTAKES),
    _task("backward", "The backward pass", _backward_cases, BACKWARD_MISTAKES),
    _task("update", "The update", _update_cases, UPDATE_MISTAKES),
)
