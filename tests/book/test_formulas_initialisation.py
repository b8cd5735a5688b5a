"""Every displayed formula of the chapter on initialisation, checked by numbers."""

import numpy as np
import pytest

RNG_SEED = 3
GRID = np.linspace(-12, 12, 24001)
WEIGHTS = np.exp(-(GRID**2) / 2)
WEIGHTS /= WEIGHTS.sum()


def close(a, b, tolerance=1e-6):
    return np.allclose(a, b, rtol=tolerance, atol=tolerance)


def difference(f, x, h=1e-6):
    """Central differences of the number f(x) by each entry of x."""
    x, gradient = np.array(x, float), np.zeros(np.shape(x))
    for where in np.ndindex(x.shape):
        kept = x[where]
        x[where] = kept + h
        up = f(x)
        x[where] = kept - h
        gradient[where] = (up - f(x)) / (2 * h)
        x[where] = kept
    return gradient


def pair_network():
    """Two layers, 3-4-2, units 1 and 2 of the hidden layer equal; the loss as a function of its parts."""
    rng = np.random.default_rng(RNG_SEED)
    X, target = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    W, b, V, c = rng.normal(size=(3, 4)), rng.normal(size=4), rng.normal(size=(4, 2)), rng.normal(size=2)
    W[:, 2], b[2], V[2] = W[:, 1], b[1], V[1]

    def loss(W=W, b=b, V=V, z=None):
        z = X @ W + b if z is None else z
        return float(np.mean((np.tanh(z) @ V + c - target) ** 2))

    return X, W, b, V, c, target, loss


def upstream_of_output():
    X, W, b, V, c, target, _ = pair_network()
    return difference(lambda out: np.mean((out - target) ** 2), np.tanh(X @ W + b) @ V + c)


def symmetry():
    X, W, b, V, c, target, _ = pair_network()
    for _ in range(20):

        def loss(W, b, V):
            return float(np.mean((np.tanh(X @ W + b) @ V + c - target) ** 2))

        dW = difference(lambda t: loss(t, b, V), W)
        db = difference(lambda t: loss(W, t, V), b)
        dV = difference(lambda t: loss(W, b, t), V)
        W, b, V = W - 0.1 * dW, b - 0.1 * db, V - 0.1 * dV
    return close(W[:, 1], W[:, 2]) and close(b[1], b[2]) and close(V[1], V[2]) and not close(W[:, 0], W[:, 1])


def equal_out():
    X, W, b, V, _, _, loss = pair_network()
    dV = difference(lambda t: loss(V=t), V)
    return close(dV, np.tanh(X @ W + b).T @ upstream_of_output()) and close(dV[1], dV[2])


def equal_back():
    X, W, b, V, _, _, loss = pair_network()
    z = X @ W + b
    U = difference(lambda t: loss(z=t), z)
    return close(U, (1 - np.tanh(z) ** 2) * (upstream_of_output() @ V.T)) and close(U[:, 1], U[:, 2])


def equal_in():
    X, W, b, _, _, _, loss = pair_network()
    U = difference(lambda t: loss(z=t), X @ W + b)
    dW = difference(lambda t: loss(W=t), W)
    db = difference(lambda t: loss(b=t), b)
    return close(dW, X.T @ U) and close(db, U.sum(axis=0)) and close(dW[:, 1], dW[:, 2])


def signs(count):
    """All vectors of +1 and −1: the exact distribution of independent fair signs."""
    return np.array(np.meshgrid(*[(1.0, -1.0)] * count)).reshape(count, -1).T


def exact_sum(v=0.7):
    """All values of z for weights ±√v, with inputs drawn from three fixed rows."""
    inputs = np.array([[1.0, -2.0, 0.5, 3.0], [0.2, 0.2, 0.2, 0.2], [4.0, 1.0, 0.0, -1.0]])
    z = inputs @ (np.sqrt(v) * signs(4)).T
    return inputs, z, v


def mean_is_zero():
    return close(exact_sum()[1].mean(), 0)


def second_moment():
    inputs, z, v = exact_sum()
    return close(np.mean(z**2), v * np.sum(np.mean(inputs**2, axis=0)))


def forward():
    inputs, z, v = exact_sum()
    return close(np.var(z), inputs.shape[1] * v * np.mean(inputs**2))


def half():
    _, z, _ = exact_sum()
    normal = 1.7 * GRID
    return close(np.mean(np.maximum(0, z) ** 2), np.var(z) / 2) and close(
        WEIGHTS @ np.maximum(0, normal) ** 2, 1.7**2 / 2
    )


def chain_of_scales(variance, activation, layers=6, width=300, rows=40):
    rng = np.random.default_rng(RNG_SEED)
    a, scales = rng.normal(size=(rows, width)), []
    for _ in range(layers):
        z = a @ rng.normal(0, np.sqrt(variance(width)), (width, width))
        scales.append(np.sqrt(np.mean(z**2)))
        a = activation(z)
    return np.array(scales)


def keep_forward():
    scales = chain_of_scales(lambda D: 1 / D, lambda z: np.tanh(0.01 * z) / 0.01)
    return np.all(np.abs(scales - 1) < 0.15)


def he():
    return np.all(np.abs(chain_of_scales(lambda D: 2 / D, lambda z: np.maximum(0, z)) / np.sqrt(2) - 1) < 0.2)


def sigmoid_square():
    for scale in (0.01, 1.0, 5.0):
        z = scale * GRID
        left = WEIGHTS @ (1 / (1 + np.exp(-z))) ** 2
        if not (close(left, 0.25 + 0.25 * (WEIGHTS @ np.tanh(z / 2) ** 2)) and left >= 0.25):
            return False
    return True


def bias():
    inputs, z, v = exact_sum()
    b = np.array([0.3, -0.3])
    return close(np.var(z[..., None] + b), 4 * v * np.mean(inputs**2) + np.var(b))


def back_sum():
    rng = np.random.default_rng(RNG_SEED)
    W, U, a = rng.normal(size=(3, 4)), rng.normal(size=4), rng.normal(size=3)
    return close(difference(lambda t: float(U @ (t @ W)), a), W @ U)


def backward():
    U, v = np.array([[1.0, -2.0, 0.5], [0.1, 0.0, 3.0]]), 0.4
    da = U @ (np.sqrt(v) * signs(3)).T  # one input d: its three outgoing weights in all sign patterns
    return close(np.var(da), 3 * v * np.mean(U**2)) and close(da.mean(), 0)


def through_f():
    rng = np.random.default_rng(RNG_SEED)
    outer = np.multiply.outer(rng.normal(size=50), 1 - np.tanh(rng.normal(size=60)) ** 2)  # independent by construction
    da, slope = outer[:, 0] / outer[0, 0], outer[0] / outer[0, 0]
    return close(np.mean(np.multiply.outer(da, slope) ** 2), np.mean(da**2) * np.mean(slope**2))


def slopes():
    """The factors named after the formula: ½ for ReLU, at most 1/16 for the sigmoid."""
    s = 1 / (1 + np.exp(-GRID))
    return abs(WEIGHTS @ (GRID > 0) - 0.5) < 1e-3 and np.all((s * (1 - s)) ** 2 <= 1 / 16 + 1e-15)


def glorot():
    D, M = 300.0, 100.0
    v = 2 / (D + M)
    return (
        close(D * v + M * v, 2) and close(v, 1 / np.mean([D, M])) and D * v > 1 > M * v and close(64 * 2 / (64 + 64), 1)
    )


def uniform():
    limit = 0.8
    w = (np.arange(20000) + 0.5) / 20000 * 2 * limit - limit
    return close(np.mean(w**2), limit**2 / 3, 1e-5)


def limit():
    D, M = 300, 100
    return close(np.sqrt(6 / (D + M)) ** 2 / 3, 2 / (D + M)) and close(np.sqrt(3 * 2 / (D + M)), np.sqrt(6 / (D + M)))


def telescope():
    widths = [7, 20, 50, 30, 10]  # layer k leads from widths[k − 1] to widths[k]
    factors = [widths[k] / widths[k - 1] for k in range(2, 5)]
    return close(np.prod(factors), widths[-1] / widths[1])


def chain():
    w, x = [0.7, -1.3, 2.1], 0.4

    def run(a):
        for weight in w:
            a = np.tanh(weight * a)
        return float(a)

    product, a = 1.0, x
    for weight in w:
        product *= (1 - np.tanh(weight * a) ** 2) * weight
        a = np.tanh(weight * a)
    return close(difference(run, x), product)


def sigmoid_tower():
    rng = np.random.default_rng(RNG_SEED)
    return [rng.normal(size=(5, 5)) for _ in range(4)], rng.normal(size=5), rng.normal(size=5)


def run_tower(weights, a, u):
    slopes = []
    for W in weights:
        s = 1 / (1 + np.exp(-(a @ W)))
        slopes.append(s * (1 - s))
        a = s
    for W, slope in zip(weights[::-1], slopes[::-1], strict=True):
        u = (u * slope) @ W.T
    return a, u


def jacobian():
    weights, x, u = sigmoid_tower()
    return close(difference(lambda t: float(u @ run_tower(weights, t, u)[0]), x), run_tower(weights, x, u)[1])


def stretch():
    v, z = np.array([1.0, -2.0, 0.5]), np.array([0.0, 3.0, -1.0])
    slope = 1 - np.tanh(z) ** 2
    return close(np.linalg.norm(v * slope) ** 2, np.sum(v**2 * slope**2)) and np.linalg.norm(
        v * slope
    ) <= np.linalg.norm(v)


def bound():
    weights, x, u = sigmoid_tower()
    gradient = difference(lambda t: float(u @ run_tower(weights, t, u)[0]), x)
    return np.linalg.norm(gradient) <= np.linalg.norm(u) * np.prod([np.linalg.norm(W, 2) / 4 for W in weights])


def norm():
    W, b = np.array([[2.0], [6.0]]), np.array([3.0])
    return close(np.sqrt(np.linalg.norm(W) ** 2 + np.linalg.norm(b) ** 2), np.linalg.norm([2, 6, 3]))


def clip():
    g, bound = np.array([2.0, 6.0, 3.0]), 3.5
    after = bound / np.linalg.norm(g) * g
    alone = np.concatenate([g[:2] * bound / np.linalg.norm(g[:2]), g[2:]])
    cosine = after @ g / np.linalg.norm(after) / np.linalg.norm(g)
    turned = alone @ g / np.linalg.norm(alone) / np.linalg.norm(g)
    return close(np.linalg.norm(after), bound) and close(cosine, 1, 1e-12) and turned < 0.99


def shift():
    z = np.array([1.0, -3.0, 2.5, 0.0])
    t = z.max()
    shifted = np.exp(z - t) / np.exp(z - t).sum()
    direct = np.exp(z) / np.exp(z).sum()
    in_one_step = t - z + np.log(np.exp(z - t).sum())
    return close(shifted, direct) and 1 <= np.exp(z - t).sum() <= z.size and close(in_one_step, -np.log(direct))


FORMULAS = [
    ("initialisation-symmetry", symmetry),
    ("initialisation-equal-out", equal_out),
    ("initialisation-equal-back", equal_back),
    ("initialisation-equal-in", equal_in),
    ("initialisation-mean", mean_is_zero),
    ("initialisation-second-moment", second_moment),
    ("initialisation-forward", forward),
    ("initialisation-keep-forward", keep_forward),
    ("initialisation-half", half),
    ("initialisation-he", he),
    ("initialisation-sigmoid-square", sigmoid_square),
    ("initialisation-bias", bias),
    ("initialisation-back-sum", back_sum),
    ("initialisation-backward", backward),
    ("initialisation-through-f", through_f),
    ("initialisation-through-f", slopes),
    ("initialisation-glorot", glorot),
    ("initialisation-uniform", uniform),
    ("initialisation-limit", limit),
    ("initialisation-telescope", telescope),
    ("initialisation-chain", chain),
    ("initialisation-jacobian", jacobian),
    ("initialisation-stretch", stretch),
    ("initialisation-bound", bound),
    ("initialisation-norm", norm),
    ("initialisation-clip", clip),
    ("initialisation-shift", shift),
]
"""The label of each displayed formula in book/initialisation.md, and a check that it holds."""


@pytest.mark.parametrize(("label", "holds"), FORMULAS, ids=[f"{label}-{check.__name__}" for label, check in FORMULAS])
def test_formula_holds(label, holds):
    assert holds(), label
