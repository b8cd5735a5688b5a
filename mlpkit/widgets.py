"""Figures with controls. A control picks one of several frames drawn beforehand.

A figure is displayed in two kinds at once: as a widget, which turns in a live notebook, and as HTML that shows the first
frame and carries all of them, for which the built book has native controls.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

import numpy as np

from mlpkit.figures import draw, frame

if TYPE_CHECKING:
    from matplotlib.axes import Axes

VIEW = "application/vnd.jupyter.widget-view+json"


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
    page without JavaScript shows that frame alone. Raises ValueError without values, or if `start` is none of theirs.
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
    """Display one frame for each combination of values, behind one control for each name in `choices`.

    `paint(ax, first, second, …)` fills a frame and `alt(first, second, …)` describes it. Every combination is drawn, so
    keep their number small. Raises ValueError as `slider` does, and unless there is one start for each name.
    """
    from IPython.display import display

    start = tuple([0] * len(choices) if start is None else start)
    if len(start) != len(choices) or not choices:
        raise ValueError(f"sliders: {len(start)} starts were given for {len(choices)} names; give one for each name.")
    controls = [
        Control(label, list(values), first) for (label, values), first in zip(choices.items(), start, strict=True)
    ]
    combinations = list(itertools.product(*(control.values for control in controls)))
    frames = [frame(draw(partial(_fill, paint, chosen), alt(*chosen), size=size)) for chosen in combinations]
    first = _position(start, controls)
    shown = {"text/plain": alt(*combinations[first]), "text/html": _page(controls, frames, first)}
    display(shown | _live(controls, frames, first), raw=True)


@dataclass
class Control:
    """What is chosen: a name, the values there are, and the index of the one chosen first."""

    label: str
    values: list
    start: int

    def __post_init__(self) -> None:
        if not self.values:
            raise ValueError(f"slider: {self.label!r} has no values; give at least one.")
        if not 0 <= self.start < len(self.values):
            raise ValueError(
                f"slider: start for {self.label!r} must be from 0 to {len(self.values) - 1}, but is {self.start}."
            )

    @property
    def texts(self) -> list[str]:
        """The values as a reader sees them."""
        return [_text(value) for value in self.values]


def _page(controls: list[Control], frames: list[str], first: int) -> str:
    """The first frame, and as data what is needed to turn to any other."""
    named = [{"label": control.label, "texts": control.texts, "start": control.start} for control in controls]
    data = json.dumps({"controls": named, "frames": frames}, ensure_ascii=False).replace("</", "<\\/")
    return f'<div class="mlpkit-figures">{frames[first]}<script type="application/json">{data}</script></div>'


def _live(controls: list[Control], frames: list[str], first: int) -> dict[str, Any]:
    """The figure as a widget, for notebooks with a kernel; nothing where ipywidgets is missing. Version 7 will do."""
    try:
        import ipywidgets
    except ImportError:
        return {}
    picture = ipywidgets.HTML(frames[first])
    handles = [
        ipywidgets.SelectionSlider(
            options=[(text, index) for index, text in enumerate(control.texts)],
            value=control.start,
            description=control.label,
            style={"description_width": "initial"},
        )
        for control in controls
    ]

    def turn(_: Any) -> None:
        picture.value = frames[_position([handle.value for handle in handles], controls)]

    for handle in handles:
        handle.observe(turn, "value")
    box = ipywidgets.VBox([*handles, picture])
    return {VIEW: {"version_major": 2, "version_minor": 0, "model_id": box.model_id}}


def _position(chosen: Sequence[int], controls: list[Control]) -> int:
    """Where the frame of this combination stands among all, the last control turning fastest."""
    return int(np.ravel_multi_index(tuple(chosen), [len(control.values) for control in controls]))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    number = isinstance(value, Real) and not isinstance(value, Integral)
    return (f"{value:g}" if number else f"{value}").replace("-", "−")


def _fill(paint: Callable[..., None], values: tuple, ax: Axes) -> None:
    paint(ax, *values)
