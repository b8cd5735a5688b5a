"""Grades a class: takes in, has marked, enters. Nothing that one student hands in can cost another's marks.

The coordinator reads submissions and writes marks; workers only mark, so that they need neither the gradebook nor the
course's secret. A submission is done when its marks are in the gradebook and its marked notebook, which names the
submission it was made from, is in its place. Ended at any moment, the same command goes on with the rest.
"""

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import LimitOutput

from mlpgrade.course import Course
from mlpgrade.gradebook import agreement
from mlpgrade.gradebook.decisions import Decisions, needs_attention
from mlpgrade.gradebook.marks import Marks
from mlpgrade.gradebook.sources import generate
from mlpgrade.intake.receive import Received, receive
from mlpgrade.intake.whole import grade_id
from mlpgrade.judging.declared import Assignment
from mlpgrade.judging.plain import plain
from mlpgrade.marking import notebook as marking
from mlpgrade.marking import secret
from mlpgrade.marking.job import Job, Mapper, Marked, mark
from mlpgrade.records import files

STAMP = "mlpgrade_submission"
"""In a marked notebook's metadata: which submission it was made from."""


@dataclass(frozen=True)
class Outcome:
    """What became of one submission: `problem` is None when it was graded, `notes` what the person who grades may want to know.

    `attention` is why a person should look at it.
    """

    student: str
    problem: str | None
    notes: tuple[str, ...] = ()
    already: bool = False
    attention: tuple[str, ...] = ()


def grade(
    course: Course,
    assignment: str,
    student: str | None,
    *,
    again: bool,
    tell: Callable[[Outcome], None],
    mapper: Mapper = map,
    require_sandbox: bool = False,
) -> list[Outcome]:
    """Grade the submissions of an assignment and tell of each. `again` grades also those graded before."""
    students = course.submitters(assignment, student)
    course.declared(assignment)  # so that a judge.py that cannot be used is said at once, and in one line
    marked_by = course.assignment(assignment)
    outcomes: list[Outcome] = []
    with Marks(course.db_url, assignment) as marks:
        with files.one_at_a_time(course.classroom / ".generating"):
            if not marks.known():
                generate(course, assignment)
        agreement.require(course, assignment)
        frame = with_hidden_lines(course.released(assignment), marks.sources())
        graded = set() if again else marks.graded()
        received: dict[str, tuple[Received, str, float]] = {}
        decisions = Decisions(course, assignment)

        def tell_of(outcome: Outcome) -> None:
            if outcome.problem is None:
                seen = needs_attention(course, decisions, assignment, outcome.student)
                outcome = replace(outcome, attention=seen)
            outcomes.append(outcome)
            tell(outcome)

        def jobs() -> Iterator[Job]:
            for name in students:
                began = time.perf_counter()
                decision = decisions.of(name)
                folder = course.step("submitted") / name / assignment
                taken = receive(folder, assignment, frame, decision.take if decision else None)
                stamp = stamp_of(taken)
                if name in graded and stamp_in(course.autograded(assignment, name)) == stamp:
                    tell_of(Outcome(name, None, taken.notes, already=True))
                    continue
                job = job_for(course, marked_by, name, taken, require_sandbox)
                received[name] = taken, stamp, time.perf_counter() - began
                yield job

        for marked in mapper(mark, jobs()):
            taken, stamp, seconds = received.pop(marked.student)
            marked.seconds["intake"] = seconds
            tell_of(_finish(course, assignment, marks, marked, taken, stamp))
    return outcomes


def job_for(course: Course, assignment: Assignment, student: str, taken: Received, require_sandbox: bool) -> Job:
    """Return the job of marking what was taken in."""
    marking.note_intake(
        taken.notebook,
        refused=taken.refused,
        doubts=taken.doubts,
        modules=taken.modules,
        answered=taken.answered,
    )
    seeds = marking.draw_seeds(taken.notebook, course.secret_file, student, assignment)
    return Job(student, assignment, json.dumps(taken.notebook), seeds, require_sandbox)


def _finish(course: Course, assignment: str, marks: Marks, marked: Marked, taken: Received, stamp: str) -> Outcome:
    """Put the marked notebook in its place, then enter the marks; log what happened."""
    notes = taken.notes + ((f"refused: {taken.refused}",) if taken.refused else ())
    began = time.perf_counter()
    if marked.failure is None:
        notebook, _ = LimitOutput().preprocess(nbformat.from_dict(json.loads(marked.notebook)), {})
        notebook.metadata[STAMP] = stamp
        other = stamp_in(course.autograded(assignment, marked.student)) != stamp
        write_whole(course.autograded(assignment, marked.student), nbformat.writes(notebook), taken.timestamp)
        keep_for_release(course, assignment, marked.student)
        marks.enter(marked.student, notebook, taken.timestamp, other=other)
        marked.seconds["enter"] = time.perf_counter() - began
    spent = ", ".join(f"{phase} {seconds:.3f} s" for phase, seconds in marked.seconds.items())
    said = [f"submission {stamp}", *notes, marked.failure or f"graded ({spent})"]
    log = course.log(assignment, marked.student)
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("\n".join(map(plain, said)) + "\n", encoding="utf-8")
    return Outcome(marked.student, f"it could not be marked; see {log}" if marked.failure else None, notes)


def with_hidden_lines(released: NotebookNode, sources: dict[str, str]) -> NotebookNode:
    """Return the released notebook with the sources of its locked cells as they were before release."""
    for cell in released.cells:
        if cell.metadata.get("nbgrader", {}).get("locked") and grade_id(cell) in sources:
            cell.source = sources[grade_id(cell)]
    return released


def stamp_of(taken: Received) -> str:
    """Return what tells this submission from any other of the same student's."""
    told = json.dumps([taken.notebook, taken.refused, str(taken.timestamp), *taken.modules.items()], sort_keys=True)
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


def stamp_in(path: Path) -> str | None:
    """Return which submission the marked notebook at `path` was made from, or None."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))["metadata"].get(STAMP)
    except (OSError, ValueError, KeyError, AttributeError):
        return None


def write_whole(path: Path, text: str, timestamp: datetime | None) -> None:
    """Write a file so that at any moment either the old one is there or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(text, encoding="utf-8", errors="replace")
    os.replace(new, path)
    if timestamp:
        (path.parent / "timestamp.txt").write_text(str(timestamp), encoding="utf-8")


def keep_for_release(course: Course, assignment: str, student: str) -> None:
    """Put beside the marked notebook what `generate_feedback` passes on and `release_feedback` asks for: time and secret.

    The exchange gave them to the submission. One that came otherwise gets an empty time, and a secret that nobody knows.
    """
    folder = course.autograded(assignment, student).parent
    unknown = secret.seed(secret.course_secret(course.secret_file), student, assignment, "feedback")
    given = course.step("submitted") / student / assignment / "submission_secret.txt"
    has_one = given.is_file() and not given.is_symlink() and given.stat().st_size < 1000
    text = given.read_text(encoding="utf-8", errors="replace") if has_one else f"{unknown:064x}"
    (folder / "submission_secret.txt").write_text(text, encoding="utf-8")
    (folder / "timestamp.txt").touch()
