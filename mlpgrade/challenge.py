"""Challenges: the steps that a task asks of the student's object, on inputs drawn from a secret seed.

The seed is an HMAC of the course's secret, so that nobody can foresee the inputs and a regrade draws the same ones.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from mlpgrade import wire


@dataclass
class Case:
    """One situation that an answer must handle: `about` says which, in words that a student reads.

    `sizes` names the dimensions, so that a verdict can say "N = 5 times too large". `hints` says, for a label, what to
    tell when it is wrong and nothing better is known.
    """

    about: str
    sizes: dict[str, int] = field(default_factory=dict)
    steps: list[dict] = field(default_factory=list)
    hints: dict[str, str] = field(default_factory=dict)
    follows: dict[str, str] = field(default_factory=dict)

    def only_if_right(self, label: str, cause: str) -> "Case":
        """Say nothing of a wrong `label` while `cause` is wrong: it follows from it."""
        self.follows[label] = cause
        return self

    def bind(self, name: str, value: Any) -> "Case":
        """Name a fresh input."""
        return self._add(do="bind", name=name, value=wire.encode(value))

    def make(self, name: str, *args: Any) -> "Case":
        """Call the student's class or function with `args` and name what it returns."""
        return self.call(name, "target", None, *args)

    def call(self, name: str, owner: str, method: str | None, *args: Any) -> "Case":
        """Call a method and name what it returns. An argument is "name" for something named before, or a wire message."""
        return self._add(do="call", name=name, object=owner, method=method, args=[_argument(value) for value in args])

    def attempt(self, owner: str, method: str, *args: Any) -> "Case":
        """Call a method and go on whatever comes of it: for what another task judges."""
        arguments = [_argument(value) for value in args]
        return self._add(do="attempt", object=owner, method=method, args=arguments, name="ignored")

    def put(self, owner: str, **values: Any) -> "Case":
        """Set attributes."""
        for attribute, value in values.items():
            self._add(do="put", object=owner, attribute=attribute, value=wire.encode(value))
        return self

    def get(self, name: str, owner: str, attribute: str) -> "Case":
        """Name an attribute's present value, by reference: a later change in place shows."""
        return self._add(do="get", name=name, object=owner, attribute=attribute)

    def publish(self, label: str, name: str, hint: str = "") -> "Case":
        """Report the named value as it is at this moment."""
        if hint:
            self.hints[label] = hint
        return self._add(do="publish", label=label, value={"ref": name})

    def publish_shape(self, label: str, name: str) -> "Case":
        """Report the shape of the named value, for what is random by right."""
        return self._add(do="publish_shape", label=label, value={"ref": name})

    def publish_attributes(self, owner: str, *attributes: str, label: str = "{}") -> "Case":
        """Report attributes of `owner`, each under `label` with its name filled in."""
        for attribute in attributes:
            self.get(f"{owner}.{attribute}", owner, attribute).publish(label.format(attribute), f"{owner}.{attribute}")
        return self

    def _add(self, **step: Any) -> "Case":
        self.steps.append(step)
        return self


def rng(seed: int) -> dict:
    """An argument that the probe turns into `numpy.random.default_rng(seed)`."""
    return {"rng": seed}


def course_secret(path: Path) -> bytes:
    """Return the secret kept at `path`, made on first use and readable by its owner alone."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=False)
        path.write_bytes(secrets.token_bytes(32))
        return path.read_bytes()


def generator(secret: bytes, *names: str) -> np.random.Generator:
    """Return the generator that belongs to the names, such as student, assignment and task."""
    digest = hmac.new(secret, "\0".join(names).encode(), hashlib.sha256).digest()
    return np.random.default_rng(int.from_bytes(digest))


def _argument(value: Any) -> dict:
    if isinstance(value, str):
        return {"ref": value}
    return value if isinstance(value, dict) else wire.encode(value)
