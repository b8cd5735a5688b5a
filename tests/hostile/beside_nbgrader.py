"""What hostile notebooks earn here and in plain nbgrader: `python -m tests.hostile.beside_nbgrader` prints a table.

Plain nbgrader runs them with all the rights of the person who grades, so that only those are tried on it which at most
change their own kernel. Its hidden lines judge within the student's process there.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from mlpgrade.authoring.answers import Answer, fill_in, read_file
from mlpgrade.gradebook.sources import to_notebook

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENT = "04_linear_layer"
HARMLESS = (
    "patched-comparisons", "no-asserts", "input-transformer", "cleanup-transformer", "do-execute", "fake-module",
    "patched-grade", "patched-probe", "empty-answers", "partial-credit", "silent", "library-linear", "judges", "collector",
    "equal-objects", "not-a-number", "hard-exit", "scripts",
)  # fmt: skip
STOCK = f"""
__file__ = {str(ROOT / "nbgrader_config.py")!r}
exec(compile(open(__file__).read(), __file__, "exec"))
del c.Autograde
c.CourseDirectory.root = os.getcwd()  # or the settings of this repository would be read from there once more
"""


def main() -> None:
    """Grade them both ways and print what each earned."""
    with tempfile.TemporaryDirectory() as scratch:
        stock = Path(scratch) / "stock"
        stock.mkdir()
        (stock / "nbgrader_config.py").write_text(STOCK)
        ours = earned(Path(scratch) / "ours", ["mlpgrade", "grade", ASSIGNMENT], ROOT)
        theirs = earned(Path(scratch) / "theirs", ["nbgrader", "autograde", ASSIGNMENT, "--log-level=CRITICAL"], stock)
    print(f"{'of 10 points, none of them deserved':<40} {'plain nbgrader':>16} {'here':>8}")
    for name in ours:
        print(f"{name:<40} {theirs.get(name) or 'not graded':>16} {ours[name]:>8}")


def earned(classroom: Path, command: list[str], root: Path) -> dict[str, str]:
    """Return the points of each hostile notebook, or that it was not graded."""
    os.environ |= {
        "MLP_CLASSROOM": str(classroom),
        "MLP_RELEASE": str(classroom / "release"),
        "OPENBLAS_NUM_THREADS": "1",
    }
    subprocess.run(["nbgrader", "generate_assignment", ASSIGNMENT, "--log-level=ERROR"], cwd=ROOT, check=True)
    released = nbformat.read(classroom / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    solved = to_notebook(ROOT / "solutions" / ASSIGNMENT / "notebook.py")
    notebooks = {}
    preamble = (Path(__file__).parent / "preamble.py").read_text()
    for answer in read_file(Path(__file__).parent / "cells.py"):
        if answer.name in HARMLESS:
            notebooks[answer.name] = fill_in(released, Answer(answer.name, "", preamble + answer.source), solved)
    tagged = fill_in(released, Answer("skip-execution", "", preamble), solved)
    for cell in tagged.cells:
        cell.metadata["tags"] = ["skip-execution"]
    notebooks["skip-execution tags"] = tagged
    for name, notebook in notebooks.items():
        path = classroom / "submitted" / name / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook))
    subprocess.run(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with Gradebook(f"sqlite:///{classroom / 'gradebook.db'}") as gradebook:
        found = {one.student.id: one for one in gradebook.find_assignment(ASSIGNMENT).submissions}
        graded = {
            name: all(grade.auto_score is not None for grade in one.notebooks[0].grades) for name, one in found.items()
        }
        return {name: f"{found[name].score:g}" if graded.get(name) else "" for name in notebooks}


if __name__ == "__main__":
    main()
