"""The front page's lead picture: a network bends its regions around three spiral arms while it trains.

Network, data, seeds and learning rate are those of the chapter on layers. Each frame is the state after a whole number of
epochs; nothing is drawn in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from mlpkit import Linear, ReLU, Sequential, SoftmaxCrossEntropy, accuracy, train
from mlpkit.data import spirals

EPOCHS = 80
EDGE = 480
"""The picture is a square of so many units; the plane from −REACH to REACH fills it."""
REACH = 1.15


def data() -> tuple[np.ndarray, np.ndarray]:
    """Return the points and their classes."""
    return spirals(300, np.random.default_rng(7))


def frames() -> Iterator[dict[str, Any]]:
    """Train, and yield after each of `EPOCHS` the loss, the share of points that are right, and two outlines.

    `outlines` are SVG paths: where class 0 does not win, and where class 2 wins. Painted over each other, on a ground of
    class 0, they show the three regions without a gap.
    """
    X, y = data()
    rng = np.random.default_rng(7)
    network = Sequential(Linear(2, 32, rng), ReLU(), Linear(32, 32, rng), ReLU(), Linear(32, 3, rng))
    loss = SoftmaxCrossEntropy()
    for epoch in range(EPOCHS + 1):
        if epoch:
            train(network, loss, X, y, epochs=1, batch_size=30, rule=0.1, rng=rng)
        yield {
            "loss": round(loss.forward(network.forward(X), y), 3),
            "right": round(accuracy(network, X, y), 3),
            "outlines": outlines(network),
        }


def outlines(network: Sequential, cells: int = 72) -> list[str]:
    """Return the paths of the two outlines for the network as it is."""
    from contourpy import contour_generator

    across = np.linspace(-REACH, REACH, cells)
    grid = np.stack(np.meshgrid(across, across), axis=-1).reshape(-1, 2)
    scores = network.forward(grid).reshape(cells, cells, 3)
    others = scores[..., 1:].max(axis=-1) - scores[..., 0]
    last = scores[..., 2] - scores[..., :2].max(axis=-1)
    paths = []
    for lead in (others, last):
        rings, offsets = contour_generator(across, across, lead).filled(0, max(lead.max(), 0) + 1)
        parts = [ring[a:b] for ring, cuts in zip(rings, offsets, strict=True) for a, b in pairwise(cuts)]
        paths.append("".join(path(to_picture(part)) for part in parts))
    return paths


def to_picture(points: np.ndarray) -> np.ndarray:
    """From the plane to the picture, whose y runs downwards."""
    return (points * [1, -1] / REACH + 1) * EDGE / 2


def path(ring: np.ndarray) -> str:
    """Return a closed ring, thinned out, as an SVG path of whole numbers."""
    ring = np.round(thinned(ring[:-1], 1.0)).astype(int)
    if len(ring) < 3:
        return ""
    steps = "".join(f" {dx} {dy}" for dx, dy in np.diff(ring, axis=0)).replace(" -", "-").lstrip()
    return f"M{ring[0][0]} {ring[0][1]}l{steps}z"


def thinned(points: np.ndarray, tolerance: float) -> np.ndarray:
    """Leave out points within `tolerance` of the line between those that stay (Douglas and Peucker 1973)."""
    if len(points) < 3:
        return points
    chord, away = points[-1] - points[0], points - points[0]
    length = np.hypot(*chord)
    distance = np.abs(chord[0] * away[:, 1] - chord[1] * away[:, 0]) / length if length else np.hypot(*away.T)
    far = int(distance.argmax())
    if distance[far] <= tolerance:
        return points[[0, -1]]
    return np.vstack([thinned(points[: far + 1], tolerance)[:-1], thinned(points[far:], tolerance)])


def dots() -> list[str]:
    """Return one SVG path a class: points and squares as steps of length 0, which the pen makes visible; triangles drawn."""
    X, y = data()
    places = np.round(to_picture(X)).astype(int)
    steps = ("h0", "h0", "m0-4l4 7h-8z")
    return ["".join(f"M{x} {y}{steps[k]}" for x, y in places[y == k]) for k in range(3)]
