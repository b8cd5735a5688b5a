"""Questions that were taken out, or given to all, and the marks that stood there before."""

import json
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


def save(classroom: Path, voids: Voids) -> None:
    """Keep what is voided."""
    told = {name: {task: vars(void) for task, void in tasks.items()} for name, tasks in voids.items() if tasks}
    text = json.dumps(told, indent=1)
    path = path_in(classroom)
    if (path.read_text(encoding="utf-8") if path.exists() else "{}") != text:
        files.write(path, text)
