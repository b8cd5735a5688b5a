"""Small files of the classroom, written so that at any moment the old one is there or the new one, whole."""

import contextlib
import csv
import io
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from mlpgrade.judging.plain import FORMULAS, csv_cell

try:
    import fcntl
except ImportError:  # Windows has no such lock
    fcntl = None  # type: ignore[assignment]


def write(path: Path, content: str | bytes) -> None:
    """Write a file in one move."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    new.write_bytes(content.encode("utf-8", "replace") if isinstance(content, str) else content)
    os.replace(new, path)


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Let one process at a time do something, on this machine; the others wait. `path` is a file that stands for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def write_rows(path: Path, columns: tuple[str, ...], rows: Iterable[Mapping[str, object]]) -> None:
    """Write a CSV file of our own, in which no spreadsheet takes a cell for a formula."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([csv_cell(row.get(column, "")) for column in columns] for row in rows)
    write(path, file.getvalue())


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file of our own, or none where there is no file. A spreadsheet may have saved it again."""
    if not path.exists():
        return []
    text = path.read_text(encoding="utf-8-sig")
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    return [
        {name: _bare(cell) for name, cell in row.items() if isinstance(name, str) and isinstance(cell, str | None)}
        for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    ]


def _bare(cell: str | None) -> str:
    """Return what `csv_cell` was given."""
    text = cell or ""
    return text[1:] if text.startswith("'") and text[1:].lstrip(" ").startswith(FORMULAS) else text
