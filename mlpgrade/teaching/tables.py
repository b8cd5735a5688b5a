"""Tables as other systems and spreadsheets save them: with or without a byte-order mark, with semicolons, in UTF-16."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from mlpgrade.course import CourseError
from mlpgrade.judging.plain import plain
from mlpgrade.records import names

DELIMITERS = (",", ";", "\t")
MAX_BYTES = 50_000_000


@dataclass(frozen=True)
class Table:
    """A table: its header, its rows (as wide as the header), and how it was written."""

    header: list[str]
    rows: list[list[str]]
    delimiter: str = ","
    encoding: str = "utf-8"

    def column(self, *titles: str) -> int | None:
        """Return the place of the first column of one of these titles, whatever its case."""
        lower = [title.strip().casefold() for title in self.header]
        return next((lower.index(title.casefold()) for title in titles if title.casefold() in lower), None)

    def has(self, *titles: str) -> bool:
        """Tell whether all of these columns are there."""
        return all(self.column(title) is not None for title in titles)

    def cell(self, row: list[str], *titles: str) -> str:
        """Return a row's cell in the first of these columns that there is, or nothing."""
        place = self.column(*titles)
        return row[place].strip() if place is not None else ""

    def chosen(self, assignment: str, wanted: str | None, candidates: list[str]) -> int:
        """Return the place of an assignment's column: the one that is wanted, or the only one whose title is like its name.

        Raises CourseError where that is none, or several.
        """
        key = names.key(assignment)
        alike = [
            title for title in candidates if key in names.key(title) or key.lstrip("0123456789") in names.key(title)
        ]
        found = [title for title in candidates if title == wanted] if wanted else alike
        if len(found) != 1:
            listed = ", ".join(repr(plain(title)) for title in candidates) or "none"
            raise CourseError(f"which column is {assignment}'s? Say it with --column TITLE; there are: {listed}.")
        return self.header.index(found[0])

    def written(self) -> bytes:
        """Return the table as it was written."""
        file = io.StringIO()
        csv.writer(file, delimiter=self.delimiter, lineterminator="\r\n").writerows([self.header, *self.rows])
        return file.getvalue().encode(self.encoding)


def read_table(path: Path) -> Table:
    """Return the table in a file. Raises CourseError if it holds none."""
    try:
        content = path.read_bytes()[: MAX_BYTES + 1]
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}.") from None
    if len(content) > MAX_BYTES:
        raise CourseError(f"{path} has more than {MAX_BYTES / 1e6:.0f} MB, which is no list of people or marks.")
    table = table_of(content)
    if table is None:
        raise CourseError(f"{path} is no table: a CSV file with a header and at least two columns was expected.")
    return table


def table_of(content: bytes) -> Table | None:
    """Return the table in a file's bytes, or None."""
    text, encoding = _decoded(content)
    if "\0" in text or not text.strip():
        return None
    first, _, rest = text.partition("\n")
    if first.strip().casefold().startswith("sep="):  # by which spreadsheets tell each other the delimiter
        text = rest
    head = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=lambda one: len(next(csv.reader([head], delimiter=one), [])))
    try:
        lines = [line for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(line)]
    except csv.Error:
        return None
    if not lines or len(lines[0]) < 2:
        return None
    width = len(lines[0])
    rows = [(line + [""] * width)[:width] for line in lines[1:]]
    return Table([title.strip() for title in lines[0]], rows, delimiter, encoding)


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), "utf-16"
    if content[1:2] == b"\0":
        return content.decode("utf-16-le", "replace"), "utf-16-le"
    if content.startswith(b"\xef\xbb\xbf"):
        return content.decode("utf-8-sig", "replace"), "utf-8-sig"
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "cp1252"
