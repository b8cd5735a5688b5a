import numpy as np
import pytest

from mlpkit import he_normal, he_uniform, xavier_normal, xavier_uniform

FAN_IN, FAN_OUT = 500, 300
N = FAN_IN * FAN_OUT
VARIANCES = {
    xavier_normal: 2 / (FAN_IN + FAN_OUT),
    xavier_uniform: 2 / (FAN_IN + FAN_OUT),
    he_normal: 2 / FAN_IN,
    he_uniform: 2 / FAN_IN,
}
UNIFORM = (xavier_uniform, he_uniform)

every = pytest.mark.parametrize("initialiser", VARIANCES, ids=lambda function: function.__name__)


def kurtosis(initialiser):
    """E[x⁴]/σ⁴: 9/5 for a uniform variable, 3 for a normal one."""
    return 9 / 5 if initialiser in UNIFORM else 3


@every
def test_variance_is_that_of_the_formula(initialiser, rng):
    weights, variance = initialiser(FAN_IN, FAN_OUT, rng), VARIANCES[initialiser]
    # A sample variance has relative standard deviation √((κ − 1)/n), here below 0.4 %; five of them are 1 in 10⁶.
    assert abs(weights.var() / variance - 1) < 5 * np.sqrt((kurtosis(initialiser) - 1) / N)
    assert abs(weights.mean()) < 5 * np.sqrt(variance / N)


@every
def test_the_fourth_moment_tells_normal_from_uniform(initialiser, rng):
    weights = initialiser(FAN_IN, FAN_OUT, rng) / np.sqrt(VARIANCES[initialiser])
    # Var[x⁴] is 105 − 9 for a normal variable, and less for a uniform one.
    assert abs(np.mean(weights**4) - kurtosis(initialiser)) < 5 * np.sqrt(96 / N)


@pytest.mark.parametrize("initialiser", UNIFORM, ids=lambda function: function.__name__)
def test_uniform_weights_fill_their_interval_and_no_more(initialiser, rng):
    weights, limit = initialiser(FAN_IN, FAN_OUT, rng), np.sqrt(3 * VARIANCES[initialiser])
    assert np.abs(weights).max() <= limit
    # The chance that none of n comes within 1e-4 of an end is (1 − 5e-5)ⁿ, below 1e-3.
    assert weights.max() > (1 - 1e-4) * limit
    assert weights.min() < -(1 - 1e-4) * limit


@every
def test_the_shape_is_that_of_the_weights_of_a_layer(initialiser, rng):
    for shape in [(3, 5), (5, 3), (1, 1)]:
        weights = initialiser(*shape, rng)
        assert (weights.shape, weights.dtype) == (shape, np.float64)


@every
def test_the_generator_decides_and_moves_on(initialiser):
    rng = np.random.default_rng(1)
    first, second = initialiser(3, 4, rng), initialiser(3, 4, rng)
    np.testing.assert_array_equal(initialiser(3, 4, np.random.default_rng(1)), first)
    assert (first != second).all()


@every
@pytest.mark.parametrize(("sizes", "name"), [((0, 3), "fan_in"), ((3, -2), "fan_out")])
def test_sizes_that_are_not_positive_are_refused(raises_naming, initialiser, sizes, name, rng):
    with raises_naming(ValueError, f"{initialiser.__name__}: {name} must be a positive number"):
        initialiser(*sizes, rng)
