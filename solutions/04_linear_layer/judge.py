"""04_linear_layer: `Linear` with forward, backward and update."""

import numpy as np

from mlpgrade.judging.declare import (
    InParts, Mistake, Part, Task, Use, call, moved, other_argument, overtaken, repeated, resized, rng, side_by_side, slips, stale,
)  # fmt: skip
from mlpkit import Linear

HIDDEN = ("mlpkit.layers.Linear",)
"""What is taken out of mlpkit while this is graded."""

SIZES = {
    "5 rows, 3 features, 4 units": {"N": 5, "D": 3, "M": 4},
    "as many units as features": {"N": 6, "D": 4, "M": 4},
    "a single row": {"N": 1, "D": 3, "M": 4},
    "a single unit": {"N": 5, "D": 3, "M": 1},
}
DX = "dX, the value that backward returns,"

FORWARD = Use(
    makes=lambda at: (at["D"], at["M"], rng(1)),
    sets={"W": ("D", "M"), "b": ("M",)},
    gives={"X": ("N", "D")},
    calls=(call("Y", "forward", "X"),),
    shows={"forward(X)": "Y"},
    keeps=("X", ".W", ".b"),
)
BACKWARD = FORWARD.but(
    gives={"X": ("N", "D"), "upstream": ("N", "M")},
    calls=(call("Y", "forward", "X"), call("dX", "backward", "upstream")),
    shows={DX: "dX", "dW": ".dW", "db": ".db"},
    keeps=("X", "upstream", ".W", ".b"),
    given_back=("X",),
    says={f"{name} after backward": f"backward moved {name}: it only stores gradients, update takes the step" for name in "Wb"},
)


def forward_cases(draw):
    fresh = FORWARD.but(sets={}).begin("a new layer", draw, {"D": 3, "M": 4})
    for name in "Wb":
        fresh.get(name, "it", name).publish_shape(f"The shape of {name}", name)
        fresh.get(f"{name}.dtype", name, "dtype").get(f"{name}.dtype.name", f"{name}.dtype", "name")
        fresh.publish(f"The dtype of {name}", f"{name}.dtype.name")
    feature = {"a single feature": {"N": 5, "D": 1, "M": 4}}
    return [fresh, *FORWARD.cases(draw, SIZES | feature, resized, stale)]


def backward_cases(draw):
    return BACKWARD.cases(draw, SIZES, repeated, other_argument, resized, stale, overtaken, moved, side_by_side)


def update_case(draw, about, hint, rates, size=1.0):
    """The gradients are set by the check: a wrong forward or backward, tried first, costs nothing here."""
    sizes = {"N": 5, "D": 3, "M": 4}
    case = BACKWARD.begin(about, draw, sizes)
    BACKWARD.play(case, draw, sizes, tried=True)
    BACKWARD.set_attributes(case, draw, sizes)
    for number, rate in enumerate(rates):
        if number == 0 or len(set(rates)) > 1:
            case.put("it", dW=size * draw.normal(size=(3, 4)), db=size * draw.normal(size=4))
        if number == 0:
            case.get("alias of W", "it", "W").get("alias of b", "it", "b")
        case.call("nothing", "it", "update", {"plain": rate})
    case.publish_attributes("it", "W", "b", label="{} after update")
    for name in "Wb":
        copied = f"update made a new array instead of changing {name} in place: write self.{name} -= … (a property's setter must not copy)"
        case.publish(f"{name} seen through an alias", f"alias of {name}", copied)
        case.only_if_right(f"{name} seen through an alias", f"{name} after update")
        if hint:
            case.hint(f"{name} after update", f"{name} {hint}".replace("d*", f"d{name}"))
    return case.publish_attributes("it", "dW", "db", label="{} after update")


def update_cases(draw):
    rate, small, large = (float(draw.uniform(*range_)) for range_ in ((0.05, 0.5), (0.05, 0.5), (1.5, 3)))
    memory = "is right after one step and wrong after two: does update remember something of the first?"
    now = "is wrong after a second step with other gradients, at a rate above 1: update takes the d* and the learning_rate of now, whatever they are"
    return [
        update_case(draw, "one step", "", [rate]),
        update_case(draw, "two steps", memory, [rate, rate]),
        update_case(draw, "large gradients", "is wrong where the gradients are large: update clips nothing", [rate], 300),
        update_case(draw, "a second step with other gradients, at a rate above 1", now, [small, large]),
    ]


class Plain(InParts):
    """The layer in parts."""

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


plain_output, plain_backward, plain_update = Plain.output, Plain.backward, Plain.update
shared: dict = {}


def output(wrong):
    return Plain.but(output=wrong)


def dW(wrong):
    return Plain.but(weight_gradient=lambda self, X, U: wrong(X, U))


def db(wrong):
    return Plain.but(bias_gradient=lambda self, U: wrong(U))


def dX(wrong):
    return Plain.but(input_gradient=lambda self, U: wrong(U, self.W))


def update(wrong):
    return Plain.but(update=wrong)


def accumulates(name, part, **parts):
    total = lambda self, *given: getattr(self, name, 0) + getattr(Plain, part)(self, *given)  # noqa: E731
    return Plain.but(**{part: total}, **parts)


def at_each_forward(self, X):
    self.dW, self.db = 0, 0
    return X


def into(array, value):
    array[...] = value
    return array


def updates_first(self, U):
    self.dW, self.db = self.X.T @ U, U.sum(axis=0)
    plain_update(self, 0.1)
    return U @ self.W.T


def rebinds_W(self, rate):
    self.W = self.W - rate * self.dW
    self.b -= rate * self.db


def rebinds_both(self, rate):
    self.W, self.b = self.W - rate * self.dW, self.b - rate * self.db


def scales_gradients(self, rate):
    self.dW *= rate
    self.db *= rate
    plain_update(self, 1.0)


def clears_gradients(self, rate):
    plain_update(self, rate)
    self.dW[...] = self.db[...] = 0


def climbs_with_b(self, rate):
    self.W -= rate * self.dW
    self.b += rate * self.db


def from_elsewhere(self, rate):
    self.W -= rate * (self.X.T @ self.U)
    self.b -= rate * self.U.sum(axis=0)


def keeps_upstream(self, U):
    self.U = U
    return plain_backward(self, U)


LOSS_DIVIDES = "the loss has averaged over the batch already"

FORWARD_MISTAKES = (
    Mistake("bias-twice", "The bias is added twice.", output(lambda self, X: X @ self.W + 2 * self.b)),
    Mistake("rectified", "A ReLU has slipped in: this layer is linear, so negative outputs stay; the activation is a layer of its own.",
            output(lambda self, X: np.maximum(plain_output(self, X), 0))),
    Mistake("rows-averaged", "forward averages over the rows: every example keeps its own row, (N, M).", output(lambda self, X: plain_output(self, X).mean(axis=0))),
    Mistake("no-bias", "The bias is missing: forward returns X W alone.", output(lambda self, X: X @ self.W)),
    Mistake("bias-subtracted", "The bias is subtracted, not added.", output(lambda self, X: X @ self.W - self.b)),
    Mistake("transposed-if-square", "forward multiplies by the transpose of W, which nobody notices while W is square.",
            output(lambda self, X: X @ (self.W.T if X.shape[1] == len(self.b) else self.W) + self.b)),
    Mistake("w-transposed", "forward multiplies by the transpose of W: W has shape (D, M) and X has shape (N, D), so the product is X @ W.",
            output(lambda self, X: X @ self.W.T + self.b)),
    Mistake("row-lost", "The result of a single row has lost its first axis: forward must return (N, M) also for N = 1.",
            output(lambda self, X: plain_output(self, X)[0] if len(X) == 1 else plain_output(self, X))),
    Mistake("first-call-only", "forward returns one value for the whole batch again and again: it answers for the first call only.",
            output(lambda self, X: self.__dict__.setdefault("first", plain_output(self, X)))),
    *slips("forward", Plain.after("output"), "squeezed", "whole", "float16", "float32"),
)  # fmt: skip

BACKWARD_MISTAKES = (
    Mistake("w-as-in-pytorch", "W is used as (M, D), as PyTorch keeps it. Here W is (D, M): forward is X @ W + b, dW is X.T @ upstream, dX is upstream @ W.T.",
            Plain.but(output=lambda self, X: X @ self.W.T + self.b, weight_gradient=lambda self, X, U: U.T @ X,
                      input_gradient=lambda self, U: U @ self.W)),
    *(Mistake(f"{name}-accumulates-until-forward".lower(), f"{name} accumulates when backward is called twice after one forward: each backward overwrites, so write self.{name} = …, not +=.",
              accumulates(name, part, keep=at_each_forward)) for name, part in (("dW", "weight_gradient"), ("db", "bias_gradient"))),
    Mistake("cache-shared", "backward uses what another layer has kept: store X in self, not in a global variable, the class or a default argument.",
            Plain.but(keep=lambda self, X: shared.update(X=X), weight_gradient=lambda self, X, U: shared["X"].T @ U)),
    Mistake("dw-from-output", "dW is made with the output of forward: keep X, the input.", Plain.but(weight_gradient=lambda self, X, U: plain_output(self, X).T @ U)),
    Mistake("dw-product-of-sums", "dW is a product of sums: multiply row by row first and sum afterwards, which is X.T @ upstream.",
            dW(lambda X, U: np.outer(X.sum(axis=0), U.sum(axis=0)))),
    Mistake("returns-dw", "backward returns dW: it stores dW and returns dX = upstream @ W.T.", Plain.but(backward=lambda self, U: (plain_backward(self, U), self.dW)[1])),
    Mistake("returns-upstream", "backward returns upstream as it came: dX is upstream @ W.T.", dX(lambda U, W: U)),
    Mistake("dx-by-inverse", "dX is made with an inverse of W: backward does not undo forward, dX is upstream @ W.T.", dX(lambda U, W: U @ np.linalg.pinv(W))),
    Mistake("upstream-clipped", "upstream is clipped to −1 … 1: backward passes on the gradient as it is.",
            Plain.but(backward=lambda self, U: plain_backward(self, np.clip(U, -1, 1)))),
    Mistake("upstream-masked", "upstream goes through the mask of a ReLU: this layer is linear, the activation is a layer of its own.",
            Plain.but(backward=lambda self, U: plain_backward(self, U * (plain_output(self, self.X) > 0)))),
    Mistake("dx-untransposed", "dX is upstream @ W: the transpose is missing. From dX_nd = Σ_m U_nm W_dm, dX is upstream @ W.T.", dX(lambda U, W: U @ W)),
    Mistake("dx-untransposed-if-square", "dX is upstream @ W where W happens to be square: the transpose is missing, dX is upstream @ W.T.",
            dX(lambda U, W: U @ (W if W.shape[0] == W.shape[1] else W.T))),
    Mistake("updates-first", "dX was computed with W already updated: backward only stores gradients, update moves the parameters.", Plain.but(backward=updates_first)),
    Mistake("dw-transposed", "dW is transposed: dW_dm = Σ_n X_nd U_nm is X.T @ upstream, of the shape of W, (D, M).", dW(lambda X, U: U.T @ X)),
    *(Mistake(f"{name}-averaged".lower(), f"{name} is divided by N: {LOSS_DIVIDES}, so its 1/N is inside upstream.", wrong) for name, wrong in (
        ("dW", dW(lambda X, U: X.T @ U / len(X))), ("db", db(lambda U: U.mean(axis=0))), ("dX", dX(lambda U, W: U @ W.T / len(U))))),
    Mistake("db-summed-up", "db is summed over everything: sum over the rows alone, axis=0, and keep one number a unit.", db(np.sum)),
    Mistake("db-summed-and-repeated", "db is summed over everything and repeated: sum over the rows alone, axis=0.", db(lambda U: np.full(U.shape[1], U.sum()))),
    Mistake("db-over-units", "db is summed over the units: sum over the rows of the batch, axis=0.", db(lambda U: U.sum(axis=1))),
    Mistake("db-not-summed", "db is not summed over the batch: the same b serves every row, so the rows' gradients add up, axis=0.", db(np.copy)),
    Mistake("db-keepdims", "db has shape (1, M): drop keepdims, db has the shape of b, (M,).", db(lambda U: U.sum(axis=0, keepdims=True))),
    Mistake("db-last-row", "db is the upstream gradient of the last row alone: += is missing, or the sum over the rows.", db(lambda U: U[-1].copy())),
    Mistake("db-first-row", "db is the upstream gradient of the first row alone: the sum over the rows is missing.", db(lambda U: U[0].copy())),
    Mistake("dw-last-row", "dW is that of the last row alone: += is missing, or the sum over the rows.", dW(lambda X, U: np.outer(X[-1], U[-1]))),
    Mistake("dw-without-upstream", "dW ignores upstream: by the chain rule it is X.T @ upstream.", dW(lambda X, U: X.T @ np.ones_like(U))),
    Mistake("db-without-upstream", "db ignores upstream: by the chain rule it is the sum of upstream over the rows.", db(lambda U: np.full(U.shape[1], len(U)))),
    Mistake("dx-without-upstream", "dX ignores upstream: by the chain rule it is upstream @ W.T.", dX(lambda U, W: np.ones_like(U) @ W.T)),
    *(Mistake(f"{name}-accumulates".lower(), f"{name} accumulates from call to call: each backward overwrites, so write self.{name} = …, not +=.",
              accumulates(name, part)) for name, part in (("dW", "weight_gradient"), ("db", "bias_gradient"))),
    Mistake("first-batch-kept", "backward answers for the first forward: keep the X of the latest forward, also when another came before.",
            Plain.but(keep=lambda self, X: getattr(self, "X", X))),
    Mistake("writes-into-upstream", "backward writes into the array upstream that it was given: make a new array.",
            dX(lambda U, W: into(U, U @ W.T) if W.shape[0] == W.shape[1] else U @ W.T)),
    Mistake("dx-row-lost", "The gradient of a single row has lost its first axis: squeeze turns (1, D) into (D,).", dX(lambda U, W: np.squeeze(U @ W.T))),
    Mistake("negated", "The gradients have the wrong sign: backward gives dL/dW itself, and update subtracts it.",
            Plain.but(weight_gradient=lambda self, X, U: -X.T @ U, bias_gradient=lambda self, U: -U.sum(axis=0))),
)  # fmt: skip

UPDATE_MISTAKES = (
    Mistake("twice", "update takes the step twice.", update(lambda self, rate: [plain_update(self, rate) for _ in range(2)])),
    Mistake("w-twice", "update takes the step twice with W: once is enough.", update(lambda self, rate: (plain_update(self, rate), self.W.__isub__(rate * self.dW)))),
    *(Mistake(f"rate-fixed-{name}", f"update ignores the learning rate it is given and always takes {fixed}.",
              update(lambda self, rate, fixed=fixed: plain_update(self, fixed))) for name, fixed in (("thousandth", 0.001), ("hundredth", 0.01), ("tenth", 0.1))),
    Mistake("other-gradients", "update uses other gradients than self.dW and self.db: it must use what is stored there now.",
            Plain.but(backward=keeps_upstream, update=from_elsewhere)),
    Mistake("climbs", "update climbs: descent subtracts, W −= learning_rate · dW.", update(lambda self, rate: plain_update(self, -rate))),
    Mistake("b-stays", "update leaves b as it was: both parameters move.", update(lambda self, rate: into(self.W, self.W - rate * self.dW))),
    Mistake("w-stays", "update leaves W as it was: both parameters move.", update(lambda self, rate: into(self.b, self.b - rate * self.db))),
    Mistake("nothing-moves", "update changes nothing: W = W − … inside a method binds a local name, and copies or arrays of before are not self.W and self.dW; write self.W −= learning_rate · self.dW.",
            update(lambda self, rate: None)),
    Mistake("no-rate", "update moves the parameters without the learning rate.", update(lambda self, rate: plain_update(self, 1.0))),
    Mistake("not-in-place", "update makes new arrays instead of changing W and b in place: write self.W −= …, not self.W = self.W − ….", update(rebinds_both)),
    Mistake("w-not-in-place", "update makes a new array for W instead of changing it in place: write self.W −= ….", update(rebinds_W)),
    Mistake("scales-gradients", "update scales the stored gradients: dW and db must be afterwards what they were.", update(scales_gradients)),
    Mistake("clears-gradients", "update clears the stored gradients: dW and db must be afterwards what they were.", update(clears_gradients)),
    Mistake("b-climbs", "update climbs with b while W descends: both subtract.", update(climbs_with_b)),
    Mistake("divided-by-n", f"update divides by N: {LOSS_DIVIDES}.", update(lambda self, rate: plain_update(self, rate / len(self.X)))),
)  # fmt: skip


def task(part, section, cases, mistakes, *parts):
    where, title = f"Layers as objects, section “{section}”", f"{part} of the linear layer"
    return Task(f"linear-{part}", where, cases, Linear, mistakes, parts, subject="linear", title=title)


TASKS = (
    task("forward", "The forward pass", forward_cases, FORWARD_MISTAKES),
    task("backward", "The backward pass", backward_cases, BACKWARD_MISTAKES,
         Part("`dW`", 2, "dW"), Part("`db`", 1, "db"), Part("`dX`", 2, DX)),
    task("update", "The update", update_cases, UPDATE_MISTAKES,
         *(Part(f"`{name}`", 1, f"{name} after update", f"{name} seen through an alias") for name in "Wb")),
)  # fmt: skip
