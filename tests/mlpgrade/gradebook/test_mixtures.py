"""nbgrader's own commands before, between and after ours: each works, and the marks are the same for both."""

import contextlib
import csv
import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import nbformat
import pytest
from jupyter_core.application import NoStart
from nbgrader.api import Gradebook
from nbgrader.apps.nbgraderapp import NbGraderApp

from mlpgrade import cli
from mlpgrade.authoring.answers import fill_in, read_answers
from mlpgrade.gradebook.settle import totals
from mlpgrade.gradebook.sources import release, to_notebook
from mlpgrade.records import roster
from mlpgrade.records.roster import Person, Roster
from mlpgrade.teaching.collect import collect
from mlpgrade.teaching.report import class_report
from teaching_support import zipped

pytestmark = pytest.mark.slow
SMALL = "01_small"
GRADED = (0, 3)
"""Exit statuses of `grade` when all were graded; 3 where something asks for a person."""

TASK, WRITTEN = "01-small-rescale", "01-small-why"


@pytest.fixture
def course(small_course):
    release(small_course, SMALL)
    return type(small_course).here()


def nbgrader(*arguments):
    """Run a command of nbgrader's as its program does."""
    NbGraderApp.clear_instance()
    app = NbGraderApp.instance()
    try:
        app.initialize([*arguments, "--log-level=ERROR"])
        with contextlib.suppress(NoStart):  # which a command with a command below it ends by
            app.start()
    except SystemExit as left:
        if left.code:
            raise AssertionError(arguments) from None
    finally:
        NbGraderApp.clear_instance()


def answer(course, name, written="Distances would be those of the weights."):
    """The notebook with one of the template's answers, and a sentence."""
    released = nbformat.read(course.step("release") / SMALL / f"{SMALL}.ipynb", as_version=4)
    if name is None:
        return json.dumps(released)
    solved = to_notebook(course.solutions / SMALL / "notebook.py")
    found = next(one for one in read_answers(course.solutions / SMALL / "answers") if one.name == name)
    notebook = fill_in(released, found, solved)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == WRITTEN:
            cell.source = written
    return json.dumps(notebook)


def hand_in(course, student, name, time=None, secret=None):
    folder = course.step("submitted") / student / SMALL
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{SMALL}.ipynb").write_text(answer(course, name))
    for file, text in (("timestamp.txt", time), ("submission_secret.txt", secret)):
        if text:
            (folder / file).write_text(text)


def names(course):
    answers = read_answers(course.solutions / SMALL / "answers")
    return next(one.name for one in answers if not one.earns), next(one.name for one in answers if one.earns)


def grades(course, student):
    with Gradebook(course.db_url) as gradebook:
        found = gradebook.find_submission(SMALL, student).notebooks[0].grades
        return {one.name: (one.auto_score, one.manual_score, one.needs_manual_grade) for one in found}


def by_hand(course, student, task, points):
    """What formgrader does when a person saves a mark (nbgrader/server_extensions/formgrader/apihandlers.py)."""
    with Gradebook(course.db_url) as gradebook:
        grade = next(one for one in gradebook.find_submission(SMALL, student).notebooks[0].grades if one.name == task)
        grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.db.commit()


# nbgrader's release_feedback leaves a file open.
@pytest.mark.filterwarnings("ignore:unclosed file", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_each_command_works_before_and_after_the_other_s(course, capsys):
    right, wrong = names(course)
    nbgrader("db", "assignment", "add", SMALL, "--duedate", "2026-11-20 21:00 UTC")
    nbgrader("db", "student", "add", "ada", "--first-name", "Ada")
    hand_in(course, "ada", right, "2026-11-20 20:00:00 UTC", "sesame")
    hand_in(course, "ben", wrong)
    assert cli.main(["grade", SMALL, "--feedback"]) in GRADED
    said = capsys.readouterr().out
    assert "ada: graded\n" in said, "the exchange's own files are no stray ones"
    ours = grades(course, "ada")
    assert ours[WRITTEN] == (None, None, True)
    nbgrader("release_feedback", SMALL)
    assert len(list((course.classroom / "exchange" / "small" / "feedback").glob("*.html"))) == 2

    assert cli.main(["grade", SMALL]) in GRADED
    assert "ada: graded before" in capsys.readouterr().out, "an answer that waits for a person is marked once"
    by_hand(course, "ada", WRITTEN, 2)
    nbgrader("autograde", SMALL, "--student", "ada", "--force")
    assert grades(course, "ada")[TASK] == ours[TASK]
    nbgrader("generate_feedback", SMALL, "--force")
    nbgrader("release_feedback", SMALL)
    nbgrader("generate_assignment", SMALL, "--force")
    assert cli.main(["void", SMALL, TASK]) == 0
    nbgrader("autograde", SMALL, "--student", "ada", "--force")
    assert totals(course, SMALL)["ada"] == 2, "nbgrader's own marks are settled too"
    nbgrader("generate_assignment", SMALL, "--force")
    assert cli.main(["void", SMALL, TASK, "--undo"]) == 0

    (course.classroom / "policy.toml").write_text(
        f"percent_a_day = 10\n[assignment.{SMALL}]\ndue = 2026-11-19T21:00:00\n"
    )
    nbgrader("autograde", SMALL, "--student", "ada", "--force")
    assert totals(course, SMALL)["ada"] == 4.5
    nbgrader("export")
    with (course.classroom / "grades.csv").open() as file:
        exported = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert exported == {line.student: line.total for line in class_report(course, SMALL)}
    assert "0.5" in (course.classroom / "feedback" / "ada" / SMALL / f"{SMALL}.html").read_text()


def test_what_waits_is_a_dash_and_an_older_mark_by_hand_stands_beside_the_new_one(course, capsys):
    right, wrong = names(course)
    hand_in(course, "ada", wrong)
    assert cli.main(["grade", SMALL]) in GRADED
    by_hand(course, "ada", TASK, 1)
    assert cli.main(["grade", SMALL, "--again"]) in GRADED
    assert grades(course, "ada")[TASK][1:] == (1, False), "the same submission: the mark stands without question"
    capsys.readouterr()
    assert cli.main(["report", SMALL]) == 0
    assert capsys.readouterr().out.splitlines()[1].split() == ["ada", "1", "/", "5", "1", "–"]
    hand_in(course, "ada", right)
    assert cli.main(["grade", SMALL]) in GRADED
    assert cli.main(["report", SMALL]) == 0
    assert f"{TASK}: 1 was given by hand before this submission, which earns 3 by itself" in capsys.readouterr().out
    by_hand(course, "ada", TASK, 3)
    assert class_report(course, SMALL)[0].by_hand == {}


def test_a_mark_is_explained_and_reproduced(course, tmp_path, capsys):
    _, wrong = names(course)
    roster.save(course.classroom, Roster((Person("ada", "Lovelace", "Ada", "ada", lms_id="101"), Person("zoe"))))
    files = {f"lovelaceada_101_9001_{SMALL}.ipynb": answer(course, wrong)}
    collect(course, SMALL, [zipped(files, tmp_path / "s.zip")], None)
    assert cli.main(["grade", SMALL]) in GRADED
    by_hand(course, "ada", WRITTEN, 1)
    capsys.readouterr()
    assert cli.main(["explain", "ada", SMALL]) == 0
    said = capsys.readouterr().out
    for line in (
        "student   ada (Ada Lovelace)",
        "from canvas 9001",
        "the one that was marked",
        f"seed      {TASK}:",
        "1 by hand",
    ):
        assert line in said, said
    assert said.splitlines()[-1] == "again     marked once more, with the same result"
    with Gradebook(course.db_url) as gradebook:
        next(
            one for one in gradebook.find_submission(SMALL, "ada").notebooks[0].grades if one.name == TASK
        ).auto_score = 2.5
        gradebook.db.commit()
    assert cli.main(["explain", "ada", SMALL]) == 0
    assert "with ANOTHER result: 01-small-rescale 2.5 then" in capsys.readouterr().out
    assert cli.main(["report", SMALL, "--student", "zoe"]) == 0
    assert "did not hand in" in capsys.readouterr().out


def test_the_best_attempt_counts_less_its_penalty_where_the_policy_says_so(course, tmp_path, capsys):
    right, wrong = names(course)
    roster.save(course.classroom, Roster((Person("ada", login="ada"), Person("ben", login="ben"))))
    (course.classroom / "policy.toml").write_text(
        f'counts = "best"\npercent_a_day = 20\n[assignment.{SMALL}]\ndue = 2026-11-20T21:00:00\n'
    )
    files = {
        f"Small_ada_attempt_2026-11-20-10-00-00_{SMALL}.ipynb": answer(course, right),
        f"Small_ada_attempt_2026-11-20-11-00-00_{SMALL}.ipynb": answer(course, wrong),
        f"Small_ben_attempt_2026-11-20-10-00-00_{SMALL}.ipynb": answer(course, wrong),
        f"Small_ben_attempt_2026-11-21-10-00-00_{SMALL}.ipynb": answer(course, right),
    }
    from mlpgrade.gradebook.settle import policy_of

    collect(course, SMALL, [zipped(files, tmp_path / "s.zip")], policy_of(course))
    assert cli.main(["grade", SMALL]) in GRADED
    assert "ada: 1-" in capsys.readouterr().out
    assert grades(course, "ada")[TASK][0] == 3
    assert totals(course, SMALL)["ben"] == 2, "3 points, less a day's 20 % of 5"
    assert cli.main(["grade", SMALL]) in GRADED
    assert "counts, the best" not in capsys.readouterr().out


def test_three_who_grade_for_the_first_time_at_once_all_succeed(small_course):
    (small_course.classroom / "gradebook.db").unlink()
    release(small_course, SMALL)
    for student in ("ada", "ben", "cleo"):
        hand_in(small_course, student, None)
    command = [sys.executable, "-m", "mlpgrade.cli", "grade", SMALL, "--student"]
    environment = os.environ | {"PATH": "/usr/bin:/bin"}  # where there is no alembic
    running = [subprocess.Popen([*command, name], cwd=small_course.root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for name in ("ada", "ben", "cleo")]  # fmt: skip
    said = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], said
    assert len(totals(small_course, SMALL)) == 3


def test_whoever_reads_along_may_leave(course):
    for number in range(3):
        hand_in(course, f"s{number}", None)
    shell = f"{sys.executable} -m mlpgrade.cli grade {SMALL} | true"
    process = subprocess.run(["sh", "-c", shell], cwd=course.root, capture_output=True, text=True)
    assert process.stderr == ""


def test_a_source_is_made_anew_by_its_content_not_by_its_time(course):
    text = course.solutions / SMALL / "notebook.py"
    made = course.step("source") / SMALL / f"{SMALL}.ipynb"
    text.write_text(text.read_text().replace("# # Rescaling", "# # Rescaled"))
    past = datetime(2020, 1, 1, tzinfo=UTC).timestamp()
    os.utime(text, (past, past))
    type(course).here()
    assert "# Rescaled" in made.read_text()
