"""What must hold of the sandbox beside what tests/mlpgrade/sandbox/test_hostile.py attacks: it starts, restarts and fails as told."""

import ast
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from mlpgrade.sandbox import bubblewrap, library, runner
from tests_support import ASSIGNMENT, image, running, still_running

needs_walls = pytest.mark.skipif(bubblewrap.problem() is not None, reason=f"no sandbox: {bubblewrap.problem()}")
PATIENCE = 120
TURNS = ("01_perceptron", ASSIGNMENT, "01_perceptron")


@pytest.fixture
def ours():
    sandbox = runner.Sandbox(image(ASSIGNMENT))
    yield sandbox
    sandbox.close()


def text_of(run):
    return [output["data"]["text/plain"] for cell in run.outputs for output in cell if "data" in output]


@needs_walls
@pytest.mark.parametrize("limits", [{"processes": 0}, {"disk": "plenty"}, {"cpu": "all"}])
def test_a_process_that_cannot_be_isolated_is_nobodys_fault_and_the_next_one_runs(ours, limits):
    """Were it told as an end of the notebook, a full machine would cost the student every point."""
    with pytest.raises(runner.SandboxError, match=r"could not start a notebook's process: .+"):
        ours.run(["1"], {}, limits)
    assert text_of(ours.run(["2"], {})) == ["2"]


def when_bubblewrap_has_forked(sandbox):
    """Wait for the moment in which its second process exists and has not yet asked to end with the first."""
    children = Path(f"/proc/{sandbox._process.pid}/task/{sandbox._process.pid}/children")
    if not children.exists():
        sandbox.close()
        pytest.skip("this kernel does not list a process's children")
    while sandbox.alive and not children.read_text():
        pass


@needs_walls
def test_a_sandbox_that_is_closed_while_it_starts_leaves_nothing_running():
    for _ in range(5):
        sandbox = runner.Sandbox(image(ASSIGNMENT))
        when_bubblewrap_has_forked(sandbox)
        sandbox.close()
        assert still_running(sandbox.name) == set()


@needs_walls
def test_a_sandbox_whose_first_process_alone_was_killed_while_it_starts_keeps_nobody_waiting():
    """The second one holds the pipe open from which the answer would come."""
    sandbox = runner.Sandbox(image(ASSIGNMENT))
    when_bubblewrap_has_forked(sandbox)
    sandbox._process.kill()
    with pytest.raises(runner.SandboxError, match="stopped working"):
        sandbox.run(["1"], {})
    sandbox.close()
    for process in running(sandbox.name):
        os.kill(int(process), signal.SIGKILL)


@needs_walls
def test_a_sandbox_that_has_ended_says_so_and_is_started_again():
    first = runner.sandbox(image(ASSIGNMENT))
    first.run(["1"], {})
    first._process.kill()
    with pytest.raises(runner.SandboxError, match="stopped working"):
        first.run(["1"], {})
    second = runner.sandbox(image(ASSIGNMENT))
    assert text_of(second.run(["1"], {})) == ["1"]
    second.close()


def in_two_threads(work):
    """Run `work(0)` and `work(1)` at once and return what they return."""
    found = {}

    def keep(number):
        found[number] = work(number)

    threads = [threading.Thread(target=keep, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return found


@needs_walls
def test_threads_do_not_read_each_others_answers():
    """A Dask worker has several threads unless told otherwise."""

    def work(number):
        ours = runner.sandbox(image(ASSIGNMENT))
        said = [text_of(ours.run([f"{number}"], {})) for _ in range(20)]
        ours.close()
        return said

    assert in_two_threads(work) == {number: [[str(number)]] * 20 for number in range(2)}


def test_two_threads_may_build_the_library_at_once(tmp_path):
    """Python code that runs while a tree is made, here by the garbage collector, lets the other thread in."""
    interval = sys.getswitchinterval()
    give_way = lambda phase, info: sum(range(2000))  # noqa: E731
    gc.callbacks.append(give_way)
    sys.setswitchinterval(1e-6)
    try:
        built = in_two_threads(
            lambda number: [library.build(image(ASSIGNMENT), tmp_path / f"{number}-{time}") for time in range(10)]
        )
    finally:
        sys.setswitchinterval(interval)
        gc.callbacks.remove(give_way)
    assert sorted(built) == [0, 1]
    names = [sorted(os.listdir(folder / "mlpkit")) for folder in tmp_path.iterdir()]
    assert names[1:] == names[:-1]


@needs_walls
def test_a_forked_process_does_not_share_its_parents_sandbox(ours):
    """It would read the answers that its parent waits for."""
    mine = runner.sandbox(image(ASSIGNMENT))
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    child = context.Process(target=lambda: answers.put(runner.sandbox(image(ASSIGNMENT)).name))
    child.start()
    assert answers.get(timeout=PATIENCE) != mine.name
    child.join(PATIENCE)
    assert text_of(mine.run(["1"], {})) == ["1"]
    mine.close()


CLASSES = """
import os, re
import mlpkit
found = {name for name in ("Linear", "Perceptron") if hasattr(mlpkit, name)}
for root in ("/course", "/grading", "/tmp", "/dev/shm"):
    for folder, _, names in os.walk(root):
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                found |= {name.decode() for name in re.findall(rb"class (Linear|Perceptron)\\b", file.read())}
" ".join(sorted(found))
"""


@needs_walls
def test_one_warm_process_serves_all_assignments_and_none_finds_what_another_may_import():
    """Each assignment hides what it asks for, and another one's libraries hold it."""
    seen = [(runner.sandbox(image(name)), text_of(runner.sandbox().run([CLASSES], {}))) for name in TURNS]
    assert [found for _, found in seen] == [["'Linear'"], ["'Perceptron'"], ["'Linear'"]]
    assert len({ours.name for ours, _ in seen}) == 1
    runner.sandbox().close()


@needs_walls
def test_notebooks_that_seed_nothing_draw_numbers_of_their_own(ours):
    draws = "import random\nimport numpy as np\nrandom.random(), float(np.random.random()), np.random.default_rng().random()"
    first, second = (ast.literal_eval(text_of(ours.run([draws], {}))[0]) for _ in range(2))
    assert all(one != other for one, other in zip(first, second, strict=True))


@needs_walls
def test_processes_that_each_stay_below_the_limit_but_not_together_are_ended(ours):
    """Eight times 100 MB, held for at most a minute."""
    cells = [
        "1",
        "import os, time\nfor _ in range(8):\n    if not os.fork():\n        held = bytearray(100 << 20); time.sleep(60)\ntime.sleep(60)",
    ]
    began = time.monotonic()
    run = ours.run(cells, {}, {"memory": 512 << 20})
    assert time.monotonic() - began < 30
    assert text_of(run) == ["1"]
    assert run.problem == "it used too much memory"
    assert text_of(ours.run(["held = bytearray(100 << 20); 2"], {}, {"memory": 512 << 20})) == ["2"]


@needs_walls
def test_processes_in_one_sandbox_do_not_keep_another_from_starting(ours):
    """The kernel counts a user's processes. Thirty of them sleep here, for at most a minute."""
    other = runner.Sandbox(image(ASSIGNMENT))
    sleepers = "import os, time\nfor _ in range(30):\n    if not os.fork():\n        time.sleep(60); os._exit(0)\ntime.sleep(60)"
    crowd = threading.Thread(target=other.run, args=([sleepers], {}, {"cell": 8.0, "wall": 12.0}))
    crowd.start()
    time.sleep(2)
    assert [text_of(ours.run([f"{number}"], {})) for number in range(5)] == [[str(number)] for number in range(5)]
    crowd.join(PATIENCE)
    other.close()
