"""Claims about the package as a whole: what it imports, how long its modules are, what is documented."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import mlpkit

FILES = sorted(Path(mlpkit.__file__).parent.glob("*.py"))
OPTIONAL = ("matplotlib", "ipywidgets", "tqdm", "IPython")

every_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def imported_modules(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


def public_definitions(node, prefix=""):
    """Yield (dotted name, definition) for the public classes, functions and methods of a module."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | ast.FunctionDef) and not child.name.startswith("_"):
            yield prefix + child.name, child
            if isinstance(child, ast.ClassDef):
                yield from public_definitions(child, f"{prefix}{child.name}.")


def test_all_modules_are_looked_at():
    assert {"layers", "losses", "gradcheck", "widgets"} < {file.stem for file in FILES}


@every_file
def test_modules_import_numpy_the_standard_library_and_each_other_alone(file):
    known = {*sys.stdlib_module_names, "numpy", "mlpkit", *OPTIONAL}
    assert {name.split(".")[0] for name in imported_modules(ast.parse(file.read_text()))} <= known


@every_file
def test_modules_have_at_most_150_lines(file):
    assert len(file.read_text().splitlines()) <= 150


@every_file
def test_whatever_is_public_has_a_docstring(file):
    tree = ast.parse(file.read_text())
    assert ast.get_docstring(tree)
    assert [name for name, node in public_definitions(tree) if not ast.get_docstring(node)] == []


def test_exported_names_are_there_and_sorted_as_ruff_would():
    assert len(set(mlpkit.__all__)) == len(mlpkit.__all__)
    assert all(hasattr(mlpkit, name) for name in mlpkit.__all__)


IMPORT_EVERYTHING = f"""
import sys
import numpy as np
before = np.random.get_state(legacy=False)
import importlib
for name in {[file.stem for file in FILES if file.stem != "__init__"]}:
    importlib.import_module("mlpkit." + name)
np.testing.assert_equal(np.random.get_state(legacy=False), before)
print(sorted(set({OPTIONAL}) & set(sys.modules)))
"""


def test_importing_everything_imports_nothing_optional_and_leaves_the_global_random_state():
    process = subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORT_EVERYTHING], capture_output=True, text=True, check=False
    )
    assert process.stderr == ""
    assert process.stdout == "[]\n"
