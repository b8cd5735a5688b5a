"""Forms that belong to no system: nbgrader's exchange, folders with students' names, CSV files with the usual titles.

nbgrader's exchange: `STUDENT+ASSIGNMENT+TIMESTAMP[+RANDOM]/`, with `timestamp.txt` and `submission_secret.txt` beside the notebooks, as
nbgrader/exchange/default/submit.py writes them.
"""

import re
from datetime import UTC, datetime
from pathlib import PurePosixPath

from dateutil import parser

from mlpgrade.records.roster import Person, Who
from mlpgrade.teaching.handed import Entry, Handed
from mlpgrade.teaching.tables import Table

EXCHANGE, FOLDERS = "nbgrader", "folders"
SUBMISSION = re.compile(
    r"(?:^|/)(?P<student>[^/+]+)\+(?P<assignment>[^/+]+)\+(?P<time>[^/+]+(?:\+\d{4})?)(?:\+[^/]+)?/"
)

TITLES = {
    "student": ("student", "student_id", "student id", "nbgrader id"),
    "last_name": ("last_name", "last name", "surname", "family name"),
    "first_name": ("first_name", "first name", "given name", "forename"),
    "login": ("login", "username", "user", "user name", "sis login id"),
    "email": ("email", "e-mail", "email address", "mail"),
    "lms_id": ("lms_id", "lms id", "lms_user_id", "id"),
    "sis_id": ("sis_id", "sis user id", "id number", "matriculation", "student number"),
    "github": ("github", "github username", "github login"),
}
SECTIONS = ("sections", "section", "group", "groups")


def people(table: Table) -> list[Person] | None:
    """Return the people of a table with some of the usual titles, or None if it has neither logins nor names."""
    found = {name: titles for name, titles in TITLES.items() if table.column(*titles) is not None}
    name = table.column("name", "full name")
    if name is None and not found.keys() & {"student", "login", "email", "last_name", "github"}:
        return None
    listed = []
    for row in table.rows:
        said = {field: table.cell(row, *titles) for field, titles in found.items()}
        if name is not None and "last_name" not in found:
            said |= _divided(row[name].strip())
        sections = re.split(r"[;,]", table.cell(row, *SECTIONS))
        listed.append(Person(**said, sections=tuple(filter(None, map(str.strip, sections)))))
    return [person for person in listed if person != Person()]


def _divided(name: str) -> dict[str, str]:
    last, comma, first = name.partition(",")
    if not comma:
        first, _, last = name.rpartition(" ")
    return {"last_name": last.strip(), "first_name": first.strip()}


def exchange(entries: list[Entry], assignment: str) -> list[Handed] | None:
    """Return what was handed in through nbgrader's exchange, or None if it is no exchange."""
    found = [(SUBMISSION.search(entry.path), entry) for entry in entries]
    if not any(match for match, _ in found):
        return None
    return [
        Handed(
            Who(login=match["student"]),
            entry,
            entry.name,
            _time(match["time"]),
            label=match[0].strip("/"),
            attempt=match["time"],
        )
        for match, entry in found
        if match and match["assignment"] == assignment
    ]


def _time(text: str) -> datetime | None:
    """Return the time in the name of a folder, where colons may have become dashes. nbgrader's is UTC unless it says otherwise."""
    text = re.sub(r"(\d{2})[-_](\d{2})[-_](\d{2}(?:\.\d+)?)(?=\s|$)", r"\1:\2:\3", text.replace("_", " "))
    try:
        moment = parser.parse(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def folders(entries: list[Entry], assignment: str) -> list[Handed]:
    """Return what lies in folders with the names of students, or in files with their names."""
    parts = [PurePosixPath(entry.path).parts for entry in entries]
    while len({path[0] for path in parts}) == 1 and all(len(path) > 2 for path in parts):
        parts = [path[1:] for path in parts]  # all of it lies in one folder
    found = []
    for path, entry in zip(parts, entries, strict=True):
        elsewhere = any((each[0], assignment) == (path[0], each[1]) for each in parts if len(each) > 2)
        if elsewhere and path[1:2] != (assignment,):
            continue  # another assignment of a student of whom this one is there too
        name = path[0] if len(path) > 1 else PurePosixPath(path[0]).stem
        who = Who(id=name, login=name, name=name)
        found.append(Handed(who, entry, path[-1], label=name))
    return found
