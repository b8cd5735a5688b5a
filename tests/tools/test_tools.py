"""The plumbing: what people see when something about their machine is not as it should be."""

import json
import shutil
import socket
import subprocess
import sys
import threading
import types
import urllib.request

import pytest

import bench
import serve
import setup
import system_packages


@pytest.fixture
def site(tmp_path):
    (tmp_path / "index.html").write_text("the book")
    return tmp_path


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def test_the_book_is_served_on_this_machine_alone(site, monkeypatch):
    port, servers, started = free_port(), [], threading.Event()
    keep = serve.http.server.ThreadingHTTPServer

    def remember(*arguments):
        servers.append(keep(*arguments))
        started.set()
        return servers[0]

    monkeypatch.setattr(serve.http.server, "ThreadingHTTPServer", remember)
    thread = threading.Thread(target=serve.main, args=(str(site), str(port)))
    thread.start()
    assert started.wait(10)
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            assert answer.read() == b"the book"
        assert servers[0].server_address[0] == "127.0.0.1"
    finally:
        servers[0].shutdown()
        servers[0].server_close()
        thread.join()


def test_a_port_in_use_is_told_with_the_next_to_try(site):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"port {port} cannot be used .* make serve PORT={port % 65535 + 1}"):
            serve.main(str(site), str(port))


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_what_is_no_port_is_told(site, port):
    with pytest.raises(SystemExit, match="is not a port"):
        serve.main(str(site), port)


def test_a_book_that_was_not_built_is_told(tmp_path):
    with pytest.raises(SystemExit, match="make book"):
        serve.main(str(tmp_path), "8000")


def test_a_missing_program_is_named_with_its_package_and_what_is_skipped(monkeypatch, capsys):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(system_packages, "ELSEWHERE", {})
    system_packages.main(["chromium", "bwrap", "initdb"])
    chromium, bubblewrap, postgresql = capsys.readouterr().out.splitlines()
    assert "chromium" in chromium
    assert "skipped" in chromium
    assert "bubblewrap" in bubblewrap
    assert "without a sandbox" in bubblewrap
    assert "postgresql" in postgresql
    assert "skipped" in postgresql


def test_the_newest_postgresql_that_debian_keeps_off_the_path_is_found(monkeypatch, tmp_path):
    for version in ("9", "15", "17"):
        (tmp_path / version).mkdir()
        (tmp_path / version / "initdb").touch()
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(system_packages, "ELSEWHERE", {"initdb": f"{tmp_path}/*/initdb"})
    assert system_packages.find("initdb") == str(tmp_path / "17" / "initdb")


@pytest.mark.parametrize("fresh", [True, False])
def test_installing_postgresql_starts_no_server_and_leaves_an_old_setting_alone(monkeypatch, tmp_path, fresh):
    setting, commands = tmp_path / "createcluster.conf", []
    if not fresh:
        setting.touch()
    monkeypatch.setattr(system_packages, "CLUSTERS", setting)
    monkeypatch.setattr(subprocess, "run", lambda command, **_: commands.append(" ".join(command)))
    system_packages.install(["bubblewrap", "postgresql"], ["sudo", "-n"])
    assert all(command.startswith("sudo -n ") for command in commands)
    installs = [command.partition("recommends ")[2] for command in commands if "apt-get" in command]
    settings = [command.partition(".conf ")[2] for command in commands if "pg_conftool" in command]
    assert installs == ["", *(["postgresql-common"] if fresh else []), "bubblewrap postgresql"]
    assert settings == (["set create_main_cluster off", "remove create_main_cluster"] if fresh else [])


def test_nothing_is_said_of_programs_that_are_there(monkeypatch, capsys):
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    system_packages.main(["chromium", "bwrap", "initdb"])
    assert capsys.readouterr().out == ""


def test_an_old_python_is_told_what_is_needed(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed"):
        setup.main()


def test_a_failed_install_says_what_failed_and_what_to_try():
    with pytest.raises(
        SystemExit, match=r"Could not install the locked packages:\n.*no such file(.|\n)*Is the network there"
    ):
        setup.run([sys.executable, "-c", "import sys; sys.exit('no such file')"], "the locked packages")


def test_an_optional_install_may_fail():
    assert setup.run([sys.executable, "-c", "raise SystemExit(1)"], "uv", needed=False) is False


@pytest.mark.parametrize(
    ("packages", "code", "wanted"),
    [
        (["torch", "numpy"], 0, True),
        (["torch", "nvidia-cublas"], 0, False),
        (["torch", "triton"], 0, False),
        ([], 1, False),
    ],
)
def test_a_torch_that_brings_cuda_is_never_installed(monkeypatch, packages, code, wanted):
    report = json.dumps({"install": [{"metadata": {"name": name}} for name in packages]})
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: types.SimpleNamespace(returncode=code, stdout=report))
    assert bench.comes_without_cuda("torch") is wanted
