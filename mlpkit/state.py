"""Save a network's parameters, and what an optimiser remembers of them, and load them again.

The file is NumPy's own `.npz`: an array for each parameter, under the name that reports use, such as `layer 0 W`. It
holds no pickles, so that a stranger's file cannot run anything.
"""

import os
import zipfile
from collections.abc import Iterator

import numpy as np

from mlpkit.checks import brief
from mlpkit.memory import Remembering
from mlpkit.optimisers import Rule
from mlpkit.walk import named_parameters

RULE, OF = "optimiser", " of "
"""Entries of the file about an optimiser: its kind, and arrays such as `m of layer 0 W`."""


def save(network: object, path: str | os.PathLike, rule: Rule | None = None) -> None:
    """Write the parameters of `network` to the file `path`; with `rule`, also what that optimiser remembers of them."""
    stored = {name: getattr(layer, attribute) for name, layer, attribute in _parameters(network)}
    if not stored:
        raise ValueError(f"save: {brief(network)} has no parameters.")
    for name, value in stored.items():
        if not (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
            raise TypeError(f"save: {name} must be an array of floats, but is {brief(value)}.")
    if isinstance(rule, Remembering):
        stored[RULE] = np.array(type(rule).__name__)
        for name, layer, attribute in _parameters(network):
            kept = rule.notes(layer).get(attribute, {})
            stored |= {what + OF + name: value for what, value in kept.items() if what != "of"}
    with open(path, "wb") as file:
        np.savez(file, **stored)


def load(network: object, path: str | os.PathLike, rule: Rule | None = None) -> None:
    """Write what `save` stored into the parameters of `network`, in place; with `rule`, also into what it remembers.

    Either all of it fits, by name, shape and dtype, or nothing changes and ValueError names what does not.
    """
    stored = _read(path)
    kind = str(stored.pop(RULE, "none"))
    about_rule = {name: stored.pop(name) for name in list(stored) if OF in name}
    targets = {name: getattr(layer, attribute) for name, layer, attribute in _parameters(network)}
    for name in [*targets, *stored]:
        _require_fit(path, name, stored.get(name), targets.get(name))
    if rule is not None:
        wanted = type(rule).__name__ if isinstance(rule, Remembering) else "none"
        if kind != wanted:
            raise ValueError(f"load: {path} holds the state of {kind}, but the rule given is {rule!r}.")
        for what, value in about_rule.items():
            part, _, name = what.partition(OF)
            if name not in targets or (part != "t" and value.shape != targets[name].shape):
                raise ValueError(f"load: {what} in {path}, {brief(value)}, fits no parameter of the network.")
    for name, layer, attribute in _parameters(network):
        targets[name][...] = stored[name]
        if isinstance(rule, Remembering):
            kept = {what.partition(OF)[0]: value for what, value in about_rule.items() if what.partition(OF)[2] == name}
            if kept:
                rule.notes(layer)[attribute] = kept | {"t": int(kept["t"]), "of": targets[name]}


def _read(path: str | os.PathLike) -> dict[str, np.ndarray]:
    try:
        with np.load(path, allow_pickle=False) as file:
            return dict(file)
    except (ValueError, EOFError, KeyError, AttributeError, TypeError, zipfile.BadZipFile) as error:
        raise ValueError(f"load: {path} is no file that save has written ({error}).") from None


def _require_fit(path: object, name: str, given: np.ndarray | None, wanted: np.ndarray | None) -> None:
    if given is None or wanted is None:
        missing = f"{path} holds no {name}" if given is None else f"the network has no {name}, which {path} holds"
        raise ValueError(f"load: {missing}; was it saved from a network of another make?")
    if (given.shape, given.dtype) != (wanted.shape, wanted.dtype):
        difference = f"{given.dtype} {given.shape} in {path}, but {wanted.dtype} {wanted.shape} in the network"
        raise ValueError(f"load: {name} is {difference}; build the network as it was when saved.")


def _parameters(network: object) -> Iterator[tuple[str, object, str]]:
    for label, layer, attribute in named_parameters(network):
        yield label[: -len(attribute) - 1] + attribute, layer, attribute
