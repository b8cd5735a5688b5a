"""How large activations and gradients are, layer by layer, and the remedy for gradients that explode."""

from __future__ import annotations

import numpy as np

from mlpkit.checks import recall, require_positive
from mlpkit.layers import Sequential
from mlpkit.losses import Loss
from mlpkit.walk import named_parameters


def activation_scales(network: Sequential, X: np.ndarray) -> list[float]:
    """Return the standard deviation of each layer's output over all its elements, first layer first."""
    scales = []
    for layer in network.layers:
        X = layer.forward(X)
        scales.append(float(np.std(X)))
    return scales


def gradient_norms(network: Sequential, loss: Loss, X: np.ndarray, y: np.ndarray) -> list[float]:
    """Return the Frobenius norm of `dW` of each layer that has one, first layer first."""
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    return [float(np.linalg.norm(layer.dW)) for layer in network.layers if hasattr(layer, "dW")]


def clip_gradients(network: Sequential, max_norm: float) -> float:
    """Scale all gradients together, in place, to a global norm of at most `max_norm`; return the norm before.

    Pascanu et al. (2013), algorithm 1: g ← g · max_norm / ‖g‖ when ‖g‖ > max_norm. The direction is kept.
    """
    require_positive("clip_gradients", max_norm=max_norm)
    named = [(layer, "d" + name) for _, layer, name in named_parameters(network)]
    gradients = [recall(layer, name) for layer, name in named]
    largest = max((float(np.abs(gradient).max()) for gradient in gradients), default=0.0) or 1.0
    # Divided by the largest entry first: the squares of gradients that explode would overflow.
    norm = largest * float(np.sqrt(sum(np.sum((gradient / largest) ** 2) for gradient in gradients)))
    if norm > max_norm:
        for (layer, name), gradient in zip(named, gradients, strict=True):
            if isinstance(gradient, np.ndarray):
                gradient *= max_norm / norm
            else:  # a single number cannot be changed in place
                setattr(layer, name, gradient * (max_norm / norm))
    return norm
