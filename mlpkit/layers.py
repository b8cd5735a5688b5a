"""Layers as objects: each knows its `forward`, its `backward` and its `update`.

Rows are examples. `upstream` is dL/d(output): it has the shape of the layer's output. What a layer returns is yours to
write into; what you hand in it may keep without a copy, so leave that as it is until `backward` has run.
"""

from collections.abc import Callable

import numpy as np

from mlpkit import initialisers
from mlpkit.arrays import as_floats, require_matrix, require_movable, require_shape
from mlpkit.checks import recall, require_count, require_generator
from mlpkit.optimisers import Rule, as_optimiser
from mlpkit.walk import require_layers


class Layer:
    """What every layer has. A layer without parameters inherits an `update` that does nothing."""

    parameters: tuple[str, ...] = ()
    """Names of the parameters. The gradient of the parameter `W` is the attribute `dW`."""

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Return the layer's output for the rows of `X`, and keep what `backward` will need."""
        raise NotImplementedError(f"{type(self).__name__} does not define forward.")

    def backward(self, upstream: np.ndarray) -> np.ndarray:
        """Store dL/d(parameter) for each parameter and return dL/d(input), for the latest `forward`."""
        raise NotImplementedError(f"{type(self).__name__} does not define backward.")

    def parameter_gradients(self, upstream: np.ndarray) -> None:
        """Store dL/d(parameter) alone. A layer for which that saves work defines it anew."""
        self.backward(upstream)

    def update(self, rule: Rule) -> None:
        """Move every parameter one step, in place. A number is the learning rate of plain gradient descent."""
        if not self.parameters:
            return
        optimiser = as_optimiser(rule)
        for name in self.parameters:
            parameter, gradient = getattr(self, name), recall(self, "d" + name)
            arrays = type(parameter) is type(gradient) is np.ndarray
            if not (arrays and parameter.dtype.kind == "f" and parameter.shape == gradient.shape):
                gradient = require_movable(self, name, parameter, gradient)
            parameter += optimiser.step(self, name, gradient)

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class Linear(Layer):
    """An affine map, Y = X W + b, with `W` of shape (D, M) and `b` of shape (M,).

    `W` starts as `initialiser(D, M, rng)`, by default as `he_normal` draws it, and `b` as zeros.
    Raises TypeError for an `rng` that is not a Generator and for a `dtype` that is not of floats.
    """

    parameters = ("W", "b")

    def __init__(
        self,
        in_features: int,
        out_features: int,
        rng: np.random.Generator,
        *,
        initialiser: Callable[..., np.ndarray] | None = None,
        dtype: type = np.float64,
    ):
        if np.dtype(dtype).kind != "f":
            raise TypeError(f"Linear: dtype must be one of floats, such as np.float32, but is {np.dtype(dtype)}.")
        require_count("Linear", in_features=in_features, out_features=out_features)
        require_generator("Linear", rng)
        draw = initialiser or initialisers.he_normal
        self.W: np.ndarray = draw(in_features, out_features, rng).astype(dtype)
        self.b: np.ndarray = np.zeros(out_features, dtype)

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Return X W + b, shape (N, M), for `X` of shape (N, D)."""
        X = as_floats(self, "X", X)
        require_matrix(self, "X", X, len(self.W))
        self._X = X
        return X @ self.W + self.b

    def backward(self, upstream: np.ndarray) -> np.ndarray:
        """Store `dW` and `db`, return dL/dX. With U for upstream, and
        Y_nm = Σ_d X_nd W_dm + b_m the only way from X, W and b to L::

            dL/dW_dm = Σ_n U_nm X_nd    that is  dW = Xᵀ U   (D, M)
            dL/db_m  = Σ_n U_nm         that is  db = Uᵀ 1   (M,)
            dL/dX_nd = Σ_m U_nm W_dm    that is  dX = U Wᵀ   (N, D)

        There is no 1/N: the loss has averaged over the batch already.
        """
        self.parameter_gradients(upstream)
        return np.asarray(upstream) @ self.W.T

    def parameter_gradients(self, upstream: np.ndarray) -> None:
        """Store `dW` and `db` alone: enough for a first layer, since nobody
        asks for the gradient of the data. `train` calls it."""
        X = recall(self, "_X")
        upstream = as_floats(self, "upstream", upstream)
        require_shape(self, "upstream", upstream, (len(X), len(self.b)))
        self.dW = X.T @ upstream
        self.db = upstream.sum(axis=0)

    def __repr__(self) -> str:
        return f"Linear({self.W.shape[0]}, {self.W.shape[1]})"


class Sequential(Layer):
    """The composition of its layers, first layer first. It is a layer itself, so sequences nest.

    Raises ValueError if one layer stands in two places: its second `forward` would overwrite what the first has kept.
    """

    def __init__(self, *layers: Layer):
        require_layers("Sequential", layers)
        self.layers = layers

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Return the last layer's output for the rows of `X`."""
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, upstream: np.ndarray) -> np.ndarray:
        """Run `backward` from the last layer to the first; return dL/d(input)."""
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return upstream

    def parameter_gradients(self, upstream: np.ndarray) -> None:
        """Store every layer's gradients without forming dL/d(input), which costs a matrix product."""
        for layer in reversed(self.layers[1:]):
            upstream = layer.backward(upstream)
        for first in self.layers[:1]:
            getattr(first, "parameter_gradients", first.backward)(upstream)

    def update(self, rule: Rule) -> None:
        """Update every layer, with state kept apart by the optimiser for each."""
        for layer in self.layers:
            layer.update(rule)

    def __repr__(self) -> str:
        return f"Sequential({', '.join(map(repr, self.layers))})"
