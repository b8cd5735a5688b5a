"""08_initialisation: three initialisers, two measurements of a network, and clipping by the global norm.

What an initialiser returns is random by right, so its properties are judged: shape, mean, scale, distribution,
independence, and where the randomness comes from. The fans are about 2800 and 3, both ways round, and 96 twice: there
every rival formula gives nearly the same as the right one or something far away, and nothing lies on the line between.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlpgrade import wire
from mlpgrade.challenge import Case, rng
from mlpgrade.judge import Task
from mlpkit.initialisers import he_normal, xavier_normal, xavier_uniform
from mlpkit.scales import activation_scales, clip_gradients, gradient_norms

ASSIGNMENT = "08_initialisation"

HIDDEN = (
    "mlpkit.initialisers.xavier_normal",
    "mlpkit.initialisers.xavier_uniform",
    "mlpkit.initialisers.he_normal",
    "mlpkit.initialisers.he_uniform",
    "mlpkit.scales.activation_scales",
    "mlpkit.scales.gradient_norms",
    "mlpkit.scales.clip_gradients",
)

Formula = Callable[[int, int], float]
"""A standard deviation, or a limit, as a function of fan_in and fan_out."""

# --- initialisers: what is measured ---------------------------------------------------------------------------------

FORM = "What comes back"
DISTINCT = "Whether all weights are drawn"
MEAN = "The mean, in standard deviations,"
DEVIATION = "The standard deviation"
KURTOSIS = "The kurtosis"
TAILS = "Whether the tails are there"
INDEPENDENT = "Whether the weights are independent"
LARGEST = "The largest weight, in size,"
SAME, OTHER, AGAIN = "The same seed", "Another seed", "A second call"
KEPT, GLOBAL = "The first array", "NumPy's global generator"

OFF = {MEAN: 0.08, DEVIATION: 0.07, KURTOSIS: 0.13, LARGEST: 0.003}
"""How far off a measurement may be, at 8000 draws or more. Standard errors there: mean 0.011, deviation 0.8 % (two draws
differ by 1.1 %), kurtosis 0.055, so 1.8 % of 3. The largest of n uniform numbers misses the limit by 1 part in n."""


def _form(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"a {value.dtype.name} array of shape {value.shape}"
    return repr(value) if isinstance(value, wire.Other) else f"of type {type(value).__name__}"


def _settled(label: str, value: float, right: float) -> float:
    """The right value for a measurement within its error, so that a verdict shows the formula's number as expected."""
    near = abs(value - right) <= OFF[label] * max(abs(right), right == 0)
    return float(f"{right if near else value:.4g}")


def _numbers(value: Any) -> np.ndarray | None:
    """The value as an array of real numbers, if it is one."""
    try:
        array = np.asarray(value)
    except ValueError:
        return None
    return array if array.dtype.kind in "fiu" else None


def _independent(centred: np.ndarray) -> bool:
    """For a square matrix of independent entries of variance 1, the inner products of different rows have a mean square
    of one a column; sorted, repeated or orthogonal ones do not. At 92 rows the standard error is 2 %."""
    size = len(centred)
    off = ~np.eye(size, dtype=bool)
    return all(abs(np.mean((A @ A.T)[off] ** 2) / size - 1) < 0.25 for A in (centred, centred.T))


def _measured(formula: Formula, fan_in: int, fan_out: int, uniform: bool) -> Callable[[dict], dict]:
    """Return what turns the published weights into their properties."""

    def derive(found: dict[str, Any]) -> dict[str, Any]:
        labels = (DISTINCT, MEAN, DEVIATION, KURTOSIS, LARGEST if uniform else TAILS)
        properties: dict[str, Any] = dict.fromkeys(labels, "not measured")
        properties[FORM] = _form(found["W"])
        if fan_in == fan_out:
            properties[INDEPENDENT] = "not measured"
        numbers = _numbers(found["W"])
        if numbers is None or numbers.size < fan_in * fan_out / 2:
            return properties
        deviation = numbers.std()
        sigma = formula(fan_in, fan_out)
        share = np.unique(np.abs(numbers)).size / numbers.size
        properties[DISTINCT] = share > 0.98 if numbers.any() else "all zero"
        if share < 0.5:  # too few numbers to measure anything by
            return properties
        properties[DEVIATION] = _settled(DEVIATION, float(deviation), sigma)
        centred = (numbers - numbers.mean()) / (deviation or 1)
        properties[MEAN] = _settled(MEAN, float(numbers.mean() / (deviation or 1)), 0.0)
        properties[KURTOSIS] = _settled(KURTOSIS, float(np.mean(centred**4)), 1.8 if uniform else 3.0)
        if fan_in == fan_out:
            properties[INDEPENDENT] = (
                _independent(centred.reshape(fan_in, -1)) if numbers.size == fan_in**2 else "not measured"
            )
        largest = float(np.abs(numbers).max())
        if uniform:
            properties[LARGEST] = _settled(LARGEST, largest, float(np.sqrt(3)) * sigma)
        else:
            # Of 8000 normal numbers none is beyond three standard deviations once in e^21.
            properties[TAILS] = bool(np.abs(centred).max() > 3)
        return properties

    return derive


def _scale_case(draw: np.random.Generator, formula: Formula, fan_in: int, fan_out: int, uniform: bool) -> Case:
    case = Case(f"fan_in = {fan_in}, fan_out = {fan_out}")
    case.call("W", "target", None, fan_in, fan_out, rng(int(draw.integers(2**31)))).publish("W", "W")
    case.tolerances |= OFF
    case.hint(
        DISTINCT, "Many weights are the same number, up to the sign: draw fan_in · fan_out numbers, one for each weight"
    )
    wanted, expects = ("uniform", "1.8") if uniform else ("normal", "3")
    case.hint(
        KURTOSIS,
        f"The weights are not {wanted}ly distributed: their kurtosis, the mean of ((w − mean) / deviation)⁴, is far from {expects}",
    )
    case.hint(
        TAILS,
        "The weights never go beyond three standard deviations: a normal distribution has no limit, so cut nothing off",
    )
    case.hint(INDEPENDENT, "The weights depend on each other, as sorted or orthogonal ones do: draw each on its own")
    case.only_if_right(INDEPENDENT, DISTINCT)
    case.only_if_right(DISTINCT, FORM).only_if_right(DEVIATION, DISTINCT).only_if_right(MEAN, DISTINCT)
    case.only_if_right(KURTOSIS, DISTINCT).only_if_right(TAILS, KURTOSIS).only_if_right(LARGEST, KURTOSIS)
    return case.judged_by(_measured(formula, fan_in, fan_out, uniform))


def _small_case(fan_in: int, fan_out: int) -> Case:
    """Fans of 1, where squeeze and divisions by fan − 1 show."""
    case = Case(f"fan_in = {fan_in}, fan_out = {fan_out}").call("W", "target", None, fan_in, fan_out, rng(3))

    def derive(found: dict[str, Any]) -> dict[str, Any]:
        finite = not isinstance(found["W"], np.ndarray) or bool(np.isfinite(found["W"]).all())
        return {FORM: _form(found["W"]) + ("" if finite else ", not all of it finite")}

    return case.publish("W", "W").judged_by(derive)


TIMES, FAR = 1500, 0.1
"""How often weights for the smallest fans are drawn, and how far off their standard deviation may be: eight standard errors."""


def _repeated_case(draw: np.random.Generator, formula: Formula) -> Case:
    """Fans of 1 and 2, where half their sum is no whole number and a 1 too many counts for much."""
    case, sigma = Case(f"fan_in = 1, fan_out = 2, {TIMES} times over", beside=True), formula(1, 2)
    seed = rng(int(draw.integers(2**31)))
    case.library("W", "mlpgrade.props.initialisation.repeat", "target", 1, 2, seed, TIMES).publish("W", "W")
    case.tolerances[DEVIATION] = FAR
    case.hint(
        DEVIATION,
        "The standard deviation is right for large fans and wrong for fans of 1 and 2: half of their sum is 1.5, nothing is cut down to a whole number, nothing is added, and each weight is drawn on its own",
    )

    def derive(found: dict[str, Any]) -> dict[str, Any]:
        W = _numbers(found["W"])
        if W is None or W.size != 2 * TIMES:  # the form is wrong, which the other cases tell
            return {DEVIATION: sigma}
        deviation = float(W.std())
        return {DEVIATION: sigma if abs(deviation - sigma) <= FAR * sigma else deviation}

    return case.judged_by(derive)


def _rng_case(draw: np.random.Generator) -> Case:
    """Where the randomness comes from, told from the results and from the state of NumPy's global generator."""
    seed, other = (int(seed) for seed in draw.integers(2**31, size=2))
    props = "mlpgrade.props.initialisation"
    case = Case("several calls, with the same seed, another seed, and one generator twice")
    case.library("rng", f"{props}.generator", seed).library("nothing", f"{props}.stir")
    case.library("state before", f"{props}.global_state").publish("state before", "state before")
    for name, generator in (("first", "rng"), ("second", "rng"), ("same", rng(seed)), ("other", rng(other))):
        case.call(name, "target", None, 5, 3, generator).publish(name, name)
    case.publish("first, later", "first")
    case.library("state after", f"{props}.global_state").publish("state after", "state after")
    case.hint(
        SAME, "Two generators of the same seed give different weights: draw from rng, not from a generator of your own"
    )
    case.hint(
        OTHER,
        "Generators of different seeds give the same weights: draw from rng, not from a generator with a fixed seed",
    )
    case.hint(
        AGAIN,
        "Two calls with one generator give the same weights, so layers of one shape would start equal: draw from rng itself, not from a copy",
    )
    case.hint(KEPT, "A later call changes the weights that an earlier one returned: make a new array in every call")
    case.hint(GLOBAL, "NumPy's global generator is used or seeded (np.random.…): draw from rng alone")
    case.only_if_right(SAME, GLOBAL).only_if_right(OTHER, GLOBAL).only_if_right(AGAIN, OTHER)

    def derive(found: dict[str, Any]) -> dict[str, Any]:
        weights = ("first", "second", "same", "other", "first, later")
        if any(_numbers(found[name]) is None for name in weights):  # the form is wrong, which the other cases tell
            return dict.fromkeys((SAME, OTHER, AGAIN, KEPT, GLOBAL), True)
        return {
            SAME: np.array_equal(found["first"], found["same"]),
            OTHER: not np.array_equal(found["first"], found["other"]),
            AGAIN: not np.array_equal(found["first"], found["second"]),
            KEPT: np.array_equal(found["first"], found["first, later"]),
            GLOBAL: np.array_equal(found["state before"], found["state after"]),
        }

    return case.judged_by(derive)


def _initialiser_cases(formula: Formula, uniform: bool = False) -> Callable[[np.random.Generator], list[Case]]:
    def cases(draw: np.random.Generator) -> list[Case]:
        wide, square = int(draw.integers(2780, 2881)), int(draw.integers(92, 101))
        shapes = ((wide, 3), (3, wide), (square, square))
        scales = [_scale_case(draw, formula, fan_in, fan_out, uniform) for fan_in, fan_out in shapes]
        return [
            *scales,
            _repeated_case(draw, formula),
            _rng_case(draw),
            *(_small_case(*fans) for fans in ((1, 5), (5, 1), (1, 1))),
        ]

    return cases


# --- initialisers: mistakes -------------------------------------------------------------------------------------------


def _xavier(fan_in: int, fan_out: int) -> float:
    return float(np.sqrt(2 / (fan_in + fan_out)))


def _he(fan_in: int, fan_out: int) -> float:
    return float(np.sqrt(2 / fan_in))


def _normal(formula: Formula, mean: float = 0.0):
    """An initialiser of this standard deviation; the mean is given in standard deviations."""
    return lambda fan_in, fan_out, rng: formula(fan_in, fan_out) * (mean + rng.standard_normal((fan_in, fan_out)))


def _constant(value: float) -> Formula:
    return lambda fan_in, fan_out: value


def _uniform(formula: Formula, low: float = -1.0, high: float = 1.0):
    """An initialiser between low and high times the formula."""
    return lambda fan_in, fan_out, rng: formula(fan_in, fan_out) * rng.uniform(low, high, (fan_in, fan_out))


def _truncated(formula: Formula, scale: float = 1.0):
    def draw(fan_in, fan_out, rng):
        W = rng.standard_normal((fan_in, fan_out))
        while (far := np.abs(W) > 2).any():
            W[far] = rng.standard_normal(np.count_nonzero(far))
        return scale * formula(fan_in, fan_out) * W

    return draw


def _after(initialiser, change):
    return lambda fan_in, fan_out, rng: change(initialiser(fan_in, fan_out, rng))


ROOT_2, ROOT_3 = float(np.sqrt(2)), float(np.sqrt(3))
CUT_DEVIATION = 0.8796256610342398
"""Standard deviation of a standard normal variable cut off at ±2."""


def _form_mistakes(right: Any, formula: Formula) -> tuple:
    return (
        ("The shape is (fan_out, fan_in): here W is (D, M), so fan_in comes first.",
         lambda fan_in, fan_out, rng: right(fan_in, fan_out, rng).T),
        ("The weights are float32: keep NumPy's default, float64.", _after(right, lambda W: W.astype(np.float32))),
        ("A list comes back: return the array.", _after(right, np.ndarray.tolist)),
        ("Nothing comes back: is a return missing?", _after(right, lambda W: None)),
        ("A single number comes back: pass the shape (fan_in, fan_out) as well.", _after(right, lambda W: float(W[0, 0]))),
        ("The shape was taken for the standard deviation: it is the third argument, rng.normal(0, deviation, shape).",
         lambda fan_in, fan_out, rng: rng.normal(formula(fan_in, fan_out), (fan_in, fan_out))),
        ("Axes of length 1 are missing where a fan is 1: drop the squeeze.", _after(right, np.squeeze)),
        ("The weights come in one row: give them the shape (fan_in, fan_out).", _after(right, np.ravel)),
        ("The weights are cut down to whole numbers.", _after(right, lambda W: W.astype(int))),
        ("All weights are zero: units that start equal stay equal.", _after(right, np.zeros_like)),
    )  # fmt: skip


def _normal_mistakes(formula: Formula, name: str) -> tuple:
    """Mistakes in the distribution, the scale being right."""
    return (
        (f"The weights are uniformly distributed: {name} draws from a normal distribution.",
         _uniform(lambda i, o: ROOT_3 * formula(i, o))),
        ("The normal distribution is cut off at two standard deviations, which makes the weights smaller: rng.normal alone is right.",
         _truncated(formula)),
        ("The normal distribution is cut off at two standard deviations: rng.normal alone is right.",
         _truncated(formula, 1 / CUT_DEVIATION)),
        ("Weights beyond two standard deviations are moved to that bound: rng.normal alone is right.",
         lambda i, o, rng: np.clip(_normal(formula)(i, o, rng), -2 * formula(i, o), 2 * formula(i, o))),
        ("All weights are positive: their mean must be 0, so no absolute value.", _after(_normal(formula), np.abs)),
        ("The standard deviation was given as the mean as well: the mean is 0.", _normal(formula, 1.0)),
        ("rng.random() draws from 0 to 1, all positive and uniform: use rng.normal.",
         lambda i, o, rng: rng.random((i, o)) * formula(i, o)),
        ("The weights are uniform on ± the standard deviation: rng.normal takes it as its second argument.", _uniform(formula)),
    )  # fmt: skip


_ONE = "The standard deviation is 1: the factor is missing, or it stands where rng.normal expects the mean."
_SMALL = "The standard deviation is always {}: it has to follow from the fans."

XAVIER_NORMAL_MISTAKES = (
    *_form_mistakes(xavier_normal, _xavier),
    ("The variance is used as the standard deviation: rng.normal expects the standard deviation, the variance's root.",
     _normal(lambda i, o: 2 / (i + o))),
    ("This is He's rule, 2 / fan_in: Xavier's variance is one over the mean of both fans.", _normal(_he)),
    ("The variance is 2 / fan_out: Xavier's is one over the mean of both fans.", _normal(lambda i, o: np.sqrt(2 / o))),
    ("The variance is 1 / (fan_in + fan_out): the mean of two numbers is half of their sum.",
     _normal(lambda i, o: np.sqrt(1 / (i + o)))),
    ("The variance is 1 / fan_in, which looks forward only: Xavier's is one over the mean of both fans.",
     _normal(lambda i, o: np.sqrt(1 / i))),
    ("The variance is 1 / fan_out, which looks backward only: Xavier's is one over the mean of both fans.",
     _normal(lambda i, o: np.sqrt(1 / o))),
    ("The limit of the uniform rule is used as a standard deviation: it is √3 times too large for that.",
     _normal(lambda i, o: np.sqrt(6 / (i + o)))),
    ("The root covers the 2 alone: take the root of the whole variance.", _normal(lambda i, o: ROOT_2 / (i + o))),
    ("The root covers the sum of the fans alone: the 2 belongs under the root as well.", _normal(lambda i, o: 2 / np.sqrt(i + o))),
    ("The mean of the fans is turned upside down: the variance is one over it.", _normal(lambda i, o: np.sqrt((i + o) / 2))),
    ("The variance is 2 / (fan_in · fan_out): the fans are added, not multiplied.", _normal(lambda i, o: np.sqrt(2 / (i * o)))),
    ("The fans' geometric mean is taken: the mean is half of their sum.", _normal(lambda i, o: (i * o) ** -0.25)),
    ("The variance is 2 over the smaller fan: it is one over the mean of both.", _normal(lambda i, o: np.sqrt(2 / min(i, o)))),
    ("The variance is one over the smaller fan: it is one over the mean of both.", _normal(lambda i, o: min(i, o) ** -0.5)),
    ("The variance is 2 over the larger fan: it is one over the mean of both.", _normal(lambda i, o: np.sqrt(2 / max(i, o)))),
    ("The variance is one over the larger fan: it is one over the mean of both.", _normal(lambda i, o: max(i, o) ** -0.5)),
    ("The variance is 1 / (2 (fan_in + fan_out)): the mean of two numbers is half of their sum.",
     _normal(lambda i, o: np.sqrt(0.5 / (i + o)))),
    (_ONE, _normal(_constant(1.0))),
    *((_SMALL.format(s), _normal(_constant(s))) for s in (0.01, 0.1)),
    *_normal_mistakes(_xavier, "xavier_normal"),
    ("This is He's rule, with a uniform distribution.", _uniform(lambda i, o: ROOT_3 * _he(i, o))),
)  # fmt: skip

XAVIER_UNIFORM_MISTAKES = (
    *_form_mistakes(xavier_uniform, _xavier),
    ("√3 is missing: the limit of a uniform distribution is √3 times its standard deviation.", _uniform(_xavier)),
    ("The root is missing: ℓ² = 3 · variance, so ℓ is the root of it.", _uniform(lambda i, o: 6 / (i + o))),
    ("The variance is used as the limit: the limit is √(3 · variance).", _uniform(lambda i, o: 2 / (i + o))),
    ("The limit is 3 standard deviations: it is √3 of them.", _uniform(lambda i, o: 3 * _xavier(i, o))),
    ("The root covers the 6 alone: take the root of the whole fraction.", _uniform(lambda i, o: np.sqrt(6) / (i + o))),
    ("The root covers the sum of the fans alone: the 6 belongs under the root as well.", _uniform(lambda i, o: 6 / np.sqrt(i + o))),
    ("The limit is √(3 / (fan_in + fan_out)): the mean of two numbers is half of their sum.", _uniform(lambda i, o: np.sqrt(3 / (i + o)))),
    ("The limit is √(12 / (fan_in + fan_out)), √2 times too large: the variance of numbers from [−ℓ, ℓ] is ℓ²/3.",
     _uniform(lambda i, o: np.sqrt(12 / (i + o)))),
    ("The limit is √(1 / (fan_in + fan_out)): the variance of numbers from [−ℓ, ℓ] is ℓ²/3, and the mean of two numbers half of their sum.",
     _uniform(lambda i, o: np.sqrt(1 / (i + o)))),
    ("This is He's rule, with fan_in alone: Xavier's variance is one over the mean of both fans.", _uniform(lambda i, o: np.sqrt(6 / i))),
    ("The limit comes from fan_out alone: Xavier's variance is one over the mean of both fans.", _uniform(lambda i, o: np.sqrt(6 / o))),
    ("The limit is √(3 / fan_in): Xavier's variance is one over the mean of both fans.", _uniform(lambda i, o: np.sqrt(3 / i))),
    ("The limit is 1 / √fan_in: Xavier's variance is one over the mean of both fans, and the limit is √3 standard deviations.",
     _uniform(lambda i, o: np.sqrt(1 / i))),
    ("The limit is √(2 / fan_in), the deviation of He's rule: Xavier's variance is one over the mean of both fans.", _uniform(_he)),
    ("The limit is that for the product of the fans: the fans are added.", _uniform(lambda i, o: np.sqrt(6 / (i * o)))),
    ("The whole interval is ℓ wide: from −ℓ to ℓ it is 2ℓ.", _uniform(lambda i, o: ROOT_3 * _xavier(i, o) / 2)),
    ("The weights run from 0 to ℓ: they run from −ℓ to ℓ.", _uniform(lambda i, o: ROOT_3 * _xavier(i, o), 0, 1)),
    ("The limit is 1: the factor is missing.", _uniform(_constant(1.0))),
    ("The weights are those of rng.random(), from 0 to 1: they run from −ℓ to ℓ.", _uniform(_constant(1.0), 0, 1)),
    ("The weights are normally distributed: xavier_uniform draws from a uniform distribution.", _normal(_xavier)),
    ("The weights are normally distributed, with the limit as their standard deviation: use rng.uniform(−ℓ, ℓ, shape).",
     _normal(lambda i, o: ROOT_3 * _xavier(i, o))),
)  # fmt: skip

HE_NORMAL_MISTAKES = (
    *_form_mistakes(he_normal, _he),
    ("The variance is used as the standard deviation: rng.normal expects the standard deviation, the variance's root.",
     _normal(lambda i, o: 2 / i)),
    ("The variance is 2 / fan_out: fan_in numbers flow into each unit, so it is 2 / fan_in.", _normal(lambda i, o: np.sqrt(2 / o))),
    ("This is Xavier's rule, 2 / (fan_in + fan_out): He's looks at fan_in alone.", _normal(_xavier)),
    ("The variance is 2 / (fan_in + 1): the bias has no part in the fan-in.", _normal(lambda i, o: np.sqrt(2 / (i + 1)))),
    ("The variance is 3 / fan_in: it is 2 / fan_in.", _normal(lambda i, o: np.sqrt(3 / i))),
    ("The variance is 1 / fan_in: the ½ that ReLU takes away is not made up for.", _normal(lambda i, o: np.sqrt(1 / i))),
    ("The variance is 1 / fan_out: it is 2 / fan_in.", _normal(lambda i, o: np.sqrt(1 / o))),
    ("The variance is 1 / (2 fan_in): from ½ · fan_in · variance = 1 it is 2 / fan_in.", _normal(lambda i, o: np.sqrt(0.5 / i))),
    ("The limit of a uniform rule is used as a standard deviation: it is √3 times too large for that.", _normal(lambda i, o: np.sqrt(6 / i))),
    ("The root covers the 2 alone: take the root of the whole variance.", _normal(lambda i, o: ROOT_2 / i)),
    ("The root covers fan_in alone: the 2 belongs under the root as well.", _normal(lambda i, o: 2 / np.sqrt(i))),
    ("The fraction is turned upside down: the variance is 2 / fan_in.", _normal(lambda i, o: np.sqrt(i / 2))),
    ("The variance is 1 / (fan_in + fan_out): it is 2 / fan_in.", _normal(lambda i, o: np.sqrt(1 / (i + o)))),
    ("The variance is 4 / (fan_in + fan_out), Xavier's times 2: He's looks at fan_in alone.", _normal(lambda i, o: 2 / np.sqrt(i + o))),
    ("The variance is 2 / (fan_in · fan_out): He's looks at fan_in alone.", _normal(lambda i, o: np.sqrt(2 / (i * o)))),
    (_ONE, _normal(_constant(1.0))),
    *((_SMALL.format(s), _normal(_constant(s))) for s in (0.01, 0.1)),
    *_normal_mistakes(_he, "he_normal"),
    ("The weights are uniform on ±√(6 / (fan_in + fan_out)): that is Xavier's uniform rule.",
     _uniform(lambda i, o: ROOT_3 * _xavier(i, o))),
)  # fmt: skip

# --- networks to measure ----------------------------------------------------------------------------------------------

DEEP = ((3, 5), "Tanh", (5, 4), "ReLU", (4, 2))
SQUARE = ((4, 4), "ReLU", (4, 4), "Tanh", (4, 4))
ACTIVATION_FIRST = ("Tanh", (3, 4), "Sigmoid", (4, 3))
NARROW = ((2, 3), "Tanh", (3, 1))
SINGLE = ((3, 4),)

PARAMETERS = "W and b afterwards"
GROWS = "Whether the list grows"


def _sizes(layers: tuple[Any, ...]) -> list[tuple[int, int]]:
    return [kind for kind in layers if isinstance(kind, tuple)]


def _network(case: Case, draw: np.random.Generator, layers: tuple[Any, ...], name: str = "network") -> list[str]:
    """Add a Sequential of library layers, where a pair of sizes is a Linear; return the names of the linear ones."""
    names = [f"{name}, layer {number}" for number in range(1, len(layers) + 1)]
    for layer, kind in zip(names, layers, strict=True):
        if isinstance(kind, tuple):
            case.library(layer, "mlpgrade.props.initialisation.linear", *kind)
            case.put(layer, W=draw.normal(size=kind), b=draw.normal(size=kind[1]))
        else:
            case.library(layer, f"mlpkit.{kind}")
    case.library(name, "mlpkit.Sequential", *names)
    return [layer for layer, kind in zip(names, layers, strict=True) if isinstance(kind, tuple)]


def _all_of(case: Case, linear: list[str], *attributes: str) -> list[str]:
    """Publish these attributes of the linear layers and return the labels."""
    for layer in linear:
        case.publish_attributes(layer, *attributes, label=f"{layer}, {{}}")
    return [f"{layer}, {attribute}" for layer in linear for attribute in attributes]


def _judged(
    case: Case, function: str, linear: list[str], numbers: str = "", joined: dict[str, list[str]] | None = None
) -> Case:
    """Join what belongs together: the parameters, and what `joined` lists, each as one long array; `numbers` is a list."""
    groups = {**(joined or {}), PARAMETERS: _all_of(case, linear, "W", "b")}
    case.hint(PARAMETERS, f"{function} changes W or b: it leaves the parameters as they are")
    if numbers:
        case.only_if_right(numbers, _length(numbers)).only_if_right(_length(numbers), GROWS)
        case.hint(
            GROWS,
            "The list grows from call to call: begin a new one inside the function, not as a default argument or outside",
        )

    def derive(found: dict[str, Any]) -> dict[str, Any]:
        taken = {part for parts in groups.values() for part in parts}
        values = {label: value for label, value in found.items() if label not in taken}
        values |= {label: np.concatenate([np.ravel(found[part]) for part in parts]) for label, parts in groups.items()}
        if numbers:
            first, again = _count(found[numbers]), _count(values.pop(f"{numbers}, again"))
            values |= {numbers: _as_array(found[numbers]), _length(numbers): first}
            values |= {GROWS: isinstance(first, int) and isinstance(again, int) and again > first > 0}
        if RETURNED in values:
            values[RETURNED] = _said(values[RETURNED])
        return values

    return case.judged_by(derive)


def _length(label: str) -> str:
    return f"The number of {label.split()[-1]}"


def _count(value: Any) -> int | str:
    if isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim):
        return len(value)
    kind = repr(value) if isinstance(value, wire.Other) else type(value).__name__
    return f"unknown, since {'nothing' if value is None else kind} came back"


def _as_array(value: Any) -> Any:
    """A list of numbers as one array, of which more can be said; anything else as it came."""
    array = _numbers(value) if isinstance(value, list | tuple | np.ndarray) else None
    return _said(value) if array is None else array


def _said(value: Any) -> Any:
    """None and truth values in words: nothing that came back is not the same as nothing that was published."""
    return "nothing" if value is None else str(value) if isinstance(value, bool) or _is_truth(value) else value


def _is_truth(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "b"


# --- activation_scales ------------------------------------------------------------------------------------------------

SCALES = "The list of scales"


def _scales_cases(draw: np.random.Generator) -> list[Case]:
    cases = []
    for about, layers, rows, size in (
        ("6 rows, widths 3, 5, 4, 2", DEEP, 6, 1.0),
        ("all layers of the same width", SQUARE, 7, 1.0),
        ("a network that begins with an activation", ACTIVATION_FIRST, 5, 1.0),
        ("a single row", DEEP, 1, 1.0),
        ("a single row and a single unit at the end", NARROW, 1, 1.0),
        ("a single layer", SINGLE, 5, 1.0),
        ("inputs in the thousands", DEEP, 6, 1000.0),
    ):
        case = Case(about, {"N": rows})
        linear = _network(case, draw, layers)
        case.bind("X", size * draw.normal(0.5, size=(rows, _sizes(layers)[0][0])))
        case.call("scales", "target", None, "network", "X").publish(SCALES, "scales")
        case.call("again", "target", None, "network", "X").publish(f"{SCALES}, again", "again")
        case.publish("X afterwards", "X", "activation_scales writes into the array X that it was given", tolerance=0.0)
        cases.append(_judged(case, "activation_scales", linear, SCALES))
    twice = Case("a second network, measured after another one", {"N": 5})
    linear = [*_network(twice, draw, DEEP), *_network(twice, draw, SQUARE, "second network")]
    twice.bind("X", draw.normal(size=(6, 3))).bind("X2", draw.normal(size=(5, 4)))
    twice.call("scales", "target", None, "network", "X").call("scales 2", "target", None, "second network", "X2")
    twice.call("again", "target", None, "second network", "X2").publish(f"{SCALES}, again", "again")
    for label in (SCALES, _length(SCALES)):
        twice.hint(label, f"{label} is wrong for a second network: does the function remember something of the first?")
    return [*cases, _judged(twice.publish(SCALES, "scales 2"), "activation_scales", linear, SCALES)]


def _outputs(network: Any, X: np.ndarray) -> list[np.ndarray]:
    return [X := layer.forward(X) for layer in network.layers]


def _of_outputs(measure: Callable):
    return lambda network, X: [measure(A) for A in _outputs(network, X)]


def _standardised(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(float(np.std(X)))
        X = (X - X.mean()) / X.std()
    return scales


def _centred_outputs(network, X):
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        X = X - X.mean()
        scales.append(float(np.std(X)))
    return scales


def _centred_in_place(network, X):
    X -= X.mean()
    return activation_scales(network, X)


def _has_weights(layer: Any) -> bool:
    return hasattr(layer, "W")


SCALES_MISTAKES = (
    ("These are the variances: the scale is the standard deviation, their root.", _of_outputs(np.var)),
    ("The sum is divided by the number of elements less 1: divide by the number itself, ddof=0.",
     _of_outputs(lambda A: float(np.std(A, ddof=1)))),
    ("The mean is not subtracted: this is the root of the mean square, not the standard deviation.",
     _of_outputs(lambda A: float(np.sqrt(np.mean(A**2))))),
    ("The standard deviation is taken in each column and averaged: take it over all elements at once.",
     _of_outputs(lambda A: float(np.std(A, axis=0).mean()))),
    ("The standard deviation is taken in each row and averaged: take it over all elements at once.",
     _of_outputs(lambda A: float(np.std(A, axis=1).mean()))),
    ("There is a number for each unit: take the standard deviation over all elements, without axis=0.",
     _of_outputs(lambda A: np.std(A, axis=0))),
    ("There is a number for each row: take the standard deviation over all elements, without axis=1.",
     _of_outputs(lambda A: np.std(A, axis=1))),
    ("These are mean absolute values: the scale is the standard deviation.", _of_outputs(lambda A: float(np.abs(A).mean()))),
    ("These are means: the scale is the standard deviation.", _of_outputs(lambda A: float(A.mean()))),
    ("These are mean distances from the mean: the standard deviation squares them first.",
     _of_outputs(lambda A: float(np.abs(A - A.mean()).mean()))),
    ("These are norms, which grow with the number of elements: the scale is the standard deviation.",
     _of_outputs(lambda A: float(np.linalg.norm(A)))),
    ("These are the largest sizes: the scale is the standard deviation.", _of_outputs(lambda A: float(np.abs(A).max()))),
    ("The scales are measured in float32: keep NumPy's default, float64.",
     _of_outputs(lambda A: float(np.std(A.astype(np.float32))))),
    *(("The scales are rounded: return them as they are.", _of_outputs(lambda A, digits=digits: round(float(np.std(A)), digits)))
      for digits in (1, 2, 3, 4, 5, 6)),
    ("These are the scales of what goes into each layer: measure what comes out.",
     lambda network, X: [float(np.std(A)) for A in (X, *_outputs(network, X)[:-1])]),
    ("The scale of X stands before the others: only outputs of layers count.",
     lambda network, X: [float(np.std(A)) for A in (X, *_outputs(network, X))]),
    ("Only the layers with weights are measured: an activation is a layer as well.",
     lambda network, X: [float(np.std(A)) for A, layer in zip(_outputs(network, X), network.layers, strict=True) if _has_weights(layer)]),
    ("Only the activations are measured: a linear layer is a layer as well.",
     lambda network, X: [float(np.std(A)) for A, layer in zip(_outputs(network, X), network.layers, strict=True) if not _has_weights(layer)]),
    ("Every layer is fed with X: feed each with what the layer before it put out.",
     lambda network, X: [float(np.std(layer.forward(X))) for layer in network.layers]),
    ("Every number is that of the last output: measure after each layer, not after the whole network.",
     lambda network, X: [float(np.std(network.forward(X))) for layer in network.layers]),
    ("Only the last layer's output is measured: one number a layer is asked for.",
     lambda network, X: [float(np.std(network.forward(X)))]),
    ("A single number comes back: one a layer is asked for, in a list.", lambda network, X: float(np.std(network.forward(X)))),
    ("Only the first layer is measured: does the return stand inside the loop?", lambda network, X: activation_scales(network, X)[:1]),
    ("The last layer is left out.", lambda network, X: activation_scales(network, X)[:-1]),
    ("The list runs from the last layer to the first.", lambda network, X: activation_scales(network, X)[::-1]),
    ("These are the deviations of the weights: the outputs are asked for.",
     lambda network, X: [float(np.std(layer.W)) for layer in network.layers if _has_weights(layer)]),
    ("The outputs are brought to scale 1 before the next layer gets them: pass them on as they are.", _standardised),
    ("The mean is subtracted from the output itself before the next layer gets it: pass the output on as it is.", _centred_outputs),
    ("X is brought to mean 0 and scale 1 first: pass it on as it is.",
     lambda network, X: activation_scales(network, (X - X.mean()) / X.std())),
    ("The mean of X is subtracted from X itself: X is to stay as it is, and goes into the network as it is.", _centred_in_place),
    ("The scales come as multiples of the first one: return them as they are.",
     lambda network, X: list(np.array(s := activation_scales(network, X)) / s[0])),
    ("Nothing comes back: is a return missing?", lambda network, X: None),
)  # fmt: skip

# --- gradient_norms ---------------------------------------------------------------------------------------------------

NORMS = "The list of norms"
TARGETS: dict[str, Callable] = {
    "MeanSquaredError": lambda draw, rows, width: draw.normal(size=(rows, width)),
    "SoftmaxCrossEntropy": lambda draw, rows, width: draw.integers(width, size=rows),
    "BinaryCrossEntropy": lambda draw, rows, width: draw.integers(2, size=(rows, width)),
}
"""Targets for each loss."""


def _norms_cases(draw: np.random.Generator) -> list[Case]:
    cases = []
    for about, layers, rows, loss in (
        ("5 rows, widths 3, 5, 4, 2, cross-entropy", DEEP, 5, "SoftmaxCrossEntropy"),
        ("6 rows, widths 3, 5, 4, 2, mean squared error", DEEP, 6, "MeanSquaredError"),
        ("one unit at the end, binary cross-entropy", NARROW, 7, "BinaryCrossEntropy"),
        ("all layers of the same width", SQUARE, 6, "MeanSquaredError"),
        ("a network that begins with an activation", ACTIVATION_FIRST, 5, "SoftmaxCrossEntropy"),
        ("a single row", DEEP, 1, "MeanSquaredError"),
        ("a single layer", SINGLE, 5, "MeanSquaredError"),
    ):
        case = Case(about, {"N": rows})
        linear = _network(case, draw, layers)
        case.library("loss", f"mlpkit.{loss}").bind("X", draw.normal(size=(rows, _sizes(layers)[0][0])))
        cases.append(_publish_norms(case.bind("y", TARGETS[loss](draw, rows, _sizes(layers)[-1][1])), linear))
    used = Case("a network and a loss that were used on other data before", {"N": 5})
    linear = _network(used, draw, DEEP)
    used.library("loss", "mlpkit.MeanSquaredError")
    used.bind("X0", draw.normal(size=(5, 3))).bind("y0", draw.normal(size=(5, 2)))
    used.call("prediction", "network", "forward", "X0").call("value", "loss", "forward", "prediction", "y0")
    used.call("upstream", "loss", "backward").call("dX", "network", "backward", "upstream")
    used.bind("X", draw.normal(size=(5, 3))).bind("y", draw.normal(size=(5, 2)))
    return [*cases, _publish_norms(used, linear)]


def _publish_norms(case: Case, linear: list[str]) -> Case:
    case.call("norms", "target", None, "network", "loss", "X", "y").publish(NORMS, "norms")
    case.call("again", "target", None, "network", "loss", "X", "y").publish(f"{NORMS}, again", "again")
    for name in ("X", "y"):
        case.publish(
            f"{name} afterwards", name, f"gradient_norms writes into the array {name} that it was given", tolerance=0.0
        )
    return _judged(case, "gradient_norms", linear, NORMS)


def _backpropagated(network, loss, X, y) -> list:
    """The layers with weights, after both passes."""
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [layer for layer in network.layers if _has_weights(layer)]


def _of_layers(measure: Callable):
    return lambda network, loss, X, y: [measure(layer) for layer in _backpropagated(network, loss, X, y)]


def _norm(array: np.ndarray) -> float:
    return float(np.linalg.norm(array))


def _with_upstream(make: Callable):
    def norms(network, loss, X, y):
        prediction = network.forward(X)
        loss.forward(prediction, y)
        network.backward(make(loss, prediction, y))
        return [_norm(layer.dW) for layer in network.layers if _has_weights(layer)]

    return norms


def _of_passing_gradients(network, loss, X, y):
    loss.forward(network.forward(X), y)
    upstream, norms = loss.backward(), []
    for layer in reversed(network.layers):
        if _has_weights(layer):
            norms.append(_norm(upstream))
        upstream = layer.backward(upstream)
    return norms[::-1]


def _of_inputs(network, loss, X, y):
    loss.forward(network.forward(X), y)
    upstream, norms = loss.backward(), []
    for layer in reversed(network.layers):
        upstream = layer.backward(upstream)
        if _has_weights(layer):
            norms.append(_norm(upstream))
    return norms[::-1]


def _unless_there(network, loss, X, y):
    if not any(hasattr(layer, "dW") for layer in network.layers):
        _backpropagated(network, loss, X, y)
    return _stored(network, loss, X, y)


def _stored(network, loss, X, y):
    return [_norm(layer.dW) for layer in network.layers if hasattr(layer, "dW")]


def _backward_first(network, loss, X, y):
    network.backward(loss.backward())
    return gradient_norms(network, loss, X, y)


def _steps_first(network, loss, X, y):
    _backpropagated(network, loss, X, y)
    network.update(0.1)
    return gradient_norms(network, loss, X, y)


def _squares_dW(layer):
    return float(np.sum(layer.dW**2))


NORMS_MISTAKES = (
    ("No backward pass is run: the norms are those of gradients that were there before, or none. After loss.forward(network.forward(X), y) comes network.backward(loss.backward()).",
     _stored),
    ("The gradients that are there already are used: run both passes anyway, they may belong to other data.", _unless_there),
    ("An activation has no dW: leave out the layers without it, which hasattr(layer, \"dW\") tells.",
     lambda network, loss, X, y: [_norm(layer.dW) for layer in (_backpropagated(network, loss, X, y), network.layers)[1]]),
    ("backward runs before forward: first loss.forward(network.forward(X), y), then network.backward(loss.backward()).", _backward_first),
    ("These are the squared norms: the root is missing.", _of_layers(_squares_dW)),
    ("The squares are averaged: a norm adds them up.", _of_layers(lambda layer: float(np.sqrt(np.mean(layer.dW**2))))),
    ("The squares are averaged, and no root is taken: a norm is the root of their sum.", _of_layers(lambda layer: float(np.mean(layer.dW**2)))),
    ("These are standard deviations of dW: its norm is asked for.", _of_layers(lambda layer: float(np.std(layer.dW)))),
    ("The absolute values are added up: the Frobenius norm is the root of the sum of squares.",
     _of_layers(lambda layer: float(np.abs(layer.dW).sum()))),
    ("These are mean absolute values: the Frobenius norm is the root of the sum of squares.",
     _of_layers(lambda layer: float(np.abs(layer.dW).mean()))),
    ("These are the largest entries: the Frobenius norm is the root of the sum of squares.",
     _of_layers(lambda layer: float(np.abs(layer.dW).max()))),
    ("These are spectral norms, np.linalg.norm(dW, 2): the Frobenius norm is np.linalg.norm(dW).",
     _of_layers(lambda layer: float(np.linalg.norm(layer.dW, 2)))),
    ("These are column sums' norms, np.linalg.norm(dW, 1): the Frobenius norm is np.linalg.norm(dW).",
     _of_layers(lambda layer: float(np.linalg.norm(layer.dW, 1)))),
    ("There is a norm for each column: take one over all entries of dW, without axis=0.",
     _of_layers(lambda layer: np.linalg.norm(layer.dW, axis=0))),
    ("There is a norm for each row: take one over all entries of dW, without axis=1.",
     _of_layers(lambda layer: np.linalg.norm(layer.dW, axis=1))),
    ("db is in the norm as well: dW alone is asked for.", _of_layers(lambda layer: float(np.hypot(_norm(layer.dW), _norm(layer.db))))),
    ("The norm of db is added: dW alone is asked for.", _of_layers(lambda layer: _norm(layer.dW) + _norm(layer.db))),
    ("The norms of db are in the list as well: dW alone is asked for.",
     lambda *a: [_norm(array) for layer in _backpropagated(*a) for array in (layer.dW, layer.db)]),
    ("These are the norms of db: dW is asked for.", _of_layers(lambda layer: _norm(layer.db))),
    ("These are the norms of W: the gradient dW is asked for.", _of_layers(lambda layer: _norm(layer.W))),
    ("The norms are divided by those of W: return the norm of dW itself.", _of_layers(lambda layer: _norm(layer.dW) / _norm(layer.W))),
    ("These are the gradients of the layers' outputs: the norm of dW is asked for.", _of_passing_gradients),
    ("These are norms of what backward returns, the gradients of the inputs: the norm of dW is asked for.", _of_inputs),
    ("The list runs from the last layer to the first.", lambda *a: gradient_norms(*a)[::-1]),
    ("Layers without weights are in the list, with 0: leave them out.",
     lambda network, loss, X, y: [_norm(getattr(layer, "dW", np.zeros(1))) for layer in (_backpropagated(network, loss, X, y), network.layers)[1]]),
    ("A single number comes back, the norm over all layers: one for each dW is asked for.",
     lambda *a: _norm(np.array(gradient_norms(*a)))),
    ("Only the first dW is measured: does the return stand inside the loop?", lambda *a: gradient_norms(*a)[:1]),
    ("The first layer is left out.", lambda *a: gradient_norms(*a)[1:]),
    ("The last layer is left out.", lambda *a: gradient_norms(*a)[:-1]),
    ("The gradient of the loss is not used, ones are: pass loss.backward() to network.backward.",
     _with_upstream(lambda loss, prediction, y: np.ones_like(prediction))),
    ("The prediction goes into network.backward: pass loss.backward() to it.", _with_upstream(lambda loss, prediction, y: prediction)),
    ("What goes into network.backward is not what loss.backward() returns, as it is: is it the value of the loss?",
     _with_upstream(lambda loss, prediction, y: loss.forward(prediction, y))),
    ("The norms are divided by N: the loss has averaged over the batch already.",
     lambda network, loss, X, y: [norm / len(X) for norm in gradient_norms(network, loss, X, y)]),
    ("The norms are multiplied by N: the mean over the batch is part of the loss.",
     lambda network, loss, X, y: [norm * len(X) for norm in gradient_norms(network, loss, X, y)]),
    ("A step is taken before the norms are measured: measure the network as it is.", _steps_first),
    ("loss.forward is called with the targets first: it is loss.forward(prediction, target).",
     lambda network, loss, X, y: (loss.forward(y, network.forward(X)), network.backward(loss.backward()), _stored(network, loss, X, y))[2]),
    ("The loss is not run: first loss.forward(network.forward(X), y), then network.backward(loss.backward()).",
     lambda network, loss, X, y: (network.forward(X), network.backward(loss.backward()), _stored(network, loss, X, y))[2]),
    *(("The norms are rounded: return them as they are.", lambda *a, digits=digits: [round(norm, digits) for norm in gradient_norms(*a)])
      for digits in (1, 2, 3, 4, 5, 6)),
    ("Nothing comes back: is a return missing?", lambda *a: None),
)  # fmt: skip

# --- clip_gradients ---------------------------------------------------------------------------------------------------

RETURNED, WEIGHTS, BIASES = "What clip_gradients returns", "The dW of all layers", "The db of all layers"
WEIGHT_ALIASES, BIAS_ALIASES = f"{WEIGHTS}, under other names", f"{BIASES}, under other names"
NOT_IN_PLACE = "clip_gradients makes new arrays instead of shortening {0} in place: write {0} *= …, not {0} = …"


def _clip_case(about: str, draw: np.random.Generator, layers: tuple[Any, ...], norm: float, *bounds: float) -> Case:
    """One call for each bound. With norms in the thousands an ε of 1e-6 in a denominator costs nothing, float32 does."""
    case = Case(about)
    linear = _network(case, draw, layers)
    gradients = [(draw.normal(size=size), draw.normal(size=size[1])) for size in _sizes(layers)]
    length = np.sqrt(sum(np.sum(dW**2) + np.sum(db**2) for dW, db in gradients))
    aliases: dict[str, list[str]] = {"dW": [], "db": []}
    for layer, (dW, db) in zip(linear, gradients, strict=True):
        case.put(layer, dW=norm / length * dW, db=norm / length * db)
        for name, labels in aliases.items():
            labels.append(f"{layer}, alias of {name}")
            case.get(labels[-1], layer, name)
    for bound in bounds:
        case.call("norm", "target", None, "network", {"plain": bound})
    case.publish(RETURNED, "norm")
    for label in (*aliases["dW"], *aliases["db"]):
        case.publish(label, label)
    groups = {WEIGHTS: _all_of(case, linear, "dW"), BIASES: _all_of(case, linear, "db")}
    groups |= {WEIGHT_ALIASES: aliases["dW"], BIAS_ALIASES: aliases["db"]}
    case.hint(WEIGHT_ALIASES, NOT_IN_PLACE.format("dW")).only_if_right(WEIGHT_ALIASES, WEIGHTS)
    case.hint(BIAS_ALIASES, NOT_IN_PLACE.format("db")).only_if_right(BIAS_ALIASES, BIASES)
    return _judged(case, "clip_gradients", linear, joined=groups)


def _clip_cases(draw: np.random.Generator) -> list[Case]:
    norm, other = draw.uniform(3000, 6000, size=2)
    small = _clip_case("a norm below 1, above the bound", draw, DEEP, 0.5, 0.3)
    small.tolerances |= dict.fromkeys((RETURNED, WEIGHTS, BIASES, WEIGHT_ALIASES, BIAS_ALIASES), 1e-5)  # for that ε
    return [
        _clip_case("a norm above the bound", draw, DEEP, norm, float(0.3 * norm)),
        _clip_case(
            "a norm just above the bound, where single arrays are below it", draw, DEEP, other, float(0.97 * other)
        ),
        _clip_case("a norm below the bound", draw, DEEP, norm, float(draw.uniform(1.5, 3) * norm)),
        _clip_case("a whole number as the bound", draw, SQUARE, other, 700),
        _clip_case("a network that begins with an activation", draw, ACTIVATION_FIRST, norm, float(0.5 * norm)),
        _clip_case("a single layer", draw, SINGLE, other, float(0.4 * other)),
        small,
        _clip_case("gradients that are all zero", draw, DEEP, 0.0, 2.5),
        _clip_case(
            "two calls, the second with a smaller bound", draw, DEEP, norm, float(0.6 * norm), float(0.2 * norm)
        ),
    ]


def _arrays(network: Any) -> list[np.ndarray]:
    """All gradients, as they are stored."""
    return [array for layer in network.layers if _has_weights(layer) for array in (layer.dW, layer.db)]


def _global_norm(arrays: list[np.ndarray]) -> float:
    return float(np.sqrt(sum(np.sum(array**2) for array in arrays)))


def _scale(arrays: list[np.ndarray], factor: float) -> None:
    for array in arrays:
        array *= factor


def _clips(measured: Callable = _arrays, scaled: Callable = _arrays, norm: Callable = _global_norm,
           factor: Callable = lambda norm, bound: min(1.0, bound / norm) if norm else 1.0,
           returned: Callable = lambda norm, factor, network: norm):  # fmt: skip
    """clip_gradients, of which parts may be exchanged."""

    def clip(network, max_norm):
        value = norm(measured(network))
        by = factor(value, max_norm)
        _scale(scaled(network), by)
        return returned(value, by, network)

    return clip


def _dW_alone(network: Any) -> list[np.ndarray]:
    return [layer.dW for layer in network.layers if _has_weights(layer)]


def _one_by_one(network, max_norm):
    norm = _global_norm(_arrays(network))
    for array in _arrays(network):
        _scale([array], min(1.0, max_norm / (_norm(array) or 1.0)))
    return norm


def _layer_by_layer(network, max_norm):
    norm = _global_norm(_arrays(network))
    for layer in network.layers:
        if _has_weights(layer):
            _scale([layer.dW, layer.db], min(1.0, max_norm / (_global_norm([layer.dW, layer.db]) or 1.0)))
    return norm


def _layer_by_layer_last(network, max_norm):
    for layer in network.layers:
        if _has_weights(layer):
            norm = _global_norm([layer.dW, layer.db])
            _scale([layer.dW, layer.db], min(1.0, max_norm / (norm or 1.0)))
    return norm


def _asks_activations(network, max_norm):
    norm = _global_norm([array for layer in network.layers for array in (layer.dW, layer.db)])
    _scale(_arrays(network), min(1.0, max_norm / (norm or 1.0)))
    return norm


def _entries(network, max_norm):
    norm = _global_norm(_arrays(network))
    for array in _arrays(network):
        np.clip(array, -max_norm, max_norm, out=array)
    return norm


def _new_arrays(network, max_norm):
    norm = _global_norm(_arrays(network))
    if norm > max_norm:
        for layer in network.layers:
            if _has_weights(layer):
                layer.dW, layer.db = layer.dW * max_norm / norm, layer.db * max_norm / norm
    return norm


def _always_new_arrays(network, max_norm):
    norm = _global_norm(_arrays(network))
    factor = min(1.0, max_norm / (norm or 1.0))
    for layer in network.layers:
        if _has_weights(layer):
            layer.dW, layer.db = layer.dW * factor, layer.db * factor
    return norm


def _scales_while_adding(network, max_norm):
    total = 0.0
    for array in _arrays(network):
        total += np.sum(array**2)
        _scale([array], min(1.0, max_norm / (np.sqrt(total) or 1.0)))
    return float(np.sqrt(total))


def _measures_again(network, max_norm):
    norm = _global_norm(_arrays(network))
    for array in _arrays(network):
        now = _global_norm(_arrays(network))
        if now > max_norm:
            array *= max_norm / now
    return norm


def _scales_parameters(network, max_norm):
    norm = _global_norm(_arrays(network))
    if norm > max_norm:
        _scale(
            [array for layer in network.layers if _has_weights(layer) for array in (layer.W, layer.b)], max_norm / norm
        )
    return norm


def _squares_in_place(network, max_norm):
    for array in _arrays(network):
        array **= 2
    norm = float(np.sqrt(sum(array.sum() for array in _arrays(network))))
    if norm > max_norm:
        _scale(_arrays(network), max_norm / norm)
    return norm


def _without_care(factor: Callable = lambda norm, bound: bound / norm) -> Callable:
    def always(norm, bound):
        return factor(np.float64(norm), bound)

    return always


def _crashes_at_zero(network, max_norm):
    norm = _global_norm(_arrays(network))
    _scale(_arrays(network), min(1.0, max_norm / norm))
    return norm


def _when(condition: Callable) -> Callable:
    return lambda norm, bound: bound / norm if condition(norm, bound) and norm else 1.0


def _clears(network, max_norm):
    norm = _global_norm(_arrays(network))
    if norm > max_norm:
        _scale(_arrays(network), 0.0)
    return norm


def _in_float32(arrays):
    return float(np.sqrt(sum(np.sum(array.astype(np.float32) ** 2) for array in arrays)))


CLIP_MISTAKES = (
    ("Each array is clipped by itself, which turns the gradient: one factor, from the norm of all together, for all.", _one_by_one),
    ("Each layer is clipped by itself, which turns the gradient: one factor, from the norm of all together, for all.", _layer_by_layer),
    ("Each layer is clipped by itself, which turns the gradient, and the last one's norm comes back: one factor and one norm, of all together.",
     _layer_by_layer_last),
    ("An activation has no dW: leave out the layers without it, which hasattr(layer, \"dW\") tells.", _asks_activations),
    ("The entries are cut off at ± the bound, which turns the gradient: multiply all by one factor.", _entries),
    ("The gradients are scaled to the bound also where their norm is below it: do nothing there.",
     _clips(factor=lambda norm, bound: bound / norm if norm else 1.0)),
    ("The gradients are scaled also where their norm is below the bound, and a norm of 0 gives NaN: do nothing unless norm > max_norm.",
     _clips(factor=_without_care())),
    ("A norm of 0 is divided by: do nothing unless norm > max_norm.", _crashes_at_zero),
    ("The biases' gradients are left out, of the norm and of the scaling: all dW and all db count.", _clips(_dW_alone, _dW_alone)),
    ("The norm is that of dW alone: all db belong to it.", _clips(_dW_alone)),
    ("db is not scaled: all dW and all db are multiplied by the factor.", _clips(scaled=_dW_alone)),
    ("Nothing is shortened. Inside a loop g = g * … binds a new array to the name: write g *= ….", _clips(scaled=lambda network: [])),
    ("What comes back is the norm after clipping: return the one before.",
     _clips(returned=lambda norm, factor, network: _global_norm(_arrays(network)))),
    ("What comes back is the factor: return the norm before clipping.", _clips(returned=lambda norm, factor, network: factor)),
    ("What comes back is the squared norm.", _clips(returned=lambda norm, factor, network: norm**2)),
    ("Nothing comes back: return the norm before clipping.", _clips(returned=lambda norm, factor, network: None)),
    ("The norm is not returned where nothing is clipped: return it in both cases.",
     _clips(returned=lambda norm, factor, network: norm if factor < 1 else None)),
    ("0 is returned where nothing is clipped: return the norm in both cases.",
     _clips(returned=lambda norm, factor, network: norm if factor < 1 else 0.0)),
    ("The root is missing: the norm is the root of the sum of squares.", _clips(norm=lambda arrays: _global_norm(arrays) ** 2)),
    ("The norms of the arrays are added up: the global norm is the root of the sum of their squares.",
     _clips(norm=lambda arrays: sum(map(_norm, arrays)))),
    ("The absolute values are added up: the global norm is the root of the sum of squares.",
     _clips(norm=lambda arrays: float(sum(np.abs(array).sum() for array in arrays)))),
    ("The largest entry is taken for the norm: it is the root of the sum of squares.",
     _clips(norm=lambda arrays: float(max(np.abs(array).max() for array in arrays)))),
    ("The largest norm of a single array is taken: the global norm is the root of the sum of all squares.",
     _clips(norm=lambda arrays: max(map(_norm, arrays)))),
    ("The mean of the arrays' norms is taken: the global norm is the root of the sum of all squares.",
     _clips(norm=lambda arrays: float(np.mean([_norm(array) for array in arrays])))),
    ("The squares are averaged: a norm adds them up.",
     _clips(norm=lambda arrays: _global_norm(arrays) / np.sqrt(sum(array.size for array in arrays)))),
    ("The norm is that of the last layer alone: begin the sum before the loop, and add to it inside.",
     _clips(norm=lambda arrays: _global_norm(arrays[-2:]))),
    ("The norm is that of the first layer alone: is a return inside the loop?", _clips(norm=lambda arrays: _global_norm(arrays[:2]))),
    ("The gradients are normalised to length 1: multiply by max_norm as well.", _clips(factor=lambda norm, bound: 1 / norm if norm > bound else 1.0)),
    ("The factor is upside down: it is max_norm / norm.", _clips(factor=lambda norm, bound: norm / bound if norm > bound else 1.0)),
    ("The condition is upside down: clip when norm > max_norm.", _clips(factor=_when(lambda norm, bound: norm < bound))),
    ("The squared norm is compared with the bound: compare the norm itself.", _clips(factor=_when(lambda norm, bound: norm**2 > bound))),
    ("The factor is max_norm alone: it is max_norm / norm.", _clips(factor=lambda norm, bound: bound if norm > bound else 1.0)),
    ("The factor is its own square: each gradient is multiplied by max_norm / norm once.",
     _clips(factor=lambda norm, bound: (bound / norm) ** 2 if norm > bound else 1.0)),
    ("The factor is the root of max_norm / norm: no root.", _clips(factor=lambda norm, bound: (bound / norm) ** 0.5 if norm > bound else 1.0)),
    ("The factor is max_norm / norm²: the root of the sum of squares is missing there.",
     _clips(factor=lambda norm, bound: bound / norm**2 if norm > bound else 1.0)),
    *((f"An ε of {small} in the denominator makes the gradients shorter than max_norm: where norm > max_norm > 0, none is needed.",
       _clips(factor=lambda norm, bound, small=small: min(1.0, bound / (norm + small)))) for small in (1.0, 0.1, 1e-2, 1e-3, 1e-4, 1e-5)),
    ("The gradients are set to zero: multiply them by max_norm / norm.", _clears),
    ("The bound is ignored: 1 is used in its place.", _clips(factor=lambda norm, bound: 1 / norm if norm > 1 else 1.0)),
    ("The factor is worked out while the sum is not yet complete: first add up all squares, then scale.", _scales_while_adding),
    ("The norm is measured anew after each array: measure once, then scale all by one factor.", _measures_again),
    ("W and b are scaled: dW and db are to be shortened.", _scales_parameters),
    ("The stored gradients are squared to work out the norm: write g**2 without changing g.", _squares_in_place),
    ("clip_gradients makes new arrays instead of shortening dW and db in place: write layer.dW *= …, not layer.dW = ….", _new_arrays),
    ("clip_gradients makes new arrays, in every call, instead of shortening dW and db in place: write layer.dW *= …, not layer.dW = ….",
     _always_new_arrays),
    ("The norm is computed in float32: keep NumPy's default, float64.", _clips(norm=_in_float32)),
)  # fmt: skip

# --- tasks ------------------------------------------------------------------------------------------------------------


def _task(name: str, section: str, cases: Any, reference: Any, mistakes: tuple) -> Task:
    where = f"Initialisation and numerical stability, section “{section}”"
    return Task(name, ASSIGNMENT, where, cases, reference, mistakes)


TASKS = (
    _task("xavier-normal", "Xavier and He", _initialiser_cases(_xavier), xavier_normal, XAVIER_NORMAL_MISTAKES),
    _task(
        "xavier-uniform",
        "Xavier and He",
        _initialiser_cases(_xavier, uniform=True),
        xavier_uniform,
        XAVIER_UNIFORM_MISTAKES,
    ),
    _task("he-normal", "Xavier and He", _initialiser_cases(_he), he_normal, HE_NORMAL_MISTAKES),
    _task("activation-scales", "Predicted and measured", _scales_cases, activation_scales, SCALES_MISTAKES),
    _task("gradient-norms", "Predicted and measured", _norms_cases, gradient_norms, NORMS_MISTAKES),
    _task("clip-gradients", "Clipping the gradient", _clip_cases, clip_gradients, CLIP_MISTAKES),
)
