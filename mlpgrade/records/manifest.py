"""What came in for an assignment: a line for each file of each attempt, with where it came from and whether it counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mlpgrade.records import files

COLUMNS = (
    "student",
    "lms_id",
    "attachment",
    "original_name",
    "time",
    "late",
    "sha256",
    "attempt",
    "counts",
    "system",
    "label",
    "note",
)


@dataclass(frozen=True)
class Line:
    """A file that was taken in.

    `time` is ISO 8601, or nothing where the system does not tell; `late` is yes, no or nothing by what the system says; `counts` is yes for
    the attempt that is graded; `label` and `attachment` are what the system wants to see again when feedback goes back.
    """

    student: str
    lms_id: str = ""
    attachment: str = ""
    original_name: str = ""
    time: str = ""
    late: str = ""
    sha256: str = ""
    attempt: str = ""
    counts: str = ""
    system: str = ""
    label: str = ""
    note: str = ""

    @property
    def moment(self) -> datetime | None:
        """When it was handed in, if that is known."""
        return datetime.fromisoformat(self.time) if self.time else None


def path_in(classroom: Path, assignment: str) -> Path:
    """Return where the manifest of an assignment is kept."""
    return classroom / "collected" / f"{assignment}.csv"


def load(classroom: Path, assignment: str) -> list[Line]:
    """Return an assignment's lines."""
    rows = files.read_rows(path_in(classroom, assignment))
    return [Line(**{name: row.get(name, "") for name in COLUMNS}) for row in rows if row.get("student")]


def save(classroom: Path, assignment: str, lines: Iterable[Line]) -> None:
    """Keep an assignment's lines."""
    ordered = sorted(lines, key=lambda line: (line.student, line.time, line.attempt, line.original_name))
    files.write_rows(path_in(classroom, assignment), COLUMNS, map(vars, ordered))


def called_late(classroom: Path, assignment: str) -> set[str]:
    """Return the students whose counting attempt the system called late, without saying when it came."""
    lines = load(classroom, assignment)
    return {line.student for line in lines if line.counts and line.late == "yes" and not line.time}
