"""What the challenges of 09_digits look at beside the student's code: what each layer of a network makes of some rows."""

from typing import Any

import numpy as np


def trace(network: Any, X: Any) -> dict:
    """Send `X` through the layers of a network, nested ones too, and return what each made of it.

    A layer without W is also asked for its input with the numbers in other rows and columns: a function of each number
    alone does not mind. "home" is where the method `forward` was written.
    """
    layers, steps = list(network.layers), []
    while layers:
        layer = layers.pop(0)
        if hasattr(layer, "layers"):
            layers[:0] = layer.layers
            continue
        W, b, given = getattr(layer, "W", None), getattr(layer, "b", None), np.array(X)
        X = layer.forward(X)
        mixed = layer.forward(mix(given)) if W is None else None
        steps.append({"home": home(layer), "W": W, "b": b, "output": np.array(X), "mixed": mixed})
    return {"home": home(network), "layers": steps}


def mix(matrix: np.ndarray) -> np.ndarray:
    """Return the numbers of a matrix in another order, across rows and columns."""
    return matrix.ravel()[::-1].reshape(matrix.shape[::-1]).T.copy()


def home(layer: Any) -> str:
    written = [kind for kind in type(layer).__mro__ if "forward" in vars(kind)]
    return f"{written[0].__module__}.{written[0].__qualname__}" if written else ""
