"""`grade`, the one name that a hidden line calls: `import mlpgrade; mlpgrade.grade("linear-forward", Linear)`.

Under this repository's nbgrader configuration a challenge has been handed in beforehand: then the probe's answers are
published and the verdict is reached elsewhere. Anywhere else the same line judges here, in the student's own process:
it works everywhere, but a hostile notebook can fool it.
"""

from typing import Any

from mlpgrade import probe, wire

_challenges: dict[str, list[dict]] = {}


def hand_in(challenges: dict[str, list[dict]]) -> None:
    """Keep the challenges, by task, for the calls of `grade` that follow."""
    _challenges.update(challenges)


def grade(task: str, target: Any) -> None:
    """Answer the challenge of `task` with the student's object, or judge it here if there is none."""
    if task in _challenges:
        _publish(task, probe.run(_challenges[task], target))
    else:
        _judge_here(task, target)


def _publish(task: str, answers: list[dict]) -> None:
    from IPython.display import display

    display({wire.MIME: {"task": task, "answers": answers}}, raw=True)


def _judge_here(name: str, target: Any) -> None:
    """Show the verdict as outputs that plain nbgrader reads: nothing or a number to earn points, an error to lose them."""
    import numpy as np
    from IPython.display import clear_output

    from mlpgrade.judge import judge, to_json
    from mlpgrade.tasks import TASKS

    cases = TASKS[name].challenge(np.random.default_rng())
    verdict = judge(TASKS[name], cases, probe.run(to_json(cases), target))
    if verdict.share < 1:
        raise LostPoints(verdict.text(1))
    clear_output()  # what a right answer printed or warned of meanwhile must not cost its points
    print(verdict.text(1))


class LostPoints(Exception):
    """Carries a verdict's text. IPython shows it without the traceback, and so without the hidden line."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]
