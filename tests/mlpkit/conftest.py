"""What the tests of mlpkit share: oracles for gradients, one of each layer, and layers such as students write."""

import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import settings

from mlpkit import (
    SGD,
    Adam,
    BinaryCrossEntropy,
    LeakyReLU,
    Linear,
    MeanSquaredError,
    Momentum,
    ReLU,
    Sequential,
    Sigmoid,
    Softmax,
    SoftmaxCrossEntropy,
    Softplus,
    Tanh,
)

# The same examples in every run, and no files left behind.
settings.register_profile("mlpkit", max_examples=50, derandomize=True, deadline=None, database=None)
settings.load_profile("mlpkit")


# --- oracles ----------------------------------------------------------------------------------------------------------


def norm_relative_error(given, expected) -> float:
    """‖given − expected‖ / ‖expected‖; shapes must agree, since broadcasting would hide mistakes."""
    given, expected = np.asarray(given), np.asarray(expected)
    assert given.shape == expected.shape
    scale = np.linalg.norm(expected)
    return float(np.linalg.norm(given - expected) / (scale if scale > 0 else 1.0))


def coordinates(x):
    """Yield, for each coordinate of the array `x`, an array of its shape that is 1 there and 0 elsewhere."""
    for i in range(x.size):
        unit = np.zeros(x.size)
        unit[i] = 1
        yield unit.reshape(x.shape)


def central_differences(function, upstream, x):
    """d/dx Σ upstream ⊙ function(x) by central differences with four points, exact for polynomials of degree 4.

    They allow the long step of 1e-3, beside which the rounding of numbers near 1e4 is harmless.
    """
    h, slopes = 1e-3, []
    for unit in coordinates(x):
        near = function(x + h * unit) - function(x - h * unit)
        far = function(x + 2 * h * unit) - function(x - 2 * h * unit)
        slopes.append(np.sum(upstream * (8 * near - far)) / (12 * h))
    return np.array(slopes).reshape(x.shape)


def complex_step(function, upstream, x):
    """The same from Im f(x + ih) / h: nothing is subtracted, so h can be tiny and the result exact."""
    slopes = [np.sum(upstream * function(x + 1e-30j * unit)).imag / 1e-30 for unit in coordinates(x)]
    return np.array(slopes).reshape(x.shape)


def autograd_gradient(function, upstream, x):
    """The same by HIPS autograd, for a function of autograd.numpy."""
    anp = importlib.import_module("autograd.numpy")
    return importlib.import_module("autograd").grad(lambda array: anp.sum(upstream * function(anp, array)))(x)


@dataclass(frozen=True)
class Oracle:
    """One independent way to a gradient. `steps` says that it steps mlpkit's `forward`, so it has no answer at a kink."""

    name: str
    tolerance: float
    gradient: Callable
    steps: bool

    def agrees(self, given, forward, upstream, x, again) -> bool:
        """Compare `given` with dΣ(upstream ⊙ f)/dx, f being `forward`, or the function written `again` for autograd."""
        function = forward if self.steps else again
        return norm_relative_error(given, self.gradient(function, upstream, x)) <= self.tolerance


ORACLES = {
    "differences": Oracle("differences", 1e-6, central_differences, True),
    "complex_step": Oracle("complex_step", 1e-9, complex_step, True),
    "autograd": Oracle("autograd", 1e-9, autograd_gradient, False),
}


@pytest.fixture(params=ORACLES, scope="session")
def oracle(request):
    """Each oracle in turn. All come from the lock, so that none is ever left out."""
    return ORACLES[request.param]


@pytest.fixture(scope="session")
def close():
    """A function: is the norm-relative error of an array at most 1e-9, or a given tolerance?"""
    return lambda given, expected, tolerance=1e-9: norm_relative_error(given, expected) <= tolerance


@pytest.fixture(scope="session")
def raises_naming():
    """A function like pytest.raises, for a message of one line in which all `parts` occur, in order."""

    def expect(kind, *parts):
        return pytest.raises(kind, match=r"\A[^\n]*" + r"[^\n]*".join(map(re.escape, parts)) + r"[^\n]*\Z")

    return expect


# --- one of each ------------------------------------------------------------------------------------------------------


def _network(dtype):
    rng = np.random.default_rng(1)
    return Sequential(Linear(4, 5, rng, dtype=dtype), Tanh(), Sequential(Linear(5, 3, rng, dtype=dtype), Softplus()))


LAYERS = {
    "Linear": lambda dtype: Linear(4, 3, np.random.default_rng(0), dtype=dtype),
    "Sequential": _network,
    **{kind.__name__: lambda dtype, kind=kind: kind() for kind in (Sigmoid, Tanh, ReLU, LeakyReLU, Softplus, Softmax)},
}
LOSSES = {
    "MeanSquaredError": (MeanSquaredError, lambda rng, n: (rng.normal(size=(n, 3)), rng.normal(size=(n, 3)))),
    "BinaryCrossEntropy": (BinaryCrossEntropy, lambda rng, n: (rng.normal(size=(n, 1)), rng.integers(2, size=(n, 1)))),
    "SoftmaxCrossEntropy": (SoftmaxCrossEntropy, lambda rng, n: (rng.normal(size=(n, 3)), rng.integers(3, size=n))),
}
RULES = {
    "number": lambda: 0.1,
    "float64 scalar": lambda: np.float64(0.1),
    "SGD": lambda: SGD(np.float64(0.1)),
    "Momentum": lambda: Momentum(np.float64(0.1), np.float64(0.9)),
    "Adam": lambda: Adam(np.float64(0.1), np.float64(0.9), np.float64(0.999), np.float64(1e-8)),
}


@pytest.fixture(params=LAYERS, scope="session")
def make_layer(request):
    """Each kind of layer in turn, as a function `make_layer(dtype=float64)`; all take rows of 4 numbers."""
    return lambda dtype=np.float64: LAYERS[request.param](dtype)


@pytest.fixture(params=LOSSES, scope="session")
def make_loss(request):
    """Each loss in turn, as a function `make_loss(rng, rows)` that returns (loss, prediction, target)."""
    kind, batch = LOSSES[request.param]
    return lambda rng, rows=5: (kind(), *batch(rng, rows))


@pytest.fixture(params=RULES, scope="session")
def make_rule(request):
    """Each kind of rule that `update` takes, as a function without arguments."""
    return RULES[request.param]


# --- layers such as students write: no base class, and update(learning_rate) for a number --------------------------------


class StudentLinear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, upstream):
        self.dW, self.db = self.X.T @ upstream, upstream.sum(axis=0)
        return upstream @ self.W.T

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db


class StudentTanh:
    def forward(self, z):
        self.y = np.tanh(z)
        return self.y

    def backward(self, upstream):
        return upstream * (1 - self.y**2)

    def update(self, learning_rate):
        pass


@pytest.fixture(scope="session")
def student():
    """The classes `student.Linear` and `student.Tanh`."""
    return type("student", (), {"Linear": StudentLinear, "Tanh": StudentTanh})


# --- promises kept by every test ------------------------------------------------------------------------------------------


@pytest.fixture
def rng():
    return np.random.default_rng(20240607)


@pytest.fixture(autouse=True)
def global_random_state_is_left_alone():
    """Whatever a test calls, NumPy's global random state stays as it was."""
    before = np.random.get_state(legacy=False)  # noqa: NPY002 -- looking at it is the point
    yield
    after = np.random.get_state(legacy=False)  # noqa: NPY002
    np.testing.assert_equal(after, before)


@pytest.fixture
def figures_are_closed_and_settings_restored():
    """Drawing goes to memory, leaves no figure open and no setting changed. The next test starts clean either way."""
    mpl = importlib.import_module("matplotlib")
    mpl.use("Agg")
    plt = importlib.import_module("matplotlib.pyplot")
    before = dict(mpl.rcParams)
    yield
    open_figures, after = plt.get_fignums(), dict(mpl.rcParams)
    plt.close("all")
    mpl.rcParams.update(before)
    assert open_figures == []
    assert after == before
