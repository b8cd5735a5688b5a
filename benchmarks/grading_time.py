"""How fast grading is: plain nbgrader and `mlpgrade grade` on the same class, alternating, in one run.

Ratios of wall and CPU seconds are printed, with start-up and without it (the slope between two class sizes); how long the
first mark takes, what a second worker gains, and what a submission costs, by phase and beside the floor. Marks are compared:
faster is worth nothing if it is not the same.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import mean, median

import nbformat

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENT = "04_linear_layer"
FOLDER = ROOT / "solutions" / ASSIGNMENT
STOCK_CONFIG = f"""
import os
__file__ = {str(ROOT / "nbgrader_config.py")!r}
exec(compile(open(__file__).read(), __file__, "exec"))
del c.Autograde, c.GenerateFeedback
c.CourseDirectory.root = os.getcwd()  # or the settings of this repository would be read from there once more
"""
"""This course under nbgrader's own steps: the hidden lines then judge in the student's kernel."""


LEFT_OUT = ("chen", "dana", "jin")
"""Of the demo class. Plain nbgrader gives other marks to the last two: nothing for an answer that warns, nor for a right
backward beside a wrong forward. The loops of the first would take it half a minute in a cell on which no mark depends."""


def main() -> None:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[40, 120], help="class sizes")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--flat", type=int, default=0, help="also grade a class of this size with mlpgrade alone")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        stock_root = Path(scratch) / "stock"
        stock_root.mkdir()
        (stock_root / "nbgrader_config.py").write_text(STOCK_CONFIG)
        ways = {
            "nbgrader": (stock_root, ["nbgrader", "autograde", ASSIGNMENT, "--log-level=ERROR"]),
            "mlpgrade": (ROOT, ["mlpgrade", "grade", ASSIGNMENT]),
            "mlpgrade, 2 workers": (ROOT, ["mlpgrade", "grade", ASSIGNMENT, "--workers", "2"]),
        }
        seconds: dict[tuple[str, int], list[tuple[float, float, float]]] = {}
        for turn in range(options.rounds):
            for size in options.sizes:
                marks = {}
                for way, (root, command) in ways.items():
                    classroom = Path(scratch) / f"{way}-{size}-{turn}".replace(", ", "-").replace(" ", "-")
                    hand_in(classroom, size)
                    seconds.setdefault((way, size), []).append(timed(command, root, classroom))
                    marks[way] = marks_of(classroom)
                    if way == "mlpgrade":
                        phases = phases_of(classroom)
                stock = marks["nbgrader"]
                for way, found in marks.items():
                    if found != stock:
                        differing = {
                            key: (stock.get(key), mark) for key, mark in found.items() if mark != stock.get(key)
                        }
                        sys.exit(f"{size} submissions: the marks of {way} DIFFER: {differing}")
                print(f"{size} submissions: the marks are the same", flush=True)
        show(seconds, options.sizes)
        show_start_up(seconds, options.sizes)
        show_feedback(Path(scratch), stock_root, options.sizes)
        print("phases of a submission, mlpgrade: " + ", ".join(f"{name} {took:.3f} s" for name, took in phases.items()))
        lowest, cost = floor(), sum(phases.values())
        print(
            f"floor, the student's cells alone in a warm fork: {lowest:.3f} s; all phases: {cost / lowest:.1f} times that"
        )
        if options.flat:
            classroom = Path(scratch) / "flat"
            hand_in(classroom, options.flat)
            wall, cpu, _ = timed(["mlpgrade", "grade", ASSIGNMENT], ROOT, classroom)
            print(
                f"{options.flat} submissions, mlpgrade: {wall / options.flat:.3f} s wall, {cpu / options.flat:.3f} s CPU each"
            )


def middle(
    seconds: dict[tuple[str, int], list[tuple[float, float, float]]],
) -> dict[tuple[str, int], tuple[float, ...]]:
    """Return the medians over all rounds."""
    return {key: tuple(map(median, zip(*found, strict=True))) for key, found in seconds.items()}


def show_start_up(seconds: dict[tuple[str, int], list[tuple[float, float, float]]], sizes: list[int]) -> None:
    """Print how long the first mark takes, and what a second worker gains with start-up."""
    found, small, large = middle(seconds), min(sizes), max(sizes)
    stock = [found["nbgrader", size][0] for size in (small, large)]
    start = stock[0] - small * (stock[1] - stock[0]) / (large - small)
    first = found["mlpgrade", small][2]
    print(
        f"start-up to the first mark, mlpgrade: {first:.2f} s; start-up of plain nbgrader, before its first: {start:.2f} s"
    )
    for size in sizes:
        gain = found["mlpgrade", size][0] / found["mlpgrade, 2 workers", size][0]
        print(f"{size} submissions with start-up: two workers are {gain:.2f} times as fast as one")


def show(seconds: dict[tuple[str, int], list[tuple[float, float, float]]], sizes: list[int]) -> None:
    """Print seconds and ratios."""
    small, large = min(sizes), max(sizes)
    average = middle(seconds)
    print(f"{'':<22}" + "".join(f"{f'{size} with start-up':>28}" for size in sizes) + f"{'each, net of start-up':>28}")
    for way in dict.fromkeys(way for way, _ in seconds):
        row = [average[way, size] for size in sizes]
        each = tuple((average[way, large][i] - average[way, small][i]) / (large - small) for i in (0, 1))
        print(f"{way:<22}" + "".join(f"{f'{took[0]:.2f} s wall, {took[1]:.2f} s CPU':>28}" for took in [*row, each]))
        if way != "nbgrader":
            base = [average["nbgrader", size] for size in sizes]
            base_each = tuple(
                (average["nbgrader", large][i] - average["nbgrader", small][i]) / (large - small) for i in (0, 1)
            )
            pairs = zip([*base, base_each], [*row, each], strict=True)
            print(
                f"{'  times faster':<22}"
                + "".join(f"{f'{b[0] / o[0]:.1f} wall, {b[1] / o[1]:.1f} CPU':>28}" for b, o in pairs)
            )


def show_feedback(scratch: Path, stock_root: Path, sizes: list[int]) -> None:
    """Time the feedback pages of the smallest and the largest class, one way after the other."""
    small, large = min(sizes), max(sizes)
    theirs, mine = {}, {}
    for size in (small, large):
        command = ["nbgrader", "generate_feedback", ASSIGNMENT, "--log-level=ERROR"]
        theirs[size] = timed(command, stock_root, scratch / f"nbgrader-{size}-0")
        mine[size] = timed(["mlpgrade", "grade", ASSIGNMENT, "--feedback"], ROOT, scratch / f"mlpgrade-{size}-0")
    for kind, index in (("wall", 0), ("CPU", 1)):
        stock, ours = theirs[large][index], mine[large][index]
        net = (stock - theirs[small][index]) / max(1e-3, ours - mine[small][index])
        print(
            f"feedback for {large}: {stock:.1f} s {kind} and {ours:.1f} s, {stock / ours:.1f} times faster; net {net:.1f}"
        )


def hand_in(classroom: Path, size: int) -> None:
    """Make a class of answers, right and wrong, in many styles."""
    from mlpgrade.authoring.answers import fill_in, read_answers
    from mlpgrade.gradebook.sources import to_notebook

    environment(classroom)
    subprocess.run(
        ["nbgrader", "generate_assignment", ASSIGNMENT, "--force", "--log-level=ERROR"], cwd=ROOT, check=True
    )
    released = nbformat.read(classroom / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    solved = to_notebook(FOLDER / "notebook.py")
    answers = [one for one in read_answers(FOLDER / "answers") if one.student and one.student not in LEFT_OUT]
    for number in range(size):
        path = classroom / "submitted" / f"s{number:04d}" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(fill_in(released, answers[number % len(answers)], solved)))


def environment(classroom: Path) -> None:
    """Let this course use the classroom."""
    os.environ |= {
        "MLP_CLASSROOM": str(classroom),
        "MLP_RELEASE": str(classroom / "release"),
        "MLP_GRADEBOOK": "",
        "OPENBLAS_NUM_THREADS": "1",
    }


def timed(command: list[str], root: Path, classroom: Path) -> tuple[float, float, float]:
    """Return wall and CPU seconds of a command and of what it has started and waited for, and seconds to its first line."""
    environment(classroom)
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with subprocess.Popen(
        [*command], cwd=root, stdout=subprocess.PIPE, env=os.environ | {"PYTHONUNBUFFERED": "1"}
    ) as process:
        process.stdout.readline()
        first = time.perf_counter() - began
        process.stdout.read()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - began, cpu, first


def marks_of(classroom: Path) -> dict[tuple[str, str], float]:
    """Return the automatic mark of each student and task."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{classroom / 'gradebook.db'}") as gradebook:
        submissions = gradebook.find_assignment(ASSIGNMENT).submissions
        return {
            (one.student.id, grade.name): grade.auto_score for one in submissions for grade in one.notebooks[0].grades
        }


def phases_of(classroom: Path) -> dict[str, float]:
    """Return the mean seconds of each phase, as the logs of the submissions tell them."""
    found: dict[str, list[float]] = {}
    for log in (classroom / "logs" / ASSIGNMENT).glob("*.log"):
        for name, took in re.findall(r"(\w+) (\d+\.\d+) s", log.read_text().splitlines()[-1]):
            found.setdefault(name, []).append(float(took))
    return {name: mean(took) for name, took in found.items()}


def floor() -> float:
    """Return the seconds that the cells of a right answer take in a warm fork, with nothing around them."""
    from mlpgrade.authoring.answers import fill_in, read_answers
    from mlpgrade.gradebook.sources import to_notebook
    from mlpgrade.marking.notebook import up_to_the_last_mark
    from mlpgrade.sandbox.library import Image
    from mlpgrade.sandbox.runner import Sandbox

    solved = to_notebook(FOLDER / "notebook.py")
    answer = read_answers(FOLDER / "answers")[0]
    notebook = up_to_the_last_mark(fill_in(solved, answer, solved))
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    own = [cell.source for cell in cells if not cell.metadata.get("nbgrader", {}).get("grade")]
    sandbox = Sandbox(Image(("mlpkit",)))
    sandbox.run(own, {})
    began = time.perf_counter()
    for _ in range(10):
        sandbox.run(own, {})
    took = (time.perf_counter() - began) / 10
    print(f"memory of a warm worker process: {resident(b'mlpgrade.sandbox.zygote'):.0f} MB")
    sandbox.close()
    return took


def resident(command: bytes) -> float:
    """Return the memory of the largest process that was started with `command`, in MB."""
    sizes = [0.0]
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if command in (path / "cmdline").read_bytes():
                found = re.search(r"VmRSS:\s+(\d+) kB", (path / "status").read_text())
                sizes.append(int(found[1]) / 1024 if found else 0.0)
        except OSError:
            continue  # it has ended meanwhile
    return max(sizes)


if __name__ == "__main__":
    main()
