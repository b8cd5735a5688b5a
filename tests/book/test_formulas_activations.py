"""The formulas that the chapter on activation functions displays, each checked numerically under its label there.

Derivatives are compared with differences; nothing here uses mlpkit.
"""

from math import erf

import numpy as np
import pytest

Z = np.linspace(-6, 6, 97)
Z = Z[Z != 0]
"""Away from 0, where ReLU and its relatives have a corner."""


def rng():
    return np.random.default_rng(5)


def sigma(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return np.maximum(0, z)


def softplus(z):
    return np.log(1 + np.exp(z))


def softmax(z):
    return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)


def slope(f, z, h=1e-6):
    return (f(z + h) - f(z - h)) / (2 * h)


def gradient(loss, x, h=1e-6):
    """Return the central differences of a scalar function, one coordinate of `x` at a time."""
    found = np.empty_like(x)
    for i in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[i] = h
        found[i] = (loss(x + step) - loss(x - step)) / (2 * h)
    return found


def close(a, b, tolerance=1e-8):
    return bool(np.allclose(a, b, rtol=tolerance, atol=tolerance))


def chain():
    """dL/dz = u f′(z) with L = 3 tanh(z)², so u = 6 tanh z."""
    return close(slope(lambda z: 3 * np.tanh(z) ** 2, Z), 6 * np.tanh(Z) * (1 - np.tanh(Z) ** 2))


def elementwise():
    """The gradient of Σ U ⊙ f(z) is U ⊙ f′(z)."""
    z, U = rng().normal(size=(2, 4, 3))
    return close(gradient(lambda x: np.sum(U * np.tanh(x)), z), U * (1 - np.tanh(z) ** 2))


def jacobian_of_elementwise_is_diagonal():
    z, U = rng().normal(size=(2, 4, 3))
    for n, m in np.ndindex(z.shape):
        step = np.zeros_like(z)
        step[n, m] = 1e-6
        found = (np.tanh(z + step) - np.tanh(z - step)) / 2e-6
        expected = np.zeros_like(z)
        expected[n, m] = 1 - np.tanh(z[n, m]) ** 2
        if not close(found, expected):
            return False
    return close(gradient(lambda x: np.sum(U * np.tanh(x)), z)[1, 2], U[1, 2] * (1 - np.tanh(z[1, 2]) ** 2))


def norm():
    z, U = 3 * rng().normal(size=(2, 50, 7))
    passed = np.linalg.norm(U * slope(sigma, z))
    return passed <= 0.25 * np.linalg.norm(U) and passed > 0


def two_sided_tail():
    size = np.exp(-np.abs(Z))
    return bool(np.all(size / 4 <= slope(sigma, Z) + 1e-9) and np.all(slope(sigma, Z) <= size + 1e-9))


def quarter():
    a = np.linspace(0, 1, 101)
    return (
        close(a * (1 - a), 0.25 - (a - 0.5) ** 2) and np.argmax(a * (1 - a)) == 50 and slope(sigma, 0.0) <= 0.25 + 1e-9
    )


def tanh_bound():
    return close(slope(np.tanh, Z), 4 * slope(sigma, 2 * Z)) and np.all(
        slope(np.tanh, Z) <= 4 * np.exp(-2 * abs(Z)) + 1e-9
    )


def contraction():
    left, right = 4 * rng().normal(size=(2, 1000))
    return bool(np.all(np.abs(sigma(left) - sigma(right)) <= 0.25 * np.abs(left - right) + 1e-15))


def product():
    def through(z, k=4):
        for _ in range(k):
            z = sigma(z)
        return z

    z, expected = 0.7, 1.0
    for _ in range(4):
        expected *= sigma(z) * (1 - sigma(z))
        z = sigma(z)
    return close(slope(through, 0.7), expected, 1e-9) and expected <= 4.0**-4


def relu_at_zero():
    h = 1e-6
    return relu(h) / h == 1 and (relu(-h) - relu(0)) / -h == 0


def softplus_range():
    over = softplus(Z) - relu(Z)
    return bool(np.all(over > 0) and np.all(over <= np.log(2))) and close(softplus(0.0), np.log(2))


def row():
    return rng().normal(size=5)


def measured_jacobian(z):
    h = 1e-6
    return np.stack([(softmax(z + h * e) - softmax(z - h * e)) / (2 * h) for e in np.eye(len(z))], axis=1)


def same_class():
    s = softmax(row())
    return close(np.diag(measured_jacobian(row())), s * (1 - s))


def different_classes():
    s, off = softmax(row()), ~np.eye(5, dtype=bool)
    return close(measured_jacobian(row())[off], -np.outer(s, s)[off])


def whole_jacobian():
    s = softmax(row())
    entries = [[s[i] * ((i == j) - s[j]) for j in range(5)] for i in range(5)]
    return close(measured_jacobian(row()), entries) and close(entries, np.diag(s) - np.outer(s, s))


def softmax_backward():
    z, u = row(), rng().normal(size=(2, 5))[1]
    s = softmax(z)
    measured = gradient(lambda x: np.sum(u * softmax(x)), z)
    return close(measured, s * (u - u @ s)) and close(measured, measured_jacobian(z).T @ u) and close(measured.sum(), 0)


def softmax_batch():
    z, U = rng().normal(size=(2, 4, 3))
    S = softmax(z)
    Q = np.outer((U * S) @ np.ones(3), np.ones(3))
    return close(gradient(lambda x: np.sum(U * softmax(x)), z), S * (U - Q))


def zero_sum():
    u, s = rng().normal(size=(2, 5))[1], softmax(row())
    return close(np.sum(s * (u - u @ s)), 0)


def ones_give_zero():
    return close(gradient(lambda x: np.sum(softmax(x)), row()), np.zeros(5))


def shift():
    return close(softmax(row() + 7.5), softmax(row())) and close(softmax(row() - row().max()), softmax(row()))


def ratio():
    s = softmax(row())
    return close(s[:, None] / s[None, :], np.exp(row()[:, None] - row()[None, :]))


def two_classes():
    z = rng().normal(size=(50, 2))
    return close(softmax(z)[:, 0], sigma(z[:, 0] - z[:, 1]))


def silu():
    return close(slope(lambda z: z * sigma(z), Z), sigma(Z) + Z * sigma(Z) * (1 - sigma(Z)))


def gelu():
    cumulative = np.vectorize(lambda z: 0.5 * (1 + erf(z / np.sqrt(2))))
    density = np.exp(-(Z**2) / 2) / np.sqrt(2 * np.pi)
    return close(slope(cumulative, Z), density) and close(
        slope(lambda z: z * cumulative(z), Z), cumulative(Z) + Z * density
    )


def leaky():
    return close(slope(lambda z: np.where(z > 0, z, 0.01 * z), Z), np.where(Z > 0, 1, 0.01))


FORMULAS = [
    ("activations-chain", chain),
    ("activations-indices", jacobian_of_elementwise_is_diagonal),
    ("activations-matrix", elementwise),
    ("activations-norm", norm),
    ("activations-sigmoid", lambda: np.all((sigma(Z) > 0) & (sigma(Z) < 1))),
    ("activations-sigmoid-symmetry", lambda: close(sigma(-Z), 1 - sigma(Z))),
    ("activations-sigmoid-input", lambda: close(slope(sigma, Z), np.exp(-Z) / (1 + np.exp(-Z)) ** 2)),
    ("activations-sigmoid-output", lambda: close(slope(sigma, Z), sigma(Z) * (1 - sigma(Z)))),
    ("activations-sigmoid-quarter", quarter),
    ("activations-sigmoid-tail", two_sided_tail),
    ("activations-tanh", lambda: close((np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z)), np.tanh(Z))),
    ("activations-tanh-sigmoid", lambda: close(np.tanh(Z), 2 * sigma(2 * Z) - 1)),
    ("activations-sigmoid-tanh", lambda: close(sigma(Z), 0.5 * (1 + np.tanh(Z / 2)))),
    ("activations-tanh-output", lambda: close(slope(np.tanh, Z), 1 - np.tanh(Z) ** 2)),
    ("activations-tanh-input", lambda: close(slope(np.tanh, Z), 4 / (np.exp(Z) + np.exp(-Z)) ** 2)),
    ("tanh′ = 4σ′(2z) ≤ 4 exp(−2|z|)", tanh_bound),
    ("activations-relu", lambda: close(relu(Z), np.where(Z > 0, Z, 0))),
    ("activations-relu-derivative", lambda: close(slope(relu, Z), Z > 0)),
    ("ReLU's two slopes at 0", relu_at_zero),
    ("activations-softplus", softplus_range),
    ("activations-softplus-derivative", lambda: close(slope(softplus, Z), sigma(Z))),
    ("activations-softplus-output", lambda: close(slope(softplus, Z), 1 - np.exp(-softplus(Z)))),
    ("activations-softplus-stable", lambda: close(softplus(Z), relu(Z) + np.log(1 + np.exp(-np.abs(Z))))),
    ("activations-softplus-symmetry", lambda: close(softplus(Z) - softplus(-Z), Z) and close(relu(Z) - relu(-Z), Z)),
    ("activations-softmax", lambda: close(softmax(row()).sum(), 1) and np.all(softmax(row()) > 0)),
    ("activations-softmax-ratio", ratio),
    ("activations-softmax-shift", shift),
    ("activations-softmax-two", two_classes),
    ("activations-softmax-same", same_class),
    ("activations-softmax-different", different_classes),
    ("activations-softmax-jacobian", whole_jacobian),
    ("activations-softmax-backward", softmax_backward),
    ("activations-softmax-batch", softmax_batch),
    ("activations-softmax-zero-sum", zero_sum),
    ("an upstream gradient of ones gives zero", ones_give_zero),
    ("activations-product", product),
    ("activations-contraction", contraction),
    ("activations-leaky", leaky),
    ("activations-silu", silu),
    ("activations-gelu", gelu),
]


@pytest.mark.parametrize("check", [check for _, check in FORMULAS], ids=[name for name, _ in FORMULAS])
def test_formula(check):
    assert check()
