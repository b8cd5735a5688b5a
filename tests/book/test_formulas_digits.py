"""The formulas that the chapter on digits displays, each checked numerically under its label there.

Nothing here uses mlpkit.
"""

import numpy as np
import pytest


def rng():
    return np.random.default_rng(9)


def close(a, b, tolerance=1e-9):
    return bool(np.allclose(a, b, rtol=tolerance, atol=tolerance))


def losses(z):
    """Return the cross-entropy of one row of logits for each label."""
    return -np.log(np.exp(z) / np.exp(z).sum())


def step_one():
    x, w, b, u, rate = 1.7, -0.4, 0.3, 0.9, 0.05
    after = x * (w - rate * u * x) + (b - rate * u)
    return close(after - (x * w + b), -rate * u * (x**2 + 1))


def step_indices():
    x, u, rate = rng().normal(size=5), rng().normal(size=3), 0.05
    W, b = rng().normal(size=(5, 3)), rng().normal(size=3)
    after = x @ (W - rate * np.outer(x, u)) + b - rate * u
    return close(after - (x @ W + b), -rate * u * (np.sum(x**2) + 1))


def step_matrix():
    X, U, rate = rng().normal(size=(4, 5)), rng().normal(size=(4, 3)), 0.05
    W, b = rng().normal(size=(5, 3)), rng().normal(size=3)
    after = X @ (W - rate * X.T @ U) + b - rate * U.sum(axis=0)
    return close(after - (X @ W + b), -rate * (X @ X.T + np.ones((4, 4))) @ U)


def network_loss(X, y, W1, b1, W2, b2):
    A = np.maximum(0, X @ W1 + b1)
    Z = A @ W2 + b2
    S = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    return -np.log(S[np.arange(len(y)), y]).mean(), A, S


def forward():
    """Against the sums in indices, one number at a time."""
    X, y, *parameters = example()
    W1, b1, W2, b2 = parameters
    total = 0.0
    for n in range(len(X)):
        a = [max(0.0, sum(X[n, d] * W1[d, h] for d in range(X.shape[1])) + b1[h]) for h in range(len(b1))]
        z = np.array([sum(a[h] * W2[h, c] for h in range(len(b1))) + b2[c] for c in range(len(b2))])
        total += losses(z)[y[n]]
    return close(network_loss(X, y, *parameters)[0], total / len(X))


def example():
    r = rng()
    X, y = r.normal(size=(5, 6)), np.array([0, 2, 1, 2, 0])
    return X, y, r.normal(size=(6, 4)), r.normal(size=4), r.normal(size=(4, 3)), r.normal(size=3)


def backward():
    X, y, *parameters = example()
    W1, b1, W2, _ = parameters
    _, A, S = network_loss(X, y, *parameters)
    E = np.eye(3)[y]
    U2 = (S - E) / len(X)
    U1 = (U2 @ W2.T) * (X @ W1 + b1 > 0)
    said = (X.T @ U1, U1.T @ np.ones(5), A.T @ U2, U2.T @ np.ones(5))
    for array, gradient in zip(parameters, said, strict=True):
        for i in np.ndindex(array.shape):
            kept = array[i]
            array[i] = kept + 1e-6
            above = network_loss(X, y, *parameters)[0]
            array[i] = kept - 1e-6
            below = network_loss(X, y, *parameters)[0]
            array[i] = kept
            if not close((above - below) / 2e-6, gradient[i], 1e-7):
                return False
    return True


def equal():
    return all(close(losses(np.full(C, 1.3)), np.log(C)) for C in (2, 3, 10, 100))


def start_exact():
    z = rng().normal(size=10)
    return close(losses(z), np.log(10) + np.log(np.mean(np.exp(z - z.mean()))) - (z - z.mean()))


def start_bound():
    spread = all(losses(z).mean() > np.log(10) for z in 3 * rng().normal(size=(200, 10)))
    return spread and close(losses(np.zeros(10)).mean(), np.log(10))


def start_approx():
    """The error is of third order: halving the deviations divides it by about eight."""
    z = 0.1 * rng().normal(size=10)
    wide, narrow = (losses(t).mean() - np.log(10) - t.var() / 2 for t in (z, z / 2))
    return abs(wide) < 1e-3 * 0.1 and 6 < wide / narrow < 18


def variance():
    """By summing over the two outcomes."""
    return all(close((1 - a) * a**2 + a * (1 - a) ** 2, a * (1 - a)) for a in (0.1, 0.5, 0.97))


def variance_mean():
    """By summing over all outcomes of N = 6 images."""
    a, N = 0.8, 6
    outcomes = np.array(list(np.ndindex(*[2] * N)))
    chances = np.prod(np.where(outcomes == 1, a, 1 - a), axis=1)
    means = outcomes.mean(axis=1)
    return close(chances @ means, a) and close(chances @ (means - a) ** 2, a * (1 - a) / N)


def standard_error():
    """Against the spread of 200 000 simulated accuracies."""
    measured = rng().binomial(539, 0.967, 200_000) / 539
    return abs(measured.std() / np.sqrt(0.967 * 0.033 / 539) - 1) < 0.01


def nearest():
    x, m = rng().normal(size=8), rng().normal(size=(10, 8))
    return close(np.sum((x - m) ** 2, axis=1), x @ x - 2 * m @ x + np.sum(m**2, axis=1))


def nearest_linear():
    X, m = rng().normal(size=(50, 8)), rng().normal(size=(10, 8))
    distances = ((X[:, None] - m) ** 2).sum(axis=2)
    return np.array_equal(distances.argmin(axis=1), (X @ m.T - np.sum(m**2, axis=1) / 2).argmax(axis=1))


FORMULAS = [
    ("digits-step-one", step_one),
    ("digits-step-indices", step_indices),
    ("digits-step-matrix", step_matrix),
    ("digits-forward", forward),
    ("digits-backward", backward),
    ("digits-equal", equal),
    ("digits-start-exact", start_exact),
    ("digits-start-bound", start_bound),
    ("digits-start-approx", start_approx),
    ("digits-variance", variance),
    ("digits-variance-mean", variance_mean),
    ("digits-standard-error", standard_error),
    ("digits-nearest", nearest),
    ("digits-nearest-linear", nearest_linear),
]


@pytest.mark.parametrize(("name", "check"), FORMULAS, ids=[name for name, _ in FORMULAS])
def test_formula(name, check):
    assert check()
