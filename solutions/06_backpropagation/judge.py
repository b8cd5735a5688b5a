"""06_backpropagation: slopes by differences, `Sequential`, and one step of training in full."""

import re
import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mlpgrade.judging.declare import Case, Mistake, Task, rng

HIDDEN = ("mlpkit.layers.Sequential", "mlpkit.gradcheck.numerical_gradient", "mlpkit.gradcheck._slope")

PROPS = "props"


# ---------------------------------------------------------------------------------------------- numerical_gradient

SLOPES = "numerical_gradient(f, x, h)"
RESTORED = "x afterwards"
_MOVED = (
    "x is afterwards not bit for bit what it was: work on a copy, or keep the old value and put it back, "
    "x[i] = kept, since x + h − h is rounded"
)


def _away_from_zero(draw: np.random.Generator, shape: tuple[int, ...]) -> Any:
    """Numbers between 0.7 and 2 of either sign: some on either side of 1, none with a slope near 0."""
    return draw.uniform(0.7, 2, shape) * draw.choice([-1.0, 1.0], shape)


def _slopes(case: Case, draw: np.random.Generator, shape: tuple[int, ...], h: float) -> Case:
    """Measure at the array that the case calls x."""
    case.bind("a", np.asarray(_away_from_zero(draw, shape))).bind("b", np.asarray(_away_from_zero(draw, shape)))
    case.library("f", f"{PROPS}.Polynomial", "a", "b")
    case.call("slopes", "target", None, "f", "x", h=h).publish(SLOPES, "slopes")
    return case.publish(RESTORED, "x", _MOVED, tolerance=0.0).only_if_right(SLOPES, RESTORED)


def _slope_cases(draw: np.random.Generator) -> list[Case]:
    """Steps so large that rounding, of the order ε|f|/h, stays far below 1e-9, and the formulas differ far above it."""
    cases = []
    for about, shape, h in (
        ("a vector, h = 0.001", (3,), 1e-3),
        ("a matrix, h = 0.25", (2, 3), 0.25),
        ("an array of shape (2, 2, 2), h = 0.001", (2, 2, 2), 1e-3),
        ("a single number, shape (), h = 0.01", (), 0.01),
    ):
        x = np.asarray(_away_from_zero(draw, shape))
        if shape == (3,):
            x[1] = 1e-20  # adding h and taking it away again gives 0
        cases.append(_slopes(Case(about).bind("x", x), draw, shape, h))
    turned = Case("x is the transpose of another array, h = 0.001").bind("other", _away_from_zero(draw, (3, 2)))
    cases.append(_slopes(turned.library("x", "tools.transposed", "other"), draw, (2, 3), 1e-3))
    return [*cases, _default_step(draw)]


def _default_step(draw: np.random.Generator) -> Case:
    """At 0 the central difference of a x³ is a h², without rounding: it tells every step from every other."""
    case = Case("x is zero everywhere, and no h is given").bind("x", np.zeros((2, 2)))
    case.bind("a", 1e10 * _away_from_zero(draw, (2, 2))).bind("b", np.zeros((2, 2)))
    case.library("f", f"{PROPS}.Polynomial", "a", "b").call("slopes", "target", None, "f", "x")
    return case.publish(SLOPES, "slopes").publish(RESTORED, "x", _MOVED, tolerance=0.0)


Moved = Callable[[float], float]
"""f, as a function of how far one entry has been moved."""


def _central(at: Moved, h: float) -> float:
    return (at(h) - at(-h)) / (2 * h)


def _measured(quotient: Callable[[Moved, float], float] = _central, default: float = 1e-5, result: Any = None) -> Any:
    """Return a numerical_gradient made of this quotient; `result` makes something else of the array in the end."""

    def numerical_gradient(f, x, h=default):
        slopes = np.zeros(x.shape)
        for i in np.ndindex(x.shape):

            def at(step, i=i):
                moved = np.array(x)
                moved[i] += step
                return f(moved)

            slopes[i] = quotient(at, h)
        if result is not None:
            return result(slopes, x)
        return slopes if x.ndim else slopes.item()

    return numerical_gradient


def _always_by(step: float) -> Callable[[Moved, float], float]:
    return lambda at, h: _central(at, step)


def _relative_step(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = step = h * max(1.0, abs(x[i]))
        slopes[i] = (f(x + e) - f(x - e)) / (2 * step)
    return slopes


def _scaled_step(f, x, h=1e-5):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = step = h * abs(x[i])
        slopes[i] = (f(x + e) - f(x - e)) / (2 * step)
    return slopes


def _one_index(empty: Callable[[np.ndarray], np.ndarray]) -> Any:
    def numerical_gradient(f, x, h=1e-5):
        slopes = empty(x)
        for i in range(len(x)):
            above, below = x.copy(), x.copy()
            above[i] += h
            below[i] -= h
            slopes[i] = (f(above) - f(below)) / (2 * h)
        return slopes

    return numerical_gradient


def _never_put_back(first: int, restored: bool) -> Any:
    """Move x in place, to one side and then to the other, and leave it there, at least until the end."""

    def numerical_gradient(f, x, h=1e-5):
        before, slopes = x.copy(), np.zeros(x.shape)
        for i in np.ndindex(x.shape):
            x[i] += first * h
            one = f(x)
            x[i] -= first * 2 * h
            slopes[i] = first * (one - f(x)) / (2 * h)
        if restored:
            x[...] = before
        return slopes

    return numerical_gradient


def _at_once(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


def _only_first(slopes: np.ndarray, x: np.ndarray) -> np.ndarray:
    slopes.reshape(-1)[1:] = 0
    return slopes


def _through_a_copy(slopes: np.ndarray, x: np.ndarray) -> np.ndarray:
    return slopes if x.flags.c_contiguous else np.zeros(x.shape)


def _memory_order(slopes: np.ndarray, x: np.ndarray) -> np.ndarray:
    return slopes if x.flags.c_contiguous else slopes.T.reshape(x.shape)


SLOPE_MISTAKES = (
    ("These are forward differences: step to both sides, (f(x + h e) − f(x − h e)) / 2h.",
     _measured(lambda at, h: (at(h) - at(0)) / h)),
    ("These are backward differences: step to both sides, (f(x + h e) − f(x − h e)) / 2h.",
     _measured(lambda at, h: (at(0) - at(-h)) / h)),
    ("These are forward differences, divided by 2h: the second point is x itself instead of x − h e.",
     _measured(lambda at, h: (at(h) - at(0)) / (2 * h))),
    ("These are backward differences, divided by 2h: the first point is x itself instead of x + h e.",
     _measured(lambda at, h: (at(0) - at(-h)) / (2 * h))),
    ("The difference is divided by h: from x − h e to x + h e it is 2h.",
     _measured(lambda at, h: (at(h) - at(-h)) / h)),
    ("2h needs brackets: … / 2 * h divides by 2 and then multiplies by h.",
     _measured(lambda at, h: (at(h) - at(-h)) / 2 * h)),
    ("The quotient lacks the step: divide the difference by 2h.",
     _measured(lambda at, h: at(h) - at(-h))),
    ("The quotient lacks the step: divide the difference by 2h, not by 2.",
     _measured(lambda at, h: (at(h) - at(-h)) / 2)),
    ("In the quotient the difference needs brackets: a division is done before a subtraction.",
     _measured(lambda at, h: at(h) - at(-h) / (2 * h))),
    ("The slopes have the wrong sign: it is f(x + h e) minus f(x − h e).",
     _measured(lambda at, h: (at(-h) - at(h)) / (2 * h))),
    ("The two points are h apart, one h/2 to either side: they should be x + h e and x − h e.",
     _measured(lambda at, h: (at(h / 2) - at(-h / 2)) / h)),
    ("The two points are 4h apart, 2h to either side: they should be x + h e and x − h e.",
     _measured(lambda at, h: (at(2 * h) - at(-2 * h)) / (4 * h))),
    ("A difference of four points is more exact than what is asked for here: use f(x + h e) and f(x − h e) alone.",
     _measured(lambda at, h: (8 * (at(h) - at(-h)) - at(2 * h) + at(-2 * h)) / (12 * h))),
    ("These are second derivatives: the slope is (f(x + h e) − f(x − h e)) / 2h.",
     _measured(lambda at, h: (at(h) - 2 * at(0) + at(-h)) / h**2)),
    ("All slopes are zero: f is given the same array twice. x.flatten() is a copy that x knows nothing of, and plus = minus = x.copy() gives one array two names.",
     _measured(lambda at, h: 0.0)),
    *((f"h is ignored, and always {step:g}: use the h that is handed in.",
       _measured(_always_by(step))) for step in (1e-3, 1e-4, 1e-5, 1e-6)),
    *((f"The default step is not 1e-5 but {step:g}.", _measured(default=step))
      for step in (1e-2, 1e-3, 1e-4, 1e-6, 1e-7, 1e-8)),
    ("h is scaled with the size of the entry: step by h itself, whatever x is.", _relative_step),
    ("h is scaled with the size of the entry: step by h itself, whatever x is.", _scaled_step),
    ("All entries are moved at once: move one and leave the others where they are, for each in turn.", _at_once),
    ("All entries are moved at once: move one and leave the others where they are, for each in turn.",
     lambda f, x, h=1e-5: np.full(x.shape, _at_once(f, x, h))),
    ("x may have any number of axes, and one index moves a whole row of a matrix at once: np.ndindex(x.shape) runs through all places.",
     _one_index(np.zeros_like)),
    ("x may have any number of axes, and one index moves a whole row of a matrix at once: np.ndindex(x.shape) runs through all places.",
     _one_index(lambda x: np.zeros(len(x)))),
    ("A transposed x goes wrong: there x.ravel() and x.reshape(-1) are copies, and what is written into them does not reach x, nor a result of that form.",
     _measured(result=_through_a_copy)),
    ("The slopes stand in the order of memory, which for a transposed x is not that of its indices: put each in the place of its entry.",
     _measured(result=_memory_order)),
    ("A vector comes back: the result has the shape of x, one slope in the place of each entry.",
     _measured(result=lambda slopes, x: slopes.ravel())),
    ("A list comes back: the result is an array of the shape of x.",
     _measured(result=lambda slopes, x: slopes.tolist() if x.ndim else [slopes.item()])),
    ("Only the first slope is there: does return stand inside the loop?", _measured(result=_only_first)),
    ("x is never put back: later slopes are measured elsewhere, and x is afterwards not what it was. Keep the old value, and write x[i] = kept.",
     _never_put_back(1, restored=False)),
    ("x is never put back: later slopes are measured elsewhere, and x is afterwards not what it was. Keep the old value, and write x[i] = kept.",
     _never_put_back(-1, restored=False)),
    ("Slopes are measured while the earlier entries are still moved: put each back before the next one's turn.",
     _never_put_back(1, restored=True)),
    ("Slopes are measured while the earlier entries are still moved: put each back before the next one's turn.",
     _never_put_back(-1, restored=True)),
    ("The slopes are kept in float32, seven digits: np.zeros(x.shape) has NumPy's default, float64.",
     _measured(result=lambda slopes, x: slopes.astype(np.float32))),
    *((f"The slopes are rounded to {digits} decimals: keep all digits.",
       _measured(result=lambda slopes, x, digits=digits: np.round(slopes, digits))) for digits in range(2, 9)),
    ("The slopes are cut down to whole numbers: make the array with np.zeros(x.shape), of float64.",
     _measured(result=lambda slopes, x: np.trunc(slopes))),
)  # fmt: skip


# -------------------------------------------------------------------------------------------------- relative_error

RATIO = "relative_error(a, b)"


def _ratio_cases(draw: np.random.Generator) -> list[Case]:
    cases = []
    for about, shape in (
        ("two vectors", (4,)),
        ("two matrices", (2, 3)),
        ("two arrays of shape (2, 2, 2)", (2, 2, 2)),
        ("two numbers, of shape ()", ()),
    ):
        cases.append(_ratio(about, np.asarray(draw.normal(size=shape)), np.asarray(draw.normal(size=shape))))
    a = _away_from_zero(draw, (2, 3))
    cases += [
        _ratio("b = −a", a, -a),
        _ratio("b = a", a, a.copy()),
        _ratio("b is zero", a, np.zeros((2, 3))),
        _ratio("a is zero", np.zeros((2, 3)), a),
        _ratio("a and b are zero", np.zeros((2, 3)), np.zeros((2, 3))),
        _ratio("a and b nearly equal", a, a + 1e-7 * draw.normal(size=(2, 3))),
        _ratio("a and b large", 1e4 * a, 1e4 * draw.normal(size=(2, 3))),
    ]
    for size in (1e-18, 3e-13, 2e-12, 1e-9):
        b = draw.normal(size=(2, 3))
        scale = size / (np.linalg.norm(a) + np.linalg.norm(b))
        cases.append(_ratio(f"‖a‖ + ‖b‖ = {size:g}", scale * a, scale * b))
    return cases


def _ratio(about: str, a: np.ndarray, b: np.ndarray) -> Case:
    case = Case(about).bind("a", a).bind("b", b).call("ratio", "target", None, "a", "b").publish(RATIO, "ratio")
    for name in ("a", "b"):
        case.publish(
            f"{name} afterwards",
            name,
            f"relative_error writes into {name}: make a new array, a − b, and leave both as they are",
            tolerance=0.0,
        )
    return case


def _plain(number: Any) -> Any:
    """A number as Python's, so that NumPy's count as right too; what is not finite compares equal as NumPy's alone."""
    return float(number) if np.isfinite(number) else np.float64(number)


def _norm(v: np.ndarray) -> float:
    return float(np.sqrt(np.sum(np.square(v))))


def _quotient(
    size: Callable[[np.ndarray], Any] = _norm,
    whole: Callable[[float, float], float] = lambda a, b: a + b,
    floor: Callable[[float], float] = lambda total: max(total, 1e-12),
    top: Callable[[np.ndarray, np.ndarray], Any] | None = None,
) -> Any:
    def relative_error(a, b):
        upper = size(a - b) if top is None else top(a, b)
        return _plain(upper / np.float64(floor(whole(size(a), size(b)))))

    return relative_error


def _entry_by_entry(total: Callable[[np.ndarray], Any], floor: float) -> Any:
    return lambda a, b: total(np.abs(a - b) / np.maximum(np.abs(a) + np.abs(b), floor))


def _spectral(v: np.ndarray) -> float:
    return float(np.linalg.norm(v, 2)) if v.ndim == 2 else _norm(v)


def _at_least(floor: float) -> Callable[[float], float]:
    return lambda total: max(total, floor)


def _raised_by(floor: float) -> Callable[[float], float]:
    return lambda total: total + floor


def _divides_python_floats(a, b):
    return _norm(a - b) / (_norm(a) + _norm(b))


RATIO_MISTAKES = (
    ("0/0: the max(…, 1e-12) is missing from the denominator.", _divides_python_floats),
    ("0/0: the max(…, 1e-12) is missing from the denominator.", _quotient(floor=lambda total: total)),
    ("1e-12 is added to the denominator: take the larger of the two, max(‖a‖ + ‖b‖, 1e-12).",
     _quotient(floor=lambda total: total + 1e-12)),
    *((f"The lower bound of the denominator is not 1e-12 but {floor:g}.",
       _quotient(floor=_at_least(floor))) for floor in (1e-6, 1e-7, 1e-8, 1e-10, 1e-15, 1e-16)),
    *((f"{floor:g} is added to the denominator: take the larger of the two, max(‖a‖ + ‖b‖, 1e-12).",
       _quotient(floor=_raised_by(floor))) for floor in (1e-6, 1e-7, 1e-8, 1e-10, 1e-15, 1e-16)),
    ("relative_error returns 0 where both arrays are small: there it is ‖a − b‖ / 1e-12, which need not be 0.",
     _quotient(floor=lambda total: total if total >= 1e-12 else np.inf)),
    ("relative_error has no lower bound where both arrays are small but not zero: divide by max(‖a‖ + ‖b‖, 1e-12).",
     _quotient(floor=lambda total: total or np.inf)),
    *((f"The arrays are compared entry by entry, and {what} is returned: divide one norm by another, each over all elements.",
       _entry_by_entry(total, floor)) for floor in (1e-12, 1e-8, 0.0) for what, total in (("the largest ratio", np.max), ("the mean ratio", np.mean))),
    *(("The arrays are compared entry by entry, and an array comes back: divide one norm by another, each over all elements.",
       _entry_by_entry(np.asarray, floor)) for floor in (1e-12, 1e-8, 0.0)),
    ("For a matrix this is the spectral norm: np.linalg.norm(A, 2) is no sum of squares. Leave out the 2.", _quotient(_spectral)),
    ("The roots are missing: a norm is the root of the sum of squares.", _quotient(lambda v: np.sum(np.square(v)))),
    ("The norms are sums of absolute values: take the Euclidean norm, the root of the sum of squares.",
     _quotient(lambda v: np.sum(np.abs(v)))),
    ("The norms are largest absolute values: take the Euclidean norm, the root of the sum of squares.",
     _quotient(lambda v: np.max(np.abs(v)))),
    ("The norms are root mean squares: take the root of the sum of squares.",
     _quotient(lambda v: np.sqrt(np.mean(np.square(v))))),
    ("relative_error divides by ‖b‖ alone: the denominator is ‖a‖ + ‖b‖.", _quotient(whole=lambda a, b: b)),
    ("relative_error divides by ‖a‖ alone: the denominator is ‖a‖ + ‖b‖.", _quotient(whole=lambda a, b: a)),
    ("relative_error divides by the larger of the norms: the denominator is their sum.", _quotient(whole=max)),
    ("relative_error divides by the mean of the norms: the denominator is their sum.",
     _quotient(whole=lambda a, b: (a + b) / 2)),
    ("relative_error divides by the product of the norms: the denominator is their sum.",
     _quotient(whole=lambda a, b: a * b)),
    ("The denominator is the norm of a + b: take the norms first and add them.",
     lambda a, b: _norm(a - b) / max(_norm(a + b), 1e-12)),
    ("The numerator is the difference of the norms, which is zero for b = −a: take the norm of a − b.",
     _quotient(top=lambda a, b: abs(_norm(a) - _norm(b)))),
    ("The numerator is the norm of a + b: take that of a − b.", _quotient(top=lambda a, b: _norm(a + b))),
    ("The numerator is the sum of the entries of a − b, without squares: take the norm.",
     _quotient(top=lambda a, b: np.sum(a - b))),
    ("relative_error returns the absolute error: divide by max(‖a‖ + ‖b‖, 1e-12).", lambda a, b: _norm(a - b)),
)  # fmt: skip


# ------------------------------------------------------------------------------------------------------ Sequential

OUTPUT = "forward(X)"
INPUT_GRADIENT = "dX, the value that backward returns,"
_TWICE = "{} of each layer is to be called once, in this order; compare what your loop does"
SQUARE = (3, 3, 3)


def _layers(case: Case, draw: np.random.Generator, widths: Sequence[int], prefix: str = "") -> list[str]:
    """Make linear layers of these widths with a Tanh between any two, and return their names."""
    names = []
    for k, (features, units) in enumerate(itertools.pairwise(widths)):
        if k:
            names.append(f"{prefix}tanh{k}")
            case.library(names[-1], "mlpkit.Tanh")
        names.append(f"{prefix}linear{k + 1}")
        case.library(names[-1], "mlpkit.Linear", features, units, rng(int(draw.integers(2**31))))
        case.put(names[-1], W=draw.normal(size=(features, units)), b=draw.normal(size=units))
    return names


def _noted(case: Case, draw: np.random.Generator, letters: str = "ABC") -> list[str]:
    """Make layers that note their calls in a journal, and return their names."""
    case.library("journal", f"{PROPS}.Journal")
    for letter in letters:
        case.bind(f"name {letter}", letter)
        factor, shift = float(draw.uniform(0.5, 2)), float(draw.uniform(0.5, 2))
        case.library(letter, f"{PROPS}.Noted", f"name {letter}", "journal", factor, shift)
    return list(letters)


def _run_by_hand(case: Case, names: Sequence[str], X: str) -> Case:
    """Run the layers' own forward: what backward needs must not depend on the student's forward."""
    for k, name in enumerate(names):
        case.call(f"{X}{k}", name, "forward", X if k == 0 else f"{X}{k - 1}")
    return case


def _publish_calls(case: Case, method: str) -> Case:
    label = f"The layers of which {method} was called"
    case.bind("method", method).call("calls", "journal", "of", "method")
    return case.publish(label, "calls", _TWICE.format(method))


_LAYOUTS = (
    ("3 features, then 4 and 2 units", (3, 4, 2), 5),
    ("all widths the same", SQUARE, 5),
    ("a single row", (3, 4, 2), 1),
    ("a single layer", (3, 4), 5),
    ("three linear layers", (2, 3, 4, 1), 6),
)


def _forward_cases(draw: np.random.Generator) -> list[Case]:
    cases = []
    for about, widths, rows in _LAYOUTS:
        case = Case(about, {"N": rows}).bind("X", draw.normal(size=(rows, widths[0])))
        names = _layers(case, draw, widths)
        case.make("net", *names).call("Y", "net", "forward", "X").publish(OUTPUT, "Y")
        case.publish("X after forward", "X", "forward wrote into the array X that it was given")
        case.get("held", "net", "layers").library("same", f"{PROPS}.holds", "held", tuple(names))
        misplaced = "layers does not hold the layers in the order in which they were given"
        cases.append(case.publish("The attribute layers", "same", misplaced))
    return [*cases, *_forward_situations(draw)]


def _forward_situations(draw: np.random.Generator) -> list[Case]:
    again = Case("a second batch of another size")
    again.make("net", *_layers(again, draw, (3, 4, 2)))
    for name, rows in (("X", 5), ("X2", 7)):
        again.bind(name, draw.normal(size=(rows, 3))).call("Y", "net", "forward", name)
    again.publish(OUTPUT, "Y", f"{OUTPUT} is wrong for a second batch of another size: run the layers anew each time")
    return [again, _nested(draw), _side_by_side(draw), _empty(draw), _forward_journal(draw)]


def _nested(draw: np.random.Generator) -> Case:
    case = Case("one Sequential inside another").bind("X", draw.normal(size=(5, 3)))
    first, tanh, last = _layers(case, draw, (3, 4, 2))
    case.make("inner", first, tanh).make("net", "inner", last).call("Y", "net", "forward", "X")
    return case.publish(OUTPUT, "Y")


def _side_by_side(draw: np.random.Generator) -> Case:
    case = Case("two networks at once").bind("X", draw.normal(size=(5, 3)))
    case.make("net", *_layers(case, draw, (3, 4, 2))).make("other", *_layers(case, draw, (3, 2), "other "))
    case.call("Y", "net", "forward", "X").call("Y2", "other", "forward", "X").call("Y3", "net", "forward", "X")
    case.publish("forward(X) of the other network", "Y2")
    return case.publish(OUTPUT, "Y3")


def _empty(draw: np.random.Generator) -> Case:
    case = Case("no layers").bind("X", draw.normal(size=(5, 3))).make("net").call("Y", "net", "forward", "X")
    return case.publish(OUTPUT, "Y", "Without layers forward returns X itself")


def _forward_journal(draw: np.random.Generator) -> Case:
    case = Case("layers with forward, backward and update alone").bind("X", draw.normal(size=(5, 3)))
    case.make("net", *_noted(case, draw)).call("Y", "net", "forward", "X").publish(OUTPUT, "Y")
    return _publish_calls(case, "forward")


def _linear(names: Sequence[str]) -> list[str]:
    return [name for name in names if "linear" in name]


def _publish_gradients(case: Case, names: Sequence[str], U: str = "U", X: str = "X") -> Case:
    case.publish(INPUT_GRADIENT, "dX")
    for name in _linear(names):
        case.publish_attributes(name, "dW", "db", label=f"{{}} of {_spoken(name)}")
    case.publish("X after backward", X, "backward wrote into the array X that forward was given")
    case.publish("upstream after backward", U, "backward wrote into the array upstream that it was given")
    for name in _linear(names):
        case.publish_attributes(name, "W", label=f"{{}} of {_spoken(name)} after backward")
        case.hint(
            f"W of {_spoken(name)} after backward",
            "backward moved parameters: it passes on gradients, update takes the step",
        )
    return case


def _spoken(name: str) -> str:
    return f"{name[:-1]} layer {name[-1]}"


def _backward_start(about: str, draw: np.random.Generator, widths: Sequence[int], rows: int) -> tuple[Case, list[str]]:
    """A network after forward. Should the student's forward be wrong, or write into X, the layers have run all the same."""
    X = draw.normal(size=(rows, widths[0]))
    case = Case(about, {"N": rows}).bind("X", X).bind("spare X", X).bind("U", draw.normal(size=(rows, widths[-1])))
    names = _layers(case, draw, widths)
    case.make("net", *names).attempt("net", "forward", "spare X")
    return _run_by_hand(case, names, "X"), names


def _backward_cases(draw: np.random.Generator) -> list[Case]:
    cases = []
    for about, widths, rows in _LAYOUTS:
        case, names = _backward_start(about, draw, widths, rows)
        cases.append(_publish_gradients(case.call("dX", "net", "backward", "U"), names))

    twice, names = _backward_start("backward called twice after one forward", draw, SQUARE, 5)
    twice.call("first", "net", "backward", "U").call("dX", "net", "backward", "U")
    cases.append(_publish_gradients(twice, names))

    other, names = _backward_start("backward with another upstream after the same forward", draw, SQUARE, 5)
    other.call("first", "net", "backward", "U").bind("U2", draw.normal(size=(5, SQUARE[-1])))
    other.hint(INPUT_GRADIENT, "dX is that of the call before: each call of backward starts from its own upstream")
    for name in _linear(names):
        for label in ("dW", "db"):
            other.hint(
                f"{label} of {_spoken(name)}",
                f"{label} is that of the call before: run all layers in each call of backward",
            )
    cases.append(_publish_gradients(other.call("dX", "net", "backward", "U2"), names, "U2"))

    resized, names = _backward_start("a second batch of another size", draw, (3, 4, 2), 5)
    resized.attempt("net", "backward", "U")
    X2 = draw.normal(size=(7, 3))
    resized.bind("X2", X2).bind("spare X2", X2).bind("U2", draw.normal(size=(7, 2)))
    _run_by_hand(resized.attempt("net", "forward", "spare X2"), names, "X2").call("dX", "net", "backward", "U2")
    cases.append(_publish_gradients(resized, names, "U2", "X2"))
    return [
        *cases,
        _nested_backward(draw),
        _backward_side_by_side(draw),
        _empty_backward(draw),
        _backward_journal(draw),
    ]


def _nested_backward(draw: np.random.Generator) -> Case:
    X = draw.normal(size=(5, 3))
    case = Case("one Sequential inside another").bind("X", X).bind("spare X", X).bind("U", draw.normal(size=(5, 2)))
    names = _layers(case, draw, (3, 4, 2))
    case.make("inner", *names[1:]).make("net", names[0], "inner").attempt("net", "forward", "spare X")
    return _publish_gradients(_run_by_hand(case, names, "X").call("dX", "net", "backward", "U"), names)


def _backward_side_by_side(draw: np.random.Generator) -> Case:
    case, names = _backward_start("two networks at once", draw, (3, 4, 2), 5)
    others = _layers(case, draw, (3, 2), "other ")
    X2 = draw.normal(size=(5, 3))
    case.make("other", *others).bind("X2", X2).bind("spare X2", X2).attempt("other", "forward", "spare X2")
    _run_by_hand(case, others, "X2").attempt("other", "backward", "U").call("dX", "net", "backward", "U")
    return _publish_gradients(case, names)


def _empty_backward(draw: np.random.Generator) -> Case:
    case = Case("no layers").bind("X", draw.normal(size=(5, 3))).bind("U", draw.normal(size=(5, 3))).make("net")
    case.attempt("net", "forward", "X").call("dX", "net", "backward", "U")
    return case.publish(INPUT_GRADIENT, "dX", "Without layers backward returns upstream")


def _backward_journal(draw: np.random.Generator) -> Case:
    X = draw.normal(size=(5, 3))
    case = Case("layers with forward, backward and update alone").bind("X", X).bind("U", draw.normal(size=(5, 3)))
    names = _noted(case, draw)
    case.make("net", *names).attempt("net", "forward", "X")
    case.call("dX", "net", "backward", "U").publish(INPUT_GRADIENT, "dX")
    return _publish_calls(case, "backward")


def _update_cases(draw: np.random.Generator) -> list[Case]:
    """The layers only note what they are told: how a layer moves its parameters is judged elsewhere."""
    cases = []
    for about, letters, inside, steps in (
        ("three layers", "ABC", "", 1),
        ("two steps with different learning rates", "ABC", "", 2),
        ("a single layer", "A", "", 1),
        ("one Sequential inside another", "ABCD", "BC", 1),
        ("two networks at once", "AB", "", 1),
    ):
        case = Case(about).bind("X", draw.normal(size=(5, 3))).bind("U", draw.normal(size=(5, 3)))
        names = _noted(case, draw, letters)
        if inside:
            case.make("inner", *inside).make("net", names[0], "inner", names[-1])
        else:
            case.make("net", *names)
        if about.startswith("two networks"):
            _bystander(case, draw)
        case.attempt("net", "forward", "X").attempt("net", "backward", "U")
        for name in names:  # what a wrong backward may have told them is not judged here
            case.library(f"cleared {name}", f"{PROPS}.forget", name)
        for _ in range(steps):
            case.call("nothing", "net", "update", {"plain": float(draw.uniform(0.15, 0.9))})
        cases.append(_publish_rates(case, names))
    return cases


def _bystander(case: Case, draw: np.random.Generator) -> None:
    case.bind("name H", "H").library("H", f"{PROPS}.Noted", "name H", "journal", 2.0, 1.0).make("other", "H")


def _publish_rates(case: Case, names: Sequence[str]) -> Case:
    for place, name in enumerate(names, start=1):
        label = f"The learning rates that layer {place} was given"
        case.library(f"rates {name}", f"{PROPS}.rates", name)
        case.publish(
            label,
            f"rates {name}",
            f"update of layer {place} is not called once in every step, with the learning rate that was handed in",
        )
    return case


class _Row:
    """What a right answer does, in parts that a mistake may replace."""

    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream):
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def update(self, learning_rate):
        for layer in self.layers:
            layer.update(learning_rate)


def _with(**parts: Any) -> type:
    return type("Sequential", (_Row,), parts)


def _through(method: str, layers: Sequence, value: Any) -> Any:
    for layer in layers:
        value = getattr(layer, method)(value)
    return value


def _each(method: str, chosen: Callable[[tuple], Sequence], last: bool = True) -> Any:
    """Hand the same value to every layer."""

    def run(self, value):
        results = [value, *(getattr(layer, method)(value) for layer in chosen(self.layers))]
        return results[-1] if last else results

    return run


def _all_outputs(self, X):
    outputs = [X]
    for layer in self.layers:
        outputs.append(layer.forward(outputs[-1]))
    return outputs


def _in_place(method: str, backwards: bool) -> Any:
    def run(self, value):
        for layer in reversed(self.layers) if backwards else self.layers:
            result = getattr(layer, method)(value)
            if result.shape == value.shape:
                value[...] = result
            else:
                value = result
        return value

    return run


def _twice(method: str, backwards: bool) -> Any:
    def run(self, value):
        for layer in reversed(self.layers) if backwards else self.layers:
            getattr(layer, method)(value)
            value = getattr(layer, method)(value)
        return value

    return run


def _returns(value: Callable[[Any, Any, Any], Any]) -> Any:
    """Run backward as it should be, and return something else: of self, upstream and the right result."""
    return lambda self, upstream: value(self, upstream, _Row.backward(self, upstream))


def _turns(self, upstream):
    self.layers = self.layers[::-1]
    return _through("backward", self.layers, upstream)


def _updates_too(rate: float, before: bool) -> Any:
    def backward(self, upstream):
        for layer in reversed(self.layers):
            if before:
                layer.update(rate)
            upstream = layer.backward(upstream)
            if not before:
                layer.update(rate)
        return upstream

    return backward


def _first_answer(self, upstream):
    if not hasattr(self, "first"):
        self.first = _Row.backward(self, upstream)
    return self.first


def _added(self, upstream):
    result = _Row.backward(self, upstream)
    self.total = getattr(self, "total", 0) + result
    return self.total


def _added_since_forward() -> type:
    def forward(self, X):
        self.total = 0
        return _Row.forward(self, X)

    return _with(forward=forward, backward=_added)


_shared: dict = {}


def _shares(self, *layers):
    _shared["layers"] = layers


_SHARED = _with(__init__=_shares, layers=property(lambda self: _shared["layers"]))
_SHARES = "The layers are wrong as soon as there is another network: keep them in self, not in the class or a global variable."


def _takes_a_list(self, layers):
    self.layers = layers


def _rated(rates: Callable[[Any, float], Sequence[float]], chosen: Callable[[tuple], Sequence] = tuple) -> type:
    """Call update of the chosen layers with each of the rates."""

    def update(self, learning_rate):
        handed = rates(self, learning_rate)
        for layer in chosen(self.layers):
            for rate in handed:
                layer.update(rate)

    return _with(update=update)


def _always(fixed: float) -> Callable[[Any, float], Sequence[float]]:
    return lambda self, rate: [fixed]


def _decaying(self, rate):
    self.scale = getattr(self, "scale", 2.0) / 2
    return [self.scale * rate]


def _first_rate(self, rate):
    return [self.__dict__.setdefault("rate", rate)]


FORWARD_MISTAKES = (
    (_SHARES, _SHARED),
    ("Every layer gets the same X: hand the output of each layer to the next.", _with(forward=_each("forward", tuple))),
    ("The layers run from last to first: the first layer given is the first to run.",
     _with(forward=lambda self, X: _through("forward", self.layers[::-1], X))),
    ("forward leaves out the last layer: run through all of self.layers.",
     _with(forward=lambda self, X: _through("forward", self.layers[:-1], X))),
    ("forward leaves out the first layer: run through all of self.layers.",
     _with(forward=lambda self, X: _through("forward", self.layers[1:], X))),
    ("forward stops after the first layer: does return stand inside the loop?",
     _with(forward=lambda self, X: _through("forward", self.layers[:1], X))),
    ("forward stops after the first layer: does return stand inside the loop?",
     _with(forward=lambda self, X: _through("forward", self.layers[:1], X) if self.layers else None)),
    ("forward returns X as it came: keep the output of each layer for the next, X = layer.forward(X).",
     _with(forward=lambda self, X: (_each("forward", tuple)(self, X), X)[1])),
    ("forward returns None: is a return missing?", _with(forward=lambda self, X: (_Row.forward(self, X), None)[1])),
    ("forward returns the output of every layer: only that of the last is asked for.", _with(forward=_all_outputs)),
    ("forward returns the output of every layer: only that of the last is asked for.",
     _with(forward=lambda self, X: _all_outputs(self, X)[1:])),
    ("forward wrote into the array X that it was given: X = … gives a name to another array, X[…] = … changes this one.",
     _with(forward=_in_place("forward", backwards=False))),
    ("forward of each layer is to be called once, and is called twice.", _with(forward=_twice("forward", backwards=False))),
    ("forward answers for the first call only: run the layers anew each time.",
     _with(forward=lambda self, X: self.__dict__.setdefault("first", _Row.forward(self, X)) if self.layers else X)),
)  # fmt: skip

BACKWARD_MISTAKES = (
    (_SHARES, _SHARED),
    ("backward runs from the first layer to the last: a gradient goes the other way, reversed(self.layers).",
     _with(backward=lambda self, U: _through("backward", self.layers, U))),
    ("backward leaves out the first layer: its gradients are wanted too, and what it returns is dL/dX.",
     _with(backward=lambda self, U: _through("backward", self.layers[:0:-1], U))),
    ("backward leaves out the last layer: upstream is the gradient of that layer's output, so it comes first.",
     _with(backward=lambda self, U: _through("backward", self.layers[:-1][::-1], U))),
    ("backward stops after the last layer: does return stand inside the loop?",
     _with(backward=lambda self, U: _through("backward", self.layers[-1:], U))),
    ("backward stops after the last layer: does return stand inside the loop?",
     _with(backward=lambda self, U: _through("backward", self.layers[-1:], U) if self.layers else None)),
    ("Every layer gets the same upstream: hand on what each layer's backward returns.",
     _with(backward=_each("backward", lambda layers: layers[::-1]))),
    ("backward returns None: is a return missing? The result, dL/dX, is what a layer in front would need.",
     _with(backward=_returns(lambda self, U, dX: None))),
    ("backward returns upstream as it came: return what the first layer's backward returned, dL/dX.",
     _with(backward=_returns(lambda self, U, dX: U))),
    ("backward calls forward where backward is meant.",
     _with(backward=lambda self, U: _through("forward", self.layers[::-1], U))),
    ("backward calls forward where backward is meant, and from the first layer to the last.",
     _with(backward=lambda self, U: _through("forward", self.layers, U))),
    ("backward turns the order of its layers around, so that every second call goes the wrong way: .reverse() changes the list, reversed(self.layers) does not.",
     _with(backward=_turns)),
    *(("backward updates the layers too: it passes on gradients and moves nothing, update takes the step.",
       _with(backward=_updates_too(rate, before), **other)) for rate in (0.01, 0.1, 1.0) for before in (False, True)
      for other in ({}, {"update": lambda self, rate: None})),
    ("backward wrote into the array upstream that it was given: upstream = … gives a name to another array, upstream[…] = … changes this one.",
     _with(backward=_in_place("backward", backwards=True))),
    ("backward of each layer is to be called once, and is called twice.", _with(backward=_twice("backward", backwards=True))),
    ("dX accumulates from call to call: each backward answers for itself.", _with(backward=_added)),
    ("dX accumulates when backward is called twice after one forward: each backward answers for itself.", _added_since_forward()),
    ("backward answers for the first call only: run the layers anew each time.",
     _with(backward=_first_answer)),
    ("backward has the wrong sign: it returns dL/dX itself, and update subtracts.",
     _with(backward=_returns(lambda self, U, dX: -dX))),
)  # fmt: skip

_OTHER_RATE = "update hands another learning rate to the layers than the one it was given: {}."

UPDATE_MISTAKES = (
    (_SHARES, _SHARED),
    ("update reaches no layer: call layer.update(learning_rate) of each, whatever attributes it has.", _rated(lambda self, rate: [])),
    ("update reaches only the first layer: does return stand inside the loop?", _rated(lambda self, rate: [rate], lambda layers: layers[:1])),
    ("update reaches only the last layer: run through all of self.layers.", _rated(lambda self, rate: [rate], lambda layers: layers[-1:])),
    ("update leaves out the last layer: run through all of self.layers.", _rated(lambda self, rate: [rate], lambda layers: layers[:-1])),
    ("update leaves out the first layer: run through all of self.layers.", _rated(lambda self, rate: [rate], lambda layers: layers[1:])),
    ("update is called more than once for each layer: one step is one call.", _rated(lambda self, rate: [rate, rate])),
    (_OTHER_RATE.format("it is divided by the number of layers"), _rated(lambda self, rate: [rate / len(self.layers)])),
    (_OTHER_RATE.format("it has changed its sign, and each layer subtracts by itself"), _rated(lambda self, rate: [-rate])),
    (_OTHER_RATE.format("it is halved from step to step"), _rated(_decaying)),
    (_OTHER_RATE.format("in the second step it is that of the first"), _rated(_first_rate)),
    *((_OTHER_RATE.format(f"it is always {fixed:g}"), _rated(_always(fixed)))
      for fixed in (0.001, 0.01, 0.1, 0.5, 1.0)),
)  # fmt: skip


# -------------------------------------------------------------------------------------------------- worked_example

FORWARD_KEYS = ("z1", "a1", "z2", "p", "loss")
BACKWARD_KEYS = ("dz2", "dW2", "db2", "da1", "dz1", "dW1", "db1")
STEP_KEYS = ("W1", "b1", "W2", "b2", "new_loss")
KEYS = FORWARD_KEYS + BACKWARD_KEYS + STEP_KEYS

HINTS = {
    "z1": "z1 is not x W1 + b1, of shape (H,)",
    "a1": "a1 is not the sigmoid of z1, of shape (H,)",
    "z2": "z2 is not the sum of a1 times W2, plus b2: a number",
    "p": "p is not the sigmoid of z2: a number",
    "loss": "loss is not the binary cross-entropy, log(1 + exp(z2)) − y z2: a number",
    "dz2": "dz2 is not p − y: a number",
    "dW2": "dW2 is not dz2 times a1, of shape (H,)",
    "db2": "db2 is not dz2: a number",
    "da1": "da1 is not dz2 times W2, of shape (H,), with the W2 of the forward pass",
    "dz1": "dz1 is not da1 times the derivative of the sigmoid, a1 (1 − a1), of shape (H,)",
    "dW1": "dW1 is not the array of all x_d times dz1_m, of shape (D, H)",
    "db1": "db1 is not dz1, of shape (H,)",
    "W1": "W1 after the step is not W1 − learning_rate · dW1",
    "b1": "b1 after the step is not b1 − learning_rate · db1",
    "W2": "W2 after the step is not W2 − learning_rate · dW2",
    "b2": "b2 after the step is not b2 − learning_rate · db2",
    "new_loss": "new_loss is not the loss of a second forward pass with the right W1, b1, W2 and b2 after the step",
}
"""What is told of a key when no mistake below explains its value."""

BEFORE = {"a1": "z1", "z2": "a1", "p": "z2", "loss": "z2", "dz2": "p", "dW2": "dz2", "db2": "dz2", "da1": "dz2", "dz1": "da1",
          "dW1": "dz1", "db1": "dz1", "W1": "dW1", "b1": "db1", "W2": "dW2", "b2": "db2", "new_loss": "W1"}  # fmt: skip
"""For each key the one from which it follows: while that is wrong, nothing is said of this one."""


def _example_cases(draw: np.random.Generator) -> list[Case]:
    cases = []
    for about, inputs, units, y in (
        ("3 inputs, 4 hidden units, y = 1", 3, 4, 1),
        ("3 inputs, 4 hidden units, y = 0", 3, 4, 0),
        ("as many hidden units as inputs, y = 1", 3, 3, 1),
        ("as many hidden units as inputs, y = 0", 2, 2, 0),
        ("a single hidden unit, y = 0", 3, 1, 0),
        ("a single input, y = 1", 1, 2, 1),
    ):
        b2 = float(draw.normal() * 0.5)
        cases.append(_example(Case(about), draw, inputs, units, y, b2))
    # The logit is wrong by far: log(1 − p), with p rounded to 1, would be log 0. Nearer to 0 much of p is rounded away.
    for about, low, high in (
        ("p is rounded to 1, and y = 0", 44, 50),
        ("p is nearly 1, and y = 0", 33, 37),
    ):
        cases.append(_example(Case(about), draw, 2, 3, 0, float(draw.uniform(low, high))))
    return cases


def _example(case: Case, draw: np.random.Generator, inputs: int, units: int, y: int, b2: float) -> Case:
    case.bind("x", draw.normal(size=inputs)).bind("W1", draw.normal(size=(inputs, units)))
    case.bind("b1", draw.normal(size=units)).bind("W2", draw.normal(size=units))
    rate = float(draw.uniform(0.2, 0.8))
    case.call("found", "target", None, "x", y, "W1", "b1", "W2", b2, {"plain": rate})
    case.library("numbers", f"{PROPS}.entries", "found").publish_parts("the dictionary", "numbers", *KEYS)
    for key in KEYS:
        case.hint(key, HINTS[key])
        if key in BEFORE:
            case.only_if_right(key, BEFORE[key])
    for name in ("x", "W1", "b1", "W2"):
        text = (
            f"worked_example writes into {name}, which it was handed: write {name} = {name} − …, not −="
            if name != "x"
            else ("worked_example writes into x, which it was handed: make a new array")
        )
        case.publish(f"{name} as it was handed in", name, text, tolerance=0.0)
    return case


def _sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def _loss(z: Any, y: float) -> Any:
    return np.logaddexp(0, z) - y * z


def _loss_from_p(z: Any, y: float, epsilon: float = 0.0) -> Any:
    p = 1 / (1 + np.exp(-z))
    return -np.log(p + epsilon) if y else -np.log(1 - p + epsilon)


Values = dict[str, Any]

LINES: dict[str, Callable[[Values], Any]] = {
    "z1": lambda v: v["x"] @ v["old W1"] + v["old b1"],
    "a1": lambda v: v["hidden"](v["z1"]),
    "z2": lambda v: v["a1"] @ v["old W2"] + v["old b2"],
    "p": lambda v: v["output"](v["z2"]),
    "loss": lambda v: v["cost"](v["z2"], v["y"]),
    "dz2": lambda v: v["p"] - v["y"],
    "dW2": lambda v: v["dz2"] * v["a1"],
    "db2": lambda v: v["dz2"],
    "da1": lambda v: v["dz2"] * v["old W2"],
    "dz1": lambda v: v["da1"] * v["a1"] * (1 - v["a1"]),
    "dW1": lambda v: np.outer(v["x"], v["dz1"]),
    "db1": lambda v: v["dz1"],
    "W1": lambda v: v["old W1"] - v["rate"] * v["dW1"],
    "b1": lambda v: v["old b1"] - v["rate"] * v["db1"],
    "W2": lambda v: v["old W2"] - v["rate"] * v["dW2"],
    "b2": lambda v: v["old b2"] - v["rate"] * v["db2"],
    "new_loss": lambda v: v["cost"](v["hidden"](v["x"] @ v["W1"] + v["b1"]) @ v["W2"] + v["b2"], v["y"]),
}  # fmt: skip
"""One line for each key, of what was handed in and the lines before."""


def _computed(lines: dict[str, Any], result: Callable[[Values], Any] | None = None) -> Any:
    """Return a worked_example in which some lines are others, and some of the functions hidden, output and cost."""

    def worked_example(x, y, W1, b1, W2, b2, learning_rate):
        v: Values = {"x": x, "y": y, "old W1": W1, "old b1": b1, "old W2": W2, "old b2": b2, "rate": learning_rate}
        v |= {"hidden": _sigmoid, "output": _sigmoid, "cost": _loss}
        v |= {name: value for name, value in lines.items() if name in v}
        for key in KEYS:
            value = lines.get(key, LINES[key])(v)
            v[key] = value if np.ndim(value) else np.float64(value)
        found = {key: v[key] if np.ndim(v[key]) else _plain(v[key]) for key in KEYS}
        return found if result is None else result(found)

    return worked_example


def _alone(lines: dict[str, Any]) -> Any:
    """Return a worked_example in which these lines are wrong and yet all that follows is right: it explains these keys
    alone, also in an answer that holds other mistakes further on."""

    def worked_example(x, y, W1, b1, W2, b2, learning_rate):
        arguments = x, y, W1, b1, W2, b2, learning_rate
        right, wrong = _computed({})(*arguments), _computed(lines)(*arguments)
        return right | {key: wrong[key] for key in lines}

    return worked_example


def _slip(sentence: str, **lines: Any) -> list[tuple[str, Any]]:
    keys = lines.keys() & set(KEYS)
    return [(sentence, _computed(lines)), *([(sentence, _alone(lines))] if keys == lines.keys() else [])]


def _derivative(f: Callable[[Values], Any]) -> Callable[[Values], Any]:
    return lambda v: v["da1"] * f(v)


def _step(name: str, factor: Callable[[Values], float]) -> Callable[[Values], Any]:
    return lambda v: v[f"old {name}"] - factor(v) * v[f"d{name}"]


def _steps(factor: Callable[[Values], float], *names: str) -> dict[str, Any]:
    return {name: _step(name, factor) for name in names}


def _again(*old: str, a1: bool = False) -> Callable[[Values], Any]:
    """The second forward pass, with some of the old parameters or the old hidden layer."""

    def new_loss(v):
        W1, b1, W2, b2 = (v[f"old {name}"] if name in old else v[name] for name in ("W1", "b1", "W2", "b2"))
        hidden = v["a1"] if a1 else v["hidden"](v["x"] @ W1 + b1)
        return v["cost"](hidden @ W2 + b2, v["y"])

    return new_loss


def _rows(*names: str) -> Callable[[Values], Values]:
    """What comes out when x is a matrix of one row, or the arrays of the hidden layer are."""
    return lambda found: found | {name: np.reshape(found[name], (1, -1)) for name in names}


def _square(z: Any, y: float) -> Any:
    return (_sigmoid(z) - y) ** 2


_FROM_P = "loss is computed from p instead of from the logit z2: it is wrong where p is rounded to 1. log(1 + exp(z2)) − y z2 is not."
_OLD = "new_loss is made with the old {}: the second forward pass takes all four parameters after the step."
_ALL = ("W1", "b1", "W2", "b2")


def _overwritten(x, y, W1, b1, W2, b2, learning_rate):
    """The second forward pass stands under the names of the first."""
    found = _computed({})(x, y, W1, b1, W2, b2, learning_rate)
    again = _computed({})(x, y, *(found[name] for name in _ALL), learning_rate)
    return found | {name: again[name] for name in ("z1", "a1", "z2", "p")}


EXAMPLE_MISTAKES = (
    ("z1, a1, z2 and p are those of the second forward pass: the dictionary holds those of the first, so give the new ones other names.",
     _overwritten),
    ("z1, a1, z2, p and loss are those of the second forward pass: the dictionary holds those of the first, so give the new ones other names.",
     lambda *handed: (found := _overwritten(*handed)) | {"loss": found["new_loss"]}),
    *_slip("z1 lacks the bias b1.", z1=lambda v: v["x"] @ v["old W1"], new_loss=lambda v: v["cost"](v["hidden"](v["x"] @ v["W1"]) @ v["W2"] + v["b2"], v["y"])),
    *_slip("z1 lacks the bias b1.", z1=lambda v: v["x"] @ v["old W1"]),
    *_slip("z2 lacks the bias b2.", z2=lambda v: v["a1"] @ v["old W2"], new_loss=lambda v: v["cost"](v["hidden"](v["x"] @ v["W1"] + v["b1"]) @ v["W2"], v["y"])),
    *_slip("z2 lacks the bias b2.", z2=lambda v: v["a1"] @ v["old W2"]),
    *_slip("z2 is made with z1: the output unit is fed by a1, the hidden layer after its sigmoid.", z2=lambda v: v["z1"] @ v["old W2"] + v["old b2"]),
    *_slip("a1 is the tanh of z1: this hidden layer has sigmoids.", hidden=np.tanh),
    *_slip("a1 is the tanh of z1: this hidden layer has sigmoids.", hidden=np.tanh, dz1=_derivative(lambda v: 1 - v["a1"] ** 2)),
    *_slip("a1 is a ReLU of z1: this hidden layer has sigmoids.", hidden=lambda z: np.maximum(z, 0), dz1=_derivative(lambda v: v["z1"] > 0)),
    *_slip("The hidden layer has no sigmoid: a1 is z1.", hidden=lambda z: z),
    *_slip("The hidden layer has no sigmoid: a1 is z1.", hidden=lambda z: z, dz1=lambda v: v["da1"]),
    *_slip("The exponent of the sigmoid lacks its minus: σ(z) = 1 / (1 + exp(−z)).", hidden=lambda z: _sigmoid(-z), output=lambda z: _sigmoid(-z)),
    *_slip("p is z2 itself: the output has a sigmoid too.", p=lambda v: v["z2"]),
    *_slip("loss is right only for y = 1: for y = 0 it is −log(1 − p).", cost=lambda z, y: _loss(z, 1)),
    *_slip("loss is right only for y = 0: for y = 1 it is −log p.", cost=lambda z, y: _loss(z, 0)),
    *_slip("loss is that of the other answer: −log p belongs to y = 1.", cost=lambda z, y: _loss(z, 1 - y)),
    *_slip("loss has the wrong sign: a logarithm of a probability is negative, the loss is not.", cost=lambda z, y: -_loss(z, y)),
    *_slip("loss uses a logarithm to base 2: take the natural one.", cost=lambda z, y: _loss(z, y) / np.log(2)),
    *_slip("loss uses a logarithm to base 10: take the natural one.", cost=lambda z, y: _loss(z, y) / np.log(10)),
    *_slip("loss is halved: cross-entropy has no factor ½.", cost=lambda z, y: _loss(z, y) / 2),
    *_slip("loss is the squared error: binary cross-entropy is asked for.", cost=_square),
    *_slip("loss is the squared error: binary cross-entropy is asked for.", cost=_square, dz2=lambda v: 2 * (v["p"] - v["y"]) * v["p"] * (1 - v["p"])),
    *_slip(_FROM_P, cost=_loss_from_p),
    *(slip for e in (1e-15, 1e-16, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7) for slip in _slip(_FROM_P, cost=lambda z, y, e=e: _loss_from_p(z, y, e))),
    *_slip("dz2 is y − p: the derivative of the loss is p − y.", dz2=lambda v: v["y"] - v["p"]),
    *_slip("dz2 is p − y times p(1 − p): with cross-entropy that factor cancels.", dz2=lambda v: (v["p"] - v["y"]) * v["p"] * (1 - v["p"])),
    *_slip("dz2 belongs to the squared error: with cross-entropy it is p − y.", dz2=lambda v: 2 * (v["p"] - v["y"]) * v["p"] * (1 - v["p"])),
    *_slip("dz2 belongs to the squared error: with cross-entropy it is p − y.", dz2=lambda v: 2 * (v["p"] - v["y"])),
    *_slip("dz2 is the derivative with respect to p: the sigmoid's derivative, p(1 − p), is missing, and with it dz2 is p − y.",
           dz2=lambda v: (v["p"] - v["y"]) / (v["p"] * (1 - v["p"]))),
    *_slip("dz2 is p: right only for y = 0.", dz2=lambda v: v["p"]),
    *_slip("dz2 is p − 1: right only for y = 1.", dz2=lambda v: v["p"] - 1),
    *_slip("dW2 is made with z1: the weights of the output are multiplied by a1, the hidden layer after its sigmoid.", dW2=lambda v: v["dz2"] * v["z1"]),
    *_slip("dW2 lacks the factor dz2.", dW2=lambda v: v["a1"]),
    *_slip("dW2 is made with W2: a product passes back the other factor, a1.", dW2=lambda v: v["dz2"] * v["old W2"]),
    *_slip("db2 is 1: the factor dz2 is missing.", db2=lambda v: 1.0),
    *_slip("db2 is multiplied by b2: a sum passes dz2 on unchanged.", db2=lambda v: v["dz2"] * v["old b2"]),
    *_slip("da1 is made with a W2 that has been updated already: compute all gradients first.",
           da1=lambda v: v["dz2"] * (v["old W2"] - v["rate"] * v["dW2"])),
    *_slip("da1 lacks the factor dz2.", da1=lambda v: v["old W2"]),
    *_slip("da1 is made with a1: a product passes back the other factor, W2.", da1=lambda v: v["dz2"] * v["a1"]),
    *_slip("dz1 is made with z1 where a1 is meant: in terms of its output the sigmoid's derivative is a1 (1 − a1).", dz1=_derivative(lambda v: v["z1"] * (1 - v["z1"]))),
    *_slip("In dz1 the sigmoid's derivative is missing: a1 (1 − a1).", dz1=lambda v: v["da1"]),
    *_slip("In dz1 the factor 1 − a1 is missing: the sigmoid's derivative is a1 (1 − a1).", dz1=_derivative(lambda v: v["a1"])),
    *_slip("In dz1 the factor a1 is missing: the sigmoid's derivative is a1 (1 − a1).", dz1=_derivative(lambda v: 1 - v["a1"])),
    *_slip("In dz1 stands the derivative of tanh: that of the sigmoid is a1 (1 − a1).", dz1=_derivative(lambda v: 1 - v["a1"] ** 2)),
    *_slip("In dz1 stands the derivative of the sigmoid taken at a1: it is taken at z1, which is a1 (1 − a1).", dz1=_derivative(lambda v: _sigmoid(v["a1"]) * (1 - _sigmoid(v["a1"])))),
    *_slip("In dz1 the sigmoid's derivative stands twice: it is a1 (1 − a1), once.", dz1=_derivative(lambda v: (v["a1"] * (1 - v["a1"])) ** 2)),
    *_slip("In dz1 stands the derivative of a ReLU: that of the sigmoid is a1 (1 − a1).", dz1=_derivative(lambda v: v["z1"] > 0)),
    *_slip("In dz1 the factor da1 is missing: a1 (1 − a1) is the local derivative alone.", dz1=lambda v: v["a1"] * (1 - v["a1"])),
    *_slip("dW1 is transposed: W1 has shape (D, H), with x_d times dz1_m in row d and column m.",
           dW1=lambda v: np.outer(v["dz1"], v["x"]), W1=lambda v: v["old W1"] - v["rate"] * np.outer(v["x"], v["dz1"])),
    *_slip("db1 is summed: there is one row, and db1 has one number for each hidden unit.", db1=lambda v: np.sum(v["dz1"])),
    *_slip("db1 is summed and repeated: there is one row, and db1 is dz1.", db1=lambda v: np.full_like(v["dz1"], np.sum(v["dz1"]))),
    *_slip("db1 lacks the factor dz1.", db1=lambda v: np.ones_like(v["dz1"])),
    *_slip("The step climbs: descent subtracts, W1 − learning_rate · dW1.", **_steps(lambda v: -v["rate"], *_ALL)),
    *(slip for name in _ALL for slip in _slip(f"The step climbs with {name}: descent subtracts.", **_steps(lambda v: -v["rate"], name))),
    *_slip("The step is taken without the learning rate.", **_steps(lambda v: 1.0, *_ALL)),
    *_slip("The step is taken twice.", **_steps(lambda v: 2 * v["rate"], *_ALL)),
    *_slip("The biases do not move: b1 and b2 are parameters like all others.", **_steps(lambda v: 0.0, "b1", "b2")),
    *(slip for name in _ALL for slip in _slip(f"{name} does not move: all four parameters take a step.", **_steps(lambda v: 0.0, name))),
    *_slip("The first layer does not move: all four parameters take a step.", **_steps(lambda v: 0.0, "W1", "b1")),
    *_slip("The second layer does not move: all four parameters take a step.", **_steps(lambda v: 0.0, "W2", "b2")),
    ("W1, b1, W2, b2 are the parameters before the step: the dictionary holds those after it.",
     _alone({name: (lambda v, name=name: v[f"old {name}"]) for name in _ALL})),
    *_slip("None of the parameters moves: is the step taken?", **_steps(lambda v: 0.0, *_ALL)),
    *_slip("new_loss is the loss before the step: run the forward pass again.", new_loss=lambda v: v["loss"]),
    *_slip("new_loss is made with the hidden layer of the first forward pass: compute z1 and a1 again, with the new W1 and b1.", new_loss=_again(a1=True)),
    *(slip for old in (("b1", "b2"), ("W2", "b2"), ("W1", "b1"), ("W1", "W2"), ("b1",), ("b2",), ("W1",), ("W2",))
      for slip in _slip(_OLD.format(" and ".join(old)), new_loss=_again(*old))),
    *(("The arrays have an axis too many: x is one row, of shape (D,), so z1 and a1 are of shape (H,) and z2 is a number.",
       _computed({}, _rows("z1", "a1", "dW2", "dz1", "db1", "b1", "W2", *more))) for more in ((), ("da1",))),
)  # fmt: skip


def told(*pairs):
    """Return the mistakes of pairs of a sentence and a wrong implementation: one for each sentence, its first words its id."""
    found = {}
    for sentence, wrong in pairs:
        found.setdefault(sentence, []).append(wrong)
    ids = {}
    for sentence in found:
        words = re.sub(r"[^a-z0-9.]+", " ", sentence.lower()).replace(". ", " ").strip(". ").split()
        length = next(n for n in range(5, 99) if "-".join(words[:n]) not in ids or n > len(words))
        ids["-".join(words[:length])] = sentence
    return tuple(Mistake(id, sentence, *found[sentence]) for id, sentence in ids.items())



def _task(name: str, section: str, cases: Any, reference: Any, mistakes: tuple) -> Task:
    return Task(name, section, cases, reference, told(*mistakes))


_CHECKING = "Backpropagation, section “Gradient checking”"
_NETWORK = "Layers as objects, section “A network is a layer”"

TASKS = (
    _task("numerical-gradient", _CHECKING, _slope_cases, _measured(), SLOPE_MISTAKES),
    _task("relative-error", _CHECKING, _ratio_cases, _quotient(), RATIO_MISTAKES),
    _task("sequential-forward", _NETWORK, _forward_cases, _Row, FORWARD_MISTAKES),
    _task("sequential-backward", _NETWORK, _backward_cases, _Row, BACKWARD_MISTAKES),
    _task("sequential-update", "Layers as objects, section “The update”", _update_cases, _Row, UPDATE_MISTAKES),
    _task(
        "worked-example",
        "Backpropagation, section “A network by hand”",
        _example_cases,
        _computed({}),
        EXAMPLE_MISTAKES,
    ),
)
