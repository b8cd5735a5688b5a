"""What an optimiser remembers goes where the network goes."""

import copy
import pickle

import numpy as np
import pytest

from mlpkit import Adam, Linear, Momentum, ReLU, Sequential, SoftmaxCrossEntropy, load, save, step
from mlpkit.data import moons

RULES = {"Momentum": lambda: Momentum(0.05, 0.8), "Adam": lambda: Adam(0.01)}


@pytest.fixture(params=RULES)
def make_rule(request):
    return RULES[request.param]


def network(seed=0):
    rng = np.random.default_rng(seed)
    return Sequential(Linear(2, 5, rng), ReLU(), Sequential(Linear(5, 2, rng)))


def go_on(net, rule, steps=5):
    X, y = moons(20, np.random.default_rng(1))
    for _ in range(steps):
        step(net, SoftmaxCrossEntropy(), X, y, rule)
    return [array.copy() for layer in (net.layers[0], net.layers[2].layers[0]) for array in (layer.W, layer.b)]


def saved(net, rule, path):
    save(net, path / "network.npz", rule)
    again, other = network(seed=9), type(rule)(rule.learning_rate)
    vars(other).update({name: value for name, value in vars(rule).items() if isinstance(value, float)})
    load(again, path / "network.npz", other)
    return again, other


WAYS = {
    "deepcopy of both": lambda net, rule, path: copy.deepcopy((net, rule)),
    "deepcopy of the network": lambda net, rule, path: (copy.deepcopy(net), rule),
    "deepcopy of each": lambda net, rule, path: (copy.deepcopy(net), copy.deepcopy(rule)),
    "pickle of both": lambda net, rule, path: pickle.loads(pickle.dumps((net, rule))),
    "pickle of each": lambda net, rule, path: (pickle.loads(pickle.dumps(net)), pickle.loads(pickle.dumps(rule))),
    "save and load": saved,
}


@pytest.mark.parametrize("way", WAYS)
def test_training_goes_on_as_if_nothing_had_happened(way, make_rule, tmp_path):
    net, rule = network(), make_rule()
    go_on(net, rule)
    other_net, other_rule = WAYS[way](net, rule, tmp_path)
    for one, other in zip(go_on(other_net, other_rule), go_on(net, rule), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_copy_and_its_original_train_apart(make_rule):
    net, rule = network(), make_rule()
    go_on(net, rule)
    twin = copy.deepcopy(net)
    expected = go_on(copy.deepcopy(net), rule)
    go_on(twin, rule, steps=3)
    for one, other in zip(go_on(net, rule), expected, strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_new_optimiser_begins_anew(make_rule):
    net = network()
    go_on(net, make_rule())
    fresh = network()
    for layer, other in ((net.layers[0], fresh.layers[0]), (net.layers[2].layers[0], fresh.layers[2].layers[0])):
        other.W[...], other.b[...] = layer.W, layer.b
    for one, other in zip(go_on(net, make_rule()), go_on(fresh, make_rule()), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_parameter_that_was_replaced_or_resized_is_said(raises_naming, make_rule):
    net, rule = network(), make_rule()
    go_on(net, rule)
    layer = net.layers[0]
    layer.W[...] = 0.1  # written into: still the same
    go_on(net, rule)
    layer.W = layer.W.copy()
    with raises_naming(ValueError, f"{rule!r}: W of Linear(2, 5) is another array", "W[...] = …", "new optimiser"):
        go_on(net, rule)
    layer.W, layer.b, net.layers[2].layers[0].W = np.ones((2, 7)), np.ones(7), np.ones((7, 2))
    with raises_naming(ValueError, f"{rule!r}: W of Linear(2, 7) is another array", "new optimiser"):
        go_on(net, rule)
    go_on(net, make_rule())


def test_a_parameter_may_be_a_view_that_is_made_anew_each_time(make_rule):
    class Flat(Linear):
        def __init__(self, rng):
            self.theta = rng.normal(size=6)

        W = property(lambda self: self.theta[:4].reshape(2, 2))
        b = property(lambda self: self.theta[4:])

    net, rule = Sequential(Flat(np.random.default_rng(0))), make_rule()
    X, y = moons(10, np.random.default_rng(1))
    losses = [step(net, SoftmaxCrossEntropy(), X, y, rule) for _ in range(20)]
    assert losses[-1] < losses[0]


def test_what_a_step_returned_may_be_written_into(make_rule, rng):
    gradients = rng.normal(size=(4, 3))
    undisturbed, rule = make_rule(), make_rule()
    layers = Linear(3, 1, rng), Linear(3, 1, rng)
    for gradient in gradients:
        expected = undisturbed.step(layers[0], "b", gradient)
        moved = rule.step(layers[1], "b", gradient)
        np.testing.assert_array_equal(moved, expected)
        moved[...] = 100


@pytest.mark.parametrize(
    "make", [lambda: Adam(0.01), lambda: Momentum(0.01), lambda: 0.01], ids=["Adam", "Momentum", "rate"]
)
def test_training_in_float16_moves_and_stays_finite(make, rng):
    net = Sequential(Linear(2, 4, rng, dtype=np.float16), ReLU(), Linear(4, 2, rng, dtype=np.float16))
    before, rule = net.layers[0].W.copy(), make()
    X, y = moons(20, rng)
    losses = [step(net, SoftmaxCrossEntropy(), X.astype(np.float16), y, rule) for _ in range(200)]
    assert np.isfinite(losses).all()
    assert losses[-1] < losses[0]
    assert net.layers[0].W.dtype == np.float16
    assert (before != net.layers[0].W).any()
