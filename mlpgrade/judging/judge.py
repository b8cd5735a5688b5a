"""Reaches a verdict: compares answers with an independent reference and names the mistake behind each difference.

The reference is a right implementation, a named mistake is a wrong one. All of them go through the same probe as the
student's object, so that what they would have answered is known exactly. A mistake is named only when it accounts for
the student's answers wherever it differs from the reference: a coincidence on some other array is not enough.
"""

import warnings
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from mlpgrade.judging import probe, wire
from mlpgrade.judging.case import Case
from mlpgrade.judging.compare import is_array, is_number, matches
from mlpgrade.judging.plain import plain
from mlpgrade.judging.task import Task
from mlpgrade.judging.verdict import Verdict
from mlpgrade.judging.words import UNUSABLE, describe
from mlpkit.diagnosis import EXACT

Key = tuple[int, str]
"""A case's number and a label within it. The label "" stands for an exception."""


def to_json(cases: list[Case]) -> list[dict]:
    """Return what the probe needs of the cases: the steps alone."""
    return [{"steps": case.steps} for case in cases]


def judge(task: Task, cases: list[Case], answers: Any, props: ModuleType | None = None) -> Verdict:
    """Return the verdict on `answers`, which come from the student's process and may be anything at all."""
    return Judge(task, cases, props).verdict(answers)


class Judge:
    """What is known about a challenge beforehand: the right answers and those that each named mistake would give."""

    def __init__(self, task: Task, cases: list[Case], props: ModuleType | None = None):
        self.task, self.cases, self.props = task, cases, props
        self.expected = self._answers_of(task.reference, cases)
        if unusable := [text for (_, label), text in self.expected.items() if label == UNUSABLE]:
            # Else whoever breaks the derivation in the same way would be right.
            raise ValueError(f"{task.name}: nothing can be derived from the reference's own answers: {unusable[0]}")

    def _answers_of(self, implementation: Any, cases: list[Case]) -> dict[Key, Any]:
        """Return what an implementation answers. A wrong one may overflow, which is no news."""
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _values(cases, probe.run(to_json(cases), implementation, self.props))

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
            reasons, named = self._reasons(given, told)
            earned = self._parts_earned(wrong)
            share = sum(earned.values()) / sum(part.points for part in task.parts) if earned else 0.0
            return Verdict(task.name, share, tuple(map(plain, reasons)), task.section, tuple(named), earned)
        if task.scored:
            share, sentence = min(task.scored[1](float(given[key])) for key in self.expected if self._is_scored(key))
            return Verdict(task.name, share, (sentence,) if share < 1 else (), task.section)
        parts = {part.name: part.points for part in task.parts}
        return Verdict(task.name, 1.0, parts=parts, remarks=tuple(map(plain, self._remarks(answers))))

    def _remarks(self, answers: list[dict]) -> list[str]:
        """Say what NumPy warned of although every number is right: the first case of each warning."""
        found: dict[str, str] = {}
        for case, answer in zip(self.cases, answers, strict=False):
            warned = answer.get("warned")  # it comes from the student's process, and may be anything
            for text in warned[:3] if isinstance(warned, list) else ():
                found.setdefault(str(text)[:200], case.about)
        return [f"NumPy warned: {text} (case: {about})." for text, about in list(found.items())[:3]]

    def _parts_earned(self, wrong: set[Key]) -> dict[str, float]:
        """Return the points of each part, or nothing where something is wrong that belongs to none: that spoils them all.

        An exception spoils what was not reached for it.
        """
        broken = {number for number, label in wrong if label not in ("", UNUSABLE)}
        parts = self.task.parts
        labels = {label for number, label in wrong if label != "" or number not in broken}
        if any(not any(part.owns(label) for part in parts) for label in labels):
            return {}
        return {part.name: 0.0 if any(map(part.owns, labels)) else part.points for part in parts}

    def _right(self, key: Key, given: dict[Key, Any]) -> bool:
        if key not in given:
            return False
        if key[1] == "":
            return given[key][:2] == self.expected[key][:2]
        if self._is_scored(key):
            return is_number(given[key])
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
            # How a RecursionError is worded hangs on where the stack was full.
            return one[:2] == other[:2] and (one[2] == other[2] or one[1] in ("ValueError", "RecursionError"))
        if is_array(one) and is_array(other) and np.array_equal(one, other, equal_nan=True):
            return True
        if isinstance(one, wire.Other) and isinstance(other, wire.Other):
            return one.name == other.name
        return matches(one, other, max(self._tolerance(key), EXACT))

    def _reasons(self, given: dict[Key, Any], wrong: set[Key]) -> tuple[list[str], list[str]]:
        """Named mistakes first; then, for labels that none accounts for, algebra, a hint, or the first differing entry.

        Returns the sentences, and the ids of the mistakes and faults among them.
        """
        reasons: list[str] = []
        named: list[str] = []
        explained: set[Key] = set()
        for effect, id, sentence in self._fitting_mistakes(given, wrong):
            if effect - explained:
                reasons.append(sentence)
                named.append(id)
                explained |= effect
        seen: set[str] = set()  # a mistake that accounts for a label in some cases does not excuse it in the others
        left: set[Key] = set()  # what attributes held when a case broke off: it earns a part, but explains nothing
        for number, label in sorted(wrong - explained, key=lambda key: (key[1] not in ("", UNUSABLE), key)):
            case = self.cases[number]
            if (number, case.follows.get(label)) in wrong or (number, label) in left:
                continue
            if label not in seen and (number, "") not in explained:
                seen.add(label)
                reasons.append(describe(case, number, label, given, self.expected))
                named += [self.task.full_id(label)] if label in case.faults and (number, label) in given else []
            if label in ("", UNUSABLE) and (number, label) in given:
                seen |= {
                    other for other_number, other in wrong if other_number == number and (number, other) not in given
                }
                left |= _looked_at(number, case)
        return reasons, list(dict.fromkeys(named))

    def _fitting_mistakes(self, given: dict[Key, Any], wrong: set[Key]) -> list[tuple[set[Key], str, str]]:
        """Return (keys where it differs from what is right, id, sentence) of each that fits, far-reaching ones first."""
        differs = wrong | (given.keys() - self.expected.keys())  # such as a None that could not be taken apart
        fitting = [
            (effect, self.task.full_id(mistake.id), mistake.says)
            for mistake in self.task.mistakes
            for implementation in mistake.wrong
            if (effect := self._effect(implementation, given, differs))
        ]
        return sorted(fitting, key=lambda found: -len(found[0]))

    def _effect(self, implementation: Any, given: dict[Key, Any], differs: set[Key]) -> set[Key]:
        """Return where a wrong implementation differs from what is right, if the student's answers are its answers there.

        Most are not, and show it in the first case: the others are not tried then.
        """
        effect: set[Key] = set()
        for number, case in enumerate(self.cases):
            if case.beside:
                continue
            answers = self._answers_of(implementation, [case])
            predicted = {(number, label): value for (_, label), value in answers.items()}
            keys = {key for key in self.expected if key[0] == number} | predicted.keys()
            if (number, "") in predicted:  # how far it got before it broke off hangs on the order of its lines
                keys -= _looked_at(number, case)
            here = {key for key in keys if not self._alike(key, predicted, self.expected)}
            if not here <= differs or not all(self._alike(key, given, predicted) for key in here):
                return set()
            effect |= here
        return effect


def _looked_at(number: int, case: Case) -> set[Key]:
    """Return the keys of attributes, which are looked at even where a case breaks off."""
    return {(number, step["label"]) for step in case.steps if step["do"] == "look"}


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
