# %% bias-is-the-edge: the bias of a bump's unit is minus the edge
# earns: step-bump 0
# named: step-bump.b1-without-steepness
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, steepness]], float)
    b1 = np.array([-left, -right], float)
    W2 = np.array([[height], [-height]], float)
    return W1, b1, W2, np.zeros(1)

# %% two-steps-up: both output weights have the same sign
# earns: step-bump 0
# named: step-bump.staircase
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.full((1, 2), float(steepness))
    b1 = -steepness * np.array([left, right], float)
    W2 = np.full((2, 1), float(height))
    return W1, b1, W2, np.zeros(1)

# %% plus-bias: the minus of the bias is forgotten
# earns: step-bump 0
# named: step-bump.b1-negated
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, steepness]], float)
    b1 = steepness * np.array([left, right], float)
    W2 = np.array([[height], [-height]], float)
    return W1, b1, W2, np.zeros(1)

# %% dip: subtracts left from right
# earns: step-bump 0
# named: step-bump.upside-down
# cell: bump
def bump(left, right, height, steepness):
    k = steepness
    return np.array([[k, k]]), np.array([-k * right, -k * left]), np.array([[height], [-height]]), np.array([0.0])

# %% unit-height: the height is forgotten
# earns: step-bump 0
# named: step-bump.no-height
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, steepness]], float)
    b1 = -steepness * np.array([left, right], float)
    W2 = np.array([[1.0], [-1.0]])
    return W1, b1, W2, np.zeros(1)

# %% mirrored-unit: the second unit falls, with a negative weight, and b2 takes the height away
# earns: step-bump 0
# named: step-bump.mirrored
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, -steepness]], float)
    b1 = np.array([-steepness * left, steepness * right], float)
    W2 = np.array([[height], [height]], float)
    return W1, b1, W2, np.array([-height], float)

# %% mirrored-no-b2: the falling unit, with b2 left at zero
# earns: step-bump 0
# named: step-bump.mirrored
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, -steepness]], float)
    b1 = np.array([-steepness * left, steepness * right], float)
    W2 = np.array([[height], [height]], float)
    return W1, b1, W2, np.zeros(1)

# %% column-first: the shapes of PyTorch, (out, in)
# earns: step-bump 0
# earns: relu-interpolant 2
# named: relu-interpolant.weights-transposed step-bump.weights-transposed
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
# earns: step-bump 0
# earns: relu-interpolant 2
# named: relu-interpolant.b2-number relu-interpolant.weights-flat step-bump.b2-number step-bump.weights-flat
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
# earns: step-bump 0
# earns: relu-interpolant 2
# named: relu-interpolant.b2-number step-bump.b2-number
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
# earns: step-bump 0
# named: step-bump.steepness-always-100
# cell: bump
def bump(left, right, height, steepness):
    k = 100.0
    return np.array([[k, k]]), np.array([-k * left, -k * right]), np.array([[height], [-height]], float), np.zeros(1)

# %% centred: both units centred in the middle plus and minus half
# earns: step-bump 0
# named: step-bump.both-in-the-middle
# cell: bump
def bump(left, right, height, steepness):
    middle = (left + right) / 2
    W1 = np.array([[steepness, steepness]], float)
    b1 = np.array([-steepness * middle, -steepness * middle])
    W2 = np.array([[height], [-height]], float)
    return W1, b1, W2, np.zeros(1)

# %% normalised: makes the middle reach the height exactly
# earns: step-bump 0
# named: step-bump.lifted
# cell: bump
def bump(left, right, height, steepness):
    top = height / np.tanh(steepness * (right - left) / 4)
    W1 = np.array([[steepness, steepness]], float)
    b1 = -steepness * np.array([left, right], float)
    return W1, b1, np.array([[top], [-top]]), np.zeros(1)

# %% whole-numbers-b1: an integer array that cuts the product down
# earns: step-bump 0
# named: step-bump.b1-whole
# unseen: step-bump
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, steepness]], float)
    b1 = np.zeros(2, dtype=int)
    b1[0] = -steepness * left
    b1[1] = -steepness * right
    W2 = np.array([[height], [-height]], float)
    return W1, b1, W2, np.zeros(1)

# %% in-place-on-ints: works until the edges are whole numbers
# earns: step-bump 0
# named: step-bump.b1-whole-for-ints
# unseen: step-bump
# cell: bump
def bump(left, right, height, steepness):
    b1 = np.array([left, right])
    b1 *= -steepness
    W1 = np.array([[steepness, steepness]], float)
    W2 = np.array([[height], [-height]], float)
    return W1, b1, W2, np.zeros(1)

# %% shared-array: one array for all bumps
# earns: step-bump 0
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
# earns: step-bump 0
# earns: relu-interpolant 2
# named: step-bump.b1-float32 step-bump.w1-float32 step-bump.w2-float32
# unseen: step-bump relu-interpolant
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
# earns: step-bump 0
# named: step-bump.height-positive
# unseen: step-bump
# cell: bump
def bump(left, right, height, steepness):
    height = abs(height)
    W1 = np.array([[steepness, steepness]], float)
    b1 = -steepness * np.array([left, right], float)
    return W1, b1, np.array([[height], [-height]], float), np.zeros(1)

# %% no-return: bump prints its arrays and returns nothing
# earns: step-bump 0
# named: step-bump.bump-nothing
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, steepness]], float)
    b1 = -steepness * np.array([left, right], float)
    W2 = np.array([[height], [-height]], float)
    print(W1, b1, W2)

# %% slopes: the output weights are slopes, not changes of slope
# earns: relu-interpolant 2
# named: relu-interpolant.weights-are-slopes
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], slopes[:, None], values[:1]

# %% no-b2: starts at zero
# earns: relu-interpolant 2
# named: relu-interpolant.b2-missing
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], np.zeros(1)

# %% accepts-equal: sorted() says yes to equal neighbours
# earns: relu-interpolant 0
# named: relu-interpolant.equal-passes
# cell: interpolant
def relu_interpolant(knots, values):
    if list(knots) != sorted(knots):
        raise ValueError("knots must increase")
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% accepts-all: no check at all
# earns: relu-interpolant 0
# named: relu-interpolant.nothing-refused
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% accepts-all-loops: no check, Python's own division by zero
# earns: relu-interpolant 4
# named: relu-interpolant.divides-before-checking
# cell: interpolant
def relu_interpolant(knots, values):
    W2, last = [], 0.0
    for i in range(len(knots) - 1):
        q = float(values[i + 1] - values[i]) / float(knots[i + 1] - knots[i])
        W2.append(q - last)
        last = q
    return np.ones((1, len(W2))), -np.array(knots[:-1], float), np.array(W2)[:, None], np.array([float(values[0])])

# %% sorts: puts the knots in order instead of refusing them
# earns: relu-interpolant 4
# named: relu-interpolant.disorder-passes
# unseen: relu-interpolant
# cell: interpolant
def relu_interpolant(knots, values):
    order = np.argsort(knots)
    knots, values = np.asarray(knots, float)[order], np.asarray(values, float)[order]
    if np.any(np.diff(knots) == 0):
        raise ValueError("equal knots")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% asserts: an assertion instead of a ValueError
# earns: relu-interpolant 0
# named: relu-interpolant.assert
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    assert np.all(np.diff(knots) > 0), "knots must strictly increase"
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% only-the-ends: compares the last knot with the first
# earns: relu-interpolant 0
# named: relu-interpolant.ends-compared-alone
# cell: interpolant
def relu_interpolant(knots, values):
    if knots[-1] <= knots[0]:
        raise ValueError("knots must increase")
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% equal-spacing: takes the first gap for all
# earns: relu-interpolant 2
# named: relu-interpolant.spaced-as-the-first
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if (np.diff(knots) <= 0).any():
        raise ValueError("knots must strictly increase")
    h = knots[1] - knots[0]
    slopes = np.diff(values) / h
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% no-division: differences of values for slopes
# earns: relu-interpolant 2
# named: relu-interpolant.slopes-undivided
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if (np.diff(knots) <= 0).any():
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% kinks-too-late: each kink at the right end of its piece
# earns: relu-interpolant 2
# named: relu-interpolant.kinks-at-the-right
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if (np.diff(knots) <= 0).any():
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[1:], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% plus-knots: kinks at minus the knots
# earns: relu-interpolant 2
# named: relu-interpolant.biases-positive
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if (np.diff(knots) <= 0).any():
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), knots[:-1].copy(), np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% first-slope-lost: the changes alone, at the inner knots
# earns: relu-interpolant 2
# named: relu-interpolant.first-slope-zero
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if (np.diff(knots) <= 0).any():
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    changes = np.diff(slopes)
    return np.ones((1, len(changes))), -knots[1:-1], changes[:, None], values[:1]

# %% last-unit-lost: a loop that ends one knot too early
# earns: relu-interpolant 2
# named: relu-interpolant.last-change-missing
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
# earns: relu-interpolant 2
# named: relu-interpolant.b2-intercept
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if (np.diff(knots) <= 0).any():
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    b2 = values[:1] - slopes[0] * knots[:1]
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], b2

# %% hats: three units for each knot's hat
# earns: relu-interpolant 2
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
# earns: relu-interpolant 2
# named: relu-interpolant.change-inside
# cell: interpolant
def relu_interpolant(knots, values):
    t, v = np.asarray(knots, float), np.asarray(values, float)
    if (np.diff(t) <= 0).any():
        raise ValueError("knots must strictly increase")
    c = np.diff(np.diff(v) / np.diff(t), prepend=0.0)
    return c[None, :], -c * t[:-1], np.ones((len(c), 1)), v[:1].copy()

# %% like-what-comes-in: zeros_like of knots that are whole numbers
# earns: relu-interpolant 2
# named: relu-interpolant.slopes-whole-for-ints
# unseen: relu-interpolant
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
# earns: relu-interpolant 0
# named: relu-interpolant.writes-into-knots
# unseen: relu-interpolant
# cell: interpolant
def relu_interpolant(knots, values):
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    knots = np.asarray(knots)
    knots *= -1
    return np.ones((1, len(slopes))), knots[:-1] * 1.0, np.diff(slopes, prepend=0.0)[:, None], np.array(values[:1], float)

# %% arrays-only: subtracts slices, which lists cannot
# earns: relu-interpolant 0
# named: relu-interpolant.lists-refused
# cell: interpolant
def relu_interpolant(knots, values):
    gaps = knots[1:] - knots[:-1]
    if np.any(gaps <= 0):
        raise ValueError("knots must strictly increase")
    slopes = (values[1:] - values[:-1]) / gaps
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% slopes-and-no-b2: two mistakes in one network, and no check
# earns: relu-interpolant 0
# named: relu-interpolant.nothing-refused relu-interpolant.weights-are-slopes+b2-missing
# cell: interpolant
def relu_interpolant(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -np.asarray(knots[:-1]), slopes[:, None], np.zeros(1)

# %% nearest: rounds to the nearest whole number
# earns: width-for-error 0
# named: width-for-error.to-the-nearest
# cell: width
def width_for_error(curvature, length, tolerance):
    return max(1, round(length * np.sqrt(curvature / (8 * tolerance))))

# %% down: rounds down
# earns: width-for-error 0
# named: width-for-error.down
# cell: width
def width_for_error(curvature, length, tolerance):
    return max(1, int(length * np.sqrt(curvature / (8 * tolerance))))

# %% knots-for-pieces: returns P + 1
# earns: width-for-error 0
# named: width-for-error.knots-counted
# cell: width
def width_for_error(curvature, length, tolerance):
    return max(1, int(np.ceil(length * np.sqrt(curvature / (8 * tolerance))))) + 1

# %% no-piece: nothing for a straight line
# earns: width-for-error 0
# named: width-for-error.no-piece
# cell: width
def width_for_error(curvature, length, tolerance):
    return int(np.ceil(length * np.sqrt(curvature / (8 * tolerance))))

# %% floor-plus-one: one too many where the bound meets the tolerance
# earns: width-for-error 0
# named: width-for-error.one-more-at-a-tie
# cell: width
def width_for_error(curvature, length, tolerance):
    return int(length * np.sqrt(curvature / (8 * tolerance))) + 1

# %% strictly-below: waits until the bound is below the tolerance
# earns: width-for-error 0
# named: width-for-error.one-more-at-a-tie
# cell: width
def width_for_error(curvature, length, tolerance):
    P = 1
    while (length / P) ** 2 * curvature / 8 >= tolerance:
        P += 1
    return P

# %% a-float: np.ceil gives a float
# earns: width-for-error 0
# named: width-for-error.float
# cell: width
def width_for_error(curvature, length, tolerance):
    return max(1.0, np.ceil(length * np.sqrt(curvature / (8 * tolerance))))

# %% no-root: forgets the square root
# earns: width-for-error 0
# named: width-for-error.root-missing
# cell: width
def width_for_error(curvature, length, tolerance):
    return max(1, int(np.ceil(length**2 * curvature / (8 * tolerance))))

# %% no-eight: forgets the 8
# earns: width-for-error 0
# named: width-for-error.8-missing
# cell: width
def width_for_error(curvature, length, tolerance):
    return max(1, int(np.ceil(length * np.sqrt(curvature / tolerance))))

# %% length-under-the-root: the length is not squared
# earns: width-for-error 0
# named: width-for-error.length-under-the-root
# cell: width
def width_for_error(curvature, length, tolerance):
    return max(1, int(np.ceil(np.sqrt(length * curvature / (8 * tolerance)))))

# %% unit-interval: forgets the length
# earns: width-for-error 0
# named: width-for-error.length-missing
# cell: width
def width_for_error(curvature, length, tolerance):
    return max(1, int(np.ceil(np.sqrt(curvature / (8 * tolerance)))))

# %% doubling: doubles until it is enough
# earns: width-for-error 0
# named: width-for-error.power-of-two
# cell: width
def width_for_error(curvature, length, tolerance):
    P = 1
    while (length / P) ** 2 * curvature / 8 > tolerance:
        P *= 2
    return P

# %% whole-division: // where / is meant
# earns: width-for-error 0
# named: width-for-error.floor-division
# cell: width
def width_for_error(curvature, length, tolerance):
    return max(1, int(np.ceil(length * (curvature // (8 * tolerance)) ** 0.5)))

# %% down-and-no-piece: rounds down, and a straight line gets nothing
# earns: width-for-error 0
# named: width-for-error.down+no-piece
# cell: width
def width_for_error(curvature, length, tolerance):
    return int(length * np.sqrt(curvature / (8 * tolerance)))

# %% gives-up: a loop that ends at 1000
# earns: width-for-error 0
# named: width-for-error.never-above-1000
# unseen: width-for-error
# cell: width
def width_for_error(curvature, length, tolerance):
    for P in range(1, 1000):
        if (length / P) ** 2 * curvature / 8 <= tolerance:
            return P
    return 1000

# %% divides-by-curvature: breaks without curvature
# earns: width-for-error 0
# named: width-for-error.divides-by-curvature
# cell: width
def width_for_error(curvature, length, tolerance):
    h = (8 * tolerance / curvature) ** 0.5
    return int(np.ceil(length / h))

# %% any-for-all: one increase passes the check
# earns: relu-interpolant 0
# named: relu-interpolant.any-for-all
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.any(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% last-pair-unchecked: the loop of the check ends one too early
# earns: relu-interpolant 0
# named: relu-interpolant.last-two-unchecked
# unseen: relu-interpolant
# cell: interpolant
def relu_interpolant(knots, values):
    for i in range(len(knots) - 2):
        if knots[i + 1] <= knots[i]:
            raise ValueError("knots must strictly increase")
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% starts-at-the-end: b2 is the last value, the units look to the right
# earns: relu-interpolant 2
# named: relu-interpolant.b2-last-value
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[-1:]

# %% mean-gap: equal spacing by linspace
# earns: relu-interpolant 2
# named: relu-interpolant.spaced-equally
# cell: interpolant
def relu_interpolant(knots, values):
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    h = (knots[-1] - knots[0]) / (len(knots) - 1)
    slopes = np.diff(values) / h
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% one-array-for-all: a buffer kept from call to call as a default argument
# earns: relu-interpolant 2
# says: each call must return arrays of its own
# unseen: relu-interpolant
# cell: interpolant
def relu_interpolant(knots, values, b2=np.zeros(1)):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    b2[0] = values[0]
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], b2

# %% prints-a-complaint: the knots are refused by a message and None
# earns: relu-interpolant 0
# named: relu-interpolant.nothing-refused
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.all(np.diff(knots) > 0):
        print("knots must strictly increase!")
        return
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% eight-outside: B / 8 * tolerance
# earns: width-for-error 0
# named: width-for-error.tolerance-multiplied
# cell: width
def width_for_error(curvature, length, tolerance):
    return max(1, int(np.ceil(length * np.sqrt(curvature / 8 * tolerance))))

# %% one-centre: left twice
# earns: step-bump 0
# named: step-bump.both-at-the-left
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, steepness]], float)
    b1 = -steepness * np.array([left, left], float)
    W2 = np.array([[height], [-height]], float)
    return W1, b1, W2, np.zeros(1)

# %% three-slips: height, sign of the bias and b2
# earns: step-bump 0
# named: step-bump.b1-negated step-bump.b2-height step-bump.no-height
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, steepness]], float)
    b1 = steepness * np.array([left, right], float)
    W2 = np.array([[1.0], [-1.0]])
    return W1, b1, W2, np.array([height], float)

# %% weights-before-biases: the arrays in another order
# earns: step-bump 0
# earns: relu-interpolant 2
# named: relu-interpolant.weights-before-biases step-bump.weights-before-biases
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
# earns: relu-interpolant 2
# named: relu-interpolant.slopes-of-knots
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.gradient(values, knots)
    return np.ones((1, len(slopes))), -knots, np.diff(slopes, prepend=0.0)[:, None], values[:1]

# %% weights-like-values: zeros_like of values that are whole numbers
# earns: relu-interpolant 2
# named: relu-interpolant.weights-whole-for-ints
# unseen: relu-interpolant
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
# earns: relu-interpolant 2
# named: relu-interpolant.first-slope-zero
# cell: interpolant
def relu_interpolant(knots, values):
    knots, values = np.asarray(knots, float), np.asarray(values, float)
    if not np.all(np.diff(knots) > 0):
        raise ValueError("knots must strictly increase")
    slopes = np.diff(values) / np.diff(knots)
    return np.ones((1, len(slopes))), -knots[:-1], np.diff(slopes, prepend=slopes[0])[:, None], values[:1]

# %% three-knots-or-more: refuses two knots
# earns: relu-interpolant 0
# says: Calling it raised ValueError: three knots
# unseen: relu-interpolant
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
# earns: relu-interpolant 0
# earns: width-for-error 0
# says: NotImplementedError
# says: Calling it raised NotImplementedError
# cell: interpolant
def relu_interpolant(knots, values):
    raise NotImplementedError("relu_interpolant")
# cell: width
def width_for_error(curvature, length, tolerance):
    raise NotImplementedError("width_for_error")

# %% b2-a-view: b2 is a view of the caller's values
# earns: relu-interpolant 2
# says: An array of the network is a part of values
# unseen: relu-interpolant
def relu_interpolant(knots, values):
    t, v = np.asarray(knots, float), np.asarray(values, float)
    if np.any(np.diff(t) <= 0):
        raise ValueError("order")
    q = np.diff(v) / np.diff(t)
    return np.ones((1, len(q))), -t[:-1], np.diff(q, prepend=0)[:, None], v[:1]

# %% bump-from-a-cache: lru_cache returns the same arrays again
# earns: step-bump 0
# says: each call must return arrays of its own
# unseen: step-bump
import functools
@functools.lru_cache
def bump(left, right, height, steepness):
    return (np.array([[steepness, steepness]], float), -steepness * np.array([left, right], float),
            np.array([[height], [-height]], float), np.zeros(1))

# %% b2-shared: one array of zeros for all bumps
# earns: step-bump 0
# says: b2 is shared between calls
# unseen: step-bump
ZERO = np.zeros(1)
def bump(left, right, height, steepness):
    return (np.array([[steepness, steepness]], float), -steepness * np.array([left, right], float),
            np.array([[height], [-height]], float), ZERO)

# %% rounded-first: rounds the quotient to two digits, then up
# earns: width-for-error 0
# says: a little more than a whole number
# unseen: width-for-error
import math
def width_for_error(curvature, length, tolerance):
    return max(1, math.ceil(round(length * math.sqrt(curvature / (8 * tolerance)), 2)))

# %% search-ends: a loop that ends at 10 000
# earns: width-for-error 0
# says: some ten thousand pieces
# unseen: width-for-error
def width_for_error(curvature, length, tolerance):
    for P in range(1, 10000):
        if (length / P) ** 2 * curvature / 8 <= tolerance:
            return P

# %% small-integer: a small integer type
# earns: width-for-error 0
# says: some ten thousand pieces
# unseen: width-for-error
def width_for_error(curvature, length, tolerance):
    return np.int16(max(1, np.ceil(length * np.sqrt(curvature / (8 * tolerance)) * (1 - 1e-12))))

# %% chen: bias without the steepness, knots for pieces
# student: chen
# earns: step-bump 0
# earns: width-for-error 0
# named: step-bump.b1-without-steepness width-for-error.knots-counted
# cell: bump
def bump(left, right, height, steepness):
    W1 = np.array([[steepness, steepness]])
    b1 = np.array([-left, -right])
    W2 = np.array([[height], [-height]])
    b2 = np.array([0.0])
    return W1, b1, W2, b2
# cell: interpolant
def relu_interpolant(knots, values):
    P = len(knots) - 1
    slopes = []
    for i in range(P):
        if knots[i + 1] <= knots[i]:
            raise ValueError("bad knots")
        slopes.append((values[i + 1] - values[i]) / (knots[i + 1] - knots[i]))
    W1 = np.ones((1, P))
    b1 = np.zeros(P)
    W2 = np.zeros((P, 1))
    for i in range(P):
        b1[i] = -knots[i]
        W2[i, 0] = slopes[i] if i == 0 else slopes[i] - slopes[i - 1]
    return W1, b1, W2, np.array([values[0]])
# cell: width
def width_for_error(curvature, length, tolerance):
    pieces = np.ceil(np.sqrt(length**2 * curvature / (8 * tolerance)))
    return int(pieces) + 1

# %% farah: slopes for changes of slope, and equal knots pass
# student: farah
# earns: relu-interpolant 0
# named: relu-interpolant.equal-passes relu-interpolant.weights-are-slopes
# cell: interpolant
def relu_interpolant(knots, values):
    knots = np.array(knots, float)
    values = np.array(values, float)
    if (np.diff(knots) < 0).any():
        raise ValueError("the knots are not in order")
    slopes = np.diff(values) / np.diff(knots)
    H = len(slopes)
    return np.ones((1, H)), -knots[:-1], slopes.reshape(H, 1), values[:1]

# %% kofi: the interpolant left for later, and no piece for a straight line
# student: kofi
# earns: relu-interpolant 0
# earns: width-for-error 0
# named: width-for-error.no-piece
# says: Calling it raised NotImplementedError: relu_interpolant
# cell: interpolant
def relu_interpolant(knots, values):
    # TODO ask in the tutorial why the changes and not the slopes
    raise NotImplementedError("relu_interpolant")
# cell: width
def width_for_error(curvature, length, tolerance):
    return int(np.ceil(length * np.sqrt(curvature / (8 * tolerance))))
