"""What must hold of the repository as a whole."""

import ast
import html
import os
import re
import subprocess
from itertools import chain

import pytest

from teaching_support import CLASS, canvas_gradebook, canvas_name, zipped
from tests_support import ASSIGNMENT, ASSIGNMENTS, ROOT, class_answers

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
LOCKS = ("requirements.lock", "requirements-uv.lock")


def tracked():
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def texts():
    for path in tracked():
        if path.suffix not in (".npz", ".png"):
            yield path, path.read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash_and_no_host(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    for requirement in re.split(r"\n(?=\w)", text.strip()):
        assert "--hash=sha256:" in requirement, requirement


def test_the_javascript_lock_names_no_registry():
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert '"integrity"' in text


def test_no_file_names_a_package_registry_or_a_path_of_a_machine():
    # Put together here, so that this file does not name what it forbids.
    forbidden = ["registry." + "npmjs", "files.python" + "hosted", "pypi." + "org", "/ro" + "ot/", "/wo" + "rk/"]
    for path, text in texts():
        for name in forbidden:
            assert name not in text, f"{path.relative_to(ROOT)} names {name}"


def test_ci_runs_the_readmes_test_command_and_nothing_else():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    commands = [line for line in script.splitlines() if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["make test"]


def test_the_readme_names_only_targets_that_exist_and_help_lists_them_all():
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    assert (
        set(re.findall(r"\bmake ([a-z-]+)\b", " ".join(re.findall(r"`[^`]+`|^make .*$", README, re.MULTILINE))))
        <= targets
    )
    help_text = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^  make ([a-z-]+)", help_text, re.MULTILINE)) == targets


def test_imports_go_one_way():
    """mlpgrade may import mlpkit, never the other way; and neither imports demo, tests, tools or web."""
    allowed = {
        "mlpkit": {"mlpkit"},
        "mlpgrade": {"mlpkit", "mlpgrade"},
        "demo": {"mlpgrade"},
        "web": {"mlpkit", "web"},
    }
    ours = {"mlpkit", "mlpgrade", "demo", "tests", "tests_support", "tools", "benchmarks", "web"}
    for package, may in allowed.items():
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                imported = {module.partition(".")[0] for module in modules}
                assert imported & ours <= may, path


@pytest.mark.slow
def test_the_instructors_commands_run_as_the_readme_gives_them(tmp_path):
    """Every line of the code blocks under "Teach it", in order, on a class of two of whom one handed in."""
    teach = README.partition("## Teach it")[2].partition("\n## ")[0]
    lines = [line for block in re.findall(r"```\n(.*?)```", teach, re.DOTALL) for line in block.splitlines()]
    assert [line.split()[0] for line in lines] == ["export", *["mlpgrade"] * 5, *["nbgrader"] * 4]
    one, other = CLASS[:2]
    downloads = {"grades.csv": tmp_path / "grades.csv", "submissions.zip": tmp_path / "submissions.zip"}
    downloads["grades.csv"].write_bytes(canvas_gradebook([one, other], titles=("04 Linear layer (77)",)))
    empty = (ROOT / "exercises" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_bytes()
    zipped({canvas_name(one, 9001, f"{ASSIGNMENT}.ipynb"): empty}, downloads["submissions.zip"])
    classroom = tmp_path / "classroom"
    environment = os.environ | {"MLP_CLASSROOM": str(classroom), "MLP_RELEASE": str(tmp_path / "release")}
    said = {}
    for line in lines:
        for name, path in downloads.items():
            line = line.replace(name, str(path))
        result = subprocess.run(["sh", "-c", line], cwd=ROOT, env=environment, capture_output=True, text=True)
        assert result.returncode == 0, line + result.stdout + result.stderr
        said[line.split()[1]] = result.stdout
    assert re.search(rf"^{one.login} .*  0 / 10 ", said["report"], re.MULTILINE)
    assert "1 go back" in said["return"]
    assert (classroom / "feedback" / one.login / ASSIGNMENT / f"{ASSIGNMENT}.html").exists()
    assert f",{one.login}," in (classroom / "grades.csv").read_text()


@pytest.mark.slow
def test_validate_accepts_a_right_notebook_and_says_what_is_wrong_with_an_empty_one(tmp_path):
    import nbformat

    from mlpgrade.authoring.answers import fill_in
    from mlpgrade.gradebook.sources import to_notebook

    solved = to_notebook(ROOT / "solutions" / ASSIGNMENT / "notebook.py")
    empty = ROOT / "exercises" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    right = tmp_path / empty.name
    answers = {answer.name: answer for answer in class_answers(ASSIGNMENT)}
    nbformat.write(fill_in(nbformat.read(empty, as_version=4), answers["ada"], solved), right)
    environment = os.environ | {"MLP_CLASSROOM": str(tmp_path / "classroom")}
    said = [
        subprocess.run(
            ["nbgrader", "validate", path], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        ).stdout
        for path in (right, empty)
    ]
    assert "Success! Your notebook passes all the tests." in said[0]
    assert "Linear.forward: remember X" in said[1]


@pytest.mark.slow
def test_the_formgrader_opens_on_the_course(tmp_path):
    """Formgrader is part of Jupyter's server: start one on a port of its own and ask for the list of assignments."""
    import json
    import sys
    import time
    import urllib.error
    import urllib.request

    environment = os.environ | {"MLP_CLASSROOM": str(tmp_path), "MLP_RELEASE": str(tmp_path / "release")}
    command = [sys.executable, "-m", "jupyter", "server", "--allow-root", "--no-browser", "--ServerApp.ip=127.0.0.1"]
    command += ["--ServerApp.port=0", "--IdentityProvider.token=t", f"--ServerApp.runtime_dir={tmp_path}"]
    environment["JUPYTER_RUNTIME_DIR"] = str(tmp_path / "runtime")
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(120):
            found = list((tmp_path / "runtime").glob("jpserver-*.json"))
            if found and found[0].stat().st_size:
                break
            time.sleep(0.5)
        address = json.loads(found[0].read_text())["url"]
        with urllib.request.urlopen(f"{address}formgrader/api/assignments?token=t", timeout=60) as answer:
            assert [assignment["name"] for assignment in json.load(answer)] == ASSIGNMENTS
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.mark.slow
def test_no_solution_and_no_hidden_line_reaches_the_published_book(site):
    # What mlpkit says itself stays out of it: the book shows its source.
    package = squeeze("".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "mlpkit").glob("*.py"))))
    regions = {
        path.parent.name: [region for region in solution_regions(path) if region not in package]
        for path in sorted((ROOT / "solutions").glob("*/notebook.py"))
    }
    assert len(regions) == 9
    assert all(regions.values())
    for path in site.rglob("*"):
        if path.suffix in (".html", ".js", ".txt", ".md", ".ipynb", ".py", ".json"):
            text = path.read_text(encoding="utf-8", errors="replace")
            assert "mlpgrade.grade(" not in text, path
            assert "BEGIN HIDDEN" not in text, path
            assert "BEGIN SOLUTION" not in text, path
            plain = squeeze(html.unescape(re.sub(r"<[^>]*>", "", text)))
            for region in chain.from_iterable(regions.values()):
                assert region not in plain, (path, region)


def solution_regions(path):
    """The solutions of three lines or more, without blanks: shorter ones are formulas that a chapter may well hold."""
    found = re.findall(r"BEGIN SOLUTION[^\n]*\n(.*?)\n[^\n]*END SOLUTION", path.read_text(encoding="utf-8"), re.DOTALL)
    return [squeeze(region) for region in found if region.count("\n") >= 2]


def squeeze(text):
    return re.sub(r"\s+", "", text)
