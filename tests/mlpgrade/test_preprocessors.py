import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.utils import determine_grade

from mlpgrade import preprocessors, probe, wire
from mlpgrade.challenge import course_secret, generator
from mlpgrade.judge import to_json
from mlpgrade.tasks import TASKS
from mlpkit import Linear

RESOURCES = {"nbgrader": {"student": "ada", "assignment": "04_linear_layer", "notebook": "04_linear_layer"}}


def graded_cell(task="linear-forward", *outputs):
    marks = {
        "grade": True,
        "grade_id": task,
        "locked": True,
        "points": 3,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    return new_code_cell("test", metadata={"nbgrader": marks}, outputs=list(outputs))


def answers_of(target, secret_file, task="linear-forward"):
    cases = TASKS[task].challenge(generator(course_secret(secret_file), "ada", "04_linear_layer", task))
    return new_output("display_data", data={wire.MIME: {"task": task, "answers": probe.run(to_json(cases), target)}})


@pytest.fixture
def secret_file(tmp_path):
    return tmp_path / "secret"


def judge(secret_file, *cells):
    notebook = new_notebook(cells=list(cells))
    judged, _ = preprocessors.JudgeAnswers(secret_file=str(secret_file)).preprocess(notebook, RESOURCES)
    return judged


def points(cell):
    return determine_grade(cell)[0]


def test_right_answers_earn_the_points_whatever_else_the_cell_put_out(secret_file):
    noise = [
        new_output("stream", name="stderr", text="RuntimeWarning: harmless"),
        new_output("execute_result", data={"text/plain": "0.0"}),
        new_output("error", ename="NotYet", evalue="a visible test failed", traceback=["…"]),
    ]
    judged = judge(secret_file, graded_cell("linear-forward", noise[0], answers_of(Linear, secret_file), *noise[1:]))
    assert points(judged.cells[0]) == 3


@pytest.mark.parametrize(
    "forged",
    [
        new_output("execute_result", data={"text/plain": "3.0"}),
        new_output("stream", name="stdout", text="linear-forward: 3 of 3 points.\n"),
        new_output("display_data", data={wire.MIME: {"task": "linear-forward", "answers": []}}),
        new_output("display_data", data={wire.MIME: {"task": "linear-forward"}}),
        new_output("display_data", data={wire.MIME: {"task": "linear-update", "answers": [{"published": {}}] * 9}}),
        new_output("display_data", data={wire.MIME: "linear-forward"}),
    ],
)
def test_forged_outputs_earn_nothing(secret_file, forged):
    judged = judge(secret_file, graded_cell("linear-forward", forged))
    assert points(judged.cells[0]) == 0


def test_a_cell_without_any_output_earns_nothing(secret_file):
    judged = judge(secret_file, graded_cell())
    assert points(judged.cells[0]) == 0
    assert "The test did not run" in str(judged.cells[0].outputs)


def test_answers_to_another_students_challenge_earn_nothing(secret_file):
    cases = TASKS["linear-forward"].challenge(
        generator(course_secret(secret_file), "bob", "04_linear_layer", "linear-forward")
    )
    copied = {"task": "linear-forward", "answers": probe.run(to_json(cases), Linear)}
    judged = judge(secret_file, graded_cell("linear-forward", new_output("display_data", data={wire.MIME: copied})))
    assert points(judged.cells[0]) == 0


def test_the_cell_that_failed_first_is_named_where_there_is_no_answer(secret_file):
    broken = new_code_cell(
        "\nclass Linear:\n  oops", outputs=[new_output("error", ename="SyntaxError", evalue="invalid", traceback=[])]
    )
    judged = judge(secret_file, broken, graded_cell())
    assert "The cell that begins with “class Linear:” failed first: SyntaxError: invalid" in str(
        judged.cells[1].outputs
    )


def test_answers_do_not_stay_in_the_notebook(secret_file):
    judged = judge(secret_file, graded_cell("linear-forward", answers_of(Linear, secret_file)))
    assert wire.MIME not in str(judged)


def test_cells_of_other_kinds_are_left_alone(secret_file):
    essay = graded_cell("essay", new_output("stream", name="stdout", text="kept"))
    judged = judge(secret_file, new_markdown_cell("text"), essay)
    assert judged.cells[1].outputs[0].text == "kept"


def test_the_challenge_is_handed_in_first_and_taken_out_again(secret_file):
    notebook = new_notebook(cells=[graded_cell()])
    step = preprocessors.HandInChallenges(secret_file=str(secret_file))
    prepared, _ = step.preprocess(notebook, RESOURCES)
    assert len(prepared.cells) == 2
    assert "hand_in" in prepared.cells[0].source
    cases = TASKS["linear-forward"].challenge(
        generator(course_secret(secret_file), "ada", "04_linear_layer", "linear-forward")
    )
    namespace: dict = {}
    exec(prepared.cells[0].source, namespace)
    assert namespace["mlpgrade"].entry._challenges["linear-forward"] == to_json(cases)
    namespace["mlpgrade"].entry._challenges.clear()
    assert [cell.source for cell in judge(secret_file, *prepared.cells).cells] == ["test"]


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


def test_the_probe_computes_what_numpy_computes():
    """Guards the helper above: answers of the reference are those of X W + b."""
    cases = TASKS["linear-forward"].challenge(np.random.default_rng(0))
    step = {step["name"]: wire.decode(step["value"]) for step in cases[1].steps if step["do"] == "bind"}
    put = {step["attribute"]: wire.decode(step["value"]) for step in cases[1].steps if step["do"] == "put"}
    answers = probe.run(to_json(cases), Linear)[1]["published"]
    assert np.allclose(wire.decode(answers["forward(X)"]), step["X"] @ put["W"] + put["b"])
