# %% loops: three plain loops, lists turned into arrays at the end
# cell: bump
def bump(left, right, height, steepness):
    W1, b1, W2 = [], [], []
    for edge, sign in ((left, 1.0), (right, -1.0)):
        W1.append(float(steepness))
        b1.append(-float(steepness) * edge)
        W2.append([sign * height])
    return np.array([W1]), np.array(b1), np.array(W2), np.array([0.0])
# cell: interpolant
def relu_interpolant(knots, values):
    for i in range(1, len(knots)):
        if knots[i] <= knots[i - 1]:
            raise ValueError(f"knot {i} is not larger than the one before")
    kinks, changes, slope_so_far = [], [], 0.0
    for i in range(len(knots) - 1):
        slope = (values[i + 1] - values[i]) / (knots[i + 1] - knots[i])
        kinks.append(float(knots[i]))
        changes.append(slope - slope_so_far)
        slope_so_far = slope
    H = len(kinks)
    W1, b1, W2 = np.ones((1, H)), np.empty(H), np.empty((H, 1))
    for j in range(H):
        b1[j] = -kinks[j]
        W2[j, 0] = changes[j]
    return W1, b1, W2, np.array([float(values[0])])
# cell: width
def width_for_error(curvature, length, tolerance):
    pieces = 1
    while (length / pieces) ** 2 * curvature / 8 > tolerance:
        pieces += 1
    return pieces

# %% right-unit-first: the falling unit first, and a walk from right to left
# cell: bump
def bump(left, right, height, steepness):
    k = float(steepness)
    return np.array([[k, k]]), np.array([-k * right, -k * left]), np.array([[-height], [height]]), np.zeros((1,))
# cell: interpolant
def relu_interpolant(knots, values):
    t = np.array(knots, dtype=float)
    v = np.array(values, dtype=float)
    if (t[1:] <= t[:-1]).any():
        raise ValueError("not increasing")
    # units (t_i - x)_+ that are off on the right
    slope = (v[1:] - v[:-1]) / (t[1:] - t[:-1])
    slope = -slope[::-1]
    kink = t[1:][::-1]
    change = slope.copy()
    change[1:] -= slope[:-1]
    return -np.ones((1, len(kink))), kink, change.reshape(-1, 1), v[-1:].copy()
# cell: width
def width_for_error(curvature, length, tolerance):
    import math
    return max(math.ceil(math.sqrt(length**2 * curvature / (8 * tolerance))), 1)

# %% constant-by-a-unit: the first value comes from a unit that is always on, b2 is zero
# cell: interpolant
def relu_interpolant(knots, values):
    knots = np.asarray(knots, dtype=np.float64)
    values = np.asarray(values, dtype=np.float64)
    gaps = np.diff(knots)
    if np.min(gaps) <= 0:
        raise ValueError("knots have to increase strictly")
    slopes = np.diff(values) / gaps
    jumps = np.concatenate([[slopes[0]], slopes[1:] - slopes[:-1]])
    W1 = np.concatenate([[0.0], np.ones(len(slopes))])[None]
    b1 = np.concatenate([[1.0], -knots[:-1]])
    W2 = np.concatenate([[values[0]], jumps])[:, None]
    return W1, b1, W2, np.array([0.0])

# %% scale-inside: the size of the change of slope in W1, its sign in W2
# cell: interpolant
def relu_interpolant(knots, values):
    t, v = np.array(knots, float), np.array(values, float)
    if np.any(t[1:] - t[:-1] <= 0):
        raise ValueError
    q = np.diff(v) / np.diff(t)
    c = np.diff(np.append(0.0, q))
    return np.abs(c)[None, :], -np.abs(c) * t[:-1], np.sign(c)[:, None], v[:1] + 0.0

# %% linear-system: solves for the output weights
# cell: interpolant
def relu_interpolant(knots, values):
    """Solve relu(t_i - t_j) w_j = v_i - v_0 for w."""
    knots = np.asarray(knots, float)
    values = np.asarray(values, float)
    if len(np.unique(knots)) < len(knots) or list(np.sort(knots)) != list(knots):
        raise ValueError("knots")
    A = np.maximum(0, knots[1:, None] - knots[None, :-1])
    w = np.linalg.solve(A, values[1:] - values[0])
    return np.ones((1, len(w))), -knots[:-1], w[:, None], np.array([values[0]])

# %% drops-straight-units: no unit where the slope does not change
# cell: interpolant
def relu_interpolant(knots, values):
    if not all(b > a for a, b in zip(knots, knots[1:])):
        raise ValueError("knots must strictly increase")
    units, slope = [], 0.0
    for a, b, u, v in zip(knots, knots[1:], values, values[1:]):
        new = (v - u) / (b - a)
        if abs(new - slope) > 1e-13:
            units.append((-a, new - slope))
        slope = new
    b1 = np.array([b for b, _ in units], float)
    W2 = np.array([c for _, c in units], float).reshape(-1, 1)
    return np.ones((1, len(units))), b1, W2, np.array([values[0]], float)

# %% ramps: each unit rises by one from knot to knot
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = map(lambda a: np.asarray(a, np.float64), (knots, values))
    h = knots[1:] - knots[:-1]
    if (h <= 0).sum() > 0:
        raise ValueError("A knot is not larger than its predecessor.")
    rises = values[1:] - values[:-1]
    W1 = (1 / h)[None, :]
    b1 = -knots[:-1] / h
    W2 = rises.copy()
    W2[1:] -= rises[:-1] / h[:-1] * h[1:]
    return W1, b1, W2[:, None], values[[0]]

# %% early-start: the first unit's kink lies one before the first knot; padded with a unit of weight zero
# cell: interpolant
def relu_interpolant(knots, values):
    t, v = np.asarray(knots, float), np.asarray(values, float)
    if not (np.diff(t) > 0).all():
        raise ValueError("increase!")
    n = len(t)
    W1, b1, W2, b2 = np.zeros((1, n)), np.zeros(n), np.zeros((n, 1)), np.zeros(1)
    q = np.diff(v) / np.diff(t)
    W1[0, :] = 1
    b1[:] = -t
    b1[0] = -(t[0] - 1)
    W2[:-1, 0] = q
    W2[1:-1, 0] -= q[:-1]
    b2[0] = v[0] - q[0]
    return W1, b1, W2, b2

# %% both-ways: units to the left and to the right of a knot in the middle
# cell: interpolant
def relu_interpolant(knots, values):
    t, v = np.asarray(knots, float), np.asarray(values, float)
    if not np.all(t[:-1] < t[1:]):
        raise ValueError("knots must strictly increase")
    m = len(t) // 2
    q = np.diff(v) / np.diff(t)
    W1, b1, W2 = [], [], []
    slope = 0.0
    for i in range(m, len(q)):           # to the right
        W1.append(1.0), b1.append(-t[i]), W2.append(q[i] - slope)
        slope = q[i]
    slope = 0.0
    for i in range(m - 1, -1, -1):       # to the left
        W1.append(-1.0), b1.append(t[i + 1]), W2.append(-q[i] - slope)
        slope = -q[i]
    return np.array(W1).reshape(1, -1), np.array(b1), np.array(W2).reshape(-1, 1), np.array([v[m]])

# %% classes-and-namedtuple: a named tuple, a ValueError of its own, NumPy's own numbers
# cell: bump
from collections import namedtuple

Network = namedtuple("Network", "W1 b1 W2 b2")

def bump(left, right, height, steepness):
    edges = np.array([left, right]) * 1.0
    signs = np.array([1.0, -1.0])
    return Network(W1=np.full((1, 2), steepness) * 1.0, b1=-(steepness * edges), W2=np.outer(signs, height), b2=np.array([0.0]))
# cell: interpolant
class KnotError(ValueError):
    """Knots out of order."""

def relu_interpolant(knots, values):
    slopes = []
    for i in range(len(knots) - 1):
        width = knots[i + 1] - knots[i]
        if not width > 0:
            raise KnotError(i)
        slopes.append((values[i + 1] - values[i]) / width)
    W2 = [slopes[0]] + [slopes[i] - slopes[i - 1] for i in range(1, len(slopes))]
    return Network(np.ones((1, len(W2))), -1.0 * np.array(knots[:-1]), np.array(W2)[:, np.newaxis], np.array([1.0 * values[0]]))
# cell: width
def width_for_error(curvature, length, tolerance):
    h = np.sqrt(8 * tolerance / curvature) if curvature else np.inf
    return np.int64(np.maximum(1, np.ceil(length / h)))

# %% prints-and-warns: prints, warns of a division by zero that does no harm
# cell: bump
import sys
import warnings

def bump(left, right, height, steepness):
    print("a bump from", left, "to", right, file=sys.stderr)
    W1 = steepness * np.ones((1, 2))
    b1 = np.array([-left, -right]) * steepness
    W2 = height * np.array([[1.0], [-1.0]])
    b2 = np.zeros(1)
    return [W1, b1, W2, b2]
# cell: width
def width_for_error(curvature, length, tolerance):
    warnings.warn("about to divide")
    widest = np.sqrt(np.float64(8 * tolerance) / np.float64(curvature))   # infinite for a straight line
    needed = int(np.ceil(length / widest))
    print(needed)
    return needed if needed > 0 else 1

# %% lists-inside: the four as nested lists of floats
# cell: bump
def bump(left, right, height, steepness):
    return [[steepness, steepness]], [-steepness * left, -steepness * right], [[height], [-height]], [0.0]
# cell: interpolant
def relu_interpolant(knots, values):
    knots = [float(t) for t in knots]
    values = [float(v) for v in values]
    if any(b <= a for a, b in zip(knots, knots[1:])):
        raise ValueError("knots must strictly increase")
    slopes = [(v1 - v0) / (t1 - t0) for t0, t1, v0, v1 in zip(knots, knots[1:], values, values[1:])]
    changes = [[q - p] for p, q in zip([0.0] + slopes, slopes)]
    return [[1.0] * len(changes)], [-t for t in knots[:-1]], changes, [values[0]]

# %% least-squares: second differences from a hat basis, by lstsq
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if np.any(np.diff(knots) <= 0):
        raise ValueError("knots")
    hidden = np.maximum(knots[:, None] - knots[None, :-1], 0)
    design = np.hstack([hidden, np.ones((len(knots), 1))])
    scale = np.abs(design).max(axis=0)
    solution = np.linalg.lstsq(design / scale, values, rcond=1e-15)[0] / scale
    return np.ones((1, len(knots) - 1)), -knots[:-1], solution[:-1, None], solution[-1:]
# cell: width
def width_for_error(curvature, length, tolerance):
    bound = lambda P: (length / P) ** 2 * curvature / 8
    high = 1
    while bound(high) > tolerance:
        high *= 2
    low = high // 2      # too few, or zero
    while high - low > 1:
        middle = (low + high) // 2
        if bound(middle) > tolerance:
            low = middle
        else:
            high = middle
    return high

# %% recursive: one knot after the other
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = list(knots), list(values)
    if len(knots) == 2:
        (a, b), (u, v) = knots, values
        if not a < b:
            raise ValueError("knots must strictly increase")
        return np.array([[1.0]]), np.array([-float(a)]), np.array([[(v - u) / (b - a)]]), np.array([float(u)])
    if not knots[-2] < knots[-1]:
        raise ValueError("knots must strictly increase")
    W1, b1, W2, b2 = relu_interpolant(knots[:-1], values[:-1])
    wanted = (values[-1] - values[-2]) / (knots[-1] - knots[-2])
    return np.c_[W1, 1.0], np.r_[b1, -knots[-2]], np.r_[W2, [[wanted - W2.sum()]]], b2
# cell: width
def width_for_error(curvature, length, tolerance):
    q = (curvature / tolerance / 8) ** 0.5 * length
    return -int(-q // 1) or 1

# %% cumulative: fills arrays with np.add.at and broadcasts
# cell: bump
def bump(left, right, height, steepness):
    edges = np.asarray((left, right), float)
    W1 = np.broadcast_to(float(steepness), (1, 2)).copy()
    b1 = -(edges[None, :] * W1)[0]
    W2 = np.array([height, -height], float).reshape(2, 1)
    b2 = np.full(1, 0.0)
    assert W1.shape == (1, 2) and b1.shape == (2,)
    return W1, b1, W2, b2
# cell: interpolant
def relu_interpolant(knots, values):
    knots = np.asarray(knots)
    values = np.asarray(values)
    P = knots.shape[0] - 1
    if np.count_nonzero(knots[1:] > knots[:-1]) != P:
        raise ValueError("knots must strictly increase")
    q = (values[1:] - values[:-1]) / (knots[1:] - knots[:-1])
    W2 = np.zeros((P, 1))
    np.add.at(W2[:, 0], np.arange(P), q)
    np.subtract.at(W2[:, 0], np.arange(1, P), q[:-1])
    return np.ones((1, P)), 0.0 - knots[:P], W2, np.array(values[0], ndmin=1)
# cell: width
def width_for_error(curvature, length, tolerance):
    P = int(length * (curvature / (8 * tolerance)) ** 0.5)
    P = max(P - 1, 1)
    while length * length * curvature > 8 * tolerance * P * P:
        P = P + 1
    return P

# %% float-strings-of-numpy: matrix products, np.sqrt of each factor, np.clip
# cell: width
def width_for_error(curvature, length, tolerance):
    return np.clip(np.ceil(length * np.sqrt(curvature) / np.sqrt(8 * tolerance)), 1, None).astype(int)

# %% bias-is-the-edge: the bias of a bump's unit is minus the edge
# loses: step-bump
# says: The biases are minus the edges: multiply by the steepness
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, steepness]], float)
    b1 = np.array([-left, -right], float)
    W2 = np.array([[height], [-height]], float)
    return W1, b1, W2, np.zeros(1)

# %% two-steps-up: both output weights have the same sign
# loses: step-bump
# says: Both output weights have the same sign
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.full((1, 2), float(steepness))
    b1 = -steepness * np.array([left, right], float)
    W2 = np.full((2, 1), float(height))
    return W1, b1, W2, np.zeros(1)

# %% plus-bias: the minus of the bias is forgotten
# loses: step-bump
# says: The biases have the wrong sign
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, steepness]], float)
    b1 = steepness * np.array([left, right], float)
    W2 = np.array([[height], [-height]], float)
    return W1, b1, W2, np.zeros(1)

# %% dip: subtracts left from right
# loses: step-bump
# says: The bump is upside down
# cell: bump
def bump(left, right, height, steepness):
    k = steepness
    return np.array([[k, k]]), np.array([-k * right, -k * left]), np.array([[height], [-height]]), np.array([0.0])

# %% unit-height: the height is forgotten
# loses: step-bump
# says: The output weights are 1 and −1
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, steepness]], float)
    b1 = -steepness * np.array([left, right], float)
    W2 = np.array([[1.0], [-1.0]])
    return W1, b1, W2, np.zeros(1)

# %% mirrored-unit: the second unit falls, with a negative weight, and b2 takes the height away
# loses: step-bump
# says: asks for the input weight steepness in both units
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, -steepness]], float)
    b1 = np.array([-steepness * left, steepness * right], float)
    W2 = np.array([[height], [height]], float)
    return W1, b1, W2, np.array([-height], float)

# %% mirrored-no-b2: the falling unit, with b2 left at zero
# loses: step-bump
# says: asks for the input weight steepness in both units
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, -steepness]], float)
    b1 = np.array([-steepness * left, steepness * right], float)
    W2 = np.array([[height], [height]], float)
    return W1, b1, W2, np.zeros(1)

# %% column-first: the shapes of PyTorch, (out, in)
# loses: step-bump relu-interpolant
# says: W1 and W2 are transposed
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness], [steepness]], float)
    b1 = -steepness * np.array([left, right], float)
    W2 = np.array([[height, -height]], float)
    return W1, b1, W2, np.zeros(1)
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((len(slopes), 1)), -knots[:-1], np.diff(slopes, prepend=0.0)[None, :], values[:1]

# %% flat: one-dimensional weights and scalar b2
# loses: step-bump relu-interpolant
# says: W1 and W2 have lost an axis
# says: b2 is a single number
# says: W1 and W2 have lost an axis
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([steepness, steepness], float)
    b1 = -steepness * np.array([left, right], float)
    W2 = np.array([height, -height], float)
    return W1, b1, W2, 0.0
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones(len(slopes)), -knots[:-1], np.diff(slopes, prepend=0.0), values[0]

# %% scalar-b2: everything right but b2, a number
# loses: step-bump relu-interpolant
# says: b2 is a single number
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, steepness]], float)
    b1 = -steepness * np.array([left, right], float)
    W2 = np.array([[height], [-height]], float)
    return W1, b1, W2, 0.0
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], float(values[0])

# %% ignores-steepness: always 100, "steep enough"
# loses: step-bump
# says: The steepness is ignored
# cell: bump
def bump(left, right, height, steepness):
    k = 100.0
    return np.array([[k, k]]), np.array([-k * left, -k * right]), np.array([[height], [-height]], float), np.zeros(1)

# %% centred: both units centred in the middle plus and minus half
# loses: step-bump
# says: Both centres lie in the middle
# cell: bump
def bump(left, right, height, steepness):
    middle = (left + right) / 2
    W1 = np.array([[steepness, steepness]], float)
    b1 = np.array([-steepness * middle, -steepness * middle])
    W2 = np.array([[height], [-height]], float)
    return W1, b1, W2, np.zeros(1)

# %% normalised: makes the middle reach the height exactly
# loses: step-bump
# says: the output weights are larger
# cell: bump
def bump(left, right, height, steepness):
    top = height / np.tanh(steepness * (right - left) / 4)
    W1 = np.array([[steepness, steepness]], float)
    b1 = -steepness * np.array([left, right], float)
    return W1, b1, np.array([[top], [-top]]), np.zeros(1)

# %% whole-numbers-b1: an integer array that cuts the product down
# loses: step-bump
# says: cut down to whole numbers
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, steepness]], float)
    b1 = np.zeros(2, dtype=int)
    b1[0] = -steepness * left
    b1[1] = -steepness * right
    W2 = np.array([[height], [-height]], float)
    return W1, b1, W2, np.zeros(1)

# %% in-place-on-ints: works until the edges are whole numbers
# loses: step-bump
# says: whole numbers
# cell: bump
def bump(left, right, height, steepness):
    b1 = np.array([left, right])
    b1 *= -steepness
    W1 = np.array([[steepness, steepness]], float)
    W2 = np.array([[height], [-height]], float)
    return W1, b1, W2, np.zeros(1)

# %% shared-array: one array for all bumps
# loses: step-bump
# says: each call must return arrays of its own
# cell: bump
W1 = np.zeros((1, 2))
b1 = np.zeros(2)
W2 = np.zeros((2, 1))
b2 = np.zeros(1)

def bump(left, right, height, steepness):
    W1[:] = steepness
    b1[:] = [-steepness * left, -steepness * right]
    W2[:, 0] = [height, -height]
    return W1, b1, W2, b2

# %% single-precision: float32 throughout
# loses: step-bump relu-interpolant
# says: float32
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, steepness]], np.float32)
    b1 = -np.float32(steepness) * np.array([left, right], np.float32)
    W2 = np.array([[height], [-height]], np.float32)
    return W1, b1, W2, np.zeros(1, np.float32)
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, np.float32), np.asarray(values, np.float32)
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    W2 = np.diff(slopes, prepend=np.float32(0))[:, None]
    return np.ones((1, len(slopes)), np.float32), -knots[:-1], W2, values[:1]

# %% absolute-height: the height is made positive
# loses: step-bump
# says: A negative height
# cell: bump
def bump(left, right, height, steepness):
    height = abs(height)
    W1 = np.array([[steepness, steepness]], float)
    b1 = -steepness * np.array([left, right], float)
    return W1, b1, np.array([[height], [-height]], float), np.zeros(1)

# %% no-return: bump prints its arrays and returns nothing
# loses: step-bump
# says: end it with return W1, b1, W2, b2
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, steepness]], float)
    b1 = -steepness * np.array([left, right], float)
    W2 = np.array([[height], [-height]], float)
    print(W1, b1, W2)

# %% slopes: the output weights are slopes, not changes of slope
# loses: relu-interpolant
# says: The output weights are the slopes
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], slopes[:, None], values[:1]

# %% no-b2: starts at zero
# loses: relu-interpolant
# says: b2 is missing
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], np.zeros(1)

# %% accepts-equal: sorted() says yes to equal neighbours
# loses: relu-interpolant
# says: Equal neighbours
# cell: interpolant
def relu_interpolant(knots, values):
    if list(knots) != sorted(knots):
        raise ValueError("knots must increase")
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% accepts-all: no check at all
# loses: relu-interpolant
# says: No ValueError is raised
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% accepts-all-loops: no check, Python's own division by zero
# loses: relu-interpolant
# says: check the knots before you divide
# cell: interpolant
def relu_interpolant(knots, values):
    W2, last = [], 0.0
    for i in range(len(knots) - 1):
        q = float(values[i + 1] - values[i]) / float(knots[i + 1] - knots[i])
        W2.append(q - last)
        last = q
    return np.ones((1, len(W2))), -np.array(knots[:-1], float), np.array(W2)[:, None], np.array([float(values[0])])

# %% sorts: puts the knots in order instead of refusing them
# loses: relu-interpolant
# says: sorted instead of refused
# cell: interpolant
def relu_interpolant(knots, values):
    order = np.argsort(knots)
    knots, values = np.asarray(knots, float)[order], np.asarray(values, float)[order]
    if np.any(np.diff(knots) == 0):
        raise ValueError("equal knots")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% asserts: an assertion instead of a ValueError
# loses: relu-interpolant
# says: An assert raises AssertionError
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    assert np.all(np.diff(knots) > 0), "knots must strictly increase"
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% only-the-ends: compares the last knot with the first
# loses: relu-interpolant
# says: Only the first and the last knot are compared
# cell: interpolant
def relu_interpolant(knots, values):
    if knots[-1] <= knots[0]:
        raise ValueError("knots must increase")
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% equal-spacing: takes the first gap for all
# loses: relu-interpolant
# says: as far apart as the first two
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if (np.diff(knots) <= 0).any():
        raise ValueError("knots must strictly increase")
    h = knots[1] - knots[0]
    slopes = np.diff(values) / h
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% no-division: differences of values for slopes
# loses: relu-interpolant
# says: not divided by the distance
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if (np.diff(knots) <= 0).any():
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% kinks-too-late: each kink at the right end of its piece
# loses: relu-interpolant
# says: right end of its piece
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if (np.diff(knots) <= 0).any():
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[1:], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% plus-knots: kinks at minus the knots
# loses: relu-interpolant
# says: b1 has the wrong sign
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if (np.diff(knots) <= 0).any():
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), knots[:-1].copy(), np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% first-slope-lost: the changes alone, at the inner knots
# loses: relu-interpolant
# says: The first slope is missing
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if (np.diff(knots) <= 0).any():
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    changes = np.diff(slopes)
    return np.ones((1, len(changes))), -knots[1:-1], changes[:, None], values[:1]

# %% last-unit-lost: a loop that ends one knot too early
# loses: relu-interpolant
# says: The last piece
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    for i in range(len(knots) - 1):
        if knots[i + 1] <= knots[i]:
            raise ValueError("knots must strictly increase")
    n = len(knots)
    W2 = np.zeros((n - 1, 1))
    W2[0] = (values[1] - values[0]) / (knots[1] - knots[0])
    for i in range(1, n - 2):
        after = (values[i + 1] - values[i]) / (knots[i + 1] - knots[i])
        before = (values[i] - values[i - 1]) / (knots[i] - knots[i - 1])
        W2[i] = after - before
    return np.ones((1, n - 1)), -knots[:-1], W2, values[:1]

# %% intercept: b2 is where the first line meets the axis
# loses: relu-interpolant
# says: b2 is the intercept
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if (np.diff(knots) <= 0).any():
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    b2 = values[:1] - slopes[0] * knots[:1]
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], b2

# %% hats: three units for each knot's hat
# loses: relu-interpolant
# says: More hidden units than knots
# cell: interpolant
def relu_interpolant(knots, values):
    t, v = np.asarray(knots, float), np.asarray(values, float)
    if (np.diff(t) <= 0).any():
        raise ValueError("knots must strictly increase")
    padded = np.concatenate([[t[0] - 1], t, [t[-1] + 1]])
    b1, W2 = [], []
    for i in range(1, len(t) + 1):
        a, m, b = padded[i - 1 : i + 2]
        b1 += [-a, -m, -b]
        W2 += [v[i - 1] / (m - a), -v[i - 1] * (1 / (m - a) + 1 / (b - m)), v[i - 1] / (b - m)]
    return np.ones((1, len(b1))), np.array(b1), np.array(W2)[:, None], np.zeros(1)

# %% change-inside: the change of slope as input weight, so that negative ones look to the left
# loses: relu-interpolant
# says: A negative input weight
# cell: interpolant
def relu_interpolant(knots, values):
    t, v = np.asarray(knots, float), np.asarray(values, float)
    if (np.diff(t) <= 0).any():
        raise ValueError("knots must strictly increase")
    c = np.diff(np.diff(v) / np.diff(t), prepend=0.0)
    return c[None, :], -c * t[:-1], np.ones((len(c), 1)), v[:1].copy()

# %% like-what-comes-in: zeros_like of knots that are whole numbers
# loses: relu-interpolant
# says: cut down to whole numbers
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots), np.asarray(values)
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.zeros_like(knots[:-1])
    for i in range(len(slopes)):
        slopes[i] = (values[i + 1] - values[i]) / (knots[i + 1] - knots[i])
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0)[:, None], values[:1]

# %% writes-into-knots: shifts the knots in place
# loses: relu-interpolant
# says: writes into the array knots
# cell: interpolant
def relu_interpolant(knots, values):
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    knots = np.asarray(knots)
    knots *= -1
    return np.ones((1, len(slopes))), knots[:-1] * 1.0, np.diff(slopes, prepend=0.0)[:, None], np.array(values[:1], float)

# %% arrays-only: subtracts slices, which lists cannot
# loses: relu-interpolant
# says: Lists are refused
# cell: interpolant
def relu_interpolant(knots, values):
    gaps = knots[1:] - knots[:-1]
    if np.any(gaps <= 0):
        raise ValueError("knots must strictly increase")
    slopes = (values[1:] - values[:-1]) / gaps
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% slopes-and-no-b2: two mistakes in one network, and no check
# loses: relu-interpolant
# says: The output weights are the slopes
# says: b2 is missing
# says: No ValueError is raised
# cell: interpolant
def relu_interpolant(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -np.asarray(knots[:-1]), slopes[:, None], np.zeros(1)

# %% nearest: rounds to the nearest whole number
# loses: width-for-error
# says: rounded to the nearest
# cell: width
def width_for_error(curvature, length, tolerance):
    return max(1, round(length * np.sqrt(curvature / (8 * tolerance))))

# %% down: rounds down
# loses: width-for-error
# says: rounded down
# cell: width
def width_for_error(curvature, length, tolerance):
    return max(1, int(length * np.sqrt(curvature / (8 * tolerance))))

# %% knots-for-pieces: returns P + 1
# loses: width-for-error
# says: the number of knots
# cell: width
def width_for_error(curvature, length, tolerance):
    return max(1, int(np.ceil(length * np.sqrt(curvature / (8 * tolerance))))) + 1

# %% no-piece: nothing for a straight line
# loses: width-for-error
# says: no piece at all
# cell: width
def width_for_error(curvature, length, tolerance):
    return int(np.ceil(length * np.sqrt(curvature / (8 * tolerance))))

# %% floor-plus-one: one too many where the bound meets the tolerance
# loses: width-for-error
# says: one piece too many where the bound equals the tolerance
# cell: width
def width_for_error(curvature, length, tolerance):
    return int(length * np.sqrt(curvature / (8 * tolerance))) + 1

# %% strictly-below: waits until the bound is below the tolerance
# loses: width-for-error
# says: one piece too many where the bound equals the tolerance
# cell: width
def width_for_error(curvature, length, tolerance):
    P = 1
    while (length / P) ** 2 * curvature / 8 >= tolerance:
        P += 1
    return P

# %% a-float: np.ceil gives a float
# loses: width-for-error
# says: a float
# cell: width
def width_for_error(curvature, length, tolerance):
    return max(1.0, np.ceil(length * np.sqrt(curvature / (8 * tolerance))))

# %% no-root: forgets the square root
# loses: width-for-error
# says: The square root is missing
# cell: width
def width_for_error(curvature, length, tolerance):
    return max(1, int(np.ceil(length**2 * curvature / (8 * tolerance))))

# %% no-eight: forgets the 8
# loses: width-for-error
# says: The 8 of the bound is missing
# cell: width
def width_for_error(curvature, length, tolerance):
    return max(1, int(np.ceil(length * np.sqrt(curvature / tolerance))))

# %% length-under-the-root: the length is not squared
# loses: width-for-error
# says: length has slipped under the square root
# cell: width
def width_for_error(curvature, length, tolerance):
    return max(1, int(np.ceil(np.sqrt(length * curvature / (8 * tolerance)))))

# %% unit-interval: forgets the length
# loses: width-for-error
# says: The length is missing
# cell: width
def width_for_error(curvature, length, tolerance):
    return max(1, int(np.ceil(np.sqrt(curvature / (8 * tolerance)))))

# %% doubling: doubles until it is enough
# loses: width-for-error
# says: powers of two
# cell: width
def width_for_error(curvature, length, tolerance):
    P = 1
    while (length / P) ** 2 * curvature / 8 > tolerance:
        P *= 2
    return P

# %% whole-division: // where / is meant
# loses: width-for-error
# says: //
# cell: width
def width_for_error(curvature, length, tolerance):
    return max(1, int(np.ceil(length * (curvature // (8 * tolerance)) ** 0.5)))

# %% down-and-no-piece: rounds down, and a straight line gets nothing
# loses: width-for-error
# says: rounded down
# says: no piece at all
# cell: width
def width_for_error(curvature, length, tolerance):
    return int(length * np.sqrt(curvature / (8 * tolerance)))

# %% gives-up: a loop that ends at 1000
# loses: width-for-error
# says: large
# cell: width
def width_for_error(curvature, length, tolerance):
    for P in range(1, 1000):
        if (length / P) ** 2 * curvature / 8 <= tolerance:
            return P
    return 1000

# %% divides-by-curvature: breaks without curvature
# loses: width-for-error
# says: ZeroDivisionError
# cell: width
def width_for_error(curvature, length, tolerance):
    h = (8 * tolerance / curvature) ** 0.5
    return int(np.ceil(length / h))

# %% any-for-all: one increase passes the check
# loses: relu-interpolant
# says: One increase is enough
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.any(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% last-pair-unchecked: the loop of the check ends one too early
# loses: relu-interpolant
# says: The last two knots are not compared
# cell: interpolant
def relu_interpolant(knots, values):
    for i in range(len(knots) - 2):
        if knots[i + 1] <= knots[i]:
            raise ValueError("knots must strictly increase")
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% starts-at-the-end: b2 is the last value, the units look to the right
# loses: relu-interpolant
# says: b2 is the last value
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[-1:]

# %% mean-gap: equal spacing by linspace
# loses: relu-interpolant
# says: taken to be equally far apart
# cell: interpolant
def relu_interpolant(knots, values):
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    h = (knots[-1] - knots[0]) / (len(knots) - 1)
    slopes = np.diff(values) / h
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% one-array-for-all: a buffer kept from call to call as a default argument
# loses: relu-interpolant
# says: each call must return arrays of its own
# cell: interpolant
def relu_interpolant(knots, values, b2=np.zeros(1)):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    b2[0] = values[0]
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], b2

# %% prints-a-complaint: the knots are refused by a message and None
# loses: relu-interpolant
# says: No ValueError is raised
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.all(np.diff(knots) > 0):
        print("knots must strictly increase!")
        return
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% eight-outside: B / 8 * tolerance
# loses: width-for-error
# says: Python reads B / 8 * ε
# cell: width
def width_for_error(curvature, length, tolerance):
    return max(1, int(np.ceil(length * np.sqrt(curvature / 8 * tolerance))))

# %% one-centre: left twice
# loses: step-bump
# says: Both centres lie at the left edge
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, steepness]], float)
    b1 = -steepness * np.array([left, left], float)
    W2 = np.array([[height], [-height]], float)
    return W1, b1, W2, np.zeros(1)

# %% three-slips: height, sign of the bias and b2
# loses: step-bump
# says: The biases have the wrong sign
# says: The output weights are 1 and −1
# says: b2 is not zero
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, steepness]], float)
    b1 = steepness * np.array([left, right], float)
    W2 = np.array([[1.0], [-1.0]])
    return W1, b1, W2, np.array([height], float)

# %% weights-before-biases: the arrays in another order
# loses: step-bump relu-interpolant
# says: The arrays come back in another order
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, steepness]], float)
    b1 = -steepness * np.array([left, right], float)
    W2 = np.array([[height], [-height]], float)
    return W1, W2, b1, np.zeros(1)
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), np.diff(slopes, prepend=0.0)[:, None], -knots[:-1], values[:1]

# %% gradient: np.gradient for the slopes
# loses: relu-interpolant
# says: np.gradient gives a slope for each knot
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.gradient(values, knots)
    return np.ones((1, len(slopes))), -knots, np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% weights-like-values: zeros_like of values that are whole numbers
# loses: relu-interpolant
# says: cut down to whole numbers when the values are
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots), np.asarray(values)
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    weights = np.zeros_like(values[:-1])
    for i in range(len(weights)):
        weights[i] = slopes[i] - (slopes[i - 1] if i else 0)
    return np.ones((1, len(weights))), -knots[:-1], weights.reshape(-1, 1), values[:1]

# %% no-first-slope: every unit gets a change, the first one zero
# loses: relu-interpolant
# says: The first slope is missing
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=slopes[0])[:, None], values[:1]

# %% three-knots-or-more: refuses two knots
# loses: relu-interpolant
# says: Calling it raised ValueError: three knots
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if len(knots) < 3:
        raise ValueError("three knots are needed")
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% half-done: only bump was written, the rest are stubs
# loses: relu-interpolant width-for-error
# says: NotImplementedError
# says: Calling it raised NotImplementedError
# cell: interpolant
def relu_interpolant(knots, values):
    raise NotImplementedError("relu_interpolant")
# cell: width
def width_for_error(curvature, length, tolerance):
    raise NotImplementedError("width_for_error")

# %% b2-a-view: b2 is a view of the caller's values
# loses: relu-interpolant
# says: An array of the network is a part of values
def relu_interpolant(knots, values):
    t, v = np.asarray(knots, float), np.asarray(values, float)
    if np.any(np.diff(t) <= 0):
        raise ValueError("order")
    q = np.diff(v) / np.diff(t)
    return np.ones((1, len(q))), -t[:-1], np.diff(q, prepend=0)[:, None], v[:1]

# %% bump-from-a-cache: lru_cache returns the same arrays again
# loses: step-bump
# says: each call must return arrays of its own
import functools
@functools.lru_cache
def bump(left, right, height, steepness):
    return (np.array([[steepness, steepness]], float), -steepness * np.array([left, right], float),
            np.array([[height], [-height]], float), np.zeros(1))

# %% b2-shared: one array of zeros for all bumps
# loses: step-bump
# says: b2 is shared between calls
ZERO = np.zeros(1)
def bump(left, right, height, steepness):
    return (np.array([[steepness, steepness]], float), -steepness * np.array([left, right], float),
            np.array([[height], [-height]], float), ZERO)

# %% rounded-first: rounds the quotient to two digits, then up
# loses: width-for-error
# says: a little more than a whole number
import math
def width_for_error(curvature, length, tolerance):
    return max(1, math.ceil(round(length * math.sqrt(curvature / (8 * tolerance)), 2)))

# %% search-ends: a loop that ends at 10 000
# loses: width-for-error
# says: some ten thousand pieces
def width_for_error(curvature, length, tolerance):
    for P in range(1, 10000):
        if (length / P) ** 2 * curvature / 8 <= tolerance:
            return P

# %% small-integer: a small integer type
# loses: width-for-error
# says: some ten thousand pieces
def width_for_error(curvature, length, tolerance):
    return np.int16(max(1, np.ceil(length * np.sqrt(curvature / (8 * tolerance)) * (1 - 1e-12))))
