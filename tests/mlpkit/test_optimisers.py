import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpkit import SGD, Adam, Linear, Momentum, Sequential
from mlpkit.optimisers import as_optimiser

STEPS = 40


# One number at a time, in Python's floats, as the papers print them: generators that take gradients and give parameters.


def plain_sgd(theta, rate=0.1):
    while True:
        theta -= rate * (yield theta)


def plain_momentum(theta, rate=0.05, mu=0.8):
    velocity = 0.0
    while True:
        velocity = mu * velocity - rate * (yield theta)
        theta += velocity


def plain_adam(theta, rate=0.01, beta1=0.85, beta2=0.99, epsilon=1e-3):
    m = v = 0.0
    t = 0
    while True:
        gradient = yield theta
        t += 1
        m = beta1 * m + (1 - beta1) * gradient
        v = beta2 * v + (1 - beta2) * gradient * gradient
        theta -= rate * (m / (1 - beta1**t)) / (math.sqrt(v / (1 - beta2**t)) + epsilon)


PAIRS = {
    "SGD": (lambda: SGD(0.1), plain_sgd),
    "Momentum": (lambda: Momentum(0.05, 0.8), plain_momentum),
    "Adam": (lambda: Adam(0.01, 0.85, 0.99, 1e-3), plain_adam),
    "Adam as given": (Adam, lambda theta: plain_adam(theta, 1e-3, 0.9, 0.999, 1e-8)),
    "Momentum as given": (lambda: Momentum(0.05), lambda theta: plain_momentum(theta, 0.05, 0.9)),
}


@pytest.fixture(params=PAIRS, scope="session")
def pair(request):
    return PAIRS[request.param]


def start(plain, values):
    """One running generator for each number of an array."""
    running = [plain(float(value)) for value in values.flat]
    for number in running:
        next(number)
    return running


def follow(running, gradient):
    return np.reshape([number.send(float(g)) for number, g in zip(running, gradient.flat, strict=True)], gradient.shape)


def test_forty_steps_agree_with_the_plain_rule_and_layers_do_not_share_state(pair, rng, close):
    """Two layers of the same shapes see gradients of different sizes: shared state would show."""
    make, plain = pair
    optimiser, layers = make(), [Linear(3, 2, rng), Linear(3, 2, rng)]
    expected = {(layer, name): start(plain, getattr(layer, name)) for layer in layers for name in "Wb"}
    for _ in range(STEPS):
        for scale, layer in zip((1, 50), layers, strict=True):
            layer.dW, layer.db = scale * rng.normal(size=(3, 2)), scale * rng.normal(size=2)
            gradients = {"W": layer.dW.copy(), "b": layer.db.copy()}
            layer.update(optimiser)
            for name, gradient in gradients.items():
                assert close(getattr(layer, name), follow(expected[layer, name], gradient))
                np.testing.assert_array_equal(getattr(layer, "d" + name), gradient)


def test_two_optimisers_do_not_share_state(pair):
    make, _ = pair
    first, second, layer = make(), make(), object()
    for _ in range(3):
        first.step(layer, "W", np.ones(2))
    np.testing.assert_array_equal(second.step(layer, "W", np.ones(2)), make().step(layer, "W", np.ones(2)))


def test_parameters_of_another_name_have_their_own_state(pair):
    make, _ = pair
    optimiser, layer = make(), object()
    first = optimiser.step(layer, "W", np.ones(2)).copy()
    np.testing.assert_array_equal(optimiser.step(layer, "b", np.ones(2)), first)


@given(st.floats(-5, 5), st.integers(1, 4))
def test_a_step_does_not_modify_the_gradient(pair, value, steps):
    gradient, optimiser = np.full(3, value), pair[0]()
    gradient.flags.writeable = False
    for _ in range(steps):
        assert optimiser.step(None, "W", gradient).shape == (3,)


@given(st.floats(1e-3, 1e3), st.sampled_from([-1, 1]))
def test_the_first_step_of_adam_has_the_length_of_the_learning_rate(size, sign):
    step = Adam(0.01, epsilon=1e-12).step(None, "W", np.array([sign * size]))
    np.testing.assert_allclose(step, -sign * 0.01, rtol=1e-8)


def test_zero_gradients_move_nothing(pair):
    np.testing.assert_array_equal(pair[0]().step(None, "W", np.zeros(3)), np.zeros(3))


def test_momentum_of_zero_is_plain_gradient_descent(rng):
    momentum, plain = Momentum(0.1, 0), SGD(0.1)
    for gradient in rng.normal(size=(5, 4)):
        np.testing.assert_array_equal(momentum.step(None, "W", gradient), plain.step(None, "W", gradient))


def test_a_sequence_gives_one_optimiser_to_all_its_layers(rng):
    network = Sequential(Linear(2, 3, rng), Sequential(Linear(3, 1, rng)))
    network.forward(np.ones((1, 2)))
    network.backward(np.ones((1, 1)))
    optimiser = Momentum(0.1)
    network.update(optimiser)
    for layer in (network.layers[0], network.layers[1].layers[0]):
        assert set(optimiser.notes(layer)) == {"W", "b"}


@pytest.mark.parametrize("rule", [SGD(0.1), Momentum(0.1), Adam()], ids=repr)
def test_an_optimiser_is_taken_as_it_is(rule):
    assert as_optimiser(rule) is rule


@pytest.mark.parametrize("number", [1, 0.5, np.float32(0.5), np.float64(0.5), np.int64(2)])
def test_a_number_stands_for_gradient_descent_at_that_rate(number):
    rule = as_optimiser(number)
    assert type(rule) is SGD
    assert type(rule.learning_rate) is float
    assert rule.learning_rate == number


BAD_RATES = [0, -0.1, float("nan"), float("inf"), np.float64(-1)]


@pytest.mark.parametrize("kind", [SGD, Momentum, Adam])
@pytest.mark.parametrize("rate", BAD_RATES)
def test_learning_rates_that_are_not_positive_are_refused(raises_naming, kind, rate):
    with raises_naming(ValueError, f"{kind.__name__}: learning_rate must be a positive number", repr(rate)):
        kind(rate)


@pytest.mark.parametrize("rate", BAD_RATES)
def test_update_refuses_a_number_that_is_no_learning_rate(raises_naming, rate, rng):
    layer = Linear(2, 2, rng)
    layer.backward(layer.forward(np.ones((1, 2))))
    before = layer.W.copy()
    with raises_naming(ValueError, "learning_rate must be a positive number"):
        layer.update(rate)
    np.testing.assert_array_equal(layer.W, before)


@pytest.mark.parametrize("wrong", [-0.1, 1, 1.5, float("nan")])
@pytest.mark.parametrize(("kind", "name"), [(Momentum, "momentum"), (Adam, "beta1"), (Adam, "beta2")])
def test_decays_outside_zero_to_one_are_refused(raises_naming, kind, name, wrong):
    with raises_naming(ValueError, f"{kind.__name__}: {name} must be at least 0 and below 1", repr(wrong)):
        kind(0.1, **{name: wrong})


@pytest.mark.parametrize("wrong", [0, -1e-8, float("inf")])
def test_adam_refuses_an_epsilon_that_is_not_positive(raises_naming, wrong):
    with raises_naming(ValueError, "Adam: epsilon must be a positive number", repr(wrong)):
        Adam(epsilon=wrong)


def test_reprs_are_constructor_calls():
    for rule in (SGD(0.5), Momentum(0.5, 0.8), Adam(0.5, 0.1, 0.2, 0.3)):
        again = eval(repr(rule))
        assert type(again) is type(rule)
        assert vars(again) | {"key": None} == vars(rule) | {"key": None}


@pytest.mark.parametrize("kind", [SGD, Momentum, Adam])
def test_hyperparameters_given_as_numpy_scalars_become_python_floats(kind):
    """A float64 scalar would turn float32 gradients into float64 steps."""
    given_names = [name for name, value in vars(kind(0.5)).items() if isinstance(value, float)]
    rule = kind(**{name: np.float64(0.5) for name in given_names})
    assert {type(getattr(rule, name)) for name in given_names} == {float}
    step = rule.step(None, "W", np.ones(2, np.float32))
    assert step.dtype == np.float32
