"""Every formula displayed in the chapter on universal approximation, proved by numbers. The names are the labels."""

import itertools
import re
from pathlib import Path

import numpy as np
import pytest

PAGE = Path(__file__).resolve().parents[2] / "book" / "universal_approximation.md"
PREFIX = "universal_approximation-"
T = 2 * np.pi


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return np.maximum(z, 0)


def beta(x, kappa, left, right):
    return sigmoid(kappa * (x - left)) - sigmoid(kappa * (x - right))


def rng():
    return np.random.default_rng(5)


def run(x, W1, b1, W2, b2, activation):
    return (activation(np.asarray(x)[:, None] @ W1 + b1) @ W2 + b2).ravel()


def network():
    """The sum over units is the matrix product, and a derivative by a hidden weight needs the chain rule through it."""
    r = rng()
    x, W1, b1, W2, b2 = r.normal(size=3), r.normal(size=(3, 4)), r.normal(size=4), r.normal(size=4), 0.7
    total = b2
    for j in range(4):
        total += W2[j] * np.tanh(sum(x[d] * W1[d, j] for d in range(3)) + b1[j])
    return np.isclose(total, np.tanh(x @ W1 + b1) @ W2 + b2)


def one_bump():
    x = np.linspace(-3, 4, 101)
    W1, b1, W2 = np.array([[7.0, 7.0]]), np.array([-7 * 0.5, -7 * 1.2]), np.array([[-2.0], [2.0]])
    return np.allclose(run(x, W1, b1, W2, np.zeros(1), sigmoid), -2 * beta(x, 7, 0.5, 1.2), rtol=1e-12, atol=1e-14)


def bump_bound():
    x = np.linspace(-2, 4, 4001)
    for kappa, delta in [(1, 0.4), (5, 0.1), (30, 0.05), (80, 0.3)]:
        away = (np.abs(x) >= delta) & (np.abs(x - 1.5) >= delta)
        box = (x > 0) & (x < 1.5)
        if not np.all(np.abs(beta(x, kappa, 0, 1.5) - box)[away] < 2 * np.exp(-kappa * delta)):
            return False
    return True


def steepness():
    v, delta, tolerance = -3.0, 0.07, 0.004
    kappa = np.log(2 * abs(v) / tolerance) / delta
    return np.isclose(2 * abs(v) * np.exp(-kappa * delta), tolerance)


def middle_and_edge():
    kappas, w = np.array([0.5, 3, 20]), 1.3
    middle = np.allclose(beta(w / 2, kappas, 0, w), np.tanh(kappas * w / 4))
    return middle and np.allclose(beta(0, kappas, 0, w), 0.5 - sigmoid(-kappas * w))


def staircase(f, P, kappa):
    h = T / P
    edges = h * np.arange(P + 1)
    edges[0], edges[-1] = -h, T + h
    values = f((np.arange(P) + 0.5) * h)
    x = np.linspace(0, T, 3001)
    weights = np.array([beta(x, kappa, a, b) for a, b in itertools.pairwise(edges)])
    return x, h, values, weights


def many_bumps():
    """Merging the units that share an edge leaves the sum as it was."""
    x, h, v, weights = staircase(np.cos, 6, 12.0)
    edges = np.r_[-h, h * np.arange(1, 6), T + h]
    merged = np.diff(v, prepend=0, append=0) @ sigmoid(12.0 * (x - edges[:, None]))
    return np.allclose(v @ weights, merged)


def split():
    x, _, v, weights = staircase(np.cos, 7, 9.0)
    f = np.cos(x)
    right = f * (1 - weights.sum(0)) + ((f - v[:, None]) * weights).sum(0)
    return np.allclose(f - v @ weights, right)


def partition():
    for P in (1, 2, 3, 9):
        for kappa in (0.3, 1.0):
            x, h, _, weights = staircase(np.cos, P, kappa)
            missing = 1 - weights.sum(0)
            if not np.allclose(weights.sum(0), beta(x, kappa, -h, T + h)):
                return False
            if not np.all((weights > 0) & (missing > 0) & (missing < 2 * np.exp(-kappa * h))):
                return False
    return True


def bumps_bound():
    """With |f′| ≤ G, the bound 3hG/2 + 2F(P + 1)e^(−κh), for steep and for flat units."""
    for f, F, G in [(np.sin, 1, 1), (lambda x: np.cos(3 * x), 1, 3), (lambda x: x, T, 1)]:
        for P in (1, 2, 3, 5, 20):
            for steep in (0.5, 2.0, 8.0, 30.0):
                x, h, v, weights = staircase(f, P, steep * P / T)
                bound = 1.5 * h * G + 2 * F * (P + 1) * np.exp(-steep)
                if np.abs(f(x) - v @ weights).max() > bound:
                    return False
    return True


def line():
    r = rng()
    knots, values = np.sort(r.normal(size=9)), r.normal(size=9)
    return knots, values, np.diff(values) / np.diff(knots), np.linspace(knots[0], knots[-1], 501)


def slopes():
    """The interpolant's measured slope inside each piece."""
    knots, values, q, _ = line()
    middle, step = (knots[1:] + knots[:-1]) / 2, 1e-3 * np.diff(knots).min()
    measured = (np.interp(middle + step, knots, values) - np.interp(middle - step, knots, values)) / (2 * step)
    return np.allclose(measured, q)


def interpolant():
    knots, values, q, x = line()
    g = values[0] + q[0] * relu(x - knots[0])
    for i in range(1, len(q)):
        g = g + (q[i] - q[i - 1]) * relu(x - knots[i])
    return np.allclose(g, np.interp(x, knots, values))


def relu_weights():
    knots, values, q, x = line()
    W2 = np.r_[q[0], q[1:] - q[:-1]][:, None]
    return np.allclose(run(x, np.ones((1, len(q))), -knots[:-1], W2, values[:1], relu), np.interp(x, knots, values))


SMOOTH = [(np.sin, 1.0), (lambda x: 1 / (1 + (x - 3) ** 2), 2.0), (np.square, 2.0), (lambda x: np.sin(4 * x), 16.0)]


def bound():
    x = np.linspace(0, T, 20001)
    for f, B in SMOOTH:
        for P in (1, 2, 3, 7, 40):
            knots = np.linspace(0, T, P + 1)
            if np.abs(f(x) - np.interp(x, knots, f(knots))).max() > (T / P) ** 2 * B / 8 + 1e-12:
                return False
    return True


def rolle():
    """For f = s³ on [0, 1]: E vanishes at both ends and at x, and E″ = 6s − 2α vanishes at some ξ in between."""
    x = 0.3
    alpha = (x**3 - x) / (x * (x - 1))

    def E(s):
        return s**3 - s - alpha * s * (s - 1)

    xi, step = alpha / 3, 1e-4
    second = (E(xi + step) - 2 * E(xi) + E(xi - step)) / step**2
    return np.allclose([E(0), E(x), E(1)], 0) and 0 < xi < 1 and abs(second) < 1e-6


def error():
    """For f = s³ on [0, 1] the ξ of the formula is (1 + x)/3, which lies inside the piece."""
    x = np.linspace(0.01, 0.99, 50)
    xi = (1 + x) / 3
    return np.allclose(x**3 - x, 6 * xi / 2 * x * (x - 1)) and np.all((xi > 0) & (xi < 1))


def midpoint():
    x = np.linspace(2, 5, 301)
    product = (x - 2) * (5 - x)
    return np.allclose(product, 1.5**2 - (x - 3.5) ** 2) and product.max() <= 9 / 4 + 1e-12


def width():
    """Searching for the fewest pieces finds what the formula gives."""
    for B, length, tolerance in [(1, T, 0.01), (3, 2.2, 0.003), (0.2, 1, 1), (16, 5, 0.07)]:
        P = 1
        while (length / P) ** 2 * B / 8 > tolerance:
            P += 1
        if max(1, np.ceil(length * np.sqrt(B / (8 * tolerance)))) != P:
            return False
    return True


def kink():
    for P, c in [(4, 0.3), (7, 0.71), (10, 0.05), (3, 1 / 3)]:
        knots, h = np.linspace(0, 1, P + 1), 1 / P
        x = np.append(np.linspace(0, 1, 10001), c)
        s = c / h % 1
        measured = np.abs(np.interp(x, knots, np.abs(knots - c)) - np.abs(x - c)).max()
        if not (np.isclose(measured, 2 * s * (1 - s) * h, atol=1e-12) and measured <= h / 2):
            return False
    return True


def root():
    for P in (1, 3, 10):
        knots, x = np.linspace(0, 1, P + 1), np.linspace(0, 1, 4 * P * 50 + 1)
        measured = np.abs(np.sqrt(x) - np.interp(x, knots, np.sqrt(knots)))
        if not (np.isclose(measured.max(), np.sqrt(1 / P) / 4) and np.isclose(x[measured.argmax()], 1 / (4 * P))):
            return False
    return True


def root_on_a_piece():
    a, b = 0.6, 1.1
    s = np.linspace(a, b, 201)
    return np.allclose(s - np.interp(s**2, [a**2, b**2], [a, b]), (s - a) * (b - s) / (a + b))


def hill_curvature():
    w = np.linspace(0, 50, 5001)
    x, step = np.linspace(0, T, 101), 1e-4
    f = SMOOTH[1][0]
    second = (f(x + step) - 2 * f(x) + f(x - step)) / step**2
    v = (x - 3) ** 2
    return np.allclose(second, (6 * v - 2) / (1 + v) ** 3, atol=1e-6) and np.all(np.abs(6 * w - 2) <= 2 * (1 + w) ** 3)


def tent_map(x):
    return 2 * relu(x) - 4 * relu(x - 0.5)


def tent():
    x = np.linspace(0, 1, 101)
    return np.allclose(tent_map(x), np.minimum(2 * x, 2 - 2 * x))


def depth():
    """S_K is 0 and 1 in turn on the grid; the interpolant of a coarser grid, with fewer units, misses it by ½ or more."""
    for K in range(1, 6):
        x = np.arange(2**K + 1) / 2**K
        y = x
        for _ in range(K):
            y = tent_map(y)
        if not np.array_equal(y, np.arange(2**K + 1) % 2):
            return False
        for H in range(1, 2**K - 1):
            knots = np.linspace(0, 1, H + 1)
            design = np.column_stack([np.ones_like(x), relu(x[:, None] - knots[None, :-1])])
            fit = design @ np.linalg.lstsq(design, y, rcond=None)[0]
            if np.abs(fit - y).max() < 0.5 - 1e-9:
                return False
    return True


def barron():
    """For cos(ωx), whose Γ is ω, on [−2, 2]: H steps, the steepest sigmoidal units, and a constant obey the bound."""
    x = np.linspace(-2, 2, 4001)
    for omega in (0.3, 1.0, 3.0):
        for H in (1, 4, 16, 64):
            piece = np.minimum((x + 2) / 4 * (H + 1), H).astype(int)
            g = np.cos(omega * (-2 + 4 * (piece + 0.5) / (H + 1)))
            if np.mean((np.cos(omega * x) - g) ** 2) > (2 * 2 * omega) ** 2 / H:
                return False
    return True


def polynomial():
    """Best least-squares polynomials of degree r stay 1 or more away from cos((r + 1)πx/T)."""
    x = np.linspace(0, T, 2001)
    for r in range(1, 7):
        f = np.cos((r + 1) * np.pi * x / T)
        fit = np.polynomial.Chebyshev.fit(x, f, r)(x)
        if np.abs(fit - f).max() < 1 - 1e-9:
            return False
    return True


FORMULAS = [
    ("network", network),
    ("bump", one_bump),
    ("bump-weights", one_bump),
    ("bump-bound", bump_bound),
    ("steepness", steepness),
    ("bump: the middle and the edge", middle_and_edge),
    ("bumps", many_bumps),
    ("split", split),
    ("partition", partition),
    ("bumps-bound", bumps_bound),
    ("slopes", slopes),
    ("interpolant", interpolant),
    ("relu-weights", relu_weights),
    ("bound", bound),
    ("rolle", rolle),
    ("error", error),
    ("error: the product at the middle", midpoint),
    ("width", width),
    ("hill: its curvature", hill_curvature),
    ("kink", kink),
    ("root", root),
    ("root: on any piece", root_on_a_piece),
    ("polynomial: no closer than 1", polynomial),
    ("barron", barron),
    ("tent", tent),
    ("depth", depth),
]


@pytest.mark.parametrize(("name", "check"), FORMULAS, ids=[name for name, _ in FORMULAS])
def test_formula(name, check):
    assert check()


def test_every_labelled_formula_is_checked():
    labels = re.findall(r"^\$\$ \((\S+)\)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert {label.removeprefix(PREFIX) for label in labels} == {name for name, _ in FORMULAS if ":" not in name}
