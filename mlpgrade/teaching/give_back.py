"""Gives marks and feedback back to the system that the work came from: what has changed since the last time, in its own form."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from mlpgrade.course import Course, CourseError
from mlpgrade.gradebook.feedback import Pages
from mlpgrade.judging.plain import csv_cell, plain
from mlpgrade.records import files, manifest, roster
from mlpgrade.records.roster import Roster, Who
from mlpgrade.teaching.handed import Given
from mlpgrade.teaching.lms import blackboard, canvas, moodle
from mlpgrade.teaching.report import Line, class_report
from mlpgrade.teaching.tables import Table, read_table

FORMS = {"canvas": canvas.marks, "moodle": moodle.marks, "blackboard": blackboard.marks}
EXPORTS = {
    "canvas": "Grades, Export, Export entire gradebook",
    "moodle": "View all submissions, Download grading worksheet",
    "blackboard": "Grade Center, Work Offline, Download",
}
LONGEST = 900
"""Letters of a comment: it says why in short, the feedback page says it all."""

RETURNED = ("student", "points", "comment", "page")


@dataclass
class Returned:
    """What was given back: the files, to whom, who has been told already, and what is said of the rest."""

    marks: Path | None = None
    pages: Path | None = None
    students: list[str] = field(default_factory=list)
    unchanged: int = 0
    notes: list[str] = field(default_factory=list)


def give_back(course: Course, assignment: str, lms: str, export: Path | None, column: str | None = None) -> Returned:
    """Write a marks file and a zip of feedback pages for a system, of what has changed since the last time."""
    if lms in FORMS and export is None:
        raise CourseError(f"{lms} wants its own file back: download it ({EXPORTS[lms]}), and give it with --from FILE.")
    table = read_table(export) if export is not None and lms in FORMS else None
    told, people = Returned(), roster.load(course.classroom)
    all_given = _given(course, assignment, told)
    known = {row["student"]: row for row in files.read_rows(_record(course, assignment))}
    changed = {name: one for name, one in all_given.items() if known.get(name) != _row(one)}
    told.unchanged = len(all_given) - len(changed)
    if not changed:
        return told
    folder = course.classroom / "return" / assignment
    number = 1 + max((int(path.name.partition("-")[0]) for path in folder.glob("[0-9]*-*")), default=0)
    met: set[str] = set()
    content = (
        _filled(table, lms, assignment, column, _asked(people, changed, met)) if table else _plain(people, changed)
    )
    if table is None:
        met |= changed.keys()
    told.notes += [
        f"{plain(name)} is not in {export}; nothing goes back to them" for name in sorted(changed.keys() - met)
    ]
    told.students = sorted(met)
    files.write(folder / f"{number}-marks.csv", content)
    told.marks = folder / f"{number}-marks.csv"
    told.pages = _zip(
        folder / f"{number}-feedback.zip", lms, assignment, [changed[name] for name in told.students], told
    )
    files.write_rows(
        _record(course, assignment),
        RETURNED,
        [*(row for name, row in known.items() if name not in met), *(_row(changed[name]) for name in told.students)],
    )
    return told


def _record(course: Course, assignment: str) -> Path:
    return course.classroom / "return" / assignment / "returned.csv"


def _row(given: Given) -> dict[str, str]:
    return {
        "student": given.student,
        "points": given.mark,
        "comment": _sha(given.comment.encode()),
        "page": _sha(given.page),
    }


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _given(course: Course, assignment: str, told: Returned) -> dict[str, Given]:
    """Return what each student gets whose marks are complete."""
    lines = {line.student: line for line in class_report(course, assignment) if not line.problem}
    counting = {line.student: line for line in manifest.load(course.classroom, assignment) if line.counts}
    found = {}
    with Pages(course, assignment) as pages:
        for student, line in lines.items():
            if any(points is None for points, _ in line.points.values()):
                told.notes.append(f"{plain(student)} waits for a person's marks (formgrader); nothing goes back yet")
                continue
            page = pages.write(student).read_bytes()
            own = counting.get(student)
            receipts = (own.attachment, own.label) if own else ("", "")
            found[student] = Given(student, line.total, line.maximum, comment(line), page, *receipts)
    return found


def comment(line: Line) -> str:
    """Return the reasons for what was lost, in short."""
    said = [f"{round(line.total, 2):g} of {line.maximum:g} points."]
    for task, (points, possible) in line.points.items():
        if points is not None and points < possible:
            reasons = " ".join(line.reasons.get(task, []))
            said.append(f"{task}: {round(points, 2):g} of {possible:g}{f'. {reasons}' if reasons else '.'}")
    if line.penalty:
        said.append(f"{line.late or 'Late'}: {round(line.penalty, 2):g} off.")
    text = plain(" ".join(said))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _asked(people: Roster, changed: dict[str, Given], met: set[str]) -> Callable[[Who], Given | None]:
    def given(who: Who) -> Given | None:
        person = people.find(who).person
        found = changed.get(person.student) if person else None
        if found is not None:
            met.add(found.student)
        return found

    return given


def _filled(table: Table, lms: str, assignment: str, column: str | None, given: Callable[[Who], Given | None]) -> bytes:
    return FORMS[lms](table, assignment, column, given).written()


def _plain(people: Roster, changed: dict[str, Given]) -> bytes:
    rows = []
    for student, one in changed.items():
        person = people.student(student)
        told = [person.last_name, person.first_name, person.email] if person else ["", "", ""]
        rows.append([csv_cell(cell) for cell in (student, *told, one.mark, f"{one.maximum:g}", one.comment)])
    return Table(["student", "last_name", "first_name", "email", "points", "maximum", "comment"], rows).written()


def _zip(path: Path, lms: str, assignment: str, given: list[Given], told: Returned) -> Path | None:
    """Write the zip of pages, the same bytes for the same pages."""
    names = {one.student: _page_name(one, lms, assignment) for one in given}
    told.notes += [
        f"{plain(name)} did not come from {lms}, which could not place a page"
        for name, page in names.items()
        if not page
    ]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in given:
            if names[one.student]:
                archive.writestr(zipfile.ZipInfo(names[one.student]), one.page, zipfile.ZIP_DEFLATED)
    if not any(names.values()):
        return None
    files.write(path, buffer.getvalue())
    return path


def _page_name(given: Given, lms: str, assignment: str) -> str:
    if lms == "canvas":
        return canvas.page_name(given)
    return moodle.page_name(given, assignment) if lms == "moodle" else f"{given.student}/{assignment}.html"
