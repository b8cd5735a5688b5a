"""Where the policy says that the best attempt counts: marks all of them, and lets it."""

import json
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbgrader import utils

from mlpgrade.course import Course
from mlpgrade.gradebook.grading import job_for, with_hidden_lines
from mlpgrade.gradebook.marks import Marks
from mlpgrade.gradebook.settle import policy_of
from mlpgrade.gradebook.sources import generate
from mlpgrade.intake.receive import receive
from mlpgrade.marking.job import Job, Mapper, Marked, mark
from mlpgrade.records import files, manifest, roster
from mlpgrade.records.manifest import Line
from mlpgrade.records.policy import Terms
from mlpgrade.teaching import attempts

Earned = dict[str, list[float]]
"""Points earned and possible, by attempt."""


def let_the_best_count(course: Course, assignment: str, mapper: Mapper, require_sandbox: bool = False) -> Iterator[str]:
    """Of each student with several attempts, let the one count that earns most after the penalty; of equal ones, the newest.

    Yields a line for each whose attempt has changed. Questions for a person count for nothing here.
    """
    rules, people = policy_of(course), roster.load(course.classroom)
    lines = manifest.load(course.classroom, assignment)
    if rules is None or not lines:
        return
    students = sorted({line.student for line in lines})
    terms = {student: rules.terms(assignment, student, people.sections(student)) for student in students}
    mine = {student: [line for line in lines if line.student == student] for student in students}
    several = [one for one in students if terms[one].counts == "best" and len(attempts.by_attempt(mine[one])) > 1]
    if not several:
        return
    earned = {student: _kept(course, assignment, student) for student in several}
    _mark(course, assignment, several, mine, earned, mapper, require_sandbox)
    for student in several:
        best = _best(mine[student], earned[student], terms[student])
        if best not in {line.attempt for line in mine[student] if line.counts}:
            yield f"{student}: {best} counts, the best of {len(attempts.by_attempt(mine[student]))} attempts"
        mine[student] = attempts.count(course, assignment, mine[student], best)
    manifest.save(course.classroom, assignment, [line for student in students for line in mine[student]])


def _best(lines: list[Line], earned: Earned, terms: Terms) -> str:
    by_attempt = attempts.by_attempt(lines)

    def worth(name: str) -> float:
        points, possible = earned[name]
        first = by_attempt[name][0]
        return points - terms.lateness(first.moment, first.late == "yes").penalty(possible, points)

    most = max(map(worth, by_attempt))
    return attempts.newest([line for line in lines if worth(line.attempt) == most], terms)


def _record(course: Course, assignment: str, student: str) -> Path:
    return attempts.folder(course, assignment, student) / "earned.json"


def _kept(course: Course, assignment: str, student: str) -> Earned:
    """Return what is known of a student's attempts, by the present version of the assignment."""
    path = _record(course, assignment, student)
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return known.get(course.assignment(assignment).version, {})


def _mark(
    course: Course,
    assignment: str,
    students: list[str],
    lines: dict[str, list[Line]],
    earned: dict[str, Earned],
    mapper: Mapper,
    require_sandbox: bool,
) -> None:
    """Mark the attempts of which it is not known yet what they earn."""
    with Marks(course.db_url, assignment) as marks:
        if not marks.known():
            generate(course, assignment)
        sources, marked_by = marks.sources(), course.assignment(assignment)

    def jobs() -> Iterator[Job]:
        for student in students:
            for name in attempts.by_attempt(lines[student]).keys() - earned[student].keys():
                frame = with_hidden_lines(course.released(assignment), sources)
                taken = receive(attempts.folder(course, assignment, student) / name, assignment, frame)
                yield job_for(course, marked_by, f"{student}/{name}", taken, require_sandbox)

    for marked in mapper(mark, jobs()):
        student, _, name = marked.student.partition("/")
        earned[student][name] = _points(marked)
        files.write(_record(course, assignment, student), json.dumps({marked_by.version: earned[student]}, indent=1))


def _points(marked: Marked) -> list[float]:
    if marked.failure:
        return [0.0, 0.0]
    cells = [cell for cell in nbformat.from_dict(json.loads(marked.notebook)).cells if utils.is_grade(cell)]
    graded = [utils.determine_grade(cell) for cell in cells]
    return [sum(points or 0 for points, _ in graded), sum(possible for _, possible in graded)]
