"""What an optimiser remembers of a parameter: kept in the layer, so that it goes wherever the network goes."""

from typing import Any
from uuid import uuid4

import numpy as np

PLACE = "_remembered"
"""The attribute of a layer that holds, for each optimiser that has stepped it, what is remembered of each parameter."""


class Remembering:
    """An optimiser with state. `key` tells it apart from others; a copy has the same key and takes up where it was."""

    def __init__(self) -> None:
        self.key = uuid4().hex
        self._elsewhere: dict[object, dict] = {}

    def notes(self, layer: object) -> dict[str, dict[str, Any]]:
        """Return what is remembered of a layer, by the parameter's name. What has no attributes is kept track of here."""
        holder = vars(layer) if hasattr(layer, "__dict__") else self._elsewhere.setdefault(layer, {})
        return holder.setdefault(PLACE, {}).setdefault(self.key, {})

    def memory(self, layer: object, name: str, gradient: np.ndarray, *arrays: str) -> dict[str, Any]:
        """Return what is remembered of a parameter: at first zeros like the gradient for each name, and t = 0.

        Raises ValueError if the parameter has been resized or replaced since the last step.
        """
        kept, parameter = self.notes(layer), getattr(layer, name, None)
        if name not in kept:
            dtype = np.promote_types(gradient.dtype, np.float32)
            kept[name] = {array: np.zeros(gradient.shape, dtype) for array in arrays} | {"t": 0, "of": parameter}
        before = kept[name]["of"]
        if before is not parameter and not _same_memory(before, parameter):
            raise ValueError(
                f"{self}: {name} of {layer} is another array than at the last step, so what was remembered is not about it."
                f" Write into it, {name}[...] = …, or take a new optimiser."
            )
        if kept[name][arrays[0]].shape != np.shape(gradient):
            shapes = f"{kept[name][arrays[0]].shape} to {np.shape(gradient)}"
            raise ValueError(
                f"{self}: {name} of {layer} was resized from {shapes} since the last step; take a new optimiser."
            )
        return kept[name]


def _same_memory(before: object, now: object) -> bool:
    if not (isinstance(before, np.ndarray) and isinstance(now, np.ndarray)):
        return False
    return before.shape == now.shape and np.may_share_memory(before, now)
