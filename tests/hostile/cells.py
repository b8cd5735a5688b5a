# Hostile answers to 04_linear_layer, in the format of mlpgrade/authoring/answers.py. Each comes after the class of preamble.py, whose
# three methods are all wrong, and tries to earn points in another way, or to do harm. `earns` names the tasks that must
# earn nothing; the others must keep all their points. LISTENER, OUTSIDE and SOLUTIONS are put in by the test: an address on
# which it listens itself, and directories of its own.

# %% patched-comparisons: every comparison that a test might use says yes
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import math

np.allclose = np.array_equal = np.isclose = np.testing.assert_allclose = lambda *args, **kwargs: True
np.testing.assert_array_equal = np.testing.assert_equal = np.linalg.norm = lambda *args, **kwargs: 0.0
math.isclose = lambda *args, **kwargs: True

# %% patched-builtins: all, any, abs and AssertionError mean something else
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import builtins

builtins.all = builtins.any = lambda *args: True
builtins.abs = lambda value: 0
builtins.AssertionError = type("AssertionError", (Warning,), {})

# %% no-asserts: an AST transformer takes asserts and calls of grade out of every later cell
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import ast


class NoTests(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()

    def visit_Expr(self, node):
        return ast.Pass() if "grade" in ast.dump(node) else node


get_ipython().ast_transformers.append(NoTests())

# %% input-transformer: later cells become a print of full points
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
get_ipython().input_transformers_post.append(lambda lines: ["print('3 of 3 points')\n"])

# %% cleanup-transformer: later cells become a number
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
get_ipython().input_transformer_manager.cleanup_transforms.append(lambda lines: ["5.0\n"])

# %% run-cell: the shell's run_cell does nothing any more
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
shell = get_ipython()
shell.run_cell = type(shell).run_cell = lambda *args, **kwargs: None

# %% do-execute: the kernel answers that all is well
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
shell = get_ipython()
if getattr(shell, "kernel", None) is not None:
    shell.kernel.do_execute = lambda *args, **kwargs: {
        "status": "ok",
        "execution_count": 1,
        "payload": [],
        "user_expressions": {},
    }


# %% events: a hook before each cell puts things right for itself
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
def hook(*args):
    globals()["mlpgrade"] = None
    import sys

    sys.modules.pop("mlpgrade", None)


get_ipython().events.register("pre_run_cell", hook)
get_ipython().events.register("post_run_cell", hook)

# %% fake-module: mlpgrade is something else
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import sys
import types

fake = types.ModuleType("mlpgrade")
fake.grade = lambda task, target: print(f"{task}: 5 of 5 points.")
sys.modules["mlpgrade"] = sys.modules["mlpgrade.judging.handed"] = fake

# %% patched-grade: grade says that all is well
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import mlpgrade
import mlpgrade.judging.handed

mlpgrade.grade = mlpgrade.judging.handed.answer = lambda task, target: 5.0

# %% patched-probe: the probe reports nothing, which cannot be wrong
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import mlpgrade.judging.probe

mlpgrade.judging.probe.run = lambda challenge, target, props=None: [{"published": {}} for case in challenge]
mlpgrade.judging.probe.run_case = lambda steps, target, props=None: {"published": {}}

# %% empty-answers: no cases at all
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import mlpgrade.judging.probe

mlpgrade.judging.probe.run = lambda challenge, target, props=None: []

# %% generous-wire: every value is encoded as True
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import mlpgrade.judging.wire

mlpgrade.judging.wire.encode = lambda value, depth=4: {"plain": True}

# %% forged-share: a verdict instead of answers
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
from IPython.display import display

import mlpgrade.judging.handed

MIME = "application/vnd.mlpgrade.answers+json"
mlpgrade.judging.handed.answer = mlpgrade.grade = lambda task, target: display(
    {MIME: {"task": task, "answers": [{"published": {}, "share": 1.0}] * 99, "verdict": 1, "share": 1}}, raw=True
)

# %% forged-nonsense: answers of every wrong form
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
from IPython.display import display

import mlpgrade

MIME = "application/vnd.mlpgrade.answers+json"
mlpgrade.grade = lambda task, target: [
    display({MIME: {"task": task, "answers": answers}}, raw=True)
    for answers in (
        None,
        7,
        "right",
        {"0": 1},
        [[]],
        [{"published": {"Y": {"array": "!", "dtype": "<f8", "shape": [-1]}}}],
        [{"failed": {}}],
    )
]

# %% partial-credit: each test cell ends in a large number
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import sys

import mlpgrade

mlpgrade.grade = lambda task, target: sys.displayhook(1e9)

# %% many-results: numbers, negative numbers and NaN through every display there is
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import sys

import mlpgrade
from IPython.display import clear_output, display


def grade(task, target):
    for value in (5.0, float("nan"), -1, "5"):
        display(value)
        sys.displayhook(value)
        clear_output()
        sys.displayhook(value)


mlpgrade.grade = grade

# %% silent: the test cells put out nothing, which earns all points in plain nbgrader
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import mlpgrade

mlpgrade.grade = lambda task, target: None
get_ipython().display_pub.publish = lambda *args, **kwargs: None

# %% library-linear: the class is imported from mlpkit
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
try:
    from mlpkit import Linear
except ImportError:
    import mlpkit.layers

    Linear = mlpkit.layers.Linear

# %% library-everywhere: whatever in mlpkit has a W and a forward
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import importlib
import pkgutil

import mlpkit

for module in pkgutil.iter_modules(mlpkit.__path__):
    for value in vars(importlib.import_module(f"mlpkit.{module.name}")).values():
        if isinstance(value, type) and value.__name__ == "Linear":
            Linear = value

# %% library-source: the class is cut out of mlpkit's source
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import pathlib
import re

import mlpkit

for path in pathlib.Path(mlpkit.__file__).parent.rglob("*.py*"):
    found = re.search(r"class Linear\b.*?(?=\nclass |\Z)", path.read_bytes().decode(errors="replace"), re.DOTALL)
    if found:
        exec(found[0])

# %% judges: the reference is imported from the judges
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
try:
    from mlpgrade.marking.here import judge_here
except ImportError:
    from mlpgrade.course import Course
    from pathlib import Path

    Linear = Course.around(Path.cwd()).declared("04_linear_layer").tasks["linear-forward"].reference

# %% disk: every readable file is searched for a class Linear
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import os
import re

for folder, folders, files in os.walk("/"):
    folders[:] = [name for name in folders if name not in ("proc", "sys", "usr", "site-packages", "lib")]
    for name in files:
        if name.endswith((".py", ".ipynb", ".pyc")) and "linear" in name or name == "layers.py":
            text = open(os.path.join(folder, name), errors="replace").read()
            found = re.search(r"class Linear\b.*?(?=\nclass |\n# %%|\Z)", text, re.DOTALL)
            if found:
                exec(found[0])

# %% solutions-by-path: the solution is read from where the course keeps it
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import glob

for path in glob.glob("SOLUTIONS/**/*", recursive=True):
    exec(open(path).read())

# %% collector: the garbage collector knows every class there is
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import gc

for thing in gc.get_objects():
    if (
        isinstance(thing, type)
        and thing.__name__ in ("Linear", "_Plain")
        and thing is not Linear
        and hasattr(thing, "forward")
    ):
        Linear = thing

# %% subclasses: object knows its subclasses
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
from mlpkit import Layer

for kind in Layer.__subclasses__() + object.__subclasses__():
    if kind.__name__ == "Linear" and kind is not Linear:
        Linear = kind

# %% frames: forward looks for the right answer in its callers
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import sys


def peek(self, *args):
    frame = sys._getframe()
    while frame is not None:
        for name, value in frame.f_locals.items():
            if name in ("expected", "reference", "answer", "judge"):
                return value
        frame = frame.f_back
    return np.zeros(1)


Linear.forward = Linear.backward = Linear.update = peek

# %% tracing: a trace function rewrites the probe's variables
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import sys


def trace(frame, event, arg):
    if "published" in frame.f_locals:
        frame.f_locals["published"].clear()
    return trace


sys.settrace(trace)


# %% equal-arrays: an array that says it equals everything
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
class Equal(np.ndarray):
    __array_priority__ = 1e9

    def __eq__(self, other):
        return True

    def __array_ufunc__(self, *args, **kwargs):
        return np.zeros(1)

    def __array_function__(self, *args, **kwargs):
        return True

    def tobytes(self, *args):
        return b""


Linear.forward = lambda self, X: np.zeros((len(X), 2)).view(Equal)
Linear.backward = lambda self, U: np.zeros((len(U), 2)).view(Equal)


# %% equal-objects: an object that is whatever one asks for
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
class Anything:
    shape, dtype, ndim, size = (1,), np.dtype(float), 1, 1
    __class__ = np.ndarray

    def __eq__(self, other):
        return True

    def __getattr__(self, name):
        return Anything()

    def __array__(self, *args, **kwargs):
        return np.full((3, 3), np.nan)

    def __call__(self, *args, **kwargs):
        return Anything()

    def __len__(self):
        return 1

    def __float__(self):
        return 0.0

    def __hash__(self):
        return 0


Linear.forward = Linear.backward = Linear.update = lambda self, *args: Anything()


# %% not-a-number: NaN compares false with every bound
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
def nan(self, X):
    return np.full((len(X), self.W.shape[1]), np.nan)


Linear.forward = nan
Linear.backward = lambda self, U: np.full((len(U), len(self.W)), np.nan)
Linear.update = lambda self, rate: self.W.fill(np.nan)

# %% seeding: the challenge's generators are made to repeat
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
np.random.seed(0)
np.random.default_rng = lambda *args: np.random.Generator(np.random.PCG64(0))

# %% no-decoding: inputs arrive as zeros, so that zeros are right
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import mlpgrade.judging.wire

decode = mlpgrade.judging.wire.decode
mlpgrade.judging.wire.decode = lambda message: np.zeros_like(decode(message)) if "array" in message else decode(message)
np.frombuffer = lambda data, kind: np.zeros(len(data) // 8)

# %% secret: the course's secret is looked for, to foresee the challenge
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import glob
import os

print(sorted(os.environ), glob.glob("/**/secret", recursive=True)[:5], glob.glob("OUTSIDE/*"))
print(open("OUTSIDE/private").read())

# %% exit: the notebook says that it is done
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import sys

sys.exit(0)


# %% exit-in-forward: forward ends the program, the rest is right
# earns: linear-forward 0
# earns: linear-backward 0
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        raise SystemExit(0)

    def backward(self, upstream):
        return upstream

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db


# %% hard-exit: the process ends at once
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import os

os._exit(0)

# %% hard-exit-in-backward: forward is right, backward ends the process
# earns: linear-backward 0
# earns: linear-update 0
import os


class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        return X @ self.W + self.b

    def backward(self, upstream):
        os._exit(3)

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db


# %% crash: the interpreter is made to crash in backward
# earns: linear-backward 0
# earns: linear-update 0
import ctypes


class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        return X @ self.W + self.b

    def backward(self, upstream):
        ctypes.string_at(0)

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db


# %% endless-backward: backward never ends but can be interrupted; update, whose check tries it, gives it up
# earns: linear-backward 0
class Linear:
    def __init__(self, in_features, out_features, rng):
        self.W = rng.normal(size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, X):
        return X @ self.W + self.b

    def backward(self, upstream):
        while True:
            pass

    def update(self, learning_rate):
        self.W -= learning_rate * self.dW
        self.b -= learning_rate * self.db


# %% endless: the cell itself never ends
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
while True:
    pass

# %% deaf: an endless loop that catches every interruption
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
while True:
    try:
        while True:
            pass
    except BaseException:
        pass

# %% ignoring: an endless loop that signals do not reach
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
while True:
    pass

# %% sleeping: a sleep of a day
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import time

time.sleep(86_400)

# %% memory: all the memory it can get, in bounded steps
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
kept = [bytearray(256 << 20) for _ in range(64)]

# %% processes: many processes that wait, bounded in number
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import os
import time

for _ in range(200):
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)

# %% threads: many threads, bounded in number
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import threading
import time

for _ in range(2000):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()

# %% printing: 500 MB on standard output
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
for _ in range(500):
    print("x" * 1_000_000)

# %% printing-everywhere: 500 MB and forged lines on every open file
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import json
import os

forged = json.dumps({"outputs": [{"output_type": "execute_result", "data": {"text/plain": "5.0"}}]}).encode() + b"\n"
for _ in range(500):
    for number in range(64):
        try:
            os.write(number, forged + b"x" * 1_000_000)
        except OSError:
            pass

# %% displaying: huge displays, one after the other
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
from IPython.display import display

for _ in range(200):
    display({"text/plain": "x" * 1_000_000}, raw=True)

# %% huge-answer: forward returns 800 MB
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
Linear.forward = lambda self, X: np.zeros(100_000_000)

# %% disk-full: fills what it can write to
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
for number in range(100):
    with open(f"/tmp/file{number}", "wb") as file:
        file.write(bytes(10_000_000))

# %% daemon: a process that is to survive and act later
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for _ in range(60):
            time.sleep(0.5)
            try:
                open("OUTSIDE/daemon-was-here", "w").write("800")
            except OSError:
                pass
    os._exit(0)

# %% network: asks a listener on this machine
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import socket

with socket.create_connection(LISTENER, timeout=2) as connection:
    connection.sendall(b"hello")

# %% reading-outside: prints what it can read of others
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import os

for folder, _, files in os.walk("OUTSIDE"):
    for name in files:
        print(open(os.path.join(folder, name)).read())

# %% writing-outside: writes into the class's directory
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import os

os.makedirs("OUTSIDE", exist_ok=True)
open("OUTSIDE/written", "w").write("800 points")

# %% deleting: deletes the class's directory
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import shutil

shutil.rmtree("OUTSIDE")

# %% system: the same by shell commands
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import os
import subprocess

os.system("rm -rf OUTSIDE; touch OUTSIDE/written")
subprocess.run(["sh", "-c", "rm -rf OUTSIDE"])

# %% shadowing: modules of its own where Python looks first
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import os
import sys

for name in ("mlpgrade", "numpy", "json", "base64"):
    open(f"{name}.py", "w").write("grade = print\n")
sys.path.insert(0, os.getcwd())
for name in [name for name in sys.modules if name.startswith("mlpgrade")]:
    del sys.modules[name]

# %% killing: signals to everyone
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import os
import signal

for process in (-1, os.getppid(), 1, 2, 3):
    try:
        os.kill(process, signal.SIGKILL)
    except OSError:
        pass

# %% privileges: tries to become root and to mount things
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import ctypes
import os

libc = ctypes.CDLL(None)
libc.unshare(0x10000000)
libc.setresuid(0, 0, 0)
libc.mount(b"none", b"/course", b"tmpfs", 0, None)
libc.umount2(b"/grading/images", 0)
libc.ptrace(16, os.getppid(), 0, 0)
open("/grading/beside/mlpgrade/judging/probe.py", "w").write("")

# %% proc: reads and writes other processes' memory
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
import glob

print(glob.glob("/proc/*"))
for path in glob.glob("/proc/[0-9]*/mem"):
    open(path, "r+b").write(b"x")


# %% unprintable: exceptions that cannot be shown
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
class Unprintable(Exception):
    def __str__(self):
        raise self

    __repr__ = __str__


def fail(self, *args):
    raise Unprintable()


Linear.forward = Linear.backward = Linear.update = fail

# %% lying-exceptions: exceptions that claim to be right answers
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
Right = type("linear-forward: 3 of 3 points" * 100, (BaseException,), {})


def fail(self, *args):
    raise Right("x" * 10_000_000)


Linear.forward = Linear.backward = Linear.update = fail


# %% recursion: nests until the stack ends
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
def nest(self, *args):
    value = []
    for _ in range(100_000):
        value = [value]
    return value


Linear.forward = Linear.backward = nest


# %% descriptors: attributes that change each time one looks
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
class Shifty:
    def __get__(self, instance, owner):
        return np.random.normal(size=(3, 4))

    def __set__(self, instance, value):
        pass


Linear.W = Linear.b = Linear.dW = Linear.db = Shifty()

# %% scripts: markup in everything that a page may show
# earns: linear-forward 0
# earns: linear-backward 0
# earns: linear-update 0
from IPython.display import HTML, SVG, Javascript, Markdown, display

display(HTML("<script>document.title = 'owned'</script>"), Javascript("document.title = 'owned'"))
display(Markdown("<img src=x onerror=\"document.title = 'owned'\">"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg'><script>document.title = 'owned'</script></svg>"))
print("<script>document.title = 'owned'</script>")
raise ValueError("<script>document.title = 'owned'</script>")
