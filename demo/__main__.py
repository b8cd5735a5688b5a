"""`make demo`: the whole course once round, on a small class, in `_build/demo`."""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
LINEAR = "04_linear_layer"
"""The assignment whose class also hands in what is empty, damaged or misnamed."""


def main(output: Path) -> int:
    """Build the book, make the exercises, grade the class and print its marks. Returns the exit status."""
    from mlpgrade.course import Course

    html, classroom = output / "_build" / "html", output / "_build" / "demo"
    shutil.rmtree(classroom, ignore_errors=True)
    os.environ |= {"MLP_CLASSROOM": str(classroom), "MLP_RELEASE": str(classroom / "release"), "MLP_GRADEBOOK": ""}
    heading("The book")
    run([sys.executable, "tools/build_book.py", str(output)])
    heading("The exercises")
    run(["mlpgrade", "exercises"])
    heading("The class hands in")
    names = Course.around(ROOT).assignments()
    for assignment in names:
        hand_in(classroom, assignment)
    heading("Grading: each notebook runs in the sandbox, the judge decides")
    run(["mlpgrade", "grade", *names, "--feedback"], but=3)  # which says that a person should look at some
    heading("Marks, and the reason for each lost point")
    run(["mlpgrade", "report", *names])
    run(["nbgrader", "export", "--log-level=WARN"])
    heading("What to open")
    print(f"The book:      {html}/index.html, or serve it with: make serve")
    print(f"The feedback:  {classroom}/feedback/STUDENT/{LINEAR}/{LINEAR}.html, and so on")
    print(f"The marks:     {classroom}/grades.csv")
    return 0


def hand_in(classroom: Path, assignment: str) -> None:
    """Make the class's submissions: right, wrong, empty, damaged and misnamed."""
    from mlpgrade.authoring.answers import fill_in, read_answers
    from mlpgrade.course import Course
    from mlpgrade.gradebook.sources import to_notebook

    release = classroom / "release" / assignment / f"{assignment}.ipynb"
    released = nbformat.read(release, as_version=4)
    folder = Course.around(ROOT).solutions / assignment
    solved = to_notebook(folder / "notebook.py")
    present = [answer for answer in read_answers(folder / "answers") if answer.student]
    answers = sorted(present, key=lambda answer: str(answer.student))
    for answer in answers:
        nbformat.write(fill_in(released, answer, solved), submission(classroom, str(answer.student), assignment))
    remarks = [(answer.student, answer.remark) for answer in answers]
    if assignment == LINEAR:
        nbformat.write(released, submission(classroom, "mira", assignment))
        damaged = release.read_text(encoding="utf-8")[:2000]
        submission(classroom, "nils", assignment).write_text(damaged, encoding="utf-8")
        right = fill_in(released, answers[0], solved)
        nbformat.write(right, submission(classroom, "oana", assignment).with_name("linear (1).ipynb"))
        remarks += [
            ("mira", "the notebook as released, untouched"),
            ("nils", "a file that breaks off in the middle"),
            ("oana", "a right answer in a file of another name"),
        ]
    print(assignment)
    for name, remark in remarks:
        print(f"  {name:<6} {remark}")


def heading(text: str) -> None:
    """Print a line that opens a part of the demo."""
    print(f"\n== {text}", flush=True)


def run(command: list[str], but: int = 0) -> None:
    """Run a command and stop the demo if it fails, `but` with this status."""
    if subprocess.run(command, cwd=ROOT).returncode not in (0, but):
        sys.exit(f"demo: this failed: {' '.join(command)}")


def submission(classroom: Path, student: str, assignment: str) -> Path:
    """Return where a student's notebook belongs, with its folder made."""
    path = classroom / "submitted" / student / assignment / f"{assignment}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT, help="below which _build/html and _build/demo are made")
    sys.exit(main(parser.parse_args().output.resolve()))
