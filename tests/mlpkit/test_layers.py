import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpkit import Adam, Layer, Linear, Momentum, ReLU, Sequential, Softplus, Tanh, he_normal
from mlpkit.scales import clip_gradients

ROWS = st.integers(1, 6)
SEEDS = st.integers(0, 2**32 - 1)


def tensors(layer):
    """The parameters and gradients that the layer and the layers within hold, as a dict from a label to the array."""
    found = {}
    for position, inner in enumerate(getattr(layer, "layers", ())):
        found |= {f"{position}.{name}": array for name, array in tensors(inner).items()}
    return found | {name: array for name, array in vars(layer).items() if name in ("W", "b", "dW", "db")}


def copies(arrays):
    return {name: array.copy() for name, array in arrays.items()}


def assert_equal_bits(given, expected):
    assert given.keys() == expected.keys()
    for name, array in expected.items():
        np.testing.assert_array_equal(given[name], array, strict=True)


# --- Linear -----------------------------------------------------------------------------------------------------------


def affine(values, changed):
    """X W + b as a function of the tensor named `changed`, the other two held at `values`."""

    def function(array):
        held = values | {changed: array}
        return held["X"] @ held["W"] + held["b"]

    return function


@pytest.mark.parametrize("shape", [(5, 3, 4), (1, 4, 2), (7, 1, 3), (2, 6, 1)])
@pytest.mark.parametrize("scale", [1, 1e4])
@pytest.mark.parametrize("tensor", ["X", "W", "b"])
def test_gradients_of_linear_agree_with_the_oracle(oracle, tensor, shape, scale, rng):
    n, d, m = shape
    layer = Linear(d, m, rng)
    layer.b += rng.normal(size=m)
    X, upstream = scale * rng.normal(size=(n, d)), rng.normal(size=(n, m))
    values = {"X": X, "W": layer.W, "b": layer.b}
    layer.forward(X)
    gradients = {"X": layer.backward(upstream), "W": layer.dW, "b": layer.db}

    def forward(array):
        if tensor == "X":
            return layer.forward(array)
        setattr(layer, tensor, array)
        return layer.forward(X)

    def again(_, array):
        return affine(values, tensor)(array)

    assert oracle.agrees(gradients[tensor], forward, upstream, values[tensor], again)


def test_linear_by_hand():
    layer = Linear(2, 3, np.random.default_rng(0))
    layer.W[...], layer.b[...] = [[1, 2, 3], [4, 5, 6]], [10, 20, 30]
    np.testing.assert_array_equal(layer.forward([[1, 1], [2, 0]]), [[15, 27, 39], [12, 24, 36]])
    dX = layer.backward([[1, 0, 0], [0, 1, -1]])
    np.testing.assert_array_equal(layer.dW, [[1, 2, -2], [1, 0, 0]])
    np.testing.assert_array_equal(layer.db, [1, 1, -1])
    np.testing.assert_array_equal(dX, [[1, 4], [-1, -1]])
    layer.update(0.5)
    np.testing.assert_array_equal(layer.W, [[0.5, 1, 4], [3.5, 5, 6]])
    np.testing.assert_array_equal(layer.b, [9.5, 19.5, 30.5])


def test_linear_starts_with_zero_biases_and_the_weights_of_its_initialiser(rng):
    def count_up(fan_in, fan_out, given_rng):
        assert given_rng is rng
        return np.arange(fan_in * fan_out, dtype=float).reshape(fan_in, fan_out)

    layer = Linear(2, 3, rng, initialiser=count_up)
    np.testing.assert_array_equal(layer.W, [[0, 1, 2], [3, 4, 5]], strict=False)
    np.testing.assert_array_equal(layer.b, np.zeros(3), strict=True)


def test_linear_starts_with_hes_rule_unless_told_otherwise():
    first, again = np.random.default_rng(5), np.random.default_rng(5)
    np.testing.assert_array_equal(Linear(4, 3, first).W, he_normal(4, 3, again))


def test_linear_depends_on_nothing_random_but_its_generator():
    first, again, other = (Linear(4, 3, np.random.default_rng(seed)).W for seed in (5, 5, 6))
    np.testing.assert_array_equal(first, again)
    assert (first != other).all()


def test_two_layers_from_one_generator_differ(rng):
    assert (Linear(3, 3, rng).W != Linear(3, 3, rng).W).all()


# --- what every layer promises ----------------------------------------------------------------------------------------


@given(seed=SEEDS, rows=ROWS)
def test_shapes_of_outputs_and_gradients(make_layer, seed, rows):
    rng, layer = np.random.default_rng(seed), make_layer()
    X = rng.normal(size=(rows, 4))
    output = layer.forward(X)
    assert output.shape == (rows, 3 if tensors(layer) else 4)
    assert layer.backward(rng.normal(size=output.shape)).shape == X.shape
    for name, parameter in tensors(layer).items():
        if name[-2:] in ("W", "b", ".W", ".b"):
            gradient = tensors(layer)[name[:-1] + "d" + name[-1]]
            assert (gradient.shape, gradient.dtype) == (parameter.shape, parameter.dtype)


@given(seed=SEEDS, rows=ROWS, scale=st.sampled_from([0.0, 1.0, 1e4]))
def test_neither_input_nor_upstream_is_modified(make_layer, seed, rows, scale):
    rng, layer = np.random.default_rng(seed), make_layer()
    X = scale * rng.normal(size=(rows, 4))
    X.flags.writeable = False
    output = layer.forward(X)
    assert np.isfinite(output).all()
    upstream = rng.normal(size=output.shape)
    upstream.flags.writeable = False
    assert np.isfinite(layer.backward(upstream)).all()


@given(seed=SEEDS, rows=ROWS)
def test_backward_twice_overwrites_the_gradients_with_the_same(make_layer, seed, rows):
    rng, layer = np.random.default_rng(seed), make_layer()
    upstream = rng.normal(size=layer.forward(rng.normal(size=(rows, 4))).shape)
    once = layer.backward(upstream).copy()
    gradients = copies(tensors(layer))
    np.testing.assert_array_equal(layer.backward(upstream), once, strict=True)
    assert_equal_bits(tensors(layer), gradients)


@given(seed=SEEDS, rows=ROWS)
def test_a_new_backward_does_not_write_into_what_the_last_one_returned(make_layer, seed, rows):
    rng, layer = np.random.default_rng(seed), make_layer()
    upstream = rng.normal(size=layer.forward(rng.normal(size=(rows, 4))).shape)
    first = layer.backward(upstream)
    kept = first.copy()
    layer.backward(2 * upstream)
    np.testing.assert_array_equal(first, kept)


@given(seed=SEEDS, before=ROWS, rows=ROWS)
def test_backward_answers_for_the_latest_forward(make_layer, seed, before, rows):
    rng, layer, fresh = np.random.default_rng(seed), make_layer(), make_layer()
    first, latest = rng.normal(size=(before, 4)), rng.normal(size=(rows, 4))
    layer.backward(rng.normal(size=layer.forward(first).shape))
    output = layer.forward(latest)
    np.testing.assert_array_equal(output, fresh.forward(latest))
    upstream = rng.normal(size=output.shape)
    np.testing.assert_array_equal(layer.backward(upstream), fresh.backward(upstream))
    assert_equal_bits(tensors(layer), tensors(fresh))


@given(seed=SEEDS, rows=ROWS)
def test_float32_stays_float32(make_layer, make_rule, seed, rows):
    rng, layer, rule = np.random.default_rng(seed), make_layer(np.float32), make_rule()
    for _ in range(2):
        output = layer.forward(rng.normal(size=(rows, 4)).astype(np.float32))
        gradient = layer.backward(rng.normal(size=output.shape).astype(np.float32))
        layer.update(rule)
        assert {array.dtype for array in (output, gradient, *tensors(layer).values())} == {np.dtype(np.float32)}


def test_integers_are_taken_as_float64(make_layer):
    X, layer, fresh = [[1, -2, 0, 3]], make_layer(), make_layer()
    output = layer.forward(X)
    np.testing.assert_array_equal(output, fresh.forward(np.array(X, float)), strict=True)
    ones = np.ones(output.shape, int)
    np.testing.assert_array_equal(layer.backward(ones), fresh.backward(ones.astype(float)), strict=True)


@given(seed=SEEDS)
def test_update_moves_parameters_in_place_against_the_gradient_and_nothing_else(make_layer, seed):
    rng, layer = np.random.default_rng(seed), make_layer()
    layer.backward(rng.normal(size=layer.forward(rng.normal(size=(3, 4))).shape))
    alias, before = tensors(layer), copies(tensors(layer))
    layer.update(0.25)
    for name, array in alias.items():
        assert tensors(layer)[name] is array
        if "d" in name:
            np.testing.assert_array_equal(array, before[name])
        else:
            gradient = before[name[:-1] + "d" + name[-1]]
            np.testing.assert_array_equal(array, before[name] - 0.25 * gradient)


def test_update_without_parameters_does_nothing_even_before_backward():
    layer = Tanh()
    layer.update(0.1)
    assert vars(layer) == {}


def test_update_uses_gradients_set_by_hand(rng):
    layer = Linear(2, 2, rng)
    layer.W, layer.b = np.zeros((2, 2)), np.zeros(2)
    layer.dW, layer.db = np.ones((2, 2)), np.full(2, 2.0)
    layer.update(0.5)
    assert (layer.W == -0.5).all()
    assert (layer.b == -1).all()


# --- Sequential -------------------------------------------------------------------------------------------------------


def chain(anp, X, W0, b0, W1, b1, W2, b2):
    """Linear, tanh, Linear, softplus, Linear, written again for autograd.numpy."""
    return anp.logaddexp(anp.tanh(X @ W0 + b0) @ W1 + b1, 0.0) @ W2 + b2


@pytest.mark.parametrize("rows", [5, 1])
@pytest.mark.parametrize("which", range(7))
def test_gradients_of_a_nested_sequence_agree_with_the_oracle(oracle, which, rows, rng):
    linears = [Linear(3, 4, rng), Linear(4, 2, rng), Linear(2, 5, rng)]
    network = Sequential(linears[0], Tanh(), Sequential(linears[1], Softplus()), linears[2])
    for layer in linears:
        layer.b += rng.normal(size=layer.b.shape)
    X, upstream = rng.normal(size=(rows, 3)), rng.normal(size=(rows, 5))
    network.forward(X)
    dX = network.backward(upstream)
    values = [X, *(array for layer in linears for array in (layer.W, layer.b))]
    gradients = [dX, *(array for layer in linears for array in (layer.dW, layer.db))]

    def forward(array):
        if which == 0:
            return network.forward(array)
        setattr(linears[(which - 1) // 2], "Wb"[(which - 1) % 2], array)
        return network.forward(X)

    def again(anp, array):
        return chain(anp, *(array if i == which else value for i, value in enumerate(values)))

    assert oracle.agrees(gradients[which], forward, upstream, values[which], again)


def test_parameter_gradients_are_those_of_backward(rng):
    inner = Sequential(Linear(4, 5, rng), Tanh())
    network = Sequential(inner, Linear(5, 2, rng))
    X, upstream = rng.normal(size=(3, 4)), rng.normal(size=(3, 2))
    network.forward(X)
    network.backward(upstream)
    expected = copies(tensors(network))
    for layer in (inner.layers[0], network.layers[1]):
        del layer.dW, layer.db
    assert network.parameter_gradients(upstream) is None
    assert_equal_bits(tensors(network), expected)


def test_parameter_gradients_pass_a_first_layer_without_parameters(rng):
    network = Sequential(ReLU(), Linear(3, 2, rng))
    network.forward(rng.normal(size=(4, 3)))
    network.parameter_gradients(np.ones((4, 2)))
    np.testing.assert_array_equal(network.layers[1].db, [4, 4])


def test_sequential_keeps_its_layers_in_a_tuple_and_is_a_layer(rng):
    layers = Linear(3, 2, rng), ReLU()
    network = Sequential(*layers)
    assert network.layers == layers
    assert isinstance(network, Layer)


def test_an_empty_sequence_is_the_identity(rng):
    network, X = Sequential(), rng.normal(size=(2, 3))
    np.testing.assert_array_equal(network.forward(X), X)
    np.testing.assert_array_equal(network.backward(X), X)
    network.parameter_gradients(X)
    network.update(0.1)
    assert network.layers == ()


@pytest.mark.parametrize("first", ["student", "ours"])
def test_students_layers_work_inside_sequential(student, first, rng, close):
    """Their updates take a number; the result is that of our own layers with the same weights."""
    ours = Sequential(Linear(3, 4, rng), Tanh(), Linear(4, 2, rng))
    theirs = [student.Linear(3, 4, rng), student.Tanh(), Linear(4, 2, rng)]
    if first == "ours":
        theirs = [Linear(3, 4, rng), student.Tanh(), student.Linear(4, 2, rng)]
    theirs = Sequential(*theirs)
    for position in (0, 2):
        theirs.layers[position].W[...] = ours.layers[position].W
    for _ in range(3):
        X, upstream = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
        for network in (ours, theirs):
            network.forward(X)
            network.parameter_gradients(upstream)
            network.update(0.1)
    for name, array in tensors(ours).items():
        assert close(tensors(theirs)[name], array)


# --- errors -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("X", "given_shape"),
    [
        (np.zeros((2, 5)), "(2, 5)"),
        (np.zeros(4), "(4,)"),
        (np.zeros((2, 4, 1)), "(2, 4, 1)"),
        (np.zeros((0, 4)), "(0, 4)"),
        (3.0, "()"),
    ],
)
def test_linear_refuses_a_wrong_input_shape(raises_naming, X, given_shape, rng):
    with raises_naming(ValueError, "Linear(4, 3): X", "(N, 4)", given_shape):
        Linear(4, 3, rng).forward(X)


def test_a_single_row_of_the_right_width_is_told_how_to_become_a_batch(raises_naming, rng):
    with raises_naming(ValueError, "Linear(4, 3)", "X[None, :]"):
        Linear(4, 3, rng).forward(np.zeros(4))


def test_every_layer_refuses_an_upstream_of_another_shape(raises_naming, make_layer, rng):
    layer = make_layer()
    output = layer.forward(rng.normal(size=(2, 4)))
    for wrong in [(3, output.shape[1]), (2, output.shape[1] + 1), (output.shape[1],), (1, output.shape[1])]:
        # The last layer of a sequence is the one that sees the upstream, and it names itself.
        with raises_naming(ValueError, "): upstream must have shape", str(output.shape), str(wrong)):
            layer.backward(np.zeros(wrong))


def test_every_layer_refuses_backward_before_forward(raises_naming, make_layer):
    layer = make_layer()
    with raises_naming(RuntimeError, "): forward must run before backward"):
        layer.backward(np.zeros((1, 3)))


def test_linear_names_itself_when_backward_comes_before_forward(raises_naming, rng):
    for method in (Linear.backward, Linear.parameter_gradients):
        with raises_naming(RuntimeError, "Linear(4, 3): forward must run before backward."):
            method(Linear(4, 3, rng), np.zeros((1, 3)))


def test_update_before_backward_is_refused(raises_naming, rng):
    layer = Linear(4, 3, rng)
    layer.forward(np.zeros((1, 4)))
    with raises_naming(RuntimeError, "Linear(4, 3): backward must run before update."):
        Sequential(layer).update(0.1)


def test_every_layer_refuses_strings(raises_naming, make_layer):
    with raises_naming(TypeError, "): ", "must hold numbers", "<U1"):
        make_layer().forward(np.array([["a", "b", "c", "d"]]))


@pytest.mark.parametrize("rng", [None, 0, np.random.RandomState(0), np.random, np.zeros((2, 2))])
def test_linear_refuses_an_rng_that_is_no_generator(raises_naming, rng):
    with raises_naming(TypeError, "Linear: rng must be a numpy.random.Generator", "default_rng"):
        Linear(4, 3, rng)


@pytest.mark.parametrize("rule", ["fast", None, True, [0.1], Adam, np.ones((2, 2))])
def test_update_refuses_what_is_neither_number_nor_optimiser(raises_naming, rule, rng):
    layer = Linear(4, 3, rng)
    layer.forward(np.zeros((1, 4)))
    layer.backward(np.zeros((1, 3)))
    with raises_naming(TypeError, "update takes a learning rate or an optimiser"):
        layer.update(rule)


@pytest.mark.parametrize("sizes", [(0, 3), (4, -1), (4, float("nan")), (float("inf"), 3)])
def test_linear_refuses_sizes_that_are_not_positive(raises_naming, sizes, rng):
    with raises_naming(ValueError, "Linear: ", "_features must be a positive"):
        Linear(*sizes, rng)


@pytest.mark.parametrize("sizes", [("4", 3), (4, None), (2.5, 3), (4, 3.0)])
def test_linear_names_itself_when_a_size_is_no_whole_number(raises_naming, sizes, rng):
    with raises_naming((TypeError, ValueError), "Linear: "):
        Linear(*sizes, rng)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (Linear, "is a class: write its brackets too"),
        (np.tanh, "has no forward, backward, update"),
        (np.zeros((2, 2)), "has no forward, backward, update"),
        (type("Half", (), {"forward": print, "update": print})(), "has no backward"),
    ],
)
def test_sequential_refuses_what_is_no_layer_and_says_where(raises_naming, wrong, hint):
    with raises_naming(TypeError, "Sequential: layer 1", hint):
        Sequential(ReLU(), wrong)


@pytest.mark.parametrize("wrap", [lambda layer: layer, Sequential, lambda layer: Sequential(ReLU(), Sequential(layer))])
@pytest.mark.parametrize("make", [lambda rng: Linear(3, 3, rng), lambda rng: Tanh()], ids=["Linear", "Tanh"])
def test_one_object_in_two_places_is_refused_however_deep(raises_naming, make, wrap, rng):
    layer = make(rng)
    with raises_naming(ValueError, "Sequential: one object", "stands in layer 0 and again in layer 2", "make two"):
        Sequential(layer, ReLU(), wrap(layer))
    assert len(Sequential(make(rng), ReLU(), wrap(make(rng))).layers) == 3


def test_a_layer_that_calls_its_parts_by_two_names_is_no_second_place(rng):
    class Block(Layer):
        def __init__(self):
            self.first = Linear(2, 2, rng)
            self.layers = [self.first, ReLU()]

    assert len(Sequential(Block(), Block()).layers) == 2


class Gain(Layer):
    """gain · X, with one number for all."""

    parameters = ("gain",)

    def __init__(self, gain):
        self.gain = gain

    def forward(self, X):
        self._X = X
        return self.gain * X

    def backward(self, upstream):
        self.dgain = np.sum(upstream * self._X)
        return self.gain * upstream


@pytest.mark.parametrize("rule", [0.1, Momentum(0.1), Adam()], ids=repr)
def test_a_parameter_that_a_step_cannot_move_is_refused_by_name(raises_naming, rule, rng):
    layer = Linear(2, 2, rng)
    layer.W = np.array([[1, 2], [3, 4]])
    layer.forward(np.ones((1, 2)))
    layer.backward(np.ones((1, 2)))
    with raises_naming(TypeError, "Linear(2, 2): W must be an array of floats, but is int64"):
        layer.update(rule)
    for gain, kind in ((0.5, "float"), (np.float64(0.5), "float64"), ([0.5], "list")):
        layer = Gain(gain)
        layer.dgain = np.array(1.0)
        with raises_naming(TypeError, "Gain(): gain must be an array of floats", kind):
            layer.update(rule)


def test_a_single_number_in_an_array_is_moved_in_place():
    layer = Gain(np.array(0.5))
    alias = layer.gain
    layer.forward(np.ones((2, 3)))
    layer.backward(np.ones((2, 3)))
    layer.update(0.1)
    assert layer.gain is alias
    assert alias == pytest.approx(-0.1)
    for rule in (Momentum(0.1), Adam(0.1)):
        layer.dgain = 2.0  # a float of Python's
        layer.update(rule)
    assert layer.gain is alias
    assert alias < -0.1
    layer.dgain = np.float64(2.0)
    assert clip_gradients(layer, 0.5) == 2.0
    assert layer.dgain == 0.5


def test_a_layer_that_is_reached_twice_is_clipped_once(rng):
    class Block(Layer):
        def __init__(self):
            self.first = Linear(2, 2, rng)
            self.layers = [self.first]

    block = Block()
    block.first.dW, block.first.db = np.full((2, 2), 3.0), np.zeros(2)
    assert clip_gradients(block, 3.0) == 6.0
    np.testing.assert_allclose(block.first.dW, 1.5)


def test_a_gradient_of_another_shape_is_refused_by_name(raises_naming, rng):
    layer = Linear(2, 3, rng)
    layer.dW, layer.db = np.ones((2, 3)), np.float64(1.0)
    with raises_naming(ValueError, "Linear(2, 3): db must have the shape of b", "()", "(3,)"):
        layer.update(0.1)


@pytest.mark.parametrize("dtype", [int, bool, np.int32, complex])
def test_linear_refuses_a_dtype_that_is_not_of_floats(raises_naming, dtype, rng):
    with raises_naming(TypeError, "Linear: dtype must be one of floats", str(np.dtype(dtype))):
        Linear(2, 2, rng, dtype=dtype)


def test_parameter_gradients_of_any_layer_are_those_of_its_backward():
    layer = Gain(np.array(0.5))
    layer.forward(np.ones((2, 3)))
    layer.parameter_gradients(np.ones((2, 3)))
    assert layer.dgain == 6


@pytest.mark.parametrize("method", ["forward", "backward"])
def test_a_layer_that_lacks_a_method_says_which(raises_naming, method):
    class Unfinished(Layer):
        pass

    with raises_naming(NotImplementedError, f"Unfinished does not define {method}."):
        getattr(Unfinished(), method)(np.zeros((1, 1)))


def test_reprs_read_as_constructor_calls(rng):
    assert repr(Sequential(Linear(4, 3, rng), ReLU(), Sequential())) == "Sequential(Linear(4, 3), ReLU(), Sequential())"
