"""Every formula that the chapter "Neurons, layers and networks" displays, checked by numbers and without mlpkit."""

from itertools import pairwise

import numpy as np
import pytest

RNG = np.random.default_rng(11)
N, D, H, M = 5, 3, 4, 2
X = RNG.normal(size=(N, D))
W1, b1 = RNG.normal(size=(D, H)), RNG.normal(size=H)
W2, b2 = RNG.normal(size=(H, M)), RNG.normal(size=M)


def relu(z):
    return np.maximum(z, 0)


def layer_by_sums(inputs, W, b):
    return np.array([[sum(row[d] * W[d, m] for d in range(len(row))) + b[m] for m in range(len(b))] for row in inputs])


def unit():
    w, b, x = W1[:, 0], b1[0], X[0]
    assert np.isclose(sum(x[d] * w[d] for d in range(D)) + b, (X @ W1 + b1)[0, 0])


def layer():
    assert np.allclose(layer_by_sums(X, W1, b1), X @ W1 + b1)


def layer_matrix():
    assert np.allclose(layer_by_sums(X, W1, b1), X @ W1 + np.ones((N, 1)) @ b1[None, :])


def network():
    a = X
    for k, (W, b) in enumerate([(W1, b1), (W2, b2)], start=1):
        z = layer_by_sums(a, W, b)
        assert z.shape == (N, len(b))
        a = relu(z) if k < 2 else z
    assert np.allclose(a, relu(X @ W1 + b1) @ W2 + b2)


def count():
    for widths in [(2, 2, 1), (64, 32, 16, 10), (3, 5, 2), (7, 1)]:
        arrays = [np.empty(shape) for before, after in pairwise(widths) for shape in ((before, after), (after,))]
        assert sum(array.size for array in arrays) == sum((a + 1) * b for a, b in pairwise(widths))


def threshold():
    z = np.concatenate([np.linspace(-9, 9, 1001), [0.0]])
    assert np.array_equal(1 / (1 + np.exp(-z)) >= 0.5, z >= 0)
    assert np.array_equal(np.exp(-z) <= 1, z >= 0)


def collapse():
    both = (X @ W1 + np.outer(np.ones(N), b1)) @ W2 + np.outer(np.ones(N), b2)
    assert np.allclose(both, X @ (W1 @ W2) + np.outer(np.ones(N), W2.T @ b1 + b2))
    by_sums = np.einsum("nd,dh,hm->nm", X, W1, W2) + np.einsum("h,hm->m", b1, W2) + b2
    assert np.allclose(both, by_sums)


def hidden():
    v, b = W2[:, 0], b2[0]
    by_sum = [sum(v[h] * max(0, x @ W1[:, h] + b1[h]) for h in range(H)) + b for x in X]
    assert np.allclose(by_sum, (relu(X @ W1 + b1) @ W2 + b2)[:, 0])


def affine():
    v, b = W2[:, 0], b2[0]
    for x in X:
        q = (x @ W1 + b1 > 0).astype(float)
        slope = W1 @ (v * q)
        assert np.isclose(x @ slope + (v * q) @ b1 + b, relu(x @ W1 + b1) @ v + b)
        for d in range(D):  # and the slope is the derivative
            step = np.eye(D)[d] * 1e-6
            rise = (relu((x + step) @ W1 + b1) - relu((x - step) @ W1 + b1)) @ v
            assert np.isclose(rise / 2e-6, slope[d], atol=1e-7)


def count_pieces(w, b):
    """Count the sign patterns around every crossing: each piece has a corner unless all lines are parallel."""
    patterns = set()
    for i in range(len(b)):
        for j in range(i):
            pair = w[[i, j]]
            crossing = np.linalg.solve(pair, -b[[i, j]])
            for signs in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
                values = w @ crossing + b
                values[[i, j]] = signs
                patterns.add(tuple(values > 0))
    return len(patterns)


def lines():
    for count in range(2, 9):
        w, b = RNG.normal(size=(count, 2)), RNG.normal(size=count)
        assert count_pieces(w, b) == 1 + count + count * (count - 1) // 2


def lines_induction():
    for count in range(1, 50):
        before = 1 + (count - 1) + (count - 1) * (count - 2) / 2
        middle = 1 + count + (count - 1) * (count - 2 + 2) / 2
        assert before + count == middle == 1 + count + count * (count - 1) / 2


def two_units_never_enclose():
    for _ in range(200):
        w, b, v, x = RNG.normal(size=(2, 2)), RNG.normal(size=2), RNG.normal(size=2), RNG.normal(size=2)
        u = np.linalg.solve(w, np.where(v >= 0, 1.0, -1.0))
        along = [v @ relu(w @ (x + t * u) + b) for t in np.linspace(0, 20, 41)]
        assert np.diff(along).min() > -1e-9


def hexagon_rays(r):
    angle = np.linspace(0, 2 * np.pi, 7201)
    spokes = 2 * np.pi * np.arange(3) / 3
    return relu(r * np.cos(angle[:, None] - spokes)).sum(axis=1)


def hexagon():
    assert np.isclose((0.7 - hexagon_rays(0.5)).min(), 0.2)
    assert np.isclose((0.7 - hexagon_rays(1)).max(), 0.7 - np.sqrt(3) / 2)


def cosines():
    for degrees in np.linspace(0, 60, 61):
        a, b = np.radians(degrees), np.radians(120 - degrees)
        assert np.isclose(np.cos(a) + np.cos(b), np.cos(np.radians(60 - degrees)))


def ring():
    for r in (0.3, 1.0, 2.5):
        total = hexagon_rays(r)
        assert np.isclose(total.min(), np.sqrt(3) / 2 * r)
        assert np.isclose(total.max(), r)


LINE = np.linspace(-3, 3, 601)
UNIT = np.linspace(0, 1, 1025)


def absolute():
    assert np.allclose(np.abs(LINE), relu(LINE) + relu(-LINE))


def tent(x):
    return np.where(x <= 0.5, 2 * x, 2 - 2 * x)


def tents(x, k):
    for _ in range(k):
        x = tent(x)
    return x


def tent_of_units():
    assert np.allclose(tent(UNIT), 2 * relu(UNIT) - 4 * relu(UNIT - 0.5))


def mirror():
    right = UNIT[UNIT >= 0.5]
    for k in range(2, 8):
        assert np.array_equal(tents(right, k), tents(2 - 2 * right, k - 1))
        assert np.array_equal(tents(right, k), tents(1 - right, k))


def teeth():
    for k in range(1, 8):
        slopes = np.diff(tents(UNIT, k)) * 1024
        assert np.array_equal(np.abs(slopes), np.full(1024, 2.0**k))
        assert 1 + np.sum(np.diff(slopes) != 0) == 2**k


def changes_of_class():
    for units in (1, 2, 5, 9):
        for _ in range(50):
            w, b, v = RNG.normal(size=units), RNG.normal(size=units), RNG.normal(size=units)
            z = relu(np.linspace(-20, 20, 4001)[:, None] * w + b) @ v + RNG.normal()
            assert np.sum(np.diff(z >= 0)) <= units + 1


FORMULAS = [
    ("networks-unit", unit),
    ("networks-layer", layer),
    ("networks-layer-matrix", layer_matrix),
    ("networks-network", network),
    ("networks-count", count),
    ("networks-threshold", threshold),
    ("networks-collapse", collapse),
    ("networks-hidden", hidden),
    ("networks-affine", affine),
    ("networks-lines", lines),
    ("networks-lines, the induction step", lines_induction),
    ("two units do not close a ring", two_units_never_enclose),
    ("networks-hexagon", hexagon),
    ("the sum of two cosines", cosines),
    ("networks-ring", ring),
    ("networks-abs", absolute),
    ("networks-tent", tent_of_units),
    ("networks-mirror", mirror),
    ("2^k pieces", teeth),
    ("at most H + 1 changes of class", changes_of_class),
]


@pytest.mark.parametrize(("name", "check"), FORMULAS, ids=[name for name, _ in FORMULAS])
def test_formula(name, check):
    check()
