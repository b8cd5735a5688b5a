"""01_perceptron: `predict`, `fit`, `mistake_bound` and the weights of an XOR network."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from mlpgrade.judging import wire
from mlpgrade.judging.declare import Case, Mistake, Task, matches

HIDDEN = ("mlpkit.perceptron.Perceptron", "mlpkit.perceptron.mistake_bound")


def _until(draw: Callable[[], Any], accepted: Callable[..., Any]) -> Any:
    """Draw until what was drawn is accepted: cases on which every known mistake shows."""
    while not accepted(*(drawn := draw())):
        pass
    return drawn


def _eighths(draw: np.random.Generator, *shape: int) -> np.ndarray:
    """Return numbers from −2 to 2 with which sums are exact, in whatever order they are added: a score of 0 is 0."""
    return draw.integers(-16, 17, shape) / 8


# predict


def _answers(w, b, X):
    return np.where(X @ w + b >= 0, 1, -1)


def _predict_cases(draw: np.random.Generator) -> list[Case]:
    def drawn(rows: int, features: int, size: float = 1.0) -> Any:
        def clear(w, b, X):
            """Tell whether b decides somewhere, with its own sign alone, and whether no score is close to 0."""
            z = X @ w
            shown = np.abs(z) < np.abs(b) if rows > 1 else np.array([True])
            return shown.any() and 0 < (z + b > 0).mean() <= 1 - (rows > 1) / rows and np.abs(z + b).min() > 1e-3 * size

        return _until(
            lambda: (draw.normal(size=features), size * draw.normal(), size * draw.normal(size=(rows, features))), clear
        )

    cases = [
        _predict_case("12 rows, 3 inputs", *drawn(12, 3)),
        _predict_case("as many rows as inputs", *drawn(9, 9)),
        _predict_case("a single input", *drawn(8, 1)),
        _predict_case("inputs in the thousands", *drawn(10, 4, 1e4)),
        _predict_case("w = 0 and b = 0, where every score is 0", np.zeros(3), 0.0, draw.normal(size=(5, 3))),
        _predict_case("scores of exactly 0 among others", *_on_the_boundary(draw, 3)),
        _predict_case("a score just below 0", draw.normal(size=2), -1e-9, np.zeros((2, 2))),
        _predict_case("a score just above 0", draw.normal(size=2), 1e-9, np.zeros((2, 2))),
    ]
    for sign in (1, -1):
        w, b, X = drawn(1, 3)
        flip = sign * float(np.sign(X[0] @ w + b))
        cases.append(_predict_case(f"a single row, of class {sign:+d}".replace("-", "−"), flip * w, flip * b, X))
    return [*cases, _predict_case("an X of whole numbers", *_truncation_shows(draw))]


def _truncation_shows(draw: np.random.Generator) -> tuple[np.ndarray, float, np.ndarray]:
    """Return an X of whole numbers and weights for which it matters to keep their fractions."""
    return _until(
        lambda: (draw.choice([-1.75, -0.75, 0.75, 1.75], 2), -0.5, draw.integers(-5, 6, (14, 2))),
        lambda w, b, X: all(
            np.sum(_answers(change(w), b, X) != _answers(w, b, X)) > 1 for change in (np.trunc, np.round)
        ),
    )


def _predict_case(about: str, w: np.ndarray, b: float, X: np.ndarray) -> Case:
    case = Case(about, {"N": len(X), "D": len(w)}).bind("w", w).bind("b", float(b)).bind("X", X)
    case.make("answers", "w", "b", "X").publish("predict(w, b, X)", "answers")
    case.publish("X after predict", "X", "predict writes into X, which it was only given to read: make a new array")
    return case.publish("w after predict", "w", "predict writes into w, which it was only given to read")


def _on_the_boundary(draw: np.random.Generator, features: int) -> tuple[np.ndarray, float, np.ndarray]:
    """Return weights, a negative bias and six rows: one with the score 0, one with no input at all, some of each class."""

    def once() -> tuple[np.ndarray, float, np.ndarray]:
        w, X = _eighths(draw, features), _eighths(draw, 6, features)
        X[1] = 0
        X[0] *= np.sign(X[0] @ w)
        return w, -float(X[0] @ w), X

    return _until(once, lambda w, b, X: b < 0 and len({*_answers(w, b, X)}) == 2 and np.all(w != 0))


def _overwrite(w, b, X):
    X *= w
    return np.where(X.sum(axis=1) + b >= 0, 1, -1)


PREDICT_MISTAKES = (
    ("A score of exactly 0 is answered with −1: the answer is +1 where the score is >= 0, not only where it is > 0.",
     lambda w, b, X: np.where(X @ w + b > 0, 1, -1)),
    ("A score of exactly 0 is answered with 0, which is no class: np.sign does that. The answer there is +1.",
     lambda w, b, X: np.sign(X @ w + b)),
    *(("predict answers 1 and 0, or True and False: the answers are the whole numbers 1 and -1.", bits) for bits in (
        lambda w, b, X: X @ w + b >= 0, lambda w, b, X: X @ w + b > 0)),
    ("The bias is missing: the score is X @ w + b.", lambda w, b, X: _answers(w, 0, X)),
    ("The bias is subtracted, or used as a threshold as in X @ w >= b: here it is added to the score, which is then compared with 0.",
     lambda w, b, X: _answers(w, -b, X)),
    ("The answers are the wrong way round: +1 belongs where the score is at least 0.", lambda w, b, X: -_answers(w, b, X)),
    ("predict returns the scores: compare them with 0 and return 1 or -1.", lambda w, b, X: X @ w + b),
    ("predict returns a column, of shape (N, 1): the answers have shape (N,).", lambda w, b, X: _answers(w, b, X)[:, None]),
    ("predict returns a list: make an array of it, of an integer dtype.", lambda w, b, X: _answers(w, b, X).tolist()),
    *(("There is one answer for the whole batch: every row has its own score and its own answer.", one) for one in (
        lambda w, b, X: np.array([1 if (X @ w + b).sum() >= 0 else -1]), lambda w, b, X: np.array([1 if (X @ w).sum() + b >= 0 else -1]),
        lambda w, b, X: 1 if (X @ w + b).sum() >= 0 else -1, lambda w, b, X: 1 if (X @ w + b >= 0).all() else -1,
        lambda w, b, X: 1 if (X @ w + b >= 0).any() else -1)),
    *(("The score uses exactly two inputs: X has D columns, and X @ w adds up all of them.", two) for two in (
        lambda w, b, X: _answers(w[[0, -1]], b, X[:, [0, -1]]), lambda w, b, X: _answers(w[[0, 1]], b, X[:, [0, 1]]))),
    *(("The score is rounded or cut down before it is compared, or compared with a tolerance: a score just below 0 is answered with −1.",
       lambda w, b, X, change=change: np.where(change(X @ w + b) >= 0, 1, -1)) for change in (
        np.trunc, *(lambda z, digits=digits: np.round(z, digits) for digits in (0, 1, 2, 3, 4, 5, 6, 8)))),
    *(("The score is compared with ½, not with 0.", half) for half in (
        lambda w, b, X: np.where(X @ w + b >= 0.5, 1, -1), lambda w, b, X: np.where(X @ w + b > 0.5, 1, -1))),
    ("The answer to a single row has lost its axis: it has shape (1,) also for N = 1, so no squeeze and no [0].",
     lambda w, b, X: np.squeeze(_answers(w, b, X))),
    *(("The weights are turned into whole numbers where X holds whole numbers: leave w as it is.",
       lambda w, b, X, change=change: _answers(change(w) if X.dtype.kind == "i" else w, b, X)) for change in (np.trunc, np.round, np.floor)),
    ("predict writes into X, which it was only given to read: make a new array, as X * w does and X *= w does not.", _overwrite),
    ("w @ X has the factors the wrong way round: (N, D) times (D,) is X @ w.", lambda w, b, X: np.where(w @ X + b >= 0, 1, -1)),
)  # fmt: skip


# fit


class _Rule:
    """Rosenblatt's rule in parts, so that a mistake replaces a single one."""

    def __call__(self, X, y, max_epochs=100):
        X, y = self.prepared(X, y)
        self.w, self.b = self.start(X)
        mistakes: list = []
        while len(mistakes) < self.limit(max_epochs) and not self.finished(mistakes, X, y):
            mistakes.append(self.epoch(X, y))
        return self.result(mistakes)

    def prepared(self, X, y):
        return X, y

    def start(self, X):
        return np.zeros(X.shape[1]), 0.0

    def limit(self, max_epochs):
        return max_epochs

    def finished(self, mistakes, X, y):
        return 0 in mistakes

    def epoch(self, X, y):
        wrong = 0
        for x, label in zip(X, y, strict=True):
            if self.mistaken(x, label):
                self.learn(x, label)
                wrong += 1
        return wrong

    def score(self, x):
        return x @ self.w + self.b

    def answer(self, x):
        return 1 if self.score(x) >= 0 else -1

    def mistaken(self, x, label):
        return self.answer(x) != label

    def learn(self, x, label):
        self.w = self.w + label * x
        self.b = self.b + label

    def result(self, mistakes):
        return self.w, self.b, mistakes


_right = _Rule()


def _with(**parts: Any) -> _Rule:
    return type("fit", (_Rule,), parts)()


def _separable(
    draw: np.random.Generator, rows: int, features: int, numbers: Callable[..., np.ndarray], fewest: int, most: int
) -> Any:
    """Return X, y of two classes on which the rule takes from `fewest` to `most` epochs and meets the first row rightly."""

    def once() -> tuple[np.ndarray, np.ndarray]:
        X, v = numbers(draw, rows, features), draw.normal(size=features + 1)
        return X, np.where(X @ v[:-1] + v[-1] > 0, 1, -1)

    return _until(
        once, lambda X, y: y[0] == 1 and 1 < (y == 1).sum() < rows - 1 and fewest <= len(_right(X, y)[2]) <= most
    )


def _reals(draw: np.random.Generator, rows: int, features: int) -> np.ndarray:
    return draw.normal(size=(rows, features))


def _whole(draw: np.random.Generator, rows: int, features: int) -> np.ndarray:
    return draw.integers(-3, 4, (rows, features))


def _tied(draw: np.random.Generator, rows: int, features: int) -> np.ndarray:
    return draw.integers(-2, 3, (rows, features)) / 1


def _inseparable(draw: np.random.Generator, rows: int, features: int) -> tuple[np.ndarray, np.ndarray]:
    """Return X, y in which one row belongs to both classes."""
    X, y = _eighths(draw, rows, features), np.where(np.arange(rows) % 2 == 0, 1, -1)
    X[-1] = X[0]
    y[-1] = -y[0]
    return X, y


def _fit_cases(draw: np.random.Generator) -> list[Case]:
    none = _fit_case(draw, "every label is +1, so that no mistake is made", _reals(draw, 4, 3), np.ones(4, int))
    none.hint("w", "w is not 0 although no mistake was made: start from w = 0, and change w on mistakes alone")
    none.hint("b", "b is not 0 although no mistake was made: start from b = 0, and change b on mistakes alone")
    ties = _until(
        lambda: _separable(draw, 6, 2, _tied, 3, 20),
        lambda X, y: _zero_scores(X, y, 1) > 1 and _zero_scores(X, y, -1) > 1,
    )
    long, short = _separable(draw, 7, 3, _eighths, 5, 60), _separable(draw, 6, 2, _eighths, 4, 20)
    enough = len(_right(*short)[2])
    return [
        none,
        _fit_case(draw, "9 rows, 3 inputs", *_separable(draw, 9, 3, _reals, 4, 20), max_epochs=25),
        _fit_case(draw, "an X of whole numbers", *_separable(draw, 7, 2, _whole, 3, 20), max_epochs=25),
        _fit_case(draw, "several scores of exactly 0", *ties, max_epochs=25),
        _fit_case(draw, "a single row, of class −1", _reals(draw, 1, 4), np.array([-1])),
        _fit_case(draw, "a single input", *_separable(draw, 6, 1, _eighths, 3, 20), 25),
        _fit_case(draw, "max_epochs = 3, too few to finish", *long, 3),
        _fit_case(draw, f"max_epochs = {enough}, just enough to finish", *short, max_epochs=enough),
        _fit_case(draw, "classes that cannot be separated, max_epochs = 7", *_inseparable(draw, 6, 3), max_epochs=7),
        _fit_case(
            draw, "classes that cannot be separated, max_epochs = 110", *_inseparable(draw, 2, 2), max_epochs=110
        ),
        _fit_case(draw, "classes that cannot be separated, max_epochs left out", *_inseparable(draw, 2, 3)),
    ]


def _zero_scores(X: np.ndarray, y: np.ndarray, label: int) -> int:
    """Count the scores of exactly 0 that the rule meets on rows of this label, after its first change."""
    met = []

    def mistaken(self, x, t):
        met.append(self.score(x) == 0 and t == label and self.w.any())
        return _Rule.mistaken(self, x, t)

    _with(mistaken=mistaken)(X, y)
    return sum(met)


NOT_THE_RULE = "mistakes is not what Rosenblatt's rule makes of these rows: start from w = 0 and b = 0, show the rows in the order of X, and change w and b at once, on mistakes alone; compare your run on OR with the chapter's table"
CALLED, AGAIN, DOES = "predict, which fit calls,", "fit called again with the same examples", "What fit does"


def _fit_case(draw: np.random.Generator, about: str, X: np.ndarray, y: np.ndarray, *args: int, **kwargs: int) -> Case:
    """Run fit twice, on two copies. A wrong predict that it calls is held against predict alone."""
    case = Case(about, {"N": len(X), "D": X.shape[1]})
    for name in ("", "2"):
        case.bind(f"X{name}", X).bind(f"y{name}", y)
    probe = dict(zip(("w", "b", "rows"), _on_the_boundary(draw, X.shape[1]), strict=True))
    for name, value in probe.items():
        case.bind(name, value)
    case.library("fit", "props.Witness", "target").patch("target", predict="fit")
    case.call("first", "fit", "run", "X", "y", *args, **kwargs).publish("first", "first")
    case.call("again", "fit", "run", "X2", "y2", *args, **kwargs).publish("again", "again")
    case.publish("X after fit", "X", "fit writes into X, which it was only given to read: make a new array")
    case.publish("y after fit", "y", "fit writes into y, which it was only given to read: make a new array")
    case.get("called", "fit", "called").publish("called", "called")
    case.call("answers", "fit", "ask", "w", "b", "rows").publish("answers", "answers").publish("rows", "rows")
    case.hint("mistakes", NOT_THE_RULE).only_if_right("w", "mistakes").only_if_right("b", "mistakes")
    for name, gain in (("w", "y x"), ("b", "y")):
        case.hint(
            name,
            f"{name} is not what Rosenblatt's rule leaves, although mistakes is right: it starts from 0 and gains {gain} on each mistake, nothing else",
        )
    case.hint(CALLED, "fit calls predict, and predict is wrong: mend predict first, then look at fit again")
    case.hint(
        AGAIN,
        "A second call with the same examples returns something else: fit goes on from what an earlier call has left over (a global variable, or a list as a default argument), or it draws at random; start afresh from w = 0, b = 0 and an empty list, and show the rows in order",
    )
    return case.judged_by(_judging_fit(X, y, _right(X, y, *args, **kwargs), probe))


def _judging_fit(
    X: np.ndarray, y: np.ndarray, result: tuple, probe: dict
) -> Callable[[dict[str, Any]], dict[str, Any]]:
    w, b, mistakes = result
    right = {
        CALLED: "right", AGAIN: "the same", DOES: "return (w, b, mistakes)", "w": w, "b": float(b),
        "mistakes": np.array(mistakes), "X after fit": X, "y after fit": y,
    }  # fmt: skip
    answers = _answers(probe["w"], probe["b"], probe["rows"])

    def derive(found: dict[str, Any]) -> dict[str, Any]:
        values = right | _returned(found["first"]) | {name: found[name] for name in ("X after fit", "y after fit")}
        if all(matches(values[label], right[label]) for label in right) and _same(found["first"], found["again"]):
            return right
        if found["called"] and not (
            np.shape(found["answers"]) == answers.shape
            and np.array_equal(found["answers"], answers)
            and np.array_equal(found["rows"], probe["rows"])
        ):
            return right | {CALLED: "wrong"}
        return values if _same(found["first"], found["again"]) else right | {AGAIN: "something else"}

    return derive


def _same(one: Any, other: Any) -> bool:
    return wire.encode(one) == wire.encode(other)


def _returned(value: Any) -> dict[str, Any]:
    """Return what a fit has returned by label, or the one label that says why that cannot be done."""
    if isinstance(value, str) and value.startswith("raise "):
        return {DOES: value}
    if not isinstance(value, list | tuple) or len(value) != 3:
        many = f"{len(value)} things" if isinstance(value, list | tuple) else type(value).__name__
        return {DOES: f"return {'None' if value is None else many}"}
    return {"w": value[0], "b": value[1], "mistakes": _counts(value[2])}


def _counts(value: Any) -> Any:
    """Return a list, tuple or array of whole numbers, however they are stored, as an array of integers."""
    if isinstance(value, list | tuple | np.ndarray):
        try:
            numbers = np.asarray(value)
        except ValueError:  # lists of different lengths
            return value
        if numbers.ndim == 1 and numbers.dtype.kind in "fiub" and np.all(numbers == np.round(numbers)):
            return numbers.astype(int)
    return value


def _all_at_once(self, X, y):
    wrong = np.array([self.mistaken(x, label) for x, label in zip(X, y, strict=True)])
    self.w, self.b = self.w + y[wrong] @ X[wrong], self.b + y[wrong].sum()
    return int(wrong.sum())


def _count_afterwards(self, X, y):
    _Rule.epoch(self, X, y)
    return int(sum(self.mistaken(x, label) for x, label in zip(X, y, strict=True)))


def _repeat(self, X, y):
    wrong = 0
    for x, label in zip(X, y, strict=True):
        while self.mistaken(x, label):
            self.learn(x, label)
            wrong += 1
    return wrong


def _repeat_and_count_once(self, X, y):
    wrong = 0
    for x, label in zip(X, y, strict=True):
        wrong += self.mistaken(x, label)
        while self.mistaken(x, label):
            self.learn(x, label)
    return wrong


def _first_only(self, X, y):
    for x, label in zip(X, y, strict=True):
        if self.mistaken(x, label):
            self.learn(x, label)
            return 1
    return 0


def _on_every_row(self, X, y):
    wrong = 0
    for x, label in zip(X, y, strict=True):
        wrong += self.mistaken(x, label)
        self.learn(x, label)
    return wrong


def _step(to_w: Callable, to_b: Callable, **parts: Any) -> _Rule:
    """A rule with other updates, each a function of the rule, x and y."""

    def learn(self, x, label):
        a = self.answer(x)
        self.w, self.b = self.w + to_w(x, label, a), self.b + to_b(x, label, a)

    return _with(learn=learn, **parts)


def _pocket(self, X, y):
    wrong = _Rule.epoch(self, X, y)
    best = getattr(self, "best", None)
    if best is None or wrong < best[0]:
        self.best = (wrong, self.w, self.b)
    return wrong


def _best(self, mistakes):
    _, w, b = self.best
    del self.best
    return w, b, mistakes


def _to_length_1(self, mistakes):
    length = np.linalg.norm(np.append(self.w, self.b)) or 1.0
    return self.w / length, self.b / length, mistakes


def _w_to_length_1(self, mistakes):
    length = np.linalg.norm(self.w) or 1.0
    return self.w / length, self.b / length, mistakes


def _cut_down(self, x, label):
    self.w = np.trunc(self.w + label * x)
    self.b += label


def _refused(self, x, label):
    self.w += label * x
    self.b += label


def _averaged(self, X, y):
    """Epoch that remembers the weights after each row."""
    wrong = 0
    for x, label in zip(X, y, strict=True):
        wrong += _Rule.epoch(self, x[None], [label])
        self.seen = [*getattr(self, "seen", []), np.append(self.w, self.b)]
    return wrong


def _average(self, mistakes):
    v = np.mean(self.seen, axis=0)
    del self.seen
    return v[:-1], v[-1], mistakes


class _Default:
    """A fit whose max_epochs has another default."""

    def __init__(self, default: int):
        self.default = default

    def __call__(self, X, y, max_epochs=None):
        return _right(X, y, self.default if max_epochs is None else max_epochs)


NO_RETURN = "fit must return (w, b, mistakes), all three, as its last line, behind the loops."
BIAS_X = "b is updated with y x, as w is: the bias has the input 1, so on a mistake b += y."
RATE = "w and b are smaller by a constant factor, a learning rate: the rule has none, w += y x and b += y."
CUMULATIVE = "mistakes adds up over the epochs: the counter must be set back to 0 at the beginning of each epoch."
WHOLE = "w is kept in whole numbers, which the updates do not fit: start from np.zeros(D), which are floats."

FIT_MISTAKES = (
    ("A score of exactly 0 counts as the answer −1: the unit answers +1 where the score is >= 0.",
     _with(answer=lambda self, x: 1 if self.score(x) > 0 else -1)),
    ("A score of exactly 0 counts as a mistake for either class, as with y * z <= 0 or np.sign: the answer there is +1, which is right for y = +1.",
     _with(mistaken=lambda self, x, label: label * self.score(x) <= 0)),
    ("A score of exactly 0 never counts as a mistake, as with y * z < 0: the answer there is +1, which is wrong for y = −1, and so the rule cannot even begin.",
     _with(mistaken=lambda self, x, label: label * self.score(x) < 0)),
    ("The updates of an epoch are collected and carried out at its end: a mistake changes w and b at once, and the next row meets the new ones.",
     _with(epoch=_all_at_once)),
    ("The rows are shown from the last to the first: their order is that of X.",
     _with(prepared=lambda self, X, y: (X[::-1], y[::-1]))),
    ("The label −1 has become 0 in the update: nothing is learnt from the class −1 when y x is 0.",
     _step(lambda x, y, a: (y > 0) * x, lambda x, y, a: int(y > 0))),
    ("w and b are twice as large as they should be: y − a is ±2 on a mistake, but the rule adds y x and y.",
     _step(lambda x, y, a: (y - a) * x, lambda x, y, a: y - a)),
    *((RATE, _step(lambda x, y, a, eta=eta: eta * y * x, lambda x, y, a, eta=eta: eta * y)) for eta in (0.5, 0.1, 0.01, 0.001)),
    *(("w is updated with a learning rate: the rule has none, w += y x.",
       _step(lambda x, y, a, eta=eta: eta * y * x, lambda x, y, a: y)) for eta in (0.5, 0.1, 0.01, 0.001)),
    ("The bias stays 0: on a mistake b += y, as w += y x.", _step(lambda x, y, a: y * x, lambda x, y, a: 0)),
    ("w stays 0: on a mistake w += y x, as b += y.", _step(lambda x, y, a: 0 * x, lambda x, y, a: y)),
    (BIAS_X, _step(lambda x, y, a: y * x, lambda x, y, a: y * x, score=lambda self, x: np.atleast_1d(x @ self.w + self.b)[0])),
    (BIAS_X, _step(lambda x, y, a: y * x, lambda x, y, a: y * x.sum())),
    ("The bias moves the wrong way: on a mistake b += y, even if a threshold would move by −y.",
     _step(lambda x, y, a: y * x, lambda x, y, a: -y)),
    ("w moves the wrong way while b moves rightly: on a mistake w += y x.", _step(lambda x, y, a: -y * x, lambda x, y, a: y)),
    ("w and b move away from the right answer: on a mistake they gain y x and y, where y is the right answer and not the unit's own.",
     _step(lambda x, y, a: -y * x, lambda x, y, a: -y)),
    ("w gains x and b gains 1 whatever the label: on a mistake w += y x and b += y.",
     _step(lambda x, y, a: x, lambda x, y, a: 1)),
    ("w and b change when the answer is right: a mistake is an answer that differs from y.",
     _with(mistaken=lambda self, x, label: self.answer(x) == label)),
    ("w and b change on every row: only a mistake changes them.", _with(epoch=_on_every_row)),
    ("The final 0 is missing in mistakes: the epoch without a mistake belongs to the list.",
     _with(result=lambda self, mistakes: (self.w, self.b, [m for m in mistakes if m]))),
    ("Training stops an epoch too early, as soon as the weights are right about every row: the epoch that proves it, with its 0, belongs to the list.",
     _with(finished=lambda self, mistakes, X, y: bool(mistakes) and not any(self.mistaken(x, label) for x, label in zip(X, y, strict=True)))),
    ("mistakes counts what is wrong after the epoch: it counts the mistakes made during the epoch, while w and b were moving.",
     _with(epoch=_count_afterwards)),
    (CUMULATIVE, _with(result=lambda self, mistakes: (self.w, self.b, np.cumsum(mistakes)))),
    (CUMULATIVE, lambda X, y, max_epochs=100: _cumulative_forever(X, y, max_epochs)),
    ("mistakes is one number, the total: it lists the number of each epoch.",
     _with(result=lambda self, mistakes: (self.w, self.b, sum(mistakes)))),
    ("mistakes is one number, that of the last epoch: it lists the number of each epoch.",
     _with(result=lambda self, mistakes: (self.w, self.b, mistakes[-1]))),
    ("mistakes is one number, that of the epochs: it lists how many mistakes each epoch had.",
     _with(result=lambda self, mistakes: (self.w, self.b, len(mistakes)))),
    ("mistakes has been divided by the number of rows: it holds numbers of mistakes, not shares.",
     lambda X, y, max_epochs=100: (lambda w, b, m: (w, b, [count / len(X) for count in m]))(*_right(X, y, max_epochs))),
    ("mistakes counts the right answers: it counts the mistakes.",
     lambda X, y, max_epochs=100: (lambda w, b, m: (w, b, [len(X) - count for count in m]))(*_right(X, y, max_epochs))),
    ("max_epochs is ignored: stop after that many epochs.", _with(limit=lambda self, max_epochs: 100)),
    ("max_epochs is cut off at 100: more epochs may be asked for.", _with(limit=lambda self, max_epochs: min(max_epochs, 100))),
    ("The last row is never shown: an epoch goes through all rows.", _with(prepared=lambda self, X, y: (X[:-1], y[:-1]))),
    ("The first row is never shown: an epoch goes through all rows.", _with(prepared=lambda self, X, y: (X[1:], y[1:]))),
    ("There is one epoch too few: max_epochs is the number of epochs, as range(max_epochs) counts them.",
     _with(limit=lambda self, max_epochs: max_epochs - 1)),
    ("There is one epoch too many: max_epochs is the number of epochs, as range(max_epochs) counts them.",
     _with(limit=lambda self, max_epochs: max_epochs + 1)),
    *(("max_epochs must be 100 when it is left out: the signature is fit(X, y, max_epochs=100).", _Default(default)) for default in (10, 20, 50, 200, 500, 1000)),
    ("fit goes on after an epoch without mistakes: nothing can change any more, so it stops there.",
     _with(finished=lambda self, mistakes, X, y: False)),
    ("fit stops after its first epoch: is the return inside the loop?", _with(limit=lambda self, max_epochs: 1)),
    ("fit stops after an epoch that was no better than the one before: the number of mistakes may rise on the way, and only a 0 ends the training.",
     _with(finished=lambda self, mistakes, X, y: 0 in mistakes or (len(mistakes) > 1 and mistakes[-1] >= mistakes[-2]))),
    ("A row is repeated until it is right: show it only once in an epoch, the next epoch comes back to it.", _with(epoch=_repeat)),
    ("A row is repeated until it is right: show it only once in an epoch, the next epoch comes back to it.", _with(epoch=_repeat_and_count_once)),
    ("An epoch ends with its first mistake: go on to the next row, with the new weights.", _with(epoch=_first_only)),
    ("b starts at 1: the rule starts from w = 0 and b = 0.", _with(start=lambda self, X: (np.zeros(X.shape[1]), 1.0))),
    ("w starts at 1: the rule starts from w = 0 and b = 0.", _with(start=lambda self, X: (np.ones(X.shape[1]), 0.0))),
    ("w and b are those of the best epoch: return them as the last epoch has left them.", _with(epoch=_pocket, result=_best)),
    ("w and b are averages over the run: return them as the last epoch has left them.", _with(epoch=_averaged, result=_average)),
    *(("w and b are scaled to length 1: return them as the last epoch has left them.", _with(result=result)) for result in (_to_length_1, _w_to_length_1)),
    (WHOLE, _with(learn=_cut_down)),
    (WHOLE, _with(start=lambda self, X: (np.zeros(X.shape[1], int), 0), learn=_refused)),
    ("fit computes in float32, seven digits: keep NumPy's default, float64.",
     _with(prepared=lambda self, X, y: (X.astype(np.float32), y), start=lambda self, X: (np.zeros(X.shape[1], np.float32), 0.0),
           learn=_refused)),
    ("b is an array of one number: b is a number, so start from b = 0.0.",
     _with(result=lambda self, mistakes: (self.w, np.array([self.b]), mistakes))),
    ("w has D + 1 entries, the bias among them: return the first D as w and the last as b.",
     _with(result=lambda self, mistakes: (np.append(self.w, self.b), self.b, mistakes))),
    ("w has D + 1 entries, the bias first: return the last D as w and the first as b.",
     _with(result=lambda self, mistakes: (np.append(self.b, self.w), self.b, mistakes))),
    ("w has shape (1, D): it is (D,).", _with(result=lambda self, mistakes: (self.w[None], self.b, mistakes))),
    ("w is a column, of shape (D, 1): it is (D,).", _with(result=lambda self, mistakes: (self.w[:, None], self.b, mistakes))),
    ("w and b have changed places: fit returns (w, b, mistakes), in this order.", _with(result=lambda self, mistakes: (self.b, self.w, mistakes))),
    (NO_RETURN, _with(result=lambda self, mistakes: (self.w, mistakes))),
    (NO_RETURN, _with(result=lambda self, mistakes: mistakes)),
    (NO_RETURN, _with(result=lambda self, mistakes: None)),
    ("b is updated but left out of the score: the score is x @ w + b.", _with(score=lambda self, x: x @ self.w)),
)  # fmt: skip


def _cumulative_forever(X, y, max_epochs):
    """The counter is not set back, so that it is never 0 again and the training goes on."""
    w, b, mistakes = _with(finished=lambda self, mistakes, X, y: sum(mistakes) == 0 and bool(mistakes))(
        X, y, max_epochs
    )
    return w, b, np.cumsum(mistakes)


# mistake-bound


def _bound(X, y, w, b):
    scores = y * (X @ w + b)
    if scores.min() <= 0:
        raise ValueError
    return float((1 + (X**2).sum(axis=1).max()) * (w @ w + b**2) / scores.min() ** 2)


def _apart(draw: np.random.Generator, rows: int, features: int, scale: float = 1.0, bias: float = 1.0) -> Any:
    """Return X, y, w, b with every row on its side, clear of the boundary, and both classes where that can be."""

    def once() -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
        X, w, b = 1.5 * draw.normal(size=(rows, features)), 2 * draw.normal(size=features), bias * draw.normal()
        return X, np.where(X @ w + b > 0, 1, -1), scale * w, scale * b

    def clear(X, y, w, b):
        """Tell also whether the longest row is another than that of the smallest margin."""
        z = np.abs(X @ w + b) / scale
        if rows > 1 and z.argmin() == (X**2).sum(axis=1).argmax():
            return False
        return (
            z.min() > 0.2 and abs(b) > 0.3 * scale and (rows == 1 or (abs(y.sum()) < rows and z.max() > 1.5 * z.min()))
        )

    return _until(once, clear)


def _bound_cases(draw: np.random.Generator) -> list[Case]:
    whole = _until(
        lambda: (draw.integers(-4, 5, (6, 2)), draw.integers(-3, 4, 2), int(draw.integers(1, 4))),
        lambda X, w, b: abs(np.sign(X @ w + b).sum()) < 6 and np.all(X @ w + b != 0) and np.all(w != 0),
    )
    return [
        _bound_case("6 rows, 3 inputs", *_apart(draw, 6, 3)),
        _bound_case("as many rows as inputs", *_apart(draw, 4, 4)),
        _bound_case("a single input", *_apart(draw, 5, 1)),
        _bound_case("a single row", *_apart(draw, 1, 3)),
        _bound_case("a bias much larger than the weights", *_apart(draw, 5, 2, bias=6.0)),
        _bound_case("very long weights", *_apart(draw, 5, 3, scale=1e4)),
        _bound_case("very short weights", *_apart(draw, 5, 3, scale=1e-4)),
        _bound_case("whole numbers", whole[0], np.sign(whole[0] @ whole[1] + whole[2]), whole[1], whole[2]),
        *_refusals(draw),
    ]


def _bound_case(about: str, X: np.ndarray, y: np.ndarray, w: np.ndarray, b: float) -> Case:
    case = Case(about, {"N": len(X), "D": len(w)})
    for name, value in (("X", X), ("y", y), ("w", w), ("b", b)):
        case.bind(name, value)
    case.make("bound", "X", "y", "w", "b").publish("mistake_bound(X, y, w, b)", "bound")
    for name in ("X", "y", "w"):
        case.publish(
            f"{name} after mistake_bound",
            name,
            f"mistake_bound writes into {name}, which it was only given to read: make a new array",
        )
    return case


def _refusals(draw: np.random.Generator) -> list[Case]:
    """Weights that do not separate. On the boundary one input is 1 and the others 0, so that the score is 0 exactly, also of scaled weights."""
    cases = []
    for label in (1, -1):
        X, y, w, b = _until(lambda: _apart(draw, 5, 3), lambda X, y, w, b, label=label: label in y)
        wrong = y.copy()
        wrong[np.flatnonzero(y == label)[0]] = -label
        cases.append(_refusal(f"one row with y = {-label:+d} on the wrong side", X, wrong, w, b))
        X, y, w, b = _apart(draw, 5, 3)
        X[2], b = np.eye(3)[1], -w[1]
        y = np.where(X @ w + b > 0, 1, -1)
        y[2] = label
        cases.append(_refusal(f"one row with y = {label:+d} on the boundary", X, y, w, b))
    X, y, w, b = _apart(draw, 4, 2)
    return [*cases, _refusal("every row on the wrong side", X, -y, w, b)]


def _refusal(about: str, X: np.ndarray, y: np.ndarray, w: np.ndarray, b: float) -> Case:
    case = Case(about.replace("-", "−"), {"N": len(X), "D": len(w)})
    for name, value in (("X", X), ("y", y), ("w", w), ("b", float(b))):
        case.bind(name, value)
    hint = "mistake_bound must raise ValueError unless y (x·w + b) is above 0 for every row"
    return case.raises("what mistake_bound raises", "ValueError", "target", None, "X", "y", "w", "b", hint=hint)


class _Bound:
    """The bound in parts."""

    def __call__(self, X, y, w, b):
        scores = self.scores(X, y, w, b)
        if self.refused(scores):
            return self.refuse()
        return self.value(self.radius(X), self.margin(scores) / self.norm(w, b))

    def scores(self, X, y, w, b):
        return y * (X @ w + b)

    def refused(self, scores):
        return scores.min() <= 0

    def refuse(self):
        raise ValueError

    def radius(self, X):
        return np.sqrt(1 + (X**2).sum(axis=1)).max()

    def margin(self, scores):
        return scores.min()

    def norm(self, w, b):
        return np.sqrt(w @ w + b**2)

    def value(self, radius, gamma):
        return float((radius / gamma) ** 2) if gamma else float("inf")


def _bounded(**parts: Any) -> _Bound:
    return type("mistake_bound", (_Bound,), parts)()


def _asserted(self):
    raise AssertionError


def _divided(radius, gamma):
    if not gamma:
        raise ZeroDivisionError
    return float((radius / gamma) ** 2)


def _row_by_row(X, y, w, b):
    _bound(X, y, w, b)
    return float(((1 + (X**2).sum(axis=1)) * (w @ w + b**2) / (X @ w + b) ** 2).max())


NEVER = "mistake_bound never raises ValueError: if y (x·w + b) is 0 or less for some row, w and b do not separate and there is no bound; write raise ValueError(…)."

BOUND_MISTAKES = (
    ("The bias is not folded in: put a 1 behind each row, which counts in R, and b behind w, which counts in the norm.",
     _bounded(radius=lambda self, X: np.linalg.norm(X, axis=1).max(), norm=lambda self, w, b: np.linalg.norm(w))),
    ("The 1 behind each row is missing in R: R² is the largest of x·x + 1.",
     _bounded(radius=lambda self, X: np.linalg.norm(X, axis=1).max())),
    ("b is missing in the norm: (w, b) as a whole is scaled to length 1.", _bounded(norm=lambda self, w, b: np.linalg.norm(w))),
    ("γ is not divided by the norm: scale (w, b) to length 1, or divide the smallest y z by the length of (w, b).",
     _bounded(norm=lambda self, w, b: 1.0)),
    ("γ is divided by the square of the norm: the length of (w, b) is a square root.",
     _bounded(norm=lambda self, w, b: w @ w + b**2)),
    ("w and b are scaled by the sum of their absolute values: the length is the Euclidean norm.",
     _bounded(norm=lambda self, w, b: np.abs(w).sum() + abs(b))),
    ("γ is made from the mean of y z: it is the smallest that counts.", _bounded(margin=lambda self, scores: scores.mean())),
    ("γ is made from the largest y z: it is the smallest that counts.", _bounded(margin=lambda self, scores: scores.max())),
    ("γ is made from the y z of the first row: it is the smallest of all rows that counts.", _bounded(margin=lambda self, scores: scores[0])),
    ("R is the mean length of the rows: R is the largest.",
     _bounded(radius=lambda self, X: np.sqrt(1 + (X**2).sum(axis=1)).mean())),
    ("R is the smallest length of the rows: R is the largest.",
     _bounded(radius=lambda self, X: np.sqrt(1 + (X**2).sum(axis=1)).min())),
    ("R is the norm of the whole matrix: take the length of each row, axis=1, and the largest of these.",
     _bounded(radius=lambda self, X: np.sqrt((1 + (X**2).sum(axis=1)).sum()))),
    ("R is the largest number in X: it is the largest length of a row.",
     _bounded(radius=lambda self, X: max(np.abs(X).max(), 1))),
    ("The square is missing: the bound is (R/γ)².", _bounded(value=lambda self, radius, gamma: float(radius / gamma))),
    ("R is not squared: the bound is R²/γ².", _bounded(value=lambda self, radius, gamma: float(radius / gamma**2))),
    ("γ is not squared: the bound is R²/γ².", _bounded(value=lambda self, radius, gamma: float(radius**2 / gamma))),
    ("The fraction is upside down: the bound is (R/γ)², larger when the margin is smaller.",
     _bounded(value=lambda self, radius, gamma: float((gamma / radius) ** 2))),
    ("The ratio is taken row by row: R is the largest length of all rows and γ the smallest margin of all, which may belong to different rows.", _row_by_row),
    *(("The bound is rounded to a whole number: return (R/γ)² as it is, a float.",
       _bounded(value=lambda self, radius, gamma, change=change: change((radius / gamma) ** 2))) for change in (
           int, round, lambda bound: float(np.floor(bound)), lambda bound: float(np.round(bound)), lambda bound: int(np.ceil(bound)), lambda bound: float(np.ceil(bound)))),
    ("The bias is left out of the score: it is x·w + b.", _bounded(scores=lambda self, X, y, w, b: y * (X @ w))),
    ("y is missing in the margin: a row with y = −1 should have a negative score.", _bounded(scores=lambda self, X, y, w, b: X @ w + b)),
    (NEVER, _bounded(refused=lambda self, scores: False)),
    (NEVER, _bounded(refused=lambda self, scores: False, value=lambda self, radius, gamma: _divided(radius, gamma))),
    ("Rows exactly on the boundary pass: y z must be above 0 for every row, so refuse where y z <= 0.",
     _bounded(refused=lambda self, scores: scores.min() < 0)),
    ("Rows exactly on the boundary pass: y z must be above 0 for every row, so refuse where y z <= 0.",
     _bounded(refused=lambda self, scores: scores.min() < 0, value=lambda self, radius, gamma: _divided(radius, gamma))),
    *(("A row with y = +1 exactly on the boundary passes: predict answers it rightly, but y z must be above 0.",
       lambda X, y, w, b, value=value: _content(X, y, w, b, value)) for value in (_Bound().value, _divided)),
    ("Rows on the wrong side pass: it is y z that must be above 0. |z| has lost its sign, and to refuse 0 alone is not enough.",
     _bounded(scores=lambda self, X, y, w, b: np.abs(X @ w + b))),
    ("Weights are refused only if no row is on its side: every row must be.", _bounded(refused=lambda self, scores: scores.max() <= 0)),
    ("mistake_bound raises AssertionError: write raise ValueError(…), which also works when Python leaves out assertions.", _bounded(refuse=_asserted)),
    ("mistake_bound raises Exception: raise the error that was asked for, ValueError.", _bounded(refuse=lambda self: (_ for _ in ()).throw(Exception))),
)  # fmt: skip


def _content(X, y, w, b, value):
    """The weights pass if predict makes no mistake with them."""
    if np.any(_answers(w, b, X) != y):
        raise ValueError
    return value(np.sqrt(1 + (X**2).sum(axis=1)).max(), np.abs(X @ w + b).min() / np.sqrt(w @ w + b**2))


# xor-network

SHAPES, ANSWERS = "The shapes of W1, b1, w2, b2", "What the network answers to (0, 0), (0, 1), (1, 0), (1, 1)"
RIGHT_SHAPES, XOR = "(2, 2), (2,), (2,), ()", "0 1 1 0"


def _xor_cases(draw: np.random.Generator) -> list[Case]:
    case = Case("your nine numbers").make("network").publish("network", "network")
    case.hint(SHAPES, "The shapes of W1, b1, w2, b2 must be (2, 2), (2,), (2,) and (), which is that of a number")
    return [case.judged_by(_judge_network)]


def _judge_network(found: dict[str, Any]) -> dict[str, Any]:
    """Return the shapes and the truth table, or what would make it right."""
    network = found["network"]
    if not isinstance(network, list | tuple) or len(network) != 4:
        raise TypeError("xor_network returns four things, (W1, b1, w2, b2)")
    W1, b1, w2, b2 = (np.asarray(part, float) for part in network)
    shapes = ", ".join(str(part.shape) for part in (W1, b1, w2, b2))
    if shapes != RIGHT_SHAPES:
        return {SHAPES: shapes, ANSWERS: XOR}
    answers = _table(W1, b1, w2, b2)
    remedies = {
        "right with z >= 0": _table(W1, b1, w2, b2, step=lambda z: (z >= 0) * 1),
        "right with thresholds": _table(W1, -b1, w2, -b2),
        "right with W1 transposed": _table(W1.T, b1, w2, b2),
        "right with b1 and w2 exchanged": _table(W1, w2, b1, b2),
        "right with hidden answers +1 and -1": _table(W1, b1, w2, b2, hidden=lambda z: np.where(z > 0, 1, -1)),
    }
    cures = [name for name, table in remedies.items() if table == XOR]
    return {SHAPES: shapes, ANSWERS: cures[0] if cures and answers != XOR else answers}


def _step_at_0(z):
    return (z > 0) * 1


def _table(W1, b1, w2, b2, step=_step_at_0, hidden=None) -> str:
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    return " ".join(str(answer) for answer in step((hidden or step)(X @ W1 + b1) @ w2 + b2))


def _network(W1=((1, 1), (1, 1)), b1=(-0.5, -1.5), w2=(1, -1), b2: Any = -0.5) -> Callable[[], tuple]:
    """OR and AND in the hidden layer, and an output unit; XOR unless told otherwise."""
    return lambda: (np.array(W1, float), np.array(b1, float), np.array(w2, float), np.array(b2, float))


def _gate(name: str) -> str:
    return f"The network computes {name}, not XOR: write down what the two hidden units answer to each input, and then what the output unit makes of it."


XOR_MISTAKES = (
    ("The network is right with z >= 0, but the step is z > 0 here: a unit meets a score of exactly 0. Move its bias a little.",
     _network(b1=(-1, -2), b2=-1)),
    ("The network is right if b1 and b2 are thresholds, which a score must exceed: here they are added to the score, so turn their signs round.",
     _network(b1=(0.5, 1.5), b2=0.5)),
    ("The network is right with W1 transposed: the weights of a hidden unit are one of the columns of W1, not a row.",
     _network(W1=((1, 1), (-2, -2)), b1=(-0.5, 3), w2=(1, 1), b2=-1.5)),
    ("The network is right with b1 and w2 exchanged: b1 and w2 have changed places, return (W1, b1, w2, b2).",
     _network(b1=(1, -1), w2=(-0.5, -1.5))),
    ("The network is right if the hidden units answer +1 and −1: here they answer 1 and 0.", _network(b2=-1.5)),
    (_gate("OR"), _network(w2=(1, 1))),
    (_gate("AND"), _network(w2=(0, 1))),
    (_gate("XNOR, the opposite"), _network(w2=(-1, 1), b2=0.5)),
    (_gate("NAND"), _network(w2=(0, -1), b2=0.5)),
    (_gate("NOR"), _network(w2=(-1, 0), b2=0.5)),
    (_gate("x1 AND NOT x2"), _network(W1=((1, 0), (-1, 0)), w2=(1, 0))),
    (_gate("x2 AND NOT x1"), _network(W1=((-1, 0), (1, 0)), w2=(1, 0))),
    (_gate("x1 alone"), _network(W1=((1, 0), (0, 0)), w2=(1, 0))),
    (_gate("x2 alone"), _network(W1=((0, 0), (1, 0)), w2=(1, 0))),
    ("The network answers 0 to every input: the score of the output unit is never above 0.", _network(w2=(0, 0))),
    ("The network answers 1 to every input: the score of the output unit is always above 0.", _network(w2=(0, 0), b2=0.5)),
    *(("w2 is a column: its shape is (2,), one number for each hidden unit, and b2 is a number.", _network(w2=((1,), (-1,)), b2=b2)) for b2 in (-0.5, (-0.5,), ((-0.5,),))),
    ("w2 is a matrix of one row: its shape is (2,), one number for each hidden unit.", _network(w2=((1, -1),))),
    ("b2 is an array of one number: it is a number.", _network(b2=(-0.5,))),
    ("b1 is a matrix of one row: its shape is (2,), one number for each hidden unit.", _network(b1=((-0.5, -1.5),))),
    ("The two hidden units share one bias: b1 has shape (2,), one number for each.", _network(b1=-0.5)),
    ("xor_network returns four things, (W1, b1, w2, b2): here came something else.", lambda: None),
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
    return Task(name, f"The perceptron and its limits, section “{section}”", cases, reference, told(*mistakes))


TASKS = (
    _task("predict", "One threshold unit", _predict_cases, _answers, PREDICT_MISTAKES),
    _task("fit", "Learning from mistakes", _fit_cases, _right, FIT_MISTAKES),
    _task("mistake-bound", "The rule must stop", _bound_cases, _bound, BOUND_MISTAKES),
    _task("xor-network", "Two layers solve XOR", _xor_cases, _network(), XOR_MISTAKES),
)
