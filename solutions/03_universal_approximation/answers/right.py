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

# %% ada: the right unit first; units that look to the left
# student: ada
# cell: bump
def bump(left, right, height, steepness):
    edges = np.array([right, left], dtype=float)
    W1 = np.full((1, 2), float(steepness))
    return W1, -W1[0] * edges, np.array([[-1.0], [1.0]]) * height, np.zeros(1)
# cell: interpolant
def relu_interpolant(knots, values):
    t, v = np.array(knots, dtype=float), np.array(values, dtype=float)
    if np.any(t[1:] <= t[:-1]):
        raise ValueError(f"knots must strictly increase, got {t}")
    # Unit i is max(0, t[i + 1] - x): it is off to the right of its kink. Start at the last value and walk left.
    fall = (v[:-1] - v[1:]) / (t[1:] - t[:-1])
    weights = fall.copy()
    weights[:-1] -= fall[1:]
    return -np.ones((1, len(fall))), t[1:], weights[:, None], v[-1:]
# cell: width
def width_for_error(curvature, length, tolerance):
    def good_enough(pieces):
        return (length / pieces) ** 2 * curvature / 8 <= tolerance

    pieces = 1
    while not good_enough(pieces):
        pieces += 1
    return pieces
