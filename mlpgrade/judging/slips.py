"""Slips that nearly every result can suffer, each with one sentence for the whole course.

    *slips("predict", Line.after("values"), "float32", "squeezed")

are two mistakes: `predict` right but for its dtype, and right but for its axes of length 1. The first word is what the
sentence is about; what makes the wrong implementation from a change of the result comes second.
"""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from mlpgrade.judging.task import Mistake


def _whole(value: Any) -> Any:
    return np.trunc(value) if np.ndim(value) else float(np.trunc(value))


KINDS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "float16": ("{} computes in float16, three digits: keep NumPy's default, float64.", lambda a: a.astype(np.float16)),
    "float32": ("{} computes in float32, seven digits: keep NumPy's default, float64.", lambda a: a.astype(np.float32)),
    "whole": ("{} cuts its result down to whole numbers: keep NumPy's default, float64.", _whole),
    "squeezed": ("The result of {} has lost its axes of length 1: drop the squeeze, they belong to the shape.", np.squeeze),
    "flat": ("{} returns one long row: keep the shape.", np.ravel),
    "list": ("{} returns a list: return an array.", lambda a: a.tolist()),
    "nothing": ("{} returns None: is a return missing?", lambda a: None),
    "negated": ("{} has the wrong sign.", lambda a: -a),
    "zeros": ("{} returns zeros.", lambda a: 0 * a),
    "doubled": ("{} is twice what it should be.", lambda a: 2 * a),
    "halved": ("{} is half of what it should be.", lambda a: a / 2),
}  # fmt: skip


def slips(what: str, make: Callable[[Callable[[Any], Any]], Any], *kinds: str) -> tuple[Mistake, ...]:
    """Return a mistake of each kind. Its id is the kind, after the first word of `what` where that is no method of all."""
    return tuple(Mistake(f"{_slug(what)}-{kind}", KINDS[kind][0].format(what), make(KINDS[kind][1])) for kind in kinds)


def rounded(what: str, make: Callable[[Callable[[Any], Any]], Any], digits: range) -> Mistake:
    """Return the mistake of rounding the result."""
    wrong = [make(functools.partial(np.round, decimals=places)) for places in digits]
    return Mistake(f"{_slug(what)}-rounded", f"{what} rounds its result: return it with all its digits.", *wrong)


def _slug(what: str) -> str:
    return "-".join("".join(letter if letter.isalnum() else " " for letter in what).lower().split())
