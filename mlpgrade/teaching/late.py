"""The policy in words."""

from mlpgrade.course import Course
from mlpgrade.gradebook.settle import policy_of
from mlpgrade.judging.plain import plain
from mlpgrade.records import roster
from mlpgrade.records.policy import Terms
from mlpgrade.records.roster import Person


def terms_in_words(course: Course, assignment: str, people: list[Person] | None = None) -> str:
    """Return what holds for an assignment in words, and which people (by default all) have an extension."""
    rules = policy_of(course)
    if rules is None:
        return f"there is no {course.classroom / 'policy.toml'}; nbgrader's own due dates and penalties stand."
    general = rules.terms(assignment)
    if general.due is None:
        return "no due date."
    people = roster.load(course.classroom).present if people is None else people
    terms = {person: rules.terms(assignment, person.student, person.sections) for person in people}
    extended = [f"{plain(person.student)} until {_when(own)}" for person, own in terms.items() if own.extended]
    return f"due {_when(general)}, {_cost(general)}.{' Extended: ' if extended else ''}{', '.join(extended)}"


def _when(terms: Terms) -> str:
    return f"{terms.due:%Y-%m-%d %H:%M %Z}" if terms.due else "no day"


def _cost(terms: Terms) -> str:
    grace = f"{terms.grace.total_seconds() / 60:g} minutes of grace, then " if terms.grace else ""
    cost = (
        f"{terms.percent_a_day:g} % of the points a day, {terms.cap:g} % at most"
        if terms.percent_a_day
        else "late work costs nothing"
    )
    latest = f", nothing after {terms.latest:%Y-%m-%d %H:%M}" if terms.latest else ""
    return f"{grace}{cost}{latest}; the {terms.counts} attempt counts"


def not_known(course: Course) -> list[str]:
    """Say which assignments, students and sections of policy.toml are nobody's, since a slip there gives no error elsewhere."""
    rules = policy_of(course)
    if rules is None:
        return []
    people, names = roster.load(course.classroom).people, course.assignments()
    students, sections = {one.student for one in people}, {section for one in people for section in one.sections}
    told = [f"there is no assignment {plain(name)}" for name in rules.assignments if name not in names]
    for one in rules.extensions:
        if "assignment" in one and one["assignment"] not in names:
            told.append(f"there is no assignment {plain(one['assignment'])}, for which somebody has more time")
        if people and one.get("student", next(iter(students))) not in students:
            told.append(f"{plain(one['student'])}, who has more time, is not on the roster")
        if people and one.get("section", next(iter(sections), "")) not in sections:
            told.append(f"nobody on the roster is in section {plain(one['section'])}, which has more time")
    return told
