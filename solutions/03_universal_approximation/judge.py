"""03_universal_approximation: `bump`, `relu_interpolant` and `width_for_error`.

Many networks are right: the units of a bump come in either order, and an interpolant is judged by its output alone.
"""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from mlpgrade.judging.declare import Case, Mistake, Task


HIDDEN: tuple[str, ...] = ()
"""mlpkit holds no answer to any of these tasks."""

PARTS = ("W1", "b1", "W2", "b2")
PROPS = "props"


def _network(parts: Any) -> list[np.ndarray]:
    """Return the four arrays as floats; nested lists will do."""
    if len(parts) != len(PARTS):
        raise ValueError(f"there are not four arrays, W1, b1, W2 and b2, but {len(parts)}")
    return [np.asarray(part, float) for part in parts]


def _call(case: Case, label: str, *args: Any) -> Case:
    """Call the function and publish the parts of what it returns, whatever sort of tuple that is."""
    return case.call(label, "target", None, *args).collect(f"the parts of {label}", label, limit=5)


def _bump_cases(draw: np.random.Generator) -> list[Case]:
    """|left| and |right| differ clearly, so that it shows which unit belongs to which edge."""
    left, width, height = draw.uniform(0.3, 3), draw.uniform(0.5, 2), draw.uniform(2, 5)
    whole = int(draw.integers(2, 6))
    cases = [
        _bump_case(about, *map(float, sizes))
        for about, sizes in (
            ("a positive height", (left, left + width, height, draw.uniform(5, 20))),
            ("a negative height", (-left - width, -left, -height, draw.uniform(5, 20))),
            ("a narrow and gentle bump", (-left - 0.3, -left, 0.7, draw.uniform(1.2, 2))),
            ("steepness 10000", (left, left + width, height, 1e4)),
        )
    ]
    cases.append(_bump_case("four ints", -whole, whole + 3, 3, 7))
    cases.append(_bump_case("ints, and a steepness that is none", whole, whole + 2, -3, float(draw.uniform(2.1, 2.9))))
    again = float(left), float(left + width), float(height), 8.0
    own = _call(Case("the same bump again, after the arrays of the first were changed"), "first", *map(_plain, again))
    own.library("nothing", "tools.overwrite", "the parts of first")
    own = _call(own, "bump", *map(_plain, again)).publish("bump", "the parts of bump")
    for part in PARTS:
        own.hint(part, f"{part} is shared between calls: each call must return arrays of its own")
    return [*cases, _two_bumps(draw), own.judged_by(lambda found: _in_order(found["bump"], "{}", *again))]


def _bump_case(about: str, *sizes: float) -> Case:
    case = _call(Case(about), "bump", *map(_plain, sizes)).publish("bump", "the parts of bump")
    return case.judged_by(lambda found: _in_order(found["bump"], "{}", *sizes))


def _two_bumps(draw: np.random.Generator) -> Case:
    """A staircase takes many bumps, all alive at once."""
    case = Case("a second bump after the first")
    sizes = {}
    for name in ("first", "second"):
        left, height, steepness = (float(draw.uniform(*bounds)) for bounds in ((0.3, 2), (2, 9), (2, 9)))
        sizes[name] = left, left + 1.5, height, steepness
        _call(case, name, *map(_plain, sizes[name]))
    for name in sizes:
        case.publish(name, f"the parts of {name}")
    first = "{} of the first bump"
    for part in PARTS:
        label = first.format(part)
        case.hint(label, f"{label} changed when the second was made: each call must return arrays of its own")
        case.only_if_right(label, part)
    return case.judged_by(
        lambda found: (
            _in_order(found["second"], "{}", *sizes["second"]) | _in_order(found["first"], first, *sizes["first"])
        )
    )


def _in_order(
    parts: Any, label: str, left: float, right: float, height: float, steepness: float
) -> dict[str, np.ndarray]:
    """Return the arrays with the left edge's unit first: that order in which the biases fit the edges, up to a factor."""
    arrays = _network(parts)
    if all(array.size == 2 for array in arrays[:3]):
        biases, weights = arrays[1].ravel(), arrays[2].ravel() * height
        straight, crossed = abs(biases @ [left, right]), abs(biases @ [right, left])
        if crossed > straight or (crossed == straight and weights[1] > weights[0]):
            arrays[:3] = [array.ravel()[::-1].reshape(array.shape) for array in arrays[:3]]
    return {label.format(part): array for part, array in zip(PARTS, arrays, strict=True)}


def _plain(value: float) -> dict:
    """A Python number, which integer division and a division by zero treat as such."""
    return {"plain": value}


def _bump(left: Any, right: Any, height: Any, steepness: Any) -> tuple:
    edges = np.array([left, right], float)
    return np.full((1, 2), float(steepness)), -steepness * edges, np.array([[height], [-height]], float), np.zeros(1)


def _changed_bump(**parts: Callable) -> Callable:
    """The bump with some of its arrays changed: each function gets the array, left, right, height and steepness."""

    def wrong(*sizes: Any) -> list:
        return [
            parts[part](array, *sizes) if part in parts else array
            for part, array in zip(PARTS, _bump(*sizes), strict=True)
        ]

    return wrong


def _integer_edges(left: Any, right: Any, height: Any, steepness: Any) -> tuple:
    edges = np.array([left, right])
    edges *= -steepness
    arrays = _bump(left, right, height, steepness)
    return arrays[0], edges, *arrays[2:]


def _fixed(steepness: float) -> Callable:
    return lambda left, right, height, ignored: _bump(left, right, height, steepness)


def _as_float32(array: np.ndarray, *sizes: Any) -> np.ndarray:
    return array.astype(np.float32)


def _truncated(array: np.ndarray, *sizes: Any) -> np.ndarray:
    return np.trunc(array)


def _flat(array: np.ndarray, *sizes: Any) -> np.ndarray:
    return array.ravel()


def _transposed(array: np.ndarray, *sizes: Any) -> np.ndarray:
    return array.T


def _negated(array: np.ndarray, *sizes: Any) -> np.ndarray:
    return -array


def _nothing(*args: Any) -> None:
    return None


def _no_network(name: str) -> tuple[str, Callable]:
    sentence = "does not return four arrays: end it with return W1, b1, W2, b2 (without a return it returns None)."
    return f"{name} {sentence}", _nothing


def _weights_first(right: Callable) -> Callable:
    def wrong(*args: Any) -> list:
        W1, b1, W2, b2 = right(*args)
        return [W1, W2, b1, b2]

    return wrong


def _shape_mistakes(changed: Callable[..., Callable]) -> tuple[tuple[str, Callable], ...]:
    return (
        ("The arrays come back in another order: W1, b1, W2, b2 is asked for, layer by layer, and not W1, W2, b1, b2.",
         _weights_first(changed())),
        ("W1 and W2 are transposed: rows are examples here, so W1 is (1, H) and W2 is (H, 1), for x @ W1 and then @ W2.",
         changed(W1=_transposed, W2=_transposed)),
        ("W1 and W2 have lost an axis: they are matrices, (1, H) and (H, 1), also where a side is 1.",
         changed(W1=_flat, W2=_flat)),
        ("W1 has lost an axis: it is a matrix, (1, H), with a row for the one input.", changed(W1=_flat)),
        ("W1 is transposed: it is (1, H), with a row for the one input.", changed(W1=_transposed)),
        ("W2 has lost an axis: it is a matrix, (H, 1), with a column for the one output.", changed(W2=_flat)),
        ("W2 is transposed: it is (H, 1), with a column for the one output.", changed(W2=_transposed)),
        ("b1 has an axis too many: a bias has one number a unit, (H,).", changed(b1=lambda b, *rest: b[None, :])),
        ("b1 has an axis too many: a bias has one number a unit, (H,), not a column.",
         changed(b1=lambda b, *rest: b[:, None])),
        ("b2 is a single number: it is an array of shape (1,), one bias for the one output.",
         changed(b2=lambda b, *rest: b[0])),
        ("b2 has an axis too many: it is (1,), one bias for the one output.", changed(b2=lambda b, *rest: b[None, :])),
    )  # fmt: skip


BUMP_MISTAKES = (
    _no_network("bump"),
    *_shape_mistakes(_changed_bump),
    ("The biases are minus the edges: multiply by the steepness, since κ(x − l) = κx − κl. As it is, the centres are at l/κ and r/κ.",
     _changed_bump(b1=lambda b, left, right, *rest: np.array([-left, -right], float))),
    ("The biases are the edges themselves: κ(x − l) = κx − κl, so the bias is −κl.",
     _changed_bump(b1=lambda b, left, right, *rest: np.array([left, right], float))),
    ("The biases have the wrong sign: κ(x − l) = κx − κl, so the bias is −κl. As it is, the centres are at −l and −r.",
     _changed_bump(b1=_negated)),
    ("The biases are divided by the steepness: κ(x − l) = κx − κl, so the bias is −κl.",
     _changed_bump(b1=lambda b, left, right, height, k: -np.array([left, right]) / k)),
    ("Both centres lie in the middle, so the two units cancel: one belongs at each edge.",
     _changed_bump(b1=lambda b, left, right, height, k: np.full(2, -k * (left + right) / 2))),
    ("Both centres lie at the left edge, so the two units cancel: one belongs at each edge.",
     _changed_bump(b1=lambda b, left, right, height, k: np.full(2, -k * left))),
    ("The second centre is at right − left: the centres are the edges themselves, left and right.",
     _changed_bump(b1=lambda b, left, right, height, k: np.array([-k * left, -k * (right - left)]))),
    ("Both output weights have the same sign, which makes a staircase of two steps: the unit at the right edge is subtracted.",
     _changed_bump(W2=lambda W, *rest: np.abs(W) * np.sign(W[0]))),
    ("The bump is upside down: the unit at the left edge has the output weight +height, that at the right edge −height.",
     _changed_bump(W2=_negated)),
    ("The output weights are 1 and −1, without the height.", _changed_bump(W2=lambda W, *rest: np.sign(W) * np.sign(W[0]))),
    ("The height is in the left unit alone: the right one has the output weight −1 where it needs −height.",
     _changed_bump(W2=lambda W, *rest: np.array([W[0], [-1.0]]))),
    ("The output weights are half of what they should be: a sigmoid rises from 0 to 1, unlike tanh, which rises from −1 to 1.",
     _changed_bump(W2=lambda W, *rest: W / 2)),
    ("A negative height is made positive: abs has to go, the bump then points down.",
     _changed_bump(W2=lambda W, left, right, height, k: W * np.sign(height))),
    ("To lift the middle of a gentle bump to the full height, the output weights are larger than asked for: they are height and −height.",
     _changed_bump(W2=lambda W, left, right, height, k: W / np.tanh(k * (right - left) / 4))),
    ("b2 is not zero: outside the bump both units cancel, and nothing has to be added.",
     _changed_bump(b2=lambda b, left, right, height, k: b + height)),
    ("b2 is minus the height: the two units cancel outside the bump already, so b2 is 0.",
     _changed_bump(b2=lambda b, left, right, height, k: b - height)),
    ("The right unit is mirrored, with the input weight −steepness. The function can be had that way too, but the task asks for the input weight steepness in both units, and b2 = 0.",
     _changed_bump(W1=lambda W, *rest: W * [1, -1], b1=lambda b, *rest: b * [1, -1], W2=np.abs)),
    ("The right unit is mirrored, with the input weight −steepness. The function can be had that way too, but the task asks for the input weight steepness in both units, and b2 = 0.",
     _changed_bump(W1=lambda W, *rest: W * [1, -1], b1=lambda b, *rest: b * [1, -1], W2=lambda W, *rest: np.full((2, 1), W[0, 0]))),
    ("The right unit is mirrored, with the input weight −steepness. The function can be had that way too, but the task asks for the input weight steepness in both units, and b2 = 0.",
     _changed_bump(W1=lambda W, *rest: W * [1, -1], b1=lambda b, *rest: b * [1, -1], W2=lambda W, *rest: np.full((2, 1), W[0, 0]),
                   b2=lambda b, left, right, height, k: b - height)),
    ("The input weights are 1: the steepness is missing from them.", _changed_bump(W1=lambda W, *rest: np.ones((1, 2)))),
    ("The steepness is missing: it is the input weight of both units, and a factor of their biases.", _fixed(1.0)),
    *((f"The steepness is ignored: it is always {fixed}.", _fixed(fixed)) for fixed in (10, 20, 40, 50, 100, 1000)),
    ("The steepness is divided by the width of the bump: it is the input weight as it is.",
     lambda left, right, height, k: _bump(left, right, height, k / (right - left))),
    ("b1 is an array of whole numbers when both edges are: np.array([left, right], float) keeps the decimals of the product.",
     _integer_edges),
    *((f"{part} is cut down to whole numbers: make its array of floats, without dtype=int.", _changed_bump(**{part: _truncated}))
      for part in PARTS[:3]),
    *((f"{part} is in float32: keep NumPy's default, float64.", _changed_bump(**{part: _as_float32})) for part in PARTS[:3]),
)  # fmt: skip


OUTPUT = "The network's output between the first and the last knot"
UNITS = "The number of hidden units beyond the number of knots"
SHAPES = {
    "The shape of W1": (1, "H"),
    "The shape of b1": ("H",),
    "The shape of W2": ("H", 1),
    "The shape of b2": (1,),
}


def _interpolant_cases(draw: np.random.Generator) -> list[Case]:
    def rising(count: int, shortest: float = 0.3, longest: float = 2.0) -> np.ndarray:
        return draw.uniform(-2, -1) + np.cumsum(draw.uniform(shortest, longest, size=count))

    def heights(count: int) -> np.ndarray:
        return draw.choice([-1, 1]) * draw.uniform(1, 2) + draw.normal(size=count)

    uneven = draw.uniform(-5, 5) + np.cumsum(draw.permutation([1e-3, 2e-2, 0.5, 4.0, 30.0]))
    whole = np.cumsum([int(draw.integers(-9, -4)), 2, 3, 2, 5])
    levels = draw.choice([-1, 1]) * np.array([4, 7, 2, 3, 9]) + int(draw.integers(0, 3))
    even, line, negative = np.linspace(1, 4, 7), rising(6), rising(5) - 20
    cases = [
        _interpolant_case(draw, *situation)
        for situation in (
            ("five knots", rising(5), heights(5)),
            ("two knots", rising(2), heights(2)),
            ("equally spaced knots", even, heights(7)),
            ("knots of very different spacing", uneven, heights(5)),
            ("negative knots", negative, heights(5)),
            ("thirty knots", rising(30, 0.1, 0.5), heights(30)),
            ("arrays of whole numbers", whole, levels),
            ("lists of ints", whole.tolist(), levels[::-1].tolist()),
            ("points on one line", line, 3 - 2 * line),
            ("values that are all alike", rising(4), np.full(4, draw.uniform(1, 2))),
        )
    ]
    return [*cases, _two_interpolants(draw, rising(4), rising(6)), _own_arrays(rising(4), heights(4)), _refusals(draw)]


def _own_arrays(knots: np.ndarray, values: np.ndarray) -> Case:
    """Whoever writes into the network's arrays must not find knots or values changed."""
    case = _call(
        Case("the network's arrays are changed").bind("knots", knots).bind("values", values),
        "network",
        "knots",
        "values",
    )
    case.library("nothing", "tools.overwrite", "the parts of network")
    for name in ("knots", "values"):
        shared = (
            f"An array of the network is a part of {name}, so that a step of training would change {name}: make a copy"
        )
        case.publish(f"{name} after a change of the network", name, shared)
    return case


def _interpolant_case(draw: np.random.Generator, about: str, knots: Any, values: Any) -> Case:
    case = Case(about).bind("knots", knots).bind("values", values)
    _call(case, "network", "knots", "values").publish("network", "the parts of network")
    for name in ("knots", "values"):
        label = f"{name} after the call"
        case.publish(
            label,
            name,
            f"relu_interpolant writes into {name}, which it was given: make a copy",
        )
    return _judged_inside(case, {"network": ("{}", _inside(draw, np.asarray(knots, float)))}, len(knots))


def _two_interpolants(draw: np.random.Generator, *both: np.ndarray) -> Case:
    case = Case("a second network after the first")
    networks = {}
    for name, label, knots in zip(("first", "second"), ("{} of the first network", "{}"), both, strict=True):
        case.bind(f"knots {name}", knots).bind(f"values {name}", draw.normal(size=len(knots)))
        _call(case, name, f"knots {name}", f"values {name}")
        networks[name] = label, _inside(draw, knots)
    for name in networks:
        case.publish(name, f"the parts of {name}")
    for label in (OUTPUT, UNITS, *SHAPES):
        first = f"{label} of the first network"
        case.hint(first, "The first network changed when the second was made: each call must return arrays of its own")
        case.only_if_right(first, label)
    return _judged_inside(case, networks, max(map(len, both)))


def _inside(draw: np.random.Generator, knots: np.ndarray) -> np.ndarray:
    """The knots, and three places on each piece."""
    shares = draw.uniform(0.05, 0.95, size=(len(knots) - 1, 3))
    places = knots[:-1, None] + shares * np.diff(knots)[:, None]
    return np.sort(np.concatenate([knots, places.ravel()]))


def _judged_inside(case: Case, networks: dict[str, tuple[str, np.ndarray]], knots: int) -> Case:
    """Judge networks by their shapes, width and output; what else was published is compared as it is."""
    case.hint(
        UNITS,
        "More hidden units than knots: one unit for each piece is enough, since it changes the slope for all that follow",
    )

    def derive(found: dict[str, Any]) -> dict[str, Any]:
        derived = {label: value for label, value in found.items() if label not in networks}
        for name, (label, grid) in networks.items():
            properties = _properties(_network(found[name]), grid, knots)
            derived |= {label.format(key): value for key, value in properties.items()}
        return derived

    return case.judged_by(derive)


def _properties(network: list[np.ndarray], grid: np.ndarray, knots: int) -> dict[str, Any]:
    H = network[1].size
    if network[0].size != H or network[2].size != H or network[3].size != 1:
        counts = ", ".join(f"{part} {array.shape}" for part, array in zip(PARTS, network, strict=True))
        raise ValueError(f"the shapes do not belong to one network: {counts}")
    W1, b1, W2 = (array.ravel() for array in network[:3])
    output = np.maximum(grid[:, None] * W1 + b1, 0) @ W2 + network[3].ravel()
    shapes = {label: _shape(array, wanted, H) for (label, wanted), array in zip(SHAPES.items(), network, strict=True)}
    return {OUTPUT: output, UNITS: max(0, H - knots), **shapes}


def _shape(array: np.ndarray, wanted: tuple, H: int) -> str:
    """The shape in words, with H for the number of units, which differs from one right answer to the next."""
    right = array.shape == tuple(H if length == "H" else length for length in wanted)
    shape = wanted if right else tuple("H" if length == H != 1 else length for length in array.shape)
    return str(shape).replace("'", "")


EQUAL, DISORDER = "What becomes of equal neighbours", "What becomes of knots out of order"


def _refusals(draw: np.random.Generator) -> Case:
    case = Case("knots that do not strictly increase").bind("knots", np.arange(3.0)).bind("values", np.ones(3))
    case.call("network", "target", None, "knots", "values")  # a stub ends here, and is told one thing only
    a, b, c, d = np.cumsum(draw.uniform(0.5, 2, size=4))
    kinds = {
        EQUAL: ([a, a, b, c], [a, b, b, c], [a, b, c, c], [b, b]),
        DISORDER: ([d, c, b, a], [a, c, b, d], [b, a, c, d], [a, b, d, c], [c, d, a, b]),
    }
    for label, many in kinds.items():
        for number, knots in enumerate(many):
            name = f"{label} {number}"
            case.bind(f"t {name}", np.array(knots)).bind(f"v {name}", draw.normal(size=len(knots)))
            case.raises(name, "ValueError", "target", None, f"t {name}", f"v {name}")
    case.hint(
        EQUAL, "relu_interpolant must raise ValueError whenever two neighbouring knots are equal, wherever they stand"
    )
    case.hint(
        DISORDER,
        "relu_interpolant must raise ValueError whenever a knot is smaller than the one before, wherever it stands",
    )
    return case.judged_by(
        lambda found: {
            label: [found[f"{label} {number}"] for number in range(len(many))] for label, many in kinds.items()
        }
    )


def _unless(fine: bool) -> None:
    if not fine:
        raise ValueError


def _increase(t: np.ndarray) -> None:
    _unless(bool(np.all(np.diff(t) > 0)))


def _interpolant(
    slopes: Callable = lambda t, v: np.diff(v) / np.diff(t),
    weights: Callable = lambda q: np.diff(q, prepend=0.0),
    biases: Callable = lambda t: -t[:-1],
    start: Callable = lambda t, v, q: v[0],
    check: Callable = _increase,
) -> Callable:
    """The construction of the chapter in parts, so that a mistake replaces a single one."""

    def build(knots: Any, values: Any) -> tuple:
        t, v = np.array(knots, float), np.array(values, float)
        check(t)
        q = slopes(t, v)
        b1, W2 = biases(t), weights(q)
        return np.ones((1, len(W2))), b1, W2[:, None], np.array([start(t, v, q)])

    return build


def _changed_interpolant(**parts: Callable) -> Callable:
    right = _interpolant()

    def wrong(knots: Any, values: Any) -> list:
        return [
            parts[part](array) if part in parts else array
            for part, array in zip(PARTS, right(knots, values), strict=True)
        ]

    return wrong


def _without_first_slope(knots: Any, values: Any) -> tuple:
    W1, b1, W2, b2 = _interpolant()(knots, values)
    return W1[:, 1:], b1[1:], W2[1:], b2


def _averaged_slopes(knots: Any, values: Any) -> tuple:
    t, v = np.array(knots, float), np.array(values, float)
    _increase(t)
    q = np.gradient(v, t)
    return np.ones((1, len(t))), -t, np.diff(q, prepend=0.0)[:, None], v[:1]


def _whole_weights(knots: Any, values: Any) -> tuple:
    W1, b1, W2, b2 = _interpolant()(knots, values)
    return W1, b1, W2 if (np.asarray(values) % 1).any() else np.trunc(W2), b2


def _change_inside(knots: Any, values: Any) -> tuple:
    _, b1, W2, b2 = _interpolant()(knots, values)
    return W2.T, W2[:, 0] * b1, np.ones_like(W2), b2


def _arrays_alone(knots: Any, values: Any) -> tuple:
    _ = knots[1:] - knots[:-1]
    return _interpolant()(knots, values)


def _writing(array: str, change: Callable) -> Callable:
    def wrong(knots: Any, values: Any) -> tuple:
        result = _interpolant()(knots, values)
        given = {"knots": knots, "values": values}[array]
        if isinstance(given, np.ndarray):
            given[...] = change(given)
        return result

    return wrong


def _divides_first(t: np.ndarray) -> None:
    if (np.diff(t) == 0).any():
        raise ZeroDivisionError


def _asserts(t: np.ndarray) -> None:
    if not np.all(np.diff(t) > 0):
        raise AssertionError


SLOPES = {"slopes": (
    ("The slopes are not divided by the distance of the knots: q_i = (v_{i+1} − v_i) / (t_{i+1} − t_i).",
     lambda t, v: np.diff(v)),
    ("The knots are taken to be as far apart as the first two: each piece has a width of its own.",
     lambda t, v: np.diff(v) / (t[1] - t[0])),
    ("The knots are taken to be equally far apart: each piece has a width of its own.",
     lambda t, v: np.diff(v) * (len(t) - 1) / (t[-1] - t[0])),
    ("The slopes are upside down: divide the difference of the values by that of the knots, not the other way round.",
     lambda t, v: np.diff(t) / np.diff(v)),
    ("The slopes have the wrong sign: divide v_{i+1} − v_i by t_{i+1} − t_i, both in the same order.",
     lambda t, v: -np.diff(v) / np.diff(t)),
    ("The slopes are cut down to whole numbers when the inputs are ints: make the arrays of floats, np.asarray(knots, float).",
     lambda t, v: np.trunc(np.diff(v) / np.diff(t)) if not (t % 1).any() else np.diff(v) / np.diff(t)),
    ("The slopes are rounded down when the inputs are ints: divide with /, not //.",
     lambda t, v: np.diff(v) // np.diff(t) if not (t % 1).any() else np.diff(v) / np.diff(t)),
)}  # fmt: skip
WEIGHTS = {"weights": (
    ("The output weights are the slopes themselves: a unit that is on stays on, so each later unit adds only the change, q_i − q_{i−1}.",
     lambda q: q),
    ("The output weights are sums of slopes: each later unit adds the change of slope, q_i − q_{i−1}.", np.cumsum),
    ("The changes of slope have the wrong sign: the new slope minus the old one, q_i − q_{i−1}.",
     lambda q: np.append(q[0], -np.diff(q))),
    ("The last piece keeps the slope of the one before: its unit, at the last knot but one, has no weight.",
     lambda q: np.append(np.diff(q, prepend=0.0)[:-1], 0.0) if len(q) > 1 else 0 * q),
    ("The last piece keeps the slope of the one before: its unit, at the last knot but one, has no weight.",
     lambda q: np.append(np.diff(q, prepend=0.0)[:-1], 0.0) if len(q) > 1 else q),
    ("The first slope is missing: before the first unit the slope is 0, so its output weight is q_0 itself.",
     lambda q: np.append(0.0, np.diff(q))),
)}  # fmt: skip
BIASES = {"biases": (
    ("b1 has the wrong sign: the unit is max(0, x − t), so its bias is −t. As it is, the kinks are at minus the knots.",
     lambda t: t[:-1]),
    ("Each kink is at the right end of its piece: the slope of a piece has to begin at its left end, t_i.",
     lambda t: -t[1:]),
)}  # fmt: skip
STARTS = {"start": (
    ("b2 is missing: the line starts at v_0, not at 0.", lambda t, v, q: 0.0),
    ("b2 is the intercept of the first line: the unit at t_0 is zero there, so b2 is v_0 itself.",
     lambda t, v, q: v[0] - q[0] * t[0]),
    ("b2 is the last value: at the first knot all units are off, so b2 is v_0.", lambda t, v, q: v[-1]),
    ("b2 is the mean of the values: at the first knot all units are off, so b2 is v_0.", lambda t, v, q: v.mean()),
    ("b2 has the wrong sign: the line starts at v_0.", lambda t, v, q: -v[0]),
)}  # fmt: skip


def _singles(*kinds: dict[str, tuple]) -> tuple:
    return tuple(
        (text, _interpolant(**{part: wrong})) for kind in kinds for part, many in kind.items() for text, wrong in many
    )


def _first(count: int, kinds: dict[str, tuple]) -> dict[str, tuple]:
    """The commonest of the kind."""
    return {part: many[:count] for part, many in kinds.items()}


def _pairs(one: dict[str, tuple], other: dict[str, tuple]) -> tuple:
    """Two mistakes at once: both sentences hold."""
    return tuple(
        (f"{text} {more}", _interpolant(**{part: wrong, second: too}))
        for part, many in one.items() for text, wrong in many
        for second, others in other.items() for more, too in others
    )  # fmt: skip


def _checked(check: Callable) -> Callable:
    return _interpolant(check=check)


INTERPOLANT_MISTAKES = (
    _no_network("relu_interpolant"),
    *_shape_mistakes(_changed_interpolant),
    *_singles(SLOPES, WEIGHTS, BIASES, STARTS),
    ("The first slope is missing: before the first unit the slope is 0, so its output weight is q_0 itself, and H is the number of pieces.",
     _without_first_slope),
    ("The change of slope is the input weight. A negative input weight turns the unit round, so that it is on to the left of its kink: take input weights of 1, and the changes as output weights.",
     _change_inside),
    ("np.gradient gives a slope for each knot, averaged over the pieces on both sides: the line needs one for each piece, from np.diff.",
     _averaged_slopes),
    ("The output weights are cut down to whole numbers when the values are: make their array of floats, not like values.",
     _whole_weights),
    ("Lists are refused: begin with np.asarray(knots, float), and the same for values.", _arrays_alone),
    *((f"relu_interpolant writes into the array {name} that it was given: make a copy.", _writing(name, change))
      for name in ("knots", "values") for change in (lambda a: -a, lambda a: a - a[0])),
    ("No ValueError is raised, whatever the knots: raise it, before anything else, unless each knot is larger than the one before. A message alone does not stop anyone.",
     _checked(lambda t: None)),
    ("Equal knots end in a ZeroDivisionError and unsorted ones in nothing at all: check the knots before you divide, and raise ValueError.",
     _checked(_divides_first)),
    ("Equal neighbours are accepted: the knots must strictly increase, so refuse with <= and not with <, and do not trust sorted.",
     _checked(lambda t: _unless(bool(np.all(np.diff(t) >= 0))))),
    ("Knots out of order are accepted, or sorted instead of refused: raise ValueError for them as for equal ones.",
     _checked(lambda t: _unless(len(np.unique(t)) == len(t)))),
    ("Only the first and the last knot are compared: compare each knot with the one before.",
     _checked(lambda t: _unless(t[-1] > t[0]))),
    ("One increase is enough to pass the check: all of them are needed, np.all and not np.any.",
     _checked(lambda t: _unless(bool(np.any(np.diff(t) > 0))))),
    ("Only the first two knots are compared: compare each knot with the one before.", _checked(lambda t: _unless(t[1] > t[0]))),
    ("The last two knots are not compared: the loop over the pairs ends one too early.",
     _checked(lambda t: _unless(bool(np.all(np.diff(t)[:-1] > 0))))),
    ("The first two knots are not compared: the loop over the pairs starts one too late.",
     _checked(lambda t: _unless(bool(np.all(np.diff(t)[1:] > 0))))),
    ("An assert raises AssertionError, and python -O skips it: raise ValueError for knots that do not strictly increase.",
     _checked(_asserts)),
    *_pairs(_first(3, SLOPES), _first(1, STARTS)),
    *_pairs(_first(4, WEIGHTS), _first(1, STARTS)),
    *_pairs(BIASES, _first(1, STARTS)),
    *_pairs(_first(3, SLOPES), _first(1, WEIGHTS)),
    *_pairs(BIASES, _first(1, WEIGHTS)),
)  # fmt: skip


PIECES = "The number of pieces"


def _width_cases(draw: np.random.Generator) -> list[Case]:
    """Whole quotients are avoided, since rounding may lift them, except where every step is exact: powers of two."""

    def quotient(whole: int, share: tuple[float, float]) -> tuple[float, float, float]:
        """A curvature, length and tolerance whose quotient is the whole number plus a share, well away from a tie."""
        length, tolerance = draw.uniform(2, 9), draw.uniform(0.001, 0.05)
        return float(8 * tolerance * ((whole + draw.uniform(*share)) / length) ** 2), float(length), float(tolerance)

    cases = [
        _width_case("some dozen pieces, closer to the next whole number below", *quotient(int(draw.integers(20, 60)), (0.15, 0.4))),
        _width_case("some dozen pieces, closer to the next whole number above", *quotient(int(draw.integers(20, 60)), (0.6, 0.85))),
        _width_case("a short interval", *_shortened(*quotient(int(draw.integers(3, 9)), (0.2, 0.8)))),
        _width_case("several thousand pieces", *quotient(int(draw.integers(2000, 4000)), (0.2, 0.8))),
        _width_case("some ten thousand pieces", *quotient(int(draw.integers(40000, 60000)), (0.2, 0.8))),
        _width_case("a little more than a whole number", *quotient(int(draw.integers(20, 60)), (0.001, 0.002))),
        _width_case("a tolerance far above the error", *quotient(0, (0.05, 0.4))),
        _width_case("a straight line, curvature 0", 0.0, *quotient(1, (0.2, 0.8))[1:]),
        _width_case("a straight line, curvature 0, in ints", 0, int(draw.integers(2, 9)), int(draw.integers(1, 4))),
        _width_case("three ints", *_ints(draw)),
    ]  # fmt: skip
    return [*cases, _ties(draw)]


def _shortened(curvature: float, length: float, tolerance: float) -> tuple[float, float, float]:
    """The same quotient on an interval of a twentieth the length."""
    return 400 * curvature, length / 20, tolerance


def _ints(draw: np.random.Generator) -> tuple[int, int, int]:
    while True:
        curvature, length, tolerance = int(draw.integers(3, 20)), int(draw.integers(20, 90)), int(draw.integers(1, 4))
        quotient = length * (curvature / (8 * tolerance)) ** 0.5
        if 0.1 < quotient % 1 < 0.9 and curvature % (8 * tolerance):
            return curvature, length, tolerance


def _width_case(about: str, *sizes: float) -> Case:
    return Case(about).call("pieces", "target", None, *map(_plain, sizes)).publish(PIECES, "pieces")


def _ties(draw: np.random.Generator) -> Case:
    """Four bounds that equal the tolerance. One right answer is enough: a formula may round, but hardly on powers of two."""
    case = Case("a bound that equals the tolerance, in powers of two")
    wanted = []
    for number in range(4):
        root, scale, length = 2.0 ** draw.integers(1, 4), 4.0 ** -draw.integers(0, 3), 2.0 ** draw.integers(0, 3)
        wanted.append(int(root * length))
        sizes = (8 * root**2 * scale, length, scale)
        case.call(f"pieces {number}", "target", None, *(_plain(float(size)) for size in sizes))
        case.publish(str(number), f"pieces {number}")

    def closest(found: dict[str, Any]) -> dict[str, Any]:
        given = [found[str(number)] for number in range(len(wanted))]
        if not all(np.shape(value) == () and np.asarray(value).dtype.kind in "fiu" for value in given):
            return {PIECES: given[0]}
        beyond = min((np.asarray(value) - fewest for value, fewest in zip(given, wanted, strict=True)), key=abs)
        best = wanted[0] + beyond
        return {PIECES: int(best) if np.asarray(best).dtype.kind in "iu" else float(best)}

    return case.judged_by(closest)


def _root(curvature: float, length: float, tolerance: float) -> float:
    return length * (curvature / (8 * tolerance)) ** 0.5


def _up(quotient: float) -> int:
    return max(1, int(np.ceil(quotient)))


def _width(needed: Callable = _root, whole: Callable = _up) -> Callable:
    return lambda *sizes: whole(needed(*sizes))


NEEDED: tuple[tuple[str, Callable], ...] = (
    ("The square root is missing: P² ≥ T²B/(8ε), so P is the root of the right-hand side.", lambda B, T, e: T**2 * B / (8 * e)),
    ("The square root is missing: P ≥ T√(B/(8ε)).", lambda B, T, e: T * B / (8 * e)),
    ("The 8 of the bound is missing: it is h²B/8.", lambda B, T, e: T * (B / e) ** 0.5),
    ("The bound is used without its full denominator: it is h²B/8, not h²B/2.", lambda B, T, e: T * (B / (2 * e)) ** 0.5),
    ("The bound is used without its full denominator: it is h²B/8, not h²B/4.", lambda B, T, e: T * (B / (4 * e)) ** 0.5),
    ("The 8 has come out on the wrong side: P ≥ T√(B/(8ε)). Python reads B / 8 * ε as (B / 8) · ε.",
     lambda B, T, e: T * (B / 8 * e) ** 0.5),
    ("The 8 has come out on the wrong side: P ≥ T√(B/(8ε)).", lambda B, T, e: T * (8 * B / e) ** 0.5),
    ("The 8 stands outside the square root: P ≥ T√(B/(8ε)).", lambda B, T, e: T * (B / e) ** 0.5 / 8),
    ("The length has slipped under the square root: P ≥ T√(B/(8ε)), or √(T²B/(8ε)) with the square.",
     lambda B, T, e: (T * B / (8 * e)) ** 0.5),
    ("The length is missing: h = T/P.", lambda B, T, e: (B / (8 * e)) ** 0.5),
    ("The curvature is squared: only h is squared in h²B/8.", lambda B, T, e: T * B / (8 * e) ** 0.5),
    ("The curvature is missing: the bound is h²B/8.", lambda B, T, e: T / (8 * e) ** 0.5),
    ("// divides and rounds down: / is what the formula means.", lambda B, T, e: T * (B // (8 * e)) ** 0.5),
)  # fmt: skip
ROUNDED: tuple[tuple[str, Callable], ...] = (
    ("The result is rounded to the nearest whole number: too few pieces break the bound, so always round up.",
     lambda q: max(1, round(q))),
    ("The result is rounded down: too few pieces break the bound, so round up.", lambda q: max(1, int(q))),
    ("The result is the number of knots, P + 1, and not that of the pieces, P.", lambda q: _up(q) + 1),
    ("The result is the number of knots, P + 1, and not that of the pieces, P.", lambda q: int(np.ceil(q)) + 1),
    ("A function without curvature gets no piece at all: take at least 1.", lambda q: int(np.ceil(q))),
    ("The result is the next of the powers of two: the fewest pieces are asked for, whatever their number.",
     lambda q: 2 ** int(np.ceil(np.log2(max(q, 1))))),
    ("There is one piece too many where the bound equals the tolerance: that is small enough. usually int(…) + 1 does this, or a loop that waits for < instead of <=.",
     lambda q: int(q) + 1),
    ("The result is a float: int(…) around it makes it a whole number.", lambda q: float(max(1, np.ceil(q)))),
    ("The result is not rounded: a number of pieces is whole, and too few break the bound, so round up.", lambda q: max(1, q)),
    *((f"The result is wrong when it is large: it never exceeds {most}.", lambda q, most=most: min(most, _up(q)))
      for most in (100, 999, 1000)),
    ("The result is rounded down: too few pieces break the bound, so round up. A function without curvature gets no piece at all: take at least 1.",
     int),
    ("The result is rounded to the nearest whole number: too few pieces break the bound, so always round up. A function without curvature gets no piece at all: take at least 1.",
     round),
    ("The result is a float: int(…) around it makes it a whole number. A function without curvature gets no piece at all: take at least 1.",
     lambda q: float(np.ceil(q))),
    ("The result is neither rounded up nor an int: a number of pieces is whole, at least 1, and too few break the bound.", float),
)  # fmt: skip


def _straight_divides(curvature: float, length: float, tolerance: float) -> int:
    if curvature == 0:
        raise ZeroDivisionError
    return _up(_root(curvature, length, tolerance))


WIDTH_MISTAKES: tuple[tuple[str, Callable], ...] = (
    *((text, _width(needed=needed)) for text, needed in NEEDED),
    *((text, _width(whole=whole)) for text, whole in ROUNDED),
    ("A function without curvature ends in a ZeroDivisionError: a straight line takes one piece, so treat it apart or do not divide by the curvature.",
     _straight_divides),
    *((f"{text} {more}", _width(needed, whole)) for text, needed in NEEDED for more, whole in ROUNDED[:9]),
)  # fmt: skip


def told(*pairs):
    """Return the mistakes of pairs of a sentence and a wrong implementation: one for each sentence, its first words its id."""
    found = {}
    for sentence, wrong in pairs:
        found.setdefault(sentence, []).append(wrong)
    ids = {}
    for sentence in found:
        words = re.sub(r"[^a-z0-9.]+", " ", sentence.lower()).replace(". ", " ").strip(". ").split()
        length = next(n for n in range(5, 99) if "-".join(words[:n]) not in ids or n > len(words))
        ids["-".join(words[:length])] = sentence
    return tuple(Mistake(id, sentence, *found[sentence]) for id, sentence in ids.items())



def _task(name: str, section: str, cases: Any, reference: Any, mistakes: tuple) -> Task:
    return Task(name, f"Universal approximation, section “{section}”", cases, reference, told(*mistakes))


TASKS = (
    _task("step-bump", "First construction: bumps", _bump_cases, _bump, BUMP_MISTAKES),
    _task("relu-interpolant", "Second construction: kinks", _interpolant_cases, _interpolant(), INTERPOLANT_MISTAKES),
    _task("width-for-error", "Second construction: kinks", _width_cases, _width(), WIDTH_MISTAKES),
)
