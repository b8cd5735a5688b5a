"""Still figures for the book, as inline SVG that follows the page's colours and is described in words.

Every picture that reaches a page passes through `draw`: how that happens can change in this one place.
"""

from __future__ import annotations

import hashlib
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
    "path.simplify_threshold": 0.2,
    **dict.fromkeys(("figure.facecolor", "axes.facecolor"), "none"),
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
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    buffer = io.StringIO()
    FigureCanvasSVG(figure).print_svg(buffer, metadata={"Date": None})  # figure.savefig would draw everything twice
    return buffer.getvalue()


def _accessible(svg: str, alt: str) -> str:
    """Strip what a page does not need from Matplotlib's SVG, let it follow the page's colours, and describe it."""
    svg = svg[svg.index("<svg") :].replace(INK, "currentColor")
    view = re.search(r'viewBox="[^"]*"', svg)
    assert view is not None
    size, inside = view[0], _compact(svg[svg.index(">") + 1 :])
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{html.escape(alt, quote=True)}" {size}'
    return f'{head} stroke-linejoin="round">{inside}'


UNSEEN = (
    r"<metadata>.*?</metadata>",
    r"<style[^>]*>.*?</style>",  # for the whole page it is in; `stroke-linejoin` stands at the top instead
    r"<!--.*?-->",
    r'<path d="[^"]*" style="fill: none"\s*/>',
    r' transform="rotate\(-0 [^"]*"',
)
"""What Matplotlib writes and nobody sees."""


def _compact(svg: str) -> str:
    """Leave out what is not seen, cut numbers to two digits, and name only what is referred to, as nothing else on a page is."""
    svg = re.sub("|".join(UNSEEN), "", svg, flags=re.DOTALL)
    svg = re.sub(r"<[^>]*>", lambda tag: re.sub(r"(\.\d\d)\d+", r"\1", tag[0]).replace(".00", ""), svg)
    svg = (
        re.sub(r"\s+", " ", svg.replace("xlink:href", "href")).replace("> <", "><").replace("<defs></defs>", "").strip()
    )
    svg = re.sub(r"(?<=[\d\"z]) ?([MLCQz]) ?(?=[\d\"-])", r"\1", svg)
    names = sorted(set(re.findall(r"(?<=[(\"]#)\w+", svg)))
    digest = hashlib.sha256(svg.encode()).hexdigest()[:6]
    for number, name in enumerate(names):
        svg = re.sub(rf"(?<=[#\"]){name}(?=[\")])", f"f{digest}-{number}", svg)
    return re.sub(rf' id="(?!f{digest}-)[^"]*"', "", svg)


def frame(svg: str) -> str:
    """Return the SVG in the element that the book's style sheet knows."""
    return f'<div class="mlpkit-figure">{svg}</div>'
