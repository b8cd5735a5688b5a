"""The control group that systemd makes, with a stand-in for it: most machines that run tests have none."""

import os
import stat

import pytest

from mlpgrade.sandbox import bubblewrap, cgroup
from mlpgrade.sandbox.runner import Sandbox

STAND_IN = """#!/bin/sh
echo "$@" >> {told}
while [ "$1" != "--" ]; do shift; done
shift
exec "$@"
"""


@pytest.fixture
def systemd(tmp_path, monkeypatch):
    """Put a program in the place of systemd-run that writes down what it is asked, then does it. Returns where."""

    def put(text):
        program = tmp_path / "systemd-run"
        program.write_text(text)
        program.chmod(program.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        monkeypatch.setattr(cgroup, "BOOTED", tmp_path)
        cgroup.scope.cache_clear()
        return tmp_path / "told"

    yield put
    cgroup.scope.cache_clear()


def test_a_group_bounds_memory_swap_and_processes(systemd, tmp_path):
    told = systemd(STAND_IN.format(told=tmp_path / "told"))
    words = cgroup.scope()
    assert words[-1] == "--"
    said = told.read_text()
    for bound in ("--scope", f"MemoryMax={cgroup.MEMORY}", "MemorySwapMax=0", f"TasksMax={cgroup.TASKS}"):
        assert bound in said
    assert ("--user" in said) == (os.geteuid() != 0)


@pytest.mark.parametrize("text", ["#!/bin/sh\nexit 1\n", "no program\n"])
def test_where_systemd_refuses_there_is_none(systemd, text):
    systemd(text)
    assert cgroup.scope() == ()


def test_where_systemd_does_not_run_it_is_not_asked(systemd, tmp_path, monkeypatch):
    told = systemd(STAND_IN.format(told=tmp_path / "told"))
    monkeypatch.setattr(cgroup, "BOOTED", tmp_path / "nowhere")
    assert cgroup.scope() == ()
    assert not told.exists()


@pytest.mark.skipif(bubblewrap.problem() is not None, reason=f"no sandbox: {bubblewrap.problem()}")
def test_a_sandbox_is_started_in_its_group_and_works_as_without(systemd, tmp_path):
    told = systemd(STAND_IN.format(told=tmp_path / "told"))
    sandbox = Sandbox()
    try:
        assert sandbox.run(["6 * 7"], {}).outputs[0][0]["data"]["text/plain"] == "42"
        assert "mlpgrade.sandbox.zygote" in told.read_text()
    finally:
        sandbox.close()
