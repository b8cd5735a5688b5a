"""The marks in nbgrader's gradebook: entered by nbgrader's own rules, a submission in one transaction."""

import logging
import time
from datetime import datetime

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    MissingEntry,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from mlpgrade.course import CourseError

log = logging.getLogger(__name__)


class Marks:
    """An assignment's marks. The gradebook is opened once; opening it costs as much as grading a notebook."""

    def __init__(self, db_url: str, assignment: str):
        self.assignment = assignment
        self._gradebook = open_gradebook(db_url)
        if db_url.startswith("sqlite"):
            event.listen(self._gradebook.engine, "connect", _wait_little)
            # Readers such as formgrader then wait for nobody, and a commit waits for one write to the disk.
            self._gradebook.db.execute(text("PRAGMA journal_mode=WAL"))
        self._gradebook.db.commit()

    def __enter__(self) -> "Marks":
        return self

    def __exit__(self, *_: object) -> None:
        self._gradebook.close()

    def known(self) -> bool:
        """Tell whether the gradebook knows the assignment's notebook: one with a due date alone has none yet."""
        try:
            self._gradebook.find_notebook(self.assignment, self.assignment)
        except MissingEntry:
            return False
        return True

    def sources(self) -> dict[str, str]:
        """Return the sources of nbgrader's cells as they were before release, hidden lines included, by name."""
        notebook = self._gradebook.find_notebook(self.assignment, self.assignment)
        return {cell.name: cell.source for cell in notebook.source_cells}

    def graded(self) -> set[str]:
        """Return the students whose every automatic mark is there. An answer that only a person can mark has none."""
        notebook = self._gradebook.find_notebook(self.assignment, self.assignment)
        written = {cell.name for cell in notebook.solution_cells}
        query = (
            self._gradebook.db.query(SubmittedAssignment.student_id, GradeCell.name, Grade.auto_score)
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
            .join(GradeCell, Grade.cell_id == GradeCell.id)
            .filter(SubmittedAssignment.assignment == self._gradebook.find_assignment(self.assignment))
        )
        marks: dict[str, list] = {}
        for student, name, score in query:
            marks.setdefault(student, []).extend([] if name in written else [score])
        return {student for student, scores in marks.items() if None not in scores}

    def enter(self, student: str, marked: NotebookNode, timestamp: datetime | None, *, other: bool = True) -> None:
        """Enter what nbgrader reads off the marked notebook. Either all of it is there afterwards, or nothing has changed.

        `other` says that it is another submission than the one marked last: marks by hand then wait for a person to look again.
        """
        db = self._gradebook.db
        try:
            submission = self._submission(student)
            submission.timestamp = utils.parse_utc(str(timestamp)) if timestamp else None
            (notebook,) = submission.notebooks
            cells = {cell.metadata.nbgrader.grade_id: cell for cell in marked.cells if cell.metadata.get("nbgrader")}
            for grade in notebook.grades:
                if grade.name in cells:
                    grade.auto_score, _ = utils.determine_grade(cells[grade.name], log)
                    if grade.manual_score is None:
                        grade.needs_manual_grade = grade.auto_score is None
                    elif other:
                        grade.needs_manual_grade = True
            for comment in notebook.comments:
                cell = cells.get(comment.name)
                unchanged = cell is None or cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
                comment.auto_comment = "No response." if unchanged else None
            db.commit()
        except DBAPIError as error:
            db.rollback()
            raise CourseError(f"the gradebook failed ({_first_line(error)}); the same command goes on.") from None
        except BaseException:
            db.rollback()
            raise

    def _submission(self, student: str) -> SubmittedAssignment:
        """Return the student's submission, made as nbgrader makes it if there is none, but not committed yet."""
        gradebook, db = self._gradebook, self._gradebook.db
        try:
            return gradebook.find_submission(self.assignment, student)
        except MissingEntry:
            pass
        try:
            person = gradebook.find_student(student)
        except MissingEntry:
            person = Student(id=student)
            db.add(person)
        assignment = gradebook.find_assignment(self.assignment)
        submission = SubmittedAssignment(assignment=assignment, student=person)
        for notebook in assignment.notebooks:
            answered = SubmittedNotebook(notebook=notebook, assignment=submission)
            for cell in notebook.grade_cells:
                Grade(cell_id=cell.id, notebook=answered)
            for cell in notebook.solution_cells:
                Comment(cell_id=cell.id, notebook=answered)
        db.add(submission)
        db.flush()
        return submission


def open_gradebook(db_url: str) -> Gradebook:
    """Open nbgrader's gradebook, made if there is none. Raises CourseError where that fails."""
    for patience in (0.5, 1.0, 2.0, None):
        try:
            return Gradebook(db_url)
        except (SQLAlchemyError, ImportError) as error:
            # Several who open it for the first time at once make its tables at once, and all but one of them fail.
            if patience is None or isinstance(error, ImportError) or "exist" not in _first_line(error).casefold():
                raise CourseError(f"the gradebook {address(db_url)} cannot be opened: {_first_line(error)}") from None
            time.sleep(patience)
    raise AssertionError("it has been opened or given up")


def address(db_url: str) -> str:
    """Return the gradebook's address without its password."""
    try:
        return make_url(db_url).render_as_string(hide_password=True)
    except ArgumentError:
        return "of MLP_GRADEBOOK"


def _first_line(error: Exception) -> str:
    """Return what the database said, in one line."""
    said = str(getattr(error, "orig", None) or error)
    return next(filter(None, map(str.strip, said.splitlines())), type(error).__name__)


def _wait_little(connection, _record) -> None:
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA busy_timeout=30000")
