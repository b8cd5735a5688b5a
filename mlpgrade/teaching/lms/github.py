"""A directory of clones, one for each student, and the roster of Classroom 50.

Classroom 50 keeps `roster.csv` with the columns username, first_name, last_name, email, section, github_id and any others
(foundation50/classroom50, its wiki's glossary, "Roster"). A clone's folder ends in the student's name on GitHub. The times are those of the
commits, which the student's own machine has set.
"""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from mlpgrade.records.roster import Person, Roster, Who
from mlpgrade.teaching.archive import MAX_FILE, Refusal
from mlpgrade.teaching.handed import Entry, Handed
from mlpgrade.teaching.tables import Table

SYSTEM = "clones"
HARMLESS = [
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "protocol.allow=never",
    "-c",
    "safe.directory=*",
]
"""A repository's own settings may name programs to run; none of them is run by what is asked for here."""


def people(table: Table) -> list[Person] | None:
    """Return the people of Classroom 50's roster, or None if it is none."""
    if not table.has("username", "first_name", "last_name", "github_id"):
        return None
    return [
        Person(
            last_name=table.cell(row, "last_name"),
            first_name=table.cell(row, "first_name"),
            email=table.cell(row, "email"),
            github=table.cell(row, "username"),
            sections=tuple(filter(None, [table.cell(row, "section")])),
        )
        for row in table.rows
        if any(row)
    ]


def clones(folder: Path) -> list[Path]:
    """Return the clones in a folder."""
    if not folder.is_dir():
        return []
    return sorted(one for one in folder.iterdir() if (one / ".git").exists() and not one.is_symlink())


def whose(clone: str, roster: Roster) -> Who:
    """Return who a clone's folder belongs to: its name without what stands before the student's, if that is somebody's."""
    parts = clone.split("-")
    endings = ["-".join(parts[start:]) for start in range(len(parts))]
    return Who(login=next((one for one in endings if roster.find(Who(login=one)).person), clone))


def handed(folder: Path, assignment: str, roster: Roster, until: Callable[[Who], list[datetime]]) -> list[Handed]:
    """Return each clone's notebook in the last commit before the deadline, or before the latest day, or at all.

    `until` gives these moments for a student. A clone without the notebook gives a file that is refused.
    """
    return [_from(clone, assignment, whose(clone.name, roster), until) for clone in clones(folder)]


def _from(clone: Path, assignment: str, who: Who, until: Callable[[Who], list[datetime]]) -> Handed:
    newest = _commit(clone, assignment, None)
    for moment in [*until(who), None]:
        commit = _commit(clone, assignment, moment)
        if commit is not None:
            break
    if commit is None or newest is None:
        refused = Entry(clone.name, 0, bytes, f"it has no commit with a notebook of {assignment}")
        return Handed(who, refused, clone.name, label=clone.name)
    name, time, path = commit
    entry = Entry(f"{clone.name}/{path}", 0, lambda: _content(clone, name, path))
    later = "" if newest[0] == name else f"there are commits after the deadline; {name[:8]} counts"
    return Handed(who, entry, path.rpartition("/")[2], time, None, name[:12], clone.name, note=later)


def _commit(clone: Path, assignment: str, before: datetime | None) -> tuple[str, datetime, str] | None:
    """Return the last commit up to a moment, the time of its last change to the notebook, and the notebook's path in it."""
    limit = [f"--before={before.astimezone(UTC).isoformat()}"] if before else []
    head = git(clone, "rev-list", "-1", *limit, "HEAD").decode().strip()
    if not head:
        return None
    names = [
        name.decode("utf-8", "replace") for name in git(clone, "ls-tree", "-r", "-z", "--name-only", head).split(b"\0")
    ]
    notebooks = [name for name in names if name.endswith(".ipynb") and ".ipynb_checkpoints/" not in name]
    exact = [name for name in notebooks if name.rpartition("/")[2] == f"{assignment}.ipynb"]
    path = min(
        exact or [name for name in notebooks if assignment in name] or notebooks[:1] * (len(notebooks) == 1),
        key=len,
        default=None,
    )
    if path is None:
        return None
    said = git(clone, "rev-list", "-1", "--timestamp", head, "--", path).decode().split()
    return (head, datetime.fromtimestamp(int(said[0]), UTC), path) if said else None


def _content(clone: Path, commit: str, path: str) -> bytes:
    kind = git(clone, "ls-tree", "-z", commit, "--", path).split(b" ")[0]
    if kind == b"120000":
        raise Refusal("it is a symbolic link, which is not followed")
    if int(git(clone, "cat-file", "-s", f"{commit}:{path}") or 0) > MAX_FILE:
        raise Refusal(f"it has more than {MAX_FILE / 1e6:.0f} MB")
    return git(clone, "cat-file", "blob", f"{commit}:{path}")


def git(clone: Path, *arguments: str) -> bytes:
    """Return what a git command says that reads and runs nothing; nothing where it fails."""
    command = ["git", "--no-optional-locks", "-C", str(clone), *HARMLESS, *arguments]
    try:
        return subprocess.run(command, capture_output=True, timeout=60, env=_environment()).stdout
    except (OSError, subprocess.TimeoutExpired):
        return b""


def _environment() -> dict[str, str]:
    import os

    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
