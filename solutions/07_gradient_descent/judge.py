"""07_gradient_descent: `minibatches`, `Momentum` and `train`.

Many answers are right: any order of the rows, and a mean over rows or over batches. So batches, and what a training
loop does with them, are judged by rules. A rule is an id, what to say where it is broken, and what tells that it is.
"""

from functools import reduce
from itertools import pairwise
from types import SimpleNamespace

import numpy as np

from mlpgrade.judging.declare import Case, InParts, Mistake, Part, Task, is_array, is_number, matches, rng, touched
from mlpkit import minibatches
from props import LIMIT

HIDDEN = ("mlpkit.training.minibatches", "mlpkit.training.train", "mlpkit.training.step", "mlpkit.optimisers.Momentum")
"""What is taken out of mlpkit while this is graded."""

GLOBAL = "NumPy's global random state was used (np.random.seed, np.random.shuffle, np.random.permutation, …): draw from rng alone"  # fmt: skip


def first(rules, at):
    """The first rule that is broken. A rule may be looked at only where those before it hold."""
    return next((id for id, _, broken in rules if broken(at)), None)


def seed(draw):
    return int(draw.integers(2**31))


def data(draw, rows, features=3, targets=0):
    """X and y in which no row comes twice: y holds labels, or rows of `targets` numbers."""
    X = draw.normal(size=(rows, features))
    return X, draw.normal(size=(rows, targets)) if targets else 100 + draw.permutation(rows)


def numbers(given, rows):
    """The number in `rows` of each row of `given`, or −1."""
    known = {np.asarray(row).tobytes(): number for number, row in enumerate(rows)}
    return [known.get(np.asarray(row).tobytes(), -1) for row in given]


def cut(order, size):
    return [order[start : start + size] for start in range(0, len(order), size)]


# --- minibatches ------------------------------------------------------------------------------------------------------
def studied(dealt, X, y, size):
    """The batches of an epoch, `then`, when they were yielded, and `now`, in the end; with the first rule they break."""
    at = SimpleNamespace(then=dealt[0], now=dealt[1], X=X, y=y, size=size, wanted=[len(rows) for rows in cut(X, size)])
    at.fault = first(FORMS, at)
    if not at.fault:
        at.sizes = [len(X_batch) for X_batch, _ in at.then]
        at.order = [number for X_batch, _ in at.then for number in numbers(X_batch, X)]
        at.counts = np.bincount([number for number in at.order if number >= 0], minlength=len(X))
        at.fault = first(BATCHES, at)
    return at


FORMS = (
    ("form", "A batch is not a pair of arrays: yield X_batch, y_batch for every batch, each an array",
     lambda at: not all(isinstance(pair, list | tuple) and len(pair) == 2 and all(map(is_array, pair)) for pair in at.then)),
    ("axes", "A batch has the wrong number of axes or rows: X_batch is (n, D) and y_batch is (n,) or, if y has columns, (n, C), also for n = 1",
     lambda at: any(a.shape[1:] != at.X.shape[1:] or b.shape != (*a.shape[:1], *at.y.shape[1:]) for a, b in at.then)),
    ("dtype", "A batch has changed its dtype: the numbers of X and y keep theirs, whole-number labels stay whole numbers (X and y glued into one array become floats)",
     lambda at: any((a.dtype, b.dtype) != (at.X.dtype, at.y.dtype) for a, b in at.then)),
)  # fmt: skip
BATCHES = (
    ("endless", "The epoch does not end: stop when every row has come once", lambda at: len(at.then) == LIMIT),
    ("empty", "There is an empty batch: when batch_size divides N there are N / batch_size batches, not one more", lambda at: 0 in at.sizes),
    ("foreign", "A batch holds rows that are not in X: shuffle the rows, and leave their numbers as they are", lambda at: -1 in at.order),
    ("sampled", "In one epoch some rows come more than once and others never: draw one order for the whole epoch and cut it into batches",
     lambda at: 0 in at.counts and at.counts.max() > 1),
    ("dropped", "The last, shorter batch is dropped: the rows that are left over make a batch too",
     lambda at: 0 in at.counts and at.sizes == [at.size] * (len(at.X) // at.size)),
    ("lost", "Some rows never come: each row belongs to the epoch once, so check where the slices begin and end", lambda at: 0 in at.counts),
    ("filled", "The last batch is filled up with rows that came before: leave it short, each row comes once",
     lambda at: at.counts.max() > 1 and at.sizes == [at.size] * len(at.wanted)),
    ("repeated", "Some rows come more than once: each slice begins where the one before it ended", lambda at: at.counts.max() > 1),
    ("sizes", "The batches have the wrong sizes: each has batch_size rows, and only the last may have fewer", lambda at: at.sizes != at.wanted),
    ("apart", "X and y come in different orders: row n of X belongs to row n of y, so draw one order and use it for both",
     lambda at: numbers(np.concatenate([y_batch for _, y_batch in at.then]), at.y) != at.order),
    ("aliased", "The rows change after they were yielded, because earlier batches change with later ones: give each batch arrays of its own",
     lambda at: not all(np.array_equal(a, b) for pairs in zip(at.then, at.now, strict=True) for a, b in zip(*pairs, strict=True))),
)  # fmt: skip
ORDERS = (
    ("unshuffled", "The rows come in the order of X: draw a random order from rng", lambda at: at.epochs[0] == at.home),
    ("blocks", "Neighbours in X stay neighbours: shuffle the rows one by one, not whole blocks of them",
     lambda at: sum((b - a) % len(at.home) in (1, len(at.home) - 1) for a, b in pairwise(at.epochs[0])) > len(at.home) / 3),
    ("inside", "The rows are shuffled within each batch only: shuffle all rows first, then cut", lambda at: at.company[0] == at.company[-1]),
    ("fixed", "Whatever rng is, every epoch comes in the same order: draw the order from rng, each time", lambda at: at.epochs[0] == at.epochs[1] == at.other),
    ("same-next", "The next epoch with the same rng comes in the same order: draw from rng itself, not from a copy or from its seed", lambda at: at.epochs[0] == at.epochs[1]),
    ("near", "The rows stay near their places, the first ones come early and the last ones late: one shuffle must reach all rows at once",
     lambda at: np.corrcoef(np.tile(at.home, len(at.epochs)), np.ravel(at.epochs))[0, 1] > 0.35),  # by chance 0 ± 0.045
    ("cut-first", "The same rows share a batch in every epoch: shuffle all rows anew first, then cut", lambda at: set(at.company[0]) == set(at.company[1])),
    ("left-over", "The same rows are left for the short last batch in every epoch: shuffle all rows, not only those that fill whole batches",
     lambda at: len({batches[-1] for batches in at.company[:-1]}) == 1),
    ("same-other", "Two generators with different seeds give the same order: draw the order from rng", lambda at: at.epochs[0] == at.other),
    ("irreproducible", "Two generators in the same state give different batches: draw everything from rng and nothing from elsewhere", lambda at: at.epochs[0] != at.again),
    ("stuck", "A row is at the same place in every epoch: the shuffle must reach all rows, the first and the last too",
     lambda at: any(len(set(rows)) == 1 for rows in zip(*at.epochs, strict=True))),
)  # fmt: skip
BATCH_FAULTS = {id: says for id, says, _ in FORMS + BATCHES + ORDERS} | {
    "disturbed": "Two epochs under way at once disturb each other: keep the order in a local variable",
    "global": GLOBAL,
}


def deal_out(case, name, X, y, size, generator):
    """Deal out one epoch of fresh copies of the data and publish it."""
    case.bind(f"X {name}", X).bind(f"y {name}", y)
    case.call(f"batches {name}", "target", None, f"X {name}", f"y {name}", size, generator)
    case.library(name, "props.deal_out", f"batches {name}", says="Going through the batches").publish(name, name)


def epoch_case(draw, about, size, X, y):
    case, kept = Case(about), ("X afterwards", "y afterwards")
    deal_out(case, "the epoch", X, y, size, rng(seed(draw)))
    for name, label in zip("Xy", kept, strict=True):
        changed = f"{name} has been changed: rng.shuffle works in place, so index with a shuffled order instead"
        case.publish(label, f"{name} the epoch", changed)
    return case.finds(BATCH_FAULTS, lambda found: studied(found["the epoch"], X, y, size).fault, *kept)


def order_case(draw):
    """Eight epochs of one generator, one of another in the same state, one of another in another state; two by turns.

    By chance alone a right answer would be found at fault less than once in a hundred million times.
    """
    same, (X, y), home = seed(draw), data(draw, 63, 2), list(range(63))
    case = Case("63 rows, 10 epochs, and two at once").generator("rng", same).watch_global_state("before")
    generators = {f"epoch {number}": "rng" for number in range(8)} | {"again": rng(same), "other": rng(same + 1)}
    for name, generator in generators.items():
        deal_out(case, name, X, y, 10, generator)
    case.watch_global_state("after").bind("X", X).bind("y", y)
    for name in "AB":
        case.call(name, "target", None, "X", "y", 10, rng(seed(draw)))
    case.library("A and B", "props.in_turns", "A", "B", says="Going through two epochs by turns")
    case.publish("A and B", "A and B")

    def find(found):
        epochs = [studied(found[name], X, y, 10) for name in generators]
        if faults := [epoch.fault for epoch in epochs if epoch.fault]:
            return faults[0]
        *orders, again, other = (epoch.order for epoch in epochs)
        company = [tuple(map(frozenset, cut(order, 10))) for order in [*orders, home]]
        fault = first(ORDERS, SimpleNamespace(epochs=orders, again=again, other=other, home=home, company=company))
        disturbed = any(studied([epoch, epoch], X, y, 10).fault for epoch in found["A and B"])
        return {"global" if touched(found) and fault in (None, "irreproducible") else fault, disturbed and "disturbed"}

    return case.finds(BATCH_FAULTS, find)


def minibatches_cases(draw):
    pixels = 50 * np.arange(8)[:, None] + draw.integers(50, size=(8, 3)), draw.normal(size=8).astype(np.float32)
    return [
        epoch_case(draw, "10 rows in batches of 4", 4, *data(draw, 10)),
        epoch_case(draw, "12 rows in batches of 4", 4, *data(draw, 12)),
        epoch_case(draw, "10 rows of y with 2 columns, in batches of 3", 3, *data(draw, 10, targets=2)),
        epoch_case(draw, "7 rows of X and y with 1 column each, in batches of 3", 3, *data(draw, 7, 1, targets=1)),
        epoch_case(draw, "8 rows of whole numbers in X, y of float32, in batches of 3", 3, *pixels),
        epoch_case(draw, "6 rows in a batch of 6", 6, *data(draw, 6)),
        epoch_case(draw, "5 rows, and a batch_size of 8", 8, *data(draw, 5)),
        epoch_case(draw, "5 rows in batches of 1", 1, *data(draw, 5)),
        epoch_case(draw, "a single row", 2, *data(draw, 1)),
        order_case(draw),
    ]


# --- Momentum ---------------------------------------------------------------------------------------------------------
def momentum_case(draw, about, shapes, turns, momentum=None, same_arrays=False):
    """Steps by turns, each of a rule on parameters. A parameter that went wrong is told of at its first wrong step.

    From the second step on some gradients are 0, as those of a dead unit are, and in the third all of the last.
    With `same_arrays` the caller puts new numbers into the gradient arrays of the first step, as many networks do.
    """
    case, latest = Case(about), {}
    for name in dict(turns).values():
        case.bind(name, [draw.normal(size=shape) for shape in shapes])
    for rule in dict(turns):
        case.make(rule, float(draw.uniform(0.05, 0.3)), float(draw.uniform(0.4, 0.8)) if momentum is None else momentum)
    for step, (rule, name) in enumerate(turns, start=1):
        gradients, given = [draw.normal(size=shape) for shape in shapes], "G1" if same_arrays else f"G{step}"
        for g in gradients:
            g.flat[: step > 1] = 0
        gradients[-1] *= step != 3
        case.bind(f"G{step}", gradients).library("nothing", "props.fill", given, f"G{step}")
        case.library("parameters", "builtins.list", name).call("nothing", rule, "step", "parameters", given)
        labels = [f"Parameter {place} after step {step}" for place in range(1, len(shapes) + 1)]
        case.publish_parts(f"The parameters after step {step}", name, *labels)
        case.follows |= zip(labels, latest.get(name, ()))
        changed = "step has changed the gradients that it was given"
        case.publish(f"The gradients after step {step}", given, changed, tolerance=0.0)
        latest[name] = labels
    return case


def momentum_cases(draw):
    one, other, third = ("one", "P"), ("other", "Q"), ("third", "P")
    return [
        momentum_case(draw, "one parameter, one step", [(4,)], [one]),
        momentum_case(draw, "three parameters, four steps", [(3, 4), (4,), (4, 2)], [one] * 4),
        momentum_case(draw, "two parameters of the same shape", [(3, 3), (3, 3)], [one] * 3),
        momentum_case(draw, "momentum 0", [(2, 3), (3,)], [one] * 2, momentum=0.0),
        momentum_case(draw, "the same gradient arrays, with new numbers in each step", [(2, 5), (5,)], [one] * 3, same_arrays=True),
        momentum_case(draw, "two Momentum objects by turns", [(4, 3), (3,)], [one, other] * 2),
        momentum_case(draw, "a new Momentum object on the same parameters", [(2, 2), (6,)], [one, one, third, third]),
    ]  # fmt: skip


class Rule(InParts):
    """Momentum in parts."""

    def __init__(self, learning_rate, momentum):
        self.eta, self.mu, self.steps, self.velocities = learning_rate, momentum, 0, {}

    def step(self, parameters, gradients):
        self.steps += 1
        for position, (theta, g) in enumerate(zip(parameters, gradients, strict=True)):
            key = self.key(position, theta, g)
            old = self.velocities.get(key, self.first(theta, g))
            self.velocities[key] = v = self.velocity(old, g)
            theta += self.change(v, old, g)


Momentum = Rule.but(
    key=lambda self, place, theta, g: place,
    first=lambda self, theta, g: np.zeros_like(theta),
    velocity=lambda self, v, g: self.mu * v - self.eta * g,
    change=lambda self, v, old, g: v,
)
but, RULE = Momentum.but, "v ← momentum·v − learning_rate·g"


def sharing(**parts):
    """The objects share one dictionary of velocities, as long as no new one is made."""
    kept = {}

    def begin(self, learning_rate, momentum):
        Rule.__init__(self, learning_rate, momentum)
        kept.clear()
        self.velocities = kept

    return but(__init__=begin, **parts)


MOMENTUM_MISTAKES = (
    Mistake("restarts", "The velocity starts from zero again in every step: keep it in self, so that the next call finds it.", but(velocity=lambda self, v, g: -self.eta * g)),
    Mistake("by-gradient-array", "The velocity starts from zero again with every new gradient array: it belongs to the parameter, so look it up by position in the list.",
            but(key=lambda self, place, theta, g: id(g))),
    Mistake("one-velocity", "All parameters share one velocity: keep one for each, in the shape of the parameter.", but(key=lambda self, place, theta, g: "one")),
    Mistake("by-shape", "Parameters of the same shape share a velocity: keep one for each position in the list.", but(key=lambda self, place, theta, g: theta.shape)),
    Mistake("objects-share", "Two Momentum objects share their velocities: keep them in self, made in __init__, not in the class, a global name or a default argument.",
            sharing(), sharing(key=lambda self, place, theta, g: id(theta))),
    Mistake("running-mean", f"The velocity is a running mean, with 1 − momentum before the gradient: here {RULE}.",
            but(velocity=lambda self, v, g: self.mu * v - (1 - self.mu) * self.eta * g)),
    Mistake("corrected-mean", f"The velocity is a running mean that is corrected for its start, as in Adam: here {RULE}.",
            but(velocity=lambda self, v, g: self.mu * v - (1 - self.mu) * self.eta * g,
                change=lambda self, v, old, g: v / (1 - self.mu**self.steps))),
    Mistake("writes-into-gradients", "step changes the gradients it is given: it must leave them as they are.",
            but(step=lambda self, P, G: (Rule.step(self, P, G), [np.multiply(g, self.eta, out=g) for g in G])),
            but(step=lambda self, P, G: (Rule.step(self, P, G), [g.fill(0) for g in G])),
            but(step=lambda self, P, G: (Rule.step(self, P, G), G.__setitem__(slice(None), [self.eta * g for g in G])))),
    Mistake("sums-in-gradients", "step changes the gradients it is given: the velocity must be an array of its own, so copy the first gradient.",
            but(velocity=lambda self, v, g: g if self.steps == 1 else np.add(np.multiply(v, self.mu, out=v), g, out=v), change=lambda self, v, old, g: -self.eta * v)),
    Mistake("keeps-gradient-arrays", "step keeps the gradient arrays themselves, whose numbers the caller may change: keep copies, or the velocity alone.",
            but(first=lambda self, theta, g: [], velocity=lambda self, past, g: [*past, g],
                change=lambda self, past, old, g: reduce(lambda v, kept: self.mu * v - self.eta * kept, past, 0))),
    Mistake("nothing-moves", "step leaves the parameters as they were: write parameter += v, which works in place, not parameter = parameter + v.",
            but(change=lambda self, v, old, g: 0)),
    Mistake("climbs", f"step climbs: the gradient is subtracted, {RULE}.", but(velocity=lambda self, v, g: self.mu * v + self.eta * g)),
    Mistake("momentum-negative", f"The sign of momentum·v is wrong: {RULE}, then θ ← θ + v.", but(velocity=lambda self, v, g: -self.mu * v - self.eta * g)),
    Mistake("old-velocity", "The parameters move by the old velocity: bring v up to date first, then add it.", but(change=lambda self, v, old, g: old)),
    Mistake("nesterov", "This is Nesterov's rule: here the parameter moves by v itself.", but(change=lambda self, v, old, g: self.mu * v - self.eta * g)),
    Mistake("rate-twice", "The learning rate is applied twice: it is inside v already, so θ ← θ + v.", but(change=lambda self, v, old, g: self.eta * v)),
    Mistake("no-rate", f"The learning rate is missing: {RULE}.", but(velocity=lambda self, v, g: self.mu * v - g)),
    Mistake("momentum-fixed", "The momentum given is ignored: step always uses 0.9.", but(velocity=lambda self, v, g: 0.9 * v - self.eta * g)),
    Mistake("gradient-times-momentum", f"The gradient is multiplied by the momentum too: {RULE}, where momentum belongs to the old v alone.",
            but(velocity=lambda self, v, g: self.mu * (v - self.eta * g))),
    Mistake("no-decay", f"The velocity never decays: {RULE}.", but(velocity=lambda self, v, g: v - self.eta * g)),
    Mistake("settings-exchanged", "learning_rate and momentum are exchanged: learning_rate comes first.", but(velocity=lambda self, v, g: self.eta * v - self.mu * g)),
    Mistake("first-alone", "Only the first parameter moves: go through all of the list (does a return stand inside the loop?).",
            but(step=lambda self, P, G: Rule.step(self, P[:1], G[:1]))),
    Mistake("last-alone", "Only the last parameter moves: the step belongs inside the loop.", but(step=lambda self, P, G: Rule.step(self, P[-1:], G[-1:]))),
    Mistake("rests-at-0", f"Where the gradient is 0 nothing moves: {RULE}, and θ ← θ + v, hold there too.", *(
            but(velocity=lambda self, v, g, rests=rests: np.where(rests(g), v, self.mu * v - self.eta * g),
                change=lambda self, v, old, g, rests=rests: np.where(rests(g), 0, v)) for rests in (lambda g: not g.any(), lambda g: g == 0))),
    Mistake("float32", "The velocity is kept in float32, seven digits: keep NumPy's default, float64.",
            but(velocity=lambda self, v, g: (v.astype(np.float32) * self.mu - self.eta * g).astype(np.float32))),
    Mistake("rests-once", "The first call moves nothing: make the velocities, all zero, and take the step as well.",
            but(velocity=lambda self, v, g: (self.steps > 1) * (self.mu * v - self.eta * g))),
    Mistake("starts-moving", "The velocity does not start from zero: before the first step v = 0, so that the first step is −learning_rate·g.",
            but(first=lambda self, theta, g: -self.eta * g)),
)  # fmt: skip


# --- train ------------------------------------------------------------------------------------------------------------

CALLS = ["network.forward", "loss.forward", "loss.backward", "network.backward", "network.update"]


class Plan:
    """A call of train: its data, its settings, what network and loss answer from, and so what has to be passed on."""

    def __init__(self, draw, rows, size, epochs, targets=0, scale=1.0, width=4):
        (self.X, self.y), self.size, self.epochs = data(draw, rows, targets=targets), size, epochs
        self.rate, batches = float(draw.uniform(0.15, 0.45)), [len(batch) for batch in cut(range(rows), size)]
        self.sizes, spare = batches * epochs, 3 * epochs * len(batches)
        # Losses that rise from epoch to epoch: nobody who gives up when they do comes to the end.
        self.values = (scale * (np.arange(spare) // len(batches) + draw.uniform(0.2, 0.8, spare))).tolist()
        self.tables = draw.normal(size=(2, spare, rows, width))
        self.deals = [cut(draw.permutation(rows), size) for _ in range(2 * epochs + 2)]  # some call it to count as well
        self.predictions, self.upstream = ([rows[:n] for rows, n in zip(table, self.sizes)] for table in self.tables)
        self.rates = [self.rate] * len(self.sizes)
        losses, weights = np.reshape([self.values[: len(self.sizes)], self.sizes], (2, epochs, -1))
        self.over_rows, self.over_batches = np.average(losses, axis=1, weights=weights), losses.mean(axis=1)

    def call(self, case, generator, network="network", loss="loss"):
        """Call train. Network and loss keep a diary, and `minibatches` deals the batches out as planned."""
        case.bind("X", self.X).bind("y", self.y).library("stage", "props.Stage", self.values, *self.tables, self.deals)
        for name in ("network", "loss", "minibatches", "diary"):
            case.get(name, "stage", name)
        settings = {"epochs": self.epochs, "batch_size": self.size, "learning_rate": self.rate, "rng": generator}
        case.patch("target", minibatches="minibatches")
        return case.call("losses", "target", None, network, loss, "X", "y", **settings)


def read(plan, diary):
    """What a call of train did. It is complete with five calls for each batch, and batches of the right sizes."""
    at = SimpleNamespace(plan=plan, **diary)
    at.steady = at.calls == CALLS * (len(at.calls) // len(CALLS))
    at.sizes = [len(X) for X in at.inputs] if at.steady else plan.sizes
    at.skips = at.sizes != plan.sizes and at.sizes == [size for size in plan.sizes if size == plan.size]
    at.complete = at.steady and at.sizes == plan.sizes
    batches = [numbers(X, plan.X) for X in at.inputs] if at.complete else []
    at.orders = np.reshape(np.concatenate(batches), (plan.epochs, -1)).tolist() if at.complete else []
    wanted = [plan.y[batch] for batch in batches]  # where they come first, the arguments of the loss are exchanged
    at.mixed_up = not any(all(map(np.array_equal, given, wanted)) for given in (at.targets, at.predictions))
    at.long = [tuple(order) for order in at.orders if len(order) > 20]  # no two of these are alike by chance
    at.company = [tuple(map(frozenset, cut(order, plan.size))) for order in at.long]
    at.chance = at.drawn, at.orders
    return at


def facts(at, returned):
    """What is compared. Where nothing can be said of a thing because another before it is wrong, it counts as right."""
    row, whole, told_of = row_of(returned), [at.plan.epochs] * 2, vars(at if at.complete else at.plan)
    length = row if isinstance(row, str) else [len(row), int(np.isfinite(row).sum())]
    told = at.complete and length == whole and not matches(row, at.plan.over_batches)
    return {
        "calls": "five for each batch" if at.steady else at.calls,
        "sizes": at.plan.sizes if at.skips else at.sizes,
        **{name: np.hstack([*map(np.ravel, told_of[name])]) for name in ("predictions", "upstream", "rates")},
        "length": length if at.steady and not at.skips else whole,
        "list": row if told else at.plan.over_rows,
    }


def row_of(returned):
    """A list of numbers as an array; of anything else, what it is."""
    if is_number(returned):
        return "a number"
    listed = all(map(is_number, returned)) if isinstance(returned, list | tuple) else np.ndim(returned) == 1
    return np.asarray(returned, float) if listed else type(returned).__name__


RUN_RULES = (
    (("skipped", "The short last batch is skipped: its rows belong to the epoch too", lambda at: at.skips),),
    (("rows", "Not every row comes once an epoch: each epoch goes through all batches of minibatches, or through all rows in a shuffled order",
      lambda at: any(sorted(order) != [*range(len(at.plan.X))] for order in at.orders)),
     ("changed", "The loss is given targets that are not in y: pass y_batch on as it comes, in its shape and dtype",
      lambda at: at.mixed_up and any(np.shape(y)[1:] != at.plan.y.shape[1:] or -1 in numbers(y, at.plan.y) for y in at.targets)),
     ("targets", "The loss is given targets of other rows than went through the network: y_batch belongs to X_batch", lambda at: at.mixed_up),
     ("asked", "minibatches is called with another batch_size than train was given", lambda at: at.complete and any(size != at.plan.size for size in at.asked))),
    (("reshaped", "loss.forward must be given what network.forward returned, and network.backward what loss.backward returned, each in the shape that it has",
      lambda at: at.complete and [*map(np.shape, at.predictions + at.upstream)] != [*map(np.shape, at.plan.predictions + at.plan.upstream)]),),
    (("same-order", "The rows come in the same order in every epoch: call minibatches anew in each epoch, with the rng given, which must not be made or copied inside",
      lambda at: len({*at.long}) < len(at.long) or len({*at.drawn}) < len(at.drawn)),
     ("same-batches", "Epochs are not dealt out anew: the same rows share a batch, or are left for the last, in every epoch, or an epoch comes in the order of X; shuffle all rows at the beginning of each",
      lambda at: (*range(len(at.plan.X)),) in at.long or len({*map(frozenset, at.company)}) < len(at.company) or len({batches[-1] for batches in at.company}) == 1)),
    (("global", GLOBAL, lambda at: at.touched),
     ("irreproducible", "Two generators in the same state give different batches: all chance must come from the rng given",
      lambda at: at.comparable and at.chance != at.again.chance),
     ("same-other", "The rng given to train makes no difference: pass it on to minibatches, and make no generator yourself",
      lambda at: at.comparable and (at.drawn or at.long) and at.chance == at.other.chance)),
)  # fmt: skip
"""In groups: of each the first rule that is broken counts."""
RUN_FAULTS = {id: says for rules in RUN_RULES for id, says, _ in rules}
TRAINED = {
    "calls": "For each batch make these calls, once and in this order, and no others: " + ", ".join(CALLS),
    "sizes": "The batches that go through the network have the wrong sizes, or there are too few or too many of them: every epoch takes all batches as minibatches deals them out",
    "predictions": "loss.forward must be given what network.forward returned, and then y_batch",
    "upstream": "network.backward must be given exactly what loss.backward returned",
    "rates": "network.update must be given the learning rate, the same for every batch",
    "weights": "The network does not end with the weights that this training leads to",
}  # fmt: skip
RETURNED = {
    "length": "train must return a list with one number for each epoch",
    "list": "The list that train returns does not hold the mean, over rows or over batches, of the losses that loss.forward returned in each epoch",
}  # fmt: skip


def train_case(draw, about, **sizes):
    """Three calls of train: with one generator, with another, and with one in the state of the first."""
    plan, one, kept = Plan(draw, **sizes), seed(draw), ("X afterwards", "y afterwards")
    case = Case(about, hints=RUN_FAULTS | TRAINED | RETURNED, faults=frozenset(RUN_FAULTS)).watch_global_state("before")
    for run, generator in ("again", rng(one)), ("other", rng(one + 1)), ("run", rng(one)):
        plan.call(case, generator).publish(run, "diary")
    case.watch_global_state("after").publish("returned", "losses")
    for name, label in zip("Xy", kept, strict=True):
        case.publish(label, name, f"{name} has been changed: train must leave it as it is (rng.shuffle works in place)")

    def derive(found):
        at, at.again, at.other = (read(plan, found[run]) for run in ("run", "again", "other"))
        at.touched, at.comparable = touched(found), at.complete and at.again.complete and at.other.complete
        broken = {first(rules, at) for rules in RUN_RULES}
        faults = {fault: fault in broken for fault in RUN_FAULTS}
        return faults | facts(at, found["returned"]) | {label: found[label] for label in kept}

    return case.judged_by(derive)


def real_case(draw):
    """A real network on one batch of everything, where the order changes nothing but the rounding."""
    plan, case = Plan(draw, rows=9, size=9, epochs=5, targets=2), Case("a layer of mlpkit, 5 epochs of one batch")
    case.library("layer", "mlpkit.Linear", 3, 2, rng(seed(draw))).library("error", "mlpkit.MeanSquaredError")
    plan.call(case, rng(seed(draw)), "layer", "error").publish("list", "losses")
    case.publish_attributes("layer", "W", "b").only_if_right("list", "weights").hints |= TRAINED | RETURNED
    return case.judged_by(lambda found: {"weights": np.append(*map(found.get, "Wb")), "list": row_of(found["list"])})


def train_cases(draw):
    columns, small = "1 epoch of 5 rows of y with {}, in batches of 2", {"rows": 5, "size": 2, "epochs": 1}
    return [
        train_case(draw, "4 epochs of 24 rows in batches of 7", rows=24, size=7, epochs=4),
        train_case(draw, "2 epochs of 6 rows in batches of 3", rows=6, size=3, epochs=2),
        train_case(draw, columns.format("2 columns"), targets=2, **small),
        train_case(draw, columns.format("1 column") + ", and predictions of 1 column", targets=1, width=1, **small),
        train_case(draw, "3 epochs of 5 rows, a batch_size of 8, tiny losses", rows=5, size=8, epochs=3, scale=1e-12),
        real_case(draw),
    ]  # fmt: skip


class Training(InParts):
    """The training loop in parts. Of each epoch it has met losses and sizes, a number a batch."""

    def train(self, network, loss, X, y, *, epochs, batch_size, learning_rate, rng):
        self.network, self.loss, self.all = network, loss, (X, y)
        self.B, self.eta, self.met = batch_size, learning_rate, []
        for _ in self.rounds(epochs):
            losses, sizes = [], []
            for self.X, self.y in self.deal(X, y, batch_size, rng):
                for call in self.calls:
                    getattr(self, call)()
                losses.append(self.loss_met)
                sizes.append(len(self.X))
            self.met.append(self.finish(losses, sizes))
        return self.report(self.met)


Loop = Training.but(
    rounds=lambda self, epochs: range(epochs),
    deal=lambda self, *settings: minibatches(*settings),
    calls=("forward", "backward", "update"),
    forward=lambda self: setattr(self, "loss_met", self.measure(self.X, self.y)),
    measure=lambda self, X, y: self.loss.forward(self.network.forward(X), y),
    backward=lambda self: self.network.backward(self.slopes()),
    slopes=lambda self: self.loss.backward(),
    update=lambda self: self.network.update(self.rate()),
    rate=lambda self: self.eta,
    finish=lambda self, losses, sizes: (losses, sizes),
    mean=lambda self, losses, sizes: sum(losses) / len(losses),
    report=lambda self, met: [self.mean(losses, sizes) for losses, sizes in met],
)
ONCE = {"deal": lambda self, *settings: vars(self).setdefault("batches", minibatches(*settings))}
SO_FAR = {"finish": lambda self, v, n: (self.met[-1][0] + v, self.met[-1][1] + n) if self.met else (v, n)}


def loop(**parts):
    made = Loop.but(**parts)
    return lambda *given, **settings: made().train(*given, **settings)


TRAIN_MISTAKES = (
    Mistake("update-first", "update comes before the backward pass: it then uses the gradients of the batch before; backward first, then update.",
            loop(calls=("forward", "update", "backward"))),
    Mistake("no-update", "update is never called: without it the network stays as it was.", loop(calls=("forward", "backward"))),
    Mistake("update-once-an-epoch", "update is called once an epoch: it belongs inside the loop over the batches.",
            loop(calls=("forward", "backward"), finish=lambda self, *epoch: (epoch, self.update())[0])),
    Mistake("no-loss-backward", "loss.backward is never called: network.backward needs the gradient that it returns, not the value of the loss.",
            loop(slopes=lambda self: self.loss_met)),
    Mistake("no-backward", "network.backward is never called: without it update has no gradients.", loop(calls=("forward", "update"))),
    Mistake("measured-after", "network.forward and loss.forward are called again after the update: the loss to report is the one met before it.",
            loop(calls=("forward", "backward", "update", "forward"))),
    Mistake("measured-on-all-rows", "After each epoch all rows go through the network once more: the losses met while training are enough, report their mean.",
            loop(finish=lambda self, *epoch: ([self.measure(*self.all)], [1]))),
    Mistake("backward-twice", "network.backward is called twice for a batch: once is enough.", loop(calls=("forward", "backward", "backward", "update"))),
    Mistake("all-rows", "All rows go through the network for every batch. The batches that go through the network have the wrong sizes: use X_batch and y_batch.",
            loop(measure=lambda self, X, y: Loop.measure(self, *self.all))),
    Mistake("nothing-to-average", "In some epoch there is no loss to take the mean of: collect the loss of every batch, and call minibatches anew in each epoch, since a generator is used up after one epoch.",
            loop(**ONCE)),
    Mistake("used-up", "Only the first epoch has batches: a generator is used up after one epoch, so call minibatches anew in each.",
            loop(**ONCE, mean=lambda self, v, n: float(np.mean(v)) if v else np.nan), loop(**ONCE, mean=lambda self, v, n: sum(v) / max(1, len(v)))),
    Mistake("one-epoch", "Training ends after the first epoch: does a return stand inside the loop?", loop(rounds=lambda self, epochs: range(1))),
    Mistake("epoch-missing", "One epoch is missing: range(epochs) counts from 0 and gives as many turns as asked for.", loop(rounds=lambda self, epochs: range(epochs - 1))),
    Mistake("epoch-too-many", "There is one epoch too many: range(epochs) gives as many turns as asked for.", loop(rounds=lambda self, epochs: range(epochs + 1))),
    Mistake("stops-early", "Training stops early when the loss rises: go on for all the epochs asked for.",
            loop(rounds=lambda self, epochs: (n for n in range(epochs) if n < 2 or Loop.mean(self, *self.met[-1]) <= Loop.mean(self, *self.met[-2])))),
    Mistake("loss-exchanged", "loss.forward takes the prediction first, then the target.", loop(measure=lambda self, X, y: self.loss.forward(y, self.network.forward(X)))),
    Mistake("gradient-divided", "The gradient is divided by the size of the batch: the loss has taken the mean already, so pass it on as it is.",
            loop(slopes=lambda self: self.loss.backward() / len(self.X))),
    Mistake("gradient-multiplied", "The gradient is multiplied by the size of the batch: the loss has taken the mean, pass on its gradient as it is.",
            loop(slopes=lambda self: self.loss.backward() * len(self.X))),
    Mistake("rate-by-batch-size", "The learning rate is divided by the batch size: pass it on as it is.", loop(rate=lambda self: self.eta / self.B)),
    Mistake("rate-by-rows", "The learning rate is divided by the size of each batch: pass it on as it is.", loop(rate=lambda self: self.eta / len(self.X))),
    *(Mistake(f"rate-fixed-{name}", f"The learning rate given is ignored: network.update is always called with {fixed}.", loop(rate=lambda self, fixed=fixed: fixed))
      for name, fixed in (("thousandth", 0.001), ("hundredth", 0.01), ("tenth", 0.1))),
    Mistake("last-loss", "The loss of the last batch is reported: take the mean over all batches of the epoch.", loop(mean=lambda self, v, n: v[-1])),
    Mistake("first-loss", "The loss of the first batch is reported: take the mean over all batches of the epoch.", loop(mean=lambda self, v, n: v[0])),
    Mistake("added-up", "The losses of the batches are added up: divide by their number.", loop(mean=lambda self, v, n: sum(v))),
    Mistake("divided-by-rows", "The losses of the batches are added up and divided by the number of rows: each is a mean already, so weigh it with its rows or divide by the number of batches.",
            loop(mean=lambda self, v, n: sum(v) / sum(n))),
    Mistake("divided-by-batch-size", "The losses are added up and divided by batch_size: divide by the number of batches.", loop(mean=lambda self, v, n: sum(v) / self.B)),
    Mistake("divided-by-whole-batches", "The losses are divided by N // batch_size, which leaves out the short last batch: divide by the number of batches.",
            loop(mean=lambda self, v, n: sum(v) / max(1, sum(n) // self.B))),
    Mistake("last-as-full", "The short last batch counts as a full one: weigh its loss with the rows that it has.", loop(mean=lambda self, v, n: sum(v) * self.B / sum(n))),
    Mistake("running", "The mean of an epoch takes in the epochs before: begin each with an empty list, or a total of 0.",
            loop(**SO_FAR), loop(**SO_FAR, mean=lambda self, v, n: np.dot(v, n) / sum(n))),
    Mistake("every-batch", "The list has the loss of every batch: return one mean for each epoch.", loop(report=lambda self, met: [v for losses, _ in met for v in losses])),
    Mistake("single-number", "A single number comes back: return the list of the means of all epochs.", loop(report=lambda self, met: Loop.report(self, met)[-1])),
    Mistake("yields", "train contains yield, so that calling it runs nothing yet: put the means into a list, and return it at the end.", lambda *_, **__: (0.0 for _ in ())),
    Mistake("nothing", "train returns None: return the list of the means.", loop(report=lambda self, met: None)),
)  # fmt: skip

TRAIN_PARTS = (
    Part("the training", 4, *RUN_FAULTS, *TRAINED),
    Part("the list of its losses", 2, *RUN_FAULTS, *TRAINED, *RETURNED),
)
"""A list is worth something only where it comes from the training that was asked for."""

NO_BATCHES = Mistake("nothing", "minibatches returns None: write yield X_batch, y_batch for every batch, or return a list of these pairs.",
                     lambda X, y, batch_size, rng: None)  # fmt: skip
SECTION, ON_MOMENTUM = (f"Gradient descent, section “{name}”" for name in ("Minibatches", "Momentum"))

TASKS = (
    Task("minibatches", SECTION, minibatches_cases, minibatches, (NO_BATCHES,), faults=BATCH_FAULTS),
    Task("momentum", ON_MOMENTUM, momentum_cases, Momentum, MOMENTUM_MISTAKES),
    Task("train", SECTION, train_cases, loop(), TRAIN_MISTAKES, TRAIN_PARTS, faults=RUN_FAULTS),
)
