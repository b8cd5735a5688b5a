"""Makes a submitted notebook safe and whole: the student's code in the frame that was released, whatever has become of it."""

import copy

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

MAX_CELLS = 1000


def make_whole(submitted: NotebookNode, released: NotebookNode) -> NotebookNode:
    """Return the submission as a new notebook in which every cell that was released has its place and its rights.

    The student's cells stay in their order, without tags or other metadata, which nbgrader and its tools obey. Locked cells
    are the released ones: a missing or edited one is restored, a doubled one dropped, and one that was moved before the
    code it tests is moved behind it. Doubled solution cells are run, but only the first counts as the solution.
    """
    frame = {grade_id(cell): cell for cell in released.cells if grade_id(cell)}
    kept: list[NotebookNode] = []
    met: dict[str, int] = {}
    for cell in submitted.cells[:MAX_CELLS]:
        name = grade_id(cell)
        known = frame.get(name)
        if known is not None and is_locked(known):
            met.setdefault(name, len(kept))
            continue
        if known is not None and (name in met or cell.cell_type != known.cell_type):
            known = None
        if known is not None:
            met[name] = len(kept) + 1
        kept.append(plain(cell, known, len(kept)))
    whole = copy.deepcopy(released)
    whole.cells = with_locked_cells(kept, released, met)
    return whole


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
        return new_markdown_cell("```\n" + source.replace("```", "'''") + "\n```", id=f"student-{number}")
    new = new_code_cell if cell.cell_type == "code" else new_markdown_cell
    if known is not None:
        return new(source, id=known.id, metadata=copy.deepcopy(known.metadata))
    return new(source, id=f"student-{number}")


def grade_id(cell: NotebookNode) -> str:
    """Return the name that nbgrader knows a cell by, or nothing. A student's notebook may hold anything there."""
    notes = cell.metadata.get("nbgrader")
    name = notes.get("grade_id") if isinstance(notes, dict) else None
    return name if isinstance(name, str) else ""


def is_locked(cell: NotebookNode) -> bool:
    """Tell whether a released cell is not the student's to change."""
    return bool(cell.metadata.nbgrader.get("locked")) or not cell.metadata.nbgrader.get("solution")
