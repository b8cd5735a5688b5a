"""The policy for late work, `policy.toml` in the classroom, and what it means for one student and one assignment."""

import math
import tomllib
import zoneinfo
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

GENERAL = {
    "zone": str,
    "grace_minutes": float,
    "percent_a_day": float,
    "cap": float,
    "latest_days": float,
    "counts": str,
}
OF_AN_ASSIGNMENT = {name: kind for name, kind in GENERAL.items() if name != "zone"} | {"due": datetime}
OF_AN_EXTENSION = {"assignment": str, "student": str, "section": str, "days": float, "due": datetime}
ATTEMPTS = ("newest", "best")


class PolicyError(Exception):
    """What is wrong with policy.toml, in words for whoever wrote it."""


@dataclass(frozen=True)
class Terms:
    """What holds for one student in one assignment.

    `due` is a moment in the course's zone, or None where nothing is due. `percent_a_day` of the points that can be earned is lost for each
    day that has begun after it, `cap` per cent at most. Nothing counts that comes more than `latest_days` days late.
    """

    zone: zoneinfo.ZoneInfo
    due: datetime | None = None
    grace: timedelta = timedelta()
    percent_a_day: float = 0
    cap: float = 100
    latest_days: float | None = None
    counts: str = "newest"
    extended: str = ""

    @property
    def deadline(self) -> datetime | None:
        """Until when it costs nothing."""
        return self.due and self.due + self.grace

    @property
    def latest(self) -> datetime | None:
        """Until when it counts at all."""
        return None if self.due is None or self.latest_days is None else self.due + timedelta(days=self.latest_days)

    def local(self, moment: datetime) -> datetime:
        """Return a moment in the course's zone. One without a zone is taken to be in it."""
        return moment.replace(tzinfo=self.zone) if moment.tzinfo is None else moment.astimezone(self.zone)

    def lateness(self, moment: datetime | None, called_late: bool = False) -> "Lateness":
        """Say what handing in at a moment costs. Where the moment is unknown, what the system calls late is so by a day."""
        if self.due is None or self.deadline is None or (moment is None and not called_late):
            return Lateness()
        if moment is None:
            return Lateness(
                1,
                min(self.percent_a_day, self.cap),
                by="late by the system's word, at an unknown time: taken for 1 day",
            )
        here = self.local(moment)
        if here.astimezone(UTC) <= self.deadline.astimezone(UTC):
            return Lateness()
        # By the clock on the wall: a day ends at the same time on the next day, also when clocks are put back or forward.
        days = max(1, math.ceil((here.replace(tzinfo=None) - self.due.replace(tzinfo=None)) / timedelta(days=1)))
        if self.latest is not None and here.astimezone(UTC) > self.latest.astimezone(UTC):
            return Lateness(days, 100, f"{days} days late, after the latest day")
        return Lateness(days, min(days * self.percent_a_day, self.cap), f"{days} {'day' if days == 1 else 'days'} late")


@dataclass(frozen=True)
class Lateness:
    """How many days late, and the per cent of the points that it costs."""

    days: int = 0
    percent: float = 0
    by: str = ""

    def penalty(self, possible: float, earned: float) -> float:
        """Return the points that are lost: never more than were earned."""
        lost = earned if self.percent >= 100 else possible * self.percent / 100
        return round(max(0.0, min(lost, earned)), 6)


@dataclass(frozen=True)
class Policy:
    """What policy.toml says."""

    general: Mapping[str, Any]
    assignments: Mapping[str, Mapping[str, Any]]
    extensions: tuple[Mapping[str, Any], ...]

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The course's time zone."""
        return zoneinfo.ZoneInfo(self.general.get("zone", "UTC"))

    def terms(self, assignment: str, student: str = "", sections: Iterable[str] = ()) -> Terms:
        """Return what holds for a student. Of several extensions the one that ends last counts."""
        said = dict(self.general) | dict(self.assignments.get(assignment, {}))
        terms = Terms(
            self.zone,
            self._moment(said.get("due")),
            timedelta(minutes=said.get("grace_minutes", 0)),
            said.get("percent_a_day", 0),
            said.get("cap", 100),
            said.get("latest_days"),
            said.get("counts", "newest"),
        )
        mine = [one for one in self.extensions if _holds(one, assignment, student, set(sections))]
        given = [(self._extended(terms.due, one), one) for one in mine if terms.due is not None]
        due, by = max(given, key=lambda pair: pair[0], default=(terms.due, None))
        if by is None or due is None or terms.due is None or due <= terms.due:
            return terms
        return replace(terms, due=due, extended=f"extended for {by.get('student') or 'section ' + by['section']}")

    def _moment(self, due: datetime | None) -> datetime | None:
        if due is None:
            return None
        return due.replace(tzinfo=self.zone) if due.tzinfo is None else due.astimezone(self.zone)

    def _extended(self, due: datetime, extension: Mapping[str, Any]) -> datetime:
        return self._moment(extension.get("due")) or due + timedelta(days=extension["days"])


def _holds(extension: Mapping[str, Any], assignment: str, student: str, sections: set[str]) -> bool:
    if extension.get("assignment", assignment) != assignment:
        return False
    return extension["student"] == student if "student" in extension else extension["section"] in sections


NOTHING = Policy({}, {}, ())
"""Where there is no policy.toml."""


def path_in(classroom: Path) -> Path:
    """Return where the policy is kept."""
    return classroom / "policy.toml"


def load(classroom: Path) -> Policy | None:
    """Return the classroom's policy, or None where there is none. Raises PolicyError if it cannot be used."""
    path = path_in(classroom)
    if not path.exists():
        return None
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(f"{path}: {error}.") from None
    try:
        return _policy(said)
    except PolicyError as error:
        raise PolicyError(f"{path}: {error}") from None


def _policy(said: dict[str, Any]) -> Policy:
    assignments, extensions = said.pop("assignment", {}), said.pop("extension", [])
    if not isinstance(assignments, dict) or not isinstance(extensions, list):
        raise PolicyError("write an assignment as [assignment.NAME], and an extension as [[extension]].")
    _check("", said, GENERAL)
    try:
        zoneinfo.ZoneInfo(said.get("zone", "UTC"))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        raise PolicyError(
            f'zone: there is no time zone {said["zone"]!r}; such as "Europe/Berlin" was expected.'
        ) from None
    for name, one in assignments.items():
        _check(f"assignment.{name}: ", one, OF_AN_ASSIGNMENT)
    for number, one in enumerate(extensions, 1):
        _check(f"extension {number}: ", one, OF_AN_EXTENSION)
        if ("student" in one) == ("section" in one) or ("days" in one) == ("due" in one):
            raise PolicyError(f"extension {number}: it needs a student or a section, and days or due.")
    return Policy(said, assignments, tuple(extensions))


def _check(where: str, said: Any, known: Mapping[str, type]) -> None:
    """Raise PolicyError for what is not known, of another kind, or out of bounds."""
    if not isinstance(said, dict):
        raise PolicyError(f"{where}a table was expected, but there is {said!r}.")
    for name, value in said.items():
        kind = known.get(name)
        if kind is None:
            raise PolicyError(f"{where}{name} is not known here; known are {', '.join(known)}.")
        right = (
            isinstance(value, int | float) and not isinstance(value, bool) if kind is float else isinstance(value, kind)
        )
        if not right:
            wanted = {float: "a number", str: "a text", datetime: "a date with a time, as 2026-11-20T23:59:00,"}[kind]
            raise PolicyError(f"{where}{name} is {value!r}; {wanted} was expected.")
        if kind is float and (value < 0 or (name in ("percent_a_day", "cap") and value > 100)):
            raise PolicyError(f"{where}{name} is {value}, which makes no sense.")
        if name == "counts" and value not in ATTEMPTS:
            raise PolicyError(f"{where}counts is {value!r}; known are {' and '.join(ATTEMPTS)}.")
