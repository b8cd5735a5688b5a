"""Blackboard.

The zip of an assignment, "Assignment File Download" in the Grade Center: files `ASSIGNMENT_USERNAME_attempt_YYYY-MM-DD-HH-MM-SS_FILE`, which
nbgrader's own documentation of `zip_collect` takes for its example (`ps1_bitdiddle_attempt_2016-01-30-15-00-00_problem1.ipynb`), and
beside them, without FILE, a `.txt` for each attempt. The times are the server's.
"""

import re
from datetime import datetime

from mlpgrade.records.roster import Who
from mlpgrade.teaching.handed import Entry, Handed

SYSTEM = "blackboard"
NAME = re.compile(
    r"(?P<before>.+)_(?P<login>[^_]+)_attempt_(?P<time>\d{4}(?:-\d{2}){5})(?:_(?P<file>.+)|(?P<receipt>\.txt))$"
)


def handed(entries: list[Entry]) -> list[Handed] | None:
    """Return what was handed in, or None if the names are not those of Blackboard."""
    found = [NAME.match(entry.name) for entry in entries]
    if not any(found):
        return None
    return [
        Handed(
            Who(login=match["login"]),
            entry,
            match["file"],
            time=datetime.strptime(match["time"], "%Y-%m-%d-%H-%M-%S"),
            label=entry.name,
            attempt=match["time"],
        )
        if match
        else Handed(Who(), entry, entry.name)
        for match, entry in zip(found, entries, strict=True)
        if not (match and match["receipt"])
    ]
