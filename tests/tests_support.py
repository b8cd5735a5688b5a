"""Names that several test files use."""

import dataclasses
import os
import time
from pathlib import Path

os.environ.pop("MLP_GRADEBOOK", None)  # the suite must never write into a gradebook that is in use

from mlpgrade.authoring.answers import read_answers
from mlpgrade.course import Course
from mlpgrade.sandbox.library import Image

ROOT = Path(__file__).resolve().parents[1]
ASSIGNMENT = "04_linear_layer"
COURSE = Course.around(ROOT)
ASSIGNMENTS = COURSE.assignments()
DECLARED = {name: COURSE.declared(name) for name in ASSIGNMENTS}
ASSIGNMENT_OF = {task: name for name, declared in DECLARED.items() for task in declared.tasks}
TASKS = {task: DECLARED[name].tasks[task] for task, name in ASSIGNMENT_OF.items()}


def text_of(assignment):
    """Where the assignment's notebook is written."""
    return ROOT / "solutions" / assignment / "notebook.py"


def class_answers(assignment):
    """The answers that the demo class hands in, under their students' names."""
    answers = read_answers(ROOT / "solutions" / assignment / "answers")
    chosen = [dataclasses.replace(answer, name=answer.student) for answer in answers if answer.student]
    return sorted(chosen, key=lambda answer: answer.name)


def deserved(answer, worth):
    """The least and the most points that an answer earns, of tasks that are worth so much."""
    earns = [answer.earns.get(task, (points, points)) for task, points in worth.items()]
    return sum(low for low, _ in earns), sum(high for _, high in earns)


def image(assignment):
    """What may be imported while the assignment is graded."""
    return Image(("mlpkit",), DECLARED[assignment].hidden)


def running(name):
    """The processes of the sandbox of this name: each fork keeps the command line that names it."""
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if name.encode() in (path / "cmdline").read_bytes():
                found.add(path.name)
        except OSError:
            continue  # it has ended meanwhile
    return found


def still_running(name, patience=10):
    """Those of them that are left when all have had time to end."""
    deadline = time.monotonic() + patience
    while running(name) and time.monotonic() < deadline:
        time.sleep(0.05)
    return running(name)
