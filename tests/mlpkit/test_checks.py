import numpy as np
import pytest

from mlpkit import Linear, he_normal, he_uniform, minibatches, xavier_normal, xavier_uniform
from mlpkit.checks import (
    as_floats,
    recall,
    require_generator,
    require_labels,
    require_matrix,
    require_positive,
    require_shape,
)
from mlpkit.data import circles, moons, spirals, split
from mlpkit.gradcheck import check_layer, check_loss
from mlpkit.losses import MeanSquaredError


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.complex64, np.complex128])
def test_floats_and_complex_numbers_pass_as_they_are(dtype):
    array = np.ones(3, dtype)
    assert as_floats("Here", "x", array) is array


@pytest.mark.parametrize("value", [[1, 2], [True, False], np.ones(2, np.int8), np.ones(2, np.uint64), 3])
def test_integers_and_booleans_become_float64(value):
    array = as_floats("Here", "x", value)
    np.testing.assert_array_equal(array, np.array(value, np.float64), strict=True)


@pytest.mark.parametrize(
    "value", [["a"], [None], [b"a"], np.array(["2020"], "datetime64[Y]"), np.array([1, 2], object), {}]
)
def test_what_holds_no_numbers_is_refused_by_its_dtype(raises_naming, value):
    with raises_naming(TypeError, "Here: x must hold numbers, but its dtype is", str(np.asarray(value).dtype)):
        as_floats("Here", "x", value)


def test_rows_of_different_lengths_are_refused_by_name(raises_naming):
    with raises_naming((TypeError, ValueError), "Here: x"):
        as_floats("Here", "x", [[1, 2], [3]])


@pytest.mark.parametrize("shape", [(), (2,), (2, 1), (3, 2)])
def test_a_shape_must_be_the_expected_one(raises_naming, shape):
    require_shape("Here", "x", np.zeros(shape), shape)
    with raises_naming(ValueError, "Here: x must have shape (2, 3), but has shape", str(shape)):
        require_shape("Here", "x", np.zeros(shape), (2, 3))


@pytest.mark.parametrize(("shape", "columns"), [((1, 3), 3), ((1, 3), None), ((4, 1), 1), ((2, 7), None)])
def test_rows_of_examples_pass(shape, columns):
    assert require_matrix("Here", "X", np.zeros(shape), columns) is None


@pytest.mark.parametrize(
    ("shape", "columns", "hint"), [((3,), 3, True), ((3,), None, True), ((3,), 4, False), ((), None, False)]
)
def test_the_hint_for_a_single_example_is_given_only_where_it_helps(shape, columns, hint):
    with pytest.raises(ValueError, match=r"\AHere: X must have shape \(N, ") as caught:
        require_matrix("Here", "X", np.zeros(shape), columns)
    assert ("X[None, :]" in str(caught.value)) is hint


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int64])
def test_labels_of_any_integer_type_pass(dtype):
    assert require_labels("Here", np.array([0, 2], dtype), 2, 3) is None


def test_the_first_wrong_label_is_shown(raises_naming):
    with raises_naming(ValueError, "Here: label 3 in row 1 is not a class: expected 0 to 2"):
        require_labels("Here", np.array([0, 3, 1]), 3, 3)


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
