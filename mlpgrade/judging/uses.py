"""The vocabulary of situations that recur in every course: how an object or a function is used, and what may go wrong then.

A `Use` says how what the student wrote is used: what it is made with, what it is given, what is called in which order, what
is looked at, and what has to stay as it was. A situation turns it into a case:

    PREDICT = Use(
        makes=lambda at: (at["D"],),
        sets={"slopes": ("D",)},
        gives={"X": ("N", "D"), "y": ("N",), "Z": ("N", "D")},
        calls=(call("fitted", "fit", "X", "y"), call("values", "predict", "Z")),
        shows={"predict(Z)": "values", "the residuals": ".residuals"},
        keeps=("X", "y", "Z", ".slopes"),
    )
    cases = PREDICT.cases(draw, {"5 rows": {"N": 5, "D": 3}}, repeated, resized, side_by_side)

Each situation has a sentence for the labels that it shows to be wrong, with the label and the method filled in, which `says`
may replace: by label, or by the situation's name and label as in "resized the residuals".
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from mlpgrade.judging.case import Case

Sizes = Mapping[str, Any]
"""The named dimensions of a case, such as {"N": 5}. What is no whole number, such as an array to be given, goes by the name
of what it stands for."""

Draw = np.random.Generator
Drawn = Sequence[str | int] | Callable[[Draw, Sizes], Any]
"""How an array is drawn: its shape, for standard normal numbers, or a function of the generator and the sizes."""


@dataclass(frozen=True)
class Call:
    """A call of a method, or of the object itself where `method` is None. Whatever a `tried` one raises is another task's."""

    result: str
    method: str | None
    given: tuple[Any, ...]
    tried: bool = False

    def add_to(self, case: Case, owner: str, tag: str = "", tried: bool = False) -> None:
        """Add the call to a case, with `tag` after the names of what is given and what comes out."""
        given = [f"{name}{tag}" if isinstance(name, str) else name for name in self.given]
        if tried or self.tried:
            case.attempt(owner, self.method, *given)
        else:
            case.call(f"{self.result}{tag}", owner, self.method, *given)


def call(result: str, method: str | None, *given: Any, tried: bool = False) -> Call:
    """Write a call: `call("values", "predict", "Z")` is values = predict(Z)."""
    return Call(result, method, given, tried)


@dataclass(frozen=True)
class Use:
    """How what the student wrote is used in a task.

    `gives` draws what is given, `makes` is what the object is made with (None where the target is a function and is called
    itself), `sets` the attributes that get fresh values first, `calls` what is called in order, `shows` what is looked at:
    labels, each with the name of a result or, after a dot, of an attribute. `keeps` is what must be afterwards what it was.
    Before the last call, attributes that are kept get back what they were set to, and so do the arrays `given_back`: those that
    no right answer has a use for as they have become.
    """

    gives: Mapping[str, Drawn]
    calls: tuple[Call, ...]
    shows: Mapping[str, str]
    makes: Callable[[Sizes], tuple] | None = None
    sets: Mapping[str, Drawn] = field(default_factory=dict)
    keeps: tuple[str, ...] = ()
    given_back: tuple[str, ...] = ()
    says: Mapping[str, str] = field(default_factory=dict)
    tolerances: Mapping[str, float] = field(default_factory=dict)

    def but(self, **changes: Any) -> "Use":
        """Return the same use with some of it changed."""
        return replace(self, **changes)

    @property
    def method(self) -> str:
        """The method that is judged: the last one called."""
        return self.calls[-1].method or "the function"

    def cases(self, draw: Draw, plain: Mapping[str, Sizes], *situations: Callable[..., Case]) -> list[Case]:
        """Return a plain case for each of `plain`, and one for each situation, in the sizes of the first plain one."""
        sizes = next(iter(plain.values()))
        return [
            *(self.case(about, draw, its) for about, its in plain.items()),
            *(situation(self, draw, sizes) for situation in situations),
        ]

    def case(self, about: str, draw: Draw, sizes: Sizes) -> Case:
        """Return the plain case: made, called once, looked at."""
        case = self.begin(about, draw, sizes)
        self.play(case, draw, sizes)
        return self.look(case)

    def begin(self, about: str, draw: Draw, sizes: Sizes, owner: str = "it") -> Case:
        """Return a case with an object made, and its attributes set."""
        case = Case(about, {name: size for name, size in sizes.items() if isinstance(size, int)})
        return self.make(case, draw, sizes, owner)

    def make(self, case: Case, draw: Draw, sizes: Sizes, owner: str = "it") -> Case:
        """Make an object, or take the function itself, under the name `owner`, and set its attributes."""
        if self.makes is not None:
            case.make(owner, *self.makes(sizes))
        return self.set_attributes(case, draw, sizes, owner)

    def set_attributes(self, case: Case, draw: Draw, sizes: Sizes, owner: str = "it") -> Case:
        """Give the attributes fresh values."""
        return case.put(owner, **{name: drawn(how, draw, sizes, name) for name, how in self.sets.items()})

    def play(
        self, case: Case, draw: Draw, sizes: Sizes, *, owner: str = "it", tag: str = "", tried: bool = False
    ) -> None:
        """Give fresh arrays, then make all the calls. `tag` tells what is given and returned from that of other plays."""
        self.give(case, draw, sizes, tag)
        self.remember(case, owner, tag, "set")
        for one in self.calls[:-1]:
            one.add_to(case, self.owner(owner), tag, tried)
        self.before_the_last(case, owner, tag)
        self.calls[-1].add_to(case, self.owner(owner), tag, tried)

    def before_the_last(self, case: Case, owner: str = "it", tag: str = "") -> None:
        """Let the last call, which is judged, not answer for what the earlier ones have changed: another task judges them.

        Other arrays than those given back are as they have become, and may have been kept so: what is remembered is how they
        are now.
        """
        if len(self.calls) > 1:
            self.restore(case, owner, tag)
            self.remember(case, owner, tag, "kept")

    def restore(self, case: Case, owner: str, tag: str) -> None:
        """Give attributes and arrays back what they were set to."""
        for name in self.keeps:
            if name.startswith("."):
                case.restore(self.owner(owner), name[1:], f"{owner}{name}{tag}, set")
            elif name in self.given_back:
                case.restore(f"{name}{tag}", None, f"{name}{tag}, set")

    def remember(self, case: Case, owner: str, tag: str, moment: str) -> None:
        """Keep copies of what must be afterwards what it was."""
        for name in self.keeps if len(self.calls) > 1 else ():
            if name.startswith("."):
                case.remember(f"{owner}{name}{tag}, {moment}", self.owner(owner), name[1:])
            elif moment == "kept" or name in self.given_back:
                case.remember(f"{name}{tag}, {moment}", f"{name}{tag}")

    def give(self, case: Case, draw: Draw, sizes: Sizes, tag: str = "") -> None:
        """Name fresh arrays."""
        for name, how in self.gives.items():
            case.bind(f"{name}{tag}", drawn(how, draw, sizes, name))

    def owner(self, owner: str) -> str:
        """Return what is called: the object, or the student's function itself."""
        return owner if self.makes is not None else "target"

    def look(self, case: Case, *, situation: str = "", sentence: str = "", owner: str = "it", tag: str = "") -> Case:
        """Publish what is shown and what is to be kept. `sentence` is for what the situation shows to be wrong."""
        for label, what in self.shows.items():
            if what.startswith("."):
                case.publish_attributes(self.owner(owner), what[1:], label=label.replace("{", "{{").replace("}", "}}"))
            else:
                case.publish(label, f"{what}{tag}")
            case.tolerances |= {label: self.tolerances[label]} if label in self.tolerances else {}
            text = self.says.get(f"{situation} {label}") or (sentence if situation else self.says.get(label, ""))
            if text:
                case.hint(label, text.format(label.partition(",")[0], method=self.method, given=self._last_given()))
        for name in self.keeps:
            self._keep(case, name, owner, tag)
        return case

    def _keep(self, case: Case, name: str, owner: str, tag: str) -> None:
        plain, own = name.removeprefix("."), name.startswith(".")
        label = f"{plain} after {self.method}"
        if len(self.calls) > 1:
            what = (self.owner(owner), plain) if own else (f"{plain}{tag}", None)
            case.same(label, f"{owner if own else ''}{name}{tag}, kept", *what)
        elif own:
            case.publish_attributes(self.owner(owner), plain, label=label)
        else:
            case.publish(label, f"{plain}{tag}")
        changed = f"{self.method} changed {plain}, which it was only to read"
        wrote = f"{self.method} wrote into the array {plain} that it was given: make a new array"
        case.hint(label, self.says.get(label, changed if own else wrote))

    def _last_given(self) -> str:
        return ", ".join(str(name) for name in self.calls[-1].given if isinstance(name, str))


def drawn(how: Drawn, draw: Draw, sizes: Sizes, name: str) -> Any:
    """Return an array as `how` says, unless the sizes hold one of that name."""
    if name in sizes:
        return sizes[name]
    if callable(how):
        return how(draw, sizes)
    return draw.normal(size=[sizes[axis] if isinstance(axis, str) else axis for axis in how])


# --- situations ---------------------------------------------------------------------------------------------------------

STALE = (
    "{} is wrong for a second batch of the same size: the answer is for the latest one, so keep nothing of the first"
)
RESIZED = "{} is wrong for a second batch of another size: is the size of the first batch remembered?"
TWICE = "{} is right the first time and wrong the second: {method} must leave what is kept as it is, and start anew"
OTHER = "{} is that of the call before: each call of {method} starts from its own {given}"
SIDE = "{} is wrong as soon as there is another object: keep everything in self"
MOVED = "{} is worked out with the {names} of before: keep no copy, look at self when {method} is called"


def repeated(use: Use, draw: Draw, sizes: Sizes) -> Case:
    """The last call is made twice on the same arrays: the second answer counts."""
    about = f"{use.method} called twice" + (f" after one {use.calls[-2].method}" if len(use.calls) > 1 else "")
    case = use.begin(about, draw, sizes)
    use.play(case, draw, sizes)
    use.calls[-1].add_to(case, use.owner("it"))
    return use.look(case, situation="repeated", sentence=TWICE)


def other_argument(use: Use, draw: Draw, sizes: Sizes) -> Case:
    """The last call is made again, with another array, after the same earlier calls."""
    given = use._last_given()
    case = use.begin(f"{use.method} with another {given} after the same {use.calls[-2].method}", draw, sizes)
    use.play(case, draw, sizes)
    for name in use.calls[-1].given:
        if name in use.gives:
            case.bind(name, drawn(use.gives[name], draw, sizes, name))
    use.before_the_last(case)
    use.calls[-1].add_to(case, use.owner("it"))
    return use.look(case, situation="other_argument", sentence=OTHER)


def again(size: str = "N", by: int = 2) -> Callable[[Use, Draw, Sizes], Case]:
    """Everything is done a second time, on arrays that are larger by `by` along the named size."""

    def situation(use: Use, draw: Draw, sizes: Sizes) -> Case:
        later = dict(sizes) | {size: sizes[size] + by}
        case = use.begin(f"a second batch of {'another' if by else 'the same'} size", draw, later)
        use.play(case, draw, sizes, tag=" before", tried=True)
        use.play(case, draw, later)
        return use.look(case, situation="resized" if by else "stale", sentence=RESIZED if by else STALE)

    return situation


resized, stale = again(), again(by=0)


def overtaken(use: Use, draw: Draw, sizes: Sizes) -> Case:
    """The first call is made on other arrays before all the calls: the latest one counts."""
    first, last = use.calls[0].method, use.method
    case = use.begin(f"two calls of {first}, then {last}", draw, sizes)
    use.give(case, draw, sizes, " before")
    use.remember(case, "it", " before", "set")
    use.calls[0].add_to(case, use.owner("it"), " before", tried=True)
    use.restore(case, "it", " before")
    use.play(case, draw, sizes)
    return use.look(case, situation="overtaken", sentence="{} is not that of the latest " + str(first) + ": keep nothing of the one before")  # fmt: skip


def moved(use: Use, draw: Draw, sizes: Sizes) -> Case:
    """The attributes change after all the calls, and everything is done again."""
    case = use.begin(f"{next(iter(use.sets))} has changed since the first batch", draw, sizes)
    use.play(case, draw, sizes, tag=" before", tried=True)
    use.set_attributes(case, draw, sizes)
    use.play(case, draw, sizes)
    return use.look(case, situation="moved", sentence=MOVED.replace("{names}", " and ".join(use.sets)))


def side_by_side(use: Use, draw: Draw, sizes: Sizes) -> Case:
    """Another object does the same in between, on arrays of its own."""
    case = use.begin("two objects at once", draw, sizes)
    use.make(case, draw, sizes, "other")
    use.give(case, draw, sizes)
    use.give(case, draw, sizes, " of the other")
    use.remember(case, "it", "", "set")
    for number, one in enumerate(use.calls, 1):
        if number == len(use.calls):
            use.before_the_last(case)
        one.add_to(case, use.owner("it"))
        one.add_to(case, use.owner("other"), " of the other", tried=True)
    if len(use.calls) == 1:  # what the first one returned may have changed meanwhile
        use.calls[0].add_to(case, use.owner("it"))
    return use.look(case, situation="side_by_side", sentence=SIDE)
