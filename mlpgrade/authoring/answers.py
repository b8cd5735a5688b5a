"""Whole answers to an assignment, as students would write them: right ones, and wrong ones with what they deserve.

    # %% early: takes f before the steps
    # student: farah
    # earns: newton-path 2
    # named: newton.residual-of-the-start
    # says: residuals are f at the start
    # unseen: newton-path
    def path(f, slope, x, steps):
        …

Each answer starts at a `# %%` line with its name and a remark, in a file of the assignment's `answers/`. `earns` tells
the points of a task that it does not earn whole (`earns: newton-path 1-2` where chance has a part), `named` the mistakes
that must be named, and no others may be, `says` a part of the explanation, `unseen` the tasks that it loses points on although their visible
tests pass. `student` puts the answer into the demo class, under that name. The code replaces the solution cell that defines
the same names; for several cells it is divided by lines `# cell: GRADE_ID`. Cells that it leaves out are as in notebook.py.
"""

import copy
import re
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

NOTE = re.compile(r"# (student|earns|named|says|unseen): (.*)\n")


@dataclass(frozen=True)
class Answer:
    """One student's answer: what to put in the solution cell, and what must come of it."""

    name: str
    remark: str
    source: str
    earns: dict[str, tuple[float, float]] = field(default_factory=dict)
    named: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    student: str | None = None

    @property
    def right(self) -> bool:
        """Whether it earns everything."""
        return not self.earns

    @property
    def loses(self) -> tuple[str, ...]:
        """The tasks that it does not earn whole."""
        return tuple(self.earns)


def read_answers(folder: Path) -> list[Answer]:
    """Return the answers in the files of a folder, in order. Raises ValueError when two have one name."""
    answers = [answer for path in sorted(folder.glob("*.py")) for answer in read_file(path)]
    for what, names in (
        ("answer", [answer.name for answer in answers]),
        ("student", [answer.student for answer in answers if answer.student]),
    ):
        if repeated := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"{folder}: the {what} {', '.join(sorted(map(str, repeated)))} is there more than once.")
    return answers


def read_file(path: Path) -> list[Answer]:
    """Return the answers in a file. Raises ValueError where a note cannot be read."""
    parts = re.split(r"^# %% ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [_parse(part, path) for part in parts]


def _parse(part: str, path: Path) -> Answer:
    heading, _, source = part.partition("\n")
    name, _, remark = heading.partition(":")
    notes: dict[str, list[str]] = {kind: [] for kind in ("student", "earns", "named", "says", "unseen")}
    while match := NOTE.match(source):
        notes[match[1]].append(match[2].strip())
        source = source[match.end() :]
    return Answer(
        name=name.strip(),
        remark=remark.strip(),
        source=source.strip() + "\n",
        earns=dict(_points(line, path) for line in notes["earns"]),
        named=tuple(" ".join(notes["named"]).split()),
        says=tuple(notes["says"]),
        unseen=tuple(" ".join(notes["unseen"]).split()),
        student=notes["student"][0] if notes["student"] else None,
    )


def _points(line: str, path: Path) -> tuple[str, tuple[float, float]]:
    match = re.fullmatch(r"([\w-]+) ([\d.]+)(?:-([\d.]+))?", line)
    if match is None:
        raise ValueError(f"{path}: “# earns: {line}” should be a task and its points, such as “# earns: TASK 2”.")
    return match[1], (float(match[2]), float(match[3] or match[2]))


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
    """Return the cells of code that students fill in."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("solution")]


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
