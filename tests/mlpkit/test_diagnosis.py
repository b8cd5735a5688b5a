import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mlpkit.diagnosis import diagnose, relative_error

SIZES = {"N": 5, "D": 3}
SEEDS = st.integers(0, 2**32 - 1)


def square(rng):
    return rng.normal(size=(4, 4))


RELATIONS = {
    "sign": (lambda a: -a, "has the wrong sign everywhere"),
    "zeros": (lambda a: 0 * a, "is all zeros"),
    "NaN": (lambda a: np.where(a > 0, np.nan, a), "holds NaN"),
    "infinity": (lambda a: np.where(a == a.max(), np.inf, a), "holds an infinity"),
    "NaN before infinity": (lambda a: np.where(a == a.max(), np.inf, np.nan), "holds NaN"),
    "transpose": (lambda a: a.T, "is the transpose of the right answer"),
    "float32": (lambda a: a.astype(np.float32), "is right to about seven digits only"),
    "finite differences": (lambda a: a + 1e-7 * np.cos(a), "is right to about seven digits only"),
    "sum for mean": (lambda a: 5 * a, "is exactly N = 5 times too large: was the mean over the batch forgotten?"),
    "mean twice": (
        lambda a: a / 5,
        "is exactly N = 5 times too small: was a mean over the batch taken here? Only the loss",
    ),
    "times D": (lambda a: 3 * a, "is exactly D = 3 times too large"),
    "by D": (lambda a: a / 3, "is exactly D = 3 times too small"),
    "twice": (lambda a: 2 * a, "is exactly 2 times too large"),
    "half": (lambda a: a / 2, "is exactly 2 times too small"),
    "some other ratio": (lambda a: 0.7 * a, "is 0.7 times the right answer, everywhere"),
    "negative ratio": (lambda a: -5 * a, "is -5 times the right answer, everywhere"),
}


@pytest.mark.parametrize("relation", RELATIONS)
@given(seed=SEEDS)
def test_each_relation_is_named(relation, seed):
    spoil, note = RELATIONS[relation]
    expected = square(np.random.default_rng(seed))
    assert diagnose(spoil(expected), expected, SIZES).startswith(note)


@pytest.mark.parametrize("name", ["times D", "by D", "twice", "half"])
def test_only_a_factor_of_the_batch_is_blamed_on_the_mean(name, rng):
    spoil, _ = RELATIONS[name]
    expected = square(rng)
    assert "mean" not in diagnose(spoil(expected), expected, SIZES)


def test_twice_the_right_answer_is_blamed_on_adding(rng):
    expected = square(rng)
    assert diagnose(2 * expected, expected, SIZES).endswith("was it added to what was there before?")


@pytest.mark.parametrize(
    ("spoil", "note"),
    [
        (lambda a: a.T, "has shape (3, 5), expected (5, 3): it is the transpose of the right answer"),
        (lambda a: a[None], "has shape (1, 5, 3), expected (5, 3): there is an axis of length 1 too many"),
        (lambda a: a[..., None], "has shape (5, 3, 1), expected (5, 3): there is an axis of length 1 too many"),
        (lambda a: np.stack([0.3 * a, 0.7 * a]), "has shape (2, 5, 3), expected (5, 3): the sum over the rows"),
        (lambda a: a[0], "has shape (3,), expected (5, 3)"),
        (lambda a: a[:, :1], "has shape (5, 1), expected (5, 3)"),
        (lambda a: 2 * a.T, "has shape (3, 5), expected (5, 3)"),
        (lambda a: np.stack([a, a]), "has shape (2, 5, 3), expected (5, 3)"),
        (lambda a: a.sum(), "has shape (), expected (5, 3)"),
    ],
)
def test_a_wrong_shape_is_named_with_its_reason_only_when_that_holds(spoil, note, rng):
    expected = rng.normal(size=(5, 3))
    found = diagnose(spoil(expected), expected, SIZES)
    assert found.startswith(note)
    assert (found == note) is (":" not in note or note.endswith(("answer", "many")))


@given(SEEDS, st.sampled_from([(4, 4), (2, 3), (2,), (1, 2), (3, 1), (2, 2, 2)]))
def test_unrelated_arrays_get_no_name(seed, shape):
    given_array, expected = np.random.default_rng(seed).normal(size=(2, *shape))
    assert diagnose(given_array, expected, SIZES) is None


@given(SEEDS, st.sampled_from(list(RELATIONS)))
def test_one_wrong_element_undoes_every_relation_between_numbers(seed, relation):
    spoil, note = RELATIONS[relation]
    assume(not note.startswith("holds"))
    expected = square(np.random.default_rng(seed))
    spoilt = np.array(spoil(expected), float)
    spoilt[1, 2] += 1
    assert diagnose(spoilt, expected, SIZES) is None


@given(st.floats(0.1, 10), st.floats(0.1, 10))
def test_single_numbers_that_are_unrelated_get_no_name(given_number, expected):
    """Any number is some multiple of any other: that says nothing. Here the ratio is no size of the problem."""
    ratio = given_number / expected
    assume(all(abs(ratio / size - 1) > 1e-3 for size in (1, 2, 3, 5, 1 / 2, 1 / 3, 1 / 5)))
    assert diagnose(np.array([given_number]), np.array([expected]), SIZES) is None


def test_a_ratio_close_to_one_is_not_printed_as_one(rng):
    expected = square(rng)
    for ratio in (1.00003, 0.99996, 1.0004):
        assert "is 1 times" not in diagnose(ratio * expected, expected, SIZES)


def test_a_size_of_one_names_no_factor(rng):
    expected = square(rng)
    assert diagnose(2 * expected, expected, {"N": 1}).startswith("is exactly 2 times too large")
    assert "N = 1" not in (diagnose(0.3 * expected, expected, {"N": 1}))


def test_an_expected_zero_matches_no_ratio(rng):
    assert diagnose(square(rng), np.zeros((4, 4)), SIZES) is None


def test_the_tolerance_is_the_callers(rng):
    expected = square(rng)
    near = -expected + 1e-6 * rng.normal(size=(4, 4))
    assert diagnose(near, expected, SIZES) is None
    assert diagnose(near, expected, SIZES, tolerance=1e-4) == "has the wrong sign everywhere"


# --- relative_error ---------------------------------------------------------------------------------------------------


@given(SEEDS, st.floats(1e-12, 1e3))
def test_the_error_is_relative_to_the_norm_of_what_is_expected(seed, size):
    expected, noise = np.random.default_rng(seed).normal(size=(2, 3, 2))
    found = relative_error(expected + size * noise, expected)
    assert found == pytest.approx(size * np.linalg.norm(noise) / np.linalg.norm(expected), rel=1e-3)
    assert relative_error(1e6 * (expected + size * noise), 1e6 * expected) == pytest.approx(found, rel=1e-3)


def test_the_error_is_absolute_where_zero_is_expected():
    assert relative_error([3.0, 4.0], [0.0, 0.0]) == 5
    assert relative_error([0, 0], [0, 0]) == 0


def test_the_error_is_large_on_one_side_when_that_is_expected():
    """Not symmetric: what is expected sets the scale."""
    assert relative_error([2.0], [1.0]) == 1
    assert relative_error([1.0], [2.0]) == 0.5


@pytest.mark.parametrize("given_array", [[1.0], [[1.0, 2.0]], [1.0, np.nan], [np.inf, 2.0], 1.0])
def test_the_error_is_infinite_where_nothing_can_be_compared(given_array):
    assert relative_error(given_array, [1.0, 2.0]) == float("inf")
