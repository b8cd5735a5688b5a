"""What a layer holds: the layers within it, its parameters by name, and the other arrays it keeps."""

from collections.abc import Iterator
from types import ModuleType

import numpy as np

from mlpkit.checks import brief


def layers_within(layer: object, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yield (where it is, layer) for a layer and for all within it, once for each place in which one stands.

    Those of `layers` are called by their number; others may be held by any attribute, or by a list or dictionary of one.
    A layer within itself is not entered again.
    """
    yield from _enter(layer, prefix, ())


def named_parameters(layer: object, prefix: str = "") -> Iterator[tuple[str, object, str]]:
    """Yield (label of the gradient, layer, parameter name) for a layer and those within it, each once.

    A layer that does not list its `parameters`, as a student's may not, has those of `W` and `b` that are there.
    """
    seen: set[int] = set()
    for place, inner in layers_within(layer, prefix):
        if id(inner) not in seen:
            seen.add(id(inner))
            yield from ((f"{place}d{name}", inner, name) for name in _names(inner))


def arrays_within(thing: object, path: str = "") -> Iterator[tuple[str, np.ndarray]]:
    """Yield (path, array) for the arrays that a layer holds by itself: in attributes, lists, dictionaries and objects."""
    yield from _arrays(thing, path, ())


def require_layers(owner: str, layers: tuple) -> None:
    """Raise TypeError for what is no layer, and ValueError for one object that stands in two places, however deep."""
    first_places: dict[int, int] = {}
    for position, layer in enumerate(layers):
        missing = [name for name in ("forward", "backward", "update") if not callable(getattr(layer, name, None))]
        if missing or isinstance(layer, type):
            hint = "is a class: write its brackets too" if isinstance(layer, type) else f"has no {', '.join(missing)}"
            raise TypeError(f"{owner}: layer {position}, {brief(layer)}, {hint}.")
        for place, inner in layers_within(layer, f"layer {position} "):
            first = first_places.setdefault(id(inner), position)
            if first != position:
                where = f"in layer {first} and again in {place.strip()}"
                raise ValueError(f"{owner}: one object, {brief(inner)}, stands {where}; make two of them.")


def is_layer(thing: object) -> bool:
    """Tell whether a thing can go forward and backward."""
    return not isinstance(thing, type) and all(callable(getattr(thing, name, None)) for name in ("forward", "backward"))


def _arrays(thing: object, path: str, around: tuple[int, ...]) -> Iterator[tuple[str, np.ndarray]]:
    if isinstance(thing, np.ndarray):
        yield path, thing
    elif id(thing) not in around and not (path and is_layer(thing)):
        for key, value in _items(thing):
            yield from _arrays(value, f"{path} {key}".strip(), (*around, id(thing)))


def _enter(thing: object, place: str, around: tuple[int, ...]) -> Iterator[tuple[str, object]]:
    if id(thing) in around:
        return
    if is_layer(thing):
        yield place, thing
    for key, value in _items(thing):
        step = "layer" if key == "layers" and is_layer(thing) else str(key)
        yield from _enter(value, f"{place}{step} ", (*around, id(thing)))


def _items(thing: object) -> Iterator[tuple[object, object]]:
    if isinstance(thing, dict):
        yield from thing.items()
    elif isinstance(thing, list | tuple):
        yield from enumerate(thing)
    elif not (isinstance(thing, type | ModuleType) or callable(thing)):
        yield from getattr(thing, "__dict__", {}).items()


def _names(layer: object) -> list[str]:
    listed = getattr(layer, "parameters", None)
    if listed and isinstance(listed, list | tuple) and all(isinstance(name, str) for name in listed):
        return list(listed)
    return [name for name in ("W", "b") if hasattr(layer, name)]
