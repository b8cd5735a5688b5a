import nbformat
import pytest
from nbgrader.utils import determine_grade

from mlpgrade.judging.verdict import Verdict


def cell_with(verdict, points):
    marks = {
        "grade": True,
        "grade_id": "t",
        "locked": True,
        "points": points,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    return nbformat.v4.new_code_cell(
        "", metadata={"nbgrader": marks}, outputs=nbformat.from_dict(verdict.outputs(points))
    )


@pytest.mark.parametrize("points", [1, 3, 2.5])
@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0])
def test_nbgrader_reads_the_share_of_the_points_from_the_outputs(share, points):
    earned, possible = determine_grade(cell_with(Verdict("t", share, ("why",)), points))
    assert earned == pytest.approx(share * points)
    assert possible == points


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_every_reason_and_the_section_reach_the_student(share):
    cell = cell_with(Verdict("t", share, ("first reason", "second reason"), "Chapter, section “S”"), 2)
    text = str(cell.outputs)
    for part in ("first reason", "second reason", "Chapter, section “S”"):
        assert part in text


def test_outputs_are_valid_in_a_notebook():
    for share in (0.0, 0.5, 1.0):
        nbformat.validate(nbformat.v4.new_notebook(cells=[cell_with(Verdict("t", share, ("why",)), 2)]))


def test_a_share_of_the_points_is_told_in_two_digits():
    assert Verdict("t", 0.504638, ("why",)).text(10).startswith("t: 5.05 of 10 points.")
