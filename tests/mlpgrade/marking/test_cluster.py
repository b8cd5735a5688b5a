"""Grading at scale for real: a gradebook in PostgreSQL, and a Dask cluster of whose two workers one is killed."""

import contextlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from mlpgrade import cli
from mlpgrade.authoring.answers import fill_in
from mlpgrade.course import Course
from mlpgrade.gradebook.marks import address
from mlpgrade.gradebook.sources import release, to_notebook
from system_packages import find
from tests_support import ASSIGNMENT, ROOT, class_answers, deserved

pytestmark = pytest.mark.slow
ANSWERS = [one for one in class_answers(ASSIGNMENT) if one.name != "chen"]  # whose loops take seconds
POINTS = {"linear-forward": 3, "linear-backward": 5, "linear-update": 2}
PATIENCE = 120
"""Seconds until something that should have happened is a failure: the machine may be busy."""


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.setenv("MLP_CLASSROOM", str(tmp_path))
    monkeypatch.setenv("MLP_RELEASE", str(tmp_path / "release"))
    monkeypatch.chdir(ROOT)
    return Course.here()


def hand_in(course, size):
    """Hand in for a class; return the points each student must get."""
    released = nbformat.read(release(course, ASSIGNMENT), as_version=4)
    solved = to_notebook(ROOT / "solutions" / ASSIGNMENT / "notebook.py")
    expected = {}
    for number in range(size):
        answer, student = ANSWERS[number % len(ANSWERS)], f"s{number:02}"
        path = course.step("submitted") / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(fill_in(released, answer, solved)))
        expected[student] = deserved(answer, POINTS)[0]
    return expected


def mlpgrade(capsys, *arguments):
    """Run a command and return what it printed; it must succeed. It runs here: starting Python anew takes seconds."""
    status, said = cli.main(list(arguments)), capsys.readouterr()
    assert status in (0, 3), said.out + said.err
    return said.out


def nbgrader(*arguments):
    """Run plain nbgrader; it must succeed."""
    command = [sys.executable, "-m", "nbgrader", *arguments, "--log-level=WARN"]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert process.returncode in (0, 3), process.stdout + process.stderr


def marks(db_url):
    with Gradebook(db_url) as gradebook:
        return [
            (one.student.id, one.score, grade.name, grade.auto_score, grade.needs_manual_grade)
            for one in sorted(gradebook.find_assignment(ASSIGNMENT).submissions, key=lambda one: one.student.id)
            for grade in sorted(one.notebooks[0].grades, key=lambda grade: grade.name)
        ]


def totals(db_url):
    return {student: total for student, total, *_ in marks(db_url)}


@pytest.fixture
def postgresql():
    """A server of our own: its data in a temporary directory, reached through a socket in it and by no network."""
    if (initdb := find("initdb")) is None:
        pytest.skip("no PostgreSQL server was found (initdb); see `make test`")
    programs = Path(initdb).resolve().parent
    # PostgreSQL refuses to run as root.
    owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    as_owner = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # the path of a socket must be short
    os.chown(folder, owner.pw_uid, owner.pw_gid)

    def do(program, *arguments):
        command = [str(programs / program), *map(str, arguments)]
        with (folder / "said").open("ab") as said:  # a pipe would stay open in the server
            status = subprocess.run(command, cwd="/", stdout=said, stderr=said, timeout=PATIENCE, **as_owner).returncode
        assert status == 0, (folder / "said").read_text()

    data, log = folder / "data", folder / "log"
    try:
        do("initdb", "--no-sync", "-A", "trust", "-U", "teacher", "-E", "UTF8", "--locale", "C", "-D", data)
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        do("pg_ctl", "start", "-w", "-t", PATIENCE, "-D", data, "-l", log, "-o", options)
        try:
            do("createdb", "-h", folder, "-U", "teacher", "marks")
            yield f"postgresql+psycopg2://teacher@/marks?host={folder}"
        finally:
            do("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)
    finally:
        shutil.rmtree(folder)


def test_marks_and_reasons_in_postgresql_are_those_in_sqlite(course, postgresql, monkeypatch, capsys, tmp_path):
    expected = hand_in(course, 6)
    mlpgrade(capsys, "grade", ASSIGNMENT)
    report, in_sqlite = mlpgrade(capsys, "report", ASSIGNMENT), marks(course.db_url)
    assert totals(course.db_url) == expected

    monkeypatch.setenv("MLP_GRADEBOOK", postgresql)
    assert Course.here().db_url == postgresql
    said = mlpgrade(capsys, "grade", ASSIGNMENT, "--feedback")
    assert "6 of 6 graded" in said
    assert "graded before" not in said
    assert marks(postgresql) == in_sqlite
    assert mlpgrade(capsys, "report", ASSIGNMENT) == report

    assert mlpgrade(capsys, "grade", ASSIGNMENT).count("graded before") == 6
    mlpgrade(capsys, "grade", ASSIGNMENT, "--again")
    nbgrader("autograde", ASSIGNMENT, "--student=s00", "--force")
    assert marks(postgresql) == in_sqlite

    nbgrader("export")
    rows = (tmp_path / "grades.csv").read_text().splitlines()
    assert len(rows) == 1 + 6


def test_a_gradebook_that_cannot_be_opened_is_told_in_one_line_without_its_password(
    course, monkeypatch, capsys, tmp_path
):
    hand_in(course, 1)
    monkeypatch.setenv("MLP_GRADEBOOK", f"postgresql+psycopg2://teacher:hush@/marks?host={tmp_path}")
    for command in ("grade", "report"):
        assert cli.main([command, ASSIGNMENT]) == 2
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        assert "cannot be opened" in said
        assert "hush" not in said
    cli.main(["doctor"])
    assert "teacher:***@" in capsys.readouterr().out
    assert address("no address") == "of MLP_GRADEBOOK"


class Cluster:
    """A scheduler and workers on this machine, each in a process group of its own."""

    def __init__(self, folder):
        self.folder, self.processes = folder, []

    def start(self, *arguments):
        name = f"{arguments[0]}-{len(self.processes)}"
        command = [sys.executable, "-m", "dask", *arguments, "--host", "127.0.0.1", "--no-dashboard"]
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
        self.processes.append(process)
        return process

    def scheduler(self):
        """Start the scheduler on a free port and return its address."""
        file = self.folder / "scheduler.json"
        process = self.start("scheduler", "--port", "0", "--scheduler-file", str(file))
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and process.poll() is None:
            with contextlib.suppress(OSError, ValueError):
                return json.loads(file.read_text())["address"]
            time.sleep(0.2)
        raise AssertionError("the scheduler did not start:\n" + self.said())

    def worker(self, scheduler):
        local = ["--local-directory", str(self.folder)]
        return self.start("worker", scheduler, "--nthreads", "1", "--no-nanny", *local)

    def said(self):
        return "\n".join(path.read_text() for path in sorted(self.folder.glob("*.log")))

    def kill(self, process):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=PATIENCE)

    def end(self):
        for process in self.processes:
            self.kill(process)


@pytest.fixture
def cluster(tmp_path_factory):
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        yield started
    finally:
        started.end()


@contextlib.contextmanager
def grading(scheduler):
    """Run `mlpgrade grade` on the cluster, and end it whatever happens."""
    command = [sys.executable, "-u", "-m", "mlpgrade.cli", "grade", ASSIGNMENT, "--scheduler", scheduler]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    watch = threading.Timer(2 * PATIENCE, process.kill)
    watch.start()
    try:
        yield process
    finally:
        watch.cancel()
        process.kill()
        process.communicate()


def graded_by(lines):
    return [line.partition(":")[0] for line in lines if line.rstrip().endswith(": graded")]


def test_a_worker_that_is_killed_costs_nobody_their_marks(course, cluster, capsys):
    expected = hand_in(course, 24)
    scheduler = cluster.scheduler()
    first, _ = cluster.worker(scheduler), cluster.worker(scheduler)
    wait_for_workers(scheduler, 2)
    with grading(scheduler) as process:
        begun = [process.stdout.readline() for _ in range(6)]
        cluster.kill(first)
        rest, errors = process.communicate(timeout=2 * PATIENCE)
    assert process.returncode in (0, 3), errors + cluster.said()
    assert len(graded_by(begun)) == 6
    assert sorted(graded_by(begun + rest.splitlines())) == sorted(expected)
    assert totals(course.db_url) == expected
    on_two = marks(course.db_url)
    mlpgrade(capsys, "grade", ASSIGNMENT, "--again")
    assert marks(course.db_url) == on_two


def wait_for_workers(scheduler, number):
    from distributed import Client

    with Client(scheduler, timeout=PATIENCE) as client:
        client.wait_for_workers(number, timeout=PATIENCE)


def test_without_its_scheduler_grading_stops_in_one_line_and_goes_on_later(course, cluster, capsys):
    expected = hand_in(course, 12)
    scheduler = cluster.scheduler()
    cluster.worker(scheduler)
    with grading(scheduler) as process:
        begun = [process.stdout.readline() for _ in range(3)]
        cluster.end()
        _, said = process.communicate(timeout=2 * PATIENCE)
    assert len(graded_by(begun)) == 3
    assert process.returncode == 2, said
    assert "the same command goes on" in said
    assert said.count("\n") == 1
    done = totals(course.db_url)
    assert 3 <= len(done) < 12
    assert mlpgrade(capsys, "grade", ASSIGNMENT).count("graded before") >= 3
    assert totals(course.db_url) == expected


@pytest.mark.parametrize("where", ["tcp://127.0.0.1:{}", "127.0.0.1:{}", "nonsense://127.0.0.1:{}"])
def test_nobody_at_the_schedulers_address_is_told_in_one_line(course, monkeypatch, capfd, where):
    monkeypatch.setattr("mlpgrade.marking.cluster.PATIENCE", 1)
    hand_in(course, 1)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))  # taken, and nobody listens
        assert cli.main(["grade", ASSIGNMENT, "--scheduler", where.format(silent.getsockname()[1])]) == 2
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err.startswith("mlpgrade: no scheduler answers at ")
    assert said.err.count("\n") == 1


def test_a_scheduler_without_workers_is_told_in_one_line(course, cluster, monkeypatch, capfd):
    scheduler = cluster.scheduler()
    monkeypatch.setattr("mlpgrade.marking.cluster.PATIENCE", 5)
    hand_in(course, 1)
    assert cli.main(["grade", ASSIGNMENT, "--scheduler", scheduler]) == 2
    said = capfd.readouterr().err
    assert "has no workers" in said
    assert said.count("\n") == 1
