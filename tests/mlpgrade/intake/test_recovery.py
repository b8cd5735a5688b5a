"""Honest work in bad shape: what has one sensible reading is graded by it, in full, and the person who grades is told."""

import copy
import io
import json
import zipfile

import nbformat
import pytest
from nbgrader.utils import determine_grade, is_grade

from mlpgrade.authoring.answers import fill_in
from mlpgrade.gradebook.sources import to_notebook
from mlpgrade.intake.beside import MAX_MODULE
from mlpgrade.intake.receive import receive
from mlpgrade.marking import notebook as marking
from mlpgrade.sandbox import bubblewrap
from tests_support import ASSIGNMENT, COURSE, ROOT, class_answers

NAME = f"{ASSIGNMENT}.ipynb"
RELEASED = nbformat.read(ROOT / "exercises" / ASSIGNMENT / NAME, as_version=4)
SOLVED = json.loads(
    json.dumps(
        fill_in(RELEASED, class_answers(ASSIGNMENT)[0], to_notebook(ROOT / "solutions" / ASSIGNMENT / "notebook.py"))
    )
)
SEEDS = dict.fromkeys(("linear-forward", "linear-backward", "linear-update"), 3)
SOLUTION = next(n for n, cell in enumerate(SOLVED["cells"]) if cell["metadata"].get("nbgrader", {}).get("solution"))
EMPTY = nbformat.writes(RELEASED)


def source_of(cell):
    return "".join(cell["source"])


def changed(change):
    """The solved notebook after a change to its document."""
    document = copy.deepcopy(SOLVED)
    change(document)
    return json.dumps(document)


def retyped(kind):
    return changed(lambda document: document["cells"][SOLUTION].update(cell_type=kind))


def fenced(document):
    document["cells"][SOLUTION]["source"] = f"```python\n{source_of(document['cells'][SOLUTION])}\n```"


def below_the_tests(document):
    cell = document["cells"][SOLUTION]
    answer = {
        "cell_type": "code",
        "id": "mine",
        "source": cell["source"],
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    stub = next(
        one
        for one in RELEASED.cells
        if one.metadata.get("nbgrader", {}).get("grade_id") == cell["metadata"]["nbgrader"]["grade_id"]
    )
    cell["source"] = stub.source
    document["cells"].append(answer)


def with_old_plots(document):
    plot = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "A" * 25_000_000}}
    document["cells"][SOLUTION]["outputs"] = [plot]


def with_odd_fields(document):
    document["x"] = 1
    document["cells"][0]["collapsed"] = True
    document["cells"][SOLUTION]["execution_count"] = "never"
    document["cells"][SOLUTION]["attachments"] = []


def zipped(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, json.dumps(SOLVED))
    return file.getvalue()


def script(mark):
    code = [source_of(cell) for cell in SOLVED["cells"] if cell["cell_type"] == "code"]
    return "#!/usr/bin/env python\n# coding: utf-8\n\n" + "".join(f"# {mark}\n\n{part}\n\n\n" for part in code)


def imports_it(document):
    document["cells"][SOLUTION]["source"] = "%matplotlib inline\nfrom my_layers import Linear"


CODE = source_of(SOLVED["cells"][SOLUTION])
TEXT = json.dumps(SOLVED)
FORMS = {
    "a module beside it": ({NAME: changed(imports_it), "my_layers.py": "import numpy as np\n" + CODE}, "my_layers.py, which the notebook imports, was taken along"),
    "a module that imports another": ({NAME: changed(imports_it), "my_layers.py": "from deeper import Linear", "deeper.py": "import numpy as np\n" + CODE}, "deeper.py, which the notebook imports, was taken along"),
    "a solution cell of type markdown": ({NAME: retyped("markdown")}, "had become text; it was read as code"),
    "a solution cell of type raw": ({NAME: retyped("raw")}, "had become text; it was read as code"),
    "a code fence pasted along": ({NAME: changed(fenced)}, "marks of a fence"),
    "the answer below the tests": ({NAME: changed(below_the_tests)}, "a later cell was taken for the answer"),
    "a zipped notebook": ({"work.zip": zipped(NAME)}, f"{NAME} was taken out of work.zip"),
    "a zipped folder": ({"work.zip": zipped(f"homework/{NAME}", f"__MACOSX/homework/._{NAME}", f"homework/.ipynb_checkpoints/{NAME}")}, "was taken out of work.zip"),
    "a second ending": ({f"{NAME}.txt": TEXT}, f"{NAME}.txt was taken for {NAME}"),
    "an ending in capitals": ({f"{ASSIGNMENT}.IPYNB": TEXT}, f"was taken for {NAME}"),
    "the ending .json": ({f"{ASSIGNMENT}.json": TEXT}, f"{ASSIGNMENT}.json was taken for {NAME}"),
    "no ending": ({ASSIGNMENT: TEXT}, f"{ASSIGNMENT} was taken for {NAME}"),
    "an underscore by a mail program": ({f"{NAME}_": TEXT}, f"{NAME}_ was taken for {NAME}"),
    "the empty one beside the answered one": ({NAME: EMPTY, f"{ASSIGNMENT}-1.ipynb": TEXT}, f"{ASSIGNMENT}-1.ipynb was taken for {NAME}, which holds no answer"),
    "a damaged one beside the answered one": ({NAME: TEXT[:99], f"{ASSIGNMENT} (2).ipynb": TEXT}, "(2).ipynb was taken for"),
    "two of other names, one answered": ({"a.ipynb": EMPTY, "b.ipynb": TEXT}, "b.ipynb was taken for"),
    "UTF-16": ({NAME: TEXT.encode("utf-16")}, "was read as UTF-16"),
    "UTF-16 without a mark": ({NAME: TEXT.encode("utf-16-le")}, "was read as UTF-16-LE"),
    "a mark of byte order": ({NAME: "\ufeff" + TEXT}, None),
    "an exported script": ({f"{ASSIGNMENT}.py": script("In[ ]:")}, "is a script; its cells were taken"),
    "a script of an editor's cells": ({"mine.py": script("%%")}, "is a script; its cells were taken"),
    "25 MB of old plots": ({NAME: changed(with_old_plots)}, None),
    "a wrong number of the format": ({NAME: changed(lambda document: document.update(nbformat=5))}, "says that its format is 5"),
    "no number of the format": ({NAME: changed(lambda document: document.pop("nbformat"))}, "says that its format is unknown"),
    "fields that the format does not know": ({NAME: changed(with_odd_fields)}, None),
    "cells without metadata": ({NAME: changed(lambda document: [cell.pop("metadata") for cell in document["cells"] if cell["cell_type"] == "markdown"])}, None),
    "a cell that is no cell": ({NAME: changed(lambda document: document["cells"].append(None))}, "1 of the cells"),
    "windows' line ends": ({NAME: changed(lambda document: document["cells"][SOLUTION].update(source=source_of(document["cells"][SOLUTION]).replace("\n", "\r\n")))}, None),
    "no notebook metadata": ({NAME: changed(lambda document: document.pop("metadata"))}, None),
}  # fmt: skip


@pytest.mark.skipif(bubblewrap.problem() is not None, reason=f"no sandbox: {bubblewrap.problem()}")
@pytest.mark.parametrize("form", FORMS)
def test_what_has_one_sensible_reading_earns_everything_and_says_how_it_was_read(tmp_path, form):
    files, said = FORMS[form]
    for name, content in files.items():
        (tmp_path / name).write_bytes(
            content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        )
    received = receive(tmp_path, ASSIGNMENT, COURSE.released(ASSIGNMENT))
    assert received.refused is None
    notebook = nbformat.from_dict(json.loads(json.dumps(received.notebook)))
    nbformat.validate(notebook)
    marking.note_intake(notebook, modules=received.modules)
    hidden = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in to_notebook(ROOT / "solutions" / ASSIGNMENT / "notebook.py").cells
        if is_grade(cell)
    }
    for cell in notebook.cells:
        if is_grade(cell):
            cell.source = hidden[cell.metadata.nbgrader.grade_id]
    problem = marking.run(notebook, COURSE.assignment(ASSIGNMENT), SEEDS)
    marking.put_verdicts(notebook, COURSE.assignment(ASSIGNMENT), SEEDS, problem)
    earned = [determine_grade(cell)[0] for cell in notebook.cells if is_grade(cell)]
    assert earned == [3, 5, 2], [cell.outputs for cell in notebook.cells if is_grade(cell)]
    notes = "\n".join(received.notes)
    assert (said in notes) if said else not notes


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({NAME: TEXT, f"{ASSIGNMENT}-1.ipynb": TEXT}, f"it is answered too, but {NAME} counts"),
        (
            {NAME: EMPTY, f"{ASSIGNMENT}-1.ipynb": EMPTY},
            f"{ASSIGNMENT}-1.ipynb was left aside: only the notebook is graded",
        ),
    ],
)
def test_the_right_name_counts_and_another_answered_attempt_is_told_of(tmp_path, files, said):
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    received = receive(tmp_path, ASSIGNMENT, RELEASED)
    assert received.refused is None
    assert any(said in note for note in received.notes)
    assert bool(received.doubts) == ("answered too" in said)


def test_a_file_that_a_person_chose_counts(tmp_path):
    (tmp_path / NAME).write_text(TEXT)
    (tmp_path / "mine.ipynb").write_text(TEXT.replace("self.W", "self.mine"))
    received = receive(tmp_path, ASSIGNMENT, RELEASED, "mine.ipynb")
    assert "self.mine" in str(received.notebook)
    assert received.doubts == ()
    assert f"mine.ipynb was taken for {NAME}" in received.notes


def test_of_other_modules_none_is_taken_along(tmp_path):
    """Neither one that nothing imports, nor a link to somebody else's file, nor what is too long to be a helper."""
    (tmp_path / NAME).write_text(changed(imports_it))
    for name in ("unused.py", "elsewhere"):
        (tmp_path / name).write_text("x = 1")
    (tmp_path / "my_layers.py").symlink_to(tmp_path / "elsewhere")
    assert receive(tmp_path, ASSIGNMENT, RELEASED).modules == {}
    (tmp_path / "my_layers.py").unlink()
    (tmp_path / "my_layers.py").write_text("x = 1  #" + "x" * MAX_MODULE)
    assert receive(tmp_path, ASSIGNMENT, RELEASED).modules == {}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.ipynb": TEXT, "b.ipynb": TEXT}, "the folder holds a.ipynb, b.ipynb"),
        ({"work.zip": zipped("a.ipynb", "b.ipynb")}, "is an archive with 2 notebooks"),
        ({"work.zip": zipped("notes.txt")}, "is an archive with 0 notebooks"),
        ({"a.py": "x = 1", "b.py": "x = 2"}, f"{NAME} is missing"),
    ],
)
def test_what_could_be_read_in_two_ways_is_read_in_none(tmp_path, files, said):
    for name, content in files.items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    assert said in receive(tmp_path, ASSIGNMENT, RELEASED).refused


@pytest.mark.parametrize(
    "text", ["I could not do this.", "maybe\n\nlater", "Linear", "", "# A heading", "1. one\n2. two"]
)
def test_text_in_a_solutions_place_stays_text(tmp_path, text):
    document = copy.deepcopy(SOLVED)
    document["cells"][SOLUTION].update(cell_type="markdown", source=text)
    (tmp_path / NAME).write_text(json.dumps(document))
    received = receive(tmp_path, ASSIGNMENT, RELEASED)
    assert received.notes == ()
    assert not any(cell.cell_type == "code" and cell.source == text for cell in received.notebook.cells)


def test_an_archive_that_swells_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr("mlpgrade.intake.reading.MAX_BYTES", 10_000)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.ipynb", " " * 1_000_000)
    (tmp_path / "a.zip").write_bytes(file.getvalue())
    assert "unpacks to more than" in receive(tmp_path, ASSIGNMENT, RELEASED).refused


@pytest.mark.parametrize(
    ("text", "moment", "note"),
    [
        ("2026-11-01 10:00:00 Europe/Berlin", "2026-11-01T10:00:00+01:00", False),
        ("2026-07-01 10:00:00 CEST", "2026-07-01T10:00:00+02:00", False),
        ("2026-11-01 10:00:00 UTC", "2026-11-01T10:00:00+00:00", False),
        ("2026-11-01 10:00:00 CST", "2026-11-01T10:00:00", True),
    ],
)
def test_a_zone_is_read_by_its_name_where_that_means_one(tmp_path, text, moment, note):
    (tmp_path / NAME).write_text(TEXT)
    (tmp_path / "timestamp.txt").write_text(text)
    received = receive(tmp_path, ASSIGNMENT, RELEASED)
    assert received.timestamp.isoformat() == moment
    assert any("CST" in one for one in received.notes) is note
