"""05_losses: `MeanSquaredError`, `BinaryCrossEntropy` and `SoftmaxCrossEntropy`, each with forward and backward."""

from functools import partial

import numpy as np

from mlpgrade.judging.declare import (
    EXACT, Case, InParts, Mistake, Part, Task, Use, call, is_array, is_number, overtaken, repeated, resized, rounded, slips, stale
)  # fmt: skip
from mlpkit import BinaryCrossEntropy, MeanSquaredError, SoftmaxCrossEntropy
from mlpkit.activations import softplus

HIDDEN = tuple(f"mlpkit.losses.{name}" for name in ("MeanSquaredError", "BinaryCrossEntropy", "SoftmaxCrossEntropy", "_same_shape", "_shares"))
"""What is taken out of mlpkit while this is graded."""

LOSS, GRADIENT, REFUSAL = "The loss", "The gradient", "What forward raises"
ARRAYS = ("prediction", "target")
NOT_FINITE = "an infinity or NaN"
OVERFLOWS = f" holds {NOT_FINITE}: write the formula so that no exponent is positive, no logarithm meets 0 and nothing is divided by 0"
FAULTS = {
    "forward": {"loss-not-finite": LOSS + OVERFLOWS},
    "backward": {"gradient-not-finite": GRADIENT + OVERFLOWS}
    | {f"backward-writes-{name}": f"backward wrote into the array {name}: make a new one" for name in ARRAYS},
}
FORWARD = Use(
    makes=lambda at: (), gives={}, calls=(call("loss", "forward", *ARRAYS),), shows={LOSS: "loss"}, keeps=ARRAYS
)
BACKWARD = FORWARD.but(
    calls=(call("loss", "forward", *ARRAYS, tried=True), call("gradient", "backward")), shows={GRADIENT: "gradient"}
)
"""A forward that raises costs nothing here as long as it has kept what backward needs."""

WHOLE = "{} is wrong for integer targets: does an array made like the target cut off the fractions?"
COLUMN = "{} is wrong for logits and targets of shape (N, 1), while (N,) is right"
FAR = "{} is wrong for logits that all lie far from 0: take the maximum of each row off, and clip nothing"
LARGE = "{} is wrong for large logits, up to ±10000, where others are right: a clipped logit or probability, or a small constant that is added, falsifies it"
TINY = (
    "{} must be tiny where every answer is sure and right, and it is not: leave out the small constant, the clipping or "
    "the shortcut for large logits, a stable formula needs none"
)
SURE = 0.1
"""Tolerance where every answer is right and sure, with logits about 28 apart and a loss of about 1e-12.

There right formulas differ: log Σ eᶻ − z, summed over a batch before the difference is taken, keeps two or three digits
of the loss. A constant of 1e-12 inside a logarithm or a clipped probability is off by more than the loss itself.
"""


def squares(draw):
    """What is given, in which sizes, and batches with what to say where one alone comes out wrong."""
    half, same = draw.normal(size=(4, 2)), draw.normal(size=(3, 2))
    axes = "{} is wrong for one axis or three, while two are right: the shapes are equal, so they are allowed"
    return {"prediction": ("N", "M"), "target": ("N", "M")}, {"N": 5, "M": 3}, [
        *((f"shape {shape}", *draw.normal(size=(2, *shape))) for shape in ((5, 3), (4, 4), (1, 3), (6, 1))),
        *((f"shape {shape}", *draw.normal(size=(2, *shape)), axes) for shape in ((6,), (2, 3, 4))),
        ("integer targets", draw.normal(0, 3, (5, 2)), draw.integers(-5, 6, (5, 2)), WHOLE),
        ("small numbers", *draw.normal(0, 1e-4, (2, 4, 2)), "{} is wrong for small numbers: is it rounded, or is something added?"),
        ("large numbers", *draw.uniform(-1e4, 1e4, (2, 4, 2))),
        ("some predictions exactly right", half, half + [[0, 1], [0, -2], [0.5, 0], [0, 1.5]], "{} is wrong where some predictions are exactly right: they count too"),
        ("all predictions exactly right", same, same.copy(), "{} is wrong where all predictions are exactly right: it is 0 there"),
    ]  # fmt: skip


def two_classes(draw):
    def labels(rows):
        """Of both classes, whatever the seed."""
        return draw.permutation(np.arange(rows) % 2)

    y, one = labels(8), draw.normal(0, 2, 1)
    sizes, medium = draw.permutation([40.0, 100.0, 1e3, 1e4]), draw.permutation([40.0, 100.0, -40.0, -100.0])
    large, both = np.append(sizes, -draw.permutation(sizes)), np.append(y[:4], 1 - draw.permutation(y[:4]))
    sure, tiny = draw.permutation([1e3, 5e3, 1e4, -1e3, -5e3, -1e4]), draw.uniform(28, 29, 4) * [1, -1, 1, -1]
    return {"prediction": lambda _, at: draw.normal(0, 2, at["N"]), "target": lambda _, at: labels(at["N"])}, {"N": 7}, [
        ("7 examples", draw.normal(0, 2, 7), 1.0 * labels(7)),
        ("7 examples in a column", draw.normal(0, 2, (7, 1)), 1.0 * labels(7)[:, None], COLUMN),
        ("integer targets", draw.normal(0, 2, 5), labels(5), WHOLE),
        ("integer targets in a column", draw.normal(0, 2, (6, 1)), labels(6)[:, None], WHOLE),
        *((f"all targets {y}", draw.normal(0, 2, 4), np.full(4, 1.0 * y)) for y in (0, 1)),
        ("a single example", one, 1.0 * (one < 0)),
        ("a single example in a column", one[:, None] + 0.5, 1.0 * (one[:, None] < -0.5), COLUMN),
        ("the logit 0", np.zeros(4), y[:4], "{} is wrong at the logit 0, where p is ½"),
        ("logits up to ±100", np.tile(medium, 2), np.append(both[:4], 1 - both[:4]), LARGE),
        ("large logits", np.tile(large, 2), np.append(both, 1 - both), LARGE),
        ("large logits, all of them right", sure, 1.0 * (sure > 0), LARGE),
        ("answers that are sure and right", tiny, 1 * (tiny > 0), TINY),
    ]  # fmt: skip


def many_classes(draw):
    def logits(rows, classes, around=0, size=2):
        return draw.normal(0, size, (rows, classes)) + np.reshape(around, (-1, 1))

    def labels(rows, classes):
        return draw.integers(0, classes, rows)

    one, right = logits(1, 3), labels(4, 3)
    wild = np.array([draw.permutation([1e4, -1e4, 1e3, -30.0, 30.0]) for _ in range(6)])
    apart = 357.5 * np.where(np.arange(3) == labels((4, 1), 3), 1, -1) + draw.uniform(-0.5, 0.5, (4, 3))
    tiny = np.where(np.arange(3) == right[:, None], 14, -14 - draw.uniform(0, 0.5, (4, 3)))
    return {"prediction": lambda _, at: logits(at["N"], at["C"]), "target": lambda _, at: labels(at["N"], at["C"])}, {"N": 6, "C": 4}, [
        *((f"{rows} examples, {classes} classes", logits(rows, classes), labels(rows, classes)) for rows, classes in ((6, 4), (4, 4), (5, 2), (3, 10))),
        ("a single example", one, one.argmin(axis=1)),
        ("the last classes do not occur", logits(6, 5), labels(6, 3), "{} is wrong when the last classes do not occur: C is the number of columns, not of labels seen"),
        ("logits around 370", logits(4, 3, 370, size=1), labels(4, 3), FAR),
        *((f"logits around {around}", logits(4, 3, around), labels(4, 3), FAR) for around in (9000, -9000)),
        ("rows around 9000 and around 0", logits(4, 3, [9000, 0, 9000, 0]), labels(4, 3), FAR),
        ("two logits 1000 apart", logits(3, 2, size=1) + [1000, 0], np.ones(3, int), LARGE),
        ("logits 715 apart", apart, apart.argmin(axis=1), LARGE),
        ("rows of very different size", draw.uniform(-1, 1, (5, 4)) * [[1e-3], [1], [30], [1e3], [1e4]], labels(5, 4), LARGE),
        ("large logits", wild, np.where(np.arange(6) % 2, wild.argmin(axis=1), wild.argmax(axis=1)), LARGE),
        ("large logits, all of them right", wild, wild.argmax(axis=1), LARGE),
        ("answers that are sure and right", tiny, right, TINY),
    ]  # fmt: skip


SQUARES_REFUSED = (((5,), (5, 1)), ((5, 1), (5,)), ((5, 3), (3,)), ((5, 3), (1, 3)), ((5, 3), (5, 1)), ((1, 3), (5, 3)), ((5, 3), (3, 5)),
                   ((5, 1), (1, 5)), ((2, 3, 4), (2, 3, 1)), ((5, 3), ()), ((6,), (2, 3)), ((5, 3), (5, 3, 1)), ((5,), (6,)))  # fmt: skip
TWO_CLASSES_REFUSED = (((5,), (5, 1)), ((5, 1), (5,)), ((5,), (1,)), ((5, 1), (1, 1)), ((1,), (5,)), ((5,), (6,)), ((6, 1), (2, 3)),
                       ((5, 2), (5, 2)), ((1, 5), (1, 5)), ((5, 2), (5,)), ((5, 1, 1), (5, 1, 1)))  # fmt: skip


def refused(draw, one, other):
    case = Case(f"prediction {one} with target {other}").make("it").bind("prediction", draw.normal(size=one))
    case.bind("target", np.asarray(draw.integers(0, 2, other), float))
    return case.raises(REFUSAL, "ValueError", "it", "forward", *ARRAYS)


def beside_another_size(use, draw, sizes):
    """Another loss goes forward in between, with a batch of another size."""
    case = use.make(use.begin("two losses at once", draw, sizes), draw, sizes, "other")
    use.give(case, draw, sizes)
    use.give(case, draw, sizes | {"N": sizes["N"] + 2}, " of the other")
    forward, backward = use.calls
    for owner, tag in ("it", ""), ("other", " of the other"):
        forward.add_to(case, owner, tag)
    use.before_the_last(case)
    backward.add_to(case, "it")
    return use.look(case, situation="side_by_side", sentence="{} is that of another loss: keep everything in self")


def cases(draw, use, gives, sizes, batches):
    use, situations = use.but(gives=gives), (resized, stale)
    if use.method == "backward":
        situations += (overtaken, repeated, beside_another_size)
    for about, prediction, target, *hint in batches:
        names = ("N", "M", "K") if target.ndim > 1 else ("N", "C")
        given = dict(zip(names, prediction.shape, strict=False)) | {"prediction": prediction, "target": target}
        tolerance = SURE if hint == [TINY] else EXACT
        its = use.but(says=dict(zip(use.shows, hint, strict=False)), tolerances=dict.fromkeys(use.shows, tolerance))
        yield told_apart(use, its.case(about, draw, given))
    yield from (told_apart(use, situation(use, draw, sizes)) for situation in situations)


def told_apart(use, case):
    """Tell what is not finite from what is wrong."""
    (label,), faults = use.shows, FAULTS[use.method]
    not_finite, *writes = faults

    def find(found):
        same = [found[f"{name} after backward"] for name in ARRAYS if writes]
        return [fault for fault, right in zip(faults, (found[label] is not NOT_FINITE, *same), strict=True) if not right]

    # which entries are not finite depends on the way of computing: say only that
    tame = lambda value: NOT_FINITE if (is_array(value) or is_number(value)) and not np.isfinite(value).all() else value
    kept = () if writes else (f"{name} after forward" for name in ARRAYS)
    derive = case.finds(faults, find, label, *kept).only_if_right(label, not_finite).derive
    return case.judged_by(lambda found: derive(found | {label: tame(found[label])}))


class Loss(InParts):
    """A loss in parts: the mean of its terms. Its gradient is the slopes, divided by how many terms there are."""

    error = ValueError

    def forward(self, P, T):
        if not self.fits(P, T):
            raise self.error
        self.P, self.T = P, self.seen(P, T)
        value = self.value(self.P, self.T)
        return value if np.ndim(value) else float(value)

    def backward(self):
        return self.gradient(self.P, self.T)

    fits = lambda self, P, T: P.shape == T.shape
    seen = lambda self, P, T: T
    value = lambda self, P, T: np.mean(self.terms(P, T))
    gradient = lambda self, P, T: self.slopes(P, T) / self.count(P)
    count = lambda self, P: P.size


MSE = Loss.but(terms=lambda self, P, T: (P - T) ** 2, slopes=lambda self, P, T: 2 * (P - T))
BCE = Loss.but(
    fits=lambda self, P, T: P.shape == T.shape and P.shape in ((len(P),), (len(P), 1)),
    terms=lambda self, P, T: -T * self.log_p(P) - (1 - T) * self.log_q(P),
    slopes=lambda self, P, T: self.p(P) - T,
    log_p=lambda self, z: -softplus(-z),
    log_q=lambda self, z: -softplus(z),
    p=lambda self, z: sigmoid(z),
)
CE = Loss.but(
    fits=lambda self, P, T: True,
    terms=lambda self, P, T: -at(self.log_s(P), T),
    slopes=lambda self, P, T: np.exp(self.log_s(P)) - one_hot(T, P),
    count=lambda self, P: len(P),
    log_s=lambda self, z: log_softmax(z),
)

sigmoid = lambda z: 1 / (1 + np.exp(-z))
softmax = lambda z: np.exp(log_softmax(z))
softmax_backward = lambda s, u: s * (u - (s * u).sum(axis=1, keepdims=True))
maximum = partial(np.max, axis=1, keepdims=True)
one_hot = lambda T, z: np.eye(z.shape[1])[T]
at = lambda z, T: z[np.arange(len(T)), T]
log_sum = lambda z, padding=0: np.log(np.exp(z - maximum(z)).sum(axis=1) + padding)


def log_softmax(z, axis=1, shift=None):
    z = z - (z.max(axis=axis, keepdims=True) if shift is None else shift)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


def log_quotient(z, shift, axis=1, padding=0):
    """The logarithm of exponentials divided by their sum."""
    e = np.exp(z - shift)
    return np.log(e / (e.sum(axis=axis, keepdims=True) + padding))


def wrong_in(part):
    return lambda loss, wrong: loss.but(**{part: lambda self, P, T: wrong(P, T)})


fits, seen, terms, slopes = map(wrong_in, ("fits", "seen", "terms", "slopes"))


def scaled(loss, factor):
    """The loss and its gradient are multiplied by the same number."""
    by = lambda right: lambda self, P, T: right(self, P, T) * factor(P)
    return loss.but(value=by(loss.value), gradient=by(loss.gradient))


def from_p(p, padding=0):
    log_p, log_q = lambda self, z: np.log(p(z) + padding), lambda self, z: np.log(1 - p(z) + padding)
    return BCE.but(log_p=log_p, log_q=log_q, p=lambda self, z: p(z))


def log_s(*wrong):
    """With these logarithms of probabilities, and with those of probabilities that may have been rounded to 0."""
    ways = [way for f in wrong for way in (f, lambda z, f=f: np.log(np.exp(f(z))))]
    return tuple(CE.but(log_s=lambda self, z, way=way: way(z)) for way in ways)


mse_terms = lambda wrong: terms(MSE, lambda z, y: wrong(z - y))
mse_slopes = lambda wrong: slopes(MSE, lambda z, y: wrong(z - y))
ce_slopes = lambda wrong: slopes(CE, lambda z, T: wrong(softmax(z), one_hot(T, z)))
by_tanh = lambda z: 0.5 * (1 + np.tanh(0.5 * z))  # as sigmoid, but rounded differently near 0 and 1
slopes_of_p = lambda wrong: [slopes(BCE, lambda z, y, p=p: wrong(p(z), y)) for p in (sigmoid, by_tanh)]
p_clipped = lambda e: from_p(lambda z: np.clip(sigmoid(z), e, 1 - e))
from_s = lambda changed: CE.but(log_s=lambda self, z: np.log(changed(softmax(z))))
s_plus = lambda e: from_s(lambda s: s + e)
s_clipped = lambda e: from_s(lambda s: np.clip(s, e, 1 - e))
s_bounded = lambda e: from_s(lambda s: np.maximum(s, e))
sum_padded = lambda e: CE.but(log_s=lambda self, z: log_quotient(z, maximum(z), padding=e))

EPSILONS = (1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-15, 1e-16)
CAPPED = "A small constant inside the logarithm caps the loss and falsifies it, and so does clipping the probability: write the loss in terms of the logits, where no logarithm meets 0."
NEEDLESS = "A small constant is added inside a logarithm that needs none: leave it out, it falsifies small losses."
BY_N_TWICE = "forward divides by N twice."
GRADIENT_BY_N_TWICE = "The gradient is divided by N twice: the mean brings the factor 1/N only once."
TEST_SIZE = "The gradient is divided by the size of the visible test: take the size of the latest batch."


def refusals(loss):
    return (
        Mistake("shapes-unchecked", "forward lets shapes through that differ: NumPy broadcasts (N,) and (N, 1) to (N, N) without a word, so compare the shapes yourself and raise ValueError.",
                fits(loss, lambda P, T: True), loss.but(forward=lambda self, P, T: loss.forward(self, P, T) if self.fits(P, T) else None)),
        Mistake("reshapes", "forward reshapes prediction or target until they fit, or compares the number of elements alone: unequal shapes such as (N,) and (N, 1) must be refused with a ValueError.",
                loss.but(forward=lambda self, P, T: loss.forward(self, P.reshape(-1), T.reshape(-1)))),
        Mistake("compares-rows", "forward compares the number of rows alone: compare the whole shapes.", fits(loss, lambda P, T: T.ndim and len(P) == len(T))),
        Mistake("compares-axes", "forward compares the number of axes alone: compare the whole shapes.", fits(loss, lambda P, T: P.ndim == T.ndim)),
        Mistake("asserts", "Unequal shapes are refused with an AssertionError: an assert raises AssertionError, so write raise ValueError.", loss.but(error=AssertionError)),
        Mistake("raises-type-error", "Unequal shapes are refused with a TypeError: write raise ValueError.", loss.but(error=TypeError)),
    )  # fmt: skip


def cross_entropies(loss):
    """What forward of the two cross-entropies has in common."""
    return (
        rounded("forward", loss.after("value"), range(2, 7)),
        Mistake("by-n-twice", BY_N_TWICE, scaled(loss, lambda P: 1 / len(P))),
        Mistake("summed", "forward returns the sum over the batch: take the mean.", scaled(loss, len)),
        Mistake("no-minus", "The minus sign is missing: the loss is never negative.", scaled(loss, lambda P: -1)),
        *(Mistake(f"base-{b}", f"The logarithm has base {b}: the loss is made with the natural one, np.log.", scaled(loss, lambda P, b=b: 1 / np.log(b))) for b in (10, 2)),
    )  # fmt: skip


def of_many_classes(what, method):
    """What forward and backward of the softmax's cross-entropy have in common."""
    return (
        Mistake(f"{what}-one-maximum", f"The {what} is not finite: one maximum is taken off the whole batch, and rows far below it are rounded to 0; each row has its own maximum.",
                *log_s(lambda z: log_softmax(z, shift=z.max()), lambda z: log_quotient(z, z.max()))),
        Mistake(f"{what}-maximum-added", f"The {what} is not finite: the maximum of the row is added to the logits, not taken off.",
                *log_s(lambda z: log_softmax(z, shift=-maximum(z)), lambda z: log_quotient(z, -maximum(z)))),
        Mistake(f"{what}-unshifted", f"The {what} is not finite: take the maximum of each row off its logits before np.exp.",
                *log_s(lambda z: log_softmax(z, shift=0), lambda z: log_quotient(z, 0)),
                *([terms(CE, lambda z, T: np.log(np.exp(z).sum(axis=1)) - at(z, T))] if what == "loss" else [])),
        Mistake(f"{what}-softmax-twice", f"{method} applies the softmax twice: it is given logits, and one softmax turns them into probabilities.",
                *log_s(lambda z: log_softmax(softmax(z)))),
        Mistake(f"{what}-down-columns", f"{method} normalises over the batch, axis 0: each row has its own sum, axis=1 with keepdims=True.",
                *log_s(lambda z: log_softmax(z, 0), *(lambda z, top=top: log_quotient(z, top(z), 0) for top in (maximum, np.max, lambda z: 0)))),
        Mistake(f"{what}-one-sum", f"{method} has one normaliser for the whole batch: each row has its own sum, axis=1 with keepdims=True.",
                *log_s(lambda z: log_softmax(z, None), *(lambda z, top=top: log_quotient(z, top(z), None) for top in (maximum, lambda z: 0)))),
        Mistake(f"{what}-from-one", f"{method} counts the classes from 1: labels go from 0 to C − 1.", seen(CE, lambda z, T: T - 1)),
        Mistake(f"{what}-predicted-class", f"{method} uses the predicted class, the largest logit, instead of the label.", seen(CE, lambda z, T: z.argmax(axis=1))),
        Mistake(f"{what}-first-label", f"{method} uses the first label for every row.", seen(CE, lambda z, T: np.full_like(T, T[0]))),
    )  # fmt: skip


MSE_FORWARD = (
    *refusals(MSE),
    rounded("forward", MSE.after("value"), range(2, 7)),
    Mistake("by-n-twice", BY_N_TWICE, scaled(MSE, lambda P: 1 / len(P))),
    Mistake("summed", "forward returns the sum of the squares: divide by the number of elements, prediction.size.", scaled(MSE, np.size)),
    Mistake("by-rows", "forward divides by the number of rows: the mean is over all elements, prediction.size of them.", scaled(MSE, lambda P: P.size / len(P))),
    Mistake("halved", "forward returns half the mean of the squares: there is no ½ in this loss.", scaled(MSE, lambda P: 0.5)),
    Mistake("half-sum", "forward returns half the sum of the squares: it is the mean over all elements, without a ½.", scaled(MSE, lambda P: 0.5 * P.size)),
    Mistake("half-sum-by-rows", "forward returns half the sum of the squares, divided by the number of rows: it is the mean over all elements, without a ½.",
            scaled(MSE, lambda P: 0.5 * P.size / len(P))),
    Mistake("root", "forward takes the square root: the mean of the squares itself is wanted.", mse_terms(lambda d: np.sqrt(np.mean(d**2)))),
    Mistake("absolute", "forward returns the mean absolute difference: square the differences.", mse_terms(np.abs)),
    Mistake("square-of-mean", "forward returns the square of the mean: square each difference first, and take the mean afterwards.", mse_terms(lambda d: np.mean(d) ** 2)),
    Mistake("variance", "forward returns the variance of the differences, np.var, which takes their mean off: use np.mean of the squares.", mse_terms(np.var)),
    Mistake("deviation", "forward returns the standard deviation of the differences: use np.mean of the squares.", mse_terms(np.std)),
    Mistake("largest", "forward returns the largest square: take their mean.", mse_terms(lambda d: np.max(d**2))),
)  # fmt: skip

MSE_BACKWARD = (
    Mistake("gradient-of-sum", "The gradient is that of the sum: forward takes the mean, so divide by the number of elements.", scaled(MSE, np.size)),
    Mistake("gradient-by-rows", "The gradient divides by the number of rows: the mean is over all elements, prediction.size of them.", scaled(MSE, lambda P: P.size / len(P))),
    Mistake("no-two", "The factor 2 is missing: the derivative of a square is twice its base.", scaled(MSE, lambda P: 0.5)),
    Mistake("bare-difference", "The gradient is the bare difference: it lacks the factor 2 and the division by the number of elements.", scaled(MSE, lambda P: 0.5 * P.size)),
    Mistake("difference-by-rows", "The gradient is (prediction − target) / N: it lacks the factor 2, and the mean is over all elements, not rows.",
            scaled(MSE, lambda P: 0.5 * P.size / len(P))),
    Mistake("gradient-by-n-again", "The gradient is divided by N once more: the mean over all elements contains it already.", scaled(MSE, lambda P: 1 / len(P))),
    Mistake("gradient-by-size-twice", "The gradient is divided by the number of elements twice.", scaled(MSE, lambda P: 1 / P.size)),
    Mistake("gradient-by-test-size", TEST_SIZE, scaled(MSE, lambda P: P.size / 12)),
    Mistake("gradient-of-root", "The gradient is that of the root of the mean: this loss has no square root.", mse_slopes(lambda d: d / np.sqrt(np.mean(d**2)))),
    Mistake("gradient-of-absolute", "The gradient is that of the mean absolute difference: it must grow with the difference.", mse_slopes(np.sign)),
    Mistake("gradient-of-square-of-mean", "The gradient is that of the square of the mean: each entry has its own difference.", mse_slopes(lambda d: 2 * np.mean(d) + 0 * d)),
    Mistake("gradient-times-loss", "The gradient is multiplied by the loss: the chain rule asks for nothing of the kind, the loss is the end.",
            mse_slopes(lambda d: 2 * d * np.mean(d**2))),
    Mistake("gradient-squared", "backward returns the square of the differences: differentiate.", mse_slopes(lambda d: d**2)),
)  # fmt: skip

BCE_FORWARD = (
    *refusals(BCE),
    *cross_entropies(BCE),
    Mistake("any-equal-shapes", "forward checks that the shapes agree, but equal shapes are not enough: anything but (N,) and (N, 1) must be refused with a ValueError.",
            fits(BCE, lambda P, T: P.shape == T.shape)),
    Mistake("from-p", "The loss is not finite: where p = σ(z) is rounded to 0 or 1 the logarithm meets 0, so write it in terms of the logit.",
            from_p(sigmoid), terms(BCE, lambda z, y: -np.log(np.where(y == 1, sigmoid(z), 1 - sigmoid(z))))),
    Mistake("exponential-overflows", "The loss is not finite: e^z overflows from about z = 710 on, and e^(−z) on the other side, so write log(1 + e^z) as max(z, 0) + log(1 + e^(−|z|)).",
            terms(BCE, lambda z, y: np.log(1 + np.exp(z)) - y * z), terms(BCE, lambda z, y: np.log(1 + np.exp(-z)) + (1 - y) * z),
            terms(BCE, lambda z, y: np.log(np.where(y == 1, 1 + np.exp(-z), 1 + np.exp(z))))),
    Mistake("no-absolute-value", "The loss is not finite where z is very negative: the absolute value is missing in e^(−|z|).",
            terms(BCE, lambda z, y: np.maximum(z, 0) - y * z + np.log1p(np.exp(-z)))),
    Mistake("capped", CAPPED, *(wrong for e in EPSILONS for wrong in (from_p(sigmoid, e), p_clipped(e)))),
    Mistake("needless-epsilon", NEEDLESS, *(terms(BCE, lambda z, y, e=e: np.maximum(z, 0) - y * z + np.log(1 + np.exp(-np.abs(z)) + e)) for e in EPSILONS[:-2])),
    Mistake("halved", "forward returns half the mean: divide by N, not by the number of classes as well.", scaled(BCE, lambda P: 0.5)),
    Mistake("log10", "One of the logarithms has base 10: write np.log, not np.log10.", terms(BCE, lambda z, y: np.maximum(z, 0) - y * z + softplus(-np.abs(z)) / np.log(10))),
    Mistake("logits-as-probabilities", "forward takes the logits for probabilities: the class does the sigmoid itself.", from_p(lambda z: z)),
    Mistake("class-1-alone", "forward counts the examples of class 1 alone: those of class 0 add −log(1 − p).",
            terms(BCE, lambda z, y: y * softplus(-z)), terms(BCE, lambda z, y: -y * np.log(sigmoid(z)))),
    Mistake("class-0-alone", "forward counts the examples of class 0 alone: those of class 1 add −log p.",
            terms(BCE, lambda z, y: (1 - y) * softplus(z)), terms(BCE, lambda z, y: -(1 - y) * np.log(1 - sigmoid(z)))),
    Mistake("all-0", "forward treats every target as 0: the term −y z is missing.", terms(BCE, lambda z, y: softplus(z))),
    Mistake("all-1", "forward treats every target as 1.", terms(BCE, lambda z, y: softplus(-z))),
    Mistake("swapped", "forward takes class 0 for class 1: where y is 1 the loss is −log p.", seen(BCE, lambda z, y: 1 - y), from_p(lambda z: sigmoid(-z))),
    Mistake("yz-added", "The term y z is added: it is subtracted, log(1 + e^z) − y z.", terms(BCE, lambda z, y: softplus(z) + y * z)),
    Mistake("signed-labels", "forward uses the formula for labels −1 and +1, log(1 + e^(−y z)): here the targets are 0 and 1.", terms(BCE, lambda z, y: softplus(-y * z))),
    Mistake("sigmoid-twice", "forward applies the sigmoid twice: it is given logits, and one sigmoid turns them into probabilities.", from_p(lambda z: sigmoid(sigmoid(z)))),
    Mistake("squared-error", "forward returns the squared error of p: the cross-entropy is made with logarithms.", terms(BCE, lambda z, y: (sigmoid(z) - y) ** 2)),
    Mistake("share-wrong", "forward returns the share of wrong answers: the cross-entropy is made with logarithms.", terms(BCE, lambda z, y: (z >= 0) != (y == 1))),
    Mistake("whole-terms", "forward cuts its terms down to whole numbers where the targets are integers: does an array made like the target hold them?",
            terms(BCE, lambda z, y: (softplus(z) - y * z).astype(y.dtype))),
    Mistake("vector-of-one", "A batch in a column gives an array of shape (1,): forward returns a single number, so take the mean over all.",
            BCE.but(value=lambda self, z, y: np.mean(softplus(z) - y * z, axis=0))),
)  # fmt: skip

BCE_BACKWARD = (
    Mistake("gradient-by-n-twice", GRADIENT_BY_N_TWICE, scaled(BCE, lambda P: 1 / len(P))),
    Mistake("no-sigmoid", "The sigmoid is missing: the gradient is (σ(z) − y) / N.", slopes(BCE, lambda z, y: z - y)),
    Mistake("slopes-of-probabilities", "backward takes the logits for probabilities: the class does the sigmoid itself.",
            slopes(BCE, lambda z, y: (z - y) / (z * (1 - z))), slopes(BCE, lambda z, y: -y / z + (1 - y) / (1 - z))),
    Mistake("factor-left-over", "The factor p (1 − p) is left over: it cancels, and (p − y) / N remains.", *slopes_of_p(lambda p, y: (p - y) * p * (1 - p))),
    Mistake("stops-at-p", "The gradient is dL/dp: multiply by dp/dz = p (1 − p), and simplify before you compute.",
            *slopes_of_p(lambda p, y: (p - y) / (p * (1 - p))), *slopes_of_p(lambda p, y: -y / p + (1 - y) / (1 - p))),
    Mistake("slopes-class-1-alone", "backward counts the examples of class 1 alone: those of class 0 have the gradient p / N.", *slopes_of_p(lambda p, y: y * (p - 1))),
    Mistake("slopes-class-0-alone", "backward counts the examples of class 0 alone: those of class 1 have the gradient (p − 1) / N.", *slopes_of_p(lambda p, y: (1 - y) * p)),
    Mistake("slopes-all-0", "backward treats every target as 0: the − y in p − y is missing.", *slopes_of_p(lambda p, y: p)),
    Mistake("slopes-all-1", "backward treats every target as 1.", *slopes_of_p(lambda p, y: p - 1)),
    Mistake("slopes-swapped", "backward takes class 0 for class 1: the gradient is (p − y) / N with p the probability of class 1.", seen(BCE, lambda z, y: 1 - y)),
    Mistake("slopes-sigmoid-twice", "backward applies the sigmoid twice: it is given logits, and one sigmoid turns them into probabilities.",
            from_p(lambda z: sigmoid(sigmoid(z))), slopes(BCE, lambda z, y: (sigmoid(sigmoid(z)) - y) * sigmoid(z) * (1 - sigmoid(z)))),
    Mistake("decides", "backward uses the predicted class, 0 or 1, instead of the probability p.",
            slopes(BCE, lambda z, y: (z >= 0) - 1.0 * y), slopes(BCE, lambda z, y: (z > 0) - 1.0 * y)),
    Mistake("slopes-squared-error", "backward returns the gradient of the squared error of p: it vanishes where the answer is sure and wrong.",
            *slopes_of_p(lambda p, y: 2 * (p - y) * p * (1 - p))),
    Mistake("clipped", "The probability is clipped before the gradient is made: p − y can neither overflow nor vanish, so leave the clipping out.", *map(p_clipped, EPSILONS[:-2])),
    *slips("backward", BCE.after("gradient"), "flat"),
)  # fmt: skip

CE_FORWARD = (
    *cross_entropies(CE),
    *of_many_classes("loss", "forward"),
    Mistake("log-of-softmax", "The loss is not finite: where a probability is rounded to 0 the logarithm meets it, so take logarithm and softmax in one step, log Σ e^z − z at the label.",
            from_s(lambda s: s)),
    Mistake("shifted-by-label", "The loss is not finite: each row is shifted by the logit of its label, but only the largest logit of the row leaves no positive exponent.",
            terms(CE, lambda z, T: np.log(np.exp(z - at(z, T)[:, None]).sum(axis=1)))),
    Mistake("half-shift", "In forward the maximum is taken off in the sum, but not at the label: shift both, or add it again.", terms(CE, lambda z, T: log_sum(z) - at(z, T))),
    Mistake("capped", CAPPED, *(wrong for e in EPSILONS for wrong in (s_plus(e), s_clipped(e), s_bounded(e)))),
    Mistake("needless-epsilon", NEEDLESS, *(terms(CE, lambda z, T, e=e: log_sum(z, e) - at(z - maximum(z), T)) for e in EPSILONS[:-2])),
    Mistake("by-c-too", "forward divides by C as well: the mean is over the N examples, not over all N·C entries.", scaled(CE, lambda P: 1 / P.shape[1])),
    Mistake("by-c", "forward divides by C instead of N.", scaled(CE, lambda P: len(P) / P.shape[1])),
    Mistake("log10", "The logarithm of the sum has base 10: write np.log, not np.log10.", terms(CE, lambda z, T: log_sum(z) / np.log(10) - at(z - maximum(z), T))),
    Mistake("logits-as-probabilities", "forward takes the logits for probabilities: the class does the softmax itself.", terms(CE, lambda z, T: -np.log(at(z, T)))),
    Mistake("no-sum", "forward has no logarithm of the sum: −z at the label is only half of the loss.",
            terms(CE, lambda z, T: -at(z, T)), terms(CE, lambda z, T: at(maximum(z) - z, T))),
    Mistake("all-classes", "forward sums over all classes: only the logarithm at the label counts.", terms(CE, lambda z, T: -log_softmax(z).sum(axis=1))),
    Mistake("whole-columns", "forward picks whole columns, z[:, labels]: one entry of each row is z[np.arange(N), labels].",
            terms(CE, lambda z, T: -log_softmax(z)[:, T]), terms(CE, lambda z, T: -np.log(softmax(z)[:, T]))),
    Mistake("numbers-as-one-hot", "forward takes the class numbers for one-hot rows: a label says which column counts, and its size means nothing.",
            terms(CE, lambda z, T: -(T[:, None] * log_softmax(z)).sum(axis=1)), terms(CE, lambda z, T: -T[:, None] * log_softmax(z))),
    Mistake("last-row", "forward counts the last row alone: += is missing in the loop.",
            terms(CE, lambda z, T: -at(log_softmax(z), T)[-1] / len(z)), terms(CE, lambda z, T: -at(log_softmax(z), T)[-1])),
)  # fmt: skip

CE_BACKWARD = (
    *of_many_classes("gradient", "backward"),
    Mistake("gradient-by-n-twice", GRADIENT_BY_N_TWICE, scaled(CE, lambda P: 1 / len(P))),
    Mistake("gradient-by-c-too", "The gradient is divided by C as well: the mean is over the N examples, not over all N·C entries.", scaled(CE, lambda P: 1 / P.shape[1])),
    Mistake("gradient-by-c", "The gradient is divided by C instead of N.", scaled(CE, lambda P: len(P) / P.shape[1])),
    Mistake("gradient-by-test-size", TEST_SIZE, scaled(CE, lambda P: len(P) / 4)),
    Mistake("no-one-hot", "The one-hot row is missing: the gradient is (softmax − one-hot) / N.", ce_slopes(lambda s, h: s)),
    Mistake("one-hot-alone-by-n", "The factor 1/N stands at the one-hot rows alone: divide the whole difference.", ce_slopes(lambda s, h: len(s) * s - h)),
    Mistake("softmax-alone-by-n", "The factor 1/N stands at the softmax alone: divide the whole difference.", ce_slopes(lambda s, h: s - len(s) * h)),
    Mistake("no-softmax", "The softmax is missing: the gradient is (softmax − one-hot) / N.", slopes(CE, lambda z, T: z - one_hot(T, z))),
    Mistake("label-column-alone", "The gradient is nonzero in only the column of the label: the other columns have softmax / N.", ce_slopes(lambda s, h: (s - 1) * h)),
    Mistake("one-hot-added", "The one-hot row is added: it is subtracted.", ce_slopes(lambda s, h: s + h)),
    Mistake("softmax-again", "The gradient goes through the softmax once more: softmax − one-hot is dL/dz already.", ce_slopes(lambda s, h: softmax_backward(s, s - h))),
    Mistake("stops-at-s", "The gradient is dL/ds, that of the probabilities: go through the softmax, and simplify before you compute.",
            ce_slopes(lambda s, h: np.where(h > 0, -1 / s, 0.0))),
    Mistake("slopes-of-probabilities", "backward takes the logits for probabilities: the class does the softmax itself.",
            slopes(CE, lambda z, T: np.where(one_hot(T, z) > 0, -1 / z, 0.0))),
    Mistake("slopes-whole-columns", "backward subtracts 1 in whole columns, s[:, labels]: one entry of each row is s[np.arange(N), labels].",
            ce_slopes(lambda s, h: s - h.max(axis=0))),
    Mistake("slopes-numbers-as-one-hot", "backward takes the class numbers for one-hot rows: a label says which column counts, and its size means nothing.",
            slopes(CE, lambda z, T: softmax(z) - T[:, None])),
    Mistake("softmax-padded", "A small constant is added to the sum of the exponentials, or the probabilities are clipped: after the shift the sum is at least 1, so leave it out.",
            *(wrong for e in EPSILONS[:-2] for wrong in (s_plus(e), s_clipped(e), sum_padded(e)))),
    *slips("backward", CE.after("gradient"), "squeezed"),
)  # fmt: skip


def refusing(points, shapes):
    """A refusal is worth something only beside a right loss."""
    right = (LOSS, *FAULTS["forward"])
    return Part("the loss", points, *right), Part(f"refusing {shapes} shapes as well", 1, REFUSAL, *right)


NAMES = {
    "mse": "the mean squared error", "bce": "the cross-entropy for two classes", "cross-entropy": "the cross-entropy for many classes",
}  # fmt: skip


def task(subject, reference, use, batches, mistakes, shapes=(), parts=()):
    drawn = lambda draw: [*cases(draw, use, *batches(draw)), *(refused(draw, *two) for two in shapes)]
    section = "Backpropagation, section “Where the gradient begins: losses”"
    title = f"{use.method} of {NAMES[subject]}"
    return Task(f"{subject}-{use.method}", section, drawn, reference, mistakes, parts, subject, FAULTS[use.method], title=title)


TASKS = (
    task("mse", MeanSquaredError, FORWARD, squares, MSE_FORWARD, SQUARES_REFUSED, refusing(1, "unequal")),
    task("mse", MeanSquaredError, BACKWARD, squares, MSE_BACKWARD),
    task("bce", BinaryCrossEntropy, FORWARD, two_classes, BCE_FORWARD, TWO_CLASSES_REFUSED, refusing(2, "other")),
    task("bce", BinaryCrossEntropy, BACKWARD, two_classes, BCE_BACKWARD),
    task("cross-entropy", SoftmaxCrossEntropy, FORWARD, many_classes, CE_FORWARD),
    task("cross-entropy", SoftmaxCrossEntropy, BACKWARD, many_classes, CE_BACKWARD),
)
