"""The page on mlpkit: every public name in an example that runs."""

import ast
import re

import matplotlib as mpl
import pytest

import mlpkit
from tests_support import ROOT

PAGE = (ROOT / "book" / "api.md").read_text(encoding="utf-8")
CELLS = re.findall(r"^```\{code-cell\} python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
MODULES = sorted(file.stem for file in (ROOT / "mlpkit").glob("*.py") if file.stem != "__init__")
SHOWN_IN_CHAPTERS = {"frame", "slider", "sliders", "Control"}  # figures with sliders: the chapters are full of them


def public(module):
    tree = ast.parse((ROOT / "mlpkit" / f"{module}.py").read_text(encoding="utf-8"))
    definitions = (node for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef))
    return {node.name for node in definitions if not node.name.startswith("_")}


def names_used():
    nodes = (node for cell in CELLS for node in ast.walk(ast.parse(cell)))
    return {node.id for node in nodes if isinstance(node, ast.Name)}


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_its_section(module):
    assert f"## mlpkit.{module}\n" in PAGE
    assert f".. automodule:: mlpkit.{module}\n" in PAGE


def test_every_public_name_has_an_example():
    theirs = {"Optimiser", "Remembering"}  # what a rule is, and what ours are made of: the examples use the rules
    wanted = set(mlpkit.__all__).union(*map(public, MODULES)) - SHOWN_IN_CHAPTERS - theirs
    assert wanted - names_used() == set()


def test_the_examples_run_one_after_another(capsys):
    mpl.use("Agg")
    namespace: dict = {}
    for cell in CELLS:
        exec(cell, namespace)
    printed = capsys.readouterr().out
    assert "cannot be judged here" in printed
    assert namespace["history"].stopped or len(namespace["history"].loss) == 40


def test_what_it_does_not_do_is_told_with_what_to_use():
    table = PAGE.partition("## What it does not do, and what to use then")[2].partition("\n## ")[0]
    rows = [row.split("|")[1:-1] for row in table.splitlines() if row.startswith("|")]
    assert len(rows) > 8
    assert all(len(row) == 3 and all(cell.strip() for cell in row) for row in rows)
