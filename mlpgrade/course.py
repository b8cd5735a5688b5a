"""Where a course keeps its things, as nbgrader_config.py says; and the errors that people cause, as single lines."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from mlpgrade.judging.declared import Assignment, DeclarationError, Declared, version
from mlpgrade.judging.plain import plain

if TYPE_CHECKING:
    from nbformat import NotebookNode

CONFIG = "nbgrader_config.py"

PIECES = ("notebook.py", "judge.py", "props.py")
"""What an assignment is made of, besides its answers."""


class CourseError(Exception):
    """Something that the person at the keyboard can put right. Its message says what and how."""


@dataclass(frozen=True)
class Course:
    """The course in a directory."""

    root: Path
    config: Config

    @classmethod
    def here(cls) -> Course:
        """Return the course in the working directory. Raises CourseError if there is none."""
        if not Path(CONFIG).exists():
            raise CourseError(f"there is no {CONFIG} in {os.getcwd()}; run mlpgrade from the course's root.")
        return cls(Path.cwd(), PyFileConfigLoader(CONFIG, path=os.getcwd()).load_config())

    @classmethod
    def around(cls, folder: Path) -> Course:
        """Return the course that a folder lies in. Raises CourseError if it lies in none."""
        for root in (folder, *folder.parents):
            if (root / CONFIG).exists():
                return cls(root, PyFileConfigLoader(CONFIG, path=str(root)).load_config())
        raise CourseError(f"{folder} lies in no course: there is no {CONFIG} in it, nor above it.")

    @property
    def db_url(self) -> str:
        """The gradebook's address."""
        return str(self.config.CourseDirectory.db_url)

    def step(self, name: str) -> Path:
        """Return nbgrader's directory of a step: source, release, submitted, autograded or feedback."""
        return self.root / self.config.CourseDirectory[f"{name}_directory"]

    @property
    def classroom(self) -> Path:
        """The folder of submissions, marks, feedback, and all that instructors keep."""
        return self.step("submitted").parent

    @property
    def secret_file(self) -> Path:
        """Where the secret is kept from which challenges are drawn."""
        return Path(self.config.Course.secret_file)

    def released(self, assignment: str) -> NotebookNode:
        """Return the notebook as students get it. Raises CourseError if it has not been made."""
        import nbformat

        path = self.step("release") / assignment / f"{assignment}.ipynb"
        if not path.exists():
            raise CourseError(f"{path} is missing; run: mlpgrade exercises")
        return nbformat.read(path, as_version=4)

    def autograded(self, assignment: str, student: str) -> Path:
        """Return where a student's marked notebook belongs."""
        return self.step("autograded") / student / assignment / f"{assignment}.ipynb"

    def log(self, assignment: str, student: str) -> Path:
        """Return where the log of grading a submission belongs."""
        return self.step("autograded").parent / "logs" / assignment / f"{student}.log"

    @property
    def solutions(self) -> Path:
        """Where the assignments are written, with solutions, judges and answers."""
        return Path(self.config.Course.solutions)

    def assignments(self) -> list[str]:
        """Return the names of the assignments, in order. Raises CourseError if there are no solutions here."""
        names = sorted(text.parent.name for text in self.solutions.glob("*/notebook.py"))
        if not names:
            raise CourseError(
                f"there are no assignments in {self.solutions}: solutions and judges lie there, NAME/notebook.py and "
                "NAME/judge.py. Set MLP_SOLUTIONS if they are kept elsewhere."
            )
        return names

    def require_assignment(self, assignment: str) -> None:
        """Raise CourseError unless the course has the assignment."""
        if assignment not in (known := self.assignments()):
            raise CourseError(f"there is no assignment {assignment!r}; there are: {', '.join(known)}.")

    def assignment(self, name: str) -> Assignment:
        """Return what marking needs of an assignment. Raises CourseError if it is not there."""
        self.require_assignment(name)
        folder = self.solutions / name
        texts = [path.read_text(encoding="utf-8") if path.exists() else "" for path in map(folder.joinpath, PIECES)]
        if not texts[1]:
            raise CourseError(f"{folder / 'judge.py'} is missing: it declares the tasks that the notebook grades.")
        return Assignment(name, texts[1], texts[2], version(*texts), tuple(self.config.Course.get("libraries", ())))

    def declared(self, name: str) -> Declared:
        """Return an assignment's declarations. Raises CourseError if they cannot be used."""
        try:
            return self.assignment(name).declared
        except DeclarationError as error:
            raise CourseError(str(error)) from None

    def submitters(self, assignment: str, student: str | None = None) -> list[str]:
        """Return who handed in the assignment (or the one student asked for). Raises CourseError if nobody did."""
        self.require_assignment(assignment)
        submitted = self.step("submitted")
        names = sorted(folder.parent.name for folder in submitted.glob(f"*/{assignment}") if folder.is_dir())
        if student is not None and student not in names:
            some = ", ".join(map(plain, names[:10])) + (", …" if len(names) > 10 else "")
            raise CourseError(
                f"{student!r} handed in no {assignment} below {submitted}; these did: {some or 'nobody'}."
            )
        if not names:
            raise CourseError(
                f"nobody handed in {assignment}: there is no {submitted}/STUDENT/{assignment}/{assignment}.ipynb."
            )
        return [student] if student is not None else names
