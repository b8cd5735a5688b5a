"""Blackboard.

The zip of an assignment, "Assignment File Download" in the Grade Center: files `ASSIGNMENT_USERNAME_attempt_YYYY-MM-DD-HH-MM-SS_FILE`, which
nbgrader's own documentation of `zip_collect` takes for its example (`ps1_bitdiddle_attempt_2016-01-30-15-00-00_problem1.ipynb`), and
beside them, without FILE, a `.txt` for each attempt. The times are the server's.

The Grade Center's file ("Work Offline", library.blackboard.com, "Uploading or Downloading Grade Center Items"): often UTF-16 with tabs; it goes
by "Username" and the number behind the `|` in a column's title, `TITLE [Total Pts: 10 Score] |123`. Of the other columns, "Feedback to Learner"
and "Feedback Format" are taken where they are there.
"""

import re
from collections.abc import Callable
from datetime import datetime

from mlpgrade.course import CourseError
from mlpgrade.records.roster import Who
from mlpgrade.teaching.handed import Entry, Given, Handed, by_their_names
from mlpgrade.teaching.tables import Table

SYSTEM = "blackboard"
NAME = re.compile(
    r"(?P<before>.+)_(?P<login>[^_]+)_attempt_(?P<time>\d{4}(?:-\d{2}){5})(?:_(?P<file>.+)|(?P<receipt>\.txt))$"
)


def handed(entries: list[Entry]) -> list[Handed] | None:
    """Return what was handed in, or None if the names are not those of Blackboard. Its receipts are left out."""
    found = by_their_names(entries, lambda entry: NAME.match(entry.name), _handed)
    return found and [one for one in found if one.original]


def _handed(match: re.Match[str], entry: Entry) -> Handed:
    time = datetime.strptime(match["time"], "%Y-%m-%d-%H-%M-%S")
    who, original = Who(login=match["login"]), match["file"] or ""
    return Handed(who, entry, original, time=time, label=entry.name, attempt=match["time"])


TOTAL = re.compile(r"\[Total Pts: (?:up to )?(?P<points>[\d.,]+)")


def marks(table: Table, assignment: str, column: str | None, given: Callable[[Who], Given | None]) -> Table:
    """Return the Grade Center's file with the column of one assignment alone, for those who get something."""
    if not table.has("Username"):
        raise CourseError('that is no file of the Grade Center: a column "Username" was expected.')
    place = table.chosen(assignment, column, [title for title in table.header if "[Total Pts:" in title])
    kept = [
        part
        for part, title in enumerate(table.header)
        if title in ("Last Name", "First Name", "Username") or part == place
    ]
    total = TOTAL.search(table.header[place])
    rows = []
    for row in table.rows:
        found = given(
            Who(
                table.cell(row, "Student ID"),
                table.cell(row, "Username"),
                f"{table.cell(row, 'First Name')} {table.cell(row, 'Last Name')}",
            )
        )
        if found is None:
            continue
        if total and float(total["points"].replace(",", ".")) != found.maximum:
            raise CourseError(
                f"{table.header[place]} has other points than {found.maximum:g}; change it in Blackboard first."
            )
        rows.append([found.mark if part == place else row[part] for part in kept] + [found.comment, "PLAIN_TEXT"])
    return Table(
        [*(table.header[part] for part in kept), "Feedback to Learner", "Feedback Format"],
        rows,
        table.delimiter,
        table.encoding,
    )
