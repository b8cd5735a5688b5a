import nbformat
import pytest

from mlpgrade.authoring.answers import Answer, fill_in, read_answers, read_file


def write(tmp_path, text):
    path = tmp_path / "answers.py"
    path.write_text(text, encoding="utf-8")
    return path


def test_answers_are_read_with_what_must_come_of_them(tmp_path):
    path = write(
        tmp_path,
        "# %% a: right\nx = 1\n\n# %% b: two faults\n# student: bob\n# earns: t 1.5\n# earns: u 0-2\n# named: t.a t.b\n# says: one\n# says: two\n# unseen: u\n# a comment\nx = 2\n",
    )
    right, wrong = read_file(path)
    assert right == Answer("a", "right", "x = 1\n")
    earns = {"t": (1.5, 1.5), "u": (0.0, 2.0)}
    told = ("t.a", "t.b"), ("one", "two"), ("u",)
    assert wrong == Answer("b", "two faults", "# a comment\nx = 2\n", earns, *told, student="bob")
    assert (right.right, wrong.right, wrong.loses) == (True, False, ("t", "u"))


def test_points_that_cannot_be_read_are_refused(tmp_path):
    with pytest.raises(ValueError, match="should be a task and its points"):
        read_file(write(tmp_path, "# %% a: x\n# earns: t\n1\n"))


def test_two_answers_of_one_name_are_refused(tmp_path):
    with pytest.raises(ValueError, match="a is there more than once"):
        read_answers(write(tmp_path, "# %% a: x\n1\n# %% a: y\n2\n").parent)


def notebook(**sources):
    """A notebook with a solution cell for each source."""
    cells = [
        nbformat.v4.new_code_cell(source, metadata={"nbgrader": {"solution": True, "grade_id": name}})
        for name, source in sources.items()
    ]
    test = nbformat.v4.new_code_cell("test", metadata={"nbgrader": {"solution": False, "grade_id": "t"}})
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("text"), *cells, test])


RELEASED = notebook(one="def f(): ...", two="class G: ...")
SOLVED = notebook(one="def f(): 1", two="class G: 1")


def filled(source):
    return [cell.source for cell in fill_in(RELEASED, Answer("a", "", source), SOLVED).cells]


def test_an_answer_replaces_the_cell_that_defines_the_same_names_and_the_others_are_solved():
    assert filled("class G: 2\n") == ["text", "def f(): 1", "class G: 2", "test"]
    assert [cell.source for cell in RELEASED.cells] == ["text", "def f(): ...", "class G: ...", "test"]


def test_an_answer_for_several_cells_is_divided_at_its_marks():
    assert filled("# cell: two\nG = 2\n# cell: one\nf = 2\n") == ["text", "f = 2", "G = 2", "test"]


def test_where_there_is_one_solution_cell_it_takes_any_answer():
    only = notebook(one="def f(): ...")
    assert fill_in(only, Answer("a", "", "x ="), only).cells[1].source == "x ="


@pytest.mark.parametrize("source", ["x = 1\n", "# cell: three\nx = 1\n"])
def test_an_answer_that_belongs_to_no_cell_is_refused(source):
    with pytest.raises(ValueError, match="expected code for one of the cells one, two"):
        filled(source)
