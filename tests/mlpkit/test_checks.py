import numpy as np
import pytest

from mlpkit import Linear, he_normal, he_uniform, minibatches, xavier_normal, xavier_uniform
from mlpkit.checks import recall, require_generator, require_positive
from mlpkit.data import circles, moons, spirals, split
from mlpkit.gradcheck import check_layer, check_loss
from mlpkit.losses import MeanSquaredError


def test_recall_returns_what_was_stored_or_names_the_missing_step(raises_naming, rng):
    layer = Linear(2, 2, rng)
    assert recall(layer, "W") is layer.W
    with raises_naming(RuntimeError, "Linear(2, 2): forward must run before backward."):
        recall(layer, "_X")
    with raises_naming(RuntimeError, "Linear(2, 2): backward must run before update."):
        recall(layer, "dW")


@pytest.mark.parametrize("number", [0, -1, float("nan"), float("inf"), -float("inf"), np.float32(0)])
def test_only_finite_numbers_above_zero_are_positive(raises_naming, number):
    require_positive("Here", good=1e-300, better=np.float32(2), best=3)
    with raises_naming(ValueError, "Here: bad must be a positive number, but is", repr(number)):
        require_positive("Here", good=1, bad=number)


@pytest.mark.parametrize("thing", ["1", None, 1j, np.ones(2), [1]])
def test_what_is_no_number_is_not_positive_either(raises_naming, thing):
    with raises_naming((TypeError, ValueError), "Here: bad must be a positive number"):
        require_positive("Here", bad=thing)


NEED_A_GENERATOR = {
    "Linear": lambda rng: Linear(2, 2, rng),
    "xavier_normal": lambda rng: xavier_normal(2, 2, rng),
    "xavier_uniform": lambda rng: xavier_uniform(2, 2, rng),
    "he_normal": lambda rng: he_normal(2, 2, rng),
    "he_uniform": lambda rng: he_uniform(2, 2, rng),
    "moons": lambda rng: moons(3, rng),
    "circles": lambda rng: circles(3, rng),
    "spirals": lambda rng: spirals(3, rng),
    "split": lambda rng: split(np.zeros((4, 1)), np.zeros(4, int), 0.5, rng),
    "minibatches": lambda rng: list(minibatches(np.zeros((4, 1)), np.zeros(4), 2, rng)),
    "check_layer": lambda rng: check_layer(Linear(2, 2, np.random.default_rng(0)), np.ones((3, 2)), rng),
    "check_loss": lambda rng: check_loss(MeanSquaredError(), np.ones(3), np.zeros(3), rng),
}


@pytest.mark.parametrize("wrong", [None, 0, np.random.RandomState(0), np.random], ids=type)
@pytest.mark.parametrize("name", NEED_A_GENERATOR)
def test_whatever_is_random_insists_on_a_generator(raises_naming, name, wrong):
    with raises_naming(TypeError, f"{name}: rng must be a numpy.random.Generator", "default_rng(0)"):
        NEED_A_GENERATOR[name](wrong)


@pytest.mark.parametrize("name", NEED_A_GENERATOR)
def test_whatever_is_random_leaves_the_global_state_alone(name, rng):
    """That state is compared around every test of this directory; this one makes sure that all are called."""
    before = rng.bit_generator.state
    NEED_A_GENERATOR[name](rng)
    assert rng.bit_generator.state != before


def test_a_generator_passes(rng):
    assert require_generator("Here", rng) is None
