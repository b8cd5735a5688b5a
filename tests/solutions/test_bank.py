"""The audit: what an author's check says of the nine assignments, and whole answers through the judges of grading.

Every wrong answer must earn exactly the points that it deserves and be told why; every right one must keep everything.
"""

import os

import nbformat
import pytest

from bank_support import ASSIGNMENTS, TRIALS
from mlpgrade.authoring import check
from mlpgrade.authoring.answers import read_answers
from mlpgrade.authoring.trial import silence
from tests_support import ROOT

pytestmark = pytest.mark.usefixtures("quiet_logs")
BANK = {name: read_answers(ROOT / "solutions" / name / "answers") for name in ASSIGNMENTS}
ANSWERS = [pytest.param(name, answer, id=f"{name}-{answer.name}") for name in BANK for answer in BANK[name]]
SEEDS = dict.fromkeys(check.SEEDS, 20) if os.environ.get("MLP_FULL_AUDIT") else check.SEEDS
"""`make audit` judges every answer on twenty seeds."""


def count(assignment):
    """On how many seeds answers of a kind are judged: few where a task trains for a second."""
    limited = TRIALS[assignment].declared.limits.get("seeds", {})
    return lambda kind, task: min(SEEDS[kind], limited.get(task, SEEDS[kind]))


@pytest.mark.parametrize(("assignment", "answer"), ANSWERS)
def test_an_answer_earns_its_points_and_is_told_its_mistakes_on_every_seed(assignment, answer):
    """And visible tests agree with the hidden ones, or the answer says where they do not."""
    trial = TRIALS[assignment]
    with silence():
        ran = trial.run(answer)
        problems = list(check.visible_agrees_on(trial, answer, ran))
        problems += check.answer_earns(trial, answer, count(assignment), ran)
    assert problems == []


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
@pytest.mark.parametrize(
    "claim", [check.tasks_agree, check.cheap_answers_earn_nothing], ids=["tasks agree", "cheap answers"]
)
def test_an_assignment_is_fit_for_a_class(assignment, claim):
    with silence():
        assert list(claim(TRIALS[assignment])) == []


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_what_is_released_leaks_nothing_and_earns_nothing(assignment):
    released = nbformat.read(ROOT / "exercises" / assignment / f"{assignment}.ipynb", as_version=4)
    assert list(check.leaks(TRIALS[assignment], released)) == []
    with silence():
        assert list(check.empty_earns_nothing(TRIALS[assignment], released)) == []


@pytest.mark.parametrize("assignment", BANK)
def test_every_wrong_answer_says_what_it_must_be_told_and_no_right_one_does(assignment):
    assert [one.name for one in BANK[assignment] if one.right == bool(one.says or one.named)] == []


def test_the_bank_is_large_and_covers_every_task():
    answers = [answer for name in BANK for answer in BANK[name]]
    assert sum(not answer.right for answer in answers) >= 1000
    assert sum(answer.right for answer in answers) >= 160
    assert {task for name in BANK for task in TRIALS[name].declared.tasks} == {
        task for answer in answers for task in answer.earns
    }


def test_three_in_four_wrong_answers_have_their_mistake_named():
    wrong = [answer for name in BANK for answer in BANK[name] if not answer.right]
    assert sum(bool(answer.named) for answer in wrong) > 0.75 * len(wrong)
