import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.utils import determine_grade

from mlpgrade.judging import probe, wire
from mlpgrade.judging.judge import to_json
from mlpgrade.marking import notebook as marking
from mlpkit import Linear
from tests_support import ASSIGNMENT, COURSE, DECLARED, TASKS

SEEDS = {"linear-forward": 1, "linear-update": 2}


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


def answers_of(target, task="linear-forward"):
    cases = DECLARED[ASSIGNMENT].cases(task, SEEDS[task])
    return new_output("display_data", data={wire.MIME: {"task": task, "answers": probe.run(to_json(cases), target)}})


def judge(*cells, problem=""):
    notebook = new_notebook(cells=list(cells))
    marking.put_verdicts(notebook, COURSE.assignment(ASSIGNMENT), SEEDS, problem)
    return notebook


def points(cell):
    return determine_grade(cell)[0]


def test_right_answers_earn_the_points_whatever_else_the_cell_put_out():
    noise = [
        new_output("stream", name="stderr", text="RuntimeWarning: harmless"),
        new_output("execute_result", data={"text/plain": "0.0"}),
        new_output("error", ename="NotYet", evalue="a visible test failed", traceback=["…"]),
    ]
    judged = judge(graded_cell("linear-forward", noise[0], answers_of(Linear), *noise[1:]))
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
def test_forged_outputs_earn_nothing(forged):
    judged = judge(graded_cell("linear-forward", forged))
    assert points(judged.cells[0]) == 0


def test_a_cell_without_any_output_earns_nothing():
    judged = judge(graded_cell())
    assert points(judged.cells[0]) == 0
    assert "The test did not run" in str(judged.cells[0].outputs)


def test_answers_to_another_challenge_earn_nothing():
    cases = DECLARED[ASSIGNMENT].cases("linear-forward", 7)
    copied = {"task": "linear-forward", "answers": probe.run(to_json(cases), Linear)}
    judged = judge(graded_cell("linear-forward", new_output("display_data", data={wire.MIME: copied})))
    assert points(judged.cells[0]) == 0


def test_a_refused_submission_earns_nothing_and_says_why():
    notebook = new_notebook(cells=[graded_cell()])
    marking.note_intake(notebook, refused="it is a picture")
    marking.put_verdicts(notebook, COURSE.assignment(ASSIGNMENT), SEEDS, "")
    assert points(notebook.cells[0]) == 0
    assert "What was handed in could not be graded: it is a picture." in str(notebook.cells[0].outputs)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({"refused": "it is a picture"}, ["nothing could be graded: it is a picture"]),
        ({"answered": True}, ["there are answers, but they earned nothing"]),
        ({"answered": False}, []),
        ({"answered": False, "doubts": ["b.ipynb is answered too"]}, ["b.ipynb is answered too"]),
    ],
)
def test_what_a_machine_should_not_settle_alone_is_noted_for_a_person(found, told):
    notebook = new_notebook(cells=[graded_cell()])
    marking.note_intake(notebook, **found)
    marking.put_verdicts(notebook, COURSE.assignment(ASSIGNMENT), SEEDS, "")
    assert notebook.metadata[marking.NOTES]["attention"] == told


def test_answers_that_earned_something_need_nobody():
    notebook = new_notebook(cells=[graded_cell(), graded_cell("linear-forward", answers_of(Linear))])
    marking.note_intake(notebook, answered=True)
    marking.put_verdicts(notebook, COURSE.assignment(ASSIGNMENT), SEEDS, "")
    assert notebook.metadata[marking.NOTES]["attention"] == []


def test_how_the_notebook_ended_is_told_where_there_is_no_answer():
    judged = judge(graded_cell(), problem="The notebook stopped in its code cell 3: it took too long.")
    assert "The notebook stopped in its code cell 3: it took too long." in str(judged.cells[0].outputs)


def test_seeds_repeat_for_the_same_submission_and_differ_for_another(tmp_path):
    def seed(student="ada", source="x = 1"):
        notebook = new_notebook(cells=[new_code_cell(source), graded_cell()])
        return marking.draw_seeds(notebook, tmp_path / "secret", student, COURSE.assignment(ASSIGNMENT))[
            "linear-forward"
        ]

    assert seed() == seed()
    assert len({seed(), seed("bob"), seed("ada", "x = 2")}) == 3


def test_the_cell_that_failed_first_is_named_where_there_is_no_answer():
    broken = new_code_cell(
        "\nclass Linear:\n  oops", outputs=[new_output("error", ename="SyntaxError", evalue="invalid", traceback=[])]
    )
    judged = judge(broken, graded_cell())
    assert "The cell that begins with “class Linear:” failed first: SyntaxError: invalid" in str(
        judged.cells[1].outputs
    )


@pytest.mark.parametrize("file", ["<ipython-input-3-0123abcd>", "2741208539.py", "<unknown>"])
def test_a_syntax_error_shows_the_students_own_line_and_no_file(file):
    error = new_output("error", ename="SyntaxError", evalue=f"invalid syntax ({file}, line 2)", traceback=[])
    judged = judge(new_code_cell("class Linear:\n    def forward(self, X\n", outputs=[error]), graded_cell())
    said = str(judged.cells[1].outputs)
    assert "SyntaxError: invalid syntax, in its line 2: def forward(self, X." in said
    assert file not in said


def test_students_read_what_a_task_is_about_and_not_its_id():
    judged = judge(graded_cell("linear-backward"))
    assert "backward of the linear layer: 0 of " in str(judged.cells[0].outputs)
    assert judged.cells[0].metadata[marking.NOTES]["title"] == "backward of the linear layer"


def test_answers_do_not_stay_in_the_notebook():
    judged = judge(graded_cell("linear-forward", answers_of(Linear)))
    assert wire.MIME not in str(judged)


def test_cells_of_other_kinds_are_left_alone():
    essay = graded_cell("essay", new_output("stream", name="stdout", text="kept"))
    judged = judge(new_markdown_cell("text"), essay)
    assert judged.cells[1].outputs[0].text == "kept"


def test_the_probe_computes_what_numpy_computes():
    """Guards the helper above: answers of the reference are those of X W + b."""
    cases = TASKS["linear-forward"].challenge(np.random.default_rng(0))
    step = {step["name"]: wire.decode(step["value"]) for step in cases[1].steps if step["do"] == "bind"}
    put = {step["attribute"]: wire.decode(step["value"]) for step in cases[1].steps if step["do"] == "put"}
    answers = probe.run(to_json(cases), Linear)[1]["published"]
    assert np.allclose(wire.decode(answers["forward(X)"]), step["X"] @ put["W"] + put["b"])


def test_that_there_is_no_sandbox_is_said_once_for_a_class(monkeypatch, caplog):
    marking.warn_of.cache_clear()
    monkeypatch.setattr(marking.bubblewrap, "problem", lambda: "there is none")
    monkeypatch.setattr("mlpgrade.marking.kernel.run_in_kernel", lambda *given: "")
    for _ in range(3):
        marking.run(new_notebook(cells=[graded_cell()]), COURSE.assignment(ASSIGNMENT), SEEDS)
    assert [record.getMessage().partition(",")[0] for record in caplog.records] == ["NO SANDBOX"]


def test_what_stands_behind_the_last_graded_cell_is_not_run_and_says_so(monkeypatch):
    """A slow layer could take minutes to train the network of the last plot."""
    ran = []

    def run_them(notebook, handed, image, seconds):
        ran.extend(cell.source for cell in notebook.cells)
        return ""

    monkeypatch.setattr(marking.bubblewrap, "problem", lambda: "there is none")
    monkeypatch.setattr("mlpgrade.marking.kernel.run_in_kernel", run_them)
    old = [new_output("stream", name="stdout", text="as handed in")]
    cells = [new_code_cell("first"), graded_cell(), new_markdown_cell("why"), graded_cell("linear-update")]
    rest = [new_markdown_cell("now play"), new_code_cell("train", outputs=old), new_code_cell("plot", outputs=old)]
    notebook = new_notebook(cells=cells + rest)
    assert marking.run(notebook, COURSE.assignment(ASSIGNMENT), SEEDS) == ""
    assert ran == ["first", "test", "why", "test"]
    assert [output.text for output in notebook.cells[5].outputs] == [marking.NOT_RUN]
    assert notebook.cells[6].outputs == []


@pytest.mark.slow
@pytest.mark.parametrize("sandboxed", [True, False])
def test_what_is_asked_for_cannot_be_imported_and_own_modules_can_with_and_without_a_sandbox(monkeypatch, sandboxed):
    if not sandboxed:
        monkeypatch.setattr(marking.bubblewrap, "problem", lambda: "there is none")
    elif marking.bubblewrap.problem():
        pytest.skip(f"no sandbox: {marking.bubblewrap.problem()}")
    cells = [
        new_code_cell("from mlpkit import Linear"),
        new_code_cell("import mine\nfrom mlpkit import Tanh\nmine.FOUND"),
    ]
    notebook = new_notebook(cells=[*cells, graded_cell()])
    forged = "def grade(task, target): print('right')"
    shadows = {"mlpgrade": forged, "mlpkit": "class Linear: pass", "numpy": "raise SystemExit"}
    marking.note_intake(notebook, modules={"mine": "import numpy\nFOUND = numpy.array(41) + 1"} | shadows)
    problem = marking.run(notebook, COURSE.assignment(ASSIGNMENT), SEEDS)
    assert "42" in notebook.cells[1].outputs[0].data["text/plain"]
    marking.put_verdicts(notebook, COURSE.assignment(ASSIGNMENT), SEEDS, problem)
    assert points(notebook.cells[2]) == 0
    said = "Linear is what this assignment asks you to write, so it cannot be imported while it is graded."
    assert said in str(notebook.cells[2].outputs)
