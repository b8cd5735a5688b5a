"""Collects what was handed in elsewhere: reads it, finds out whose it is, keeps every attempt, and says what became of each."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mlpgrade.course import Course, CourseError
from mlpgrade.judging.plain import plain
from mlpgrade.records import manifest, roster
from mlpgrade.records.manifest import Line
from mlpgrade.records.policy import NOTHING, Policy
from mlpgrade.records.roster import Match, Person, Roster, Who
from mlpgrade.teaching import attempts, quarantine
from mlpgrade.teaching.archive import Refusal
from mlpgrade.teaching.attempts import Attempt, File, safe_name
from mlpgrade.teaching.handed import Handed
from mlpgrade.teaching.sources import TRUSTED, Source, sources_in


@dataclass
class Collected:
    """What became of what was handed in. The lists hold what is said of each, for people."""

    systems: list[str] = field(default_factory=list)
    students: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)
    late: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    missing: list[Person] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def collect(
    course: Course, assignment: str, paths: list[Path], policy: Policy | None, dry_run: bool = False
) -> Collected:
    """Collect an assignment from downloads, and once more from the quarantine. Raises CourseError where there is no roster."""
    course.require_assignment(assignment)
    people, policy = require_roster(course), policy or NOTHING
    told = Collected()

    def until(who: Who) -> list[datetime]:
        person = people.find(who).person
        terms = policy.terms(assignment, person.student if person else "", person.sections if person else ())
        return [moment for moment in (terms.deadline, terms.latest) if moment is not None]

    read = sources_in(paths, assignment, people, until)
    told.systems = [f"{source.path}: {source.system}, {len(source.handed)} files" for source in read]
    handed = [pair for source in read for pair in _attempts(source, policy, told)]
    words = quarantine.remembered(course)
    known = manifest.load(course.classroom, assignment)
    for waiting, who, attempt in (*((None, *pair) for pair in handed), *quarantine.waiting(course, assignment)):
        match = _whose(people, words, assignment, who, attempt)
        if match.person is None:
            name = (
                quarantine.name_of(who, attempt)
                if dry_run
                else quarantine.keep(course, assignment, who, attempt, _why(match))
            )
            told.unknown[name] = f"{plain(who)}: {_why(match)}"
            continue
        known += _taken(course, assignment, match.person, attempt, known, told, dry_run)
        if waiting and not dry_run:
            quarantine.let_go(course, assignment, waiting)
    _settle(course, assignment, people, policy, known, told, dry_run)
    return told


def require_roster(course: Course) -> Roster:
    """Return the roster. Raises CourseError where there is none."""
    people = roster.load(course.classroom)
    if not people.people:
        raise CourseError(
            "there is no roster yet, so nobody is known; run: mlpgrade roster FILE (from Canvas, Moodle, … or a CSV file)"
        )
    return people


def _attempts(source: Source, policy: Policy, told: Collected) -> list[tuple[Who, Attempt]]:
    """Put the files of a download together into attempts, and tell of those that are refused."""
    groups: dict[tuple, list[tuple[Handed, File]]] = {}
    for one in source.handed:
        trusted = source.system in TRUSTED
        try:
            if one.entry.refused:
                raise Refusal(one.entry.refused)
            file = File(safe_name(one.original, trusted), one.entry.read())
        except (Refusal, OSError) as refusal:
            told.refused.append(
                f"{plain(source.path.name)}: {plain(one.entry.path)} (of {plain(one.who)}) is refused: {plain(refusal)}"
            )
            continue
        groups.setdefault((one.who, one.attempt), []).append((one, file))
    found = []
    for (who, _), pairs in groups.items():
        for turn in _turns(pairs):
            found.append((who, _attempt(source.system, who, turn, policy)))
            told.notes += [f"{plain(who)}: {plain(one.note)}" for one, _ in turn if one.note]
    return found


def _turns(pairs: list[tuple[Handed, File]]) -> Iterable[list[tuple[Handed, File]]]:
    """Take files of one name apart: the system keeps older ones, and the one with the higher number is the newer one."""
    pairs = sorted(pairs, key=lambda pair: int(pair[0].receipt) if pair[0].receipt.isdigit() else 0)
    last = list({file.name.casefold(): (one, file) for one, file in pairs}.values())
    return [*([pair] for pair in pairs if pair not in last), last]


def _attempt(system: str, who: Who, pairs: list[tuple[Handed, File]], policy: Policy) -> Attempt:
    times = [policy.terms("").local(one.time) for one, _ in pairs if one.time is not None]
    lates = [one.late for one, _ in pairs if one.late is not None]
    return Attempt(
        system,
        tuple(file for _, file in pairs),
        max(times, default=None),
        any(lates) if lates else None,
        who.id,
        tuple(one.receipt for one, _ in pairs),
        tuple(one.label for one, _ in pairs),
        next((one.note for one, _ in pairs if one.note), ""),
    )


def _whose(people: Roster, words: dict[tuple[str, ...], str], assignment: str, who: Who, attempt: Attempt) -> Match:
    said = words.get(quarantine.asked(assignment, who, attempt))
    person = people.student(said) if said else None
    return Match(person, "your word") if person else people.find(who)


def _why(match: Match) -> str:
    if match.between:
        return "it could be " + " or ".join(f"{plain(one.student)} ({plain(one.name)})" for one in match.between)
    return "nobody on the roster is known by that"


def _taken(
    course: Course, assignment: str, person: Person, attempt: Attempt, known: list[Line], told: Collected, dry_run: bool
) -> list[Line]:
    """Keep an attempt of a student; what lies in their folder without having been collected is kept before it."""
    student = person.student
    mine = [line for line in known if line.student == student]
    before = attempts.found_in_place(course, assignment, student, mine)
    fresh: list[Line] = []
    for one in filter(None, (before, attempt)):
        if dry_run:
            is_new = not any(line.attempt.endswith(f"-{one.digest}") for line in mine)
            fresh += (
                one.lines(student, f"{len(attempts.by_attempt([*mine, *fresh])) + 1}-{one.digest}") if is_new else []
            )
        else:
            fresh += attempts.add(course, assignment, student, one, [*mine, *fresh])
    if fresh:
        told.new.add(student)
    if person.left:
        told.notes.append(f"{plain(student)} has left the course by the roster, and handed in all the same")
    return fresh


def _settle(
    course: Course, assignment: str, people: Roster, policy: Policy, known: list[Line], told: Collected, dry_run: bool
) -> None:
    """Let an attempt of each student count, keep the manifest, and say who is late and who is missing."""
    lines: list[Line] = []
    for student in sorted({line.student for line in known}):
        mine = [line for line in known if line.student == student]
        terms = policy.terms(assignment, student, people.sections(student))
        name = next(
            (line.attempt for line in mine if line.counts and terms.counts == "best" and student not in told.new), None
        )
        name = name or attempts.newest(mine, terms)
        if (number := len(attempts.by_attempt(mine))) > 1:
            what = (
                "the best will count when they are graded" if terms.counts == "best" else f"{name} counts, the newest"
            )
            told.notes.append(f"{plain(student)}: {number} attempts; {what}")
        lines += mine if dry_run else attempts.count(course, assignment, mine, name)
        first = attempts.by_attempt(mine)[name][0]
        lateness = terms.lateness(first.moment, first.late == "yes")
        if lateness.days or (first.late == "yes" and terms.due is None):
            told.late[student] = lateness.by or "late by the system's word; policy.toml has no due date"
        told.students.add(student)
    if not dry_run:
        manifest.save(course.classroom, assignment, lines)
    there = told.students | {path.parent.name for path in course.step("submitted").glob(f"*/{assignment}")}
    told.missing = [person for person in people.present if person.student not in there]


def choose_again(course: Course, assignment: str, policy: Policy | None, dry_run: bool) -> list[str]:
    """Let the newest attempt count by a policy that has changed; return the students of whom that is another one now."""
    if policy is None:
        return []
    people, lines, other = roster.load(course.classroom), manifest.load(course.classroom, assignment), []
    for student in sorted({line.student for line in lines}):
        mine = [line for line in lines if line.student == student]
        terms = policy.terms(assignment, student, people.sections(student))
        name = attempts.newest(mine, terms)
        if terms.counts == "newest" and name not in {line.attempt for line in mine if line.counts}:
            other.append(student)
            if not dry_run:
                chosen = attempts.count(course, assignment, mine, name)
                lines = [line for line in lines if line.student != student] + chosen
    if other and not dry_run:
        manifest.save(course.classroom, assignment, lines)
    return other


def assign(course: Course, assignment: str, name: str, student: str, policy: Policy | None) -> Collected:
    """Say whose something in quarantine is, for now and the next time, and take it in. Raises CourseError if it cannot be."""
    people = require_roster(course)
    if people.student(student) is None:
        near = [
            one.student
            for one in people.people
            if re.search(re.escape(student), f"{one.student} {one.name}", re.IGNORECASE)
        ]
        others = f"; there are {', '.join(map(plain, near[:5]))}" if near else ""
        raise CourseError(f"{student!r} is not on the roster{others}.")
    who, attempt = quarantine.find(course, assignment, name)
    quarantine.remember(course, assignment, who, attempt, student)
    return collect(course, assignment, [], policy)
