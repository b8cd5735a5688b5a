"""05_losses: `MeanSquaredError`, `BinaryCrossEntropy` and `SoftmaxCrossEntropy`, each with forward and backward."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlpgrade.challenge import Case
from mlpgrade.judge import Task
from mlpkit import BinaryCrossEntropy, MeanSquaredError, SoftmaxCrossEntropy

ASSIGNMENT = "05_losses"

HIDDEN = (
    "mlpkit.losses.MeanSquaredError",
    "mlpkit.losses.BinaryCrossEntropy",
    "mlpkit.losses.SoftmaxCrossEntropy",
    "mlpkit.losses._same_shape",
)

LOSS, FINITE = "forward(prediction, target)", "Whether it is finite"
GRADIENT, AGAIN = "The gradient that backward returns", "The gradient that backward returns the second time"
REFUSAL = "What forward raises"

SURE = 0.1
"""Tolerance where every answer is right and sure, with logits about 28 apart and a loss of about 1e-12.

There right formulas differ: log Σ eᶻ − z, summed over a batch before the difference is taken, keeps two or three digits
of the loss. A constant of 1e-12 inside a logarithm or a clipped probability is off by more than the loss itself.
"""

_OVERFLOWS = (
    "The {} holds an infinity or NaN: write the formula so that no exponent is positive, no logarithm "
    "meets 0 and nothing is divided by 0"
)
_LARGE = (
    "The {} is wrong for large logits, up to ±10000, where others are right: a clipped logit or probability, or a small "
    "constant that is added, falsifies it"
)
_TINY = (
    "The {} must be tiny where every answer is sure and right, and it is not: leave out the small constant, the clipping "
    "or the shortcut for large logits, a stable formula needs none"
)


@dataclass(frozen=True)
class _Batch:
    """A batch, in words that a student reads, with what to say where it alone comes out wrong."""

    about: str
    prediction: np.ndarray
    target: np.ndarray
    hint: str = ""
    tolerance: float | None = None

    @property
    def sizes(self) -> dict[str, int]:
        names = ("N", "M", "K") if self.target.ndim > 1 else ("N", "C")
        return dict(zip(names, self.prediction.shape, strict=False))


def _bound(batches: list[_Batch], about: str = "") -> Case:
    """A case with a loss, and the last batch under the names "prediction" and "target"."""
    case = Case(about or batches[-1].about, batches[-1].sizes).make("loss")
    for number, batch in enumerate(batches):
        last = number == len(batches) - 1
        case.bind("prediction" if last else f"P{number}", batch.prediction)
        case.bind("target" if last else f"T{number}", batch.target)
    return case.judged_by(_worked_out)


def _worked_out(found: dict[str, Any]) -> dict[str, Any]:
    """Say whether loss and gradient are finite, and whether backward left alone what was there before it."""
    found = dict(found)
    for name in ("prediction", "target"):
        if f"{name} before backward" in found:
            before, after = found.pop(f"{name} before backward"), found.pop(f"{name} after backward")
            found[f"{name} left alone by backward"] = bool(np.array_equal(before, after, equal_nan=True))
    for label in (LOSS, GRADIENT):
        if label in found:
            value = found[label]
            numbers = isinstance(value, float | int) or (isinstance(value, np.ndarray) and value.dtype.kind in "fiub")
            found[FINITE] = bool(np.isfinite(value).all()) if numbers else True
            if not found[FINITE]:
                found[label] = "an infinity or NaN"
    return found


def _publish(case: Case, label: str, name: str, batch: _Batch, what: str) -> Case:
    case.publish(label, name, batch.hint.format(what), batch.tolerance).only_if_right(label, FINITE)
    return case.hint(FINITE, _OVERFLOWS.format(what))


def _forward_case(*batches: _Batch, about: str = "", hint: str = "") -> Case:
    """Forward on each batch in turn, by one and the same loss; what comes of the last one is judged."""
    case = _bound(list(batches), about)
    for number in range(len(batches) - 1):
        case.attempt("loss", "forward", f"P{number}", f"T{number}")
    case.call("value", "loss", "forward", "prediction", "target")
    _publish(case, LOSS, "value", batches[-1], "loss")
    if hint:
        case.hint(LOSS, hint)
    for name in ("prediction", "target"):
        case.publish(f"{name} after forward", name, f"forward wrote into the array {name}: make a new one")
    return case


def _backward_case(*batches: _Batch, about: str = "", hint: str = "", times: int = 1, trained: bool = False) -> Case:
    """Forward on each batch in turn, then backward `times` times; `trained` means backward after each forward.

    A forward that raises costs nothing here as long as it has kept what backward needs.
    """
    case = _bound(list(batches), about)
    for number in range(len(batches) - 1):
        case.attempt("loss", "forward", f"P{number}", f"T{number}")
        if trained:
            case.attempt("loss", "backward")
    case.attempt("loss", "forward", "prediction", "target")
    _publish_gradient(case, batches[-1], hint)
    for _ in range(times - 1):
        case.call("again", "loss", "backward").publish(AGAIN, "again").only_if_right(AGAIN, GRADIENT)
        case.hint(
            AGAIN, "The gradient is another one when backward is called twice: it must not change what forward kept"
        )
    return case


def _publish_gradient(case: Case, batch: _Batch, hint: str = "") -> None:
    for name in ("prediction", "target"):
        case.publish(f"{name} before backward", name)
    case.call("gradient", "loss", "backward")
    _publish(case, GRADIENT, "gradient", batch, "gradient")
    if hint:
        case.hint(GRADIENT, hint)
    for name in ("prediction", "target"):
        case.publish(f"{name} after backward", name)
        case.hint(f"{name} left alone by backward", f"backward wrote into the array {name}: make a new one")


def _refused(prediction: np.ndarray, target: np.ndarray) -> Case:
    about = f"prediction {prediction.shape} with target {target.shape}"
    case = Case(about).make("loss").bind("prediction", prediction).bind("target", target)
    return case.raises(REFUSAL, "ValueError", "loss", "forward", "prediction", "target")


def _forward_cases(batches: list[_Batch], first: _Batch, second: _Batch) -> list[Case]:
    hint = "The loss is wrong for a second batch of another size: forward remembers something of the first batch"
    again = _forward_case(first, second, about="a second batch of another size", hint=hint)
    same = _forward_case(
        _reversed(second), second, about="a second batch of the same size", hint=hint.replace("another", "the same")
    )
    return [*(_forward_case(batch) for batch in batches), again, same]


def _reversed(batch: _Batch) -> _Batch:
    """Another batch of the same size."""
    return _Batch("", -0.7 * batch.prediction[::-1], batch.target[::-1].copy())


def _backward_cases(batches: list[_Batch], first: _Batch, second: _Batch) -> list[Case]:
    """All batches; then one loss for two batches, one batch twice, and two losses at once."""
    hint = (
        "The gradient is wrong for a second batch of another size: backward remembers something of the first batch, but "
        "it answers for the latest forward"
    )
    other = Case("two losses at once", second.sizes).make("loss").make("other").judged_by(_worked_out)
    for name, value in (("P0", first.prediction), ("T0", first.target)):
        other.bind(name, value)
    other.bind("prediction", second.prediction).bind("target", second.target)
    other.attempt("loss", "forward", "prediction", "target").attempt("other", "forward", "P0", "T0")
    _publish_gradient(
        other,
        second,
        "The gradient is that of another loss: keep everything in self, not in the class, a global name or a default",
    )
    return [
        *(_backward_case(batch) for batch in batches),
        _backward_case(first, second, about="a second batch of another size", hint=hint, trained=True),
        _backward_case(
            _reversed(second),
            second,
            about="a second batch of the same size",
            hint=hint.replace("another", "the same"),
            trained=True,
        ),
        _backward_case(first, second, about="two forwards before one backward", hint=hint),
        _backward_case(second, about="backward called twice after one forward", times=2),
        other,
    ]


def _squares(draw: np.random.Generator) -> list[_Batch]:
    def batch(about: str, *shape: int, hint: str = "") -> _Batch:
        return _Batch(about, draw.normal(size=shape), draw.normal(size=shape), hint)

    whole = "The {} is wrong for integer targets: does an array made like the target cut off the fractions?"
    half, same = draw.normal(size=(4, 2)), draw.normal(size=(3, 2))
    return [
        batch("5 rows, 3 columns", 5, 3),
        batch("as many columns as rows", 4, 4),
        batch("a single row", 1, 3, hint="The {} is wrong for a batch of a single row"),
        batch("shape (6,)", 6, hint="The {} is wrong for vectors: the shapes (N,) are equal, so they are allowed"),
        batch("shape (6, 1)", 6, 1, hint="The {} is wrong for a single column"),
        batch("shape (2, 3, 4)", 2, 3, 4, hint="The {} is wrong for three axes: any number of them is allowed"),
        _Batch("integer targets", draw.normal(0, 3, (5, 2)), draw.integers(-5, 6, (5, 2)), whole),
        _Batch("small numbers", 1e-4 * draw.normal(size=(4, 2)), 1e-4 * draw.normal(size=(4, 2)),
               "The {} is wrong for small numbers: is it rounded, or is something added?"),
        _Batch("large numbers", draw.uniform(-1e4, 1e4, (4, 2)), draw.uniform(-1e4, 1e4, (4, 2)),
               "The {} is wrong for large numbers"),
        _Batch("some predictions exactly right", half, half + [[0.0, 1.0], [0.0, -2.0], [0.5, 0.0], [0.0, 1.5]],
               "The {} is wrong where some predictions are exactly right: they count too"),
        _Batch("all predictions exactly right", same, same.copy(),
               "The {} is wrong where all predictions are exactly right: it is 0 there"),
    ]  # fmt: skip


def _mse_cases(draw: np.random.Generator, part: Callable) -> list[Case]:
    first, second = (_Batch("", draw.normal(size=shape), draw.normal(size=shape)) for shape in ((5, 3), (7, 3)))
    return part(_squares(draw), first, second)


def _mse_forward_cases(draw: np.random.Generator) -> list[Case]:
    cases = _mse_cases(draw, _forward_cases)
    for one, other in (
        ((5,), (5, 1)), ((5, 1), (5,)), ((5, 3), (3,)), ((5, 3), (1, 3)), ((5, 3), (5, 1)), ((1, 3), (5, 3)),
        ((5, 3), (3, 5)), ((5, 1), (1, 5)), ((2, 3, 4), (2, 3, 1)), ((5, 3), ()), ((6,), (2, 3)), ((5, 3), (5, 3, 1)), ((5,), (6,)),
    ):  # fmt: skip
        cases.append(_refused(draw.normal(size=one), draw.normal(size=other)))
    return cases


def _two_class_targets(draw: np.random.Generator, rows: int) -> np.ndarray:
    """Both classes, whatever the seed."""
    return draw.permutation(np.arange(rows) % 2)


def _two_classes(draw: np.random.Generator) -> list[_Batch]:
    column = "The {} is wrong for logits and targets of shape (N, 1), while (N,) is right"
    whole = "The {} is wrong for integer targets: does an array made like the target cut off the fractions?"
    y = _two_class_targets(draw, 8)
    sizes = draw.permutation([40.0, 100.0, 1e3, 1e4])
    large = np.concatenate([sizes, -draw.permutation(sizes)])
    both = np.concatenate([y[:4], 1 - draw.permutation(y[:4])])
    medium = draw.permutation([40.0, 100.0, -40.0, -100.0])
    wrong = draw.normal(0, 2, 1)
    sure = draw.permutation([1e3, 5e3, 1e4, -1e3, -5e3, -1e4])
    tiny = draw.uniform(28, 29, 4) * np.where(np.arange(4) % 2, 1, -1)
    return [
        _Batch("7 examples", draw.normal(0, 2, 7), _two_class_targets(draw, 7).astype(float)),
        _Batch("7 examples in a column", draw.normal(0, 2, (7, 1)), _two_class_targets(draw, 7)[:, None] * 1.0, column),
        _Batch("integer targets", draw.normal(0, 2, 5), _two_class_targets(draw, 5), whole),
        _Batch("integer targets in a column", draw.normal(0, 2, (6, 1)), _two_class_targets(draw, 6)[:, None], whole),
        _Batch("all targets 0", draw.normal(0, 2, 4), np.zeros(4)),
        _Batch("all targets 1", draw.normal(0, 2, 4), np.ones(4)),
        _Batch("a single example", wrong, 1.0 * (wrong < 0), "The {} is wrong for a batch of one"),
        _Batch("a single example in a column", wrong[:, None] + 0.5, 1.0 * (wrong[:, None] < -0.5), column),
        _Batch("the logit 0", np.zeros(4), y[:4], "The {} is wrong at the logit 0, where p is ½"),
        _Batch("logits up to ±100", np.tile(medium, 2), np.concatenate([both[:4], 1 - both[:4]]), _LARGE),
        _Batch("large logits", np.tile(large, 2), np.concatenate([both, 1 - both]), _LARGE),
        _Batch("large logits, all of them right", sure, (sure > 0).astype(float), _LARGE),
        _Batch("answers that are sure and right", tiny, (tiny > 0).astype(int), _TINY, SURE),
    ]


def _bce_cases(draw: np.random.Generator, part: Callable) -> list[Case]:
    first, second = (_Batch("", draw.normal(0, 2, rows), _two_class_targets(draw, rows)) for rows in (5, 8))
    return part(_two_classes(draw), first, second)


def _bce_forward_cases(draw: np.random.Generator) -> list[Case]:
    cases = _bce_cases(draw, _forward_cases)
    for one, other in (
        ((5,), (5, 1)), ((5, 1), (5,)), ((5,), (1,)), ((5, 1), (1, 1)), ((1,), (5,)), ((5,), (6,)), ((6, 1), (2, 3)),
        ((5, 2), (5, 2)), ((1, 5), (1, 5)), ((5, 2), (5,)), ((5, 1, 1), (5, 1, 1)),
    ):  # fmt: skip
        cases.append(_refused(draw.normal(size=one), draw.integers(0, 2, other).astype(float)))
    return cases


def _many_classes(draw: np.random.Generator) -> list[_Batch]:
    def batch(about: str, rows: int, classes: int, hint: str = "", offset: Any = 0.0, size: float = 1.0) -> _Batch:
        z = size * draw.normal(0, 2, (rows, classes)) + np.reshape(offset, (-1, 1))
        return _Batch(about, z, draw.integers(0, classes, rows), hint)

    absent = draw.normal(0, 2, (6, 5))
    wild = np.array([draw.permutation([1e4, -1e4, 1e3, -30.0, 30.0]) for _ in range(6)])
    labels = np.where(np.arange(6) % 2, wild.argmin(axis=1), wild.argmax(axis=1))
    tiny = np.full((4, 3), -14.0) - draw.uniform(0, 0.5, (4, 3))
    right = draw.integers(0, 3, 4)
    tiny[np.arange(4), right] = 14.0
    one = draw.normal(0, 2, (1, 3))
    apart = 357.5 * np.where(np.arange(3) == draw.integers(0, 3, (4, 1)), 1, -1) + draw.uniform(-0.5, 0.5, (4, 3))
    shifted = "The {} is wrong for logits that all lie far from 0: take the maximum of each row off, and clip nothing"
    return [
        batch("6 examples, 4 classes", 6, 4),
        batch("as many classes as examples", 4, 4),
        batch("two classes", 5, 2, "The {} is wrong for two classes"),
        batch("ten classes", 3, 10, "The {} is wrong for ten classes"),
        _Batch("a single example", one, one.argmin(axis=1), "The {} is wrong for a batch of one"),
        _Batch("the last classes do not occur", absent, draw.integers(0, 3, 6),
               "The {} is wrong when the last classes do not occur: C is the number of columns, not of labels seen"),
        batch("logits around 370", 4, 3, shifted, [370] * 4, 0.5),
        batch("logits around 9000", 4, 3, shifted, [9000] * 4),
        batch("logits around −9000", 4, 3, shifted, [-9000] * 4),
        batch("rows around 9000 and around 0", 4, 3, shifted, [9000, 0, 9000, 0]),
        _Batch("two logits 1000 apart", np.array([1000.0, 0]) + draw.normal(0, 1, (3, 2)), np.ones(3, int), _LARGE),
        _Batch("logits 715 apart", apart, apart.argmin(axis=1), _LARGE),
        _Batch("rows of very different size", draw.uniform(-1, 1, (5, 4)) * [[1e-3], [1.0], [30.0], [1e3], [1e4]],
               draw.integers(0, 4, 5), _LARGE),
        _Batch("large logits", wild, labels, _LARGE),
        _Batch("large logits, all of them right", wild, wild.argmax(axis=1), _LARGE),
        _Batch("answers that are sure and right", tiny, right, _TINY, SURE),
    ]  # fmt: skip


def _ce_cases(draw: np.random.Generator, part: Callable) -> list[Case]:
    first, second = (_Batch("", draw.normal(0, 2, (rows, 4)), draw.integers(0, 4, rows)) for rows in (5, 7))
    return part(_many_classes(draw), first, second)


class _Plain:
    """A loss in parts, so that a mistake replaces a single one."""

    def forward(self, P, T):
        self.check(P, T)
        self.P, self.T = P, T
        return self.value(P, T)

    def backward(self):
        return self.gradient(self.P, self.T)

    def check(self, P, T):
        if P.shape != T.shape:
            raise ValueError

    def value(self, P, T):
        raise NotImplementedError

    def gradient(self, P, T):
        raise NotImplementedError


class _Squares(_Plain):
    def value(self, P, T):
        return float(np.mean((P - T) ** 2))

    def gradient(self, P, T):
        return 2 * (P - T) / P.size


def _softplus(z):
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _sigmoid_by_tanh(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


class _TwoClasses(_Plain):
    def check(self, P, T):
        if P.shape != T.shape or P.shape not in ((len(P),), (len(P), 1)):
            raise ValueError

    def log_p(self, z):
        return -_softplus(-z)

    def log_q(self, z):
        return -_softplus(z)

    def value(self, P, T):
        return float(np.mean(-T * self.log_p(P) - (1 - T) * self.log_q(P)))

    def gradient(self, P, T):
        return (self.p(P) - T) / len(P)

    def p(self, z):
        return _sigmoid(z)


def _rows(T):
    return np.arange(len(T)), T


def _one_hot(T, like):
    found = np.zeros_like(like)
    found[_rows(T)] = 1
    return found


def _log_softmax(z, axis: int | None = 1, shift: Any = None):
    z = z - (z.max(axis=axis, keepdims=True) if shift is None else shift)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


class _ManyClasses(_Plain):
    def check(self, P, T):
        pass

    def log_s(self, z):
        return _log_softmax(z)

    def value(self, P, T):
        return float(-np.mean(self.log_s(P)[_rows(T)]))

    def gradient(self, P, T):
        s = np.exp(self.log_s(P))
        return (s - _one_hot(T, s)) / len(P)


Mistake = tuple[str, type]


def _with(base: type[_Plain], **parts: Any) -> type:
    return type("Loss", (base,), parts)


def _scaled_value(base: type[_Plain], factor: Callable) -> type:
    return _with(base, value=lambda self, P, T: float(base.value(self, P, T) * factor(P)))


def _scaled_gradient(base: type[_Plain], factor: Callable) -> type:
    return _with(base, gradient=lambda self, P, T: base.gradient(self, P, T) * factor(P))


def _named(sentence: str, *implementations: type) -> list[Mistake]:
    return [(sentence, implementation) for implementation in implementations]


def _fails_with(error: type[Exception], base: type[_Plain]) -> type:
    def check(self, P, T):
        try:
            base.check(self, P, T)
        except ValueError:
            raise error from None

    return _with(base, check=check)


def _never_refuses(base: type[_Plain]) -> type:
    def forward(self, P, T):
        try:
            return base.forward(self, P, T)
        except ValueError:
            return None

    return _with(base, forward=forward)


def _checks(base: type[_Plain], agree: Callable) -> type:
    """Raises ValueError unless `agree`, and lets NumPy do the rest."""

    def check(self, P, T):
        if not agree(P, T):
            raise ValueError

    return _with(base, check=check)


def _reshapes(base: type[_Plain]) -> type:
    def forward(self, P, T):
        return base.forward(self, P.reshape(-1), T.reshape(-1))

    return _with(base, forward=forward)


def _rounds(base: type[_Plain]) -> list[Mistake]:
    return [("forward rounds the loss: return it with all its digits.",
             _with(base, value=lambda self, P, T, digits=digits: round(base.value(self, P, T), digits)))
            for digits in (2, 3, 4, 5, 6)]  # fmt: skip


def _refusals(base: type[_Plain]) -> list[Mistake]:
    return [
        *_named("forward lets shapes through that differ: NumPy broadcasts (N,) and (N, 1) to (N, N) without a word, so "
                "compare the shapes yourself and raise ValueError.",
                _checks(base, lambda P, T: True), _never_refuses(base)),
        *_named("forward reshapes prediction or target until they fit, or compares the number of elements alone: unequal "
                "shapes such as (N,) and (N, 1) must be refused with a ValueError.", _reshapes(base)),
        *_named("forward compares the number of rows alone: compare the whole shapes.",
                _checks(base, lambda P, T: len(P) == (len(T) if T.ndim else None))),
        *_named("forward compares the number of axes alone: compare the whole shapes.",
                _checks(base, lambda P, T: P.ndim == T.ndim)),
        *_named("Unequal shapes are refused with an AssertionError: an assert raises AssertionError, so write raise "
                "ValueError.", _fails_with(AssertionError, base)),
        *_named("Unequal shapes are refused with a TypeError: write raise ValueError.", _fails_with(TypeError, base)),
    ]  # fmt: skip


MSE_FORWARD_MISTAKES = (
    *_refusals(_Squares),
    *_rounds(_Squares),
    *_named("forward returns the sum of the squares: divide by the number of elements, prediction.size.",
            _scaled_value(_Squares, lambda P: P.size)),
    *_named("forward divides by the number of rows: the mean is over all elements, prediction.size of them.",
            _scaled_value(_Squares, lambda P: P.size / len(P))),
    *_named("forward returns half the mean of the squares: there is no ½ in this loss.",
            _scaled_value(_Squares, lambda P: 0.5)),
    *_named("forward returns half the sum of the squares: it is the mean over all elements, without a ½.",
            _scaled_value(_Squares, lambda P: 0.5 * P.size)),
    *_named("forward returns half the sum of the squares, divided by the number of rows: it is the mean over all elements, "
            "without a ½.", _scaled_value(_Squares, lambda P: 0.5 * P.size / len(P))),
    *_named("forward divides by N twice.", _scaled_value(_Squares, lambda P: 1 / len(P))),
    *_named("forward takes the square root: the mean of the squares itself is wanted.",
            _with(_Squares, value=lambda self, P, T: float(np.sqrt(np.mean((P - T) ** 2))))),
    *_named("forward returns the mean absolute difference: square the differences.",
            _with(_Squares, value=lambda self, P, T: float(np.mean(np.abs(P - T))))),
    *_named("forward returns the square of the mean: square each difference first, and take the mean afterwards.",
            _with(_Squares, value=lambda self, P, T: float(np.mean(P - T) ** 2))),
    *_named("forward returns the variance of the differences, np.var, which takes their mean off: use np.mean of the squares.",
            _with(_Squares, value=lambda self, P, T: float(np.var(P - T)))),
    *_named("forward returns the standard deviation of the differences: use np.mean of the squares.",
            _with(_Squares, value=lambda self, P, T: float(np.std(P - T)))),
    *_named("forward returns the largest square: take their mean.",
            _with(_Squares, value=lambda self, P, T: float(np.max((P - T) ** 2)))),
)  # fmt: skip

_TEST_SIZE = "The gradient is divided by the size of the visible test: take the size of the latest batch."

MSE_BACKWARD_MISTAKES = (
    *_named("The gradient is that of the sum: forward takes the mean, so divide by the number of elements.",
            _scaled_gradient(_Squares, lambda P: P.size)),
    *_named("The gradient divides by the number of rows: the mean is over all elements, prediction.size of them.",
            _scaled_gradient(_Squares, lambda P: P.size / len(P))),
    *_named("The factor 2 is missing: the derivative of a square is twice its base.",
            _scaled_gradient(_Squares, lambda P: 0.5)),
    *_named("The gradient is the bare difference: it lacks the factor 2 and the division by the number of elements.",
            _scaled_gradient(_Squares, lambda P: 0.5 * P.size)),
    *_named("The gradient is (prediction − target) / N: it lacks the factor 2, and the mean is over all elements, not rows.",
            _scaled_gradient(_Squares, lambda P: 0.5 * P.size / len(P))),
    *_named("The gradient is divided by N once more: the mean over all elements contains it already.",
            _scaled_gradient(_Squares, lambda P: 1 / len(P))),
    *_named("The gradient is divided by the number of elements twice.", _scaled_gradient(_Squares, lambda P: 1 / P.size)),
    *_named(_TEST_SIZE, _scaled_gradient(_Squares, lambda P: P.size / 12)),
    *_named("The gradient is that of the root of the mean: this loss has no square root.",
            _with(_Squares, gradient=lambda self, P, T: (P - T) / (P.size * np.sqrt(np.mean((P - T) ** 2))))),
    *_named("The gradient is that of the mean absolute difference: it must grow with the difference.",
            _with(_Squares, gradient=lambda self, P, T: np.sign(P - T) / P.size)),
    *_named("The gradient is that of the square of the mean: each entry has its own difference.",
            _with(_Squares, gradient=lambda self, P, T: np.full(P.shape, 2 * np.mean(P - T) / P.size))),
    *_named("The gradient is multiplied by the loss: the chain rule asks for nothing of the kind, the loss is the end.",
            _with(_Squares, gradient=lambda self, P, T: 2 * (P - T) / P.size * np.mean((P - T) ** 2))),
    *_named("backward returns the square of the differences: differentiate.",
            _with(_Squares, gradient=lambda self, P, T: (P - T) ** 2 / P.size)),
)  # fmt: skip


def _log_p_and_q(log_p: Callable, log_q: Callable) -> tuple[type, type]:
    """With these logarithms, and with logarithms of a probability that may have been rounded to 0 or 1."""
    return (
        _with(_TwoClasses, log_p=lambda self, z: log_p(z), log_q=lambda self, z: log_q(z)),
        _with(_TwoClasses, log_p=lambda self, z: np.log(np.exp(log_p(z))), log_q=lambda self, z: np.log(1 - np.exp(log_p(z)))),
    )  # fmt: skip


def _terms(term: Callable) -> type:
    return _with(_TwoClasses, value=lambda self, P, T: float(np.mean(term(P, T))))


def _bce_slope(slope: Callable) -> type:
    return _with(_TwoClasses, gradient=lambda self, P, T: slope(P, T) / len(P))


def _bce_slopes(slope: Callable) -> tuple[type, ...]:
    """With the probability computed in two ways, which are rounded differently near 0 and 1."""
    return tuple(_bce_slope(lambda z, y, p=p: slope(p(z), y)) for p in (_sigmoid, _sigmoid_by_tanh))


EPSILONS = (1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-15, 1e-16)

_CAPPED = (
    "A small constant inside the logarithm caps the loss and falsifies it, and so does clipping the probability: write "
    "the loss in terms of the logits, where no logarithm meets 0."
)
_NEEDLESS = "A small constant is added inside a logarithm that needs none: leave it out, it falsifies small losses."
_BASE = "The logarithm has base {}: the loss is made with the natural one, np.log."
_POSITIVE = "The minus sign is missing: the loss is never negative."


def _p_plus(epsilon: float) -> type:
    return _with(_TwoClasses, log_p=lambda self, z: np.log(_sigmoid(z) + epsilon),
                 log_q=lambda self, z: np.log(1 - _sigmoid(z) + epsilon))  # fmt: skip


def _p_clipped(epsilon: float) -> type:
    clipped = lambda z: np.clip(_sigmoid(z), epsilon, 1 - epsilon)  # noqa: E731
    return _with(_TwoClasses, log_p=lambda self, z: np.log(clipped(z)), log_q=lambda self, z: np.log(1 - clipped(z)),
                 p=lambda self, z: clipped(z))  # fmt: skip


_FROM_P = "The loss is not finite: where p = σ(z) is rounded to 0 or 1 the logarithm meets 0, so write it in terms of the logit."

BCE_FORWARD_MISTAKES = (
    *_refusals(_TwoClasses),
    *_rounds(_TwoClasses),
    *_named("forward checks that the shapes agree, but equal shapes are not enough: anything but (N,) and (N, 1) must be "
            "refused with a ValueError.", _checks(_TwoClasses, lambda P, T: P.shape == T.shape)),
    *_named(_FROM_P,
            _with(_TwoClasses, log_p=lambda self, z: np.log(_sigmoid(z)), log_q=lambda self, z: np.log(1 - _sigmoid(z))),
            _terms(lambda z, y: -np.log(np.where(y == 1, _sigmoid(z), 1 - _sigmoid(z))))),
    *_named("The loss is not finite: e^z overflows from about z = 710 on, and e^(−z) on the other side, so write log(1 + e^z) "
            "as max(z, 0) + log(1 + e^(−|z|)).",
            _terms(lambda z, y: np.log(1 + np.exp(z)) - y * z),
            _terms(lambda z, y: np.log(1 + np.exp(-z)) + (1 - y) * z),
            _terms(lambda z, y: np.log(np.where(y == 1, 1 + np.exp(-z), 1 + np.exp(z))))),
    *_named("The loss is not finite where z is very negative: the absolute value is missing in e^(−|z|).",
            _terms(lambda z, y: np.maximum(z, 0) - y * z + np.log1p(np.exp(-z)))),
    *(mistake for epsilon in EPSILONS for mistake in _named(_CAPPED, _p_plus(epsilon), _p_clipped(epsilon))),
    *(mistake for epsilon in EPSILONS[:-2]
      for mistake in _named(_NEEDLESS, _terms(lambda z, y, epsilon=epsilon: np.maximum(z, 0) - y * z
                                              + np.log(1 + np.exp(-np.abs(z)) + epsilon)))),
    *_named("forward returns the sum over the batch: take the mean.", _scaled_value(_TwoClasses, len)),
    *_named("forward divides by N twice.", _scaled_value(_TwoClasses, lambda P: 1 / len(P))),
    *_named("forward returns half the mean: divide by N, not by the number of classes as well.",
            _scaled_value(_TwoClasses, lambda P: 0.5)),
    *_named(_POSITIVE, _scaled_value(_TwoClasses, lambda P: -1)),
    *_named(_BASE.format(10), _scaled_value(_TwoClasses, lambda P: 1 / np.log(10))),
    *_named(_BASE.format(2), _scaled_value(_TwoClasses, lambda P: 1 / np.log(2))),
    *_named("One of the logarithms has base 10: write np.log, not np.log10.",
            _terms(lambda z, y: np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))) / np.log(10))),
    *_named("forward takes the logits for probabilities: the class does the sigmoid itself.",
            _with(_TwoClasses, log_p=lambda self, z: np.log(z), log_q=lambda self, z: np.log(1 - z))),
    *_named("forward counts the examples of class 1 alone: those of class 0 add −log(1 − p).",
            _terms(lambda z, y: y * _softplus(-z)), _terms(lambda z, y: -y * np.log(_sigmoid(z)))),
    *_named("forward counts the examples of class 0 alone: those of class 1 add −log p.",
            _terms(lambda z, y: (1 - y) * _softplus(z)), _terms(lambda z, y: -(1 - y) * np.log(1 - _sigmoid(z)))),
    *_named("forward treats every target as 0: the term −y z is missing.", _terms(lambda z, y: _softplus(z))),
    *_named("forward treats every target as 1.", _terms(lambda z, y: _softplus(-z))),
    *_named("forward takes class 0 for class 1: where y is 1 the loss is −log p.",
            *_log_p_and_q(lambda z: -_softplus(z), lambda z: -_softplus(-z))),
    *_named("The term y z is added: it is subtracted, log(1 + e^z) − y z.", _terms(lambda z, y: _softplus(z) + y * z)),
    *_named("forward uses the formula for labels −1 and +1, log(1 + e^(−y z)): here the targets are 0 and 1.",
            _terms(lambda z, y: _softplus(-y * z))),
    *_named("forward applies the sigmoid twice: it is given logits, and one sigmoid turns them into probabilities.",
            *_log_p_and_q(lambda z: -_softplus(-_sigmoid(z)), lambda z: -_softplus(_sigmoid(z)))),
    *_named("forward returns the squared error of p: the cross-entropy is made with logarithms.",
            _terms(lambda z, y: (_sigmoid(z) - y) ** 2)),
    *_named("forward returns the share of wrong answers: the cross-entropy is made with logarithms.",
            _terms(lambda z, y: (z >= 0) != (y == 1))),
    *_named("forward cuts its terms down to whole numbers where the targets are integers: does an array made like the target "
            "hold them?",
            _terms(lambda z, y: (_softplus(z) - y * z).astype(y.dtype))),
    *_named("A batch in a column gives an array of shape (1,): forward returns a single number, so take the mean over all.",
            _with(_TwoClasses, value=lambda self, P, T: np.mean(_softplus(P) - T * P, axis=0))),
)  # fmt: skip

BCE_BACKWARD_MISTAKES = (
    *_named("The gradient is divided by N twice: the mean brings the factor 1/N only once.",
            _scaled_gradient(_TwoClasses, lambda P: 1 / len(P))),
    *_named("The sigmoid is missing: the gradient is (σ(z) − y) / N.", _with(_TwoClasses, p=lambda self, z: z)),
    *_named("backward takes the logits for probabilities: the class does the sigmoid itself.",
            _bce_slope(lambda z, y: (z - y) / (z * (1 - z))), _bce_slope(lambda z, y: -y / z + (1 - y) / (1 - z))),
    *_named("The factor p (1 − p) is left over: it cancels, and (p − y) / N remains.",
            *_bce_slopes(lambda p, y: (p - y) * p * (1 - p))),
    *_named("The gradient is dL/dp: multiply by dp/dz = p (1 − p), and simplify before you compute.",
            *_bce_slopes(lambda p, y: (p - y) / (p * (1 - p))), *_bce_slopes(lambda p, y: -y / p + (1 - y) / (1 - p))),
    *_named("backward counts the examples of class 1 alone: those of class 0 have the gradient p / N.",
            _bce_slope(lambda z, y: y * (_sigmoid(z) - 1))),
    *_named("backward counts the examples of class 0 alone: those of class 1 have the gradient (p − 1) / N.",
            _bce_slope(lambda z, y: (1 - y) * _sigmoid(z))),
    *_named("backward treats every target as 0: the − y in p − y is missing.", _bce_slope(lambda z, y: _sigmoid(z))),
    *_named("backward treats every target as 1.", _bce_slope(lambda z, y: _sigmoid(z) - 1)),
    *_named("backward takes class 0 for class 1: the gradient is (p − y) / N with p the probability of class 1.",
            _bce_slope(lambda z, y: _sigmoid(z) - (1 - y))),
    *_named("backward applies the sigmoid twice: it is given logits, and one sigmoid turns them into probabilities.",
            _with(_TwoClasses, p=lambda self, z: _sigmoid(_sigmoid(z))),
            _bce_slope(lambda z, y: (_sigmoid(_sigmoid(z)) - y) * _sigmoid(z) * (1 - _sigmoid(z)))),
    *_named("backward uses the predicted class, 0 or 1, instead of the probability p.",
            _bce_slope(lambda z, y: (z >= 0) - 1.0 * y), _bce_slope(lambda z, y: (z > 0) - 1.0 * y)),
    *_named("backward returns the gradient of the squared error of p: it vanishes where the answer is sure and wrong.",
            *_bce_slopes(lambda p, y: 2 * (p - y) * p * (1 - p))),
    *(mistake for epsilon in EPSILONS
      for mistake in _named("The probability is clipped before the gradient is made: p − y can neither overflow nor vanish, so "
                            "leave the clipping out.", _p_clipped(epsilon))),
    *_named("The gradient of a batch in a column has lost its axis: (N, 1) goes in, so (N, 1) must come out.",
            _with(_TwoClasses, gradient=lambda self, P, T: (_sigmoid(P) - T).ravel() / len(P))),
)  # fmt: skip


def _ce_one_hot_numbers(self, P, T):
    return float(-np.sum(T[:, None] * _log_softmax(P)) / len(P))


def _ce_slope(slope: Callable) -> type:
    return _with(_ManyClasses, gradient=lambda self, P, T: slope(P, T) / len(P))


def _softmax(z):
    return np.exp(_log_softmax(z))


def _once_more(z, T):
    s = _softmax(z)
    u = s - _one_hot(T, s)
    return s * (u - (s * u).sum(axis=1, keepdims=True))


def _in_columns(z, T):
    s = _softmax(z)
    s[:, T] -= 1
    return s


def _divided_by_padded(epsilon: float) -> type:
    def log_s(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return np.log(e / (e.sum(axis=1, keepdims=True) + epsilon))

    return _with(_ManyClasses, log_s=log_s)


def _s_plus(epsilon: float) -> type:
    return _with(_ManyClasses, log_s=lambda self, z: np.log(_softmax(z) + epsilon))


def _s_clipped(epsilon: float) -> type:
    return _with(_ManyClasses, log_s=lambda self, z: np.log(np.clip(_softmax(z), epsilon, 1 - epsilon)))


def _s_bounded_below(epsilon: float) -> type:
    return _with(_ManyClasses, log_s=lambda self, z: np.log(np.maximum(_softmax(z), epsilon)))


_TWICE = "{} applies the softmax twice: it is given logits, and one softmax turns them into probabilities."
_DOWN = "{} normalises over the batch, axis 0: each row has its own sum, axis=1 with keepdims=True."
_ONE_SUM = "{} has one normaliser for the whole batch: each row has its own sum, axis=1 with keepdims=True."
_GLOBAL = (
    "The {} is not finite: one maximum is taken off the whole batch, and rows far below it are rounded to 0; each row has its "
    "own maximum."
)
_ADDED = "The {} is not finite: the maximum of the row is added to the logits, not taken off."
_NO_SHIFT = "The {} is not finite: take the maximum of each row off its logits before np.exp."
_NUMBERS = "{} takes the class numbers for one-hot rows: a label says which column counts, and its size means nothing."
_FROM_ONE = "{} counts the classes from 1: labels go from 0 to C − 1."
_PREDICTED = "{} uses the predicted class, the largest logit, instead of the label."
_FIRST_LABEL = "{} uses the first label for every row."


def _softmaxes(*log_s: Callable) -> tuple[type, ...]:
    """With these logarithms of probabilities, and with those of probabilities that may have been rounded to 0."""
    rounded = [lambda z, f=f: np.log(np.exp(f(z))) for f in log_s]
    return tuple(_with(_ManyClasses, log_s=lambda self, z, f=f: f(z)) for f in (*log_s, *rounded))


def _quotient(z, shift, axis=1):
    """The logarithm of exponentials divided by their sum."""
    e = np.exp(z - shift)
    return np.log(e / e.sum(axis=axis, keepdims=True))


def _maximum(z):
    return z.max(axis=1, keepdims=True)


def _not_finite(what: str) -> list[Mistake]:
    return [
        *_named(_GLOBAL.format(what),
                *_softmaxes(lambda z: _log_softmax(z, shift=z.max()), lambda z: _quotient(z, z.max()))),
        *_named(_ADDED.format(what),
                *_softmaxes(lambda z: _log_softmax(z, shift=-_maximum(z)), lambda z: _quotient(z, -_maximum(z)))),
        *_named(_NO_SHIFT.format(what), *_softmaxes(lambda z: _log_softmax(z, shift=0), lambda z: _quotient(z, 0)),
                _with(_ManyClasses, value=lambda self, P, T: float(np.mean(np.log(np.exp(P).sum(axis=1)) - P[_rows(T)])))),
    ]  # fmt: skip


def _normalised(method: str) -> list[Mistake]:
    """The wrong softmaxes that forward and backward have in common."""
    return [
        *_named(_TWICE.format(method), *_softmaxes(lambda z: _log_softmax(_softmax(z)))),
        *_named(_DOWN.format(method),
                *_softmaxes(lambda z: _log_softmax(z, 0), *(lambda z, shift=shift: _quotient(z, shift(z), 0)
                                                            for shift in (_maximum, np.max, lambda z: 0)))),
        *_named(_ONE_SUM.format(method), *_softmaxes(lambda z: _log_softmax(z, None), lambda z: _quotient(z, _maximum(z), None),
                                                     lambda z: _quotient(z, 0, None))),
    ]  # fmt: skip


CE_FORWARD_MISTAKES = (
    *_rounds(_ManyClasses),
    *_not_finite("loss"),
    *_named("The loss is not finite: where a probability is rounded to 0 the logarithm meets it, so take logarithm and softmax in "
            "one step, log Σ e^z − z at the label.",
            _with(_ManyClasses, log_s=lambda self, z: np.log(_softmax(z)))),
    *_named("The loss is not finite: each row is shifted by the logit of its label, but only the largest logit of the row leaves no "
            "positive exponent.",
            _with(_ManyClasses, value=lambda self, P, T: float(np.mean(np.log(np.exp(P - P[_rows(T)][:, None]).sum(axis=1)))))),
    *_named("In forward the maximum is taken off in the sum, but not at the label: shift both, or add it again.",
            _with(_ManyClasses, value=lambda self, P, T: float(np.mean(np.log(np.exp(P - _maximum(P)).sum(axis=1)) - P[_rows(T)])))),
    *(mistake for epsilon in EPSILONS
      for mistake in _named(_CAPPED, _s_plus(epsilon), _s_clipped(epsilon), _s_bounded_below(epsilon))),
    *(mistake for epsilon in EPSILONS[:-2]
      for mistake in _named(_NEEDLESS, _with(_ManyClasses, log_s=lambda self, z, epsilon=epsilon: z - _maximum(z) - np.log(
          np.exp(z - _maximum(z)).sum(axis=1, keepdims=True) + epsilon)))),
    *_normalised("forward"),
    *_named("forward returns the sum over the batch: take the mean.", _scaled_value(_ManyClasses, len)),
    *_named("forward divides by C as well: the mean is over the N examples, not over all N·C entries.",
            _scaled_value(_ManyClasses, lambda P: 1 / P.shape[1])),
    *_named("forward divides by C instead of N.", _scaled_value(_ManyClasses, lambda P: len(P) / P.shape[1])),
    *_named("forward divides by N twice.", _scaled_value(_ManyClasses, lambda P: 1 / len(P))),
    *_named(_POSITIVE, _scaled_value(_ManyClasses, lambda P: -1)),
    *_named(_BASE.format(10), _scaled_value(_ManyClasses, lambda P: 1 / np.log(10))),
    *_named(_BASE.format(2), _scaled_value(_ManyClasses, lambda P: 1 / np.log(2))),
    *_named("The logarithm of the sum has base 10: write np.log, not np.log10.",
            _with(_ManyClasses, value=lambda self, P, T: float(np.mean(
                np.log10(np.exp(P - _maximum(P)).sum(axis=1)) - (P - _maximum(P))[_rows(T)])))),
    *_named("forward takes the logits for probabilities: the class does the softmax itself.",
            _with(_ManyClasses, log_s=lambda self, z: np.log(z))),
    *_named("forward has no logarithm of the sum: −z at the label is only half of the loss.",
            _with(_ManyClasses, value=lambda self, P, T: float(np.mean(-P[_rows(T)]))),
            _with(_ManyClasses, value=lambda self, P, T: float(np.mean((_maximum(P) - P)[_rows(T)])))),
    *_named("forward sums over all classes: only the logarithm at the label counts.",
            _with(_ManyClasses, value=lambda self, P, T: float(-np.sum(_log_softmax(P)) / len(P)))),
    *_named("forward picks whole columns, z[:, labels]: one entry of each row is z[np.arange(N), labels].",
            _with(_ManyClasses, value=lambda self, P, T: float(-np.mean(_log_softmax(P)[:, T]))),
            _with(_ManyClasses, value=lambda self, P, T: float(-np.mean(np.log(_softmax(P)[:, T]))))),
    *_named(_NUMBERS.format("forward"), _with(_ManyClasses, value=_ce_one_hot_numbers),
            _with(_ManyClasses, value=lambda self, P, T: float(-np.mean(T[:, None] * _log_softmax(P))))),
    *_named(_FROM_ONE.format("forward"),
            _with(_ManyClasses, value=lambda self, P, T: float(-np.mean(_log_softmax(P)[_rows(T - 1)])))),
    *_named(_PREDICTED.format("forward"), _with(_ManyClasses, value=lambda self, P, T: float(-np.mean(_log_softmax(P).max(axis=1))))),
    *_named(_FIRST_LABEL.format("forward"),
            _with(_ManyClasses, value=lambda self, P, T: float(-np.mean(_log_softmax(P)[:, T[0]])))),
    *_named("forward counts the last row alone: += is missing in the loop.",
            _with(_ManyClasses, value=lambda self, P, T: float(-_log_softmax(P)[_rows(T)][-1] / len(P))),
            _with(_ManyClasses, value=lambda self, P, T: float(-_log_softmax(P)[_rows(T)][-1]))),
)  # fmt: skip

CE_BACKWARD_MISTAKES = (
    *_not_finite("gradient"),
    *_normalised("backward"),
    *_named("The gradient is divided by N twice: the mean brings the factor 1/N only once.",
            _scaled_gradient(_ManyClasses, lambda P: 1 / len(P))),
    *_named("The gradient is divided by C as well: the mean is over the N examples, not over all N·C entries.",
            _scaled_gradient(_ManyClasses, lambda P: 1 / P.shape[1])),
    *_named("The gradient is divided by C instead of N.", _scaled_gradient(_ManyClasses, lambda P: len(P) / P.shape[1])),
    *_named(_TEST_SIZE, _scaled_gradient(_ManyClasses, lambda P: len(P) / 4)),
    *_named("The one-hot row is missing: the gradient is (softmax − one-hot) / N.", _ce_slope(lambda z, T: _softmax(z))),
    *_named("The factor 1/N stands at the one-hot rows alone: divide the whole difference.",
            _with(_ManyClasses, gradient=lambda self, P, T: _softmax(P) - _one_hot(T, P) / len(P))),
    *_named("The factor 1/N stands at the softmax alone: divide the whole difference.",
            _with(_ManyClasses, gradient=lambda self, P, T: _softmax(P) / len(P) - _one_hot(T, P))),
    *_named("The softmax is missing: the gradient is (softmax − one-hot) / N.", _ce_slope(lambda z, T: z - _one_hot(T, z))),
    *_named("The gradient is nonzero in only the column of the label: the other columns have softmax / N.",
            _ce_slope(lambda z, T: (_softmax(z) - 1) * _one_hot(T, z))),
    *_named("The one-hot row is added: it is subtracted.", _ce_slope(lambda z, T: _softmax(z) + _one_hot(T, z))),
    *_named("The gradient goes through the softmax once more: softmax − one-hot is dL/dz already.", _ce_slope(_once_more)),
    *_named("The gradient is dL/ds, that of the probabilities: go through the softmax, and simplify before you compute.",
            _ce_slope(lambda z, T: np.where(_one_hot(T, z) > 0, -1 / _softmax(z), 0.0))),
    *_named("backward takes the logits for probabilities: the class does the softmax itself.",
            _ce_slope(lambda z, T: np.where(_one_hot(T, z) > 0, -1 / z, 0.0))),
    *_named("backward subtracts 1 in whole columns, s[:, labels]: one entry of each row is s[np.arange(N), labels].",
            _ce_slope(_in_columns)),
    *_named(_NUMBERS.format("backward"), _ce_slope(lambda z, T: _softmax(z) - T[:, None])),
    *_named(_FROM_ONE.format("backward"), _ce_slope(lambda z, T: _softmax(z) - _one_hot(T - 1, z))),
    *_named(_PREDICTED.format("backward"), _ce_slope(lambda z, T: _softmax(z) - _one_hot(z.argmax(axis=1), z))),
    *_named(_FIRST_LABEL.format("backward"), _ce_slope(lambda z, T: _softmax(z) - _one_hot(np.full_like(T, T[0]), z))),
    *(mistake for epsilon in EPSILONS
      for mistake in _named("A small constant is added to the sum of the exponentials, or the probabilities are clipped: after the "
                            "shift the sum is at least 1, so leave it out.",
                            _divided_by_padded(epsilon), _s_plus(epsilon), _s_clipped(epsilon))),
    *_named("A single row has lost its axis: (1, C) goes in, so (1, C) must come out; drop the squeeze.",
            _with(_ManyClasses, gradient=lambda self, P, T: np.squeeze(_ManyClasses.gradient(self, P, T)))),
)  # fmt: skip


def _task(name: str, cases: Any, reference: type, mistakes: tuple) -> Task:
    section = "Backpropagation, section “Where the gradient begins: losses”"
    return Task(name, ASSIGNMENT, section, cases, reference, mistakes)


TASKS = (
    _task("mse-forward", _mse_forward_cases, MeanSquaredError, MSE_FORWARD_MISTAKES),
    _task("mse-backward", lambda draw: _mse_cases(draw, _backward_cases), MeanSquaredError, MSE_BACKWARD_MISTAKES),
    _task("bce-forward", _bce_forward_cases, BinaryCrossEntropy, BCE_FORWARD_MISTAKES),
    _task("bce-backward", lambda draw: _bce_cases(draw, _backward_cases), BinaryCrossEntropy, BCE_BACKWARD_MISTAKES),
    _task("cross-entropy-forward", lambda draw: _ce_cases(draw, _forward_cases), SoftmaxCrossEntropy, CE_FORWARD_MISTAKES),
    _task("cross-entropy-backward", lambda draw: _ce_cases(draw, _backward_cases), SoftmaxCrossEntropy, CE_BACKWARD_MISTAKES),
)  # fmt: skip
