import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpkit import Perceptron, mistake_bound
from mlpkit.data import logic_gate

SEEDS = st.integers(0, 2**32 - 1)


def separable(seed):
    """Random rows with a separator (w, b) of norm 1 that every row clears by at least 0.1."""
    rng = np.random.default_rng(seed)
    separator = rng.normal(size=4)
    separator /= np.linalg.norm(separator)
    X = rng.uniform(-2, 2, size=(20, 3))
    scores = X @ separator[:3] + separator[3]
    far = np.abs(scores) > 0.1
    far[np.abs(scores).argmax()] = True  # at least one row
    return X[far], np.where(scores[far] > 0, 1, -1), separator[:3], separator[3]


def plain_rule(X, y, epochs):
    """Rosenblatt's rule in Python's numbers; returns (w, b, mistakes)."""
    w, b, mistakes = [0.0] * len(X[0]), 0.0, []
    for _ in range(epochs):
        wrong = 0
        for x, label in zip(X, y, strict=True):
            predicted = 1 if sum(p * q for p, q in zip(w, x, strict=True)) + b >= 0 else -1
            if predicted != label:
                w, b, wrong = [p + label * q for p, q in zip(w, x, strict=True)], b + label, wrong + 1
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes


@pytest.mark.parametrize("gate", ["and", "or", "nand"])
def test_gates_that_a_line_separates_are_learned(gate):
    X, y = logic_gate(gate)
    perceptron = Perceptron(2)
    mistakes = perceptron.fit(X, 2 * y - 1)
    assert mistakes[-1] == 0
    assert 0 not in mistakes[:-1]
    np.testing.assert_array_equal(perceptron.predict(X), 2 * y - 1)


@pytest.mark.parametrize("max_epochs", [1, 7, 200])
def test_xor_is_never_learned(max_epochs):
    X, y = logic_gate("xor")
    perceptron = Perceptron(2)
    mistakes = perceptron.fit(X, 2 * y - 1, max_epochs)
    assert len(mistakes) == max_epochs
    assert min(mistakes) > 0
    assert (perceptron.predict(X) != 2 * y - 1).any()


@given(st.integers(1, 8), st.integers(1, 6), SEEDS)
def test_fit_follows_the_plain_rule_step_by_step(rows, max_epochs, seed):
    rng = np.random.default_rng(seed)
    X, y = rng.integers(-3, 4, size=(rows, 2)).astype(float), rng.choice([-1, 1], size=rows)
    X_before, y_before = X.copy(), y.copy()
    perceptron = Perceptron(2)
    w, b, expected = plain_rule(X.tolist(), y.tolist(), max_epochs)
    assert perceptron.fit(X, y, max_epochs) == expected
    np.testing.assert_array_equal(perceptron.w, w)
    assert perceptron.b == b
    np.testing.assert_array_equal(X, X_before)
    np.testing.assert_array_equal(y, y_before)


@given(SEEDS)
def test_mistakes_stay_within_novikoffs_bound(seed):
    X, y, w, b = separable(seed)
    mistakes = Perceptron(3).fit(X, y, max_epochs=10_000)
    assert mistakes[-1] == 0
    assert sum(mistakes) <= mistake_bound(X, y, w, b) * (1 + 1e-12)


@given(SEEDS, st.floats(1e-3, 1e3))
def test_the_bound_is_the_formula_whatever_the_length_of_the_separator(seed, length):
    X, y, w, b = separable(seed)
    radius = max(np.sqrt(x @ x + 1) for x in X)
    margin = min(label * (x @ w + b) for x, label in zip(X, y, strict=True))
    assert mistake_bound(X, y, length * w, length * b) == pytest.approx((radius / margin) ** 2, rel=1e-9)


def test_the_bound_by_hand_is_a_float():
    bound = mistake_bound([[3.0], [-3.0]], [1, -1], [1.0], 0.0)
    assert type(bound) is float
    assert bound == pytest.approx(10 / 9)


def test_a_score_of_zero_counts_as_plus_one():
    perceptron = Perceptron(2)
    predicted = perceptron.predict([[0, 0], [1, -2]])
    np.testing.assert_array_equal(predicted, [1, 1])
    assert predicted.dtype.kind == "i"


def test_scores_are_affine():
    perceptron = Perceptron(2)
    perceptron.w, perceptron.b = np.array([1.0, -2.0]), 0.5
    np.testing.assert_array_equal(perceptron.score([[1, 1], [3, 0]]), [-0.5, 3.5])
    np.testing.assert_array_equal(perceptron.predict([[1, 1], [3, 0]]), [-1, 1])


def test_no_epochs_leave_the_weights_alone():
    perceptron = Perceptron(1)
    assert perceptron.fit([[1.0]], [-1], max_epochs=0) == []
    assert perceptron.b == 0


@pytest.mark.parametrize("method", ["score", "predict"])
@pytest.mark.parametrize("shape", [(2, 3), (2,), (0, 2)])
def test_wrong_input_shapes_are_refused(raises_naming, method, shape):
    with raises_naming(ValueError, "Perceptron(2): X must have shape (N, 2)", str(shape)):
        getattr(Perceptron(2), method)(np.zeros(shape))


@pytest.mark.parametrize(
    ("y", "parts"),
    [
        ([0, 1], ("labels must be +1 or −1, but one is 0", "2 * y - 1")),
        ([1, 2], ("labels must be +1 or −1, but one is 2",)),
        ([1.0, 0.5], ("labels must be +1 or −1, but one is 0.5",)),
        ([1], ("y must have shape (2,)", "(1,)")),
        ([[1], [-1]], ("y must have shape (2,)", "(2, 1)")),
    ],
)
def test_labels_other_than_plus_and_minus_one_are_refused(raises_naming, y, parts):
    X = np.array([[1.0, 0.0], [0.0, 1.0]])
    with raises_naming(ValueError, "Perceptron(2): ", *parts):
        Perceptron(2).fit(X, y)
    with raises_naming(ValueError, "mistake_bound: ", *parts):
        mistake_bound(X, y, np.ones(2), 0.0)


@pytest.mark.parametrize(("w", "b", "row"), [([1.0], 0.0, 1), ([0.0], 0.0, 0), ([-1.0], 1.0, 0), ([-1.0], 2.0, 1)])
def test_the_bound_needs_a_separator(raises_naming, w, b, row):
    """A row on the line itself, y·score = 0, is not separated either."""
    with raises_naming(ValueError, "mistake_bound: (w, b) does not separate the classes", f"row {row}"):
        mistake_bound([[1.0], [2.0]], [1, -1], w, b)


def test_the_bound_refuses_weights_of_another_width(raises_naming):
    with raises_naming(ValueError, "mistake_bound: X must have shape (N, 3)", "(2, 2)"):
        mistake_bound(np.eye(2), [1, -1], np.ones(3), 0.0)


@pytest.mark.parametrize("features", [0, -1])
def test_a_perceptron_without_features_is_refused(raises_naming, features):
    with raises_naming(ValueError, "Perceptron: features"):
        Perceptron(features)


def test_the_repr_is_a_constructor_call():
    assert repr(Perceptron(3)) == "Perceptron(3)"
