"""Attempts: all that one student handed in at once, kept whole, and the one that counts put where grading looks for it."""

import functools
import hashlib
import itertools
import json
import os
import re
import shutil
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from mlpgrade.course import Course
from mlpgrade.records import manifest
from mlpgrade.records.manifest import Line
from mlpgrade.records.policy import Terms

RESERVED = frozenset({"timestamp.txt", "submission_secret.txt"})
"""Files that are nbgrader's."""


@dataclass(frozen=True)
class File:
    """A file of an attempt, under the name that it has here."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The digest of what is in it."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Attempt:
    """What one person handed in at once."""

    system: str
    files: tuple[File, ...]
    time: datetime | None = None
    late: bool | None = None
    lms_id: str = ""
    receipts: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    note: str = ""

    @property
    def digest(self) -> str:
        """What tells this attempt from any other."""
        told = [
            self.system,
            _iso(self.time),
            sorted(self.receipts),
            sorted((one.name, one.sha256) for one in self.files),
        ]
        return hashlib.sha256(json.dumps(told).encode("utf-8", "replace")).hexdigest()[:12]

    def lines(self, student: str, name: str) -> list[Line]:
        """Return its lines in the manifest."""
        late = {True: "yes", False: "no", None: ""}[self.late]
        told = itertools.zip_longest(self.files, self.receipts, self.labels, fillvalue="")
        return [
            Line(
                student,
                self.lms_id,
                receipt,
                file.name,
                _iso(self.time),
                late,
                file.sha256,
                name,
                "",
                self.system,
                label,
                self.note,
            )
            for file, receipt, label in told
            if isinstance(file, File)
        ]


def _iso(time: datetime | None) -> str:
    return time.astimezone(UTC).isoformat() if time else ""


def safe_name(original: str, trusted: bool) -> str:
    """Return a file's name as it can be kept: one part, nothing hidden in it, and none of nbgrader's own where it is a student's."""
    name = unicodedata.normalize("NFC", original.replace("\\", "/").rpartition("/")[2])
    name = re.sub(r"[\x00-\x1f\x7f<>:\"|?*]", "_", name).strip(" .") or "unnamed"
    stem, dot, ending = name.rpartition(".")
    name = f"{(stem or ending)[:120]}{dot if stem else ''}{ending[:20] if stem else ''}"
    return f"handed-in-{name}" if name.casefold() in RESERVED and not trusted else name


def folder(course: Course, assignment: str, student: str) -> Path:
    """Return where a student's attempts are kept."""
    return course.classroom / "attempts" / assignment / student


def add(course: Course, assignment: str, student: str, attempt: Attempt, known: list[Line]) -> list[Line]:
    """Keep an attempt, if it is new, and return its lines. `known` are the student's lines so far."""
    if any(line.attempt.endswith(f"-{attempt.digest}") for line in known):
        return []
    number = 1 + max((int(line.attempt.partition("-")[0]) for line in known if line.attempt[:1].isdigit()), default=0)
    name = f"{number}-{attempt.digest}"
    target = folder(course, assignment, student) / name
    if not target.exists():
        half = target.with_name(f".{name}")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        for file in attempt.files:
            (half / file.name).write_bytes(file.content)
        os.replace(half, target)
    return attempt.lines(student, name)


def found_in_place(course: Course, assignment: str, student: str, known: list[Line]) -> Attempt | None:
    """Return what lies in `submitted` for a student without having been collected, as an attempt."""
    place = course.step("submitted") / student / assignment
    if not place.is_dir() or place.is_symlink():
        return None
    there = sorted(path for path in place.iterdir() if path.is_file() and not path.is_symlink())
    handed = [path for path in there if path.name not in RESERVED]
    if not handed:
        return None
    shas = {hashlib.sha256(path.read_bytes()).hexdigest() for path in handed}
    if any(shas <= {line.sha256 for line in lines} for lines in by_attempt(known).values()):
        return None
    time = None
    if (place / "timestamp.txt") in there:
        try:
            time = parse_utc((place / "timestamp.txt").read_text().strip()).replace(tzinfo=UTC)
        except (ValueError, OverflowError, UnicodeDecodeError):
            time = None
    return Attempt("found", tuple(File(path.name, path.read_bytes()) for path in there), time)


def by_attempt(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """Return lines by their attempt."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.attempt, []).append(line)
    return found


def newest(lines: list[Line], terms: Terms) -> str:
    """Return the name of a student's newest attempt, of those that came before the latest day if there are any."""
    firsts = [found[0] for found in by_attempt(lines).values()]
    counting = [line for line in firsts if terms.lateness(line.moment, line.late == "yes").percent < 100] or firsts
    return max(counting, key=functools.cmp_to_key(_older)).attempt


def _older(one: Line, other: Line) -> int:
    """Compare attempts: by their times, or the system's own numbers, or else the order in which they were collected."""
    if one.moment and other.moment and one.moment != other.moment:
        return -1 if one.moment < other.moment else 1
    if one.system == other.system and one.attachment.isdigit() and other.attachment.isdigit():
        return int(one.attachment) - int(other.attachment)
    return int(one.attempt.partition("-")[0]) - int(other.attempt.partition("-")[0])


def count(course: Course, assignment: str, lines: list[Line], name: str) -> list[Line]:
    """Let the attempt of this name be the one that counts: put it into `submitted`, and return the student's lines."""
    chosen = by_attempt(lines)[name]
    put(course, assignment, chosen[0].student, name, chosen[0].moment)
    return [replace(line, counts="yes" if line.attempt == name else "") for line in lines]


def put(course: Course, assignment: str, student: str, name: str, time: datetime | None) -> None:
    """Put an attempt into `submitted`, unless it is there already. A single notebook gets the name that nbgrader expects."""
    place, kept = course.step("submitted") / student / assignment, folder(course, assignment, student)
    files = sorted((kept / name).iterdir())
    notebooks = [path for path in files if path.suffix.lower() == ".ipynb"]
    names = {path: f"{assignment}.ipynb" if notebooks == [path] else path.name for path in files}
    texts = {names[path]: path.read_bytes() for path in files}
    if time is not None and "timestamp.txt" not in texts:
        texts["timestamp.txt"] = f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f} UTC\n".encode()
    if place.is_dir() and {path.name: path.read_bytes() for path in place.iterdir() if path.is_file()} == texts:
        return
    half, old = kept / ".new", kept / ".old"
    for one in (half, old):
        shutil.rmtree(one, ignore_errors=True)
    half.mkdir(parents=True)
    for name, content in texts.items():
        (half / name).write_bytes(content)
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        os.replace(place, old)
    os.replace(half, place)
    shutil.rmtree(old, ignore_errors=True)


def of(course: Course, assignment: str, student: str) -> list[Line]:
    """Return a student's lines in the manifest."""
    return [line for line in manifest.load(course.classroom, assignment) if line.student == student]
