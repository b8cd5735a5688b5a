# %% loops-everywhere: plain loops, own arithmetic in fit, no call of predict
# cell: unit
def predict(w, b, X):
    answers = []
    for n in range(X.shape[0]):
        z = b
        for d in range(X.shape[1]):
            z = z + X[n, d] * w[d]
        if z >= 0:
            answers.append(1)
        else:
            answers.append(-1)
    return np.array(answers)
# cell: rule
def fit(X, y, max_epochs=100):
    N, D = X.shape
    w = np.zeros(D)
    b = 0
    mistakes = []
    for epoch in range(max_epochs):
        count = 0
        for n in range(N):
            z = b
            for d in range(D):
                z += w[d] * X[n, d]
            a = 1 if z >= 0 else -1
            if a != y[n]:
                for d in range(D):
                    w[d] += y[n] * X[n, d]
                b += y[n]
                count += 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, mistakes
# cell: bound
def mistake_bound(X, y, w, b):
    norm2 = b * b
    for d in range(len(w)):
        norm2 += w[d] * w[d]
    R2 = 0.0
    gamma = float("inf")
    for n in range(len(X)):
        length2, score = 1.0, b
        for d in range(len(w)):
            length2 += X[n, d] ** 2
            score += X[n, d] * w[d]
        if y[n] * score <= 0:
            raise ValueError(f"row {n} is not separated")
        R2 = max(R2, length2)
        gamma = min(gamma, y[n] * score / norm2 ** 0.5)
    return R2 / gamma ** 2
# cell: network
def xor_network():
    # one unit for each input with answer 1: (0, 1) and (1, 0), then OR
    W1 = np.zeros((2, 2))
    W1[0, 0], W1[1, 0] = 1, -1
    W1[0, 1], W1[1, 1] = -1, 1
    return W1, np.array([-0.5, -0.5]), np.array([1.0, 1.0]), -0.5

# %% folded-bias: the bias as one more weight, in every function
# cell: unit
def extend(X):
    return np.hstack([X, np.ones((len(X), 1))])


def predict(w, b, X):
    v = np.append(w, b)
    return np.where(extend(X) @ v < 0, -1, 1)
# cell: rule
def fit(X, y, max_epochs=100):
    rows = extend(X)
    v = np.zeros(rows.shape[1])
    mistakes = []
    for _ in range(max_epochs):
        wrong = 0
        for row, label in zip(rows, y):
            if (row @ v >= 0) != (label > 0):
                v = v + label * row
                wrong += 1
        mistakes += [wrong]
        if not wrong:
            break
    return v[:-1], v[-1], mistakes
# cell: bound
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    v = v / np.sqrt(v @ v)
    rows = extend(X)
    R = max(np.sqrt(row @ row) for row in rows)
    gamma = min(y * (rows @ v))
    if not gamma > 0:
        raise ValueError("these weights do not separate")
    return (R / gamma) ** 2
# cell: network
def xor_network():
    # NAND and OR, then AND
    return np.array([[-2.0, 2.0], [-2.0, 2.0]]), np.array([3.0, -1.0]), np.array([2.0, 2.0]), -3.0

# %% generator-epochs: a helper for an epoch, sum over a generator, mistakes as a NumPy array
# cell: unit
def predict(w, b, X):
    score = np.dot(X, w) + b
    return 2 * (score >= 0).astype(int) - 1
# cell: rule
class Unit:
    def __init__(self, D):
        self.w = np.zeros(D)
        self.b = 0.0

    def show(self, x, label):
        """1 if this was a mistake"""
        if predict(self.w, self.b, x[np.newaxis, :])[0] == label:
            return 0
        self.w += label * x
        self.b += label
        return 1


def fit(X, y, max_epochs=100):
    unit = Unit(X.shape[1])
    mistakes = np.zeros(max_epochs, dtype=int)
    for epoch in range(max_epochs):
        mistakes[epoch] = sum(unit.show(x, label) for x, label in zip(X, y))
        if mistakes[epoch] == 0:
            return unit.w, unit.b, mistakes[: epoch + 1]
    return unit.w, unit.b, mistakes
# cell: bound
def mistake_bound(X, y, w, b):
    scores = X @ w + b
    if np.any(y * scores <= 0):
        raise ValueError(f"rows {np.flatnonzero(y * scores <= 0)} are on the wrong side")
    R2 = np.max(np.sum(np.square(X), axis=1) + 1)
    gamma2 = np.min(np.abs(scores)) ** 2 / (np.sum(np.square(w)) + b ** 2)
    return R2 / gamma2
# cell: network
def xor_network():
    W1 = np.array([[1, 1], [1, 1]])
    b1 = np.array([0, -1])
    w2 = np.array([1, -1])
    b2 = 0
    return W1, b1, w2, b2

# %% recursion: fit calls itself, epoch by epoch
def fit(X, y, max_epochs=100, w=None, b=0.0):
    if w is None:
        w = np.zeros(X.shape[1])
    wrong = 0
    for x, t in zip(X, y):
        if t * (1 if np.dot(x, w) + b >= 0 else -1) < 0:
            w, b, wrong = w + t * x, b + t, wrong + 1
    if wrong == 0 or max_epochs == 1:
        return w, b, [wrong]
    w, b, rest = fit(X, y, max_epochs - 1, w, b)
    return w, b, [wrong] + rest

# %% difference-rule: adds half of (y − a) x, which is 0 where the answer is right
def fit(X, y, max_epochs=100):
    w = np.zeros(X.shape[1])
    b = 0.0
    mistakes = []
    converged = False
    while not converged and len(mistakes) < max_epochs:
        errors = 0
        for i in range(len(y)):
            a = predict(w, b, X[i].reshape(1, -1)).item()
            delta = (y[i] - a) / 2
            w = w + delta * X[i]
            b = b + delta
            errors += int(delta != 0)
        mistakes.append(errors)
        converged = errors == 0
    return (w, b, mistakes)

# %% predict-all-at-once: asks predict for all rows each time and looks at one, for safety
def fit(X, y, max_epochs=100):
    X = np.asarray(X, dtype=np.float64)
    w, b = np.zeros((X.shape[1],)), np.float64(0)
    history = []
    for epoch in range(1, max_epochs + 1):
        n_wrong = 0
        for n, (xn, yn) in enumerate(zip(X, y)):
            answers = predict(w=w, b=b, X=X)
            if answers[n] != yn:
                w = w + yn * xn
                b = b + yn
                n_wrong = n_wrong + 1
        history.append(n_wrong)
        if history[-1] == 0:
            print(f"no mistakes in epoch {epoch}")
            break
    else:
        import warnings
        warnings.warn("gave up")
    return w, b, tuple(history)

# %% dual-form: counts how often each row was a mistake, and puts the weights together from the counts
def fit(X, y, max_epochs=100):
    alpha = np.zeros(len(X))
    gram = X @ X.T + 1.0
    mistakes = []
    for _ in range(max_epochs):
        before = alpha.sum()
        for n in range(len(X)):
            z = (alpha * y) @ gram[:, n]
            if (z >= 0 and y[n] == -1) or (z < 0 and y[n] == 1):
                alpha[n] += 1
        mistakes.append(int(alpha.sum() - before))
        if mistakes[-1] == 0:
            break
    return (alpha * y) @ X, (alpha * y).sum(), mistakes

# %% floats-in-mistakes: counts kept as floats, b as an array of no dimensions
def fit(X, y, max_epochs=100):
    w = np.zeros(X.shape[1])
    b = np.array(0.0)
    mistakes = []
    while True:
        wrong = 0.0
        for x, target in zip(X, y):
            answer = np.where(x @ w + b >= 0, 1, -1)
            if answer != target:
                w += target * x
                b += target
                wrong += 1
        mistakes.append(wrong)
        if wrong == 0 or len(mistakes) == max_epochs:
            return w, b, mistakes

# %% final-check-of-its-own: looks at predict only to print how well it does; row by row, strict zip
def fit(X, y, max_epochs=100):
    w = 0 * X[0].astype(float)
    b = 0
    mistakes = []
    for epoch in range(max_epochs):
        made = []
        for n, (x, t) in enumerate(zip(X, y, strict=True)):
            right = (w @ x + b >= 0) if t == 1 else (w @ x + b < 0)
            if not right:
                w = w + t * x
                b = b + int(t)
                made.append(n)
        mistakes.append(len(made))
        if made == []:
            break
    print("wrong at the end:", np.sum(predict(w, b, X) != y))
    return w, b, mistakes

# %% inequality-by-inequality: checks each row first, Fraction-free but careful; raises a subclass of ValueError
class NotSeparable(ValueError):
    pass


def mistake_bound(X, y, w, b):
    v = np.concatenate([w, [b]]).astype(float)
    Xt = np.c_[X, np.ones(X.shape[0])]
    z = np.einsum("nd,d->n", Xt, v)
    for n in range(len(y)):
        if not (z[n] > 0 if y[n] == 1 else z[n] < 0):
            raise NotSeparable(f"row {n}: z = {z[n]}, y = {y[n]}")
    gamma = np.abs(z).min() / np.linalg.norm(v)
    return np.power(np.linalg.norm(Xt, axis=1).max() / gamma, 2)

# %% xor-minimal: x2 and not x1 beside OR, and whole numbers with scores of 0
def xor_network():
    W1 = np.array([[1, -1], [0, 1]])
    b1 = np.array([0, 0])      # x1; x2 but not x1
    w2 = np.array([1, 1])
    b2 = 0
    # x1 and x2: the first unit says yes as well, so make it say no there
    W1[1, 0] = -1
    return W1, b1, w2, b2

# %% xor-as-lists: nested lists, as numbers are written on paper
def xor_network():
    return [[3.0, -5.0], [3.0, -5.0]], [-2.0, 8.0], [7.0, 7.0], -9.0

# %% xor-negative: NOR and AND, output "neither"
def xor_network():
    NOR = np.array([-1.0, -1.0]), 0.5
    AND = np.array([1.0, 1.0]), -1.5
    W1 = np.stack([NOR[0], AND[0]], axis=1)
    b1 = np.array([NOR[1], AND[1]])
    w2 = np.array([-1.0, -1.0])
    return W1, b1, w2, np.float64(0.5)

# %% xor-of-the-textbook: the weights that many books give for ReLU units
def xor_network():
    W = np.ones((2, 2))
    c = np.array([0, -1])
    w = np.array([1, -2])
    return W, c, w, 0

# %% xor-random-search: draws small whole numbers until the truth table is right
def xor_network():
    rng = np.random.default_rng(0)
    inputs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    while True:
        W1, b1 = rng.integers(-3, 4, (2, 2)), rng.integers(-3, 4, 2)
        w2, b2 = rng.integers(-3, 4, 2), rng.integers(-3, 4)
        hidden = (inputs @ W1 + b1 > 0) * 1
        if list((hidden @ w2 + b2 > 0) * 1) == [0, 1, 1, 0]:
            return W1, b1, w2, b2

# %% named-tuple: the three results by name
def fit(X, y, max_epochs=100):
    from collections import namedtuple
    Result = namedtuple("Result", "w b mistakes")
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        m = 0
        for x, t in zip(X, y):
            if predict(w, b, x[None])[0] != t:
                w, b, m = w + t * x, b + t, m + 1
        mistakes.append(m)
        if m == 0: break
    return Result(w, b, mistakes)

# %% list-of-its-own: mistakes is a list that knows its sum
class History(list):
    @property
    def total(self): return sum(self)
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, History()
    for _ in range(max_epochs):
        m = 0
        for x, t in zip(X, y):
            if predict(w, b, x[None])[0] != t:
                w, b, m = w + t * x, b + t, m + 1
        mistakes.append(m)
        if m == 0: break
    return w, b, mistakes

# %% ada: the bias folded in, her own XOR of two "one but not the other" units
# student: ada
# cell: unit
def predict(w, b, X):
    scores = X @ w + b
    answers = np.full(len(X), -1)
    answers[scores >= 0] = 1
    return answers
# cell: rule
def fit(X, y, max_epochs=100):
    v = np.zeros(X.shape[1] + 1)
    mistakes = []
    for _ in range(max_epochs):
        mistakes.append(0)
        for x, label in zip(np.column_stack([X, np.ones(len(X))]), y):
            answer = 1 if x @ v >= 0 else -1
            if answer != label:
                v = v + label * x
                mistakes[-1] += 1
        if mistakes[-1] == 0:
            break
    return v[:-1], v[-1], mistakes
# cell: bound
def mistake_bound(X, y, w, b):
    scores = X @ w + b
    if not np.all(y * scores > 0):
        raise ValueError("some row is on the wrong side or on the boundary")
    v_length = np.sqrt(np.sum(w**2) + b**2)
    gamma = np.min(np.abs(scores)) / v_length
    R = np.sqrt(1 + np.max(np.sum(X**2, axis=1)))
    return (R / gamma) ** 2
# cell: network
def xor_network():
    W1 = np.array([[1.0, -1.0], [-1.0, 1.0]])  # x1 but not x2; x2 but not x1
    b1 = np.array([-0.5, -0.5])
    w2 = np.array([1.0, 1.0])  # either of them
    b2 = -0.5
    return W1, b1, w2, b2
