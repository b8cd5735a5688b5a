"""What lives where: all that a student must not see in solutions/, and an engine that knows no course."""

import re
import shutil
import subprocess
import sys

import pytest

import mlpkit
from mlpgrade import cli
from mlpgrade.authoring import publish
from mlpgrade.course import Course
from tests_support import ASSIGNMENTS, ROOT, TASKS

CHAPTERS = [path.stem for path in (ROOT / "book").glob("*.md")]
CLASSES = [name for name in mlpkit.__all__ if name[0].isupper()]
OF_THE_SUBJECT = [
    "perceptron",
    "backpropagation",
    "neuron",
    "logits",
    "upstream",
    "dW",
    "dX",
    "fan_in",
    "softmax",
    "sigmoid",
]


def tracked_without_solutions(directory):
    """Copy what the repository has, all but solutions/."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in names.split("\0"):
        if name and not name.startswith("solutions/") and (ROOT / name).is_file():
            (directory / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, directory / name)


def test_the_engine_names_no_layer_no_chapter_and_no_assignment():
    common = {"glossary", "index", "api", "digits", "losses", "activations", "references"}  # words as well as chapters
    forbidden = [
        *CLASSES,
        *(set(CHAPTERS) - common),
        *ASSIGNMENTS,
        *(task for task in TASKS if "-" in task),
        *OF_THE_SUBJECT,
    ]
    pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, forbidden))})(?![\w-])")
    for path in (ROOT / "mlpgrade").rglob("*.py"):
        found = pattern.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{path.relative_to(ROOT)} names {found[0]}"


def test_no_solution_no_judge_and_no_answer_lies_outside_solutions(tmp_path):
    tracked_without_solutions(tmp_path)
    examples = ("mlpgrade.grade(", "###BEGIN")  # the engine, its tests and its documentation may name these
    found = [leak for leak in publish.leaks(ROOT / "solutions", tmp_path) if not any(sign in leak for sign in examples)]
    assert found == []


def test_the_two_wheels_carry_nothing_of_an_assignment(tmp_path):
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*build, "--wheel-dir", str(tmp_path), ".", "./mlpgrade"], cwd=ROOT, check=True, capture_output=True)
    wheels = sorted(tmp_path.glob("*.whl"))
    assert [wheel.name.partition("-")[0] for wheel in wheels] == ["mlpgrade", "mlpkit"]
    for wheel in wheels:
        shutil.unpack_archive(wheel, tmp_path / wheel.stem, format="zip")
    examples = ("mlpgrade.grade(", "###BEGIN")
    found = [leak for leak in publish.leaks(ROOT / "solutions", tmp_path) if not any(sign in leak for sign in examples)]
    assert found == []
    assert (tmp_path / wheels[0].stem / "mlpgrade" / "authoring" / "template" / "judge.py").exists()


@pytest.mark.parametrize(
    "command",
    [["exercises"], ["check"], ["doctor"], ["grade", ASSIGNMENTS[0]], ["report", ASSIGNMENTS[0]]],
    ids=lambda command: command[0],
)
def test_without_solutions_the_grader_says_in_one_line_what_is_missing(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("MLP_SOLUTIONS", str(tmp_path / "nowhere"))
    monkeypatch.setenv("MLP_CLASSROOM", str(tmp_path / "classroom"))
    assert cli.main(command) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"there are no assignments in {tmp_path / 'nowhere'}" in said
    assert "MLP_SOLUTIONS" in said


def test_solutions_may_be_kept_elsewhere(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "solutions" / ASSIGNMENTS[0], tmp_path / "private" / "99_moved")
    monkeypatch.setenv("MLP_SOLUTIONS", str(tmp_path / "private"))
    monkeypatch.setenv("MLP_CLASSROOM", str(tmp_path / "classroom"))
    monkeypatch.chdir(ROOT)
    assert Course.here().assignments() == ["99_moved"]
    assert (tmp_path / "classroom" / "source" / "99_moved" / "99_moved.ipynb").exists()


def test_without_solutions_the_package_and_its_tests_need_nothing_more(tmp_path):
    tracked_without_solutions(tmp_path)
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", "tests/mlpkit/test_losses.py"]
    process = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert process.returncode == 0, process.stdout + process.stderr
