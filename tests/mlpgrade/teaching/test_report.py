"""The class report as a table, for people, and as CSV, for everything else."""

import csv
import io

import pytest

from mlpgrade.teaching.report import Line, as_csv, as_text


@pytest.fixture
def lines():
    db = {"t-back": ["db is divided by N."]}
    return [
        Line("ada", {"t-fore": (3.0, 3.0), "t-back": (5.0, 5.0)}, {}, versions=("0.2.0", "abc")),
        Line("ben", {"t-fore": (3.0, 3.0), "t-back": (4.0, 5.0)}, db, named={"t-back": ["t.db-averaged"]}, versions=("0.2.0", "abc")),
        Line("cleo", {"t-fore": (0.0, 3.0), "t-back": (4.0, 5.0)}, db, named={"t-back": ["t.db-averaged"], "t-fore": ["t.bias"]}),
        Line("dan", {}, {}, "not graded yet"),
    ]  # fmt: skip


def test_the_table_has_marks_and_below_them_the_reasons(lines):
    rows = as_text(lines).splitlines()
    assert rows[0].split() == ["student", "points", "t-fore", "t-back"]
    assert rows[1].split() == ["ada", "8", "/", "8", "3", "5"]
    assert rows[3].strip() == "t-back: db is divided by N."
    assert rows[6].split(maxsplit=1) == ["dan", "no marks  not graded yet."]


def test_the_table_ends_with_how_many_made_each_mistake(lines):
    assert as_text(lines).splitlines()[-4:] == ["", "students  mistake", "       2  t.db-averaged", "       1  t.bias"]
    assert "mistake" not in as_text(lines[:1])


def test_what_broke_the_notebook_is_told_once_with_all_it_broke():
    broke = ["There is no answer to judge."]
    line = Line("ada", {"t-fore": (0.0, 3.0), "t-back": (0.0, 5.0)}, {"t-fore": broke, "t-back": broke})
    assert [row.strip() for row in as_text([line]).splitlines()[2:]] == [f"t-fore, t-back: {broke[0]}"]


def test_remarks_and_what_needs_attention_are_told():
    line = Line("ada", {"t-fore": (3.0, 3.0)}, {}, remarks={"t-fore": ["NumPy warned."]}, attention=("look",))
    assert as_text([line]).splitlines()[-1].strip() == "t-fore: right, but NumPy warned."
    (row,) = csv.DictReader(io.StringIO(as_csv({"a": [line]})))
    assert (row["remarks"], row["attention"]) == ("NumPy warned.", "look")


def test_the_csv_has_a_row_for_each_student_and_task(lines):
    rows = list(csv.DictReader(io.StringIO(as_csv({"a": lines}))))
    assert [(row["student"], row["task"], row["points"], row["maximum"]) for row in rows[2:4]] == [("ben", "t-fore", "3", "3"), ("ben", "t-back", "4", "5")]  # fmt: skip
    assert (rows[3]["mistakes"], rows[3]["reasons"]) == ("t.db-averaged", "db is divided by N.")
    assert (rows[3]["engine"], rows[3]["version"]) == ("0.2.0", "abc")
    assert len(rows) == 6
