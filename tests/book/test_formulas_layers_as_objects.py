"""Every labelled equation of the chapter "Layers as objects", with the check that proves it, on random numbers.

The gradients are measured by the complex step, which errs by rounding alone, on a loss that depends on the output in a
way of its own. Nothing of mlpkit is used.
"""

import re

import numpy as np
import pytest

from tests_support import ROOT

rng = np.random.default_rng(0)
N, D, M = 5, 3, 4
X, W, b = rng.normal(size=(N, D)), rng.normal(size=(D, M)), rng.normal(size=M)
ONES = np.ones((N, 1))
WEIGHTS = rng.normal(size=(N, M))


def output(X, W, b):
    return X @ W + b


def loss(Y):
    return np.sum(WEIGHTS * np.sin(Y))


U = WEIGHTS * np.cos(output(X, W, b))


def slopes(function, x):
    """df/dx for each entry of x, by the complex step."""
    h, found = 1e-200, np.empty(x.shape)
    for i in np.ndindex(x.shape):
        moved = x.astype(complex)
        moved[i] += 1j * h
        found[i] = function(moved).imag / h
    return found


DW, DB, DX = (
    slopes(lambda W: loss(output(X, W, b)), W),
    slopes(lambda b: loss(output(X, W, b)), b),
    slopes(lambda X: loss(output(X, W, b)), X),
)


def linear_indices():
    return [[sum(X[n, d] * W[d, m] for d in range(D)) + b[m] for m in range(M)] for n in range(N)], output(X, W, b)


def linear_matrices():
    return X @ W + ONES @ b[None, :], output(X, W, b)


def one_number():
    x, w, c, u = 0.7, -1.3, 0.4, np.cos(0.7 * -1.3 + 0.4)
    measured = [slopes(f, np.array(at)) for f, at in [
        (lambda w: np.sin(x * w + c), w), (lambda c: np.sin(x * w + c), c), (lambda x: np.sin(x * w + c), x)
    ]]  # fmt: skip
    return [u * x, u, u * w], measured


def paths():
    """L = sin(y1) y2 with y1 = t² and y2 = 3t: two paths from t to L."""
    t = 0.8
    along = np.cos(t**2) * 3 * t * 2 * t + np.sin(t**2) * 3
    return along, slopes(lambda t: np.sin(t**2) * 3 * t, np.array(t))


def dw_indices():
    return [[sum(X[n, d] * U[n, m] for n in range(N)) for m in range(M)] for d in range(D)], DW


def db_indices():
    return [sum(U[n, m] for n in range(N)) for m in range(M)], DB


def dx_indices():
    return [[sum(U[n, m] * W[d, m] for m in range(M)) for d in range(D)] for n in range(N)], DX


def linear_backward():
    return np.hstack([(X.T @ U).ravel(), (U.T @ ONES).ravel(), (U @ W.T).ravel()]), np.hstack(
        [DW.ravel(), DB, DX.ravel()]
    )


def update():
    """A short step against the gradient lowers the loss by η times the gradient's squared length, to first order."""
    rate = 1e-7
    lowered = loss(output(X, W, b)) - loss(output(X, W - rate * DW, b - rate * DB))
    return lowered / rate, pytest.approx(np.sum(DW**2) + np.sum(DB**2), rel=1e-5)


CHECKS = {
    "linear-indices": linear_indices,
    "linear-matrices": linear_matrices,
    "one-number": one_number,
    "paths": paths,
    "dw-indices": dw_indices,
    "db-indices": db_indices,
    "dx-indices": dx_indices,
    "linear-backward": linear_backward,
    "update": update,
}


@pytest.mark.parametrize("label", CHECKS)
def test_an_equation_holds(label):
    stated, measured = CHECKS[label]()
    if label == "update":
        assert stated == measured
    else:
        np.testing.assert_allclose(stated, measured, rtol=1e-12, atol=1e-12)


def test_every_labelled_equation_of_the_chapter_is_checked():
    text = (ROOT / "book" / "layers_as_objects.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\$\$ \(([\w-]+)\)$", text, re.MULTILINE)) == set(CHECKS)
