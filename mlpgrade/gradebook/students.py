"""The people of the roster in nbgrader's gradebook, whose formgrader and exports then show names."""

from mlpgrade.course import Course
from mlpgrade.gradebook.marks import open_gradebook
from mlpgrade.records.roster import Roster


def enter(course: Course, roster: Roster) -> None:
    """Enter names, addresses and the numbers of the learning system. Nobody is ever taken out of the gradebook."""
    with open_gradebook(course.db_url) as gradebook:
        for person in roster.people:
            told = {
                "last_name": person.last_name,
                "first_name": person.first_name,
                "email": person.email,
                "lms_user_id": person.lms_id,
            }
            gradebook.update_or_create_student(person.student, **{name: value or None for name, value in told.items()})
