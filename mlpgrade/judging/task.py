"""What a graded task declares: its cases, a right implementation, the parts of its points, and the mistakes it knows."""

import fnmatch
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mlpgrade.judging.case import Case


@dataclass(frozen=True, init=False)
class Mistake:
    """A mistake by which an answer can be explained.

    `id` is its stable name within its subject, `says` the sentence that a student reads, and `wrong` one or more wrong
    implementations, which make the mistake on purpose.
    """

    id: str
    says: str
    wrong: tuple[Any, ...]

    def __init__(self, id: str, says: str, *wrong: Any):
        object.__setattr__(self, "id", id)
        object.__setattr__(self, "says", says)
        object.__setattr__(self, "wrong", wrong)


def mistakes(make: Callable[[Any], Any], *rows: tuple) -> tuple[Mistake, ...]:
    """Return a mistake for each row: its id, its sentence, and what `make` turns into wrong implementations."""
    return tuple(Mistake(id, says, *map(make, wrong)) for id, says, *wrong in rows)


@dataclass(frozen=True, init=False)
class Part:
    """A part of a task's points, and the labels whose values earn it (`*` stands for anything). The name is one, unless told."""

    name: str
    points: float
    labels: tuple[str, ...]

    def __init__(self, name: str, points: float, *labels: str):
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "points", points)
        object.__setattr__(self, "labels", labels or (name,))

    def owns(self, label: str) -> bool:
        """Tell whether a label's value belongs to this part."""
        return any(fnmatch.fnmatchcase(label, pattern) for pattern in self.labels)


@dataclass(frozen=True)
class Task:
    """A graded task.

    `cases` draws what the answer is tried on, `reference` is a right implementation, and `section` where to read again.
    A mistake's full id is `subject.id`; the subject is the task's own name unless several tasks share one. Without `parts`
    the points are earned whole or not at all. `scored` is for what earns a share of the points: a label and what turns its
    value into that share and a sentence. `faults` are ids and sentences of what cases may find by themselves. `title` is what
    students know the task by: a function's name, unless told.
    """

    name: str
    section: str
    cases: Callable[[np.random.Generator], list[Case]]
    reference: Any
    mistakes: tuple[Mistake, ...] = ()
    parts: tuple[Part, ...] = ()
    subject: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)
    scored: tuple[str, Callable[[float], tuple[float, str]]] | None = None
    title: str = ""

    def __post_init__(self):
        object.__setattr__(self, "title", self.title or self.name.replace("-", "_"))

    def challenge(self, rng: np.random.Generator) -> list[Case]:
        """Draw the cases."""
        return self.cases(rng)

    def full_id(self, id: str) -> str:
        """Return the id by which reports know a mistake or a fault."""
        return f"{self.subject or self.name}.{id}"

    def known(self) -> dict[str, str]:
        """Return the sentences of all mistakes and faults, by full id."""
        found = {self.full_id(mistake.id): mistake.says for mistake in self.mistakes}
        return found | {self.full_id(id): sentence for id, sentence in self.faults.items()}


class InParts:
    """Base of a right implementation that is written in parts, so that a mistake replaces a single one of them."""

    @classmethod
    def but(cls, **parts: Any) -> type:
        """Return the class with some of its methods replaced."""
        return type(cls.__name__, (cls,), parts)

    @classmethod
    def after(cls, part: str) -> Callable[[Callable[[Any], Any]], type]:
        """Return what makes the class with the result of one method changed, for `slips`."""
        right = getattr(cls, part)
        return lambda change: cls.but(**{part: lambda self, *given: change(right(self, *given))})


def after(function: Callable) -> Callable[[Callable[[Any], Any]], Callable]:
    """Return what makes the function with its result changed, for `slips`."""
    return lambda change: lambda *given, **named: change(function(*given, **named))
