"""The audit: whole answers, as students would write them, through the same judges as grading.

Every wrong answer must lose exactly the tasks it gets wrong and be told why; every right one must keep everything. The
table at the end of the run is put together in conftest.py.
"""

import contextlib
import io
import os
import warnings

import nbformat
import pytest

from bank_support import ASSIGNMENTS, challenge, run_notebook, targets
from mlpgrade import probe
from mlpgrade.answers import read_answers
from mlpgrade.tasks import TASKS
from tests_support import ROOT

pytestmark = pytest.mark.usefixtures("quiet_logs")
BANK = {name: read_answers(ROOT / "tests" / "bank" / f"{name}.py") for name in ASSIGNMENTS}
ANSWERS = [
    pytest.param(assignment, answer, id=f"{assignment}-{answer.name}")
    for assignment in BANK
    for answer in BANK[assignment]
]
FULL = bool(os.environ.get("MLP_FULL_AUDIT"))
"""Set by `make audit`: every answer is judged on twenty seeds. Otherwise wrong ones on three, which takes a few minutes less."""

HEAVY = {"train-digits"}
"""Tasks that train for a second: but for the audit, on three seeds for a right answer and on one for a wrong one."""

UNNAMED = ("the first entry that differs", "was not reached")
"""What a verdict says when it has recognised nothing."""

NAMED: dict[tuple[str, str], bool] = {}
"""By answer and lost task: whether its verdict named the mistake."""


def seeds(task, answer):
    if FULL:
        return range(20)
    right, wrong = (3, 1) if task in HEAVY else (20, 3)
    return range(wrong if answer.loses else right)


def names_something(line):
    return not any(phrase in line for phrase in UNNAMED)


def reasons(task, target, seed):
    """Return what the verdict says of the target, or None where it keeps its points."""
    steps, judge = challenge(task, seed)
    verdict = judge.verdict(probe.run(steps, target))
    return None if verdict.share == 1 else "\n".join(verdict.reasons)


def verdicts(assignment, answer):
    """Return, for each task, the set of what was said over all seeds, with None where it kept its points."""
    found = {}
    streams = contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO())
    with streams[0], streams[1], warnings.catch_warnings():
        warnings.simplefilter("ignore")
        namespace, failure = run_notebook(assignment, answer)
        for task, expression in targets(assignment).items():
            try:
                target = eval(expression, namespace)
            except Exception as error:
                found[task] = {failure or f"{type(error).__name__}: {error}"}
                continue
            found[task] = {reasons(task, target, seed) for seed in seeds(task, answer)}
    return found


@pytest.mark.parametrize(("assignment", "answer"), ANSWERS)
def test_an_answer_gets_what_it_deserves_on_every_seed(assignment, answer, record_property):
    found = verdicts(assignment, answer)
    caught = {task for task, outcomes in found.items() if None not in outcomes}
    passed = {task for task, outcomes in found.items() if outcomes == {None}}
    said = "\n".join(text for outcomes in found.values() for text in outcomes if text)
    for task, outcomes in found.items():
        named = all(any(map(names_something, text.splitlines())) for text in outcomes if text)
        if task in answer.loses:
            NAMED[answer.name, task] = named
        record_property("audit", [task, task in answer.loses, task in caught, task in passed, named])
    assert caught == set(answer.loses), said
    assert passed == found.keys() - set(answer.loses), said
    for part in answer.says:
        assert part in said
    for task in caught:
        sentences = {sentence for sentence, _ in TASKS[task].mistakes}
        told = {line for text in found[task] for line in text.splitlines() if line in sentences}
        assert [line for line in told if not any(part in line for part in answer.says)] == [], "a false name"


RIGHT = [pytest.param(name, answer, id=answer.name) for name in BANK for answer in BANK[name] if not answer.loses]


@pytest.mark.parametrize(("assignment", "answer"), RIGHT)
@pytest.mark.filterwarnings("ignore")
def test_a_right_answer_passes_the_visible_tests(assignment, answer, capsys):
    exercise = nbformat.read(ROOT / "exercises" / assignment / f"{assignment}.ipynb", as_version=4)
    namespace, _ = run_notebook(assignment, answer)
    capsys.readouterr()
    tests = [cell for cell in exercise.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    assert {cell.metadata.nbgrader.grade_id for cell in tests} == targets(assignment).keys()
    for cell in tests:
        exec(cell.source, namespace)
        assert "✗" not in capsys.readouterr().out


@pytest.mark.parametrize("assignment", BANK)
def test_every_wrong_answer_says_what_it_must_be_told_and_no_right_one_does(assignment):
    assert [answer.name for answer in BANK[assignment] if bool(answer.loses) != bool(answer.says)] == []


def test_the_bank_is_large_and_covers_every_task():
    answers = [answer for name in BANK for answer in BANK[name]]
    assert sum(bool(answer.loses) for answer in answers) >= 200
    assert sum(not answer.loses for answer in answers) >= 100
    assert TASKS.keys() == {task for answer in answers for task in answer.loses}
    assert TASKS.keys() == {task for name in BANK for task in targets(name)}


def test_nine_in_ten_mistakes_are_named():
    if len(NAMED) < sum(len(answer.loses) for name in BANK for answer in BANK[name]):
        pytest.skip("only a part of the bank was run")
    assert sum(NAMED.values()) >= 0.9 * len(NAMED), [key for key, named in NAMED.items() if not named]
