"""Writes the students' repository: what the course publishes, and nothing of what a student must not see."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from mlpgrade.course import Course, CourseError

SKIPPED = shutil.ignore_patterns("__pycache__", ".*", "_build", "vendor", "*.egg-info")
TEXTS = {
    ".py",
    ".md",
    ".ipynb",
    ".json",
    ".toml",
    ".yml",
    ".yaml",
    ".txt",
    ".html",
    ".js",
    ".css",
    ".cfg",
    ".lock",
    ".bib",
    "",
}
REGION = re.compile(r"BEGIN SOLUTION[^\n]*\n(.*?)\n[^\n]*END SOLUTION", re.DOTALL)

TELLING = 30
"""Characters, without blanks, from which on a line of a judge is told from any other."""


def publish(course: Course, directory: Path) -> list[str]:
    """Write what `c.Course.public` names to a new directory, whole or not at all. Return its names.

    Raises CourseError where the directory is not empty, or where something of a solution or judge is found in what
    would be written.
    """
    if directory.exists() and any(directory.iterdir()):
        raise CourseError(f"{directory} is not empty; name a directory that is to be made.")
    public = course.config.Course.get("public", {})
    if not public:
        raise CourseError("nbgrader_config.py names nothing to publish: set c.Course.public = {target: source, …}.")
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory.parent, prefix=".publish-") as temporary:
        whole = Path(temporary) / "whole"
        whole.mkdir()
        for target, source in public.items():
            copy(course.root / source, whole / target)
        found = list(leaks(course.solutions, whole))
        if found:
            raise CourseError(
                "nothing was written, since it would show what students must not see:\n" + "\n".join(found[:10])
            )
        if directory.exists():
            directory.rmdir()
        whole.rename(directory)
    return sorted(public)


def copy(source: Path, target: Path) -> None:
    """Copy a file or a folder. Raises CourseError if it is not there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=SKIPPED)
    elif source.exists():
        shutil.copyfile(source, target)
    else:
        raise CourseError(f"{source} is to be published, but is not there.")


def leaks(solutions: Path, written: Path) -> Iterator[str]:
    """Yield what of solutions, hidden lines and judges is found below a directory.

    A solution counts as a whole, without blanks, unless the course's own public package says the same, which a book may
    explain. A judge counts by its lines, those that tell.
    """
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in written.rglob("*") if path.is_file() and path.suffix in TEXTS}  # fmt: skip
    said = {squeeze(text) for path, text in texts.items() if path.suffix == ".py"}
    regions, lines = secrets(solutions)
    regions = {region for region in regions if not any(region in text for text in said)}
    for path, text in texts.items():
        plain = squeeze(text.replace('\\"', '"').replace("\\n", "\n") if path.suffix == ".ipynb" else text)
        where = path.relative_to(written)
        for mark in ("mlpgrade.grade(", "###BEGINSOLUTION", "###BEGINHIDDENTESTS"):
            if mark in plain:
                yield f"{where} contains “{mark}”"
        for secret in regions | lines:
            if secret in plain:
                yield f"{where} contains “{secret[:60]}”"


def secrets(solutions: Path) -> tuple[set[str], set[str]]:
    """Return the solutions of three lines or more, and the telling lines of judges and answers, all without blanks."""
    regions, lines = set(), set()
    for folder in (path.parent for path in solutions.glob("*/notebook.py")):
        source = (folder / "notebook.py").read_text(encoding="utf-8")
        regions |= {squeeze(region) for region in REGION.findall(source) if region.count("\n") >= 2}
        for path in (folder / "judge.py", *(folder / "answers").glob("*.py")):
            if path.exists():
                lines |= {squeeze(line) for line in path.read_text(encoding="utf-8").splitlines() if tells(line)}
    return regions, {line for line in lines if len(line) >= TELLING}


def tells(line: str) -> bool:
    """Tell whether a line is more than an import, a signature or a formula that anybody would write."""
    return bool(re.search(r"Mistake\(|Case\(|\.publish|# named:|# earns:|# %% ", line))


def squeeze(text: str) -> str:
    """Return the text without blanks."""
    return re.sub(r"\s+", "", text)
