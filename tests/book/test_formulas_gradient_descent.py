"""Every labelled formula of the chapter "Gradient descent", checked by numbers."""

import re
from itertools import combinations, permutations, product
from pathlib import Path

import numpy as np
import pytest

CHAPTER = Path(__file__).resolve().parents[2] / "book" / "gradient_descent.md"
RNG = np.random.default_rng(20)


def central(f, x, h=1e-6):
    """The gradient of f at x by central differences."""
    steps = h * np.eye(len(x))
    return np.array([(f(x + step) - f(x - step)) / (2 * h) for step in steps])


def smooth(theta):
    """A loss that is no quadratic."""
    return np.log(np.cosh(theta[0] - theta[1])) + 0.5 * np.sum(np.sin(theta) ** 2)


def smooth_gradient(theta):
    difference = np.tanh(theta[0] - theta[1])
    return np.array([difference, -difference]) + np.sin(theta) * np.cos(theta)


LIPSCHITZ = 3.0
"""The second derivatives of `smooth` are sech²·[[1, −1], [−1, 1]] + diag(cos 2θ): norm at most 2 + 1."""


def bowl(rows):
    """A symmetric matrix with positive eigenvalues from 1 to 9."""
    vectors = np.linalg.qr(RNG.normal(size=(rows, rows)))[0]
    values = np.linspace(1, 9, rows)
    return vectors @ np.diag(values) @ vectors.T, values, vectors


def slope():
    theta, delta = RNG.normal(size=2), RNG.normal(size=2)
    along = central(lambda tau: smooth(theta + tau[0] * delta), np.zeros(1))[0]
    assert np.isclose(along, smooth_gradient(theta) @ delta)
    assert np.allclose(central(smooth, theta), smooth_gradient(theta), atol=1e-8)


def steepest():
    g, angles = RNG.normal(size=2), np.linspace(0, 2 * np.pi, 1001)
    slopes = np.column_stack([np.cos(angles), np.sin(angles)]) @ g
    assert np.all(slopes >= -np.linalg.norm(g) - 1e-12)
    assert np.isclose(-g / np.linalg.norm(g) @ g, -np.linalg.norm(g))


def rule():
    theta = RNG.normal(size=2)
    after = theta - 1e-3 * central(smooth, theta)
    assert smooth(after) < smooth(theta)


def lipschitz():
    for _ in range(500):
        one, other = 3 * RNG.normal(size=(2, 2))
        change = np.linalg.norm(smooth_gradient(one) - smooth_gradient(other))
        assert change <= LIPSCHITZ * np.linalg.norm(one - other)
    w1, w2 = 0.7, 5.0
    second = (0.5 * ((w1 + 1e-3) * w2 - 1) ** 2 + 0.5 * ((w1 - 1e-3) * w2 - 1) ** 2 - (w1 * w2 - 1) ** 2) / 1e-6
    assert np.isclose(second, w2**2)


def lemma():
    for _ in range(500):
        theta, rate = 3 * RNG.normal(size=2), RNG.uniform(0, 2)
        g = smooth_gradient(theta)
        bound = smooth(theta) - rate * (1 - LIPSCHITZ * rate / 2) * (g @ g)
        assert smooth(theta - rate * g) <= bound + 1e-12
    # On a bowl in one dimension the bound is attained.
    rate, curvature, theta = 0.3, 4.0, 1.7
    g = curvature * theta
    after = 0.5 * curvature * (theta - rate * g) ** 2
    assert np.isclose(after, 0.5 * curvature * theta**2 - rate * (1 - curvature * rate / 2) * g**2)


def summed():
    theta, rate, squares = np.array([2.0, -1.3]), 0.5, []
    first = smooth(theta)
    for _ in range(40):
        g = smooth_gradient(theta)
        squares.append(g @ g)
        theta = theta - rate * g
    assert min(squares) <= np.mean(squares) <= first / (40 * rate * (1 - LIPSCHITZ * rate / 2))


def factor():
    curvature, centre, theta, rate = 3.0, 0.4, 1.9, 0.21
    gradient = central(lambda x: 0.5 * curvature * (x[0] - centre) ** 2, np.array([theta]))[0]
    assert np.isclose(theta - rate * gradient - centre, (1 - rate * curvature) * (theta - centre))


def limit():
    for curvature in (0.5, 3.0):
        for share, shrinks in ((0.01, True), (0.5, True), (0.99, True), (1.0, False), (1.01, False)):
            error = 1.0
            for _ in range(2000):
                error *= 1 - share * (2 / curvature) * curvature
            assert (abs(error) < 1e-8) == shrinks


def step_on_quadratic():
    """With eigenvalues of both signs, as on a network."""
    vectors = np.linalg.qr(RNG.normal(size=(5, 5)))[0]
    A, c = vectors @ np.diag([-3.0, -0.5, 0.2, 1.0, 4.0]) @ vectors.T, RNG.normal(size=5)
    for _ in range(20):
        theta = RNG.normal(size=5)
        g = A @ theta + c
        for rate in (0.01, 0.3, 0.499):
            after, before = (0.5 * at @ A @ at + c @ at for at in (theta - rate * g, theta))
            assert np.isclose(after, before - rate * g @ g + 0.5 * rate**2 * g @ A @ g)
            assert after <= before - rate * g @ g * (1 - rate * 4 / 2) + 1e-12
            assert after < before


def modes():
    A, values, vectors = bowl(4)
    centre, theta, rate = RNG.normal(size=4), RNG.normal(size=4), 0.13
    loss = lambda x: 0.5 * (x - centre) @ A @ (x - centre)  # noqa: E731
    xi = vectors.T @ (theta - centre)
    assert np.isclose(loss(theta), 0.5 * np.sum(values * xi**2))
    after = vectors.T @ (theta - rate * central(loss, theta) - centre)
    assert np.allclose(after, (1 - rate * values) * xi, atol=1e-7)


def best():
    values = np.array([1.0, 2.5, 7.0])
    kappa, rates = 7.0, np.linspace(0.001, 0.4, 4001)
    slowest = np.abs(1 - rates[:, None] * values).max(axis=1)
    assert np.isclose(slowest.min(), (kappa - 1) / (kappa + 1), atol=1e-3)
    assert np.isclose(rates[slowest.argmin()], 2 / 8, atol=1e-3)
    assert np.isclose(np.abs(1 - 2 / 8 * values).max(), (kappa - 1) / (kappa + 1))


def saddle():
    loss = lambda x: 0.5 * x[0] ** 2 - 0.5 * x[1] ** 2 + 0.25 * x[1] ** 4  # noqa: E731
    gradient = lambda x: np.array([x[0], x[1] ** 3 - x[1]])  # noqa: E731
    for theta in RNG.normal(size=(5, 2)):
        assert np.allclose(central(loss, theta), gradient(theta), atol=1e-7)
    for theta in ([0, 0], [0, 1], [0, -1]):
        assert not gradient(np.array(theta, float)).any()
    curvature = central(lambda x: gradient(x)[1], np.zeros(2))[1]
    assert np.isclose(curvature, -1)
    assert central(lambda x: gradient(x)[1], np.array([0.0, 1.0]))[1] > 0


SINGLE = RNG.normal(size=(5, 3))
WHOLE = SINGLE.mean(axis=0)
V = np.mean(np.sum((SINGLE - WHOLE) ** 2, axis=1))


def batches(draw):
    return np.array([SINGLE[list(rows)].mean(axis=0) for rows in draw])


def noise(draw):
    return np.mean(np.sum((batches(draw) - WHOLE) ** 2, axis=1))


def mean():
    x = RNG.normal(size=6)
    whole = central(lambda theta: np.mean(np.cos(theta[0] * x)), np.array([0.8]))
    singles = [central(lambda theta, xn=xn: np.cos(theta[0] * xn), np.array([0.8])) for xn in x]
    assert np.allclose(whole, np.mean(singles, axis=0))


def batch():
    x, rows = RNG.normal(size=6), [4, 1]
    of_batch = central(lambda theta: np.mean(np.cos(theta[0] * x[rows])), np.array([0.8]))
    singles = [central(lambda theta, xn=xn: np.cos(theta[0] * xn), np.array([0.8])) for xn in x]
    assert np.allclose(of_batch, np.mean([singles[row] for row in rows], axis=0))


def unbiased():
    assert np.allclose(batches(product(range(5), repeat=3)).mean(axis=0), WHOLE)
    assert np.allclose(batches(combinations(range(5), 3)).mean(axis=0), WHOLE)
    assert np.allclose(batches(permutations(range(5), 3)).mean(axis=0), WHOLE)


def variance():
    for size in (1, 2, 3, 4):
        assert np.isclose(noise(product(range(5), repeat=size)), V / size)


def without():
    for size in (1, 2, 3, 4, 5):
        assert np.isclose(noise(combinations(range(5), size)), V / size * (5 - size) / 4)
        other = V / size - (size - 1) / size * V / 4
        assert np.isclose(noise(combinations(range(5), size)), other)


def floor():
    rate, curvature, noise_variance, spread = 0.3, 2.0, 0.7, 5.0
    for _ in range(200):
        spread = (1 - rate * curvature) ** 2 * spread + rate**2 * noise_variance
    assert np.isclose(spread, rate / (curvature * (2 - rate * curvature)) * noise_variance)


def velocities(gradients, rate, mu):
    v, seen = np.zeros_like(gradients[0]), []
    for g in gradients:
        v = mu * v - rate * g
        seen.append(v)
    return np.array(seen)


def momentum():
    seen = velocities(np.array([2.0, 2.0]), 0.1, 0.5)
    assert np.allclose(seen, [-0.2, -0.3])


def unrolled():
    gradients, rate, mu = RNG.normal(size=(7, 2)), 0.2, 0.8
    for t, v in enumerate(velocities(gradients, rate, mu), start=1):
        assert np.allclose(v, -rate * sum(mu**j * gradients[t - j - 1] for j in range(t)))


def effective():
    rate, mu = 0.2, 0.9
    seen = velocities(np.full(400, 1.7), rate, mu)
    for t in (1, 2, 10):
        assert np.isclose(seen[t - 1], -rate * (1 - mu**t) / (1 - mu) * 1.7)
    assert np.isclose(seen[-1], -rate / (1 - mu) * 1.7)


def run(rate, curvature, mu, steps):
    xi, v, path = 1.0, 0.0, [1.0]
    for _ in range(steps):
        v = mu * v - rate * curvature * xi
        xi += v
        path.append(xi)
    return np.array(path)


def recurrence():
    rate, curvature, mu = 0.2, 3.0, 0.7
    path = run(rate, curvature, mu, 20)
    assert np.allclose(path[2:], (1 + mu - rate * curvature) * path[1:-1] - mu * path[:-2])


def roots_of(scaled, mu):
    return np.roots([1, -(1 + mu - scaled), mu])


def roots():
    for scaled, mu in ((0.2, 0.7), (0.001, 0.5), (2.5, 0.5)):
        for r in roots_of(scaled, mu):
            powers = r ** np.arange(5)
            assert np.allclose(powers[2:], (1 + mu - scaled) * powers[1:-1] - mu * powers[:-2])
        assert np.isclose(np.prod(roots_of(scaled, mu)), mu)
    for scaled in np.linspace(0.01, 4, 300):
        one, other = roots_of(scaled, 0.5)
        inside = (1 - 0.5**0.5) ** 2 < scaled < (1 + 0.5**0.5) ** 2
        assert (abs(one.imag) > 0) == inside
        if inside:
            assert np.allclose([abs(one), abs(other)], 0.5**0.5)


def momentum_limit():
    for mu in (0.0, 0.2, 0.5, 0.9):
        for scaled in (0.01, 1.0, 2 * (1 + mu) - 0.01):
            assert np.abs(roots_of(scaled, mu)).max() < 1
        for scaled in (2 * (1 + mu), 2 * (1 + mu) + 0.01):
            assert np.abs(roots_of(scaled, mu)).max() >= 1 - 1e-12


def flat():
    for mu in (0.0, 0.5, 0.9):
        scaled = 1e-6
        largest = roots_of(scaled, mu).real.max()
        assert np.isclose((largest - 1) / scaled, -1 / (1 - mu), rtol=1e-3)


def root_kappa():
    for kappa in (2.0, 20.0, 100.0):
        least = ((kappa**0.5 - 1) / (kappa**0.5 + 1)) ** 2
        for mu in (least * 1.0001, (1 + least) / 2):
            rate = (1 + mu**0.5) ** 2 / kappa * 0.99999  # with curvatures 1 and kappa
            sizes = [np.abs(roots_of(rate * curvature, mu)).max() for curvature in (1, kappa)]
            assert np.allclose(sizes, mu**0.5, atol=1e-6)
        assert (1 + (least * 0.99) ** 0.5) ** 2 / (1 - (least * 0.99) ** 0.5) ** 2 < kappa


def running(gradients, beta):
    mean, seen = np.zeros_like(gradients[0]), []
    for g in gradients:
        mean = beta * mean + (1 - beta) * g
        seen.append(mean)
    return np.array(seen)


def adam_means():
    gradients = RNG.normal(size=(6, 2))
    for t, mean in enumerate(running(gradients, 0.9), start=1):
        assert np.allclose(mean, 0.1 * sum(0.9**j * gradients[t - j - 1] for j in range(t)))


def adam_bias():
    for t, mean in enumerate(running(np.full(9, 1.3), 0.9), start=1):
        assert np.isclose(mean, (1 - 0.9**t) * 1.3)
    # Random gradients: every sequence of three draws from two values, each equally likely.
    draws = np.array(list(product([1.0, 4.0], repeat=3))).T
    for t, mean in enumerate(running(draws, 0.9), start=1):
        assert np.isclose(mean.mean(), (1 - 0.9**t) * 2.5)


def adam():
    from mlpkit import Adam

    gradients, rate, theta = RNG.normal(size=(6, 2)), 0.01, np.zeros(2)
    r, q, optimiser, moved = np.zeros(2), np.zeros(2), Adam(rate), np.zeros(2)
    for t, g in enumerate(gradients, start=1):
        r, q = 0.9 * r + 0.1 * g, 0.999 * q + 0.001 * g * g
        theta = theta - rate * (r / (1 - 0.9**t)) / (np.sqrt(q / (1 - 0.999**t)) + 1e-8)
        moved += optimiser.step("layer", "theta", g)
    assert np.allclose(theta, moved)


FORMULAS = [
    ("slope", slope),
    ("steepest", steepest),
    ("rule", rule),
    ("lipschitz", lipschitz),
    ("lemma", lemma),
    ("sum", summed),
    ("factor", factor),
    ("limit", limit),
    ("modes", modes),
    ("best", best),
    ("step-on-quadratic", step_on_quadratic),
    ("saddle", saddle),
    ("mean", mean),
    ("batch", batch),
    ("unbiased", unbiased),
    ("variance", variance),
    ("without", without),
    ("floor", floor),
    ("momentum", momentum),
    ("unrolled", unrolled),
    ("effective", effective),
    ("recurrence", recurrence),
    ("roots", roots),
    ("momentum-limit", momentum_limit),
    ("flat", flat),
    ("root-kappa", root_kappa),
    ("adam-means", adam_means),
    ("adam-bias", adam_bias),
    ("adam", adam),
]
FORMULAS = [(f"gradient_descent-{name}", check) for name, check in FORMULAS]


@pytest.mark.parametrize("check", [check for _, check in FORMULAS], ids=[name for name, _ in FORMULAS])
def test_the_formula_holds(check):
    check()


def test_the_table_holds_every_labelled_formula():
    labels = re.findall(r"^\$\$ \(([\w-]+)\)$", CHAPTER.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(labels) == sorted(name for name, _ in FORMULAS)
