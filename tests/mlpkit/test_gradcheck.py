import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from mlpkit import Layer, LeakyReLU, Linear, ReLU, Sequential, Sigmoid, Softmax, Softplus, Tanh
from mlpkit.data import digits
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
    # Of 950 coordinates 7 of each of three tensors are stepped, each to both sides at 3 steps at most; and a few more.
    assert 2 * 7 * 3 < layer.calls <= 6 * 7 * 3 + 40


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


# --- neither accused nor acquitted ------------------------------------------------------------------------------------


def deep(kind, rng, sizes, dtype=np.float64):
    pairs = itertools.pairwise(sizes)
    layers = [part for fan_in, fan_out in pairs for part in (Linear(fan_in, fan_out, rng, dtype=dtype), kind())]
    return Sequential(*layers[:-1])


class CastTo:
    """A layer without parameters that goes on in another dtype, as a network in float32 does with its input."""

    def __init__(self, dtype):
        self.dtype = dtype

    def forward(self, X):
        return X.astype(self.dtype)

    def backward(self, upstream):
        return upstream.astype(np.float64)

    def update(self, rule):
        pass


@pytest.mark.parametrize("scale", [1e-3, 0.1, 1, 16, 255])
@pytest.mark.parametrize("kind", [ReLU, Tanh, Sigmoid])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_right_networks_are_not_accused_at_any_scale(kind, scale, dtype):
    """A few of the seeds whose table stands in mlpkit.verdict."""
    for seed in range(4):
        rng = np.random.default_rng(seed)
        X = np.round(scale * rng.normal(size=(4, 8))) if scale > 1 else scale * rng.normal(size=(4, 8))
        report = check_layer(deep(kind, rng, (8, 6, 5, 3), dtype), X, rng, sample=10)
        assert report.failed == [], str(report)
        assert sum(row.passed is True for row in report.rows) >= 4 or scale in (1e-3, 255), str(report)


@pytest.mark.parametrize("scale", [1e-3, 1, 16, 255])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_mistakes_of_structure_are_caught_at_every_scale(scale, dtype):
    for how in (lambda self: self.dW * 1.001, lambda self: self.dW / 4, lambda self: -self.dW):

        class Wrong(Linear):
            def backward(self, upstream):
                dX = super().backward(upstream)
                self.dW = how(self)  # noqa: B023 -- called within its turn
                return dX

        rng = np.random.default_rng(3)
        network = Sequential(Linear(8, 6, rng, dtype=dtype), Tanh(), Wrong(6, 5, rng, dtype=dtype))
        report = check_layer(network, np.round(scale * rng.normal(size=(4, 8)), 3), rng)
        assert "layer 2 dW" in report.failed


def test_digits_from_0_to_255_and_five_layers_of_sigmoids_are_found_right():
    X = digits()[0][:5]
    for seed in range(3):
        rng = np.random.default_rng(seed)
        assert check_layer(deep(ReLU, rng, (64, 32, 10)), 255 * X, rng, sample=20)
        assert check_layer(deep(Sigmoid, rng, (64, 16, 16, 16, 16, 10)), X, rng, sample=10)


def test_a_squared_error_of_3e5_is_found_right(rng):
    prediction, target = 550 * rng.normal(size=(2, 40, 3))
    assert MeanSquaredError().forward(prediction, target) > 3e5
    assert check_loss(MeanSquaredError(), prediction, target, rng)


def test_a_kink_is_no_evidence_and_what_lies_elsewhere_is(rng):
    numbers = np.array([[0, 1, -2, 3], [2, 0, 1, -1]])
    for layer in (ReLU(), LeakyReLU(0.2), activation_with(ReLU, lambda z, r, u: u * (z >= 0))):
        row = check_layer(layer, numbers, rng).rows[0]
        assert row.passed is True
        assert row.note.startswith("was not compared at 2 of 8 places, because forward has a kink there")
    row = check_layer(ReLU(), np.zeros((2, 3), int), rng).rows[0]
    assert row.passed is None
    assert row.note.startswith("cannot be judged here, because forward has a kink there")
    assert check_layer(activation_with(ReLU, lambda z, r, u: -u * (z > 0)), numbers, rng).failed == ["dX"]


def test_what_drowns_in_rounding_is_not_judged_and_a_wrong_sign_outside_it_is(rng):
    half = Sequential(CastTo(np.float16), deep(Tanh, rng, (6, 5, 3), np.float16))
    report = check_layer(half, rng.normal(size=(5, 6)), rng)
    assert not report
    assert report.failed == []
    assert "cannot be judged here" in str(report)
    assert "?" in str(report)
    single = Sequential(CastTo(np.float32), Linear(6, 4, rng, dtype=np.float32), WRONG_LAYERS["dW divided by N"][0])
    assert check_layer(single, rng.normal(size=(5, 6)), rng).failed == ["layer 2 dW"]


def test_saturated_units_and_a_random_forward_are_not_judged(rng):
    saturated = check_layer(Tanh(), np.full((3, 4), 500.0), rng)
    assert saturated.rows[0].passed is None
    assert "does not move" in saturated.rows[0].note

    class Dropout(CastTo):
        def forward(self, X):
            return X * (rng.random(X.shape) > 0.5)

    assert check_layer(Dropout(None), rng.normal(size=(5, 6)), rng).rows[0].passed is None


def test_a_forward_that_gives_nan_is_said(rng):
    class Root(CastTo):
        def forward(self, X):
            self.root = np.sqrt(X)
            return self.root

        def backward(self, upstream):
            return upstream / (2 * self.root)

    with np.errstate(invalid="ignore"):
        assert check_layer(Root(None), rng.uniform(0.5, 2, (3, 4)), rng)
        row = check_layer(Root(None), np.full((3, 4), -1.0), rng).rows[0]
    assert row.passed is False
    assert "NaN" in row.note


@pytest.mark.parametrize("sample", [0, -1, 2.5])
def test_a_sample_of_nothing_is_refused(raises_naming, sample, rng):
    with raises_naming((ValueError, TypeError), "check_layer: sample must be a"):
        check_layer(Tanh(), rng.normal(size=(3, 4)), rng, sample=sample)
    with raises_naming((ValueError, TypeError), "check_loss: sample must be a"):
        check_loss(MeanSquaredError(), rng.normal(size=3), rng.normal(size=3), rng, sample=sample)


# --- what no name leads to --------------------------------------------------------------------------------------------


class Residual(CastTo):
    """X + inner(X): a layer within a layer, but not in `layers`."""

    def __init__(self, inner):
        self.inner = inner

    def forward(self, X):
        return X + self.inner.forward(X)

    def backward(self, upstream):
        return upstream + self.inner.backward(upstream)


def test_a_layer_in_an_attribute_is_entered(rng):
    report = check_layer(Residual(Linear(4, 4, rng)), rng.normal(size=(5, 4)), rng)
    assert report
    assert [row.name for row in report.rows] == ["dX", "inner dW", "inner db"]
    wrong = Sequential(Tanh(), Residual(WRONG_LAYERS["dW divided by N"][0]))
    assert check_layer(wrong, rng.normal(size=(5, 4)), rng).failed == ["layer 1 inner dW"]


class Scaled(CastTo):
    """gain ⊙ X, with a parameter that is kept where no name leads to it."""

    def __init__(self, gain):
        self.weights = {"gain": gain}

    def forward(self, X):
        self.X = X
        return self.weights["gain"] * X

    def backward(self, upstream):
        self.dgain = np.zeros(4)
        return self.weights["gain"] * upstream


def test_layers_and_arrays_in_an_object_of_ones_own_are_found(rng):
    """Also where objects know each other: the walk ends."""

    class Parts:
        pass

    parts = Parts()
    parts.inner, parts.back = WRONG_LAYERS["dW divided by N"][0], parts
    block = Residual(parts.inner)
    block.parts, block.owner = parts, block
    del block.inner
    type(block).inner = property(lambda self: self.parts.inner)
    try:
        assert check_layer(block, rng.normal(size=(5, 4)), rng).failed == ["parts inner dW"]
    finally:
        del type(block).inner


def test_an_array_that_moves_the_output_must_be_found_by_name(rng):
    gain = np.arange(1.0, 5)
    report = check_layer(Sequential(Linear(4, 4, rng), Scaled(gain)), rng.normal(size=(5, 4)), rng)
    assert not report
    assert report.failed == []
    assert report.rows[-1].name == "layer 1 weights gain"
    assert "it was not checked" in report.rows[-1].note
    np.testing.assert_array_equal(gain, np.arange(1.0, 5))


@pytest.mark.parametrize("value", [np.ones(4, int), 0.5, np.float64(0.5)], ids=["integers", "a float", "a scalar"])
def test_a_parameter_that_steps_cannot_move_is_refused_by_name(value, rng):
    class Gain(Layer):
        parameters = ("gain",)

        def forward(self, X):
            self.X = X
            return self.gain * X

        def backward(self, upstream):
            self.dgain = np.sum(upstream * self.X)
            return self.gain * upstream

    layer = Gain()
    layer.gain = value
    report = check_layer(layer, rng.normal(size=(5, 4)), rng)
    assert report.failed == ["gain"]
    assert "expected an array of floats" in report.rows[0].note
    layer.gain = np.array(0.5)
    assert check_layer(layer, rng.normal(size=(5, 4)), rng)


def test_a_large_gradient_of_the_wrong_shape_is_told_at_once(rng):
    class Wrong(Linear):
        def backward(self, upstream):
            super().backward(upstream)
            self.dW = self.dW.T
            return upstream @ self.W.T

    report = check_layer(Wrong(784, 100, rng), rng.normal(size=(2, 784)), rng, sample=3)
    assert report.failed == ["dW"]
    assert report.rows[1].note.startswith("has shape (100, 784), expected (784, 100)")


def test_what_forward_or_backward_writes_into_is_told_by_name(rng):
    class IntoInput(ReLU):
        def backward(self, upstream):
            self._z[self._z < 0] = 0
            return upstream * (self._z > 0)

    class IntoUpstream(ReLU):
        def backward(self, upstream):
            upstream *= self._z > 0
            return upstream

    class IntoParameter(Linear):
        def backward(self, upstream):
            dX = super().backward(upstream)
            self.W -= 0.1 * self.dW
            return dX

    class IntoPrediction(MeanSquaredError):
        def forward(self, prediction, target):
            prediction -= target
            return super().forward(prediction, 0 * target)

    X = rng.normal(size=(5, 4))
    assert check_layer(IntoInput(), X, rng).failed == ["X"]
    assert check_layer(IntoUpstream(), X, rng).failed == ["upstream"]
    network = Sequential(Tanh(), IntoParameter(4, 3, rng))
    W = network.layers[1].W.copy()
    report = check_layer(network, X, rng)
    assert report.failed == ["layer 1 W"]
    assert "was written into" in report.rows[0].note
    np.testing.assert_array_equal(network.layers[1].W, W)
    assert check_loss(IntoPrediction(), X, X + 1, rng).failed == ["prediction"]


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


@pytest.mark.parametrize(("dtype", "allowed"), [(np.float64, 1e-10), (np.float32, 1e-4), (np.float16, 0.1)])
def test_the_numerical_gradient_is_right_to_what_the_dtype_allows(dtype, allowed):
    x = np.array([0.3, 1.7, -2.0, 50.0], dtype)
    before = x.tobytes()
    slopes = numerical_gradient(lambda: np.sum(np.sin(x / 3)), x)
    np.testing.assert_allclose(slopes, np.cos(x.astype(float) / 3) / 3, rtol=allowed)
    assert x.tobytes() == before


def test_the_numerical_gradient_of_a_single_number():
    x = np.array(0.5)
    np.testing.assert_allclose(numerical_gradient(lambda: x**2, x), [1.0], rtol=1e-12)


# --- the table --------------------------------------------------------------------------------------------------------


def test_the_report_is_a_table_with_a_mark_for_each_tensor(rng):
    report = check_layer(WRONG_LAYERS["db averaged"][0], rng.normal(size=(5, 4)), rng)
    header, *lines = str(report).splitlines()
    assert header.split() == ["tensor", "shape", "relative", "error"]
    assert [(line.split()[0], line[-1]) for line in lines[:3]] == [("dX", "✓"), ("dW", "✓"), ("db", "✗")]
    assert "(4, 4)" in lines[1]
    assert lines[3].startswith("db is exactly N = 5 times too small")
    assert len(lines) == 4


def test_an_empty_report_acquits_nothing_and_prints_its_header():
    assert not Report()
    assert Report().failed == []
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
