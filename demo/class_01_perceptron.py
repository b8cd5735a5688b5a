# %% ada: the bias folded in, her own XOR of two "one but not the other" units
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

# %% chen: forgets the 1 behind the rows, and lets the boundary pass
# loses: mistake-bound
# says: The 1 behind each row is missing in R
# says: Rows exactly on the boundary pass
def mistake_bound(X, y, w, b):
    margins = y * (X @ w + b)
    if np.any(margins < 0):
        raise ValueError("not separated")
    R = np.linalg.norm(X, axis=1).max()
    gamma = margins.min() / np.linalg.norm(np.append(w, b))
    return float((R / gamma) ** 2)

# %% farah: np.sign in predict, which fit calls, and a network made for z >= 0
# loses: predict fit xor-network
# says: np.sign does that
# says: mend predict first
# says: right with z >= 0
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
# loses: fit mistake-bound
# says: The final 0 is missing
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
