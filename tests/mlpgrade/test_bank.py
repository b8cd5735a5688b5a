"""The audit: whole answers, as students would write them, through the same judges as grading.

Every wrong answer must lose exactly the tasks it gets wrong and be told why; every right one must keep everything.
"""

import contextlib
import io
import logging
import warnings
from pathlib import Path

import matplotlib as mpl
import nbformat
import numpy as np
import pytest

from mlpgrade import probe
from mlpgrade.answers import read_answers
from mlpgrade.judge import judge, to_json
from mlpgrade.tasks import TASKS
from tests_support import ROOT

BANK = {path.stem: read_answers(path) for path in sorted((ROOT / "tests" / "bank").glob("*.py"))}
TARGETS = {"04_linear_layer": "Linear"}
"""What the hidden lines of an assignment hand to `grade`."""

ANSWERS = [
    pytest.param(assignment, answer, id=f"{assignment}-{answer.name}")
    for assignment in BANK
    for answer in BANK[assignment]
]
SEEDS = range(20)


def verdicts(assignment, answer, seeds):
    """Return, for each task, the reasons given over all seeds, or None where it kept its points; a seed that differs fails."""
    found: dict[str, set] = {}
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        namespace, failure = run_cell(answer.source)
        for task in TASKS.values():
            if task.assignment == assignment:
                if failure or TARGETS[assignment] not in namespace:
                    found[task.name] = {failure or f"NameError: name '{TARGETS[assignment]}' is not defined"}
                else:
                    found[task.name] = {reasons(task, namespace[TARGETS[assignment]], seed) for seed in seeds}
    return found


def run_cell(source):
    """Run the answer as the notebook's cell would be, with its imports. Return its names and, if it failed, how."""
    mpl.use("Agg")
    import matplotlib.pyplot as plt

    namespace = {"np": np, "plt": plt}
    try:
        exec(compile(source, "answer", "exec"), namespace)
    except Exception as error:
        return namespace, f"{type(error).__name__}: {error}"
    return namespace, None


def reasons(task, target, seed):
    cases = task.challenge(np.random.default_rng(seed))
    verdict = judge(task, cases, probe.run(to_json(cases), target))
    return None if verdict.share == 1 else "\n".join(verdict.reasons)


@pytest.fixture(autouse=True)
def _quiet_logs():
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(level)


@pytest.mark.parametrize(("assignment", "answer"), ANSWERS)
def test_an_answer_gets_what_it_deserves_on_every_seed(assignment, answer):
    found = verdicts(assignment, answer, SEEDS)
    assert set(found) == {task.name for task in TASKS.values() if task.assignment == assignment}
    for task, outcomes in found.items():
        if task in answer.loses:
            assert None not in outcomes, f"{task} kept its points on some seed"
        else:
            assert outcomes == {None}, f"{task} lost its points: {outcomes}"
    said = "\n".join(text for outcomes in found.values() for text in outcomes if text)
    for part in answer.says:
        assert part in said


RIGHT = [
    pytest.param(assignment, answer, id=answer.name)
    for assignment in BANK
    for answer in BANK[assignment]
    if not answer.loses
]


@pytest.mark.parametrize(("assignment", "answer"), RIGHT)
@pytest.mark.filterwarnings("ignore")
def test_a_right_answer_passes_the_visible_tests(assignment, answer, capsys):
    exercise = nbformat.read(ROOT / "exercises" / assignment / f"{assignment}.ipynb", as_version=4)
    namespace, _ = run_cell(answer.source)
    exec("from mlpkit.visible import visible", namespace)
    for cell in exercise.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            exec(cell.source, namespace)
            assert "✗" not in capsys.readouterr().out


@pytest.mark.parametrize("assignment", BANK)
def test_the_bank_is_large_and_every_wrong_answer_says_what_it_must_be_told(assignment):
    wrong = [answer for answer in BANK[assignment] if answer.loses]
    right = [answer for answer in BANK[assignment] if not answer.loses]
    assert len(wrong) >= 90
    assert len(right) >= 30
    assert [answer.name for answer in wrong if not answer.says] == []
    assert [answer.name for answer in right if answer.says] == []


def test_the_bank_holds_files_for_assignments_that_exist():
    assert set(BANK) <= {path.stem for path in Path(ROOT / "solutions").glob("*.py")}
