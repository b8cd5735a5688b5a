"""Round trips: what came from a system goes back in its own form, to the right people, and only what has changed."""

import csv
import io
import shutil
import zipfile

import pytest
from nbgrader.api import Gradebook

from mlpgrade import cli
from mlpgrade.course import CourseError
from mlpgrade.records import roster
from mlpgrade.records.roster import Person, Roster
from mlpgrade.teaching.collect import collect
from mlpgrade.teaching.give_back import give_back
from mlpgrade.teaching.lms import moodle
from mlpgrade.teaching.tables import table_of
from teaching_support import (
    CLASS,
    canvas_gradebook,
    canvas_name,
    moodle_folder,
    moodle_worksheet,
    of_ones_own,
    table,
    zipped,
)

SMALL = "01_small"
HANDED_IN = CLASS[:7]  # xwang did not


@pytest.fixture
def known(generated_course, tmp_path, monkeypatch):
    course = of_ones_own(generated_course, tmp_path, monkeypatch)
    people = [
        Person(one.login, one.last, one.first, one.login, one.email, str(one.number), f"S{one.number}") for one in CLASS
    ]
    roster.save(course.classroom, Roster(tuple(people)))
    return course


def mark(course, points):
    """Give marks as if the class had been graded."""
    for student, earned in points.items():
        (course.step("submitted") / student / SMALL).mkdir(parents=True, exist_ok=True)
        path = course.autograded(SMALL, student)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(course.step("release") / SMALL / f"{SMALL}.ipynb", path)
        with Gradebook(course.db_url) as gradebook:
            gradebook.update_or_create_student(student)
            for grade in gradebook.update_or_create_submission(SMALL, student).notebooks[0].grades:
                written = grade.name.endswith("why")
                grade.auto_score, grade.manual_score = (None, 1) if written else (earned, None)
                grade.needs_manual_grade = False
            gradebook.db.commit()


def from_canvas(course, tmp_path):
    files = {canvas_name(one, 9000 + one.number, f"{SMALL}.ipynb"): "{}" for one in HANDED_IN}
    collect(course, SMALL, [zipped(files, tmp_path / "canvas.zip")], None)
    mark(course, {one.login: number % 4 for number, one in enumerate(HANDED_IN)})


def rows(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_canvas_takes_back_one_column_with_blanks_and_pages_with_its_numbers(known, tmp_path):
    from_canvas(known, tmp_path)
    export = tmp_path / "grades.csv"
    export.write_bytes(
        canvas_gradebook(
            titles=("Other (66)", "01 Small (77)"), extra=[["Gone, One", "900", "", "gone", "A", "", "", "", ""]]
        ).replace(b"10,10", b"10,5")
    )
    told = give_back(known, SMALL, "canvas", export)
    table = rows(told.marks)
    assert table[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "01 Small (77)"]
    assert table[1][0].strip() == "Points Possible"
    assert table[1][-1] == "5"
    marks = {row[1]: row[-1] for row in table[2:]}
    assert marks == {
        "101": "1",
        "102": "2",
        "103": "3",
        "104": "4",
        "105": "1",
        "106": "2",
        "107": "3",
        "108": "",
        "900": "",
    }
    assert [row[0] for row in table if row[1] == "101"] == ["O'Brien, Siobhán"]
    with zipfile.ZipFile(told.pages) as archive:
        assert set(archive.namelist()) == {canvas_name(one, 9000 + one.number, f"{SMALL}.html") for one in HANDED_IN}
        assert b"<html" in archive.read(canvas_name(CLASS[5], 9106, f"{SMALL}.html"))


def test_a_second_time_only_what_has_changed_goes_back(known, tmp_path, capsys):
    from_canvas(known, tmp_path)
    (tmp_path / "grades.csv").write_bytes(
        canvas_gradebook(titles=("01 Small (77)",)).replace(b",10,(read", b",5,(read")
    )
    command = ["return", SMALL, "--lms", "canvas", "--from", str(tmp_path / "grades.csv")]
    assert cli.main(command) == 0
    assert "7 go back, 0 have not changed" in capsys.readouterr().out
    assert cli.main(command) == 0
    assert "0 go back, 7 have not changed" in capsys.readouterr().out
    mark(known, {"eve": 3})
    assert cli.main(command) == 0
    assert "1 go back, 6 have not changed" in capsys.readouterr().out
    second = rows(known.classroom / "return" / SMALL / "2-marks.csv")
    assert {row[1]: row[-1] for row in second[2:] if row[-1]} == {"106": "4"}


def test_moodle_s_worksheet_and_pages_by_participant(known, tmp_path):
    files = {f"{moodle_folder(one)}/{SMALL}.ipynb": "{}" for one in HANDED_IN}
    sheet = tmp_path / "Grades.csv"
    sheet.write_bytes(moodle_worksheet(handed_in=HANDED_IN, encoding="utf-8-sig").replace(b"10.00", b"5.00"))
    collect(known, SMALL, [zipped(files, tmp_path / "s.zip"), sheet], None)
    mark(known, {one.login: 2 for one in HANDED_IN})
    told = give_back(known, SMALL, "moodle", sheet)
    back = table_of(told.marks.read_bytes())
    assert back.header == table_of(sheet.read_bytes()).header
    assert {back.cell(row, "Identifier"): back.cell(row, "Grade") for row in back.rows} == {f"Participant {one.number + 4900}": "3" for one in HANDED_IN}  # fmt: skip
    assert all("3 of 5 points. 01-small-rescale: 2 of 3" in back.cell(row, "Feedback comments") for row in back.rows)
    with zipfile.ZipFile(told.pages) as archive:
        for name in archive.namelist():  # as Moodle's importer takes it apart
            _, participant, kind, plugin = name.partition("/")[0].split("_", 4)[:4]
            assert (kind, plugin) == ("assignfeedback", "file")
            assert participant in moodle.participants(table_of(sheet.read_bytes()))
        assert len(archive.namelist()) == 7


def test_blackboard_s_file_in_its_own_coding(known, tmp_path):
    mark(known, {"eve": 2})
    title = "Small [Total Pts: 5 Score] |123"
    export = [[one.last, one.first, one.login, f"S{one.number}", "x", ""] for one in CLASS]
    (tmp_path / "gc.xls").write_bytes(
        table(["Last Name", "First Name", "Username", "Student ID", "Availability", title], export, "\t", "utf-16")
    )
    told = give_back(known, SMALL, "blackboard", tmp_path / "gc.xls")
    content = told.marks.read_bytes()
    assert content.startswith(b"\xff\xfe")
    back = table_of(content)
    assert back.header == ["Last Name", "First Name", "Username", title, "Feedback to Learner", "Feedback Format"]
    assert [row[:4] for row in back.rows] == [["=SUM(A1)", "@Eve", "eve", "3"]]


def test_csv_for_everything_else_holds_no_formula(known):
    mark(known, {"eve": 2, "sobrien": 3})
    told = give_back(known, SMALL, "csv", None)
    back = {row[0]: row for row in rows(told.marks)[1:]}
    assert back["eve"][1:6] == ["'=SUM(A1)", "'@Eve", "eve@example.org", "3", "5"]
    assert back["sobrien"][6] == "4 of 5 points. 01-small-why: 1 of 2."


def test_what_waits_for_a_person_does_not_go_back(known, tmp_path):
    mark(known, {"eve": 2})
    with Gradebook(known.db_url) as gradebook:
        for grade in gradebook.find_submission(SMALL, "eve").notebooks[0].grades:
            grade.manual_score = None
        gradebook.db.commit()
    told = give_back(known, SMALL, "csv", None)
    assert told.students == []
    assert "eve waits for a person" in told.notes[0]


def test_points_that_differ_between_here_and_there_and_unclear_columns_are_refused(known, tmp_path):
    from_canvas(known, tmp_path)
    export = tmp_path / "grades.csv"
    with pytest.raises(CourseError, match="--from FILE"):
        give_back(known, SMALL, "canvas", None)
    export.write_bytes(canvas_gradebook(titles=("01 Small (77)",)))
    with pytest.raises(CourseError, match="10 points in Canvas and 5 here"):
        give_back(known, SMALL, "canvas", export)
    export.write_bytes(canvas_gradebook(titles=("One (1)", "Two (2)")))
    with pytest.raises(CourseError, match=r"--column TITLE; there are: 'One \(1\)', 'Two \(2\)'"):
        give_back(known, SMALL, "canvas", export)
    export.write_bytes(moodle_worksheet())
    with pytest.raises(CourseError, match="maximum grade is 10 in Moodle and 5 here"):
        give_back(known, SMALL, "moodle", export)
    assert not (known.classroom / "return").exists(), "nothing was written"
