"""Moodle.

The list of participants, downloaded as CSV: "First name", "Last name" (older: "Surname"), "ID number", "Email address", "Groups".

The zip of submissions: mod_assign\\downloader in moodle/moodle, mod/assign/classes/downloader.php. Files lie in folders
`FULL NAME_PARTICIPANT_assignsubmission_PLUGIN`, with a further underscore before Moodle 4.1, or have that as the beginning of their
names where folders are off. PARTICIPANT counts in one assignment only (`assign_user_mapping`), so it tells who is meant through
the grading worksheet of that assignment alone.

The grading worksheet: `assignfeedback_offline_grade_importer` in mod/assign/feedback/offline/importgradeslib.php. It goes by the columns
"Identifier" ("Participant 123"), "Grade" and "Last modified (grade)"; which others there are varies.

Feedback goes back as `assignfeedback_file_zip_importer` reads it (mod/assign/feedback/file/importziplib.php): of a path's part it takes the
name, the participant, `assignfeedback` and `file`, between underscores.
"""

import html
import re
from collections.abc import Callable
from datetime import datetime

from dateutil import parser

from mlpgrade.course import CourseError
from mlpgrade.records.roster import Person, Who
from mlpgrade.teaching.handed import Entry, Given, Handed, by_their_names
from mlpgrade.teaching.tables import Table

SYSTEM = "moodle"
FOLDER = re.compile(r"(?P<name>[^/]*?)_(?P<number>\d+)_assignsubmission_(?P<plugin>file|onlinetext)_?")
PARTICIPANT = re.compile(r"\d+$")


def people(table: Table) -> list[Person] | None:
    """Return the people of a list of participants, or None if it is none."""
    if not (table.has("First name", "Email address") and table.column("Last name", "Surname") is not None):
        return None
    return [
        Person(
            last_name=table.cell(row, "Last name", "Surname"),
            first_name=table.cell(row, "First name"),
            login=table.cell(row, "Username"),
            email=table.cell(row, "Email address"),
            sis_id=table.cell(row, "ID number"),
            sections=tuple(one.strip() for one in table.cell(row, "Groups").split(",") if one.strip()),
        )
        for row in table.rows
    ]


def is_worksheet(table: Table) -> bool:
    """Tell whether a table is a grading worksheet."""
    return table.has("Identifier", "Grade")


def participants(table: Table) -> dict[str, tuple[Who, datetime | None]]:
    """Return who each participant of a grading worksheet is, and when they handed in, if the sheet says so."""
    return {
        number: (
            Who(
                table.cell(row, "ID number"), table.cell(row, "Email address", "Username"), table.cell(row, "Full name")
            ),
            _time(table.cell(row, "Last modified (submission)")),
        )
        for row in table.rows
        if (number := participant(table, row))
    }


def participant(table: Table, row: list[str]) -> str:
    """Return the number in "Participant 123"."""
    found = PARTICIPANT.search(table.cell(row, "Identifier"))
    return found[0] if found else ""


def _time(text: str) -> datetime | None:
    """Return the time in a cell such as "Friday, 20 November 2026, 11:58 PM", in the site's zone, or None for "-"."""
    try:
        return parser.parse(text)
    except (ValueError, OverflowError):
        return None


def handed(entries: list[Entry]) -> list[Handed] | None:
    """Return what was handed in, or None if the names are not those of Moodle."""
    return by_their_names(entries, lambda entry: FOLDER.search(entry.path), _handed)


def _handed(match: re.Match[str], entry: Entry) -> Handed:
    original = entry.path[match.end() :].rpartition("/")[2] or entry.name
    label = match[0].rpartition("/")[2]
    return Handed(Who(name=match["name"]), entry, original, receipt=match["number"], label=label)


def marks(table: Table, assignment: str, column: str | None, given: Callable[[Who], Given | None]) -> Table:
    """Return the grading worksheet with the rows of those who get something. Raises CourseError where the maximum is another."""
    if not is_worksheet(table):
        raise CourseError(
            "that is no grading worksheet: in Moodle it is under View all submissions, Download grading worksheet."
        )
    grade, comment, people = table.column("Grade"), table.column("Feedback comments"), participants(table)
    rows = []
    for row in table.rows:
        found = given(people[number][0]) if (number := participant(table, row)) else None
        if found is None or grade is None or table.cell(row, "Grade can be changed").casefold() == "no":
            continue
        most = table.cell(row, "Maximum grade").replace(",", ".")
        if most and float(most) != found.maximum:
            raise CourseError(
                f"the maximum grade is {float(most):g} in Moodle and {found.maximum:g} here; change it there first."
            )
        filled = list(row)
        filled[grade] = found.mark
        if comment is not None:
            filled[comment] = html.escape(found.comment, quote=False)
        rows.append(filled)
    return Table(table.header, rows, table.delimiter, "utf-8")


def page_name(given: Given, assignment: str) -> str:
    """Return the path of a feedback page, by which Moodle knows whose it is; nothing where it did not come from there."""
    match = FOLDER.search(given.label)
    return f"{match['name']}_{match['number']}_assignfeedback_file/{assignment}.html" if match else ""
