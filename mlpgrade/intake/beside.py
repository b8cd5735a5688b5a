"""Modules of the student's own beside the notebook: files that it imports, without which it would not run."""

import ast
from collections.abc import Callable, Iterable
from pathlib import Path

from nbformat import NotebookNode

from mlpgrade.intake.reading import Refused
from mlpgrade.intake.whole import statements

MAX_MODULE = 1_000_000
"""Characters of a module: more is no helper that a student wrote."""


def modules_beside(notebook: NotebookNode, folder: Path, read: Callable[[Path], bytes]) -> dict[str, str]:
    """Return the modules in `folder` that the notebook's code imports, and those that they import, by name."""
    found: dict[str, str] = {}
    wanted = imported(cell.source for cell in notebook.cells if cell.cell_type == "code")
    while wanted:
        name = wanted.pop()
        path = folder / f"{name}.py"
        if name in found or not path.exists():
            continue
        try:
            text = read(path).decode("utf-8-sig")
        except (Refused, UnicodeDecodeError):
            continue  # it is told of among what was left aside
        if len(text) <= MAX_MODULE:
            found[name] = text
            wanted |= imported([text])
    return found


def imported(sources: Iterable[str]) -> set[str]:
    """Return the first parts of the names of all modules that some code imports."""
    names: set[str] = set()
    for source in sources:
        lines = [line for line in source.splitlines() if not line.lstrip().startswith(("%", "!"))]
        for node in ast.walk(ast.Module(statements("\n".join(lines)) or [], [])):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names
