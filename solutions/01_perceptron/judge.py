"""01_perceptron: `predict`, `fit`, `mistake_bound` and the weights of an XOR network."""

from functools import partial

import numpy as np

from mlpgrade.judging.declare import Case, InParts, Mistake, Part, Task, Use, after, call, is_number, matches, slips

HIDDEN = ("mlpkit.perceptron.Perceptron", "mlpkit.perceptron.mistake_bound")
"""What is taken out of mlpkit while this is graded."""


def until(draw_one, accepted):
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


def signed(label):
    return f"{label:+d}".replace("-", "−")


# --- predict ----------------------------------------------------------------------------------------------------------
PREDICT = Use(
    gives={"w": ("D",), "b": (), "X": ("N", "D")},
    calls=(call("answers", None, "w", "b", "X"),),
    shows={"predict(w, b, X)": "answers"},
    keeps=("X", "w"),
)


def answers(w, b, X):
    return np.where(X @ w + b >= 0, 1, -1)


def clear(draw, rows, features, size=1.0):
    """Weights and rows: b decides somewhere, with its own sign alone, no score is near 0, and a single row is of class +1."""

    def accepted(w, b, X):
        z = X @ w + b
        decides, both = np.any(np.abs(X @ w) < np.abs(b)), np.any(z < 0)
        return np.any(z > 0) and (rows == 1 or (decides and both)) and np.abs(z).min() > 1e-3 * size

    return until(
        lambda: (draw.normal(size=features), size * draw.normal(), size * draw.normal(size=(rows, features))), accepted
    )


def on_the_boundary(draw, features):
    """Weights, a negative bias and six rows: one with the score 0, one with no input at all, some of each class."""

    def once():
        w, X = eighths(draw, features), eighths(draw, 6, features)
        X[1] = 0
        X[0] *= np.sign(X[0] @ w)
        return w, -float(X[0] @ w), X

    return until(once, lambda w, b, X: b < 0 and len({*answers(w, b, X)}) == 2 and np.all(w != 0))


def with_fractions(draw):
    """Rows of whole numbers, and weights for which it matters to keep their fractions."""
    return until(
        lambda: (draw.choice([-1.75, -0.75, 0.75, 1.75], 2), -0.5, draw.integers(-5, 6, (14, 2))),
        lambda w, b, X: all(np.sum(answers(cut(w), b, X) != answers(w, b, X)) > 1 for cut in (np.trunc, np.round)),
    )


def predict_cases(draw):
    w, b, X = clear(draw, 1, 3)
    plain = {
        "12 rows, 3 inputs": at(*clear(draw, 12, 3)),
        "as many rows as inputs": at(*clear(draw, 9, 9)),
        "a single input": at(*clear(draw, 8, 1)),
        "inputs in the thousands": at(*clear(draw, 10, 4, 1e4)),
        "w = 0 and b = 0, where every score is 0": at(np.zeros(3), 0, draw.normal(size=(5, 3))),
        "scores of exactly 0 among others": at(*on_the_boundary(draw, 3)),
        "a score just below 0": at(draw.normal(size=2), -1e-9, np.zeros((2, 2))),
        "a score just above 0": at(draw.normal(size=2), 1e-9, np.zeros((2, 2))),
        "a single row, of class +1": at(w, b, X),
        "a single row, of class −1": at(-w, -b, X),
        "an X of whole numbers": at(*with_fractions(draw)),
    }
    return PREDICT.cases(draw, plain)


def of_scores(wrong):
    return lambda w, b, X: wrong(X @ w + b)


def of_changed_scores(change):
    return of_scores(lambda z: np.where(change(z) >= 0, 1, -1))


def one_for_all(above):
    return of_scores(lambda z: 1 if above(z) else -1)


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
            one_for_all(lambda z: z.sum() >= 0), one_for_all(lambda z: (z >= 0).all()), one_for_all(lambda z: (z >= 0).any())),
    Mistake("two-inputs", "The score uses exactly two inputs: X has D columns, and X @ w adds up all of them.",
            *(lambda w, b, X, two=two: answers(w[two], b, X[:, two]) for two in ([0, -1], [0, 1]))),
    Mistake("score-rounded", "The score is rounded or cut down before it is compared, or compared with a tolerance: a score just below 0 is answered with −1.",
            *map(of_changed_scores, (np.trunc, *(partial(np.round, decimals=digits) for digits in (0, 1, 2, 3, 4, 5, 6, 8))))),
    Mistake("half", "The score is compared with ½, not with 0.", of_changed_scores(lambda z: z - 0.5), of_scores(lambda z: np.where(z > 0.5, 1, -1))),
    Mistake("w-whole", "The weights are turned into whole numbers where X holds whole numbers: leave w as it is.",
            *(lambda w, b, X, cut=cut: answers(cut(w) if X.dtype.kind == "i" else w, b, X) for cut in (np.trunc, np.round, np.floor))),
    Mistake("writes-into-x", "predict writes into X, which it was only given to read: make a new array, as X * w does and X *= w does not.",
            lambda w, b, X: np.where(X.__imul__(w).sum(axis=1) + b >= 0, 1, -1)),
    Mistake("w-before-x", "w @ X has the factors the wrong way round: (N, D) times (D,) is X @ w.", lambda w, b, X: np.where(w @ X + b >= 0, 1, -1)),
)  # fmt: skip


# --- fit --------------------------------------------------------------------------------------------------------------
DOES, RETURNS = "What fit does", "return (w, b, mistakes)"
FIT_FAULTS = {
    "wrong-predict": "fit calls predict, and predict is wrong: mend predict first, then look at fit again",
    "not-afresh": "A second call with the same examples returns something else: fit goes on from what an earlier call has left over (a global variable, or a list as a default argument), or it draws at random; start afresh from w = 0, b = 0 and an empty list, and show the rows in order",
}  # fmt: skip
LEAVES = "{} is not what Rosenblatt's rule leaves, although mistakes is right: it starts from 0 and gains {} on each mistake, nothing else"
FIT_HINTS = FIT_FAULTS | {
    "mistakes": "mistakes is not what Rosenblatt's rule makes of these rows: start from w = 0 and b = 0, show the rows in the order of X, and change w and b at once, on mistakes alone; compare your run on OR with the chapter's table",
    "w": LEAVES.format("w", "y x"),
    "b": LEAVES.format("b", "y"),
}  # fmt: skip


class Rule(InParts):
    """Rosenblatt's rule in parts. `trail` holds w and b as each row has left them."""

    def run(self, X, y, max_epochs=100):
        self.X, self.y, self.mistakes, self.trail = X, y, [], []
        self.w, self.b = self.start(X.shape[1])
        while len(self.mistakes) < max_epochs and not self.finished():
            self.mistakes.append(self.epoch())
        return self.result()

    def start(self, features):
        return np.zeros(features), 0.0

    def finished(self):
        return 0 in self.mistakes

    def epoch(self):
        return sum(self.show(x, y) for x, y in zip(self.X, self.y, strict=True))

    def show(self, x, y):
        """Show a row, and tell how many mistakes were made."""
        wrong = self.mistaken(x, y)
        if wrong:
            self.learn(x, y)
        self.trail.append((self.w, self.b))
        return wrong

    def mistaken(self, x, y):
        return self.answer(x) != y

    def answer(self, x):
        return 1 if self.score(x) >= 0 else -1

    def score(self, x):
        return x @ self.w + self.b

    def learn(self, x, y):
        to_w, to_b = self.gain(x, y)
        self.w, self.b = self.w + to_w, self.b + to_b

    def gain(self, x, y):
        return y * x, y

    def result(self):
        return self.w, self.b, self.mistakes

    def wrong(self):
        """Tell on which rows the present w and b are mistaken."""
        return np.array([self.mistaken(x, y) for x, y in zip(self.X, self.y, strict=True)])


def rule(**parts):
    """A fit by the rule, some parts of it replaced. Each call starts afresh."""
    return lambda *given, **named: Rule.but(**parts)().run(*given, **named)


fit = rule()


def separable(draw, numbers, fewest, most):
    """X, y of two classes on which the rule takes from `fewest` to `most` epochs and meets the first row rightly."""

    def once():
        X = numbers()
        v = draw.normal(size=X.shape[1] + 1)
        return X, np.where(X @ v[:-1] + v[-1] > 0, 1, -1)

    return until(
        once, lambda X, y: y[0] == 1 and 1 < (y == 1).sum() < len(y) - 1 and fewest <= len(fit(X, y)[2]) <= most
    )


def inseparable(draw, rows, features):
    """X, y in which one row belongs to both classes."""
    X, y = eighths(draw, rows, features), np.where(np.arange(rows) % 2 == 0, 1, -1)
    X[-1], y[-1] = X[0], -y[0]
    return X, y


def best_before_the_last(draw, epochs):
    """X, y that cannot be separated, on which the last epoch is not the one with the fewest mistakes."""
    return until(lambda: inseparable(draw, 6, 3), lambda X, y: min(fit(X, y, epochs)[2]) < fit(X, y, epochs)[2][-1])


def zero_scores(X, y):
    """The labels of the rows on which the rule, after its first change, meets a score of exactly 0."""
    met = []

    def mistaken(self, x, label):
        met.extend([label] if self.score(x) == 0 and self.w.any() else [])
        return Rule.mistaken(self, x, label)

    rule(mistaken=mistaken)(X, y)
    return met


def fit_cases(draw):
    def case(about, X_and_y, *given, **named):
        return fit_case(about, *X_and_y, on_the_boundary(draw, X_and_y[0].shape[1]), given, named)

    none = case("every label is +1, so that no mistake is made", (draw.normal(size=(4, 3)), np.ones(4, int)))
    for name in "wb":
        none.hint(name, f"{name} is not 0 although no mistake was made: start from {name} = 0, and change {name} on mistakes alone")  # fmt: skip
    ties = until(
        lambda: separable(draw, lambda: draw.integers(-2, 3, (6, 2)) / 1, 3, 20),
        lambda X, y: all(zero_scores(X, y).count(label) > 1 for label in (1, -1)),
    )
    short = separable(draw, lambda: eighths(draw, 6, 2), 4, 20)
    enough = len(fit(*short)[2])
    return [
        none,
        case("9 rows, 3 inputs", separable(draw, lambda: draw.normal(size=(9, 3)), 4, 20), max_epochs=25),
        case("an X of whole numbers", separable(draw, lambda: draw.integers(-3, 4, (7, 2)), 3, 20), max_epochs=25),
        case("several scores of exactly 0", ties, max_epochs=25),
        case("a single row, of class −1", (draw.normal(size=(1, 4)), np.array([-1]))),
        case("a single input", separable(draw, lambda: eighths(draw, 6, 1), 3, 20), 25),
        case("max_epochs = 3, too few to finish", separable(draw, lambda: eighths(draw, 7, 3), 5, 60), 3),
        case(f"max_epochs = {enough}, just enough to finish", short, max_epochs=enough),
        case("classes that cannot be separated, max_epochs = 7", best_before_the_last(draw, 7), max_epochs=7),
        case("classes that cannot be separated, max_epochs = 110", inseparable(draw, 2, 2), max_epochs=110),
        case("classes that cannot be separated, max_epochs left out", inseparable(draw, 2, 3)),
    ]


def fit_case(about, X, y, asked, given, named):
    """Run fit twice, on two copies. A wrong predict that it calls is held against predict alone."""
    case = Case(about, {"N": len(X), "D": X.shape[1]}, hints=dict(FIT_HINTS), faults=frozenset(FIT_FAULTS))
    for name, value in zip(("X", "y", "X again", "y again", "w", "b", "rows"), (X, y, X, y, *asked), strict=True):
        case.bind(name, value)
    case.library("fit", "props.Witness", "target").patch("target", predict="fit")
    case.call("first", "fit", "run", "X", "y", *given, **named).publish("first", "first")
    case.call("again", "fit", "run", "X again", "y again", *given, **named).publish("again", "again")
    for name in "Xy":
        case.publish(f"{name} after fit", name, f"fit writes into {name}, which it was only given to read: make a new array")
    case.only_if_right("w", "mistakes").only_if_right("b", "mistakes")
    case.get("called", "fit", "called").call("answers", "fit", "ask", "w", "b", "rows")
    for name in ("called", "answers", "rows"):
        case.publish(name, name)

    kept = {"X after fit": X, "y after fit": y}
    right = dict.fromkeys(FIT_FAULTS, False) | {DOES: RETURNS} | returned(fit(X, y, *given, **named)) | kept

    def derive(found):
        values = right | returned(found["first"]) | {label: found[label] for label in kept}
        afresh = repr(found["first"]) == repr(found["again"])
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
        return {"w": w, "b": float(b) if is_number(b) else b, "mistakes": as_numbers(mistakes)}
    things = f"{len(value)} things" if isinstance(value, list | tuple) else type(value).__name__
    return {DOES: value if isinstance(value, str) else f"return {'None' if value is None else things}"}


def as_numbers(mistakes):
    try:
        return np.asarray(mistakes, float)
    except (TypeError, ValueError):  # such as a list of rows instead of their number
        return mistakes


def gains(wrong):
    return rule(gain=lambda self, x, y: wrong(x, y))


def returns(wrong):
    return rule(result=lambda self: wrong(self.w, self.b, self.mistakes))


def shown(change):
    return lambda X, y, max_epochs=100: fit(change(X), change(y), max_epochs)


def limited(change, default=100):
    return lambda X, y, max_epochs=default: fit(X, y, change(max_epochs))


def all_at_once(self):
    wrong = self.wrong()
    self.w, self.b = self.w + self.y[wrong] @ self.X[wrong], self.b + self.y[wrong].sum()
    return wrong.sum()


def counted_afterwards(self):
    Rule.epoch(self)
    return self.wrong().sum()


def until_right(self, x, y):
    times = 0
    while self.mistaken(x, y):
        self.learn(x, y)
        times += 1
    return times


def in_place(self, x, y):
    self.w += y * x
    self.b += y


def cut_down(self, x, y):
    self.w, self.b = np.trunc(self.w + y * x), self.b + y


def to_length_1(by):
    def result(w, b, mistakes):
        length = np.linalg.norm(by(w, b)) or 1.0
        return w / length, b / length, mistakes

    return returns(result)


AS_LEFT = "return them as the last epoch has left them."
ONE_NUMBER, COUNTED = "mistakes is one number,", "max_epochs is the number of epochs, as range(max_epochs) counts them."
STARTS = "the rule starts from w = 0 and b = 0."
RATES = (0.5, 0.1, 0.01, 0.001)

FIT_MISTAKES = (
    Mistake("zero-is-minus", "A score of exactly 0 counts as the answer −1: the unit answers +1 where the score is >= 0.",
            rule(answer=lambda self, x: 1 if self.score(x) > 0 else -1)),
    Mistake("zero-is-wrong", "A score of exactly 0 counts as a mistake for either class, as with y * z <= 0 or np.sign: the answer there is +1, which is right for y = +1.",
            rule(mistaken=lambda self, x, y: y * self.score(x) <= 0)),
    Mistake("zero-is-right", "A score of exactly 0 never counts as a mistake, as with y * z < 0: the answer there is +1, which is wrong for y = −1, and so the rule cannot even begin.",
            rule(mistaken=lambda self, x, y: y * self.score(x) < 0)),
    Mistake("all-at-once", "The updates of an epoch are collected and carried out at its end: a mistake changes w and b at once, and the next row meets the new ones.", rule(epoch=all_at_once)),
    Mistake("last-to-first", "The rows are shown from the last to the first: their order is that of X.", shown(lambda rows: rows[::-1])),
    Mistake("labels-as-bits", "The label −1 has become 0 in the update: nothing is learnt from the class −1 when y x is 0.", gains(lambda x, y: ((y > 0) * x, int(y > 0)))),
    Mistake("gains-twice", "w and b are twice as large as they should be: y − a is ±2 on a mistake, but the rule adds y x and y.", gains(lambda x, y: (2 * y * x, 2 * y))),
    Mistake("rate", "w and b are smaller by a constant factor, a learning rate: the rule has none, w += y x and b += y.",
            *(gains(lambda x, y, rate=rate: (rate * y * x, rate * y)) for rate in RATES)),
    Mistake("w-rate", "w is updated with a learning rate: the rule has none, w += y x.", *(gains(lambda x, y, rate=rate: (rate * y * x, y)) for rate in RATES)),
    Mistake("b-stays", "The bias stays 0: on a mistake b += y, as w += y x.", gains(lambda x, y: (y * x, 0))),
    Mistake("w-stays", "w stays 0: on a mistake w += y x, as b += y.", gains(lambda x, y: (0 * x, y))),
    Mistake("b-gains-x", "b is updated with y x, as w is: the bias has the input 1, so on a mistake b += y.", gains(lambda x, y: (y * x, y * x.sum())),
            rule(gain=lambda self, x, y: (y * x, y * x), score=lambda self, x: np.atleast_1d(x @ self.w + self.b)[0])),
    Mistake("b-wrong-way", "The bias moves the wrong way: on a mistake b += y, even if a threshold would move by −y.", gains(lambda x, y: (y * x, -y))),
    Mistake("w-wrong-way", "w moves the wrong way while b moves rightly: on a mistake w += y x.", gains(lambda x, y: (-y * x, y))),
    Mistake("both-wrong-way", "w and b move away from the right answer: on a mistake they gain y x and y, where y is the right answer and not the unit's own.", gains(lambda x, y: (-y * x, -y))),
    Mistake("no-label", "w gains x and b gains 1 whatever the label: on a mistake w += y x and b += y.", gains(lambda x, y: (x, 1))),
    Mistake("learns-when-right", "w and b change when the answer is right: a mistake is an answer that differs from y.", rule(mistaken=lambda self, x, y: self.answer(x) == y)),
    Mistake("learns-always", "w and b change on every row: only a mistake changes them.", rule(show=lambda self, x, y: (self.mistaken(x, y), self.learn(x, y))[0])),
    Mistake("no-final-0", "The final 0 is missing in mistakes: the epoch without a mistake belongs to the list.", returns(lambda w, b, mistakes: (w, b, [m for m in mistakes if m]))),
    Mistake("no-last-epoch", "Training stops an epoch too early, as soon as the weights are right about every row: the epoch that proves it, with its 0, belongs to the list.",
            rule(finished=lambda self: bool(self.mistakes) and not self.wrong().any())),
    Mistake("counted-afterwards", "mistakes counts what is wrong after the epoch: it counts the mistakes made during the epoch, while w and b were moving.", rule(epoch=counted_afterwards)),
    Mistake("cumulative", "mistakes adds up over the epochs: the counter must be set back to 0 at the beginning of each epoch.",
            *(rule(result=lambda self: (self.w, self.b, np.cumsum(self.mistakes)), **more) for more in ({}, {"finished": lambda self: self.mistakes[:1] == [0]}))),
    Mistake("total", f"{ONE_NUMBER} the total: it lists the number of each epoch.", returns(lambda w, b, mistakes: (w, b, sum(mistakes)))),
    Mistake("last-epoch-alone", f"{ONE_NUMBER} that of the last epoch: it lists the number of each epoch.", returns(lambda w, b, mistakes: (w, b, mistakes[-1]))),
    Mistake("epochs-counted", f"{ONE_NUMBER} that of the epochs: it lists how many mistakes each epoch had.", returns(lambda w, b, mistakes: (w, b, len(mistakes)))),
    Mistake("shares", "mistakes has been divided by the number of rows: it holds numbers of mistakes, not shares.", rule(epoch=lambda self: Rule.epoch(self) / len(self.X))),
    Mistake("right-ones-counted", "mistakes counts the right answers: it counts the mistakes.",
            rule(result=lambda self: (self.w, self.b, [len(self.X) - m for m in self.mistakes]))),
    Mistake("limit-ignored", "max_epochs is ignored: stop after that many epochs.", limited(lambda limit: 100)),
    Mistake("limit-cut-at-100", "max_epochs is cut off at 100: more epochs may be asked for.", limited(lambda limit: min(limit, 100))),
    Mistake("no-last-row", "The last row is never shown: an epoch goes through all rows.", shown(lambda rows: rows[:-1])),
    Mistake("no-first-row", "The first row is never shown: an epoch goes through all rows.", shown(lambda rows: rows[1:])),
    Mistake("epoch-too-few", f"There is one epoch too few: {COUNTED}", limited(lambda limit: limit - 1)),
    Mistake("epoch-too-many", f"There is one epoch too many: {COUNTED}", limited(lambda limit: limit + 1)),
    Mistake("other-default", "max_epochs must be 100 when it is left out: the signature is fit(X, y, max_epochs=100).",
            *(limited(lambda limit: limit, default) for default in (10, 20, 50, 200, 500, 1000))),
    Mistake("never-finished", "fit goes on after an epoch without mistakes: nothing can change any more, so it stops there.", rule(finished=lambda self: False)),
    Mistake("first-epoch-alone", "fit stops after its first epoch: is the return inside the loop?", limited(lambda limit: 1)),
    Mistake("gives-up", "fit stops after an epoch that was no better than the one before: the number of mistakes may rise on the way, and only a 0 ends the training.",
            rule(finished=lambda self: 0 in self.mistakes or (len(self.mistakes) > 1 and self.mistakes[-1] >= self.mistakes[-2]))),
    Mistake("row-repeated", "A row is repeated until it is right: show it only once in an epoch, the next epoch comes back to it.",
            rule(show=until_right), rule(show=lambda self, x, y: min(until_right(self, x, y), 1))),
    Mistake("epoch-cut-short", "An epoch ends with its first mistake: go on to the next row, with the new weights.",
            rule(epoch=lambda self: int(any(self.show(x, y) for x, y in zip(self.X, self.y, strict=True))))),
    Mistake("b-starts-at-1", f"b starts at 1: {STARTS}", rule(start=lambda self, features: (np.zeros(features), 1.0))),
    Mistake("w-starts-at-1", f"w starts at 1: {STARTS}", rule(start=lambda self, features: (np.ones(features), 0.0))),
    Mistake("best-epoch", f"w and b are those of the best epoch: {AS_LEFT}",
            rule(result=lambda self: (*self.trail[(np.argmin(self.mistakes) + 1) * len(self.X) - 1], self.mistakes))),
    Mistake("averages", f"w and b are averages over the run: {AS_LEFT}", rule(result=lambda self: (*(np.mean(part, axis=0) for part in zip(*self.trail, strict=True)), self.mistakes))),
    Mistake("length-1", f"w and b are scaled to length 1: {AS_LEFT}", to_length_1(lambda w, b: np.append(w, b)), to_length_1(lambda w, b: w)),
    Mistake("w-whole", "w is kept in whole numbers, which the updates do not fit: start from np.zeros(D), which are floats.",
            rule(learn=cut_down), rule(start=lambda self, features: (np.zeros(features, int), 0), learn=in_place)),
    Mistake("float32", "fit computes in float32, seven digits: keep NumPy's default, float64.",
            lambda X, y, max_epochs=100: rule(start=lambda self, features: (np.zeros(features, np.float32), 0.0), learn=in_place)(X.astype(np.float32), y, max_epochs)),
    Mistake("b-array", "b is an array of one number: b is a number, so start from b = 0.0.", returns(lambda w, b, mistakes: (w, np.array([b]), mistakes))),
    Mistake("bias-in-w", "w has D + 1 entries, the bias among them: return the first D as w and the last as b.", returns(lambda w, b, mistakes: (np.append(w, b), b, mistakes))),
    Mistake("bias-first-in-w", "w has D + 1 entries, the bias first: return the last D as w and the first as b.", returns(lambda w, b, mistakes: (np.append(b, w), b, mistakes))),
    Mistake("w-row", "w has shape (1, D): it is (D,).", returns(lambda w, b, mistakes: (w[None], b, mistakes))),
    Mistake("w-column", "w is a column, of shape (D, 1): it is (D,).", returns(lambda w, b, mistakes: (w[:, None], b, mistakes))),
    Mistake("places-changed", "w and b have changed places: fit returns (w, b, mistakes), in this order.", returns(lambda w, b, mistakes: (b, w, mistakes))),
    Mistake("not-all-three", "fit must return (w, b, mistakes), all three, as its last line, behind the loops.",
            *map(returns, (lambda w, b, mistakes: (w, mistakes), lambda w, b, mistakes: mistakes, lambda w, b, mistakes: None))),
    Mistake("score-without-b", "b is updated but left out of the score: the score is x @ w + b.", rule(score=lambda self, x: x @ self.w)),
)  # fmt: skip


# --- mistake-bound ----------------------------------------------------------------------------------------------------
BOUND, RAISES = "mistake_bound(X, y, w, b)", "what mistake_bound raises"
GIVEN = ("X", "y", "w", "b")
BOUNDING = Use(
    gives={"X": ("N", "D"), "y": ("N",), "w": ("D",), "b": ()},
    calls=(call("bound", None, *GIVEN),),
    shows={BOUND: "bound"},
    keeps=("X", "y", "w"),
)


def apart(draw, rows, features, scale=1.0, bias=1.0):
    """w, b, X, y with every row on its side, clear of the boundary, and both classes where that can be."""

    def once():
        X, w, b = 1.5 * draw.normal(size=(rows, features)), 2 * draw.normal(size=features), bias * draw.normal()
        return scale * w, scale * b, X, np.where(X @ w + b > 0, 1, -1)

    def accepted(w, b, X, y):
        """Of several rows the longest is another than that of the smallest margin, which is much smaller than the largest."""
        z = np.abs(X @ w + b) / scale
        several = abs(y.sum()) < rows and z.max() > 1.5 * z.min() and z.argmin() != (X**2).sum(axis=1).argmax()
        return z.min() > 0.2 and abs(b) > 0.3 * scale and (rows == 1 or several)

    return until(once, accepted)


def whole(draw):
    w, b, X = until(
        lambda: (draw.integers(-3, 4, 2), draw.integers(1, 4), draw.integers(-4, 5, (6, 2))),
        lambda w, b, X: abs(np.sign(X @ w + b).sum()) < 6 and np.all(X @ w + b != 0) and np.all(w != 0),
    )
    return w, b, X, np.sign(X @ w + b)


def inadmissible(draw):
    """Weights that do not separate. On the boundary one input is 1 and the others 0, so that the score is 0 exactly, also of scaled weights."""
    for label in (1, -1):
        w, b, X, y = apart(draw, 5, 3)
        y[np.argmax(y == label)] = -label
        yield f"one row with y = {signed(-label)} on the wrong side", at(w, b, X, y)
        w, _, X, _ = apart(draw, 5, 3)
        X[2], b = np.eye(3)[1], -w[1]
        y = np.where(X @ w + b > 0, 1, -1)
        y[2] = label
        yield f"one row with y = {signed(label)} on the boundary", at(w, b, X, y)
    w, b, X, y = apart(draw, 4, 2)
    yield "every row on the wrong side", at(w, b, X, -y)


def bound_cases(draw):
    plain = {
        "6 rows, 3 inputs": at(*apart(draw, 6, 3)),
        "as many rows as inputs": at(*apart(draw, 4, 4)),
        "a single input": at(*apart(draw, 5, 1)),
        "a single row": at(*apart(draw, 1, 3)),
        "a bias much larger than the weights": at(*apart(draw, 5, 2, bias=6.0)),
        "very long weights": at(*apart(draw, 5, 3, scale=1e4)),
        "very short weights": at(*apart(draw, 5, 3, scale=1e-4)),
        "whole numbers": at(*whole(draw)),
    }
    cases, must = BOUNDING.cases(draw, plain), "mistake_bound must raise ValueError unless y (x·w + b) is above 0 for every row"
    for about, sizes in inadmissible(draw):
        case = BOUNDING.begin(about, draw, sizes)
        BOUNDING.give(case, draw, sizes)
        cases.append(case.raises(RAISES, "ValueError", "target", None, *GIVEN, hint=must))
    return cases


def bound(
    scores=lambda X, y, w, b: y * (X @ w + b),
    refused=lambda scores: scores.min() <= 0,
    error=ValueError,
    radius=lambda X: lengths(X).max(),
    margin=np.min,
    norm=lambda w, b: np.sqrt(w @ w + b**2),
    value=lambda R, gamma: (R / gamma) ** 2,
):
    """A mistake_bound, some parts of it replaced."""

    def mistake_bound(X, y, w, b):
        found = scores(X, y, w, b)
        if refused(found):
            raise error
        return float(value(radius(X), margin(found) / norm(w, b)))

    return mistake_bound


def lengths(X):
    return np.sqrt(1 + (X**2).sum(axis=1))


def divided(R, gamma):
    """Python's own division, which refuses 0."""
    return (float(R) / float(gamma)) ** 2


def by_answers(X, y, w, b):
    """Margins of weights that pass if predict makes no mistake with them."""
    return np.where(answers(w, b, X) == y, np.abs(X @ w + b), -1)


def row_by_row(X, y, w, b):
    bound()(X, y, w, b)
    return float(((lengths(X) * np.sqrt(w @ w + b**2) / (X @ w + b)) ** 2).max())


def below_0(scores):
    return scores.min() < 0


def never(scores):
    return False


BOUND_MISTAKES = (
    Mistake("bias-not-folded-in", "The bias is not folded in: put a 1 behind each row, which counts in R, and b behind w, which counts in the norm.",
            bound(radius=lambda X: np.linalg.norm(X, axis=1).max(), norm=lambda w, b: np.linalg.norm(w))),
    Mistake("no-1-in-r", "The 1 behind each row is missing in R: R² is the largest of x·x + 1.", bound(radius=lambda X: np.linalg.norm(X, axis=1).max())),
    Mistake("no-b-in-norm", "b is missing in the norm: (w, b) as a whole is scaled to length 1.", bound(norm=lambda w, b: np.linalg.norm(w))),
    Mistake("no-norm", "γ is not divided by the norm: scale (w, b) to length 1, or divide the smallest y z by the length of (w, b).", bound(norm=lambda w, b: 1.0)),
    Mistake("norm-squared", "γ is divided by the square of the norm: the length of (w, b) is a square root.", bound(norm=lambda w, b: w @ w + b**2)),
    Mistake("norm-of-absolutes", "w and b are scaled by the sum of their absolute values: the length is the Euclidean norm.", bound(norm=lambda w, b: np.abs(w).sum() + abs(b))),
    Mistake("mean-margin", "γ is made from the mean of y z: it is the smallest that counts.", bound(margin=np.mean)),
    Mistake("largest-margin", "γ is made from the largest y z: it is the smallest that counts.", bound(margin=np.max)),
    Mistake("first-margin", "γ is made from the y z of the first row: it is the smallest of all rows that counts.", bound(margin=lambda scores: scores[0])),
    Mistake("mean-r", "R is the mean length of the rows: R is the largest.", bound(radius=lambda X: lengths(X).mean())),
    Mistake("smallest-r", "R is the smallest length of the rows: R is the largest.", bound(radius=lambda X: lengths(X).min())),
    Mistake("r-of-matrix", "R is the norm of the whole matrix: take the length of each row, axis=1, and the largest of these.", bound(radius=lambda X: np.linalg.norm(lengths(X)))),
    Mistake("largest-number", "R is the largest number in X: it is the largest length of a row.", bound(radius=lambda X: max(np.abs(X).max(), 1))),
    Mistake("not-squared", "The square is missing: the bound is (R/γ)².", bound(value=lambda R, gamma: R / gamma)),
    Mistake("r-not-squared", "R is not squared: the bound is R²/γ².", bound(value=lambda R, gamma: R / gamma**2)),
    Mistake("gamma-not-squared", "γ is not squared: the bound is R²/γ².", bound(value=lambda R, gamma: R**2 / gamma)),
    Mistake("upside-down", "The fraction is upside down: the bound is (R/γ)², larger when the margin is smaller.", bound(value=lambda R, gamma: (gamma / R) ** 2)),
    Mistake("row-by-row", "The ratio is taken row by row: R is the largest length of all rows and γ the smallest margin of all, which may belong to different rows.", row_by_row),
    Mistake("rounded", "The bound is rounded to a whole number: return (R/γ)² as it is, a float.", *map(after(bound()), (np.floor, np.round, np.ceil))),
    Mistake("score-without-b", "The bias is left out of the score: it is x·w + b.", bound(scores=lambda X, y, w, b: y * (X @ w))),
    Mistake("score-without-y", "y is missing in the margin: a row with y = −1 should have a negative score.", bound(scores=lambda X, y, w, b: X @ w + b)),
    Mistake("never-raises", "mistake_bound never raises ValueError: if y (x·w + b) is 0 or less for some row, w and b do not separate and there is no bound; write raise ValueError(…).",
            bound(refused=never), bound(refused=never, value=divided)),
    Mistake("boundary-passes", "Rows exactly on the boundary pass: y z must be above 0 for every row, so refuse where y z <= 0.", bound(refused=below_0), bound(refused=below_0, value=divided)),
    Mistake("positive-on-boundary-passes", "A row with y = +1 exactly on the boundary passes: predict answers it rightly, but y z must be above 0.",
            bound(scores=by_answers, refused=below_0), bound(scores=by_answers, refused=below_0, value=divided)),
    Mistake("wrong-side-passes", "Rows on the wrong side pass: it is y z that must be above 0. |z| has lost its sign, and to refuse 0 alone is not enough.",
            bound(scores=lambda X, y, w, b: np.abs(X @ w + b))),
    Mistake("one-row-suffices", "Weights are refused only if no row is on its side: every row must be.", bound(refused=lambda scores: scores.max() <= 0)),
    Mistake("assertion", "mistake_bound raises AssertionError: write raise ValueError(…), which also works when Python leaves out assertions.", bound(error=AssertionError)),
    Mistake("any-exception", "mistake_bound raises Exception: raise the error that was asked for, ValueError.", bound(error=Exception)),
)  # fmt: skip


# --- xor-network ------------------------------------------------------------------------------------------------------
SHAPES, ANSWERS = "The shapes of W1, b1, w2, b2", "What the network answers to (0, 0), (0, 1), (1, 0), (1, 1)"
RIGHT_SHAPES, XOR = "(2, 2), (2,), (2,), ()", "0 1 1 0"


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
    if shapes != RIGHT_SHAPES:
        return {SHAPES: shapes, ANSWERS: XOR}
    answers, remedies = table(W1, b1, w2, b2), {
        "right with z >= 0": table(W1, b1, w2, b2, step=lambda z: z >= 0),
        "right with thresholds": table(W1, -b1, w2, -b2),
        "right with W1 transposed": table(W1.T, b1, w2, b2),
        "right with b1 and w2 exchanged": table(W1, w2, b1, b2),
        "right with hidden answers +1 and -1": table(W1, b1, w2, b2, hidden=lambda z: np.where(z > 0, 1, -1)),
    }  # fmt: skip
    cures = [name for name, cured in remedies.items() if cured == XOR and answers != XOR]
    return {SHAPES: shapes, ANSWERS: (*cures, answers)[0]}


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
        ("or", "OR", network(w2=(1, 1))),
        ("and", "AND", network(w2=(0, 1))),
        ("xnor", "XNOR, the opposite", network(w2=(-1, 1), b2=0.5)),
        ("nand", "NAND", network(w2=(0, -1), b2=0.5)),
        ("nor", "NOR", network(w2=(-1, 0), b2=0.5)),
        ("x1-and-not-x2", "x1 AND NOT x2", network(W1=((1, 0), (-1, 0)), w2=(1, 0))),
        ("x2-and-not-x1", "x2 AND NOT x1", network(W1=((-1, 0), (1, 0)), w2=(1, 0))),
        ("x1", "x1 alone", network(W1=((1, 0), (0, 0)), w2=(1, 0))),
        ("x2", "x2 alone", network(W1=((0, 0), (1, 0)), w2=(1, 0))))),
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
