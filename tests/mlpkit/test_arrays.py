import warnings
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from mlpkit import (
    Linear,
    MeanSquaredError,
    Perceptron,
    ReLU,
    Sequential,
    SoftmaxCrossEntropy,
    accuracy,
    minibatches,
    mistake_bound,
    step,
    train,
)
from mlpkit.arrays import as_array, as_floats, as_labels, as_pair, require_matrix, require_shape
from mlpkit.data import split
from mlpkit.gradcheck import check_layer, check_loss


class Series:
    """As a Series of pandas that was shuffled: rows are found by their label, and only NumPy goes by position."""

    def __init__(self, values, index):
        self.values, self.index = np.asarray(values), list(index)

    def __len__(self):
        return len(self.values)

    def __array__(self, dtype=None, copy=None):
        return np.array(self.values, dtype)

    def __getitem__(self, key):
        if np.ndim(key) == 0:
            return self.values[self.index.index(key)]
        return Series([self[one] for one in key], key)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.complex64, np.complex128])
def test_floats_and_complex_numbers_pass_as_they_are(dtype):
    array = np.ones(3, dtype)
    assert as_floats("Here", "x", array) is array


@pytest.mark.parametrize("value", [[1, 2], [True, False], np.ones(2, np.int8), np.ones(2, np.uint64), 3])
def test_integers_and_booleans_become_float64(value):
    array = as_floats("Here", "x", value)
    np.testing.assert_array_equal(array, np.array(value, np.float64), strict=True)


@pytest.mark.parametrize(
    "value", [["a"], [None], [b"a"], np.array(["2020"], "datetime64[Y]"), np.array(["3", 2], object), {}]
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


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.uint64, np.int64, object])
def test_labels_of_any_integer_type_pass(dtype):
    labels = as_labels("Here", np.array([0, 2], dtype), 2, 3)
    assert labels.dtype.kind in "iu"
    assert labels.tolist() == [0, 2]


def test_booleans_are_the_classes_0_and_1():
    np.testing.assert_array_equal(as_labels("Here", [True, False], 2, 3), [1, 0])


def test_the_first_wrong_label_is_shown(raises_naming):
    with raises_naming(ValueError, "Here: label 3 in row 1 is not a class: expected 0 to 2."):
        as_labels("Here", np.array([0, 3, 1]), 3, 3)


@pytest.mark.parametrize(
    ("labels", "kind", "parts"),
    [
        ([1, 2, 3], ValueError, ("label 3 in row 2", "pass labels - 1")),
        (np.array([1, 2, 3], np.uint8), ValueError, ("label 3 in row 2", "pass labels - 1")),
        ([-1, 1, -1], ValueError, ("label -1 in row 0", "pass labels > 0")),
        ([[0], [1], [2]], ValueError, ("(3,)", "(3, 1)", "labels.ravel()")),
        (np.eye(3, dtype=int), ValueError, ("(3,)", "(3, 3)", "labels.argmax(axis=1)")),
        (np.eye(3), TypeError, ("float64", "not one-hot rows")),
        ([0.0, 1.0, 2.0], TypeError, ("float64", "astype(int)")),
        (["cat", "dog", "cat"], TypeError, ("<U3", "np.unique")),
        (np.array(["cat", None, 1], object), TypeError, ("object", "np.unique")),
    ],
)
def test_what_is_no_class_number_is_told_how_to_become_one(raises_naming, labels, kind, parts):
    with raises_naming(kind, "Here: ", *parts):
        as_labels("Here", labels, 3, 3)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([1, 2], np.array([1, 2])),
        ([1, 2.5], np.array([1, 2.5])),
        ([True, False], np.array([True, False])),
        ([True, 2], np.array([1, 2])),
        ([np.float32(1), Decimal("0.5"), Fraction(1, 4)], np.array([1, 0.5, 0.25])),
    ],
)
def test_objects_that_are_all_numbers_become_numbers(entries, expected):
    np.testing.assert_array_equal(as_array("Here", "x", np.array(entries, object)), expected, strict=True)


def test_masked_entries_are_refused_and_a_mask_of_nothing_is_not(raises_naming):
    with raises_naming(ValueError, "Here: x has masked entries"):
        as_array("Here", "x", np.ma.masked_array([1.0, 2.0], mask=[False, True]))
    np.testing.assert_array_equal(as_array("Here", "x", np.ma.masked_array([1.0, 2.0])), [1, 2])


def test_what_is_no_array_is_told_so(raises_naming):
    class Sparse:
        def toarray(self):
            return np.eye(2)

    with raises_naming(TypeError, "Here: X must hold numbers", "pass its toarray()"):
        as_floats("Here", "X", Sparse())
    with raises_naming(TypeError, "Here: X must hold numbers", "None"):
        as_floats("Here", "X", None)
    with raises_naming(ValueError, "Here: X and y must have equally many rows", "3 and no rows at all"):
        as_pair("Here", [1, 2, 3], 0)


def test_one_number_a_row_is_told_how_to_become_a_column(raises_naming):
    with raises_naming(ValueError, "Here: X must have shape (N, 1)", "X[:, None]"):
        require_matrix("Here", "X", np.zeros(5), 1)
    with raises_naming(ValueError, "Here: y must have shape (5,)", "y.ravel()"):
        require_shape("Here", "y", np.zeros((5, 1)), (5,))


# --- the same data in every coat, at every door ---------------------------------------------------------------------------

X = np.array([[0, 3], [1, 1], [4, 1], [5, 4], [0, 2], [6, 3]])
Y = np.array([0, 0, 1, 1, 0, 1])
COATS = {
    "lists": lambda array: array.tolist(),
    "a shuffled Series": lambda array: Series(array, [3, 0, 5, 1, 4, 2]),
    "unsigned": lambda array: array.astype(np.uint8) if array.min() >= 0 else array,
    "objects": lambda array: array.astype(object),
    "a tuple of rows": tuple,
    "in Fortran's order": np.asfortranarray,
}


def network():
    rng = np.random.default_rng(3)
    return Sequential(Linear(2, 4, rng), ReLU(), Linear(4, 2, rng))


def trained(x, y):
    net = network()
    train(
        net,
        SoftmaxCrossEntropy(),
        x,
        y,
        epochs=3,
        batch_size=2,
        rule=0.1,
        rng=np.random.default_rng(0),
        held_out=(x, y),
    )
    return net.layers[0].W


def fitted(x, y):
    perceptron = Perceptron(2)
    return [perceptron.fit(x, y), perceptron.w.tolist(), perceptron.b]


def rng():
    return np.random.default_rng(0)


DOORS = {
    "train": (trained, Y),
    "step": (lambda x, y: step(network(), SoftmaxCrossEntropy(), x, y, 0.1), Y),
    "minibatches": (lambda x, y: [part for batch in minibatches(x, y, 4, rng()) for part in batch], Y),
    "split": (lambda x, y: split(x, y, 0.5, rng()), Y),
    "accuracy": (lambda x, y: accuracy(network(), x, y), Y),
    "the losses": (lambda x, y: SoftmaxCrossEntropy().forward(x, y), Y),
    "the squared error": (lambda x, y: MeanSquaredError().forward(x, y), 2 * X),
    "the perceptron": (fitted, 2 * Y - 1),
    "the bound": (lambda x, y: mistake_bound(x, y, [1.0, 0.0], -2.0), 2 * Y - 1),
    "check_layer": (lambda x, y: str(check_layer(network(), x, rng())), Y),
    "check_loss": (lambda x, y: str(check_loss(SoftmaxCrossEntropy(), x, y, rng())), Y),
}


@pytest.mark.parametrize("coat", COATS)
@pytest.mark.parametrize("door", DOORS)
def test_the_coat_of_the_data_changes_nothing(door, coat):
    call, y = DOORS[door]
    expected, given = call(X.astype(float), y), call(COATS[coat](X), COATS[coat](y))
    for one, other in zip(
        np.atleast_1d(np.array(expected, object)), np.atleast_1d(np.array(given, object)), strict=True
    ):
        if isinstance(one, str):
            assert one == other
        else:  # to rounding: sums may run in another order
            np.testing.assert_allclose(np.array(other, float), np.array(one, float), rtol=1e-12)


@pytest.mark.parametrize("door", ["train", "step", "accuracy", "the losses", "the perceptron", "the bound"])
def test_names_of_classes_are_refused_by_name(raises_naming, door):
    with raises_naming(TypeError, ": ", "<U3"):
        DOORS[door][0](X.astype(float), np.array(["cat", "dog"])[Y])


def test_split_takes_names_of_classes_and_refuses_fractions(raises_naming):
    assert set(split(X, np.array(["cat", "dog"])[Y], 0.5, rng())[1]) == {"cat", "dog"}
    with raises_naming(ValueError, "split: y must hold classes, but has fractions"):
        split(X, Y + 0.5, 0.5, rng())
    with raises_naming(ValueError, "split: y must have shape (6,)", "(6, 1)", "y.ravel()"):
        split(X, Y[:, None], 0.5, rng())


def test_labels_of_a_shuffled_series_train_as_their_array_does():
    """Taken by label they would pair with other rows, and nobody would be told."""
    draw = np.random.default_rng(5)
    rows = draw.normal(size=(60, 2))
    names = (rows[:, 0] > 0).astype(int)
    net = network()
    history = train(
        net,
        SoftmaxCrossEntropy(),
        rows,
        Series(names, draw.permutation(60)),
        epochs=40,
        batch_size=10,
        rule=0.3,
        rng=rng(),
    )
    assert accuracy(net, rows, names) > 0.95
    assert history.loss[-1] < 0.2


# --- one logit ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", [True, False])
@pytest.mark.parametrize("labels", [Y, Y[:, None], Y.astype(bool), Y.tolist()], ids=["(N,)", "(N, 1)", "bool", "list"])
def test_one_logit_decides_by_its_sign(column, labels):
    logits = np.where(Y == 1, 2.0, -3.0)
    share = accuracy(Sequential(), logits[:, None] if column else logits, labels)
    assert share == 1.0
    assert accuracy(Sequential(), -logits, labels) == 0.0


def test_a_probability_in_place_of_a_logit_is_asked_about(raises_naming):
    probabilities = np.where(Y == 1, 0.9, 0.2)
    with raises_naming(ValueError, "accuracy: every score lies between 0 and 1", "threshold=0.5"):
        accuracy(Sequential(), probabilities, Y)
    assert accuracy(Sequential(), probabilities, Y, threshold=0.5) == 1.0
    assert accuracy(Sequential(), probabilities, Y, threshold=0) == 0.5


@pytest.mark.parametrize("shape", ["one", "two"])
def test_nan_is_never_right_and_said(shape):
    logits = np.where(Y == 1, 2.0, -3.0)
    logits[:2] = np.nan
    scores = logits[:, None] if shape == "one" else np.column_stack([-logits, logits])
    with pytest.warns(RuntimeWarning, match=r"\Aaccuracy: 2 of 6 rows have NaN among their logits"):
        assert accuracy(Sequential(), scores, Y) == 4 / 6
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert accuracy(Sequential(), scores[2:], Y[2:]) == 1.0


@pytest.mark.parametrize("labels", [[0, 1, 2, 0, 1, 0], [1, 2] * 3, [-1, 1] * 3])
def test_one_logit_knows_two_classes(raises_naming, labels):
    with raises_naming(ValueError, "accuracy: label", "expected 0 to 1"):
        accuracy(Sequential(), np.linspace(-1, 1, 6), labels)
