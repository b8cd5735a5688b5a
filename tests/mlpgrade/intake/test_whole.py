import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from mlpgrade.intake.whole import MAX_CELLS, is_answered, make_whole


def part(name, source, *, locked):
    notes = {
        "grade": locked,
        "grade_id": name,
        "locked": locked,
        "points": 1,
        "solution": not locked,
        "schema_version": 3,
    }
    return new_code_cell(source, id=name, metadata={"nbgrader": notes})


def released():
    cells = [
        new_code_cell("import numpy"),
        part("one", "stub 1", locked=False),
        part("test-one", "check 1", locked=True),
        part("two", "stub 2", locked=False),
        part("test-two", "check 2", locked=True),
    ]
    return new_notebook(cells=cells)


def whole(*cells):
    submitted = new_notebook()
    submitted.cells = list(cells)  # not checked for doubled ids, which are among what is tested
    result = make_whole(submitted, released())
    nbformat.validate(result)
    assert len({cell.id for cell in result.cells}) == len(result.cells)
    return result


def sources(notebook):
    return [cell.source for cell in notebook.cells]


ONE, TEST_ONE, TWO, TEST_TWO = (
    part("one", "mine 1", locked=False),
    part("test-one", "check 1", locked=True),
    part("two", "mine 2", locked=False),
    part("test-two", "check 2", locked=True),
)
AS_IT_SHOULD_BE = ["mine 1", "check 1", "mine 2", "check 2"]


@pytest.mark.parametrize(
    "cells",
    [
        (ONE, TEST_ONE, TWO, TEST_TWO),
        (ONE, TWO, TEST_TWO),
        (TEST_ONE, ONE, TEST_TWO, TWO),
        (ONE, TEST_ONE, TEST_ONE, TWO, TEST_TWO, TEST_ONE),
        (ONE, part("test-one", "pass", locked=True), TWO, part("test-two", "score = 99", locked=False)),
    ],
    ids=["whole", "missing", "moved", "doubled", "edited"],
)
def test_tests_stand_once_as_released_behind_what_they_test(cells):
    assert sources(whole(*cells))[:2] == AS_IT_SHOULD_BE[:2]
    assert sorted(sources(whole(*cells))) == sorted(AS_IT_SHOULD_BE)
    assert sources(whole(*cells)).index("check 2") > sources(whole(*cells)).index("mine 2")


def test_extra_cells_stay_where_the_student_put_them():
    extra = new_code_cell("helper")
    assert sources(whole(extra, ONE, TEST_ONE, new_markdown_cell("note"), TWO, TEST_TWO)) == [
        "helper", "mine 1", "check 1", "note", "mine 2", "check 2"
    ]  # fmt: skip


def test_solutions_may_be_in_another_order():
    assert sources(whole(TWO, ONE, TEST_ONE, TEST_TWO)) == ["mine 2", "mine 1", "check 1", "check 2"]


def test_where_a_solution_cell_is_gone_the_tests_follow_the_students_code():
    assert sources(whole(new_code_cell("all of it")))[0] == "all of it"


def test_a_doubled_solution_cell_is_run_but_is_a_plain_cell():
    again = part("one", "mine 1, better", locked=False)
    result = whole(ONE, again, TEST_ONE, TWO, TEST_TWO)
    assert sources(result)[:3] == ["mine 1", "mine 1, better", "check 1"]
    assert "nbgrader" not in result.cells[1].metadata


def test_tags_and_unknown_metadata_are_taken_off():
    tagged = part("one", "mine 1", locked=False)
    tagged.metadata |= {"tags": ["skip-execution", "raises-exception"], "other": 1}
    test = part("test-one", "check 1", locked=True)
    test.metadata["tags"] = ["skip-execution"]
    result = make_whole(
        new_notebook(cells=[tagged, test], metadata={"kernelspec": {"name": "ir", "display_name": "R"}}), released()
    )
    assert all(set(cell.metadata) <= {"nbgrader"} for cell in result.cells)
    assert result.metadata == released().metadata


def test_points_and_flags_are_those_of_the_release():
    greedy = part("one", "mine 1", locked=False)
    greedy.metadata["nbgrader"] |= {"grade": True, "points": 100, "task": True}
    result = whole(greedy, TEST_ONE, TWO, TEST_TWO)
    assert result.cells[0].metadata == released().cells[1].metadata


@pytest.mark.parametrize(
    "notes", [7, {"grade_id": 3}, {"grade_id": ["one"]}, {"grade": True}, {"grade_id": "unknown", "grade": True}]
)
def test_nonsense_in_nbgraders_place_makes_a_plain_cell(notes):
    odd = new_code_cell("x", metadata={"nbgrader": notes})
    assert whole(odd, ONE, TWO).cells[0].metadata == {}


def test_a_solution_turned_into_text_is_text():
    text = new_markdown_cell("mine 1", metadata=ONE.metadata)
    assert whole(text, TEST_ONE).cells[0].cell_type == "markdown"


def test_a_raw_cell_becomes_text_that_no_browser_runs():
    result = whole(new_raw_cell("<script>alert(1)</script>"))
    assert result.cells[0].cell_type == "markdown"
    assert result.cells[0].source.startswith("```\n<script>")


def test_the_number_of_cells_is_bounded():
    assert len(whole(*[new_code_cell("x")] * (3 * MAX_CELLS)).cells) <= MAX_CELLS + 2


def test_what_was_released_is_no_answer_also_where_its_hidden_lines_are_known():
    known = released()
    known.cells[2].source += "\n### BEGIN HIDDEN TESTS\ngrade(1)\n### END HIDDEN TESTS\n"
    assert not is_answered(released(), known)
    mine = released()
    mine.cells[1].source = "mine 1"
    assert is_answered(mine, known)
