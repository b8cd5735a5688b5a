"""Initial weights that keep the scale of activations and gradients steady from layer to layer.

Each function returns a float64 array of shape (fan_in, fan_out), the shape of `Linear.W`.
"""

import numpy as np

from mlpkit.checks import require_count, require_generator


def xavier_normal(fan_in: int, fan_out: int, rng: np.random.Generator) -> np.ndarray:
    """Normal weights with variance 2 / (fan_in + fan_out): Glorot and Bengio (2010), equation 12."""
    _check("xavier_normal", fan_in, fan_out, rng)
    return rng.normal(0.0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))


def xavier_uniform(fan_in: int, fan_out: int, rng: np.random.Generator) -> np.ndarray:
    """Uniform weights on [−a, a] with a = √(6 / (fan_in + fan_out)): Glorot and Bengio (2010), equation 16.

    A uniform variable on [−a, a] has variance a²/3, so a = √3 σ gives the variance of `xavier_normal`.
    """
    _check("xavier_uniform", fan_in, fan_out, rng)
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))


def he_normal(fan_in: int, fan_out: int, rng: np.random.Generator) -> np.ndarray:
    """Normal weights with variance 2 / fan_in, for ReLU: He et al. (2015), equation 10."""
    _check("he_normal", fan_in, fan_out, rng)
    return rng.normal(0.0, np.sqrt(2 / fan_in), (fan_in, fan_out))


def he_uniform(fan_in: int, fan_out: int, rng: np.random.Generator) -> np.ndarray:
    """Uniform weights on [−a, a] with a = √(6 / fan_in), which have the variance of `he_normal`."""
    _check("he_uniform", fan_in, fan_out, rng)
    limit = np.sqrt(6 / fan_in)
    return rng.uniform(-limit, limit, (fan_in, fan_out))


def _check(owner: str, fan_in: int, fan_out: int, rng: np.random.Generator) -> None:
    require_count(owner, fan_in=fan_in, fan_out=fan_out)
    require_generator(owner, rng)
