"""Takes up a list of people, and says who came, who went and what changed."""

from pathlib import Path

from mlpgrade.course import Course
from mlpgrade.gradebook import students
from mlpgrade.judging.plain import plain
from mlpgrade.records import roster
from mlpgrade.records.roster import Changes, Person
from mlpgrade.teaching.sources import people_in

SHOWN = ("last_name", "first_name", "login", "email", "lms_id", "sis_id", "github", "sections")


def take_up(course: Course, path: Path, dry_run: bool = False) -> list[str]:
    """Bring the roster, and nbgrader's list of students, up to a downloaded list; return what is said of it."""
    kind, listed = people_in(path)
    merged, changes = roster.merge(roster.load(course.classroom), listed)
    if not dry_run:
        roster.save(course.classroom, merged)
        students.enter(course, merged)
    here = {person.student for person in merged.people}
    folders = course.step("submitted")
    strangers = (
        sorted(path.name for path in folders.iterdir() if path.is_dir() and path.name not in here)
        if folders.is_dir()
        else []
    )
    return [
        f"{path}: {kind}, {len(listed)} people. The roster has {len(merged.present)}{_sections(merged.present)}.",
        *_told(changes),
        *(f"not on the roster, but in {folders}: {plain(name)}" for name in strangers),
    ]


def _sections(people: list[Person]) -> str:
    names = sorted({section for person in people for section in person.sections})
    counts = (f"{plain(name)} {sum(name in person.sections for person in people)}" for name in names)
    return f" ({', '.join(counts)})" if names else ""


def _told(changes: Changes) -> list[str]:
    lines = [f"came:    {_line(person)}" for person in changes.came]
    lines += [f"went:    {_line(person)}" for person in changes.went]
    lines += [f"back:    {_line(person)}" for person in changes.back]
    for before, now in changes.changed:
        told = (
            f"{name} {_cell(before, name)} → {_cell(now, name)}"
            for name in SHOWN
            if getattr(before, name) != getattr(now, name)
        )
        lines.append(f"changed: {plain(now.student)}: {', '.join(told)}")
    for person, between in changes.unsure:
        could = " or ".join(plain(one.student) for one in between)
        lines.append(
            f"unsure:  {_line(person)} could be {could}: write the login or a number into roster.csv, and run it again"
        )
    return lines


def _line(person: Person) -> str:
    return f"{plain(person.student or '(new)')} ({plain(person.name)}{', ' if person.sections else ''}{plain(', '.join(person.sections))})"


def _cell(person: Person, name: str) -> str:
    value = getattr(person, name)
    return plain(", ".join(value) if isinstance(value, tuple) else value) or "nothing"
