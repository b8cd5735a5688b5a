"""Grading classes for real: the same marks as plain nbgrader, nothing lost, nothing graded twice."""

import json
import multiprocessing
import os
import random
import re
import signal
import subprocess
import sys

import nbformat
import pytest
from nbgrader.api import Gradebook

from mlpgrade.authoring.answers import fill_in
from mlpgrade.course import Course
from mlpgrade.gradebook.feedback import Pages
from mlpgrade.gradebook.grading import grade
from mlpgrade.gradebook.marks import Marks
from mlpgrade.gradebook.sources import release, to_notebook
from tests_support import ASSIGNMENT, ROOT, class_answers, deserved

pytestmark = pytest.mark.slow
ANSWERS = class_answers(ASSIGNMENT)
QUICK = [answer for answer in ANSWERS if answer.name != "chen"]  # whose loops take seconds

PATIENCE = 120
"""Seconds until something that should have happened is a failure: the machine may be busy."""

POINTS = {"linear-forward": 3, "linear-backward": 5, "linear-update": 2}


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.setenv("MLP_CLASSROOM", str(tmp_path))
    monkeypatch.setenv("MLP_RELEASE", str(tmp_path / "release"))
    monkeypatch.chdir(ROOT)
    return Course.here()


def hand_in(course, answers, copies=1):
    released = nbformat.read(release(course, ASSIGNMENT), as_version=4)
    solved = to_notebook(ROOT / "solutions" / ASSIGNMENT / "notebook.py")
    for answer in answers:
        notebook = json.dumps(fill_in(released, answer, solved))
        for number in range(copies):
            path = submission(course, f"{answer.name}-{number}" if copies > 1 else answer.name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(notebook)


def submission(course, student):
    return course.step("submitted") / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"


def run(course, student=None, again=False, **options):
    outcomes: list = []
    grade(course, ASSIGNMENT, student, again=again, tell=outcomes.append, **options)
    return {outcome.student: outcome for outcome in outcomes}


def marks(course):
    with Gradebook(course.db_url) as gradebook:
        submissions = gradebook.find_assignment(ASSIGNMENT).submissions
        return {
            one.student.id: {
                grade.name: (grade.auto_score, grade.needs_manual_grade) for grade in one.notebooks[0].grades
            }
            for one in submissions
        }


def test_marks_and_reasons_are_those_of_plain_nbgrader(course):
    hand_in(course, ANSWERS)
    assert all(outcome.problem is None for outcome in run(course).values())
    ours, reasons = marks(course), {answer.name: verdicts(course, answer.name) for answer in ANSWERS}
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", ASSIGNMENT, "--force", "--log-level=WARN"], cwd=ROOT, check=True
    )
    assert marks(course) == ours
    assert {answer.name: verdicts(course, answer.name) for answer in ANSWERS} == reasons
    assert ours["ada"] == {task: (points, False) for task, points in POINTS.items()}


def verdicts(course, student):
    notebook = nbformat.read(course.autograded(ASSIGNMENT, student), as_version=4)
    return [cell.outputs for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]


def test_what_was_graded_is_left_alone_until_it_changes(course):
    hand_in(course, ANSWERS[:2])
    assert not any(outcome.already for outcome in run(course).values())
    assert all(outcome.already for outcome in run(course).values())
    hand_in(course, [ANSWERS[0].__class__(ANSWERS[1].name, "", "class Linear: ...\n")])
    again = run(course)
    assert (again[ANSWERS[0].name].already, again[ANSWERS[1].name].already) == (True, False)
    assert sum(score for score, _ in marks(course)[ANSWERS[1].name].values()) == 0


def test_no_stale_mark_survives_a_submission_that_cannot_be_read(course):
    hand_in(course, ANSWERS[:1])
    run(course)
    submission(course, ANSWERS[0].name).write_text("not a notebook")
    outcome = run(course)[ANSWERS[0].name]
    assert outcome.problem is None
    assert "is not a notebook" in " ".join(outcome.notes)
    assert set(marks(course)[ANSWERS[0].name].values()) == {(0.0, False)}
    assert "is not a notebook" in str(verdicts(course, ANSWERS[0].name))


def test_a_mark_given_by_hand_stays_and_is_flagged_once_another_submission_has_come(course):
    hand_in(course, ANSWERS[:1])
    run(course)
    with Gradebook(course.db_url) as gradebook:
        mark = gradebook.find_grade("linear-update", ASSIGNMENT, ASSIGNMENT, ANSWERS[0].name)
        mark.manual_score = 1.5
        gradebook.db.commit()

    def after_grading(**options):
        run(course, **options)
        with Gradebook(course.db_url) as gradebook:
            mark = gradebook.find_grade("linear-update", ASSIGNMENT, ASSIGNMENT, ANSWERS[0].name)
            return mark.score, mark.needs_manual_grade

    assert after_grading(again=True) == (1.5, False)
    hand_in(course, [ANSWERS[0].__class__(ANSWERS[0].name, "", "class Linear: ...\n")])
    assert after_grading() == (1.5, True)


def test_feedback_has_the_marks_and_what_a_grader_wrote(course):
    hand_in(course, [answer for answer in ANSWERS if answer.name == "farah"])
    run(course)
    with Gradebook(course.db_url) as gradebook:
        gradebook.find_comment("linear", ASSIGNMENT, ASSIGNMENT, "farah").manual_comment = "Come and see me."
        gradebook.db.commit()
    with Pages(course, ASSIGNMENT) as pages:
        page = pages.write("farah").read_text(encoding="utf-8")
    assert re.findall(r"Score: ([\d.]+) / ([\d.]+)", page)[0] == ("9.0", "10.0")
    assert "Come and see me." in page
    assert '<a href="#linear-backward">backward of the linear layer</a> (Score: 4.0 / 5.0)' in page
    assert '<span class="nbgrader-label">backward of the linear layer</span>' in page
    for unsaid in ("Test cell", "Grade cell", "@font-face", "<ipython-input"):
        assert unsaid not in page


def test_grading_again_gives_the_same_verdicts(course):
    hand_in(course, ANSWERS)
    run(course)
    before = {answer.name: verdicts(course, answer.name) for answer in ANSWERS}
    run(course, again=True)
    assert {answer.name: verdicts(course, answer.name) for answer in ANSWERS} == before


def test_a_worker_that_fails_costs_one_submission_its_marks_and_says_so(course):
    hand_in(course, ANSWERS[:3])

    def unreliable(function, jobs):
        for job in jobs:
            marked = function(job)
            yield marked if job.student != ANSWERS[1].name else marked.__class__(job.student, "", "OSError: no", {})

    outcomes = run(course, mapper=unreliable)
    assert "could not be marked" in outcomes[ANSWERS[1].name].problem
    assert "OSError: no" in course.log(ASSIGNMENT, ANSWERS[1].name).read_text()
    assert marks(course).keys() == {ANSWERS[0].name, ANSWERS[2].name}
    assert run(course)[ANSWERS[1].name].problem is None


def test_marks_are_entered_whole_or_not_at_all(course, monkeypatch):
    hand_in(course, ANSWERS[:1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mlpgrade.gradebook.marks.utils.determine_grade", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(course)
    with Marks(course.db_url, ASSIGNMENT) as book:
        assert book.graded() == set()
    assert marks(course) == {}


def test_two_workers_give_the_same_marks_as_one(course):
    from mlpgrade.marking.cluster import workers

    hand_in(course, QUICK)
    run(course)
    alone = marks(course)
    with workers(2) as mapper:
        assert all(outcome.problem is None for outcome in run(course, again=True, mapper=mapper).values())
    assert marks(course) == alone


def test_killed_at_any_moment_the_same_command_finishes_the_rest(course):
    """Fifty times over: start grading, kill it after a random while; at the end everyone has the right marks, once."""
    hand_in(course, QUICK, copies=6)
    expected = {f"{answer.name}-{number}": deserved(answer, POINTS)[0] for answer in QUICK for number in range(6)}
    draw, context = random.Random(5), multiprocessing.get_context("fork")
    for _ in range(50):
        process = context.Process(target=run, args=(course,))
        process.start()
        process.join(draw.uniform(0.1, 2.2))
        process.kill()
        process.join()
    assert {outcome.problem for outcome in run(course).values()} == {None}
    found = {student: sum(score for score, _ in grades.values()) for student, grades in marks(course).items()}
    assert found == expected
    assert all(len(grades) == len(POINTS) for grades in marks(course).values())


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_stops_cleanly_and_the_same_command_goes_on(course, workers):
    """A terminal sends the signal to all processes of the command."""
    hand_in(course, QUICK, copies=4)
    command = [sys.executable, "-u", "-m", "mlpgrade.cli", "grade", ASSIGNMENT, f"--workers={workers}"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    heard = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)  # noqa: E731  whatever this suite was started with
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, preexec_fn=heard, **pipes)
    process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, said
    assert said == "mlpgrade: stopped. What is done is kept; the same command goes on.\n"
    assert 1 <= len(marks(course)) < 4 * len(QUICK)
    assert {outcome.problem for outcome in run(course).values()} == {None}
    assert len(marks(course)) == 4 * len(QUICK)
