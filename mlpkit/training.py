"""The training loop: shuffle, forward, loss, backward, update; and a history of how it went."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from mlpkit.arrays import as_array, as_pair
from mlpkit.checks import require_count, require_generator
from mlpkit.layers import Layer
from mlpkit.losses import Loss
from mlpkit.optimisers import Rule


@dataclass
class History:
    """What `train` saw, one number an epoch. `held_out_loss` stays empty unless rows were held out.

    `stopped` is empty, or says where and why training ended early.
    """

    loss: list[float] = field(default_factory=list)
    held_out_loss: list[float] = field(default_factory=list)
    stopped: str = ""


def minibatches(
    X: np.ndarray, y: np.ndarray, batch_size: int, rng: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield the rows of one epoch in batches: each row once, X and y shuffled alike, the last batch perhaps smaller."""
    require_count("minibatches", batch_size=batch_size)
    require_generator("minibatches", rng)
    X, y = as_pair("minibatches", X, y)
    order = rng.permutation(len(X))
    X, y = X[order], y[order]
    for start in range(0, len(X), batch_size):
        yield X[start : start + batch_size], y[start : start + batch_size]


def train(
    network: Layer,
    loss: Loss,
    X: np.ndarray,
    y: np.ndarray,
    *,
    epochs: int,
    batch_size: int,
    rule: Rule,
    rng: np.random.Generator,
    held_out: tuple[np.ndarray, np.ndarray] | None = None,
    before_update: Callable[[Layer], object] | None = None,
    after_epoch: Callable[[History], object] | None = None,
    progress: bool = False,
) -> History:
    """Train `network` in place and return the mean training loss of each epoch, over rows, as met while training.

    `network` is any layer and `rule` a learning rate or an optimiser. With `held_out=(X, y)` the loss on those rows is
    measured after each epoch; `progress=True` shows a bar (needs tqdm).

    `before_update(network)` is called in every step, when the gradients are there and nothing has moved yet, and
    `after_epoch(history)` after every epoch; if it returns something true, training ends. For example::

        before_update=lambda network: clip_gradients(network, 1.0)

        def after_epoch(history):
            adam.learning_rate = 1e-3 * 0.9 ** len(history.loss)        # a schedule
            line.set_data(range(len(history.loss)), history.loss)       # a live plot
            figure.canvas.draw()
            return min(history.held_out_loss[-5:]) > min(history.held_out_loss)  # no better for 5 epochs: stop

    At the first loss that is NaN or infinite training ends before that step is taken, and it is the last in the history;
    `history.stopped` and a RuntimeWarning say epoch, batch and the last finite loss.
    """
    require_count("train", epochs=epochs)
    X, y = as_pair("train", X, y)
    history, last = History(), math.nan
    if held_out is not None:
        held_out = as_pair("train: held_out", *held_out)
    for epoch in _epochs(epochs, progress):
        total = 0.0
        for batch, (X_batch, y_batch) in enumerate(minibatches(X, y, batch_size, rng), start=1):
            value = step(network, loss, X_batch, y_batch, rule, before_update)
            if not math.isfinite(value):
                place = f"the loss became {value} in epoch {epoch + 1}, batch {batch}"
                history.stopped = (
                    f"train: {place}; the last finite loss was {last:.4g}. Is the learning rate too large?"
                )
                warnings.warn(history.stopped, RuntimeWarning, stacklevel=2)
                history.loss.append(value)
                return history
            total, last = total + value * len(X_batch), value
        history.loss.append(total / len(X))
        if held_out is not None:
            history.held_out_loss.append(loss.forward(network.forward(held_out[0]), held_out[1]))
        if after_epoch is not None and after_epoch(history):
            history.stopped = f"train: after_epoch ended it after epoch {epoch + 1}."
            break
    return history


def step(
    network: Layer,
    loss: Loss,
    X: np.ndarray,
    y: np.ndarray,
    rule: Rule,
    before_update: Callable[[Layer], object] | None = None,
) -> float:
    """Take one step of training on the batch and return the loss before it. If that is not finite, nothing moves."""
    value = loss.forward(network.forward(as_array("step", "X", X)), as_array("step", "y", y))
    if math.isfinite(value):
        getattr(network, "parameter_gradients", network.backward)(loss.backward())
        if before_update is not None:
            before_update(network)
        network.update(rule)
    return value


def _epochs(epochs: int, progress: bool):
    if not progress:
        return range(epochs)
    from tqdm.auto import trange

    return trange(epochs, desc="training", unit="epoch")
