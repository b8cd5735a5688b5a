"""Running a notebook's cells without a kernel, for tests that judge whole answers."""

import functools
import re

import matplotlib as mpl
import numpy as np

from mlpgrade.answers import divide, solution_cells
from mlpgrade.judge import Judge, to_json
from mlpgrade.sources import assignments, to_notebook
from mlpgrade.tasks import TASKS
from tests_support import ROOT

ASSIGNMENTS = assignments(ROOT / "solutions")
NOTEBOOKS = {name: to_notebook(ROOT / "solutions" / f"{name}.py") for name in ASSIGNMENTS}


@functools.cache
def challenge(task, seed):
    cases = TASKS[task].challenge(np.random.default_rng(seed))
    return to_json(cases), Judge(TASKS[task], cases)


def run_notebook(assignment, answer):
    """Run the cells before the last test, with the answer in its place. Return the names and how the first cell failed, if so."""
    sources = {cell.metadata.nbgrader.grade_id: cell.source for cell in solution_cells(NOTEBOOKS[assignment])}
    sources |= divide(answer, sources)
    mpl.use("Agg")
    namespace, failure = {"__name__": "__main__"}, None
    cells = [cell for cell in NOTEBOOKS[assignment].cells if cell.cell_type == "code"]
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells]
    last = max(position for position, name in enumerate(names) if name in targets(assignment))
    for cell, name in list(zip(cells, names, strict=True))[:last]:
        if name not in targets(assignment):
            try:
                exec(compile(sources.get(name, cell.source), "answer", "exec"), namespace)
            except Exception as error:
                failure = failure or f"{type(error).__name__}: {error}"
    return namespace, failure


@functools.cache
def targets(assignment):
    """What the hidden lines hand to `grade`, by task."""
    hidden = re.compile(r'mlpgrade\.grade\("([^"]+)", (.+)\)')
    return dict(match.groups() for cell in NOTEBOOKS[assignment].cells if (match := hidden.search(cell.source)))
