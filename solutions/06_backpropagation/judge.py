"""06_backpropagation: slopes by differences, `Sequential`, and one step of training in full."""

import itertools
from dataclasses import dataclass
from operator import attrgetter
from types import SimpleNamespace

import numpy as np

from mlpgrade.judging.declare import (
    Case, InParts, Mistake, Part, Task, Use, after, call, mistakes, other_argument, repeated, resized, rng, rounded, side_by_side, slips,
)  # fmt: skip

HIDDEN = (
    "mlpkit.layers.Sequential",
    *(f"mlpkit.slopes.{name}" for name in ("numerical_gradient", "measure", "rounding_noise", "_climb_down", "_along", "_at")),
)  # fmt: skip


def away_from_zero(draw, shape):
    """Numbers between 0.7 and 2 of either sign: some on either side of 1, none with a slope near 0."""
    return np.asarray(draw.uniform(0.7, 2, shape) * draw.choice([-1.0, 1.0], shape))


def plain(number):
    """A number as Python's, so that NumPy's count as right too; what is not finite compares equal as NumPy's alone."""
    return float(number) if np.isfinite(number) else np.float64(number)


# --- numerical_gradient -------------------------------------------------------------------------------------------------

SLOPES, RESTORED = "numerical_gradient(f, x, h)", "x afterwards"
MOVED = "x is afterwards not bit for bit what it was: work on a copy, or keep the old value and put it back, x[i] = kept, since x + h − h is rounded"


def slope_cases(draw):
    """Steps so large that rounding, of the order ε|f|/h, stays far below 1e-9, and the formulas differ far above it."""

    def case(about, x, transposed=False, size=1.0, **step):
        shape = x.T.shape if transposed else x.shape
        a, b = size * away_from_zero(draw, shape), away_from_zero(draw, shape)
        it = Case(about).bind("x", x).bind("a", a).bind("b", b if step else 0 * b)
        if transposed:
            it.library("x", "tools.transposed", "x")
        it.library("f", "props.Polynomial", "a", "b").call("slopes", "target", None, "f", "x", **step)
        return it.publish(SLOPES, "slopes").publish(RESTORED, "x", MOVED, tolerance=0.0).only_if_right(SLOPES, RESTORED)

    vector = away_from_zero(draw, (3,))
    vector[1] = 1e-20  # adding h and taking it away again gives 0
    return [
        case("a vector, h = 0.001", vector, h=1e-3),
        case("a matrix, h = 0.25", away_from_zero(draw, (2, 3)), h=0.25),
        case("an array of shape (2, 2, 2), h = 0.001", away_from_zero(draw, (2, 2, 2)), h=1e-3),
        case("a single number, shape (), h = 0.01", away_from_zero(draw, ()), h=0.01),
        case("x is the transpose of another array, h = 0.001", away_from_zero(draw, (3, 2)), transposed=True, h=1e-3),
        # At 0 the central difference of a x³ is a h², without rounding: it tells every step from every other.
        case("x is zero everywhere, and no h is given", np.zeros((2, 2)), size=1e10),
    ]


def central(at, h):
    """The quotient, of f as a function of how far one entry has been moved."""
    return (at(h) - at(-h)) / (2 * h)


def measured(
    quotient=central, default=1e-5, step=lambda h, entry: h, places=lambda x: np.ndindex(x.shape), moved=np.array,
    empty=lambda x: np.zeros(x.shape), result=lambda slopes, x: slopes if x.ndim else slopes.item(),
):  # fmt: skip
    """A numerical_gradient made of this quotient. `moved` is the array in which entries move, `result` what is returned."""

    def numerical_gradient(f, x, h=default):
        slopes = empty(x)
        for i in places(x):

            def at(distance, i=i):
                points = moved(x)
                points[i] += distance
                return f(points)

            slopes[i] = quotient(at, step(h, x[i]))
        return result(slopes, x)

    return numerical_gradient


slopes_then = after(measured(result=lambda slopes, x: slopes))
NEVER_PUT_BACK = [measured(lambda at, h, s=s: (at(s * h) - at(-2 * s * h)) / (2 * s * h), moved=lambda x: x) for s in (1, -1)]

SLOPE_MISTAKES = (
    *mistakes(measured,
        ("forward-differences", "These are forward differences: step to both sides, (f(x + h e) − f(x − h e)) / 2h.", lambda at, h: (at(h) - at(0)) / h),
        ("backward-differences", "These are backward differences: step to both sides, (f(x + h e) − f(x − h e)) / 2h.", lambda at, h: (at(0) - at(-h)) / h),
        ("forward-over-2h", "These are forward differences, divided by 2h: the second point is x itself instead of x − h e.", lambda at, h: (at(h) - at(0)) / (2 * h)),
        ("backward-over-2h", "These are backward differences, divided by 2h: the first point is x itself instead of x + h e.", lambda at, h: (at(0) - at(-h)) / (2 * h)),
        ("over-h", "The difference is divided by h: from x − h e to x + h e it is 2h.", lambda at, h: (at(h) - at(-h)) / h),
        ("no-brackets-below", "2h needs brackets: … / 2 * h divides by 2 and then multiplies by h.", lambda at, h: (at(h) - at(-h)) / 2 * h),
        ("undivided", "The quotient lacks the step: divide the difference by 2h.", lambda at, h: at(h) - at(-h)),
        ("over-2", "The quotient lacks the step: divide the difference by 2h, not by 2.", lambda at, h: (at(h) - at(-h)) / 2),
        ("no-brackets-above", "In the quotient the difference needs brackets: a division is done before a subtraction.", lambda at, h: at(h) - at(-h) / (2 * h)),
        ("negated", "The slopes have the wrong sign: it is f(x + h e) minus f(x − h e).", lambda at, h: (at(-h) - at(h)) / (2 * h)),
        ("h-apart", "The two points are h apart, one h/2 to either side: they should be x + h e and x − h e.", lambda at, h: central(at, h / 2)),
        ("4h-apart", "The two points are 4h apart, 2h to either side: they should be x + h e and x − h e.", lambda at, h: central(at, 2 * h)),
        ("four-points", "A difference of four points is more exact than what is asked for here: use f(x + h e) and f(x − h e) alone.",
         lambda at, h: (8 * (at(h) - at(-h)) - at(2 * h) + at(-2 * h)) / (12 * h)),
        ("second-derivatives", "These are second derivatives: the slope is (f(x + h e) − f(x − h e)) / 2h.", lambda at, h: (at(h) - 2 * at(0) + at(-h)) / h**2),
        ("zeros", "All slopes are zero: f is given the same array twice. x.flatten() is a copy that x knows nothing of, and plus = minus = x.copy() gives one array two names.",
         lambda at, h: 0.0)),
    *(Mistake(f"h-always-{step:g}", f"h is ignored, and always {step:g}: use the h that is handed in.", measured(step=lambda h, entry, step=step: step))
      for step in (1e-3, 1e-4, 1e-5, 1e-6)),
    *(Mistake(f"default-{step:g}", f"The default step is not 1e-5 but {step:g}.", measured(default=step)) for step in (1e-2, 1e-3, 1e-4, 1e-6, 1e-7, 1e-8)),
    Mistake("h-scaled", "h is scaled with the size of the entry: step by h itself, whatever x is.",
            measured(step=lambda h, entry: h * max(1.0, abs(entry))), measured(step=lambda h, entry: h * abs(entry))),
    Mistake("all-at-once", "All entries are moved at once: move one and leave the others where they are, for each in turn.",
            measured(places=lambda x: [...]), measured(places=lambda x: [...], result=lambda slopes, x: slopes.flat[0].item())),
    Mistake("one-index", "x may have any number of axes, and one index moves a whole row of a matrix at once: np.ndindex(x.shape) runs through all places.",
            *(measured(places=lambda x: range(len(x)), empty=empty) for empty in (np.zeros_like, lambda x: np.zeros(len(x))))),
    Mistake("written-into-copies", "A transposed x goes wrong: there x.ravel() and x.reshape(-1) are copies, and what is written into them does not reach x, nor a result of that form.",
            measured(result=lambda slopes, x: slopes if x.flags.c_contiguous else np.zeros(x.shape))),
    Mistake("memory-order", "The slopes stand in the order of memory, which for a transposed x is not that of its indices: put each in the place of its entry.",
            measured(result=lambda slopes, x: slopes if x.flags.c_contiguous else slopes.T.reshape(x.shape))),
    Mistake("first-only", "Only the first slope is there: does return stand inside the loop?", slopes_then(lambda slopes: slopes * (np.arange(slopes.size) == 0).reshape(slopes.shape))),
    Mistake("never-put-back", "x is never put back: later slopes are measured elsewhere, and x is afterwards not what it was. Keep the old value, and write x[i] = kept.",
            *NEVER_PUT_BACK),
    Mistake("put-back-late", "Slopes are measured while the earlier entries are still moved: put each back before the next one's turn.",
            *(lambda f, x, h=1e-5, wrong=wrong: wrong(f, x.copy(), h) for wrong in NEVER_PUT_BACK)),
    *slips("numerical_gradient", slopes_then, "flat", "list", "float32", "whole"),
    rounded("numerical_gradient", slopes_then, range(2, 9)),
)  # fmt: skip


# --- relative_error -----------------------------------------------------------------------------------------------------

RATIO = Use(
    gives={"a": (), "b": ()},
    calls=(call("ratio", None, "a", "b"),),
    shows={"relative_error(a, b)": "ratio", "a afterwards": "a", "b afterwards": "b"},
    tolerances={"a afterwards": 0.0, "b afterwards": 0.0},
    says={f"{name} afterwards": f"relative_error writes into {name}: make a new array, a − b, and leave both as they are" for name in "ab"},
)  # fmt: skip


def ratio_cases(draw):
    def normal(*shape):
        return np.asarray(draw.normal(size=shape))

    a, b, zero = away_from_zero(draw, (2, 3)), normal(2, 3), np.zeros((2, 3))
    both = np.linalg.norm(a) + np.linalg.norm(b)
    pairs = {
        "two vectors": (normal(4), normal(4)),
        "two matrices": (normal(2, 3), normal(2, 3)),
        "two arrays of shape (2, 2, 2)": (normal(2, 2, 2), normal(2, 2, 2)),
        "two numbers, of shape ()": (normal(), normal()),
        "b = −a": (a, -a),
        "b = a": (a, a),
        "b is zero": (a, zero),
        "a is zero": (zero, a),
        "a and b are zero": (zero, zero),
        "a and b nearly equal": (a, (1 + 1e-5 * draw.uniform(0.5, 1.5, (2, 3))) * a),
        "a and b large": (1e4 * a, 1e4 * b),
    } | {f"‖a‖ + ‖b‖ = {size:g}": (size / both * a, size / both * b) for size in (1e-18, 3e-13, 2e-12, 1e-9)}
    return RATIO.cases(draw, {about: {"a": a, "b": b} for about, (a, b) in pairs.items()})


def norm(v):
    return float(np.sqrt(np.sum(np.square(v))))


def quotient(norm=norm, whole=lambda a, b: a + b, floor=lambda total: max(total, 1e-12), top=None):
    """A relative_error of this norm, with another sum of two norms, another bound of it, or another numerator."""

    def relative_error(a, b):
        upper = norm(a - b) if top is None else top(a, b)
        return plain(upper / np.float64(floor(whole(norm(a), norm(b)))))

    return relative_error


RATIO_MISTAKES = (
    Mistake("no-floor", "0/0: the max(…, 1e-12) is missing from the denominator.", lambda a, b: norm(a - b) / (norm(a) + norm(b)), quotient(floor=lambda total: total)),
    *(Mistake(f"floor-{bound:g}", f"The lower bound of the denominator is not 1e-12 but {bound:g}.", quotient(floor=lambda total, bound=bound: max(total, bound)))
      for bound in (1e-6, 1e-7, 1e-8, 1e-10, 1e-15, 1e-16)),
    *(Mistake(f"added-{bound:g}", f"{bound:g} is added to the denominator: take the larger of the two, max(‖a‖ + ‖b‖, 1e-12).",
              quotient(floor=lambda total, bound=bound: total + bound)) for bound in (1e-6, 1e-7, 1e-8, 1e-10, 1e-12, 1e-15, 1e-16)),
    *mistakes(lambda floor: quotient(floor=floor),
        ("small-is-zero", "relative_error returns 0 where both arrays are small: there it is ‖a − b‖ / 1e-12, which need not be 0.",
         lambda total: total if total >= 1e-12 else np.inf),
        ("floor-at-zero-only", "relative_error has no lower bound where both arrays are small but not zero: divide by max(‖a‖ + ‖b‖, 1e-12).", lambda total: total or np.inf)),
    *(Mistake(id, f"The arrays are compared entry by entry, and {what}: divide one norm by another, each over all elements.",
              *(lambda a, b, total=total, least=least: total(np.abs(a - b) / np.maximum(np.abs(a) + np.abs(b), least)) for least in (1e-12, 1e-8, 0.0)))
      for id, what, total in (("largest-of-entries", "the largest ratio is returned", np.max), ("mean-of-entries", "the mean ratio is returned", np.mean),
                              ("array-of-entries", "an array comes back", np.asarray))),
    *mistakes(quotient,
        ("spectral-norm", "For a matrix this is the spectral norm: np.linalg.norm(A, 2) is no sum of squares. Leave out the 2.",
         lambda v: float(np.linalg.norm(v, 2)) if v.ndim == 2 else norm(v)),
        ("no-roots", "The roots are missing: a norm is the root of the sum of squares.", lambda v: np.sum(np.square(v))),
        ("sum-norm", "The norms are sums of absolute values: take the Euclidean norm, the root of the sum of squares.", lambda v: np.sum(np.abs(v))),
        ("maximum-norm", "The norms are largest absolute values: take the Euclidean norm, the root of the sum of squares.", lambda v: np.max(np.abs(v))),
        ("root-mean-square", "The norms are root mean squares: take the root of the sum of squares.", lambda v: np.sqrt(np.mean(np.square(v))))),
    *mistakes(lambda whole: quotient(whole=whole),
        ("by-b", "relative_error divides by ‖b‖ alone: the denominator is ‖a‖ + ‖b‖.", lambda a, b: b),
        ("by-a", "relative_error divides by ‖a‖ alone: the denominator is ‖a‖ + ‖b‖.", lambda a, b: a),
        ("by-larger", "relative_error divides by the larger of the norms: the denominator is their sum.", max),
        ("by-mean", "relative_error divides by the mean of the norms: the denominator is their sum.", lambda a, b: (a + b) / 2),
        ("by-product", "relative_error divides by the product of the norms: the denominator is their sum.", lambda a, b: a * b)),
    Mistake("by-norm-of-sum", "The denominator is the norm of a + b: take the norms first and add them.", lambda a, b: norm(a - b) / max(norm(a + b), 1e-12)),
    *mistakes(lambda top: quotient(top=top),
        ("difference-of-norms", "The numerator is the difference of the norms, which is zero for b = −a: take the norm of a − b.", lambda a, b: abs(norm(a) - norm(b))),
        ("norm-of-sum", "The numerator is the norm of a + b: take that of a − b.", lambda a, b: norm(a + b)),
        ("no-squares", "The numerator is the sum of the entries of a − b, without squares: take the norm.", lambda a, b: np.sum(a - b))),
    Mistake("absolute", "relative_error returns the absolute error: divide by max(‖a‖ + ‖b‖, 1e-12).", lambda a, b: norm(a - b)),
)  # fmt: skip


# --- Sequential ---------------------------------------------------------------------------------------------------------

OUTPUT, DX = "forward(X)", "dX, the value that backward returns,"
SIZES = {"N": 5, "D": 3, "M": 3}


@dataclass(frozen=True)
class Network(Use):
    """A use of a Sequential of linear layers of these widths, with a Tanh between any two, and of `noted` other layers.

    What is `inside` stands in a Sequential within.
    """

    widths: tuple[int, ...] = (3, 3, 3)
    noted: int = 0
    inside: slice | None = None

    def make(self, case, draw, sizes, owner="it"):
        case.library(f"journal of {owner}", "tools.listed")
        names = [*self.linear_layers(case, draw, owner), *self.noted_layers(case, draw, owner)]
        case.library(f"layers of {owner}", "tools.listed", *names)
        if self.inside is not None:
            case.make("inner", *names[self.inside])
            names[self.inside] = ["inner"]
        return case.library(f"given to {owner}", "tools.listed", *names).make(owner, *names)

    def linear_layers(self, case, draw, owner):
        for k, (features, units) in enumerate(itertools.pairwise(self.widths), 1):
            if k > 1:
                case.library(f"{owner} tanh {k}", "mlpkit.Tanh")
                yield f"{owner} tanh {k}"
            name = f"{owner} linear {k}"
            case.library(name, "mlpkit.Linear", features, units, rng(int(draw.integers(2**31))))
            case.put(name, W=draw.normal(size=(features, units)), b=draw.normal(size=units))
            yield name

    def noted_layers(self, case, draw, owner):
        for place in range(1, self.noted + 1):
            name, (factor, shift) = f"{owner} noted {place}", draw.uniform(0.5, 2, size=2).tolist()
            case.library(name, "props.Noted", f"journal of {owner}", place, factor, shift)
            yield name

    def look(self, case, *, owner="it", **how):
        super().look(case, owner=owner, **how)
        method, journal, sentence = self.method, f"journal of {owner}", how.get("sentence", "")
        if method == "forward" and not how:
            case.get("held", owner, "layers").library("same", "props.holds", "held", f"given to {owner}")
            case.publish("The attribute layers", "same", "layers does not hold the layers in the order in which they were given")
        for layer in [f"linear layer {k}" for k in range(1, len(self.widths))] if method == "backward" else ():
            case.publish_attributes(f"{owner} {layer.replace('layer ', '')}", "dW", "db", "W", label=f"{{}} of {layer}")
            case.hints |= {f"{name} of {layer}": sentence.format(name, method=method, given="upstream") for name in ("dW", "db") if sentence}
            case.hint(f"W of {layer}", "backward moved parameters: it passes on gradients, update takes the step")
        for place in range(1, self.noted + 1) if method == "update" else ():
            label = f"The learning rates that layer {place} was given"
            case.library("rates", "props.rates", journal, place)
            case.publish(label, "rates", f"update of layer {place} is not called once in every step, with the learning rate that was handed in")
        if self.noted and method != "update":
            label, once = f"The layers of which {method} was called", f"{method} of each layer is to be called once, in this order; compare what your loop does"
            case.bind("method", method).library("called", "props.called", journal, "method").publish(label, "called", once)
        return case


class Run:
    """forward, whatever comes of it, then that of the layers themselves: what backward needs must not depend on the former."""

    method = "forward"

    def add_to(self, case, owner, tag="", tried=False):
        case.library("spare X", "numpy.copy", f"X{tag}").attempt(owner, "forward", "spare X")
        case.library("Y", "props.through", f"layers of {owner}", f"X{tag}", says="Running the layers one by one")


FORWARD = Network(makes=lambda at: (), gives={"X": ("N", "D")}, calls=(call("Y", "forward", "X"),), shows={OUTPUT: "Y"}, keeps=("X",))
BACKWARD = FORWARD.but(
    gives={"X": ("N", "D"), "upstream": ("N", "M")},
    calls=(Run(), call("dX", "backward", "upstream")),
    shows={DX: "dX"},
    keeps=("X", "upstream"),
)
UPDATE = FORWARD.but(
    widths=(), noted=3,
    gives={"X": ("N", "D"), "rate": lambda draw, at: float(draw.uniform(0.15, 0.9))},
    calls=(call("Y", "forward", "X", tried=True), call("nothing", "update", "rate")),
    shows={}, keeps=(),
)  # fmt: skip


def network_cases(use, draw, inside, without_layers, *situations):
    layouts = (
        ("3 features, then 4 and 2 units", 5, 3, 4, 2), ("all widths the same", 5, 3, 3, 3), ("a single row", 1, 3, 4, 2),
        ("a single layer", 5, 3, 4), ("three linear layers", 6, 2, 3, 4, 1),
    )  # fmt: skip
    return [
        *(use.but(widths=widths).case(about, draw, {"N": rows, "D": widths[0], "M": widths[-1]}) for about, rows, *widths in layouts),
        *(situation(use, draw, SIZES) for situation in situations),
        use.but(inside=inside).case("one Sequential inside another", draw, SIZES),
        use.but(widths=(), says=without_layers).case("no layers", draw, SIZES),
        use.but(widths=(), noted=3).case("layers with forward, backward and update alone", draw, SIZES),
    ]


def forward_cases(draw):
    return network_cases(FORWARD, draw, slice(0, 2), {OUTPUT: "Without layers forward returns X itself"}, resized, side_by_side)


def backward_cases(draw):
    nothing = {DX: "Without layers backward returns upstream"}
    return network_cases(BACKWARD, draw, slice(1, 3), nothing, repeated, other_argument, resized, side_by_side)


def update_cases(draw):
    """The layers only note what they are told: how a layer moves its parameters is judged elsewhere."""
    return [
        UPDATE.case("three layers", draw, SIZES),
        other_argument(UPDATE, draw, SIZES),
        UPDATE.but(noted=1).case("a single layer", draw, SIZES),
        UPDATE.but(noted=4, inside=slice(1, 3)).case("one Sequential inside another", draw, SIZES),
        side_by_side(UPDATE, draw, SIZES),
    ]


def through(method, layers, value, one=lambda run, value: run(value)):
    """Hand a value from layer to layer; `one` is how a single layer is run."""
    for layer in layers:
        value = one(getattr(layer, method), value)
    return value


class Row(InParts):
    """The container in parts."""

    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        return through("forward", self.layers, X)

    def backward(self, upstream):
        return through("backward", self.layers[::-1], upstream)

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)


shared: dict = {}


def along(method, chosen=np.s_[:], one=lambda run, value: run(value)):
    return Row.but(**{method: lambda self, value: through(method, self.layers[chosen], value, one)})


def in_place(run, value):
    result = run(value)
    if result.shape == value.shape:
        value[...] = result
    return value if result.shape == value.shape else result


def outputs(self, X):
    return list(itertools.accumulate(self.layers, lambda value, layer: layer.forward(value), initial=X))


def adds(self, U):
    self.total = getattr(self, "total", 0) + Row.backward(self, U)
    return self.total


def updates_too(rate, before, **parts):
    def backward(self, U):
        for layer in reversed(self.layers):
            U = [layer.update(rate), layer.backward(U)][1] if before else [layer.backward(U), layer.update(rate)][0]
        return U

    return Row.but(backward=backward, **parts)


def updates(rates=lambda self, rate: [rate], chosen=np.s_[:]):
    """update of the chosen layers is called with each of the rates."""
    in_turn = lambda self, handed: [layer.update(rate) for layer in self.layers[chosen] for rate in handed]  # noqa: E731
    return Row.but(update=lambda self, rate: in_turn(self, rates(self, rate)))


def either(method, order, array):
    """What can happen to forward and to backward."""
    return (
        Mistake(f"{method}-twice", f"{method} of each layer is to be called once, and is called twice.", along(method, order, lambda run, value: [run(value), run(value)][1])),
        Mistake(f"{method}-writes-into-{array.lower()}", f"{method} wrote into the array {array} that it was given: {array} = … gives a name to another array, {array}[…] = … changes this one.",
                along(method, order, in_place)),
        *slips(method, Row.after(method), "nothing"),
    )  # fmt: skip


SHARED = Mistake("layers-shared", "The layers are wrong as soon as there is another network: keep them in self, not in the class or a global variable.",
                 Row.but(__init__=lambda self, *layers: shared.update(layers=layers), layers=property(lambda self: shared["layers"])))  # fmt: skip

FORWARD_MISTAKES = (
    SHARED,
    *either("forward", np.s_[:], "X"),
    Mistake("forward-reversed", "The layers run from last to first: the first layer given is the first to run.", along("forward", np.s_[::-1])),
    Mistake("forward-without-last", "forward leaves out the last layer: run through all of self.layers.", along("forward", np.s_[:-1])),
    Mistake("forward-without-first", "forward leaves out the first layer: run through all of self.layers.", along("forward", np.s_[1:])),
    *mistakes(lambda wrong: Row.but(forward=wrong),
        ("forward-first-only", "forward stops after the first layer: does return stand inside the loop?",
         *(lambda self, X, empty=empty: through("forward", self.layers[:1], X) if self.layers or empty else None for empty in (True, False))),
        ("forward-same-x", "Every layer gets the same X: hand the output of each layer to the next.", lambda self, X: [X, *(layer.forward(X) for layer in self.layers)][-1]),
        ("forward-returns-x", "forward returns X as it came: keep the output of each layer for the next, X = layer.forward(X).",
         lambda self, X: [*(layer.forward(X) for layer in self.layers), X][-1]),
        ("forward-all-outputs", "forward returns the output of every layer: only that of the last is asked for.", outputs, lambda self, X: outputs(self, X)[1:]),
        ("forward-first-call", "forward answers for the first call only: run the layers anew each time.",
         lambda self, X: vars(self).setdefault("first", Row.forward(self, X)) if self.layers else X)),
)  # fmt: skip

BACKWARD_MISTAKES = (
    SHARED,
    *either("backward", np.s_[::-1], "upstream"),
    Mistake("backward-forwards", "backward runs from the first layer to the last: a gradient goes the other way, reversed(self.layers).", along("backward")),
    Mistake("backward-without-first", "backward leaves out the first layer: its gradients are wanted too, and what it returns is dL/dX.", along("backward", np.s_[:0:-1])),
    Mistake("backward-without-last", "backward leaves out the last layer: upstream is the gradient of that layer's output, so it comes first.", along("backward", np.s_[-2::-1])),
    *mistakes(lambda wrong: Row.but(backward=wrong),
        ("backward-last-only", "backward stops after the last layer: does return stand inside the loop?",
         *(lambda self, U, empty=empty: through("backward", self.layers[-1:], U) if self.layers or empty else None for empty in (True, False))),
        ("backward-same-upstream", "Every layer gets the same upstream: hand on what each layer's backward returns.",
         lambda self, U: [U, *(layer.backward(U) for layer in reversed(self.layers))][-1]),
        ("backward-returns-upstream", "backward returns upstream as it came: return what the first layer's backward returned, dL/dX.",
         lambda self, U: [Row.backward(self, U), U][1]),
        ("backward-calls-forward", "backward calls forward where backward is meant.", lambda self, U: through("forward", self.layers[::-1], U)),
        ("backward-is-forward", "backward calls forward where backward is meant, and from the first layer to the last.", Row.forward),
        ("backward-turns-order", "backward turns the order of its layers around, so that every second call goes the wrong way: .reverse() changes the list, reversed(self.layers) does not.",
         lambda self, U: vars(self).update(layers=self.layers[::-1]) or through("backward", self.layers, U)),
        ("dx-accumulates", "dX accumulates from call to call: each backward answers for itself.", adds),
        ("backward-first-call", "backward answers for the first call only: run the layers anew each time.",
         lambda self, U: self.first if hasattr(self, "first") else vars(self).setdefault("first", Row.backward(self, U)))),
    Mistake("dx-accumulates-until-forward", "dX accumulates when backward is called twice after one forward: each backward answers for itself.",
            Row.but(forward=lambda self, X: [vars(self).update(total=0), Row.forward(self, X)][1], backward=adds)),
    Mistake("backward-updates", "backward updates the layers too: it passes on gradients and moves nothing, update takes the step.",
            *(updates_too(rate, before, **parts) for rate in (0.01, 0.1, 1.0) for before in (False, True) for parts in ({}, {"update": lambda self, rate: None}))),
    *slips("backward", Row.after("backward"), "negated"),
)  # fmt: skip

OTHER_RATE = "update hands another learning rate to the layers than the one it was given: {}."

UPDATE_MISTAKES = (
    SHARED,
    Mistake("update-reaches-none", "update reaches no layer: call layer.update(learning_rate) of each, whatever attributes it has.", updates(chosen=np.s_[:0])),
    Mistake("update-first-only", "update reaches only the first layer: does return stand inside the loop?", updates(chosen=np.s_[:1])),
    Mistake("update-last-only", "update reaches only the last layer: run through all of self.layers.", updates(chosen=np.s_[-1:])),
    Mistake("update-without-last", "update leaves out the last layer: run through all of self.layers.", updates(chosen=np.s_[:-1])),
    Mistake("update-without-first", "update leaves out the first layer: run through all of self.layers.", updates(chosen=np.s_[1:])),
    *mistakes(updates,
        ("update-twice", "update is called more than once for each layer: one step is one call.", lambda self, rate: [rate, rate]),
        ("rate-divided", OTHER_RATE.format("it is divided by the number of layers"), lambda self, rate: [rate / len(self.layers)]),
        ("rate-negated", OTHER_RATE.format("it has changed its sign, and each layer subtracts by itself"), lambda self, rate: [-rate]),
        ("rate-halves", OTHER_RATE.format("it is halved from step to step"), lambda self, rate: vars(self).update(half=getattr(self, "half", 2) / 2) or [self.half * rate]),
        ("rate-of-first-step", OTHER_RATE.format("in the second step it is that of the first"), lambda self, rate: [vars(self).setdefault("rate", rate)]),
        *((f"rate-always-{fixed:g}", OTHER_RATE.format(f"it is always {fixed:g}"), lambda self, rate, fixed=fixed: [fixed]) for fixed in (0.001, 0.01, 0.1, 0.5, 1.0))),
)  # fmt: skip


# --- worked_example -----------------------------------------------------------------------------------------------------

PARAMETERS = ("W1", "b1", "W2", "b2")


def steps(rate, *names):
    return {name: lambda v, name=name: getattr(v, f"old_{name}") - rate(v) * getattr(v, f"d{name}") for name in names}


def again(**other):
    """The loss of a second forward pass, with something else for some of the parameters or the hidden layer, a1."""

    def new_loss(v):
        W1, b1, W2, b2 = (other.get(name, attrgetter(name))(v) for name in PARAMETERS)
        a1 = other["a1"](v) if "a1" in other else v.hidden(v.x @ W1 + b1)
        return v.cost(a1 @ W2 + b2, v.y)

    return new_loss


LINES = {
    "z1": ("", lambda v: v.x @ v.old_W1 + v.old_b1, "x W1 + b1, of shape (H,)"),
    "a1": ("z1", lambda v: v.hidden(v.z1), "the sigmoid of z1, of shape (H,)"),
    "z2": ("a1", lambda v: v.a1 @ v.old_W2 + v.old_b2, "the sum of a1 times W2, plus b2: a number"),
    "p": ("z2", lambda v: v.output(v.z2), "the sigmoid of z2: a number"),
    "loss": ("z2", lambda v: v.cost(v.z2, v.y), "the binary cross-entropy, log(1 + exp(z2)) − y z2: a number"),
    "dz2": ("p", lambda v: v.p - v.y, "p − y: a number"),
    "dW2": ("dz2", lambda v: v.dz2 * v.a1, "dz2 times a1, of shape (H,)"),
    "db2": ("dz2", lambda v: v.dz2, "dz2: a number"),
    "da1": ("dz2", lambda v: v.dz2 * v.old_W2, "dz2 times W2, of shape (H,), with the W2 of the forward pass"),
    "dz1": ("da1", lambda v: v.da1 * v.a1 * (1 - v.a1), "da1 times the derivative of the sigmoid, a1 (1 − a1), of shape (H,)"),
    "dW1": ("dz1", lambda v: np.outer(v.x, v.dz1), "the array of all x_d times dz1_m, of shape (D, H)"),
    "db1": ("dz1", lambda v: v.dz1, "dz1, of shape (H,)"),
    **{name: (f"d{name}", line, f"{name} − learning_rate · d{name}") for name, line in steps(lambda v: v.rate, *PARAMETERS).items()},
    "new_loss": ("W1", again(), "the loss of a second forward pass with the right W1, b1, W2 and b2 after the step"),
}  # fmt: skip
"""For each key the one from which it follows (while that is wrong, nothing is said of this one), its line of code, made of
what was handed in and the lines before, and the line in words."""


def example_cases(draw):
    def case(about, inputs, units, y, b2):
        it = Case(about)
        for name, shape in {"x": inputs, "W1": (inputs, units), "b1": units, "W2": units}.items():
            it.bind(name, draw.normal(size=shape))
        it.call("found", "target", None, "x", y, "W1", "b1", "W2", float(b2), float(draw.uniform(0.2, 0.8)))
        it.library("numbers", "props.entries", "found").publish_parts("the dictionary", "numbers", *LINES)
        it.hints |= {key: f"{key}{' after the step' if key in PARAMETERS else ''} is not {words}" for key, (_, _, words) in LINES.items()}
        it.follows |= {key: before for key, (before, _, _) in LINES.items() if before}
        for name in ("x", "W1", "b1", "W2"):
            instead = "make a new array" if name == "x" else f"write {name} = {name} − …, not −="
            wrote = f"worked_example writes into {name}, which it was handed: {instead}"
            it.publish(f"{name} as it was handed in", name, wrote, tolerance=0.0)
        return it

    return [
        case("3 inputs, 4 hidden units, y = 1", 3, 4, 1, draw.normal() / 2),
        case("3 inputs, 4 hidden units, y = 0", 3, 4, 0, draw.normal() / 2),
        case("as many hidden units as inputs, y = 1", 3, 3, 1, draw.normal() / 2),
        case("as many hidden units as inputs, y = 0", 2, 2, 0, draw.normal() / 2),
        case("a single hidden unit, y = 0", 3, 1, 0, draw.normal() / 2),
        case("a single input, y = 1", 1, 2, 1, draw.normal() / 2),
        # The logit is wrong by far: log(1 − p), with p rounded to 1, would be log 0. Nearer to 0 much of p is rounded away.
        case("p is rounded to 1, and y = 0", 2, 3, 0, draw.uniform(44, 50)),
        case("p is nearly 1, and y = 0", 2, 3, 0, draw.uniform(33, 37)),
    ]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cross_entropy(z, y):
    return np.logaddexp(0, z) - y * z


FUNCTIONS = {"hidden": sigmoid, "output": sigmoid, "cost": cross_entropy}


def computed(lines, instead=lambda v: {}):
    """A worked_example in which some lines are others, and some of the functions hidden, output and cost, and in which
    other values are returned `instead` of some."""

    def worked_example(x, y, W1, b1, W2, b2, learning_rate):
        v = SimpleNamespace(x=x, y=y, old_W1=W1, old_b1=b1, old_W2=W2, old_b2=b2, rate=learning_rate)
        vars(v).update({name: lines.get(name, right) for name, right in FUNCTIONS.items()})
        for key, (_, right, _) in LINES.items():
            value = lines.get(key, right)(v)
            setattr(v, key, value if np.ndim(value) else np.float64(value))
        found = {key: getattr(v, key) for key in LINES} | instead(v)
        return {key: value if np.ndim(value) else plain(value) for key, value in found.items()}

    return worked_example


def alone(lines):
    """A worked_example in which these lines are wrong and yet all that follows is right: it explains these keys alone,
    also in an answer that holds other mistakes further on."""

    def worked_example(*handed):
        wrong = computed(lines)(*handed)
        return computed({})(*handed) | {key: wrong[key] for key in lines}

    return worked_example


def slip(id, says, *variants, **lines):
    """The mistake of other lines, as they are and, where no function is another, alone."""
    wrong = [make(other) for other in (*variants, lines) if other for make in (computed, *[alone] * (other.keys() <= LINES.keys()))]
    return Mistake(id, says, *wrong)


def second_pass(v):
    z1 = v.x @ v.W1 + v.b1
    z2 = sigmoid(z1) @ v.W2 + v.b2
    return {"z1": z1, "a1": sigmoid(z1), "z2": z2, "p": sigmoid(z2)}


ROWS = ("z1", "a1", "dW2", "dz1", "db1", "b1", "W2")
"""What has an axis too many when x is a matrix of one row, or the arrays of the hidden layer are."""
SECOND = "are those of the second forward pass: the dictionary holds those of the first, so give the new ones other names."
FROM_P = "loss is computed from p instead of from the logit z2: it is wrong where p is rounded to 1. log(1 + exp(z2)) − y z2 is not."

EXAMPLE_MISTAKES = (
    Mistake("second-pass", f"z1, a1, z2 and p {SECOND}", computed({}, second_pass)),
    Mistake("second-pass-and-loss", f"z1, a1, z2, p and loss {SECOND}", computed({}, lambda v: second_pass(v) | {"loss": v.new_loss})),
    slip("no-b1", "z1 lacks the bias b1.", *({"z1": lambda v: v.x @ v.old_W1} | more for more in ({"new_loss": again(b1=lambda v: 0)}, {}))),
    slip("no-b2", "z2 lacks the bias b2.", *({"z2": lambda v: v.a1 @ v.old_W2} | more for more in ({"new_loss": again(b2=lambda v: 0)}, {}))),
    slip("z2-from-z1", "z2 is made with z1: the output unit is fed by a1, the hidden layer after its sigmoid.", z2=lambda v: v.z1 @ v.old_W2 + v.old_b2),
    slip("tanh", "a1 is the tanh of z1: this hidden layer has sigmoids.", {"hidden": np.tanh}, {"hidden": np.tanh, "dz1": lambda v: v.da1 * (1 - v.a1**2)}),
    slip("relu", "a1 is a ReLU of z1: this hidden layer has sigmoids.", hidden=lambda z: np.maximum(z, 0), dz1=lambda v: v.da1 * (v.z1 > 0)),
    slip("no-hidden-sigmoid", "The hidden layer has no sigmoid: a1 is z1.", {"hidden": lambda z: z}, {"hidden": lambda z: z, "dz1": lambda v: v.da1}),
    slip("no-minus", "The exponent of the sigmoid lacks its minus: σ(z) = 1 / (1 + exp(−z)).", hidden=lambda z: sigmoid(-z), output=lambda z: sigmoid(-z)),
    slip("p-is-z2", "p is z2 itself: the output has a sigmoid too.", p=lambda v: v.z2),
    slip("loss-for-1", "loss is right only for y = 1: for y = 0 it is −log(1 − p).", {"cost": lambda z, y: cross_entropy(z, 1)}, {"cost": lambda z, y: -np.log(sigmoid(z))}),
    slip("loss-for-0", "loss is right only for y = 0: for y = 1 it is −log p.", cost=lambda z, y: cross_entropy(z, 0)),
    slip("loss-swapped", "loss is that of the other answer: −log p belongs to y = 1.", cost=lambda z, y: cross_entropy(z, 1 - y)),
    slip("loss-negated", "loss has the wrong sign: a logarithm of a probability is negative, the loss is not.", cost=lambda z, y: -cross_entropy(z, y)),
    slip("loss-log-2", "loss uses a logarithm to base 2: take the natural one.", cost=lambda z, y: cross_entropy(z, y) / np.log(2)),
    slip("loss-log-10", "loss uses a logarithm to base 10: take the natural one.", cost=lambda z, y: cross_entropy(z, y) / np.log(10)),
    slip("loss-halved", "loss is halved: cross-entropy has no factor ½.", cost=lambda z, y: cross_entropy(z, y) / 2),
    slip("loss-squared", "loss is the squared error: binary cross-entropy is asked for.",
         *({"cost": lambda z, y: (sigmoid(z) - y) ** 2} | dz2 for dz2 in ({}, {"dz2": lambda v: 2 * (v.p - v.y) * v.p * (1 - v.p)}))),
    slip("loss-from-p", FROM_P, *({"cost": lambda z, y, e=e: -np.log((sigmoid(z) if y else 1 - sigmoid(z)) + e)} for e in (0.0, 1e-15, 1e-16, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7))),
    slip("dz2-negated", "dz2 is y − p: the derivative of the loss is p − y.", dz2=lambda v: v.y - v.p),
    slip("dz2-times-slope", "dz2 is p − y times p(1 − p): with cross-entropy that factor cancels.", dz2=lambda v: (v.p - v.y) * v.p * (1 - v.p)),
    slip("dz2-of-squares", "dz2 belongs to the squared error: with cross-entropy it is p − y.",
         {"dz2": lambda v: 2 * (v.p - v.y) * v.p * (1 - v.p)}, {"dz2": lambda v: 2 * (v.p - v.y)}),
    slip("dz2-of-p", "dz2 is the derivative with respect to p: the sigmoid's derivative, p(1 − p), is missing, and with it dz2 is p − y.",
         dz2=lambda v: (v.p - v.y) / (v.p * (1 - v.p))),
    slip("dz2-for-0", "dz2 is p: right only for y = 0.", dz2=lambda v: v.p),
    slip("dz2-for-1", "dz2 is p − 1: right only for y = 1.", dz2=lambda v: v.p - 1),
    slip("dw2-from-z1", "dW2 is made with z1: the weights of the output are multiplied by a1, the hidden layer after its sigmoid.", dW2=lambda v: v.dz2 * v.z1),
    slip("dw2-without-dz2", "dW2 lacks the factor dz2.", dW2=lambda v: v.a1),
    slip("dw2-from-w2", "dW2 is made with W2: a product passes back the other factor, a1.", dW2=lambda v: v.dz2 * v.old_W2),
    slip("db2-is-1", "db2 is 1: the factor dz2 is missing.", db2=lambda v: 1.0),
    slip("db2-times-b2", "db2 is multiplied by b2: a sum passes dz2 on unchanged.", db2=lambda v: v.dz2 * v.old_b2),
    slip("da1-after-step", "da1 is made with a W2 that has been updated already: compute all gradients first.", da1=lambda v: v.dz2 * (v.old_W2 - v.rate * v.dW2)),
    slip("da1-without-dz2", "da1 lacks the factor dz2.", da1=lambda v: v.old_W2),
    slip("da1-from-a1", "da1 is made with a1: a product passes back the other factor, W2.", da1=lambda v: v.dz2 * v.a1),
    slip("dz1-from-z1", "dz1 is made with z1 where a1 is meant: in terms of its output the sigmoid's derivative is a1 (1 − a1).", dz1=lambda v: v.da1 * v.z1 * (1 - v.z1)),
    slip("dz1-is-da1", "In dz1 the sigmoid's derivative is missing: a1 (1 − a1).", dz1=lambda v: v.da1),
    slip("dz1-without-1-a1", "In dz1 the factor 1 − a1 is missing: the sigmoid's derivative is a1 (1 − a1).", dz1=lambda v: v.da1 * v.a1),
    slip("dz1-without-a1", "In dz1 the factor a1 is missing: the sigmoid's derivative is a1 (1 − a1).", dz1=lambda v: v.da1 * (1 - v.a1)),
    slip("dz1-of-tanh", "In dz1 stands the derivative of tanh: that of the sigmoid is a1 (1 − a1).", dz1=lambda v: v.da1 * (1 - v.a1**2)),
    slip("dz1-at-a1", "In dz1 stands the derivative of the sigmoid taken at a1: it is taken at z1, which is a1 (1 − a1).",
         dz1=lambda v: v.da1 * sigmoid(v.a1) * (1 - sigmoid(v.a1))),
    slip("dz1-slope-twice", "In dz1 the sigmoid's derivative stands twice: it is a1 (1 − a1), once.", dz1=lambda v: v.da1 * (v.a1 * (1 - v.a1)) ** 2),
    slip("dz1-of-relu", "In dz1 stands the derivative of a ReLU: that of the sigmoid is a1 (1 − a1).", dz1=lambda v: v.da1 * (v.z1 > 0)),
    slip("dz1-without-da1", "In dz1 the factor da1 is missing: a1 (1 − a1) is the local derivative alone.", dz1=lambda v: v.a1 * (1 - v.a1)),
    slip("dw1-transposed", "dW1 is transposed: W1 has shape (D, H), with x_d times dz1_m in row d and column m.",
         dW1=lambda v: np.outer(v.dz1, v.x), W1=lambda v: v.old_W1 - v.rate * v.dW1.T),
    slip("db1-summed", "db1 is summed: there is one row, and db1 has one number for each hidden unit.", db1=lambda v: np.sum(v.dz1)),
    slip("db1-summed-and-repeated", "db1 is summed and repeated: there is one row, and db1 is dz1.", db1=lambda v: np.full_like(v.dz1, np.sum(v.dz1))),
    slip("db1-without-dz1", "db1 lacks the factor dz1.", db1=lambda v: np.ones_like(v.dz1)),
    slip("step-climbs", "The step climbs: descent subtracts, W1 − learning_rate · dW1.", **steps(lambda v: -v.rate, *PARAMETERS)),
    *(slip(f"{name}-climbs".lower(), f"The step climbs with {name}: descent subtracts.", **steps(lambda v: -v.rate, name)) for name in PARAMETERS),
    slip("no-rate", "The step is taken without the learning rate.", **steps(lambda v: 1.0, *PARAMETERS)),
    slip("step-twice", "The step is taken twice.", **steps(lambda v: 2 * v.rate, *PARAMETERS)),
    slip("biases-stay", "The biases do not move: b1 and b2 are parameters like all others.", **steps(lambda v: 0.0, "b1", "b2")),
    *(slip(f"{name}-stays".lower(), f"{name} does not move: all four parameters take a step.", **steps(lambda v: 0.0, name)) for name in PARAMETERS),
    slip("first-layer-stays", "The first layer does not move: all four parameters take a step.", **steps(lambda v: 0.0, "W1", "b1")),
    slip("second-layer-stays", "The second layer does not move: all four parameters take a step.", **steps(lambda v: 0.0, "W2", "b2")),
    Mistake("before-the-step", "W1, b1, W2, b2 are the parameters before the step: the dictionary holds those after it.", alone(steps(lambda v: 0.0, *PARAMETERS))),
    Mistake("no-step", "None of the parameters moves: is the step taken?", computed(steps(lambda v: 0.0, *PARAMETERS))),
    slip("new-loss-is-loss", "new_loss is the loss before the step: run the forward pass again.", new_loss=lambda v: v.loss),
    slip("new-loss-old-hidden", "new_loss is made with the hidden layer of the first forward pass: compute z1 and a1 again, with the new W1 and b1.",
         new_loss=again(a1=lambda v: v.a1)),
    *(slip(f"new-loss-old-{'-'.join(old)}".lower(), f"new_loss is made with the old {' and '.join(old)}: the second forward pass takes all four parameters after the step.",
           new_loss=again(**{name: attrgetter(f"old_{name}") for name in old}))
      for old in (("b1", "b2"), ("W2", "b2"), ("W1", "W2"), ("b1",), ("b2",), ("W1",), ("W2",))),
    Mistake("axis-too-many", "The arrays have an axis too many: x is one row, of shape (D,), so z1 and a1 are of shape (H,) and z2 is a number.",
            *(computed({}, lambda v, names=names: {name: getattr(v, name).reshape(1, -1) for name in names}) for names in (ROWS, (*ROWS, "da1")))),
)  # fmt: skip

CHECKING = "Backpropagation, section “Gradient checking”"
NETWORK = "Layers as objects, section “A network is a layer”"

TASKS = (
    Task("numerical-gradient", CHECKING, slope_cases, measured(), SLOPE_MISTAKES),
    Task("relative-error", CHECKING, ratio_cases, quotient(), RATIO_MISTAKES),
    Task("sequential-forward", NETWORK, forward_cases, Row, FORWARD_MISTAKES, subject="sequential", title="forward of Sequential"),
    Task("sequential-backward", NETWORK, backward_cases, Row, BACKWARD_MISTAKES, subject="sequential", title="backward of Sequential"),
    Task("sequential-update", "Layers as objects, section “The update”", update_cases, Row, UPDATE_MISTAKES, subject="sequential", title="update of Sequential"),
    Task("worked-example", "Backpropagation, section “A network by hand”", example_cases, computed({}), EXAMPLE_MISTAKES,
         (Part("the forward pass", 2, "z1", "a1", "z2", "p", "loss"), Part("the gradients", 3, "d[zWba][12]"), Part("the step", 1, *PARAMETERS, "new_loss"))),
)  # fmt: skip
