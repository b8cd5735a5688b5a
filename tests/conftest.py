"""What several test files share: one run of the demo, and a browser."""

import json
import logging
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from xdist.scheduler import LoadFileScheduling

os.environ.pop("MLP_GRADEBOOK", None)  # the suite must never write into a gradebook that is in use

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# Chromium looks for its makers' hosts unless told not to; as root it needs --no-sandbox, and here it opens our own pages only.
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--allow-file-access-from-files",
]


class FilesAndAssignments(LoadFileScheduling):
    """A file's tests go to one process, since they share what takes long to make. The bank, which takes minutes, is divided."""

    def _split_scope(self, nodeid):
        assignment = re.search(r"test_bank\.py::.*?(\d\d_[a-z_]+)", nodeid)
        return assignment[1] if assignment else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config, log):
    return FilesAndAssignments(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def demo(tmp_path_factory, worker_id):
    """Run the demo as `make demo` does, below a temporary directory. Returns (directory, finished process).

    It runs once: with several workers the first to come runs it, and the others wait and read what it said.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    output, said = shared / "demo", shared / "demo.json"
    with FileLock(shared / "demo.lock"):
        if not said.exists():
            environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
            command = [sys.executable, "-m", "demo", "--output", str(output)]
            process = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
            said.write_text(json.dumps([process.returncode, process.stdout, process.stderr]))
    return output, subprocess.CompletedProcess("demo", *json.loads(said.read_text()))


@pytest.fixture(scope="session")
def site(demo):
    """The directory of the book's HTML."""
    output, process = demo
    html = output / "_build" / "html"
    assert (html / "index.html").exists(), process.stdout + process.stderr
    return html


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium; its tests are skipped where there is none."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("no Chromium was found; see `make test`")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        yield running
        running.close()


@pytest.fixture
def quiet_logs():
    """For tests on damaged and foolish input: logs quote it, also characters that no report of a test can carry."""
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(level)
