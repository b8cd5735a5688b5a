"""Files of whole answers, as students would write them: for the demo class and for auditing the judges.

    # %% farah: takes the mean of db
    # loses: linear-backward
    # says: db is divided by N
    class Linear:
        …

Each answer starts at a `# %%` line with its name and a remark. `loses` names the tasks it must lose and `says` a part of
the explanation it must get; an answer without `loses` is right. What follows replaces the assignment's solution cell.
"""

import copy
import re
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode


@dataclass(frozen=True)
class Answer:
    """One student's answer: what to put in the solution cell, and what must come of it."""

    name: str
    remark: str
    source: str
    loses: tuple[str, ...] = ()
    says: tuple[str, ...] = ()


def read_answers(path: Path) -> list[Answer]:
    """Return the answers in a file, in order. Raises ValueError when two have one name."""
    parts = re.split(r"^# %% ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    answers = [_parse(part) for part in parts]
    names = [answer.name for answer in answers]
    if repeated := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"{path.name}: {', '.join(sorted(repeated))} is there more than once.")
    return answers


def _parse(part: str) -> Answer:
    heading, _, source = part.partition("\n")
    name, _, remark = heading.partition(":")
    notes: dict[str, list[str]] = {"loses": [], "says": []}
    while match := re.match(r"# (loses|says): (.*)\n", source):
        notes[match[1]].append(match[2].strip())
        source = source[match.end() :]
    loses = tuple(task for line in notes["loses"] for task in line.split())
    return Answer(name.strip(), remark.strip(), source.strip() + "\n", loses, tuple(notes["says"]))


def fill_in(released: NotebookNode, answer: Answer) -> NotebookNode:
    """Return the released notebook with the answer in its solution cell, as the student would hand it in."""
    notebook = copy.deepcopy(released)
    solutions = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution")]
    if len(solutions) != 1:
        raise ValueError(f"fill_in: expected one solution cell, found {len(solutions)}.")
    solutions[0].source = answer.source.rstrip("\n")
    return notebook
