"""The class report: marks by task, and the reason for each lost point."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry

from mlpgrade.course import Course, CourseError
from mlpgrade.gradebook.decisions import Decisions, needs_attention
from mlpgrade.gradebook.marks import open_gradebook
from mlpgrade.judging.plain import csv_cell, plain
from mlpgrade.marking.notebook import NOTES
from mlpgrade.teaching.versions import versions_in


@dataclass(frozen=True)
class Line:
    """One student's line: points by task, what was lost and why. `problem` stands for marks that do not exist.

    `named` are the ids of the mistakes that were recognised, `versions` those of engine and assignment that gave the marks,
    `remarks` what is right but could be better, `attention` why a person should look at the submission.
    """

    student: str
    points: dict[str, tuple[float, float]]
    reasons: dict[str, list[str]]
    problem: str | None = None
    named: dict[str, list[str]] = field(default_factory=dict)
    versions: tuple[str, str] | None = None
    remarks: dict[str, list[str]] = field(default_factory=dict)
    attention: tuple[str, ...] = ()

    @property
    def total(self) -> float:
        """The points earned."""
        return sum(earned for earned, _ in self.points.values())

    @property
    def maximum(self) -> float:
        """The points that could be earned."""
        return sum(possible for _, possible in self.points.values())


def class_report(course: Course, assignment: str, student: str | None = None) -> list[Line]:
    """Return a line for each student who handed in the assignment."""
    students = course.submitters(assignment, student)
    with open_gradebook(course.db_url) as gradebook:
        try:
            gradebook.find_assignment(assignment)
        except MissingEntry:
            raise CourseError(f"{assignment} has not been graded yet; run: mlpgrade grade {assignment}") from None
        decisions = Decisions(course, assignment)
        return [_line(course, gradebook, decisions, name) for name in students]


def as_text(lines: list[Line]) -> str:
    """Return the report as a table with the reasons below each student's marks, and how many made each mistake, by its id."""
    tasks = list(dict.fromkeys(task for line in lines for task in line.points))
    names = {line.student: plain(line.student) for line in lines}
    width = max(len("student"), *map(len, names.values()))
    rows = [f"{'student':<{width}}  {'points':>9}  " + "  ".join(tasks)]
    for line in lines:
        if line.problem:
            rows.append(f"{names[line.student]:<{width}}  {'no marks':>9}  {plain(line.problem)}.")
            continue
        marks = "  ".join(f"{round(line.points[task][0], 2):>{len(task)}g}" for task in tasks)
        rows.append(f"{names[line.student]:<{width}}  {f'{round(line.total, 2):g} / {line.maximum:g}':>9}  {marks}")
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
                marks = f"{round(earned, 2):g}", f"{possible:g}"
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
    marks = {grade.name: (grade.score, grade.max_score) for grade in graded.grades}
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
