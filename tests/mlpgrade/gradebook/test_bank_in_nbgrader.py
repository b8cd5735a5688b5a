"""A sample of the bank through real nbgrader: its own autograde and gradebook, with this repository's configuration."""

import nbformat
import pytest
from nbgrader.api import Gradebook

from bank_support import ASSIGNMENTS, NOTEBOOKS
from mlpgrade.authoring.answers import fill_in, read_answers
from mlpgrade.course import Course
from mlpgrade.gradebook.sources import generate, nbgrader_api
from tests_support import ROOT

pytestmark = pytest.mark.slow


def sample(assignment):
    """One right and one wrong answer, from the middle of the bank's."""
    answers = read_answers(ROOT / "solutions" / assignment / "answers")
    right, wrong = ([one for one in answers if bool(one.loses) == lost] for lost in (False, True))
    return [right[len(right) // 2], wrong[len(wrong) // 3]]


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_nbgraders_own_autograde_gives_each_answer_the_tasks_it_deserves(assignment, tmp_path, monkeypatch):
    monkeypatch.setenv("MLP_CLASSROOM", str(tmp_path))
    monkeypatch.setenv("MLP_RELEASE", str(tmp_path / "release"))
    monkeypatch.chdir(ROOT)
    course = Course.here()
    generate(course, assignment)
    released = course.released(assignment)
    answers = {answer.name: answer for answer in sample(assignment)}
    assert len(answers) == 2
    for name, answer in answers.items():
        path = course.step("submitted") / name / assignment / f"{assignment}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(fill_in(released, answer, NOTEBOOKS[assignment]), path)
        graded = nbgrader_api(course).autograde(assignment, name, create=True)
        assert graded["success"], graded
    with Gradebook(course.db_url) as gradebook:
        for submission in gradebook.find_assignment(assignment).submissions:
            (notebook,) = submission.notebooks
            lost = {grade.name for grade in notebook.grades if grade.auto_score < grade.max_score}
            assert lost == set(answers[submission.student.id].loses), submission.student.id
