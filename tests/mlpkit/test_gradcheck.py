import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from mlpkit import LeakyReLU, Linear, ReLU, Sequential, Sigmoid, Softmax, Softplus, Tanh
from mlpkit.gradcheck import check_layer, check_loss, named_parameters, numerical_gradient
from mlpkit.losses import BinaryCrossEntropy, MeanSquaredError, SoftmaxCrossEntropy
from mlpkit.report import Report

# --- right code passes ------------------------------------------------------------------------------------------------


@given(seed=st.integers(0, 2**32 - 1), rows=st.integers(1, 6))
def test_every_layer_is_found_right(make_layer, seed, rows):
    rng = np.random.default_rng(seed)
    report = check_layer(make_layer(), rng.normal(size=(rows, 4)), rng)
    assert report, str(report)


@given(seed=st.integers(0, 2**32 - 1), rows=st.integers(1, 6))
def test_every_loss_is_found_right(make_loss, seed, rows):
    rng = np.random.default_rng(seed)
    report = check_loss(*make_loss(rng, rows), rng)
    assert report, str(report)
    assert [row.name for row in report.rows] == ["dL/d(prediction)"]


def test_a_deep_network_is_entered_and_its_tensors_are_named(rng):
    network = Sequential(Linear(3, 4, rng), ReLU(), Sequential(Linear(4, 2, rng)))
    report = check_layer(network, rng.normal(size=(5, 3)), rng)
    assert report
    names = ["dX", "layer 0 dW", "layer 0 db", "layer 2 layer 0 dW", "layer 2 layer 0 db"]
    assert [row.name for row in report.rows] == names
    assert [row.shape for row in report.rows] == [(5, 3), (3, 4), (4,), (4, 2), (2,)]


def test_zero_biases_on_the_kink_of_a_relu_are_no_false_alarm(rng):
    """A row of zeros and biases of zero put every unit exactly on the kink; the check moves the biases meanwhile."""
    X = rng.normal(size=(3, 4))
    X[1] = 0
    report = check_layer(Sequential(Linear(4, 6, rng), ReLU(), Linear(6, 2, rng)), X, rng)
    assert [row.name for row in report.rows if row.name != "dX" and not row.passed] == []


def test_students_layers_are_found_right(student, rng):
    network = Sequential(student.Linear(3, 4, rng), student.Tanh(), student.Linear(4, 2, rng))
    report = check_layer(network, rng.normal(size=(5, 3)), rng)
    assert report
    assert len(report.rows) == 5


def test_a_student_may_keep_the_input_and_its_gradient(student, rng):
    """`self.X` beside `self.dX` is a cache, not a parameter: stepping it changes nothing."""

    class Keeper(student.Linear):
        def backward(self, upstream):
            self.dX = super().backward(upstream)
            return self.dX

    network = Sequential(Keeper(3, 4, rng), student.Tanh(), Keeper(4, 2, rng))
    report = check_layer(network, rng.normal(size=(5, 3)), rng)
    assert report, str(report)
    assert len(report.rows) == 5


def test_only_a_sample_of_the_coordinates_is_stepped(rng):
    class Counted(Linear):
        calls = 0

        def forward(self, X):
            self.calls += 1
            return super().forward(X)

    layer = Counted(30, 20, rng)
    assert check_layer(layer, rng.normal(size=(10, 30)), rng, sample=7)
    # Two forwards to begin with, then two for each of 7 coordinates of three tensors.
    assert layer.calls == 2 + 2 * 7 * 3


# --- wrong code does not ----------------------------------------------------------------------------------------------


def linear_with(**change):
    """A Linear(4, 4) whose `dX`, `dW` or `db` is what the function of that name makes of (X, W, upstream)."""

    class Wrong(Linear):
        def backward(self, upstream):
            dX = super().backward(upstream)
            values = {name: function(self._X, self.W, upstream) for name, function in change.items()}
            dX = values.pop("dX", dX)
            for name, value in values.items():
                setattr(self, name, value)
            return dX

    return Wrong(4, 4, np.random.default_rng(0))


class Accumulating(Linear):
    """Adds to its gradients, as PyTorch does."""

    def parameter_gradients(self, upstream):
        earlier = getattr(self, "dW", 0)
        super().parameter_gradients(upstream)
        self.dW += earlier


class FirstCallOnly(Linear):
    def forward(self, X):
        output = super().forward(X)
        self._X = self.__dict__.setdefault("_first", X + 1.0)
        return output


def activation_with(base, backward):
    """An activation whose `backward` is the function of (z, output, upstream)."""

    class Wrong(base):
        def backward(self, upstream):
            return backward(self._z, self._output, upstream)

    return Wrong()


def softmax_with(backward):
    class Wrong(Softmax):
        def backward(self, upstream):
            return backward(self._s, upstream)

    return Wrong()


WRONG_LAYERS = {
    "dX not transposed": (linear_with(dX=lambda X, W, u: u @ W), "dX"),
    "dX zero": (linear_with(dX=lambda X, W, u: 0 * X), "dX"),
    "dX of another shape": (linear_with(dX=lambda X, W, u: u[:, :3]), "dX"),
    "dX forgotten": (linear_with(dX=lambda X, W, u: None), "dX"),
    "dX not a number": (linear_with(dX=lambda X, W, u: X * np.nan), "dX"),
    "dW transposed": (linear_with(dW=lambda X, W, u: u.T @ X), "dW"),
    "dW divided by N": (linear_with(dW=lambda X, W, u: X.T @ u / len(X)), "dW"),
    "dW from the sign of X": (linear_with(dW=lambda X, W, u: np.sign(X).T @ u), "dW"),
    "dW a thousandth off": (linear_with(dW=lambda X, W, u: 1.001 * X.T @ u), "dW"),
    "db averaged": (linear_with(db=lambda X, W, u: u.mean(axis=0)), "db"),
    "db of everything": (linear_with(db=lambda X, W, u: np.full(4, u.sum())), "db"),
    "db a single number": (linear_with(db=lambda X, W, u: u.sum()), "db"),
    "db not summed": (linear_with(db=lambda X, W, u: u), "db"),
    "db of the last row": (linear_with(db=lambda X, W, u: u[-1]), "db"),
    "db negated": (linear_with(db=lambda X, W, u: -u.sum(axis=0)), "db"),
    "gradients accumulate": (Accumulating(4, 4, np.random.default_rng(0)), "dW"),
    "cache of the first call": (FirstCallOnly(4, 4, np.random.default_rng(0)), "dW"),
    "upstream dropped": (activation_with(Sigmoid, lambda z, s, u: s * (1 - s)), "dX"),
    "input for output": (activation_with(Sigmoid, lambda z, s, u: u * z * (1 - z)), "dX"),
    "tanh with 1 - t": (activation_with(Tanh, lambda z, t, u: u * (1 - t)), "dX"),
    "tanh with 1 - z²": (activation_with(Tanh, lambda z, t, u: u * (1 - z**2)), "dX"),
    "mask of the upstream": (activation_with(ReLU, lambda z, r, u: u * (u > 0)), "dX"),
    "relu as identity": (activation_with(ReLU, lambda z, r, u: u), "dX"),
    "softplus with tanh": (activation_with(Softplus, lambda z, s, u: u * np.tanh(z)), "dX"),
    "leak forgotten": (activation_with(LeakyReLU, lambda z, r, u: u * (z > 0)), "dX"),
    "softmax's diagonal only": (softmax_with(lambda s, u: u * s * (1 - s)), "dX"),
    "softmax's sign": (softmax_with(lambda s, u: -s * (u - (u * s).sum(axis=1, keepdims=True))), "dX"),
    "softmax's inner product missing": (softmax_with(lambda s, u: s * u), "dX"),
}


@pytest.mark.parametrize("layer, tensor", WRONG_LAYERS.values(), ids=WRONG_LAYERS)  # noqa: PT006 -- read from the dict
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_wrong_layers_are_caught_at_the_tensor_that_is_wrong(layer, tensor, seed):
    rng = np.random.default_rng(seed)
    report = check_layer(layer, rng.normal(size=(5, 4)), rng)
    assert not report
    assert [row.name for row in report.rows if not row.passed] == [tensor]


@pytest.mark.parametrize(
    ("backward", "note"),
    [
        (lambda right: right * 5, "exactly N = 5 times too large"),
        (lambda right: right / 5, "exactly N = 5 times too small"),
        (lambda right: -right, "wrong sign"),
        (lambda right: right[:, 0], "has shape (5,), expected (5, 3)"),
        (lambda right: right.T, "has shape (3, 5), expected (5, 3)"),
    ],
)
@pytest.mark.parametrize("base", [MeanSquaredError, SoftmaxCrossEntropy])
def test_wrong_losses_are_caught_and_named(base, backward, note, rng):
    class Wrong(base):
        def backward(self):
            return backward(super().backward())

    target = rng.normal(size=(5, 3)) if base is MeanSquaredError else rng.integers(3, size=5)
    report = check_loss(Wrong(), rng.normal(size=(5, 3)), target, rng)
    assert not report
    assert note in report.rows[0].note


def test_a_wrong_inner_layer_is_named_by_its_place(rng):
    network = Sequential(Linear(4, 4, rng), Sequential(Tanh(), WRONG_LAYERS["db averaged"][0]))
    report = check_layer(network, rng.normal(size=(5, 4)), rng)
    assert [row.name for row in report.rows if not row.passed] == ["layer 1 layer 1 db"]


def test_a_backward_that_returns_nothing_is_told_so(rng):
    report = check_layer(WRONG_LAYERS["dX forgotten"][0], rng.normal(size=(5, 4)), rng)
    assert str(report).endswith("dX is None: is a return missing?")

    class Forgetful(MeanSquaredError):
        def backward(self):
            super().backward()

    report = check_loss(Forgetful(), rng.normal(size=3), rng.normal(size=3), rng)
    assert str(report).endswith("dL/d(prediction) is None: is a return missing?")


def test_a_gradient_that_is_not_stored_is_missed_by_name(student, rng):
    class WithoutBias(student.Linear):
        def backward(self, upstream):
            self.dW = self.X.T @ upstream
            return upstream @ self.W.T

    report = check_layer(WithoutBias(4, 4, rng), rng.normal(size=(5, 4)), rng)
    assert [row.name for row in report.rows if not row.passed] == ["db"]
    assert report.rows[2].note == "is missing: backward did not store it under this name"


def test_a_student_may_have_a_method_named_parameters(student, rng):
    """PyTorch's layers have one, and so have those of students who know it."""

    class Familiar(student.Linear):
        def parameters(self):
            return [self.W, self.b]

    report = check_layer(Familiar(4, 2, rng), rng.normal(size=(5, 4)), rng)
    assert [row.name for row in report.rows] == ["dX", "dW", "db"]


# --- what it leaves behind --------------------------------------------------------------------------------------------


@given(seed=st.integers(0, 2**32 - 1))
def test_parameters_and_input_are_afterwards_bit_for_bit_what_they_were(make_layer, seed):
    rng, layer = np.random.default_rng(seed), make_layer()
    X = rng.normal(size=(3, 4))
    layer.backward(rng.normal(size=layer.forward(X).shape))
    arrays = [X, *(getattr(owner, name) for _, owner, name in named_parameters(layer))]
    before = [array.copy() for array in arrays]
    check_layer(layer, X, rng, sample=5)
    for array, kept in zip(arrays, before, strict=True):
        np.testing.assert_array_equal(array, kept)


def test_the_prediction_of_a_loss_is_not_modified(make_loss, rng):
    loss, prediction, target = make_loss(rng)
    prediction.flags.writeable = target.flags.writeable = False
    assert check_loss(loss, prediction, target, rng)


def test_parameters_are_restored_when_forward_fails_halfway(rng):
    class Failing(Linear):
        calls = 0

        def forward(self, X):
            self.calls += 1
            if self.calls > 9:
                raise ZeroDivisionError
            return super().forward(X)

    layer = Failing(4, 2, rng)
    W = layer.W.copy()
    with pytest.raises(ZeroDivisionError):
        check_layer(layer, rng.normal(size=(1, 4)), rng)
    np.testing.assert_array_equal(layer.W, W)
    np.testing.assert_array_equal(layer.b, np.zeros(2))


# --- numerical_gradient -----------------------------------------------------------------------------------------------


@given(hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=3), elements=st.floats(-10, 10)))
def test_the_numerical_gradient_of_a_sum_of_cubes_is_three_squares(x):
    before = x.tobytes()
    slopes = numerical_gradient(lambda: float(np.sum(x**3)), x)
    np.testing.assert_allclose(slopes, 3 * x.reshape(-1) ** 2, rtol=1e-6, atol=1e-5)
    assert x.tobytes() == before


def test_the_numerical_gradient_takes_only_the_coordinates_asked_for():
    x = np.arange(6.0).reshape(2, 3)
    slopes = numerical_gradient(lambda: float(np.sum(x**2)), x, np.array([5, 1]))
    np.testing.assert_allclose(slopes, [10, 2], rtol=1e-8)


def test_differences_are_central():
    """Forward differences of x² at 0 give h instead of 0."""
    x = np.zeros(1)
    np.testing.assert_array_equal(numerical_gradient(lambda: float(x[0] ** 2), x), [0])


def test_x_is_restored_when_the_function_fails():
    x = np.array([0.1, 0.2])
    before = x.tobytes()
    with pytest.raises(ZeroDivisionError):
        numerical_gradient(lambda: 1 // 0, x)
    assert x.tobytes() == before


def test_x_of_any_memory_order_is_stepped():
    x = np.arange(12.0).reshape(3, 4).T
    np.testing.assert_allclose(numerical_gradient(lambda: float(np.sum(x**2)), x), 2 * x.ravel(), atol=1e-8)


def test_x_of_integers_is_refused(raises_naming):
    """A step of 1e-6 would be cut off, and every slope 0."""
    x = np.array([1, 2, 3])
    with raises_naming((TypeError, ValueError), "numerical_gradient: x"):
        numerical_gradient(lambda: float(np.sum(x**2)), x)


# --- the table --------------------------------------------------------------------------------------------------------


def test_the_report_is_a_table_with_a_mark_for_each_tensor(rng):
    report = check_layer(WRONG_LAYERS["db averaged"][0], rng.normal(size=(5, 4)), rng)
    header, *lines = str(report).splitlines()
    assert header.split() == ["tensor", "shape", "relative", "error"]
    assert [(line.split()[0], line[-1]) for line in lines[:3]] == [("dX", "✓"), ("dW", "✓"), ("db", "✗")]
    assert "(4, 4)" in lines[1]
    assert lines[3].startswith("db is exactly N = 5 times too small")
    assert len(lines) == 4


def test_an_empty_report_is_true_and_prints_its_header():
    assert Report()
    assert str(Report()) == "tensor  shape        relative error"


@pytest.mark.parametrize(("error", "passed"), [(0.5e-3, True), (2e-3, False)])
def test_a_comparison_passes_within_its_tolerance(error, passed):
    report = Report()
    report.compare("x", np.full(3, 1 + error), np.ones(3), {}, 1e-3)
    assert bool(report) is passed
    assert report.rows[0].error == pytest.approx(error)
    assert (report.rows[0].note is None) is passed


@pytest.mark.parametrize(
    ("thing", "note"),
    [
        (None, "None: is a return missing?"),
        ("abc", "str, expected an array of numbers"),
        ([None, 1], "list, expected an array of numbers"),
        (1j, "complex, expected an array of numbers"),
    ],
)
def test_what_is_no_array_of_numbers_fails_by_its_type(thing, note):
    report = Report()
    report.compare("x", thing, np.ones(2), {}, 1e-9)
    assert not report
    assert report.rows[0].note == f"is {note}"


def test_the_random_upstream_sees_what_one_of_ones_would_not(rng):
    """The rows of softmax sum to 1, so that an upstream of ones has gradient 0 and zeros would pass."""
    report = check_layer(softmax_with(lambda s, u: 0 * u), rng.normal(size=(5, 4)), rng)
    assert "all zeros" in report.rows[0].note


def test_binary_cross_entropy_is_checked_for_both_shapes(rng):
    for shape in [(6,), (6, 1)]:
        assert check_loss(BinaryCrossEntropy(), rng.normal(size=shape), rng.integers(2, size=shape), rng)
