"""What other systems give out, taken in: whose it is, which attempt counts, what waits, and that nothing is lost."""

import os
import stat
import subprocess
import zipfile

import pytest

from mlpgrade import cli
from mlpgrade.course import CourseError
from mlpgrade.records import manifest, roster
from mlpgrade.records.roster import Person, Roster
from mlpgrade.teaching import archive
from mlpgrade.teaching.collect import assign, collect
from teaching_support import CLASS, canvas_gradebook, canvas_name, moodle_folder, moodle_worksheet, zipped

SMALL = "01_small"
LATE = """
zone = "Europe/Berlin"
percent_a_day = 10
latest_days = 3
[assignment.01_small]
due = 2026-11-20T23:59:00
"""


@pytest.fixture
def known(course):
    people = [Person(one.login, one.last, one.first, one.login, one.email, str(one.number), f"S{one.number}", f"gh-{one.login}", (one.section,)) for one in CLASS]  # fmt: skip
    roster.save(course.classroom, Roster(tuple(people)))
    return course


def notebook(text):
    return f'{{"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {{"from": "{text}"}}}}'


def submitted(course, student, name=f"{SMALL}.ipynb"):
    path = course.step("submitted") / student / SMALL / name
    return path.read_text() if path.exists() else None


def lines(course):
    return {line.student: line for line in manifest.load(course.classroom, SMALL) if line.counts}


def gather(course, *paths, policy=None, **options):
    from mlpgrade.gradebook.settle import policy_of

    if policy:
        (course.classroom / "policy.toml").write_text(policy)
    return collect(course, SMALL, list(paths), policy_of(course), **options)


def test_canvas_by_number_in_spite_of_the_name_late_and_all(known, tmp_path):
    files = {
        canvas_name(one, 9000 + one.number, f"{SMALL}.ipynb", late=one.number == 103): notebook(one.login)
        for one in CLASS[:7]
    }
    told = gather(known, zipped(files, tmp_path / "submissions.zip"))
    assert told.students == {one.login for one in CLASS[:7]}
    assert [person.student for person in told.missing] == ["xwang"]
    assert list(told.late) == ["jmueller2"]
    assert submitted(known, "sobrien") == notebook("sobrien")
    line = lines(known)["aschmidt2"]
    assert (line.lms_id, line.attachment, line.original_name, line.system) == (
        "105",
        "9105",
        f"{SMALL}.ipynb",
        "canvas",
    )
    assert line.label == canvas_name(CLASS[4], 9105, f"{SMALL}.ipynb")
    assert len(line.sha256) == 64


def test_canvas_in_a_zip_in_a_zip_with_what_macos_leaves(known, tmp_path):
    inner = {
        "submissions/" + canvas_name(CLASS[0], 9001, f"{SMALL}.ipynb"): notebook("x"),
        "__MACOSX/submissions/._" + canvas_name(CLASS[0], 9001, f"{SMALL}.ipynb"): b"\0\5\26\7",
        "submissions/.DS_Store": b"Bud1",
    }
    told = gather(known, zipped({"submissions.zip": zipped(inner)}, tmp_path / "again.zip"))
    assert (told.students, told.refused, told.unknown) == ({"sobrien"}, [], {})


def test_of_a_resubmission_the_higher_attachment_counts_and_both_are_kept(known, tmp_path):
    one = CLASS[0]
    files = {
        canvas_name(one, 9002, f"{SMALL}-1.ipynb"): notebook("new"),
        canvas_name(one, 9001, f"{SMALL}.ipynb"): notebook("old"),
    }
    told = gather(known, zipped(files, tmp_path / "s.zip"))
    assert submitted(known, "sobrien") == notebook("new")
    assert "2 attempts" in told.notes[0]
    kept = sorted(path.read_text() for path in (known.classroom / "attempts" / SMALL / "sobrien").glob("*/*.ipynb"))
    assert kept == [notebook("new"), notebook("old")]


def test_the_same_download_twice_changes_nothing(known, tmp_path):
    path = zipped({canvas_name(CLASS[0], 9001, f"{SMALL}.ipynb"): notebook("x")}, tmp_path / "s.zip")
    gather(known, path)
    before = {file: file.stat().st_mtime_ns for file in known.step("submitted").rglob("*")}
    told = gather(known, path)
    assert told.new == set()
    assert {file: file.stat().st_mtime_ns for file in known.step("submitted").rglob("*")} == before


def test_who_is_not_known_waits_and_a_word_takes_it_in_now_and_next_time(known, tmp_path, capsys):
    stranger = type(CLASS[0])(777, "Stranger", "A", "astranger")
    first = zipped({canvas_name(stranger, 9001, f"{SMALL}.ipynb"): notebook("one")}, tmp_path / "1.zip")
    assert cli.main(["collect", SMALL, str(first)]) == 1
    said = capsys.readouterr().out
    command = next(line.partition("mlpgrade ")[2] for line in said.splitlines() if "mlpgrade assign" in line)
    assert cli.main(command.replace("STUDENT", "xwang").split()) == 0
    assert submitted(known, "xwang") == notebook("one")
    assert not list((known.classroom / "quarantine" / SMALL).glob("q-*"))
    second = zipped({canvas_name(stranger, 9002, f"{SMALL}.ipynb"): notebook("two")}, tmp_path / "2.zip")
    assert gather(known, second).unknown == {}
    assert submitted(known, "xwang") == notebook("two")


def test_who_joins_the_roster_later_is_taken_out_of_quarantine(known, tmp_path):
    path = zipped({canvas_name(CLASS[7], 1, "a.ipynb").replace("108", "4711"): notebook("x")}, tmp_path / "s.zip")
    smaller = Roster(tuple(one for one in roster.load(known.classroom).people if one.student != "xwang"))
    everybody = roster.load(known.classroom)
    roster.save(known.classroom, smaller)
    assert len(gather(known, path).unknown) == 1
    roster.save(known.classroom, everybody)
    assert gather(known).students == {"xwang"}


def test_moodle_by_the_worksheet_of_the_assignment_where_two_have_one_name(known, tmp_path):
    files = {f"{moodle_folder(one)}/{SMALL}.ipynb": notebook(one.login) for one in CLASS}
    told = gather(known, zipped(files, tmp_path / "s.zip"))
    assert len(told.unknown) == 2
    assert all("it could be aschmidt (Anna Schmidt) or aschmidt2" in why for why in told.unknown.values())
    (tmp_path / "grades.csv").write_bytes(moodle_worksheet(handed_in=CLASS))
    told = gather(known, tmp_path / "s.zip", tmp_path / "grades.csv", policy=LATE)
    assert told.students == {one.login for one in CLASS}
    assert submitted(known, "aschmidt2") == notebook("aschmidt2")
    assert (lines(known)["aschmidt2"].attachment, lines(known)["aschmidt2"].time) == (
        "5005",
        "2026-11-20T22:58:00+00:00",
    )
    assert told.late == {}


@pytest.mark.parametrize("end", ["", "_"])
def test_moodle_old_and_new_with_and_without_folders(known, tmp_path, end):
    one, other = CLASS[0], CLASS[6]
    files = {
        f"{moodle_folder(one, end)}/mine/{SMALL}.ipynb": notebook("a"),
        f"{moodle_folder(other, '_')}{SMALL}.ipynb": notebook("b"),
    }
    told = gather(known, zipped(files, tmp_path / "s.zip"))
    assert told.students == {"sobrien", "mdelacruz"}
    assert (submitted(known, "sobrien"), submitted(known, "mdelacruz")) == (notebook("a"), notebook("b"))


def test_blackboard_s_attempts_by_their_times(known, tmp_path):
    files = {
        f"Small_eve_attempt_2026-11-19-10-00-00_{SMALL}.ipynb": notebook("first"),
        "Small_eve_attempt_2026-11-19-10-00-00.txt": "Name: Eve",
        f"Small_eve_attempt_2026-11-21-10-00-00_{SMALL}.ipynb": notebook("second"),
        f"Small_eve_attempt_2026-11-30-10-00-00_{SMALL}.ipynb": notebook("after the latest day"),
    }
    told = gather(known, zipped(files, tmp_path / "gradebook.zip"), policy=LATE)
    assert submitted(known, "eve") == notebook("second")
    assert told.late == {"eve": "1 day late"}
    assert submitted(known, "eve", "timestamp.txt") == "2026-11-21 09:00:00.000000 UTC\n"


def test_brightspace_by_name_alone(known, tmp_path):
    folder = "397063-2557369 - {} - Nov 20, 2026 1158 PM"
    files = {f"{folder.format('Siobhán O’Brien')}/{SMALL}.ipynb": notebook("x"), "index.html": "<html>"}
    told = gather(known, zipped(files, tmp_path / "s.zip"), policy=LATE)
    assert told.students == {"sobrien"}
    assert lines(known)["sobrien"].time == "2026-11-20T22:58:00+00:00"
    assert (told.unknown, told.late) == ({}, {})


def test_gradescope_by_its_index_for_all_who_handed_in_together(known, tmp_path):
    index = """
submission_1:
  :submitters:
  - :name: Siobhán O'Brien
    :sid: S101
    :email: x@y
  - :name: Eve
    :sid: ''
    :email: eve@example.org
  :created_at: 2026-11-20 21:00:00.000000000 Z
  :results: !ruby/object:Anything {a: 1}
"""
    files = {"export/submission_metadata.yml": index, f"export/submission_1/{SMALL}.ipynb": notebook("both")}
    told = gather(known, zipped(files, tmp_path / "s.zip"))
    assert told.students == {"sobrien", "eve"}
    assert lines(known)["eve"].time == "2026-11-20T21:00:00+00:00"


def test_nbgrader_s_exchange_with_its_times_and_secrets(known, tmp_path):
    inbound = tmp_path / "inbound"
    for time, text in (("2026-11-20 10:00:00.000000 UTC", "early"), ("2026-11-20 12:00:00.000000 UTC", "late")):
        folder = inbound / f"xwang+{SMALL}+{time}+cafe"
        folder.mkdir(parents=True)
        (folder / f"{SMALL}.ipynb").write_text(notebook(text))
        (folder / "timestamp.txt").write_text(time)
        (folder / "submission_secret.txt").write_text(text)
    told = gather(known, inbound)
    assert told.students == {"xwang"}
    assert submitted(known, "xwang") == notebook("late")
    assert submitted(known, "xwang", "submission_secret.txt") == "late"


def test_folders_with_students_names(known, tmp_path):
    for name in ("sobrien", "Jörg Müller", "105"):
        (tmp_path / "all" / name).mkdir(parents=True)
        (tmp_path / "all" / name / f"{SMALL}.ipynb").write_text(notebook(name))
    assert gather(known, tmp_path / "all").students == {"sobrien", "jmueller", "aschmidt2"}


def test_of_clones_the_last_commit_before_the_deadline_counts(known, tmp_path):
    clone = tmp_path / "clones" / f"{SMALL}-gh-sobrien"
    clone.mkdir(parents=True)

    def commit(text, time):
        (clone / f"{SMALL}.ipynb").write_text(notebook(text))
        identity = {
            "GIT_AUTHOR_NAME": "s",
            "GIT_AUTHOR_EMAIL": "s@x",
            "GIT_COMMITTER_NAME": "s",
            "GIT_COMMITTER_EMAIL": "s@x",
        }
        environment = os.environ | identity | {"GIT_AUTHOR_DATE": time, "GIT_COMMITTER_DATE": time}
        subprocess.run(["git", "add", "-A"], cwd=clone, check=True)
        subprocess.run(["git", "commit", "-qm", text], cwd=clone, check=True, env=environment)

    subprocess.run(["git", "init", "-q"], cwd=clone, check=True)
    commit("in time", "2026-11-20T23:00:00+0100")
    commit("after", "2026-11-21T12:00:00+0100")
    (tmp_path / "clones" / f"{SMALL}-gh-nobody").mkdir()
    subprocess.run(["git", "init", "-q"], cwd=tmp_path / "clones" / f"{SMALL}-gh-nobody", check=True)
    told = gather(known, tmp_path / "clones", policy=LATE)
    assert submitted(known, "sobrien") == notebook("in time")
    assert "commits after the deadline" in told.notes[0]
    assert "no commit with a notebook" in told.refused[0]


def test_a_clone_s_own_settings_run_nothing(known, tmp_path):
    clone = tmp_path / "clones" / "gh-eve"
    clone.mkdir(parents=True)
    subprocess.run(["git", "init", "-q"], cwd=clone, check=True)
    with (clone / ".git" / "config").open("a") as file:
        file.write(f'[core]\n\tfsmonitor = "touch {tmp_path}/ran"\n\tpager = "touch {tmp_path}/ran"\n')
    gather(known, tmp_path / "clones")
    assert not (tmp_path / "ran").exists()


def test_what_could_do_harm_is_refused_by_name_and_costs_nobody_else_anything(known, tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_FILE", 100_000)
    link = zipfile.ZipInfo(canvas_name(CLASS[3], 9004, "link.ipynb"))
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "s.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zip_file:
        zip_file.writestr(canvas_name(CLASS[0], 9001, f"{SMALL}.ipynb"), notebook("honest"))
        zip_file.writestr("../" + canvas_name(CLASS[1], 9002, "evil.ipynb"), notebook("out"))
        zip_file.writestr(canvas_name(CLASS[2], 9003, "bomb.ipynb"), b"\0" * 200_000)
        zip_file.writestr(link, "/etc/passwd")
        zip_file.writestr(canvas_name(CLASS[5], 9006, "timestamp.txt"), "2020-01-01 00:00:00 UTC")
        zip_file.writestr(canvas_name(CLASS[5], 9007, f"{SMALL}.ipynb"), notebook("eve"))
    told = gather(known, path)
    assert told.students == {"sobrien", "eve"}
    refused = "\n".join(told.refused)
    for name, why in (("evil", "leads out"), ("bomb", "unpacks to"), ("link", "symbolic link")):
        assert any(name in line and why in line for line in told.refused), refused
    assert submitted(known, "eve", "timestamp.txt") is None, "a student's own timestamp would be believed"
    assert submitted(known, "eve", "handed-in-timestamp.txt") is not None


def test_an_archive_that_lies_about_its_sizes_is_stopped_while_it_is_read(known, tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_FILE", 1000)
    path = zipped({canvas_name(CLASS[0], 1, "a.ipynb"): b"\0" * 5000}, tmp_path / "s.zip")
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = content.find(signature) + offset
        content[place : place + 4] = (10).to_bytes(4, "little")
    path.write_bytes(bytes(content))
    told = gather(known, path)
    assert len(told.refused) == 1
    assert told.students == set()


def test_what_lay_in_submitted_before_is_kept_as_an_attempt(known, tmp_path):
    place = known.step("submitted") / "sobrien" / SMALL
    place.mkdir(parents=True)
    (place / f"{SMALL}.ipynb").write_text(notebook("by hand"))
    gather(known, zipped({canvas_name(CLASS[0], 9001, f"{SMALL}.ipynb"): notebook("x")}, tmp_path / "s.zip"))
    kept = sorted(path.read_text() for path in (known.classroom / "attempts" / SMALL / "sobrien").glob("*/*.ipynb"))
    assert kept == sorted([notebook("by hand"), notebook("x")])


def test_a_dry_run_says_the_same_and_writes_nothing(known, tmp_path, capsys):
    path = zipped({canvas_name(CLASS[0], 9001, "x.ipynb"): notebook("x"), canvas_name(type(CLASS[0])(7, "N", "N", "n"), 1, "x.ipynb"): "y"}, tmp_path / "s.zip")  # fmt: skip
    before = sorted(known.classroom.rglob("*"))
    assert cli.main(["collect", SMALL, str(path), "--dry-run"]) == 1
    said = capsys.readouterr().out
    assert "1 collected (1 of them new), 0 late, 1 unknown, 0 refused, 7 missing." in said
    assert sorted(known.classroom.rglob("*")) == before


def test_without_a_roster_or_with_a_list_instead_it_says_what_to_run(course, known, tmp_path):
    (tmp_path / "people.csv").write_bytes(canvas_gradebook())
    with pytest.raises(CourseError, match="mlpgrade roster"):
        gather(known, tmp_path / "people.csv")
    with pytest.raises(CourseError, match="no file or folder"):
        gather(known, tmp_path / "nothing")
    with pytest.raises(CourseError, match="not on the roster"):
        assign(known, SMALL, "q-1", "nobody", None)
    (known.classroom / "roster.csv").unlink()
    with pytest.raises(CourseError, match="mlpgrade roster FILE"):
        gather(known, tmp_path / "people.csv")
