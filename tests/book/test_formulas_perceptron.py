"""Every displayed formula of the chapter on the perceptron, checked with numbers."""

import itertools

import numpy as np
import pytest

rng = np.random.default_rng(20)


def cube(inputs):
    return np.array(list(itertools.product([0.0, 1.0], repeat=inputs)))


def parity(X):
    return np.where(X.sum(axis=1) % 2 == 1, 1, -1)


def answer(z):
    return np.where(z >= 0, 1, -1)


def run(rows, y):
    """Rosenblatt's rule on folded rows; yield the weights before and after each mistake, with the example.

    The rows must be separable: the run ends after an epoch without mistakes.
    """
    v = np.zeros(rows.shape[1])
    before = None
    while v is not before:
        before = v
        for row, label in zip(rows, y, strict=True):
            if answer(row @ v) != label:
                yield v, v + label * row, row, label
                v = v + label * row


def separable(rows=30, inputs=3):
    """Folded rows, labels and a separator of norm 1."""
    v_star = rng.normal(size=inputs + 1)
    v_star /= np.linalg.norm(v_star)
    X = np.column_stack([rng.normal(size=(rows, inputs)), np.ones(rows)])
    X = X[np.abs(X @ v_star) > 0.05]
    return X, answer(X @ v_star), v_star


def score():
    x, w, b = rng.normal(size=4), rng.normal(size=4), 0.7
    return np.isclose(sum(x[d] * w[d] for d in range(4)) + b, x @ w + b)


def answers():
    return [answer(z) for z in (-1e-300, 0.0, 1e-300)] == [-1, 1, 1]


def scores():
    X, w, b = rng.normal(size=(5, 3)), rng.normal(size=3), -0.4
    return np.allclose(X @ w + b * np.ones(5), [x @ w + b for x in X])


def distance():
    x, w, b = rng.normal(size=2), rng.normal(size=2), 0.3
    along = np.array([-w[1], w[0]]) / np.linalg.norm(w)
    line = -b * w / (w @ w) + np.linspace(-10, 10, 200_001)[:, None] * along
    nearest = np.linalg.norm(line - x, axis=1).min()
    return np.allclose(line @ w + b, 0) and np.isclose(nearest, abs(x @ w + b) / np.linalg.norm(w), atol=1e-6)


def rule_and_change():
    x, w, b = rng.normal(size=5), rng.normal(size=5), 0.2
    return all(np.isclose(x @ (w + y * x) + b + y, x @ w + b + y * (x @ x + 1)) for y in (-1, 1))


def others():
    x, other, w, b = rng.normal(size=5), rng.normal(size=5), rng.normal(size=5), 0.2
    change = [(other @ (w + y * x) + b + y) - (other @ w + b) for y in (-1, 1)]
    return np.allclose(change, [y * (x @ other + 1) for y in (-1, 1)])


def fold():
    x, w, b = rng.normal(size=5), rng.normal(size=5), 0.2
    folded = np.append(x, 1)
    return np.isclose(folded @ np.append(w, b), x @ w + b) and np.isclose(folded @ folded, x @ x + 1)


def margin():
    X, y, v_star = separable()
    return np.all(y * (X @ v_star) >= np.abs(X @ v_star).min()) and np.isclose(np.linalg.norm(v_star), 1)


def proof(check):
    """Whether `check` holds at each mistake of twenty runs that stop."""
    mistakes = 0
    for _ in range(20):
        X, y, v_star = separable()
        gamma, radius = (y * (X @ v_star)).min(), np.linalg.norm(X, axis=1).max()
        for t, (old, new, row, label) in enumerate(run(X, y), 1):
            if not check(old, new, row, label, v_star, gamma, radius, t):
                return False
            mistakes += 1
    return mistakes > 100


def progress():
    return proof(lambda old, new, row, label, v_star, gamma, radius, t: new @ v_star >= old @ v_star + gamma - 1e-9)


def length():
    return proof(
        lambda old, new, row, label, v_star, gamma, radius, t: (
            label * (row @ old) <= 0
            and np.isclose(new @ new, old @ old + 2 * label * (row @ old) + row @ row)
            and new @ new <= old @ old + radius**2 + 1e-9
        )
    )


def squeeze():
    return proof(
        lambda old, new, row, label, v_star, gamma, radius, t: (
            t * gamma - 1e-9 <= new @ v_star <= np.linalg.norm(new) + 1e-9 and new @ new <= t * radius**2 + 1e-9
        )
    )


def bound():
    return proof(lambda old, new, row, label, v_star, gamma, radius, t: t <= (radius / gamma) ** 2)


def xor():
    """Random weights, and all on a grid: some inequality fails, and the two sums are the same number."""
    grid = np.array(list(itertools.product(np.linspace(-3, 3, 25), repeat=3)))
    w1, w2, b = np.vstack([grid, rng.normal(size=(10_000, 3))]).T
    holds = (b < 0) & (w2 + b >= 0) & (w1 + b >= 0) & (w1 + w2 + b < 0)
    return not holds.any() and np.allclose((w2 + b) + (w1 + b), b + (w1 + w2 + b))


def convex():
    q, other, w, b = rng.normal(size=2), rng.normal(size=2), rng.normal(size=2), 0.3
    return all(
        np.isclose(((1 - t) * q + t * other) @ w + b, (1 - t) * (q @ w + b) + t * (other @ w + b))
        for t in np.linspace(0, 1, 11)
    )


def blind_feature(inputs, ignored):
    """A random function on the cube that ignores one input, as a value for each row of `cube`."""
    values = rng.normal(size=(2,) * inputs)
    index = [slice(None)] * inputs
    index[ignored] = slice(0, 1)
    return np.broadcast_to(values[tuple(index)], values.shape).reshape(-1)


def features():
    """Sums of features that each ignore an input never have the signs of parity."""
    for inputs in range(1, 7):
        y = parity(cube(inputs))
        for _ in range(50):
            z = sum(rng.normal() * blind_feature(inputs, d) for d in range(inputs)) + rng.normal()
            if np.array_equal(answer(z), y) or not np.isclose(y @ z, 0):
                return False
    return True


def parity_sum():
    return all(
        np.isclose(parity(cube(inputs)) @ blind_feature(inputs, d), 0) for inputs in range(1, 8) for d in range(inputs)
    )


def step(z):
    return (np.asarray(z) > 0).astype(int)


def steps():
    return step([-1e-300, 0.0, 1e-300]).tolist() == [0, 0, 1]


def network():
    a1 = step(cube(2) @ np.ones((2, 2)) + [-0.5, -1.5])
    return np.array_equal(step(a1 @ [1, -1] - 0.5), [0, 1, 1, 0])


FORMULAS = [
    ("perceptron-score", score),
    ("perceptron-answer", answers),
    ("perceptron-scores", scores),
    ("perceptron-distance", distance),
    ("perceptron-rule", rule_and_change),
    ("perceptron-change", rule_and_change),
    ("perceptron-others", others),
    ("perceptron-fold", fold),
    ("perceptron-margin", margin),
    ("perceptron-bound", bound),
    ("perceptron-progress", progress),
    ("perceptron-length", length),
    ("perceptron-squeeze", squeeze),
    ("perceptron-xor", xor),
    ("perceptron-convex", convex),
    ("perceptron-features", features),
    ("perceptron-parity", parity_sum),
    ("perceptron-step", steps),
    ("perceptron-network", network),
]


@pytest.mark.parametrize(("name", "check"), FORMULAS, ids=[name for name, _ in FORMULAS])
def test_formula(name, check):
    assert check(), name
