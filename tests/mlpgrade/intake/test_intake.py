import json
import os

import nbformat
import pytest

from mlpgrade.intake import reading
from mlpgrade.intake.receive import receive

WHOLE = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("mine")])
RELEASED = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("stub")])


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "submitted" / "ada" / "a"
    folder.mkdir(parents=True)
    return folder


def hand_in(folder, content, name="a.ipynb"):
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return receive(folder, "a", RELEASED)


def sources(received):
    return [cell.source for cell in received.notebook.cells]


def test_a_whole_notebook_is_taken_as_it_is(folder):
    received = hand_in(folder, nbformat.writes(WHOLE))
    assert received.refused is None
    assert received.notes == ()
    assert sources(received) == ["mine"]


def test_repeated_cell_ids_are_mended(folder):
    doubled = json.loads(nbformat.writes(WHOLE))
    doubled["cells"] *= 2
    received = hand_in(folder, json.dumps(doubled))
    assert sources(received) == ["mine", "mine"]
    assert len({cell.id for cell in received.notebook.cells}) == 2


def test_an_old_format_is_brought_up_to_date(folder):
    old = nbformat.convert(WHOLE, 3)
    received = hand_in(folder, nbformat.writes(old, version=nbformat.NO_CONVERT))
    assert sources(received) == ["mine"]
    assert received.notebook.nbformat == 4


@pytest.mark.parametrize("name", ["a (1).ipynb", "A.IPYNB", "my homework.ipynb"])
def test_a_single_notebook_of_another_name_is_taken_for_the_right_one(folder, name):
    received = hand_in(folder, nbformat.writes(WHOLE), name)
    assert sources(received) == ["mine"]
    assert received.notes == (f"{name} was taken for a.ipynb",)


def test_two_notebooks_of_other_names_are_refused_by_name(folder):
    hand_in(folder, nbformat.writes(WHOLE), "b.ipynb")
    refused = hand_in(folder, nbformat.writes(WHOLE), "c.ipynb").refused
    assert refused == "a.ipynb is missing; the folder holds b.ipynb, c.ipynb. Hand it in under exactly this name"


def test_an_empty_folder_is_refused(folder):
    assert receive(folder, "a", RELEASED).refused == "a.ipynb is missing. Hand it in under exactly this name"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "it is empty"),
        ("  \n", "it is empty"),
        (nbformat.writes(WHOLE)[:60], "breaks off or is damaged at line"),
        (b"{\xff\xfe\x00", "is not text"),
        ("[]", "JSON of another kind"),
        ("[" * 100_000, "nested too deep"),
        ("1" * 10_000, "a number too long"),
        (
            '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code"}]}',
            "none of its cells can be read",
        ),
        ("<!DOCTYPE html><html></html>", "it is a web page"),
        ('{"nbformat": 4, "cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> b\n]}', "marks of a merge conflict"),
        (b"PK\x03\x04 and no more", "is an archive that cannot be read"),
        ('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": 3}', "not a valid notebook"),
        ('{"nbformat": "four"}', "not a valid notebook"),
    ],
)
def test_what_is_no_notebook_is_refused_in_one_line(folder, content, says):
    received = hand_in(folder, content)
    assert says in received.refused
    assert received.refused.startswith("a.ipynb")
    assert "\n" not in received.refused
    assert sources(received) == ["stub"]


def test_a_refusal_leaves_the_released_notebook_untouched(folder):
    received = hand_in(folder, "[]")
    received.notebook.metadata["x"] = 1
    assert "x" not in RELEASED.metadata


def test_a_directory_in_the_notebooks_place_is_refused(folder):
    (folder / "a.ipynb").mkdir()
    assert "is not a file" in receive(folder, "a", RELEASED).refused


def test_a_pipe_in_the_notebooks_place_is_refused_and_holds_nobody_up(folder):
    os.mkfifo(folder / "a.ipynb")
    assert "is not a file" in receive(folder, "a", RELEASED).refused


def test_symbolic_links_are_not_followed(folder, tmp_path):
    secret = tmp_path / "secret.ipynb"
    secret.write_text(nbformat.writes(WHOLE))
    (folder / "a.ipynb").symlink_to(secret)
    assert "a.ipynb is a symbolic link" in receive(folder, "a", RELEASED).refused
    (tmp_path / "submitted" / "bob").symlink_to(folder.parent)
    assert "symbolic link" in receive(tmp_path / "submitted" / "bob" / "a", "a", RELEASED).refused


def test_a_file_too_large_is_not_read(folder, monkeypatch):
    monkeypatch.setattr(reading, "MAX_BYTES", 100)
    assert "clear its outputs" in hand_in(folder, nbformat.writes(WHOLE)).refused


def test_other_files_are_left_aside_by_name(folder):
    (folder / "numpy.py").write_text("raise SystemExit")
    (folder / "data").mkdir()
    received = hand_in(folder, nbformat.writes(WHOLE))
    assert sources(received) == ["mine"]
    assert received.notes == tuple(
        f"{name} was left aside: only the notebook is graded" for name in ("data", "numpy.py")
    )


def test_the_time_of_handing_in_is_read(folder):
    (folder / "timestamp.txt").write_text("2026-11-21 08:30:00 UTC\n")
    assert hand_in(folder, nbformat.writes(WHOLE)).timestamp.isoformat() == "2026-11-21T08:30:00+00:00"


@pytest.mark.parametrize("content", ["yesterday, I think", "", "9" * 300, "2026-13-45"])
def test_a_bad_time_is_left_aside(folder, content):
    (folder / "timestamp.txt").write_text(content)
    received = hand_in(folder, nbformat.writes(WHOLE))
    assert received.timestamp is None
    assert "timestamp.txt was left aside" in received.notes[0]
    assert sources(received) == ["mine"]
