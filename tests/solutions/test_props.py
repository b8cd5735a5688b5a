"""What assignments keep in props.py for their challenges, tried by itself."""

import numpy as np

from tests_support import DECLARED

PROPS = DECLARED["09_digits"].props


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, X):
        return X @ self.W + self.b


class Doubling:
    def forward(self, X):
        X *= 2
        return X


class Chain:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, X):
        raise AssertionError("the layers are asked, not their sequence")


def test_a_trace_follows_the_rows_through_every_layer_nested_ones_too():
    X, W, b = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0], [10.0]]), np.array([100.0])
    trace = PROPS.trace(Chain(Chain(Doubling()), Affine(W, b)), X.copy())
    first, second = trace["layers"]
    assert trace["home"].endswith("test_props.Chain")
    assert first["home"].endswith("test_props.Doubling")
    assert (first["W"], first["b"]) == (None, None)
    assert np.array_equal(first["output"], 2 * X)
    assert np.array_equal(first["mixed"], 2 * PROPS.mix(X))
    assert np.array_equal(second["output"], 2 * X @ W + b)
    assert np.array_equal(second["W"], W)
    assert second["mixed"] is None


def test_a_trace_names_the_class_in_which_forward_was_written():
    class Inherited(Affine):
        pass

    trace = PROPS.trace(Chain(Inherited(np.eye(2), np.zeros(2))), np.eye(2))
    assert trace["layers"][0]["home"].endswith("test_props.Affine")
