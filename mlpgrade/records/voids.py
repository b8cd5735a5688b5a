"""Questions that were taken out, or given to all, and the marks that stood there before."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from mlpgrade.records import files


@dataclass
class Void:
    """A task that no longer counts, or (`full`) counts in full for all. `points` is what it was worth, `before` the marks by student."""

    full: bool
    points: float
    before: dict[str, list[float | None]] = field(default_factory=dict)


Voids = dict[str, dict[str, Void]]
"""By assignment and task."""


def path_in(classroom: Path) -> Path:
    """Return where they are kept."""
    return classroom / "voided.json"


def load(classroom: Path) -> Voids:
    """Return what is voided."""
    path = path_in(classroom)
    said = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {name: {task: Void(**void) for task, void in tasks.items()} for name, tasks in said.items()}


@contextmanager
def changed(classroom: Path) -> Iterator[Voids]:
    """Give what is voided to be changed, and keep it afterwards if it was."""
    voids = load(classroom)
    before = _text(voids)
    yield voids
    if _text(voids) != before:
        files.write(path_in(classroom), _text(voids))


def _text(voids: Voids) -> str:
    return json.dumps(
        {name: {task: vars(void) for task, void in tasks.items()} for name, tasks in voids.items()}, indent=1
    )
