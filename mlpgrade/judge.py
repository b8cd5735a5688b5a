"""Reaches a verdict: compares answers with an independent reference and names the mistake behind each difference.

The reference is a right implementation, a named mistake is a wrong one. All of them go through the same probe as the
student's object, so that what they would have answered is known exactly. A mistake is named only when it accounts for
the student's answers wherever it differs from the reference: a coincidence on some other array is not enough.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mlpgrade import probe, wire
from mlpgrade.challenge import Case
from mlpgrade.verdict import Verdict
from mlpkit.diagnosis import EXACT, diagnose, relative_error

Key = tuple[int, str]
"""A case's number and a label within it. The label "" stands for an exception."""


@dataclass(frozen=True)
class Task:
    """A graded task: its cases, a right implementation, and mistakes as pairs of a sentence and a wrong implementation."""

    name: str
    assignment: str
    section: str
    cases: Callable[[np.random.Generator], list[Case]]
    reference: Any
    mistakes: tuple[tuple[str, Any], ...] = field(default=())

    def challenge(self, rng: np.random.Generator) -> list[Case]:
        """Draw the cases."""
        return self.cases(rng)


def to_json(cases: list[Case]) -> list[dict]:
    """Return what the probe needs of the cases: the steps alone."""
    return [{"steps": case.steps} for case in cases]


def judge(task: Task, cases: list[Case], answers: Any) -> Verdict:
    """Return the verdict on `answers`, which come from the student's process and may be anything at all."""
    expected = _quietly(cases, task.reference)
    try:
        given = _values(answers[: len(cases)])
    except Exception:  # forged or damaged answers fail in ways that nobody can list; none of them may earn a point
        return Verdict(
            task.name, 0.0, ("The answers could not be read: run your notebook from top to bottom.",), task.section
        )
    wrong = {key for key in expected if key not in given or not matches(given[key], expected[key])}
    wrong |= {key for key in given if key[1] == "" and key not in expected}
    if not wrong:
        return Verdict(task.name, 1.0)
    return Verdict(task.name, 0.0, tuple(_reasons(task, cases, given, expected, wrong)), task.section)


def matches(given: Any, expected: Any) -> bool:
    """Tell whether an answer equals the reference: type, shape and, to 1e-9 in the norm, numbers."""
    if isinstance(expected, np.ndarray):
        return _is_array(given) and relative_error(given, expected) <= EXACT
    if isinstance(expected, float):
        return _is_number(given) and relative_error(np.asarray(given), np.asarray(expected)) <= EXACT
    if isinstance(expected, list | tuple):
        return type(given) is type(expected) and len(given) == len(expected) and all(map(matches, given, expected))
    return type(given) is type(expected) and given == expected


def _values(answers: list[dict]) -> dict[Key, Any]:
    values: dict[Key, Any] = {}
    for number, answer in enumerate(answers):
        for label, message in answer["published"].items():
            values[number, label] = wire.decode(message)
        if "failed" in answer:
            failed = answer["failed"]
            values[number, ""] = (int(failed["step"]), str(failed["error"])[:100], str(failed["message"])[:300])
    return values


def _reasons(task: Task, cases: list[Case], given: dict, expected: dict, wrong: set[Key]) -> list[str]:
    """Named mistakes first; then, for labels that none accounts for, algebra, a hint, or the first differing entry."""
    reasons: list[str] = []
    explained: set[Key] = set()
    for effect, sentence in _fitting_mistakes(task, cases, given, expected, wrong):
        if effect - explained:
            reasons.append(sentence)
            explained |= effect
    seen = {label for _, label in explained}
    for number, label in sorted(wrong - explained, key=lambda key: (key[1] != "", key)):
        if (number, cases[number].follows.get(label)) in wrong:
            continue
        if label not in seen and (number, "") not in explained:
            seen.add(label)
            reasons.append(_describe(cases[number], number, label, given, expected))
        if label == "" and (number, "") in given:
            seen |= {other for case, other in wrong if case == number and (case, other) not in given}
    return reasons


def _fitting_mistakes(
    task: Task, cases: list[Case], given: dict, expected: dict, wrong: set[Key]
) -> list[tuple[set[Key], str]]:
    """Return (keys where it differs from the reference, sentence) of each mistake that fits, far-reaching ones first."""
    fitting = []
    for sentence, implementation in task.mistakes:
        predicted = _quietly(cases, implementation)
        effect = {
            key for key in expected.keys() | predicted.keys() if not _alike(predicted.get(key), expected.get(key))
        }
        if effect <= wrong and all(_alike(given.get(key), predicted.get(key)) for key in effect):
            fitting.append((effect, sentence))
    return sorted(fitting, key=lambda pair: -len(pair[0]))


def _quietly(cases: list[Case], implementation: Any) -> dict[Key, Any]:
    """Return what an implementation answers. A wrong one may overflow, which is no news."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _values(probe.run(to_json(cases), implementation))


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return one[:2] == other[:2]
    if one is None or other is None:
        return one is other
    if _is_array(one) and _is_array(other) and np.array_equal(one, other, equal_nan=True):
        return True
    return matches(one, other)


def _describe(case: Case, number: int, label: str, given: dict, expected: dict) -> str:
    if label == "":
        step, error, message = given[number, ""]
        return f"{_step_name(case.steps[max(0, min(step, len(case.steps) - 1))])} raised {error}{f': {message}' if message else ''} (case: {case.about})."
    if (number, label) not in given:
        return f"{label} was not reached (case: {case.about})."
    value, reference = given[number, label], expected[number, label]
    if isinstance(reference, np.ndarray) and not _is_array(value):
        return f"{label} is {_kind(value)}, expected an array of shape {reference.shape} (case: {case.about})."
    found = diagnose(value, reference, case.sizes) if isinstance(reference, np.ndarray) else None
    hint = case.hints.get(label)
    text = hint or f"{label} {found or _first_difference(value, reference)}"
    return f"{text} (case: {case.about})."


def _first_difference(given: Any, expected: Any) -> str:
    if not isinstance(expected, np.ndarray):
        return f"is {given!r}, expected {expected!r}"
    scale = max(float(np.abs(expected).max()), 1e-300)
    index = tuple(int(i) for i in np.argwhere(np.abs(given - expected) > EXACT * scale)[0])
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
        case {"do": "get" | "put", "attribute": attribute}:
            return f"Looking up {attribute}"
    return "A step"


def _is_array(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in wire.NUMERIC


def _is_number(value: Any) -> bool:
    return isinstance(value, float | int) or (_is_array(value) and value.ndim == 0)


def _kind(value: Any) -> str:
    if isinstance(value, wire.Other):
        return f"a value of type {value.name}"
    return "None" if value is None else f"of type {type(value).__name__}"
