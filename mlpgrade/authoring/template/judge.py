"""ASSIGNMENT: `rescale`."""

import numpy as np

from mlpgrade.judging.declare import Mistake, Part, Task, Use, after, call, resized, slips

SCALED, RANGES = "the scaled array", "the ranges"

RESCALE = Use(
    gives={"X": ("N", "D")},
    calls=(call("pair", None, "X"),),
    shows={"what rescale returns": "pair"},
    keeps=("X",),
)


def cases(draw):
    """Sizes at which each known mistake shows; the pair that comes back is taken apart into its two arrays."""
    sizes = {"6 rows, 3 columns": {"N": 6, "D": 3}, "as many rows as columns": {"N": 4, "D": 4}, "two rows": {"N": 2, "D": 3}}
    found = RESCALE.cases(draw, sizes, resized)
    for case in found:
        case.parts["what rescale returns"] = (SCALED, RANGES)
    return found


def right(X):
    ranges = X.max(axis=0) - X.min(axis=0)
    return (X - X.min(axis=0)) / ranges, ranges


def scaled(formula):
    """A wrong rescale whose ranges are right."""
    return lambda X: (formula(X), right(X)[1])


MISTAKES = (
    Mistake("rows", "The rows are rescaled: the smallest and largest value are each column's, axis=0.",
            lambda X: tuple(part.T for part in right(X.T))),
    Mistake("one-range", "One smallest value and one range serve the whole array: each column has its own, axis=0.",
            lambda X: ((X - X.min()) / (X.max() - X.min()), np.full(X.shape[1], X.max() - X.min()))),
    Mistake("not-moved", "The smallest value of each column is not taken off.", scaled(lambda X: X / right(X)[1])),
    Mistake("by-largest", "The columns are divided by their largest value, not by their range.",
            scaled(lambda X: (X - X.min(axis=0)) / X.max(axis=0))),
    Mistake("standardised", "This is standardising, (X − mean) / deviation: here each column runs from 0 to 1.",
            scaled(lambda X: (X - X.mean(axis=0)) / X.std(axis=0))),
    *slips("rescale", after(right), "nothing"),
)  # fmt: skip

TASKS = (
    Task("ASSIGNMENT-rescale", "your chapter, its section", cases, right, MISTAKES, (Part("the scaled array", 2), Part("the ranges", 1))),
)
