"""Our steps in nbgrader's own lists of preprocessors: see nbgrader_config.py for where each stands."""

import json
import re
import subprocess
from pathlib import Path

import nbformat
from jupyter_core.utils import run_sync
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.preprocessors import ClearSolutions, Execute, NbGraderPreprocessor
from nbgrader.utils import is_grade
from traitlets import Bool, Unicode

from mlpgrade import challenge, wire
from mlpgrade.course import CourseError
from mlpgrade.judge import judge, to_json
from mlpgrade.sandbox import bubblewrap, runner
from mlpgrade.tasks import TASKS, limits
from mlpgrade.verdict import Verdict

MARK = "mlpgrade-challenge"


class HintedStubs(ClearSolutions):
    """Clears solutions; what follows `### BEGIN SOLUTION` on its line becomes the message of the stub's error."""

    def _replace_solution_region(self, cell: NotebookNode, language: str) -> bool:
        hints = re.findall(r"BEGIN SOLUTION +(.+)", cell.source)
        replaced = super()._replace_solution_region(cell, language)
        for hint in hints:
            cell.source = cell.source.replace("raise NotImplementedError()", f'raise NotImplementedError("{hint}")', 1)
        return replaced


class _Challenges(NbGraderPreprocessor):
    """Draws the challenges of a submission: the same ones whenever the same submission is graded."""

    secret_file = Unicode(help="Where the course's secret is kept.").tag(config=True)

    def cases(self, task: str, resources: dict) -> list[challenge.Case]:
        names = resources["nbgrader"]
        secret = challenge.course_secret(Path(self.secret_file))
        return TASKS[task].challenge(challenge.generator(secret, names["student"], names["assignment"], task))


class HandInChallenges(_Challenges):
    """Before execution: a first cell that hands the challenges to the probe."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        challenges = {name: to_json(self.cases(name, resources)) for name in graded_tasks(nb)}
        source = f"import json\nimport mlpgrade.entry\nmlpgrade.entry.hand_in(json.loads({json.dumps(challenges)!r}))"
        nb.cells.insert(0, new_code_cell(source, metadata={"tags": [MARK]}))
        return nb, resources


class ExecuteToTheEnd(Execute):
    """nbgrader's Execute, but a kernel that dies leaves the remaining cells without answers, not the student without marks.

    What a kernel writes to the terminal's own error stream is dropped: it is noise of starting and stopping.
    """

    async def async_start_new_kernel(self, **kwargs) -> None:
        await super().async_start_new_kernel(stderr=subprocess.DEVNULL, **kwargs)

    start_new_kernel = run_sync(async_start_new_kernel)

    def preprocess(self, nb: NotebookNode, resources: dict, km=None) -> tuple[NotebookNode, dict]:
        try:
            return super().preprocess(nb, resources, km=km)
        except DeadKernelError:
            self.log.warning("The kernel died; what was not answered by then earns no points.")
            return nb, resources


class RunNotebook(ExecuteToTheEnd, _Challenges):
    """Runs the notebook in the sandbox. Where there is none it runs in a kernel of its own, which is said aloud."""

    require_sandbox = Bool(False, help="Refuse to grade without a sandbox.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict, km=None) -> tuple[NotebookNode, dict]:
        problem = bubblewrap.problem()
        if problem is None:
            self._run_in_sandbox(nb, resources)
            return nb, resources
        if self.require_sandbox:
            raise CourseError(f"there is no sandbox, since {problem}, and grading without one is refused.")
        self.log.warning("NO SANDBOX, since %s: this notebook can read and change what you can.", problem)
        HandInChallenges(parent=self).preprocess(nb, resources)
        return super().preprocess(nb, resources, km=km)

    def _run_in_sandbox(self, nb: NotebookNode, resources: dict) -> None:
        assignment = resources["nbgrader"]["assignment"]
        challenges = {name: to_json(self.cases(name, resources)) for name in graded_tasks(nb)}
        cells = [cell for cell in nb.cells if cell.cell_type == "code"]
        run = runner.sandbox(assignment).run([cell.source for cell in cells], challenges, limits(assignment))
        for number, cell in enumerate(cells):
            ended = number < len(run.outputs)
            cell.outputs = nbformat.from_dict(run.outputs[number]) if ended else []
            cell.execution_count = number + 1 if ended else None
        if run.problem:
            self.log.warning("Not all cells were run: %s.", run.problem)
            resources["mlpgrade_problem"] = f"The notebook stopped at cell {len(run.outputs) + 1}: {run.problem}"


class JudgeAnswers(_Challenges):
    """After execution: the verdict replaces every output of a graded cell, so that it alone decides the score."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        nb.cells = [cell for cell in nb.cells if MARK not in cell.metadata.get("tags", [])]
        failure = first_failure(nb) or resources.pop("mlpgrade_problem", "")
        for cell in nb.cells:
            if is_grade(cell) and cell.metadata.nbgrader.grade_id in TASKS and cell.cell_type == "code":
                cell.outputs = self._verdict(cell, failure, resources).outputs(float(cell.metadata.nbgrader.points))
        return nb, resources

    def _verdict(self, cell: NotebookNode, failure: str, resources: dict) -> Verdict:
        name = cell.metadata.nbgrader.grade_id
        answers = published_answers(cell, name)
        if answers is None:
            return Verdict(
                name, 0.0, (f"There is no answer to judge. {failure or own_failure(cell)}",), TASKS[name].section
            )
        return judge(TASKS[name], self.cases(name, resources), answers)


class HideHiddenTests(NbGraderPreprocessor):
    """For feedback: takes the hidden lines out of graded cells."""

    def preprocess_cell(self, cell: NotebookNode, resources: dict, index: int) -> tuple[NotebookNode, dict]:
        if is_grade(cell):
            cell.source = re.sub(
                r"[^\n]*BEGIN HIDDEN TESTS.*?END HIDDEN TESTS[^\n]*\n?", "", cell.source, flags=re.DOTALL
            )
        return cell, resources


def graded_tasks(nb: NotebookNode) -> list[str]:
    """Return the names of the tasks that the notebook's graded cells carry."""
    names = [cell.metadata.nbgrader.grade_id for cell in nb.cells if is_grade(cell)]
    return [name for name in dict.fromkeys(names) if name in TASKS]


def published_answers(cell: NotebookNode, task: str) -> list | None:
    """Return the answers that the probe published in a cell, or None. The last word counts; a forged one needs the numbers."""
    for output in reversed(cell.get("outputs", [])):
        message = output.get("data", {}).get(wire.MIME)
        if isinstance(message, dict) and message.get("task") == task:
            return message.get("answers")
    return None


def first_failure(nb: NotebookNode) -> str:
    """Say which cell of the student's failed first, if one did: what follows usually stems from it."""
    for cell in nb.cells:
        if cell.cell_type == "code" and not is_grade(cell):
            for output in cell.get("outputs", []):
                if output.output_type == "error":
                    head = next((line for line in cell.source.splitlines() if line.strip()), "")
                    return f"The cell that begins with “{head[:60]}” failed first: {_error(output)}."
    return ""


def own_failure(cell: NotebookNode) -> str:
    """Say how the graded cell itself failed, or that it did not run."""
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            return f"The test could not run: {_error(output)}."
    return "The test did not run: an earlier cell took too long or ended the process."


def _error(output: NotebookNode) -> str:
    return f"{output.ename}: {output.evalue}"[:300].rstrip(": ")
