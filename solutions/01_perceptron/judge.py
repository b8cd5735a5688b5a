"""01_perceptron: `predict`, `fit`, `mistake_bound` and the weights of an XOR network."""

import operator

import numpy as np

from mlpgrade.judging.declare import (
    Case, InParts, Mistake, Part, Task, Use, after, call, is_array, is_number, matches, slips,
)  # fmt: skip

HIDDEN = ("mlpkit.perceptron.Perceptron", "mlpkit.perceptron.mistake_bound")
"""What is taken out of mlpkit while this is graded."""


def until(accepted, draw_one):
    """Draw until what was drawn is accepted: cases on which every known mistake shows."""
    while not accepted(*(drawn := draw_one())):
        pass
    return drawn


def eighths(draw, *shape):
    """Numbers from −2 to 2 with which sums are exact, in whatever order they are added: a score of 0 is 0."""
    return draw.integers(-16, 17, shape) / 8


def at(w, b, X, y=None):
    """The sizes of a case and what is given."""
    return {"N": len(X), "D": len(w), "w": w, "b": float(b), "X": X, "y": y}


def writes(function, label, *names):
    return {label.format(name): f"{function} writes into {name}, which it was only given to read: make a new array" for name in names}  # fmt: skip


# --- predict ----------------------------------------------------------------------------------------------------------
PREDICT = Use(
    gives={"w": ("D",), "b": (), "X": ("N", "D")},
    calls=(call("answers", None, "w", "b", "X"),),
    shows={"predict(w, b, X)": "answers"},
    keeps=("X", "w"),
    says=writes("predict", "{} after the function", "X", "w"),
)


def answers(w, b, X):
    return np.where(X @ w + b >= 0, 1, -1)


def clear(draw, rows, features, size=1.0):
    """Weights, and rows of both classes: b decides somewhere, with its own sign alone, and no score is near 0."""
    return until(
        lambda w, b, X: len({*answers(w, b, X)}) == 2 and np.any(abs(X @ w) < abs(b)) and np.all(abs(X @ w + b) > 1e-3 * size),
        lambda: (draw.normal(size=features), size * draw.normal(), size * draw.normal(size=(rows, features))),
    )  # fmt: skip


def on_the_boundary(draw, features):
    """Weights and rows: the first has the score 0, the second no input at all and the answer −1."""
    w, X = until(
        lambda w, X: np.all(w) and X[0] @ w > 0,
        lambda: (eighths(draw, features), eighths(draw, 20, features)),
    )
    X[1] = 0
    return w, -float(X[0] @ w), X


def predict_cases(draw):
    whole = until(  # for these weights it matters to keep their fractions
        lambda w, b, X: all(np.sum(answers(cut(w), b, X) != answers(w, b, X)) > 1 for cut in (np.trunc, np.round)),
        lambda: (draw.choice([-1.75, -0.75, 0.75, 1.75], 2), -0.5, draw.integers(-5, 6, (14, 2))),
    )
    w, b, X = draw.normal(size=3), draw.normal(), draw.normal(size=(1, 3))
    sign = answers(w, b, X)[0]
    return PREDICT.cases(draw, {
        "12 rows, 3 inputs": at(*clear(draw, 12, 3)), "as many rows as inputs": at(*clear(draw, 9, 9)), "a single input": at(*clear(draw, 8, 1)),
        "inputs in the thousands": at(*clear(draw, 10, 4, 1e4)), "w = 0 and b = 0, where every score is 0": at(np.zeros(3), 0, draw.normal(size=(5, 3))),
        "scores of exactly 0 among others": at(*on_the_boundary(draw, 3)), "a score just below 0": at(draw.normal(size=2), -1e-9, np.zeros((2, 2))),
        "a score just above 0": at(draw.normal(size=2), 1e-9, np.zeros((2, 2))), "an X of whole numbers": at(*whole),
        "a single row, of class +1": at(sign * w, sign * b, X), "a single row, of class −1": at(-sign * w, -sign * b, X),
    })  # fmt: skip


def of_scores(wrong):
    return lambda w, b, X: wrong(X @ w + b)


PREDICT_MISTAKES = (
    Mistake("zero-is-minus", "A score of exactly 0 is answered with −1: the answer is +1 where the score is >= 0, not only where it is > 0.",
            of_scores(lambda z: np.where(z > 0, 1, -1))),
    Mistake("zero-is-zero", "A score of exactly 0 is answered with 0, which is no class: np.sign does that. The answer there is +1.", of_scores(np.sign)),
    Mistake("bits", "predict answers 1 and 0, or True and False: the answers are the whole numbers 1 and -1.", of_scores(lambda z: z >= 0), of_scores(lambda z: z > 0)),
    Mistake("no-bias", "The bias is missing: the score is X @ w + b.", lambda w, b, X: answers(w, 0, X)),
    Mistake("bias-subtracted", "The bias is subtracted, or used as a threshold as in X @ w >= b: here it is added to the score, which is then compared with 0.",
            lambda w, b, X: answers(w, -b, X)),
    Mistake("wrong-way-round", "The answers are the wrong way round: +1 belongs where the score is at least 0.", after(answers)(np.negative)),
    Mistake("scores", "predict returns the scores: compare them with 0 and return 1 or -1.", of_scores(lambda z: z)),
    Mistake("column", "predict returns a column, of shape (N, 1): the answers have shape (N,).", after(answers)(lambda a: a[:, None])),
    *slips("predict", after(answers), "list", "squeezed"),
    Mistake("one-for-all", "There is one answer for the whole batch: every row has its own score and its own answer.",
            of_scores(lambda z: np.array([1 if z.sum() >= 0 else -1])), lambda w, b, X: np.array([1 if (X @ w).sum() + b >= 0 else -1]),
            *(of_scores(lambda z, above=above: 1 if above(z) else -1) for above in (lambda z: z.sum() >= 0, lambda z: (z >= 0).all(), lambda z: (z >= 0).any()))),
    Mistake("two-inputs", "The score uses exactly two inputs: X has D columns, and X @ w adds up all of them.",
            *(lambda w, b, X, two=two: answers(w[two], b, X[:, two]) for two in ([0, -1], [0, 1]))),
    Mistake("score-rounded", "The score is rounded or cut down before it is compared, or compared with a tolerance: a score just below 0 is answered with −1.",
            of_scores(lambda z: np.where(np.trunc(z) >= 0, 1, -1)),
            *(of_scores(lambda z, digits=digits: np.where(z.round(digits) >= 0, 1, -1)) for digits in (0, 1, 2, 3, 4, 5, 6, 8))),
    Mistake("half", "The score is compared with ½, not with 0.", of_scores(lambda z: np.where(z >= 0.5, 1, -1)), of_scores(lambda z: np.where(z > 0.5, 1, -1))),
    Mistake("w-whole", "The weights are turned into whole numbers where X holds whole numbers: leave w as it is.",
            *(lambda w, b, X, cut=cut: answers(cut(w) if X.dtype.kind == "i" else w, b, X) for cut in (np.trunc, np.round, np.floor))),
    Mistake("writes-into-x", "predict writes into X, which it was only given to read: make a new array, as X * w does and X *= w does not.",
            lambda w, b, X: np.where(operator.imul(X, w).sum(axis=1) + b >= 0, 1, -1)),
    Mistake("w-before-x", "w @ X has the factors the wrong way round: (N, D) times (D,) is X @ w.", lambda w, b, X: np.where(w @ X + b >= 0, 1, -1)),
)  # fmt: skip


# --- fit --------------------------------------------------------------------------------------------------------------
DOES = "What fit does"
FIT_FAULTS = {
    "wrong-predict": "fit calls predict, and predict is wrong: mend predict first, then look at fit again",
    "not-afresh": "A second call with the same examples returns something else: fit goes on from what an earlier call has left over (a global variable, or a list as a default argument), or it draws at random; start afresh from w = 0, b = 0 and an empty list, and show the rows in order",
}  # fmt: skip
FIT_HINTS = FIT_FAULTS | writes("fit", "{} after fit", "X", "y") | {
    "mistakes": "mistakes is not what Rosenblatt's rule makes of these rows: start from w = 0 and b = 0, show the rows in the order of X, and change w and b at once, on mistakes alone; compare your run on OR with the chapter's table",
} | {name: f"{name} is not what Rosenblatt's rule leaves, although mistakes is right: it starts from 0 and gains {gain} on each mistake, nothing else"
     for name, gain in (("w", "y x"), ("b", "y"))}  # fmt: skip


class Rule(InParts):
    """Rosenblatt's rule. `trail` holds w and b as each row has left them."""

    def run(self, X, y, max_epochs=None):
        self.X, self.y, self.mistakes, self.trail = self.rows(X), self.rows(y), [], []
        self.w, self.b = self.start(X.shape[1])
        while len(self.mistakes) < self.limit(max_epochs) and not self.finished():
            self.mistakes.append(self.epoch())
        return self.result(self.w, self.b, self.mistakes)

    def show(self, x, y):
        """Show a row, and tell how many mistakes were made."""
        wrong = self.mistaken(x, y)
        if wrong:
            self.learn(x, y)
        self.trail.append((self.w, self.b))
        return int(wrong)

    def learn(self, x, y):
        self.w, self.b = map(self.added, (self.w, self.b), self.gain(x, y))


PLAIN = Rule.but(
    rows=lambda s, rows: rows,
    start=lambda s, D: (np.zeros(D), 0.0),
    limit=lambda s, n: n or 100,
    finished=lambda s: 0 in s.mistakes,
    pairs=lambda s: zip(s.X, s.y, strict=True),
    epoch=lambda s: sum(s.show(x, y) for x, y in s.pairs()),
    score=lambda s, x: x @ s.w + s.b,
    mistaken=lambda s, x, y: (s.score(x) >= 0) != (y > 0),
    wrong=lambda s: [(x, y) for x, y in s.pairs() if s.mistaken(x, y)],
    gain=lambda s, x, y: (y * x, y),
    added=lambda s, a, gain: a + gain,
    result=lambda s, w, b, m: (w, b, m),
)


def rule(**parts):
    """A fit by the rule, some parts of it replaced. Each call starts afresh."""
    return lambda *given, **named: PLAIN.but(**parts)().run(*given, **named)


fit = rule()
UNTIL_RIGHT = rule(show=lambda s, x, y: s.learn(x, y) or 1 + s.show(x, y) if s.mistaken(x, y) else 0)
RATES = (0.5, 0.1, 0.01, 0.001)
WITH_RATES = [rule(gain=lambda s, x, y, rate=rate: (rate * y * x, rate * y)) for rate in RATES]
BEST_EPOCH = rule(result=lambda s, w, b, m: (*s.trail[(np.argmin(m) + 1) * len(s.X) - 1], m))


def separable(draw, numbers, fewest, most):
    """X, y of two classes on which the rule takes from `fewest` to `most` epochs and meets the first row rightly."""
    return until(
        lambda X, y: y[0] == 1 and 1 < sum(y == 1) < len(y) - 1 and fewest <= len(fit(X, y)[2]) <= most,
        lambda: (X := numbers(), answers(draw.normal(size=X.shape[1]), draw.normal(), X)),
    )


def inseparable(draw, rows, features):
    """X, y in which one row belongs to both classes."""
    X, y = eighths(draw, rows, features), np.where(np.arange(rows) % 2 == 0, 1, -1)
    X[-1], y[-1] = X[0], -y[0]
    return X, y


def zero_scores(X, y):
    """The labels of the rows on which the rule, after its first change, meets a score of exactly 0."""
    trail = rule(result=lambda s, w, b, m: s.trail)(X, y)
    later = [*zip(X, y, strict=True)] * len(trail)
    return [label for (w, b), (x, label) in zip(trail[:-1], later[1:], strict=False) if w.any() and x @ w + b == 0]


def fit_cases(draw):
    none = fit_case(draw, "every label is +1, so that no mistake is made", draw.normal(size=(4, 3)), np.ones(4, int))
    for name in "wb":
        none.hint(name, f"{name} is not 0 although no mistake was made: start from {name} = 0, and change {name} on mistakes alone")  # fmt: skip
    ties = until(  # with the rates 0.1 and 0.01 they are missed by a hair, so that mistakes is wrong too
        lambda X, y: all(zero_scores(X, y).count(label) > 1 for label in (1, -1)) and all(
            wrong(X, y)[2] != fit(X, y)[2] for wrong in WITH_RATES[1:3]),
        lambda: separable(draw, lambda: draw.integers(-2, 3, (6, 2)) / 1, 3, 20),
    )  # fmt: skip
    reals = until(
        lambda X, y: not matches(UNTIL_RIGHT(X, y)[0], fit(X, y)[0]),
        lambda: separable(draw, lambda: draw.normal(size=(9, 3)), 4, 20),
    )
    mixed = until(
        lambda X, y: not matches(BEST_EPOCH(X, y, 7)[0], fit(X, y, 7)[0]),
        lambda: inseparable(draw, 6, 3),
    )
    short = separable(draw, lambda: eighths(draw, 6, 2), 4, 20)
    enough = len(fit(*short)[2])
    return [
        none,
        fit_case(draw, "9 rows, 3 inputs", *reals, max_epochs=25),
        fit_case(draw, "an X of whole numbers", *separable(draw, lambda: draw.integers(-3, 4, (7, 2)), 3, 20), max_epochs=25),
        fit_case(draw, "several scores of exactly 0", *ties, max_epochs=25),
        fit_case(draw, "a single row, of class −1", draw.normal(size=(1, 4)), np.array([-1])),
        fit_case(draw, "a single input", *separable(draw, lambda: eighths(draw, 6, 1), 3, 20), 25),
        fit_case(draw, "max_epochs = 3, too few to finish", *separable(draw, lambda: eighths(draw, 7, 3), 5, 60), 3),
        fit_case(draw, f"max_epochs = {enough}, just enough to finish", *short, max_epochs=enough),
        fit_case(draw, "classes that cannot be separated, max_epochs = 7", *mixed, max_epochs=7),
        fit_case(draw, "classes that cannot be separated, max_epochs = 110", *inseparable(draw, 2, 2), max_epochs=110),
        fit_case(draw, "classes that cannot be separated, max_epochs left out", *inseparable(draw, 2, 3)),
    ]  # fmt: skip


def fit_case(draw, about, X, y, *given, **named):
    """Run fit twice, on two copies. A wrong predict that it calls is held against predict alone."""
    asked = on_the_boundary(draw, X.shape[1])
    case = Case(about, {"N": len(X), "D": X.shape[1]}, hints=dict(FIT_HINTS), faults=frozenset(FIT_FAULTS))
    for name, value in zip(("X", "y", "X again", "y again", "w", "b", "rows"), (X, y, X, y, *asked), strict=True):
        case.bind(name, value)
    case.library("fit", "props.Witness", "target").patch("target", predict="fit")
    case.call("first", "fit", "run", "X", "y", *given, **named).publish("first", "first")
    case.call("again", "fit", "run", "X again", "y again", *given, **named).publish("again", "again")
    case.get("called", "fit", "called").call("answers", "fit", "ask", "w", "b", "rows")
    for name in ("called", "answers", "rows"):
        case.publish(name, name)
    for name in "Xy":
        case.publish(f"{name} after fit", name)
    case.only_if_right("w", "mistakes").only_if_right("b", "mistakes")
    kept = {"X after fit": X, "y after fit": y}
    right = dict.fromkeys(FIT_FAULTS, False) | {DOES: "return (w, b, mistakes)"} | kept
    right |= returned(fit(X, y, *given, **named))

    def derive(found):
        values = right | returned(found["first"]) | {label: found[label] for label in kept}
        # A list that is too long to travel has grown from call to call.
        afresh = repr(found["first"]) == repr(found["again"]) and "<list>" not in repr(found["first"])
        if afresh and all(matches(values[label], right[label]) for label in right):
            return right
        good = np.array_equal(found["answers"], answers(*asked)) and np.array_equal(found["rows"], asked[2])
        if found["called"] and not good:
            return right | {"wrong-predict": True}
        return values if afresh else right | {"not-afresh": True}

    return case.judged_by(derive)


def returned(value):
    """What a fit has returned by label, numbers in one form, or the one label that says why that cannot be done."""
    if isinstance(value, list | tuple) and len(value) == 3:
        w, b, mistakes = value
        if is_array(mistakes) or (isinstance(mistakes, list | tuple) and all(map(is_number, mistakes))):
            mistakes = np.asarray(mistakes, float)
        return {"w": w, "b": float(b) if is_number(b) else b, "mistakes": mistakes}
    things = f"{len(value)} things" if isinstance(value, list | tuple) else type(value).__name__
    return {DOES: value if isinstance(value, str) else f"return {'None' if value is None else things}"}


AS_LEFT, STARTS = "return them as the last epoch has left them.", "the rule starts from w = 0 and b = 0."
ONE_NUMBER, COUNTED = "mistakes is one number,", "max_epochs is the number of epochs, as range(max_epochs) counts them."
FIT_MISTAKES = (
    Mistake("zero-is-minus", "A score of exactly 0 counts as the answer −1: the unit answers +1 where the score is >= 0.",
            rule(mistaken=lambda s, x, y: (s.score(x) > 0) != (y > 0))),
    Mistake("zero-is-wrong", "A score of exactly 0 counts as a mistake for either class, as with y * z <= 0 or np.sign: the answer there is +1, which is right for y = +1.",
            rule(mistaken=lambda s, x, y: y * s.score(x) <= 0)),
    Mistake("zero-is-right", "A score of exactly 0 never counts as a mistake, as with y * z < 0: the answer there is +1, which is wrong for y = −1, and so the rule cannot even begin.",
            rule(mistaken=lambda s, x, y: y * s.score(x) < 0)),
    Mistake("all-at-once", "The updates of an epoch are collected and carried out at its end: a mistake changes w and b at once, and the next row meets the new ones.",
            rule(epoch=lambda s: len([s.learn(x, y) for x, y in s.wrong()]))),
    Mistake("last-to-first", "The rows are shown from the last to the first: their order is that of X.", rule(rows=lambda s, rows: rows[::-1])),
    Mistake("labels-as-bits", "The label −1 has become 0 in the update: nothing is learnt from the class −1 when y x is 0.", rule(gain=lambda s, x, y: ((y > 0) * x, int(y > 0)))),
    Mistake("gains-twice", "w and b are twice as large as they should be: y − a is ±2 on a mistake, but the rule adds y x and y.", rule(gain=lambda s, x, y: (2 * y * x, 2 * y))),
    Mistake("rate", "w and b are smaller by a constant factor, a learning rate: the rule has none, w += y x and b += y.", *WITH_RATES),
    Mistake("w-rate", "w is updated with a learning rate: the rule has none, w += y x.", *(rule(gain=lambda s, x, y, rate=rate: (rate * y * x, y)) for rate in RATES)),
    Mistake("b-stays", "The bias stays 0: on a mistake b += y, as w += y x.", rule(gain=lambda s, x, y: (y * x, 0))),
    Mistake("w-stays", "w stays 0: on a mistake w += y x, as b += y.", rule(gain=lambda s, x, y: (0 * x, y))),
    Mistake("b-gains-x", "b is updated with y x, as w is: the bias has the input 1, so on a mistake b += y.", rule(gain=lambda s, x, y: (y * x, y * x.sum())),
            rule(gain=lambda s, x, y: (y * x, y * x), score=lambda s, x: np.atleast_1d(x @ s.w + s.b)[0])),
    Mistake("b-wrong-way", "The bias moves the wrong way: on a mistake b += y, even if a threshold would move by −y.", rule(gain=lambda s, x, y: (y * x, -y))),
    Mistake("w-wrong-way", "w moves the wrong way while b moves rightly: on a mistake w += y x.", rule(gain=lambda s, x, y: (-y * x, y))),
    Mistake("both-wrong-way", "w and b move away from the right answer: on a mistake they gain y x and y, where y is the right answer and not the unit's own.",
            rule(gain=lambda s, x, y: (-y * x, -y))),
    Mistake("no-label", "w gains x and b gains 1 whatever the label: on a mistake w += y x and b += y.", rule(gain=lambda s, x, y: (x, 1))),
    Mistake("learns-when-right", "w and b change when the answer is right: a mistake is an answer that differs from y.",
            rule(mistaken=lambda s, x, y: (s.score(x) >= 0) == (y > 0))),
    Mistake("learns-always", "w and b change on every row: only a mistake changes them.", rule(show=lambda s, x, y: (s.mistaken(x, y), s.learn(x, y))[0])),
    Mistake("no-final-0", "The final 0 is missing in mistakes: the epoch without a mistake belongs to the list.",
            rule(result=lambda s, w, b, m: (w, b, [count for count in m if count]))),
    Mistake("no-last-epoch", "Training stops an epoch too early, as soon as the weights are right about every row: the epoch that proves it, with its 0, belongs to the list.",
            rule(finished=lambda s: bool(s.mistakes) and not s.wrong())),
    Mistake("counted-afterwards", "mistakes counts what is wrong after the epoch: it counts the mistakes made during the epoch, while w and b were moving.",
            rule(epoch=lambda s: PLAIN.epoch(s) and len(s.wrong()))),
    Mistake("cumulative", "mistakes adds up over the epochs: the counter must be set back to 0 at the beginning of each epoch.",
            *(rule(result=lambda s, w, b, m: (w, b, np.cumsum(m)), **more) for more in ({}, {"finished": lambda s: s.mistakes[:1] == [0]}))),
    Mistake("total", f"{ONE_NUMBER} the total: it lists the number of each epoch.", rule(result=lambda s, w, b, m: (w, b, sum(m)))),
    Mistake("last-epoch-alone", f"{ONE_NUMBER} that of the last epoch: it lists the number of each epoch.", rule(result=lambda s, w, b, m: (w, b, m[-1]))),
    Mistake("epochs-counted", f"{ONE_NUMBER} that of the epochs: it lists how many mistakes each epoch had.", rule(result=lambda s, w, b, m: (w, b, len(m)))),
    Mistake("shares", "mistakes has been divided by the number of rows: it holds numbers of mistakes, not shares.", rule(epoch=lambda s: PLAIN.epoch(s) / len(s.X))),
    Mistake("right-ones-counted", "mistakes counts the right answers: it counts the mistakes.", rule(result=lambda s, w, b, m: (w, b, len(s.X) - np.array(m)))),
    Mistake("limit-ignored", "max_epochs is ignored: stop after that many epochs.", rule(limit=lambda s, n: 100)),
    Mistake("limit-cut-at-100", "max_epochs is cut off at 100: more epochs may be asked for.", rule(limit=lambda s, n: min(n or 100, 100))),
    Mistake("no-last-row", "The last row is never shown: an epoch goes through all rows.", rule(rows=lambda s, rows: rows[:-1])),
    Mistake("no-first-row", "The first row is never shown: an epoch goes through all rows.", rule(rows=lambda s, rows: rows[1:])),
    Mistake("epoch-too-few", f"There is one epoch too few: {COUNTED}", rule(limit=lambda s, n: (n or 100) - 1)),
    Mistake("epoch-too-many", f"There is one epoch too many: {COUNTED}", rule(limit=lambda s, n: (n or 100) + 1)),
    Mistake("other-default", "max_epochs must be 100 when it is left out: the signature is fit(X, y, max_epochs=100).",
            *(rule(limit=lambda s, n, default=default: n or default) for default in (10, 20, 50, 200, 500, 1000))),
    Mistake("never-finished", "fit goes on after an epoch without mistakes: nothing can change any more, so it stops there.", rule(finished=lambda s: False)),
    Mistake("first-epoch-alone", "fit stops after its first epoch: is the return inside the loop?", rule(limit=lambda s, n: 1)),
    Mistake("gives-up", "fit stops after an epoch that was no better than the one before: the number of mistakes may rise on the way, and only a 0 ends the training.",
            rule(finished=lambda s: 0 in s.mistakes or (len(s.mistakes) > 1 and s.mistakes[-1] >= s.mistakes[-2]))),
    Mistake("row-repeated", "A row is repeated until it is right: show it only once in an epoch, the next epoch comes back to it.",
            UNTIL_RIGHT, rule(show=lambda s, x, y: s.learn(x, y) or s.show(x, y) or 1 if s.mistaken(x, y) else 0)),
    Mistake("epoch-cut-short", "An epoch ends with its first mistake: go on to the next row, with the new weights.",
            rule(epoch=lambda s: int(any(s.show(x, y) for x, y in s.pairs())))),
    Mistake("b-starts-at-1", f"b starts at 1: {STARTS}", rule(start=lambda s, D: (np.zeros(D), 1.0))),
    Mistake("w-starts-at-1", f"w starts at 1: {STARTS}", rule(start=lambda s, D: (np.ones(D), 0.0))),
    Mistake("best-epoch", f"w and b are those of the best epoch: {AS_LEFT}", BEST_EPOCH),
    Mistake("averages", f"w and b are averages over the run: {AS_LEFT}", rule(result=lambda s, w, b, m: (*(np.mean(part, axis=0) for part in zip(*s.trail, strict=True)), m))),
    Mistake("length-1", f"w and b are scaled to length 1: {AS_LEFT}",
            *(rule(result=lambda s, w, b, m, of=of: (w / (np.linalg.norm(of(w, b)) or 1), b / (np.linalg.norm(of(w, b)) or 1), m)) for of in (np.append, lambda w, b: w))),
    Mistake("w-whole", "w is kept in whole numbers, which the updates do not fit: start from np.zeros(D), which are floats.",
            rule(added=lambda s, a, gain: np.trunc(a + gain)), rule(start=lambda s, D: (np.zeros(D, int), 0), added=lambda s, a, gain: operator.iadd(a, gain))),
    Mistake("float32", "fit computes in float32, seven digits: keep NumPy's default, float64.",
            rule(rows=lambda s, rows: rows.astype(np.float32), start=lambda s, D: (np.zeros(D, np.float32), 0.0))),
    Mistake("b-array", "b is an array of one number: b is a number, so start from b = 0.0.", rule(result=lambda s, w, b, m: (w, np.array([b]), m))),
    Mistake("bias-in-w", "w has D + 1 entries, the bias among them: return the first D as w and the last as b.", rule(result=lambda s, w, b, m: (np.append(w, b), b, m))),
    Mistake("bias-first-in-w", "w has D + 1 entries, the bias first: return the last D as w and the first as b.", rule(result=lambda s, w, b, m: (np.append(b, w), b, m))),
    Mistake("w-row", "w has shape (1, D): it is (D,).", rule(result=lambda s, w, b, m: (w[None], b, m))),
    Mistake("w-column", "w is a column, of shape (D, 1): it is (D,).", rule(result=lambda s, w, b, m: (w[:, None], b, m))),
    Mistake("places-changed", "w and b have changed places: fit returns (w, b, mistakes), in this order.", rule(result=lambda s, w, b, m: (b, w, m))),
    Mistake("not-all-three", "fit must return (w, b, mistakes), all three, as its last line, behind the loops.",
            rule(result=lambda s, w, b, m: (w, m)), rule(result=lambda s, w, b, m: m), rule(result=lambda s, w, b, m: None)),
    Mistake("score-without-b", "b is updated but left out of the score: the score is x @ w + b.", rule(score=lambda s, x: x @ s.w)),
)  # fmt: skip


# --- mistake-bound ----------------------------------------------------------------------------------------------------
BOUND, RAISES, GIVEN = "mistake_bound(X, y, w, b)", "what mistake_bound raises", ("X", "y", "w", "b")
BOUNDING = PREDICT.but(
    gives=PREDICT.gives | {"y": ("N",)},
    calls=(call("bound", None, *GIVEN),),
    shows={BOUND: "bound"},
    keeps=("X", "y", "w"),
    says=writes("mistake_bound", "{} after the function", "X", "y", "w"),
)


def apart(draw, rows, features, scale=1.0, bias=1.0):
    """w, b, X, y with every row on its side, clear of the boundary. Of several the longest has not the smallest margin."""
    w, b, X = until(
        lambda w, b, X: (z := abs(X @ w + b)).min() > 0.2 and abs(b) > 0.3 and (rows == 1 or (
            len({*answers(w, b, X)}) == 2 and z.max() > 1.5 * z.min() and z.argmin() != (X**2).sum(axis=1).argmax())),
        lambda: (2 * draw.normal(size=features), bias * draw.normal(), 1.5 * draw.normal(size=(rows, features))),
    )  # fmt: skip
    return scale * w, scale * b, X, answers(w, b, X)


def inadmissible(draw):
    """Weights that do not separate. On the boundary one input is 1 and the others 0, so that the score is 0 exactly, also of scaled weights."""
    w, b, X, y = apart(draw, 4, 2)
    found = {"every row on the wrong side": at(w, b, X, -y)}
    for label, sign, other in ((1, "+1", "−1"), (-1, "−1", "+1")):
        w, b, X, y = apart(draw, 5, 3)
        y[np.argmax(y == label)] = -label
        found[f"one row with y = {other} on the wrong side"] = at(w, b, X, y)
        w, b, X, y = apart(draw, 5, 3)
        X[2], b = np.eye(3)[1], -w[1]
        y = np.where(np.arange(5) == 2, label, answers(w, b, X))
        found[f"one row with y = {sign} on the boundary"] = at(w, b, X, y)
    return found


def bound_cases(draw):
    w, b, X = until(
        lambda w, b, X: np.all(w) and np.all(X @ w + b) and len({*answers(w, b, X)}) == 2,
        lambda: (draw.integers(-3, 4, 2), draw.integers(1, 4), draw.integers(-4, 5, (6, 2))),
    )
    cases = BOUNDING.cases(draw, {
        "6 rows, 3 inputs": at(*apart(draw, 6, 3)), "as many rows as inputs": at(*apart(draw, 4, 4)), "a single input": at(*apart(draw, 5, 1)),
        "a single row": at(*apart(draw, 1, 3)), "a bias much larger than the weights": at(*apart(draw, 5, 2, bias=6.0)), "whole numbers": at(w, b, X, answers(w, b, X)),
        "very long weights": at(*apart(draw, 5, 3, scale=1e4)), "very short weights": at(*apart(draw, 5, 3, scale=1e-4)),
    })  # fmt: skip
    for about, sizes in inadmissible(draw).items():
        cases.append(case := BOUNDING.begin(about, draw, sizes))
        BOUNDING.give(case, draw, sizes)
        case.raises(RAISES, "ValueError", "target", None, *GIVEN, hint="mistake_bound must raise ValueError unless y (x·w + b) is above 0 for every row")  # fmt: skip
    return cases


def bound(
    margins=lambda X, y, w, b: y * (X @ w + b),
    passes=lambda margins: margins.min() > 0,
    error=ValueError,
    lengths=lambda X: np.sqrt(1 + (X**2).sum(axis=1)),
    largest=np.max,
    smallest=np.min,
    norm=lambda w, b: np.sqrt(w @ w + b**2),
    value=lambda R, gamma: (R / gamma) ** 2,
):
    """A mistake_bound, some parts of it replaced."""

    def mistake_bound(X, y, w, b):
        found = margins(X, y, w, b)
        if not passes(found):
            raise error
        return float(value(largest(lengths(X)), smallest(found) / norm(w, b)))

    return mistake_bound


DIVISIONS = ({}, {"value": lambda R, gamma: (float(R) / float(gamma)) ** 2})
"""By 0: NumPy's is infinite, Python's raises."""

BOUND_MISTAKES = (
    Mistake("bias-not-folded-in", "The bias is not folded in: put a 1 behind each row, which counts in R, and b behind w, which counts in the norm.",
            bound(lengths=lambda X: np.linalg.norm(X, axis=1), norm=lambda w, b: np.linalg.norm(w))),
    Mistake("no-1-in-r", "The 1 behind each row is missing in R: R² is the largest of x·x + 1.", bound(lengths=lambda X: np.linalg.norm(X, axis=1))),
    Mistake("no-b-in-norm", "b is missing in the norm: (w, b) as a whole is scaled to length 1.", bound(norm=lambda w, b: np.linalg.norm(w))),
    Mistake("no-norm", "γ is not divided by the norm: scale (w, b) to length 1, or divide the smallest y z by the length of (w, b).", bound(norm=lambda w, b: 1.0)),
    Mistake("norm-squared", "γ is divided by the square of the norm: the length of (w, b) is a square root.", bound(norm=lambda w, b: w @ w + b**2)),
    Mistake("norm-of-absolutes", "w and b are scaled by the sum of their absolute values: the length is the Euclidean norm.", bound(norm=lambda w, b: np.abs(w).sum() + abs(b))),
    Mistake("mean-margin", "γ is made from the mean of y z: it is the smallest that counts.", bound(smallest=np.mean)),
    Mistake("largest-margin", "γ is made from the largest y z: it is the smallest that counts.", bound(smallest=np.max)),
    Mistake("first-margin", "γ is made from the y z of the first row: it is the smallest of all rows that counts.", bound(smallest=lambda margins: margins[0])),
    Mistake("mean-r", "R is the mean length of the rows: R is the largest.", bound(largest=np.mean)),
    Mistake("smallest-r", "R is the smallest length of the rows: R is the largest.", bound(largest=np.min)),
    Mistake("r-of-matrix", "R is the norm of the whole matrix: take the length of each row, axis=1, and the largest of these.", bound(largest=np.linalg.norm)),
    Mistake("largest-number", "R is the largest number in X: it is the largest length of a row.", bound(lengths=lambda X: np.maximum(np.abs(X), 1))),
    Mistake("not-squared", "The square is missing: the bound is (R/γ)².", bound(value=lambda R, gamma: R / gamma)),
    Mistake("r-not-squared", "R is not squared: the bound is R²/γ².", bound(value=lambda R, gamma: R / gamma**2)),
    Mistake("gamma-not-squared", "γ is not squared: the bound is R²/γ².", bound(value=lambda R, gamma: R**2 / gamma)),
    Mistake("upside-down", "The fraction is upside down: the bound is (R/γ)², larger when the margin is smaller.", bound(value=lambda R, gamma: (gamma / R) ** 2)),
    Mistake("row-by-row", "The ratio is taken row by row: R is the largest length of all rows and γ the smallest margin of all, which may belong to different rows.",
            bound(largest=np.copy, smallest=np.copy, value=lambda R, gamma: ((R / gamma) ** 2).max())),
    Mistake("rounded", "The bound is rounded to a whole number: return (R/γ)² as it is, a float.",
            *(bound(value=lambda R, gamma, cut=cut: cut((R / gamma) ** 2)) for cut in (np.floor, np.round, np.ceil))),
    Mistake("score-without-b", "The bias is left out of the score: it is x·w + b.", bound(margins=lambda X, y, w, b: y * (X @ w))),
    Mistake("score-without-y", "y is missing in the margin: a row with y = −1 should have a negative score.", bound(margins=lambda X, y, w, b: X @ w + b)),
    Mistake("never-raises", "mistake_bound never raises ValueError: if y (x·w + b) is 0 or less for some row, w and b do not separate and there is no bound; write raise ValueError(…).",
            *(bound(passes=lambda margins: True, **more) for more in DIVISIONS)),
    Mistake("boundary-passes", "Rows exactly on the boundary pass: y z must be above 0 for every row, so refuse where y z <= 0.",
            *(bound(passes=lambda margins: margins.min() >= 0, **more) for more in DIVISIONS)),
    Mistake("positive-on-boundary-passes", "A row with y = +1 exactly on the boundary passes: predict answers it rightly, but y z must be above 0.",
            *(bound(margins=lambda X, y, w, b: np.where(answers(w, b, X) == y, np.abs(X @ w + b), -1), passes=lambda margins: margins.min() >= 0, **more) for more in DIVISIONS)),
    Mistake("wrong-side-passes", "Rows on the wrong side pass: it is y z that must be above 0. |z| has lost its sign, and to refuse 0 alone is not enough.",
            bound(margins=lambda X, y, w, b: np.abs(X @ w + b))),
    Mistake("one-row-suffices", "Weights are refused only if no row is on its side: every row must be.", bound(passes=lambda margins: margins.max() > 0)),
    Mistake("assertion", "mistake_bound raises AssertionError: write raise ValueError(…), which also works when Python leaves out assertions.", bound(error=AssertionError)),
    Mistake("any-exception", "mistake_bound raises Exception: raise the error that was asked for, ValueError.", bound(error=Exception)),
)  # fmt: skip


# --- xor-network ------------------------------------------------------------------------------------------------------
SHAPES, ANSWERS = "The shapes of W1, b1, w2, b2", "What the network answers to (0, 0), (0, 1), (1, 0), (1, 1)"
XOR = "0 1 1 0"


def xor_cases(draw):
    case = Case("your nine numbers").make("network").publish("network", "network")
    case.hint(SHAPES, "The shapes of W1, b1, w2, b2 must be (2, 2), (2,), (2,) and (), which is that of a number")
    return [case.judged_by(lambda found: studied(found["network"]))]


def studied(network):
    """The shapes and the truth table, or what would make it right."""
    if not isinstance(network, list | tuple) or len(network) != 4:
        raise TypeError("xor_network returns four things, (W1, b1, w2, b2)")
    W1, b1, w2, b2 = (np.asarray(part, float) for part in network)
    shapes = ", ".join(str(part.shape) for part in (W1, b1, w2, b2))
    if shapes != "(2, 2), (2,), (2,), ()":
        return {SHAPES: shapes, ANSWERS: XOR}
    tables = {
        "right": table(W1, b1, w2, b2), "right with z >= 0": table(W1, b1, w2, b2, step=lambda z: z >= 0),
        "right with thresholds": table(W1, -b1, w2, -b2), "right with W1 transposed": table(W1.T, b1, w2, b2),
        "right with b1 and w2 exchanged": table(W1, w2, b1, b2),
        "right with hidden answers +1 and -1": table(W1, b1, w2, b2, hidden=lambda z: np.where(z > 0, 1, -1)),
    }  # fmt: skip
    return {SHAPES: shapes, ANSWERS: next((how for how, found in tables.items() if found == XOR), tables["right"])}


def table(W1, b1, w2, b2, step=lambda z: z > 0, hidden=None):
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    return " ".join(str(int(answer)) for answer in step((hidden or step)(X @ W1 + b1) @ w2 + b2))


def network(W1=((1, 1), (1, 1)), b1=(-0.5, -1.5), w2=(1, -1), b2=-0.5):
    """OR and AND in the hidden layer, and an output unit; XOR unless told otherwise."""
    return lambda: (np.array(W1, float), np.array(b1, float), np.array(w2, float), np.array(b2, float))


XOR_MISTAKES = (
    Mistake("right-with-0", "The network is right with z >= 0, but the step is z > 0 here: a unit meets a score of exactly 0. Move its bias a little.", network(b1=(-1, -2), b2=-1)),
    Mistake("thresholds", "The network is right if b1 and b2 are thresholds, which a score must exceed: here they are added to the score, so turn their signs round.",
            network(b1=(0.5, 1.5), b2=0.5)),
    Mistake("w1-transposed", "The network is right with W1 transposed: the weights of a hidden unit are one of the columns of W1, not a row.",
            network(W1=((1, 1), (-2, -2)), b1=(-0.5, 3), w2=(1, 1), b2=-1.5)),
    Mistake("b1-and-w2-exchanged", "The network is right with b1 and w2 exchanged: b1 and w2 have changed places, return (W1, b1, w2, b2).", network(b1=(1, -1), w2=(-0.5, -1.5))),
    Mistake("plus-and-minus", "The network is right if the hidden units answer +1 and −1: here they answer 1 and 0.", network(b2=-1.5)),
    *(Mistake(id, f"The network computes {name}, not XOR: write down what the two hidden units answer to each input, and then what the output unit makes of it.", wrong)
      for id, name, wrong in (
        ("or", "OR", network(w2=(1, 1))), ("and", "AND", network(w2=(0, 1))), ("xnor", "XNOR, the opposite", network(w2=(-1, 1), b2=0.5)),
        ("nand", "NAND", network(w2=(0, -1), b2=0.5)), ("nor", "NOR", network(w2=(-1, 0), b2=0.5)),
        ("x1-and-not-x2", "x1 AND NOT x2", network(W1=((1, 0), (-1, 0)), w2=(1, 0))), ("x2-and-not-x1", "x2 AND NOT x1", network(W1=((-1, 0), (1, 0)), w2=(1, 0))),
        ("x1", "x1 alone", network(W1=((1, 0), (0, 0)), w2=(1, 0))), ("x2", "x2 alone", network(W1=((0, 0), (1, 0)), w2=(1, 0))))),
    Mistake("always-0", "The network answers 0 to every input: the score of the output unit is never above 0.", network(w2=(0, 0))),
    Mistake("always-1", "The network answers 1 to every input: the score of the output unit is always above 0.", network(w2=(0, 0), b2=0.5)),
    Mistake("w2-column", "w2 is a column: its shape is (2,), one number for each hidden unit, and b2 is a number.",
            *(network(w2=((1,), (-1,)), b2=b2) for b2 in (-0.5, (-0.5,), ((-0.5,),)))),
    Mistake("w2-row", "w2 is a matrix of one row: its shape is (2,), one number for each hidden unit.", network(w2=((1, -1),))),
    Mistake("b2-array", "b2 is an array of one number: it is a number.", network(b2=(-0.5,))),
    Mistake("b1-row", "b1 is a matrix of one row: its shape is (2,), one number for each hidden unit.", network(b1=((-0.5, -1.5),))),
    Mistake("b1-shared", "The two hidden units share one bias: b1 has shape (2,), one number for each.", network(b1=-0.5)),
    Mistake("not-all-four", "xor_network returns four things, (W1, b1, w2, b2): here came something else.", lambda: None),
)  # fmt: skip


def task(name, section, *declared):
    return Task(name, f"The perceptron and its limits, section “{section}”", *declared)


TASKS = (
    task("predict", "One threshold unit", predict_cases, answers, PREDICT_MISTAKES),
    task("fit", "Learning from mistakes", fit_cases, fit, FIT_MISTAKES,
         (Part("`w` and `b`", 3, "w", "b"), Part("`mistakes`", 2, "mistakes")), "", FIT_FAULTS),
    task("mistake-bound", "The rule must stop", bound_cases, bound(), BOUND_MISTAKES,
         (Part("the bound", 3, BOUND), Part("the `ValueError`", 1, RAISES))),
    task("xor-network", "Two layers solve XOR", xor_cases, network(), XOR_MISTAKES),
)  # fmt: skip
