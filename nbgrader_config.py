"""This course for nbgrader and mlpgrade; `mlpgrade.gradebook.pipeline.configure` says what is set, and by which variables."""

from pathlib import Path

from mlpgrade.gradebook.pipeline import configure

PUBLIC = (
    "book",
    "docs/teaching",
    "exercises",
    "mlpkit",
    "web",
    "_config.yml",
    "_toc.yml",
    "tools/setup.py",
    "tools/build_book.py",
    "tools/serve.py",
    "requirements-uv.lock",
    "package.json",
    "package-lock.json",
    "CITATION.cff",
    "LICENSE",
    "LICENSE-TEXT",
    ".gitignore",
    ".github/workflows/publish.yml",
)
STUDENTS = ("README.md", "Makefile", "pyproject.toml", "requirements.lock")
"""What the students' repository has of its own, in tools/students."""

configure(
    get_config(),  # nbgrader provides it
    Path(__file__).resolve().parent,
    "mlp",
    libraries=["mlpkit"],
    public={name: name for name in PUBLIC} | {name: f"tools/students/{name}" for name in STUDENTS},
)
