import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpkit import (
    SGD,
    Adam,
    History,
    Layer,
    Linear,
    MeanSquaredError,
    Momentum,
    ReLU,
    Sequential,
    SoftmaxCrossEntropy,
    accuracy,
    minibatches,
    step,
    train,
)
from mlpkit.data import digits, moons
from mlpkit.scales import clip_gradients

SEEDS = st.integers(0, 2**32 - 1)


def network(seed=0, inputs=2, outputs=2):
    rng = np.random.default_rng(seed)
    return Sequential(Linear(inputs, 8, rng), ReLU(), Linear(8, outputs, rng))


def weights(net):
    return [array.copy() for layer in net.layers if hasattr(layer, "W") for array in (layer.W, layer.b)]


@pytest.fixture
def batch(rng):
    return moons(23, rng)


# --- minibatches ------------------------------------------------------------------------------------------------------


@given(st.integers(1, 30), st.integers(1, 35), SEEDS)
def test_minibatches_cover_each_row_once_with_X_and_y_alike(rows, batch_size, seed):
    X = np.arange(rows)[:, None] * np.array([1.0, 100.0])
    y = np.arange(rows)
    batches = list(minibatches(X, y, batch_size, np.random.default_rng(seed)))
    sizes = [len(X_batch) for X_batch, _ in batches]
    assert sizes[:-1] == [batch_size] * (math.ceil(rows / batch_size) - 1)
    assert 1 <= sizes[-1] <= batch_size
    drawn = np.concatenate([y_batch for _, y_batch in batches])
    np.testing.assert_array_equal(np.concatenate([X_batch for X_batch, _ in batches]), X[drawn])
    np.testing.assert_array_equal(np.sort(drawn), np.arange(rows))
    np.testing.assert_array_equal(y, np.arange(rows))  # what was passed in keeps its order


def test_minibatches_are_shuffled_anew_by_the_generator_each_epoch():
    X = y = np.arange(20)
    rng = np.random.default_rng(0)
    first, second = (np.concatenate([b for _, b in minibatches(X, y, 6, rng)]) for _ in range(2))
    again = np.concatenate([b for _, b in minibatches(X, y, 6, np.random.default_rng(0))])
    np.testing.assert_array_equal(first, again)
    assert (first != second).any()
    assert (first != y).any()


@pytest.mark.parametrize(("x_rows", "y_rows"), [(3, 4), (4, 3), (0, 0)])
def test_minibatches_refuse_rows_that_do_not_pair(raises_naming, x_rows, y_rows, rng):
    with raises_naming(ValueError, "minibatches: X and y must have equally many rows", f"{x_rows} and {y_rows}"):
        list(minibatches(np.zeros((x_rows, 2)), np.zeros(y_rows), 2, rng))


@pytest.mark.parametrize("batch_size", [0, -3])
def test_minibatches_refuse_a_batch_size_that_is_not_positive(raises_naming, batch_size, rng):
    with raises_naming(ValueError, "minibatches: batch_size must be a positive", str(batch_size)):
        list(minibatches(np.zeros((3, 2)), np.zeros(3), batch_size, rng))


# --- step -------------------------------------------------------------------------------------------------------------


def test_a_step_returns_the_loss_before_it_and_descends(batch):
    net, loss = network(), SoftmaxCrossEntropy()
    before = loss.forward(net.forward(batch[0]), batch[1])
    value = step(net, loss, *batch, 0.1)
    assert type(value) is float
    assert value == before
    assert loss.forward(net.forward(batch[0]), batch[1]) < before


def test_a_step_is_forward_backward_update(batch):
    ours, by_hand, loss = network(), network(), SoftmaxCrossEntropy()
    step(ours, loss, *batch, 0.1)
    loss.forward(by_hand.forward(batch[0]), batch[1])
    by_hand.backward(loss.backward())
    by_hand.update(0.1)
    for given_array, expected in zip(weights(ours), weights(by_hand), strict=True):
        np.testing.assert_array_equal(given_array, expected)


# --- train ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make_rule", [lambda: 0.1, lambda: Momentum(0.05), Adam], ids=["number", "Momentum", "Adam"])
@pytest.mark.parametrize("batch_size", [5, 23, 100])
def test_train_is_a_loop_over_epochs_of_minibatches(batch, make_rule, batch_size):
    """The loop written out, with the loss averaged over rows although the last batch is smaller."""
    (X, y), loss, by_hand, ours = batch, SoftmaxCrossEntropy(), network(), network()
    held_out = moons(9, np.random.default_rng(3))
    rng, rule, expected = np.random.default_rng(7), make_rule(), History()
    for _ in range(3):
        losses = []
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            losses += [step(by_hand, loss, X_batch, y_batch, rule)] * len(X_batch)
        expected.loss.append(float(np.mean(losses)))
        expected.held_out_loss.append(loss.forward(by_hand.forward(held_out[0]), held_out[1]))

    history = train(
        ours,
        loss,
        X,
        y,
        epochs=3,
        batch_size=batch_size,
        rule=make_rule(),
        rng=np.random.default_rng(7),
        held_out=held_out,
    )
    assert history.loss == pytest.approx(expected.loss, rel=1e-12)
    assert history.held_out_loss == pytest.approx(expected.held_out_loss, rel=1e-12)
    assert {type(value) for value in history.loss + history.held_out_loss} == {float}
    for given_array, expected_array in zip(weights(ours), weights(by_hand), strict=True):
        np.testing.assert_array_equal(given_array, expected_array)


def test_history_without_held_out_rows_has_no_held_out_loss(batch, rng):
    history = train(network(), SoftmaxCrossEntropy(), *batch, epochs=2, batch_size=8, rule=0.1, rng=rng)
    assert len(history.loss) == 2
    assert history.held_out_loss == []


def test_two_histories_do_not_share_their_lists():
    History().loss.append(1.0)
    assert History() == History([], [])


def test_progress_shows_a_bar_on_stderr_and_changes_nothing(batch, capsys):
    histories = [
        train(
            network(),
            SoftmaxCrossEntropy(),
            *batch,
            epochs=2,
            batch_size=8,
            rule=0.1,
            rng=np.random.default_rng(0),
            progress=progress,
        )
        for progress in (False, True)
    ]
    assert histories[0] == histories[1]
    output = capsys.readouterr()
    assert output.out == ""
    assert "training" in output.err
    assert "2/2" in output.err


def test_students_layers_train_with_a_number_as_their_rule(student, batch, rng):
    net = Sequential(student.Linear(2, 8, rng), student.Tanh(), student.Linear(8, 2, rng))
    alias, before = net.layers[0].W, net.layers[0].W.copy()
    history = train(net, SoftmaxCrossEntropy(), *batch, epochs=30, batch_size=8, rule=0.2, rng=rng)
    assert history.loss[-1] < 0.5 * history.loss[0]
    assert (alias != before).any()


def test_training_in_float32_stays_in_float32(batch, rng):
    net = Sequential(Linear(2, 4, rng, dtype=np.float32), ReLU(), Linear(4, 2, rng, dtype=np.float32))
    X = batch[0].astype(np.float32)
    train(net, SoftmaxCrossEntropy(), X, batch[1], epochs=2, batch_size=8, rule=Adam(np.float64(0.01)), rng=rng)
    assert {array.dtype for array in weights(net)} == {np.dtype(np.float32)}
    assert net.forward(X).dtype == np.float32


def test_ten_digits_are_learned_by_heart_from_a_loss_near_ln_10():
    X, y = (array[:10] for array in digits())
    net, loss = network(0, 64, 10), SoftmaxCrossEntropy()
    net.layers[2].W *= 0.01  # logits near zero: the loss of knowing nothing
    assert loss.forward(net.forward(X), y) == pytest.approx(math.log(10), abs=0.05)
    history = train(net, loss, X, y, epochs=300, batch_size=5, rule=Adam(0.01), rng=np.random.default_rng(0))
    assert history.loss[-1] < 0.05
    assert accuracy(net, X, y) == 1.0


def test_a_linear_layer_recovers_the_line_it_was_shown(rng):
    X = rng.normal(size=(40, 2))
    layer = Linear(2, 1, rng)
    Y = X @ [[2.0], [-1.0]] + 0.5
    train(Sequential(layer), MeanSquaredError(), X, Y, epochs=60, batch_size=10, rule=0.1, rng=rng)
    np.testing.assert_allclose(layer.W, [[2.0], [-1.0]], atol=1e-6)
    np.testing.assert_allclose(layer.b, [0.5], atol=1e-6)


# --- steering -----------------------------------------------------------------------------------------------------------


def run(batch, net=None, rule=0.1, epochs=4, loss=None, **more):
    net, rng = net or network(), np.random.default_rng(0)
    return train(net, loss or SoftmaxCrossEntropy(), *batch, epochs=epochs, batch_size=8, rule=rule, rng=rng, **more)


def test_any_layer_can_be_trained(student, batch, rng):
    class Twice(Layer):
        """A network of its own, with neither `layers` nor `parameter_gradients` of its own."""

        def __init__(self):
            self.inner = Linear(2, 2, rng)

        def forward(self, X):
            return 2 * self.inner.forward(X)

        def backward(self, upstream):
            return self.inner.backward(2 * upstream)

        def update(self, rule):
            self.inner.update(rule)

    for net in (Linear(2, 2, rng), student.Linear(2, 2, rng), Twice(), Sequential(Twice())):
        history = run(batch, net, epochs=20)
        assert history.loss[-1] < history.loss[0]


def test_gradients_can_be_clipped_in_every_step(batch):
    norms = []
    free, held = network(), network()
    run(batch, free)
    run(batch, held, before_update=lambda net: norms.append(clip_gradients(net, 1e-3)))
    assert len(norms) == 4 * 3
    moved = [
        sum(np.abs(a - b).sum() for a, b in zip(weights(net), weights(network()), strict=True)) for net in (free, held)
    ]
    assert 0 < moved[1] < 0.1 * moved[0]


def test_a_schedule_is_three_lines(batch):
    rates, rule = [], SGD(1.0)

    def after_epoch(history):
        rates.append(rule.learning_rate)
        rule.learning_rate = 0.5 ** len(history.loss)

    run(batch, rule=rule, after_epoch=after_epoch)
    assert rates == [1.0, 0.5, 0.25, 0.125]


def test_training_ends_early_when_the_callback_says_so(batch):
    history = run(batch, epochs=50, held_out=batch, after_epoch=lambda history: len(history.held_out_loss) == 3)
    assert len(history.loss) == len(history.held_out_loss) == 3
    assert history.stopped == "train: after_epoch ended it after epoch 3."
    assert run(batch, after_epoch=lambda history: None).stopped == ""


def test_the_callback_of_the_docstring_stops_when_nothing_gets_better(batch):
    def after_epoch(history):
        return min(history.held_out_loss[-5:]) > min(history.held_out_loss)

    class Turning(SoftmaxCrossEntropy):
        """Its loss on all 23 rows falls for three epochs and then rises."""

        calls = 0

        def forward(self, prediction, target):
            value = super().forward(prediction, target)
            if len(prediction) < 23:
                return value
            self.calls += 1
            return abs(self.calls - 3.0)

    history = run(batch, epochs=50, loss=Turning(), held_out=batch, after_epoch=after_epoch)
    assert len(history.loss) == 3 + 5


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_at_the_first_loss_that_is_no_number_training_ends_and_says_where(batch, bad):
    class Breaking(SoftmaxCrossEntropy):
        calls = 0

        def forward(self, prediction, target):
            self.calls += 1
            value = super().forward(prediction, target)
            if self.calls == 5:  # of three batches an epoch
                return float(bad)
            self.last = value
            return value

    net, loss, before = network(), Breaking(), []
    with pytest.warns(
        RuntimeWarning, match=r"train: the loss became (nan|inf) in epoch 2, batch 2; the last finite loss was"
    ):
        history = run(batch, net, loss=loss, before_update=lambda net: before.append(weights(net)))
    assert math.isfinite(history.loss[0])
    np.testing.assert_array_equal(history.loss[1:], [bad])
    assert history.stopped.startswith(f"train: the loss became {bad} in epoch 2, batch 2")
    assert f"the last finite loss was {loss.last:.4g}" in history.stopped
    assert len(before) == 4
    assert all(np.isfinite(array).all() for array in weights(net))


def test_a_step_with_a_loss_of_nan_moves_nothing(batch):
    net = network()
    before = weights(net)
    X = np.full_like(batch[0], np.nan)
    assert math.isnan(step(net, SoftmaxCrossEntropy(), X, batch[1], Adam()))
    for array, kept in zip(weights(net), before, strict=True):
        np.testing.assert_array_equal(array, kept)


@pytest.mark.parametrize("epochs", [0, -1])
def test_train_refuses_epochs_that_are_not_positive(raises_naming, batch, epochs, rng):
    with raises_naming(ValueError, "train: epochs must be a positive number", str(epochs)):
        train(network(), SoftmaxCrossEntropy(), *batch, epochs=epochs, batch_size=8, rule=0.1, rng=rng)


# --- accuracy ---------------------------------------------------------------------------------------------------------


def test_accuracy_is_the_share_of_rows_whose_largest_logit_is_at_the_label():
    logits = np.array([[1.0, 2, 0], [3, 2, 0], [0, 0, 1], [5, 1, 9]])
    share = accuracy(Sequential(), logits, np.array([1, 0, 1, 0]))
    assert type(share) is float
    assert share == 0.5
    assert accuracy(Sequential(), logits, [1, 0, 1, 0]) == 0.5


@pytest.mark.parametrize("labels", [[[1], [0], [1]], np.eye(3, dtype=int), [1, 0], 1])
def test_accuracy_does_not_broadcast_labels(raises_naming, labels):
    with raises_naming(ValueError, "accuracy", "(3,)", str(np.shape(labels))):
        accuracy(Sequential(), np.eye(3), np.array(labels))
