"""A first look at what was handed in, before anything of it runs."""

import json
import warnings
from pathlib import Path

import nbformat


def problem(folder: Path, notebook: str) -> str | None:
    """Say why the notebook in a submission's folder cannot be graded, or return None if it can."""
    path = folder / f"{notebook}.ipynb"
    if not path.exists():
        others = sorted(other.name for other in folder.glob("*.ipynb"))
        found = f"; the folder holds {', '.join(others)}" if others else ""
        return f"{path.name} is missing{found}. It must have exactly this name"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        return f"{path.name} cannot be read: {error.strerror}"
    except UnicodeDecodeError as error:
        return f"{path.name} is not a notebook: byte {error.start} is not text. Ask for it again"
    except json.JSONDecodeError as error:
        return (
            f"{path.name} is not a notebook: its JSON breaks off or is damaged at line {error.lineno}. Ask for it again"
        )
    if not isinstance(content, dict) or "nbformat" not in content:
        return f"{path.name} is not a notebook: it is JSON of another kind. Ask for it again"
    return _invalid(path)


def _invalid(path: Path) -> str | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # repeated cell ids are mended, here and when nbgrader reads the file
            _, notebook = nbformat.validator.normalize(nbformat.read(path, as_version=4))
            nbformat.validate(notebook)
    except (
        Exception
    ) as error:  # damaged structures break nbformat in ways of their own: each is a file to ask for again
        reason = (str(error).splitlines() or [type(error).__name__])[0][:120]
        return f"{path.name} is not a valid notebook ({reason}). Ask for it again"
    return None
