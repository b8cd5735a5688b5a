"""Cases: the steps that a task asks of the student's object, and what is said when something comes out wrong."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mlpgrade.judging import wire


@dataclass
class Case:
    """One situation that an answer must handle: `about` says which, in words that a student reads.

    `sizes` names the dimensions, so that a verdict can say "N = 5 times too large". `hints` says, for a label, what to
    tell when it is wrong and nothing better is known; `tolerances`, how far it may be off (1e-9 unless told); `parts`,
    into which labels a tuple or dictionary is taken apart. A case `beside` the others need not be accounted for by a named
    mistake, and is told of only when nothing else is wrong. `derive` turns what was published into what is compared,
    where many different answers are right. `faults` are ids of what the case itself finds: each is a label that should
    be False.
    """

    about: str
    sizes: dict[str, int] = field(default_factory=dict)
    steps: list[dict] = field(default_factory=list)
    hints: dict[str, str] = field(default_factory=dict)
    follows: dict[str, str] = field(default_factory=dict)
    tolerances: dict[str, float] = field(default_factory=dict)
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    beside: bool = False
    derive: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    faults: frozenset[str] = frozenset()

    def judged_by(self, derive: Callable[[dict[str, Any]], dict[str, Any]]) -> "Case":
        """Compare what `derive` makes of the published values, a dictionary by label, instead of the values themselves."""
        self.derive = derive
        return self

    def finds(
        self, faults: Mapping[str, str], find: Callable[[dict[str, Any]], str | Iterable[str] | None], *kept: str
    ) -> "Case":
        """Judge by what must hold: `find` returns the ids of the faults that what was published shows, if any.

        `faults` are ids with their sentences. Labels in `kept` are compared as they are.
        """
        self.hints |= faults
        self.faults = frozenset(faults)

        def derive(found: dict[str, Any]) -> dict[str, Any]:
            what = find(found) or ()
            shown = {what} if isinstance(what, str) else set(what)
            return {fault: fault in shown for fault in faults} | {label: found[label] for label in kept}

        return self.judged_by(derive)

    def hint(self, label: str, text: str) -> "Case":
        """Say `text` when the label is wrong and nothing better is known."""
        self.hints[label] = text
        return self

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

    def library(self, name: str, path: str, *args: Any, says: str = "") -> "Case":
        """Call what a dotted path names and name what it returns.

        "props.…" is from the assignment's props.py, "tools.…" from the engine's tools, and the rest from a library.
        `says` is what the student reads where the call raises, such as "Asking for the next value".
        """
        return self._add(do="library", path=path, args=_arguments(args), name=name, says=says)

    def call(self, name: str, owner: str, method: str | None, /, *args: Any, **kwargs: Any) -> "Case":
        """Call a method, or `owner` itself when `method` is None, and name what it returns.

        An argument is "name" for something named before, a tuple of such names for a list of these things, a number or
        an array, or a message such as `rng(seed)`.
        """
        return self._add(do="call", name=name, **_call(owner, method, args, kwargs))

    def attempt(self, owner: str, method: str | None, /, *args: Any, **kwargs: Any) -> "Case":
        """Call and go on whatever comes of it: for what another task judges."""
        return self._add(do="attempt", **_call(owner, method, args, kwargs))

    def raises(
        self, label: str, error: str, owner: str, method: str | None, /, *args: Any, hint: str = "", **kwargs: Any
    ) -> "Case":
        """Call, and publish `error` if the call raises this built-in exception, or else what happened instead."""
        if hint:
            self.hints[label] = hint
        return self._add(do="raises", label=label, error=error, **_call(owner, method, args, kwargs))

    def collect(self, name: str, owner: str, limit: int = 100) -> "Case":
        """Name the list of what `owner` yields, cut off at `limit`."""
        return self._add(do="collect", object=owner, limit=limit, name=name)

    def patch(self, function: str, **names: str) -> "Case":
        """Let a function find something named before under a global name, so that another task's mistake costs nothing."""
        for name, value in names.items():
            self._add(do="patch", object=function, value={"ref": value}, **{"global": name})
        return self

    def put(self, owner: str, **values: Any) -> "Case":
        """Set attributes."""
        for attribute, value in values.items():
            self._add(do="put", object=owner, attribute=attribute, value=wire.encode(value))
        return self

    def get(self, name: str, owner: str, attribute: str) -> "Case":
        """Name an attribute's present value, by reference: a later change in place shows."""
        return self._add(do="get", name=name, object=owner, attribute=attribute)

    def remember(self, name: str, owner: str, attribute: str | None = None) -> "Case":
        """Name a copy of what `owner`, or an attribute of it, is at this moment."""
        return self._add(do="remember", name=name, object=owner, attribute=attribute)

    def restore(self, owner: str, attribute: str | None, remembered: str) -> "Case":
        """Give an attribute back what was remembered of it, where it has changed; or an array, in place."""
        return self._add(do="restore", object=owner, attribute=attribute, **{"from": remembered})

    def same(self, label: str, remembered: str, owner: str, attribute: str | None = None) -> "Case":
        """Report whether `owner`, or an attribute of it, is to the last bit what was remembered."""
        return self._add(do="same", label=label, object=owner, attribute=attribute, than=remembered)

    def publish(self, label: str, name: str, hint: str = "", tolerance: float | None = None) -> "Case":
        """Report the named value as it is at this moment."""
        if hint:
            self.hints[label] = hint
        if tolerance is not None:
            self.tolerances[label] = tolerance
        return self._add(do="publish", label=label, value={"ref": name})

    def publish_parts(self, label: str, name: str, *parts: str) -> "Case":
        """Report a tuple, or a dictionary with these keys, of which each part is compared under a label of its own."""
        self.parts[label] = parts
        return self.publish(label, name)

    def publish_shape(self, label: str, name: str) -> "Case":
        """Report the shape of the named value, for what is random by right."""
        return self._add(do="publish_shape", label=label, value={"ref": name})

    def publish_attributes(self, owner: str, *attributes: str, label: str = "{}") -> "Case":
        """Report attributes of `owner`, each under `label` with its name filled in. One that is not there is told as such."""
        for attribute in attributes:
            self._add(do="look", object=owner, attribute=attribute, label=label.format(attribute))
        return self

    def generator(self, name: str, seed: int) -> "Case":
        """Name a random generator that several calls share; `rng(seed)` makes a new one for each."""
        return self.library(name, "tools.generator", seed)

    def watch_global_state(self, when: str) -> "Case":
        """Report the state of NumPy's global generator, "before" or "after" what is watched; see `touched`."""
        return self.library(f"state {when}", "tools.global_state").publish(f"state {when}", f"state {when}")

    def _add(self, **step: Any) -> "Case":
        self.steps.append(step)
        return self


def rng(seed: int) -> dict:
    """An argument that the probe turns into `numpy.random.default_rng(seed)`."""
    return {"rng": seed}


def touched(found: dict[str, Any]) -> bool:
    """Tell whether NumPy's global generator was used between the two moments that `watch_global_state` reports."""
    return bool(found["state before"] != found["state after"])


def _call(owner: str, method: str | None, args: tuple, kwargs: dict[str, Any]) -> dict:
    keywords = {name: _argument(value) for name, value in kwargs.items()}
    return {"object": owner, "method": method, "args": _arguments(args), "kwargs": keywords}


def _arguments(values: tuple) -> list[dict]:
    return [_argument(value) for value in values]


def _argument(value: Any) -> dict:
    if isinstance(value, str):
        return {"ref": value}
    if isinstance(value, tuple):
        return {"refs": list(value)}
    return value if isinstance(value, dict) else wire.encode(value)
