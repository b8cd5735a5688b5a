import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mlpgrade import cli

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENT = "04_linear_layer"
OWN_CELL = '{"cell_type": "code", "source": "mine = 1", "metadata": {}, "outputs": [], "execution_count": null},'
"""The beginning of a notebook's list of cells, once a student has written something."""


@pytest.fixture
def submitted(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("MLP_CLASSROOM", str(tmp_path))
    monkeypatch.setenv("MLP_RELEASE", str(tmp_path / "release"))
    folder = tmp_path / "submitted"
    folder.mkdir()
    return folder


def complaint(capsys, *arguments):
    assert cli.main(list(arguments)) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("mlpgrade: ")
    assert captured.err.count("\n") == 1
    return captured.err


def test_outside_a_course_the_error_says_where_to_go(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert "run mlpgrade from the course's root" in complaint(capsys, "exercises")


@pytest.mark.parametrize("command", ["grade", "report"])
def test_an_unknown_assignment_is_answered_with_those_there_are(submitted, capsys, command):
    assert ASSIGNMENT in complaint(capsys, command, "99_nothing")


@pytest.mark.parametrize("command", ["grade", "report"])
def test_a_class_that_handed_in_nothing_is_told_where_files_belong(submitted, capsys, command):
    assert f"STUDENT/{ASSIGNMENT}/{ASSIGNMENT}.ipynb" in complaint(capsys, command, ASSIGNMENT)


@pytest.mark.parametrize("command", ["grade", "report"])
def test_an_unknown_student_is_answered_with_those_who_handed_in(submitted, capsys, command):
    (submitted / "ada" / ASSIGNMENT).mkdir(parents=True)
    assert "these did: ada" in complaint(capsys, command, ASSIGNMENT, "--student", "bob")


def test_a_report_before_grading_says_what_to_run(submitted, capsys):
    (submitted / "ada" / ASSIGNMENT).mkdir(parents=True)
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{submitted.parent / 'gradebook.db'}"):
        pass
    assert f"run: mlpgrade grade {ASSIGNMENT}" in complaint(capsys, "report", ASSIGNMENT)


def test_exercises_are_made_where_the_configuration_says(submitted, capsys):
    assert cli.main(["exercises"]) == 0
    made = submitted.parent / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    assert str(made) in capsys.readouterr().out
    assert made.exists()


@pytest.mark.slow
def test_a_damaged_submission_earns_nothing_with_a_reason_and_costs_nobody_else_theirs(submitted, capsys):
    released = ROOT / "exercises" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    for student in ("a-damaged", "b-empty"):
        (submitted / student / ASSIGNMENT).mkdir(parents=True)
        shutil.copy(released, submitted / student / ASSIGNMENT)
    damaged = submitted / "a-damaged" / ASSIGNMENT / released.name
    damaged.write_text(released.read_text(encoding="utf-8")[:300], encoding="utf-8")

    assert cli.main(["exercises"]) == 0
    assert cli.main(["grade", ASSIGNMENT]) == 3
    said = capsys.readouterr().out
    assert "2 of 2 graded" in said
    assert re.search(r"1 of 2 need your attention\.\na-damaged  nothing could be graded: .*damaged at line", said)
    assert cli.main(["report", ASSIGNMENT]) == 0
    report = capsys.readouterr().out
    assert "1 of 2 need your attention" in report
    assert re.search(r"^a-damaged +0 / 10 .*\n.*damaged at line", report, re.MULTILINE)
    assert re.search(r"^b-empty +0 / 10 ", report, re.MULTILINE)


@pytest.mark.slow
def test_what_a_person_decided_is_kept_until_something_else_is_handed_in(submitted, capsys):
    released = (ROOT / "exercises" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_text(encoding="utf-8")
    folder = submitted / "ada" / ASSIGNMENT
    folder.mkdir(parents=True)
    for name in ("a.ipynb", "b.ipynb"):
        (folder / name).write_text(released.replace('"cells": [', '"cells": [' + OWN_CELL, 1), encoding="utf-8")
    assert cli.main(["exercises"]) == 0

    def graded(*options):
        status = cli.main(["grade", ASSIGNMENT, *options])
        return status, capsys.readouterr().out

    status, said = graded()
    assert status == 3
    assert "the folder holds a.ipynb, b.ipynb" in said
    assert "there are: a.ipynb, b.ipynb" in complaint(capsys, "decide", ASSIGNMENT, "ada", "--take", "c.ipynb")
    assert cli.main(["decide", ASSIGNMENT, "ada", "--take", "b.ipynb", "--because", "the later one"]) == 0
    assert "To grade it: mlpgrade grade" in capsys.readouterr().out
    for again in ([], ["--again"]):
        status, said = graded(*again)
        assert status == 0
        assert "b.ipynb was taken for" in said
        assert "attention" not in said
    assert cli.main(["report", ASSIGNMENT]) == 0
    assert "attention" not in capsys.readouterr().out
    (folder / "c.ipynb").write_text(released, encoding="utf-8")
    status, said = graded()
    assert status == 3
    assert "what was decided was about an earlier submission" in said
    assert cli.main(["decide", ASSIGNMENT, "ada", "--keep"]) == 0
    capsys.readouterr()
    assert graded()[0] == 0
    assert cli.main(["decide", ASSIGNMENT, "ada", "--undo"]) == 0
    assert graded("--again")[0] == 3


def test_decisions_that_cannot_be_read_are_not_overwritten(submitted, capsys):
    (submitted / "ada" / ASSIGNMENT).mkdir(parents=True)
    (submitted.parent / "decisions.json").write_text("{")
    assert "decisions.json cannot be read" in complaint(capsys, "decide", ASSIGNMENT, "ada", "--keep")


def test_doctor_says_whether_there_is_a_sandbox(submitted, capsys, monkeypatch):
    monkeypatch.setattr("mlpgrade.sandbox.bubblewrap.problem", lambda: "bubblewrap (bwrap) is not installed")
    assert cli.main(["doctor"]) == 1
    assert "sandbox:    NONE, since bubblewrap (bwrap) is not installed" in capsys.readouterr().out
    monkeypatch.setattr("mlpgrade.sandbox.bubblewrap.problem", lambda: None)
    assert cli.main(["doctor"]) == 0
    assert "sandbox:    works" in capsys.readouterr().out


def test_without_a_sandbox_grading_says_so_aloud_or_is_refused(submitted, capsys, monkeypatch):
    released = ROOT / "exercises" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    (submitted / "ada" / ASSIGNMENT).mkdir(parents=True)
    shutil.copy(released, submitted / "ada" / ASSIGNMENT)
    assert cli.main(["exercises"]) == 0
    monkeypatch.setattr("mlpgrade.sandbox.bubblewrap.problem", lambda: "it is forbidden")
    assert cli.main(["grade", ASSIGNMENT, "--require-sandbox"]) == 2
    assert "there is no sandbox, since it is forbidden" in capsys.readouterr().err
    monkeypatch.setattr("mlpgrade.marking.kernel.run_in_kernel", lambda *given: "")
    assert cli.main(["grade", ASSIGNMENT]) == 0
    assert "NO SANDBOX, since it is forbidden" in capsys.readouterr().err


@pytest.mark.parametrize("number", ["0", "-1"])
def test_fewer_than_one_worker_is_refused(submitted, capsys, number):
    (submitted / "ada" / ASSIGNMENT).mkdir(parents=True)
    assert "at least 1" in complaint(capsys, "grade", ASSIGNMENT, "--workers", number)


def test_the_command_starts_without_the_grammar_that_takes_two_seconds():
    """It is kept out before anything leads to nbformat, which would have it compiled."""
    code = "import sys, mlpgrade.cli; print('nbformat' in sys.modules, sys.modules['rfc3987_syntax'])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said == "False None\n"
