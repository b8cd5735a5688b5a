"""`make demo`: the whole course once round, on a small class, in `_build/demo`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENT = "04_linear_layer"


def main(skip_book: bool) -> int:
    """Build the book, make the exercises, grade the class and print its marks. Returns the exit status."""
    classroom = Path(os.environ.setdefault("MLP_CLASSROOM", "_build/demo"))
    os.environ["MLP_RELEASE"] = str(classroom / "release")
    os.chdir(ROOT)
    shutil.rmtree(classroom, ignore_errors=True)
    if not skip_book:
        heading("The book")
        run([sys.executable, "tools/build_book.py"])
    heading("The exercises")
    run(["mlpgrade", "exercises"])
    hand_in(classroom)
    heading(f"Grading {ASSIGNMENT}: nbgrader runs each notebook, the judge decides")
    graded = subprocess.run(["mlpgrade", "grade", ASSIGNMENT, "--feedback"]).returncode
    heading("Marks, and the reason for each lost point")
    run(["mlpgrade", "report", ASSIGNMENT])
    run(["nbgrader", "export", "--log-level=WARN"])
    heading("What to open")
    print("The book:      _build/html/index.html, or serve it with: make serve")
    print(f"The feedback:  {classroom}/feedback/STUDENT/{ASSIGNMENT}/{ASSIGNMENT}.html")
    print(f"The marks:     {classroom}/grades.csv")
    return 0 if graded == 1 else 1  # 1: as it must be, the two who handed in no notebook have no marks


def hand_in(classroom: Path) -> None:
    """Make the class's submissions: right, wrong, empty, damaged and misnamed."""
    from mlpgrade.answers import fill_in, read_answers

    release = classroom / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    released = nbformat.read(release, as_version=4)
    answers = read_answers(ROOT / "demo" / f"class_{ASSIGNMENT}.py")
    for answer in answers:
        nbformat.write(fill_in(released, answer), _submission(classroom, answer.name))
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
    if subprocess.run(command).returncode:
        sys.exit(f"demo: this failed: {' '.join(command)}")


def _submission(classroom: Path, student: str) -> Path:
    path = classroom / "submitted" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


if __name__ == "__main__":
    sys.exit(main(skip_book="--skip-book" in sys.argv))
