"""07_gradient_descent: `minibatches`, `Momentum` and `train`.

Many answers are right: any order of the rows, and a mean over rows or over batches. So the batches are judged by what
must hold of them. Each such property is a label that should be False; its hint says what is wrong when it is True.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from mlpgrade.challenge import Case, rng
from mlpgrade.judge import Task
from mlpkit import minibatches

ASSIGNMENT = "07_gradient_descent"

HIDDEN = (
    "mlpkit.training.minibatches",
    "mlpkit.training.train",
    "mlpkit.training.step",
    "mlpkit.optimisers.Momentum",
)
"""What is taken out of mlpkit while this assignment is graded."""

PROPS = "mlpgrade.props.gradient_descent"


def _seeds(draw: np.random.Generator, count: int) -> list[int]:
    """Return different seeds."""
    return [int(seed) for seed in draw.choice(2**31, count, replace=False)]


def _data(draw: np.random.Generator, rows: int, features: int, targets: int) -> tuple[np.ndarray, np.ndarray]:
    """Return X and y in which no row comes twice: y holds labels, or rows of `targets` numbers."""
    X = draw.normal(size=(rows, features))
    return X, draw.normal(size=(rows, targets)) if targets else 100 + draw.permutation(rows)


def _pixels(draw: np.random.Generator, rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the same with whole numbers in X, and float32 in y."""
    return 50 * np.arange(rows)[:, None] + draw.integers(50, size=(rows, 3)), draw.normal(size=rows).astype(np.float32)


def _numbers(given: np.ndarray, all_rows: np.ndarray) -> list[int]:
    """Return the number in `all_rows` of each row of `given`, or −1."""
    known = {np.ascontiguousarray(row).tobytes(): number for number, row in enumerate(all_rows)}
    return [known.get(np.ascontiguousarray(row).tobytes(), -1) for row in given]


def _sizes(rows: int, batch_size: int) -> list[int]:
    return [min(batch_size, rows - start) for start in range(0, rows, batch_size)]


def _watch_global_state(case: Case, when: str) -> None:
    case.library(f"state {when}", f"{PROPS}.global_state")
    if when == "after":
        case.publish("state before", "state before").publish("state after", "state after")


def _touched(found: dict[str, Any]) -> bool:
    return found["state before"] != found["state after"]


# minibatches

GLOBAL = "NumPy's global random state was used (np.random.seed, np.random.shuffle, np.random.permutation, …): draw from rng alone"

BATCH_FAULTS = {
    "form": "A batch is not a pair of arrays: yield X_batch, y_batch for every batch, each an array",
    "axes": "A batch has the wrong number of axes or rows: X_batch is (n, D) and y_batch is (n,) or, if y has columns, (n, C), also for n = 1",
    "dtype": "A batch has changed its dtype: the numbers of X and y keep theirs, whole-number labels stay whole numbers (X and y glued into one array become floats)",
    "endless": "The epoch does not end: stop when every row has come once",
    "empty": "There is an empty batch: when batch_size divides N there are N / batch_size batches, not one more",
    "dropped": "The last, shorter batch is dropped: the rows that are left over make a batch too",
    "lost": "Some rows never come: each row belongs to the epoch once, so check where the slices begin and end",
    "filled": "The last batch is filled up with rows that came before: leave it short, each row comes once",
    "repeated": "Some rows come more than once: each slice begins where the one before it ended",
    "sampled": "In one epoch some rows come more than once and others never: draw one order for the whole epoch and cut it into batches",
    "sizes": "The batches have the wrong sizes: each has batch_size rows, and only the last may have fewer",
    "foreign": "A batch holds rows that are not in X: shuffle the rows, and leave their numbers as they are",
    "apart": "X and y come in different orders: row n of X belongs to row n of y, so draw one order and use it for both",
    "aliased": "The rows change after they were yielded, because earlier batches change with later ones: give each batch arrays of its own",
    "unshuffled": "The rows come in the order of X: draw a random order from rng",
    "blocks": "Neighbours in X stay neighbours: shuffle the rows one by one, not whole blocks of them",
    "inside": "The rows are shuffled within each batch only: shuffle all rows first, then cut",
    "near": "The rows stay near their places, the first ones come early and the last ones late: one shuffle must reach all rows at once",
    "cut first": "The same rows share a batch in every epoch: shuffle all rows anew first, then cut",
    "left over": "The same rows are left for the short last batch in every epoch: shuffle all rows, not only those that fill whole batches",
    "stuck": "A row is at the same place in every epoch: the shuffle must reach all rows, the first and the last too",
    "fixed": "Whatever rng is, every epoch comes in the same order: draw the order from rng, each time",
    "same next": "The next epoch with the same rng comes in the same order: draw from rng itself, not from a copy or from its seed",
    "same other": "Two generators with different seeds give the same order: draw the order from rng",
    "irreproducible": "Two generators in the same state give different batches: draw everything from rng and nothing from elsewhere",
    "disturbed": "Two epochs under way at once disturb each other: keep the order in a local variable",
    "global": GLOBAL,
}  # fmt: skip

BATCH_MISTAKES = (
    ("minibatches returns None: write yield X_batch, y_batch for every batch, or return a list of these pairs.",
     lambda X, y, batch_size, rng: None),
)  # fmt: skip


def _fault_in_form(batches: list, X: np.ndarray, y: np.ndarray) -> str | None:
    for batch in batches:
        if not isinstance(batch, list | tuple) or len(batch) != 2 or not all(isinstance(a, np.ndarray) for a in batch):
            return "form"
    for X_batch, y_batch in batches:
        if X_batch.ndim != X.ndim or X_batch.shape[1:] != X.shape[1:] or y_batch.shape != (len(X_batch), *y.shape[1:]):
            return "axes"
        if X_batch.dtype != X.dtype or y_batch.dtype != y.dtype:
            return "dtype"
    return None


def _fault_in_rows(batches: list, X: np.ndarray, y: np.ndarray, batch_size: int) -> str | None:
    """Return the first rule that batches of the right form break."""
    sizes, order, wanted = [len(X_batch) for X_batch, _ in batches], _order(batches, X), _sizes(len(X), batch_size)
    counts = np.bincount([number for number in order if number >= 0], minlength=len(X))
    missing, repeated = bool((counts == 0).any()), bool((counts > 1).any())
    if len(batches) == _limit(len(X)):
        return "endless"
    if 0 in sizes:
        return "empty"
    if -1 in order:
        return "foreign"
    if missing and repeated:
        return "sampled"
    if missing:
        return "dropped" if sizes == [batch_size] * (len(X) // batch_size) else "lost"
    if repeated:
        return "filled" if sizes == [batch_size] * len(wanted) else "repeated"
    if sizes != wanted:
        return "sizes"
    return "apart" if _numbers(np.concatenate([y_batch for _, y_batch in batches]), y) != order else None


def _limit(rows: int) -> int:
    """Return how many batches are taken at most: more than any answer yields that ends, even in batches of one."""
    return 2 * rows + 3


def _order(batches: list, X: np.ndarray) -> list[int]:
    return [number for X_batch, _ in batches for number in _numbers(X_batch, X)]


def _fault(dealt: list, X: np.ndarray, y: np.ndarray, batch_size: int) -> str | None:
    """Return what is wrong with batches, given as they were when yielded and as they were in the end."""
    then, now = dealt
    fault = _fault_in_form(then, X, y) or _fault_in_rows(then, X, y, batch_size)
    same = all(
        np.array_equal(a, b) for early, late in zip(then, now, strict=True) for a, b in zip(early, late, strict=True)
    )
    return fault or (None if same else "aliased")


def _report(*faults: str | None) -> dict[str, bool]:
    return {name: name in faults for name in BATCH_FAULTS}


def _epoch(case: Case, name: str, data: tuple[np.ndarray, np.ndarray], batch_size: int, generator: Any) -> None:
    """Deal out one epoch of fresh copies of the data and publish it."""
    case.bind(f"X {name}", data[0]).bind(f"y {name}", data[1])
    case.call(f"generator {name}", "target", None, f"X {name}", f"y {name}", batch_size, generator)
    case.library(name, f"{PROPS}.deal_out", f"generator {name}", _limit(len(data[0]))).publish(name, name)


def _batch_case(about: str, draw: np.random.Generator, batch_size: int, data: tuple[np.ndarray, np.ndarray]) -> Case:
    """One epoch of few rows."""
    X, y = data
    case = Case(about, hints=dict(BATCH_FAULTS))
    _epoch(case, "the epoch", (X, y), batch_size, rng(*_seeds(draw, 1)))
    for name in ("X", "y"):
        changed = f"{name} has been changed: rng.shuffle works in place, so index with a shuffled order instead"
        case.publish(f"{name} afterwards", f"{name} the epoch", changed)

    def derive(found: dict[str, Any]) -> dict[str, Any]:
        kept = {label: found[label] for label in ("X afterwards", "y afterwards")}
        return _report(_fault(found["the epoch"], X, y, batch_size)) | kept

    return case.judged_by(derive)


def _order_case(draw: np.random.Generator) -> Case:
    """Eight epochs from one generator, one from another in the same state, one from another in another state.

    By chance alone a right answer would be found at fault less than once in a hundred million times.
    """
    batch_size, (seed, other) = 10, _seeds(draw, 2)
    X, y = _data(draw, 63, 2, 0)
    case = Case("63 rows, 10 epochs", hints=dict(BATCH_FAULTS))
    epochs = [f"epoch {number}" for number in range(8)]
    case.library("rng", f"{PROPS}.generator", seed)
    _watch_global_state(case, "before")
    for name in epochs:
        _epoch(case, name, (X, y), batch_size, "rng")
    _epoch(case, "again", (X, y), batch_size, rng(seed))
    _epoch(case, "other", (X, y), batch_size, rng(other))
    _watch_global_state(case, "after")

    def derive(found: dict[str, Any]) -> dict[str, Any]:
        broken = next(
            filter(None, (_fault(found[name], X, y, batch_size) for name in (*epochs, "again", "other"))), None
        )
        if broken:
            return _report(broken)
        orders = {name: _order(found[name][0], X) for name in (*epochs, "again", "other")}
        faults = _faults_of_order([orders[name] for name in epochs], orders["again"], orders["other"], batch_size)
        return _report("global") if _touched(found) and faults <= {"irreproducible"} else _report(*faults)

    return case.judged_by(derive)


def _faults_of_order(epochs: list[list[int]], again: list[int], other: list[int], batch_size: int) -> set[str]:
    first, rows = epochs[0], len(epochs[0])
    neighbours = sum((b - a) % rows in (1, rows - 1) for a, b in pairwise(first))
    at_home = sum(place // batch_size == number // batch_size for place, number in enumerate(first))
    if first == list(range(rows)):
        return {"unshuffled"}
    if neighbours > rows / 3:
        return {"blocks"}
    if at_home == rows:
        return {"inside"}
    if first == epochs[1]:
        return {"fixed" if first == other else "same next"}
    if np.corrcoef(np.tile(np.arange(rows), len(epochs)), np.ravel(epochs))[0, 1] > 0.35:  # by chance 0 ± 0.045
        return {"near"}
    batches = [_batches_of(order, batch_size) for order in epochs]
    if set(batches[0]) == set(batches[1]):
        return {"cut first"}
    if len({epoch[-1] for epoch in batches}) == 1:
        return {"left over"}
    if first == other:
        return {"same other"}
    if first != again:
        return {"irreproducible"}
    return {"stuck"} if any(len(set(numbers)) == 1 for numbers in zip(*epochs, strict=True)) else set()


def _batches_of(order: Sequence[int], batch_size: int) -> list[frozenset[int]]:
    """Return which rows share a batch when they come in this order."""
    return [frozenset(order[start : start + batch_size]) for start in range(0, len(order), batch_size)]


def _turns_case(draw: np.random.Generator) -> Case:
    """Two epochs under way at once, after one that had the generator to itself."""
    X, y = _data(draw, 24, 3, 0)
    case = Case("two epochs of 24 rows, 4 at a time, by turns", hints=dict(BATCH_FAULTS)).bind("X", X).bind("y", y)
    _epoch(case, "alone", (X, y), 4, rng(*_seeds(draw, 1)))
    for name, seed in zip(("one", "other"), _seeds(draw, 2), strict=True):
        case.call(name, "target", None, "X", "y", 4, rng(seed))
    case.library("both", f"{PROPS}.in_turns", "one", "other", _limit(24)).publish("both", "both")

    def derive(found: dict[str, Any]) -> dict[str, Any]:
        alone = _fault(found["alone"], X, y, 4)
        by_turns = any(_fault([epoch, epoch], X, y, 4) for epoch in found["both"])
        return _report(alone or ("disturbed" if by_turns else None))

    return case.judged_by(derive)


def _minibatches_cases(draw: np.random.Generator) -> list[Case]:
    return [
        _batch_case("10 rows in batches of 4", draw, 4, _data(draw, 10, 3, 0)),
        _batch_case("12 rows in batches of 4", draw, 4, _data(draw, 12, 3, 0)),
        _batch_case("10 rows of y with 2 columns, in batches of 3", draw, 3, _data(draw, 10, 3, 2)),
        _batch_case("7 rows of X and y with 1 column each, in batches of 3", draw, 3, _data(draw, 7, 1, 1)),
        _batch_case("8 rows of whole numbers in X, y of float32, in batches of 3", draw, 3, _pixels(draw, 8)),
        _batch_case("6 rows in a batch of 6", draw, 6, _data(draw, 6, 3, 0)),
        _batch_case("5 rows, and a batch_size of 8", draw, 8, _data(draw, 5, 3, 0)),
        _batch_case("5 rows in batches of 1", draw, 1, _data(draw, 5, 3, 0)),
        _batch_case("a single row", draw, 2, _data(draw, 1, 3, 0)),
        _order_case(draw),
        _turns_case(draw),
    ]


# Momentum


class Momentum:
    """The reference, with places to go wrong at. The velocity is kept for each position in the list."""

    def __init__(self, learning_rate: float, momentum: float):
        self.rate, self.momentum, self.steps = learning_rate, momentum, 0
        self.velocities: dict[Any, np.ndarray] = {}

    def step(self, parameters: list[np.ndarray], gradients: list[np.ndarray]) -> None:
        self.steps += 1
        for position, (theta, g) in enumerate(zip(parameters, gradients, strict=True)):
            key = self.key(position, theta, g)
            before = self.velocities.get(key, self.first(theta, g))
            self.velocities[key] = self.new(before, g)
            self.move(theta, self.velocities[key], before, g)

    def key(self, position: int, theta: np.ndarray, g: np.ndarray) -> Any:
        return position

    def first(self, theta: np.ndarray, g: np.ndarray) -> np.ndarray:
        return np.zeros_like(theta)

    def new(self, v: np.ndarray, g: np.ndarray) -> np.ndarray:
        return self.momentum * v - self.rate * g

    def move(self, theta: np.ndarray, v: np.ndarray, before: np.ndarray, g: np.ndarray) -> None:
        theta += v


def _rule(**parts: Any) -> type:
    return type("Momentum", (Momentum,), parts)


def _add(theta: np.ndarray, step: np.ndarray) -> None:
    theta += step


def _scaling_the_gradients(self: Any, parameters: list, gradients: list) -> None:
    Momentum.step(self, parameters, gradients)
    for g in gradients:
        g *= self.rate


def _clearing_the_gradients(self: Any, parameters: list, gradients: list) -> None:
    Momentum.step(self, parameters, gradients)
    for g in gradients:
        g[...] = 0


def _replacing_the_gradients(self: Any, parameters: list, gradients: list) -> None:
    Momentum.step(self, parameters, gradients)
    gradients[:] = [self.rate * g for g in gradients]


def _accumulating_in_the_gradients(self: Any, parameters: list, gradients: list) -> None:
    if not self.velocities:
        self.velocities = dict(enumerate(gradients))
    else:
        for position, g in enumerate(gradients):
            self.velocities[position] *= self.momentum
            self.velocities[position] += g
    for position, theta in enumerate(parameters):
        theta -= self.rate * self.velocities[position]


def _summing_over_kept_arrays(self: Any, parameters: list, gradients: list) -> None:
    past = self.velocities.setdefault("past", [])
    past.append(list(gradients))
    for position, theta in enumerate(parameters):
        v = np.zeros_like(theta)
        for kept in past:
            v = self.momentum * v - self.rate * kept[position]
        theta += v


def _only(chosen: Callable[[list], list]) -> Callable:
    return lambda self, parameters, gradients: Momentum.step(self, chosen(parameters), chosen(gradients))


def _after_the_first_call(self: Any, parameters: list, gradients: list) -> None:
    self.calls = getattr(self, "calls", 0) + 1
    if self.calls > 1:
        Momentum.step(self, parameters, gradients)


def _in_float32(self: Any, v: np.ndarray, g: np.ndarray) -> np.ndarray:
    v = v.astype(np.float32)
    v *= self.momentum
    v -= self.rate * g
    return v


def _sharing(key: Callable) -> type:
    """A rule whose objects share one dictionary of velocities, which is forgotten when the parameters have other shapes."""
    shared: dict[Any, Any] = {}

    def step(self: Any, parameters: list, gradients: list) -> None:
        shapes = [theta.shape for theta in parameters]
        if shared.get("shapes") != shapes:
            shared.clear()
            shared["shapes"], shared["kept"] = shapes, parameters
        self.velocities = shared
        Momentum.step(self, parameters, gradients)

    return _rule(step=step, key=key)


MOMENTUM_MISTAKES = (
    ("The velocity starts from zero again in every step: keep it in self, so that the next call finds it.",
     _rule(first=lambda self, theta, g: np.zeros_like(theta), new=lambda self, v, g: -self.rate * g)),
    ("The velocity starts from zero again with every new gradient array: it belongs to the parameter, so look it up by position in the list.",
     _rule(key=lambda self, position, theta, g: id(g))),
    ("All parameters share one velocity: keep one for each, in the shape of the parameter.",
     _rule(key=lambda self, position, theta, g: "one")),
    ("Parameters of the same shape share a velocity: keep one for each position in the list.",
     _rule(key=lambda self, position, theta, g: theta.shape)),
    ("Two Momentum objects share their velocities: keep them in self, made in __init__, not in the class, a global name or a default argument.",
     _sharing(Momentum.key)),
    ("Two Momentum objects share their velocities: keep them in self, made in __init__, not in the class, a global name or a default argument.",
     _sharing(lambda self, position, theta, g: id(theta))),
    ("The velocity is a running mean, with 1 − momentum before the gradient: here v ← momentum·v − learning_rate·g.",
     _rule(new=lambda self, v, g: self.momentum * v - (1 - self.momentum) * self.rate * g)),
    ("The velocity is a running mean that is corrected for its start, as in Adam: here v ← momentum·v − learning_rate·g.",
     _rule(new=lambda self, v, g: self.momentum * v - (1 - self.momentum) * self.rate * g,
           move=lambda self, theta, v, before, g: _add(theta, v / (1 - self.momentum**self.steps)))),
    *(("step changes the gradients it is given: it must leave them as they are.", _rule(step=step))
      for step in (_scaling_the_gradients, _clearing_the_gradients, _replacing_the_gradients)),
    ("step changes the gradients it is given: the velocity must be an array of its own, so copy the first gradient.",
     _rule(step=_accumulating_in_the_gradients)),
    ("step keeps the gradient arrays themselves, whose numbers the caller may change: keep copies, or the velocity alone.",
     _rule(step=_summing_over_kept_arrays)),
    ("step leaves the parameters as they were: write parameter += v, which works in place, not parameter = parameter + v.",
     _rule(move=lambda self, theta, v, before, g: None)),
    ("step climbs: the gradient is subtracted, v ← momentum·v − learning_rate·g.",
     _rule(new=lambda self, v, g: self.momentum * v + self.rate * g)),
    ("The velocity is subtracted although it holds −learning_rate·g already: θ ← θ + v.",
     _rule(move=lambda self, theta, v, before, g: _add(theta, -v))),
    ("The sign of momentum·v is wrong: v ← momentum·v − learning_rate·g, then θ ← θ + v.",
     _rule(new=lambda self, v, g: -self.momentum * v - self.rate * g)),
    ("The parameters move by the old velocity: bring v up to date first, then add it.",
     _rule(move=lambda self, theta, v, before, g: _add(theta, before))),
    ("This is Nesterov's rule: here the parameter moves by v itself.",
     _rule(move=lambda self, theta, v, before, g: _add(theta, self.momentum * v - self.rate * g))),
    ("The learning rate is applied twice: it is inside v already, so θ ← θ + v.",
     _rule(move=lambda self, theta, v, before, g: _add(theta, self.rate * v))),
    ("The learning rate is missing: v ← momentum·v − learning_rate·g.",
     _rule(new=lambda self, v, g: self.momentum * v - g)),
    ("The momentum given is ignored: step always uses 0.9.", _rule(new=lambda self, v, g: 0.9 * v - self.rate * g)),
    ("The gradient is multiplied by the momentum too: v ← momentum·v − learning_rate·g, where momentum belongs to the old v alone.",
     _rule(new=lambda self, v, g: self.momentum * (v - self.rate * g))),
    ("The velocity never decays: v ← momentum·v − learning_rate·g.", _rule(new=lambda self, v, g: v - self.rate * g)),
    ("learning_rate and momentum are exchanged: learning_rate comes first.",
     _rule(new=lambda self, v, g: self.rate * v - self.momentum * g)),
    ("Only the first parameter moves: go through all of the list (does a return stand inside the loop?).",
     _rule(step=_only(lambda arrays: arrays[:1]))),
    ("Only the last parameter moves: the step belongs inside the loop.", _rule(step=_only(lambda arrays: arrays[-1:]))),
    *(("Where the gradient is 0 nothing moves: v ← momentum·v − learning_rate·g, and θ ← θ + v, hold there too.",
       _rule(new=lambda self, v, g, rests=rests: np.where(rests(g), v, self.momentum * v - self.rate * g),
             move=lambda self, theta, v, before, g, rests=rests: _add(theta, np.where(rests(g), 0.0, v))))
      for rests in (lambda g: not g.any(), lambda g: g == 0)),
    ("The velocity is kept in float32, seven digits: keep NumPy's default, float64.", _rule(new=_in_float32)),
    ("The first call moves nothing: make the velocities, all zero, and take the step as well.",
     _rule(step=_after_the_first_call)),
    ("The velocity does not start from zero: before the first step v = 0, so that the first step is −learning_rate·g.",
     _rule(first=lambda self, theta, g: -self.rate * g)),
)  # fmt: skip


def _momentum_case(about: str, draw: np.random.Generator, shapes: tuple[tuple[int, ...], ...], steps: int) -> Case:
    """A rule, parameters and nothing done yet."""
    case = Case(about)
    _parameters(case, draw, "P", shapes)
    for step in range(1, steps + 1):
        _gradients(case, draw, f"G{step}", shapes)
    return case


def _parameters(case: Case, draw: np.random.Generator, name: str, shapes: tuple) -> None:
    for number, shape in enumerate(shapes):
        case.bind(f"{name}.{number}", draw.normal(size=shape))


def _gradients(case: Case, draw: np.random.Generator, name: str, shapes: tuple) -> None:
    """From the second step on some are 0, as those of a dead unit are, and in the third all of the last parameter."""
    for number, shape in enumerate(shapes):
        gradient = draw.normal(size=shape)
        if name not in ("G", "G1"):
            gradient.flat[0] = 0.0
        if name == "G3" and number == len(shapes) - 1:
            gradient[...] = 0.0
        case.bind(f"{name}.{number}", gradient)
    case.library(name, f"{PROPS}.listed", *(f"{name}.{number}" for number in range(len(shapes))))


def _make_rule(case: Case, draw: np.random.Generator, name: str, momentum: float | None = None) -> None:
    mu = float(draw.uniform(0.4, 0.8)) if momentum is None else momentum
    case.make(name, float(draw.uniform(0.05, 0.3)), mu)


def _step(case: Case, rule: str, parameters: str, gradients: str, count: int, when: str, cause: str = "") -> str:
    """Take a step and publish everything. Return `when`, for the next step to name as its cause."""
    case.call("nothing", rule, "step", tuple(f"{parameters}.{number}" for number in range(count)), gradients)
    for number in range(count):
        label = f"Parameter {number + 1} {when}"
        case.publish(label, f"{parameters}.{number}")
        if cause:
            case.only_if_right(label, f"Parameter {number + 1} {cause}")
    case.publish(f"The gradients {when}", gradients, "step has changed the gradients that it was given", tolerance=0.0)
    return when


def _momentum_cases(draw: np.random.Generator) -> list[Case]:
    cases = []
    for about, shapes, steps, momentum in (
        ("one parameter, one step", ((4,),), 1, None),
        ("three parameters, four steps", ((3, 4), (4,), (4, 2)), 4, None),
        ("two parameters of the same shape", ((3, 3), (3, 3)), 3, None),
        ("momentum 0", ((2, 3), (3,)), 2, 0.0),
    ):
        case, cause = _momentum_case(about, draw, shapes, steps), ""
        _make_rule(case, draw, "rule", momentum)
        for step in range(1, steps + 1):
            cause = _step(case, "rule", "P", f"G{step}", len(shapes), f"after step {step}", cause)
        cases.append(case)
    return [*cases, _same_gradient_arrays(draw), _two_rules(draw), _second_rule(draw)]


def _same_gradient_arrays(draw: np.random.Generator) -> Case:
    """The caller keeps its gradients in the same arrays, with new numbers for each step, as many networks do."""
    shapes = ((2, 5), (5,))
    case = _momentum_case("the same gradient arrays, with new numbers in each step", draw, shapes, 3)
    _gradients(case, draw, "G", shapes)
    _make_rule(case, draw, "rule")
    cause = ""
    for step in range(1, 4):
        for number in range(len(shapes)):
            case.library("nothing", f"{PROPS}.fill", f"G.{number}", f"G{step}.{number}")
        cause = _step(case, "rule", "P", "G", 2, f"after step {step}", cause)
    return case


def _two_rules(draw: np.random.Generator) -> Case:
    """Two objects, each with parameters of its own, step by turns."""
    shapes = ((4, 3), (3,))
    case = _momentum_case("two Momentum objects by turns", draw, shapes, 4)
    _parameters(case, draw, "Q", shapes)
    for name in ("one", "other"):
        _make_rule(case, draw, name)
    for step in range(1, 5):
        cause = f"after step {step - 2}" if step > 2 else ""
        _step(case, *(("one", "P") if step % 2 else ("other", "Q")), f"G{step}", 2, f"after step {step}", cause)
    return case


def _second_rule(draw: np.random.Generator) -> Case:
    """A new object begins from rest, also on parameters that another has moved."""
    shapes = ((2, 2), (6,))
    case = _momentum_case("a new Momentum object on the same parameters", draw, shapes, 4)
    for name in ("one", "other"):
        _make_rule(case, draw, name)
    cause = ""
    for step in range(1, 5):
        cause = _step(case, "one" if step < 3 else "other", "P", f"G{step}", 2, f"after step {step}", cause)
    return case


# train

CALLS = ["network.forward", "loss.forward", "loss.backward", "network.backward", "network.update"]

TRAIN_FAULTS = {
    "targets": "The loss is given targets of other rows than went through the network: y_batch belongs to X_batch",
    "changed": "The loss is given targets that are not in y: pass y_batch on as it comes, in its shape and dtype",
    "reshaped": "loss.forward must be given what network.forward returned, and network.backward what loss.backward returned, each in the shape that it has",
    "rows": "Not every row comes once an epoch: each epoch goes through all batches of minibatches, or through all rows in a shuffled order",
    "skipped": "The short last batch is skipped: its rows belong to the epoch too",
    "asked": "minibatches is called with another batch_size than train was given",
    "same order": "The rows come in the same order in every epoch: call minibatches anew in each epoch, with the rng given, which must not be made or copied inside",
    "same batches": "Epochs are not dealt out anew: the same rows share a batch, or are left for the last, in every epoch, or an epoch comes in the order of X; shuffle all rows at the beginning of each",
    "same other": "The rng given to train makes no difference: pass it on to minibatches, and make no generator yourself",
    "irreproducible": "Two generators in the same state give different batches: all chance must come from the rng given",
    "global": GLOBAL,
}  # fmt: skip


@dataclass
class _Plan:
    """One call of train: its data, its settings and the tables that network and loss answer from."""

    draw: np.random.Generator
    rows: int
    batch_size: int
    epochs: int
    targets: int = 0
    scale: float = 1.0
    width: int = 4

    def __post_init__(self) -> None:
        draw = self.draw
        self.X, self.y = _data(draw, self.rows, 3, self.targets)
        self.rate = float(draw.uniform(0.15, 0.45))
        self.sizes = _sizes(self.rows, self.batch_size) * self.epochs
        spare = 3 * len(self.sizes)
        # Losses that rise from epoch to epoch: nobody who gives up when they do comes to the end.
        rise = np.arange(spare) // (len(self.sizes) // self.epochs)
        self.values = (self.scale * (rise + draw.uniform(0.2, 0.8, spare))).tolist()
        self.outputs, self.slopes = draw.normal(size=(2, spare, self.rows, self.width))
        self.orders = [draw.permutation(self.rows) for _ in range(2 * self.epochs + 2)]  # some call it to count as well

    def deals(self) -> list[list[np.ndarray]]:
        """Return for each epoch the row numbers of its batches."""
        starts = range(0, self.rows, self.batch_size)
        return [[order[start : start + self.batch_size] for start in starts] for order in self.orders]

    def expected(self, tables: np.ndarray) -> np.ndarray:
        """Return what the tables answer to batches of the right sizes, in one row of numbers."""
        return np.concatenate([table[:size].ravel() for table, size in zip(tables, self.sizes, strict=False)])

    def means(self, over_rows: bool) -> np.ndarray:
        """Return the mean loss of each epoch."""
        values = np.reshape(self.values[: len(self.sizes)], (self.epochs, -1))
        weights = np.reshape(self.sizes, values.shape) if over_rows else np.ones_like(values)
        return (values * weights).sum(axis=1) / weights.sum(axis=1)


def _run(case: Case, plan: _Plan, generator: Any, name: str = "") -> None:
    """Call train with a network and a loss that keep a diary, and publish that."""
    case.bind(f"X{name}", plan.X).bind(f"y{name}", plan.y)
    diary = f"diary{name}"
    case.library(diary, f"{PROPS}.Diary")
    case.library(f"network{name}", f"{PROPS}.Network", diary, plan.outputs)
    case.library(f"loss{name}", f"{PROPS}.Loss", diary, plan.values, plan.slopes)
    case.library(f"dealer{name}", f"{PROPS}.Dealer", diary, plan.deals())
    case.patch("target", minibatches=f"dealer{name}")
    settings = {"epochs": plan.epochs, "batch_size": plan.batch_size, "learning_rate": plan.rate, "rng": generator}
    case.call(f"losses{name}", "target", None, f"network{name}", f"loss{name}", f"X{name}", f"y{name}", **settings)
    case.get(f"entries{name}", diary, "entries").publish(f"entries{name}", f"entries{name}")


class _Reading:
    """What a diary says of one run. A later rule is not looked at where an earlier one is broken."""

    def __init__(self, entries: list[list], plan: _Plan):
        self.plan = plan
        self.asked = [entry[1:] for entry in entries if entry[0] == "minibatches"]
        self.entries = [entry for entry in entries if entry[0] != "minibatches"]
        names = [entry[0] for entry in self.entries]
        self.steady = names == CALLS * (len(names) // len(CALLS))
        self.calls: Any = "five for each batch" if self.steady else names
        inputs = self.given("network.forward")
        self.sizes = [len(X) for X in inputs] if self.steady else plan.sizes
        self.complete = self.steady and self.sizes == plan.sizes
        self.skipped = not self.complete and self.sizes == [size for size in plan.sizes if size == plan.batch_size]
        self.order = [_numbers(X, plan.X) for X in inputs] if self.complete else []

    def given(self, name: str, position: int = 1) -> list:
        return [entry[position] for entry in self.entries if entry[0] == name]

    def epochs(self) -> list[list[int]]:
        """Return the order of the rows in each epoch."""
        return np.reshape([number for batch in self.order for number in batch], (self.plan.epochs, -1)).tolist()

    def fault(self) -> str | None:
        """Return which rule the rows break."""
        plan = self.plan
        if any(sorted(epoch) != list(range(plan.rows)) for epoch in self.epochs()):
            return "rows"
        targets = self.given("loss.forward", 2)
        wanted = [plan.y[batch] for batch in self.order]
        exchanged = self.given("loss.forward", 1)
        if not all(map(np.array_equal, targets, wanted)) and not all(map(np.array_equal, exchanged, wanted)):
            known = all(
                np.shape(target)[1:] == plan.y.shape[1:] and -1 not in _numbers(target, plan.y) for target in targets
            )
            return "targets" if known else "changed"
        return "asked" if any(batch_size != plan.batch_size for batch_size, _ in self.asked) else None

    def numbers(self, values: list, expected: np.ndarray) -> Any:
        """Return the values as one row of numbers, or what is expected where nothing can be said."""
        return np.concatenate([np.ravel(value) for value in values]) if self.complete else expected

    def chance(self) -> list:
        """Return what came of the generator: the numbers drawn for each epoch, if minibatches was asked, and the rows."""
        return [[drawn for _, drawn in self.asked], self.epochs()]


def _facts(reading: _Reading, returned: Any) -> dict[str, Any]:
    """Return all that is compared of one run."""
    plan = reading.plan
    facts: dict[str, Any] = dict.fromkeys(TRAIN_FAULTS, False)
    if reading.complete and (fault := reading.fault()):
        facts[fault] = True
    if reading.complete:
        shapes = [(size, plan.width) for size in plan.sizes]
        facts["reshaped"] = any(
            list(map(np.shape, reading.given(name))) != shapes for name in ("loss.forward", "network.backward")
        )
    facts["skipped"] = reading.skipped
    facts["calls"], facts["sizes"] = reading.calls, plan.sizes if reading.skipped else reading.sizes
    facts["predictions"] = reading.numbers(reading.given("loss.forward"), plan.expected(plan.outputs))
    facts["upstream"] = reading.numbers(reading.given("network.backward"), plan.expected(plan.slopes))
    facts["rates"] = reading.numbers(reading.given("network.update"), np.full(len(plan.sizes), plan.rate))
    means = plan.means(over_rows=True)
    facts["length"], facts["list"] = [plan.epochs, plan.epochs], means
    if reading.steady and not reading.skipped:
        numbers = _as_row(returned)
        facts["length"] = _kind(returned) if numbers is None else [len(numbers), int(np.isfinite(numbers).sum())]
        if numbers is not None and reading.complete and facts["length"] == [plan.epochs, plan.epochs]:
            facts["list"] = means if _is_mean_over_batches(numbers, plan) else numbers
    return facts


def _kind(returned: Any) -> str:
    return (
        f"an array of shape {returned.shape}"
        if isinstance(returned, np.ndarray) and returned.ndim
        else "a number"
        if isinstance(returned, float | int | np.ndarray)
        else "nothing"
        if returned is None
        else "something else"
    )


def _as_row(returned: Any) -> np.ndarray | None:
    """Return a list of numbers as an array, or None for anything else."""
    try:
        numbers = np.asarray(returned)
    except ValueError:  # rows of different lengths
        return None
    return numbers.astype(float) if numbers.ndim == 1 and numbers.dtype.kind in "fiu" else None


def _is_mean_over_batches(numbers: np.ndarray, plan: _Plan) -> bool:
    wanted = plan.means(over_rows=False)
    return numbers.shape == wanted.shape and bool(np.linalg.norm(numbers - wanted) <= 1e-9 * np.linalg.norm(wanted))


TRAIN_HINTS = TRAIN_FAULTS | {
    "calls": "For each batch make these calls, once and in this order, and no others: " + ", ".join(CALLS),
    "sizes": "The batches that go through the network have the wrong sizes, or there are too few or too many of them: every epoch takes all batches as minibatches deals them out",
    "predictions": "loss.forward must be given what network.forward returned, and then y_batch",
    "upstream": "network.backward must be given exactly what loss.backward returned",
    "rates": "network.update must be given the learning rate, the same for every batch",
    "length": "train must return a list with one number for each epoch",
    "list": "The list that train returns does not hold the mean, over rows or over batches, of the losses that loss.forward returned in each epoch",
}  # fmt: skip


def _train_case(about: str, draw: np.random.Generator, watched: bool = False, **sizes: Any) -> Case:
    """One call of train. With `watched`, the epochs are long enough that no two have one order by chance."""
    plan = _Plan(draw, **sizes)
    case = Case(about, hints=dict(TRAIN_HINTS))
    _run(case, plan, rng(*_seeds(draw, 1)))
    case.publish("returned", "losses")
    for name in ("X", "y"):
        changed = f"{name} has been changed: train must leave it as it is (rng.shuffle works in place)"
        case.publish(f"{name} afterwards", name, changed)

    def derive(found: dict[str, Any]) -> dict[str, Any]:
        reading = _Reading(found["entries"], plan)
        facts = _facts(reading, found["returned"])
        drawn = [number for _, number in reading.asked]
        orders = [tuple(epoch) for epoch in reading.epochs()] if watched and reading.complete else []
        facts["same order"] = len(set(orders)) < len(orders) or len(set(drawn)) < len(drawn)
        facts["same batches"] = bool(orders) and not facts["same order"] and _dealt_once(orders, plan)
        return facts | {label: found[label] for label in ("X afterwards", "y afterwards")}

    return case.judged_by(derive)


def _dealt_once(orders: list[tuple[int, ...]], plan: _Plan) -> bool:
    """Tell whether two epochs have the same batches, all the same last one, or one the order of X: never by chance."""
    batches = [_batches_of(order, plan.batch_size) for order in orders]
    return (
        len(set(map(frozenset, batches))) < len(batches)
        or len({epoch[-1] for epoch in batches}) == 1
        or tuple(range(plan.rows)) in orders
    )


def _chance_case(draw: np.random.Generator) -> Case:
    """Three runs: the first and the last with generators in the same state, the other with another seed."""
    plan = _Plan(draw, rows=24, batch_size=7, epochs=2)
    case = Case("runs with the same and with another seed", hints=dict(TRAIN_HINTS))
    seed, other = _seeds(draw, 2)
    _watch_global_state(case, "before")
    for name, generator in (("1", seed), ("2", other), ("3", seed)):
        _run(case, plan, rng(generator), name)
    _watch_global_state(case, "after")

    def derive(found: dict[str, Any]) -> dict[str, Any]:
        facts = {"global": _touched(found), "same other": False, "irreproducible": False}
        one, another, again = (_Reading(found[f"entries{name}"], plan) for name in "123")
        if one.complete and another.complete and again.complete and not facts["global"]:
            facts["irreproducible"] = one.chance() != again.chance()
            facts["same other"] = one.chance() == another.chance()
        return facts

    return case.judged_by(derive)


def _real_case(draw: np.random.Generator) -> Case:
    """A real network on one batch of everything, where the order changes nothing but the rounding."""
    plan = _Plan(draw, rows=9, batch_size=9, epochs=5)
    case = (
        Case("a network of mlpkit, 5 epochs of one batch").bind("X", plan.X).bind("y", draw.integers(0, 3, plan.rows))
    )
    first, last = _seeds(draw, 2)
    case.library("first", "mlpkit.Linear", 3, 5, rng(first)).library("last", "mlpkit.Linear", 5, 3, rng(last))
    case.library("between", "mlpkit.Tanh").library("network", "mlpkit.Sequential", "first", "between", "last")
    case.library("loss", "mlpkit.SoftmaxCrossEntropy").library("diary", f"{PROPS}.Diary")
    case.library("dealer", f"{PROPS}.Dealer", "diary", plan.deals()).patch("target", minibatches="dealer")
    settings = {"epochs": 5, "batch_size": 9, "learning_rate": plan.rate, "rng": rng(first)}
    case.call("losses", "target", None, "network", "loss", "X", "y", **settings)
    for layer in ("first", "last"):
        case.publish_attributes(layer, "W", "b", label=f"{layer} {{}}")
    case.publish("returned", "losses")

    def derive(found: dict[str, Any]) -> dict[str, Any]:
        weights = [np.ravel(found[label]) for label in ("first W", "first b", "last W", "last b")]
        returned = _as_row(found["returned"])
        return {"weights": np.concatenate(weights), "list": _kind(found["returned"]) if returned is None else returned}

    case.hint("weights", "The network does not end with the weights that this training leads to")
    return case.hint("list", TRAIN_HINTS["list"]).only_if_right("list", "weights").judged_by(derive)


def _train_cases(draw: np.random.Generator) -> list[Case]:
    return [
        _train_case("4 epochs of 24 rows in batches of 7", draw, watched=True, rows=24, batch_size=7, epochs=4),
        _train_case("2 epochs of 6 rows in batches of 3", draw, rows=6, batch_size=3, epochs=2),
        _train_case(
            "1 epoch of 5 rows of y with 2 columns, in batches of 2", draw, rows=5, batch_size=2, epochs=1, targets=2
        ),
        _train_case(
            "1 epoch of 5 rows of y with 1 column, in batches of 2, and predictions of 1 column",
            draw,
            rows=5,
            batch_size=2,
            epochs=1,
            targets=1,
            width=1,
        ),
        _train_case(
            "3 epochs of 5 rows, a batch_size of 8, tiny losses", draw, rows=5, batch_size=8, epochs=3, scale=1e-12
        ),
        _chance_case(draw),
        _real_case(draw),
    ]


@dataclass
class _Step:
    """All that a training loop has at hand when a batch comes."""

    network: Any
    loss: Any
    X: np.ndarray
    y: np.ndarray
    everything: tuple[np.ndarray, np.ndarray]
    rate: float
    batch_size: int

    def forward(self) -> float:
        return self.loss.forward(self.network.forward(self.X), self.y)

    def backward(self) -> None:
        self.network.backward(self.loss.backward())

    def update(self) -> None:
        self.network.update(self.rate)


Epochs = list[list[tuple[float, int]]]
"""For each epoch the loss and the number of rows of each batch."""


def _turn(step: _Step) -> float:
    value = step.forward()
    step.backward()
    step.update()
    return value


def _means(epochs: Epochs, rows: int, batch_size: int) -> Any:
    return [sum(value * size for value, size in epoch) / sum(size for _, size in epoch) for epoch in epochs]


def _anew(*settings: Any) -> Callable[[], Iterable]:
    return lambda: minibatches(*settings)


def _loop(
    turn: Callable[[_Step], float] = _turn,
    report: Callable[[Epochs, int, int], Any] = _means,
    deal: Callable[..., Callable[[], Iterable]] = _anew,
    rounds: Callable[[int], int] = lambda epochs: epochs,
    finish: Callable[[_Step, Any], Any] = lambda step, epoch: epoch,
    goes_on: Callable[[Epochs], bool] = lambda met: True,
) -> Callable:
    """Return the reference, or what it becomes when a part is replaced."""

    def train(
        network: Any,
        loss: Any,
        X: np.ndarray,
        y: np.ndarray,
        *,
        epochs: int,
        batch_size: int,
        learning_rate: float,
        rng: Any,
    ) -> Any:
        met: Epochs = []
        next_epoch = deal(X, y, batch_size, rng)
        for _ in range(rounds(epochs)):
            if not goes_on(met):
                break
            epoch: list[tuple[float, int]] = []
            for X_batch, y_batch in next_epoch():
                step = _Step(network, loss, X_batch, y_batch, (X, y), learning_rate, batch_size)
                epoch.append((turn(step), len(X_batch)))
            met.append(finish(step, epoch))
        return report(met, len(X), batch_size)

    return train


def _update_first(step: _Step) -> float:
    value = step.forward()
    step.update()
    step.backward()
    return value


def _parts(*names: str) -> Callable[[_Step], float]:
    """A turn that makes only these of its parts; `value` stands for a backward pass that is handed the loss."""

    def turn(step: _Step) -> float:
        found = 0.0
        for name in names:
            if name == "value":
                step.network.backward(found)
            else:
                found = getattr(step, name)() or found
        return found

    return turn


def _measured_after(step: _Step) -> float:
    _turn(step)
    return step.forward()


def _on_all_rows(step: _Step, epoch: list) -> list:
    step.X, step.y = step.everything
    return [(step.forward(), 1)]


def _updated(step: _Step, epoch: list) -> list:
    step.update()
    return epoch


def _whole_set(step: _Step) -> float:
    step.X, step.y = step.everything
    return _turn(step)


def _exchanged(step: _Step) -> float:
    value = step.loss.forward(step.y, step.network.forward(step.X))
    step.backward()
    step.update()
    return value


def _with_upstream(change: Callable[[_Step, np.ndarray], np.ndarray]) -> Callable[[_Step], float]:
    def turn(step: _Step) -> float:
        value = step.forward()
        step.network.backward(change(step, step.loss.backward()))
        step.update()
        return value

    return turn


def _with_rate(change: Callable[[_Step], float]) -> Callable[[_Step], float]:
    def turn(step: _Step) -> float:
        step.rate = change(step)
        return _turn(step)

    return turn


def _always(rate: float) -> Callable[[_Step], float]:
    return lambda step: rate


def _backward_twice(step: _Step) -> float:
    value = step.forward()
    step.backward()
    step.backward()
    step.update()
    return value


def _made_once(*settings: Any) -> Callable[[], Iterable]:
    batches = minibatches(*settings)
    return lambda: batches


def _each(number: Callable[[list[float], list[int], int, int], float]) -> Callable[[Epochs, int, int], list[float]]:
    """A report of one number an epoch, made of its losses, their batches' sizes, the number of rows and batch_size."""
    return lambda epochs, rows, batch_size: [
        number([value for value, _ in epoch], [size for _, size in epoch], rows, batch_size) for epoch in epochs
    ]


def _running(weighted: bool) -> Callable[[Epochs, int, int], list[float]]:
    def report(epochs: Epochs, rows: int, batch_size: int) -> list[float]:
        so_far = [[pair for epoch in epochs[: count + 1] for pair in epoch] for count in range(len(epochs))]
        return _means(
            [[(value, size if weighted else 1) for value, size in pairs] for pairs in so_far], rows, batch_size
        )

    return report


def _yields(*data: Any, **settings: Any) -> Iterable:
    yield 0.0


def _falls(met: Epochs) -> bool:
    means = [np.mean([value for value, _ in epoch]) for epoch in met[-2:]]
    return len(means) < 2 or bool(means[1] <= means[0])


_NOTHING_TO_AVERAGE = (
    "In some epoch there is no loss to take the mean of: collect the loss of every batch, and call minibatches anew in "
    "each epoch, since a generator is used up after one epoch."
)
_USED_UP = "Only the first epoch has batches: a generator is used up after one epoch, so call minibatches anew in each."

TRAIN_MISTAKES = (
    ("update comes before the backward pass: it then uses the gradients of the batch before; backward first, then update.",
     _loop(turn=_update_first)),
    ("update is never called: without it the network stays as it was.", _loop(turn=_parts("forward", "backward"))),
    ("update is called once an epoch: it belongs inside the loop over the batches.",
     _loop(turn=_parts("forward", "backward"), finish=_updated)),
    ("loss.backward is never called: network.backward needs the gradient that it returns, not the value of the loss.",
     _loop(turn=_parts("forward", "value", "update"))),
    ("network.backward is never called: without it update has no gradients.", _loop(turn=_parts("forward", "update"))),
    ("network.forward and loss.forward are called again after the update: the loss to report is the one met before it.",
     _loop(turn=_measured_after)),
    ("After each epoch all rows go through the network once more: the losses met while training are enough, report their mean.",
     _loop(finish=_on_all_rows)),
    ("network.backward is called twice for a batch: once is enough.", _loop(turn=_backward_twice)),
    ("All rows go through the network for every batch. The batches that go through the network have the wrong sizes: use X_batch and y_batch.",
     _loop(turn=_whole_set)),
    (_NOTHING_TO_AVERAGE, _loop(deal=_made_once)),
    *((_USED_UP, _loop(deal=_made_once, report=report)) for report in (
        _each(lambda values, sizes, rows, batch_size: float(np.mean(values)) if values else np.nan),
        _each(lambda values, sizes, rows, batch_size: sum(values) / max(1, len(values))))),
    ("Training ends after the first epoch: does a return stand inside the loop?", _loop(rounds=lambda epochs: 1)),
    ("One epoch is missing: range(epochs) counts from 0 and gives as many turns as asked for.",
     _loop(rounds=lambda epochs: epochs - 1)),
    ("There is one epoch too many: range(epochs) gives as many turns as asked for.",
     _loop(rounds=lambda epochs: epochs + 1)),
    ("Training stops early when the loss rises: go on for all the epochs asked for.", _loop(goes_on=_falls)),
    ("loss.forward takes the prediction first, then the target.", _loop(turn=_exchanged)),
    ("The gradient is divided by the size of the batch: the loss has taken the mean already, so pass it on as it is.",
     _loop(turn=_with_upstream(lambda step, slope: slope / len(step.X)))),
    ("The gradient is multiplied by the size of the batch: the loss has taken the mean, pass on its gradient as it is.",
     _loop(turn=_with_upstream(lambda step, slope: slope * len(step.X)))),
    ("The learning rate is divided by the batch size: pass it on as it is.",
     _loop(turn=_with_rate(lambda step: step.rate / step.batch_size))),
    ("The learning rate is divided by the size of each batch: pass it on as it is.",
     _loop(turn=_with_rate(lambda step: step.rate / len(step.X)))),
    *((f"The learning rate given is ignored: network.update is always called with {fixed}.",
       _loop(turn=_with_rate(_always(fixed)))) for fixed in (0.001, 0.01, 0.1)),
    ("The loss of the last batch is reported: take the mean over all batches of the epoch.",
     _loop(report=_each(lambda values, sizes, rows, batch_size: values[-1]))),
    ("The loss of the first batch is reported: take the mean over all batches of the epoch.",
     _loop(report=_each(lambda values, sizes, rows, batch_size: values[0]))),
    ("The losses of the batches are added up: divide by their number.",
     _loop(report=_each(lambda values, sizes, rows, batch_size: sum(values)))),
    ("The losses of the batches are added up and divided by the number of rows: each is a mean already, so weigh it with its rows or divide by the number of batches.",
     _loop(report=_each(lambda values, sizes, rows, batch_size: sum(values) / rows))),
    ("The losses are added up and divided by batch_size: divide by the number of batches.",
     _loop(report=_each(lambda values, sizes, rows, batch_size: sum(values) / batch_size))),
    ("The losses are divided by N // batch_size, which leaves out the short last batch: divide by the number of batches.",
     _loop(report=_each(lambda values, sizes, rows, batch_size: sum(values) / max(1, rows // batch_size)))),
    ("The short last batch counts as a full one: weigh its loss with the rows that it has.",
     _loop(report=_each(lambda values, sizes, rows, batch_size: sum(values) * batch_size / rows))),
    *(("The mean of an epoch takes in the epochs before: begin each with an empty list, or a total of 0.",
       _loop(report=_running(weighted))) for weighted in (False, True)),
    ("The list has the loss of every batch: return one mean for each epoch.",
     _loop(report=lambda epochs, rows, batch_size: [value for epoch in epochs for value, _ in epoch])),
    ("A single number comes back: return the list of the means of all epochs.",
     _loop(report=lambda epochs, rows, batch_size: _means(epochs, rows, batch_size)[-1])),
    ("train contains yield, so that calling it runs nothing yet: put the means into a list, and return it at the end.", _yields),
    ("train returns None: return the list of the means.", _loop(report=lambda epochs, rows, batch_size: None)),
)  # fmt: skip


def _task(name: str, section: str, cases: Any, reference: Any, mistakes: tuple) -> Task:
    return Task(name, ASSIGNMENT, f"Gradient descent, section “{section}”", cases, reference, mistakes)


TASKS = (
    _task("minibatches", "Minibatches", _minibatches_cases, minibatches, BATCH_MISTAKES),
    _task("momentum", "Momentum", _momentum_cases, Momentum, MOMENTUM_MISTAKES),
    _task("train", "Minibatches", _train_cases, _loop(), TRAIN_MISTAKES),
)
