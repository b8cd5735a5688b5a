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
    from mlpgrade.gradebook.settle import settle
    from mlpgrade.teaching.late import terms_in_words

    for assignment in options.assignments or course.assignments():
        course.require_assignment(assignment)
        print(f"{assignment}: {terms_in_words(course, assignment)}")
        for change in settle(course, assignment, dry_run=options.dry_run):
            print(f"  {change}")
    if options.dry_run:
        print("Nothing was changed.")
    return 0
