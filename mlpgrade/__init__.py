"""mlpgrade: what instructors run. Students' notebooks meet `grade` alone, in the hidden line of a test cell:

import mlpgrade; mlpgrade.grade("newton-path", path)
"""

from typing import Any

__all__ = ["grade"]
__version__ = "0.2.0"


def grade(task: str, target: Any) -> None:
    """Answer the challenge of `task` with the student's object, or judge it here if there is none.

    Under a course's nbgrader configuration a challenge has been handed in beforehand: then the probe's answers are
    published and the verdict is reached elsewhere. Anywhere else the same line judges here, in the student's own process:
    it works everywhere, but a hostile notebook can fool it.
    """
    from mlpgrade.judging import handed

    if not handed.answer(task, target):
        from mlpgrade.marking.here import judge_here

        judge_here(task, target)
