"""Figures behind sliders. A slider picks one of several frames drawn beforehand.

The link between the two runs in the reader's browser, so that it works in a notebook and, with no Python behind it, on a
published page.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from mlpkit.figures import draw, frame

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDE = {"width": "100%"}


def slider(
    paint: Callable[[Axes, Any], None],
    values: Sequence[Any],
    label: str,
    alt: Callable[[Any], str],
    *,
    start: int = 0,
    size: tuple[float, float] = (5.6, 3.4),
) -> None:
    """Display one frame for each of `values` behind a slider named `label`.

    `paint(ax, value)` fills a frame and `alt(value)` says in words what it shows. `start` is the index shown first. A
    page without JavaScript shows that frame alone.
    """
    sliders(paint, {label: values}, alt, start=(start,), size=size)


def sliders(
    paint: Callable[..., None],
    choices: dict[str, Sequence[Any]],
    alt: Callable[..., str],
    *,
    start: Sequence[int] | None = None,
    size: tuple[float, float] = (5.6, 3.4),
) -> None:
    """Display one frame for each combination of values, behind one slider for each name in `choices`.

    `paint(ax, first, second, …)` fills a frame and `alt(first, second, …)` describes it. Every combination is drawn, so
    keep their number small.
    """
    import ipywidgets
    from IPython.display import HTML, display

    start = tuple(start or [0] * len(choices))
    frames = {
        combination: frame(draw(partial(_paint_values, paint, combination), alt(*combination), size=size))
        for combination in itertools.product(*choices.values())
    }
    handles = [_handle(len(values), first) for values, first in zip(choices.values(), start, strict=True)]
    picture = _nested_stacks(frames, list(choices.values()), handles, ())
    rows = []
    for (label, values), handle in zip(choices.items(), handles, strict=True):
        rows += [_stack([ipywidgets.Label(f"{label}: {_text(value)}") for value in values], handle), handle]
    controls = [ipywidgets.VBox(rows[i : i + 2], layout=WIDE) for i in range(0, len(rows), 2)]
    for control in controls:
        control.add_class("mlpkit-control")
    display(ipywidgets.VBox([*controls, picture], layout=WIDE))
    shown = tuple(values[first] for values, first in zip(choices.values(), start, strict=True))
    display(HTML(f"<noscript>{frames[shown]}</noscript>"))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return (f"{value:g}" if isinstance(value, float) else f"{value}").replace("-", "−")


def _handle(count: int, start: int):
    import ipywidgets

    layout = {"width": "24rem", "max_width": "calc(100% - 2rem)"}
    handle = ipywidgets.IntSlider(value=start, max=count - 1, readout=False, layout=layout)
    handle.add_class("mlpkit-slider")
    return handle


def _stack(children: list, handle):
    """Return the children on top of each other, of which the slider chooses the one to show."""
    import ipywidgets

    stack = ipywidgets.Stack(children, selected_index=handle.value, layout=WIDE)
    ipywidgets.jslink((handle, "value"), (stack, "selected_index"))
    return stack


def _nested_stacks(frames: dict, choices: list[Sequence[Any]], handles: list, chosen: tuple):
    """Return the frame for the values chosen so far or, while some are open, a stack with a child for each value."""
    import ipywidgets

    depth = len(chosen)
    if depth == len(choices):
        return ipywidgets.HTML(frames[chosen], layout=WIDE)
    children = [_nested_stacks(frames, choices, handles, (*chosen, value)) for value in choices[depth]]
    return _stack(children, handles[depth])


def _paint_values(paint: Callable[..., None], values: tuple, ax: Axes) -> None:
    paint(ax, *values)
