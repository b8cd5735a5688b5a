"""What came from somebody who is not known: it waits, with a name of its own, until a person says whose it is."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from mlpgrade.course import Course, CourseError
from mlpgrade.judging.plain import plain
from mlpgrade.records import files
from mlpgrade.records.roster import Who
from mlpgrade.teaching.attempts import Attempt, File

WORDS = ("assignment", "system", "id", "login", "label", "student")


def folder(course: Course, assignment: str) -> Path:
    """Return where it waits."""
    return course.classroom / "quarantine" / assignment


def name_of(who: Who, attempt: Attempt) -> str:
    """Return the name under which an attempt waits: the same each time that it is collected."""
    told = json.dumps([who.id, who.login, who.name, attempt.digest]).encode("utf-8", "replace")
    return f"q-{hashlib.sha256(told).hexdigest()[:6]}"


def keep(course: Course, assignment: str, who: Who, attempt: Attempt, why: str) -> str:
    """Keep an attempt, and return its name."""
    name = name_of(who, attempt)
    target = folder(course, assignment) / name
    about = {
        "who": vars(who),
        "why": why,
        "system": attempt.system,
        "time": attempt.time.isoformat() if attempt.time else "",
        "late": attempt.late,
        "lms_id": attempt.lms_id,
        "receipts": attempt.receipts,
        "labels": attempt.labels,
        "files": [file.name for file in attempt.files],
        "note": attempt.note,
    }
    for file in attempt.files:
        files.write(target / "files" / file.name, file.content)
    files.write(target / "about.json", json.dumps(about, indent=1, ensure_ascii=False))
    return name


def waiting(course: Course, assignment: str) -> Iterator[tuple[str, Who, Attempt]]:
    """Yield what waits: its name, who handed it in, and the attempt."""
    for path in sorted(folder(course, assignment).glob("q-*/about.json")):
        about = json.loads(path.read_text(encoding="utf-8"))
        kept = tuple(File(name, (path.parent / "files" / name).read_bytes()) for name in about["files"])
        time = datetime.fromisoformat(about["time"]) if about["time"] else None
        receipts, labels = tuple(about["receipts"]), tuple(about["labels"])
        attempt = Attempt(about["system"], kept, time, about["late"], about["lms_id"], receipts, labels, about["note"])
        yield path.parent.name, Who(**about["who"]), attempt


def let_go(course: Course, assignment: str, name: str) -> None:
    """Forget what waited under a name."""
    shutil.rmtree(folder(course, assignment) / name, ignore_errors=True)


def find(course: Course, assignment: str, name: str) -> tuple[Who, Attempt]:
    """Return what waits under a name. Raises CourseError if nothing does."""
    there = {found: (who, attempt) for found, who, attempt in waiting(course, assignment)}
    if name not in there:
        listed = ", ".join(f"{found} ({plain(who)})" for found, (who, _) in there.items())
        raise CourseError(f"nothing of {assignment} waits under {name!r}; there waits: {listed or 'nothing'}.")
    return there[name]


def words(course: Course) -> Path:
    """Return where it is kept who was said to be whom."""
    return course.classroom / "quarantine" / "assigned.csv"


def remember(course: Course, assignment: str, who: Who, attempt: Attempt, student: str) -> None:
    """Keep a person's word on who somebody is: by number or login for good, by a mere name for this submission alone."""
    said = {"system": attempt.system, "id": who.id, "login": who.login, "student": student}
    if not (who.id or who.login):
        said |= {"assignment": assignment, "label": attempt.labels[0] if attempt.labels else who.name}
    rows = [row for row in files.read_rows(words(course)) if _asked(row) != _asked(said)]
    files.write_rows(words(course), WORDS, [*rows, said])


def remembered(course: Course) -> dict[tuple[str, ...], str]:
    """Return who was said to be whom."""
    return {_asked(row): row["student"] for row in files.read_rows(words(course))}


def asked(assignment: str, who: Who, attempt: Attempt) -> tuple[str, ...]:
    """Return under what a person's word on somebody is to be found."""
    if who.id or who.login:
        return "", attempt.system, who.id, who.login, ""
    return assignment, attempt.system, "", "", attempt.labels[0] if attempt.labels else who.name


def _asked(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in WORDS[:-1])
