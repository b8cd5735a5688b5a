"""nbgrader's CSV of all marks, with names that hold commas kept in one cell, and none that a spreadsheet takes for a formula."""

import csv
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins.export import CsvExportPlugin

from mlpgrade.course import Course
from mlpgrade.gradebook.settle import settle
from mlpgrade.judging.plain import csv_cell

COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)
"""nbgrader's own, in its order."""


class HarmlessCsv(CsvExportPlugin):
    """Writes what nbgrader's own exporter writes; `to`, `student` and `assignment` are its options."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the file, of marks that are settled if they are a course's."""
        if "db_url" in self.config.CourseDirectory:
            course = Course(Path(self.config.CourseDirectory.root), self.config)
            for assignment in [one.name for one in gradebook.assignments]:
                settle(course, assignment)
            gradebook.db.rollback()  # what was read so far may have changed
        students, assignments = set(map(str, self.student)), set(map(str, self.assignment))
        with Path(self.to or "grades.csv").open("w", newline="", encoding="utf-8", errors="replace") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            for assignment in gradebook.assignments:
                for student in gradebook.students:
                    if (not students or student.id in students) and (not assignments or assignment.name in assignments):
                        writer.writerow(map(csv_cell, row(gradebook, assignment, student)))


def row(gradebook: Gradebook, assignment: Any, student: Any) -> list[Any]:
    """Return the line of one student in one assignment."""
    person = [student.id, student.last_name, student.first_name, student.email]
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:
        return [assignment.name, assignment.duedate, None, *person, 0.0, 0.0, 0.0, assignment.max_score]
    penalty = submission.late_submission_penalty
    marks = [submission.score, penalty, max(0.0, submission.score - penalty), assignment.max_score]
    return [assignment.name, assignment.duedate, submission.timestamp, *person, *marks]
