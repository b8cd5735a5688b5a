"""What tests/mutants.py makes of a solution; whether the judges notice is for `make audit`."""

import pytest

import mutants
from bank_support import ASSIGNMENTS, NOTEBOOKS
from mlpgrade.authoring.answers import solution_cells

CELL = """def f(x, A):
    \"\"\"Add 1.\"\"\"
    x = x + 7
    ### BEGIN SOLUTION f: return 1 + x.
    if x < 0:
        raise ValueError("below 0")
    return A.T @ x
    ### END SOLUTION
"""


def test_only_the_solution_is_changed_and_no_message():
    assert {mutant.added for mutant in mutants.mutants("f", CELL)} == {
        "if x <= 0:",
        "if x < 1:",
        "return A.T * x",
        "return A @ x",
        "pass instead of return A.T @ x",
        'pass instead of raise ValueError("below 0")',
    }


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_solution_cell_can_be_changed_and_what_is_listed_is_among_the_changes(assignment):
    made = set()
    for cell in solution_cells(NOTEBOOKS[assignment]):
        found = {
            (assignment, cell.metadata.nbgrader.grade_id, mutant.added)
            for mutant in mutants.mutants(cell.metadata.nbgrader.grade_id, cell.source)
        }
        assert found
        made |= found
    assert {key for key in mutants.listed() if key[0] == assignment} <= made


def test_a_change_that_matters_is_caught_and_the_solution_is_not():
    cell = solution_cells(NOTEBOOKS["04_linear_layer"])[0]
    made = {mutant.added: mutant for mutant in mutants.mutants("linear", cell.source)}
    assert not mutants.quietly_survives("04_linear_layer", made["return X @ self.W - self.b"])
    assert mutants.quietly_survives("04_linear_layer", mutants.Mutant("linear", cell.source, "", ""))
