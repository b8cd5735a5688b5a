"""Activation functions: applied to each number alone, except Softmax, which works on whole rows.

`backward(upstream)` returns upstream ⊙ f′(z) for the elementwise ones. It is written in terms of the output where that
is cheaper, since the output is at hand.
"""

import numpy as np

from mlpkit.arrays import as_floats, require_matrix, require_shape
from mlpkit.checks import recall, require_positive
from mlpkit.layers import Layer


class Activation(Layer):
    """An elementwise function: subclasses say how to compute it and its derivative."""

    by_output = True
    """Whether the derivative looks at the output: then a copy is kept, for what is returned may be written into."""

    def forward(self, z: np.ndarray) -> np.ndarray:
        """Return f(z), in the shape of `z`."""
        self._z = as_floats(self, "z", z)
        output = self.function(self._z)
        self._output = output.copy() if self.by_output else output
        return output

    def backward(self, upstream: np.ndarray) -> np.ndarray:
        """Return upstream ⊙ f′(z), the chain rule for one number at a time."""
        z = recall(self, "_z")
        upstream = as_floats(self, "upstream", upstream)
        require_shape(self, "upstream", upstream, z.shape)
        return upstream * self.derivative(z, self._output)

    def function(self, z: np.ndarray) -> np.ndarray:
        """Return f(z)."""
        raise NotImplementedError(f"{type(self).__name__} does not define function.")

    def derivative(self, z: np.ndarray, output: np.ndarray) -> np.ndarray:
        """Return f′(z), given both z and f(z)."""
        raise NotImplementedError(f"{type(self).__name__} does not define derivative.")


def sigmoid(z: np.ndarray) -> np.ndarray:
    """σ(z) = 1 / (1 + e⁻ᶻ). Nothing is subtracted, so that small probabilities keep their digits: relative error < 4 ε.

    Where e⁻ᶻ overflows to ∞, the quotient is 0: the right answer, rounded. So there is nothing to warn of.
    """
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


class Sigmoid(Activation):
    """σ(z) = 1 / (1 + e⁻ᶻ), range (0, 1). In terms of its output s, σ′ = s (1 − s), at most ¼."""

    def function(self, z: np.ndarray) -> np.ndarray:
        """Return σ(z)."""
        return sigmoid(z)

    def derivative(self, z: np.ndarray, output: np.ndarray) -> np.ndarray:
        """Return s (1 − s)."""
        return output * (1 - output)


Logistic = Sigmoid
"""The same function. Statisticians say logistic; "sigmoid" means any S-shaped curve, but here always this one."""


class Tanh(Activation):
    """tanh z = 2σ(2z) − 1, range (−1, 1). In terms of its output t, tanh′ = 1 − t²."""

    def function(self, z: np.ndarray) -> np.ndarray:
        """Return tanh z."""
        return np.tanh(z)

    def derivative(self, z: np.ndarray, output: np.ndarray) -> np.ndarray:
        """Return 1 − t²."""
        return 1 - output**2


class ReLU(Activation):
    """max(0, z), with derivative 1 for z > 0 and 0 otherwise; at 0, where there is none, we take 0."""

    by_output = False

    def function(self, z: np.ndarray) -> np.ndarray:
        """Return max(0, z)."""
        return np.maximum(z, 0)

    def derivative(self, z: np.ndarray, output: np.ndarray) -> np.ndarray:
        """Return 1 where z > 0, else 0 (as booleans, which multiply without making a float array)."""
        return z > 0


class LeakyReLU(Activation):
    """z for z > 0, `slope`·z otherwise (Maas et al. 2013): a unit that is off still passes some gradient."""

    by_output = False

    def __init__(self, slope: float = 0.01):
        require_positive("LeakyReLU", slope=slope)
        self.slope = float(slope)

    def function(self, z: np.ndarray) -> np.ndarray:
        """Return z or slope·z."""
        return np.where(z > 0, z, self.slope * z)

    def derivative(self, z: np.ndarray, output: np.ndarray) -> np.ndarray:
        """Return 1 where z > 0, else the slope, in the dtype of z."""
        return np.where(z > 0, z.dtype.type(1), z.dtype.type(self.slope))

    def __repr__(self) -> str:
        return f"LeakyReLU(slope={self.slope})"


def softplus(z: np.ndarray) -> np.ndarray:
    """log(1 + eᶻ) as max(z, 0) + log(1 + e^(−|z|)): the exponent is not positive, so it cannot overflow."""
    return np.maximum(z, 0) + np.log1p(np.exp(np.minimum(z, -z)))


class Softplus(Activation):
    """log(1 + eᶻ), a smooth ReLU with range (0, ∞). Its derivative is σ(z)."""

    by_output = False

    def function(self, z: np.ndarray) -> np.ndarray:
        """Return log(1 + eᶻ)."""
        return softplus(z)

    def derivative(self, z: np.ndarray, output: np.ndarray) -> np.ndarray:
        """Return σ(z)."""
        return sigmoid(z)


class Softmax(Layer):
    """s_i = e^(z_i) / Σ_j e^(z_j) for each row of `z`, shape (N, C): positive, and each row sums to 1."""

    def forward(self, z: np.ndarray) -> np.ndarray:
        """Return the softmax of each row. Taking the row's maximum off first changes nothing and cannot overflow."""
        z = as_floats(self, "z", z)
        require_matrix(self, "z", z)
        exponentials = np.exp(z - z.max(axis=1, keepdims=True))
        self._s = exponentials / exponentials.sum(axis=1, keepdims=True)
        return self._s.copy()

    def backward(self, upstream: np.ndarray) -> np.ndarray:
        """Return s ⊙ (u − ⟨u, s⟩) row by row, which is Jᵀu for the Jacobian J_ij = s_i (δ_ij − s_j), never formed."""
        s = recall(self, "_s")
        upstream = as_floats(self, "upstream", upstream)
        require_shape(self, "upstream", upstream, s.shape)
        return s * (upstream - (upstream * s).sum(axis=1, keepdims=True))
