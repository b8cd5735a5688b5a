"""The command `mlpgrade`."""

import argparse
import os
import sys

from mlpgrade.course import Course, CourseError


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return 0 when all went well, 1 when some submission has no marks, 2 when the command was wrong."""
    options = _parser().parse_args(arguments)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        return options.run(Course.here(), options)
    except CourseError as error:
        print(f"mlpgrade: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mlpgrade", description="Make, grade and report this course's assignments.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    exercises = commands.add_parser("exercises", help="make the students' notebooks from solutions/")
    exercises.set_defaults(run=_exercises)
    for name, run, what in (
        ("grade", _grade, "grade what was handed in"),
        ("report", _report, "print marks and the reason for each lost point"),
    ):
        command = commands.add_parser(name, help=what)
        command.add_argument("assignment", help="such as 04_linear_layer")
        command.add_argument("--student", help="this student only")
        command.set_defaults(run=run)
        if name == "grade":
            command.add_argument("--again", action="store_true", help="also those graded before")
            command.add_argument("--feedback", action="store_true", help="write the feedback pages too")
    return parser


def _exercises(course: Course, options: argparse.Namespace) -> int:
    from mlpgrade.sources import assignments, release

    for assignment in assignments(course.solutions):
        print(release(course, assignment))
    return 0


def _grade(course: Course, options: argparse.Namespace) -> int:
    from mlpgrade.grading import Outcome, feedback, grade

    def tell(outcome: Outcome) -> None:
        print(f"{outcome.student}: {outcome.problem or 'graded'}", flush=True)

    outcomes = grade(course, options.assignment, options.student, again=options.again, tell=tell)
    graded = [outcome.student for outcome in outcomes if outcome.problem is None]
    if options.feedback:
        feedback(course, options.assignment, graded)
        print(f"Feedback: {course.step('feedback')}/STUDENT/{options.assignment}/{options.assignment}.html")
    print(f"{len(graded)} of {len(outcomes)} graded.")
    return 0 if len(graded) == len(outcomes) else 1


def _report(course: Course, options: argparse.Namespace) -> int:
    from mlpgrade.report import as_text, class_report

    print(as_text(class_report(course, options.assignment, options.student)))
    return 0
