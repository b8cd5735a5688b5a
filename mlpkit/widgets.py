"""Figures for the book: as inline SVG that follows the page's colours, alone or behind a slider.

A slider picks one of several frames drawn beforehand. The link between the two runs in the reader's browser, so that it
works in a notebook and, with no Python behind it, on a published page. Everything that reaches a page passes here.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Sequence
from functools import partial
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
        paint(ax)
        svg = _svg(figure)
        plt.close(figure)
    return _accessible(svg, alt)


def show(paint: Callable[[Axes], None], alt: str, *, size: tuple[float, float] = (5.6, 3.4)) -> HTML:
    """Display one still figure; arguments as for `draw`."""
    from IPython.display import HTML

    return HTML(_frame(draw(paint, alt, size=size)))


def slider(
    paint: Callable[[Axes, float], None],
    values: Sequence[float],
    label: str,
    alt: Callable[[float], str],
    *,
    start: int = 0,
    size: tuple[float, float] = (5.6, 3.4),
):
    """Display one frame for each of `values` behind a slider named `label`.

    `paint(ax, value)` fills a frame and `alt(value)` says in words what it shows. `start` is the index shown first. A
    page without JavaScript shows that frame alone.
    """
    import ipywidgets
    from IPython.display import HTML, display

    frames = [_frame(draw(partial(_paint_value, paint, value), alt(value), size=size)) for value in values]
    wide = {"width": "100%"}
    stack = ipywidgets.Stack(
        [ipywidgets.HTML(frame, layout=wide) for frame in frames], selected_index=start, layout=wide
    )
    readout = ipywidgets.Stack([ipywidgets.Label(f"{label}: {value:g}") for value in values], selected_index=start)
    handle = ipywidgets.IntSlider(
        value=start, max=len(values) - 1, readout=False, layout={"width": "24rem", "max_width": "calc(100% - 2rem)"}
    )
    handle.add_class("mlpkit-slider")
    ipywidgets.jslink((handle, "value"), (stack, "selected_index"))
    ipywidgets.jslink((handle, "value"), (readout, "selected_index"))
    display(ipywidgets.VBox([readout, handle, stack], layout=wide))
    display(HTML(f"<noscript>{frames[start]}</noscript>"))


def _paint_value(paint: Callable[[Axes, float], None], value: float, ax: Axes) -> None:
    paint(ax, value)


def _svg(figure: Figure) -> str:
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
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


def _frame(svg: str) -> str:
    return f'<div class="mlpkit-figure">{svg}</div>'
