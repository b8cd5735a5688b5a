"""The page about writing an assignment, carried out as it stands, in a course about something else than networks."""

import csv
import json
import re

import nbformat
import pytest

from docs.walk import run, walk
from mlpgrade.authoring.answers import fill_in, read_answers
from mlpgrade.gradebook.sources import to_notebook
from tests_support import ROOT

pytestmark = pytest.mark.slow
NAME = "01_newton"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The directory in which the page was carried out."""
    directory = tmp_path_factory.mktemp("numerics")
    walk(ROOT / "docs" / "authoring.md", directory)
    return directory


@pytest.fixture(scope="module")
def marks(course):
    """The marks of a class that hands in every answer of the page, under the answers' names."""
    folder = course / "solutions" / NAME
    released = nbformat.read(course / "exercises" / NAME / f"{NAME}.ipynb", as_version=4)
    for answer in read_answers(folder / "answers"):
        handed_in = course / "classroom" / "submitted" / answer.name / NAME / f"{NAME}.ipynb"
        handed_in.parent.mkdir(parents=True)
        handed_in.write_text(json.dumps(fill_in(released, answer, to_notebook(folder / "notebook.py"))))
    run(f"mlpgrade grade {NAME} --feedback || test $? = 3\nmlpgrade report {NAME} --csv marks.csv", course, {})
    with (course / "marks.csv").open() as file:
        return {row["student"]: row for row in csv.DictReader(file) if row["task"] == "newton-path"}


def test_each_answer_of_a_course_about_something_else_gets_its_points_and_its_mistake(course, marks):
    answers = read_answers(course / "solutions" / NAME / "answers")
    assert len(answers) == 9
    for answer in answers:
        row = marks[answer.name]
        assert float(row["points"]) == answer.earns.get("newton-path", (3, 3))[0], answer.name
        assert row["mistakes"].split() == list(answer.named), answer.name


def test_the_released_text_says_how_the_points_divide(course):
    released = (course / "exercises" / NAME / f"{NAME}.ipynb").read_text()
    assert "3 points: 2 for `iterates`, 1 for residuals" in released


def test_feedback_says_what_is_right_and_which_version_gave_the_marks(course, marks):
    page = (course / "classroom" / "feedback" / "early" / NAME / f"{NAME}.html").read_text()
    assert "residuals are f at the start" in page
    assert "Right as it is" in page
    assert re.search(r"mlpgrade \d+\.\d+\.\d+", page)
    assert marks["early"]["version"][:8] in page


def test_doctor_tells_when_an_assignment_has_changed_since_it_was_graded(course, marks):
    judge = course / "solutions" / NAME / "judge.py"
    before = judge.read_text()
    assert "versions:" not in run("mlpgrade doctor || true", course, {})
    judge.write_text(before + "\n# changed\n")
    assert re.search(rf"versions: .*{NAME}", run("mlpgrade doctor || true", course, {}))
    judge.write_text(before)
