"""What a person has decided about a submission that a machine should not settle alone. It holds until something else is handed in."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from mlpgrade.course import Course, CourseError
from mlpgrade.judging.plain import plain
from mlpgrade.records import files


@dataclass(frozen=True)
class Decision:
    """One decision: `take` is the file that counts, or None where all is to stay as it was graded.

    `about` is the digest of what had been handed in, `because` what the person wrote, `when` the date.
    """

    about: str
    take: str | None
    because: str
    when: str


class Decisions:
    """The decisions about an assignment, by student, in the classroom's decisions.json."""

    def __init__(self, course: Course, assignment: str):
        self.assignment = assignment
        self.submitted = course.step("submitted")
        self.path = self.submitted.parent / "decisions.json"
        try:
            self._all = json.loads(self.path.read_text(encoding="utf-8")) if self.path.exists() else {}
            self._ours = {name: Decision(**one) for name, one in self._all.get(assignment, {}).items()}
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise CourseError(f"{self.path} cannot be read ({error}): mend it, or move it away.") from None

    def of(self, student: str) -> Decision | None:
        """Return the decision about a student's submission, if it is about what is there now."""
        found = self._ours.get(student)
        return found if found is not None and found.about == self.digest(student) else None

    def is_past(self, student: str) -> bool:
        """Tell whether there is a decision, but about something that was handed in before."""
        return student in self._ours and self.of(student) is None

    def digest(self, student: str) -> str:
        """Return what tells the files of a submission from any others."""
        folder, told = self.submitted / student / self.assignment, hashlib.sha256()
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            whole = path.is_file() and not path.is_symlink()
            told.update(f"{path.name}\0".encode("utf-8", "surrogateescape") + (path.read_bytes() if whole else b""))
        return told.hexdigest()[:16]

    def decide(self, student: str, decision: Decision | None) -> None:
        """Write a decision down, or take it back."""
        of_all = self._all.setdefault(self.assignment, {})
        if decision is None:
            of_all.pop(student, None)
            self._ours.pop(student, None)
        else:
            of_all[student], self._ours[student] = asdict(decision), decision
        files.write(self.path, json.dumps(self._all, indent=1, sort_keys=True) + "\n")


def attention_in(path: Path) -> tuple[str, ...]:
    """Return why a person should look at the submission whose marked notebook is at `path`."""
    try:
        return tuple(json.loads(path.read_text(encoding="utf-8"))["metadata"]["mlpgrade"].get("attention", ()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()


def needs_attention(course: Course, decisions: Decisions, assignment: str, student: str) -> tuple[str, ...]:
    """Return why a person should look at a graded submission: nothing, once somebody has."""
    if decisions.of(student) is not None:
        return ()
    reasons = attention_in(course.autograded(assignment, student))
    if reasons and decisions.is_past(student):
        return (*reasons, "what was decided was about an earlier submission")
    return reasons


def listing(assignment: str, reasons: dict[str, tuple[str, ...]]) -> str:
    """Return the list of what needs a person's attention, and what to do about it; nothing where nothing does."""
    concerned = {student: why for student, why in reasons.items() if why}
    if not concerned:
        return ""
    width = max(map(len, map(plain, concerned)))
    lines = [f"{plain(student):<{width}}  {plain('; '.join(why))}" for student, why in concerned.items()]
    how = f"When you have looked at one: mlpgrade decide {assignment} STUDENT --keep, or --take FILE for another of its files."
    return "\n".join([f"{assignment}: {len(lines)} of {len(reasons)} need your attention.", *lines, how])
