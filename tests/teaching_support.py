"""A class with awkward names, and exports of its work in the forms of other systems."""

import csv
import io
import shutil
import zipfile
from dataclasses import dataclass

from mlpgrade.course import Course


@dataclass(frozen=True)
class Pupil:
    """A student as other systems know them."""

    number: int
    last: str
    first: str
    login: str
    section: str = "A"

    @property
    def email(self):
        return f"{self.login}@example.org"

    @property
    def sortable(self):
        return f"{self.last}, {self.first}"

    @property
    def full(self):
        return f"{self.first} {self.last}"


CLASS = (
    Pupil(101, "O'Brien", "Siobhán", "sobrien"),
    Pupil(102, "Müller", "Jörg", "jmueller", "A and B"),  # in two sections; accents in one letter each
    Pupil(103, "Mu\u0308ller", "Ju\u0308rgen", "jmueller2", "B"),  # accents as marks of their own
    Pupil(104, "Schmidt", "Anna", "aschmidt", "A"),
    Pupil(105, "Schmidt", "Anna", "aschmidt2", "B"),  # of the same name
    Pupil(106, "=SUM(A1)", "@Eve", "eve", "B"),
    Pupil(107, "de la Cruz-Núñez", "María José", "mdelacruz", "A"),
    Pupil(108, "王", "小明", "xwang", "B"),
)


def table(header, rows, delimiter=",", encoding="utf-8"):
    """A CSV file's bytes."""
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows([header, *rows])
    return file.getvalue().encode(encoding)


def canvas_gradebook(pupils=CLASS, titles=("Linear (77)",), extra=(), **form):
    """Canvas's gradebook as it is exported."""
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *titles, "Current Score", "Final Score"]
    blanks = [""] * len(titles)
    rows = [["    Points Possible", "", "", "", "", *["10"] * len(titles), "(read only)", "(read only)"]]
    rows += [[one.sortable, one.number, f"S{one.number}", one.login, one.section, *blanks, "", ""] for one in pupils]
    rows += [*extra, ["Student, Test", "999", "", "f00", "A", *blanks, "", ""]]
    return table(header, rows, **form)


def canvas_name(pupil, attachment, file, late=False):
    """A file's name in Canvas's zip."""
    name = "".join(letter for letter in pupil.sortable if letter.isalnum() or letter == "_").lower()
    return f"{name}{'_LATE' if late else ''}_{pupil.number}_{attachment}_{file}"


def moodle_participants(pupils=CLASS, **form):
    """Moodle's list of participants."""
    header = ["First name", "Last name", "ID number", "Email address", "Groups"]
    rows = [[one.first, one.last, f"S{one.number}", one.email, one.section.replace(" and ", ", ")] for one in pupils]
    return table(header, rows, **form)


def moodle_worksheet(pupils=CLASS, handed_in=(), comments=True, **form):
    """Moodle's grading worksheet; participants have the numbers 5001, 5002, …"""
    header = [
        "Identifier",
        "Full name",
        "ID number",
        "Email address",
        "Status",
        "Grade",
        "Maximum grade",
        "Grade can be changed",
    ]
    header += ["Last modified (submission)", "Last modified (grade)", *(["Feedback comments"] if comments else [])]
    rows = []
    for one in pupils:
        when = "Friday, 20 November 2026, 11:58 PM" if one in handed_in else "-"
        status = "Submitted for grading" if one in handed_in else "No submission"
        row = [
            f"Participant {one.number + 4900}",
            one.full,
            f"S{one.number}",
            one.email,
            status,
            "",
            "10.00",
            "Yes",
            when,
            "-",
        ]
        rows.append(row + ([""] if comments else []))
    return table(header, rows, **form)


def moodle_folder(pupil, end="_"):
    """A student's folder in Moodle's zip."""
    return f"{pupil.full.replace(chr(39), '')}_{pupil.number + 4900}_assignsubmission_file{end}"


def zipped(files, path=None):
    """An archive of these files; a value may be a ZipInfo's pair (info, bytes)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    if path is None:
        return buffer.getvalue()
    path.write_bytes(buffer.getvalue())
    return path


def of_ones_own(made, tmp_path, monkeypatch):
    """A copy of a course, in which commands then run."""
    root = shutil.copytree(made, tmp_path / "course")
    for name in ("MLP_CLASSROOM", "MLP_RELEASE", "MLP_SOLUTIONS", "MLP_GRADEBOOK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(root)
    return Course.here()
