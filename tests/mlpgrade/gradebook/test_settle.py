"""One number everywhere: our totals, nbgrader's own, the export, the feedback page; worked out again when the policy changes."""

import csv
from datetime import datetime

import pytest
from nbgrader.api import Gradebook

from mlpgrade import cli
from mlpgrade.course import Course, CourseError
from mlpgrade.gradebook.export import HarmlessCsv
from mlpgrade.gradebook.settle import settle
from mlpgrade.records import manifest, roster
from mlpgrade.records.manifest import Line
from mlpgrade.records.roster import Person, Roster

SMALL = "01_small"
LATE = """
zone = "UTC"
percent_a_day = 10
[assignment.01_small]
due = 2026-11-20T21:00:00
"""


def write(course, text):
    (course.classroom / "policy.toml").write_text(text)


def penalties(course):
    with Gradebook(course.db_url) as gradebook:
        return {one.student.id: one.late_submission_penalty for one in gradebook.find_assignment(SMALL).submissions}


def exported(course):
    with Gradebook(course.db_url) as gradebook:
        HarmlessCsv(config=course.config).export(gradebook)
    with (course.classroom / "grades.csv").open() as file:
        return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


def test_the_policy_is_in_nbgrader_s_own_fields(marked_course):
    write(marked_course, LATE + '[[extension]]\nstudent = "ada"\ndays = 1\n')
    changes = settle(marked_course, SMALL)
    assert [str(change) for change in changes] == ["ben: 1 before, 0 now (2 days late)"]
    assert penalties(marked_course) == {"ada": 0, "ben": 1}
    with Gradebook(marked_course.db_url) as gradebook:
        assert str(gradebook.find_assignment(SMALL).duedate) == "2026-11-20 21:00:00"
        assert str(gradebook.find_submission(SMALL, "ada").duedate) == "2026-11-21 21:00:00"
        assert gradebook.find_submission(SMALL, "ben").total_seconds_late == 47 * 3600


def test_a_changed_due_date_changes_the_marks_and_says_whose(marked_course, capsys):
    write(marked_course, LATE.replace("21:00", "19:00"))
    settle(marked_course, SMALL)
    assert penalties(marked_course) == {"ada": 0.5, "ben": 1}
    write(marked_course, LATE.replace("20T21", "22T21"))
    assert cli.main(["policy", SMALL, "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "ada: 3.5 before, 4 now" in said
    assert "ben: 0 before, 1 now" in said
    assert penalties(marked_course) == {"ada": 0.5, "ben": 1}, "it was a dry run"
    assert cli.main(["policy"]) == 0
    assert penalties(marked_course) == {"ada": 0, "ben": 0}
    assert settle(marked_course, SMALL) == []


def test_an_export_is_of_settled_marks(marked_course):
    write(marked_course, LATE.replace("21:00", "19:00"))
    assert exported(marked_course) == {"ada": 3.5, "ben": 0}


def test_a_section_has_more_time(marked_course):
    roster.save(marked_course.classroom, Roster((Person("ben", sections=("B",)),)))
    write(marked_course, LATE + '[[extension]]\nsection = "B"\ndays = 2\n')
    settle(marked_course, SMALL)
    assert penalties(marked_course) == {"ada": 0, "ben": 0}


def test_who_is_late_by_the_system_s_word_alone_is_late_by_a_day(marked_course):
    with Gradebook(marked_course.db_url) as gradebook:
        gradebook.find_submission(SMALL, "ada").timestamp = None
        gradebook.db.commit()
    manifest.save(marked_course.classroom, SMALL, [Line("ada", late="yes", counts="yes", attempt="1-a")])
    write(marked_course, LATE)
    settle(marked_course, SMALL)
    assert penalties(marked_course)["ada"] == 0.5


def test_marks_by_hand_given_later_are_penalised_too(marked_course):
    write(marked_course, LATE.replace("percent_a_day = 10", "percent_a_day = 50"))
    settle(marked_course, SMALL)
    assert penalties(marked_course)["ben"] == 1
    with Gradebook(marked_course.db_url) as gradebook:
        grade = next(
            one for one in gradebook.find_submission(SMALL, "ben").notebooks[0].grades if one.name.endswith("why")
        )
        grade.manual_score = 2
        gradebook.db.commit()
    settle(marked_course, SMALL)
    assert penalties(marked_course)["ben"] == 3


def test_without_a_policy_nbgrader_s_own_due_date_and_plugin_stand(marked_course):
    with Gradebook(marked_course.db_url) as gradebook:
        gradebook.find_assignment(SMALL).duedate = datetime(2026, 11, 21)
        gradebook.db.commit()
    assert settle(marked_course, SMALL) == []
    config = marked_course.config.copy()
    config.LateSubmissionPlugin.penalty_method = "zero"
    assert [change.student for change in settle(Course(marked_course.root, config), SMALL)] == ["ben"]
    assert penalties(marked_course) == {"ada": 0, "ben": 1}


def test_a_policy_that_cannot_be_read_stops_in_one_line(marked_course, capsys):
    write(marked_course, "percent = 1")
    with pytest.raises(CourseError, match="percent is not known"):
        settle(marked_course, SMALL)
    assert cli.main(["policy"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_name_in_the_policy_that_is_nobody_s_is_told_of(marked_course, capsys):
    roster.save(marked_course.classroom, Roster((Person("ben", sections=("B",)),)))
    write(
        marked_course,
        LATE
        + '[assignment.02_other]\n[[extension]]\nstudent = "bne"\ndays = 1\n[[extension]]\nsection = "C"\ndays = 1\n',
    )
    assert cli.main(["policy"]) == 0
    said = capsys.readouterr().out
    for line in ("there is no assignment 02_other", "bne, who has more time, is not on the roster", "in section C"):
        assert line in said


def test_a_later_due_date_lets_the_newer_attempt_count(marked_course, capsys):
    kept = marked_course.classroom / "attempts" / SMALL / "ada"
    for name in ("1-a", "2-b"):
        (kept / name).mkdir(parents=True)
        (kept / name / f"{SMALL}.ipynb").write_text(name)
    lines = [
        Line("ada", time=f"2026-11-{day}T20:00:00+00:00", attempt=name, counts=counts)
        for name, day, counts in (("1-a", 19, "yes"), ("2-b", 22, ""))
    ]
    manifest.save(marked_course.classroom, SMALL, lines)
    write(marked_course, "latest_days = 1\n" + LATE)
    assert cli.main(["policy", SMALL]) == 0
    assert "another attempt" not in capsys.readouterr().out
    write(marked_course, "latest_days = 2\n" + LATE)
    assert cli.main(["policy", SMALL]) == 0
    assert "ada: another attempt counts now" in capsys.readouterr().out
    assert (marked_course.step("submitted") / "ada" / SMALL / f"{SMALL}.ipynb").read_text() == "2-b"


def test_a_report_says_whose_marks_a_changed_policy_has_changed(marked_course, capsys):
    (marked_course.step("submitted") / "ada" / SMALL).mkdir(parents=True)
    write(marked_course, LATE.replace("21:00", "19:00"))
    assert cli.main(["report", SMALL]) == 0
    assert f"{SMALL}: ada: 4 before, 3.5 now (1 day late)" in capsys.readouterr().err
    assert cli.main(["report", SMALL]) == 0
    assert capsys.readouterr().err == ""
