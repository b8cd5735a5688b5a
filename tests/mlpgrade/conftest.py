"""A small course of its own for each test: one assignment, an empty gradebook."""

import shutil
from datetime import datetime

import pytest
from nbgrader.api import Gradebook

from mlpgrade.authoring.new import new
from mlpgrade.course import Course
from mlpgrade.gradebook.sources import generate
from teaching_support import of_ones_own

SMALL = "01_small"
"""The assignment: the template that `mlpgrade new` begins with."""

CONFIG = """
from pathlib import Path

from mlpgrade.gradebook.pipeline import configure

configure(get_config(), Path(__file__).resolve().parent, "small", libraries=[])
"""


@pytest.fixture(scope="session")
def empty_course(tmp_path_factory):
    """A course nobody has used. Making its gradebook and its notebook takes seconds, so it is made once."""
    root = tmp_path_factory.mktemp("course")
    (root / "nbgrader_config.py").write_text(CONFIG)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        for name in ("MLP_CLASSROOM", "MLP_RELEASE", "MLP_SOLUTIONS", "MLP_GRADEBOOK"):
            patch.delenv(name, raising=False)
        course = Course.here()
        new(course, SMALL)
        Course.here()  # which makes its notebook
        with Gradebook(course.db_url):
            pass
    return root


@pytest.fixture(scope="session")
def generated_course(empty_course, tmp_path_factory):
    """The same, whose gradebook knows the assignment."""
    root = shutil.copytree(empty_course, tmp_path_factory.mktemp("generated") / "course")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        generate(Course.here(), SMALL)
    return root


@pytest.fixture
def small_course(empty_course, tmp_path, monkeypatch):
    """A course of one's own."""
    return of_ones_own(empty_course, tmp_path, monkeypatch)


@pytest.fixture
def marked_course(generated_course, tmp_path, monkeypatch):
    """A course in which ada has 3 and 1 points, ben 1 and none yet, by a gradebook that nothing has run for."""
    course = of_ones_own(generated_course, tmp_path, monkeypatch)
    with Gradebook(course.db_url) as gradebook:
        for student, code, written, time in (
            ("ada", 3, 1, datetime(2026, 11, 20, 20)),
            ("ben", 1, None, datetime(2026, 11, 22, 20)),
        ):
            gradebook.add_student(student)
            submission = gradebook.add_submission(SMALL, student, timestamp=time)
            for grade in submission.notebooks[0].grades:
                if grade.name.endswith("rescale"):
                    grade.auto_score, grade.needs_manual_grade = code, False
                else:
                    grade.manual_score, grade.needs_manual_grade = written, written is None
        gradebook.db.commit()
    return course
