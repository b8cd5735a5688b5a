"""Trials of all assignments, for tests that judge whole answers."""

import functools

from mlpgrade.authoring.trial import Trial
from mlpgrade.judging.judge import to_json
from tests_support import ASSIGNMENT_OF, ASSIGNMENTS, COURSE

TRIALS = {name: Trial(COURSE, name) for name in ASSIGNMENTS}
NOTEBOOKS = {name: trial.notebook for name, trial in TRIALS.items()}


@functools.cache
def challenge(task, seed):
    """The steps of a challenge, and its judge."""
    judge = TRIALS[ASSIGNMENT_OF[task]].judge(task, seed)
    return to_json(judge.cases), judge


def run_notebook(assignment, answer):
    """Run the cells before the last test, with the answer in its place. Return the names and how the first cell failed."""
    return TRIALS[assignment].run(answer)


def targets(assignment):
    """What the hidden lines hand to `grade`, by task."""
    return TRIALS[assignment].targets


__all__ = ["ASSIGNMENTS", "NOTEBOOKS", "TRIALS", "challenge", "run_notebook", "targets"]
