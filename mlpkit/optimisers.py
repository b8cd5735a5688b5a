"""Rules that turn a gradient into a step. The layer adds the step to its parameter, in place.

What a rule remembers of a parameter it leaves with the layer (see `memory`), so that it goes wherever the network goes:
into a copy, a pickle or a file. Hyperparameters pass through `float`: a NumPy float64 scalar would turn float32 arrays
into float64 ones (NEP 50).
"""

from typing import Protocol

import numpy as np

from mlpkit.checks import brief, require_positive
from mlpkit.memory import Remembering


class Optimiser(Protocol):
    """Anything with this `step` can be given to `update`."""

    def step(self, layer: object, name: str, gradient: np.ndarray) -> np.ndarray:
        """Return what to add to the parameter `name` of `layer`."""


Rule = float | Optimiser


class SGD:
    """Plain gradient descent: Δθ = −η g, with learning rate η."""

    def __init__(self, learning_rate: float):
        require_positive("SGD", learning_rate=learning_rate)
        self.learning_rate = float(learning_rate)

    def step(self, layer: object, name: str, gradient: np.ndarray) -> np.ndarray:
        """Return −η g."""
        return -self.learning_rate * gradient

    def __repr__(self) -> str:
        return f"SGD(learning_rate={self.learning_rate})"


class Momentum(Remembering):
    """Gradient descent with a velocity: v ← μ v − η g, Δθ = v (Polyak 1964, in the form of Sutskever et al. 2013, eq. 1–2)."""

    def __init__(self, learning_rate: float, momentum: float = 0.9):
        require_positive("Momentum", learning_rate=learning_rate)
        _require_decay("Momentum", momentum=momentum)
        super().__init__()
        self.learning_rate, self.momentum = float(learning_rate), float(momentum)

    def step(self, layer: object, name: str, gradient: np.ndarray) -> np.ndarray:
        """Return the new velocity of this parameter."""
        kept = self.memory(layer, name, gradient, "velocity")
        kept["velocity"] = self.momentum * kept["velocity"] - self.learning_rate * gradient
        return kept["velocity"].astype(gradient.dtype)

    def __repr__(self) -> str:
        return f"Momentum(learning_rate={self.learning_rate}, momentum={self.momentum})"


class Adam(Remembering):
    """Adam (Kingma and Ba 2015, algorithm 1): steps scaled by running means of the gradient and of its square::

        m ← β₁ m + (1 − β₁) g        v ← β₂ v + (1 − β₂) g²
        Δθ = −η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)       with t = 1 at the first step

    The corrections stay beside m and v, as printed there. Folding them into η moves ε under another scale and drifts.
    Float16 is too narrow for g² and ε: there m and v are kept in float32.
    """

    def __init__(self, learning_rate: float = 1e-3, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8):
        require_positive("Adam", learning_rate=learning_rate, epsilon=epsilon)
        _require_decay("Adam", beta1=beta1, beta2=beta2)
        super().__init__()
        self.learning_rate, self.epsilon = float(learning_rate), float(epsilon)
        self.beta1, self.beta2 = float(beta1), float(beta2)

    def step(self, layer: object, name: str, gradient: np.ndarray) -> np.ndarray:
        """Return the step of this parameter and advance its moments m, v and its count t."""
        kept = self.memory(layer, name, gradient, "m", "v")
        g = gradient.astype(kept["m"].dtype, copy=False)
        kept["m"] = m = self.beta1 * kept["m"] + (1 - self.beta1) * g
        kept["v"] = v = self.beta2 * kept["v"] + (1 - self.beta2) * g**2
        kept["t"] = t = kept["t"] + 1
        mean = m / (1 - self.beta1**t)
        spread = np.sqrt(v / (1 - self.beta2**t))
        return (-self.learning_rate * mean / (spread + self.epsilon)).astype(gradient.dtype, copy=False)

    def __repr__(self) -> str:
        numbers = f"{self.learning_rate}, beta1={self.beta1}, beta2={self.beta2}, epsilon={self.epsilon}"
        return f"Adam(learning_rate={numbers})"


def as_optimiser(rule: Rule) -> Optimiser:
    """Return `rule` if it can step, or `SGD(rule)` if it is a number. Raises TypeError for anything else."""
    if hasattr(rule, "step") and not isinstance(rule, type):
        return rule
    if isinstance(rule, (int, float, np.number)) and not isinstance(rule, bool):
        return SGD(float(rule))
    raise TypeError(f"update takes a learning rate or an optimiser such as Adam(1e-3), not {brief(rule)}.")


def _require_decay(owner: str, **numbers: float) -> None:
    for name, number in numbers.items():
        if not 0 <= number < 1:
            raise ValueError(f"{owner}: {name} must be at least 0 and below 1, but is {number!r}.")
