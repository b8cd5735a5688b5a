"""The command `mlpgrade`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mlpgrade import cli_teaching

if TYPE_CHECKING:
    from mlpgrade.course import Course
    from mlpgrade.marking.job import Mapper

# jsonschema, which nbformat imports, loads these for checks of web addresses and of durations that nobody asks for. The first
# compiles a grammar for two seconds. So whatever leads to nbformat is imported below, by who needs it.
for unneeded in ("rfc3987_syntax", "isoduration"):
    sys.modules.setdefault(unneeded, None)  # type: ignore[arg-type]


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return 0 when all went well, 1 when some submission has no marks, 2 when the command was wrong.

    3 is from grading: all have marks, but a person should look at some. Ctrl-C makes it 130, as in a shell.
    """
    options = _parser().parse_args(arguments)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        status = _run(options)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        print("mlpgrade: stopped. What is done is kept; the same command goes on.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # whoever read what is printed has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(options: argparse.Namespace) -> int:
    from mlpgrade.course import Course, CourseError

    try:
        return options.run(Course.here(), options)
    except CourseError as error:
        print(f"mlpgrade: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mlpgrade", description="Make, grade and report this course's assignments.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, what in (
        ("exercises", _exercises, "make the students' notebooks from solutions/"),
        ("doctor", _doctor, "say what this machine has for grading, and what it lacks"),
        ("grade", _grade, "grade what was handed in"),
        ("report", _report, "print marks and the reason for each lost point"),
        ("new", _new, "begin an assignment: a small one that works"),
        ("check", _check, "say whether assignments are fit for a class"),
        ("publish", _publish, "write the students' repository, without solutions, to a new directory"),
    ):
        command = commands.add_parser(name, help=what)
        command.set_defaults(run=run)
        if name in ("grade", "report"):
            command.add_argument("assignments", nargs="+", metavar="ASSIGNMENT", help="such as 01_newton")
            command.add_argument("--student", help="this student only")
        if name == "report":
            command.add_argument("--csv", metavar="FILE", help="write a line for each student and task to FILE instead")
        if name == "new":
            command.add_argument("name", metavar="NAME", help="such as 01_newton")
        if name == "check":
            command.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="by default all of them")
            command.add_argument("--seeds", type=int, metavar="N", help="judge everything on N seeds")
        if name == "publish":
            command.add_argument("directory", metavar="DIRECTORY", help="which is made, or empty")
        if name == "grade":
            command.add_argument("--again", action="store_true", help="also those graded before")
            command.add_argument("--feedback", action="store_true", help="write the feedback pages too")
            command.add_argument("--workers", type=int, default=1, metavar="N", help="mark in N processes at once")
            command.add_argument("--scheduler", metavar="ADDRESS", help="mark on the workers of this Dask scheduler")
            command.add_argument(
                "--accept-new-points", action="store_true", help="take up tasks and points that have changed"
            )
            command.add_argument("--require-sandbox", action="store_true", help="refuse to grade without a sandbox")
    cli_teaching.add_to(commands)
    return parser


def _exercises(course: Course, options: argparse.Namespace) -> int:
    from mlpgrade.gradebook.sources import release

    for assignment in course.assignments():
        print(release(course, assignment))
    return 0


def _doctor(course: Course, options: argparse.Namespace) -> int:
    from mlpgrade.gradebook.marks import address
    from mlpgrade.sandbox import bubblewrap, cgroup
    from mlpgrade.teaching.versions import other_versions

    problem = bubblewrap.problem()
    print(f"sandbox:    {f'NONE, since {problem}: notebooks would run with all your rights' if problem else 'works'}")
    if problem is None:
        missing = bubblewrap.unfiltered()
        print(f"kernel:     {f'NOT FILTERED, since {missing}' if missing else 'system calls are filtered'}")
        print(
            f"memory:     {'held by a control group' if cgroup.scope() else 'looked at, since systemd gives no control group'}"
        )
    print(f"gradebook:  {address(course.db_url)}")
    print(f"submitted:  {course.step('submitted')}/STUDENT/ASSIGNMENT/ASSIGNMENT.ipynb")
    for line in other_versions(course):
        print(f"versions:   {line}")
    return 1 if problem else 0


def _grade(course: Course, options: argparse.Namespace) -> int:
    from mlpgrade.course import CourseError
    from mlpgrade.sandbox import bubblewrap, runner

    if options.workers < 1:
        raise CourseError(f"--workers must be at least 1, but is {options.workers}.")
    problem = None if options.scheduler else bubblewrap.problem()
    if problem and not options.require_sandbox:
        print(f"mlpgrade: NO SANDBOX, since {problem}: notebooks run with all your rights.", file=sys.stderr)
    if options.workers == 1 and options.scheduler is None and problem is None:
        runner.sandbox()  # it gets warm while all that follows is loaded
    from mlpgrade.marking.cluster import workers

    with workers(options.workers, options.scheduler) as mapper:
        found = [_grade_assignment(course, assignment, options, mapper) for assignment in options.assignments]
    return 1 if 1 in found else max(found)


def _grade_assignment(course: Course, assignment: str, options: argparse.Namespace, mapper: Mapper) -> int:
    """Grade one assignment, telling of each submission; return the exit status that this asks for."""
    from tqdm import tqdm

    from mlpgrade.gradebook import agreement
    from mlpgrade.gradebook.decisions import listing
    from mlpgrade.gradebook.feedback import Pages
    from mlpgrade.gradebook.grading import Outcome, grade
    from mlpgrade.gradebook.settle import changes, settle, totals
    from mlpgrade.judging.plain import plain
    from mlpgrade.teaching.best import let_the_best_count

    students = course.submitters(assignment, options.student)
    if options.accept_new_points:
        print("\n".join(agreement.accept(course, assignment)))
    required = options.require_sandbox or bool(os.environ.get("MLP_REQUIRE_SANDBOX"))
    for line in let_the_best_count(course, assignment, mapper, required):
        print(plain(line))
    before = totals(course, assignment)
    outcomes: list[Outcome] = []
    with tqdm(total=len(students), desc=assignment, unit="notebook", disable=not sys.stderr.isatty()) as bar:

        def tell(outcome: Outcome) -> None:
            outcomes.append(outcome)
            remarks = "".join(f" ({note})" for note in outcome.notes)
            became = outcome.problem or ("graded before" if outcome.already else "graded")
            bar.write(plain(f"{outcome.student}: {became}{remarks}"))
            bar.update()
            bar.set_postfix(failed=sum(one.problem is not None for one in outcomes))

        grade(
            course,
            assignment,
            options.student,
            again=options.again or options.accept_new_points,
            tell=tell,
            mapper=mapper,
            require_sandbox=required,
        )
    settle(course, assignment)
    for change in changes(assignment, before, totals(course, assignment)):
        print(plain(f"{change}"))
    graded = [outcome.student for outcome in outcomes if outcome.problem is None]
    if options.feedback:
        with Pages(course, assignment) as pages:
            for student in tqdm(graded, desc="feedback", unit="page", disable=not sys.stderr.isatty()):
                pages.write(student)
        print(f"Feedback: {course.step('feedback')}/STUDENT/{assignment}/{assignment}.html")
    print(f"{assignment}: {len(graded)} of {len(outcomes)} graded.", flush=True)
    if attention := listing(assignment, {outcome.student: outcome.attention for outcome in outcomes}):
        print(attention, flush=True)
    if len(graded) < len(outcomes):
        return 1
    return 3 if attention else 0


def _report(course: Course, options: argparse.Namespace) -> int:
    from mlpgrade.gradebook.decisions import listing
    from mlpgrade.gradebook.settle import settle
    from mlpgrade.judging.plain import plain
    from mlpgrade.teaching.report import as_csv, as_text, class_report

    for assignment in options.assignments:
        course.require_assignment(assignment)
        for change in settle(course, assignment):
            print(plain(f"mlpgrade: {assignment}: {change}"), file=sys.stderr)
    if options.csv:
        reports = {name: class_report(course, name, options.student) for name in options.assignments}
        Path(options.csv).write_text(as_csv(reports), encoding="utf-8")
        print(f"Written: {options.csv}")
        return 0
    for assignment in options.assignments:
        lines = class_report(course, assignment, options.student)
        print(f"{assignment}\n{as_text(lines)}" if len(options.assignments) > 1 else as_text(lines))
        if attention := listing(assignment, {line.student: line.attention for line in lines}):
            print(f"\n{attention}")
    return 0


def _new(course: Course, options: argparse.Namespace) -> int:
    from mlpgrade.authoring.new import new

    for path in new(course, options.name):
        print(path)
    print(f"It works as it stands: mlpgrade check {options.name}")
    return 0


def _check(course: Course, options: argparse.Namespace) -> int:
    from mlpgrade.authoring.check import SEEDS, report_on

    seeds = dict.fromkeys(SEEDS, options.seeds) if options.seeds else None
    fit = [report_on(course, name, seeds) for name in options.assignments or course.assignments()]
    return 0 if all(fit) else 1


def _publish(course: Course, options: argparse.Namespace) -> int:
    from mlpgrade.authoring.publish import publish

    written = publish(course, Path(options.directory))
    print(f"Written to {options.directory}: {', '.join(written)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
