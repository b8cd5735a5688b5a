"""03_universal_approximation: `bump`, `relu_interpolant` and `width_for_error`.

Many networks are right: the units of a bump come in either order, and an interpolant is judged by its output alone.
"""

from itertools import product

import numpy as np

from mlpgrade.judging.declare import Case, Mistake, Part, Task, after, slips

HIDDEN = ()
"""mlpkit holds no answer to any of these tasks."""

ARRAYS = ("W1", "b1", "W2", "b2")
ITS, FIRST = "{}", "{} of the first network"
"""What is seen in the network that counts, and in one that was made before it."""


def built(case, name, *given):
    """Call the function and name the arrays that come out, in whatever sort of tuple."""
    return case.call("the result", "target", None, *given).collect(name, "the result", limit=5)


def judged(case, look, given, *names):
    """Make networks from what is given, by label or under `names`, and judge by what `look` sees when all are there."""
    for label, its in given.items():
        built(case, label, *(names or its))
    for label in given:
        case.publish(label, label)

    def seen(found):
        values = {label: value for label, value in found.items() if label not in given}
        for label, its in given.items():
            if len(found[label]) != len(ARRAYS):
                raise ValueError(f"there are not four arrays, W1, b1, W2 and b2, but {len(found[label])}")
            sight = look(*(np.asarray(array, float) for array in found[label]), *its)
            values |= {label.format(name): value for name, value in sight.items()}
        return values

    return case.judged_by(seen)


def shared_case(look, labels, first, second):
    """One network is made, changed, and made again, and then another: whatever they share shows."""
    case = built(Case("several networks, one of them changed"), "changed", *first)
    case.library("nothing", "tools.overwrite", "changed")
    for label in labels:
        what = label if label in ARRAYS else "An array"
        for one in (label, FIRST.format(label)):
            case.hint(one, f"{what} is shared between calls: each call must return arrays of its own")
        case.only_if_right(FIRST.format(label), label)
    return judged(case, look, {FIRST: first, ITS: second})


def changed(right, **changes):
    """Return the function with some of its arrays changed."""
    same = dict.fromkeys(ARRAYS, np.asarray)
    return after(right)(lambda arrays: [change(a) for change, a in zip((same | changes).values(), arrays, strict=True)])


def told(build, **tables):
    """Return the mistakes of a table: id, sentence and what is wrong in a part of `build`; of two, each with each at once."""
    mistakes = []
    for lines in product(*tables.values()):
        id, says = "+".join(line[0] for line in lines), " ".join(line[1] for line in lines)
        wrong = [build(**dict(zip(tables, one, strict=True))) for one in product(*(line[2:] for line in lines))]
        mistakes.append(Mistake(id, says, *wrong))
    return mistakes


def form_mistakes(name, right):
    return (
        *slips(name, after(right), "nothing"),
        Mistake("weights-before-biases", "The arrays come back in another order: W1, b1, W2, b2 is asked for, layer by layer, and not W1, W2, b1, b2.",
                after(right)(lambda arrays: [arrays[place] for place in (0, 2, 1, 3)])),
        Mistake("weights-transposed", "W1 and W2 are transposed: rows are examples here, so W1 is (1, H) and W2 is (H, 1), for x @ W1 and then @ W2.",
                changed(right, W1=np.transpose, W2=np.transpose)),
        Mistake("weights-flat", "W1 and W2 have lost an axis: they are matrices, (1, H) and (H, 1), also where a side is 1.", changed(right, W1=np.ravel, W2=np.ravel)),
        Mistake("w1-flat", "W1 has lost an axis: it is a matrix, (1, H), with a row for the one input.", changed(right, W1=np.ravel)),
        Mistake("w1-transposed", "W1 is transposed: it is (1, H), with a row for the one input.", changed(right, W1=np.transpose)),
        Mistake("w2-flat", "W2 has lost an axis: it is a matrix, (H, 1), with a column for the one output.", changed(right, W2=np.ravel)),
        Mistake("w2-transposed", "W2 is transposed: it is (H, 1), with a column for the one output.", changed(right, W2=np.transpose)),
        Mistake("b1-row", "b1 has an axis too many: a bias has one number a unit, (H,).", changed(right, b1=lambda b: b[None, :])),
        Mistake("b1-column", "b1 has an axis too many: a bias has one number a unit, (H,), not a column.", changed(right, b1=lambda b: b[:, None])),
        Mistake("b2-number", "b2 is a single number: it is an array of shape (1,), one bias for the one output.", changed(right, b2=lambda b: b[0])),
        Mistake("b2-row", "b2 has an axis too many: it is (1,), one bias for the one output.", changed(right, b2=lambda b: b[None, :])),
    )  # fmt: skip


def bump(steepness=lambda lo, hi, k: k, W1=lambda k: [[k, k]], b1=lambda lo, hi, k: [-k * lo, -k * hi],
         W2=lambda v, rise: [[v], [-v]], b2=lambda v: [0]):  # fmt: skip
    """The bump in parts, so that a mistake replaces a single one."""

    def build(left, right, height, k):
        k = steepness(left, right, k)
        arrays = W1(k), b1(left, right, k), W2(height, k * (right - left)), b2(height)
        return [np.array(array, float) for array in arrays]

    return build


def bump_cases(draw):
    """|left| and |right| differ clearly, so that it shows which unit belongs to which edge."""
    left, width, height = draw.uniform([0.3, 0.5, 2], [3, 2, 5]).tolist()
    whole = int(draw.integers(2, 6))
    plain = {
        "a positive height": (left, left + width, height, draw.uniform(5, 20)),
        "a negative height": (-left - width, -left, -height, draw.uniform(5, 20)),
        "a narrow and gentle bump": (-left - 0.3, -left, 0.7, draw.uniform(1.2, 2)),
        "steepness 10000": (left, left + width, height, 1e4),
        "four ints": (-whole, whole + 3, 3, 7),
        "ints, and a steepness that is none": (whole, whole + 2, -3, draw.uniform(2.1, 2.9)),
    }
    two = ((at, at + 1.5, v, k) for at, v, k in draw.uniform([0.3, 2, 2], [2, 9, 9], (2, 3)).tolist())
    cases = [judged(Case(about), in_order, {ITS: sizes}) for about, sizes in plain.items()]
    return [*cases, shared_case(in_order, ARRAYS, *two)]


def in_order(W1, b1, W2, b2, left, right, height, steepness):
    """Return the arrays with the left edge's unit first: that order in which the biases fit the edges, up to a factor."""
    if W1.size == b1.size == W2.size == 2:
        biases, weights = b1.ravel(), W2.ravel() * height
        straight, crossed = abs(biases @ [left, right]), abs(biases @ [right, left])
        if crossed > straight or (crossed == straight and weights[1] > weights[0]):
            W1, b1, W2 = (array.ravel()[::-1].reshape(array.shape) for array in (W1, b1, W2))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


MIRRORED = {"W1": lambda k: [[k, -k]], "b1": lambda lo, hi, k: [-k * lo, k * hi]}
BUMP_MISTAKES = (
    *form_mistakes("bump", bump()),
    *told(bump, b1=(
        ("b1-without-steepness", "The biases are minus the edges: multiply by the steepness, since κ(x − l) = κx − κl. As it is, the centres are at l/κ and r/κ.",
         lambda lo, hi, k: [-lo, -hi]),
        ("b1-edges", "The biases are the edges themselves: κ(x − l) = κx − κl, so the bias is −κl.", lambda lo, hi, k: [lo, hi]),
        ("b1-negated", "The biases have the wrong sign: κ(x − l) = κx − κl, so the bias is −κl. As it is, the centres are at −l and −r.", lambda lo, hi, k: [k * lo, k * hi]),
        ("b1-divided", "The biases are divided by the steepness: κ(x − l) = κx − κl, so the bias is −κl.", lambda lo, hi, k: [-lo / k, -hi / k]),
        ("both-in-the-middle", "Both centres lie in the middle, so the two units cancel: one belongs at each edge.", lambda lo, hi, k: [-k * (lo + hi) / 2] * 2),
        ("both-at-the-left", "Both centres lie at the left edge, so the two units cancel: one belongs at each edge.", lambda lo, hi, k: [-k * lo] * 2),
        ("centre-at-the-width", "The second centre is at right − left: the centres are the edges themselves, left and right.", lambda lo, hi, k: [-k * lo, -k * (hi - lo)]),
        ("b1-whole-for-ints", "b1 is an array of whole numbers when both edges are: np.array([left, right], float) keeps the decimals of the product.",
         lambda lo, hi, k: np.array([lo, hi]).__imul__(-k)),
    )),
    *told(bump, W2=(
        ("staircase", "Both output weights have the same sign, which makes a staircase of two steps: the unit at the right edge is subtracted.", lambda v, rise: [[v], [v]]),
        ("upside-down", "The bump is upside down: the unit at the left edge has the output weight +height, that at the right edge −height.", lambda v, rise: [[-v], [v]]),
        ("no-height", "The output weights are 1 and −1, without the height.", lambda v, rise: [[1], [-1]]),
        ("height-left-alone", "The height is in the left unit alone: the right one has the output weight −1 where it needs −height.", lambda v, rise: [[v], [-1]]),
        ("half-height", "The output weights are half of what they should be: a sigmoid rises from 0 to 1, unlike tanh, which rises from −1 to 1.",
         lambda v, rise: [[v / 2], [-v / 2]]),
        ("height-positive", "A negative height is made positive: abs has to go, the bump then points down.", lambda v, rise: [[abs(v)], [-abs(v)]]),
        ("lifted", "To lift the middle of a gentle bump to the full height, the output weights are larger than asked for: they are height and −height.",
         lambda v, rise: np.array([[v], [-v]]) / np.tanh(rise / 4)),
    )),
    *told(bump, steepness=(
        ("no-steepness", "The steepness is missing: it is the input weight of both units, and a factor of their biases.", lambda lo, hi, k: 1),
        *((f"steepness-always-{fixed}", f"The steepness is ignored: it is always {fixed}.", lambda lo, hi, k, fixed=fixed: fixed) for fixed in (10, 20, 40, 50, 100, 1000)),
        ("steepness-by-width", "The steepness is divided by the width of the bump: it is the input weight as it is.", lambda lo, hi, k: k / (hi - lo)),
    )),
    Mistake("b2-height", "b2 is not zero: outside the bump both units cancel, and nothing has to be added.", bump(b2=lambda v: [v])),
    Mistake("b2-minus-height", "b2 is minus the height: the two units cancel outside the bump already, so b2 is 0.", bump(b2=lambda v: [-v])),
    Mistake("mirrored", "The right unit is mirrored, with the input weight −steepness. The function can be had that way too, but the task asks for the input weight steepness in both units, and b2 = 0.",
            bump(**MIRRORED, W2=lambda v, rise: [[abs(v)], [abs(v)]]), *(bump(**MIRRORED, W2=lambda v, rise: [[v], [v]], b2=b2) for b2 in (lambda v: [0], lambda v: [-v]))),
    Mistake("input-weights-1", "The input weights are 1: the steepness is missing from them.", bump(W1=lambda k: [[1, 1]])),
    *(Mistake(f"{name}-whole".lower(), f"{name} is cut down to whole numbers: make its array of floats, without dtype=int.", changed(bump(), **{name: np.trunc}))
      for name in ARRAYS[:3]),
    *(Mistake(f"{name}-float32".lower(), f"{name} is in float32: keep NumPy's default, float64.", changed(bump(), **{name: np.float32}), *otherwise)
      for name, otherwise in (("W1", ()), ("W2", ()), ("b1", [bump(b1=lambda lo, hi, k: np.float32(-k) * np.array([lo, hi], np.float32))]))),
)  # fmt: skip


OUTPUT = "The network's output between the first and the last knot"
UNITS = "The number of hidden units beyond the number of knots"
SHAPES = {"The shape of W1": "(1, H)", "The shape of b1": "(H,)", "The shape of W2": "(H, 1)", "The shape of b2": "(1,)"}  # fmt: skip
TOO_MANY = "More hidden units than knots: one unit for each piece is enough, since it changes the slope for all that follow"  # fmt: skip
WROTE = "relu_interpolant writes into {0}, which it was given: make a copy"
SHARED = "An array of the network is a part of {0}, so that a step of training would change {0}: make a copy"
EQUAL, DISORDER = "What becomes of equal neighbours", "What becomes of knots out of order"


def interpolant(slopes=lambda t, v: np.diff(v) / np.diff(t), weights=lambda q: np.diff(q, prepend=0.0), biases=lambda t: -t[:-1],
                start=lambda t, v, q: v[0], fine=lambda t: np.all(np.diff(t) > 0), error=ValueError):  # fmt: skip
    """The construction of the chapter in parts."""

    def build(knots, values):
        t, v = np.array(knots, float), np.array(values, float)
        if not fine(t):
            raise error
        q = slopes(t, v)
        W2 = weights(q)
        return np.ones((1, len(W2))), biases(t), W2[:, None], np.array([start(t, v, q)])

    return build


def interpolant_cases(draw):
    def rising(count, shortest=0.3, longest=2.0):
        return draw.uniform(-2, -1) + np.cumsum(draw.uniform(shortest, longest, size=count))

    def heights(count):
        return draw.choice([-1, 1]) * draw.uniform(1, 2) + draw.normal(size=count)

    uneven = draw.uniform(-5, 5) + np.cumsum(draw.permutation([1e-3, 2e-2, 0.5, 4.0, 30.0]))
    whole = np.cumsum([int(draw.integers(-9, -4)), 2, 3, 2, 5])
    levels = draw.choice([-1, 1]) * np.array([4, 7, 2, 3, 9]) + int(draw.integers(0, 3))
    straight = rising(6)
    plain = {
        "five knots": (rising(5), heights(5)),
        "two knots": (rising(2), heights(2)),
        "equally spaced knots": (np.linspace(1, 4, 7), heights(7)),
        "knots of very different spacing": (uneven, heights(5)),
        "negative knots": (rising(5) - 20, heights(5)),
        "thirty knots": (rising(30, 0.1, 0.5), heights(30)),
        "arrays of whole numbers": (whole, levels),
        "lists of ints": (whole.tolist(), levels[::-1].tolist()),
        "points on one line": (straight, 3 - 2 * straight),
        "values that are all alike": (rising(4), np.full(4, draw.uniform(1, 2))),
    }
    cases = [interpolant_case(about, *given) for about, given in plain.items()]
    two = [(rising(count), draw.normal(size=count)) for count in (4, 6)]
    return [*cases, shared_case(in_use, (OUTPUT, UNITS, *SHAPES), *two), refusals_case(draw)]


def interpolant_case(about, knots, values):
    case = Case(about, hints={UNITS: TOO_MANY}).bind("knots", knots).bind("values", values)
    judged(case, in_use, {ITS: (knots, values)}, "knots", "values")
    for moment, hint in (("the call", WROTE), ("a change of the network", SHARED)):
        for name in ("knots", "values"):
            case.publish(f"{name} after {moment}", name, hint.format(name))
        case.library("nothing", "tools.overwrite", ITS)
    return case


def in_use(W1, b1, W2, b2, knots, values):
    """What is asked of a network: its output at the knots and at three places on each piece, its width and its shapes."""
    H, t = b1.size, np.asarray(knots, float)
    if (W1.size, W2.size, b2.size) != (H, H, 1):
        raise ValueError(f"the shapes do not belong to one network: {W1.shape}, {b1.shape}, {W2.shape}, {b2.shape}")
    places = np.append(t[:-1, None] + np.diff(t)[:, None] * [0, 0.15, 0.5, 0.9], t[-1])
    output = np.maximum(places[:, None] * W1.ravel() + b1.ravel(), 0) @ W2.ravel() + b2.ravel()
    found = {label: str(array.shape) for label, array in zip(SHAPES, (W1, b1, W2, b2), strict=True)}
    words = {  # H stands for the number of units, which differs from one right answer to the next
        label: wanted if found[label] == wanted.replace("H", str(H)) else found[label].replace(str(H), "H")
        for label, wanted in SHAPES.items()
    }
    return {OUTPUT: output, UNITS: max(0, H - len(t)), **words}


def refusals_case(draw):
    must = "relu_interpolant must raise ValueError whenever"
    case = Case("knots that do not strictly increase")
    case.hint(EQUAL, f"{must} two neighbouring knots are equal, wherever they stand")
    case.hint(DISORDER, f"{must} a knot is smaller than the one before, wherever it stands")
    case.call("network", "target", None, np.arange(3.0), np.ones(3))  # a stub ends here, and is told one thing only
    a, b, c, d = np.cumsum(draw.uniform(0.5, 2, size=4))
    kinds = {
        EQUAL: ([a, a, b, c], [a, b, b, c], [a, b, c, c], [b, b]),
        DISORDER: ([d, c, b, a], [a, c, b, d], [b, a, c, d], [a, b, d, c], [c, d, a, b]),
    }
    for label, many in kinds.items():
        for number, knots in enumerate(many):
            name = f"{label} {number}"
            case.raises(name, "ValueError", "target", None, np.array(knots), draw.normal(size=len(knots)))
    return case.judged_by(
        lambda found: {label: [error for name, error in found.items() if name.startswith(label)] for label in kinds}
    )


SLOPES = (
    ("slopes-undivided", "The slopes are not divided by the distance of the knots: q_i = (v_{i+1} − v_i) / (t_{i+1} − t_i).", lambda t, v: np.diff(v)),
    ("spaced-as-the-first", "The knots are taken to be as far apart as the first two: each piece has a width of its own.", lambda t, v: np.diff(v) / (t[1] - t[0])),
    ("spaced-equally", "The knots are taken to be equally far apart: each piece has a width of its own.", lambda t, v: np.diff(v) * (len(t) - 1) / (t[-1] - t[0])),
    ("slopes-swapped", "The slopes are upside down: divide the difference of the values by that of the knots, not the other way round.", lambda t, v: np.diff(t) / np.diff(v)),
    ("slopes-negated", "The slopes have the wrong sign: divide v_{i+1} − v_i by t_{i+1} − t_i, both in the same order.", lambda t, v: -np.diff(v) / np.diff(t)),
    ("slopes-whole-for-ints", "The slopes are cut down to whole numbers when the inputs are ints: make the arrays of floats, np.asarray(knots, float).",
     lambda t, v: np.trunc(np.diff(v) / np.diff(t)) if not (t % 1).any() else np.diff(v) / np.diff(t)),
    ("slopes-floored-for-ints", "The slopes are rounded down when the inputs are ints: divide with /, not //.",
     lambda t, v: np.diff(v) // np.diff(t) if not (t % 1).any() else np.diff(v) / np.diff(t)),
)  # fmt: skip
WEIGHTS = (
    ("weights-are-slopes", "The output weights are the slopes themselves: a unit that is on stays on, so each later unit adds only the change, q_i − q_{i−1}.", lambda q: q),
    ("weights-are-sums", "The output weights are sums of slopes: each later unit adds the change of slope, q_i − q_{i−1}.", np.cumsum),
    ("changes-negated", "The changes of slope have the wrong sign: the new slope minus the old one, q_i − q_{i−1}.", lambda q: np.append(q[0], -np.diff(q))),
    ("last-change-missing", "The last piece keeps the slope of the one before: its unit, at the last knot but one, has no weight.",
     *(lambda q, alone=alone: np.append(np.diff(q, prepend=0.0)[:-1], 0.0) if len(q) > 1 else alone * q for alone in (0, 1))),
    ("first-slope-zero", "The first slope is missing: before the first unit the slope is 0, so its output weight is q_0 itself.", lambda q: np.append(0.0, np.diff(q))),
)  # fmt: skip
BIASES = (
    ("biases-positive", "b1 has the wrong sign: the unit is max(0, x − t), so its bias is −t. As it is, the kinks are at minus the knots.", lambda t: t[:-1]),
    ("kinks-at-the-right", "Each kink is at the right end of its piece: the slope of a piece has to begin at its left end, t_i.", lambda t: -t[1:]),
)  # fmt: skip
STARTS = (
    ("b2-missing", "b2 is missing: the line starts at v_0, not at 0.", lambda t, v, q: 0.0),
    ("b2-intercept", "b2 is the intercept of the first line: the unit at t_0 is zero there, so b2 is v_0 itself.", lambda t, v, q: v[0] - q[0] * t[0]),
    ("b2-last-value", "b2 is the last value: at the first knot all units are off, so b2 is v_0.", lambda t, v, q: v[-1]),
    ("b2-mean", "b2 is the mean of the values: at the first knot all units are off, so b2 is v_0.", lambda t, v, q: v.mean()),
    ("b2-negated", "b2 has the wrong sign: the line starts at v_0.", lambda t, v, q: -v[0]),
)  # fmt: skip
CHECKS = (
    ("nothing-refused", "No ValueError is raised, whatever the knots: raise it, before anything else, unless each knot is larger than the one before. A message alone does not stop anyone.",
     lambda t: True),
    ("equal-passes", "Equal neighbours are accepted: the knots must strictly increase, so refuse with <= and not with <, and do not trust sorted.",
     lambda t: np.all(np.diff(t) >= 0)),
    ("disorder-passes", "Knots out of order are accepted, or sorted instead of refused: raise ValueError for them as for equal ones.", lambda t: len(np.unique(t)) == len(t)),
    ("ends-compared-alone", "Only the first and the last knot are compared: compare each knot with the one before.", lambda t: t[-1] > t[0]),
    ("any-for-all", "One increase is enough to pass the check: all of them are needed, np.all and not np.any.", lambda t: np.any(np.diff(t) > 0)),
    ("first-two-alone", "Only the first two knots are compared: compare each knot with the one before.", lambda t: t[1] > t[0]),
    ("last-two-unchecked", "The last two knots are not compared: the loop over the pairs ends one too early.", lambda t: np.all(np.diff(t)[:-1] > 0)),
    ("first-two-unchecked", "The first two knots are not compared: the loop over the pairs starts one too late.", lambda t: np.all(np.diff(t)[1:] > 0)),
)  # fmt: skip
line = interpolant()
INTERPOLANT_MISTAKES = (
    *form_mistakes("relu_interpolant", line),
    *told(interpolant, slopes=SLOPES), *told(interpolant, weights=WEIGHTS), *told(interpolant, biases=BIASES), *told(interpolant, start=STARTS),
    *told(interpolant, fine=CHECKS),
    Mistake("change-inside", "The change of slope is the input weight. A negative input weight turns the unit round, so that it is on to the left of its kink: take input weights of 1, and the changes as output weights.",
            after(line)(lambda arrays: (arrays[2].T, arrays[2][:, 0] * arrays[1], np.ones_like(arrays[2]), arrays[3]))),
    Mistake("slopes-of-knots", "np.gradient gives a slope for each knot, averaged over the pieces on both sides: the line needs one for each piece, from np.diff.",
            interpolant(slopes=lambda t, v: np.gradient(v, t), biases=lambda t: -t)),
    Mistake("weights-whole-for-ints", "The output weights are cut down to whole numbers when the values are: make their array of floats, not like values.",
            lambda t, v: changed(line, W2=np.array if (np.asarray(v) % 1).any() else np.trunc)(t, v)),
    Mistake("lists-refused", "Lists are refused: begin with np.asarray(knots, float), and the same for values.", lambda t, v: (t[1:] - t[:-1], line(t, v))[1]),
    *(Mistake(f"writes-into-{name}", f"relu_interpolant writes into the array {name} that it was given: make a copy.",
              *(lambda *given, place=place, write=write: (line(*given), write(np.asarray(given[place])))[0]
                for write in (lambda a: np.negative(a, out=a), lambda a: np.subtract(a, a[0], out=a))))
      for place, name in enumerate(("knots", "values"))),
    Mistake("divides-before-checking", "Equal knots end in a ZeroDivisionError and unsorted ones in nothing at all: check the knots before you divide, and raise ValueError.",
            interpolant(fine=lambda t: np.all(np.diff(t) != 0), error=ZeroDivisionError)),
    Mistake("assert", "An assert raises AssertionError, and python -O skips it: raise ValueError for knots that do not strictly increase.", interpolant(error=AssertionError)),
    *told(interpolant, slopes=SLOPES[:3], start=STARTS[:1]), *told(interpolant, weights=WEIGHTS[:4], start=STARTS[:1]), *told(interpolant, biases=BIASES, start=STARTS[:1]),
    *told(interpolant, slopes=SLOPES[:3], weights=WEIGHTS[:1]), *told(interpolant, biases=BIASES, weights=WEIGHTS[:1]),
)  # fmt: skip


PIECES = "The number of pieces"


def width(needed=lambda B, T, e: T * (B / (8 * e)) ** 0.5, whole=lambda q: max(1, int(np.ceil(q)))):
    return lambda *sizes: whole(needed(*sizes))


def width_cases(draw):
    """Whole quotients are avoided, since rounding may lift them, except where every step is exact: powers of two."""

    def quotient(whole, share, lengths=(2, 9)):
        """A curvature, length and tolerance whose quotient is the whole number plus a share, well away from a tie."""
        length, tolerance = draw.uniform(*lengths), draw.uniform(0.001, 0.05)
        return float(8 * tolerance * ((whole + draw.uniform(*share)) / length) ** 2), length, tolerance

    def ints():
        while True:
            curvature, length, tolerance = draw.integers([3, 20, 1], [20, 90, 4]).tolist()
            if 0.1 < length * (curvature / (8 * tolerance)) ** 0.5 % 1 < 0.9 and curvature % (8 * tolerance):
                return curvature, length, tolerance

    plain = {
        "some dozen pieces, closer to the next whole number below": quotient(draw.integers(20, 60), (0.15, 0.4)),
        "some dozen pieces, closer to the next whole number above": quotient(draw.integers(20, 60), (0.6, 0.85)),
        "a short interval": quotient(draw.integers(3, 9), (0.2, 0.8), (0.1, 0.45)),
        "some hundred pieces": quotient(draw.integers(200, 600), (0.2, 0.8)),
        "several thousand pieces": quotient(draw.integers(2000, 4000), (0.2, 0.8)),
        "some ten thousand pieces": quotient(draw.integers(40000, 60000), (0.2, 0.8)),
        "a little more than a whole number": quotient(draw.integers(20, 60), (0.001, 0.002)),
        "a tolerance far above the error": quotient(0, (0.05, 0.4)),
        "a straight line, curvature 0": (0.0, *quotient(1, (0.2, 0.8))[1:]),
        "a straight line, curvature 0, in ints": (0, *draw.integers([2, 1], [9, 4]).tolist()),
        "three ints": ints(),
    }
    cases = [Case(about).call("pieces", "target", None, *sizes) for about, sizes in plain.items()]
    return [*(case.publish(PIECES, "pieces") for case in cases), ties_case(draw)]


def ties_case(draw):
    """Four bounds that equal the tolerance. One right answer is enough: a formula may round, but hardly on powers of two."""
    case = Case("a bound that equals the tolerance, in powers of two")
    wanted = {}
    for label in "1234":
        root, scale, length = (2.0 ** draw.integers([1, -6, 0], [4, 1, 3])).tolist()
        wanted[label] = int(root * length)
        case.call("pieces", "target", None, 8 * root**2 * scale, length, scale).publish(label, "pieces")

    def closest(found):
        beyond = [np.asarray(found[label]) - fewest for label, fewest in wanted.items()]
        return {f"{PIECES} beyond the fewest": min(beyond, key=abs).item()}

    return case.judged_by(closest)


NEEDED = (
    ("root-missing", "The square root is missing: P² ≥ T²B/(8ε), so P is the root of the right-hand side.", lambda B, T, e: T**2 * B / (8 * e)),
    ("root-missing-length-outside", "The square root is missing: P ≥ T√(B/(8ε)).", lambda B, T, e: T * B / (8 * e)),
    ("2-for-8", "The bound is used without its full denominator: it is h²B/8, not h²B/2.", lambda B, T, e: T * (B / (2 * e)) ** 0.5),
    ("8-multiplied", "The 8 has come out on the wrong side: P ≥ T√(B/(8ε)).", lambda B, T, e: T * (8 * B / e) ** 0.5),
    ("length-missing", "The length is missing: h = T/P.", lambda B, T, e: (B / (8 * e)) ** 0.5),
    ("floor-division", "// divides and rounds down: / is what the formula means.", lambda B, T, e: T * (B // (8 * e)) ** 0.5),
    ("8-missing", "The 8 of the bound is missing: it is h²B/8.", lambda B, T, e: T * (B / e) ** 0.5),
    ("4-for-8", "The bound is used without its full denominator: it is h²B/8, not h²B/4.", lambda B, T, e: T * (B / (4 * e)) ** 0.5),
    ("8-outside-the-root", "The 8 stands outside the square root: P ≥ T√(B/(8ε)).", lambda B, T, e: T * (B / e) ** 0.5 / 8),
    ("length-under-the-root", "The length has slipped under the square root: P ≥ T√(B/(8ε)), or √(T²B/(8ε)) with the square.", lambda B, T, e: (T * B / (8 * e)) ** 0.5),
    ("curvature-squared", "The curvature is squared: only h is squared in h²B/8.", lambda B, T, e: T * B / (8 * e) ** 0.5),
    ("curvature-missing", "The curvature is missing: the bound is h²B/8.", lambda B, T, e: T / (8 * e) ** 0.5),
    ("tolerance-multiplied", "The 8 has come out on the wrong side: P ≥ T√(B/(8ε)). Python reads B / 8 * ε as (B / 8) · ε.", lambda B, T, e: T * (B / 8 * e) ** 0.5),
)  # fmt: skip
NO_PIECE = "A function without curvature gets no piece at all: take at least 1."
ROUNDED = (
    ("to-the-nearest", "The result is rounded to the nearest whole number: too few pieces break the bound, so always round up.", lambda q: max(1, round(q))),
    ("down", "The result is rounded down: too few pieces break the bound, so round up.", lambda q: max(1, int(q))),
    ("float", "The result is a float: int(…) around it makes it a whole number.", lambda q: float(max(1, np.ceil(q)))),
    ("knots-counted", "The result is the number of knots, P + 1, and not that of the pieces, P.", lambda q: max(1, int(np.ceil(q))) + 1, lambda q: int(np.ceil(q)) + 1),
    ("power-of-two", "The result is the next of the powers of two: the fewest pieces are asked for, whatever their number.", lambda q: 2 ** int(np.ceil(np.log2(max(q, 1))))),
    ("unrounded", "The result is not rounded: a number of pieces is whole, and too few break the bound, so round up.", lambda q: max(1, q)),
    ("no-piece", NO_PIECE, lambda q: int(np.ceil(q))),
    ("one-more-at-a-tie", "There is one piece too many where the bound equals the tolerance: that is small enough. usually int(…) + 1 does this, or a loop that waits for < instead of <=.",
     lambda q: int(q) + 1),
)  # fmt: skip
NEITHER = (
    *((f"{id}+no-piece", f"{says} {NO_PIECE}", wrong) for (id, says, _), wrong in zip(ROUNDED[:3], (round, int, lambda q: float(np.ceil(q))), strict=True)),
    *((f"never-above-{most}", f"The result is wrong when it is large: it never exceeds {most}.", lambda q, most=most: max(1, min(most, int(np.ceil(q)))))
      for most in (100, 999, 1000)),
    ("plain-quotient", "The result is neither rounded up nor an int: a number of pieces is whole, at least 1, and too few break the bound.", float),
)  # fmt: skip
WIDTH_MISTAKES = (
    *told(width, needed=NEEDED), *told(width, whole=ROUNDED), *told(width, whole=NEITHER),
    # Both at once, where that is not the same as one alone: no-piece comes before the last in ROUNDED, what meets ties first in NEEDED.
    *told(width, needed=NEEDED[:-2], whole=ROUNDED[:-1]), *told(width, needed=NEEDED[-2:-1], whole=ROUNDED[:-2]), *told(width, needed=NEEDED[:6], whole=ROUNDED[-1:]),
    Mistake("divides-by-curvature", "A function without curvature ends in a ZeroDivisionError: a straight line takes one piece, so treat it apart or do not divide by the curvature.",
            width(lambda B, T, e: T / (8 * e / B) ** 0.5), width(lambda B, T, e: T / (8 * e / float(B)) ** 0.5)),
)  # fmt: skip

NETWORK = Part("the network", 4, OUTPUT, UNITS, *SHAPES, FIRST.format("*"), "* after a change of the network")
BUMPS, KINKS = (f"Universal approximation, section “{section}”" for section in ("First construction: bumps", "Second construction: kinks"))  # fmt: skip
TASKS = (
    Task("step-bump", BUMPS, bump_cases, bump(), BUMP_MISTAKES, title="bump"),
    Task("relu-interpolant", KINKS, interpolant_cases, line, INTERPOLANT_MISTAKES, (NETWORK, Part("refusing other knots", 2, EQUAL, DISORDER))),
    Task("width-for-error", KINKS, width_cases, width(), WIDTH_MISTAKES),
)  # fmt: skip
