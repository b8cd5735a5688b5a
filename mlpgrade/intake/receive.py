"""Takes in what was handed in, before anything of it runs: one notebook, safe and whole, or a reason why there is none."""

import copy
import json
import os
import stat
import warnings
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import nbformat
from dateutil import parser
from nbformat import NotebookNode

from mlpgrade.intake.whole import make_whole

MAX_BYTES = 20_000_000
"""Largest file that is read: a notebook with its figures has one or two million."""


class Refused(Exception):
    """Why a submission cannot be graded, in words for the student."""


@dataclass(frozen=True)
class Received:
    """A submission as it is graded. `refused` says why nothing could be; `notes`, what was put right or left aside."""

    notebook: NotebookNode
    refused: str | None
    notes: tuple[str, ...]
    timestamp: datetime | None


def receive(folder: Path, name: str, released: NotebookNode) -> Received:
    """Take in the submission in `folder`. Its notebook should be called `name`.ipynb; a single one of another name is taken too."""
    notes: list[str] = []
    timestamp = None
    try:
        if folder.is_symlink() or folder.parent.is_symlink():
            raise Refused("the folder that was handed in is a symbolic link, which is not followed")
        timestamp = _timestamp(folder / "timestamp.txt", notes)
        path = _find(folder, name, notes)
        notebook = make_whole(read(path), released)
        return Received(notebook, None, tuple(notes), timestamp)
    except Refused as refusal:
        return Received(copy.deepcopy(released), str(refusal), tuple(notes), timestamp)


def read(path: Path) -> NotebookNode:
    """Return the notebook at `path` in the present format. Raises Refused when it is none, with what is wrong."""
    content = _content(path)
    try:
        text = content.decode("utf-8-sig")
        document = json.loads(text)
    except UnicodeDecodeError as error:
        raise Refused(f"{path.name} is not a notebook: byte {error.start} is not text. Hand it in again") from None
    except json.JSONDecodeError as error:
        raise Refused(
            f"{path.name} is not a notebook: its JSON breaks off or is damaged at line {error.lineno}. Hand it in again"
        ) from None
    except (RecursionError, ValueError):
        raise Refused(
            f"{path.name} is not a notebook: its JSON is nested too deep or holds a number too long"
        ) from None
    if not isinstance(document, dict) or "nbformat" not in document:
        raise Refused(f"{path.name} is not a notebook: it is JSON of another kind. Hand in the .ipynb file itself")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # repeated cell ids and the like, which are mended
            notebook = nbformat.reads(text, as_version=4)
            _, notebook = nbformat.validator.normalize(notebook)
            nbformat.validate(notebook)
    except (
        Exception
    ) as error:  # damaged structures break nbformat in ways of their own: each is a file to hand in again
        reason = (str(error).splitlines() or [type(error).__name__])[0][:120]
        raise Refused(f"{path.name} is not a valid notebook ({reason}). Hand it in again") from None
    return notebook


def _find(folder: Path, name: str, notes: list[str]) -> Path:
    try:
        found = sorted(folder.iterdir())
    except OSError as error:
        raise Refused(f"the folder that was handed in cannot be read: {error.strerror}") from None
    wanted = folder / f"{name}.ipynb"
    notebooks = [path for path in found if path.suffix.lower() == ".ipynb"]
    if wanted not in notebooks and len(notebooks) != 1:
        there = f"; the folder holds {', '.join(path.name for path in notebooks)}" if notebooks else ""
        raise Refused(f"{wanted.name} is missing{there}. Hand it in under exactly this name")
    chosen = wanted if wanted in notebooks else notebooks[0]
    if chosen != wanted:
        notes.append(f"{chosen.name} was taken for {wanted.name}")
    for path in found:
        if path != chosen and path.name != "timestamp.txt":
            notes.append(f"{path.name} was left aside: only the notebook is graded")
    return chosen


def _content(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        if path.is_symlink():
            raise Refused(f"{path.name} is a symbolic link, which is not followed. Hand in the file itself") from None
        raise Refused(f"{path.name} cannot be read: {error.strerror}") from None
    try:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise Refused(f"{path.name} is not a file")
        if about.st_size > MAX_BYTES:
            size = f"{about.st_size / 1e6:.0f} MB, more than {MAX_BYTES / 1e6:.0f}"
            raise Refused(f"{path.name} has {size}: clear its outputs and hand it in again")
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(MAX_BYTES)
    finally:
        os.close(descriptor)


def _timestamp(path: Path, notes: list[str]) -> datetime | None:
    """Return when it was handed in, as nbgrader's exchange notes it, or None."""
    if not path.exists() and not path.is_symlink():
        return None
    try:
        return parser.parse(_content(path)[:200].decode().strip())
    except (Refused, ValueError, OverflowError) as error:
        notes.append(f"timestamp.txt was left aside: {str(error)[:80] or 'it holds no date'}")
        return None
