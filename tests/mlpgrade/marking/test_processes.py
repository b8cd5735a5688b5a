"""Several processes of this machine: what becomes of submissions, sandboxes and processes when one of them dies."""

import json
import multiprocessing
import os
import signal
import tempfile
import time
from pathlib import Path

import pytest

from mlpgrade.course import CourseError
from mlpgrade.judging.declared import Assignment
from mlpgrade.marking.job import Job, Marked
from mlpgrade.marking.processes import TRIES, processes
from mlpgrade.sandbox import bubblewrap, runner
from tests_support import still_running

needs_walls = pytest.mark.skipif(bubblewrap.problem() is not None, reason=f"no sandbox: {bubblewrap.problem()}")
PATIENCE = 60


def jobs(students, notebook=""):
    return [Job(student, Assignment("01_any", ""), notebook, {}, False) for student in students]


@pytest.fixture
def no_walls(monkeypatch):
    """The processes begin as copies of this one: they then start no sandbox."""
    monkeypatch.setattr("mlpgrade.sandbox.bubblewrap.problem", lambda: "none is needed")


def failures(function, jobs):
    with processes(2) as mapper:
        return [(marked.student, marked.failure) for marked in mapper(function, jobs)]


def mark_but_die_of_b(job):
    with open(job.notebook, "a") as tries:
        tries.write(job.student)
    if job.student == "b":
        os.kill(os.getpid(), signal.SIGKILL)
    return Marked(job.student, "", None, {})


def test_a_submission_of_which_processes_die_is_given_up_and_the_others_are_marked(no_walls, tmp_path):
    tries = tmp_path / "tries"
    found = failures(mark_but_die_of_b, jobs("abcdef", str(tries)))
    assert sorted(student for student, _ in found) == list("abcdef")
    assert {student: failure for student, failure in found if failure} == {
        "b": f"{TRIES} processes died while they marked it"
    }
    assert tries.read_text().count("b") == TRIES


def mark_but_die_once(job):
    if not Path(job.notebook).exists():
        Path(job.notebook).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return Marked(job.student, "", None, {})


def test_a_process_that_is_killed_costs_nobody_their_marks(no_walls, tmp_path):
    found = failures(mark_but_die_once, jobs("abcdef", str(tmp_path / "once")))
    assert sorted(found) == [(student, None) for student in "abcdef"]


def refuse(job):
    raise CourseError("this cannot be done here")


def test_what_concerns_the_whole_class_is_raised_here(no_walls):
    with pytest.raises(CourseError, match="cannot be done here"):
        failures(refuse, jobs("ab"))


def tell_where(job):
    ours = runner.sandbox()
    run = ours.run(["while True: pass", "2"], {}, {"cell": 1.0})
    return Marked(ours.name, json.dumps(run.outputs), run.problem, {})


@needs_walls
def test_cells_can_be_interrupted_and_nothing_is_left_of_the_sandboxes():
    """What is done about Ctrl-C in these processes must not reach the sandbox, or it could interrupt nothing."""
    with processes(2) as mapper:
        found = list(mapper(tell_where, jobs("ab")))
    assert [marked.failure for marked in found] == [None, None]
    for marked in found:
        (error,), (two,) = json.loads(marked.notebook)
        assert (error["ename"], two["data"]["text/plain"]) == ("KeyboardInterrupt", "2")
        assert still_running(marked.student) == set()
        assert not Path(tempfile.gettempdir(), marked.student).exists()


def tell_process(job):
    time.sleep(0.2)  # so that each gets one
    return Marked(str(os.getpid()), "", None, {})


def grade_until_killed(told):
    with processes(2) as mapper:
        told.put([int(marked.student) for marked in mapper(tell_process, jobs("ab"))])
        time.sleep(PATIENCE)


def test_they_end_when_the_process_that_started_them_is_killed(no_walls):
    context = multiprocessing.get_context("fork")
    told = context.Queue()
    process = context.Process(target=grade_until_killed, args=(told,))
    process.start()
    workers = told.get(timeout=PATIENCE)
    process.kill()
    process.join()
    assert len(set(workers)) == 2
    deadline = time.monotonic() + PATIENCE
    while any(Path(f"/proc/{worker}/cmdline").exists() for worker in workers):
        assert time.monotonic() < deadline
        time.sleep(0.05)
