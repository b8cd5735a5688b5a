"""Still figures for the book, as inline SVG that follows the page's colours and is described in words.

Every picture that reaches a page passes through `draw`: how that happens can change in this one place.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from IPython.display import HTML
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK = "#010203"
"""Drawn in this colour, lines and text become `currentColor`: dark on a light page, light on a dark one."""

STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "mlpkit",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 12,
    **dict.fromkeys(("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color"), INK),
}
"""Text stays text, for size and for screen readers; the salt makes two builds alike to the byte."""


def draw(paint: Callable[[Axes], None], alt: str, *, size: tuple[float, float] = (5.6, 3.4)) -> str:
    """Return the SVG of a figure whose axes `paint` fills; `alt` says in words what it shows."""
    import matplotlib.pyplot as plt

    if not alt.strip():
        raise ValueError("draw: alt must say in words what the figure shows.")
    with plt.rc_context(STYLE):
        figure, ax = plt.subplots(figsize=size, layout="constrained")
        try:
            paint(ax)
            svg = _svg(figure)
        finally:
            plt.close(figure)
    return _accessible(svg, alt)


def show(paint: Callable[[Axes], None], alt: str, *, size: tuple[float, float] = (5.6, 3.4)) -> HTML:
    """Display one still figure; arguments as for `draw`."""
    from IPython.display import HTML

    return HTML(frame(draw(paint, alt, size=size)))


def _svg(figure: Figure) -> str:
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None})
    return buffer.getvalue()


def _accessible(svg: str, alt: str) -> str:
    """Strip what a page does not need from Matplotlib's SVG, let it follow the page's colours, and describe it."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = svg.replace(INK, "currentColor")
    svg = re.sub(r'<svg ([^>]*?)width="[^"]*" ?', r"<svg \1", svg, count=1)
    svg = re.sub(r'<svg ([^>]*?)height="[^"]*" ?', r"<svg \1", svg, count=1)
    description = html.escape(alt, quote=True)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{description}" ', 1)


def frame(svg: str) -> str:
    """Return the SVG in the element that the book's style sheet knows."""
    return f'<div class="mlpkit-figure">{svg}</div>'
