"""Whether the source, the released notebook and the gradebook speak of the same tasks and points; and how they come to.

Marks of which the three disagree cannot be signed: a student would have 13 of 10 points.
"""

from typing import Any

import nbformat
from nbgrader.api import Comment, Grade, GradeCell, MissingEntry, Notebook, SolutionCell, SourceCell
from nbgrader.utils import is_grade, is_locked, is_solution

from mlpgrade.course import Course, CourseError
from mlpgrade.gradebook.marks import open_gradebook
from mlpgrade.gradebook.sources import generate
from mlpgrade.records import voids

Points = dict[str, float]


def require(course: Course, assignment: str) -> None:
    """Raise CourseError where the three disagree."""
    found = differences(course, assignment)
    if found:
        raise CourseError(
            f"the source, the released notebook and the gradebook disagree about {assignment}: {'; '.join(found)}. Put the source back, or "
            f"take up what it says now, and grade the class by it: mlpgrade grade {assignment} --accept-new-points"
        )


def differences(course: Course, assignment: str) -> list[str]:
    """Say of which tasks the three have different points, or which one of them lacks."""
    source, released = _in_source(course, assignment), _points(course.released(assignment))
    with open_gradebook(course.db_url) as gradebook:
        try:
            entered = _in_gradebook(course, assignment, gradebook.find_notebook(assignment, assignment))
        except MissingEntry:
            entered = source
    told = []
    for task in dict.fromkeys([*source, *released, *entered]):
        three = [_shown(one.get(task)) for one in (source, released, entered)]
        if len(set(three)) > 1:
            told.append(
                f"{task} is worth {three[0]} in the source, {three[1]} as released, {three[2]} in the gradebook"
            )
    return told


def accept(course: Course, assignment: str) -> list[str]:
    """Take up the tasks and points of the source: release it, and change the gradebook. Return what was changed.

    Marks of tasks that are gone go with them; new tasks have none until the class is graded again.
    """
    course.require_assignment(assignment)
    found = differences(course, assignment)
    if not found:
        return [f"{assignment}: source, released notebook and gradebook agree."]
    with open_gradebook(course.db_url) as gradebook:
        try:
            notebook = gradebook.find_notebook(assignment, assignment)
        except MissingEntry:
            notebook = None
        if notebook is not None and notebook.submissions:
            _same_cells(gradebook.db, notebook, _source(course, assignment))
            gradebook.db.commit()
    generate(course, assignment)
    return [f"{assignment}: {one}; the source counts now." for one in found]


def _source(course: Course, assignment: str) -> Any:
    return nbformat.read(course.step("source") / assignment / f"{assignment}.ipynb", as_version=4)


def _in_source(course: Course, assignment: str) -> Points:
    return _points(_source(course, assignment))


def _points(notebook: Any) -> Points:
    return {
        cell.metadata.nbgrader.grade_id: float(cell.metadata.nbgrader.points)
        for cell in notebook.cells
        if is_grade(cell)
    }


def _in_gradebook(course: Course, assignment: str, notebook: Notebook) -> Points:
    """Return the gradebook's points; of what is voided, those that it was worth."""
    voided = voids.load(course.classroom).get(assignment, {})
    return {
        cell.name: float(voided[cell.name].points if cell.name in voided else cell.max_score)
        for cell in notebook.grade_cells
    }


def _shown(points: float | None) -> str:
    return "nothing" if points is None else f"{points:g}"


def _same_cells(db: Any, notebook: Notebook, source: Any) -> None:
    """Give the gradebook's notebook the cells of the source, so that nbgrader, which refuses to add and remove any, finds none to."""
    cells = [cell for cell in source.cells if "nbgrader" in cell.metadata]
    for kind, wanted, there in (
        (GradeCell, [cell for cell in cells if is_grade(cell)], notebook.grade_cells),
        (SolutionCell, [cell for cell in cells if is_solution(cell)], notebook.solution_cells),
        (
            SourceCell,
            [cell for cell in cells if is_grade(cell) or is_solution(cell) or is_locked(cell)],
            notebook.source_cells,
        ),
    ):
        names = {cell.metadata.nbgrader.grade_id: cell for cell in wanted}
        for cell in [one for one in there if one.name not in names]:
            for row in (
                db.query(Grade).filter(Grade.cell_id == cell.id).all()
                + db.query(Comment).filter(Comment.cell_id == cell.id).all()
            ):
                db.delete(row)
            db.flush()
            db.delete(cell)
        for name in names.keys() - {one.name for one in there}:
            _add(db, kind, notebook, name, names[name])
    db.flush()


def _add(db: Any, kind: Any, notebook: Notebook, name: str, found: Any) -> None:
    told = {"cell_type": found.cell_type} if kind is not SolutionCell else {}
    told |= {"max_score": float(found.metadata.nbgrader.points)} if kind is GradeCell else {}
    cell = kind(name=name, notebook=notebook, **told)
    db.add(cell)
    db.flush()
    for submitted in notebook.submissions:
        if kind is GradeCell:
            db.add(Grade(cell_id=cell.id, notebook=submitted))
        elif kind is SolutionCell:
            db.add(Comment(cell_id=cell.id, notebook=submitted))
