"""How a mark came about, in order, from the file that was handed in to the points that were returned; and once more from the start."""

import json
from collections.abc import Iterator
from datetime import UTC

import nbformat
from nbgrader import utils
from nbgrader.api import MissingEntry

from mlpgrade.course import Course, CourseError
from mlpgrade.gradebook.decisions import Decisions
from mlpgrade.gradebook.grading import job_for, stamp_in, stamp_of, with_hidden_lines
from mlpgrade.gradebook.marks import Marks, open_gradebook
from mlpgrade.gradebook.settle import earned, lateness, settle
from mlpgrade.intake.receive import Received, receive
from mlpgrade.judging.plain import plain
from mlpgrade.marking.job import Job, mark
from mlpgrade.records import roster, voids
from mlpgrade.teaching import attempts
from mlpgrade.teaching.late import terms_in_words
from mlpgrade.teaching.versions import versions_in


def explain(course: Course, student: str, assignment: str, require_sandbox: bool = False) -> Iterator[tuple[str, str]]:
    """Yield what there is to be said of a mark, each with a word for what it is about. Raises CourseError where there is no mark."""
    course.submitters(assignment, student)
    settle(course, assignment)
    with Marks(course.db_url, assignment) as marks:
        if not marks.known():
            raise CourseError(f"{assignment} has not been graded yet; run: mlpgrade grade {assignment}")
        frame = with_hidden_lines(course.released(assignment), marks.sources())
    decision = Decisions(course, assignment).of(student)
    folder = course.step("submitted") / student / assignment
    taken = receive(folder, assignment, frame, decision.take if decision else None)
    stamp = stamp_of(taken)  # before the job notes in the notebook how it was taken in
    job = job_for(course, course.assignment(assignment), student, taken, require_sandbox)
    yield from _handed_in(course, student, assignment, taken, stamp)
    if decision:
        what = f"{decision.take} counts" if decision.take else "it stays as it was graded"
        yield (
            "decision",
            plain(f"{what}, by a person on {decision.when}{f': {decision.because}' if decision.because else ''}"),
        )
    yield from _marked(course, student, assignment, job)
    yield from _points(course, student, assignment)
    yield from _again(course, student, assignment, job)


def _handed_in(course: Course, student: str, assignment: str, taken: Received, now: str) -> Iterator[tuple[str, str]]:
    person = roster.load(course.classroom).student(student)
    yield (
        "student",
        plain(
            f"{student} ({person.name}{', ' * bool(person.sections)}{', '.join(person.sections)})"
            if person
            else student
        ),
    )
    for line in attempts.of(course, assignment, student):
        counts = "counts" if line.counts else "does not count"
        when = line.time or ("late, at an unknown time" if line.late == "yes" else "at an unknown time")
        number = f" {line.attachment}" if line.attachment else ""
        yield (
            "attempt",
            plain(
                f"{line.attempt} {counts}: {line.original_name} from {line.system}{number}, {when}, sha256 {line.sha256}"
            ),
        )
    yield "time", f"{taken.timestamp:%Y-%m-%d %H:%M:%S %Z}" if taken.timestamp else "not known"
    yield "read as", plain(taken.refused or "; ".join(taken.notes) or "it stands")
    then = stamp_in(course.autograded(assignment, student))
    same = (
        "the one that was marked"
        if now == then
        else f"NOT the one that was marked, {then}: run mlpgrade grade {assignment}"
    )
    yield "digest", f"{now}, {same}"


def _marked(course: Course, student: str, assignment: str, job: Job) -> Iterator[tuple[str, str]]:
    then, now = versions_in(course.autograded(assignment, student)), course.assignment(assignment).version
    if then:
        changed = "" if then[1] == now else f" (it is {now} now)"
        yield "versions", f"mlpgrade {then[0]}, assignment {then[1]}{changed}"
    for task, seed in job.seeds.items():
        yield "seed", f"{task}: {seed:064x}"


def _points(course: Course, student: str, assignment: str) -> Iterator[tuple[str, str]]:
    voided = voids.load(course.classroom).get(assignment, {})
    path = course.autograded(assignment, student)
    notes = _verdicts(path) if path.exists() else {}
    with open_gradebook(course.db_url) as gradebook:
        try:
            found = gradebook.find_submission_notebook(assignment, assignment, student)
        except MissingEntry:
            raise CourseError(f"{student} has no marks for {assignment}; run: mlpgrade grade {assignment}") from None
        for grade in found.grades:
            by_itself = "no mark of its own" if grade.auto_score is None else f"{grade.auto_score:g} by the verdict"
            by_hand = "" if grade.manual_score is None else f", {grade.manual_score:g} by hand"
            older = (
                ", given before this submission"
                if by_hand and grade.needs_manual_grade and grade.auto_score is not None
                else ""
            )
            extra = f", {grade.extra_credit:g} extra" if grade.extra_credit else ""
            gone = ""
            if grade.name in voided:
                gone = ", voided: given to all" if voided[grade.name].full else ", voided: taken out"
            yield (
                "task",
                f"{grade.name}: {earned(grade):g} of {grade.max_score:g} ({by_itself}{by_hand}{older}{extra}{gone})",
            )
            for reason in notes.get(grade.name, []):
                yield "", plain(reason)
        for comment in found.comments:
            if comment.comment:
                yield "comment", plain(f"{comment.name}: {comment.comment}")
        time = found.assignment.timestamp
        terms, late = lateness(course, assignment, student, time and time.replace(tzinfo=UTC))
        own = f"; {terms.extended} until {terms.due:%Y-%m-%d %H:%M %Z}" if terms and terms.extended else ""
        yield "policy", terms_in_words(course, assignment, people=[]) + own
        penalty = found.late_submission_penalty or 0
        yield "late", f"{late.by or 'no'}, {penalty:g} points off" if penalty or late.by else "no"
        yield "mark", f"{sum(map(earned, found.grades)) - penalty:g} of {found.max_score:g}"


def _verdicts(path) -> dict[str, list[str]]:
    notebook = nbformat.read(path, as_version=4)
    found = [
        (cell.metadata.get("nbgrader", {}).get("grade_id"), cell.metadata.get("mlpgrade", {}))
        for cell in notebook.cells
    ]
    return {task: list(notes.get("reasons", [])) for task, notes in found if task}


def _again(course: Course, student: str, assignment: str, job: Job) -> Iterator[tuple[str, str]]:
    """Mark it once more, and compare with what the gradebook holds."""
    marked = mark(job)
    if marked.failure:
        yield "again", f"it could not be marked: {plain(marked.failure)}"
        return
    cells = [cell for cell in nbformat.from_dict(json.loads(marked.notebook)).cells if utils.is_grade(cell)]
    now = {cell.metadata.nbgrader.grade_id: utils.determine_grade(cell)[0] for cell in cells}
    voided = voids.load(course.classroom).get(assignment, {})
    with open_gradebook(course.db_url) as gradebook:
        grades = gradebook.find_submission_notebook(assignment, assignment, student).grades
        then = {grade.name: grade.auto_score for grade in grades if grade.name not in voided}
    other = [f"{task} {then[task]} then, {now.get(task)} now" for task in then if now.get(task) != then[task]]
    yield (
        "again",
        "marked once more, with the same result"
        if not other
        else f"marked once more, with ANOTHER result: {', '.join(other)}",
    )
