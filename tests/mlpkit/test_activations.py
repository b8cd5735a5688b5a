import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import special

from mlpkit import LeakyReLU, Logistic, ReLU, Sigmoid, Softmax, Softplus, Tanh
from mlpkit.activations import Activation


@dataclass(frozen=True)
class Case:
    """An elementwise layer beside its function, written again for autograd.numpy and for Python's floats."""

    make: Callable
    autograd: Callable
    scalar: Callable
    kink: bool = False


CASES = {
    "Sigmoid": Case(
        Sigmoid,
        lambda anp, z: anp.exp(-anp.logaddexp(0.0, -z)),
        lambda z: 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z)),
    ),
    "Tanh": Case(
        Tanh,
        lambda anp, z: 2 * anp.exp(-anp.logaddexp(0.0, -2 * z)) - 1,  # autograd's own tanh overflows at 1000
        math.tanh,
    ),
    "ReLU": Case(
        ReLU,
        lambda anp, z: anp.where(z > 0, z, 0 * z),
        lambda z: max(z, 0.0),
        kink=True,
    ),
    "LeakyReLU": Case(
        lambda: LeakyReLU(0.2),
        lambda anp, z: anp.where(z > 0, z, 0.2 * z),
        lambda z: z if z > 0 else 0.2 * z,
        kink=True,
    ),
    "Softplus": Case(
        Softplus,
        lambda anp, z: anp.logaddexp(0.0, z),
        lambda z: max(z, 0.0) + math.log1p(math.exp(-abs(z))),
    ),
}
HARD = np.array([0.0, -0.0, 1e-8, -1e-8, 0.7, -0.7, 30, -30, 709, -711, 1000, -1000, 1e4, -1e4])
SHAPES = [(14,), (2, 7), (1, 14), (14, 1), (7, 1, 2)]

numbers = st.floats(-1e4, 1e4)
arrays = hnp.arrays(np.float64, hnp.array_shapes(min_dims=0, max_dims=3, max_side=4), elements=numbers)
matrices = hnp.arrays(np.float64, hnp.array_shapes(min_dims=2, max_dims=2, max_side=5), elements=numbers)


@pytest.fixture(params=CASES, scope="session")
def case(request):
    return CASES[request.param]


def away_from(kink, z):
    """Steps across a kink have no answer: move the values that are within reach of 0."""
    return np.where(np.abs(z) < 0.01, 0.5, z) if kink else z


# --- elementwise ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES)
def test_gradients_agree_with_the_oracle(oracle, case, shape, rng):
    layer, z, upstream = case.make(), HARD.reshape(shape), rng.normal(size=shape)
    z = away_from(case.kink and oracle.steps, z)
    if oracle.name == "complex_step":
        z = np.clip(z, -700, 700)  # complex numbers have no 1/∞ = 0
    layer.forward(z)
    gradient = layer.backward(upstream)
    assert oracle.agrees(gradient, layer.forward, upstream, z, case.autograd)


@pytest.mark.parametrize("shape", [(), (1,), (1, 1)])
@pytest.mark.parametrize("value", [-0.7, 0.3, 5.0])
def test_gradient_at_a_single_number_agrees_with_the_oracle(oracle, case, shape, value):
    layer, z, upstream = case.make(), np.full(shape, value), np.full(shape, -1.7)
    layer.forward(z)
    gradient = layer.backward(upstream)
    assert oracle.agrees(gradient, layer.forward, upstream, z, case.autograd)


@given(arrays)
def test_values_agree_with_python_floats(case, close, z):
    expected = np.array([case.scalar(float(number)) for number in z.flat]).reshape(z.shape)
    output = case.make().forward(z)
    # 1e-15 beside numbers in [0, 1] is rounding: the sigmoid is computed as (1 + tanh(z/2)) / 2.
    assert close(output, expected) or np.abs(output - expected).max() < 1e-15


@pytest.mark.parametrize(
    ("layer", "function"),
    [
        (Sigmoid(), special.expit),
        (Softplus(), lambda z: -special.log_expit(-z)),
        (Softmax(), lambda z: special.softmax(z, axis=1)),
    ],
    ids=["sigmoid", "softplus", "softmax"],
)
@given(matrices)
def test_values_agree_with_scipy(layer, function, z):
    """The other tests write each function again themselves; this is the one that everybody else goes by."""
    np.testing.assert_allclose(layer.forward(z), function(z), rtol=1e-12, atol=1e-15)


@given(arrays, st.integers(0, 2**32 - 1))
def test_backward_is_linear_in_the_upstream_and_keeps_the_shape(case, close, z, seed):
    layer, (u, v) = case.make(), np.random.default_rng(seed).normal(size=(2, *z.shape))
    assert layer.forward(z).shape == z.shape
    both = layer.backward(2 * u - v)
    assert np.shape(both) == z.shape
    assert np.allclose(both, 2 * layer.backward(u) - layer.backward(v), rtol=0, atol=1e-14)


@given(arrays)
def test_every_elementwise_function_increases(case, z):
    ordered = np.sort(z, axis=None)
    assert (np.diff(case.make().forward(ordered)) >= 0).all()


SMALL = {np.float64: 708, np.float32: 87}
"""How far from 0 the values of sigmoid and softplus are still normal numbers."""


@pytest.mark.parametrize("dtype", SMALL)
@pytest.mark.parametrize("layer", [Sigmoid(), Softplus()], ids=repr)
def test_small_values_are_right_to_4_epsilon_over_the_whole_range(layer, dtype):
    far = SMALL[dtype]
    z = np.concatenate([np.linspace(-far, far, 81), np.logspace(-20, 2, 12), -np.logspace(-20, 1.9, 12)]).astype(dtype)
    with localcontext() as context:
        context.prec = 360
        powers = [Decimal(float(number)).exp() for number in z]
        right = [e / (1 + e) if isinstance(layer, Sigmoid) else (1 + e).ln() for e in powers]
        errors = [abs(Decimal(float(value)) / exact - 1) for value, exact in zip(layer.forward(z), right, strict=True)]
    assert max(errors) <= 4 * float(np.finfo(dtype).eps)


@pytest.mark.parametrize("dtype", SMALL)
def test_logarithms_of_small_probabilities_are_finite_and_infinities_have_their_limits(dtype):
    z = np.array([-80.0, -40, -20], dtype)
    np.testing.assert_allclose(np.log(Sigmoid().forward(z)), z, rtol=1e-6)
    ends = np.array([-np.inf, np.inf, np.nan], dtype)
    np.testing.assert_array_equal(Sigmoid().forward(ends), np.array([0, 1, np.nan], dtype))
    np.testing.assert_array_equal(Softplus().forward(ends), np.array([0, np.inf, np.nan], dtype))


def test_what_forward_returned_may_be_written_into(make_layer, rng):
    """`p[range(n), y] -= 1` on the output of a softmax is what many write; backward must not see it."""
    layer, again, z = make_layer(), make_layer(), rng.normal(size=(3, 4))
    output = layer.forward(z)
    upstream = rng.normal(size=output.shape)
    again.forward(z)
    expected = again.backward(upstream)
    output[...] = 7
    first = layer.backward(upstream)
    np.testing.assert_array_equal(first, expected)
    first[...] = 7
    np.testing.assert_array_equal(layer.backward(upstream), expected)


@pytest.mark.parametrize(
    ("layer", "low", "high"),
    [(Sigmoid(), 0, 1), (Tanh(), -1, 1), (ReLU(), 0, np.inf), (Softplus(), 0, np.inf)],
    ids=repr,
)
def test_outputs_stay_in_range_up_to_large_inputs(layer, low, high):
    output = layer.forward(HARD)
    assert np.isfinite(output).all()
    assert ((low <= output) & (output <= high)).all()


@pytest.mark.parametrize(("layer", "slope"), [(ReLU(), 0.0), (LeakyReLU(0.2), 0.2), (LeakyReLU(), 0.01)], ids=repr)
def test_the_derivative_at_zero_is_that_of_the_left_side(layer, slope):
    layer.forward(np.array([0.0, -0.0, -3.0, 3.0]))
    np.testing.assert_array_equal(layer.backward(np.full(4, 2.0)), [2 * slope, 2 * slope, 2 * slope, 2.0])


def test_the_steepest_slope_of_the_sigmoid_is_a_quarter():
    layer = Sigmoid()
    layer.forward(np.linspace(-5, 5, 101))
    slopes = layer.backward(np.ones(101))
    assert slopes.argmax() == 50
    assert slopes[50] == 0.25


@given(arrays)
def test_tanh_is_a_sigmoid_stretched(z):
    np.testing.assert_allclose(Tanh().forward(z), 2 * Sigmoid().forward(2 * z) - 1, rtol=0, atol=1e-15)


@given(arrays)
def test_the_sigmoid_of_minus_z_is_the_rest_to_one(z):
    np.testing.assert_allclose(Sigmoid().forward(-z), 1 - Sigmoid().forward(z), rtol=0, atol=1e-15)


@given(arrays)
def test_the_derivative_of_softplus_is_the_sigmoid(z):
    layer = Softplus()
    layer.forward(z)
    np.testing.assert_allclose(layer.backward(np.ones_like(z)), Sigmoid().forward(z), rtol=0, atol=1e-15)


@given(arrays)
def test_softplus_of_z_less_that_of_minus_z_is_z(z):
    np.testing.assert_allclose(Softplus().forward(z) - Softplus().forward(-z), z, rtol=1e-15, atol=1e-15)


def test_logistic_is_another_name_of_sigmoid():
    assert Logistic is Sigmoid


def test_float32_stays_float32_in_every_shape(case):
    for shape in [(), (3,), (2, 2)]:
        layer, z = case.make(), np.full(shape, -0.5, np.float32)
        assert layer.forward(z).dtype == np.float32
        assert layer.backward(z).dtype == np.float32


@pytest.mark.parametrize("slope", [0, -0.1, float("nan"), float("inf")])
def test_leaky_relu_refuses_a_slope_that_is_not_positive(slope):
    with pytest.raises(ValueError, match=rf"\ALeakyReLU: slope must be a positive number, but is {slope}\.\Z"):
        LeakyReLU(slope)


@pytest.mark.parametrize("slope", ["0.1", None])
def test_leaky_relu_names_itself_when_the_slope_is_no_number(slope):
    with pytest.raises((TypeError, ValueError), match=r"\ALeakyReLU: "):
        LeakyReLU(slope)


@pytest.mark.parametrize("method", ["function", "derivative"])
def test_an_activation_that_lacks_a_method_says_which(method):
    class Half(Activation):
        if method == "derivative":

            def function(self, z):
                return z / 2

    layer = Half()
    with pytest.raises(NotImplementedError, match=rf"\AHalf does not define {method}\.\Z"):
        layer.backward(layer.forward(np.ones(2)))


def test_reprs_are_constructor_calls():
    for layer in (Sigmoid(), Tanh(), ReLU(), LeakyReLU(0.2), Softplus(), Softmax()):
        again = eval(repr(layer))
        assert type(again) is type(layer)
        assert vars(again) == vars(layer)


# --- softmax ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(5, 3), (1, 4), (3, 1), (2, 2)])
@pytest.mark.parametrize("scale", [1, 30, 1000, 1e4])
def test_gradient_of_softmax_agrees_with_the_oracle(oracle, shape, scale, rng):
    layer, z, upstream = Softmax(), rng.normal(size=shape), rng.normal(size=shape)
    z[0] += scale  # a large row beside small ones: one maximum for the whole batch would not do
    z[0, -1] *= 1.001
    layer.forward(z)
    gradient = layer.backward(upstream)

    def again(anp, array):
        powers = anp.exp(array - anp.max(array, axis=1, keepdims=True))
        return powers / anp.sum(powers, axis=1, keepdims=True)

    assert oracle.agrees(gradient, layer.forward, upstream, z, again)


@given(matrices)
def test_softmax_is_positive_and_its_rows_sum_to_one(z):
    output = Softmax().forward(z)
    assert (output >= 0).all()
    np.testing.assert_allclose(output.sum(axis=1), 1, rtol=1e-14)


@given(matrices, st.integers(-1000, 1000))
def test_softmax_does_not_see_a_shift_of_its_rows(z, shift):
    z = np.round(z)  # whole numbers, so that the shift itself is exact
    shifts = shift * np.arange(1, len(z) + 1)[:, None]
    np.testing.assert_array_equal(Softmax().forward(z + shifts), Softmax().forward(z))


@given(matrices, st.integers(0, 2**32 - 1))
def test_the_gradient_of_softmax_sums_to_zero_in_each_row(z, seed):
    layer = Softmax()
    layer.forward(z)
    gradient = layer.backward(np.random.default_rng(seed).normal(size=z.shape))
    np.testing.assert_allclose(gradient.sum(axis=1), 0, atol=1e-14)


@given(st.floats(-30, 30), st.floats(-30, 30))
def test_softmax_of_two_classes_is_the_sigmoid_of_the_difference(first, second):
    pair = Softmax().forward([[first, second]])[0]
    np.testing.assert_allclose(pair[1], Sigmoid().forward(second - first), rtol=0, atol=1e-15)


def test_softmax_by_hand():
    np.testing.assert_allclose(
        Softmax().forward(np.log([[1.0, 2, 5], [3, 3, 3]])), [[1 / 8, 2 / 8, 5 / 8], [1 / 3] * 3], rtol=1e-14
    )


def test_softmax_backward_is_the_full_jacobian(rng):
    layer, z, upstream = Softmax(), rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    rows = layer.forward(z)
    expected = [(np.diag(s) - np.outer(s, s)) @ u for s, u in zip(rows, upstream, strict=True)]
    np.testing.assert_allclose(layer.backward(upstream), expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("shape", [(3,), (), (2, 2, 2), (0, 3)])
def test_softmax_refuses_what_has_no_rows(shape):
    with pytest.raises(
        ValueError, match=r"\ASoftmax\(\): z must have shape \(N, C\), one row an example, but has shape"
    ):
        Softmax().forward(np.zeros(shape))
