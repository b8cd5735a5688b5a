"""What one submission holds is nowhere for the next one to find: canaries, and a thief who looks where a thief would."""

import json

import pytest

from mlpgrade.sandbox import bubblewrap, runner
from tests_support import ASSIGNMENT, image

pytestmark = pytest.mark.skipif(bubblewrap.problem() is not None, reason=f"no sandbox: {bubblewrap.problem()}")

CANARY = "canary" + "-0123456789abcdef0123456789abcdef"
"""Put together here: a thief's own notebook names the pattern alone."""

VICTIM = [
    f"secret = '{CANARY}'  # {CANARY}\nkept = [secret + str(i) for i in range(2000)]\nprint(secret)",
    f"import matplotlib.pyplot as plt, os\nopen('/tmp/{CANARY}', 'w').write(secret)\nplt.title(secret); plt.plot([1]); plt.show()",
    """
from multiprocessing import shared_memory
block = shared_memory.SharedMemory(create=True, size=4096)
block.buf[:len(secret)] = secret.encode()
os.environ['SECRET'] = secret
""",
    "def answer():\n    return secret\nanswer()",
]

THIEF = {
    "memory": """
import ctypes, os
libc = ctypes.CDLL(None)
libc.write.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t]
PAGE = 1 << 16
reading, writing = os.pipe()
def read(address):
    # The kernel copies what is there into a pipe, and says so where nothing is mapped.
    got = libc.write(writing, address, PAGE)
    return os.read(reading, got) if got > 0 else b""
def look(address):
    # Page by page around whatever is alive, as far as memory is mapped.
    found, here = set(), address - address % PAGE
    for step in (PAGE, -PAGE):
        at = here
        while (text := read(at)):
            found |= set(re.findall(pattern, text))
            seen.add(at); at += step
            if at in seen: break
    return found
import gc, sys
seen, found = set(), set()
spots = {id(one) for one in gc.get_objects()} | {id(sys.modules), id(b"x" * 100), id("y" * 100000)}
for spot in sorted(spots):
    if spot - spot % PAGE not in seen: found |= look(spot)
looked = len(seen) * PAGE
""",
    "objects": """
import gc, sys
found, looked = set(), 0
for one in gc.get_objects():
    for inner in gc.get_referents(one):
        if isinstance(inner, str | bytes | bytearray):
            looked += len(inner)
            found |= set(re.findall(pattern, inner.encode() if isinstance(inner, str) else bytes(inner)))
""",
    "files": """
import os
found, looked = set(), 0
for root in ("/tmp", "/dev/shm", "/course", "/grading", "/var/tmp", "/run", "/proc", os.path.expanduser("~")):
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            found |= set(re.findall(pattern, path.encode()))
            try:
                with open(path, "rb") as file:
                    text = file.read(1 << 20)
            except OSError:
                continue
            looked += len(text) + 1
            found |= set(re.findall(pattern, text))
""",
    "descriptors": """
import os
found, looked = set(), 1
for number in range(4096):
    try:
        os.lseek(number, 0, 0)
        found |= set(re.findall(pattern, os.read(number, 1 << 20)))
    except OSError:
        continue
""",
    "environment": """
import os, ctypes
text = repr(dict(os.environ)).encode() + repr(ctypes.CDLL(None).environ).encode()
found, looked = set(re.findall(pattern, text)), len(text)
""",
    "shell": """
shell = get_ipython()
text = repr((vars(shell), shell.user_ns.get("In"), shell.user_ns.get("Out"), shell.history_manager.input_hist_raw)).encode()
import linecache
text += repr(linecache.cache).encode()
found, looked = set(re.findall(pattern, text)), len(text)
""",
}
FIND = "import re\npattern = rb'canary-[0-9a-f]{32}'\n"
TELL = "\nimport json\nprint(json.dumps([sorted(one.decode() for one in found), looked]))"


@pytest.fixture(scope="module")
def warm():
    """A sandbox in which others have been before: their cells, their challenges, their outputs."""
    sandbox = runner.Sandbox(image(ASSIGNMENT))
    challenge = [{"steps": [{"do": "bind", "name": "x", "value": {"plain": CANARY}}]}]
    for _ in range(3):
        modules = {"helper": f"SECRET = '{CANARY}'"}
        handed = {"challenges": {"a task": challenge}, "props": f"SECRET = '{CANARY}'", "modules": modules}
        run = sandbox.run(VICTIM, handed)
        assert run.problem is None
        assert CANARY in str(run.outputs)
    yield sandbox
    sandbox.close()


@pytest.mark.parametrize("where", THIEF)
def test_nothing_of_an_earlier_submission_can_be_found(warm, where):
    run = warm.run([FIND + THIEF[where] + TELL], {})
    found, looked = json.loads(run.outputs[0][0]["text"])
    assert found == []
    assert looked > 0


@pytest.mark.parametrize("where", ["memory", "objects", "files", "environment", "shell"])
def test_the_thief_would_have_found_it(warm, where):
    """The same search in the process that holds the secret: else the one above could not fail."""
    run = warm.run([*VICTIM, FIND + THIEF[where] + TELL], {})
    found, _ = json.loads(run.outputs[-1][0]["text"])
    assert found == [CANARY]
