import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import special

from mlpkit import BinaryCrossEntropy, MeanSquaredError, SoftmaxCrossEntropy
from mlpkit.losses import Loss

SEEDS = st.integers(0, 2**32 - 1)
logits = hnp.arrays(np.float64, hnp.array_shapes(min_dims=2, max_dims=2, max_side=6), elements=st.floats(-1e4, 1e4))
HARD = np.array([0.0, 0.7, -0.7, 30, -30, 1000, -1000, 1e4, -1e4])


def assert_gradient(oracle, loss, prediction, target, again):
    loss.forward(prediction, target)
    gradient = loss.backward()
    assert oracle.agrees(gradient, lambda z: loss.forward(z, target), np.array(1.0), prediction, again)


# --- gradients --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(5, 3), (1, 3), (4, 1), (6,), (2, 3, 2)])
@pytest.mark.parametrize("scale", [1, 1e4])
def test_gradient_of_mean_squared_error_agrees_with_the_oracle(oracle, shape, scale, rng):
    prediction, target = scale * rng.normal(size=(2, *shape))
    assert_gradient(
        oracle,
        MeanSquaredError(),
        prediction,
        target,
        lambda anp, p: anp.sum((p - target) ** 2) / target.size,
    )


@pytest.mark.parametrize("logits", [HARD, HARD[:, None], np.array([0.3]), np.array([[-2.0]]), -HARD])
@pytest.mark.parametrize("flip", [0, 1])
def test_gradient_of_binary_cross_entropy_agrees_with_the_oracle(oracle, logits, flip):
    target = (np.arange(logits.size) + flip).reshape(logits.shape) % 2
    assert_gradient(
        oracle,
        BinaryCrossEntropy(),
        logits,
        target,
        lambda anp, z: anp.mean(anp.where(target == 1, anp.logaddexp(0.0, -z), anp.logaddexp(0.0, z))),
    )


@pytest.mark.parametrize("shape", [(5, 3), (1, 4), (6, 2), (3, 1)])
@pytest.mark.parametrize("scale", [1, 30, 1e4])
def test_gradient_of_softmax_cross_entropy_agrees_with_the_oracle(oracle, shape, scale, rng):
    z, labels = scale * rng.normal(size=shape), rng.integers(shape[1], size=shape[0])
    # At a large scale a row may be certain; one row near a tie keeps the gradient from being nothing but ±1 and 0.
    z[0] /= scale
    chosen = np.eye(shape[1])[labels]

    def again(anp, array):
        shifted = array - anp.max(array, axis=1, keepdims=True)
        return anp.mean(anp.log(anp.sum(anp.exp(shifted), axis=1)) - anp.sum(chosen * shifted, axis=1))

    assert_gradient(oracle, SoftmaxCrossEntropy(), z, labels, again)


# --- values -----------------------------------------------------------------------------------------------------------


def test_mean_squared_error_is_the_mean_over_all_elements():
    loss = MeanSquaredError()
    assert loss.forward([[1, 2], [3, 4]], [[1, 0], [0, 0]]) == (0 + 4 + 9 + 16) / 4
    np.testing.assert_array_equal(loss.backward(), [[0, 1], [1.5, 2]])


@given(st.floats(-700, 700), st.integers(0, 1))
def test_binary_cross_entropy_of_one_logit_agrees_with_python_floats(z, y):
    expected = math.log1p(math.exp(-z)) if y == 1 else math.log1p(math.exp(z))
    assert BinaryCrossEntropy().forward([z], [y]) == pytest.approx(expected, rel=1e-12, abs=1e-12)


@given(logits, SEEDS)
def test_softmax_cross_entropy_agrees_with_python_floats(z, seed):
    labels = np.random.default_rng(seed).integers(z.shape[1], size=len(z))
    rows = [
        math.log(sum(math.exp(v - max(row)) for v in row)) + max(row) - row[k] for row, k in zip(z, labels, strict=True)
    ]
    assert SoftmaxCrossEntropy().forward(z, labels) == pytest.approx(sum(rows) / len(z), rel=1e-12, abs=1e-12)


@given(logits, SEEDS)
def test_cross_entropies_are_scipys_logarithms_of_the_probabilities_at_the_labels(z, seed):
    """The tests above write the definitions themselves; these are the ones that everybody else goes by."""
    rng, rows = np.random.default_rng(seed), np.arange(len(z))
    labels, y = rng.integers(z.shape[1], size=len(z)), rng.integers(2, size=len(z))
    expected = -np.mean(special.log_softmax(z, axis=1)[rows, labels])
    assert SoftmaxCrossEntropy().forward(z, labels) == pytest.approx(expected, rel=1e-12, abs=1e-12)
    first = z[:, 0]
    expected = -np.mean(np.where(y == 1, special.log_expit(first), special.log_expit(-first)))
    assert BinaryCrossEntropy().forward(first, y) == pytest.approx(expected, rel=1e-12, abs=1e-12)


@given(st.integers(1, 9), st.integers(1, 40), st.floats(-1e4, 1e4))
def test_cross_entropy_of_equal_logits_is_the_logarithm_of_the_number_of_classes(rows, classes, logit):
    labels = np.arange(rows) % classes
    value = SoftmaxCrossEntropy().forward(np.full((rows, classes), logit), labels)
    assert value == pytest.approx(math.log(classes), rel=1e-14, abs=1e-14)


@given(logits, SEEDS)
def test_binary_cross_entropy_is_softmax_cross_entropy_of_the_logits_zero_and_z(z, seed):
    z = z.reshape(-1)
    y = np.random.default_rng(seed).integers(2, size=z.size)
    two = np.column_stack([np.zeros_like(z), z])
    binary, softmax = BinaryCrossEntropy(), SoftmaxCrossEntropy()
    assert binary.forward(z, y) == pytest.approx(softmax.forward(two, y), rel=1e-12, abs=1e-12)
    np.testing.assert_allclose(binary.backward(), softmax.backward()[:, 1], rtol=0, atol=1e-15)


@pytest.mark.parametrize("size", [1e4, -1e4])
@pytest.mark.parametrize("label", [0, 1])
def test_cross_entropies_are_exact_at_huge_logits(size, label):
    expected = 0.0 if (size > 0) == (label == 1) else 1e4
    assert BinaryCrossEntropy().forward([size], [label]) == expected
    assert SoftmaxCrossEntropy().forward([[0.0, size]], [label]) == expected


@given(logits, SEEDS)
def test_the_gradient_of_softmax_cross_entropy_sums_to_zero_in_each_row(z, seed):
    loss = SoftmaxCrossEntropy()
    loss.forward(z, np.random.default_rng(seed).integers(z.shape[1], size=len(z)))
    np.testing.assert_allclose(loss.backward().sum(axis=1), 0, atol=1e-15)


# --- what every loss promises -----------------------------------------------------------------------------------------


@given(SEEDS, st.integers(1, 6))
def test_forward_returns_a_python_float_and_backward_the_shape_of_the_prediction(make_loss, seed, rows):
    loss, prediction, target = make_loss(np.random.default_rng(seed), rows)
    assert type(loss.forward(prediction, target)) is float
    assert loss.backward().shape == prediction.shape


@given(SEEDS, st.integers(1, 6))
def test_prediction_and_target_are_not_modified(make_loss, seed, rows):
    loss, prediction, target = make_loss(np.random.default_rng(seed), rows)
    prediction.flags.writeable = target.flags.writeable = False
    loss.forward(prediction, target)
    assert np.isfinite(loss.backward()).all()


@given(SEEDS, st.integers(1, 6), st.integers(1, 6))
def test_backward_answers_for_the_latest_forward_and_twice_alike(make_loss, seed, before, rows):
    rng = np.random.default_rng(seed)
    loss, *earlier = make_loss(rng, before)
    fresh, *latest = make_loss(rng, rows)
    loss.forward(*earlier)
    loss.backward()
    assert loss.forward(*latest) == fresh.forward(*latest)
    expected = fresh.backward()
    np.testing.assert_array_equal(loss.backward(), expected)
    returned = loss.backward()
    np.testing.assert_array_equal(returned, expected)
    returned += 1  # what the caller does with the gradient is no concern of the loss
    np.testing.assert_array_equal(loss.backward(), expected)


@given(SEEDS, st.integers(1, 6))
def test_loss_and_gradient_of_a_batch_are_means_over_its_rows(make_loss, seed, rows):
    loss, prediction, target = make_loss(np.random.default_rng(seed), rows)
    value = loss.forward(prediction, target)
    gradient = loss.backward()
    values, gradients = [], []
    for i in range(rows):
        values.append(loss.forward(prediction[i : i + 1], target[i : i + 1]))
        gradients.append(loss.backward()[0] / rows)
    assert value == pytest.approx(np.mean(values), rel=1e-12)
    np.testing.assert_allclose(gradient, gradients, rtol=1e-12, atol=1e-15)


@given(SEEDS, st.integers(1, 6))
def test_float32_stays_float32_and_the_loss_a_python_float(make_loss, seed, rows):
    loss, prediction, target = make_loss(np.random.default_rng(seed), rows)
    assert type(loss.forward(prediction.astype(np.float32), target)) is float
    assert loss.backward().dtype == np.float32


def test_integer_predictions_are_taken_as_float64():
    loss = MeanSquaredError()
    assert loss.forward([1, 2], [0, 0]) == 2.5
    assert loss.backward().dtype == np.float64


# --- weights ------------------------------------------------------------------------------------------------------------


@given(SEEDS, st.integers(1, 6))
def test_whole_weights_count_a_row_that_often(make_loss, seed, rows):
    rng = np.random.default_rng(seed)
    loss, prediction, target = make_loss(rng, rows)
    times = rng.integers(0, 4, size=rows)
    times[0] += 1
    repeated = np.repeat(np.arange(rows), times)
    expected = loss.forward(prediction[repeated], target[repeated])
    summed = np.zeros_like(prediction)
    np.add.at(summed, repeated, loss.backward())
    assert loss.forward(prediction, target, weights=times) == pytest.approx(expected, rel=1e-12)
    np.testing.assert_allclose(loss.backward(), summed, rtol=1e-12, atol=1e-15)


def test_equal_weights_are_no_weights_and_float32_stays(make_loss, rng):
    loss, prediction, target = make_loss(rng)
    plain = loss.forward(prediction, target)
    gradient = loss.backward()
    assert loss.forward(prediction, target, np.full(5, 0.3)) == pytest.approx(plain, rel=1e-14)
    np.testing.assert_allclose(loss.backward(), gradient, rtol=1e-14)
    assert loss.forward(prediction, target) == plain
    loss.forward(prediction.astype(np.float32), target, [1, 2, 3, 4, 5])
    assert loss.backward().dtype == np.float32


@pytest.mark.parametrize("weights", [[1, 1, -1, 1, 1], [0] * 5, [1, 1, np.nan, 1, 1], [1, 1], np.ones((5, 1)), 1.0])
def test_weights_are_one_a_row_and_not_negative(raises_naming, make_loss, weights, rng):
    loss, prediction, target = make_loss(rng)
    with raises_naming(ValueError, f"{loss!r}: weights must"):
        loss.forward(prediction, target, weights)


# --- errors -----------------------------------------------------------------------------------------------------------


def test_backward_before_forward_is_refused(raises_naming, make_loss, rng):
    loss = make_loss(rng)[0]
    with raises_naming(RuntimeError, f"{type(loss).__name__}(): forward must run before backward."):
        loss.backward()


@pytest.mark.parametrize("loss", [MeanSquaredError(), BinaryCrossEntropy()], ids=repr)
@pytest.mark.parametrize(
    ("prediction", "target"), [((4,), (4, 1)), ((4, 1), (4,)), ((4, 1), (3, 1)), ((4, 1), ()), ((1, 4), (4, 1))]
)
def test_shapes_do_not_broadcast(raises_naming, loss, prediction, target):
    with raises_naming(ValueError, repr(loss), "prediction", str(prediction), "target", str(target)):
        loss.forward(np.zeros(prediction), np.zeros(target))


@pytest.mark.parametrize("shape", [(0,), (0, 3), (0, 1)])
def test_an_empty_batch_is_refused(raises_naming, shape):
    for loss in (MeanSquaredError(), BinaryCrossEntropy()):
        with raises_naming(ValueError, repr(loss), "batch is empty"):
            loss.forward(np.zeros(shape), np.zeros(shape))
    with raises_naming(ValueError, "SoftmaxCrossEntropy(): logits", "(N, C)", str(shape)):
        SoftmaxCrossEntropy().forward(np.zeros(shape), np.zeros(0, int))


@pytest.mark.parametrize("shape", [(), (2, 2), (1, 3), (2, 1, 1)])
def test_binary_cross_entropy_takes_one_logit_a_row(raises_naming, shape):
    with raises_naming(ValueError, "BinaryCrossEntropy(): logits", "(N,) or (N, 1)", str(shape)):
        BinaryCrossEntropy().forward(np.zeros(shape), np.zeros(shape))


@pytest.mark.parametrize("wrong", [-1, 0.5, 2, float("nan")])
def test_binary_cross_entropy_refuses_targets_other_than_0_and_1(raises_naming, wrong):
    with raises_naming(ValueError, "BinaryCrossEntropy(): targets must be 0 or 1", str(wrong)):
        BinaryCrossEntropy().forward(np.zeros(3), np.array([0, wrong, 1]))


@pytest.mark.parametrize("target", [[0, 1], [0.0, 1.0], [False, True]])
def test_binary_cross_entropy_takes_targets_of_any_number_type(target):
    assert BinaryCrossEntropy().forward([0.0, 0.0], target) == pytest.approx(math.log(2))


@pytest.mark.parametrize(
    ("labels", "kind", "parts"),
    [
        ([0, 3], ValueError, ("label 3 in row 1", "0 to 2")),
        ([-1, 0], ValueError, ("label -1 in row 0", "0 to 2")),
        ([0.0, 1.0], TypeError, ("labels must be integers", "float64")),
        (["0", "1"], TypeError, ("labels must be integers", "<U1", "np.unique(labels, return_inverse=True)[1]")),
        ([None, 1], TypeError, ("labels must be integers", "object")),
        ([[1, 0, 0], [0, 1, 0]], ValueError, ("labels", "(2,)", "(2, 3)", "labels.argmax(axis=1)")),
        (np.eye(3)[:2], TypeError, ("labels must be integers", "float64", "not one-hot rows")),
        ([[1], [0]], ValueError, ("labels", "(2,)", "(2, 1)", "labels.ravel()")),
        ([1, 3], ValueError, ("label 3 in row 1", "0 to 2", "labels - 1")),
        ([0, 1, 2], ValueError, ("labels", "(2,)", "(3,)")),
        (1, ValueError, ("labels", "(2,)", "()")),
    ],
)
def test_softmax_cross_entropy_refuses_labels_that_are_no_class_numbers(raises_naming, labels, kind, parts):
    with raises_naming(kind, "SoftmaxCrossEntropy(): ", *parts):
        SoftmaxCrossEntropy().forward(np.zeros((2, 3)), labels)


@pytest.mark.parametrize("shape", [(3,), (1, 3, 1), ()])
def test_softmax_cross_entropy_refuses_logits_without_rows(raises_naming, shape):
    with raises_naming(ValueError, "SoftmaxCrossEntropy(): logits", "(N, C)", str(shape)):
        SoftmaxCrossEntropy().forward(np.zeros(shape), [0])


def test_strings_are_refused(raises_naming, make_loss, rng):
    loss, _, target = make_loss(rng, 1)
    with raises_naming(TypeError, repr(loss), "must hold numbers", "<U1"):
        loss.forward([["a"]], target)


@pytest.mark.parametrize("method", ["forward", "backward"])
def test_a_loss_that_lacks_a_method_says_which(raises_naming, method):
    class Half(Loss):
        pass

    arguments = ([0.0], [0.0]) if method == "forward" else ()
    with raises_naming(NotImplementedError, f"Half does not define {method}."):
        getattr(Half(), method)(*arguments)
