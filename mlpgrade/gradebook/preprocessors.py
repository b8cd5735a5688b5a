"""Our steps in nbgrader's own lists of preprocessors: see nbgrader_config.py for where each stands."""

import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor
from nbgrader.utils import is_grade
from traitlets import Bool, Unicode

from mlpgrade.course import Course
from mlpgrade.gradebook.settle import settle
from mlpgrade.intake.beside import modules_beside
from mlpgrade.intake.receive import content
from mlpgrade.intake.whole import is_answered, make_whole, without_hidden_lines
from mlpgrade.judging.declared import Assignment
from mlpgrade.marking import notebook as marking

PROBLEM = "mlpgrade_problem"
"""Among the resources of a conversion: why not all cells were run."""


class HintedStubs(ClearSolutions):
    """Clears solutions; what follows `### BEGIN SOLUTION` on its line becomes the message of the stub's error."""

    def _replace_solution_region(self, cell: NotebookNode, language: str) -> bool:
        hints = re.findall(r"BEGIN SOLUTION +(.+)", cell.source)
        replaced = super()._replace_solution_region(cell, language)
        for hint in hints:
            cell.source = cell.source.replace("raise NotImplementedError()", f'raise NotImplementedError("{hint}")', 1)
        return replaced


class MakeWhole(NbGraderPreprocessor):
    """Before anything else: the student's code in the frame that was released."""

    released = Unicode(help="The directory of the released assignments.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        names = resources["nbgrader"]
        path = Path(self.released) / names["assignment"] / f"{names['notebook']}.ipynb"
        released = nbformat.read(path, as_version=4)
        folder = Path(self.config.CourseDirectory.submitted_directory) / names["student"] / names["assignment"]
        whole, modules = make_whole(nb, released), modules_beside(nb, folder, content)
        marking.note_intake(whole, modules=modules, answered=is_answered(whole, released))
        return whole, resources


class _OfTheCourse(NbGraderPreprocessor):
    """Knows the course, and so the challenges of a submission."""

    def assignment(self, resources: dict) -> Assignment:
        return self.course().assignment(resources["nbgrader"]["assignment"])

    def course(self) -> Course:
        return Course(Path(self.config.CourseDirectory.root), self.config)

    def seeds(self, nb: NotebookNode, resources: dict) -> dict[str, int]:
        student = resources["nbgrader"]["student"]
        return marking.draw_seeds(nb, self.course().secret_file, student, self.assignment(resources))


class RunNotebook(_OfTheCourse):
    """Runs the notebook in the sandbox, or where there is none in a kernel."""

    require_sandbox = Bool(False, help="Refuse to grade without a sandbox.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        assignment = self.assignment(resources)
        resources[PROBLEM] = marking.run(nb, assignment, self.seeds(nb, resources), self.require_sandbox)
        return nb, resources


class JudgeAnswers(_OfTheCourse):
    """After execution: the verdict replaces every output of a graded cell, so that it alone decides the score."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        assignment = self.assignment(resources)
        marking.put_verdicts(nb, assignment, self.seeds(nb, resources), resources.pop(PROBLEM, ""))
        return nb, resources


class Settle(_OfTheCourse):
    """Instead of nbgrader's own step for late penalties: policy and voided tasks, as `mlpgrade` has them."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        names = resources["nbgrader"]
        settle(self.course(), names["assignment"], student=names["student"])
        return nb, resources


class HideHiddenTests(NbGraderPreprocessor):
    """For feedback: takes the hidden lines out of graded cells, and the bare number by which nbgrader reads a share of the points."""

    def preprocess_cell(self, cell: NotebookNode, resources: dict, index: int) -> tuple[NotebookNode, dict]:
        if is_grade(cell):
            cell.source = without_hidden_lines(cell.source)
            if "outputs" in cell:
                cell.outputs = [output for output in cell.outputs if output.output_type != "execute_result"]
        return cell, resources
