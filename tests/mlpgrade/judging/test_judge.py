import dataclasses

import numpy as np
import pytest

from mlpgrade.judging import probe, wire
from mlpgrade.judging.case import Case
from mlpgrade.judging.compare import matches
from mlpgrade.judging.judge import judge, to_json
from mlpgrade.judging.task import Mistake, Part, Task
from tests_support import ASSIGNMENT, DECLARED


def verdict_on(task, target, seed=0):
    cases = task.challenge(np.random.default_rng(seed))
    return judge(task, cases, probe.run(to_json(cases), target))


def double_cases(draw):
    case = Case("four numbers", {"N": 4}).bind("x", draw.normal(size=4)).make("y", "x").publish("y", "y")
    return [case.publish("x afterwards", "x", "the input was written into")]


DOUBLE = Task(
    "double",
    "A section",
    double_cases,
    lambda x: 2 * x,
    (Mistake("halved", "It is halved.", lambda x: x / 2), Mistake("off", "It is off by one.", lambda x: 2 * x + 1)),
)


@pytest.mark.parametrize("answer", [lambda x: 2 * x, lambda x: x + x, lambda x: x * np.full(4, 2.0)])
def test_a_right_answer_keeps_its_points(answer):
    assert verdict_on(DOUBLE, answer).share == 1


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (lambda x: x / 2, "It is halved."),
        (lambda x: 2 * x + 1, "It is off by one."),
        (lambda x: -2 * x, "y has the wrong sign everywhere"),
        (lambda x: 8 * x, "y is exactly N = 4 times too large"),
        (lambda x: 0 * x, "y is all zeros"),
        (lambda x: (2 * x).astype(np.float32), "float32"),
        (lambda x: (2 * x)[:, None], "axis of length 1 too many"),
        (lambda x: (2 * x).tolist(), "y is of type list, expected an array of shape (4,)"),
        (lambda x: None, "y is None"),
        (lambda x: np.where(np.arange(4) == 2, 0, 2 * x), "the first entry that differs is [2]: expected"),
        (lambda x: x / np.zeros(4), "y holds an infinity"),
        (lambda x: x.nothing, "Calling it raised AttributeError"),
        (lambda x: np.multiply(x, 2, out=x), "the input was written into"),
    ],
)
@pytest.mark.filterwarnings("ignore:divide by zero")
def test_a_wrong_answer_loses_its_points_and_is_told_why(answer, reason):
    verdict = verdict_on(DOUBLE, answer)
    assert verdict.share == 0
    assert reason in " ".join(verdict.reasons)
    assert "four numbers" in " ".join(verdict.reasons) or reason.endswith(".")


def test_a_mistake_that_fits_one_label_but_not_another_is_not_named():
    """Halving would leave the input alone; this answer halves and writes into the input, which "It is halved." does not cover."""

    def halves_in_place(x):
        x /= 2
        return x

    verdict = verdict_on(DOUBLE, halves_in_place)
    assert any("the input was written into" in reason for reason in verdict.reasons)


def test_a_mistake_is_not_named_when_the_answer_is_right_where_the_mistake_is_not():
    task = dataclasses.replace(
        DOUBLE, mistakes=(Mistake("zeroed", "Everything is wrong.", lambda x: (x.__imul__(0), x)[1]),)
    )
    verdict = verdict_on(task, lambda x: 0 * x)
    assert "Everything is wrong." not in verdict.reasons


def test_a_mistake_that_raises_is_named_only_where_the_answer_raises_the_same():
    task = dataclasses.replace(DOUBLE, mistakes=(Mistake("factor", "It asks for a factor.", lambda x: x.factor * x),))
    assert "It asks for a factor." in verdict_on(task, lambda x: x.factor + x).reasons
    assert "raised AttributeError" in " ".join(verdict_on(task, lambda x: x.faktor * x).reasons)


def twice(draw):
    """The same on four numbers and on a single one."""
    single = Case("a single number").bind("x", draw.normal(size=1)).make("y", "x").publish("y", "y")
    return [*double_cases(draw), single]


def test_a_mistake_that_fits_one_case_does_not_excuse_another():
    squeezed = Mistake("squeezed", "A single one is squeezed.", lambda x: np.squeeze(2 * x))
    task = dataclasses.replace(DOUBLE, cases=twice, mistakes=(squeezed,))
    reasons = verdict_on(task, lambda x: (2 * x).sum() if len(x) == 1 else 3 * x).reasons
    assert "A single one is squeezed." in reasons
    assert any("four numbers" in reason for reason in reasons)


def test_a_case_beside_the_others_need_not_be_accounted_for_and_is_told_last():
    def cases(draw):
        one, beside = twice(draw)
        beside.beside = True
        return [one, beside.hint("y", "It is wrong for a single number.")]

    task = dataclasses.replace(DOUBLE, cases=cases)
    assert verdict_on(task, lambda x: x / 2 if len(x) > 1 else 2 * x).reasons == ("It is halved.",)
    assert verdict_on(task, lambda x: x / 2).reasons == ("It is halved.",)
    assert "It is wrong for a single number." in verdict_on(task, lambda x: x * min(2, len(x))).reasons[0]


@pytest.mark.parametrize(
    "answers",
    [
        None,
        [],
        "text",
        {"a": 1},
        [None],
        [{}],
        [{"published": {}}],
        [{"published": {"y": {"array": "AA", "dtype": "O", "shape": [1]}}}],
        [{"published": {"y": {"plain": 1e400}}}] * 50,
        [{"published": {}, "failed": {"step": 10**9, "error": "E", "message": "m"}}],
        [{"published": {}, "failed": {"step": "no", "error": "E", "message": "m"}}],
        [{"published": {"y": {"list": [{"list": [], "type": "list"}] * 3, "type": "list"}}}],
    ],
)
def test_forged_or_damaged_answers_earn_nothing_and_break_nothing(answers):
    cases = DOUBLE.challenge(np.random.default_rng(0))
    assert judge(DOUBLE, cases, answers).share == 0


def test_a_deeply_nested_forgery_earns_nothing():
    message: dict = {"plain": 1}
    for _ in range(5000):
        message = {"list": [message], "type": "list"}
    cases = DOUBLE.challenge(np.random.default_rng(0))
    assert judge(DOUBLE, cases, [{"published": {"y": message}}]).share == 0


@pytest.mark.parametrize(
    ("given", "expected", "same"),
    [
        (np.ones(3), np.ones(3), True),
        (np.ones(3) + 1e-12, np.ones(3), True),
        (np.ones(3) + 1e-7, np.ones(3), False),
        (np.ones((3, 1)), np.ones(3), False),
        (np.full(3, np.nan), np.ones(3), False),
        ([1.0, 1.0, 1.0], np.ones(3), False),
        (1.0, 1.0, True),
        (np.float64(1), 1.0, True),
        (np.array([1.0]), 1.0, False),
        (1.0, np.array(1.0), True),
        (2, np.array(2), True),
        (2.0, np.array(2), False),
        (np.bool_(False), 0.0, False),
        (False, 0.0, False),
        ([1, 2], [1, 2], True),
        (np.array([1, 2]), [1, 2], True),
        (np.array([1.0, 2.0]), [1, 2], False),
        ((1, 2), [1, 2], True),
        (wire.Other("generator"), np.ones(3), False),
        (None, None, True),
    ],
)
def test_matches_compares_kind_shape_and_numbers(given, expected, same):
    assert matches(given, expected) is same


NAMED = [
    (task, mistake, wrong)
    for task in DECLARED[ASSIGNMENT].tasks.values()
    for mistake in task.mistakes
    for wrong in mistake.wrong
]


@pytest.mark.parametrize(
    ("task", "mistake", "wrong"), NAMED, ids=[task.full_id(mistake.id) for task, mistake, _ in NAMED]
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_each_named_mistake_is_named_alone(task, mistake, wrong):
    for seed in range(5):
        verdict = verdict_on(task, wrong, seed)
        assert verdict.share < 1
        assert verdict.reasons == (mistake.says,)
        assert verdict.named == (task.full_id(mistake.id),)


def pair_cases(draw):
    case = (
        Case("a pair").bind("x", draw.normal(size=3)).make("r", "x").publish_parts("the result", "r", "mean", "signs")
    )
    return [case]


PAIR = Task("pair", "A section", pair_cases, lambda x: (float(x.mean()), np.sign(x).astype(int)))


@pytest.mark.parametrize(
    "answer",
    [
        lambda x: [np.mean(x), np.sign(x).astype(np.int32)],
        lambda x: (x.sum() / 3, np.where(x > 0, 1, -1)),
        lambda x: {"signs": np.sign(x).astype(np.int8), "mean": np.mean(x, keepdims=True)[0]},
    ],
)
def test_numbers_and_sequences_may_be_of_any_fitting_kind(answer):
    assert verdict_on(PAIR, answer).share == 1


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (lambda x: np.mean(x), "the result is an array of shape (), expected mean, signs"),
        (lambda x: {"mean": float(x.mean())}, "signs is missing from the result"),
        (lambda x: (float(x.mean()), np.sign(x)), "signs holds float64, expected whole numbers"),
        (lambda x: (x[:1], np.sign(x).astype(int)), "mean is an array of shape (1,), expected a number"),
        (lambda x: (3.5, np.sign(x).astype(int)), "mean is 3.5, expected"),
    ],
)
def test_a_wrong_part_is_named(answer, reason):
    assert reason in " ".join(verdict_on(PAIR, answer).reasons)


def derived(values):
    return {"the sum is 1": abs(sum(values["parts"]) - 1) < 1e-9, "score": float(len(values["parts"]))}


def share_cases(draw):
    case = Case("a unit of cake").make("r").publish("parts", "r").judged_by(derived)
    return [case.hint("the sum is 1", "The parts do not add up to the whole")]


SHARES = Task(
    "shares",
    "A section",
    share_cases,
    lambda: [0.25] * 4,
    scored=("score", lambda n: (min(n, 4) / 4, f"{n:g} parts of 4.")),
)


@pytest.mark.parametrize(("parts", "share"), [([0.5, 0.2, 0.2, 0.1], 1), ([0.5, 0.5], 0.5), ([0.9], 0)])
def test_many_answers_may_be_right_and_a_score_gives_a_share(parts, share):
    assert verdict_on(SHARES, lambda: parts).share == share


def test_a_share_is_explained_and_what_cannot_be_used_is_said():
    assert verdict_on(SHARES, lambda: [0.5, 0.5]).reasons == ("2 parts of 4.",)
    assert "The parts do not add up to the whole (case: a unit of cake)." in verdict_on(SHARES, lambda: [0.9]).reasons
    assert "does not have the form asked for (TypeError" in verdict_on(SHARES, lambda: 3).reasons[0]


@pytest.mark.parametrize(("tolerance", "share"), [(1e-3, 1), (0.0, 0)])
def test_a_tolerance_can_be_set_for_a_label(tolerance, share):
    task = Task("t", "s", lambda draw: [Case("").make("x").publish("x", "x", tolerance=tolerance)], lambda: np.ones(2))
    assert verdict_on(task, lambda: np.ones(2) + 1e-6).share == share
    assert verdict_on(task, lambda: np.ones(2)).share == 1


def both_cases(draw):
    case = (
        Case("three numbers").bind("x", draw.normal(size=3)).make("r", "x").publish_parts("the result", "r", "a", "b")
    )
    return [case.publish("x afterwards", "x")]


BOTH = Task(
    "both",
    "A section",
    both_cases,
    lambda x: {"a": x + 1, "b": x - 1},
    (Mistake("b-doubled", "b is doubled.", lambda x: {"a": x + 1, "b": 2 * x}),),
    (Part("`a`", 3, "a"), Part("b", 1)),
)


@pytest.mark.parametrize(
    ("answer", "share", "parts"),
    [
        (lambda x: {"a": x + 1, "b": x - 1}, 1, {"`a`": 3, "b": 1}),
        (lambda x: {"a": x + 1, "b": 2 * x}, 0.75, {"`a`": 3, "b": 0}),
        (lambda x: {"b": x - 1}, 0.25, {"`a`": 0, "b": 1}),
        (lambda x: {"a": x, "b": x}, 0, {"`a`": 0, "b": 0}),
        (lambda x: x / None, 0, {}),  # an exception belongs to no part
        (lambda x: {"a": x + 1, "b": x.__imul__(2)}, 0, {}),  # nor does an input that was written into
    ],
)
def test_each_part_is_earned_by_the_values_that_belong_to_it(answer, share, parts):
    verdict = verdict_on(BOTH, answer)
    assert verdict.share == share
    assert verdict.parts == parts


def test_a_mistake_in_one_part_is_named_and_its_id_begins_with_the_subject():
    answer = BOTH.mistakes[0].wrong[0]
    assert verdict_on(BOTH, answer).named == ("both.b-doubled",)
    assert verdict_on(dataclasses.replace(BOTH, subject="pair"), answer).named == ("pair.b-doubled",)


def test_a_reference_from_whose_own_answers_nothing_can_be_derived_is_no_reference():
    broken = dataclasses.replace(SHARES, reference=lambda: 3)
    with pytest.raises(ValueError, match="nothing can be derived from the reference's own answers"):
        verdict_on(broken, lambda: 3)


ONE = Task(
    "one",
    "",
    lambda draw: [Case("one over zero").bind("x", 0.0).call("y", "target", None, "x").publish("y", "y")],
    lambda x: 1.0,
)


def verdict_beside(warned, answer):
    """The verdict on an answer, beside which it is said that NumPy warned."""
    cases = ONE.challenge(np.random.default_rng(0))
    answers = probe.run(to_json(cases), lambda x: answer)
    answers[0]["warned"] = warned
    return judge(ONE, cases, answers)


def test_what_is_right_and_warns_keeps_its_points_and_gets_a_remark():
    assert verdict_on(ONE, lambda x: 1.0).remarks == ()
    verdict = verdict_beside(["divide by zero", "\x1b[2Jcleared"], 1.0)
    assert verdict.share == 1
    assert verdict.remarks[0] == "NumPy warned: divide by zero (case: one over zero)."
    assert "\x1b" not in verdict.text(2)
    assert "  + Right, but NumPy warned: divide by zero" in verdict.text(2)
    assert verdict.notes()["remarks"] == list(verdict.remarks)


@pytest.mark.parametrize("warned", [5, None, [None], {"a": 1}, [["x"]], "text"])
def test_forged_warnings_earn_nothing_and_cost_nothing(warned):
    assert verdict_beside(warned, 2.0).share == 0
    assert verdict_beside(warned, 1.0).share == 1


class TwoGradients:
    def __init__(self):
        self.one = self.other = None

    def work(self):
        self.one = np.ones(2)
        self.other = np.full(2, 2.0)
        return np.full(2, 3.0)


class BreaksOff(TwoGradients):
    def work(self):
        self.one = np.ones(2)
        raise RuntimeError("shapes do not fit")


def test_what_was_done_before_an_error_earns_its_part():
    def cases(draw):
        case = Case("all").make("it").call("r", "it", "work").publish_attributes("it", "one", "other")
        return [case.publish("r", "r")]

    task = Task("gradients", "", cases, TwoGradients, (), (Part("one", 2), Part("other", 1), Part("r", 2)))
    assert verdict_on(task, TwoGradients).share == 1
    verdict = verdict_on(task, BreaksOff)
    assert verdict.parts == {"one": 2, "other": 0.0, "r": 0.0}
    assert verdict.reasons == ("work(…) raised RuntimeError: shapes do not fit (case: all).",)
    assert verdict_on(task, type("Nothing", (TwoGradients,), {"work": lambda self: 1 / 0})).share == 0
