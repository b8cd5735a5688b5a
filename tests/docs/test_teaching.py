"""The pages for instructors, carried out one after the other as they stand, by a small class on Canvas and one on Moodle."""

import argparse
import json
import shutil

import nbformat
import pytest
import yaml

import commands
from docs.walk import walk
from mlpgrade import cli_teaching
from mlpgrade.authoring.answers import fill_in
from mlpgrade.gradebook.sources import to_notebook
from mlpgrade.sandbox import bubblewrap
from teaching_support import (
    CLASS,
    canvas_gradebook,
    canvas_name,
    moodle_folder,
    moodle_participants,
    moodle_worksheet,
    zipped,
)
from tests_support import ASSIGNMENT, ROOT, class_answers

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bubblewrap.problem() is not None, reason="mlpgrade doctor finds no sandbox here"),
]
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
PAGES = [
    entry["file"].rpartition("/")[2]
    for part in TOC["parts"]
    for entry in part["chapters"]
    if "teaching" in entry["file"]
]
HANDED_IN = CLASS[:6]


def course_in(directory):
    """A course with one assignment, and what an instructor has downloaded of it."""
    shutil.copy(ROOT / "nbgrader_config.py", directory)
    shutil.copytree(ROOT / "solutions" / ASSIGNMENT, directory / "solutions" / ASSIGNMENT)
    shutil.copytree(ROOT / "exercises" / ASSIGNMENT, directory / "exercises" / ASSIGNMENT)
    shutil.copytree(ROOT / "mlpkit", directory / "mlpkit")
    released = nbformat.read(directory / "exercises" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    solved = to_notebook(directory / "solutions" / ASSIGNMENT / "notebook.py")
    answers = [one for one in class_answers(ASSIGNMENT) if one.name != "chen"]  # whose loops take seconds
    notebooks = [
        json.dumps(fill_in(released, answers[number % len(answers)], solved)) for number in range(len(HANDED_IN))
    ]
    downloads = directory / "downloads"
    downloads.mkdir()
    (downloads / "canvas_grades.csv").write_bytes(canvas_gradebook(titles=("Other (76)", "04 Linear layer (77)")))
    (downloads / "participants.csv").write_bytes(moodle_participants())
    (downloads / "moodle_grades.csv").write_bytes(moodle_worksheet(handed_in=HANDED_IN))
    canvas = {
        canvas_name(one, 9000 + one.number, f"{ASSIGNMENT}.ipynb"): text
        for one, text in zip(HANDED_IN, notebooks, strict=True)
    }
    zipped(canvas, downloads / "submissions.zip")
    moodle = {f"{moodle_folder(one)}/{ASSIGNMENT}.ipynb": text for one, text in zip(HANDED_IN, notebooks, strict=True)}
    zipped(moodle, downloads / "moodle_submissions.zip")
    return directory


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return course_in(tmp_path_factory.mktemp("term"))


@pytest.mark.parametrize("page", [page for page in PAGES if page != "moodle"])
def test_a_page_can_be_carried_out_as_it_stands_after_those_before_it(page, course):
    assert walk(ROOT / "docs" / "teaching" / f"{page}.md", course, by=commands.run) != []
    if page == "privacy":
        assert not [path for path in (course / "classroom").rglob("eve*") if "return" not in path.parts]


def test_the_page_on_moodle_begins_a_term_of_its_own(tmp_path):
    walk(ROOT / "docs" / "teaching" / "moodle.md", course_in(tmp_path), by=commands.run)


def test_every_command_is_told_of_on_some_page():
    told = argparse.ArgumentParser().add_subparsers()
    cli_teaching.add_to(told)
    text = "".join((ROOT / "docs" / "teaching" / f"{page}.md").read_text(encoding="utf-8") for page in PAGES)
    assert [name for name in told.choices if f"mlpgrade {name} " not in text] == []
