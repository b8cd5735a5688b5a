"""08_initialisation: three initialisers, two measurements of a network, and clipping by the global norm.

What an initialiser returns is random by right, so its properties are judged: shape, mean, scale, distribution,
independence, and where the randomness comes from. The fans are about 2800 and 3, both ways round, and 96 twice: there
every rival formula gives nearly the same as the right one or something far away, and nothing lies on the line between.
"""

import numpy as np
from numpy.linalg import norm

from mlpgrade.judging.declare import Case, Mistake, Part, Task, after, is_array, is_number, mistakes, rng, rounded, slips, touched
from mlpkit import Sequential
from mlpkit.initialisers import he_normal, xavier_normal, xavier_uniform
from mlpkit.scales import activation_scales, clip_gradients, gradient_norms
from props import arrays, weighted

HIDDEN = (
    *(f"mlpkit.initialisers.{name}" for name in ("xavier_normal", "xavier_uniform", "he_normal", "he_uniform")),
    *(f"mlpkit.scales.{name}" for name in ("activation_scales", "gradient_norms", "clip_gradients")),
)


# fmt: off
def fresh(draw): return rng(int(draw.integers(2**31)))
def many(value): return isinstance(value, list | tuple) or (is_array(value) and value.ndim > 0)
# fmt: on


def form(value):
    if not isinstance(value, np.ndarray):
        return f"of type {getattr(value, 'name', type(value).__name__)}"  # the name is that of what does not travel
    holes = value.dtype.kind == "f" and not np.isfinite(value).all()
    return f"a {value.dtype.name} array of shape {value.shape}" + (", not all of it finite" if holes else "")


# --- initialisers: what is measured -------------------------------------------------------------------------------------

FORM, MEAN, DEVIATION = "What comes back", "The mean, in standard deviations,", "The standard deviation"
KURTOSIS, LARGEST = "The kurtosis", "The largest weight, in size,"

OFF = {MEAN: 0.08, DEVIATION: 0.07, KURTOSIS: 0.13, LARGEST: 0.003}
"""How far off a measurement may be, at 8000 draws or more. Standard errors there: mean 0.011, deviation 0.8 % (two draws
differ by 1.1 %), kurtosis 0.055, so 1.8 % of 3. The largest of n uniform numbers misses the limit by 1 part in n."""

FOLLOWS = dict.fromkeys((MEAN, DEVIATION, KURTOSIS, "dependent"), "repeated")
FOLLOWS |= {"repeated": FORM, LARGEST: KURTOSIS, "no-tails": KURTOSIS}
NO_SUCH = "The weights are not {}ly distributed: their kurtosis, the mean of ((w − mean) / deviation)⁴, is far from {:g}"  # fmt: skip
WEIGHTS_SHOW = {
    "repeated": "Many weights are the same number, up to the sign: draw fan_in · fan_out numbers, one for each weight",
    "no-tails": "The weights never go beyond three standard deviations: a normal distribution has no limit, so cut nothing off",
    "dependent": "The weights depend on each other, as sorted or orthogonal ones do: draw each on its own",
}
SMALL_SHOWS = {"small-fans": "The standard deviation is right for large fans and wrong for fans of 1 and 2: half of their sum is 1.5, nothing is cut down to a whole number, nothing is added, and each weight is drawn on its own"}  # fmt: skip
CALLS_SHOW = {
    "own-generator": "Two generators of the same seed give different weights: draw from rng, not from a generator of your own",
    "fixed-seed": "Generators of different seeds give the same weights: draw from rng, not from a generator with a fixed seed",
    "generator-copied": "Two calls with one generator give the same weights, so layers of one shape would start equal: draw from rng itself, not from a copy",
    "array-reused": "A later call changes the weights that an earlier one returned: make a new array in every call",
    "global-generator": "NumPy's global generator is used or seeded (np.random.…): draw from rng alone",
}  # fmt: skip


def draws(draw, variance, uniform=False):
    """The cases of an initialiser; `variance` is a function of fan_in and fan_out."""
    wide, square = int(draw.integers(2780, 2881)), int(draw.integers(92, 101))
    fans = (wide, 3), (3, wide), (square, square), (1, 5), (5, 1), (1, 1)
    measured = [weights_case(draw, variance, *pair, uniform) for pair in fans]
    return [*measured, smallest_case(draw, variance), source_case(draw)]


def weights_case(draw, variance, fan_in, fan_out, uniform):
    """Thousands of weights are measured. Few, for fans of 1, show squeeze and divisions by fan − 1."""
    case = Case(f"fan_in = {fan_in}, fan_out = {fan_out}", hints=dict(WEIGHTS_SHOW), faults=frozenset(WEIGHTS_SHOW))
    case.make("W", fan_in, fan_out, fresh(draw)).publish("W", "W")
    sigma, (name, kurtosis) = np.sqrt(variance(fan_in, fan_out)), ("uniform", 1.8) if uniform else ("normal", 3.0)
    case.hint(KURTOSIS, NO_SUCH.format(name, kurtosis))
    case.tolerances, case.follows = OFF, FOLLOWS

    def settled(label, value, right):
        """The right value for a measurement within its error: a verdict shows the formula's number as expected."""
        near = abs(value - right) <= OFF[label] * max(abs(right), right == 0)
        return float(f"{right if near else value:.4g}")

    def measure(found):
        W, measured = found["W"], {FORM: form(found["W"])}
        if fan_in * fan_out < 1000 or not is_array(W) or W.size != fan_in * fan_out:
            return measured
        distinct = np.unique(np.abs(W)).size / W.size
        measured["repeated"] = distinct <= 0.98 if W.any() else "all zero"
        if distinct < 0.5:  # too few numbers to measure anything by
            return measured
        z = (W - W.mean()) / W.std()
        measured |= {MEAN: settled(MEAN, W.mean() / W.std(), 0.0), DEVIATION: settled(DEVIATION, W.std(), sigma)}
        measured[KURTOSIS] = settled(KURTOSIS, np.mean(z**4), kurtosis)
        if uniform:
            measured[LARGEST] = settled(LARGEST, np.abs(W).max(), np.sqrt(3) * sigma)
        else:  # of 8000 normal numbers none is beyond three standard deviations once in e^21
            measured["no-tails"] = bool(np.abs(z).max() <= 3)
        if fan_in == fan_out:
            measured["dependent"] = dependent(z.reshape(fan_in, fan_out))
        return measured

    return case.judged_by(measure)


def dependent(z):
    """For a square matrix of independent entries of variance 1, the inner products of different rows have a mean square
    of one a column; sorted, repeated or orthogonal ones do not. At 92 rows the standard error is 2 %."""
    off = ~np.eye(len(z), dtype=bool)
    return any(abs(np.mean((A @ A.T)[off] ** 2) / len(z) - 1) >= 0.25 for A in (z, z.T))


def smallest_case(draw, variance, times=1500):
    """Fans of 1 and 2, where half their sum is no whole number and a 1 too many counts for much.

    The deviation of so many draws may be a tenth off, which is eight standard errors.
    """
    case, sigma = Case(f"fan_in = 1, fan_out = 2, {times} times over", beside=True), np.sqrt(variance(1, 2))
    case.library("W", "props.repeat", "target", 1, 2, fresh(draw), times, says="Calling it many times")
    case.publish("W", "W")

    def find(found):
        W = found["W"]  # where the form is wrong, the other cases tell
        return "small-fans" if is_array(W) and W.size == 2 * times and abs(W.std() - sigma) > 0.1 * sigma else None

    return case.finds(SMALL_SHOWS, find)


def source_case(draw):
    """Where the randomness comes from, told from the results and from the state of NumPy's global generator."""
    seed, other = (int(seed) for seed in draw.integers(2**31, size=2))
    case = Case("several calls, with the same seed, another seed, and one generator twice")
    case.generator("rng", seed).library("nothing", "tools.stir").watch_global_state("before")
    for name, generator in (("first", "rng"), ("second", "rng"), ("same", rng(seed)), ("other", rng(other))):
        case.make(name, 5, 3, generator).publish(name, name)
    case.publish("first, later", "first").watch_global_state("after")
    case.only_if_right("own-generator", "global-generator").only_if_right("fixed-seed", "global-generator")
    case.only_if_right("generator-copied", "fixed-seed")

    def find(found):
        weights = [found[name] for name in ("first", "second", "same", "other", "first, later")]
        if not all(map(is_array, weights)):
            return []  # the form is wrong, which the other cases tell
        _, second, same, other, later = (np.array_equal(weights[0], W) for W in weights)
        shows = zip(CALLS_SHOW, (not same, other, second, not later, touched(found)), strict=True)
        return [fault for fault, shown in shows if shown]

    return case.finds(CALLS_SHOW, find)


# --- initialisers: mistakes ---------------------------------------------------------------------------------------------


# fmt: off
def of(numbers): return lambda square: lambda i, o, rng: np.sqrt(square(i, o)) * numbers(rng, (i, o))
"""Initialisers that multiply `numbers` by the root of a formula of the fans: of the variance, or of a limit's square."""
normal, uniform = of(lambda rng, shape: rng.standard_normal(shape)), of(lambda rng, shape: rng.uniform(-1, 1, shape))
from_0_to_1 = of(lambda rng, shape: rng.random(shape))
def xavier(i, o): return 2 / (i + o)
def he(i, o): return 2 / i
# fmt: on


def within_two(rng, shape):
    """Normal numbers, drawn anew where they are beyond two standard deviations."""
    drawn = rng.standard_normal(9 * np.prod(shape) + 20)
    return drawn[np.abs(drawn) <= 2][: np.prod(shape)].reshape(shape)


def initialiser_mistakes(right, variance):
    """Mistakes of any rule."""
    return (
        Mistake("shape-as-deviation", "The shape was taken for the standard deviation: it is the third argument, rng.normal(0, deviation, shape).",
                lambda i, o, rng: rng.normal(np.sqrt(variance(i, o)), (i, o))),
        *mistakes(after(right),
            ("shape-turned", "The shape is (fan_out, fan_in): here W is (D, M), so fan_in comes first.", np.transpose),
            ("single-number", "A single number comes back: pass the shape (fan_in, fan_out) as well.", lambda W: float(W[0, 0])),
            ("whole-numbers", "The weights are cut down to whole numbers.", lambda W: W.astype(int)),
            ("zeros", "All weights are zero: units that start equal stay equal.", np.zeros_like)),
        *slips(right.__name__, after(right), "float32", "list", "nothing", "squeezed", "flat"),
    )  # fmt: skip


def normal_mistakes(right, variance):
    """Mistakes of any normal rule: in the root, in the distribution, and scales that are always the same."""
    return (
        *initialiser_mistakes(right, variance),
        *mistakes(normal,
            ("no-root", "The variance is used as the standard deviation: rng.normal expects the standard deviation, the variance's root.", lambda i, o: variance(i, o) ** 2),
            ("root-of-2-alone", "The root covers the 2 alone: take the root of the whole variance.", lambda i, o: variance(i, o) ** 2 / 2),
            ("deviation-1", "The standard deviation is 1: the factor is missing, or it stands where rng.normal expects the mean.", lambda i, o: 1),
            ("deviation-0-01", "The standard deviation is always 0.01: it has to follow from the fans.", lambda i, o: 0.01**2),
            ("deviation-0-1", "The standard deviation is always 0.1: it has to follow from the fans.", lambda i, o: 0.1**2)),
        *mistakes(lambda numbers: of(numbers)(variance),
            ("truncated", "The normal distribution is cut off at two standard deviations, which makes the weights smaller: rng.normal alone is right.", within_two),
            ("truncated-and-corrected", "The normal distribution is cut off at two standard deviations: rng.normal alone is right.",
             lambda rng, shape: within_two(rng, shape) / 0.8796256610342398),  # the deviation of what is cut off
            ("clipped", "Weights beyond two standard deviations are moved to that bound: rng.normal alone is right.", lambda rng, shape: np.clip(rng.standard_normal(shape), -2, 2)),
            ("positive", "All weights are positive: their mean must be 0, so no absolute value.", lambda rng, shape: np.abs(rng.standard_normal(shape))),
            ("deviation-as-mean-too", "The standard deviation was given as the mean as well: the mean is 0.", lambda rng, shape: 1 + rng.standard_normal(shape))),
        Mistake("random-from-0-to-1", "rng.random() draws from 0 to 1, all positive and uniform: use rng.normal.", from_0_to_1(variance)),
        *mistakes(uniform,
            ("uniform", f"The weights are uniformly distributed: {right.__name__} draws from a normal distribution.", lambda i, o: 3 * variance(i, o)),
            ("uniform-on-deviation", "The weights are uniform on ± the standard deviation: rng.normal takes it as its second argument.", variance)),
    )  # fmt: skip


XAVIER_NORMAL_MISTAKES = (
    *mistakes(normal,
        ("he", "This is He's rule, 2 / fan_in: Xavier's variance is one over the mean of both fans.", he),
        ("two-over-fan-out", "The variance is 2 / fan_out: Xavier's is one over the mean of both fans.", lambda i, o: 2 / o),
        ("one-over-sum", "The variance is 1 / (fan_in + fan_out): the mean of two numbers is half of their sum.", lambda i, o: 1 / (i + o)),
        ("half-over-sum", "The variance is 1 / (2 (fan_in + fan_out)): the mean of two numbers is half of their sum.", lambda i, o: 0.5 / (i + o)),
        ("one-over-fan-in", "The variance is 1 / fan_in, which looks forward only: Xavier's is one over the mean of both fans.", lambda i, o: 1 / i),
        ("one-over-fan-out", "The variance is 1 / fan_out, which looks backward only: Xavier's is one over the mean of both fans.", lambda i, o: 1 / o),
        ("limit-as-deviation", "The limit of the uniform rule is used as a standard deviation: it is √3 times too large for that.", lambda i, o: 6 / (i + o)),
        ("root-of-sum-alone", "The root covers the sum of the fans alone: the 2 belongs under the root as well.", lambda i, o: 4 / (i + o)),
        ("upside-down", "The mean of the fans is turned upside down: the variance is one over it.", lambda i, o: (i + o) / 2),
        ("two-over-product", "The variance is 2 / (fan_in · fan_out): the fans are added, not multiplied.", lambda i, o: 2 / (i * o)),
        ("geometric-mean", "The fans' geometric mean is taken: the mean is half of their sum.", lambda i, o: (i * o) ** -0.5),
        *((f"{top}-over-{which}", f"The variance is {word} over the {which} fan: it is one over the mean of both.", lambda i, o, n=n, fan=fan: n / fan(i, o))
          for top, word, n in (("two", "2", 2), ("one", "one", 1)) for which, fan in (("smaller", min), ("larger", max)))),
    Mistake("he-uniform", "This is He's rule, with a uniform distribution.", uniform(lambda i, o: 6 / i)),
    *normal_mistakes(xavier_normal, xavier),
)  # fmt: skip

XAVIER_UNIFORM_MISTAKES = (
    *initialiser_mistakes(xavier_uniform, xavier),
    *mistakes(uniform,
        ("root-3-missing", "√3 is missing: the limit of a uniform distribution is √3 times its standard deviation.", xavier),
        ("no-root", "The root is missing: ℓ² = 3 · variance, so ℓ is the root of it.", lambda i, o: (6 / (i + o)) ** 2),
        ("variance-as-limit", "The variance is used as the limit: the limit is √(3 · variance).", lambda i, o: (2 / (i + o)) ** 2),
        ("3-for-root-3", "The limit is 3 standard deviations: it is √3 of them.", lambda i, o: 18 / (i + o)),
        ("root-of-6-alone", "The root covers the 6 alone: take the root of the whole fraction.", lambda i, o: 6 / (i + o) ** 2),
        ("root-of-sum-alone", "The root covers the sum of the fans alone: the 6 belongs under the root as well.", lambda i, o: 36 / (i + o)),
        ("three-over-sum", "The limit is √(3 / (fan_in + fan_out)): the mean of two numbers is half of their sum.", lambda i, o: 3 / (i + o)),
        ("twelve-over-sum", "The limit is √(12 / (fan_in + fan_out)), √2 times too large: the variance of numbers from [−ℓ, ℓ] is ℓ²/3.", lambda i, o: 12 / (i + o)),
        ("one-over-sum", "The limit is √(1 / (fan_in + fan_out)): the variance of numbers from [−ℓ, ℓ] is ℓ²/3, and the mean of two numbers half of their sum.", lambda i, o: 1 / (i + o)),
        ("he", "This is He's rule, with fan_in alone: Xavier's variance is one over the mean of both fans.", lambda i, o: 6 / i),
        ("fan-out-alone", "The limit comes from fan_out alone: Xavier's variance is one over the mean of both fans.", lambda i, o: 6 / o),
        ("three-over-fan-in", "The limit is √(3 / fan_in): Xavier's variance is one over the mean of both fans.", lambda i, o: 3 / i),
        ("one-over-fan-in", "The limit is 1 / √fan_in: Xavier's variance is one over the mean of both fans, and the limit is √3 standard deviations.", lambda i, o: 1 / i),
        ("he-deviation", "The limit is √(2 / fan_in), the deviation of He's rule: Xavier's variance is one over the mean of both fans.", he),
        ("product", "The limit is that for the product of the fans: the fans are added.", lambda i, o: 6 / (i * o)),
        ("half-width", "The whole interval is ℓ wide: from −ℓ to ℓ it is 2ℓ.", lambda i, o: 1.5 / (i + o)),
        ("limit-1", "The limit is 1: the factor is missing.", lambda i, o: 1)),
    *mistakes(from_0_to_1,
        ("one-sided", "The weights run from 0 to ℓ: they run from −ℓ to ℓ.", lambda i, o: 6 / (i + o)),
        ("random-from-0-to-1", "The weights are those of rng.random(), from 0 to 1: they run from −ℓ to ℓ.", lambda i, o: 1)),
    *mistakes(normal,
        ("normal", "The weights are normally distributed: xavier_uniform draws from a uniform distribution.", xavier),
        ("limit-as-deviation", "The weights are normally distributed, with the limit as their standard deviation: use rng.uniform(−ℓ, ℓ, shape).", lambda i, o: 6 / (i + o))),
)  # fmt: skip

HE_NORMAL_MISTAKES = (
    *mistakes(normal,
        ("two-over-fan-out", "The variance is 2 / fan_out: fan_in numbers flow into each unit, so it is 2 / fan_in.", lambda i, o: 2 / o),
        ("xavier", "This is Xavier's rule, 2 / (fan_in + fan_out): He's looks at fan_in alone.", xavier),
        ("bias-counted", "The variance is 2 / (fan_in + 1): the bias has no part in the fan-in.", lambda i, o: 2 / (i + 1)),
        ("three-over-fan-in", "The variance is 3 / fan_in: it is 2 / fan_in.", lambda i, o: 3 / i),
        ("one-over-fan-in", "The variance is 1 / fan_in: the ½ that ReLU takes away is not made up for.", lambda i, o: 1 / i),
        ("one-over-fan-out", "The variance is 1 / fan_out: it is 2 / fan_in.", lambda i, o: 1 / o),
        ("half-over-fan-in", "The variance is 1 / (2 fan_in): from ½ · fan_in · variance = 1 it is 2 / fan_in.", lambda i, o: 0.5 / i),
        ("limit-as-deviation", "The limit of a uniform rule is used as a standard deviation: it is √3 times too large for that.", lambda i, o: 6 / i),
        ("root-of-fan-in-alone", "The root covers fan_in alone: the 2 belongs under the root as well.", lambda i, o: 4 / i),
        ("upside-down", "The fraction is turned upside down: the variance is 2 / fan_in.", lambda i, o: i / 2),
        ("one-over-sum", "The variance is 1 / (fan_in + fan_out): it is 2 / fan_in.", lambda i, o: 1 / (i + o)),
        ("four-over-sum", "The variance is 4 / (fan_in + fan_out), Xavier's times 2: He's looks at fan_in alone.", lambda i, o: 4 / (i + o)),
        ("two-over-product", "The variance is 2 / (fan_in · fan_out): He's looks at fan_in alone.", lambda i, o: 2 / (i * o))),
    Mistake("xavier-uniform", "The weights are uniform on ±√(6 / (fan_in + fan_out)): that is Xavier's uniform rule.", uniform(lambda i, o: 6 / (i + o))),
    *normal_mistakes(he_normal, he),
)  # fmt: skip

# --- networks to measure, and the lists of what is measured ---------------------------------------------------------------

DEEP, SQUARE, SINGLE = [3, 5, "Tanh", 4, "ReLU", 2], [4, 4, "ReLU", 4, "Tanh", 4], [3, 4]
ACTIVATION_FIRST, NARROW = [3, "Tanh", 4, "Sigmoid", 3], [2, 3, "Tanh", 1]
"""Widths, from the input to the output, and the activations between."""

LIST_SHOWS = {"list-grows": "The list grows from call to call: begin a new one inside the function, not as a default argument or outside"}  # fmt: skip


def keeps_parameters(case, function):
    changed = f"{function} changes W or b: it leaves the parameters as they are"
    case.library("joined", "props.all_of", "network", ["W", "b"], says="Looking up W and b")
    return case.publish("W and b afterwards", "joined", changed)


def list_case(case, function, what, *given):
    """The function is called twice, so that a list that grows shows; the first one counts."""
    label, count, arrays = f"The list of {what}", f"The number of {what}", [name for name in given if name in "Xy"]
    case.make("list", *given).publish(label, "list").make("again", *given).publish("again", "again")
    for name in arrays:
        wrote = f"{function} writes into the array {name} that it was given"
        case.publish(f"{name} afterwards", name, wrote, tolerance=0.0)
    keeps_parameters(case, function).only_if_right(label, count).only_if_right(count, "list-grows")

    def find(found):
        values, again = found[label], found["again"]
        if not many(values):
            found[count] = f"unknown, since what came back is {form(values)}"
            return None
        found[count] = len(values)
        if all(map(is_number, values)):
            found[label] = np.array(values, dtype=float)  # of an array more can be said
        return "list-grows" if many(again) and len(again) > len(values) > 0 else None

    return case.finds(LIST_SHOWS, find, label, count, *(f"{kept} afterwards" for kept in (*arrays, "W and b")))


# --- activation_scales --------------------------------------------------------------------------------------------------


def scales_case(draw, about, layers, rows=5, size=1.0, before=()):
    case = Case(about, {"N": rows}).library("network", "props.network", layers, fresh(draw))
    case.bind("X", size * draw.normal(0.5, size=(rows, layers[0])))
    if before:
        case.library("first", "props.network", before, fresh(draw)).bind("its X", draw.normal(size=(6, before[0])))
        case.make("nothing", "first", "its X")
        for label in ("The list of scales", "The number of scales"):
            case.hint(label, f"{label} is wrong for a second network: does the function remember something of the first?")  # fmt: skip
    return list_case(case, "activation_scales", "scales", "network", "X")


def scales_cases(draw):
    return [scales_case(draw, *of) for of in (
        ("6 rows, widths 3, 5, 4, 2", DEEP, 6), ("all layers of the same width", SQUARE, 7), ("inputs in the thousands", DEEP, 6, 1000.0),
        ("a network that begins with an activation", ACTIVATION_FIRST), ("a single row", DEEP, 1), ("a single layer", SINGLE),
        ("a single row and a single unit at the end", NARROW, 1), ("a second network, measured after another one", SQUARE, 5, 1.0, DEEP),
    )]  # fmt: skip


def outputs(net, X, between=lambda A: A):
    """The layers' outputs; each goes into the next layer as `between` leaves it."""
    return [X := layer.forward(between(X) if number else X) for number, layer in enumerate(net.layers)]


SCALES_MISTAKES = (
    *mistakes(lambda measure: lambda net, X: [measure(A) for A in outputs(net, X)],
        ("variance", "These are the variances: the scale is the standard deviation, their root.", np.var),
        ("ddof-1", "The sum is divided by the number of elements less 1: divide by the number itself, ddof=0.", lambda A: np.std(A, ddof=1)),
        ("root-mean-square", "The mean is not subtracted: this is the root of the mean square, not the standard deviation.", lambda A: np.sqrt(np.mean(A**2))),
        ("columns-averaged", "The standard deviation is taken in each column and averaged: take it over all elements at once.", lambda A: np.std(A, axis=0).mean()),
        ("rows-averaged", "The standard deviation is taken in each row and averaged: take it over all elements at once.", lambda A: np.std(A, axis=1).mean()),
        ("each-unit", "There is a number for each unit: take the standard deviation over all elements, without axis=0.", lambda A: np.std(A, axis=0)),
        ("each-row", "There is a number for each row: take the standard deviation over all elements, without axis=1.", lambda A: np.std(A, axis=1)),
        ("mean-absolute", "These are mean absolute values: the scale is the standard deviation.", lambda A: np.abs(A).mean()),
        ("mean", "These are means: the scale is the standard deviation.", np.mean),
        ("mean-distance", "These are mean distances from the mean: the standard deviation squares them first.", lambda A: np.abs(A - A.mean()).mean()),
        ("norm", "These are norms, which grow with the number of elements: the scale is the standard deviation.", norm),
        ("largest", "These are the largest sizes: the scale is the standard deviation.", lambda A: np.abs(A).max()),
        ("float32", "The scales are measured in float32: keep NumPy's default, float64.", lambda A: np.std(A.astype(np.float32)))),
    *mistakes(lambda measured: lambda net, X: [np.std(A) for A in measured(net, X)],
        ("inputs", "These are the scales of what goes into each layer: measure what comes out.", lambda net, X: (X, *outputs(net, X)[:-1])),
        ("x-first", "The scale of X stands before the others: only outputs of layers count.", lambda net, X: (X, *outputs(net, X))),
        ("no-activations", "Only the layers with weights are measured: an activation is a layer as well.", lambda net, X: [outputs(net, X)[n] for n, layer in enumerate(net.layers) if hasattr(layer, "W")]),
        ("activations-only", "Only the activations are measured: a linear layer is a layer as well.", lambda net, X: [outputs(net, X)[n] for n, layer in enumerate(net.layers) if not hasattr(layer, "W")]),
        ("all-fed-x", "Every layer is fed with X: feed each with what the layer before it put out.", lambda net, X: [layer.forward(X) for layer in net.layers]),
        ("last-repeated", "Every number is that of the last output: measure after each layer, not after the whole network.", lambda net, X: [net.forward(X)] * len(net.layers)),
        ("last-only", "Only the last layer's output is measured: one number a layer is asked for.", lambda net, X: [net.forward(X)]),
        ("weights", "These are the deviations of the weights: the outputs are asked for.", lambda net, X: arrays(net, ["W"])),
        ("outputs-standardised", "The outputs are brought to scale 1 before the next layer gets them: pass them on as they are.", lambda net, X: outputs(net, X, lambda A: (A - A.mean()) / A.std())),
        ("outputs-centred", "The mean is subtracted from the output itself before the next layer gets it: pass the output on as it is.", lambda net, X: outputs(net, X, lambda A: A - A.mean())),
        ("x-standardised", "X is brought to mean 0 and scale 1 first: pass it on as it is.", lambda net, X: outputs(net, (X - X.mean()) / X.std())),
        ("x-centred-in-place", "The mean of X is subtracted from X itself: X is to stay as it is, and goes into the network as it is.", lambda net, X: outputs(net, np.subtract(X, X.mean(), out=X)))),
    *mistakes(after(activation_scales),
        ("first-only", "Only the first layer is measured: does the return stand inside the loop?", lambda scales: scales[:1]),
        ("last-missing", "The last layer is left out.", lambda scales: scales[:-1]),
        ("single-number", "A single number comes back: one a layer is asked for, in a list.", lambda scales: scales[-1]),
        ("reversed", "The list runs from the last layer to the first.", lambda scales: scales[::-1]),
        ("relative", "The scales come as multiples of the first one: return them as they are.", lambda scales: np.array(scales) / scales[0])),
    *slips("activation_scales", after(activation_scales), "nothing"), rounded("activation_scales", after(activation_scales), range(1, 7)),
)  # fmt: skip

# --- gradient_norms -----------------------------------------------------------------------------------------------------

TARGETS = {
    "MeanSquaredError": lambda draw, rows, width: draw.normal(size=(rows, width)),
    "SoftmaxCrossEntropy": lambda draw, rows, width: draw.integers(width, size=rows),
    "BinaryCrossEntropy": lambda draw, rows, width: draw.integers(2, size=(rows, width)),
}


def norms_case(draw, about, layers, rows=5, loss="MeanSquaredError", used=False):
    case = Case(about, {"N": rows}).library("network", "props.network", layers, fresh(draw))
    case.library("loss", f"mlpkit.{loss}")
    for X, y in (("X before", "y before"), ("X", "y")) if used else (("X", "y"),):
        case.bind(X, draw.normal(size=(rows, layers[0]))).bind(y, TARGETS[loss](draw, rows, layers[-1]))
    if used:
        case.call("P", "network", "forward", "X before").call("value", "loss", "forward", "P", "y before")
        case.call("upstream", "loss", "backward").call("dX", "network", "backward", "upstream")
    return list_case(case, "gradient_norms", "norms", "network", "loss", "X", "y")


def norms_cases(draw):
    return [norms_case(draw, *of) for of in (
        ("5 rows, widths 3, 5, 4, 2, cross-entropy", DEEP, 5, "SoftmaxCrossEntropy"), ("6 rows, widths 3, 5, 4, 2, mean squared error", DEEP, 6),
        ("one unit at the end, binary cross-entropy", NARROW, 7, "BinaryCrossEntropy"), ("all layers of the same width", SQUARE, 6),
        ("a network that begins with an activation", ACTIVATION_FIRST, 5, "SoftmaxCrossEntropy"), ("a single row", DEEP, 1), ("a single layer", SINGLE),
        ("a network and a loss that were used on other data before", DEEP, 5, "MeanSquaredError", True),
    )]  # fmt: skip


def both_passes(net, loss, X, y):
    """Each layer with the gradients of its output and of its input."""
    loss.forward(net.forward(X), y)
    upstream = loss.backward()
    return [(layer, upstream, upstream := layer.backward(upstream)) for layer in reversed(net.layers)][::-1]


# fmt: off
def of_layers(measure): return lambda *given: [measure(layer, *passed) for layer, *passed in both_passes(*given) if hasattr(layer, "W")]
def stored(net, *ignored): return [norm(layer.dW) for layer in net.layers if hasattr(layer, "dW")]
# fmt: on


NORMS_MISTAKES = (
    Mistake("no-backward", "No backward pass is run: the norms are those of gradients that were there before, or none. After loss.forward(network.forward(X), y) comes network.backward(loss.backward()).", stored),
    Mistake("old-gradients", "The gradients that are there already are used: run both passes anyway, they may belong to other data.", lambda net, *given: stored(net) or gradient_norms(net, *given)),
    Mistake("backward-first", "backward runs before forward: first loss.forward(network.forward(X), y), then network.backward(loss.backward()).",
            lambda net, loss, X, y: (net.backward(loss.backward()), gradient_norms(net, loss, X, y))[1]),
    Mistake("steps-first", "A step is taken before the norms are measured: measure the network as it is.", lambda net, *given: (gradient_norms(net, *given), net.update(0.1), gradient_norms(net, *given))[2]),
    *mistakes(lambda measure: lambda *given: [measure(layer) for layer, *_ in both_passes(*given)],
        ("asks-activations", "An activation has no dW: leave out the layers without it, which hasattr(layer, \"dW\") tells.", lambda layer: norm(layer.dW)),
        ("zeros-listed", "Layers without weights are in the list, with 0: leave them out.", lambda layer: norm(getattr(layer, "dW", 0)))),
    *mistakes(lambda measure: of_layers(lambda layer, *_: measure(layer.dW)),
        ("squared", "These are the squared norms: the root is missing.", lambda dW: np.sum(dW**2)),
        ("root-mean-square", "The squares are averaged: a norm adds them up.", lambda dW: np.sqrt(np.mean(dW**2))),
        ("mean-square", "The squares are averaged, and no root is taken: a norm is the root of their sum.", lambda dW: np.mean(dW**2)),
        ("deviation", "These are standard deviations of dW: its norm is asked for.", np.std),
        ("absolute-sum", "The absolute values are added up: the Frobenius norm is the root of the sum of squares.", lambda dW: np.abs(dW).sum()),
        ("mean-absolute", "These are mean absolute values: the Frobenius norm is the root of the sum of squares.", lambda dW: np.abs(dW).mean()),
        ("largest", "These are the largest entries: the Frobenius norm is the root of the sum of squares.", lambda dW: np.abs(dW).max()),
        ("spectral", "These are spectral norms, np.linalg.norm(dW, 2): the Frobenius norm is np.linalg.norm(dW).", lambda dW: norm(dW, 2)),
        ("column-sums", "These are column sums' norms, np.linalg.norm(dW, 1): the Frobenius norm is np.linalg.norm(dW).", lambda dW: norm(dW, 1)),
        ("each-column", "There is a norm for each column: take one over all entries of dW, without axis=0.", lambda dW: norm(dW, axis=0)),
        ("each-row", "There is a norm for each row: take one over all entries of dW, without axis=1.", lambda dW: norm(dW, axis=1))),
    *mistakes(of_layers,
        ("db-inside", "db is in the norm as well: dW alone is asked for.", lambda layer, *_: np.hypot(norm(layer.dW), norm(layer.db))),
        ("db-added", "The norm of db is added: dW alone is asked for.", lambda layer, *_: norm(layer.dW) + norm(layer.db)),
        ("of-db", "These are the norms of db: dW is asked for.", lambda layer, *_: norm(layer.db)),
        ("of-w", "These are the norms of W: the gradient dW is asked for.", lambda layer, *_: norm(layer.W)),
        ("relative", "The norms are divided by those of W: return the norm of dW itself.", lambda layer, *_: norm(layer.dW) / norm(layer.W)),
        ("of-outputs", "These are the gradients of the layers' outputs: the norm of dW is asked for.", lambda layer, upstream, dX: norm(upstream)),
        ("of-inputs", "These are norms of what backward returns, the gradients of the inputs: the norm of dW is asked for.", lambda layer, upstream, dX: norm(dX))),
    Mistake("db-listed", "The norms of db are in the list as well: dW alone is asked for.", lambda net, *given: (both_passes(net, *given), list(map(norm, arrays(net))))[1]),
    *mistakes(after(gradient_norms),
        ("reversed", "The list runs from the last layer to the first.", lambda norms: norms[::-1]),
        ("single-number", "A single number comes back, the norm over all layers: one for each dW is asked for.", lambda norms: float(norm(norms))),
        ("first-only", "Only the first dW is measured: does the return stand inside the loop?", lambda norms: norms[:1]),
        ("first-missing", "The first layer is left out.", lambda norms: norms[1:]),
        ("last-missing", "The last layer is left out.", lambda norms: norms[:-1])),
    *mistakes(lambda upstream: lambda net, loss, X, y: stored(net, net.backward(upstream(loss, net.forward(X), y))),  # P is the prediction
        ("ones-upstream", "The gradient of the loss is not used, ones are: pass loss.backward() to network.backward.", lambda loss, P, y: np.ones_like(P)),
        ("prediction-upstream", "The prediction goes into network.backward: pass loss.backward() to it.", lambda loss, P, y: P),
        ("loss-upstream", "What goes into network.backward is not what loss.backward() returns, as it is: is it the value of the loss?", lambda loss, P, y: loss.forward(P, y)),
        ("targets-first", "loss.forward is called with the targets first: it is loss.forward(prediction, target).", lambda loss, P, y: (loss.forward(y, P), loss.backward())[1]),
        ("loss-not-run", "The loss is not run: first loss.forward(network.forward(X), y), then network.backward(loss.backward()).", lambda loss, P, y: loss.backward())),
    *mistakes(lambda times: lambda net, loss, X, y: [times(norm, len(X)) for norm in gradient_norms(net, loss, X, y)],
        ("divided-by-n", "The norms are divided by N: the loss has averaged over the batch already.", lambda norm, N: norm / N),
        ("times-n", "The norms are multiplied by N: the mean over the batch is part of the loss.", lambda norm, N: norm * N)),
    *slips("gradient_norms", after(gradient_norms), "nothing"), rounded("gradient_norms", after(gradient_norms), range(1, 7)),
)  # fmt: skip

# --- clip_gradients -----------------------------------------------------------------------------------------------------

RETURNED, GRADIENTS = "What clip_gradients returns", {"dW": "The dW of all layers", "db": "The db of all layers"}


def clip_case(draw, about, layers, *rounds):
    """One call for each norm of fresh gradients and bound; the last one counts.

    With norms in the thousands an ε of 1e-6 in a denominator costs nothing, float32 does.
    """
    case = Case(about).library("network", "props.network", layers, fresh(draw))
    for length, bound in rounds:
        case.library("nothing", "props.set_gradients", "network", length, fresh(draw))
        for name in GRADIENTS:
            case.library(f"alias of {name}", "props.arrays", "network", [name])
        case.make("norm", "network", {"plain": bound})
    tolerance = 1e-5 if 0 < length < 1 else None  # for that ε
    case.publish(RETURNED, "norm", tolerance=tolerance)
    for name, label in GRADIENTS.items():
        alias, copied = f"{label}, under other names", f"clip_gradients makes new arrays instead of shortening {name}"
        case.library("joined", "props.all_of", "network", [name], says=f"Looking up {name}")
        case.publish(label, "joined", tolerance=tolerance).library("joined", "props.joined", f"alias of {name}")
        case.publish(alias, "joined", f"{copied} in place: write {name} *= …, not {name} = …", tolerance)
        case.only_if_right(alias, label)
    keeps_parameters(case, "clip_gradients")

    def derive(found):  # NumPy's False would pass for the norm 0
        what = form(found[RETURNED])
        return found | ({RETURNED: what} if what.startswith("a bool") else {})

    return case.judged_by(derive)


def clip_cases(draw):
    long, other = (float(norm) for norm in draw.uniform(3000, 6000, size=2))
    return [clip_case(draw, *of) for of in (
        ("a norm above the bound", DEEP, (long, 0.3 * long)), ("a norm below the bound", DEEP, (long, draw.uniform(1.5, 3) * long)),
        ("a norm just above the bound, where single arrays are below it", DEEP, (other, 0.97 * other)), ("a single layer", SINGLE, (other, 0.4 * other)),
        ("a whole number as the bound", SQUARE, (other, 700)), ("a network that begins with an activation", ACTIVATION_FIRST, (long, 0.5 * long)),
        ("a norm below 1, above the bound", DEEP, (0.5, 0.3)), ("gradients that are all zero", DEEP, (0.0, 2.5)),
        ("two calls, the second with a smaller bound", DEEP, (long, 0.6 * long), (other, 0.2 * other)),
    )]  # fmt: skip


# fmt: off
def global_norm(gradients): return float(np.sqrt(sum(np.sum(g**2) for g in gradients)))
def needed(norm, bound): return min(1.0, bound / (norm or 1.0))
# fmt: on


def clips(measured=("dW", "db"), scaled=("dW", "db"), norm=global_norm, factor=needed, returned=lambda norm, *_: norm):
    """clip_gradients, of which parts may be exchanged. There may be a factor for each array."""

    def clip(net, bound):
        value = norm(arrays(net, measured))
        by = factor(value, bound)
        for gradient, its in zip(arrays(net, scaled), np.broadcast_to(by, len(arrays(net, scaled))), strict=True):
            gradient *= its
        return returned(value, by, net)

    return clip


def on_copies(net, bound, always=True):
    for layer in weighted(net) if always or global_norm(arrays(net)) > bound else ():
        layer.dW, layer.db = layer.dW.copy(), layer.db.copy()
    return clip_gradients(net, bound)


CLIP_MISTAKES = (
    *mistakes(lambda change: lambda net, bound: (global_norm(arrays(net)), [np.copyto(g, change(g, bound, net)) for g in arrays(net)])[0],
        ("each-array-alone", "Each array is clipped by itself, which turns the gradient: one factor, from the norm of all together, for all.", lambda g, bound, _: g * needed(norm(g), bound)),
        ("measures-again", "The norm is measured anew after each array: measure once, then scale all by one factor.", lambda g, bound, net: g * needed(global_norm(arrays(net)), bound)),
        ("entries-cut-off", "The entries are cut off at ± the bound, which turns the gradient: multiply all by one factor.", lambda g, bound, _: np.clip(g, -bound, bound))),
    *mistakes(lambda which: lambda net, bound: (global_norm(arrays(net)), *(clips()(Sequential(layer), bound) for layer in weighted(net)))[which],
        ("each-layer-alone", "Each layer is clipped by itself, which turns the gradient: one factor, from the norm of all together, for all.", 0),
        ("last-layer-returned", "Each layer is clipped by itself, which turns the gradient, and the last one's norm comes back: one factor and one norm, of all together.", -1)),
    Mistake("scales-while-adding", "The factor is worked out while the sum is not yet complete: first add up all squares, then scale.",
            clips(norm=lambda arrays: np.sqrt(np.cumsum([np.sum(g**2) for g in arrays])), factor=lambda sums, bound: np.minimum(1, bound / sums), returned=lambda sums, *_: sums[-1])),
    Mistake("asks-activations", "An activation has no dW: leave out the layers without it, which hasattr(layer, \"dW\") tells.",
            lambda net, bound: [layer.dW for layer in net.layers] and clip_gradients(net, bound)),
    Mistake("new-arrays", "clip_gradients makes new arrays instead of shortening dW and db in place: write layer.dW *= …, not layer.dW = ….", lambda *given: on_copies(*given, always=False)),
    Mistake("norm-without-db", "The norm is that of dW alone: all db belong to it.", clips(measured=["dW"])),
    Mistake("no-biases", "The biases' gradients are left out, of the norm and of the scaling: all dW and all db count.", clips(measured=["dW"], scaled=["dW"])),
    *mistakes(lambda wrong: clips(scaled=wrong),
        ("db-not-scaled", "db is not scaled: all dW and all db are multiplied by the factor.", ["dW"]),
        ("nothing-shortened", "Nothing is shortened. Inside a loop g = g * … binds a new array to the name: write g *= ….", []),
        ("parameters-scaled", "W and b are scaled: dW and db are to be shortened.", ["W", "b"])),
    *mistakes(lambda wrong: clips(norm=wrong),
        ("no-root", "The root is missing: the norm is the root of the sum of squares.", lambda arrays: global_norm(arrays) ** 2),
        ("norms-added", "The norms of the arrays are added up: the global norm is the root of the sum of their squares.", lambda arrays: sum(map(norm, arrays))),
        ("absolute-sum", "The absolute values are added up: the global norm is the root of the sum of squares.", lambda arrays: sum(np.abs(g).sum() for g in arrays)),
        ("largest-entry", "The largest entry is taken for the norm: it is the root of the sum of squares.", lambda arrays: max(np.abs(g).max() for g in arrays)),
        ("largest-norm", "The largest norm of a single array is taken: the global norm is the root of the sum of all squares.", lambda arrays: max(map(norm, arrays))),
        ("norms-averaged", "The mean of the arrays' norms is taken: the global norm is the root of the sum of all squares.", lambda arrays: sum(map(norm, arrays)) / len(arrays)),
        ("squares-averaged", "The squares are averaged: a norm adds them up.", lambda arrays: global_norm(arrays) / np.sqrt(sum(g.size for g in arrays))),
        ("last-layer", "The norm is that of the last layer alone: begin the sum before the loop, and add to it inside.", lambda arrays: global_norm(arrays[-2:])),
        ("first-layer", "The norm is that of the first layer alone: is a return inside the loop?", lambda arrays: global_norm(arrays[:2])),
        ("float32", "The norm is computed in float32: keep NumPy's default, float64.", lambda arrays: global_norm(g.astype(np.float32) for g in arrays)),
        ("squares-in-place", "The stored gradients are squared to work out the norm: write g**2 without changing g.", lambda arrays: np.sqrt(sum(np.square(g, out=g).sum() for g in arrays)))),
    *mistakes(lambda wrong: clips(factor=wrong),
        ("lengthens", "The gradients are scaled to the bound also where their norm is below it: do nothing there.", lambda norm, bound: bound / norm if norm else 1),
        ("lengthens-and-nan", "The gradients are scaled also where their norm is below the bound, and a norm of 0 gives NaN: do nothing unless norm > max_norm.", lambda norm, bound: bound / np.float64(norm)),
        ("divides-by-0", "A norm of 0 is divided by: do nothing unless norm > max_norm.", lambda norm, bound: min(1, bound / norm)),
        ("condition-upside-down", "The condition is upside down: clip when norm > max_norm.", lambda norm, bound: bound / norm if 0 < norm < bound else 1),
        ("squared-norm-compared", "The squared norm is compared with the bound: compare the norm itself.", lambda norm, bound: bound / norm if norm**2 > bound else 1),
        ("bound-ignored", "The bound is ignored: 1 is used in its place.", lambda norm, bound: needed(norm, 1))),
    *mistakes(lambda wrong: clips(factor=lambda norm, bound: wrong(norm, bound) if norm > bound else 1),
        ("to-length-1", "The gradients are normalised to length 1: multiply by max_norm as well.", lambda norm, bound: 1 / norm),
        ("factor-upside-down", "The factor is upside down: it is max_norm / norm.", lambda norm, bound: norm / bound),
        ("factor-is-bound", "The factor is max_norm alone: it is max_norm / norm.", lambda norm, bound: bound),
        ("factor-squared", "The factor is its own square: each gradient is multiplied by max_norm / norm once.", lambda norm, bound: (bound / norm) ** 2),
        ("factor-rooted", "The factor is the root of max_norm / norm: no root.", lambda norm, bound: (bound / norm) ** 0.5),
        ("factor-by-square", "The factor is max_norm / norm²: the root of the sum of squares is missing there.", lambda norm, bound: bound / norm**2),
        ("set-to-zero", "The gradients are set to zero: multiply them by max_norm / norm.", lambda norm, bound: 0)),
    *(Mistake(f"epsilon-{name}", f"An ε of {small} in the denominator makes the gradients shorter than max_norm: where norm > max_norm > 0, none is needed.",
              clips(factor=lambda norm, bound, small=small: min(1, bound / (norm + small))))
      for name, small in (("1", 1.0), ("1e-1", 0.1), ("1e-2", 1e-2), ("1e-3", 1e-3), ("1e-4", 1e-4), ("1e-5", 1e-5))),
    *mistakes(lambda wrong: clips(returned=wrong),
        ("norm-after", "What comes back is the norm after clipping: return the one before.", lambda norm, factor, net: global_norm(arrays(net))),
        ("factor-returned", "What comes back is the factor: return the norm before clipping.", lambda norm, factor, net: factor),
        ("squared-returned", "What comes back is the squared norm.", lambda norm, factor, net: norm**2),
        ("nothing-if-short", "The norm is not returned where nothing is clipped: return it in both cases.", lambda norm, factor, net: norm if factor < 1 else None),
        ("0-if-short", "0 is returned where nothing is clipped: return the norm in both cases.", lambda norm, factor, net: norm if factor < 1 else 0.0)),
    *slips("clip_gradients", after(clip_gradients), "nothing"),
)  # fmt: skip

# --- tasks --------------------------------------------------------------------------------------------------------------

SECTION = "Initialisation and numerical stability, section “{}”".format
RULES, MEASURED = SECTION("Xavier and He"), SECTION("Predicted and measured")
DRAWS_SHOW = WEIGHTS_SHOW | SMALL_SHOWS | CALLS_SHOW

TASKS = (
    Task("xavier-normal", RULES, lambda draw: draws(draw, xavier), xavier_normal, XAVIER_NORMAL_MISTAKES, faults=DRAWS_SHOW),
    Task("xavier-uniform", RULES, lambda draw: draws(draw, xavier, uniform=True), xavier_uniform, XAVIER_UNIFORM_MISTAKES, faults=DRAWS_SHOW),
    Task("he-normal", RULES, lambda draw: draws(draw, he), he_normal, HE_NORMAL_MISTAKES, faults=DRAWS_SHOW),
    Task("activation-scales", MEASURED, scales_cases, activation_scales, SCALES_MISTAKES, faults=LIST_SHOWS),
    Task("gradient-norms", MEASURED, norms_cases, gradient_norms, NORMS_MISTAKES, faults=LIST_SHOWS),
    Task("clip-gradients", SECTION("Clipping the gradient"), clip_cases, clip_gradients, CLIP_MISTAKES,
         (Part("the norm returned", 2, RETURNED), Part("the clipped gradients", 2, *(f"{label}*" for label in GRADIENTS.values())))),
)  # fmt: skip
