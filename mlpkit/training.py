"""The training loop: shuffle, forward, loss, backward, update; and a history of how it went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from mlpkit.checks import require_count, require_generator, require_shape
from mlpkit.layers import Layer, Sequential
from mlpkit.losses import Loss
from mlpkit.optimisers import Rule


@dataclass
class History:
    """What `train` saw, one number an epoch. `held_out_loss` stays empty unless rows were held out."""

    loss: list[float] = field(default_factory=list)
    held_out_loss: list[float] = field(default_factory=list)


def minibatches(
    X: np.ndarray, y: np.ndarray, batch_size: int, rng: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield the rows of one epoch in batches: each row once, X and y shuffled alike, the last batch perhaps smaller."""
    require_count("minibatches", batch_size=batch_size)
    require_generator("minibatches", rng)
    if len(X) != len(y) or len(X) == 0:
        raise ValueError(
            f"minibatches: X and y must have equally many rows, at least 1, but have {len(X)} and {len(y)}."
        )
    order = rng.permutation(len(X))
    X, y = X[order], y[order]
    for start in range(0, len(X), batch_size):
        yield X[start : start + batch_size], y[start : start + batch_size]


def train(
    network: Sequential,
    loss: Loss,
    X: np.ndarray,
    y: np.ndarray,
    *,
    epochs: int,
    batch_size: int,
    rule: Rule,
    rng: np.random.Generator,
    held_out: tuple[np.ndarray, np.ndarray] | None = None,
    progress: bool = False,
) -> History:
    """Train `network` in place and return the mean training loss of each epoch, over rows, as met while training.

    `rule` is a learning rate or an optimiser. With `held_out=(X, y)` the loss on those rows is measured after each epoch;
    `progress=True` shows a bar (needs tqdm).
    """
    require_count("train", epochs=epochs)
    history = History()
    for _ in _epochs(epochs, progress):
        total = 0.0
        for X_batch, y_batch in minibatches(X, y, batch_size, rng):
            total += step(network, loss, X_batch, y_batch, rule) * len(X_batch)
        history.loss.append(total / len(X))
        if held_out is not None:
            history.held_out_loss.append(loss.forward(network.forward(held_out[0]), held_out[1]))
    return history


def step(network: Sequential, loss: Loss, X: np.ndarray, y: np.ndarray, rule: Rule) -> float:
    """Take one step of training on the batch and return the loss before it."""
    value = loss.forward(network.forward(X), y)
    network.parameter_gradients(loss.backward())
    network.update(rule)
    return value


def accuracy(network: Layer, X: np.ndarray, labels: np.ndarray) -> float:
    """Return the share of rows whose largest logit is at the label."""
    predicted = network.forward(X).argmax(axis=1)
    require_shape("accuracy", "labels", np.asarray(labels), predicted.shape)
    return float(np.mean(predicted == np.asarray(labels)))


def _epochs(epochs: int, progress: bool):
    if not progress:
        return range(epochs)
    from tqdm.auto import trange

    return trange(epochs, desc="training", unit="epoch")
