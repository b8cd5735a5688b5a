"""The class report: marks by task, and the reason for each lost point."""

import csv
import glob
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry

from mlpgrade.course import Course, CourseError
from mlpgrade.gradebook.decisions import Decisions, needs_attention
from mlpgrade.gradebook.marks import open_gradebook
from mlpgrade.gradebook.settle import lateness, settle
from mlpgrade.judging.plain import csv_cell, plain
from mlpgrade.marking.notebook import NOTES
from mlpgrade.records import roster
from mlpgrade.records.roster import Roster
from mlpgrade.teaching.versions import versions_in

ABSENT = "did not hand in"


@dataclass(frozen=True)
class Line:
    """One student's line: points by task, what was lost and why. `problem` stands for marks that do not exist.

    `named` are the ids of the mistakes that were recognised, `versions` those of engine and assignment that gave the marks. Points are
    None where a person has still to give them. `penalty` is what handing in late costs, and `late` says how late; `by_hand` are marks
    that a person gave to an earlier submission, and what the newest one earns by itself. `remarks` are about what is right but
    could be better, `attention` is why a person should look at the submission.
    """

    student: str
    points: dict[str, tuple[float | None, float]]
    reasons: dict[str, list[str]]
    problem: str | None = None
    named: dict[str, list[str]] = field(default_factory=dict)
    versions: tuple[str, str] | None = None
    remarks: dict[str, list[str]] = field(default_factory=dict)
    attention: tuple[str, ...] = ()
    name: str = ""
    penalty: float = 0
    late: str = ""
    by_hand: dict[str, tuple[float, float | None]] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """The points earned, less the penalty."""
        return sum(earned or 0 for earned, _ in self.points.values()) - self.penalty

    @property
    def maximum(self) -> float:
        """The points that could be earned."""
        return sum(possible for _, possible in self.points.values())


def class_report(course: Course, assignment: str, student: str | None = None) -> list[Line]:
    """Return a line for each student who handed in the assignment, by settled marks, and for each on the roster who did not."""
    people = roster.load(course.classroom)
    absent = {person.student for person in people.present if student in (None, person.student)}
    elsewhere = student is not None and any(course.step("submitted").glob(f"{glob.escape(student)}/*"))
    if student is not None and (absent or elsewhere) and not (course.step("submitted") / student / assignment).exists():
        course.require_assignment(assignment)
        return [Line(student, {}, {}, ABSENT, name=_name(people, student))]
    students = course.submitters(assignment, student)
    settle(course, assignment)
    with open_gradebook(course.db_url) as gradebook:
        try:
            gradebook.find_assignment(assignment)
        except MissingEntry:
            raise CourseError(f"{assignment} has not been graded yet; run: mlpgrade grade {assignment}") from None
        decisions = Decisions(course, assignment)
        lines = [_line(course, gradebook, decisions, name) for name in students]
    lines += [Line(name, {}, {}, ABSENT) for name in sorted(absent - set(students))]
    return [replace(line, name=_name(people, line.student)) for line in lines]


def _name(people: Roster, student: str) -> str:
    person = people.student(student)
    return person.name if person and person.name != student else ""


def as_text(lines: list[Line]) -> str:
    """Return the report as a table with the reasons below each student's marks, and how many made each mistake, by its id."""
    tasks = list(dict.fromkeys(task for line in lines for task in line.points))
    names = {line.student: plain(f"{line.student} ({line.name})" if line.name else line.student) for line in lines}
    width = max(len("student"), *map(len, names.values()))
    rows = [f"{'student':<{width}}  {'points':>9}  " + "  ".join(tasks)]
    for line in lines:
        if line.problem:
            rows.append(f"{names[line.student]:<{width}}  {'no marks':>9}  {plain(line.problem)}.")
            continue
        marks = "  ".join(
            f"{_mark(line.points[task][0]) if task in line.points else '':>{len(task)}}" for task in tasks
        )
        rows.append(f"{names[line.student]:<{width}}  {f'{round(line.total, 2):g} / {line.maximum:g}':>9}  {marks}")
        if line.penalty:
            rows.append(f"{'':<{width}}  {line.late or 'late'}: {_mark(line.penalty)} off")
        for task, (given, now) in line.by_hand.items():
            rows.append(
                f"{'':<{width}}  {task}: {_mark(given)} was given by hand before this submission, which earns {_mark(now)} by itself: "
                "look at it in formgrader and save the mark that counts."
            )
        rows += [f"{'':<{width}}  {what}: {plain(text)}" for text, what in _told_once(line)]
    made = Counter(id for line in lines for named in line.named.values() for id in set(named))
    if len(lines) > 1 and made:
        rows += ["", "students  mistake", *(f"{count:>8}  {id}" for id, count in made.most_common())]
    return "\n".join(rows)


def _told_once(line: Line) -> Iterator[tuple[str, str]]:
    """Yield each reason and remark with the tasks that it is about: what broke the notebook broke them all."""
    about: dict[str, list[str]] = {}
    for task, reasons in line.reasons.items():
        for reason in reasons:
            about.setdefault(reason, []).append(task)
    yield from ((reason, ", ".join(tasks)) for reason, tasks in about.items())
    yield from ((f"right, but {remark}", task) for task, remarks in line.remarks.items() for remark in remarks)


def _mark(points: float | None) -> str:
    """Return points as people write them; those that a person has still to give are a dash."""
    return "–" if points is None else f"{round(points, 2):g}"


def as_csv(reports: dict[str, list[Line]]) -> str:
    """Return the reports of several assignments as CSV, a line for each student and task."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    columns = ["assignment", "student", "task", "points", "maximum", "mistakes", "reasons", "engine", "version"]
    writer.writerow([*columns, "remarks", "attention"])
    for assignment, lines in reports.items():
        for line in lines:
            for task, (earned, possible) in line.points.items():
                told = " ".join(line.named.get(task, [])), plain(" ".join(line.reasons.get(task, [])))
                marks = ("" if earned is None else f"{round(earned, 2):g}"), f"{possible:g}"
                more = plain(" ".join(line.remarks.get(task, []))), plain("; ".join(line.attention))
                row = [assignment, plain(line.student), task, *marks, *told, *(line.versions or ("", "")), *more]
                writer.writerow(map(csv_cell, row))
    return file.getvalue()


def _line(course: Course, gradebook: Gradebook, decisions: Decisions, student: str) -> Line:
    assignment = decisions.assignment
    path = course.autograded(assignment, student)
    try:
        graded = gradebook.find_submission_notebook(assignment, assignment, student)
    except MissingEntry:
        return Line(student, {}, {}, "not graded yet")
    if not path.exists():
        return Line(student, {}, {}, "not graded yet")
    notebook = nbformat.read(path, as_version=4)
    tasks = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
    unmarked = {grade.name for grade in graded.grades if grade.manual_score is None and grade.auto_score is None}
    marks = {grade.name: (None if grade.name in unmarked else grade.score, grade.max_score) for grade in graded.grades}
    older = [grade for grade in graded.grades if grade.manual_score is not None and grade.needs_manual_grade]
    by_hand = {grade.name: (grade.manual_score, grade.auto_score) for grade in older}
    _, late = lateness(
        course, assignment, student, graded.assignment.timestamp and graded.assignment.timestamp.replace(tzinfo=UTC)
    )
    # PostgreSQL gives rows in any order; the notebook's is the one that people know.
    in_order = sorted(marks, key=lambda task: tasks.index(task) if task in tasks else len(tasks))
    noted = {
        cell.metadata.nbgrader.grade_id: cell.metadata[NOTES]
        for cell in notebook.cells
        if NOTES in cell.metadata and "nbgrader" in cell.metadata
    }
    return Line(
        student,
        {task: marks[task] for task in in_order},
        _reasons(notebook),
        named={task: list(notes.get("named", [])) for task, notes in noted.items()},
        versions=versions_in(path),
        penalty=graded.late_submission_penalty or 0,
        late=late.by,
        by_hand=by_hand,
        remarks={task: list(found) for task, notes in noted.items() if (found := notes.get("remarks"))},
        attention=needs_attention(course, decisions, assignment, student),
    )


def _reasons(notebook: NotebookNode) -> dict[str, list[str]]:
    """Return the reasons that the verdicts in the graded notebook give, by task."""
    reasons: dict[str, list[str]] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade"):
            text = "\n".join(
                "\n".join(output.get("traceback", [])) or output.get("text", "") for output in cell.outputs
            )
            found = [line.removeprefix("  · ") for line in text.splitlines() if line.startswith("  · ")]
            if found:
                reasons[cell.metadata.nbgrader.grade_id] = found
    return reasons
