"""What is said of an answer that is wrong and that no named mistake explains."""

from typing import Any

import numpy as np

from mlpgrade.judging import wire
from mlpgrade.judging.case import Case
from mlpgrade.judging.compare import fits, is_array, is_number, kind
from mlpgrade.judging.probe import NOT_THERE
from mlpkit.diagnosis import EXACT, diagnose

UNUSABLE = "the result as a whole"
"""Label of what was published when nothing could be derived from it."""


def describe(case: Case, number: int, label: str, given: dict, expected: dict) -> str:
    """Say what is wrong with a label of a case, or how the case broke off."""
    if label == "":
        step, error, message = given[number, ""]
        return f"{_step_name(case.steps[max(0, min(step, len(case.steps) - 1))])} raised {error}{f': {message}' if message else ''} (case: {case.about})."
    if label == UNUSABLE:
        return f"What came back does not have the form asked for ({given[number, label]}; case: {case.about})."
    if (number, label) not in given:
        return _missing(case, number, label, given)
    value, reference = given[number, label], expected[number, label]
    text = case.hints.get(label) or f"{label} {_difference(value, reference, case, label)}"
    return f"{text} (case: {case.about})."


def _missing(case: Case, number: int, label: str, given: dict) -> str:
    for whole, parts in case.parts.items():
        if label in parts and (number, whole) in given:
            return f"{whole} is {kind(given[number, whole])}, expected {', '.join(parts)} (case: {case.about})."
        if label in parts:
            return f"{label} is missing from {whole} (case: {case.about})."
    return f"{label} was not reached (case: {case.about})."


def _difference(given: Any, expected: Any, case: Case, label: str) -> str:
    if not isinstance(expected, np.ndarray):
        wanted = "a number" if isinstance(expected, float | int) and not isinstance(expected, bool) else repr(expected)
        shown = given if isinstance(given, float | int | str | None) or is_number(given) else kind(given)
        return f"is {shown}, expected {expected if is_number(given) else wanted}"
    if isinstance(given, wire.Other) and given.name == NOT_THERE:
        return "is not there: it has to be stored under this very name, with self in front"
    if not is_array(given):
        return f"is {kind(given)}, expected an array of shape {expected.shape}"
    if given.shape == expected.shape and not fits(given, expected):
        return f"holds {given.dtype}, expected whole numbers, of an integer dtype"
    return diagnose(given, expected, case.sizes) or _first_difference(
        given, expected, case.tolerances.get(label, EXACT)
    )


def _first_difference(given: np.ndarray, expected: np.ndarray, tolerance: float) -> str:
    scale = max(float(np.abs(expected).max()), 1e-300)
    apart = np.abs(given - expected)
    far = np.argwhere(apart > tolerance * scale)
    index = tuple(int(i) for i in (far[0] if len(far) else np.unravel_index(apart.argmax(), apart.shape)))
    entry = ", ".join(map(str, index))
    return (
        f"is wrong; the first entry that differs is [{entry}]: expected {expected[index]:.6g}, got {given[index]:.6g}"
    )


def _step_name(step: dict) -> str:
    match step:
        case {"do": "call", "object": "target", "method": None}:
            return "Calling it"
        case {"do": "call", "method": str(method)}:
            return f"{method}(…)"
        case {"do": "call", "object": name}:
            return f"{name}(…)"
        case {"do": "collect", "object": name}:
            return f"Going through {name}"
        case {"do": "library", "says": str(what)} if what:
            return what
        case {"do": "get" | "put", "attribute": attribute}:
            return f"Looking up {attribute}"
    return "A step"
