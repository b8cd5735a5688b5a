"""What students' code finds to import while an assignment is graded: the course's libraries without the answers, and the probe."""

import ast
import importlib.util
import os
import py_compile
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path

BESIDE = ("__init__.py", *(f"judging/{name}.py" for name in ("__init__", "handed", "probe", "tools", "wire")))
INSIDE = tuple(f"sandbox/{name}.py" for name in ("isolation", "cells", "syscalls", "zygote"))
"""Of mlpgrade, the files that stand beside the student's code. None of them knows an answer."""

COURSE = "/course"
"""Where a notebook finds the libraries of its assignment."""

_parsing = threading.Lock()
"""CPython 3.11 counts the depth of all threads together: parsing in two at once can raise SystemError."""


@dataclass(frozen=True)
class Image:
    """What may be imported inside: packages, without the definitions of these dotted names."""

    libraries: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()


def build(image: Image, target: Path) -> None:
    """Write the libraries for an assignment to the directory `target`."""
    target.mkdir(parents=True)
    for name in image.libraries:
        found = importlib.util.find_spec(name)
        if found is None or not found.submodule_search_locations:
            raise ImportError(f"the course's library {name} is no package that can be imported here")
        copy_without(Path(found.submodule_search_locations[0]), target / name, name, image.hidden)
    make_readable(target)


def prepare(target: Path) -> None:
    """Write what the warm process needs to the directory `target`: what stands beside students' code, and lists of fonts."""
    beside = target / "beside" / "mlpgrade"
    for name in (*BESIDE, *INSIDE):
        (beside / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(Path(__file__).parents[1] / name, beside / name)
    (beside / "sandbox" / "__init__.py").touch()
    (target / "images").mkdir()
    (target / "matplotlib").mkdir()
    for fonts in lists_of_fonts():
        shutil.copy(fonts, target / "matplotlib")
    make_readable(target)


def lists_of_fonts() -> list[Path]:
    """Return where Matplotlib keeps its lists of this machine's fonts for this user. It takes half a second to make one."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return sorted(Path(os.environ.get("MPLCONFIGDIR") or f"{cache}/matplotlib").glob("fontlist-*.json"))


def copy_without(package: Path, target: Path, name: str, hidden: frozenset[str]) -> None:
    """Copy a package of modules, leaving definitions out and every import of them."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(package.iterdir()):
        if path.suffix == ".py":
            module = name if path.stem == "__init__" else f"{name}.{path.stem}"
            with _parsing:
                tree = Without(module, hidden).visit(ast.parse(path.read_text(encoding="utf-8")))
                (target / path.name).write_text(ast.unparse(ast.fix_missing_locations(tree)), encoding="utf-8")
                compile_once(target / path.name, f"{COURSE}/{name}/{path.name}")
        elif path.suffix == ".npz":
            shutil.copy(path, target / path.name)


def compile_once(path: Path, inside: str) -> None:
    """Compile a module, which is found at `inside`, or each notebook would do so for itself: nobody can write there."""
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(str(path), dfile=inside, doraise=True, invalidation_mode=mode)


class Without(ast.NodeTransformer):
    """Takes definitions out of a module's tree, and their names out of its imports and its `__all__`."""

    def __init__(self, module: str, hidden: frozenset[str]):
        self.module, self.hidden = module, hidden

    def visit_Module(self, node: ast.Module) -> ast.Module:
        """Leave out the hidden statements of a module."""
        node.body = [kept for statement in node.body if (kept := self._kept(statement)) is not None]
        return node

    def _kept(self, node: ast.stmt) -> ast.stmt | None:
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                return None if f"{self.module}.{name}" in self.hidden else node
            case ast.ImportFrom(module=str(source)):
                node.names = [alias for alias in node.names if f"{source}.{alias.name}" not in self.hidden]
                return node if node.names else None
            case ast.Assign(targets=[ast.Name(id="__all__")], value=ast.List() as names):
                gone = {name.rpartition(".")[2] for name in self.hidden}
                names.elts = [one for one in names.elts if isinstance(one, ast.Constant) and one.value not in gone]
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                return None if f"{self.module}.{name}" in self.hidden else node
        return node


def make_readable(target: Path) -> None:
    """Let every user read it: notebooks run as one who owns nothing."""
    for path in (target, *target.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
