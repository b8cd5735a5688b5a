import json

import nbformat
import pytest

from mlpgrade.intake import problem

WHOLE = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])


def hand_in(folder, content, name="a.ipynb"):
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return problem(folder, "a")


def test_a_whole_notebook_is_no_problem(tmp_path):
    assert hand_in(tmp_path, nbformat.writes(WHOLE)) is None


def test_repeated_cell_ids_are_no_problem(tmp_path):
    doubled = json.loads(nbformat.writes(WHOLE))
    doubled["cells"] *= 2
    assert hand_in(tmp_path, json.dumps(doubled)) is None


def test_an_old_format_is_no_problem(tmp_path):
    old = nbformat.convert(WHOLE, 3)
    assert hand_in(tmp_path, nbformat.writes(old, version=nbformat.NO_CONVERT)) is None


def test_a_wrong_name_is_told_with_what_is_there(tmp_path):
    assert (
        hand_in(tmp_path, "{}", "a (1).ipynb")
        == "a.ipynb is missing; the folder holds a (1).ipynb. It must have exactly this name"
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "breaks off or is damaged at line 1"),
        (nbformat.writes(WHOLE)[:60], "breaks off or is damaged at line"),
        (b"\xff\xfe\x00", "byte 0 is not text"),
        ("[]", "JSON of another kind"),
        ('{"cells": []}', "JSON of another kind"),
        (
            '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code"}]}',
            "not a valid notebook",
        ),
        ('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": 3}', "not a valid notebook"),
        ('{"nbformat": "four"}', "not a valid notebook"),
        ('{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}', "not a valid notebook"),
    ],
)
def test_what_is_no_notebook_is_told_in_one_line(tmp_path, content, says):
    found = hand_in(tmp_path, content)
    assert says in found
    assert found.startswith("a.ipynb")
    assert "\n" not in found


def test_a_directory_in_the_notebooks_place_is_told(tmp_path):
    (tmp_path / "a.ipynb").mkdir()
    assert "cannot be read" in problem(tmp_path, "a")
