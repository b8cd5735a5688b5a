# %% ada: the right unit first; units that look to the left
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

# %% chen: bias without the steepness, knots for pieces
# loses: step-bump width-for-error
# says: The biases are minus the edges: multiply by the steepness
# says: the number of knots, P + 1
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
# loses: relu-interpolant
# says: The output weights are the slopes themselves
# says: Equal neighbours are accepted
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
# loses: relu-interpolant width-for-error
# says: Calling it raised NotImplementedError: relu_interpolant
# says: A function without curvature gets no piece at all
# cell: interpolant
def relu_interpolant(knots, values):
    # TODO ask in the tutorial why the changes and not the slopes
    raise NotImplementedError("relu_interpolant")
# cell: width
def width_for_error(curvature, length, tolerance):
    return int(np.ceil(length * np.sqrt(curvature / (8 * tolerance))))
