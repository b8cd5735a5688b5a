"""The roster: who takes the course, under which names and numbers other systems know them, and who is meant by a name."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from mlpgrade.records import files, names

COLUMNS = ("student", "last_name", "first_name", "login", "email", "lms_id", "sis_id", "github", "sections", "left")
BETWEEN = "; "
"""What stands between the sections of one student."""


@dataclass(frozen=True)
class Person:
    """A student. `student` is nbgrader's id and the name of the folders; `left` is "yes" for who has left the course."""

    student: str = ""
    last_name: str = ""
    first_name: str = ""
    login: str = ""
    email: str = ""
    lms_id: str = ""
    sis_id: str = ""
    github: str = ""
    sections: tuple[str, ...] = ()
    left: str = ""

    @property
    def name(self) -> str:
        """The name as people write it."""
        return f"{self.first_name} {self.last_name}".strip() or self.student

    @property
    def logins(self) -> set[str]:
        """All that a system may call the person by, without case."""
        mail = self.email.partition("@")[0] if "@" in self.email else ""
        short = self.login.partition("@")[0] if "@" in self.login else ""
        known = (self.login, short, self.email, mail, self.github, self.student)
        return {one.strip().casefold() for one in known if one.strip()}


@dataclass(frozen=True)
class Who:
    """What a system says of the person who handed something in; each may be missing."""

    id: str = ""
    login: str = ""
    name: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.login, self.id))) or "nobody"


@dataclass(frozen=True)
class Match:
    """Who is meant: one person and by what they were known, or none; `between` are those whom it could have been."""

    person: Person | None
    by: str = ""
    between: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Roster:
    """The people of a course."""

    people: tuple[Person, ...] = ()
    _by: dict[str, dict[str, list[Person]]] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        for person in self.people:
            for kind, found in (
                ("id", {person.lms_id, person.sis_id} - {""}),
                ("login", person.logins),
                ("name", names.keys(person.first_name, person.last_name)),
            ):
                for one in found:
                    self._by.setdefault(kind, {}).setdefault(one, []).append(person)

    def find(self, who: Who) -> Match:
        """Say who is meant: by id, then by login, then by name. Where two could be meant, it is neither."""
        for kind, asked in (("id", who.id), ("login", who.login.casefold()), ("name", names.key(who.name))):
            found = self._by.get(kind, {}).get(asked, []) if asked else []
            if len(found) == 1:
                return Match(found[0], kind)
            if found:
                return Match(None, kind, tuple(found))
        return Match(None)

    def student(self, student: str) -> Person | None:
        """Return the person of this id."""
        return next((person for person in self.people if person.student == student), None)

    def sections(self, student: str) -> tuple[str, ...]:
        """Return a student's sections."""
        person = self.student(student)
        return person.sections if person else ()

    @property
    def present(self) -> list[Person]:
        """Those who have not left."""
        return [person for person in self.people if not person.left]


def path_in(classroom: Path) -> Path:
    """Return where the roster is kept."""
    return classroom / "roster.csv"


def load(classroom: Path) -> Roster:
    """Return the classroom's roster, which is empty until there is one."""
    return Roster(tuple(_person(row) for row in files.read_rows(path_in(classroom)) if row.get("student")))


def save(classroom: Path, roster: Roster) -> None:
    """Keep the roster."""
    rows = ({**vars(person), "sections": BETWEEN.join(person.sections)} for person in roster.people)
    files.write_rows(path_in(classroom), COLUMNS, rows)


def _person(row: dict[str, str]) -> Person:
    sections = tuple(one.strip() for one in row.get("sections", "").split(BETWEEN.strip()) if one.strip())
    return Person(**{name: row.get(name, "").strip() for name in COLUMNS if name != "sections"}, sections=sections)


@dataclass(frozen=True)
class Changes:
    """What a new list of people changes: who came, who went, who is back, and whose entries are now others."""

    came: tuple[Person, ...]
    went: tuple[Person, ...]
    back: tuple[Person, ...]
    changed: tuple[tuple[Person, Person], ...]
    unsure: tuple[tuple[Person, tuple[Person, ...]], ...]


def merge(old: Roster, listed: Iterable[Person]) -> tuple[Roster, Changes]:
    """Return the roster after a new list, and what has changed. Who is not on the list has left, and is kept.

    What the list says nothing of, such as a GitHub login in a list from elsewhere, stays as it was.
    """
    known = {person.student: person for person in old.people}
    met: dict[str, Person] = {}
    unsure: list[tuple[Person, tuple[Person, ...]]] = []
    came: list[Person] = []
    for person in listed:
        match = _same(old, person)
        if match.between:
            unsure.append((person, match.between))
            for one in match.between:  # whoever of them is meant has not left
                met.setdefault(one.student, one)
            continue
        if match.person is not None and match.person.student in met:  # in two sections, listed twice
            before = met[match.person.student]
            met[before.student] = replace(before, sections=tuple(dict.fromkeys(before.sections + person.sections)))
        elif match.person is not None:
            met[match.person.student] = _renewed(match.person, person)
        else:
            came.append(person)
    new = _with_ids(came, set(known))
    went = [replace(person, left="yes") for person in old.people if person.student not in met and not person.left]
    after = known | met | {person.student: person for person in [*went, *new]}
    back = [person for name, person in met.items() if known[name].left and not person.left]
    changed = [(known[name], now) for name, now in met.items() if now != known[name] and now not in back]
    merged = sorted(after.values(), key=lambda person: (names.key(person.last_name), names.key(person.first_name)))
    return Roster(tuple(merged)), Changes(tuple(new), tuple(went), tuple(back), tuple(changed), tuple(unsure))


def _same(old: Roster, person: Person) -> Match:
    """Say which of the old people a listed one is. Another number or login tells two of one name apart."""
    for number in (person.lms_id, person.sis_id):
        if number and (match := old.find(Who(id=number))).person:
            return match
    for login in (person.login, person.email, person.github, person.student):
        if login and (match := old.find(Who(login=login))).person:
            return match
    match = old.find(Who(name=person.name))
    candidates = [match.person] if match.person else list(match.between)
    possible = [one for one in candidates if not _at_odds(one, person)]
    if len(possible) == 1:
        return Match(possible[0], "name")
    return Match(None, "name", tuple(possible))


def _at_odds(one: Person, other: Person) -> bool:
    """Tell whether two people of one name must be two, since a system that knows both gives them different numbers."""
    pairs = ((getattr(one, name), getattr(other, name)) for name in ("lms_id", "sis_id", "login", "email"))
    return any(here and there and here.casefold() != there.casefold() for here, there in pairs)


def _renewed(old: Person, listed: Person) -> Person:
    said = {name: value for name, value in vars(listed).items() if value and name != "student"}
    return replace(old, **said, left="")


def _with_ids(people: list[Person], taken: set[str]) -> list[Person]:
    """Give each new person an id that is a folder's name: the login, or what stands in for one."""
    given: list[Person] = []
    for person in people:
        twin = next((one for one in given if _twins(one, person)), None)
        if twin is not None:  # in two sections, listed twice
            sections = tuple(dict.fromkeys(twin.sections + person.sections))
            given[given.index(twin)] = replace(twin, sections=sections)
            continue
        short = [person.login.partition("@")[0], person.email.partition("@")[0]]
        said = [person.github, person.login, person.email, person.sis_id, person.lms_id, names.key(person.name)]
        wanted = [person.student, *short, *said]
        usable = list(filter(None, map(names.folder_name, wanted))) or ["student"]
        numbered = (f"{usable[0]}-{number}" for number in range(2, 10_000))
        student = next(one for one in (*usable, *numbered) if one.casefold() not in {each.casefold() for each in taken})
        taken.add(student)
        given.append(replace(person, student=student))
    return given


def _twins(one: Person, other: Person) -> bool:
    pairs = [(getattr(one, name), getattr(other, name)) for name in ("lms_id", "sis_id", "login", "email", "github")]
    return any(here and here == there for here, there in pairs) and not _at_odds(one, other)
