"""02_activations: `Sigmoid`, `Tanh`, `ReLU`, `Softplus` and `Softmax`, each with forward and backward."""

import numpy as np

from mlpgrade.judging.declare import (
    EXACT, InParts, Mistake, Task, Use, again, call, is_array, other_argument, overtaken, relative_error, repeated, resized, side_by_side, slips, stale,
)  # fmt: skip

HIDDEN = (
    *(f"mlpkit.activations.{name}" for name in ("sigmoid", "Sigmoid", "Logistic", "Tanh", "ReLU", "softplus", "Softplus", "Softmax")),
    "mlpkit.activations.LeakyReLU",  # with a slope of 1e-300 it is ReLU
    "mlpkit.losses.BinaryCrossEntropy",  # for one row, forward is softplus and backward is sigmoid
    "mlpkit.losses.SoftmaxCrossEntropy",  # backward is softmax, but for the label
)  # fmt: skip

# --- right answers ------------------------------------------------------------------------------------------------------


# fmt: off
def sigma(z): return np.exp(-np.logaddexp(0, -z))
def sigma_slope(z): return np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))) ** 2
def tanh_slope(z): return 4 * sigma_slope(2 * z)
def relu(z): return np.where(z > 0, z, 0.0)
def softplus(z): return np.logaddexp(0, z)
def total(rows): return rows.sum(axis=1, keepdims=True)
def largest(z): return z.max(axis=1, keepdims=True)
def share(e): return e / total(e)
def softmax(z): return share(np.exp(z - largest(z)))
def through_softmax(s, U): return s * (U - total(U * s))
# fmt: on


class Activation(InParts):
    """A right activation in parts, so that a mistake replaces a single one."""

    def forward(self, z):
        self.z = self.keep(z)
        return self.f(z)

    def backward(self, U):
        return self.dz(self.z, U)

    def keep(self, z):
        return z


def activation(f, slope, from_output):
    """Return the class with a(z), a′(z) and dL/dz from a and U. The slope, from z alone, is accurate where a(z) is rounded."""
    dz = (lambda z, U: U * slope(z)) if slope else lambda z, U: from_output(f(z), U)
    return Activation.but(f=staticmethod(f), dz=staticmethod(dz), from_output=staticmethod(from_output))


SIGMOID = activation(sigma, sigma_slope, lambda a, U: U * a * (1 - a))
TANH = activation(np.tanh, tanh_slope, lambda a, U: U * (1 - a**2))
RELU = activation(relu, lambda z: np.where(z > 0, 1.0, 0.0), lambda a, U: U * (a > 0))
SOFTPLUS = activation(softplus, sigma, lambda a, U: U * -np.expm1(-a))
SOFTMAX = activation(softmax, None, through_softmax)

# --- what they are tried on ---------------------------------------------------------------------------------------------


def spread(draw, *shape):
    """Return both signs and one exact zero, in random places."""
    z = 2 * draw.normal(size=shape).reshape(-1)
    z[:3] = 0, abs(z[1]) + 0.1, -abs(z[2]) - 0.1
    return draw.permutation(z).reshape(shape)


def whole(draw, *shape):
    return draw.permutation(np.resize(range(-4, 4), np.prod(shape))).reshape(shape)


def nowhere_small(draw, at):
    """Return an upstream of the shape of z with no entry close to zero."""
    shape = at["z"].shape if "z" in at else (at["N"], at["M"])
    return draw.choice([-1.0, 1.0], shape) * draw.uniform(0.5, 2, shape)


def entries(draw):
    """Return ordinary and extreme z for a function of each entry.

    Ordinary numbers among extreme ones set the scale: what is rounded far out is no mistake. Fixed numbers lie between
    the bounds at which students clip, so that a verdict names the right one.
    """
    ordinary = {
        "5 rows, 3 units": spread(draw, 5, 3), "a vector": np.sort(spread(draw, 7)), "three axes": spread(draw, 2, 3, 4),
        "a single row": spread(draw, 1, 4), "a single unit": spread(draw, 6, 1), "no z is positive": -np.abs(spread(draw, 4, 3)),
    }  # fmt: skip
    far = {
        "z up to ±30": np.array([1e-6, 1.5, 2.5, 4, 6.5, 9, 14, 18.5, *draw.uniform(20.5, 30, 3), 30]),
        "z up to ±1000": np.array([30, 75, 300, 400, 600, *draw.uniform(710, 1000, 3), 1000]),
        "z up to ±10 000": np.array([30, 400, *draw.uniform(1000, 10_000, 3), 10_000]),
    }
    return ordinary, {about: draw.permutation([*z, *-z, *spread(draw, 4)]).reshape(2, -1) for about, z in far.items()}


def logits(draw):
    """Return ordinary and extreme z for a function of each row."""
    sizes = {"5 rows, 3 classes": (5, 3), "as many rows as classes": (4, 4), "a single row": (1, 4), "two classes": (6, 2), "a single class": (3, 1)}  # fmt: skip
    wide = np.array([[10_000, 0, -10_000], [9999, 9998, 9999], [-9999, -9998, -10_000], [0, 1, -9000], [0, 1, 2]])
    return {about: 2 * draw.normal(size=shape) for about, shape in sizes.items()}, {
        "rows of very different size": draw.normal(size=(5, 3)) + np.array([[0], [-1000], [500], [-400], [5]]),
        "z up to ±1000": draw.normal(size=(4, 3)) + np.array([[1000], [-1000], [999], [0]]),
        "z up to ±10 000, far apart within a row too": draw.permutation(wide + draw.uniform(-0.5, 0.5, (5, 3)).round(3)),
    }  # fmt: skip


OUTPUT, GRADIENT = "forward(z)", "dz, the value that backward returns,"
SIZES = {"N": 5, "M": 3}
FORWARD = Use(
    makes=lambda at: (),
    gives={"z": lambda draw, at: spread(draw, at["N"], at["M"])},
    calls=(call("a", "forward", "z"),),
    shows={OUTPUT: "a"},
    keeps=("z",),
)
BACKWARD = FORWARD.but(
    gives=FORWARD.gives | {"upstream": nowhere_small},
    calls=(*FORWARD.calls, call("dz", "backward", "upstream")),
    shows={GRADIENT: "dz"},
    keeps=("z", "upstream"),
    says={"z after backward": "backward wrote into the array z that forward was given"},
)
OTHER_SIZES = resized, again("M")
BOUNDS = -1e150, 1e150
"""They keep what a bare exp makes of large numbers from overflowing when the judge squares it."""
TAIL = "forward(z) has lost its digits where z is very negative: 1 + exp(z) is rounded to about 1. np.log1p(v) is log(1 + v) without the sum"


def plain(use, draw, about, z, **given):
    """Return the case of one z, and of what else is given."""
    return use.case(about, draw, {"N": len(z), "z": z} | given)


def forward_cases(draw, law, inputs, overflows):
    ordinary, extreme = inputs(draw)
    found = [plain(FORWARD, draw, about, z) for about, z in ordinary.items()]
    found += [apart(plain(FORWARD, draw, about, z), OUTPUT, overflows, law.f(z)) for about, z in extreme.items()]
    for low, high in ((-45, -25), (-20, -10), (-150, -60)) if law is SOFTPLUS else ():
        z = draw.uniform(low, high) + draw.uniform(0, 1, 5)  # of about one size: a norm tells of the largest
        found.append(plain(FORWARD, draw, f"z between −{-low} and −{-high - 1}", z).hint(OUTPUT, TAIL))
    found.append(plain(FORWARD, draw, "whole numbers, of an integer dtype", whole(draw, 4, 3)))
    return found + [situation(FORWARD, draw, SIZES) for situation in (*OTHER_SIZES, stale)]


def backward_cases(draw, law, inputs, overflows):
    ordinary, extreme = inputs(draw)
    tried = [(about, z, {}, min(z.shape) == 1 and overflows) for about, z in ordinary.items()]
    tried += [(about, z, {}, overflows) for about, z in extreme.items()]
    z, U = whole(draw, 4, 3), draw.choice([-300, -200, -100, 100, 200, 300], (4, 3))
    tried += [
        ("z holds whole numbers, of an integer dtype", z, {"upstream": 100 * nowhere_small(draw, {"z": z})}, overflows),
        ("upstream holds whole numbers, of an integer dtype", spread(draw, 4, 3), {"upstream": U}, None),
    ]
    found = [fairly(plain(BACKWARD, draw, about, z, **given), law, special) for about, z, given, special in tried]
    situations = (repeated, stale, *OTHER_SIZES, other_argument, overtaken, side_by_side)
    return found + [fairly(situation(BACKWARD, draw, SIZES), law) for situation in situations]


def same_form(given, right):
    return is_array(given) and given.shape == right.shape


def finite_part(given, right):
    """Tell two questions apart: where is an answer not finite, and is it right elsewhere?"""
    if not same_form(given, right):
        return np.zeros(right.shape, bool), given
    holes = ~np.isfinite(given)
    return holes, np.clip(np.where(holes, right, given), *BOUNDS)


def apart(case, label, overflows, right):
    case.hints, case.faults = case.hints | overflows, frozenset(overflows)

    def derive(found):
        holes, found[label] = finite_part(found[label], right)
        return found | dict.fromkeys(overflows, holes)

    return case.judged_by(derive)


def fairly(case, law, overflows=None):
    """Judge backward alone: what it makes of a wrong output of forward, by the right formula, is right.

    An output that is the same everywhere tells nothing: zeros from forward and zeros from backward earn no point. In
    a special case, one that `overflows`, it may be, since others show the formula; there nothing is asked where
    forward's output is not finite.
    """
    steps, case.steps = case.steps, []
    for step in steps:
        case.steps.append(step)
        if step["do"] == "bind" and step["name"] in BACKWARD.gives:
            case.publish(f"{step['name']} given", step["name"])
        if step["do"] == "call" and step["name"] == "a":
            case.publish("a", "a")
    case.hints, case.faults = case.hints | (overflows or {}), frozenset(overflows or ())

    def derive(found):
        z, U, a, dz = (found[label] for label in ("z given", "upstream given", "a", GRADIENT))
        right, holes = law.dz(z, U), np.zeros(z.shape, bool)
        if same_form(dz, right):
            dz = dz.astype(float)
            own = law.from_output(a.astype(float), U) if same_form(a, right) else right
            if overflows:
                excused = ~np.isfinite(own)
                holes, dz = finite_part(np.where(excused, right, dz), right)
                own = np.clip(np.where(excused, right, own), *BOUNDS)
            telling = overflows or not same_form(a, right) or np.ptp(a) > 0
            dz = right if telling and relative_error(dz, own) <= EXACT else dz
        kept = {label: found[label] for label in ("z after backward", "upstream after backward")}
        return kept | {GRADIENT: dz} | dict.fromkeys(overflows or (), holes)

    return case.judged_by(derive)


# --- wrong answers ------------------------------------------------------------------------------------------------------

shared: dict = {}


def accumulates(law):
    def backward(self, U):
        dz, before = law.dz(self.z, U), getattr(self, "sum", 0)
        self.sum = dz + before if np.shape(before) in ((), np.shape(dz)) else dz
        return self.sum

    return law.but(backward=backward)


def mistakes(law, part, without, *known):
    """Return the mistakes with `part` of the right class replaced by what is wrong, where that is no class of its own.

    `without` are ids of those that make no difference to this function, or the same one as another.
    """
    made = lambda wrong: wrong if isinstance(wrong, type) else law.but(**{part: staticmethod(wrong)})  # noqa: E731
    return tuple(Mistake(one.id, one.says, *map(made, one.wrong)) for one in known if one.id not in without)


CLIPS = 3, 5, 10, 20, 50, 100, 500, 700
LEAKS = 0.3, 0.2, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8
DTYPE = "backward cuts off the decimals when {0} holds whole numbers: an array made like {0} has its integer dtype."


def clipped_at(*bounds):
    return tuple(f"z-clipped-at-{bound}" for bound in bounds)


def forward_mistakes(law, *own, without=()):
    """Return mistakes in any forward, as functions of z, with those of this function first."""
    f = law.f
    return mistakes(law, "f", without,
        *own,
        *slips("forward", lambda change: lambda z: change(f(z)), "zeros"),
        Mistake("z-as-it-came", "forward returns z as it came.", lambda z: z + 0.0),
        Mistake("derivative-in-forward", "forward returns the derivative: f′(z) belongs to backward.", lambda z: law.dz(z, np.ones(z.shape))),
        *slips("forward", lambda change: lambda z: change(f(z)), "negated"),
        *slips("forward", lambda change: lambda z: change(f(change(z))), "float16"),
        Mistake("forward-like-z", "forward cuts off the decimals when z holds whole numbers: an array made like z has its integer dtype.", lambda z: f(z).astype(z.dtype)),
        *slips("forward", lambda change: lambda z: change(f(z)), "whole"),
        *(Mistake(f"z-clipped-at-{bound}", f"forward clips z to ±{bound}: that changes the result beyond. Choose a form that needs none.",
                  lambda z, bound=bound: f(np.clip(z, -bound, bound))) for bound in CLIPS),
        Mistake("first-call-only", "forward returns what it returned the first time: it answers for one array only.", law.but(forward=lambda self, z: self.__dict__.setdefault("first", f(z)))),
    )  # fmt: skip


def backward_mistakes(law, *own, without=(), ends=CLIPS):
    """Return mistakes in any backward, as functions of z and upstream, with those of this function first."""
    f, dz = law.f, law.dz
    entrywise = () if law is SOFTMAX else (
        *slips("backward", lambda change: lambda z, U: change(dz(z, U)), "zeros"),
        Mistake("without-upstream", "backward ignores upstream: by the chain rule dz is upstream times the derivative.", lambda z, U: dz(z, np.ones(z.shape))),
        Mistake("derivative-at-output", "The derivative is taken at the output: it belongs at z. (f′ is applied to f(z), one application too many.)", lambda z, U: dz(f(z), U)),
    )  # fmt: skip
    return mistakes(law, "dz", without,
        *own,
        Mistake("returns-upstream", "backward returns upstream as it came: the derivative is missing.", lambda z, U: U + 0.0),
        Mistake("times-output", "backward multiplies upstream by the output of forward: it must be the derivative.", lambda z, U: U * f(z)),
        Mistake("times-output-too", "backward multiplies by the activation once too often: dz is upstream times the derivative, no more.", lambda z, U: dz(z, U) * f(z)),
        Mistake("times-z-too", "backward multiplies by z once too often: dz is upstream times the derivative, no more.", lambda z, U: dz(z, U) * z),
        *slips("dz", lambda change: lambda z, U: change(dz(z, U)), "negated"),
        Mistake("divided-by-n", "dz is divided by N: the loss has averaged over the batch already, so its 1/N is inside upstream.", lambda z, U: dz(z, U) / len(U)),
        Mistake("divided-by-size", "dz is divided by the number of entries: the loss has averaged already.", lambda z, U: dz(z, U) / U.size),
        Mistake("upstream-summed-by-row", "backward sums upstream over each row: every entry keeps its own.", lambda z, U: dz(z, np.ones(U.shape) * U.sum(axis=-1, keepdims=True))),
        Mistake("upstream-summed-up", "backward sums upstream over everything: every entry keeps its own.", lambda z, U: dz(z, np.full(U.shape, 1.0 * U.sum()))),
        Mistake("rows-summed", "backward sums over the rows of the batch: dz has the shape of z, every example keeps its own row.", lambda z, U: dz(z, U).sum(axis=0)),
        Mistake("upstream-added", "backward adds upstream where it should multiply.", lambda z, U: U + dz(z, np.ones(U.shape))),
        Mistake("divides", "backward divides by the derivative: the chain rule multiplies.", lambda z, U: U * U / dz(z, U)),
        Mistake("positive-upstream-only", "backward lets pass only what is positive in upstream: its sign has nothing to do with the derivative.", lambda z, U: dz(z, np.maximum(U, 0))),
        Mistake("upstream-clipped", "upstream is clipped to −1 … 1: backward passes on the gradient as it is.", lambda z, U: dz(z, np.clip(U, -1, 1))),
        Mistake("dz-like-z", DTYPE.format("z"), lambda z, U: dz(z, U).astype(z.dtype)),
        Mistake("dz-like-upstream", DTYPE.format("upstream"), lambda z, U: dz(z, U).astype(U.dtype)),
        Mistake("zero-far-out", "dz is 0 where |z| is large: the function goes on there, and its derivative with it.", *(lambda z, U, bound=bound: dz(z, U) * (np.abs(z) <= bound) for bound in ends)),
        *entrywise,
        Mistake("first-batch-kept", "backward answers for the first forward: keep what belongs to the latest, also when another came before.", law.but(keep=lambda self, z: getattr(self, "z", z))),
        Mistake("cache-shared", "backward uses what another object has kept: store it in self, not in a global variable, the class or a default argument.",
                law.but(keep=lambda self, z: shared.update(z=z), backward=lambda self, U: dz(shared["z"], U))),
        Mistake("accumulates", "dz accumulates from call to call: each backward starts afresh.", accumulates(law)),
    )  # fmt: skip


SIGMOID_FORWARD = forward_mistakes(
    SIGMOID,
    Mistake("exponent-sign", "The sign in the exponent is missing: this is σ(−z). The sigmoid is 1 / (1 + exp(−z)).", lambda z: sigma(-z)),
    Mistake("brackets", "Brackets are missing: 1 / 1 + exp(−z) is 1 + exp(−z). Write 1 / (1 + np.exp(-z)).", lambda z: 1 / 1 + np.exp(-z)),
    Mistake("is-tanh", "This is tanh: the sigmoid runs from 0 to 1, 1 / (1 + exp(−z)).", np.tanh),
    Mistake("twice-z", "This is ½(1 + tanh z) = σ(2z): the half inside is missing, ½(1 + tanh(z/2)).", lambda z: sigma(2 * z)),
    Mistake("half-z", "This is σ(z/2): the sigmoid is ½(1 + tanh(z/2)) or 1 / (1 + exp(−z)).", lambda z: sigma(z / 2)),
    Mistake("no-one", "The 1 in the denominator is missing: this is exp(z).", lambda z: np.exp(1.0 * z)),
    Mistake("denominator-sign", "1 − exp(−z) for 1 + exp(−z): the sign in the denominator is wrong.", lambda z: 1 / (1 - np.exp(-z))),
    Mistake("applied-twice", "The sigmoid is applied twice.", lambda z: sigma(sigma(z))),
    Mistake("one-too-early", "forward jumps to 1 too early: exp(−z) still counts there.", *(lambda z, bound=bound: np.where(z > bound, 1, sigma(z)) for bound in (3, 5, 8, 10, 15))),
    Mistake("is-step", "This is a step, 0 or 1: the sigmoid changes smoothly, 1 / (1 + exp(−z)).", lambda z: (z >= 0) * 1.0),
    Mistake("is-hard", "This is a “hard” sigmoid, straight lines: the sigmoid is 1 / (1 + exp(−z)).", *(lambda z, slope=slope: np.clip(slope * z + 0.5, 0, 1) for slope in (0.2, 0.25, 1 / 6))),
    without=clipped_at(50, 100, 500, 700),
)  # fmt: skip

SIGMOID_BACKWARD = backward_mistakes(
    SIGMOID,
    Mistake("formula-of-z", "The formula a(1 − a) is fed the input, z(1 − z): a is the output, σ(z).", lambda z, U: U * z * (1 - z)),
    Mistake("slope-of-tanh", "This is the derivative of tanh, 1 − a²: the sigmoid's is a(1 − a).", lambda z, U: U * (1 - np.tanh(z) ** 2)),
    Mistake("formula-of-tanh", "dz is upstream · (1 − a²), tanh's formula: the sigmoid's derivative is a(1 − a).", lambda z, U: U * (1 - sigma(z) ** 2)),
    Mistake("no-a", "dz is upstream · (1 − a): the factor a is missing.", lambda z, U: U * (1 - sigma(z))),
    Mistake("one-plus-a", "dz is upstream · (1 + a) a: the sign in the bracket is wrong, the derivative is a(1 − a).", lambda z, U: U * sigma(z) * (1 + sigma(z))),
    Mistake("a-squared", "dz is upstream · a²: the derivative is a(1 − a).", lambda z, U: U * sigma(z) ** 2),
    Mistake("quarter-everywhere", "The derivative is ¼ everywhere: that is its value at z = 0 alone. It is a(1 − a).", lambda z, U: U / 4),
    Mistake("output-again", "σ is applied to the output once more before a(1 − a): forward has applied it already.", lambda z, U: U * sigma_slope(sigma(z))),
    Mistake("slope-of-hard", "The derivative is that of the “hard” sigmoid, 0.2 or 0: the sigmoid's is a(1 − a).", lambda z, U: U * 0.2 * (np.abs(z) < 2.5)),
    without=("derivative-at-output",), ends=(3, 5, 10),
)  # fmt: skip

TANH_FORWARD = forward_mistakes(
    TANH,
    Mistake("half-z", "This is 2σ(z) − 1: the 2 inside is missing, tanh z = 2σ(2z) − 1.", lambda z: np.tanh(z / 2)),
    Mistake("unstretched", "This is σ(2z): stretch it and move it down, tanh z = 2σ(2z) − 1.", lambda z: sigma(2 * z)),
    Mistake("is-sigmoid", "This is the sigmoid: tanh runs from −1 to 1.", sigma),
    Mistake("is-arctan", "This is arctan: tanh z is (e^z − e^−z) / (e^z + e^−z).", np.arctan),
    Mistake("is-sinh", "This is sinh: the division by cosh is missing.", lambda z: np.sinh(1.0 * z)),
    Mistake("is-tangent", "This is the trigonometric tangent, np.tan: you want np.tanh.", np.tan),
    Mistake("applied-twice", "tanh is applied twice.", lambda z: np.tanh(np.tanh(z))),
    Mistake("cut-off-at-one", "forward cuts z off at −1 and 1: tanh bends smoothly.", lambda z: np.clip(z, -1.0, 1.0)),
    without=clipped_at(20, 50, 100, 500, 700),
)  # fmt: skip

TANH_BACKWARD = backward_mistakes(
    TANH,
    Mistake("no-square", "dz is upstream · (1 − a): the square is missing, the derivative is 1 − a².", lambda z, U: U * (1 - np.tanh(z))),
    Mistake("formula-of-z", "dz is upstream · (1 − z²): a is the output, tanh z, not the input.", lambda z, U: U * (1 - z**2)),
    Mistake("output-again", "tanh is applied to the output once more before 1 − a²: forward has applied it already.", lambda z, U: U * tanh_slope(np.tanh(z))),
    Mistake("formula-of-sigmoid", "dz is upstream · a(1 − a), the sigmoid's formula: tanh's derivative is 1 − a².", lambda z, U: U * np.tanh(z) * (1 - np.tanh(z))),
    Mistake("one-plus-a-squared", "dz is upstream · (1 + a²): the derivative is 1 − a².", lambda z, U: U * (1 + np.tanh(z) ** 2)),
    Mistake("a-squared", "dz is upstream · a²: the derivative is 1 − a².", lambda z, U: U * np.tanh(z) ** 2),
    Mistake("square-of-difference", "dz is upstream · (1 − a)²: the derivative is 1 − a².", lambda z, U: U * (1 - np.tanh(z)) ** 2),
    Mistake("slope-of-sigmoid", "This is the derivative of the sigmoid: tanh's is 1 − a².", lambda z, U: U * sigma_slope(z)),
    Mistake("slope-of-arctan", "This is the derivative of arctan, 1 / (1 + z²): tanh's is 1 − a².", lambda z, U: U / (1.0 + z**2)),
    without=("derivative-at-output",), ends=(3, 5),
)  # fmt: skip

RELU_FORWARD = forward_mistakes(
    RELU,
    Mistake("vectorize-dtype", "forward cuts off decimals when the first z is not positive: np.vectorize takes the dtype of its first result, 0; give it otypes=[float].",
            lambda z: np.trunc(relu(z)) if z.flat[0] <= 0 else relu(z)),
    Mistake("absolute", "This is |z|: negative numbers become 0.", np.abs),
    Mistake("minimum", "min stands where max should: positive numbers pass, negative ones become 0.", lambda z: np.minimum(z, 0)),
    Mistake("max-of-columns", "np.max(z, 0) is the largest of each column, along axis 0: you want np.maximum(z, 0).", lambda z: np.max(z, 0)),
    Mistake("max-of-all", "np.max(z) is the largest of all: you want np.maximum(z, 0), entry by entry.", np.max),
    Mistake("leaky", "The negative side leaks: ReLU is exactly 0 there. (With a slope it is called leaky ReLU.)", *(lambda z, slope=slope: np.where(z > 0, z, slope * z) for slope in LEAKS)),
    Mistake("is-relu6", "forward ends at 6 (ReLU6): ReLU has no upper end.", lambda z: np.clip(z, 0.0, 6.0)),
    Mistake("ends-at-one", "forward ends at 1: ReLU has no upper end.", lambda z: np.clip(z, 0.0, 1.0)),
    Mistake("is-step", "forward returns 1 where z is positive: that is the derivative, ReLU returns z itself.", lambda z: (z > 0) * 1.0),
    Mistake("is-softplus", "This is softplus: ReLU has a corner, max(0, z).", softplus),
    Mistake("forward-shortened", "forward shortens the array: negative numbers become 0 and keep their places.", lambda z: z[z > 0]),
    without=("derivative-in-forward", "forward-like-z"),
)  # fmt: skip

RELU_BACKWARD = backward_mistakes(
    RELU,
    Mistake("one-at-zero", "The derivative is 1 at z = 0: we agreed on 0, so the mask is z > 0.", lambda z, U: U * (z >= 0)),
    Mistake("half-at-zero", "The derivative is ½ at z = 0: we agreed on 0.", lambda z, U: U * np.heaviside(z, 0.5)),
    Mistake("mask-of-upstream", "The mask is taken from the sign of upstream: it is z that decides.", lambda z, U: np.maximum(U, 0)),
    Mistake("mask-above-zero", "The mask begins above 0: the gradient passes wherever z is positive.", *(lambda z, U, bound=bound: U * (z > bound) for bound in (1e-5, 1e-4, 1e-3, 0.01, 0.1, 0.5, 1))),
    Mistake("mask-upside-down", "The mask is upside down: the gradient passes where z is positive.", lambda z, U: U * (z < 0)),
    Mistake("leaky-gradient", "A little gradient leaks where z ≤ 0: the derivative is exactly 0 there.", *(lambda z, U, slope=slope: np.where(z > 0, U, slope * U) for slope in LEAKS)),
    Mistake("slope-of-relu6", "The gradient is cut off above z = 6 (ReLU6): ReLU has no upper end.", lambda z, U: U * ((z > 0) & (z < 6))),
    Mistake("slope-of-absolute", "The derivative is −1 on the left, as for |z|: ReLU's is 0.", lambda z, U: U * np.sign(z)),
    Mistake("dz-shortened", "backward shortens the array: where z is not positive dz is 0, and dz has the shape of z.", lambda z, U: U[z > 0]),
    without=("derivative-at-output", "dz-like-upstream", "times-output-too", "times-z-too"), ends=(3, 10, 20, 50, 100, 500, 700),
)  # fmt: skip

SOFTPLUS_FORWARD = forward_mistakes(
    SOFTPLUS,
    Mistake("exponent-sign", "This is log(1 + exp(−z)): the exponent is +z.", lambda z: softplus(-z)),
    *(Mistake(f"base-{base}", f"The logarithm is to base {base}, that is, softplus divided by log {base}: np.log is the natural one.",
              lambda z, base=base: softplus(z) / np.log(base)) for base in (2, 10)),
    Mistake("logaddexp2", "np.logaddexp2 works with powers of 2: softplus is np.logaddexp(0, z).", lambda z: np.logaddexp2(0, z)),
    Mistake("is-relu", "This is ReLU: softplus adds log(1 + exp(−|z|)) to it.", lambda z: np.maximum(z, 0.0)),
    Mistake("no-one", "The 1 is missing: log(exp(z)) is z.", lambda z: z * 1.0),
    Mistake("no-logarithm", "The logarithm is missing: this is 1 + exp(z).", lambda z: 1 + np.exp(1.0 * z)),
    Mistake("one-twice", "log1p adds the 1 itself: this is log(2 + exp(z)).", lambda z: np.log(2 + np.exp(1.0 * z))),
    Mistake("no-absolute", "The absolute value is missing: max(0, z) goes with log(1 + exp(−|z|)), not with log(1 + exp(−z)).", lambda z: np.maximum(z, 0) + np.log1p(np.exp(-1.0 * z))),
    Mistake("no-maximum", "max(0, z) is missing: log(1 + exp(−|z|)) is only the second part.", lambda z: softplus(-np.abs(z))),
    Mistake("z-too-early", "forward switches to z too early: log(1 + exp(−z)) is still too large to leave out there.",
            *(lambda z, bound=bound: np.where(z > bound, z, softplus(z)) for bound in (1, 2, 3, 5, 8, 10))),
    without=("z-as-it-came",),
)  # fmt: skip

SOFTPLUS_BACKWARD = backward_mistakes(
    SOFTPLUS,
    Mistake("slope-is-tanh", "The derivative is tanh z: softplus's is σ(z).", lambda z, U: U * np.tanh(z)),
    Mistake("slope-is-one", "The derivative is 1 everywhere: softplus's is σ(z).", lambda z, U: U + 0.0),
    Mistake("slope-of-relu", "The derivative is ReLU's step: softplus's is σ(z), which changes smoothly.", lambda z, U: U * (z > 0)),
    Mistake("slope-of-sigmoid", "The derivative is σ(1 − σ), that of the sigmoid: softplus's is σ(z) itself.", lambda z, U: U * sigma_slope(z)),
    Mistake("sigmoid-of-output", "σ is applied to the output: the derivative is σ(z), of the input.", lambda z, U: U * sigma(softplus(z))),
    Mistake("slope-sign", "This is upstream · σ(−z): the derivative is σ(z) = 1 / (1 + exp(−z)).", lambda z, U: U * sigma(-z)),
    Mistake("twice-z", "This is upstream · σ(2z): the derivative is σ(z) = ½(1 + tanh(z/2)).", lambda z, U: U * sigma(2 * z)),
    Mistake("slope-is-exp", "The derivative is exp(z): divide by 1 + exp(z).", lambda z, U: U * np.exp(1.0 * z)),
    without=("derivative-at-output", "returns-upstream"),
)  # fmt: skip

INSTEAD = "The {} is taken off instead of the maximum: exp still overflows when the logits of a row lie far apart."


# fmt: off
def share_of_all(e): return e / e.sum()
def guarded(axis, extra): return lambda z: (e := np.exp(z - z.max(axis=axis, keepdims=True))) / (total(e) + extra)
def only_row(number): return lambda z: np.where(np.arange(len(z))[:, None] == number % len(z), softmax(z), 0)
def rows(formula): return lambda z, U: formula(softmax(z), U)  # a gradient from the probabilities s and upstream
def jacobian_of(number): return rows(lambda s, U: U @ (np.diag(s[number]) - np.outer(s[number], s[number])))
def sigmoid_slopes(z, U): return U * sigma_slope(z)
# fmt: on


SOFTMAX_FORWARD = forward_mistakes(
    SOFTMAX,
    Mistake("columns", "The columns sum to 1: each row is a distribution, so the axis is 1.", lambda z: softmax(z.T).T),
    Mistake("sum-of-batch", "One sum serves the whole batch: each row has a sum of its own, axis=1.", lambda z: share_of_all(np.exp(z - largest(z)))),
    Mistake("one-long-row", "The batch is treated as one long row: maximum and sum belong to each row, axis=1 with keepdims=True.", lambda z: share_of_all(np.exp(z - z.max()))),
    Mistake("no-maximum", "exp overflows, or a whole row underflows to 0/0: take each row's maximum off first, which changes nothing else.", lambda z: share(np.exp(1.0 * z))),
    Mistake("maximum-added", "The maximum is added: it has to be subtracted.", lambda z: share(np.exp(z + largest(z)))),
    Mistake("maximum-of-batch", "One maximum serves the whole batch, and rows far below it underflow to 0/0: take each row's own, axis=1.", lambda z: share(np.exp(z - z.max()))),
    Mistake("maximum-of-columns", "The columns' maxima are taken off: that changes the differences within a row. Take each row's own, axis=1.", lambda z: share(np.exp(z - z.max(axis=0)))),
    Mistake("mean-off", INSTEAD.format("mean"), lambda z: share(np.exp(z - z.mean(axis=1, keepdims=True)))),
    Mistake("minimum-off", INSTEAD.format("minimum"), lambda z: share(np.exp(z - z.min(axis=1, keepdims=True)))),
    Mistake("sum-guarded", "Something is added to the sum of the row: with the row's own maximum taken off the sum is at least 1, so leave it.",
            *(guarded(1, extra) for extra in (1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9)),
            *(guarded(None, extra) for extra in (1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12))),
    Mistake("absolute-off", "The largest absolute value is taken off instead of the maximum: a row of negative numbers underflows to 0/0.", lambda z: share(np.exp(z - largest(np.abs(z))))),
    *(Mistake(f"floored-at-{bound:g}", f"The probabilities are kept above {bound:g}: the rows then no longer sum to 1, and nothing here takes a logarithm.",
              lambda z, bound=bound: np.maximum(softmax(z), bound)) for bound in (1e-3, 1e-5, 1e-6, 1e-7, 1e-8)),
    Mistake("is-log-softmax", "This is the log-softmax: return the probabilities themselves.", lambda z: z - np.logaddexp.reduce(z, axis=1, keepdims=True)),
    Mistake("no-division", "The division by the sum of the row is missing.", lambda z: np.exp(z - largest(z))),
    Mistake("is-sigmoid", "Each entry goes through a sigmoid of its own: in a softmax the classes share the sum.", sigma),
    Mistake("powers-of-two", "The powers are those of 2: softmax takes those of e, np.exp.", lambda z: share(2.0 ** (z - largest(z)))),
    Mistake("no-exponential", "The exponential is missing: this is each logit's share of the row's sum.", lambda z: share(1.0 * z)),
    Mistake("is-argmax", "forward returns 1 for the largest logit and 0 for the others: softmax gives each a positive share.", lambda z: (z == largest(z)) * 1.0),
    Mistake("exponent-sign", "The exponent has the wrong sign: this is the softmax of −z.", lambda z: softmax(-z)),
    Mistake("applied-twice", "Softmax is applied twice.", lambda z: softmax(softmax(z))),
    *slips("forward", lambda change: lambda z: change(softmax(z)), "squeezed"),
    Mistake("first-row-only", "Only the first row is filled in: does the loop return too early?", only_row(0)),
    Mistake("last-row-only", "Only the last row is filled in: does the loop make a new array each time?", only_row(-1)),
    without=("derivative-in-forward", "z-clipped-at-100"),
)  # fmt: skip


SOFTMAX_BACKWARD = backward_mistakes(
    SOFTMAX,
    Mistake("slope-of-sigmoid", "This is the derivative of a sigmoid for each entry: in a softmax every output depends on all logits of its row.",
            sigmoid_slopes, SOFTMAX.but(f=staticmethod(sigma), dz=staticmethod(sigmoid_slopes))),
    Mistake("diagonal-alone", "backward uses the diagonal of the Jacobian alone, s(1 − s): every output of a row depends on every logit of that row.", rows(lambda s, U: U * s * (1 - s))),
    Mistake("off-diagonal-sign", "The entries off the diagonal of the Jacobian have the wrong sign: they are −s_i s_j.", rows(lambda s, U: U * s * (1 - s) + s * (total(U * s) - U * s))),
    Mistake("inner-product-added", "The inner product is added: dz is s ⊙ (upstream − ⟨upstream, s⟩).", rows(lambda s, U: s * (U + total(U * s)))),
    Mistake("no-inner-product", "The inner product is missing: dz is s ⊙ (upstream − ⟨upstream, s⟩).", rows(lambda s, U: s * U)),
    Mistake("backward-zeros", "backward returns zeros. Only for an upstream of all ones is that right.", lambda z, U: 0.0 * U),
    Mistake("jacobian-of-first", "The Jacobian of the first row serves for all rows: each has its own.", jacobian_of(0)),
    Mistake("jacobian-of-last", "The Jacobian of the last row serves for all rows: each has its own.", jacobian_of(-1)),
    Mistake("inner-product-of-batch", "One inner product serves the whole batch: each row has its own, axis=1 with keepdims=True.", rows(lambda s, U: s * (U - np.sum(U * s)))),
    Mistake("inner-product-over-batch", "The inner product runs along axis 0, over the batch: it belongs to each row, axis=1.", rows(lambda s, U: s * (U - (U * s).sum(axis=0)))),
    Mistake("columns-backward", "backward works down the columns: each row is a distribution, so the axis is 1.", lambda z, U: through_softmax(softmax(z.T), U.T).T),
    Mistake("inner-product-averaged", "The inner product is a mean: ⟨upstream, s⟩ is the sum over the row.", rows(lambda s, U: s * (U - total(U * s) / U.shape[1]))),
    Mistake("sum-unweighted", "The sum of upstream is taken off without the weights s: the inner product is Σ_i u_i s_i.", rows(lambda s, U: s * (U - total(U)))),
    Mistake("mean-unweighted", "The plain mean of upstream is taken off: the mean has to be weighted with s, ⟨upstream, s⟩ = Σ_i u_i s_i.", rows(lambda s, U: s * (U - total(U) / U.shape[1]))),
    Mistake("no-factor", "The factor s in front is missing: dz is s ⊙ (upstream − ⟨upstream, s⟩).", rows(lambda s, U: U - total(U * s))),
    Mistake("of-cross-entropy", "dz is s − upstream: that is the gradient of softmax and cross-entropy together, for labels. Here upstream is dL/ds.", rows(lambda s, U: s - U)),
    Mistake("diagonal-without-upstream", "backward ignores upstream: it returns the diagonal of the Jacobian, s(1 − s).", rows(lambda s, U: s * (1 - s))),
    Mistake("softmax-again", "Softmax is applied to the output once more: forward has applied it already.", rows(lambda s, U: through_softmax(softmax(s), U))),
    without=("times-output", "upstream-summed-by-row", "upstream-summed-up", "upstream-added"),
)  # fmt: skip

# --- tasks --------------------------------------------------------------------------------------------------------------

EXP = "np.exp of more than 709 is ∞"
OUTPUT_HELPS = f"{EXP}, and ∞/∞ is NaN. Make the derivative from the output of forward, which is between {{}} and 1"


NAMES = {"sigmoid": "the sigmoid", "relu": "ReLU"}


def task(name, part, section, law, known, why, inputs=entries):
    """Return a task with its mistakes; `why` it may overflow is what to say where it does."""
    cases, label = (forward_cases, OUTPUT) if part == "forward" else (backward_cases, "dz")
    faults = {f"{part}-overflows": f"{label} is not finite where z is large: {why}"}
    made = lambda draw: cases(draw, law, inputs, faults)  # noqa: E731
    where = f"Activation functions, section “{section}”"
    title = f"{part} of {NAMES.get(name, name)}"
    return Task(f"{name}-{part}", where, made, law, known, subject=name, faults=faults, title=title)


TASKS = (
    task("sigmoid", "forward", "The sigmoid", SIGMOID, SIGMOID_FORWARD, f"{EXP}, and ∞/∞ is NaN. 1 / (1 + exp(−z)) ends at 1/∞ = 0, and ½(1 + tanh(z/2)) never overflows"),
    task("sigmoid", "backward", "The sigmoid", SIGMOID, SIGMOID_BACKWARD, OUTPUT_HELPS.format("0")),
    task("tanh", "forward", "Tanh", TANH, TANH_FORWARD, f"{EXP}, and ∞/∞ is NaN. Use np.tanh"),
    task("tanh", "backward", "Tanh", TANH, TANH_BACKWARD, OUTPUT_HELPS.format("−1")),
    task("relu", "forward", "ReLU", RELU, RELU_FORWARD, "choose between z and 0, nothing has to be computed"),
    task("relu", "backward", "ReLU", RELU, RELU_BACKWARD, "choose between upstream and 0, nothing has to be computed"),
    task("softplus", "forward", "When the exponential is too large", SOFTPLUS, SOFTPLUS_FORWARD, f"{EXP}. In max(0, z) + log1p(exp(−|z|)) the exponent is never positive"),
    task("softplus", "backward", "Softplus", SOFTPLUS, SOFTPLUS_BACKWARD, f"{EXP}, and ∞/∞ is NaN. The derivative is σ(z), in a form that does not overflow"),
    task("softmax", "forward", "Softmax", SOFTMAX, SOFTMAX_FORWARD, "take each row's own maximum off before np.exp", logits),
    task("softmax", "backward", "Softmax", SOFTMAX, SOFTMAX_BACKWARD, "use the probabilities that forward returned, and compute no exponential here", logits),
)  # fmt: skip
