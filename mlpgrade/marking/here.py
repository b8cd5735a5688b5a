"""Judges in the student's own process, where nobody handed in a challenge: plain nbgrader without the course's configuration."""

from pathlib import Path
from typing import Any


def judge_here(task: str, target: Any) -> None:
    """Show the verdict as outputs that plain nbgrader reads: nothing or a number to earn points, an error to lose them."""
    from IPython.display import clear_output

    verdict, title = _verdict(task, target)
    if verdict.share < 1:
        raise LostPoints(verdict.text(1, title))
    clear_output()  # what a right answer printed or warned of meanwhile must not cost its points
    print(verdict.text(1, title))


def _verdict(name: str, target: Any) -> tuple[Any, str]:
    import numpy as np

    from mlpgrade.course import Course, CourseError
    from mlpgrade.judging import probe
    from mlpgrade.judging.judge import judge, to_json

    try:
        course = Course.around(Path.cwd())
        declared = next(found for found in map(course.declared, course.assignments()) if name in found.tasks)
    except CourseError as error:
        raise LostPoints(f"{name} cannot be judged here: {error}") from None
    except StopIteration:
        raise LostPoints(f"{name} cannot be judged here: no assignment in {course.solutions} declares it.") from None
    task = declared.tasks[name]
    if f"{getattr(target, '__module__', '')}.{getattr(target, '__qualname__', '')}" in declared.hidden:
        raise LostPoints(f"{task.title} is what this assignment asks you to write: the library's own earns nothing.")
    cases = task.challenge(np.random.default_rng())
    return judge(task, cases, probe.run(to_json(cases), target, declared.props), declared.props), task.title


class LostPoints(Exception):
    """Carries a verdict's text. IPython shows it without the traceback, and so without the hidden line."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]
