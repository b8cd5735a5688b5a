"""Brightspace (D2L).

The zip of an assignment's submissions: folders, or files, that begin with `NUMBER-NUMBER - FULL NAME - DATE`, one for each submission,
and an `index.html` (as scripts in public repositories that take such zips apart show; D2L documents the download, not the names). The
numbers may be the same for a whole class, so they say nothing of whose it is. The date is written as `Nov 20, 2026 1158 PM`, in the time of
whoever downloads it.
"""

import re
from datetime import datetime

from mlpgrade.records.roster import Who
from mlpgrade.teaching.handed import Entry, Handed, by_their_names

SYSTEM = "brightspace"
NAME = re.compile(
    r"(?P<receipt>\d+-\d+) - (?P<name>.+?) - (?P<time>\w{3,9} \d{1,2}, \d{4} \d{1,2}:?\d{2} [AP]M)(?:/| - )"
)


def handed(entries: list[Entry]) -> list[Handed] | None:
    """Return what was handed in, or None if the names are not those of Brightspace."""
    entries = [entry for entry in entries if entry.name.casefold() != "index.html"]
    return by_their_names(entries, lambda entry: NAME.search(entry.path), _handed)


def _handed(match: re.Match[str], entry: Entry) -> Handed:
    return Handed(
        Who(name=match["name"]),
        entry,
        entry.path[match.end() :].rpartition("/")[2],
        time=_time(match["time"]),
        receipt=match["receipt"],
        label=match[0].rstrip("/- "),
        attempt=match["time"],
    )


def _time(text: str) -> datetime | None:
    for month in ("%b", "%B"):
        try:
            return datetime.strptime(text.replace(":", ""), f"{month} %d, %Y %I%M %p")
        except ValueError:
            continue
    return None
