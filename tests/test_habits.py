"""The files that a stranger expects: they agree with each other and with what is there."""

import json
import re
import tomllib

import pytest
import yaml

import mlpgrade
from tests_support import ROOT


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def toml(name):
    return tomllib.loads(text(name))


def test_all_say_the_same_version_and_the_changelog_begins_with_it():
    version = mlpgrade.__version__
    assert toml("pyproject.toml")["project"]["version"] == version
    assert toml("tools/students/pyproject.toml")["project"]["version"] == version
    assert str(yaml.safe_load(text("CITATION.cff"))["version"]) == version
    assert re.search(r"^## (\S+)", text("CHANGELOG.md"), re.MULTILINE)[1] == version


def test_both_packages_and_the_students_repository_ask_for_the_same_versions():
    whole, engine, students = map(toml, ("pyproject.toml", "mlpgrade/pyproject.toml", "tools/students/pyproject.toml"))
    extras, theirs = whole["project"]["optional-dependencies"], students["project"]["optional-dependencies"]
    mine = {one for one in extras["grade"] if not one.startswith("mlpkit")}
    assert (
        mine
        <= set(engine["project"]["dependencies"])
        <= mine | {"mlpkit>=0.2", *whole["project"]["dependencies"], *extras["figures"]}
    )
    assert theirs["figures"] == extras["figures"]
    assert set(theirs["book"]) <= set(extras["book"]) | set(extras["dev"])


def test_the_students_lock_has_the_versions_of_the_whole_one():
    pins = [
        dict(re.findall(r"^([\w.-]+)==(\S+)", text(name), re.MULTILINE))
        for name in ("requirements.lock", "tools/students/requirements.lock")
    ]
    assert len(pins[1]) > 50
    assert pins[1].items() <= pins[0].items()


def test_pre_commit_runs_the_tools_of_make_lint():
    hooks = yaml.safe_load(text(".pre-commit-config.yaml"))["repos"][0]["hooks"]
    linting = re.search(r"^lint:.*\n((?:\t.*\n)+)", text("Makefile"), re.MULTILINE)[1]
    assert [hook["entry"].removeprefix(".venv/bin/") for hook in hooks] == [
        line.strip() for line in linting.splitlines()
    ]


@pytest.mark.parametrize(
    "page", ["CONTRIBUTING.md", "docs/architecture.md", "README.md", "docs/grading.md", "docs/authoring.md"]
)
def test_a_page_links_only_to_what_is_there(page):
    folder = (ROOT / page).parent
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text(page)):
        assert (folder / target).exists(), target


def test_contributing_and_architecture_name_the_rooms_that_are_there():
    rooms = {path.parent.name for path in (ROOT / "mlpgrade").glob("*/__init__.py")}
    assert set(re.findall(r"^\| `mlpgrade/(\w+)/`", text("CONTRIBUTING.md"), re.MULTILINE)) == rooms
    assert set(re.findall(r"^\| `(\w+)/` \|", text("docs/architecture.md"), re.MULTILINE)) == rooms
    for name in re.findall(r"`(book/[\w.]+|tests/[\w/]+\.py)`", text("CONTRIBUTING.md")):
        assert "NAME" in name or (ROOT / name).exists(), name


def test_containers_are_made_from_the_lock_files():
    settings = re.sub(r"^\s*//.*$", "", text(".devcontainer/devcontainer.json"), flags=re.MULTILINE)
    assert json.loads(settings)["postCreateCommand"] == "make setup"
    assert "RUN make setup" in text("Dockerfile")
    assert text(".binder/requirements.txt").split() == ["-r", "../requirements.lock"]


def test_forms_and_workflows_are_well_formed():
    for path in sorted((ROOT / ".github").rglob("*.yml")):
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert isinstance(found, dict), path
        if path.parent.name == "ISSUE_TEMPLATE" and path.stem != "config":
            assert {"name", "description", "body"} <= found.keys(), path
            ids = [field["id"] for field in found["body"] if "id" in field]
            assert len(ids) == len(set(ids)), path


def test_the_release_workflow_builds_both_wheels():
    release = text(".github/workflows/release.yml")
    assert "make wheels" in release
    assert "./mlpgrade" in re.search(r"^wheels:.*\n\t(.*)", text("Makefile"), re.MULTILINE)[1]
    assert "dist/mlpkit-" in release
    assert "dist/mlpgrade-" in release
