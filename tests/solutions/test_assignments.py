"""What must hold of every assignment: empty earns 0, solved earns all, and nothing hangs on how a notebook is arranged."""

import json
import os

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.utils import determine_grade, is_grade

from bank_support import ASSIGNMENTS, NOTEBOOKS, challenge, run_notebook, targets
from mlpgrade.authoring.answers import Answer, solution_cells
from mlpgrade.intake.whole import make_whole
from mlpgrade.judging import probe
from mlpgrade.judging.judge import to_json
from mlpgrade.marking import notebook as marking
from mlpgrade.marking.job import Job, mark
from mlpgrade.sandbox import bubblewrap
from tests_support import ASSIGNMENT_OF, COURSE, ROOT, TASKS

SEEDS = 200 if os.environ.get("MLP_FULL_AUDIT") else 40
HEAVY = {"train-digits": 5}
"""Tasks that train: fewer seeds."""

needs_sandbox = pytest.mark.skipif(bubblewrap.problem() is not None, reason=f"no sandbox: {bubblewrap.problem()}")


def released(assignment):
    """The students' notebook, with the hidden lines back in their places as when it is graded."""
    notebook = nbformat.read(ROOT / "exercises" / assignment / f"{assignment}.ipynb", as_version=4)
    hidden = {cell.metadata.nbgrader.grade_id: cell.source for cell in NOTEBOOKS[assignment].cells if is_grade(cell)}
    for cell in notebook.cells:
        if is_grade(cell):
            cell.source = hidden[cell.metadata.nbgrader.grade_id]
    return notebook


def solved(assignment):
    notebook = released(assignment)
    answers = {cell.metadata.nbgrader.grade_id: cell.source for cell in solution_cells(NOTEBOOKS[assignment])}
    for cell in solution_cells(notebook):
        cell.source = answers[cell.metadata.nbgrader.grade_id]
    return notebook


def marks(assignment, submitted, seed=1):
    whole = make_whole(submitted, released(assignment))
    declared = COURSE.assignment(assignment)
    seeds = dict.fromkeys(marking.graded_tasks(whole, declared), seed)
    marked = mark(Job("ada", declared, json.dumps(whole), seeds, require_sandbox=True))
    assert marked.failure is None
    cells = nbformat.from_dict(json.loads(marked.notebook)).cells
    return {cell.metadata.nbgrader.grade_id: determine_grade(cell) for cell in cells if is_grade(cell)}, marked.notebook


def test_there_are_nine():
    assert [name[:2] for name in ASSIGNMENTS] == [f"{number:02d}" for number in range(1, 10)]
    assert sorted(set(ASSIGNMENT_OF.values())) == ASSIGNMENTS


@needs_sandbox
@pytest.mark.slow
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_empty_notebook_earns_nothing_and_says_what_to_write(assignment):
    found, notebook = marks(assignment, released(assignment))
    assert found.keys() == targets(assignment).keys()
    assert {earned for earned, _ in found.values()} == {0}
    assert "There is no answer to judge" in notebook or "NotImplementedError" in notebook


@needs_sandbox
@pytest.mark.slow
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_solution_earns_everything_twice_over(assignment):
    found, notebook = marks(assignment, solved(assignment))
    assert all(earned == possible for earned, possible in found.values()), found
    assert marks(assignment, solved(assignment))[0] == found
    errors = [
        output.evalue
        for cell in nbformat.reads(notebook, 4).cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]
    assert errors == []


def renamed(nb):
    for number, cell in enumerate(solution_cells(nb)):
        cell.metadata.nbgrader.grade_id = f"mine-{number}"
        cell["id"] = f"mine-{number}"


def solutions_first(nb):
    own = [cell for cell in nb.cells if not is_grade(cell)]
    nb.cells = own + [cell for cell in nb.cells if is_grade(cell)]


def extra_cells(nb):
    cells = []
    for number, cell in enumerate(nb.cells):
        extra = (
            new_markdown_cell("a note")
            if number % 2
            else new_code_cell("import math, random\nprint(math.pi, random.random())")
        )
        cells += [extra, cell]
    nb.cells = cells


def one_large_cell(nb):
    together = "\n\n".join(cell.source for cell in solution_cells(nb))
    first = nb.cells.index(solution_cells(nb)[0])
    nb.cells = [cell for cell in nb.cells if cell not in solution_cells(nb)]
    nb.cells.insert(first, new_code_cell(together))


def no_test_cells(nb):
    nb.cells = [cell for cell in nb.cells if not is_grade(cell)]


@needs_sandbox
@pytest.mark.slow
@pytest.mark.parametrize("rearrange", [renamed, solutions_first, extra_cells, one_large_cell, no_test_cells])
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_a_right_notebook_may_be_arranged_in_any_way(assignment, rearrange):
    notebook = solved(assignment)
    rearrange(notebook)
    found, _ = marks(assignment, notebook)
    assert all(earned == possible for earned, possible in found.values()), found


@pytest.mark.parametrize("task", TASKS)
def test_the_solution_passes_on_every_seed(task):
    assignment = ASSIGNMENT_OF[task]
    cell = solution_cells(NOTEBOOKS[assignment])[0]
    answer = Answer("solution", "", f"# cell: {cell.metadata.nbgrader.grade_id}\n{cell.source}\n")
    namespace, failure = run_notebook(assignment, answer)
    assert failure is None
    target = eval(targets(assignment)[task], namespace)
    for seed in range(HEAVY.get(task, SEEDS)):
        steps, judge = challenge(task, 1000 + seed)
        verdict = judge.verdict(probe.run(steps, target, judge.props))
        assert verdict.share == 1, (seed, verdict.reasons)


@pytest.mark.parametrize("task", TASKS)
def test_the_same_seed_gives_the_same_challenge(task):
    assert json.dumps(challenge(task, 5)[0]) == json.dumps(to_json(TASKS[task].challenge(np.random.default_rng(5))))
