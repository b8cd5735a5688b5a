import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpkit import Linear, MeanSquaredError, ReLU, Sequential, Tanh
from mlpkit.scales import activation_scales, clip_gradients, gradient_norms

SEEDS = st.integers(0, 2**32 - 1)


def backpropagated(rng, factor=1.0):
    """A network after a backward whose upstream is `factor` times a random one."""
    network = Sequential(Linear(3, 4, rng), Tanh(), Sequential(Linear(4, 2, rng)))
    network.forward(rng.normal(size=(5, 3)))
    network.backward(factor * rng.normal(size=(5, 2)))
    return network


def gradients(network):
    first, _, inner = network.layers
    return [first.dW, first.db, inner.layers[0].dW, inner.layers[0].db]


def test_activation_scales_are_the_deviations_of_each_output(rng):
    network, X = Sequential(Linear(3, 4, rng), ReLU(), Linear(4, 2, rng)), rng.normal(size=(6, 3))
    first, _, last = network.layers
    before = X @ first.W
    after = np.maximum(before, 0)
    expected = [np.std(output) for output in (before, after, after @ last.W)]
    scales = activation_scales(network, X)
    assert scales == pytest.approx(expected, rel=1e-12)
    assert {type(scale) for scale in scales} == {float}


def test_gradient_norms_are_those_of_dW_first_layer_first(rng, student):
    network = Sequential(Linear(3, 4, rng), Tanh(), student.Linear(4, 2, rng))
    X, Y = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    norms = gradient_norms(network, MeanSquaredError(), X, Y)
    first, _, last = network.layers
    upstream = 2 * (network.forward(X) - Y) / Y.size
    network.backward(upstream)
    assert norms == pytest.approx([np.sqrt((first.dW**2).sum()), np.sqrt((last.dW**2).sum())], rel=1e-12)
    assert {type(norm) for norm in norms} == {float}


@given(SEEDS, st.floats(1e-3, 1e3), st.floats(1e-3, 1e3))
def test_clipping_bounds_the_global_norm_in_place_and_keeps_the_direction(seed, factor, max_norm):
    network = backpropagated(np.random.default_rng(seed), factor)
    arrays = gradients(network)
    before = np.concatenate([array.ravel() for array in arrays])
    norm = np.linalg.norm(before)
    returned = clip_gradients(network, max_norm)
    assert type(returned) is float
    assert returned == pytest.approx(norm, rel=1e-12)
    assert all(array is kept for array, kept in zip(gradients(network), arrays, strict=True))
    after = np.concatenate([array.ravel() for array in arrays])
    if norm <= max_norm:
        np.testing.assert_array_equal(after, before)
    else:
        np.testing.assert_allclose(after, before * (max_norm / norm), rtol=1e-12)


def test_clipping_keeps_float32(rng):
    layer = Linear(3, 2, rng, dtype=np.float32)
    layer.forward(np.ones((1, 3), np.float32))
    layer.backward(np.full((1, 2), 100, np.float32))
    clip_gradients(Sequential(layer), np.float64(0.5))
    assert {layer.dW.dtype, layer.db.dtype} == {np.dtype(np.float32)}
    assert np.hypot(np.linalg.norm(layer.dW), np.linalg.norm(layer.db)) == pytest.approx(0.5, rel=1e-6)


def test_clipping_counts_the_gradients_of_students_parameters_alone(student, rng):
    """A student who also keeps `self.X` and `self.dX` has no third parameter."""

    class Keeper(student.Linear):
        def backward(self, upstream):
            self.dX = super().backward(upstream)
            return self.dX

    layer = Keeper(3, 2, rng)
    layer.forward(rng.normal(size=(5, 3)))
    kept = layer.backward(rng.normal(size=(5, 2))).copy()
    norm = clip_gradients(Sequential(layer), 1e-3)
    np.testing.assert_array_equal(layer.dX, kept)
    assert np.sqrt((layer.dW**2).sum() + (layer.db**2).sum()) == pytest.approx(1e-3)
    assert norm > 1e-3


@pytest.mark.parametrize("factor", [1e160, 1e200])
def test_clipping_is_a_remedy_for_gradients_whose_squares_overflow(factor, rng):
    network = backpropagated(rng, factor)
    norm = clip_gradients(network, 1.0)
    assert np.isfinite(norm)
    assert np.linalg.norm(np.concatenate([array.ravel() for array in gradients(network)])) == pytest.approx(1)


@pytest.mark.parametrize("max_norm", [0, -1, float("nan"), float("inf")])
def test_a_norm_that_is_not_positive_is_refused(raises_naming, max_norm, rng):
    with raises_naming(ValueError, "clip_gradients: max_norm must be a positive number", repr(max_norm)):
        clip_gradients(backpropagated(rng), max_norm)


def test_clipping_before_backward_is_refused(raises_naming, rng):
    with raises_naming(RuntimeError, "Linear(3, 2): backward must run before"):
        clip_gradients(Sequential(Linear(3, 2, rng)), 1.0)
