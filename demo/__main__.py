"""`make demo`: the whole course once round, on a small class, in `_build/demo`."""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENT = "04_linear_layer"


def main(output: Path) -> int:
    """Build the book, make the exercises, grade the class and print its marks. Returns the exit status."""
    html, classroom = output / "_build" / "html", output / "_build" / "demo"
    shutil.rmtree(classroom, ignore_errors=True)
    os.environ |= {"MLP_CLASSROOM": str(classroom), "MLP_RELEASE": str(classroom / "release")}
    heading("The book")
    run([sys.executable, "tools/build_book.py", str(output)])
    heading("The exercises")
    run(["mlpgrade", "exercises"])
    hand_in(classroom)
    heading(f"Grading {ASSIGNMENT}: nbgrader runs each notebook, the judge decides")
    graded = subprocess.run(["mlpgrade", "grade", ASSIGNMENT, "--feedback"], cwd=ROOT).returncode
    heading("Marks, and the reason for each lost point")
    run(["mlpgrade", "report", ASSIGNMENT])
    run(["nbgrader", "export", "--log-level=WARN"])
    heading("What to open")
    print(f"The book:      {html}/index.html, or serve it with: make serve")
    print(f"The feedback:  {classroom}/feedback/STUDENT/{ASSIGNMENT}/{ASSIGNMENT}.html")
    print(f"The marks:     {classroom}/grades.csv")
    return 0 if graded == 1 else 1  # 1 is right here: two students handed in nothing that can be graded


def hand_in(classroom: Path) -> None:
    """Make the class's submissions: right, wrong, empty, damaged and misnamed."""
    from mlpgrade.answers import fill_in, read_answers
    from mlpgrade.sources import to_notebook

    release = classroom / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    released = nbformat.read(release, as_version=4)
    solved = to_notebook(ROOT / "solutions" / f"{ASSIGNMENT}.py")
    answers = read_answers(ROOT / "demo" / f"class_{ASSIGNMENT}.py")
    for answer in answers:
        nbformat.write(fill_in(released, answer, solved), _submission(classroom, answer.name))
    nbformat.write(released, _submission(classroom, "mira"))
    _submission(classroom, "nils").write_text(release.read_text(encoding="utf-8")[:2000], encoding="utf-8")
    nbformat.write(released, _submission(classroom, "oana").with_name("linear (1).ipynb"))
    print(f"{len(answers) + 3} students hand in {ASSIGNMENT}:")
    for name, remark in [(answer.name, answer.remark) for answer in answers] + [
        ("mira", "the notebook as released, untouched"),
        ("nils", "a file that breaks off in the middle"),
        ("oana", "a file of another name"),
    ]:
        print(f"  {name:<6} {remark}")


def heading(text: str) -> None:
    """Print a line that opens a part of the demo."""
    print(f"\n== {text}", flush=True)


def run(command: list[str]) -> None:
    """Run a command and stop the demo if it fails."""
    if subprocess.run(command, cwd=ROOT).returncode:
        sys.exit(f"demo: this failed: {' '.join(command)}")


def _submission(classroom: Path, student: str) -> Path:
    path = classroom / "submitted" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT, help="below which _build/html and _build/demo are made")
    sys.exit(main(parser.parse_args().output.resolve()))
