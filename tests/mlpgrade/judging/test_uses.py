"""The situations that recur: each is passed by what is right, and shows the one fault that it is for."""

import numpy as np
import pytest

from mlpgrade.judging import probe
from mlpgrade.judging.declare import (
    Mistake,
    Task,
    Use,
    call,
    moved,
    other_argument,
    overtaken,
    repeated,
    resized,
    rounded,
    side_by_side,
    slips,
    stale,
)
from mlpgrade.judging.judge import judge, to_json
from mlpgrade.judging.slips import KINDS

USE = Use(
    makes=lambda at: (at["D"],),
    sets={"slopes": ("D",)},
    gives={"X": ("N", "D"), "u": ("N",)},
    calls=(call("y", "feed", "X"), call("out", "pull", "u")),
    shows={"pull(u)": "out", "total": ".total"},
    keeps=("X", "u", ".slopes"),
)
SIZES = {"N": 4, "D": 3}


class Right:
    """total = u X and pull(u) = u ⊗ slopes, for the latest X."""

    def __init__(self, D):
        self.slopes = np.zeros(D)

    def feed(self, X):
        self.X = X
        return X @ self.slopes

    def pull(self, u):
        self.total = u @ self.X
        return np.outer(u, self.slopes)


class AddsUp(Right):
    def pull(self, u):
        before = getattr(self, "total", 0)
        out = super().pull(u)
        self.total = self.total + before
        return out


class FirstAnswer(Right):
    def feed(self, X):
        self.answer = None
        return super().feed(X)

    def pull(self, u):
        if self.answer is None:
            self.answer = super().pull(u)
        return self.answer


class FirstSize(Right):
    def pull(self, u):
        out = super().pull(u)
        self.size = getattr(self, "size", len(u))
        return out[: self.size]


class FirstOfItsShape(Right):
    def feed(self, X):
        if getattr(self, "X", np.empty(0)).shape != X.shape:
            self.X = X
        return X @ self.slopes


class Queue(Right):
    def feed(self, X):
        self.waiting = [*getattr(self, "waiting", []), X]
        return X @ self.slopes

    def pull(self, u):
        self.X, self.waiting = self.waiting[0], [self.waiting[0]]
        return super().pull(u)


class KeepsSlopes(Right):
    def pull(self, u):
        self.kept = getattr(self, "kept", self.slopes.copy())
        super().pull(u)
        return np.outer(u, self.kept)


class Shared(Right):
    def feed(self, X):
        Shared.X = X
        return X @ self.slopes


def verdict(situation, implementation, seed=0):
    draw = np.random.default_rng(seed)
    cases = [USE.case("plain", draw, SIZES), situation(USE, draw, SIZES)]
    task = Task("pull", "A section", lambda draw: cases, Right)
    return judge(task, cases, probe.run(to_json(cases), implementation))


FAULTS = [
    (repeated, AddsUp, "total is right the first time and wrong the second"),
    (other_argument, FirstAnswer, "that of the call before: each call of pull starts from its own u"),
    (resized, FirstSize, "is the size of the first batch remembered?"),
    (stale, FirstOfItsShape, "wrong for a second batch of the same size"),
    (overtaken, Queue, "not that of the latest feed"),
    (moved, KeepsSlopes, "worked out with the slopes of before"),
    (side_by_side, Shared, "as soon as there is another object"),
]


@pytest.mark.parametrize(("situation", "fault", "said"), FAULTS, ids=[fault.__name__ for _, fault, _ in FAULTS])
def test_a_situation_shows_its_fault_and_says_what_to_look_for(situation, fault, said):
    for seed in range(5):
        found = verdict(situation, fault, seed)
        assert found.share == 0
        assert said in " ".join(found.reasons)
        assert "plain" not in " ".join(found.reasons)
        assert verdict(situation, Right, seed).share == 1


class Writes(Right):
    def pull(self, u):
        out = super().pull(u)
        u *= 2
        return out


class Moves(Right):
    def pull(self, u):
        out = super().pull(u)
        self.slopes = self.slopes - 0.1 * self.total
        return out


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Writes, "pull wrote into the array u that it was given: make a new array"),
        (Moves, "pull changed slopes, which it was only to read"),
    ],
)
def test_what_is_to_be_kept_is_looked_at(fault, said):
    draw = np.random.default_rng(0)
    cases = USE.cases(draw, {"plain": SIZES})
    found = judge(Task("pull", "", lambda draw: cases, Right), cases, probe.run(to_json(cases), fault))
    assert any(said in reason for reason in found.reasons)


@pytest.mark.parametrize("kind", KINDS)
def test_each_slip_is_recognised_by_its_own_sentence(kind):
    right = lambda x: 3.3 * x[:, None] + 1.1 * x[:, None] ** 2  # noqa: E731
    make = lambda change: lambda x: change(right(x))  # noqa: E731
    (mistake,) = slips("grow", make, kind)
    use = Use(gives={"x": ("N",)}, calls=(call("y", None, "x"),), shows={"grow(x)": "y"})
    cases = use.cases(np.random.default_rng(0), {"4 numbers": {"N": 4}, "7 numbers": {"N": 7}})
    task = Task("grow", "", lambda draw: cases, right, (mistake, Mistake("odd", "It is odd.", lambda x: x)))
    found = judge(task, cases, probe.run(to_json(cases), mistake.wrong[0]))
    assert found.named == (f"grow.grow-{kind}",)
    assert found.reasons == (KINDS[kind][0].format("grow"),)


def test_a_rounded_result_is_recognised_at_each_number_of_digits():
    right = lambda x: x / 3  # noqa: E731
    mistake = rounded("thirds", lambda change: lambda x: change(right(x)), range(2, 5))
    use = Use(gives={"x": ("N",)}, calls=(call("y", None, "x"),), shows={"thirds(x)": "y"})
    cases = use.cases(np.random.default_rng(0), {"4 numbers": {"N": 4}})
    task = Task("thirds", "", lambda draw: cases, right, (mistake,))
    assert len(mistake.wrong) == 3
    for wrong in mistake.wrong:
        assert judge(task, cases, probe.run(to_json(cases), wrong)).named == ("thirds.thirds-rounded",)


class WritesIntoX(Right):
    def feed(self, X):
        self.X = X.copy()
        X *= 2
        return self.X @ self.slopes


class MovesSlopes(Right):
    def feed(self, X):
        out = super().feed(X)
        self.slopes *= 2
        return out


class PullWritesIntoX(Right):
    def pull(self, u):
        out = super().pull(u)
        self.X[...] = 0
        return out


class PullMovesSlopes(MovesSlopes):
    def pull(self, u):
        out = super().pull(u)
        self.slopes += 1
        return out


SITUATIONS = (repeated, other_argument, resized, stale, overtaken, moved, side_by_side)


@pytest.mark.parametrize("target", [WritesIntoX, MovesSlopes])
def test_the_last_call_does_not_answer_for_what_an_earlier_one_changed(target):
    assert verdict_on(target).share == 1


@pytest.mark.parametrize(
    ("target", "told"), [(PullWritesIntoX, "pull wrote into the array X"), (PullMovesSlopes, "pull changed slopes")]
)
def test_the_last_call_answers_for_what_it_changes_itself(target, told):
    verdict = verdict_on(target)
    assert verdict.share == 0
    assert verdict.reasons[0].startswith(told)


def verdict_on(target):
    task = Task("pull", "", lambda draw: USE.cases(draw, {"plain": SIZES}, *SITUATIONS), Right)
    cases = task.challenge(np.random.default_rng(0))
    return judge(task, cases, probe.run(to_json(cases), target))
