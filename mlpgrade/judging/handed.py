"""Beside the student's code: the challenges that have been handed in, and how they are answered."""

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from mlpgrade.judging import probe, wire

_challenges: dict[str, list[dict]] = {}
_props: list[ModuleType] = []


def hand_in(
    challenges: Mapping[str, list[dict]] | None = None, props: str = "", modules: Mapping[str, str] | None = None
) -> None:
    """Keep the challenges, by task, and the text of the assignment's props, for the calls of `grade` that follow.

    `modules` are the student's own, by name. They can be imported then, unless a package has the name already.
    """
    _challenges.update(challenges or {})
    if props:
        module = ModuleType("props")
        exec(compile(props, "<props>", "exec"), module.__dict__)
        _props[:] = [module]
    if modules:
        folder = Path(tempfile.mkdtemp(prefix="beside-"))
        for name, text in modules.items():
            (folder / f"{name}.py").write_text(text, encoding="utf-8")
        sys.path.append(str(folder))


def answer(task: str, target: Any) -> bool:
    """Answer the challenge of `task` with the student's object. Return False if none was handed in."""
    if task not in _challenges:
        return False
    from IPython.display import display

    answers = probe.run(_challenges[task], target, _props[0] if _props else None)
    display({wire.MIME: {"task": task, "answers": answers}}, raw=True)
    return True
