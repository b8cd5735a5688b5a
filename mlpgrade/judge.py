"""Reaches a verdict: compares answers with an independent reference and names the mistake behind each difference.

The reference is a right implementation, a named mistake is a wrong one. All of them go through the same probe as the
student's object, so that what they would have answered is known exactly. A mistake is named only when it accounts for
the student's answers wherever it differs from the reference: a coincidence on some other array is not enough.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from mlpgrade import probe, wire
from mlpgrade.challenge import Case
from mlpgrade.verdict import Verdict
from mlpkit.diagnosis import EXACT, diagnose, relative_error

Key = tuple[int, str]
"""A case's number and a label within it. The label "" stands for an exception."""

UNUSABLE = "the result as a whole"
"""Label of what was published when nothing could be derived from it."""


@dataclass(frozen=True)
class Task:
    """A graded task: its cases, a right implementation, and mistakes as pairs of a sentence and a wrong implementation.

    `scored` is for what earns a share of the points: a label and what turns its value into that share and a sentence.
    """

    name: str
    assignment: str
    section: str
    cases: Callable[[np.random.Generator], list[Case]]
    reference: Any
    mistakes: tuple[tuple[str, Any], ...] = field(default=())
    scored: tuple[str, Callable[[float], tuple[float, str]]] | None = None

    def challenge(self, rng: np.random.Generator) -> list[Case]:
        """Draw the cases."""
        return self.cases(rng)


def to_json(cases: list[Case]) -> list[dict]:
    """Return what the probe needs of the cases: the steps alone."""
    return [{"steps": case.steps} for case in cases]


def judge(task: Task, cases: list[Case], answers: Any) -> Verdict:
    """Return the verdict on `answers`, which come from the student's process and may be anything at all."""
    return Judge(task, cases).verdict(answers)


class Judge:
    """What is known about a challenge beforehand: the right answers and those that each named mistake would give."""

    def __init__(self, task: Task, cases: list[Case]):
        self.task, self.cases = task, cases
        self.expected = _quietly(cases, task.reference)

    @cached_property
    def predictions(self) -> list[tuple[str, dict[Key, Any], set[Key]]]:
        """For each named mistake its sentence, what it would answer, and where that differs from what is right."""
        found = []
        cases = [Case(case.about) if case.beside else case for case in self.cases]
        for sentence, implementation in self.task.mistakes:
            predicted = _quietly(cases, implementation)
            keys = {key for key in self.expected.keys() | predicted.keys() if not self.cases[key[0]].beside}
            found.append((sentence, predicted, {key for key in keys if not self._alike(key, predicted, self.expected)}))
        return found

    def verdict(self, answers: Any) -> Verdict:
        """Return the verdict on one student's answers."""
        with np.errstate(all="ignore"):  # whatever is sent may overflow, which is no news
            return self._verdict(answers)

    def _verdict(self, answers: Any) -> Verdict:
        task = self.task
        try:
            given = _values(self.cases, answers[: len(self.cases)])
        except Exception:  # forged or damaged answers fail in ways that nobody can list; none of them may earn a point
            return Verdict(
                task.name, 0.0, ("The answers could not be read: run your notebook from top to bottom.",), task.section
            )
        wrong = {key for key in self.expected if not self._right(key, given)}
        wrong |= {key for key in given if key[1] in ("", UNUSABLE) and key not in self.expected}
        if wrong:
            told = {key for key in wrong if not self.cases[key[0]].beside} or wrong
            return Verdict(task.name, 0.0, tuple(self._reasons(given, told)), task.section)
        if task.scored:
            share, sentence = min(task.scored[1](float(given[key])) for key in self.expected if self._is_scored(key))
            return Verdict(task.name, share, (sentence,) if share < 1 else (), task.section)
        return Verdict(task.name, 1.0)

    def _right(self, key: Key, given: dict[Key, Any]) -> bool:
        if key not in given:
            return False
        if key[1] == "":
            return given[key][:2] == self.expected[key][:2]
        if self._is_scored(key):
            return _is_number(given[key])
        return matches(given[key], self.expected[key], self._tolerance(key))

    def _is_scored(self, key: Key) -> bool:
        return self.task.scored is not None and key[1] == self.task.scored[0]

    def _tolerance(self, key: Key) -> float:
        return self.cases[key[0]].tolerances.get(key[1], EXACT)

    def _alike(self, key: Key, some: dict[Key, Any], others: dict[Key, Any]) -> bool:
        """Tell whether two sets of answers say the same, right or wrong."""
        if key not in some or key not in others:
            return key not in some and key not in others
        one, other = some[key], others[key]
        if key[1] == "":
            # A TypeError may have many causes, which its message tells; what a ValueError says is up to who raises it.
            return one[:2] == other[:2] and (one[2] == other[2] or one[1] == "ValueError")
        if _is_array(one) and _is_array(other) and np.array_equal(one, other, equal_nan=True):
            return True
        return matches(one, other, max(self._tolerance(key), EXACT))

    def _reasons(self, given: dict[Key, Any], wrong: set[Key]) -> list[str]:
        """Named mistakes first; then, for labels that none accounts for, algebra, a hint, or the first differing entry."""
        reasons: list[str] = []
        explained: set[Key] = set()
        for effect, sentence in self._fitting_mistakes(given, wrong):
            if effect - explained:
                reasons.append(sentence)
                explained |= effect
        seen: set[str] = set()  # a mistake that accounts for a label in some cases does not excuse it in the others
        for number, label in sorted(wrong - explained, key=lambda key: (key[1] not in ("", UNUSABLE), key)):
            case = self.cases[number]
            if (number, case.follows.get(label)) in wrong:
                continue
            if label not in seen and (number, "") not in explained:
                seen.add(label)
                reasons.append(_describe(case, number, label, given, self.expected))
            if label in ("", UNUSABLE) and (number, label) in given:
                seen |= {
                    other for other_number, other in wrong if other_number == number and (number, other) not in given
                }
        return reasons

    def _fitting_mistakes(self, given: dict[Key, Any], wrong: set[Key]) -> list[tuple[set[Key], str]]:
        """Return (keys where it differs from what is right, sentence) of each mistake that fits, far-reaching ones first."""
        fitting = [
            (effect, sentence)
            for sentence, predicted, effect in self.predictions
            if effect and effect <= wrong and all(self._alike(key, given, predicted) for key in effect)
        ]
        return sorted(fitting, key=lambda pair: -len(pair[0]))


def matches(given: Any, expected: Any, tolerance: float = EXACT) -> bool:
    """Tell whether an answer equals the reference: shape, kind of number and, in the norm, numbers.

    A number may be Python's or NumPy's, a list may be a tuple or a one-dimensional array: all say the same.
    """
    if isinstance(expected, np.ndarray):
        return _is_array(given) and _fits(given, expected) and relative_error(given, expected) <= tolerance
    if isinstance(expected, bool | str | None):
        return type(given) is type(expected) and given == expected
    if isinstance(expected, float | int):
        whole = isinstance(expected, int)
        return _is_number(given, whole) and relative_error(np.asarray(given), np.asarray(expected)) <= tolerance
    if isinstance(expected, list | tuple):
        return (
            (isinstance(given, list | tuple) or (_is_array(given) and given.ndim > 0))
            and len(given) == len(expected)
            and all(matches(one, other, tolerance) for one, other in zip(given, expected, strict=True))
        )
    return False


def _fits(given: np.ndarray, expected: np.ndarray) -> bool:
    """Whole numbers are asked for as such: 1.0 is no index."""
    return expected.dtype.kind not in "iu" or given.dtype.kind in "iu"


def _values(cases: list[Case], answers: list[dict]) -> dict[Key, Any]:
    values: dict[Key, Any] = {}
    for number, (case, answer) in enumerate(zip(cases, answers, strict=False)):
        found = {label: wire.decode(message) for label, message in answer["published"].items()}
        if "failed" in answer:
            failed = answer["failed"]
            values[number, ""] = (int(failed["step"]), str(failed["error"])[:100], str(failed["message"])[:300])
        if case.derive is not None and "failed" in answer:
            found = {}  # what was published until then is not what is compared
        elif case.derive is not None:
            found = _derived(case.derive, found)
        for label, value in _taken_apart(case, found).items():
            values[number, label] = value
    return values


def _derived(derive: Callable, found: dict[str, Any]) -> dict[str, Any]:
    """A student's values may have any form: what cannot be worked with is an answer too, a wrong one."""
    try:
        with np.errstate(all="ignore"):
            return derive(found)
    except Exception as error:
        return {UNUSABLE: f"{type(error).__name__}: {error}"[:200]}


def _taken_apart(case: Case, found: dict[str, Any]) -> dict[str, Any]:
    """Replace a tuple or dictionary whose parts have labels of their own by these parts, if it has the right form."""
    values: dict[str, Any] = {}
    for label, value in found.items():
        parts = case.parts.get(label)
        if parts and isinstance(value, dict):
            values |= {part: value[part] for part in parts if part in value}
        elif parts and isinstance(value, list | tuple) and len(value) == len(parts):
            values |= dict(zip(parts, value, strict=True))
        else:
            values[label] = value
    return values


def _quietly(cases: list[Case], implementation: Any) -> dict[Key, Any]:
    """Return what an implementation answers. A wrong one may overflow, which is no news."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _values(cases, probe.run(to_json(cases), implementation))


def _describe(case: Case, number: int, label: str, given: dict, expected: dict) -> str:
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
            return f"{whole} is {_kind(given[number, whole])}, expected {', '.join(parts)} (case: {case.about})."
        if label in parts:
            return f"{label} is missing from {whole} (case: {case.about})."
    return f"{label} was not reached (case: {case.about})."


def _difference(given: Any, expected: Any, case: Case, label: str) -> str:
    if not isinstance(expected, np.ndarray):
        wanted = "a number" if isinstance(expected, float | int) and not isinstance(expected, bool) else repr(expected)
        shown = given if isinstance(given, float | int | str | None) or _is_number(given) else _kind(given)
        return f"is {shown}, expected {expected if _is_number(given) else wanted}"
    if not _is_array(given):
        return f"is {_kind(given)}, expected an array of shape {expected.shape}"
    if given.shape == expected.shape and not _fits(given, expected):
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
        case {"do": "trace", "object": name}:
            return f"Sending rows through the layers of the {name}"
        case {"do": "get" | "put", "attribute": attribute}:
            return f"Looking up {attribute}"
    return "A step"


def _is_array(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in wire.NUMERIC


def _is_number(value: Any, whole: bool = False) -> bool:
    if _is_array(value):
        return value.ndim == 0 and (not whole or value.dtype.kind in "iu")
    return isinstance(value, int if whole else float | int) and not isinstance(value, bool)


def _kind(value: Any) -> str:
    if isinstance(value, wire.Other):
        return f"a value of type {value.name}"
    if _is_array(value):
        return f"an array of shape {value.shape}"
    return "None" if value is None else f"of type {type(value).__name__}"
