"""Canvas.

The gradebook's CSV: `GradebookImporter` in instructure/canvas-lms, lib/gradebook_importer.rb. Its header is "Student", "ID", then
"SIS User ID", "SIS Login ID", "Integration ID", "Root Account" where the account has them, "Section", and a column
`TITLE (ID)` for each assignment; a row whose first cell holds "Points Possible" may follow, and one of "Manual Posting".

The zip of submissions: `ContentZipper#get_filename` and `#add_upload_submission` in lib/content_zipper.rb. A file is called
`SORTABLENAME[_LATE]_USERID_ATTACHMENTID_DISPLAYNAME`, where of the name nothing but letters, digits and underscores is left, in
lower case; or `[LATE_]anon_ANONYMOUSID_…` where the assignment is anonymous. Text entries end in `_text.html`, addresses in
`_link.html`, without an attachment.

What goes back: the gradebook's CSV again, whose empty cells change nothing (`no_change_to_submission?` in the importer), and, under "Upload
submissions", a zip of files that keep the user's and the attachment's number in their names
(`infer_comment_context_from_filename` in app/models/abstract_assignment.rb).
"""

import re
from collections.abc import Callable

from mlpgrade.course import CourseError
from mlpgrade.records.roster import Person, Who
from mlpgrade.teaching.handed import Entry, Given, Handed
from mlpgrade.teaching.tables import Table

SYSTEM = "canvas"
NUMBERED = re.compile(r"-\d+(?=\.[^.]+$)")
"""What Canvas puts before the ending of a file that is handed in again under the same name."""


def people(table: Table) -> list[Person] | None:
    """Return the people of a gradebook's export, or None if it is none."""
    if not table.has("Student", "ID", "Section"):
        return None
    alone = {table.cell(row, "Section") for row in table.rows}
    return [_person(table, row, alone) for row in table.rows if is_student(table, row)]


def is_student(table: Table, row: list[str]) -> bool:
    """Tell whether a row is a student's, and not that of the points, of the posting, or of the test student."""
    name = table.cell(row, "Student")
    return bool(table.cell(row, "ID")) and "Points Possible" not in name and name != "Student, Test"


def _person(table: Table, row: list[str], alone: set[str]) -> Person:
    last, _, first = table.cell(row, "Student").partition(",")
    login = table.cell(row, "SIS Login ID")
    return Person(
        last_name=last.strip(),
        first_name=first.strip(),
        login=login,
        email=login if "@" in login else "",
        lms_id=table.cell(row, "ID"),
        sis_id=table.cell(row, "SIS User ID"),
        sections=_sections(table.cell(row, "Section"), alone),
    )


def _sections(text: str, alone: set[str]) -> tuple[str, ...]:
    """Take apart the sentence that Canvas makes of several sections, if each of them stands alone in another row."""
    parts = [part for part in re.split(r", and |, | and ", text) if part]
    return tuple(parts) if len(parts) > 1 and alone.issuperset(parts) else tuple(filter(None, [text]))


def handed(entries: list[Entry]) -> list[Handed] | None:
    """Return what was handed in, or None if the names are not those of Canvas."""
    found = [_handed(entry) for entry in entries]
    known = [one for one in found if one is not None]
    if not known or len(known) * 2 < len(entries):
        return None
    return [one or Handed(Who(), entry, entry.name) for one, entry in zip(found, entries, strict=True)]


def _handed(entry: Entry) -> Handed | None:
    parts = entry.name.split("_")
    late = parts[0] == "LATE"
    if parts[late : late + 1] == ["anon"] and len(parts) > late + 3 and parts[late + 2].isdigit():
        original = "_".join(parts[late + 3 :])
        return Handed(
            Who(name=f"anon {parts[late + 1]}"),
            entry,
            NUMBERED.sub("", original),
            None,
            late,
            parts[late + 2],
            entry.name,
        )
    number = next((place for place, part in enumerate(parts) if part.isdigit() and place > 0), None)
    if number is None or number + 1 >= len(parts):
        return None
    late = parts[number - 1] == "LATE"
    who = Who(id=parts[number], name="_".join(parts[: number - late]))
    if parts[number + 1].isdigit() and number + 2 < len(parts):
        original = NUMBERED.sub("", "_".join(parts[number + 2 :]))
        return Handed(who, entry, original, None, late, parts[number + 1], entry.name)
    if parts[number + 1 :] in (["text.html"], ["link.html"]):
        return Handed(who, entry, parts[number + 1], None, late, "", entry.name)
    return None


OWN = ("Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Root Account", "Section")


def marks(table: Table, assignment: str, column: str | None, given: Callable[[Who], Given | None]) -> Table:
    """Return the gradebook with the column of one assignment alone. Raises CourseError where its points are others."""
    place = table.chosen(assignment, column, [title for title in table.header if re.search(r" \(\d+\)$", title)])
    kept = [table.header.index(title) for title in OWN if title in table.header] + [place]
    rows = []
    for row in table.rows:
        found = (
            given(Who(table.cell(row, "ID"), table.cell(row, "SIS Login ID"), table.cell(row, "Student")))
            if is_student(table, row)
            else None
        )
        if is_student(table, row) or "Points Possible" in row[0]:
            rows.append(
                [
                    found.mark
                    if found and part == place
                    else ""
                    if part == place and is_student(table, row)
                    else row[part]
                    for part in kept
                ]
            )
        if found and (points := _possible(table, place)) not in (None, found.maximum):
            raise CourseError(
                f"{table.header[place]} has {points:g} points in Canvas and {found.maximum:g} here; change it there first."
            )
    return Table([table.header[part] for part in kept], rows, table.delimiter, "utf-8")


def _possible(table: Table, place: int) -> float | None:
    cell = next((row[place] for row in table.rows if "Points Possible" in row[0]), "")
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return None


def page_name(given: Given) -> str:
    """Return the name of a feedback page, by which Canvas knows whose it is; nothing where it did not come from there."""
    return f"{given.label.rpartition('.')[0] or given.label}.html" if given.receipt and given.label else ""
