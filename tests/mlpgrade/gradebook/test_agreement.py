"""Source, released notebook and gradebook: where they disagree nothing is marked, and how they come to agree again."""

import pytest
from nbgrader.api import Gradebook

from mlpgrade.course import Course, CourseError
from mlpgrade.gradebook import agreement
from mlpgrade.gradebook.sources import generate, release
from mlpgrade.teaching.void import void

SMALL = "01_small"
TASK, WRITTEN = "01-small-rescale", "01-small-why"


def edit(course, *changes):
    path = course.solutions / SMALL / "notebook.py"
    text = path.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)
    return Course.here()


def names(course):
    with Gradebook(course.db_url) as gradebook:
        return {grade.name: grade.auto_score for grade in gradebook.find_submission(SMALL, "ada").notebooks[0].grades}


def test_as_released_they_agree(marked_course):
    assert agreement.differences(marked_course, SMALL) == []
    assert "agree" in agreement.accept(marked_course, SMALL)[0]


def test_other_points_are_named_and_grading_refuses_until_they_are_taken_up(marked_course):
    course = edit(marked_course, ('"points": 2', '"points": 6'))
    with pytest.raises(
        CourseError, match=f"{WRITTEN} is worth 6 in the source, 2 as released, 2 in the gradebook.*--accept-new-points"
    ):
        agreement.require(course, SMALL)
    release(course, SMALL)
    assert agreement.differences(course, SMALL) == [
        f"{WRITTEN} is worth 6 in the source, 6 as released, 2 in the gradebook"
    ]
    agreement.accept(course, SMALL)
    assert agreement.differences(course, SMALL) == []
    with Gradebook(course.db_url) as gradebook:
        assert gradebook.find_assignment(SMALL).max_score == 9
        assert gradebook.find_submission(SMALL, "ada").score == 4


def test_a_task_that_is_gone_goes_with_its_marks_and_nbgrader_can_generate_again(marked_course):
    text = (marked_course.solutions / SMALL / "notebook.py").read_text()
    start = text.index("# %% [markdown] nbgrader=")
    course = edit(marked_course, (text[start:], ""))
    assert agreement.differences(course, SMALL) == [
        f"{WRITTEN} is worth nothing in the source, 2 as released, 2 in the gradebook"
    ]
    agreement.accept(course, SMALL)
    assert names(course) == {TASK: 3}
    generate(course, SMALL)
    assert agreement.differences(course, SMALL) == []


def test_a_new_task_gets_a_place_for_its_marks(marked_course):
    cell = '# %% [markdown] nbgrader={"grade": true, "grade_id": "more", "locked": false, "points": 1, "schema_version": 3, "solution": true, "task": false}\n# Here.\n'  # fmt: skip
    course = edit(marked_course, ("# %% [markdown] nbgrader=", cell + "\n# %% [markdown] nbgrader="))
    agreement.accept(course, SMALL)
    assert names(course) == {TASK: 3, WRITTEN: None, "more": None}


def test_a_voided_task_is_no_disagreement(marked_course):
    void(marked_course, SMALL, TASK)
    assert agreement.differences(marked_course, SMALL) == []
