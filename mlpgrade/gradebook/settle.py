"""Brings the gradebook to what policy and voided questions say, so that whoever reads it finds the same marks.

nbgrader keeps a due date for each assignment, an extension for each submission and a penalty for each notebook. They are set here, after every
grading and before every report, export and feedback page, from `policy.toml`; where there is none, nbgrader's own due dates and its own
plugin (`AssignLatePenalties`) stand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import nbformat
from nbgrader.api import MissingEntry, SubmittedAssignment
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import compute_checksum
from sqlalchemy.exc import DBAPIError

from mlpgrade.course import Course, CourseError
from mlpgrade.gradebook.marks import open_gradebook
from mlpgrade.records import manifest, policy, roster, voids
from mlpgrade.records.policy import Lateness, Policy, PolicyError
from mlpgrade.records.voids import Void


@dataclass(frozen=True)
class Change:
    """A mark that has become another one."""

    assignment: str
    student: str
    before: float
    after: float
    why: str

    def __str__(self) -> str:
        why = f" ({self.why})" if self.why else ""
        return f"{self.student}: {self.before:g} before, {self.after:g} now{why}"


def policy_of(course: Course) -> Policy | None:
    """Return the course's policy, or None where there is none. Raises CourseError if it cannot be used."""
    try:
        return policy.load(course.classroom)
    except PolicyError as error:
        raise CourseError(str(error)) from None


def settle(course: Course, assignment: str, *, student: str | None = None, dry_run: bool = False) -> list[Change]:
    """Set due date, extensions, penalties and voided tasks of an assignment; return whose marks that changes.

    Nothing is done where the gradebook does not know the assignment yet. `dry_run` leaves all as it is.
    """
    rules = policy_of(course)
    voided = voids.load(course.classroom)
    with open_gradebook(course.db_url) as gradebook:
        try:
            known = gradebook.find_assignment(assignment)
        except MissingEntry:
            return []
        try:
            with gradebook.db.no_autoflush:
                those = [one for one in known.submissions if student in (None, one.student.id)]
                before = {one.student.id: _total(one) for one in those}
                _void(known, those, voided.get(assignment, {}))
                reasons = dict(_penalise(course, known, those, rules))
                after = {one.student.id: _total(one) for one in those}
            if dry_run:
                gradebook.db.rollback()
            else:
                voids.save(course.classroom, voided)  # before what it keeps is overwritten
                gradebook.db.commit()
        except DBAPIError as error:
            gradebook.db.rollback()
            raise CourseError(
                f"the gradebook failed ({str(error).splitlines()[0]}); the same command goes on."
            ) from None
    return changes(assignment, before, after, reasons)


def changes(
    assignment: str, before: dict[str, float], after: dict[str, float], reasons: dict[str, str] | None = None
) -> list[Change]:
    """Return whose marks are others than before, of those who had some."""
    return [
        Change(assignment, name, before[name], after[name], (reasons or {}).get(name, ""))
        for name in sorted(before.keys() & after.keys())
        if abs(before[name] - after[name]) > 1e-9
    ]


def totals(course: Course, assignment: str) -> dict[str, float]:
    """Return the marks by student, less penalties; nothing where the assignment is not in the gradebook yet."""
    with open_gradebook(course.db_url) as gradebook:
        try:
            return {one.student.id: _total(one) for one in gradebook.find_assignment(assignment).submissions}
        except MissingEntry:
            return {}


def lateness(
    course: Course, assignment: str, student: str, moment: datetime | None
) -> tuple[policy.Terms | None, Lateness]:
    """Return the terms that hold for a student, and what handing in at a moment costs by them."""
    rules = policy_of(course)
    if rules is None:
        return None, Lateness()
    terms = rules.terms(assignment, student, roster.load(course.classroom).sections(student))
    called = student in manifest.called_late(course.classroom, assignment)
    return terms, terms.lateness(moment, called)


def earned(grade: Any) -> float:
    """Return the points of a grade as nbgrader's `Grade.score` has them."""
    given = grade.manual_score if grade.manual_score is not None else grade.auto_score
    return 0.0 if given is None else given + (grade.extra_credit or 0.0)


def _total(submission: SubmittedAssignment) -> float:
    return round(sum(_score(one) - (one.late_submission_penalty or 0) for one in submission.notebooks), 6)


def _score(notebook: Any) -> float:
    return sum(map(earned, notebook.grades))


def _void(assignment: Any, submissions: list[SubmittedAssignment], voided: dict[str, Void]) -> None:
    """Let voided tasks earn nothing out of nothing, or everything, and keep what stood there."""
    for task, void in voided.items():
        _be_worth(assignment, task, void.points if void.full else 0.0)
        for submission in submissions:
            for grade in (one for notebook in submission.notebooks for one in notebook.grades if one.name == task):
                _void_grade(grade, submission.student.id, void)


def _be_worth(assignment: Any, task: str, points: float) -> None:
    """Let a task be worth so many points, also in the digest by which nbgrader makes sure that its own copy of the cell is whole."""
    for notebook in assignment.notebooks:
        solutions = {cell.name for cell in notebook.solution_cells}
        sources = {cell.name: cell for cell in notebook.source_cells}
        for cell in notebook.grade_cells:
            if cell.name == task and cell.max_score != points:
                cell.max_score, source = points, sources[task]
                notes = {
                    "grade": True,
                    "solution": task in solutions,
                    "locked": source.locked,
                    "grade_id": task,
                    "points": points,
                }
                whole = {"cell_type": source.cell_type, "source": source.source, "metadata": {"nbgrader": notes}}
                source.checksum = compute_checksum(nbformat.from_dict(whole))


def _void_grade(grade: Any, student: str, void: Void) -> None:
    stands = [grade.auto_score, grade.manual_score, grade.extra_credit]
    wanted = [void.points if void.full else 0.0, None, None]
    if stands != wanted or student not in void.before:
        void.before[student] = stands
    grade.auto_score, grade.manual_score, grade.extra_credit = wanted
    grade.needs_manual_grade = False


def unvoid(assignment: Any, task: str, void: Void) -> None:
    """Give a task its points and marks back."""
    _be_worth(assignment, task, void.points)
    for submission in assignment.submissions:
        for grade in (one for notebook in submission.notebooks for one in notebook.grades if one.name == task):
            grade.auto_score, grade.manual_score, grade.extra_credit = void.before.get(
                submission.student.id, [None] * 3
            )
            grade.needs_manual_grade = grade.auto_score is None and grade.manual_score is None


def _penalise(
    course: Course, assignment: Any, submissions: list[SubmittedAssignment], rules: Policy | None
) -> Iterator[tuple[str, str]]:
    """Set due date, extensions and penalties. Yield students with the reason for theirs."""
    if rules is None:
        yield from _by_nbgrader(course, submissions)
        return
    people, called = roster.load(course.classroom), manifest.called_late(course.classroom, assignment.name)
    general = rules.terms(assignment.name)
    assignment.duedate = _naive(general.due)
    for submission in submissions:
        name = submission.student.id
        terms = rules.terms(assignment.name, name, people.sections(name))
        extension = terms.due - general.due if terms.due and general.due else timedelta()
        submission.extension = extension or None
        late = terms.lateness(_aware(submission.timestamp), name in called)
        for notebook in submission.notebooks:
            possible = sum(cell.max_score for cell in notebook.notebook.grade_cells)
            notebook.late_submission_penalty = late.penalty(possible, _score(notebook)) or None
        yield name, ", ".join(filter(None, (late.by, terms.extended)))


def _by_nbgrader(course: Course, submissions: list[SubmittedAssignment]) -> Iterator[tuple[str, str]]:
    """Work penalties out as nbgrader's own step does, with the plugin that the course has configured."""
    step = AssignLatePenalties(config=course.config)
    step.log.setLevel("ERROR")
    step.init_plugin()
    for submission in submissions:
        late = submission.total_seconds_late
        for notebook in submission.notebooks:
            score = _score(notebook)
            penalty = step.plugin_inst.late_submission_penalty(submission.student.id, score, late) if late > 0 else None
            notebook.late_submission_penalty = None if penalty is None else max(0.0, min(penalty, score))
        if late > 0:
            yield submission.student.id, "late, by nbgrader's own plugin"


def _naive(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment else None


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None
