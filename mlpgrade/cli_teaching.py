"""The commands of `mlpgrade` that follow a class through a term, from the roster to marks that go back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlpgrade.course import Course
    from mlpgrade.teaching.collect import Collected


def add_to(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    command = commands.add_parser("roster", help="take up a list of students; say who came, went and changed")
    command.set_defaults(run=_roster)
    command.add_argument(
        "file", metavar="FILE", type=Path, help="Canvas's gradebook, Moodle's participants, roster.csv, or a CSV"
    )
    _dry_run(command)
    command = commands.add_parser("collect", help="take in what was handed in elsewhere")
    command.set_defaults(run=_collect)
    command.add_argument("assignment", metavar="ASSIGNMENT")
    command.add_argument(
        "files", nargs="*", metavar="FILE", type=Path, help="a downloaded zip, a folder, a folder of clones"
    )
    _dry_run(command)
    command = commands.add_parser("assign", help="say whose something in quarantine is")
    command.set_defaults(run=_assign)
    command.add_argument("assignment", metavar="ASSIGNMENT")
    command.add_argument("name", metavar="NAME", help="such as q-1f2e3d, as collect prints it")
    command.add_argument("student", metavar="STUDENT")
    command = commands.add_parser("policy", help="work due dates and penalties out again; say whose marks change")
    command.set_defaults(run=_policy)
    command.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="by default all of them")
    _dry_run(command)
    command = commands.add_parser("return", help="write marks and feedback for the system that the work came from")
    command.set_defaults(run=_return)
    command.add_argument("assignment", metavar="ASSIGNMENT")
    command.add_argument("--lms", required=True, choices=["canvas", "moodle", "blackboard", "csv"])
    command.add_argument("--from", dest="export", type=Path, metavar="EXPORT", help="its own file, which it wants back")
    command.add_argument("--column", metavar="TITLE", help="the assignment's column in it, where that is not plain")
    command = commands.add_parser("void", help="take a question out, or give it to all")
    command.set_defaults(run=_void)
    command.add_argument("assignment", metavar="ASSIGNMENT")
    command.add_argument("task", metavar="TASK")
    command.add_argument("--full", action="store_true", help="give its points to all who handed in")
    command.add_argument("--undo", action="store_true", help="let it count again, by the marks that stood before")
    command = commands.add_parser("explain", help="say how a mark came about, and reproduce it")
    command.set_defaults(run=_explain)
    command.add_argument("student", metavar="STUDENT")
    command.add_argument("assignment", metavar="ASSIGNMENT")

    command = commands.add_parser("decide", help="write down what you decided about a submission that needs attention")
    command.set_defaults(run=_decide)
    command.add_argument("assignment", metavar="ASSIGNMENT")
    command.add_argument("student", metavar="STUDENT")
    choice = command.add_mutually_exclusive_group(required=True)
    choice.add_argument("--keep", action="store_true", help="all is to stay as it was graded")
    choice.add_argument("--take", metavar="FILE", help="this file of the submission is to be graded")
    choice.add_argument("--undo", action="store_true", help="take back what was decided")
    command.add_argument("--because", metavar="TEXT", default="", help="why, for whoever asks later")


def _dry_run(command: argparse.ArgumentParser) -> None:
    command.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")


def _roster(course: Course, options: argparse.Namespace) -> int:
    from mlpgrade.teaching.people import take_up

    print("\n".join(take_up(course, options.file, options.dry_run)))
    return 0


def _collect(course: Course, options: argparse.Namespace) -> int:
    from mlpgrade.gradebook.settle import policy_of
    from mlpgrade.teaching.collect import collect

    told = collect(course, options.assignment, options.files, policy_of(course), options.dry_run)
    return _tell(course, options.assignment, told, options.dry_run)


def _assign(course: Course, options: argparse.Namespace) -> int:
    from mlpgrade.gradebook.settle import policy_of
    from mlpgrade.teaching.collect import assign

    told = assign(course, options.assignment, options.name, options.student, policy_of(course))
    return _tell(course, options.assignment, told, dry_run=False)


def _tell(course: Course, assignment: str, told: Collected, dry_run: bool) -> int:
    """Print what became of what was handed in. Return 1 where something of it waits for a person."""
    from mlpgrade.judging.plain import plain

    lines = [f"{plain(one)}" for one in told.systems]
    lines += [f"note:    {one}" for one in told.notes]
    lines += [f"late:    {plain(student)}: {how}" for student, how in told.late.items()]
    lines += [f"missing: {plain(one.student)} ({plain(one.name)})" for one in told.missing]
    lines += [f"refused: {one}" for one in told.refused]
    for name, why in told.unknown.items():
        lines += [f"unknown: {why}", f"         if you know who it is: mlpgrade assign {assignment} {name} STUDENT"]
    counts = (
        f"{len(told.late)} late, {len(told.unknown)} unknown, {len(told.refused)} refused, {len(told.missing)} missing"
    )
    lines.append(f"{assignment}: {len(told.students)} collected ({len(told.new)} of them new), {counts}.")
    if dry_run:
        lines.append("Nothing was changed.")
    print("\n".join(lines))
    return 1 if told.unknown or told.refused else 0


def _policy(course: Course, options: argparse.Namespace) -> int:
    from mlpgrade.gradebook.settle import policy_of, settle
    from mlpgrade.teaching.collect import choose_again
    from mlpgrade.teaching.late import not_known, terms_in_words

    for line in not_known(course):
        print(f"policy.toml: {line}.")
    for assignment in options.assignments or course.assignments():
        course.require_assignment(assignment)
        print(f"{assignment}: {terms_in_words(course, assignment)}")
        for change in settle(course, assignment, dry_run=options.dry_run):
            print(f"  {change}")
        for student in choose_again(course, assignment, policy_of(course), options.dry_run):
            print(f"  {student}: another attempt counts now; to mark it: mlpgrade grade {assignment}")
    if options.dry_run:
        print("Nothing was changed.")
    return 0


def _return(course: Course, options: argparse.Namespace) -> int:
    from mlpgrade.teaching.give_back import give_back

    told = give_back(course, options.assignment, options.lms, options.export, options.column)
    for note in told.notes:
        print(f"note:     {note}")
    for what, path in (("marks", told.marks), ("feedback", told.pages)):
        if path is not None:
            print(f"{what + ':':<9} {path}")
    print(f"{options.assignment}: {len(told.students)} go back, {told.unchanged} have not changed since the last time.")
    return 0


def _void(course: Course, options: argparse.Namespace) -> int:
    from mlpgrade.teaching.void import restore, void

    if options.undo:
        changed = restore(course, options.assignment, options.task)
    else:
        changed = void(course, options.assignment, options.task, full=options.full)
    for change in changed:
        print(f"  {change}")
    became = (
        "counts again" if options.undo else "counts in full for all who handed in" if options.full else "is taken out"
    )
    print(
        f"{options.task} {became}: {len(changed)} marks change. The marks of before are kept; --undo brings them back."
    )
    return 0


def _explain(course: Course, options: argparse.Namespace) -> int:
    from mlpgrade.teaching.explain import explain

    for about, said in explain(course, options.student, options.assignment):
        print(f"{about:<9} {said}", flush=True)
    return 0


def _decide(course: Course, options: argparse.Namespace) -> int:
    from datetime import date

    from mlpgrade.course import CourseError
    from mlpgrade.gradebook.decisions import Decision, Decisions
    from mlpgrade.judging.plain import plain

    course.submitters(options.assignment, options.student)
    decisions = Decisions(course, options.assignment)
    folder = course.step("submitted") / options.student / options.assignment
    if options.take and options.take not in (names := sorted(path.name for path in folder.iterdir())):
        raise CourseError(
            f"{plain(options.student)} handed in no file {options.take!r}; there are: {plain(', '.join(names))}."
        )
    about = decisions.digest(options.student)
    decision = None if options.undo else Decision(about, options.take, options.because, f"{date.today()}")
    decisions.decide(options.student, decision)
    print(
        f"Written down in {decisions.path}."
        + (f" To grade it: mlpgrade grade {options.assignment}" if options.take else "")
    )
    return 0
