"""nbgrader's directories and steps for this course: plain nbgrader commands work from the repository's root.

The classroom (submissions, marks, feedback) is the folder `classroom`, or the one that MLP_CLASSROOM names. The gradebook
is an SQLite file in it, or the database whose address MLP_GRADEBOOK gives. Assignments are written in `solutions`, or in
the folder that MLP_SOLUTIONS names, such as a checkout of a private repository.
"""

import os
import warnings
from pathlib import Path

from mlpgrade.gradebook.sources import refresh_sources

os.environ.setdefault(
    "OPENBLAS_NUM_THREADS", "1"
)  # kernels inherit it: two BLAS threads on busy cores are 4–10 times slower

# nbgrader 0.9.6 builds its rows in an order of which SQLAlchemy warns, for each new submission; the rows come out right.
warnings.filterwarnings("ignore", message="Object of type <Submitted")

root = Path(__file__).resolve().parent
classroom = (root / os.environ.get("MLP_CLASSROOM", "classroom")).resolve()
solutions = (root / os.environ.get("MLP_SOLUTIONS", "solutions")).resolve()
refresh_sources(solutions, classroom / "source")

c = get_config()  # nbgrader provides it

c.CourseDirectory.course_id = "mlp"
c.CourseDirectory.root = str(root)
c.CourseDirectory.db_url = os.environ.get("MLP_GRADEBOOK") or f"sqlite:///{classroom / 'gradebook.db'}"
c.CourseDirectory.source_directory = str(classroom / "source")
c.CourseDirectory.release_directory = os.environ.get("MLP_RELEASE", "exercises")
c.CourseDirectory.submitted_directory = str(classroom / "submitted")
c.CourseDirectory.autograded_directory = str(classroom / "autograded")
c.CourseDirectory.feedback_directory = str(classroom / "feedback")
c.Exchange.root = os.environ.get("MLP_EXCHANGE", str(classroom / "exchange"))
c.CsvExportPlugin.to = str(classroom / "grades.csv")
c.Course.secret_file = str(classroom / "secret")
c.Course.solutions = str(solutions)
c.Course.libraries = ["mlpkit"]  # what notebooks import in the sandbox, without what the assignment asks for
c.MakeWhole.released = str(root / c.CourseDirectory.release_directory)
c.RunNotebook.require_sandbox = bool(os.environ.get("MLP_REQUIRE_SANDBOX"))

steps = "nbgrader.preprocessors."
ours = "mlpgrade.gradebook.preprocessors."

c.GenerateAssignment.preprocessors = [
    steps + "IncludeHeaderFooter",
    steps + "LockCells",
    ours + "HintedStubs",
    steps + "ClearOutput",
    steps + "CheckCellMetadata",
    steps + "ComputeChecksums",
    steps + "SaveCells",
    steps + "ClearHiddenTests",
    steps + "ClearMarkScheme",
    steps + "ComputeChecksums",
    steps + "CheckCellMetadata",
]
c.HintedStubs.code_stub = {"python": "# Your code here.\nraise NotImplementedError()"}

c.Autograde.sanitize_preprocessors = [
    ours + "MakeWhole",
    steps + "ClearOutput",
    steps + "DeduplicateIds",
    steps + "OverwriteKernelspec",
    steps + "OverwriteCells",
    steps + "CheckCellMetadata",
]

c.Autograde.autograde_preprocessors = [
    ours + "RunNotebook",
    ours + "JudgeAnswers",
    steps + "IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    steps + "LimitOutput",
    steps + "SaveAutoGrades",
    steps + "AssignLatePenalties",
    steps + "CheckCellMetadata",
]

# The verdict's notes in the graded cells stay: reports read them.
c.ClearMetadataPreprocessor.preserve_cell_metadata_mask = {"nbgrader", "mlpgrade"}
c.ClearMetadataPreprocessor.preserve_nb_metadata_mask = {("language_info", "name"), "mlpgrade"}

c.GenerateFeedback.exporter_class = "mlpgrade.gradebook.feedback.FeedbackPage"
c.GenerateFeedback.preprocessors = [
    ours + "HideHiddenTests",
    steps + "GetGrades",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
