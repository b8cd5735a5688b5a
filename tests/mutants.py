"""Small changes to the solutions, most of them by mutmut: `python -m tests.mutants [--at-most N] [ASSIGNMENT …]`.

Every change within a solution must lose a task, whatever the seed, or be listed in mutants_equivalent.txt with the reason why nobody could
tell the difference, or why the assignment allows it. The exit status is 1 when a change that survives is not listed, and
when a listed one is lost or no longer made. Strings, messages of errors, and the code handed out are left as they are.

A line of that file is `ASSIGNMENT CELL: THE CHANGED LINE # REASON`. A changed line that can come about in several places
of one cell is listed once for all of them. `--at-most N` tries only N changes of each cell, evenly spread; then nothing is said of
listed ones that were not tried.
"""

import argparse
import contextlib
import difflib
import io
import logging
import signal
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # as pytest does

import libcst as cst
import matplotlib.pyplot as plt
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

from bank_support import ASSIGNMENTS, NOTEBOOKS, challenge, run_notebook, targets
from mlpgrade.authoring.answers import Answer, solution_cells
from mlpgrade.judging import probe

LISTED = Path(__file__).parent.parent / "solutions" / "mutants_equivalent.txt"
SEEDS = {"train-digits": 1}
"""How often a task is judged, where not three times."""

SECONDS = {"09_digits": 60}
"""After how long a change counts as caught, where not after ten: it is an endless loop."""


@dataclass(frozen=True)
class Mutant:
    """A solution cell with one change, and the lines that differ."""

    cell: str
    source: str
    removed: str
    added: str


def one_less(node: cst.Integer) -> Iterator[cst.BaseExpression]:
    """Make 0 of an axis or index 1; mutmut's numbers only grow."""
    if node.evaluated_value >= 1:
        yield node.with_changes(value=repr(node.evaluated_value - 1))


def by_entries(node: cst.BinaryOperation) -> Iterator[cst.BinaryOperation]:
    """Multiply entry by entry instead of as matrices."""
    if isinstance(node.operator, cst.MatrixMultiply):
        yield node.with_changes(operator=cst.Multiply())


def upright(node: cst.Attribute) -> Iterator[cst.BaseExpression]:
    """Forget to transpose."""
    if node.attr.value == "T":
        yield node.value


def left_out(node: cst.SimpleStatementLine) -> Iterator[cst.SimpleStatementLine]:
    yield node.with_changes(body=[cst.Pass()])


OPERATORS = [
    *mutation_operators,
    (cst.Integer, one_less),
    (cst.BinaryOperation, by_entries),
    (cst.Attribute, upright),
    (cst.SimpleStatementLine, left_out),
]
"""mutmut's, and those that it lacks for this kind of code."""


class Changes(cst.CSTVisitor):
    """What the operators make of the nodes that start on the given lines."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, lines: set[int]):
        super().__init__()
        self.lines = lines
        self.found: list[tuple[cst.CSTNode, cst.CSTNode]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Raise | cst.BaseString):
            return False
        position = self.get_metadata(PositionProvider, node, None)
        if position is not None and position.start.line in self.lines:
            for kind, operator in OPERATORS:
                if isinstance(node, kind):
                    self.found += [(node, changed) for changed in operator(node)]
        return True


def solution_lines(source: str) -> set[int]:
    """Return the numbers of the lines between the markers, from 1."""
    inside, found = False, set()
    for number, line in enumerate(source.splitlines(), 1):
        inside = (inside or "### BEGIN SOLUTION" in line) and "### END SOLUTION" not in line
        found |= {number} if inside else set()
    return found


def mutants(cell: str, source: str) -> Iterator[Mutant]:
    source = source.rstrip() + "\n"
    wrapper = MetadataWrapper(cst.parse_module(source))
    changes = Changes(solution_lines(source))
    wrapper.visit(changes)
    seen = {wrapper.module.code}
    for node, changed in changes.found:
        code = cst.ensure_type(wrapper.module.deep_replace(node, changed), cst.Module).code
        if code in seen:
            continue
        seen.add(code)
        lines = list(difflib.ndiff(source.splitlines(), code.splitlines()))
        removed, added = (" ".join(line[2:].strip() for line in lines if line[:2] == sign) for sign in ("- ", "+ "))
        yield Mutant(cell, code, removed, f"pass instead of {removed}" if added == "pass" else added)


def loses(task: str, target: object, seed: int) -> bool:
    steps, judge = challenge(task, seed)
    return judge.verdict(probe.run(steps, target, judge.props)).share < 1


def survives(assignment: str, mutant: Mutant) -> bool:
    """Return whether there is no task that it loses on every seed. Tasks about what its cell defines come first."""
    answer = Answer("mutant", "", f"# cell: {mutant.cell}\n{mutant.source}")
    signal.setitimer(signal.ITIMER_REAL, SECONDS.get(assignment, 10), 1)
    try:
        namespace, _ = run_notebook(assignment, answer)
        expressions = targets(assignment)
        own = {
            word for word in expressions.values() if f"def {word}(" in mutant.source or f"class {word}" in mutant.source
        }
        for task in sorted(expressions, key=lambda task: expressions[task] not in own):
            target = eval(expressions[task], namespace)
            if all(loses(task, target, seed) for seed in range(SEEDS.get(task, 3))):
                return False
    except (Exception, KeyboardInterrupt):
        return False
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        plt.close("all")
    return True


def quietly_survives(assignment: str, mutant: Mutant) -> bool:
    streams = contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO())
    with streams[0], streams[1], warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return survives(assignment, mutant)


def listed() -> dict[tuple[str, str, str], str]:
    """Return the reasons in the file, by assignment, cell and changed line."""
    found = {}
    for line in LISTED.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            where, _, rest = line.partition(": ")
            changed, _, reason = rest.rpartition(" # ")
            if not changed or not reason:
                raise ValueError(f"{LISTED.name}: no reason in {line!r}")
            assignment, cell = where.split()
            if assignment not in ASSIGNMENTS:
                raise ValueError(f"{LISTED.name}: there is no {assignment}")
            found[assignment, cell, changed] = reason
    return found


def main() -> int:
    """Try every change of the assignments asked for and print what came of it."""
    parser = argparse.ArgumentParser(prog="tests.mutants", description=__doc__.splitlines()[0])
    parser.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="by default all of them")
    parser.add_argument("--at-most", type=int, metavar="N", help="try only N changes of each cell, evenly spread")
    options = parser.parse_args()
    if unknown := set(options.assignments) - set(ASSIGNMENTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    logging.disable(logging.CRITICAL)
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    known, problems = listed(), 0
    print(f"{'assignment':30}{'mutants':>9}{'killed':>9}{'listed':>9}{'other':>9}")
    for assignment in options.assignments or ASSIGNMENTS:
        tried, surviving, partly = [], [], set()
        for cell in solution_cells(NOTEBOOKS[assignment]):
            name = cell.metadata.nbgrader.grade_id
            if not quietly_survives(assignment, Mutant(name, cell.source, "", "")):
                raise RuntimeError(f"{assignment} {name}: the solution itself loses a task")
            made = list(mutants(name, cell.source))
            number = min(len(made), options.at_most or len(made))
            tried += [made[turn * len(made) // number] for turn in range(number)]
            partly |= {name} if number < len(made) else set()
        for mutant in tried:
            if quietly_survives(assignment, mutant):
                surviving.append(mutant)
        keys = {(assignment, mutant.cell, mutant.added) for mutant in surviving}
        other = [mutant for mutant in surviving if (assignment, mutant.cell, mutant.added) not in known]
        stale = [key for key in known if key[0] == assignment and key[1] not in partly and key not in keys]
        counts = len(tried), len(tried) - len(surviving), len(surviving) - len(other), len(other)
        print(f"{assignment:30}" + "".join(f"{count:>9}" for count in counts), flush=True)
        for mutant in other:
            print(f"  not listed: {assignment} {mutant.cell}: {mutant.added}\n{'was: ':>14}{mutant.removed}")
        for key in stale:
            print(f"  listed, but it does not survive: {key[0]} {key[1]}: {key[2]}")
        problems += len(other) + len(stale)
    return int(problems > 0)


if __name__ == "__main__":
    sys.exit(main())
