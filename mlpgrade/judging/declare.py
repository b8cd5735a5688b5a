"""The one door for a judge.py: what declarations are made of."""

from mlpgrade.judging.case import Case, rng, touched
from mlpgrade.judging.compare import is_array, is_number, matches
from mlpgrade.judging.slips import rounded, slips
from mlpgrade.judging.task import InParts, Mistake, Part, Task, after, mistakes
from mlpgrade.judging.uses import (
    Use,
    again,
    call,
    moved,
    other_argument,
    overtaken,
    repeated,
    resized,
    side_by_side,
    stale,
)
from mlpkit.diagnosis import EXACT, relative_error

__all__ = [
    "EXACT",
    "Case",
    "InParts",
    "Mistake",
    "Part",
    "Task",
    "Use",
    "after",
    "again",
    "call",
    "is_array",
    "is_number",
    "matches",
    "mistakes",
    "moved",
    "other_argument",
    "overtaken",
    "relative_error",
    "repeated",
    "resized",
    "rng",
    "rounded",
    "side_by_side",
    "slips",
    "stale",
    "touched",
]
