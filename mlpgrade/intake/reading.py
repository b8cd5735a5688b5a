"""From a file's bytes to a notebook of plain cells, by the one reading that makes sense, or a reason why there is none."""

import io
import json
import re
import warnings
import zipfile
from pathlib import PurePath
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

MAX_BYTES = 100_000_000
"""Largest file that is read. A notebook's text has some thousand bytes; outputs, which are not used, have the rest."""

WEB_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|<\?xml)", re.IGNORECASE)
CONFLICT = re.compile(rb"^(?:<{7} |={7}$|>{7} )", re.MULTILINE)
CELL_OF_A_SCRIPT = re.compile(r"^# (?:%%(?P<kind>.*)|In\[[\d ]*\]:)\s*$", re.MULTILINE)
"""Where cells begin in a script that Jupyter, or an editor, has made from a notebook."""


class Refused(Exception):
    """Why a submission cannot be graded, in words for the student."""


def read(name: str, content: bytes) -> tuple[NotebookNode, list[str]]:
    """Return the notebook in a file of this name, and what had to be put right. Raises Refused where there is none."""
    notes: list[str] = []
    if content.startswith(b"PK\x03\x04"):
        inner, content = _unpacked(name, content)
        notes.append(f"{inner} was taken out of {name}")
    if not content.strip():
        raise Refused(f"{name} is not a notebook: it is empty. Hand it in again")
    if WEB_PAGE.match(content):
        raise Refused(f"{name} is not a notebook: it is a web page. Download the notebook itself and hand it in again")
    if PurePath(name).suffix.lower() == ".py":
        return _from_script(_decoded(name, content, notes)), [*notes, f"{name} is a script; its cells were taken"]
    document = _parsed(name, content, _decoded(name, content, notes))
    return _cells_of(name, document, notes), notes


def _unpacked(name: str, content: bytes) -> tuple[str, bytes]:
    """Return the name and the bytes of the one notebook in an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = [
                entry
                for entry in archive.infolist()
                if entry.filename.lower().endswith(".ipynb")
                and not PurePath(entry.filename).name.startswith("._")
                and ".ipynb_checkpoints" not in entry.filename
            ]
            if len(inside) != 1:
                raise Refused(f"{name} is an archive with {len(inside)} notebooks: hand in the one notebook itself")
            with archive.open(inside[0]) as file:
                unpacked = file.read(MAX_BYTES + 1)
    except Refused:
        raise
    except Exception as error:  # damaged and locked archives fail in ways of their own
        raise Refused(
            f"{name} is an archive that cannot be read ({type(error).__name__}): hand in the notebook itself"
        ) from None
    if len(unpacked) > MAX_BYTES:
        raise Refused(f"{name} unpacks to more than {MAX_BYTES / 1e6:.0f} MB: hand in the notebook itself")
    return PurePath(inside[0].filename).name, unpacked


def _decoded(name: str, content: bytes, notes: list[str]) -> str:
    encoding = json.detect_encoding(content[:4].ljust(4, b" "))
    if encoding not in ("utf-8", "utf-8-sig"):
        notes.append(f"{name} was read as {encoding.upper()}")
    try:
        return content.decode(encoding if encoding != "utf-8" else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"{name} is not a notebook: byte {error.start} is not text. Hand it in again") from None


def _parsed(name: str, content: bytes, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if CONFLICT.search(content):
            raise Refused(
                f"{name} is not a notebook: it holds the marks of a merge conflict (<<<<<<<). Settle it and hand it in again"
            ) from None
        raise Refused(
            f"{name} is not a notebook: its JSON breaks off or is damaged at line {error.lineno}. Hand it in again"
        ) from None
    except (RecursionError, ValueError):
        raise Refused(f"{name} is not a notebook: its JSON is nested too deep or holds a number too long") from None


def _cells_of(name: str, document: Any, notes: list[str]) -> NotebookNode:
    """Return a notebook of the cells in a document, with nothing of them but kind, text and nbgrader's notes."""
    if not isinstance(document, dict) or not {"cells", "worksheets", "nbformat"} & document.keys():
        raise Refused(f"{name} is not a notebook: it is JSON of another kind. Hand in the .ipynb file itself")
    if "worksheets" in document:
        return _brought_up_to_date(name, document)
    if document.get("nbformat") != 4:
        notes.append(
            f"{name} says that its format is {str(document.get('nbformat', 'unknown'))[:20]}; it was read as 4"
        )
    if not isinstance(document.get("cells"), list):
        raise Refused(f"{name} is not a valid notebook (it has no list of cells). Hand it in again")
    cells = [cell for number, one in enumerate(document["cells"]) if (cell := _cell(one, number)) is not None]
    if left_out := len(document["cells"]) - len(cells):
        notes.append(f"{left_out} of the cells of {name} could not be read")
        if not cells:
            raise Refused(f"{name} is not a valid notebook (none of its cells can be read). Hand it in again")
    return new_notebook(cells=cells)


def _cell(found: Any, number: int) -> NotebookNode | None:
    """Return a cell in the present format, or None if it has no text."""
    if not isinstance(found, dict):
        return None
    source = found.get("source")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        return None
    metadata = found.get("metadata")
    own = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    kind = found.get("cell_type")
    notes = {"nbgrader": nbformat.from_dict(own)} if isinstance(own, dict) else {}
    return new_cell(kind if kind in ("code", "raw") else "markdown", source, f"cell-{number}", notes)


def new_cell(kind: str, source: str, id: str, metadata: dict) -> NotebookNode:
    """Return a cell. nbformat's own functions check each against the format, which takes longer than all else here."""
    ran: dict[str, Any] = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return NotebookNode(id=id, cell_type=kind, metadata=NotebookNode(metadata), source=source, **ran)


def _brought_up_to_date(name: str, document: dict) -> NotebookNode:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # repeated cell ids and the like, which do not matter
            notebook = nbformat.convert(nbformat.from_dict(document), 4)
        return new_notebook(cells=[cell for n, one in enumerate(notebook.cells) if (cell := _cell(one, n)) is not None])
    except (
        Exception
    ) as error:  # damaged structures break nbformat in ways of their own: each is a file to hand in again
        reason = (str(error).splitlines() or [type(error).__name__])[0][:120]
        raise Refused(f"{name} is not a valid notebook ({reason}). Hand it in again") from None


def _from_script(text: str) -> NotebookNode:
    """Return the code cells of a script, or the whole of it as one."""
    starts = list(CELL_OF_A_SCRIPT.finditer(text))
    ends = [*(start.start() for start in starts[1:]), len(text)]
    parts = [
        text[start.end() : end]
        for start, end in zip(starts, ends, strict=False)
        if "[markdown]" not in (start["kind"] or "")
    ]
    return new_notebook(
        cells=[new_code_cell(part.strip("\n"), id=f"cell-{n}") for n, part in enumerate(parts or [text])]
    )
