import nbformat
import pytest

from mlpgrade.answers import Answer, fill_in, read_answers


def write(tmp_path, text):
    path = tmp_path / "answers.py"
    path.write_text(text, encoding="utf-8")
    return path


def test_answers_are_read_with_what_must_come_of_them(tmp_path):
    path = write(
        tmp_path,
        "# %% a: right\nx = 1\n\n# %% b: two faults\n# loses: t u\n# loses: v\n# says: one\n# says: two\n# a comment\nx = 2\n",
    )
    right, wrong = read_answers(path)
    assert right == Answer("a", "right", "x = 1\n")
    assert wrong == Answer("b", "two faults", "# a comment\nx = 2\n", ("t", "u", "v"), ("one", "two"))


def test_two_answers_of_one_name_are_refused(tmp_path):
    with pytest.raises(ValueError, match="a is there more than once"):
        read_answers(write(tmp_path, "# %% a: x\n1\n# %% a: y\n2\n"))


def notebook(*solution_flags):
    cells = [nbformat.v4.new_code_cell("old", metadata={"nbgrader": {"solution": flag}}) for flag in solution_flags]
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("text"), *cells])


def test_an_answer_replaces_the_solution_cell_of_a_copy():
    released = notebook(True, False)
    filled = fill_in(released, Answer("a", "", "new\n"))
    assert [cell.source for cell in filled.cells] == ["text", "new", "old"]
    assert [cell.source for cell in released.cells] == ["text", "old", "old"]


@pytest.mark.parametrize("flags", [(), (True, True)])
def test_a_notebook_without_exactly_one_solution_cell_is_refused(flags):
    with pytest.raises(ValueError, match="expected one solution cell"):
        fill_in(notebook(*flags), Answer("a", "", "new"))
