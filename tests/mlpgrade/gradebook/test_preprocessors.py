import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from mlpgrade.gradebook import preprocessors
from mlpgrade.judging.verdict import Verdict


def graded_cell(task="linear-forward"):
    marks = {
        "grade": True,
        "grade_id": task,
        "locked": True,
        "points": 3,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    return new_code_cell("test", metadata={"nbgrader": marks})


def test_the_message_after_begin_solution_becomes_the_stubs():
    cell = new_code_cell(
        "def f():\n    ### BEGIN SOLUTION f: return 1.\n    return 1\n    ### END SOLUTION\ndef g():\n    ### BEGIN SOLUTION\n    pass\n    ### END SOLUTION"
    )
    cell.metadata["nbgrader"] = {
        "grade": False,
        "grade_id": "f",
        "locked": False,
        "schema_version": 3,
        "solution": True,
        "task": False,
    }
    stubs = preprocessors.HintedStubs(code_stub={"python": "# Your code here.\nraise NotImplementedError()"})
    cleared, _ = stubs.preprocess(new_notebook(cells=[cell]), {})
    assert cleared.cells[0].source == (
        'def f():\n    # Your code here.\n    raise NotImplementedError("f: return 1.")\n'
        "def g():\n    # Your code here.\n    raise NotImplementedError()"
    )


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("### BEGIN HIDDEN TESTS\nsecret\n### END HIDDEN TESTS\nvisible", "visible"),
        ("visible\n    # BEGIN HIDDEN TESTS\n    secret\n    # END HIDDEN TESTS", "visible\n"),
        ("visible", "visible"),
    ],
)
def test_feedback_loses_the_hidden_lines_of_graded_cells(source, left):
    cell = graded_cell()
    cell.source = source
    hidden, _ = preprocessors.HideHiddenTests().preprocess(new_notebook(cells=[cell]), {})
    assert hidden.cells[0].source == left


def test_a_students_own_cell_may_speak_of_hidden_tests():
    cell = new_code_cell("# BEGIN HIDDEN TESTS")
    hidden, _ = preprocessors.HideHiddenTests().preprocess(new_notebook(cells=[cell]), {})
    assert hidden.cells[0].source == "# BEGIN HIDDEN TESTS"


def test_the_number_by_which_nbgrader_reads_points_is_not_shown():
    verdict = Verdict("t", 0.5, ("why",)).outputs(2)
    cell = graded_cell()
    cell.outputs = nbformat.from_dict(verdict)
    shown, _ = preprocessors.HideHiddenTests().preprocess(new_notebook(cells=[cell]), {})
    (output,) = shown.cells[0].outputs
    assert "why" in output.text
