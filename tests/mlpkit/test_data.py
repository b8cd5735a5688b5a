import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpkit.data import GATES, circles, digits, logic_gate, moons, spirals, split

SEEDS = st.integers(0, 2**32 - 1)
every = pytest.mark.parametrize(("make", "classes"), [(moons, 2), (circles, 2), (spirals, 3)])


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("and", lambda a, b: a and b),
        ("or", lambda a, b: a or b),
        ("nand", lambda a, b: not (a and b)),
        ("xor", lambda a, b: a != b),
    ],
)
def test_gates_compute_what_they_are_called(name, function):
    X, y = logic_gate(name)
    assert X.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert X.dtype == np.float64
    assert y.dtype.kind == "i"
    assert y.tolist() == [int(function(*map(bool, row))) for row in X]


def test_an_unknown_gate_is_refused_with_the_choices(raises_naming):
    with raises_naming(ValueError, "logic_gate: there is no gate 'nor'", *GATES):
        logic_gate("nor")


@every
@given(rows=st.integers(1, 40), seed=SEEDS)
def test_shapes_and_classes_as_even_as_can_be(make, classes, rows, seed):
    X, y = make(rows, np.random.default_rng(seed))
    assert (X.shape, X.dtype) == ((rows, 2), np.float64)
    assert (y.shape, y.dtype.kind) == ((rows,), "i")
    counts = np.bincount(y, minlength=classes)
    assert len(counts) == classes
    assert counts.max() - counts.min() <= 1


@every
def test_the_same_seed_gives_the_same_data_and_another_does_not(make, classes):
    (X, y), (X_again, y_again), (X_other, y_other) = (make(30, np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(X, X_again)
    np.testing.assert_array_equal(y, y_again)
    assert (X_other != X).all()
    assert (y != y_other).any()


def on_moons(X, y):
    centre = np.where(y[:, None] == 0, [0, 0], [1, 0.5])
    half = np.where(y == 0, X[:, 1], 0.5 - X[:, 1]) >= -1e-12
    return np.isclose(np.linalg.norm(X - centre, axis=1), 1) & half


def on_circles(X, y):
    return np.isclose(np.linalg.norm(X, axis=1), np.where(y == 0, 1, 0.5))


def on_spirals(X, y):
    radius = np.linalg.norm(X, axis=1)
    angle = 2 * np.pi * (0.75 * radius + y / 3)
    return np.isclose(X, radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])).all(axis=1) & (radius <= 1)


@pytest.mark.parametrize(("make", "on_curve"), [(moons, on_moons), (circles, on_circles), (spirals, on_spirals)])
def test_without_noise_the_points_lie_on_the_curves_of_their_class(make, on_curve, rng):
    X, y = make(60, rng, noise=0)
    assert on_curve(X, y).all()
    assert np.unique(X, axis=0).shape == X.shape


@pytest.mark.parametrize("make", [moons, circles, spirals])
def test_noise_is_the_standard_deviation_of_the_blur(make):
    blurred, sharp = (make(4000, np.random.default_rng(0), noise=noise)[0] for noise in (0.2, 0))
    # The sample deviation of 8000 numbers is within 5/√16000, or 4 %, of the true one.
    assert np.std(blurred - sharp) == pytest.approx(0.2, rel=0.04)


def test_spirals_have_as_many_arms_as_asked_and_wind_as_often(rng):
    X, y = spirals(50, rng, classes=5, turns=0, noise=0)
    np.testing.assert_array_equal(np.bincount(y), [10] * 5)
    np.testing.assert_allclose(np.arctan2(X[:, 1], X[:, 0]) % (2 * np.pi), 2 * np.pi * y / 5, atol=1e-12)


@every
@pytest.mark.parametrize("rows", [0, -1])
def test_data_without_rows_is_refused(raises_naming, make, classes, rows, rng):
    with raises_naming(ValueError, f"{make.__name__}: rows must be a positive number", str(rows)):
        make(rows, rng)


def test_spirals_without_arms_are_refused(raises_naming, rng):
    with raises_naming(ValueError, "spirals: classes must be a positive number", "0"):
        spirals(3, rng, classes=0)


# --- digits -----------------------------------------------------------------------------------------------------------


def test_digits_are_1797_rows_of_64_pixels_from_0_to_1():
    X, y = digits()
    assert (X.shape, X.dtype) == ((1797, 64), np.float64)
    assert (y.shape, y.dtype) == ((1797,), np.int64)
    assert (X.min(), X.max()) == (0, 1)
    np.testing.assert_array_equal(X * 16, np.round(X * 16))
    assert np.bincount(y).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_digits_are_in_their_published_order():
    """The first image of the UCI file optdigits.tes, whose label is 0, begins with these rows."""
    X, y = digits()
    assert y[:10].tolist() == list(range(10))
    first = (16 * X[0]).reshape(8, 8).tolist()
    assert first[:2] == [[0, 0, 5, 13, 9, 1, 0, 0], [0, 0, 13, 15, 10, 15, 5, 0]]


# --- split ------------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 3), min_size=1, max_size=40), st.floats(0.05, 0.95), SEEDS)
def test_split_is_stratified_disjoint_and_whole(labels, share, seed):
    y = np.array(labels)
    X = np.column_stack([np.arange(len(y)), y])
    X_train, y_train, X_test, y_test = split(X, y, share, np.random.default_rng(seed))
    np.testing.assert_array_equal(X_train[:, 1], y_train)
    np.testing.assert_array_equal(X_test[:, 1], y_test)
    rows = np.concatenate([X_train[:, 0], X_test[:, 0]])
    np.testing.assert_array_equal(np.sort(rows), np.arange(len(y)))
    for label in np.unique(y):
        assert abs(np.sum(y_train == label) - share * np.sum(y == label)) <= 0.5


def test_split_draws_at_random_by_its_generator():
    X, y = digits()
    first, again, other = (split(X, y, 0.7, np.random.default_rng(seed)) for seed in (0, 0, 1))
    for array, same in zip(first, again, strict=True):
        np.testing.assert_array_equal(array, same)
    assert (first[0] != other[0]).any()
    assert (first[0] != X[: len(first[0])]).any()


@pytest.mark.parametrize("share", [0, 1, -0.1, 1.5, float("nan")])
def test_a_share_outside_zero_to_one_is_refused(raises_naming, share, rng):
    with raises_naming(ValueError, "split: share must lie between 0 and 1", repr(share)):
        split(np.zeros((4, 1)), np.zeros(4, int), share, rng)


def test_split_refuses_rows_that_do_not_pair(raises_naming, rng):
    with raises_naming(ValueError, "split: X and y", "4 and 3"):
        split(np.zeros((4, 1)), np.zeros(3, int), 0.5, rng)
