"""02_activations: `Sigmoid`, `Tanh`, `ReLU`, `Softplus` and `Softmax`, each with forward and backward."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from mlpgrade.challenge import Case
from mlpgrade.judge import Task
from mlpkit.diagnosis import EXACT, relative_error

ASSIGNMENT = "02_activations"

HIDDEN = (
    "mlpkit.activations.sigmoid",
    "mlpkit.activations.Sigmoid",
    "mlpkit.activations.Logistic",
    "mlpkit.activations.Tanh",
    "mlpkit.activations.ReLU",
    "mlpkit.activations.LeakyReLU",  # with a slope of 1e-300 it is ReLU
    "mlpkit.activations.softplus",
    "mlpkit.activations.Softplus",
    "mlpkit.activations.Softmax",
    "mlpkit.losses.BinaryCrossEntropy",  # for one row, forward is softplus and backward is sigmoid
    "mlpkit.losses.SoftmaxCrossEntropy",  # backward is softmax, but for the label
)

OUTPUT = "forward(z)"
GRADIENT = "dz, the value that backward returns,"

_TAIL = "forward(z) has lost its digits where z is very negative: 1 + exp(z) is rounded to about 1. np.log1p(v) is log(1 + v) without the sum"


class _Activation:
    """A right activation in parts, so that a mistake replaces a single one."""

    def forward(self, z):
        self.z = self.keep(z)
        return self.output(z)

    def backward(self, U):
        return self.passed(U)

    def keep(self, z):
        return z

    def output(self, z):
        return self.function(z)

    def passed(self, U):
        return U * self.slope(self.z)

    @staticmethod
    def function(z):
        """f(z)."""

    @staticmethod
    def slope(z):
        """f′(z), from z alone: accurate also where f(z) has been rounded."""

    @staticmethod
    def from_output(a, U):
        """dL/dz from a = f(z)."""


class _Sigmoid(_Activation):
    @staticmethod
    def function(z):
        return np.exp(-np.logaddexp(0, -z))

    @staticmethod
    def slope(z):
        return np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))) ** 2

    @staticmethod
    def from_output(a, U):
        return U * a * (1 - a)


class _Tanh(_Activation):
    @staticmethod
    def function(z):
        return np.tanh(z)

    @staticmethod
    def slope(z):
        return 4 * _Sigmoid.slope(2 * z)

    @staticmethod
    def from_output(a, U):
        return U * (1 - a**2)


class _ReLU(_Activation):
    @staticmethod
    def function(z):
        return np.where(z > 0, z, 0.0)

    @staticmethod
    def slope(z):
        return np.where(z > 0, 1.0, 0.0)

    @staticmethod
    def from_output(a, U):
        return U * (a > 0)


class _Softplus(_Activation):
    @staticmethod
    def function(z):
        return np.logaddexp(0, z)

    @staticmethod
    def slope(z):
        return _Sigmoid.function(z)

    @staticmethod
    def from_output(a, U):
        return U * -np.expm1(-a)


class _Softmax(_Activation):
    @staticmethod
    def function(z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def passed(self, U):
        return self.from_output(self.function(self.z), U)

    @staticmethod
    def from_output(a, U):
        return a * (U - (U * a).sum(axis=1, keepdims=True))


def _spread(draw: np.random.Generator, *shape: int) -> np.ndarray:
    """Both signs and one exact zero, in random places."""
    z = 2 * draw.normal(size=shape).reshape(-1)
    z[:3] = 0, abs(z[1]) + 0.1, -abs(z[2]) - 0.1
    return draw.permutation(z).reshape(shape)


def _ordinary(draw: np.random.Generator) -> Iterator[tuple[str, np.ndarray]]:
    yield "5 rows, 3 units", _spread(draw, 5, 3)
    yield "a vector", np.sort(_spread(draw, 7))
    yield "three axes", _spread(draw, 2, 3, 4)
    yield "a single row", _spread(draw, 1, 4)
    yield "a single unit", _spread(draw, 6, 1)
    yield "no z is positive", -np.abs(_spread(draw, 4, 3))


def _extreme(draw: np.random.Generator) -> Iterator[tuple[str, np.ndarray]]:
    """Ordinary numbers among them set the scale: what is rounded far out is no mistake.

    Fixed numbers lie between the bounds at which students clip, so that a verdict names the right one.
    """
    for about, fixed, low, high in (
        ("z up to ±30", (1e-6, 1.5, 2.5, 4, 6.5, 9, 14, 18.5), 20.5, 30),
        ("z up to ±1000", (30, 75, 300, 400, 600), 710, 1000),
        ("z up to ±10 000", (30, 400), 1000, 10_000),
    ):
        far = np.concatenate([fixed, draw.uniform(low, high, 3), [high]])
        yield about, draw.permutation(np.concatenate([far, -far, _spread(draw, 4)])).reshape(2, -1)


def _whole(draw: np.random.Generator, *shape: int) -> np.ndarray:
    return draw.permutation(np.resize([-4, -3, -2, -1, 0, 1, 2, 3], int(np.prod(shape)))).reshape(shape)


def _logits(draw: np.random.Generator) -> Iterator[tuple[str, np.ndarray]]:
    for about, rows, classes in (
        ("5 rows, 3 classes", 5, 3),
        ("as many rows as classes", 4, 4),
        ("a single row", 1, 4),
        ("two classes", 6, 2),
        ("a single class", 3, 1),
    ):
        yield about, 2 * draw.normal(size=(rows, classes))


def _extreme_logits(draw: np.random.Generator) -> Iterator[tuple[str, np.ndarray]]:
    yield "rows of very different size", draw.normal(size=(5, 3)) + np.array([[0], [-1000], [500], [-400], [5]])
    yield "z up to ±1000", draw.normal(size=(4, 3)) + np.array([[1000], [-1000], [999], [0]])
    wide = np.array([[10_000, 0, -10_000], [9999, 9998, 9999], [-9999, -9998, -10_000], [0, 1, -9000], [0, 1, 2]])
    yield (
        "z up to ±10 000, far apart within a row too",
        draw.permutation(wide + draw.uniform(-0.5, 0.5, (5, 3)).round(3)),
    )


def _inputs(function: type[_Activation]) -> tuple[Callable, Callable]:
    return (_logits, _extreme_logits) if function is _Softmax else (_ordinary, _extreme)


def _upstream(draw: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Random, and no entry close to zero."""
    return draw.choice([-1.0, 1.0], shape) * draw.uniform(0.5, 2, shape)


def _forward_cases(function: type[_Activation], too_large: str) -> Callable[[np.random.Generator], list[Case]]:
    def cases(draw: np.random.Generator) -> list[Case]:
        ordinary, extreme = _inputs(function)
        found = [_forward(about, z) for about, z in ordinary(draw)]
        found += [
            _forward(about, z).judged_by(_apart(OUTPUT, function.function(z))).hint(_finite(OUTPUT), too_large)
            for about, z in extreme(draw)
        ]
        if function is _Softplus:
            for low, high in ((-45, -25), (-20, -10), (-150, -60)):
                z = draw.uniform(low, high) + draw.uniform(0, 1, 5)  # of about one size: a norm tells of the largest
                found.append(_forward(f"z between {low} and {high + 1}".replace("-", "−"), z).hint(OUTPUT, _TAIL))
        found.append(_forward("whole numbers, of an integer dtype", _whole(draw, 4, 3)))
        for about, shape in (("another shape", (6, 2)), ("the same shape", (4, 3))):
            again = Case(f"a second z of {about}", {"N": shape[0]}).make("layer").bind("z", draw.normal(size=(4, 3)))
            again.call("a", "layer", "forward", "z").bind("z", draw.normal(size=shape)).call(
                "a", "layer", "forward", "z"
            )
            found.append(again.publish(OUTPUT, "a", f"{OUTPUT} is wrong the second time: does it remember the first?"))
        return found

    return cases


def _forward(about: str, z: np.ndarray) -> Case:
    case = Case(about, {"N": len(z)}).make("layer").bind("z", z).call("a", "layer", "forward", "z").publish(OUTPUT, "a")
    return case.publish("z after forward", "z", "forward wrote into the array z that it was given: make a new array")


def _finite(label: str) -> str:
    return f"where {label} is finite"


def _same_form(given: Any, right: np.ndarray) -> bool:
    return isinstance(given, np.ndarray) and given.dtype.kind in "fiub" and given.shape == right.shape


def _bounded(array: np.ndarray) -> np.ndarray:
    """Keep what a bare exp makes of large numbers from overflowing when the judge squares it."""
    return np.clip(array, -1e150, 1e150)


def _apart(label: str, right: np.ndarray) -> Callable[[dict], dict]:
    """Tell two questions apart: where is the answer finite, and is it right there?"""

    def derive(found: dict) -> dict:
        found[_finite(label)] = np.ones(right.shape, bool)
        if _same_form(found.get(label), right):
            found[_finite(label)] = finite = np.isfinite(found[label])
            found[label] = _bounded(np.where(finite, found[label], right))
        return found

    return derive


def _backward_cases(function: type[_Activation], too_large: str) -> Callable[[np.random.Generator], list[Case]]:
    def cases(draw: np.random.Generator) -> list[Case]:
        def case(about: str, z: np.ndarray, U: np.ndarray | None = None, special: bool = False) -> Case:
            return _backward(
                Case(about, {"N": len(z)}), function, z, _upstream(draw, z.shape) if U is None else U, special
            )

        ordinary, extreme = _inputs(function)
        found = [case(about, z, special=min(z.shape) == 1) for about, z in ordinary(draw)]
        found += [case(about, z, special=True).hint(_finite(GRADIENT), too_large) for about, z in extreme(draw)]
        z = _whole(draw, 4, 3)
        found.append(
            case("z holds whole numbers, of an integer dtype", z, 100 * _upstream(draw, z.shape), special=True)
        )
        whole = draw.choice([-300, -200, -100, 100, 200, 300], (4, 3))
        found.append(case("upstream holds whole numbers, of an integer dtype", _spread(draw, 4, 3), whole))
        return [*found, *_memory_cases(function, draw)]

    return cases


def _memory_cases(function: type[_Activation], draw: np.random.Generator) -> Iterator[Case]:
    """What backward has to remember, and what it has to forget."""

    def fresh(*shape: int) -> tuple[np.ndarray, np.ndarray]:
        return _spread(draw, *shape), _upstream(draw, shape)

    yield _backward(Case("backward called twice after one forward", {"N": 5}), function, *fresh(5, 3), times=2).hint(
        GRADIENT, "dz is right the first time and wrong the second: backward must leave what it has kept as it is"
    )
    for about, shape in (("a second batch", (5, 3)), ("a second batch of another size", (6, 2))):
        z, U = fresh(5, 3)
        case = Case(about, {"N": shape[0]}).make("layer").bind("z", z).bind("U", U)
        case.call("a", "layer", "forward", "z").attempt("layer", "backward", "U")
        yield _backward(case, function, *fresh(*shape), made=True).hint(
            GRADIENT, "dz is wrong for a second batch: backward answers for the latest forward"
        )
    other = Case("backward with another upstream after the same forward", {"N": 5})
    yield _backward(other, function, *fresh(5, 3), first=fresh(5, 3)[1]).hint(
        GRADIENT, "dz is that of the call before: each call of backward starts from its own upstream"
    )
    z, _ = fresh(5, 3)
    case = Case("two forwards, then backward", {"N": 5}).make("layer").bind("z", z).call("a", "layer", "forward", "z")
    yield _backward(case, function, *fresh(5, 3), made=True).hint(
        GRADIENT, "dz is wrong after two forwards: backward answers for the latest forward"
    )
    z, _ = fresh(5, 3)
    case = Case("two objects at once", {"N": 5}).make("layer").make("other").bind("z2", z)
    yield _backward(case, function, *fresh(5, 3), made=True, between=("other", "forward", "z2")).hint(
        GRADIENT, "dz is wrong as soon as there is another object of the class: keep everything in self"
    )


def _backward(
    case: Case,
    function: type[_Activation],
    z: np.ndarray,
    U: np.ndarray,
    special: bool = False,
    *,
    times: int = 1,
    made: bool = False,
    between: tuple[str, str, str] | None = None,
    first: np.ndarray | None = None,
) -> Case:
    if not made:
        case.make("layer")
    case.bind("z", z).bind("U", U).call("a", "layer", "forward", "z").publish("a", "a").publish("z", "z")
    if between:
        case.call("a", *between)
    if first is not None:
        case.bind("first", first).attempt("layer", "backward", "first")
    for _ in range(times):
        case.call("dz", "layer", "backward", "U")
    case.publish(GRADIENT, "dz").publish(
        "z after backward", "z", "backward wrote into the array z that forward was given"
    )
    case.publish(
        "upstream after backward", "U", "backward wrote into the array upstream that it was given: make a new array"
    )
    case.only_if_right("a", "").only_if_right("z", "")  # what forward did counts elsewhere
    return case.judged_by(_fairly(function, z, U, special))


def _fairly(function: type[_Activation], z: np.ndarray, U: np.ndarray, special: bool) -> Callable[[dict], dict]:
    """Judge backward alone: what it makes of a wrong output of forward, by the right formula, is right.

    An output that is the same everywhere tells nothing: zeros from forward and zeros from backward earn no point. In
    a special case it may be, since others show the formula; there nothing is asked where forward's output is not finite.
    """
    layer = type("Right", (function,), {})()
    layer.forward(z)
    right = layer.backward(U)

    def derive(found: dict) -> dict:
        a, before, dz = found["a"], found["z"], found[GRADIENT]
        if np.array_equal(before, found["z after backward"], equal_nan=True):
            found["z after backward"] = z
        found["a"], found["z"] = layer.output(z), z
        if special:
            found[_finite(GRADIENT)] = np.ones(right.shape, bool)
        if not _same_form(dz, right):
            return found
        dz = dz.astype(float)
        own = function.from_output(a.astype(float), U) if _same_form(a, right) else right
        if special:
            dz = np.where(np.isfinite(own), dz, right)
            own = np.where(np.isfinite(own), own, right)
            found[_finite(GRADIENT)] = finite = np.isfinite(dz)
            dz, own = _bounded(np.where(finite, dz, right)), _bounded(own)
        telling = special or not _same_form(a, right) or np.ptp(a) > 0
        found[GRADIENT] = right if telling and relative_error(dz, own) <= EXACT else dz
        return found

    return derive


def _with(function: type[_Activation], **parts: Any) -> type:
    return type(function.__name__.strip("_"), (function,), parts)


def _right(self: _Activation) -> Any:
    """The right class, of which `_with` has made a wrong one."""
    return type(self).__mro__[1]


_shared: dict[str, np.ndarray] = {}


def _shares(self, z):
    _shared["z"] = z
    return z


def _uses_shared(self, U):
    mine, self.z = self.z, _shared["z"]
    dz = _right(self).passed(self, U)
    self.z = mine
    return dz


def _accumulates(self, U):
    dz = _right(self).passed(self, U)
    before = getattr(self, "dz", 0)
    self.dz = dz + before if np.shape(before) in ((), np.shape(dz)) else dz
    return self.dz


def _forward_mistakes(function: type[_Activation], *own: tuple[str, Callable]) -> tuple[tuple[str, Any], ...]:
    """Mistakes in any forward: as functions of z, with those of this function first."""
    f = function.function
    outputs = (
        *own,
        ("forward returns zeros.", lambda z: np.zeros(z.shape)),
        ("forward returns z as it came.", lambda z: z + 0.0),
        ("forward returns the derivative: f′(z) belongs to backward.",
         lambda z: function.from_output(f(z), np.ones(z.shape)) if function is _Softmax else function.slope(z)),
        ("forward has the wrong sign.", lambda z: -f(z)),
        ("forward computes in float16, three digits: keep NumPy's default, float64.",
         lambda z: f(z.astype(np.float16)).astype(np.float16)),
        ("forward cuts off the decimals when z holds whole numbers: an array made like z has its integer dtype.",
         lambda z: f(z).astype(z.dtype)),
        ("forward cuts its result down to whole numbers: keep NumPy's default, float64.", lambda z: np.trunc(f(z))),
        *((f"forward clips z to ±{bound}: that changes the result beyond. Choose a form that needs none.",
           lambda z, bound=bound: f(np.clip(z, -bound, bound))) for bound in (3, 5, 10, 20, 50, 100, 500, 700)),
    )  # fmt: skip
    return (
        *((sentence, _with(function, output=lambda self, z, g=g: g(z))) for sentence, g in outputs),
        ("forward returns what it returned the first time: it answers for one array only.",
         _with(function, output=lambda self, z: self.__dict__.setdefault("first", f(z)))),
    )  # fmt: skip


def _backward_mistakes(function: type[_Activation], *own: tuple[str, Callable]) -> tuple[tuple[str, Any], ...]:
    """Mistakes in any backward: as functions of z and upstream, with those of this function first."""
    f = function.function

    def right(z, U):
        return function.from_output(f(z), U) if function is _Softmax else U * function.slope(z)

    gradients = (
        *own,
        ("backward returns zeros: nothing gets through.", lambda z, U: 0.0 * U),
        ("backward returns upstream as it came: the derivative is missing.", lambda z, U: U + 0.0),
        ("backward multiplies upstream by the output of forward: it must be the derivative.", lambda z, U: U * f(z)),
        ("backward multiplies by the activation once too often: dz is upstream times the derivative, no more.",
         lambda z, U: right(z, U) * f(z)),
        ("backward multiplies by z once too often: dz is upstream times the derivative, no more.",
         lambda z, U: right(z, U) * z),
        ("dz has the wrong sign everywhere.", lambda z, U: -right(z, U)),
        ("dz is divided by N: the loss has averaged over the batch already, so its 1/N is inside upstream.",
         lambda z, U: right(z, U) / len(U)),
        ("dz is divided by the number of entries: the loss has averaged already.", lambda z, U: right(z, U) / U.size),
        ("backward sums upstream over each row: every entry keeps its own.",
         lambda z, U: right(z, np.ones(U.shape) * U.sum(axis=-1, keepdims=True))),
        ("backward sums upstream over everything: every entry keeps its own.",
         lambda z, U: right(z, np.full(U.shape, 1.0 * U.sum()))),
        ("backward sums over the rows of the batch: dz has the shape of z, every example keeps its own row.",
         lambda z, U: right(z, U).sum(axis=0)),
        ("backward adds upstream where it should multiply.", lambda z, U: U + right(z, np.ones(U.shape))),
        ("backward divides by the derivative: the chain rule multiplies.", lambda z, U: U * U / right(z, U)),
        ("backward lets pass only what is positive in upstream: its sign has nothing to do with the derivative.",
         lambda z, U: right(z, np.maximum(U, 0))),
        ("upstream is clipped to −1 … 1: backward passes on the gradient as it is.",
         lambda z, U: right(z, np.clip(U, -1, 1))),
        ("backward cuts off the decimals when z holds whole numbers: an array made like z has its integer dtype.",
         lambda z, U: right(z, U).astype(z.dtype)),
        ("backward cuts off the decimals when upstream holds whole numbers: an array made like upstream has its integer dtype.",
         lambda z, U: right(z, U).astype(U.dtype)),
        *(("dz is 0 where |z| is large: the function goes on there, and its derivative with it.",
           lambda z, U, bound=bound: right(z, U) * (np.abs(z) <= bound)) for bound in (3, 5, 10, 20, 50, 100, 500, 700)),
    )  # fmt: skip
    if function is not _Softmax:
        gradients += (
            ("backward ignores upstream: by the chain rule dz is upstream times the derivative.",
             lambda z, U: function.slope(z)),
            ("The derivative is taken at the output: it belongs at z. (f′ is applied to f(z), one application too many.)",
             lambda z, U: U * function.slope(f(z))),
        )  # fmt: skip
    return (
        *((sentence, _with(function, passed=lambda self, U, g=g: g(self.z, U))) for sentence, g in gradients),
        ("backward answers for the first forward: keep what belongs to the latest, also when another came before.",
         _with(function, keep=lambda self, z: getattr(self, "z", z))),
        ("backward uses what another object has kept: store it in self, not in a global variable, the class or a default argument.",
         _with(function, keep=_shares, passed=_uses_shared)),
        ("dz accumulates from call to call: each backward starts afresh.",
         _with(function, passed=_accumulates)),
    )  # fmt: skip


_sigma = _Sigmoid.function

SIGMOID_FORWARD = _forward_mistakes(
    _Sigmoid,
    ("The sign in the exponent is missing: this is σ(−z). The sigmoid is 1 / (1 + exp(−z)).", lambda z: _sigma(-z)),
    ("Brackets are missing: 1 / 1 + exp(−z) is 1 + exp(−z). Write 1 / (1 + np.exp(-z)).", lambda z: 1 / 1 + np.exp(-z)),
    ("This is tanh: the sigmoid runs from 0 to 1, 1 / (1 + exp(−z)).", np.tanh),
    ("This is ½(1 + tanh z) = σ(2z): the half inside is missing, ½(1 + tanh(z/2)).", lambda z: _sigma(2 * z)),
    ("This is σ(z/2): the sigmoid is ½(1 + tanh(z/2)) or 1 / (1 + exp(−z)).", lambda z: _sigma(z / 2)),
    ("The reciprocal is missing: this is 1 + exp(−z).", lambda z: 1 + np.exp(-z)),
    ("The 1 in the denominator is missing: this is exp(z).", lambda z: np.exp(1.0 * z)),
    ("1 − exp(−z) for 1 + exp(−z): the sign in the denominator is wrong.", lambda z: 1 / (1 - np.exp(-z))),
    ("The sigmoid is applied twice.", lambda z: _sigma(_sigma(z))),
    *(("forward jumps to 1 too early: exp(−z) still counts there.",
       lambda z, bound=bound: np.where(z > bound, 1, _sigma(z))) for bound in (3, 5, 8, 10, 15)),
    ("This is a step, 0 or 1: the sigmoid changes smoothly, 1 / (1 + exp(−z)).", lambda z: (z >= 0) * 1.0),
    *(("This is a “hard” sigmoid, straight lines: the sigmoid is 1 / (1 + exp(−z)).",
       lambda z, slope=slope: np.clip(slope * z + 0.5, 0, 1)) for slope in (0.2, 0.25, 1 / 6)),
)  # fmt: skip

SIGMOID_BACKWARD = _backward_mistakes(
    _Sigmoid,
    ("The formula a(1 − a) is fed the input, z(1 − z): a is the output, σ(z).", lambda z, U: U * z * (1 - z)),
    ("This is the derivative of tanh, 1 − a²: the sigmoid's is a(1 − a).", lambda z, U: U * (1 - np.tanh(z) ** 2)),
    ("dz is upstream · (1 − a²), tanh's formula: the sigmoid's derivative is a(1 − a).",
     lambda z, U: U * (1 - _sigma(z) ** 2)),
    ("dz is upstream · (1 − a): the factor a is missing.", lambda z, U: U * (1 - _sigma(z))),
    ("dz is upstream · (1 + a) a: the sign in the bracket is wrong, the derivative is a(1 − a).",
     lambda z, U: U * _sigma(z) * (1 + _sigma(z))),
    ("dz is upstream · a²: the derivative is a(1 − a).", lambda z, U: U * _sigma(z) ** 2),
    ("The derivative is ¼ everywhere: that is its value at z = 0 alone. It is a(1 − a).", lambda z, U: U / 4),
    ("σ is applied to the output once more before a(1 − a): forward has applied it already.",
     lambda z, U: U * _Sigmoid.slope(_sigma(z))),
    ("The derivative is that of the “hard” sigmoid, 0.2 or 0: the sigmoid's is a(1 − a).",
     lambda z, U: U * 0.2 * (np.abs(z) < 2.5)),
)  # fmt: skip

TANH_FORWARD = _forward_mistakes(
    _Tanh,
    ("This is 2σ(z) − 1: the 2 inside is missing, tanh z = 2σ(2z) − 1.", lambda z: np.tanh(z / 2)),
    ("This is σ(2z): stretch it and move it down, tanh z = 2σ(2z) − 1.", lambda z: _sigma(2 * z)),
    ("This is the sigmoid: tanh runs from −1 to 1.", _sigma),
    ("This is arctan: tanh z is (e^z − e^−z) / (e^z + e^−z).", lambda z: np.arctan(z)),
    ("This is sinh: the division by cosh is missing.", lambda z: np.sinh(1.0 * z)),
    ("This is the trigonometric tangent, np.tan: you want np.tanh.", lambda z: np.tan(z)),
    ("tanh is applied twice.", lambda z: np.tanh(np.tanh(z))),
    ("forward cuts z off at −1 and 1: tanh bends smoothly.", lambda z: np.clip(z, -1.0, 1.0)),
)  # fmt: skip

TANH_BACKWARD = _backward_mistakes(
    _Tanh,
    ("dz is upstream · (1 − a): the square is missing, the derivative is 1 − a².", lambda z, U: U * (1 - np.tanh(z))),
    ("dz is upstream · (1 − z²): a is the output, tanh z, not the input.", lambda z, U: U * (1 - z**2)),
    ("tanh is applied to the output once more before 1 − a²: forward has applied it already.",
     lambda z, U: U * _Tanh.slope(np.tanh(z))),
    ("dz is upstream · a(1 − a), the sigmoid's formula: tanh's derivative is 1 − a².",
     lambda z, U: U * np.tanh(z) * (1 - np.tanh(z))),
    ("dz is upstream · (1 + a²): the derivative is 1 − a².", lambda z, U: U * (1 + np.tanh(z) ** 2)),
    ("dz is upstream · a²: the derivative is 1 − a².", lambda z, U: U * np.tanh(z) ** 2),
    ("dz is upstream · (1 − a)²: the derivative is 1 − a².", lambda z, U: U * (1 - np.tanh(z)) ** 2),
    ("This is the derivative of the sigmoid: tanh's is 1 − a².", lambda z, U: U * _Sigmoid.slope(z)),
    ("This is the derivative of arctan, 1 / (1 + z²): tanh's is 1 − a².", lambda z, U: U / (1.0 + z**2)),
)  # fmt: skip

RELU_FORWARD = _forward_mistakes(
    _ReLU,
    ("forward cuts off decimals when the first z is not positive: np.vectorize takes the dtype of its first result, 0; give it otypes=[float].",
     lambda z: np.trunc(_ReLU.function(z)) if z.flat[0] <= 0 else _ReLU.function(z)),
    ("This is |z|: negative numbers become 0.", lambda z: np.abs(z)),
    ("min stands where max should: positive numbers pass, negative ones become 0.", lambda z: np.minimum(z, 0)),
    ("np.max(z, 0) is the largest of each column, along axis 0: you want np.maximum(z, 0).", lambda z: np.max(z, 0)),
    ("np.max(z) is the largest of all: you want np.maximum(z, 0), entry by entry.", lambda z: np.max(z)),
    *(("The negative side leaks: ReLU is exactly 0 there. (With a slope it is called leaky ReLU.)",
       lambda z, slope=slope: np.where(z > 0, z, slope * z)) for slope in (0.3, 0.2, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8)),
    ("forward ends at 6 (ReLU6): ReLU has no upper end.", lambda z: np.clip(z, 0.0, 6.0)),
    ("forward ends at 1: ReLU has no upper end.", lambda z: np.clip(z, 0.0, 1.0)),
    ("forward returns 1 where z is positive: that is the derivative, ReLU returns z itself.", lambda z: (z > 0) * 1.0),
    ("This is softplus: ReLU has a corner, max(0, z).", lambda z: np.logaddexp(0, z)),
    ("forward shortens the array: negative numbers become 0 and keep their places.", lambda z: z[z > 0]),
)  # fmt: skip

RELU_BACKWARD = _backward_mistakes(
    _ReLU,
    ("The derivative is 1 at z = 0: we agreed on 0, so the mask is z > 0.", lambda z, U: U * (z >= 0)),
    ("The derivative is ½ at z = 0: we agreed on 0.", lambda z, U: U * np.heaviside(z, 0.5)),
    ("The mask is taken from the sign of upstream: it is z that decides.", lambda z, U: np.maximum(U, 0)),
    *(("The mask begins above 0: the gradient passes wherever z is positive.",
       lambda z, U, bound=bound: U * (z > bound)) for bound in (1e-5, 1e-4, 1e-3, 0.01, 0.1, 0.5, 1)),
    ("The mask is upside down: the gradient passes where z is positive.", lambda z, U: U * (z < 0)),
    *(("A little gradient leaks where z ≤ 0: the derivative is exactly 0 there.",
       lambda z, U, slope=slope: np.where(z > 0, U, slope * U)) for slope in (0.3, 0.2, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8)),
    ("The gradient is cut off above z = 6 (ReLU6): ReLU has no upper end.", lambda z, U: U * ((z > 0) & (z < 6))),
    ("The derivative is −1 on the left, as for |z|: ReLU's is 0.", lambda z, U: U * np.sign(z)),
    ("backward shortens the array: where z is not positive dz is 0, and dz has the shape of z.", lambda z, U: U[z > 0]),
)  # fmt: skip

SOFTPLUS_FORWARD = _forward_mistakes(
    _Softplus,
    ("This is log(1 + exp(−z)): the exponent is +z.", lambda z: np.logaddexp(0, -z)),
    ("The logarithm is to base 2, that is, softplus divided by log 2: np.log is the natural one.",
     lambda z: np.logaddexp(0, z) / np.log(2)),
    ("The logarithm is to base 10, that is, softplus divided by log 10: np.log is the natural one.",
     lambda z: np.logaddexp(0, z) / np.log(10)),
    ("np.logaddexp2 works with powers of 2: softplus is np.logaddexp(0, z).", lambda z: np.logaddexp2(0, z)),
    ("This is ReLU: softplus adds log(1 + exp(−|z|)) to it.", lambda z: np.maximum(z, 0.0)),
    ("The 1 is missing: log(exp(z)) is z.", lambda z: z * 1.0),
    ("The logarithm is missing: this is 1 + exp(z).", lambda z: 1 + np.exp(1.0 * z)),
    ("log1p adds the 1 itself: this is log(2 + exp(z)).", lambda z: np.log(2 + np.exp(1.0 * z))),
    ("The absolute value is missing: max(0, z) goes with log(1 + exp(−|z|)), not with log(1 + exp(−z)).",
     lambda z: np.maximum(z, 0) + np.log1p(np.exp(-1.0 * z))),
    ("max(0, z) is missing: log(1 + exp(−|z|)) is only the second part.", lambda z: np.logaddexp(0, -np.abs(z))),
    *(("forward switches to z too early: log(1 + exp(−z)) is still too large to leave out there.",
       lambda z, bound=bound: np.where(z > bound, z, np.logaddexp(0, z))) for bound in (1, 2, 3, 5, 8, 10)),
)  # fmt: skip

SOFTPLUS_BACKWARD = _backward_mistakes(
    _Softplus,
    ("The derivative is tanh z: softplus's is σ(z).", lambda z, U: U * np.tanh(z)),
    ("The derivative is 1 everywhere: softplus's is σ(z).", lambda z, U: U + 0.0),
    ("The derivative is ReLU's step: softplus's is σ(z), which changes smoothly.", lambda z, U: U * (z > 0)),
    ("The derivative is σ(1 − σ), that of the sigmoid: softplus's is σ(z) itself.", lambda z, U: U * _Sigmoid.slope(z)),
    ("σ is applied to the output: the derivative is σ(z), of the input.", lambda z, U: U * _sigma(np.logaddexp(0, z))),
    ("This is upstream · σ(−z): the derivative is σ(z) = 1 / (1 + exp(−z)).", lambda z, U: U * _sigma(-z)),
    ("This is upstream · σ(2z): the derivative is σ(z) = ½(1 + tanh(z/2)).", lambda z, U: U * _sigma(2 * z)),
    ("The derivative is exp(z): divide by 1 + exp(z).", lambda z, U: U * np.exp(1.0 * z)),
    ("The derivative is 1 / (1 + exp(z)): exp(z) is missing in the numerator.", lambda z, U: U / (1 + np.exp(1.0 * z))),
)  # fmt: skip


def _normalised(e: np.ndarray, axis: int | None = 1) -> np.ndarray:
    return e / e.sum(axis=axis, keepdims=True)


def _guarded(e: np.ndarray, extra: float) -> np.ndarray:
    return e / (e.sum(axis=1, keepdims=True) + extra)


SOFTMAX_FORWARD = _forward_mistakes(
    _Softmax,
    ("The columns sum to 1: each row is a distribution, so the axis is 1.", lambda z: _Softmax.function(z.T).T),
    ("One sum serves the whole batch: each row has a sum of its own, axis=1.",
     lambda z: _normalised(np.exp(z - z.max(axis=1, keepdims=True)), None)),
    ("The batch is treated as one long row: maximum and sum belong to each row, axis=1 with keepdims=True.",
     lambda z: _normalised(np.exp(z - z.max()), None)),
    ("exp overflows, or a whole row underflows to 0/0: take each row's maximum off first, which changes nothing else.",
     lambda z: _normalised(np.exp(1.0 * z))),
    ("The maximum is added: it has to be subtracted.", lambda z: _normalised(np.exp(z + z.max(axis=1, keepdims=True)))),
    ("One maximum serves the whole batch, and rows far below it underflow to 0/0: take each row's own, axis=1.",
     lambda z: _normalised(np.exp(z - z.max()))),
    ("The columns' maxima are taken off: that changes the differences within a row. Take each row's own, axis=1.",
     lambda z: _normalised(np.exp(z - z.max(axis=0)))),
    ("The mean is taken off instead of the maximum: exp still overflows when the logits of a row lie far apart.",
     lambda z: _normalised(np.exp(z - z.mean(axis=1, keepdims=True)))),
    ("The minimum is taken off instead of the maximum: exp still overflows when the logits of a row lie far apart.",
     lambda z: _normalised(np.exp(z - z.min(axis=1, keepdims=True)))),
    *(("Something is added to the sum of the row: with the row's own maximum taken off the sum is at least 1, so leave it.",
       lambda z, axis=axis, extra=extra: _guarded(np.exp(z - z.max(axis=axis, keepdims=True)), extra))
      for axis in (1, None) for extra in (1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12)),
    ("The largest absolute value is taken off instead of the maximum: a row of negative numbers underflows to 0/0.",
     lambda z: _normalised(np.exp(z - np.abs(z).max(axis=1, keepdims=True)))),
    *((f"The probabilities are kept above {bound:g}: the rows then no longer sum to 1, and nothing here takes a logarithm.",
       lambda z, bound=bound: np.maximum(_Softmax.function(z), bound)) for bound in (1e-3, 1e-5, 1e-6, 1e-7, 1e-8)),
    ("This is the log-softmax: return the probabilities themselves.",
     lambda z: z - np.logaddexp.reduce(z, axis=1, keepdims=True)),
    ("The division by the sum of the row is missing.", lambda z: np.exp(z - z.max(axis=1, keepdims=True))),
    ("Each entry goes through a sigmoid of its own: in a softmax the classes share the sum.", _sigma),
    ("The powers are those of 2: softmax takes those of e, np.exp.",
     lambda z: _normalised(2.0 ** (z - z.max(axis=1, keepdims=True)))),
    ("The exponential is missing: this is each logit's share of the row's sum.", lambda z: _normalised(1.0 * z)),
    ("forward returns 1 for the largest logit and 0 for the others: softmax gives each a positive share.",
     lambda z: (z == z.max(axis=1, keepdims=True)) * 1.0),
    ("The exponent has the wrong sign: this is the softmax of −z.", lambda z: _Softmax.function(-z)),
    ("Softmax is applied twice.", lambda z: _Softmax.function(_Softmax.function(z))),
    ("The result has lost its axes of length 1: drop the squeeze, (N, C) is the right shape also for N = 1 and C = 1.",
     lambda z: _Softmax.function(z).squeeze()),
    ("Only the first row is filled in: does the loop return too early?",
     lambda z: np.where(np.arange(len(z))[:, None] == 0, _Softmax.function(z), 0)),
    ("Only the last row is filled in: does the loop make a new array each time?",
     lambda z: np.where(np.arange(len(z))[:, None] == len(z) - 1, _Softmax.function(z), 0)),
)  # fmt: skip


def _rows(formula: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Callable:
    """A gradient as a function of z and upstream, from one of the probabilities s and upstream."""
    return lambda z, U: formula(_Softmax.function(z), U)


def _inner(s: np.ndarray, U: np.ndarray) -> np.ndarray:
    return (U * s).sum(axis=1, keepdims=True)


_ENTRYWISE = (
    "This is the derivative of a sigmoid for each entry: in a softmax every output depends on all logits of its row."
)

SOFTMAX_BACKWARD = (
    (_ENTRYWISE, _with(_Softmax, passed=lambda self, U: U * _Sigmoid.slope(self.z))),
    (_ENTRYWISE, _with(_Softmax, output=lambda self, z: _sigma(z), passed=lambda self, U: U * _Sigmoid.slope(self.z))),
    *_backward_mistakes(
    _Softmax,
    ("backward uses the diagonal of the Jacobian alone, s(1 − s): every output of a row depends on every logit of that row.",
     _rows(lambda s, U: U * s * (1 - s))),
    ("The entries off the diagonal of the Jacobian have the wrong sign: they are −s_i s_j.",
     _rows(lambda s, U: U * s * (1 - s) + s * (_inner(s, U) - U * s))),
    ("The inner product is added: dz is s ⊙ (upstream − ⟨upstream, s⟩).", _rows(lambda s, U: s * (U + _inner(s, U)))),
    ("The inner product is missing: dz is s ⊙ (upstream − ⟨upstream, s⟩).", _rows(lambda s, U: s * U)),
    ("backward returns zeros. Only for an upstream of all ones is that right.", _rows(lambda s, U: 0.0 * U)),
    ("The Jacobian of the first row serves for all rows: each has its own.",
     _rows(lambda s, U: U @ (np.diag(s[0]) - np.outer(s[0], s[0])))),
    ("The Jacobian of the last row serves for all rows: each has its own.",
     _rows(lambda s, U: U @ (np.diag(s[-1]) - np.outer(s[-1], s[-1])))),
    ("One inner product serves the whole batch: each row has its own, axis=1 with keepdims=True.",
     _rows(lambda s, U: s * (U - np.sum(U * s)))),
    ("The inner product runs along axis 0, over the batch: it belongs to each row, axis=1.",
     _rows(lambda s, U: s * (U - (U * s).sum(axis=0)))),
    ("backward works down the columns: each row is a distribution, so the axis is 1.",
     lambda z, U: _Softmax.from_output(_Softmax.function(z.T), U.T).T),
    ("The inner product is a mean: ⟨upstream, s⟩ is the sum over the row.",
     _rows(lambda s, U: s * (U - (U * s).mean(axis=1, keepdims=True)))),
    ("The sum of upstream is taken off without the weights s: the inner product is Σ_i u_i s_i.",
     _rows(lambda s, U: s * (U - U.sum(axis=1, keepdims=True)))),
    ("The plain mean of upstream is taken off: the mean has to be weighted with s, ⟨upstream, s⟩ = Σ_i u_i s_i.",
     _rows(lambda s, U: s * (U - U.mean(axis=1, keepdims=True)))),
    ("The factor s in front is missing: dz is s ⊙ (upstream − ⟨upstream, s⟩).", _rows(lambda s, U: U - _inner(s, U))),
    ("dz is s − upstream: that is the gradient of softmax and cross-entropy together, for labels. Here upstream is dL/ds.",
     _rows(lambda s, U: s - U)),
    ("backward ignores upstream: it returns the diagonal of the Jacobian, s(1 − s).", _rows(lambda s, U: s * (1 - s))),
    ("Softmax is applied to the output once more: forward has applied it already.",
     _rows(lambda s, U: _Softmax.from_output(_Softmax.function(s), U))),
))  # fmt: skip


def _tasks(
    name: str,
    function: type[_Activation],
    sections: tuple[str, str],
    mistakes: tuple[tuple, tuple],
    too_large: tuple[str, str],
) -> tuple[Task, Task]:
    where = [f"Activation functions, section “{section}”" for section in sections]
    cases = _forward_cases(function, too_large[0]), _backward_cases(function, too_large[1])
    return (
        Task(f"{name}-forward", ASSIGNMENT, where[0], cases[0], function, mistakes[0]),
        Task(f"{name}-backward", ASSIGNMENT, where[1], cases[1], function, mistakes[1]),
    )


_LARGE = "is not finite where z is large: "

TASKS = (
    *_tasks("sigmoid", _Sigmoid, ("The sigmoid", "The sigmoid"), (SIGMOID_FORWARD, SIGMOID_BACKWARD), (
        f"forward(z) {_LARGE}np.exp of more than 709 is ∞, and ∞/∞ is NaN. 1 / (1 + exp(−z)) ends at 1/∞ = 0, and ½(1 + tanh(z/2)) never overflows",
        f"dz {_LARGE}np.exp of more than 709 is ∞, and ∞/∞ is NaN. Make the derivative from the output of forward, which is between 0 and 1")),
    *_tasks("tanh", _Tanh, ("Tanh", "Tanh"), (TANH_FORWARD, TANH_BACKWARD), (
        f"forward(z) {_LARGE}np.exp of more than 709 is ∞, and ∞/∞ is NaN. Use np.tanh",
        f"dz {_LARGE}np.exp of more than 709 is ∞, and ∞/∞ is NaN. Make the derivative from the output of forward, which is between −1 and 1")),
    *_tasks("relu", _ReLU, ("ReLU", "ReLU"), (RELU_FORWARD, RELU_BACKWARD), (
        f"forward(z) {_LARGE}choose between z and 0, nothing has to be computed",
        f"dz {_LARGE}choose between upstream and 0, nothing has to be computed")),
    *_tasks("softplus", _Softplus, ("When the exponential is too large", "Softplus"), (SOFTPLUS_FORWARD, SOFTPLUS_BACKWARD), (
        f"forward(z) {_LARGE}np.exp of more than 709 is ∞. In max(0, z) + log1p(exp(−|z|)) the exponent is never positive",
        f"dz {_LARGE}np.exp of more than 709 is ∞, and ∞/∞ is NaN. The derivative is σ(z), in a form that does not overflow")),
    *_tasks("softmax", _Softmax, ("Softmax", "Softmax"), (SOFTMAX_FORWARD, SOFTMAX_BACKWARD), (
        f"forward(z) {_LARGE}take each row's own maximum off before np.exp",
        f"dz {_LARGE}use the probabilities that forward returned, and compute no exponential here")),
)  # fmt: skip
