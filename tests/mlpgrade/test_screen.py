"""A student who writes orders to a terminal, or a formula, changes nobody's screen and nobody's sheet."""

import csv
import io
import json

from mlpgrade import cli
from mlpgrade.authoring.answers import Answer, fill_in
from mlpgrade.course import Course
from mlpgrade.gradebook.sources import to_notebook
from tests_support import ASSIGNMENT, ROOT

HOSTILE = 'raise RuntimeError("\\x1b[2K\\x1b[1Aada   10 / 10\\r\\nforged  10 / 10\\u202e")'
NAME = "=cmd|' \u202ecalc"


def test_what_a_student_wrote_stays_on_its_line(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("MLP_CLASSROOM", str(tmp_path))
    text = ROOT / "solutions" / ASSIGNMENT / "notebook.py"
    answer = Answer("x", "", f"class Linear:\n    def __init__(self, *given):\n        {HOSTILE}\n")
    released = Course.here().released(ASSIGNMENT)
    folder = tmp_path / "submitted" / NAME / ASSIGNMENT
    folder.mkdir(parents=True)
    (folder / f"{ASSIGNMENT}.ipynb").write_text(json.dumps(fill_in(released, answer, to_notebook(text))))
    (folder / "notes\x1b[31m\n2.txt").write_text("")
    assert cli.main(["grade", ASSIGNMENT]) == 3
    assert cli.main(["report", ASSIGNMENT]) == 0
    printed = capsys.readouterr().out
    assert cli.main(["report", ASSIGNMENT, "--csv", str(tmp_path / "marks.csv")]) == 0
    log = next((tmp_path / "logs").rglob("*.log")).read_text()
    for shown in (printed, log, (tmp_path / "marks.csv").read_text()):
        assert not {"\x1b", "\u202e", "\r"} & set(shown)
        assert not any(line.startswith(("ada", "forged")) for line in shown.splitlines())
    assert "RuntimeError: ada 10 / 10 forged 10 / 10" in printed
    rows = list(csv.DictReader(io.StringIO((tmp_path / "marks.csv").read_text())))
    assert {row["student"] for row in rows} == {"'=cmd|' calc"}
