"""What the challenges of 07_gradient_descent hand to the student's code: a network and a loss that only keep a diary.

What they return is copied from tables that the challenge holds.
"""

import copy
import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

LIMIT = 99
"""How many batches are taken at most: more than any answer yields that ends, even in batches of one."""


class _Plain:
    """Says what may be relied on, to whoever asks for more."""

    promise: str

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"there is no {name}: {self.promise}")


class Network(_Plain):
    """Notes its calls. The k-th `forward` of a batch of n rows returns the first n rows of the k-th table."""

    promise = "network may be anything that has forward, backward and update"

    def __init__(self, note: Callable, tables: np.ndarray):
        self.note, self.tables, self.calls = note, tables, 0

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Return rows of the next table."""
        self.note("network.forward", inputs=X)
        self.calls += 1
        return self.tables[(self.calls - 1) % len(self.tables), : len(X)].copy()

    def backward(self, upstream: np.ndarray) -> np.ndarray:
        """Return the gradient as it came."""
        self.note("network.backward", upstream=upstream)
        return np.array(upstream)

    def update(self, learning_rate: float) -> None:
        """Note the learning rate."""
        self.note("network.update", rates=learning_rate)


class Loss(_Plain):
    """Notes its calls. The k-th `forward` returns the k-th value, and `backward` then rows of the k-th table."""

    promise = "loss may be anything that has forward and backward"

    def __init__(self, note: Callable, values: list[float], tables: np.ndarray):
        self.note, self.values, self.tables, self.calls, self.rows = note, values, tables, 0, 0

    def forward(self, prediction: np.ndarray, target: np.ndarray) -> float:
        """Return the next value."""
        self.note("loss.forward", predictions=prediction, targets=target)
        self.calls, self.rows = self.calls + 1, len(prediction)
        return self.values[(self.calls - 1) % len(self.values)]

    def backward(self) -> np.ndarray:
        """Return rows of the table that belongs to the latest value."""
        self.note("loss.backward")
        return self.tables[(self.calls - 1) % len(self.tables), : self.rows].copy()


class Stage:
    """A network, a loss and a `minibatches` with a diary: the names of the calls, and what they were given."""

    def __init__(self, values: list[float], outputs: np.ndarray, slopes: np.ndarray, deals: list[list[np.ndarray]]):
        names = ("calls", "inputs", "predictions", "targets", "upstream", "rates", "asked", "drawn")
        self.diary: dict[str, list] = {name: [] for name in names}
        self.network, self.loss, self.deals = Network(self.note, outputs), Loss(self.note, values, slopes), deals

    def note(self, call: str, **given: Any) -> None:
        """Write down a call, and copies of what it was given."""
        self.diary["calls"].append(call)
        for name, value in given.items():
            self.diary[name].append(np.array(value) if isinstance(value, np.ndarray) else value)

    def minibatches(
        self, X: np.ndarray, y: np.ndarray, batch_size: int, rng: np.random.Generator
    ) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Return the batches of the next of the deals, which give them by row numbers.

        One number is drawn from `rng` and noted, which shows where `rng` came from.
        """
        number = len(self.diary["asked"])
        self.diary["asked"].append(batch_size)
        self.diary["drawn"].append(float(rng.random()))
        return ((X[rows], y[rows]) for rows in self.deals[number % len(self.deals)])


def fill(arrays: list[np.ndarray], values: list[np.ndarray]) -> None:
    """Put new numbers into the arrays, as a layer does that keeps its gradients in one place."""
    for array, new in zip(arrays, values, strict=True):
        array[...] = new


def deal_out(batches: Iterable) -> list[list]:
    """Return what `batches` yields twice: as it was at that moment, and as it is after all have been yielded."""
    then, now = [], []
    for batch in itertools.islice(iter(batches), LIMIT):
        then.append(copy.deepcopy(batch))
        now.append(batch)
    return [then, now]


def in_turns(one: Iterable, other: Iterable) -> list[list]:
    """Take a batch of each in turn, and return those of each."""
    found: list[list] = [[], []]
    turns = [iter(one), iter(other)]
    for _ in range(LIMIT):
        for kept, batches in zip(found, turns, strict=True):
            if (batch := next(batches, None)) is not None:
                kept.append(copy.deepcopy(batch))
    return found
