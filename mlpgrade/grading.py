"""Runs nbgrader over a class, one submission after the other, so that none can cost another its marks."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from mlpgrade import intake
from mlpgrade.course import Course, CourseError


@dataclass(frozen=True)
class Outcome:
    """What became of one submission: `problem` is None when it was graded."""

    student: str
    problem: str | None


def nbgrader_api(course: Course) -> NbGraderAPI:
    """Return nbgrader's API under the course's configuration."""
    return NbGraderAPI(CourseDirectory(config=course.config), config=course.config)


def generate(course: Course, assignment: str) -> None:
    """Make the released notebook and enter the assignment in the gradebook. Raises CourseError when nbgrader fails."""
    course.require_assignment(assignment)
    result = nbgrader_api(course).generate_assignment(assignment, force=True)
    if not result["success"]:
        raise CourseError(f"nbgrader could not generate {assignment}:\n{result['error'] or result['log']}")


def grade(
    course: Course, assignment: str, student: str | None, *, again: bool, tell: Callable[[Outcome], None]
) -> list[Outcome]:
    """Grade the submissions of an assignment and tell of each. `again` grades also those graded before."""
    students = course.submitters(assignment, student)
    api = nbgrader_api(course)
    if not _is_in_gradebook(api, assignment):
        generate(course, assignment)
    outcomes = []
    for name in students:
        outcomes.append(Outcome(name, _grade_one(course, api, assignment, name, again)))
        tell(outcomes[-1])
    return outcomes


def feedback(course: Course, assignment: str, students: list[str]) -> None:
    """Write the feedback page of each student."""
    api = nbgrader_api(course)
    for student in students:
        result = api.generate_feedback(assignment, student, force=True)
        if not result["success"]:
            raise CourseError(
                f"nbgrader could not write the feedback for {student}; see {_log(course, assignment, student, result)}."
            )


def _is_in_gradebook(api: NbGraderAPI, assignment: str) -> bool:
    with api.gradebook as gradebook:
        return assignment in {known.name for known in gradebook.assignments}


def _grade_one(course: Course, api: NbGraderAPI, assignment: str, student: str, again: bool) -> str | None:
    problem = intake.problem(course.step("submitted") / student / assignment, assignment)
    if problem:
        return problem
    result = api.autograde(assignment, student, force=again)
    log = _log(course, assignment, student, result)
    return None if result["success"] else f"nbgrader could not grade it; see {log}"


def _log(course: Course, assignment: str, student: str, result: dict) -> Path:
    """Keep what nbgrader said about a submission and return where."""
    path = course.step("autograded").parent / "logs" / assignment / f"{student}.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{result.get('log') or ''}\n{result.get('error') or ''}", encoding="utf-8")
    return path
