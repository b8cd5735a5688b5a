"""Rules that turn a gradient into a step. The layer adds the step to its parameter, in place.

State is kept for each (layer, parameter name). Hyperparameters pass through `float`: a NumPy float64 scalar
would turn float32 arrays into float64 ones (NEP 50).
"""

from typing import Any, Protocol

import numpy as np

from mlpkit.checks import brief, require_positive


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


class Momentum:
    """Gradient descent with a velocity: v ← μ v − η g, Δθ = v (Polyak 1964, in the form of Sutskever et al. 2013, eq. 1–2)."""

    def __init__(self, learning_rate: float, momentum: float = 0.9):
        require_positive("Momentum", learning_rate=learning_rate)
        _require_decay("Momentum", momentum=momentum)
        self.learning_rate, self.momentum = float(learning_rate), float(momentum)
        self.velocity: dict[tuple[Any, str], np.ndarray] = {}

    def step(self, layer: object, name: str, gradient: np.ndarray) -> np.ndarray:
        """Return the new velocity of this parameter."""
        velocity = self.velocity.setdefault((layer, name), np.zeros_like(gradient))
        velocity *= self.momentum
        velocity -= self.learning_rate * gradient
        return velocity

    def __repr__(self) -> str:
        return f"Momentum(learning_rate={self.learning_rate}, momentum={self.momentum})"


class Adam:
    """Adam (Kingma and Ba 2015, algorithm 1): steps scaled by running means of the gradient and of its square::

        m ← β₁ m + (1 − β₁) g        v ← β₂ v + (1 − β₂) g²
        Δθ = −η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)       with t = 1 at the first step

    The corrections stay beside m and v, as printed there. Folding them into η moves ε under another scale and drifts.
    """

    def __init__(self, learning_rate: float = 1e-3, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8):
        require_positive("Adam", learning_rate=learning_rate, epsilon=epsilon)
        _require_decay("Adam", beta1=beta1, beta2=beta2)
        self.learning_rate, self.epsilon = float(learning_rate), float(epsilon)
        self.beta1, self.beta2 = float(beta1), float(beta2)
        self.state: dict[tuple[Any, str], tuple[np.ndarray, np.ndarray, int]] = {}

    def step(self, layer: object, name: str, gradient: np.ndarray) -> np.ndarray:
        """Return the step of this parameter and advance its moments m, v and its count t."""
        zeros = np.zeros_like(gradient)
        m, v, t = self.state.get((layer, name), (zeros, zeros, 0))
        m = self.beta1 * m + (1 - self.beta1) * gradient
        v = self.beta2 * v + (1 - self.beta2) * gradient**2
        t += 1
        self.state[layer, name] = m, v, t
        mean = m / (1 - self.beta1**t)
        spread = np.sqrt(v / (1 - self.beta2**t))
        return -self.learning_rate * mean / (spread + self.epsilon)

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
