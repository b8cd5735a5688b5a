"""What a notebook's process may ask of the kernel, asked from inside, and what it could take, measured from outside."""

import json

import pytest

from mlpgrade.sandbox import bubblewrap, runner, syscalls
from tests_support import ASSIGNMENT, image

pytestmark = [
    pytest.mark.skipif(bubblewrap.problem() is not None, reason=f"no sandbox: {bubblewrap.problem()}"),
    pytest.mark.skipif(bubblewrap.problem() is None and bubblewrap.unfiltered() is not None, reason="no filter here"),
]
MB = 1 << 20


@pytest.fixture(scope="module")
def sandbox():
    sandbox = runner.Sandbox(image(ASSIGNMENT))
    yield sandbox
    sandbox.close()


def said(run):
    return "".join(output.get("text", "") for output in run.outputs[-1])


CALLS = """
import ctypes, errno, json, os
libc = ctypes.CDLL(None, use_errno=True)
told = {}
for name, number in numbers.items():
    ctypes.set_errno(0)
    told[name] = errno.errorcode.get(ctypes.get_errno()) if libc.syscall(number, *arguments) == -1 else "done"
print(json.dumps(told))
"""


def asked(sandbox, numbers, *arguments):
    """Make each of these calls inside. Return by what error it failed."""
    given = f"numbers, arguments = {numbers!r}, {arguments!r}\n"
    return json.loads(said(sandbox.run([given + CALLS], {})))


def test_each_refused_call_is_refused(sandbox):
    numbers = {name: number for name, number in syscalls.known_calls().items() if name in syscalls.REFUSED}
    assert len(numbers) > 50
    assert set(asked(sandbox, numbers, 0, 0, 0, 0, 0, 0).values()) == {"EPERM"}


def test_calls_that_nobody_has_heard_of_come_to_nothing(sandbox):
    known = syscalls.known_calls()
    assert 5000 not in known.values()
    numbers = {"unheard of": 5000, "memfd_create of the x32 kind": 0x40000000 + known["memfd_create"]}
    assert set(asked(sandbox, numbers, 0, 0, 0).values()) == {"ENOSYS"}


def test_no_process_is_made_in_a_new_namespace(sandbox):
    known = syscalls.known_calls()
    for flag in syscalls.NEW_NAMESPACE:
        assert asked(sandbox, {"clone": known["clone"]}, flag, 0, 0, 0, 0) == {"clone": "EPERM"}
    assert asked(sandbox, {"clone3": known["clone3"]}, 0, 0) == {"clone3": "ENOSYS"}


def test_no_socket_is_made_but_a_pair_to_talk_to_oneself(sandbox):
    cell = """
import asyncio, json, socket
told = {}
for name in ("AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET", "AF_VSOCK", "AF_ALG"):
    try:
        socket.socket(getattr(socket, name), socket.SOCK_RAW if name in ("AF_NETLINK", "AF_PACKET") else socket.SOCK_STREAM).close()
        told[name] = "made"
    except OSError as error:
        told[name] = error.errno
one, other = socket.socketpair()
one.send(b"hello")
async def greet():
    await asyncio.sleep(0)
    return other.recv(5).decode()
loop = asyncio.new_event_loop()
told["to oneself"] = loop.run_until_complete(greet())
loop.close()
print(json.dumps(told))
"""
    told = json.loads(said(sandbox.run([cell], {})))
    assert told.pop("to oneself") == "hello"
    assert set(told.values()) == {1}


HONEST = """
import concurrent.futures, multiprocessing, subprocess, tempfile, threading, time, json, os, warnings
import numpy as np, matplotlib.pyplot as plt
told = {}
plt.plot(np.arange(3)); plt.show()
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    told["threads"] = sum(pool.map(abs, [-1, -2]))
context = multiprocessing.get_context("fork")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    queue = context.SimpleQueue()
    child = context.Process(target=lambda: queue.put("from a child"))
    child.start(); told["process"] = queue.get(); child.join()
told["command"] = subprocess.run(["echo", "hello"], capture_output=True, text=True).stdout
with tempfile.TemporaryFile() as file:
    file.write(b"x"); told["file"] = file.tell()
told["random"] = len(os.urandom(8)); time.sleep(0.01)
told["algebra"] = bool(np.allclose(np.linalg.inv(np.eye(300)) @ np.eye(300), np.eye(300)))
print(json.dumps(told))
"""


def test_what_notebooks_need_still_works(sandbox):
    run = sandbox.run([HONEST], {})
    assert run.problem is None
    printed = json.loads(next(output["text"] for output in run.outputs[-1] if output["output_type"] == "stream"))
    assert printed == {
        "threads": 3,
        "process": "from a child",
        "command": "hello\n",
        "file": 1,
        "random": 8,
        "algebra": True,
    }
    assert any("image/png" in output.get("data", {}) for output in run.outputs[-1])


TAKE = {
    "shared memory without a file": "import mmap\nheld = mmap.mmap(-1, size)\nheld[:size] = bytes(size)",
    "shared memory from /dev/zero": "import mmap, os\nheld = mmap.mmap(os.open('/dev/zero', os.O_RDWR), size)\nheld[:size] = bytes(size)",
    "a file in memory": "import os\nos.write(os.memfd_create('x'), bytes(size))",
    "System V": "import ctypes\nlibc = ctypes.CDLL(None)\nheld = libc.shmget(0, size, 0o1600)\nassert held >= 0",
    "/dev/shm": "open('/dev/shm/x', 'wb').write(bytes(size))",
    "/tmp": "open('/tmp/x', 'wb').write(bytes(size))",
}


@pytest.mark.parametrize("way", TAKE)
def test_memory_that_nobody_counts_is_not_to_be_had(sandbox, way):
    run = sandbox.run([f"size = {64 * MB}\n" + TAKE[way]], {})
    assert [output["output_type"] for output in run.outputs[0]] == ["error"]


@pytest.mark.slow
def test_all_processes_of_a_notebook_share_one_budget_of_cpu(sandbox):
    """Four that spin for ever, each within its own limit of 3 s, use up 3 s together."""
    spin = "import os\nfor _ in range(3):\n    if os.fork() == 0:\n        break\nwhile True:\n    pass"
    run = sandbox.run([spin], {}, {"cpu": 3, "cell": 60, "wall": 60})
    assert run.problem == "it used too much of the processor"


@pytest.mark.slow
def test_processes_that_end_before_anybody_waits_for_them_are_counted(sandbox):
    brief = """
import os, signal, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
while True:
    if os.fork() == 0:
        end = time.process_time() + 0.6
        while time.process_time() < end:
            pass
        os._exit(0)
    time.sleep(0.5)
"""
    run = sandbox.run([brief], {}, {"cpu": 3, "cell": 60, "wall": 60})
    assert run.problem == "it used too much of the processor"
