"""What the challenges of 07_gradient_descent hand to the student's code: a network and a loss that only keep a diary.

What they return is copied from tables that the challenge holds.
"""

import copy
import itertools
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np


class Diary:
    """Entries in the order in which things happened: the name of a call and copies of what it was given."""

    def __init__(self) -> None:
        self.entries: list[list] = []

    def note(self, name: str, *given: Any) -> None:
        """Add an entry."""
        self.entries.append([name, *(np.array(value) if isinstance(value, np.ndarray) else value for value in given)])


class _Plain:
    """Says what may be relied on, to whoever asks for more."""

    promise: str

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"there is no {name}: {self.promise}")


class Network(_Plain):
    """Notes its calls. The k-th `forward` of a batch of n rows returns the first n rows of the k-th table."""

    promise = "network may be anything that has forward, backward and update"

    def __init__(self, diary: Diary, tables: np.ndarray):
        self.diary, self.tables, self.calls = diary, tables, 0

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Return rows of the next table."""
        self.diary.note("network.forward", X)
        self.calls += 1
        return self.tables[(self.calls - 1) % len(self.tables), : len(X)].copy()

    def backward(self, upstream: np.ndarray) -> np.ndarray:
        """Return the gradient as it came."""
        self.diary.note("network.backward", upstream)
        return np.array(upstream)

    def update(self, learning_rate: float) -> None:
        """Note the learning rate."""
        self.diary.note("network.update", learning_rate)


class Loss(_Plain):
    """Notes its calls. The k-th `forward` returns the k-th value, and `backward` then rows of the k-th table."""

    promise = "loss may be anything that has forward and backward"

    def __init__(self, diary: Diary, values: list[float], tables: np.ndarray):
        self.diary, self.values, self.tables, self.calls, self.rows = diary, values, tables, 0, 0

    def forward(self, prediction: np.ndarray, target: np.ndarray) -> float:
        """Return the next value."""
        self.diary.note("loss.forward", prediction, target)
        self.calls, self.rows = self.calls + 1, len(prediction)
        return self.values[(self.calls - 1) % len(self.values)]

    def backward(self) -> np.ndarray:
        """Return rows of the table that belongs to the latest value."""
        self.diary.note("loss.backward")
        return self.tables[(self.calls - 1) % len(self.tables), : self.rows].copy()


class Dealer:
    """Stands in for `minibatches`: the k-th call deals out the k-th list of batches, each given by its row numbers.

    One number is drawn from `rng` and noted, which shows where `rng` came from.
    """

    def __init__(self, diary: Diary, epochs: list[list[np.ndarray]]):
        self.diary, self.epochs, self.calls = diary, epochs, 0

    def __call__(
        self, X: np.ndarray, y: np.ndarray, batch_size: int, rng: np.random.Generator
    ) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Return the batches of the next list."""
        self.diary.note("minibatches", batch_size, float(rng.random()))
        self.calls += 1
        return ((X[rows], y[rows]) for rows in self.epochs[(self.calls - 1) % len(self.epochs)])


def listed(*things: Any) -> list:
    """Return a list of the things themselves."""
    return list(things)


def generator(seed: int) -> np.random.Generator:
    """Return a generator that several steps of a challenge share."""
    return np.random.default_rng(seed)


def fill(array: np.ndarray, values: np.ndarray) -> None:
    """Put new numbers into the array, as a layer does that keeps its gradients in one place."""
    array[...] = values


def deal_out(batches: Iterable, limit: int) -> list[list]:
    """Return what `batches` yields twice: as it was at that moment, and as it is after all have been yielded."""
    then, now = [], []
    for batch in itertools.islice(iter(batches), limit):
        then.append(copy.deepcopy(batch))
        now.append(batch)
    return [then, now]


def in_turns(one: Iterable, other: Iterable, limit: int) -> list[list]:
    """Take a batch of each in turn, and return those of each."""
    found: list[list] = [[], []]
    turns = [iter(one), iter(other)]
    for _ in range(limit):
        for kept, batches in zip(found, turns, strict=True):
            if (batch := next(batches, None)) is not None:
                kept.append(copy.deepcopy(batch))
    return found


def global_state() -> int:
    """Return a fingerprint of the state of NumPy's global generator, which changes when that is used."""
    state: Any = np.random.get_state(legacy=False)  # noqa: NPY002
    return zlib.crc32(state["state"]["key"].tobytes()) + state["state"]["pos"]
