"""From the lists of other systems to one roster, and what it says when it is run again."""

import pytest
from nbgrader.api import Gradebook

from mlpgrade import cli
from mlpgrade.course import CourseError
from mlpgrade.records import roster
from mlpgrade.records.roster import Person, Roster, Who
from mlpgrade.teaching.people import take_up
from teaching_support import CLASS, canvas_gradebook, moodle_participants, table

CLASSROOM_50 = ["username", "first_name", "last_name", "email", "section", "github_id"]


def taken(course, tmp_path, content, name="list.csv"):
    (tmp_path / name).write_bytes(content)
    said = take_up(course, tmp_path / name)
    return said, {person.student: person for person in roster.load(course.classroom).people}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_canvas_s_gradebook_serves_in_any_coding_and_with_any_delimiter(course, tmp_path, encoding, delimiter):
    said, people = taken(course, tmp_path, canvas_gradebook(encoding=encoding, delimiter=delimiter))
    assert "Canvas, 8 people" in said[0]
    assert people.keys() == {one.login for one in CLASS}
    assert people["jmueller"].sections == ("A", "B")
    assert people["sobrien"] == Person("sobrien", "O'Brien", "Siobhán", "sobrien", "", "101", "S101", "", ("A",))
    assert people["eve"].last_name == "=SUM(A1)"


def test_in_the_file_no_spreadsheet_takes_a_name_for_a_formula(course, tmp_path):
    taken(course, tmp_path, canvas_gradebook())
    assert "'=SUM(A1),'@Eve" in (course.classroom / "roster.csv").read_text()


def test_moodle_classroom_50_and_plain_csv_are_known_by_their_content(course, tmp_path):
    said, people = taken(course, tmp_path, moodle_participants())
    assert "Moodle, 8 people" in said[0]
    assert people["jmueller"].sections == ("A", "B")
    rows = [[f"gh-{one.login}", one.first, one.last, one.email, one.section, one.number] for one in CLASS]
    said, people = taken(course, tmp_path, table(CLASSROOM_50, rows))
    assert "Classroom 50, 8 people" in said[0]
    assert people["aschmidt2"].github == "gh-aschmidt2"
    assert people["aschmidt2"].sis_id == "S105", "what the new list says nothing of stays"
    said, _ = taken(
        course, tmp_path, table(["Name", "E-mail", "Group"], [[one.sortable, one.email, "C"] for one in CLASS])
    )
    assert "CSV, 8 people" in said[0]


def test_run_again_it_says_who_came_who_went_and_what_changed(course, tmp_path):
    taken(course, tmp_path, canvas_gradebook(CLASS[:6]))
    changed = [*CLASS[1:5], type(CLASS[5])(106, "Evans", "Eve", "eve", "A"), CLASS[6]]
    said, people = taken(course, tmp_path, canvas_gradebook(changed))
    text = "\n".join(said)
    assert "came:    mdelacruz (María José de la Cruz-Núñez, A)" in text
    assert "went:    sobrien (Siobhán O'Brien, A)" in text
    assert "changed: eve: last_name =SUM(A1) → Evans, first_name @Eve → Eve, sections B → A" in text
    assert people["sobrien"].left == "yes"
    said, people = taken(course, tmp_path, canvas_gradebook())
    assert "back:    sobrien" in "\n".join(said)
    assert people["sobrien"].left == ""


def test_the_same_list_again_changes_nothing(course, tmp_path):
    taken(course, tmp_path, canvas_gradebook())
    before = (course.classroom / "roster.csv").read_bytes()
    said, _ = taken(course, tmp_path, canvas_gradebook())
    assert len(said) == 1
    assert (course.classroom / "roster.csv").read_bytes() == before


def test_of_two_people_of_one_name_none_is_guessed(course, tmp_path):
    taken(course, tmp_path, canvas_gradebook())
    said, people = taken(course, tmp_path, table(["Name", "Section"], [["Schmidt, Anna", "Z"]]))
    assert "unsure:  (new) (Anna Schmidt, Z) could be aschmidt or aschmidt2" in "\n".join(said)
    assert not any("Z" in person.sections for person in people.values())
    assert people["aschmidt"].left == "", "one of the two is meant, so neither has left"


def test_a_student_listed_once_for_each_section_is_one_student(course, tmp_path):
    rows = [["ada", "Lovelace", "A"], ["ben", "Bell", "A"], ["ada", "Lovelace", "B"]]
    for _ in range(2):
        _, people = taken(course, tmp_path, table(["login", "last name", "section"], rows))
        assert people["ada"].sections == ("A", "B")
        assert list(people) == ["ben", "ada"]


def test_ids_are_names_of_folders_and_never_given_twice(course, tmp_path):
    rows = [["ada@x.org", "L"], ["ada@y.org", "M"], ["../../etc", "N"], ["", "O"], ["Ada@z.org", "P"]]
    _, people = taken(course, tmp_path, table(["login", "last name"], rows))
    assert sorted(people) == ["Ada@z.org", "ada", "ada@y.org", "etc", "o"]


def test_the_gradebook_knows_the_names(course, tmp_path):
    taken(course, tmp_path, canvas_gradebook())
    with Gradebook(course.db_url) as gradebook:
        student = gradebook.find_student("sobrien")
        assert (student.last_name, student.first_name, student.lms_user_id) == ("O'Brien", "Siobhán", "101")


def test_a_dry_run_says_the_same_and_writes_nothing(course, tmp_path, capsys):
    (tmp_path / "list.csv").write_bytes(canvas_gradebook())
    assert cli.main(["roster", str(tmp_path / "list.csv"), "--dry-run"]) == 0
    assert "came:    sobrien" in capsys.readouterr().out
    assert not (course.classroom / "roster.csv").exists()


@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"one column\nonly\n", b"height,width\n1,2\n"])
def test_what_is_no_list_of_people_is_refused_in_one_line(course, tmp_path, content):
    with pytest.raises(CourseError, match="expected"):
        taken(course, tmp_path, content)


def test_strangers_in_the_classroom_are_told_of(course, tmp_path):
    (course.step("submitted") / "mallory" / "x").mkdir(parents=True)
    said, _ = taken(course, tmp_path, canvas_gradebook())
    assert said[-1].endswith("submitted: mallory")


@pytest.mark.parametrize(
    ("who", "student", "by"),
    [
        (Who(id="101"), "sobrien", "id"),
        (Who(id="S101"), "sobrien", "id"),
        (Who(login="SOBRIEN@example.org"), "sobrien", "login"),
        (Who(name="obriensiobhán"), "sobrien", "name"),
        (Who(name="Siobhan OBrien"), "sobrien", "name"),
        (Who(name="obriensiobhn"), "sobrien", "name"),
        (Who(id="7777", name="Jürgen Müller"), "jmueller2", "name"),
        (Who(name="Anna Schmidt"), None, "name"),
        (Who(name="Nobody"), None, ""),
        (Who(), None, ""),
    ],
)
def test_people_are_found_by_number_then_login_then_name(who, student, by):
    people = [
        Person(one.login, one.last, one.first, one.login, one.email, str(one.number), f"S{one.number}") for one in CLASS
    ]
    match = Roster(tuple(people)).find(who)
    assert (match.person and match.person.student, match.by) == (student, by)
    assert len(match.between) == (2 if who.name == "Anna Schmidt" else 0)
