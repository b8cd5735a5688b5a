"""Files of whole answers, as students would write them: for the demo class and for auditing the judges.

    # %% farah: takes the mean of db
    # loses: linear-backward
    # says: db is divided by N
    class Linear:
        …

Each answer starts at a `# %%` line with its name and a remark. `loses` names the tasks it must lose and `says` a part of
the explanation it must get; an answer without `loses` is right. Its code replaces the solution cell that defines the same
names. For several cells it is divided by lines `# cell: GRADE_ID`. Cells that it leaves out are as in `solutions/`.
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


def fill_in(released: NotebookNode, answer: Answer, solved: NotebookNode) -> NotebookNode:
    """Return the released notebook with the answer in its solution cells, as the student would hand it in.

    `solved` is the notebook with the solutions, for the cells that the answer leaves out.
    """
    notebook = copy.deepcopy(released)
    sources = {cell.metadata.nbgrader.grade_id: cell.source for cell in solution_cells(solved)}
    sources |= divide(answer, sources)
    for cell in solution_cells(notebook):
        cell.source = sources[cell.metadata.nbgrader.grade_id].rstrip("\n")
    return notebook


def solution_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the cells that students fill in."""
    return [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution")]


def divide(answer: Answer, sources: dict[str, str]) -> dict[str, str]:
    """Return the answer's code by cell. Raises ValueError when it belongs to none, or to a cell that is not there."""
    parts = re.split(r"^# cell: (\S+)\n", answer.source, flags=re.MULTILINE)
    if len(parts) > 1:
        found = dict(zip(parts[1::2], parts[2::2], strict=True))
    else:
        names = _defined(answer.source)
        fitting = [cell for cell, source in sources.items() if len(sources) == 1 or names & _defined(source)]
        found = dict.fromkeys(fitting[:1], answer.source)
    if not found or not found.keys() <= sources.keys():
        raise ValueError(f"answer {answer.name}: expected code for one of the cells {', '.join(sources)}.")
    return found


def _defined(source: str) -> set[str]:
    """Return the names of the functions and classes defined at the outermost level, also in code that does not parse."""
    return set(re.findall(r"^(?:def|class) (\w+)", source, flags=re.MULTILINE))
