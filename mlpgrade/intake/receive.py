"""Takes in what was handed in, before anything of it runs: one notebook, safe and whole, or a reason why there is none."""

import copy
import os
import re
import stat
import warnings
import zoneinfo
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from dateutil import parser
from nbformat import NotebookNode

from mlpgrade.intake import reading
from mlpgrade.intake.beside import modules_beside
from mlpgrade.intake.reading import Refused, read
from mlpgrade.intake.whole import is_answered, make_whole

FORMS = re.compile(r"\.ipynb(\W|_|$)|\.json$|\.zip$|\.txt$", re.IGNORECASE)
"""Names that a notebook gets on its way through editors, browsers and mail."""

NBGRADERS = ("timestamp.txt", "submission_secret.txt")
"""What nbgrader's exchange puts beside a notebook."""

ZONES = {"CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "WET": 0, "WEST": 1, "MSK": 3, "JST": 9, "EDT": -4, "MDT": -6, "PDT": -7, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13}  # fmt: skip
"""Hours ahead of UTC, of short names that mean one zone only."""


@dataclass(frozen=True)
class Received:
    """A submission as it is graded. `refused` says why nothing could be; `notes`, what was put right or left aside.

    `doubts` are what a person should decide, `modules` the student's own ones beside the notebook, by name. It is `answered` if
    it holds anything that was not released.
    """

    notebook: NotebookNode
    refused: str | None
    notes: tuple[str, ...]
    timestamp: datetime | None
    doubts: tuple[str, ...] = ()
    modules: dict[str, str] = field(default_factory=dict)
    answered: bool = False


@dataclass(frozen=True)
class Attempt:
    """A file that may be the submission: its notebook and what was put right in it, or why it is none."""

    path: Path
    notebook: NotebookNode | None
    notes: tuple[str, ...]
    refused: str | None
    answered: bool


def receive(folder: Path, name: str, released: NotebookNode, chosen: str | None = None) -> Received:
    """Take in the submission in `folder`. Its notebook should be called `name`.ipynb; whatever else can only be it is taken too.

    `chosen` is the name of the file that a person has decided to count.
    """
    notes: list[str] = []
    doubts: list[str] = []
    timestamp = None
    try:
        if folder.is_symlink() or folder.parent.is_symlink():
            raise Refused("the folder that was handed in is a symbolic link, which is not followed")
        timestamp = _timestamp(folder / "timestamp.txt", notes)
        attempt, attempts = _find(folder, name, released, chosen, notes)
        if attempt.notebook is None:
            raise Refused(attempt.refused)
        modules = modules_beside(attempt.notebook, folder, content)
        _tell_of_the_rest(folder, attempt, attempts, modules, notes, [] if chosen else doubts)
        notebook = make_whole(attempt.notebook, released, notes)
        return Received(notebook, None, tuple(notes), timestamp, tuple(doubts), modules, attempt.answered)
    except Refused as refusal:
        return Received(copy.deepcopy(released), str(refusal), tuple(notes), timestamp, tuple(doubts))


def _find(
    folder: Path, name: str, released: NotebookNode, chosen: str | None, notes: list[str]
) -> tuple[Attempt, list[Attempt]]:
    """Return the attempt that counts, which is the one of the right name or the only one that was answered; and all there are."""
    try:
        found = sorted(folder.iterdir())
    except OSError as error:
        raise Refused(f"the folder that was handed in cannot be read: {error.strerror}") from None
    wanted = folder / f"{name}.ipynb"
    attempts = [_attempt(path, released) for path in _candidates(found, wanted)]
    counts = _attempt(folder / chosen, released) if chosen else _chosen(attempts, wanted)
    if counts is None:
        names = ", ".join(attempt.path.name for attempt in attempts)
        there = f"; the folder holds {names}" if attempts else ""
        raise Refused(f"{wanted.name} is missing{there}. Hand it in under exactly this name")
    if counts.path != wanted:
        empty = any(attempt.path == wanted and not attempt.answered for attempt in attempts)
        notes.append(f"{counts.path.name} was taken for {wanted.name}{', which holds no answer' if empty else ''}")
    notes += counts.notes
    return counts, attempts


def _tell_of_the_rest(
    folder: Path,
    counts: Attempt,
    attempts: list[Attempt],
    modules: dict[str, str],
    notes: list[str],
    doubts: list[str],
) -> None:
    """Note what became of the other files, and doubt where one of them is an answer too."""
    answered = {attempt.path for attempt in attempts if attempt.answered}
    for path in sorted(folder.iterdir()):
        if path == counts.path or path.name in NBGRADERS:
            continue
        if path.suffix == ".py" and path.stem in modules:
            notes.append(f"{path.name}, which the notebook imports, was taken along")
        elif path in answered:
            notes.append(f"{path.name} was left aside: it is answered too, but {counts.path.name} counts")
            doubts.append(f"{path.name} is answered too, but {counts.path.name} was graded")
        else:
            notes.append(f"{path.name} was left aside: only the notebook is graded")


def _candidates(found: list[Path], wanted: Path) -> list[Path]:
    """Return the files that may be the submission: notebooks, or else what may be one under another name, or else a script."""
    notebooks = [path for path in found if path.suffix.lower() == ".ipynb"]
    disguised = [path for path in found if FORMS.search(path.name) and path.name != "timestamp.txt"]
    bare = [path for path in found if path.name == wanted.stem and not path.is_dir()]
    scripts = [path for path in found if path.suffix.lower() == ".py"]
    return notebooks or disguised or bare or (scripts if len(scripts) == 1 else [])


def _attempt(path: Path, released: NotebookNode) -> Attempt:
    try:
        notebook, notes = read(path.name, content(path))
    except Refused as refusal:
        return Attempt(path, None, (), str(refusal), False)
    return Attempt(path, notebook, tuple(notes), None, is_answered(notebook, released))


def _chosen(attempts: list[Attempt], wanted: Path) -> Attempt | None:
    """Return the one of the right name if it is answered, else the only answered one, else what is left to be told of."""
    right = next((attempt for attempt in attempts if attempt.path == wanted), None)
    answered = [attempt for attempt in attempts if attempt.answered]
    if right is not None and (right.answered or len(answered) != 1):
        return right
    if len(answered) == 1:
        return answered[0]
    return attempts[0] if len(attempts) == 1 else None


def content(path: Path) -> bytes:
    """Return what is in a file. Raises Refused for what is none, or too large: links, pipes and devices are not opened."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        if path.is_symlink():
            raise Refused(f"{path.name} is a symbolic link, which is not followed. Hand in the file itself") from None
        raise Refused(f"{path.name} cannot be read: {error.strerror}") from None
    try:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise Refused(f"{path.name} is not a file")
        if about.st_size > reading.MAX_BYTES:
            size = f"{about.st_size / 1e6:.0f} MB, more than {reading.MAX_BYTES / 1e6:.0f}"
            raise Refused(f"{path.name} has {size}: clear its outputs and hand it in again")
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(reading.MAX_BYTES)
    finally:
        os.close(descriptor)


def _timestamp(path: Path, notes: list[str]) -> datetime | None:
    """Return when it was handed in, as nbgrader's exchange notes it, or None."""
    if not path.exists() and not path.is_symlink():
        return None
    try:
        return _moment(content(path)[:200].decode().strip(), notes)
    except (Refused, ValueError, OverflowError) as error:
        notes.append(f"timestamp.txt was left aside: {str(error)[:80] or 'it holds no date'}")
        return None


def _moment(text: str, notes: list[str]) -> datetime:
    """Return the moment that a text names, in the zone that it names, be it as Europe/Berlin or as CEST."""
    rest, _, last = text.rpartition(" ")
    if "/" in last and last in zoneinfo.available_timezones():
        return parser.parse(rest).replace(tzinfo=zoneinfo.ZoneInfo(last))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", parser.UnknownTimezoneWarning)
        moment = parser.parse(text, tzinfos={zone: hours * 3600 for zone, hours in ZONES.items()})
    if moment.tzinfo is None and last.isalpha():
        notes.append(f"timestamp.txt names the zone {last}, which several places use; its time was read as UTC")
    return moment
