"""The chapters' lead pictures: small, and computed with mlpkit. The front page's cards and the cards that others share show them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from mlpkit import (
    Adam,
    BinaryCrossEntropy,
    Linear,
    MeanSquaredError,
    Perceptron,
    ReLU,
    Sequential,
    Sigmoid,
    Tanh,
    he_normal,
    train,
)
from mlpkit.data import circles, digits
from mlpkit.figures import INK, STYLE, draw
from mlpkit.plotting import BLUE, GREEN, ORANGE, PURPLE, points
from mlpkit.scales import activation_scales

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE = (3.2, 2.0)
"""In inches: every picture is 8 to 5."""


def perceptron(ax: Axes) -> None:
    """Rosenblatt's rule on two clouds: the line after each round, the last one strongest."""
    rng = np.random.default_rng(23)
    y = np.repeat([-1, 1], 16)
    X = rng.normal(size=(32, 2)) * [0.7, 0.42] + np.where(y[:, None] < 0, [-0.9, 0.62], [0.9, -0.62])
    rounds = len(Perceptron(2).fit(X, y, max_epochs=100))
    for k in range(1, rounds):
        unit = Perceptron(2)
        unit.fit(X, y, max_epochs=k)
        foot, along = -unit.b * unit.w / (unit.w @ unit.w), np.array([-unit.w[1], unit.w[0]]) / np.hypot(*unit.w)
        last = k == rounds - 1
        ax.plot(
            *(foot + np.outer([-9, 9], along)).T, color=INK, linewidth=2.2 if last else 0.9, alpha=1 if last else 0.4
        )
    points(ax, X, y)
    ax.set(xlim=(-3, 3), ylim=(-1.9, 1.9))


def networks(ax: Axes) -> None:
    """Eight bent units close a boundary around the inner ring."""
    X, y = circles(120, np.random.default_rng(1))
    rng = np.random.default_rng(0)
    network = Sequential(Linear(2, 8, rng), ReLU(), Linear(8, 1, rng))
    train(network, BinaryCrossEntropy(), X, y[:, None] * 1.0, epochs=150, batch_size=20, rule=Adam(0.02), rng=rng)
    across, up = np.meshgrid(np.linspace(-2.1, 2.1, 120), np.linspace(-1.3, 1.3, 80))
    scores = network.forward(np.column_stack([across.ravel(), up.ravel()])).reshape(across.shape)
    ax.contourf(across, up, scores, levels=[0, scores.max() + 1], colors=[ORANGE], alpha=0.25)
    ax.contour(across, up, scores, levels=[0], colors=[INK], linewidths=2.2)
    points(ax, X, y)
    ax.set(aspect="equal", xlim=(-2.1, 2.1), ylim=(-1.25, 1.25))


def activations(ax: Axes) -> None:
    """ReLU, sigmoid and tanh."""
    z = np.linspace(-3.2, 3.2, 81)
    ax.axhline(0, color=INK, linewidth=0.7, alpha=0.4)
    ax.axvline(0, color=INK, linewidth=0.7, alpha=0.4)
    for activation, colour in ((Tanh(), GREEN), (Sigmoid(), BLUE), (ReLU(), ORANGE)):
        ax.plot(z, activation.forward(z), color=colour, linewidth=2.4)
    ax.set(ylim=(-1.3, 1.9), xlim=(-3.2, 3.2))


def universal_approximation(ax: Axes) -> None:
    """A wave, and a sum of bent lines that meets it at nine places."""
    x = np.linspace(0, 1, 121)

    def wave(x: np.ndarray) -> np.ndarray:
        return np.sin(2 * np.pi * x) + 0.45 * np.sin(6.2 * np.pi * x)

    knots = np.linspace(0, 1, 9)
    slopes = np.diff(wave(knots)) / np.diff(knots)
    bends = np.diff(slopes, prepend=0)
    sum_of_units = wave(knots[:1]) + ReLU().forward(x[:, None] - knots[:-1]) @ bends
    ax.plot(x, wave(x), color=INK, linewidth=4, alpha=0.3)
    ax.plot(x, sum_of_units, color=ORANGE, linewidth=2.2)
    ax.plot(knots, wave(knots), "o", color=ORANGE, markersize=5)
    ax.set(xlim=(-0.04, 1.04))


def backpropagation(ax: Axes) -> None:
    """A 2-3-2-1 network whose edges are as thick as the loss's derivative with respect to their weights."""
    rng = np.random.default_rng(3)
    widths, loss = (2, 3, 2, 1), MeanSquaredError()
    layers = [Linear(a, b, rng) for a, b in pairwise(widths)]
    network = Sequential(layers[0], Tanh(), layers[1], Tanh(), layers[2])
    loss.forward(network.forward(rng.normal(size=(8, 2))), rng.normal(size=(8, 1)))
    network.backward(loss.backward())
    places = [[(k, m - (width - 1) / 2) for m in range(width)] for k, width in enumerate(widths)]
    for k, layer in enumerate(layers):
        for d, m in np.ndindex(layer.dW.shape):
            size = abs(layer.dW[d, m]) / max(abs(one.dW).max() for one in layers)
            ax.plot(*zip(places[k][d], places[k + 1][m], strict=True), color=ORANGE, linewidth=0.7 + 6 * size, zorder=1)
    for column in places:
        ax.scatter(*zip(*column, strict=True), s=130, color=BLUE, edgecolors="white", linewidths=1.2, zorder=2)
    ax.set(xlim=(-0.4, 3.4), ylim=(-1.35, 1.35))


def gradient_descent(ax: Axes) -> None:
    """Two descents on the same bowl: a rate that is nearly too large, and one that is not."""
    curvature = np.array([1.0, 9.0])
    across, up = np.meshgrid(np.linspace(-3.2, 1.2, 60), np.linspace(-1.35, 1.35, 60))
    height = (curvature[0] * across**2 + curvature[1] * up**2) / 2
    ax.contour(across, up, height, levels=[0.25, 1, 2.25, 4, 6.25, 9], colors=[INK], linewidths=0.7, alpha=0.45)
    for rate, colour in ((0.212, ORANGE), (0.1, BLUE)):
        theta = [np.array([-2.8, 1.0])]
        for _ in range(16):
            theta.append(theta[-1] - rate * curvature * theta[-1])
        ax.plot(*np.array(theta).T, "o-", color=colour, markersize=4, linewidth=1.8)


def layers_as_objects(ax: Axes) -> None:
    """Three layers in conversation: outputs go to the right, gradients come back and leave each layer its own."""
    for k in range(3):
        ax.add_patch(_box(2 * k + 0.45, -0.55, 1.1, 1.1))
        _arrow(ax, (2 * k - 0.36, 0.28), (2 * k + 0.36, 0.28), BLUE)
        _arrow(ax, (2 * k + 0.36, -0.28), (2 * k - 0.36, -0.28), ORANGE)
        _arrow(ax, (2 * k + 1, -0.6), (2 * k + 1, -1.25), ORANGE)
    _arrow(ax, (5.64, 0.28), (6.55, 0.28), BLUE)
    _arrow(ax, (6.55, -0.28), (5.64, -0.28), ORANGE)
    ax.set(xlim=(-0.45, 6.6), ylim=(-1.45, 1.1))


def _box(left: float, low: float, width: float, height: float):
    from matplotlib.patches import FancyBboxPatch

    return FancyBboxPatch(
        (left, low),
        width,
        height,
        boxstyle="round,pad=0,rounding_size=0.15",
        facecolor="none",
        edgecolor=INK,
        linewidth=2,
    )


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
    style = {
        "arrowstyle": "-|>,head_width=0.25,head_length=0.45",
        "color": colour,
        "linewidth": 2,
        "shrinkA": 0,
        "shrinkB": 0,
    }
    ax.annotate("", end, start, arrowprops=style)


def initialisation(ax: Axes) -> None:
    """How large the activations are in twenty layers, for weights that are too small, He's, and too large; eight draws each."""
    X = np.random.default_rng(0).normal(size=(100, 64))
    for factor, colour in ((0.75, BLUE), (1.0, GREEN), (1.35, ORANGE)):
        for seed in range(8):
            rng = np.random.default_rng(seed)

            def scaled(fan_in, fan_out, rng, factor=factor):
                return factor * he_normal(fan_in, fan_out, rng)

            layers = [layer for _ in range(20) for layer in (Linear(64, 64, rng, initialiser=scaled), ReLU())]
            sizes = activation_scales(Sequential(*layers), X)[1::2]
            ax.plot(np.log10(sizes), color=colour, linewidth=1.1, alpha=0.75)
    ax.set(ylim=(-3.2, 3.2))


def digit(ax: Axes) -> None:
    """Three handwritten digits as a network is given them: squares as large as the ink in their cell."""
    from matplotlib.collections import PolyCollection

    X, y = digits()
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * 0.5
    for place, (label, colour) in enumerate(((3, BLUE), (5, ORANGE), (8, PURPLE))):
        squares = [
            np.sqrt(ink) * corners + (cell % 8 + 9.4 * place, -(cell // 8))
            for cell, ink in enumerate(X[y == label][0])
            if ink > 0
        ]
        ax.add_collection(PolyCollection(squares, facecolors=colour, linewidths=0))
    ax.set(aspect="equal", xlim=(-1, 27), ylim=(-8, 1))


PICTURES: dict[str, tuple[Callable[[Axes], None], str]] = {
    "perceptron": (perceptron, "Two clouds of points, and a line that moves until it passes between them."),
    "networks": (
        networks,
        "A ring of points within a ring, and a boundary of straight pieces closed around the inner one.",
    ),
    "activations": (activations, "Three curves: ReLU with its bend, the sigmoid and tanh with their flat ends."),
    "universal_approximation": (universal_approximation, "A wave, and straight pieces that meet it at nine points."),
    "backpropagation": (
        backpropagation,
        "A small network whose connections are as thick as their share in the gradient.",
    ),
    "gradient_descent": (
        gradient_descent,
        "Two paths down one bowl: one leaps from side to side, the other follows the slope.",
    ),
    "layers_as_objects": (
        layers_as_objects,
        "Three boxes in a row; arrows to the right above, arrows to the left and down below.",
    ),
    "initialisation": (
        initialisation,
        "Bundles of lines over depth: one level, one falling to nothing, one growing without end.",
    ),
    "digits": (digit, "The digits 3, 5 and 8 as eight by eight squares of different sizes."),
}
"""For each chapter what paints its picture, and what the picture shows, in words."""


def svg(chapter: str) -> str:
    """Return the chapter's picture as SVG, in numbers of a tenth of a point.

    Its ids carry the chapter's name, for all pictures stand on one page.
    """
    paint, alt = PICTURES[chapter]
    text = re.sub(
        r"(?<![\w#.])-?\d+\.\d{2,}",
        lambda number: f"{float(number[0]):.2g}" if abs(float(number[0])) < 1 else f"{float(number[0]):.1f}",
        draw(_bare(paint), alt, size=SIZE),
    )
    text = re.sub(r"\s+", " ", text)
    used = set(re.findall(r'(?:href="#|url\(#)([\w-]+)', text))
    text = re.sub(r' id="([\w-]+)"', lambda m: f' id="{chapter}-{m[1]}"' if m[1] in used else "", text)
    return re.sub(r'(href="#|url\(#)', rf"\g<1>{chapter}-", text)


def _bare(paint: Callable[[Axes], None]) -> Callable[[Axes], None]:
    def without_axes(ax: Axes) -> None:
        paint(ax)
        ax.axis("off")

    return without_axes


def card(title: str, question: str, chapter: str | None, brand: str) -> bytes:
    """Return a PNG of 1200 by 630 pixels, as pages are shown where somebody shares their address."""
    import matplotlib.pyplot as plt

    paper, ink = "#fbfaf6", "#23262b"
    with plt.rc_context(STYLE | {"font.family": "serif", "font.serif": ["DejaVu Serif"]}):
        figure = plt.figure(figsize=(12, 6.3), dpi=100, facecolor=paper)
        figure.text(0.06, 0.86, brand, size=22, color=ORANGE_TEXT)
        figure.text(0.06, 0.72, _wrapped(title, 24), size=40, color=ink, va="top", linespacing=1.15)
        figure.text(0.06, 0.1, _wrapped(question, 40), size=22, color=ink, va="bottom", linespacing=1.4)
        if chapter:
            ax = figure.add_axes((0.56, 0.3, 0.4, 0.48))
            _bare(PICTURES[chapter][0])(ax)
            _recolour(ax, ink)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", metadata={"Software": None})
        plt.close(figure)
    return buffer.getvalue()


ORANGE_TEXT = "#9a4a0c"


def _wrapped(text: str, width: int) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(text, width))


def _recolour(ax: Axes, ink: str) -> None:
    """In SVG the ink is the page's; here it has to be told."""
    from matplotlib.colors import same_color

    for artist in ax.findobj():
        for get, put in (("get_color", "set_color"), ("get_edgecolor", "set_edgecolor")):
            value = getattr(artist, get, lambda: None)()
            if isinstance(value, str) and same_color(value, INK):
                getattr(artist, put)(ink)


def mark() -> bytes:
    """Return the course's mark as a PNG of 180 by 180 pixels, as telephones want it; elsewhere mark.svg is used."""
    import matplotlib.pyplot as plt

    figure = plt.figure(figsize=(1.8, 1.8), dpi=100, facecolor="#23262b")
    ax = figure.add_axes((0, 0, 1, 1))
    ax.plot([10, 30, 52], [20, 20, 46], color="#f0a566", linewidth=16, solid_capstyle="round", solid_joinstyle="round")
    ax.set(xlim=(0, 64), ylim=(0, 64))
    ax.axis("off")
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    plt.close(figure)
    return buffer.getvalue()
