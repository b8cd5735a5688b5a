"""Takes a question out of an assignment, or gives it to all, and gives it back."""

from mlpgrade.course import Course, CourseError
from mlpgrade.gradebook.marks import open_gradebook
from mlpgrade.gradebook.settle import Change, changes, settle, totals, unvoid
from mlpgrade.records import voids
from mlpgrade.records.voids import Void


def void(course: Course, assignment: str, task: str, *, full: bool = False) -> list[Change]:
    """Take a task out, or give its points to all who handed in. Return whose marks change. The marks that stood are kept."""
    _points(course, assignment, task)
    before = totals(course, assignment)
    if task in voids.load(course.classroom).get(assignment, {}):
        restore(course, assignment, task)
    voided = voids.load(course.classroom)
    voided.setdefault(assignment, {})[task] = Void(full, _points(course, assignment, task))
    voids.save(course.classroom, voided)
    settle(course, assignment)
    return changes(assignment, before, totals(course, assignment))


def restore(course: Course, assignment: str, task: str) -> list[Change]:
    """Let a task count again, by the marks that stood before. Raises CourseError if it is not voided."""
    _points(course, assignment, task)
    before = totals(course, assignment)
    voided = voids.load(course.classroom)
    known = voided.get(assignment, {}).pop(task, None)
    if known is None:
        raise CourseError(f"{task} of {assignment} is not voided.")
    with open_gradebook(course.db_url) as gradebook:
        unvoid(gradebook.find_assignment(assignment), task, known)
        gradebook.db.commit()
    voids.save(course.classroom, voided)
    settle(course, assignment)
    return changes(assignment, before, totals(course, assignment))


def _points(course: Course, assignment: str, task: str) -> float:
    """Return what a task is worth. Raises CourseError if the gradebook has none of this name."""
    course.require_assignment(assignment)
    with open_gradebook(course.db_url) as gradebook:
        cells = {
            cell.name: cell.max_score
            for one in gradebook.assignments
            if one.name == assignment
            for book in one.notebooks
            for cell in book.grade_cells
        }
    if not cells:
        raise CourseError(f"{assignment} has not been graded yet; run: mlpgrade grade {assignment}")
    if task not in cells:
        raise CourseError(f"{assignment} has no task {task!r}; there are: {', '.join(cells)}.")
    return float(cells[task])
