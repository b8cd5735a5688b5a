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

# %% predict-greater: > in place of >=, and the solution's fit calls it
# loses: predict fit
# says: A score of exactly 0 is answered with −1
# says: mend predict first
def predict(w, b, X):
    return np.where(X @ w + b > 0, 1, -1)

# %% predict-greater-own-fit: the same, but fit computes its own scores
# loses: predict
# says: A score of exactly 0 is answered with −1
# cell: unit
def predict(w, b, X):
    z = X @ w + b
    out = np.ones(len(z), dtype=int)
    out[z <= 0] = -1
    return out
# cell: rule
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        m = 0
        for x, t in zip(X, y):
            if (x @ w + b < 0) == (t == 1):
                w += t * x
                b += t
                m += 1
        mistakes.append(m)
        if m == 0:
            break
    print("errors left:", (predict(w, b, X) != y).sum())
    return w, b, mistakes

# %% predict-sign: np.sign, with the class 0
# loses: predict fit
# says: A score of exactly 0 is answered with 0
# says: mend predict first
def predict(w, b, X):
    return np.sign(X @ w + b).astype(int)

# %% predict-sign-floats: np.sign, not even whole numbers
# loses: predict fit
# says: A score of exactly 0 is answered with 0
# says: mend predict first
def predict(w, b, X):
    return np.sign(X @ w + b)

# %% predict-floats: np.where with 1.0 and -1.0
# loses: predict
# says: holds float64
def predict(w, b, X):
    return np.where(X @ w + b >= 0, 1.0, -1.0)

# %% predict-booleans: the comparison itself
# loses: predict fit
# says: True and False
# says: mend predict first
def predict(w, b, X):
    return X @ w + b >= 0

# %% predict-zero-one: 0 for the second class
# loses: predict fit
# says: predict answers 1 and 0
# says: mend predict first
def predict(w, b, X):
    return (X @ w + b >= 0).astype(int)

# %% predict-no-bias: forgets b
# loses: predict fit
# says: The bias is missing
# says: mend predict first
def predict(w, b, X):
    return np.where(X @ w >= 0, 1, -1)

# %% predict-threshold: takes b for a threshold
# loses: predict fit
# says: used as a threshold
# says: mend predict first
def predict(w, b, X):
    return np.where(X @ w >= b, 1, -1)

# %% predict-swapped: the two classes the wrong way round
# loses: predict fit
# says: The answers are the wrong way round
# says: mend predict first
def predict(w, b, X):
    return np.where(X @ w + b >= 0, -1, 1)

# %% predict-scores: returns the score
# loses: predict fit
# says: predict returns the scores
# says: mend predict first
def predict(w, b, X):
    return X @ w + b

# %% predict-column: a column of answers
# loses: predict
# says: predict returns a column
def predict(w, b, X):
    scores = X @ w.reshape(-1, 1) + b
    return np.where(scores >= 0, 1, -1)

# %% predict-list: a list of answers
# loses: predict
# says: predict returns a list
def predict(w, b, X):
    return [1 if x @ w + b >= 0 else -1 for x in X]

# %% predict-whole-batch: one answer for all rows
# loses: predict
# says: one answer for the whole batch
def predict(w, b, X):
    return np.array([1 if np.sum(X @ w + b) >= 0 else -1])

# %% predict-overwrites: X *= w saves memory
# loses: predict fit
# says: predict writes into X
# says: mend predict first
def predict(w, b, X):
    X *= w
    return np.where(X.sum(axis=1) + b >= 0, 1, -1)

# %% predict-two-inputs: written for the plane
# loses: predict fit
# says: exactly two inputs
# says: mend predict first
def predict(w, b, X):
    return np.where(X[:, 0] * w[0] + X[:, -1] * w[-1] + b >= 0, 1, -1)

# %% predict-tolerant: counts a score close to 0 as 0
# loses: predict
# says: before it is compared
def predict(w, b, X):
    z = np.round(X @ w + b, 6)
    return np.where(z >= 0, 1, -1)

# %% predict-squeezed: squeeze takes the only row away
# loses: predict fit
# says: The answer to a single row has lost its axis
def predict(w, b, X):
    return np.squeeze(np.where(X @ w[:, None] + b >= 0, 1, -1))

# %% predict-int-weights: truncates the weights to the dtype of X
# loses: predict
# says: whole numbers
def predict(w, b, X):
    w = w.astype(X.dtype)
    return np.where(X @ w + b >= 0, 1, -1)

# %% predict-stub: predict left for later
# loses: predict fit
# says: NotImplementedError: predict: compute the scores
def predict(w, b, X):
    raise NotImplementedError("predict: compute the scores X w + b, then return 1 where they are at least 0 and -1 elsewhere.")

# %% predict-prints: shows its answers and forgets to return them
# loses: predict fit
# says: is None
# says: fit
def predict(w, b, X):
    answers = np.where(X @ w + b >= 0, 1, -1)
    print(answers)

# %% fit-greater: > inside fit, though predict is right
# loses: fit
# says: A score of exactly 0 counts as the answer −1
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            a = 1 if x @ w + b > 0 else -1
            if a != t:
                w += t * x
                b += t
                count += 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, mistakes

# %% fit-not-positive: y z <= 0 as the sign of a mistake, as in most lecture notes
# loses: fit
# says: y * z <= 0
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            if t * (x @ w + b) <= 0:
                w += t * x
                b += t
                count += 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, mistakes

# %% fit-negative: y z < 0, which never happens at the start
# loses: fit
# says: y * z < 0
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            if t * (x @ w + b) < 0:
                w += t * x
                b += t
                count += 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, mistakes

# %% fit-batch: collects the updates and carries them out at the end of the epoch
# loses: fit
# says: collected
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        wrong = predict(w, b, X) != y
        mistakes.append(int(wrong.sum()))
        if not wrong.any():
            break
        w = w + y[wrong] @ X[wrong]
        b = b + y[wrong].sum()
    return w, b, mistakes

# %% fit-zero-one: labels turned into 0 and 1 before the update
# loses: fit
# says: nothing is learnt from the class −1
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    targets = (y + 1) // 2
    for _ in range(max_epochs):
        count = 0
        for n in range(len(X)):
            a = int(X[n] @ w + b >= 0)
            if a != targets[n]:
                w += targets[n] * X[n]
                b += targets[n]
                count += 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, mistakes

# %% fit-delta: adds (y − a) x, which is twice too much
# loses: fit
# says: twice as large
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        for n in range(len(X)):
            error = y[n] - predict(w, b, X[n:n + 1])[0]
            w += error * X[n]
            b += error
            count += error != 0
        mistakes.append(count)
        if count == 0:
            break
    return w, b, mistakes

# %% fit-learning-rate: a learning rate of 0.1
# loses: fit
# says: learning rate
def fit(X, y, max_epochs=100, lr=0.1):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < max_epochs:
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += lr * t * x
                b += lr * t
                count += 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, mistakes

# %% fit-no-bias: never touches b
# loses: fit
# says: The bias stays 0
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        count = 0
        for n in range(len(X)):
            if predict(w, b, X[n:n + 1])[0] != y[n]:
                w += y[n] * X[n]
                count += 1
        mistakes.append(count)
    return w, b, mistakes

# %% fit-bias-with-x: b += y x, copied from the line above
# loses: fit
# says: b += y
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        count = 0
        for n in range(len(X)):
            if predict(w, b, X[n:n + 1])[0] != y[n]:
                w = w + y[n] * X[n]
                b = b + y[n] * X[n]
                count += 1
        mistakes.append(count)
    return w, b, mistakes

# %% fit-bias-sum-of-x: b += y times the sum of x
# loses: fit
# says: b is updated with y x
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        count = 0
        for n in range(len(X)):
            if predict(w, b, X[n:n + 1])[0] != y[n]:
                w = w + y[n] * X[n]
                b = b + np.sum(y[n] * X[n])
                count += 1
        mistakes.append(count)
    return w, b, mistakes

# %% fit-bias-minus: b −= y, since the threshold is −b
# loses: fit
# says: The bias moves the wrong way
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        count = 0
        for n in range(len(X)):
            if predict(w, b, X[n:n + 1])[0] != y[n]:
                w += y[n] * X[n]
                b -= y[n]
                count += 1
        mistakes.append(count)
    return w, b, mistakes

# %% fit-away: subtracts
# loses: fit
# says: away from
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        count = 0
        for n in range(len(X)):
            if predict(w, b, X[n:n + 1])[0] != y[n]:
                w -= y[n] * X[n]
                b -= y[n]
                count += 1
        mistakes.append(count)
    return w, b, mistakes

# %% fit-answer-for-label: adds a x with the unit's own answer
# loses: fit
# says: away from
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        count = 0
        for n in range(len(X)):
            a = predict(w, b, X[n:n + 1])[0]
            if a != y[n]:
                w += a * X[n]
                b += a
                count += 1
        mistakes.append(count)
    return w, b, mistakes

# %% fit-when-right: == for !=
# loses: fit
# says: when the answer is right
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        count = 0
        for n in range(len(X)):
            if predict(w, b, X[n:n + 1])[0] == y[n]:
                w += y[n] * X[n]
                b += y[n]
                count += 1
        mistakes.append(count)
    return w, b, mistakes

# %% fit-always: updates on every row, counts the mistakes
# loses: fit
# says: on every row
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        count = 0
        for n in range(len(X)):
            if predict(w, b, X[n:n + 1])[0] != y[n]:
                count += 1
            w += y[n] * X[n]
            b += y[n]
        mistakes.append(count)
    return w, b, mistakes

# %% fit-no-final-zero: breaks before it appends
# loses: fit
# says: final 0
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
        if count == 0:
            break
        mistakes.append(count)
    return w, b, mistakes

# %% fit-stops-when-all-right: looks at all rows after each epoch and stops as soon as they are right
# loses: fit
# says: an epoch too early
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
        mistakes.append(count)
        if np.all(predict(w, b, X) == y):
            break
    return w, b, mistakes

# %% fit-counts-afterwards: counts what is wrong after the epoch
# loses: fit
# says: after the epoch
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
        mistakes.append(int(np.sum(predict(w, b, X) != y)))
        if mistakes[-1] == 0:
            break
    return w, b, mistakes

# %% fit-cumulative: the counter is never set back
# loses: fit
# says: set back to 0
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    count = 0
    for _ in range(max_epochs):
        before = count
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
        mistakes.append(count)
        if count == before:
            break
    return w, b, mistakes

# %% fit-total: one number, the total
# loses: fit
# says: one number
def fit(X, y, max_epochs=100):
    w, b, total = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
        total += count
        if count == 0:
            break
    return w, b, total

# %% fit-hundred: ignores max_epochs
# loses: fit
# says: max_epochs is ignored
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for epoch in range(100):
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, mistakes

# %% fit-one-epoch-short: range from 1
# loses: fit
# says: one epoch too few
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for epoch in range(1, max_epochs):
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, mistakes

# %% fit-one-epoch-long: the loop runs once too often
# loses: fit
# says: one epoch too many
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    epoch = 0
    while epoch <= max_epochs:
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
        mistakes.append(count)
        epoch += 1
        if count == 0:
            break
    return w, b, mistakes

# %% fit-never-stops-early: always max_epochs epochs
# loses: fit
# says: goes on after an epoch without mistakes
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
        mistakes.append(count)
    return w, b, mistakes

# %% fit-shuffles: another order in every epoch
# loses: fit
# says: in the order of X
def fit(X, y, max_epochs=100):
    rng = np.random.default_rng(0)
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        for n in rng.permutation(len(X)):
            if (1 if X[n] @ w + b >= 0 else -1) != y[n]:
                w += y[n] * X[n]
                b += y[n]
                count += 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, mistakes

# %% fit-until-right: repeats the update until the row is right
# loses: fit
# says: only once
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            while (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, mistakes

# %% fit-first-mistake-only: break after the first mistake of an epoch
# loses: fit
# says: first mistake
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
                break
        mistakes.append(count)
        if count == 0:
            break
    return w, b, mistakes

# %% fit-random-start: small random weights at the start
# loses: fit
# says: from w = 0
def fit(X, y, max_epochs=100):
    rng = np.random.default_rng(42)
    w, b, mistakes = 0.01 * rng.normal(size=X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, mistakes

# %% fit-bias-one: b starts at 1
# loses: fit
# says: b starts at 1
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 1.0, []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
        mistakes.append(count)
    return w, b, mistakes

# %% fit-best-so-far: keeps the weights of the best epoch ("pocket")
# loses: fit
# says: the last epoch has left
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    best, fewest = (w.copy(), b), len(y) + 1
    while len(mistakes) < max_epochs and 0 not in mistakes:
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
        mistakes.append(count)
        if count < fewest:
            best, fewest = (w.copy(), b), count
    return best[0], best[1], mistakes

# %% fit-normalised: scales w to length 1 at the end
# loses: fit
# says: scaled to length 1
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
        mistakes.append(count)
    length = np.linalg.norm(np.append(w, b))
    if length > 0:
        w, b = w / length, b / length
    return w, b, mistakes

# %% fit-int-weights: w of whole numbers, cut down at each update
# loses: fit
# says: whole numbers
def fit(X, y, max_epochs=100):
    w = np.zeros(X.shape[1], dtype=int)
    b, mistakes = 0, []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        count = 0
        for n in range(len(X)):
            if predict(w, b, X[n:n + 1])[0] != y[n]:
                w[:] = w + y[n] * X[n]
                b += y[n]
                count += 1
        mistakes.append(count)
    return w, b, mistakes

# %% fit-int-weights-error: the same with +=, which NumPy refuses
# loses: fit
# says: w is kept in whole numbers
def fit(X, y, max_epochs=100):
    w = np.array([0] * X.shape[1])
    b, mistakes = 0, []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        count = 0
        for n in range(len(X)):
            if predict(w, b, X[n:n + 1])[0] != y[n]:
                w += y[n] * X[n]
                b += y[n]
                count += 1
        mistakes.append(count)
    return w, b, mistakes

# %% fit-float32: single precision
# loses: fit
# says: float32
def fit(X, y, max_epochs=100):
    X = X.astype(np.float32)
    w, b, mistakes = np.zeros(X.shape[1], dtype=np.float32), 0.0, []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        count = 0
        for n in range(len(X)):
            if predict(w, b, X[n:n + 1])[0] != y[n]:
                w += y[n] * X[n]
                b += y[n]
                count += 1
        mistakes.append(count)
    return w, b, mistakes

# %% fit-bias-array: b is an array of one number
# loses: fit
# says: b is an array
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), np.zeros(1), []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        count = 0
        for n in range(len(X)):
            if predict(w, b, X[n:n + 1])[0] != y[n]:
                w += y[n] * X[n]
                b += y[n]
                count += 1
        mistakes.append(count)
    return w, b, mistakes

# %% fit-weights-only: returns w and mistakes
# loses: fit
# says: fit must return (w, b, mistakes)
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        count = 0
        for n in range(len(X)):
            if predict(w, b, X[n:n + 1])[0] != y[n]:
                w += y[n] * X[n]
                b += y[n]
                count += 1
        mistakes.append(count)
    return w, mistakes

# %% fit-folded-out: returns the weights with the bias among them
# loses: fit
# says: D + 1
def fit(X, y, max_epochs=100):
    rows = np.column_stack([X, np.ones(len(X))])
    w, mistakes = np.zeros(rows.shape[1]), []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        count = 0
        for x, t in zip(rows, y):
            if (1 if x @ w >= 0 else -1) != t:
                w += t * x
                count += 1
        mistakes.append(count)
    return w, w[-1], mistakes

# %% fit-bias-first: returns (b, w, mistakes)
# loses: fit
# says: w and b have changed places
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < max_epochs and 0 not in mistakes:
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
        mistakes.append(count)
    return b, w, mistakes

# %% fit-default-list: the list of mistakes is a default argument
# loses: fit
# says: a list as a default argument
def fit(X, y, max_epochs=100, mistakes=[]):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, mistakes

# %% fit-global-weights: w and b are global and go on from the last call
# loses: fit
# says: goes on from what an earlier call has left over
w_now, b_now = None, 0.0

def fit(X, y, max_epochs=100):
    global w_now, b_now
    if w_now is None or len(w_now) != X.shape[1]:
        w_now, b_now = np.zeros(X.shape[1]), 0.0
    mistakes = []
    for _ in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w_now + b_now >= 0 else -1) != t:
                w_now = w_now + t * x
                b_now += t
                count += 1
        mistakes.append(count)
        if count == 0:
            break
    return w_now, b_now, mistakes

# %% fit-writes-labels: turns the rows with y = −1 round in X itself
# loses: fit
# says: writes into X
def fit(X, y, max_epochs=100):
    X *= y[:, None]
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            z = t * (x @ w) + b
            if (1 if z >= 0 else -1) != t:
                w += x
                b += t
                count += 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, mistakes

# %% fit-rates: the share of mistakes in place of their number
# loses: fit
# says: divided by the number of rows
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
        mistakes.append(count / len(X))
        if count == 0:
            break
    return w, b, mistakes

# %% fit-stops-without-progress: stops when an epoch is no better than the one before
# loses: fit
# says: no better than the one before
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for epoch in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
        mistakes.append(count)
        if count == 0 or (epoch > 0 and count >= mistakes[-2]):
            break
    return w, b, mistakes

# %% fit-returns-in-the-loop: the return is indented too far
# loses: fit
# says: after its first epoch
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for epoch in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
        mistakes.append(count)
        return w, b, mistakes

# %% fit-forgets-b-in-the-score: b is updated and never used
# loses: fit
# says: b is updated but left out of the score
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for epoch in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
        mistakes.append(count)
        if count == 0:
            break
    return w, b, mistakes

# %% both-wrong: predict with >, and a fit that counts afterwards, through predict
# loses: predict fit
# says: A score of exactly 0 is answered with −1
# says: mend predict first
# cell: unit
def predict(w, b, X):
    return np.where(X.dot(w) + b > 0, 1, -1)
# cell: rule
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        for n in range(len(X)):
            if predict(w, b, X[n:n + 1])[0] != y[n]:
                w += y[n] * X[n]
                b += y[n]
        mistakes.append(int(np.sum(predict(w, b, X) != y)))
        if mistakes[-1] == 0:
            break
    return w, b, mistakes

# %% bound-no-one-in-R: R without the constant feature
# loses: mistake-bound
# says: The 1 behind each row is missing in R
def mistake_bound(X, y, w, b):
    R = np.linalg.norm(X, axis=1).max()
    z = y * (X @ w + b)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / np.sqrt(w @ w + b * b)
    return float((R / gamma) ** 2)

# %% bound-no-b-in-norm: the length of w alone
# loses: mistake-bound
# says: b is missing in the norm
def mistake_bound(X, y, w, b):
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (X @ w + b)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / np.linalg.norm(w)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-bias-not-folded: the textbook formula of the plane, no folding at all
# loses: mistake-bound
# says: The bias is not folded in
def mistake_bound(X, y, w, b):
    z = y * (X @ w + b)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / np.linalg.norm(w)
    return (np.linalg.norm(X, axis=1).max() / gamma) ** 2

# %% bound-gamma-not-scaled: forgets to scale to length 1
# loses: mistake-bound
# says: γ is not divided by the norm
def mistake_bound(X, y, w, b):
    z = y * (X @ w + b)
    if z.min() <= 0:
        raise ValueError("not separable")
    return float((1 + (X ** 2).sum(axis=1)).max() / z.min() ** 2)

# %% bound-mean: the mean margin
# loses: mistake-bound
# says: the mean of y z
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.mean() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-mean-length: the mean length for R
# loses: mistake-bound
# says: R is the largest
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).mean() / gamma) ** 2)

# %% bound-whole-matrix: np.linalg.norm of the whole matrix, no axis
# loses: mistake-bound
# says: the norm of the whole matrix
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt) / gamma) ** 2)

# %% bound-no-square: R/γ
# loses: mistake-bound
# says: The square is missing
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / np.linalg.norm(v)
    return float(np.linalg.norm(Xt, axis=1).max() / gamma)

# %% bound-inverted: (γ/R)²
# loses: mistake-bound
# says: upside down
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / np.linalg.norm(v)
    return float((gamma / np.linalg.norm(Xt, axis=1).max()) ** 2)

# %% bound-never-refuses: no check
# loses: mistake-bound
# says: never raises
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    gamma = (y * (Xt @ v)).min() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-never-refuses-python: no check, but Python divides by zero where a row is on the boundary
# loses: mistake-bound
# says: never raises
def mistake_bound(X, y, w, b):
    norm = float(np.sqrt(np.sum(w ** 2) + b ** 2))
    gamma = min(float(t * (x @ w + b)) / norm for x, t in zip(X, y))
    R = max(float(np.sqrt(np.sum(x ** 2) + 1)) for x in X)
    return (R / gamma) ** 2

# %% bound-boundary-passes: < 0 in place of <= 0
# loses: mistake-bound
# says: exactly on the boundary
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() < 0:
        raise ValueError("not separable")
    gamma = z.min() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-checks-with-predict: asks predict, which is content with y = +1 on the boundary
# loses: mistake-bound
# says: y = +1 exactly on the boundary
def mistake_bound(X, y, w, b):
    if np.any(predict(w, b, X) != y):
        raise ValueError("the weights make mistakes")
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    gamma = np.abs(Xt @ v).min() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-abs: the distance without its sign
# loses: mistake-bound
# says: wrong side
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = np.abs(Xt @ v)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-without-y: the labels are left out of the margin
# loses: mistake-bound
# says: y is missing
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = Xt @ v
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-assert: assert in place of ValueError
# loses: mistake-bound
# says: AssertionError
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    assert z.min() > 0, "not separable"
    gamma = z.min() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-returns-infinity: no bound, so infinity
# loses: mistake-bound
# says: never raises
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() <= 0:
        return float("inf")
    gamma = z.min() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-returns-the-error: return for raise
# loses: mistake-bound
# says: raise
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() <= 0:
        return ValueError("not separable")
    gamma = z.min() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-rounded-down: a number of mistakes is whole, so round down
# loses: mistake-bound
# says: rounded
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / np.linalg.norm(v)
    return int((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-writes-into-w: scales w in place
# loses: mistake-bound
# says: writes into w
def mistake_bound(X, y, w, b):
    norm = np.sqrt(w @ w + b * b)
    if w.dtype.kind == "i":
        w = w.astype(float)
    w /= norm
    b /= norm
    z = y * (X @ w + b)
    if z.min() <= 0:
        raise ValueError("not separable")
    return float((1 + (X ** 2).sum(axis=1)).max() / z.min() ** 2)

# %% bound-writes-into-X: turns the rows round in X itself
# loses: mistake-bound
# says: writes into X
def mistake_bound(X, y, w, b):
    X *= y[:, None]
    z = X @ w + b * y
    if z.min() <= 0:
        raise ValueError("not separable")
    return float((1 + (X ** 2).sum(axis=1)).max() * (w @ w + b * b) / z.min() ** 2)

# %% bound-two-mistakes: neither the 1 in R nor the check
# loses: mistake-bound
# says: The 1 behind each row is missing in R
# says: never raises
def mistake_bound(X, y, w, b):
    gamma = (y * (X @ w + b)).min() / np.sqrt(np.sum(w ** 2) + b ** 2)
    R = np.sqrt((X ** 2).sum(axis=1)).max()
    return R ** 2 / gamma ** 2

# %% bound-largest-margin: max where min belongs
# loses: mistake-bound
# says: the largest y z
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.max() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-length-squared: divides by the squared norm
# loses: mistake-bound
# says: divided by the square of the norm
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / (v @ v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% xor-for-ge: a score of exactly 0 that should mean yes
# loses: xor-network
# says: right with z >= 0
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    b1 = np.array([-1.0, -2.0])
    w2 = np.array([1.0, -1.0])
    b2 = -1.0
    return W1, b1, w2, b2

# %% xor-thresholds: thresholds where the biases belong
# loses: xor-network
# says: thresholds
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([0.5, 1.5]), np.array([1.0, -1.0]), 0.5

# %% xor-rows: one hidden unit in each row of W1
# loses: xor-network
# says: columns of W1
def xor_network():
    W1 = np.array([[1.0, 1.0],     # OR
                   [-2.0, -2.0]])  # NAND
    b1 = np.array([-0.5, 3.0])
    w2 = np.array([1.0, 1.0])
    return W1, b1, w2, -1.5

# %% xor-of-signs: made for units that answer +1 and −1
# loses: xor-network
# says: +1 and −1
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([-0.5, -1.5]), np.array([1.0, -1.0]), -1.5

# %% xor-of-signs-with-a-tie: the same with the bias −1, at which the network would also be right with >=
# loses: xor-network
# says: right with z >= 0
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([-0.5, -1.5]), np.array([1.0, -1.0]), -1.0

# %% xor-or: the output adds the two up
# loses: xor-network
# says: computes OR
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([-0.5, -1.5]), np.array([1.0, 1.0]), -0.5

# %% xor-xnor: yes and no exchanged
# loses: xor-network
# says: XNOR
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([-0.5, -1.5]), np.array([-1.0, 1.0]), 0.5

# %% xor-twins: both hidden units are OR
# loses: xor-network
# says: computes OR
def xor_network():
    W1 = np.ones((2, 2))
    return W1, np.array([-0.5, -0.5]), np.array([1.0, 1.0]), -0.5

# %% xor-zeros: all zero, to be filled in
# loses: xor-network
# says: answers 0 to every input
def xor_network():
    return np.zeros((2, 2)), np.zeros(2), np.zeros(2), 0.0

# %% xor-column-shapes: w2 as a column, b2 as an array
# loses: xor-network
# says: w2 is a column
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    b1 = np.array([-0.5, -1.5])
    w2 = np.array([[1.0], [-1.0]])
    b2 = np.array([-0.5])
    return W1, b1, w2, b2

# %% xor-b2-array: b2 as an array of one number
# loses: xor-network
# says: b2 is an array
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([-0.5, -1.5]), np.array([1.0, -1.0]), np.array([-0.5])

# %% xor-b1-row: b1 as a matrix of one row
# loses: xor-network
# says: b1 is a matrix of one row
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([[-0.5, -1.5]]), np.array([1.0, -1.0]), -0.5

# %% xor-weights-first: W1, w2, b1, b2, in another order
# loses: xor-network
# says: b1 and w2 have changed places
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    b1 = np.array([-0.5, -1.5])
    w2 = np.array([1.0, -1.0])
    return W1, w2, b1, -0.5

# %% xor-one-in-one-out: one input is only looked at
# loses: xor-network
# says: computes x1 AND NOT x2
def xor_network():
    W1 = np.array([[1.0, 0.0], [-1.0, 0.0]])
    return W1, np.array([-0.5, 0.0]), np.array([1.0, 1.0]), -0.5

# %% xor-three-things: no b2
# loses: xor-network
# says: four things
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([-0.5, -1.5]), np.array([1.0, -1.0])

# %% xor-dictionary: a dictionary with names
# loses: xor-network
# says: four things
def xor_network():
    return {"W1": np.ones((2, 2)), "b1": np.array([-0.5, -1.5]), "w2": np.array([1.0, -1.0]), "b2": -0.5}

# %% xor-nearly: an output bias that lets (1, 1) through
# loses: xor-network
# says: computes OR
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([-0.5, -1.5]), np.array([1.0, -0.4]), -0.5

# %% xor-stub: the stub as it was
# loses: xor-network
# says: NotImplementedError
def xor_network():
    raise NotImplementedError("xor_network: choose the weights by hand and return (W1, b1, w2, b2).")

# %% fit-at-most-hundred: a loop of 100 that can end sooner but not later
# loses: fit
# says: cut off at 100
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for e in range(100):
        if e == max_epochs: break
        c = 0
        for n in range(len(X)):
            if (X[n] @ w + b >= 0) != (y[n] > 0):
                w = w + y[n] * X[n]; b += y[n]; c += 1
        mistakes.append(c)
        if c == 0: break
    return w, b, mistakes

# %% fit-without-last-row: range one short
# loses: fit
# says: The last row is never shown
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for e in range(max_epochs):
        c = 0
        for n in range(len(X) - 1):
            if (X[n] @ w + b >= 0) != (y[n] > 0):
                w = w + y[n] * X[n]; b += y[n]; c += 1
        mistakes.append(c)
        if c == 0: break
    return w, b, mistakes

# %% fit-writes-into-y: makes the labels 0 and 1 in place, and back when they are used
# loses: fit
# says: fit writes into y
def fit(X, y, max_epochs=100):
    y[y == -1] = 0
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for e in range(max_epochs):
        c = 0
        for n in range(len(X)):
            t = 2 * y[n] - 1
            if (X[n] @ w + b >= 0) != (t > 0):
                w = w + t * X[n]; b += t; c += 1
        mistakes.append(c)
        if c == 0: break
    return w, b, mistakes

# %% fit-standardised: scales the columns of X first, as for other methods
# loses: fit
# says: is not what Rosenblatt's rule makes of these rows
def fit(X, y, max_epochs=100):
    X = (X - X.mean(0)) / (X.std(0) + 1e-9)
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for e in range(max_epochs):
        c = 0
        for n in range(len(X)):
            if (X[n] @ w + b >= 0) != (y[n] > 0):
                w = w + y[n] * X[n]; b += y[n]; c += 1
        mistakes.append(c)
        if c == 0: break
    return w, b, mistakes

# %% fit-lists-the-rows: the numbers of the rows in place of their count
# loses: fit
# says: is not what Rosenblatt's rule makes of these rows
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for e in range(max_epochs):
        c = []
        for n in range(len(X)):
            if (X[n] @ w + b >= 0) != (y[n] > 0):
                w = w + y[n] * X[n]; b += y[n]; c.append(n)
        mistakes.append(c)
        if not c: break
    return w, b, mistakes

# %% predict-close-to-zero: takes scores close to 0 for 0
# loses: predict
# says: compared with a tolerance
def predict(w, b, X):
    z = X @ w + b
    return np.where(np.isclose(z, 0) | (z > 0), 1, -1)

# %% bound-row-by-row: the largest ratio of length and margin of one row
# loses: mistake-bound
# says: row by row
def mistake_bound(X, y, w, b):
    Xt = np.c_[X, np.ones(len(X))]; v = np.append(w, b); z = y * (Xt @ v) / np.linalg.norm(v)
    if z.min() <= 0: raise ValueError
    return float(((np.linalg.norm(Xt, axis=1) / z) ** 2).max())

# %% syntax-error: a bracket too few in fit
# loses: fit
# says: SyntaxError
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for epoch in range(max_epochs):
        count = 0
        for x, t in zip(X, y):
            if (1 if x @ w + b >= 0 else -1) != t:
                w += t * x
                b += t
                count += 1
        mistakes.append(count
        if count == 0:
            break
    return w, b, mistakes

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
