"""Makes a submitted notebook safe and whole: the student's code in the frame that was released, whatever has become of it."""

import ast
import copy
import re
import warnings

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from mlpgrade.intake.reading import new_cell

MAX_CELLS = 1000

FENCE = re.compile(r"^[ \t]*```\w*[ \t]*\n?", re.MULTILINE)
"""What stands before and behind code that was copied from a page of Markdown."""


HIDDEN = re.compile(r"[^\n]*BEGIN HIDDEN TESTS.*?END HIDDEN TESTS[^\n]*\n?", re.DOTALL)
"""What nbgrader takes out of a cell when it is released."""


def make_whole(submitted: NotebookNode, released: NotebookNode, notes: list[str] | None = None) -> NotebookNode:
    """Return the submission as a new notebook in which every cell that was released has its place and its rights.

    The student's cells stay in their order, without tags or other metadata, which nbgrader and its tools obey. Locked cells
    are the released ones: a missing or edited one is restored, a doubled one dropped, and one that was moved before the
    code it tests is moved behind it. Doubled solution cells are run, but only the first counts as the solution. What had
    only one sensible reading, but not the plain one, is told in `notes`.
    """
    notes = [] if notes is None else notes
    frame = {grade_id(cell): cell for cell in released.cells if grade_id(cell)}
    kept: list[NotebookNode] = []
    met: dict[str, int] = {}
    for cell in submitted.cells[:MAX_CELLS]:
        name = grade_id(cell)
        known = frame.get(name)
        if known is not None and is_locked(known):
            met.setdefault(name, len(kept))
            continue
        if known is not None and name not in met and known.cell_type == "code":
            cell = as_code(cell, name, notes)
        if known is not None and (name in met or cell.cell_type != known.cell_type):
            known = None
        if known is not None:
            met[name] = len(kept) + 1
        kept.append(plain(cell, known, len(kept)))
    answers_elsewhere(kept, released, met, notes)
    whole = copy.deepcopy(released)
    whole.cells = with_locked_cells(kept, released, met)
    return whole


def is_answered(notebook: NotebookNode, released: NotebookNode) -> bool:
    """Tell whether a notebook holds anything that was not released. `released` may have its hidden lines, which are never shown."""
    shown = {without_hidden_lines(cell.source).strip() for cell in released.cells} | {""}
    return any(without_hidden_lines(cell.source).strip() not in shown for cell in notebook.cells)


def without_hidden_lines(source: str) -> str:
    """Return a cell's source as students see it."""
    return HIDDEN.sub("", source)


def as_code(cell: NotebookNode, name: str, notes: list[str]) -> NotebookNode:
    """Return a student's cell in a solution's place as code, if that is the only thing it can be."""
    source = cell.source if isinstance(cell.source, str) else ""
    bare = FENCE.sub("", source)
    if bare != source and statements(source) is None and statements(bare) is not None:
        notes.append(f"the marks of a fence (```) were taken out of the cell {name}")
        source = bare
    if cell.cell_type != "code" and any(not isinstance(one, ast.Expr) for one in statements(source) or ()):
        notes.append(f"the cell {name} had become text; it was read as code")
        return new_code_cell(source, metadata=cell.metadata)
    if source == cell.source:
        return cell
    return NotebookNode(cell | {"source": source})


def answers_elsewhere(kept: list[NotebookNode], released: NotebookNode, met: dict[str, int], notes: list[str]) -> None:
    """Where a solution cell is as it was released, let the tests wait for a later cell that defines what it should have.

    `met` tells behind which of the cells `kept` a solution stands.
    """
    for cell in released.cells:
        name = grade_id(cell)
        place = met.get(name, 0)
        if not name or is_locked(cell) or cell.cell_type != "code" or not place:
            continue
        wanted = names_defined(cell.source)
        if not wanted or kept[place - 1].source.strip() not in ("", cell.source.strip()):
            continue
        for later, other in enumerate(kept[place:], place + 1):
            if other.cell_type == "code" and not grade_id(other) and wanted <= names_defined(other.source):
                met[name] = later
                notes.append(f"the cell {name} is as it was released; a later cell was taken for the answer")
                break


def statements(source: str) -> list[ast.stmt] | None:
    """Return the statements of a cell, or None if it is no Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of an escape sequence in a student's text
            return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def names_defined(source: str) -> set[str]:
    """Return the functions and classes that a cell defines."""
    return {one.name for one in statements(source) or () if isinstance(one, ast.FunctionDef | ast.ClassDef)}


def with_locked_cells(kept: list[NotebookNode], released: NotebookNode, met: dict[str, int]) -> list[NotebookNode]:
    """Put each locked cell where the student has it, but never before a solution that came before it when released."""
    places: list[tuple[int, NotebookNode]] = []
    earliest, found_any = 0, False
    for cell in released.cells:
        name = grade_id(cell)
        if name and not is_locked(cell):
            earliest, found_any = max(earliest, met.get(name, 0)), found_any or name in met
        elif name:
            earliest = max(met.get(name, earliest if found_any else len(kept)), earliest)
            places.append((earliest, copy.deepcopy(cell)))
    cells = []
    for position in range(len(kept) + 1):
        cells += [cell for place, cell in places if place == position]
        cells += kept[position : position + 1]
    return cells


def plain(cell: NotebookNode, known: NotebookNode | None, number: int) -> NotebookNode:
    """Return a cell of the student's with nothing but its text and, if it is a solution, the metadata it was released with."""
    source = cell.source if isinstance(cell.source, str) else ""
    if cell.cell_type == "raw":  # put into a page as it stands, it could be a script
        return new_cell("markdown", "```\n" + source.replace("```", "'''") + "\n```", f"student-{number}", {})
    kind = "code" if cell.cell_type == "code" else "markdown"
    if known is not None:
        return new_cell(kind, source, known.id, copy.deepcopy(known.metadata))
    return new_cell(kind, source, f"student-{number}", {})


def grade_id(cell: NotebookNode) -> str:
    """Return the name that nbgrader knows a cell by, or nothing. A student's notebook may hold anything there."""
    notes = cell.metadata.get("nbgrader")
    name = notes.get("grade_id") if isinstance(notes, dict) else None
    return name if isinstance(name, str) else ""


def is_locked(cell: NotebookNode) -> bool:
    """Tell whether a released cell is not the student's to change."""
    return bool(cell.metadata.nbgrader.get("locked")) or not cell.metadata.nbgrader.get("solution")
