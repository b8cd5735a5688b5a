"""The students' repository: what is in it, what is not, and that it builds."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mlpgrade import cli
from mlpgrade.authoring import publish
from mlpgrade.course import Course, CourseError
from tests_support import ASSIGNMENTS, COURSE, ROOT

SECRET = re.compile(r"\s+")


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """What `mlpgrade publish` writes."""
    directory = tmp_path_factory.mktemp("published") / "students"
    publish.publish(COURSE, directory)
    return directory


def test_it_holds_the_book_the_exercises_the_package_and_a_way_to_set_them_up(published):
    assert sorted(path.name for path in (published / "exercises").iterdir()) == ASSIGNMENTS
    for name in (
        "book/index.md",
        "mlpkit/layers.py",
        "_config.yml",
        "_toc.yml",
        "requirements.lock",
        "README.md",
        "Makefile",
    ):
        assert (published / name).is_file(), name
    assert (published / ".github" / "workflows" / "publish.yml").is_file()


def test_it_names_no_grader_no_classroom_and_no_solutions(published):
    for name in ("solutions", "mlpgrade", "classroom", "demo", "tests", "nbgrader_config.py"):
        assert not (published / name).exists()
    allowed = {"_config.yml", ".gitignore", "LICENSE-TEXT", "tools/setup.py"}  # which name folders that may be missing
    for path in published.rglob("*"):
        if published / "docs" / "teaching" in path.parents:
            continue  # the site's pages for instructors, whom it may win: they name the commands
        if path.is_file() and path.suffix in publish.TEXTS and str(path.relative_to(published)) not in allowed:
            text = path.read_text(encoding="utf-8")
            assert "mlpgrade" not in text, path
            assert "solutions/" not in text, path


def lines_of(paths):
    """The lines of these files that say something, without blanks."""
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    return {squeezed for line in lines if len(squeezed := SECRET.sub("", line)) >= 40 and not line.startswith("from ")}


def test_no_line_of_a_judge_or_an_answer_is_in_it(published):
    """Every line of 40 characters and more, without blanks, that the course's own package does not show to everybody."""
    public = lines_of((ROOT / "mlpkit").glob("*.py"))
    secret = lines_of((ROOT / "solutions").glob("*/judge.py")) | lines_of((ROOT / "solutions").glob("*/answers/*.py"))
    shown = "\n".join(
        SECRET.sub("", path.read_text(encoding="utf-8").replace('\\"', '"').replace("\\n", "\n"))
        for path in published.rglob("*")
        if path.is_file() and path.suffix in publish.TEXTS
    )
    stubs = SECRET.sub(
        "", "".join(path.read_text() for path in (published / "exercises").rglob("*.ipynb")).replace('\\"', '"')
    )
    found = {line for line in secret - public if line in shown and line not in stubs}
    assert len(secret) > 1000
    assert found == set()


def test_it_is_written_whole_or_not_at_all(tmp_path):
    shutil.copytree(ROOT / "exercises", tmp_path / "exercises")
    leaking = tmp_path / "exercises" / "notes.md"
    judge = (ROOT / "solutions" / ASSIGNMENTS[0] / "judge.py").read_text(encoding="utf-8")
    leaking.write_text(next(line for line in judge.splitlines() if "Mistake(" in line and len(line) > 60))
    config = COURSE.config.copy()
    config.Course.public = {"exercises": str(leaking.parent)}
    with pytest.raises(CourseError, match=r"nothing was written.*\n.*notes\.md contains"):
        publish.publish(Course(ROOT, config), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_directory_with_something_in_it_is_left_as_it_is(tmp_path, monkeypatch, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    monkeypatch.chdir(ROOT)
    assert cli.main(["publish", str(tmp_path)]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.slow
def test_the_book_builds_from_it(published, site):
    """With the package that lies in it, and with the pages executed already, for time: tests of the book execute them."""
    (published / "node_modules").symlink_to(ROOT / "node_modules")
    (published / "_build").mkdir()
    shutil.copytree(site.parent / ".jupyter_cache", published / "_build" / ".jupyter_cache")
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    environment = os.environ | {"PATH": path, "PYTHONPATH": str(published)}
    build = [sys.executable, "tools/build_book.py"]
    process = subprocess.run(build, cwd=published, env=environment, capture_output=True, text=True)
    assert process.returncode == 0, process.stdout[-3000:]
    assert (published / "_build" / "html" / "book" / "index.html").exists()
