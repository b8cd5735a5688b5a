"""09_digits: `build_network` and `train_digits`.

Any network of the student's own layers is right, so networks are judged by what must hold of them. Each such property is
a label that should be False; its hint says what is wrong when it is True. That what came back is a network at all, and no
search among the training images, follows from a trace: layers with W are affine, the others act on each number alone.
"""

from functools import cache
from itertools import pairwise

import numpy as np

import mlpkit
from mlpgrade.judging.declare import Case, Mistake, Task, rng, touched
from mlpkit.data import digits, split
from props import mix

HIDDEN = (
    *(f"mlpkit.layers.{name}" for name in ("Linear", "Sequential")),
    "mlpkit.losses.SoftmaxCrossEntropy",
    *(f"mlpkit.activations.{name}" for name in ("Sigmoid", "Logistic", "Tanh", "ReLU", "LeakyReLU", "Softplus", "Softmax")),
    *(f"mlpkit.training.{name}" for name in ("minibatches", "train", "step")),
    *(f"mlpkit.optimisers.{name}" for name in ("SGD", "Momentum", "Adam")),
)  # fmt: skip
"""What is taken out of mlpkit while this assignment is graded: a network is made of the student's own layers."""

LIMITS = {"cell": 75.0, "wall": 200.0, "cpu": 150, "seeds": {"train-digits": 1}}
"""Seconds; students are promised 60 of CPU time. An author's check trains once for an answer."""

LAYERS = "Sending rows through the layers of the network"
ROWS = 20
"""How many unseen images are followed through the layers."""

CLOSE = 1e-6
"""Relative. Wide enough for float32, in which a network of this size is a fine answer when only its logits count."""

MOST_UNITS = 500

NETWORK_FAULTS = {
    "logits": "forward must return an array of shape (N, 10), one logit for each digit, also for N = 1",
    "finite": "The logits are not finite: there is nan or inf among them",
    "mlpkit": "The network uses mlpkit's classes: it must be made of your own, written out in the notebook",
    "other": "forward does not return what the layers make of the rows one after the other: Sequential.forward must pass each layer's output on to the next, and do nothing else",
    "softmax": "The network ends in a softmax: SoftmaxCrossEntropy contains it already, so end with a linear layer, which gives logits",
    "end": "The last layer is no linear layer: logits have any sign and size, so leave out what comes after the last Linear",
    "first": "The first linear layer does not take 64 numbers: W has the shape (64, M)",
    "affine": "A layer that has W and b does not return X W + b",
    "wide": f"A layer has more than {MOST_UNITS} units, which is the most that is allowed",
    "alone": "A layer without W does more than apply one function to each number on its own, which is what an activation does",
    "changing": "The same rows give other logits when forward is called again: once built, a network leaves nothing to chance",
}  # fmt: skip

SHAPE_FAULTS = NETWORK_FAULTS | {
    "shallow": "There is no hidden layer: put a linear layer and an activation before the last linear layer",
    "linear": "No activation stands between the linear layers: without one, two linear layers are no more than one",
    "straight": "The activation between the linear layers bends nothing: on pixels from 0 to 1 it is a straight line, so the whole network is affine",
    "zero": "The weights of a hidden layer start at 0: its units are all alike and stay alike, so draw them from rng",
    "alike": "The units of a hidden layer start all alike, and so they may stay: draw each weight from rng on its own",
    "twins": "Some units of a hidden layer start equal to others, and so they may stay: draw each weight from rng on its own",
}  # fmt: skip

GLOBAL = "NumPy's global random state was used (np.random.randn, np.random.seed, …): draw from rng alone"

CHANCE_FAULTS = {
    "fixed": "Whatever rng is, the weights are the same: draw them from the rng that is passed in",
    "fixed-layer": "Whatever rng is, the weights of one layer are the same: draw those of all layers from the rng that is passed in",
    "irreproducible": "The same seed gives different weights: draw them from the rng that is passed in and from nowhere else",
    "global": GLOBAL,
    "shared": "Two networks share their layers: make new ones in every call of build_network",
}

STEP_FAULTS = {
    "float32": "The numbers are not float64: keep NumPy's default in W, in b and in forward",
    "still": "update leaves the last layer's W as it was: Sequential.update must update every layer, and Linear.update must change W in place",
    "bias": "update moves W and leaves b as it was: b −= learning_rate · db",
    "uphill": "update climbs: it subtracts the gradient, W −= learning_rate · dW",
    "last": "update does not move the last layer by −learning_rate times its gradient, dW = Xᵀ U and db = the sum of U over the rows; there is no 1/N in it, the loss has that",
    "hidden-still": "update leaves a hidden layer's W as it was: Sequential must go through all layers, in backward and in update",
    "gradient": "The last layer moves as it should, a layer before it does not: check the activation's backward, and U Wᵀ, which Linear.backward returns",
    "second": "The first step is right and the second is not: backward must set dW and db anew (=, not +=), and update subtracts learning_rate · dW and nothing that it remembers, without momentum or decay",
    "dx": "Every layer moves as it should, but backward(upstream) does not return dL/dX, of shape (N, 64)",
}  # fmt: skip

TRAIN_FAULTS = {
    "touched": "train_digits has changed X or y: they must stay as they are, so copy before you shuffle or scale",
    "unused": "rng is never used: draw the weights and the order of the rows from the rng that is passed in",
    "global": GLOBAL,
    "diverged": "The trained network returns nan or inf: the steps are too large or lead uphill, or an exponential overflows in the softmax",
} | NETWORK_FAULTS | {
    "elsewhere": "The network reads digits, yet not by the labels it was given: train on the X and y that are passed in, not on mlpkit.data.digits",
    "constant": "The network gives one and the same answer for every image: are the hidden weights drawn at random, and is the learning rate small enough?",
    "guessing": "The network is no better than guessing, on the images it was trained on too: does every step subtract the gradient, do X and y stay in step when shuffled, is the trained network the one returned?",
}  # fmt: skip

NOTHINGS = (None, (), [])
"""What has no layers: nothing, or more than the network."""

NO_LAYERS = "What {} returns has no layers: return the network (is a return missing, or does more come back than the network?), and let Sequential keep its layers in self.layers."


# What must hold of any network


def close(given, expected, tolerance = CLOSE):
    given = np.asarray(given)
    return given.shape == expected.shape and bool(
        np.linalg.norm(given - expected) <= tolerance * (np.linalg.norm(expected) + 1e-300)
    )


def is_affine(layer):
    return layer["W"] is not None


def network_fault(trace, X, logits, again):
    """Return the first rule of NETWORK_FAULTS that a network breaks. `X` are the rows that were traced."""
    layers = trace["layers"]
    if not isinstance(logits, np.ndarray) or logits.shape != (len(X), 10):
        return "softmax" if normalised(layers[-1]["output"]) else "logits"
    if not np.isfinite(logits).all():
        return "finite"
    if any(part["home"].startswith("mlpkit.") for part in (trace, *layers)):
        return "mlpkit"
    if not close(again, logits):
        return "changing"
    if normalised(logits):
        return "softmax"
    if not close(layers[-1]["output"], logits):
        return "other"
    if not is_affine(layers[-1]):
        return "end"
    return fault_in_layers(layers, X)


def fault_in_layers(layers, X):
    if (first := next(filter(is_affine, layers))["W"]).ndim != 2 or len(first) != 64:
        return "first"
    given = X
    for layer in layers:
        output = layer["output"]
        if is_affine(layer):
            b = 0 if layer["b"] is None else layer["b"]
            if not close(output, given @ layer["W"] + b):
                return "affine"
            if layer["W"].shape[1] > MOST_UNITS:
                return "wide"
        elif output.shape != given.shape or not close(layer["mixed"], mix(output)):
            return "alone"
        given = output
    return None


def normalised(logits):
    """Tell whether rows are probabilities, or their logarithms."""
    if not isinstance(logits, np.ndarray) or logits.ndim != 2 or logits.shape[1] != 10:
        return False
    with np.errstate(all="ignore"):
        shares = logits if (logits >= 0).all() else np.exp(logits)
    return bool(np.allclose(shares.sum(axis=1), 1, atol=1e-6))


# build_network


def pixels(draw, rows):
    """Return rows of which about half the numbers are 0, as in the images, and none is all 0."""
    X = draw.uniform(0.05, 1, (rows, 64))
    return X * (draw.uniform(size=X.shape) < 0.5)


def seeds(draw, count):
    return [int(seed) for seed in draw.choice(2**31, count, replace=False)]


def fault_of_hidden_layers(layers, X):
    """Return what the hidden layers lack: an activation between two linear layers that bends, units that differ."""
    affine = [position for position, layer in enumerate(layers) if is_affine(layer)]
    if len(affine) < 2:
        return "shallow"
    between = range(affine[0] + 1, affine[-1])
    activations = [position for position in between if not is_affine(layers[position])]
    if not activations:
        return "linear"
    for position in affine[:-1]:
        W = layers[position]["W"]
        if not W.any():
            return "zero"
        if W.shape[1] > 1 and np.ptp(W, axis=1).max() == 0:
            return "alike"
        if len(np.unique(W, axis=1).T) < W.shape[1]:
            return "twins"
    bent = [bends(layers[position - 1]["output"], layers[position]["output"]) for position in activations]
    return None if any(bent) else "straight"


def bends(z, output):
    """Tell whether no straight line, the same for all numbers, leads from the inputs to the outputs of an activation."""
    line = np.column_stack([z.ravel(), np.ones(z.size)])
    rest = output.ravel() - line @ np.linalg.lstsq(line, output.ravel(), rcond=None)[0]
    return bool(np.abs(rest).max() > CLOSE * np.abs(output).max())


def shape_case(draw, rows):
    X = pixels(draw, rows)
    case = Case("a single row" if rows == 1 else f"{rows} rows")
    case.make("network", rng(*seeds(draw, 1))).get("layers", "network", "layers")
    for name in ("first", "second"):
        case.bind("X", X).call(name, "network", "forward", "X").publish(name, name)
    case.bind("X", X).library("trace", "props.trace", "network", "X", says=LAYERS).publish("trace", "trace")

    def find(found):
        trace = found["trace"]
        fault = network_fault(trace, X, found["first"], found["second"])
        if not fault and rows > 1:  # one row may happen to stay on one side of every bend
            fault = fault_of_hidden_layers(trace["layers"], X)
        return fault

    return case.finds(SHAPE_FAULTS, find)


def chance_case(draw):
    """Networks from generators in the same state and in different ones. What the other case finds wrong is left to it."""
    X, (seed, other) = pixels(draw, 3), seeds(draw, 2)
    case = Case("three networks")
    case.watch_global_state("before")
    for name, its_seed in (("one", seed), ("other", other), ("again", seed)):
        case.make(name, rng(its_seed)).bind("X", X).library(f"trace {name}", "props.trace", name, "X", says=LAYERS)
        case.publish(name, f"trace {name}")
        case.bind("ones", np.ones((3, 10))).attempt(name, "forward", "X").attempt(name, "backward", "ones")
        case.attempt(name, "update", 0.1)
    case.watch_global_state("after")

    def find(found):
        one, other, again = ([layer["W"] for layer in found[name]["layers"]] for name in ("one", "other", "again"))
        weights, drawn = ([W for W in Ws if W is not None] for Ws in (one, other))
        plain = not weights or any(len(np.unique(W)) == 1 for W in weights[:-1])
        fault = None
        if touched(found):
            fault = "global"
        elif plain:
            fault = None  # all weights alike: the other case says so
        elif same(one, other):
            fault = "fixed"
        elif any(np.array_equal(W, V) and len(np.unique(W)) > 1 for W, V in zip(weights, drawn, strict=False)):
            fault = "fixed-layer"
        elif not same(one, again):
            fault = "shared" if built_once(found) else "irreproducible"
        return fault

    return case.finds(CHANCE_FAULTS, find)


def same(some, others):
    return len(some) == len(others) and all(map(np.array_equal, some, others))


def built_once(found):
    """Tell whether three networks are one that took two steps, which with an upstream of ones move all columns of W alike."""
    last = [found[name]["layers"][-1]["W"] for name in ("one", "other", "again")]
    return len({W.shape for W in last}) == 1 and all(
        np.ptp(after - before, axis=1).max() < 1e-9 for before, after in pairwise(last)
    )


RATE, STEP = 1e-8, 1e-8
"""So small that hardly ever a pre-activation crosses the kink of a ReLU on the way; rounding is then about 1e-6."""


def step_case(draw):
    """One step downhill on L = Σ upstream ⊙ forward(X), small enough for L to fall by the rate times Σ gradient²."""
    rows = 7
    X, upstream, direction = pixels(draw, rows), draw.normal(size=(rows, 10)), draw.normal(size=(rows, 64))
    case = Case(f"one step on {rows} rows").make("network", rng(*seeds(draw, 1)))
    case.bind("X", X).library("before", "props.trace", "network", "X", says=LAYERS).publish("before", "before")
    for name, rows_there in (("above", X + STEP * direction), ("below", X - STEP * direction), ("here", X)):
        case.bind("X", rows_there).call(name, "network", "forward", "X").publish(name, name)
    case.bind("upstream", upstream).call("dX", "network", "backward", "upstream").publish("dX", "dX")
    case.call("_", "network", "update", RATE)
    case.bind("X", X).call("afterwards", "network", "forward", "X").publish("afterwards", "afterwards")
    case.bind("X", X).library("after", "props.trace", "network", "X", says=LAYERS).publish("after", "after")
    again = draw.normal(size=(rows, 10))
    case.bind("X", X).call("_", "network", "forward", "X").bind("again", again)
    case.call("_", "network", "backward", "again").call("_", "network", "update", RATE)
    case.bind("X", X).library("later", "props.trace", "network", "X", says=LAYERS).publish("later", "later")

    def find(found):
        broken = network_fault(found["before"], X, found["here"], found["here"])
        fault = None if broken else fault_of_step(found, X, upstream, direction)
        if not broken and not fault and not steps_as_told(found["after"]["layers"], found["later"]["layers"], again):
            fault = "second"
        return fault

    return case.finds(STEP_FAULTS, find)


def steps_as_told(before, after, upstream):
    """Tell whether the last layer has moved by this step's gradient alone."""
    moved = (before[-1]["W"] - after[-1]["W"]) / RATE
    return close(moved, before[-2]["output"].T @ upstream, 1e-4) if len(before) > 1 else True


def fault_of_step(found, X, upstream, direction):
    pairs = zip(found["before"]["layers"], found["after"]["layers"], strict=True)
    moved = [
        {name: (np.asarray(a[name]) - b[name]) / RATE for name in ("W", "b") if a[name] is not None}
        for a, b in pairs
        if is_affine(a)
    ]
    last, hidden = moved[-1], moved[:-1]
    outputs = [X, *(layer["output"] for layer in found["before"]["layers"])]
    numbers = [found["here"], *(part[name] for part in found["before"]["layers"] for name in ("W", "b"))]
    if any(np.asarray(number).dtype != np.float64 for number in numbers if number is not None):
        return "float32"
    gradient = outputs[-2].T @ upstream
    fall = float(np.sum(upstream * (found["here"] - found["afterwards"]))) / RATE
    squares = float(sum(np.sum(step**2) for steps in moved for step in steps.values()))
    rise = float(np.sum(upstream * (found["above"] - found["below"]))) / (2 * STEP)
    if gradient.any() and not last["W"].any():
        return "still"
    if any("b" in steps and not steps["b"].any() and steps["W"].any() for steps in moved):
        return "bias"
    if close(last["W"], -gradient, 1e-4):
        return "uphill"
    if not close(last["W"], gradient, 1e-4) or ("b" in last and not close(last["b"].ravel(), upstream.sum(0), 1e-4)):
        return "last"
    if found["before"]["layers"][-1]["W"].any() and any(not steps["W"].any() for steps in hidden):
        return "hidden-still"
    if abs(fall - squares) > 1e-3 * squares:
        return "gradient"
    dX = found["dX"]
    right = isinstance(dX, np.ndarray) and dX.shape == X.shape
    scale = float(np.linalg.norm(dX * direction)) if right else 0.0
    return None if right and abs(float(np.sum(dX * direction)) - rise) <= 1e-3 * scale + 1e-5 else "dx"


def build_cases(draw):
    return [shape_case(draw, 12), shape_case(draw, 1), chance_case(draw), step_case(draw)]


# train_digits


def share(accuracy):
    """Return the share of the points for an accuracy on unseen images: none at 80 %, all at 95 %."""
    share = min(1.0, max(0.0, (accuracy - 0.80) / 0.15))
    advice = (
        "Full points need 95 %, and the share falls to nothing at 80 %. Train for more epochs, use more hidden units, and "
        "try learning rates on a part of X that you set aside."
    )
    return share, f"The network reads {accuracy:.1%} of the unseen images correctly. {advice}"


@cache
def all_images():
    return digits()


def train_case(draw):
    """A split drawn at random, and the ten labels dealt anew: weights learnt elsewhere, or from mlpkit's labels, are of no use."""
    X, digit = all_images()
    order = draw.permutation(10)
    dealt = np.empty(10, np.int64)
    dealt[order] = np.roll(order, 1)  # no digit keeps its own label
    X_train, y_train, X_test, y_test = split(X, dealt[digit], 0.7, draw)
    rows = np.sort(draw.choice(len(X_test), ROWS, replace=False))
    case = Case("a random 70 % of the images to train on")
    case.bind("X", X_train).bind("y", y_train).generator("rng", *seeds(draw, 1))
    for when in ("before", "after"):
        if when == "after":
            case.make("network", "X", "y", "rng").get("layers", "network", "layers")
        case.library(f"rng {when}", "tools.state", "rng").publish(f"rng {when}", f"rng {when}")
        case.watch_global_state(when)
    case.publish("X", "X").publish("y", "y")
    for name, images in (("seen", X_train), ("unseen", X_test), ("few", X_test[rows]), ("again", X_test[rows])):
        case.bind("images", images).call(name, "network", "forward", "images").publish(name, name)
    case.bind("images", X_test[rows]).library("trace", "props.trace", "network", "images", says=LAYERS).publish("trace", "trace")

    def find(found):
        unseen, fault = found["unseen"], None
        if not (np.array_equal(found["X"], X_train) and np.array_equal(found["y"], y_train)):
            fault = "touched"
        elif touched(found):
            fault = "global"
        elif found["rng before"] == found["rng after"]:
            fault = "unused"
        elif isinstance(unseen, np.ndarray) and not np.isfinite(unseen).all():
            fault = "diverged"
        fault = fault or network_fault(found["trace"], X_test[rows], found["few"], found["again"])
        if not fault and not (unseen.shape == (len(X_test), 10) and close(unseen[rows], found["few"])):
            fault = "other"
        right = 0.0
        if not fault:
            answers = unseen.argmax(axis=1)
            right = float(np.mean(answers == y_test))
            on_seen = float(np.mean(found["seen"].argmax(axis=1) == y_train))
            by_mlpkits_labels = float(np.mean(dealt[answers] == y_test))
            fault = fault_of_answers(answers, right, on_seen, by_mlpkits_labels)
        found["accuracy"] = right
        return fault

    return case.finds(TRAIN_FAULTS, find, "accuracy")


def fault_of_answers(answers, right, on_seen, by_mlpkits_labels):
    """Return why an accuracy that earns nothing is so low, if it can be told."""
    if right > 0.8:
        return None
    if by_mlpkits_labels > 0.8:
        return "elsewhere"
    if len(set(answers.tolist())) == 1:
        return "constant"
    return "guessing" if right < 0.3 and on_seen < 0.3 else None


# Right answers for the judge


class OwnLinear(mlpkit.Linear):
    """Counts as its own: `forward` is written here."""

    def forward(self, X):
        return super().forward(X)


class OwnReLU(mlpkit.ReLU):
    def forward(self, z):
        return super().forward(z)


class OwnSequential(mlpkit.Sequential):
    def forward(self, X):
        return super().forward(X)


def build(rng):
    return OwnSequential(OwnLinear(64, 32, rng), OwnReLU(), OwnLinear(32, 10, rng))


def nearest_mean(X, y, rng):
    """Any network will do here, since its accuracy is compared with nothing: see the chapter, “What simpler methods achieve”."""
    layer = OwnLinear(64, 10, rng)
    means = np.stack([X[y == c].mean(axis=0) for c in range(10)])
    layer.W[...], layer.b[...] = means.T, -0.5 * (means**2).sum(axis=1)
    return OwnSequential(layer)


def nothings(task, implementation):
    return (Mistake("no-layers", NO_LAYERS.format(task), *map(implementation, NOTHINGS)),)


TASKS = (
    Task("build-network", "Handwritten digits, section “The network”", build_cases, build,
         nothings("build_network", lambda nothing: lambda rng: nothing), faults=SHAPE_FAULTS | CHANCE_FAULTS | STEP_FAULTS),
    Task("train-digits", "Handwritten digits, section “The result”", lambda draw: [train_case(draw)], nearest_mean,
         nothings("train_digits", lambda nothing: lambda X, y, rng: rng.random() and nothing), faults=TRAIN_FAULTS,
         scored=("accuracy", share)),
)  # fmt: skip
