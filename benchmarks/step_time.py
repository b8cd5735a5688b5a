"""Time of one training step (forward, loss, backward, SGD update) in mlpkit, scikit-learn and PyTorch, side by side.

Every round runs each contender for one epoch of the same data, in turn, so that noise on the machine hits all of them
alike; the median over rounds of the ratio within a round is printed. A contender that is not installed is left out.
"""

import os

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import argparse
import time
import warnings
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from mlpkit import SGD, BinaryCrossEntropy, Linear, ReLU, Sequential, SoftmaxCrossEntropy, train

NETWORKS = {"2-8-1": ((2, 8, 1), 32), "64-32-10": ((64, 32, 10), 32), "784-128-10": ((784, 128, 10), 128),
            "784-512-512-10": ((784, 512, 512, 10), 256)}  # fmt: skip
RATE = 0.01


def mlpkit_epoch(sizes, batch, X, y) -> Callable[[], None]:
    rng = np.random.default_rng(0)
    layers = []
    for fan_in, fan_out in pairwise(sizes):
        layers += [Linear(fan_in, fan_out, rng, dtype=X.dtype.type), ReLU()]
    network = Sequential(*layers[:-1])
    loss, target = (BinaryCrossEntropy(), y[:, None]) if sizes[-1] == 1 else (SoftmaxCrossEntropy(), y)
    return lambda: train(network, loss, X, target, epochs=1, batch_size=batch, rule=SGD(RATE), rng=rng)


def sklearn_epoch(sizes, batch, X, y) -> Callable[[], None]:
    from sklearn.neural_network import MLPClassifier

    model = MLPClassifier(sizes[1:-1], solver="sgd", momentum=0, alpha=0, batch_size=batch, learning_rate_init=RATE)
    classes = np.arange(max(sizes[-1], 2))
    return lambda: model.partial_fit(X, y, classes=classes)


def torch_epoch(sizes, batch, X, y) -> Callable[[], None]:
    import torch

    torch.set_num_threads(1)
    dtype = getattr(torch, X.dtype.name)
    layers = []
    for fan_in, fan_out in pairwise(sizes):
        layers += [torch.nn.Linear(fan_in, fan_out, dtype=dtype), torch.nn.ReLU()]
    network = torch.nn.Sequential(*layers[:-1])
    binary = sizes[-1] == 1
    loss = torch.nn.BCEWithLogitsLoss() if binary else torch.nn.CrossEntropyLoss()
    rows, target = torch.from_numpy(X), torch.from_numpy(y)
    if binary:
        target = target[:, None].to(dtype)
    optimiser = torch.optim.SGD(network.parameters(), lr=RATE)

    def epoch() -> None:
        order = torch.randperm(len(rows))
        for chosen in order.split(batch):
            optimiser.zero_grad()
            loss(network(rows[chosen]), target[chosen]).backward()
            optimiser.step()

    return epoch


def products_epoch(sizes, batch, X, y) -> Callable[[], None]:
    """The matrix products of a step and nothing else: three a layer, two for the first."""
    rng = np.random.default_rng(0)
    layers = [
        tuple(
            rng.normal(size=shape).astype(X.dtype) for shape in ((batch, fan_in), (fan_in, fan_out), (batch, fan_out))
        )
        for fan_in, fan_out in pairwise(sizes)
    ]

    def epoch() -> None:
        for _ in range(len(X) // batch):
            for position, (inputs, weights, upstream) in enumerate(layers):
                inputs @ weights
                inputs.T @ upstream
                if position:
                    upstream @ weights.T

    return epoch


CONTENDERS = {"mlpkit": mlpkit_epoch, "scikit-learn": sklearn_epoch, "torch": torch_epoch, "products": products_epoch}


def measure(sizes, batch, dtype, rounds: int, seconds: float) -> dict[str, np.ndarray]:
    """Return the seconds a step of every contender, one entry a round."""
    rng = np.random.default_rng(1)
    batches = max(4, int(seconds / (3e-5 + 8e-10 * batch * sum(np.multiply(sizes[:-1], sizes[1:])))))
    X = rng.normal(size=(batch * batches, sizes[0])).astype(dtype)
    y = rng.integers(max(sizes[-1], 2), size=len(X))
    epochs = {}
    for name, prepare in CONTENDERS.items():
        try:
            epochs[name] = prepare(sizes, batch, X, y)
        except ImportError:
            continue
        epochs[name]()
    times: dict[str, list[float]] = {name: [] for name in epochs}
    for _ in range(rounds):
        for name, epoch in epochs.items():
            start = time.perf_counter()
            epoch()
            times[name].append((time.perf_counter() - start) / batches)
    return {name: np.array(values) for name, values in times.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=0.15, help="rough length of one epoch of one contender")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", module="sklearn")
    print(f"{'network':<15} {'dtype':<8} {'mlpkit':>9} {'÷ scikit-learn':>15} {'÷ torch':>8} {'share of products':>18}")
    print("                                  (how many times faster mlpkit is; the last column: products ÷ mlpkit)")
    for name, (sizes, batch) in NETWORKS.items():
        for dtype in (np.float64, np.float32):
            times = measure(sizes, batch, dtype, options.rounds, options.seconds)
            ours = times["mlpkit"]
            ratios = {other: f"{np.median(times[other] / ours):.2f}" for other in times if other != "mlpkit"}
            columns = ratios.get("scikit-learn", "–"), ratios.get("torch", "–"), ratios["products"]
            print(
                f"{name:<15} {dtype.__name__:<8} {1e6 * np.median(ours):7.0f}µs {columns[0]:>15} {columns[1]:>8} {columns[2]:>18}"
            )


if __name__ == "__main__":
    main()
