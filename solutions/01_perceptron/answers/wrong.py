# %% predict-greater: > in place of >=, and the solution's fit calls it
# earns: predict 0
# earns: fit 0
# named: fit.wrong-predict predict.zero-is-minus
def predict(w, b, X):
    return np.where(X @ w + b > 0, 1, -1)

# %% predict-greater-own-fit: the same, but fit computes its own scores
# earns: predict 0
# named: predict.zero-is-minus
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
# earns: predict 0
# earns: fit 0
# named: fit.wrong-predict predict.zero-is-zero
def predict(w, b, X):
    return np.sign(X @ w + b).astype(int)

# %% predict-sign-floats: np.sign, not even whole numbers
# earns: predict 0
# earns: fit 0
# named: fit.wrong-predict predict.zero-is-zero
def predict(w, b, X):
    return np.sign(X @ w + b)

# %% predict-floats: np.where with 1.0 and -1.0
# earns: predict 0
# says: holds float64
def predict(w, b, X):
    return np.where(X @ w + b >= 0, 1.0, -1.0)

# %% predict-booleans: the comparison itself
# earns: predict 0
# earns: fit 0
# named: fit.wrong-predict predict.bits
def predict(w, b, X):
    return X @ w + b >= 0

# %% predict-zero-one: 0 for the second class
# earns: predict 0
# earns: fit 0
# named: fit.wrong-predict predict.bits
def predict(w, b, X):
    return (X @ w + b >= 0).astype(int)

# %% predict-no-bias: forgets b
# earns: predict 0
# earns: fit 0
# named: fit.wrong-predict predict.no-bias
def predict(w, b, X):
    return np.where(X @ w >= 0, 1, -1)

# %% predict-threshold: takes b for a threshold
# earns: predict 0
# earns: fit 0
# named: fit.wrong-predict predict.bias-subtracted
def predict(w, b, X):
    return np.where(X @ w >= b, 1, -1)

# %% predict-swapped: the two classes the wrong way round
# earns: predict 0
# earns: fit 0
# named: fit.wrong-predict predict.wrong-way-round
def predict(w, b, X):
    return np.where(X @ w + b >= 0, -1, 1)

# %% predict-scores: returns the score
# earns: predict 0
# earns: fit 0
# named: fit.wrong-predict predict.scores
def predict(w, b, X):
    return X @ w + b

# %% predict-column: a column of answers
# earns: predict 0
# named: predict.column
def predict(w, b, X):
    scores = X @ w.reshape(-1, 1) + b
    return np.where(scores >= 0, 1, -1)

# %% predict-list: a list of answers
# earns: predict 0
# named: predict.predict-list
def predict(w, b, X):
    return [1 if x @ w + b >= 0 else -1 for x in X]

# %% predict-whole-batch: one answer for all rows
# earns: predict 0
# named: predict.one-for-all
def predict(w, b, X):
    return np.array([1 if np.sum(X @ w + b) >= 0 else -1])

# %% predict-overwrites: X *= w saves memory
# earns: predict 0
# earns: fit 0
# named: fit.wrong-predict predict.writes-into-x
def predict(w, b, X):
    X *= w
    return np.where(X.sum(axis=1) + b >= 0, 1, -1)

# %% predict-two-inputs: written for the plane
# earns: predict 0
# earns: fit 0
# named: fit.wrong-predict predict.two-inputs
# unseen: predict fit
def predict(w, b, X):
    return np.where(X[:, 0] * w[0] + X[:, -1] * w[-1] + b >= 0, 1, -1)

# %% predict-tolerant: counts a score close to 0 as 0
# earns: predict 0
# named: predict.score-rounded
# unseen: predict
def predict(w, b, X):
    z = np.round(X @ w + b, 6)
    return np.where(z >= 0, 1, -1)

# %% predict-squeezed: squeeze takes the only row away
# earns: predict 0
# earns: fit 0
# named: predict.predict-squeezed
def predict(w, b, X):
    return np.squeeze(np.where(X @ w[:, None] + b >= 0, 1, -1))

# %% predict-int-weights: truncates the weights to the dtype of X
# earns: predict 0
# named: predict.w-whole
# unseen: predict
def predict(w, b, X):
    w = w.astype(X.dtype)
    return np.where(X @ w + b >= 0, 1, -1)

# %% predict-stub: predict left for later
# earns: predict 0
# earns: fit 0
# named: fit.wrong-predict
# says: NotImplementedError: predict: compute the scores
def predict(w, b, X):
    raise NotImplementedError("predict: compute the scores X w + b, then return 1 where they are at least 0 and -1 elsewhere.")

# %% predict-prints: shows its answers and forgets to return them
# earns: predict 0
# earns: fit 0
# named: fit.wrong-predict
# says: is None
def predict(w, b, X):
    answers = np.where(X @ w + b >= 0, 1, -1)
    print(answers)

# %% fit-greater: > inside fit, though predict is right
# earns: fit 0
# named: fit.zero-is-minus
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
# earns: fit 0
# named: fit.zero-is-wrong
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
# earns: fit 0
# named: fit.zero-is-right
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
# earns: fit 0
# named: fit.all-at-once
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
# earns: fit 0
# named: fit.labels-as-bits
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
# earns: fit 2
# named: fit.gains-twice
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
# earns: fit 0
# named: fit.rate
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
# earns: fit 0
# named: fit.b-stays
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
# earns: fit 0
# named: fit.b-gains-x
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
# earns: fit 0
# named: fit.b-gains-x
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
# earns: fit 0
# named: fit.b-wrong-way
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
# earns: fit 0
# named: fit.both-wrong-way
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
# earns: fit 0
# named: fit.both-wrong-way
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
# earns: fit 0
# named: fit.learns-when-right
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
# earns: fit 0
# named: fit.learns-always
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
# earns: fit 3
# named: fit.no-final-0
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
# earns: fit 3
# named: fit.no-last-epoch
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
# earns: fit 3
# named: fit.counted-afterwards
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
# earns: fit 3
# named: fit.cumulative
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
# earns: fit 3
# named: fit.total
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
# earns: fit 0
# named: fit.limit-ignored
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
# earns: fit 0
# named: fit.epoch-too-few
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
# earns: fit 0
# named: fit.epoch-too-many
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
# earns: fit 3
# named: fit.never-finished
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
# earns: fit 0
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
# earns: fit 0
# named: fit.row-repeated
# unseen: fit
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
# earns: fit 0
# named: fit.epoch-cut-short
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
# earns: fit 0
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
# earns: fit 0
# named: fit.b-starts-at-1
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
# earns: fit 2
# named: fit.best-epoch
# unseen: fit
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
# earns: fit 2
# named: fit.length-1
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
# earns: fit 0
# named: fit.w-whole
# unseen: fit
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
# earns: fit 0
# named: fit.w-whole
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
# earns: fit 2
# named: fit.float32
# unseen: fit
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
# earns: fit 2
# named: fit.b-array
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
# earns: fit 0
# named: fit.not-all-three
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
# earns: fit 2
# named: fit.bias-in-w
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
# earns: fit 2
# named: fit.places-changed
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
# earns: fit 0
# named: fit.not-afresh
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
# earns: fit 0
# named: fit.not-afresh
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
# earns: fit 0
# says: writes into X
# unseen: fit
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
# earns: fit 3
# named: fit.shares
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
# earns: fit 0
# named: fit.gives-up
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
# earns: fit 0
# named: fit.first-epoch-alone
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
# earns: fit 0
# named: fit.score-without-b
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
# earns: predict 0
# earns: fit 0
# named: fit.wrong-predict predict.zero-is-minus
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
# earns: mistake-bound 1
# named: mistake-bound.no-1-in-r
def mistake_bound(X, y, w, b):
    R = np.linalg.norm(X, axis=1).max()
    z = y * (X @ w + b)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / np.sqrt(w @ w + b * b)
    return float((R / gamma) ** 2)

# %% bound-no-b-in-norm: the length of w alone
# earns: mistake-bound 1
# named: mistake-bound.no-b-in-norm
def mistake_bound(X, y, w, b):
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (X @ w + b)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / np.linalg.norm(w)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-bias-not-folded: the textbook formula of the plane, no folding at all
# earns: mistake-bound 1
# named: mistake-bound.bias-not-folded-in
def mistake_bound(X, y, w, b):
    z = y * (X @ w + b)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / np.linalg.norm(w)
    return (np.linalg.norm(X, axis=1).max() / gamma) ** 2

# %% bound-gamma-not-scaled: forgets to scale to length 1
# earns: mistake-bound 1
# named: mistake-bound.no-norm
def mistake_bound(X, y, w, b):
    z = y * (X @ w + b)
    if z.min() <= 0:
        raise ValueError("not separable")
    return float((1 + (X ** 2).sum(axis=1)).max() / z.min() ** 2)

# %% bound-mean: the mean margin
# earns: mistake-bound 1
# named: mistake-bound.mean-margin
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.mean() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-mean-length: the mean length for R
# earns: mistake-bound 1
# named: mistake-bound.mean-r
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).mean() / gamma) ** 2)

# %% bound-whole-matrix: np.linalg.norm of the whole matrix, no axis
# earns: mistake-bound 1
# named: mistake-bound.r-of-matrix
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt) / gamma) ** 2)

# %% bound-no-square: R/γ
# earns: mistake-bound 1
# named: mistake-bound.not-squared
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / np.linalg.norm(v)
    return float(np.linalg.norm(Xt, axis=1).max() / gamma)

# %% bound-inverted: (γ/R)²
# earns: mistake-bound 1
# named: mistake-bound.upside-down
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / np.linalg.norm(v)
    return float((gamma / np.linalg.norm(Xt, axis=1).max()) ** 2)

# %% bound-never-refuses: no check
# earns: mistake-bound 3
# named: mistake-bound.never-raises
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    gamma = (y * (Xt @ v)).min() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-never-refuses-python: no check, but Python divides by zero where a row is on the boundary
# earns: mistake-bound 3
# named: mistake-bound.never-raises
def mistake_bound(X, y, w, b):
    norm = float(np.sqrt(np.sum(w ** 2) + b ** 2))
    gamma = min(float(t * (x @ w + b)) / norm for x, t in zip(X, y))
    R = max(float(np.sqrt(np.sum(x ** 2) + 1)) for x in X)
    return (R / gamma) ** 2

# %% bound-boundary-passes: < 0 in place of <= 0
# earns: mistake-bound 3
# named: mistake-bound.boundary-passes
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() < 0:
        raise ValueError("not separable")
    gamma = z.min() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-checks-with-predict: asks predict, which is content with y = +1 on the boundary
# earns: mistake-bound 3
# named: mistake-bound.positive-on-boundary-passes
def mistake_bound(X, y, w, b):
    if np.any(predict(w, b, X) != y):
        raise ValueError("the weights make mistakes")
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    gamma = np.abs(Xt @ v).min() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-abs: the distance without its sign
# earns: mistake-bound 3
# named: mistake-bound.wrong-side-passes
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = np.abs(Xt @ v)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-without-y: the labels are left out of the margin
# earns: mistake-bound 0
# named: mistake-bound.score-without-y
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = Xt @ v
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-assert: assert in place of ValueError
# earns: mistake-bound 3
# named: mistake-bound.assertion
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    assert z.min() > 0, "not separable"
    gamma = z.min() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-returns-infinity: no bound, so infinity
# earns: mistake-bound 3
# named: mistake-bound.never-raises
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() <= 0:
        return float("inf")
    gamma = z.min() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-returns-the-error: return for raise
# earns: mistake-bound 3
# named: mistake-bound.never-raises
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() <= 0:
        return ValueError("not separable")
    gamma = z.min() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-rounded-down: a number of mistakes is whole, so round down
# earns: mistake-bound 1
# named: mistake-bound.rounded
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / np.linalg.norm(v)
    return int((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-writes-into-w: scales w in place
# earns: mistake-bound 0
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
# earns: mistake-bound 0
# says: writes into X
# unseen: mistake-bound
def mistake_bound(X, y, w, b):
    X *= y[:, None]
    z = X @ w + b * y
    if z.min() <= 0:
        raise ValueError("not separable")
    return float((1 + (X ** 2).sum(axis=1)).max() * (w @ w + b * b) / z.min() ** 2)

# %% bound-two-mistakes: neither the 1 in R nor the check
# earns: mistake-bound 0
# named: mistake-bound.never-raises mistake-bound.no-1-in-r
def mistake_bound(X, y, w, b):
    gamma = (y * (X @ w + b)).min() / np.sqrt(np.sum(w ** 2) + b ** 2)
    R = np.sqrt((X ** 2).sum(axis=1)).max()
    return R ** 2 / gamma ** 2

# %% bound-largest-margin: max where min belongs
# earns: mistake-bound 1
# named: mistake-bound.largest-margin
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.max() / np.linalg.norm(v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% bound-length-squared: divides by the squared norm
# earns: mistake-bound 1
# named: mistake-bound.norm-squared
def mistake_bound(X, y, w, b):
    v = np.append(w, b)
    Xt = np.c_[X, np.ones(len(X))]
    z = y * (Xt @ v)
    if z.min() <= 0:
        raise ValueError("not separable")
    gamma = z.min() / (v @ v)
    return float((np.linalg.norm(Xt, axis=1).max() / gamma) ** 2)

# %% xor-for-ge: a score of exactly 0 that should mean yes
# earns: xor-network 0
# named: xor-network.right-with-0
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    b1 = np.array([-1.0, -2.0])
    w2 = np.array([1.0, -1.0])
    b2 = -1.0
    return W1, b1, w2, b2

# %% xor-thresholds: thresholds where the biases belong
# earns: xor-network 0
# named: xor-network.thresholds
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([0.5, 1.5]), np.array([1.0, -1.0]), 0.5

# %% xor-rows: one hidden unit in each row of W1
# earns: xor-network 0
# named: xor-network.w1-transposed
def xor_network():
    W1 = np.array([[1.0, 1.0],     # OR
                   [-2.0, -2.0]])  # NAND
    b1 = np.array([-0.5, 3.0])
    w2 = np.array([1.0, 1.0])
    return W1, b1, w2, -1.5

# %% xor-of-signs: made for units that answer +1 and −1
# earns: xor-network 0
# named: xor-network.plus-and-minus
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([-0.5, -1.5]), np.array([1.0, -1.0]), -1.5

# %% xor-of-signs-with-a-tie: the same with the bias −1, at which the network would also be right with >=
# earns: xor-network 0
# named: xor-network.right-with-0
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([-0.5, -1.5]), np.array([1.0, -1.0]), -1.0

# %% xor-or: the output adds the two up
# earns: xor-network 0
# named: xor-network.or
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([-0.5, -1.5]), np.array([1.0, 1.0]), -0.5

# %% xor-xnor: yes and no exchanged
# earns: xor-network 0
# named: xor-network.xnor
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([-0.5, -1.5]), np.array([-1.0, 1.0]), 0.5

# %% xor-twins: both hidden units are OR
# earns: xor-network 0
# named: xor-network.or
def xor_network():
    W1 = np.ones((2, 2))
    return W1, np.array([-0.5, -0.5]), np.array([1.0, 1.0]), -0.5

# %% xor-zeros: all zero, to be filled in
# earns: xor-network 0
# named: xor-network.always-0
def xor_network():
    return np.zeros((2, 2)), np.zeros(2), np.zeros(2), 0.0

# %% xor-column-shapes: w2 as a column, b2 as an array
# earns: xor-network 0
# named: xor-network.w2-column
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    b1 = np.array([-0.5, -1.5])
    w2 = np.array([[1.0], [-1.0]])
    b2 = np.array([-0.5])
    return W1, b1, w2, b2

# %% xor-b2-array: b2 as an array of one number
# earns: xor-network 0
# named: xor-network.b2-array
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([-0.5, -1.5]), np.array([1.0, -1.0]), np.array([-0.5])

# %% xor-b1-row: b1 as a matrix of one row
# earns: xor-network 0
# named: xor-network.b1-row
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([[-0.5, -1.5]]), np.array([1.0, -1.0]), -0.5

# %% xor-weights-first: W1, w2, b1, b2, in another order
# earns: xor-network 0
# named: xor-network.b1-and-w2-exchanged
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    b1 = np.array([-0.5, -1.5])
    w2 = np.array([1.0, -1.0])
    return W1, w2, b1, -0.5

# %% xor-one-in-one-out: one input is only looked at
# earns: xor-network 0
# named: xor-network.x1-and-not-x2
def xor_network():
    W1 = np.array([[1.0, 0.0], [-1.0, 0.0]])
    return W1, np.array([-0.5, 0.0]), np.array([1.0, 1.0]), -0.5

# %% xor-three-things: no b2
# earns: xor-network 0
# named: xor-network.not-all-four
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([-0.5, -1.5]), np.array([1.0, -1.0])

# %% xor-dictionary: a dictionary with names
# earns: xor-network 0
# named: xor-network.not-all-four
def xor_network():
    return {"W1": np.ones((2, 2)), "b1": np.array([-0.5, -1.5]), "w2": np.array([1.0, -1.0]), "b2": -0.5}

# %% xor-nearly: an output bias that lets (1, 1) through
# earns: xor-network 0
# named: xor-network.or
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    return W1, np.array([-0.5, -1.5]), np.array([1.0, -0.4]), -0.5

# %% xor-stub: the stub as it was
# earns: xor-network 0
# says: NotImplementedError
def xor_network():
    raise NotImplementedError("xor_network: choose the weights by hand and return (W1, b1, w2, b2).")

# %% fit-at-most-hundred: a loop of 100 that can end sooner but not later
# earns: fit 3
# named: fit.limit-cut-at-100
# unseen: fit
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
# earns: fit 0
# named: fit.no-last-row
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
# earns: fit 0
# says: fit writes into y
# unseen: fit
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
# earns: fit 0
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
# earns: fit 3
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
# earns: predict 0
# named: predict.score-rounded
# unseen: predict
def predict(w, b, X):
    z = X @ w + b
    return np.where(np.isclose(z, 0) | (z > 0), 1, -1)

# %% bound-row-by-row: the largest ratio of length and margin of one row
# earns: mistake-bound 1
# named: mistake-bound.row-by-row
def mistake_bound(X, y, w, b):
    Xt = np.c_[X, np.ones(len(X))]; v = np.append(w, b); z = y * (Xt @ v) / np.linalg.norm(v)
    if z.min() <= 0: raise ValueError
    return float(((np.linalg.norm(Xt, axis=1) / z) ** 2).max())

# %% syntax-error: a bracket too few in fit
# earns: fit 0
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

# %% chen: forgets the 1 behind the rows, and lets the boundary pass
# student: chen
# earns: mistake-bound 0
# named: mistake-bound.boundary-passes mistake-bound.no-1-in-r
def mistake_bound(X, y, w, b):
    margins = y * (X @ w + b)
    if np.any(margins < 0):
        raise ValueError("not separated")
    R = np.linalg.norm(X, axis=1).max()
    gamma = margins.min() / np.linalg.norm(np.append(w, b))
    return float((R / gamma) ** 2)

# %% farah: np.sign in predict, which fit calls, and a network made for z >= 0
# student: farah
# earns: predict 0
# earns: fit 0
# earns: xor-network 0
# named: fit.wrong-predict predict.zero-is-zero xor-network.right-with-0
# cell: unit
def predict(w, b, X):
    return np.sign(X @ w + b).astype(int)
# cell: rule
def fit(X, y, max_epochs=100):
    w = np.zeros(X.shape[1])
    b = 0
    mistakes = []
    while len(mistakes) < max_epochs:
        wrong = 0
        for n in range(len(X)):
            if predict(w, b, X[[n]]) != y[n]:
                w = w + y[n] * X[n]
                b = b + y[n]
                wrong += 1
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes
# cell: network
def xor_network():
    OR, AND = [1.0, 1.0, -1.0], [1.0, 1.0, -2.0]
    W1 = np.array([OR[:2], AND[:2]]).T
    b1 = np.array([OR[2], AND[2]])
    return W1, b1, np.array([1.0, -1.0]), -1.0

# %% kofi: breaks before the last 0 is written down, and has not come to the bound
# student: kofi
# earns: fit 3
# earns: mistake-bound 0
# named: fit.no-final-0
# says: NotImplementedError
# cell: rule
def fit(X, y, max_epochs=100):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for epoch in range(max_epochs):
        count = 0
        for x, right in zip(X, y):
            z = x @ w + b
            if (z >= 0 and right == -1) or (z < 0 and right == 1):
                w += right * x
                b += right
                count += 1
        if count == 0:
            break
        mistakes.append(count)
    return w, b, mistakes
# cell: bound
def mistake_bound(X, y, w, b):
    # TODO on Sunday
    raise NotImplementedError
