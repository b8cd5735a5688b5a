"""An assignment's declarations: from the text of its judge.py to its tasks.

They travel as text, so that a worker on another machine judges by exactly what the course says, and every mark can say by
which version it was given.
"""

import functools
import hashlib
import re
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np

from mlpgrade.judging.case import Case
from mlpgrade.judging.judge import Judge, to_json
from mlpgrade.judging.task import Task

ID = re.compile(r"[a-z0-9.+]+(-[a-z0-9.+]+)*")


class DeclarationError(Exception):
    """What is wrong with a judge.py, or with what its notebook says of it, for the person who wrote it."""


@dataclass(frozen=True)
class Assignment:
    """What marking needs of an assignment: the texts of judge.py and props.py, and the digest that is its version.

    `libraries` are packages of the course that students may import, without what the assignment hides.
    """

    name: str
    judge: str
    props: str = ""
    version: str = ""
    libraries: tuple[str, ...] = ()

    @property
    def declared(self) -> "Declared":
        """The declarations. Raises DeclarationError where they cannot be used."""
        return _load(self)


@dataclass(frozen=True)
class Declared:
    """The tasks of an assignment by name, the names in the libraries that would hand over an answer, and its limits."""

    tasks: Mapping[str, Task]
    hidden: frozenset[str] = frozenset()
    limits: Mapping[str, Any] = field(default_factory=dict)
    props: ModuleType | None = None

    def cases(self, task: str, seed: int) -> list[Case]:
        """Draw a task's cases."""
        return self.tasks[task].challenge(np.random.default_rng(seed))

    def challenges(self, seeds: Mapping[str, int]) -> dict[str, list[dict]]:
        """Return the steps of each task's challenge, for the probe."""
        return {task: to_json(self.cases(task, seed)) for task, seed in seeds.items()}

    def judge(self, task: str, seed: int) -> Judge:
        """Return the judge of a task's challenge."""
        return Judge(self.tasks[task], self.cases(task, seed), self.props)


def version(*texts: str) -> str:
    """Return the digest by which marks tell versions of an assignment apart."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]


def module_from(name: str, text: str) -> ModuleType:
    """Return the module that a text makes."""
    module = ModuleType(name)
    module.__file__ = f"<{name}>"
    sys.modules[name] = module  # dataclasses look their module up
    exec(compile(text, module.__file__, "exec"), module.__dict__)
    return module


_loading = threading.RLock()
"""`import props` means another module in each assignment: one at a time."""


@functools.lru_cache(maxsize=32)
def _load(assignment: Assignment) -> Declared:
    with _loading:
        try:
            props = module_from("props", assignment.props) if assignment.props else None
            module = module_from(f"judge_of_{assignment.name}", assignment.judge)
        except Exception as error:
            raise DeclarationError(f"{assignment.name}/judge.py: {type(error).__name__}: {error}") from error
        finally:
            sys.modules.pop("props", None)
    tasks = {task.name: task for task in getattr(module, "TASKS", ())}
    _check(assignment.name, tasks)
    hidden, limits = frozenset(getattr(module, "HIDDEN", ())), getattr(module, "LIMITS", {})
    return Declared(tasks, hidden, limits, props)


def _check(name: str, tasks: dict[str, Task]) -> None:
    """Raise DeclarationError unless each id is well formed, and means one sentence."""
    if not tasks:
        raise DeclarationError(f"{name}/judge.py declares no TASKS.")
    sentences: dict[str, str] = {}
    for task in tasks.values():
        ids = [*(mistake.id for mistake in task.mistakes), *task.faults]
        for id in ids:
            if not ID.fullmatch(id):
                raise DeclarationError(f"{name}/judge.py: {id!r} of {task.name} is no id; use words and dashes.")
        for id, sentence in task.known().items():
            if sentences.setdefault(id, sentence) != sentence:
                raise DeclarationError(f"{name}/judge.py: the id {id} stands for two sentences.")
        if repeated := {id for id in ids if ids.count(id) > 1}:
            raise DeclarationError(f"{name}/judge.py: {task.name} declares {', '.join(sorted(repeated))} twice.")
