"""One file that somebody handed in, as far as the system that it comes from tells."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mlpgrade.records.roster import Who


@dataclass(frozen=True)
class Entry:
    """A file in an archive or below a folder. `refused` says why it is not read."""

    path: str
    size: int
    read: Callable[[], bytes]
    refused: str = ""

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Handed:
    """A file, who handed it in, and when.

    `receipt` is the system's number of the file or the submission, which it wants to see again; `label` what it calls the
    submission by, and `attempt` what tells several attempts of one person apart. `late` is None where the system does not say.
    """

    who: Who
    entry: Entry
    original: str
    time: datetime | None = None
    late: bool | None = None
    receipt: str = ""
    label: str = ""
    attempt: str = ""
    note: str = ""


def by_their_names(
    entries: list[Entry],
    find: Callable[[Entry], re.Match[str] | None],
    read: Callable[[re.Match[str], Entry], Handed],
) -> list[Handed] | None:
    """Return what was handed in, told by names that `find` knows, or None if it knows none. Of other files nobody is known."""
    found = [find(entry) for entry in entries]
    if not any(found):
        return None
    return [
        read(match, entry) if match else Handed(Who(), entry, entry.name)
        for match, entry in zip(found, entries, strict=True)
    ]


@dataclass(frozen=True)
class Given:
    """What goes back to one student: the points, and why in short."""

    student: str
    points: float
    maximum: float
    comment: str
    page: bytes
    receipt: str = ""
    label: str = ""

    @property
    def mark(self) -> str:
        """The points as systems read them."""
        return f"{round(self.points, 2):g}"
