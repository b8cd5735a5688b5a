"""The CSV of all marks: nbgrader's columns and numbers, and cells that are cells."""

import csv
import datetime

import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins.export import CsvExportPlugin

from mlpgrade.gradebook.export import HarmlessCsv

pytestmark = pytest.mark.filterwarnings("ignore:Object of type <Submitted")  # see mlpgrade.gradebook.pipeline


@pytest.fixture
def gradebook():
    with Gradebook("sqlite:///:memory:") as gradebook:
        gradebook.add_assignment("a1", duedate=datetime.datetime(2026, 10, 1))
        gradebook.add_notebook("a1", "a1")
        gradebook.add_grade_cell("t", "a1", "a1", max_score=3, cell_type="code")
        gradebook.add_student("ada", first_name="Ada", last_name="Lovelace", email="ada@example.org")
        gradebook.add_student("=cmd|calc", first_name="+1*2", last_name="O'Neill, jr.", email="@x")
        submission = gradebook.add_submission("a1", "ada")
        submission.notebooks[0].grades[0].manual_score = 2.5
        gradebook.db.commit()
        yield gradebook


def exported(plugin, gradebook, path):
    made = plugin()
    made.to = str(path)
    made.export(gradebook)
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_columns_and_numbers_are_nbgraders(gradebook, tmp_path):
    gradebook.remove_student("=cmd|calc")
    assert exported(HarmlessCsv, gradebook, tmp_path / "ours") == exported(
        CsvExportPlugin, gradebook, tmp_path / "theirs"
    )


def test_no_cell_is_a_formula_and_a_comma_stays_in_its_cell(gradebook, tmp_path):
    row = next(one for one in exported(HarmlessCsv, gradebook, tmp_path / "marks.csv") if "cmd" in one["student_id"])
    assert (row["student_id"], row["first_name"], row["last_name"], row["email"]) == (
        "'=cmd|calc",
        "'+1*2",
        "O'Neill, jr.",
        "'@x",
    )
    assert (row["score"], row["max_score"]) == ("0.0", "3.0")


def test_students_and_assignments_can_be_chosen(gradebook, tmp_path):
    plugin = HarmlessCsv()
    plugin.to, plugin.student, plugin.assignment = str(tmp_path / "marks.csv"), ["ada"], ["a1"]
    plugin.export(gradebook)
    assert (tmp_path / "marks.csv").read_text().count("\n") == 2
