"""What an instructor has downloaded: by its content it is found out which system it comes from."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from mlpgrade.course import CourseError
from mlpgrade.records.roster import Person, Roster, Who
from mlpgrade.teaching import archive
from mlpgrade.teaching.handed import Entry, Handed
from mlpgrade.teaching.lms import blackboard, brightspace, canvas, github, gradescope, moodle, plain
from mlpgrade.teaching.tables import Table, read_table, table_of

LISTS = {"Canvas": canvas.people, "Classroom 50": github.people, "Moodle": moodle.people, "CSV": plain.people}
ARCHIVES = {
    gradescope.SYSTEM: gradescope.handed,
    moodle.SYSTEM: moodle.handed,
    blackboard.SYSTEM: blackboard.handed,
    brightspace.SYSTEM: brightspace.handed,
    canvas.SYSTEM: canvas.handed,
}
"""From the form that is hardest to mistake to the one that is easiest."""

TRUSTED = (plain.EXCHANGE, plain.FOLDERS)
"""Where a file `timestamp.txt` is nbgrader's own. Elsewhere a student may have handed one in."""


def people_in(path: Path) -> tuple[str, list[Person]]:
    """Return the kind of a list of people, and who is on it. Raises CourseError if it is of none."""
    table = read_table(path)
    for kind, people in LISTS.items():
        if found := people(table):
            return kind, found
    raise CourseError(
        f"{path} is no list of people that is known: Canvas's gradebook, Moodle's participants, Classroom 50's roster.csv, or a "
        f"CSV file with columns such as login, last_name, first_name, email, section was expected; its columns are: "
        f"{', '.join(table.header[:8])}."
    )


@dataclass(frozen=True)
class Source:
    """What was handed in, as one download has it."""

    path: Path
    system: str
    handed: list[Handed]


def sources_in(
    paths: list[Path], assignment: str, roster: Roster, until: Callable[[Who], list[datetime]]
) -> list[Source]:
    """Read downloads. A Moodle grading worksheet among them says who its participants are."""
    sheets = {path: table for path in paths if (table := _sheet(path)) is not None}
    participants = {number: who for table in sheets.values() for number, who in moodle.participants(table).items()}
    sources = [_source(path, assignment, roster, until) for path in paths if path not in sheets]
    return [_told_by(source, participants) for source in sources]


def _sheet(path: Path) -> Table | None:
    if not path.is_file() or zipfile.is_zipfile(path) or path.suffix.lower() == ".ipynb":
        return None
    table = table_of(path.read_bytes()[: archive.MAX_FILE])
    if table is not None and moodle.is_worksheet(table):
        return table
    if table is not None and path.suffix.lower() == ".csv":
        raise CourseError(f"{path} holds nothing that was handed in. If it is a list of people: mlpgrade roster {path}")
    return None


def _source(path: Path, assignment: str, roster: Roster, until: Callable[[Who], list[datetime]]) -> Source:
    if github.clones(path):
        return Source(path, github.SYSTEM, github.handed(path, assignment, roster, until))
    return Source(path, *_read(archive.entries(path), assignment))


def _read(entries: list[Entry], assignment: str, deep: bool = True) -> tuple[str, list[Handed]]:
    """Return the system that files come from, and what was handed in."""
    found = plain.exchange(entries, assignment)
    if found is not None:
        return plain.EXCHANGE, found
    for system, handed in ARCHIVES.items():
        found = handed(entries)
        if found is not None:
            return system, found
    if deep and len(entries) == 1 and entries[0].name.lower().endswith(".zip") and not entries[0].refused:
        return _read(archive.inside(entries[0]), assignment, deep=False)
    return plain.FOLDERS, plain.folders(entries, assignment)


def _told_by(source: Source, participants: dict[str, tuple[Who, datetime | None]]) -> Source:
    if source.system != moodle.SYSTEM or not participants:
        return source
    told = [
        replace(one, who=participants[one.receipt][0], time=participants[one.receipt][1])
        if one.receipt in participants
        else one
        for one in source.handed
    ]
    return replace(source, handed=told)
