"""Every displayed formula of the chapter on backpropagation, checked by numbers: (label of the equation, check)."""

from functools import partial

import numpy as np
import pytest

from tests_support import ROOT

RNG = np.random.default_rng(6)
STEP = 1e-30  # of the complex step: the imaginary part of f(x + ih) / h is f'(x), without cancellation


def slopes(f, x):
    """Return the gradient of a scalar analytic function by the complex step, in the shape of `x`."""
    x = np.asarray(x, float)
    found = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        nudged = x.astype(complex)
        nudged[place] += 1j * STEP
        found[place] = np.imag(f(nudged)) / STEP
    return found


def same(given, expected, tolerance=1e-10):
    given, expected = np.asarray(given), np.asarray(expected)
    assert given.shape == expected.shape
    assert np.linalg.norm(given - expected) <= tolerance * max(np.linalg.norm(expected), 1e-12)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def binary(p, y):
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


def softmax(z):
    return np.exp(z) / np.exp(z).sum()


def example():
    for q, r, t in RNG.normal(size=(20, 3)):
        u1, u2 = max(r, t), q + r
        expected = [u1, u1 + u2 * (r > t), u2 * (t > r)]
        h = 1e-6
        if abs(r - t) > 2 * h:
            point = np.array([q, r, t])

            def L(v):
                return (v[0] + v[1]) * max(v[1], v[2])

            same([(L(point + h * e) - L(point - h * e)) / (2 * h) for e in np.eye(3)], expected, 1e-8)


def chain():
    v = np.array(0.7)
    same(slopes(lambda v: np.sin(v**3), v), np.cos(v**3) * 3 * v**2)


def two_paths():
    r = np.array(0.4)

    def F(a, b):
        return a * np.exp(b)

    F1, F2 = np.exp(r**3), np.sin(r) * np.exp(r**3)
    same(slopes(lambda r: F(np.sin(r), r**3), r), F1 * np.cos(r) + F2 * 3 * r**2)


def mse_mean():
    z, y = RNG.normal(size=(2, 3, 4))
    same(sum((z[n, m] - y[n, m]) ** 2 for n in range(3) for m in range(4)) / 12, np.mean((z - y) ** 2))


def mse_gradient():
    z, y = RNG.normal(size=(2, 3, 4))
    same(slopes(lambda z: ((z - y) ** 2).mean(), z), 2 / 12 * (z - y))


def likelihood():
    p, y = RNG.uniform(0.1, 0.9, 7), np.array([0, 1, 1, 0, 1, 0, 0])
    same(-np.log(np.prod(p**y * (1 - p) ** (1 - y))) / 7, binary(p, y).mean())


def bce_gradient():
    for y, z in zip([0, 1, 0, 1], RNG.normal(size=4), strict=True):
        p = sigmoid(z)
        same(slopes(partial(binary, y=y), p), -y / p + (1 - y) / (1 - p))
        same((p - y) / (p * (1 - p)), -y / p + (1 - y) / (1 - p))
        same(slopes(lambda z, y=y: binary(sigmoid(z), y), z), np.array(p - y))
        same(slopes(lambda z, y=y: (sigmoid(z) - y) ** 2, z), 2 * (p - y) * p * (1 - p))


def bce_logits():
    z, y = RNG.normal(size=9), RNG.integers(0, 2, size=9)
    same(binary(sigmoid(z), y), np.log(1 + np.exp(z)) - y * z)
    same(slopes(lambda z: np.sum(np.log(1 + np.exp(z)) - y * z), z), sigmoid(z) - y)


def softplus():
    z = np.array([-20.0, -1, 0, 1, 20])
    same(np.log(1 + np.exp(z)), np.maximum(z, 0) + np.log(1 + np.exp(-abs(z))), 1e-9)


def cross_entropy():
    z = RNG.normal(size=5)
    same(-np.log(softmax(z)[2]), np.log(np.exp(z).sum()) - z[2])


def cross_entropy_gradient():
    z = RNG.normal(size=5)
    same(slopes(lambda z: -np.log(softmax(z)[2]), z), softmax(z) - np.eye(5)[2])


def cross_entropy_batch():
    z, y = RNG.normal(size=(4, 3)), np.array([2, 0, 1, 1])

    def loss(z):
        return -sum(np.log(softmax(z[n])[y[n]]) for n in range(4)) / 4

    expected = (np.array([softmax(row) for row in z]) - np.eye(3)[y]) / 4
    same(slopes(loss, z), expected)
    assert np.allclose(expected.sum(axis=1), 0, atol=1e-15)


def logsumexp():
    z = RNG.normal(size=6)
    inside = np.exp(z - z.max()).sum()
    same(np.log(np.exp(z).sum()), z.max() + np.log(inside))
    assert 1 <= inside <= 6


def row():
    return RNG.normal(size=3), 1, RNG.normal(size=(3, 4)), RNG.normal(size=4), RNG.normal(size=4), RNG.normal()


def run(x, y, W1, b1, W2, b2, z1=None, a=None, z2=None):
    """Return z1, a, z2, p and the loss; an intermediate value that is given replaces the one computed."""
    z1 = x @ W1 + b1 if z1 is None else z1
    a = sigmoid(z1) if a is None else a
    z2 = a @ W2 + b2 if z2 is None else z2
    p = sigmoid(z2)
    return z1, a, z2, p, binary(p, y)


def forward_pass():
    x, _y, W1, b1, W2, b2 = given = row()
    z1, a, z2, p, _ = run(*given)
    same(z1, np.array([sum(x[d] * W1[d, m] for d in range(3)) + b1[m] for m in range(4)]))
    same(a, np.array([sigmoid(z) for z in z1]))
    same(z2, sum(a[m] * W2[m] for m in range(4)) + b2)
    same(p, sigmoid(z2))


def output_layer():
    x, y, W1, b1, W2, b2 = given = row()
    _, a, z2, p, _ = run(*given)
    u = p - y
    same(slopes(lambda z2: run(*given, z2=z2)[-1], z2), u)
    same(slopes(lambda W2: run(x, y, W1, b1, W2, b2)[-1], W2), u * a)
    same(slopes(lambda b2: run(x, y, W1, b1, W2, b2)[-1], b2), u)
    same(slopes(lambda a: run(*given, a=a)[-1], a), u * W2)


def hidden_layer():
    x, y, W1, b1, W2, b2 = given = row()
    z1, a, _, p, _ = run(*given)
    u = (p - y) * W2 * a * (1 - a)
    same(slopes(lambda z1: run(*given, z1=z1)[-1], z1), u)
    same(slopes(lambda W1: run(x, y, W1, b1, W2, b2)[-1], W1), np.outer(x, u))
    same(slopes(lambda b1: run(x, y, W1, b1, W2, b2)[-1], b1), u)


def batch():
    X, W1, b1 = RNG.normal(size=(5, 3)), RNG.normal(size=(3, 4)), RNG.normal(size=4)
    W2, b2, y = RNG.normal(size=(4, 1)), RNG.normal(), RNG.integers(0, 2, size=(5, 1))
    return X, y, W1, b1, W2, b2


def batch_loss(X, y, W1, b1, W2, b2):
    ones = np.ones((5, 1))
    A = sigmoid(X @ W1 + ones @ np.reshape(b1, (1, 4)))
    return binary(sigmoid(A @ W2 + ones * b2), y).mean()


def batch_forward():
    X, y, W1, b1, W2, b2 = given = batch()
    rows = [run(X[n], y[n, 0], W1, b1, W2[:, 0], b2)[-1] for n in range(5)]
    same(batch_loss(*given), np.mean(rows))


def batch_backward():
    X, y, W1, b1, W2, b2 = batch()
    A = sigmoid(X @ W1 + b1)
    U2 = (sigmoid(A @ W2 + b2) - y) / 5
    U1 = (U2 @ W2.T) * A * (1 - A)
    same(slopes(lambda W2: batch_loss(X, y, W1, b1, W2, b2), W2), A.T @ U2)
    same(slopes(lambda b2: batch_loss(X, y, W1, b1, W2, b2), b2), (np.ones(5) @ U2)[0])
    same(slopes(lambda W1: batch_loss(X, y, W1, b1, W2, b2), W1), X.T @ U1)
    same(slopes(lambda b1: batch_loss(X, y, W1, b1, W2, b2), b1), U1.T @ np.ones(5))


def forward_difference():
    x, second = 0.3, np.exp  # the remainder lies between its values at the ends, since exp'' grows
    for h in (0.1, 0.01):
        rest = (np.exp(x + h) - np.exp(x)) / h - np.exp(x)
        assert h / 2 * second(x) <= rest <= h / 2 * second(x + h)


def central_difference():
    x = 0.3
    for h in (0.1, 0.01):
        rest = (np.exp(x + h) - np.exp(x - h)) / (2 * h) - np.exp(x)
        assert h**2 / 6 * np.exp(x - h) <= rest <= h**2 / 6 * np.exp(x + h)


def total_error():
    x, eps = 0.3, np.finfo(float).eps
    for h in 2.0 ** np.arange(-40, -3, dtype=float):
        at = (x + h) - h  # a point for which x + h and x − h are exact
        if (at + h) - h != at or (at - h) + h != at:
            continue
        bound = np.exp(at + h)  # of exp and all its derivatives
        one = abs((np.exp(at + h) - np.exp(at)) / h - np.exp(at))
        both = abs((np.exp(at + h) - np.exp(at - h)) / (2 * h) - np.exp(at))
        assert one <= 1.01 * (2 * eps * bound / h + h / 2 * bound) + 4 * eps
        assert both <= 1.01 * (eps * bound / h + h**2 / 6 * bound) + 4 * eps


def best_step():
    eps, B0, B2, B3 = 1e-10, 2.0, 3.0, 5.0

    def central(h):
        return eps * B0 / h + h**2 / 6 * B3

    def one_sided(h):
        return 2 * eps * B0 / h + h / 2 * B2

    h_central, h_one = (3 * eps * B0 / B3) ** (1 / 3), (4 * eps * B0 / B2) ** 0.5
    for factor in (0.5, 0.9, 1.1, 2):
        assert central(h_central) < central(factor * h_central)
        assert one_sided(h_one) < one_sided(factor * h_one)
    same(central(h_central), 3 * eps * B0 / (2 * h_central))
    same(one_sided(h_one), 4 * eps * B0 / h_one)


def relative_error():
    def r(g, k):
        return np.linalg.norm(g - k) / max(np.linalg.norm(g) + np.linalg.norm(k), 1e-12)

    for g, k in RNG.normal(size=(50, 2, 6)):
        assert 0 <= r(g, k) <= 1 + 1e-15
        same([r(g, -g), r(g, 2 * g), r(g, g / 2), r(g, 0 * g), r(g, g)], [1, 1 / 3, 1 / 3, 1, 0])


def kink():
    h = 1e-3
    for z in np.linspace(-0.99, 0.99, 21) * h:
        same((max(0, z + h) - max(0, z - h)) / (2 * h), (z + h) / (2 * h))


FORMULAS = [
    ("backpropagation-example", example),
    ("backpropagation-chain", chain),
    ("backpropagation-two-paths", two_paths),
    ("backpropagation-mse", mse_mean),
    ("backpropagation-mse-gradient", mse_gradient),
    ("backpropagation-bce", likelihood),
    ("backpropagation-bce-gradient", bce_gradient),
    ("backpropagation-bce-logits", bce_logits),
    ("backpropagation-softplus", softplus),
    ("backpropagation-ce", cross_entropy),
    ("backpropagation-ce-gradient", cross_entropy_gradient),
    ("backpropagation-ce-batch", cross_entropy_batch),
    ("backpropagation-logsumexp", logsumexp),
    ("backpropagation-forward", forward_pass),
    ("backpropagation-output", output_layer),
    ("backpropagation-hidden", hidden_layer),
    ("backpropagation-batch-forward", batch_forward),
    ("backpropagation-batch-backward", batch_backward),
    ("backpropagation-forward-difference", forward_difference),
    ("backpropagation-central-difference", central_difference),
    ("backpropagation-total-error", total_error),
    ("backpropagation-best-step", best_step),
    ("backpropagation-relative-error", relative_error),
    ("backpropagation-kink", kink),
]


@pytest.mark.parametrize(("name", "check"), FORMULAS, ids=[name for name, _ in FORMULAS])
def test_formula(name, check):
    check()


def test_every_labelled_equation_is_checked():
    chapter = (ROOT / "book" / "backpropagation.md").read_text(encoding="utf-8")
    labels = [line.split("(")[1].rstrip(")") for line in chapter.splitlines() if line.startswith("$$ (")]
    assert sorted(labels) == sorted(name for name, _ in FORMULAS)
