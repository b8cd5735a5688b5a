"""Hostile submissions, each run for real beside an honest class: they gain nothing, hang nothing and harm nothing."""

import json
import os
import shutil
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from mlpgrade.authoring.answers import Answer, fill_in, read_file
from mlpgrade.course import Course
from mlpgrade.gradebook.grading import grade
from mlpgrade.gradebook.sources import release, to_notebook
from mlpgrade.sandbox import bubblewrap, runner
from mlpgrade.teaching.report import class_report
from tests_support import ASSIGNMENT, ROOT, class_answers, image, running, still_running

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bubblewrap.problem() is not None, reason=f"no sandbox: {bubblewrap.problem()}"),
]

HOSTILE = ROOT / "tests" / "hostile"
CELLS = read_file(HOSTILE / "cells.py")
HONEST = [answer for answer in class_answers(ASSIGNMENT) if not answer.loses][:3]
POINTS = {"linear-forward": 3, "linear-backward": 5, "linear-update": 2}
LIMITS = {"cell": 5.0, "wall": 20.0, "cpu": 15, "memory": 1 << 30, "output": 8 << 20}


def graded_cells(notebook):
    """The cells that nbgrader grades."""
    return [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]


def skip_tags(nb):
    for cell in nb.cells:
        cell.metadata["tags"] = ["skip-execution", "remove_cell"]


def no_tests(nb):
    nb.cells = [cell for cell in nb.cells if not cell.metadata.get("nbgrader", {}).get("grade")]


def doubled_tests(nb):
    for cell in graded_cells(nb):
        fake = nbformat.from_dict(json.loads(json.dumps(cell)))
        fake.source = "5.0"
        nb.cells.append(fake)


def edited_tests(nb):
    for cell in graded_cells(nb):
        cell.source = "print('5 of 5 points')"
        cell.metadata.nbgrader |= {"points": 500, "checksum": "0"}


def moved_tests(nb):
    tests = graded_cells(nb)
    no_tests(nb)
    nb.cells = tests + nb.cells


def as_text(nb):
    for cell in graded_cells(nb):
        cell.cell_type = "markdown"
        del cell["outputs"], cell["execution_count"]


def as_solutions(nb):
    for cell in graded_cells(nb):
        cell.metadata.nbgrader |= {"solution": True, "locked": False, "grade": True}
        cell.source = "5.0"


def renamed_tests(nb):
    for number, cell in enumerate(graded_cells(nb)):
        cell.metadata.nbgrader["grade_id"] = f"other-{number}"


def manual_grading(nb):
    for cell in graded_cells(nb):
        cell.metadata.nbgrader |= {"task": True, "grade": False}


def finished_outputs(nb):
    for cell in graded_cells(nb):
        cell.outputs = [nbformat.v4.new_output("execute_result", data={"text/plain": "5.0"})]


def old_schema(nb):
    for cell in nb.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader["schema_version"] = 1


def future_schema(nb):
    for cell in nb.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader["schema_version"] = 99


def other_kernel(nb):
    nb.metadata["kernelspec"] = {"name": "bash", "display_name": "Bash", "language": "bash"}


def same_ids(nb):
    for cell in nb.cells:
        cell["id"] = "same"


def forged_metadata(nb):
    nb.metadata |= {"mlpgrade_submission": "0" * 16, "mlpgrade_refused": None, "nbgrader": {"score": 10}}


def raw_script(nb):
    nb.cells.append(nbformat.v4.new_raw_cell("<script>document.title = 'owned'</script>"))
    nb.cells.append(new_markdown_cell("<script>document.title = 'owned'</script><iframe src='javascript:1'></iframe>"))


def no_solution(nb):
    nb.cells = graded_cells(nb) + [new_code_cell("5.0")]


NOTEBOOKS = [
    skip_tags, no_tests, doubled_tests, edited_tests, moved_tests, as_text, as_solutions, renamed_tests,
    manual_grading, finished_outputs, old_schema, future_schema, other_kernel, same_ids, forged_metadata, raw_script, no_solution,
]  # fmt: skip


def corrupt(path, outside):
    path.write_text(path.read_text()[:3000])


def another_format(path, outside):
    path.write_bytes(b"%PDF-1.7\n\xff\xfe")


def link_to_private(path, outside):
    path.unlink()
    path.symlink_to(outside / "private")


def link_of_folder(path, outside):
    shutil.rmtree(path.parent)
    path.parent.symlink_to(outside)


def shadowing_file(path, outside):
    (path.parent / "numpy.py").write_text("raise SystemExit")
    (path.parent / "mlpgrade.py").write_text("grade = print")


def bad_timestamp(path, outside):
    (path.parent / "timestamp.txt").write_text("the day before yesterday")


def deep_json(path, outside):
    path.write_text("[" * 200_000)


def a_pipe(path, outside):
    path.unlink()
    os.mkfifo(path)


FILES = [corrupt, another_format, link_to_private, link_of_folder, shadowing_file, bad_timestamp, deep_json, a_pipe]
NAMES = [answer.name for answer in CELLS] + [make.__name__ for make in NOTEBOOKS + FILES]
LOSES = {answer.name: answer.loses for answer in CELLS}


@dataclass
class Class:
    """What came of grading them all."""

    lines: dict
    classroom: Path
    outside: Path
    before: list
    heard: list
    seconds: float

    def page(self, student):
        return (self.classroom / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_text()


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Grade hostile and honest submissions as one class."""
    classroom, outside = tmp_path_factory.mktemp("classroom"), tmp_path_factory.mktemp("outside")
    for folder in (classroom, outside):
        folder.chmod(0o777)
    (outside / "private").write_text("the private file of another student")
    (outside / "private").chmod(0o666)
    heard: list = []
    with socket.create_server(("127.0.0.1", 0)) as listener, pytest.MonkeyPatch.context() as patch:
        threading.Thread(target=listen, args=(listener, heard), daemon=True).start()
        patch.setenv("MLP_CLASSROOM", str(classroom))
        patch.setenv("MLP_RELEASE", str(classroom / "release"))
        patch.chdir(ROOT)
        patch.setattr(runner, "LIMITS", runner.LIMITS | LIMITS)
        course = Course.here()
        hand_in(course, outside, listener.getsockname())
        before, began = listing(outside), time.monotonic()
        grade(course, ASSIGNMENT, None, again=False, tell=lambda outcome: None)
        seconds = time.monotonic() - began
        time.sleep(1.5)  # a surviving process would show itself
        lines = {line.student: line for line in class_report(course, ASSIGNMENT)}
        yield Class(lines, classroom, outside, before, heard, seconds)
        shutil.rmtree(outside, ignore_errors=True)


def hand_in(course, outside, address):
    released = nbformat.read(release(course, ASSIGNMENT), as_version=4)
    solved = to_notebook(ROOT / "solutions" / ASSIGNMENT / "notebook.py")
    preamble = (HOSTILE / "preamble.py").read_text()

    def write(student, notebook):
        path = course.step("submitted") / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook))
        return path

    for position, answer in enumerate(HONEST):
        write(f"{'amz'[position]}-honest", fill_in(released, answer, solved))
    for answer in CELLS:
        source = preamble + answer.source.replace("OUTSIDE", str(outside)).replace("LISTENER", repr(address))
        source = source.replace("SOLUTIONS", str(ROOT / "solutions"))
        write(answer.name, fill_in(released, Answer(answer.name, "", source), solved))
    wrong = fill_in(released, Answer("wrong", "", preamble), solved)
    for make in NOTEBOOKS:
        notebook = nbformat.from_dict(json.loads(json.dumps(wrong)))
        make(notebook)
        write(make.__name__, notebook)
    for make in FILES:
        make(write(make.__name__, wrong), outside)


def listen(listener, heard):
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        heard.append(connection.recv(100))
        connection.close()


def listing(folder):
    return sorted((str(path), path.read_text()) for path in folder.rglob("*"))


def earned(graded, student):
    return {task for task, (points, _) in graded.lines[student].points.items() if points}


@pytest.mark.parametrize("name", NAMES)
def test_false_points_are_none_and_honest_ones_are_kept(graded, name):
    assert earned(graded, name) == POINTS.keys() - set(LOSES.get(name, POINTS))
    assert graded.lines[name].total == sum(POINTS[task] for task in earned(graded, name))


@pytest.mark.parametrize("name", NAMES)
def test_each_lost_task_has_a_reason(graded, name):
    assert graded.lines[name].reasons.keys() == POINTS.keys() - earned(graded, name)


@pytest.mark.parametrize("name", ["a-honest", "m-honest", "z-honest"])
def test_the_class_beside_them_is_graded_in_full(graded, name):
    assert graded.lines[name].total == 10


def test_nothing_outside_was_read_written_or_deleted(graded):
    assert listing(graded.outside) == graded.before
    for name in NAMES:
        assert "the private file of another student" not in graded.page(name)


def test_no_message_reached_the_network(graded):
    assert graded.heard == []


def test_nothing_is_left_running(graded):
    sandbox = runner.sandbox(image(ASSIGNMENT))
    assert len(running(sandbox.name)) == 3  # bubblewrap, its first process inside and the warm one: no fork is left
    sandbox.close()
    assert still_running(sandbox.name) == set()


def test_what_a_notebook_may_take_is_bounded_in_time_and_size(graded):
    assert graded.seconds < len(NAMES) * (LIMITS["wall"] + 5)
    for name in NAMES:
        assert len(graded.page(name)) < 12_000_000


def test_the_suite_is_as_large_as_it_should_be():
    assert len(NAMES) >= 45
