"""A question taken out, given to all, and back again: in nbgrader's own numbers, and nothing is forgotten."""

import pytest
from nbgrader.api import Gradebook

from mlpgrade import cli
from mlpgrade.course import CourseError
from mlpgrade.gradebook.settle import settle
from mlpgrade.teaching.void import restore, void

SMALL = "01_small"
TASK, WRITTEN = "01-small-rescale", "01-small-why"


def marks(course):
    with Gradebook(course.db_url) as gradebook:
        submissions = gradebook.find_assignment(SMALL).submissions
        return {one.student.id: (one.score, one.max_score) for one in submissions}


def test_taken_out_it_is_worth_nothing_and_comes_back_as_it_was(marked_course):
    assert marks(marked_course) == {"ada": (4, 5), "ben": (1, 5)}
    changed = void(marked_course, SMALL, TASK)
    assert [str(one) for one in changed] == ["ada: 4 before, 1 now", "ben: 1 before, 0 now"]
    assert marks(marked_course) == {"ada": (1, 2), "ben": (0, 2)}
    restore(marked_course, SMALL, TASK)
    assert marks(marked_course) == {"ada": (4, 5), "ben": (1, 5)}


def test_nbgrader_s_own_digest_of_the_cell_goes_along(marked_course):
    def digests():
        with Gradebook(marked_course.db_url) as gradebook:
            return {cell.name: cell.checksum for cell in gradebook.find_notebook(SMALL, SMALL).source_cells}

    before = digests()
    void(marked_course, SMALL, TASK)
    assert digests()[TASK] != before[TASK], "or else nbgrader autograde stops at it"
    restore(marked_course, SMALL, TASK)
    assert digests() == before


def test_given_to_all_it_is_worth_everything_also_where_a_person_had_marked_it(marked_course):
    void(marked_course, SMALL, WRITTEN, full=True)
    assert marks(marked_course) == {"ada": (5, 5), "ben": (3, 5)}
    restore(marked_course, SMALL, WRITTEN)
    with Gradebook(marked_course.db_url) as gradebook:
        grades = {one.student.id: grade for one in gradebook.find_assignment(SMALL).submissions for grade in one.notebooks[0].grades if grade.name == WRITTEN}  # fmt: skip
        assert (grades["ada"].manual_score, grades["ada"].needs_manual_grade) == (1, False)
        assert (grades["ben"].manual_score, grades["ben"].needs_manual_grade) == (None, True)


def test_from_one_to_the_other_the_marks_of_before_survive(marked_course):
    void(marked_course, SMALL, TASK)
    void(marked_course, SMALL, TASK, full=True)
    assert marks(marked_course) == {"ada": (4, 5), "ben": (3, 5)}
    void(marked_course, SMALL, TASK)
    restore(marked_course, SMALL, TASK)
    assert marks(marked_course) == {"ada": (4, 5), "ben": (1, 5)}


def test_a_mark_that_nbgrader_enters_afterwards_does_not_count_but_is_kept(marked_course):
    void(marked_course, SMALL, TASK)
    with Gradebook(marked_course.db_url) as gradebook:
        grade = next(one for one in gradebook.find_submission(SMALL, "ben").notebooks[0].grades if one.name == TASK)
        grade.auto_score = 2
        gradebook.db.commit()
    settle(marked_course, SMALL)
    assert marks(marked_course)["ben"] == (0, 2)
    restore(marked_course, SMALL, TASK)
    assert marks(marked_course)["ben"] == (2, 5)


def test_the_command_says_whose_marks_change_and_what_it_does_not_know(marked_course, capsys):
    assert cli.main(["void", SMALL, TASK]) == 0
    assert "01-small-rescale is taken out: 2 marks change" in capsys.readouterr().out
    assert cli.main(["void", SMALL, TASK, "--undo"]) == 0
    assert cli.main(["void", SMALL, "nothing"]) == 2
    assert f"there are: {TASK}, {WRITTEN}" in capsys.readouterr().err
    with pytest.raises(CourseError, match="is not voided"):
        restore(marked_course, SMALL, TASK)
