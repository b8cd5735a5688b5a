"""nbgrader's directories and steps for a course: what its nbgrader_config.py asks for in one line."""

import os
import sys
import warnings
from pathlib import Path
from typing import Any

from mlpgrade.gradebook.sources import refresh_sources

STEPS = "nbgrader.preprocessors."
OURS = "mlpgrade.gradebook.preprocessors."

RELEASE = [
    STEPS + "IncludeHeaderFooter",
    STEPS + "LockCells",
    OURS + "HintedStubs",
    STEPS + "ClearOutput",
    STEPS + "CheckCellMetadata",
    STEPS + "ComputeChecksums",
    STEPS + "SaveCells",
    STEPS + "ClearHiddenTests",
    STEPS + "ClearMarkScheme",
    STEPS + "ComputeChecksums",
    STEPS + "CheckCellMetadata",
]
RECEIVE = [
    OURS + "MakeWhole",
    STEPS + "ClearOutput",
    STEPS + "DeduplicateIds",
    STEPS + "OverwriteKernelspec",
    STEPS + "OverwriteCells",
    STEPS + "CheckCellMetadata",
]
MARK = [
    OURS + "RunNotebook",
    OURS + "JudgeAnswers",
    STEPS + "IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    STEPS + "LimitOutput",
    STEPS + "SaveAutoGrades",
    OURS + "Settle",
    STEPS + "CheckCellMetadata",
]
SHOW = [
    OURS + "HideHiddenTests",
    OURS + "Settle",
    STEPS + "GetGrades",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]


def configure(
    c: Any, root: Path, course_id: str, *, libraries: list[str], public: dict[str, str] | None = None
) -> None:
    """Set up a course in the directory `root`, so that plain nbgrader commands work there, and make its source notebooks.

    The classroom (submissions, marks, feedback) is the folder `classroom`, or the one that MLP_CLASSROOM names. The
    gradebook is an SQLite file in it, or the database whose address MLP_GRADEBOOK gives. Assignments are written in
    `solutions`, or in the folder that MLP_SOLUTIONS names, such as a checkout of a private repository. MLP_RELEASE,
    MLP_EXCHANGE and MLP_REQUIRE_SANDBOX change where students' notebooks go, nbgrader's exchange, and whether anything
    is graded without a sandbox.

    `libraries` are the packages of the course that notebooks import while they are graded, and `public` is what
    `mlpgrade publish` writes: the place of each file or folder, and where it comes from.
    """
    # Kernels inherit it: two BLAS threads on busy cores were measured 4 to 10 times slower than one.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # nbgrader calls alembic by its name, which lies beside this Python, be that on the PATH or not.
    beside = str(Path(sys.executable).parent)
    if beside not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join(filter(None, (beside, os.environ.get("PATH"))))
    # nbgrader 0.9.6 builds its rows in an order of which SQLAlchemy warns, for each new submission; they come out right.
    warnings.filterwarnings("ignore", message="Object of type <Submitted")
    classroom = (root / os.environ.get("MLP_CLASSROOM", "classroom")).resolve()
    solutions = (root / os.environ.get("MLP_SOLUTIONS", "solutions")).resolve()
    refresh_sources(solutions, classroom / "source")
    set_places(c, root, course_id, classroom)
    set_steps(c)
    c.Course.secret_file = str(classroom / "secret")
    c.Course.solutions = str(solutions)
    c.Course.libraries = libraries
    c.Course.public = public or {}


def set_places(c: Any, root: Path, course_id: str, classroom: Path) -> None:
    """Set nbgrader's directories and its gradebook."""
    c.CourseDirectory.course_id = course_id
    c.CourseDirectory.root = str(root)
    c.CourseDirectory.db_url = os.environ.get("MLP_GRADEBOOK") or f"sqlite:///{classroom / 'gradebook.db'}"
    c.CourseDirectory.release_directory = os.environ.get("MLP_RELEASE", "exercises")
    for step in ("source", "submitted", "autograded", "feedback"):
        c.CourseDirectory[f"{step}_directory"] = str(classroom / step)
    own_exchange = classroom / "exchange"
    own_exchange.mkdir(parents=True, exist_ok=True)  # nbgrader makes none, and stops
    c.Exchange.root = os.environ.get("MLP_EXCHANGE", str(own_exchange))
    c.ExportApp.plugin_class = "mlpgrade.gradebook.export.HarmlessCsv"
    c.ZipCollectApp.downloaded_directory = str(classroom / "downloaded")
    c.CsvExportPlugin.to = str(classroom / "grades.csv")
    c.MakeWhole.released = str(root / c.CourseDirectory.release_directory)


def set_steps(c: Any) -> None:
    """Set what nbgrader does with a notebook on its way."""
    c.GenerateAssignment.preprocessors = RELEASE
    c.HintedStubs.code_stub = {"python": "# Your code here.\nraise NotImplementedError()"}
    c.Autograde.sanitize_preprocessors = RECEIVE
    c.Autograde.autograde_preprocessors = MARK
    c.RunNotebook.require_sandbox = bool(os.environ.get("MLP_REQUIRE_SANDBOX"))
    # The verdict's notes in the graded cells stay: reports read them.
    c.ClearMetadataPreprocessor.preserve_cell_metadata_mask = {"nbgrader", "mlpgrade"}
    c.ClearMetadataPreprocessor.preserve_nb_metadata_mask = {("language_info", "name"), "mlpgrade"}
    c.GenerateFeedback.exporter_class = "mlpgrade.gradebook.feedback.FeedbackPage"
    c.GenerateFeedback.preprocessors = SHOW
