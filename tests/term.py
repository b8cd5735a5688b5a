"""A term played through by its commands: 180 students, nine assignments, two sections, and all that goes wrong in one.

`python -m tests.term` plays the whole of it, and `tests/test_term.py` a short one. What each student deserves is worked out here, from the
points that the answers of the bank earn and by the policy as it is written, without the code that is tried; at the end every mark is
compared with it, to the point, and everything that was handed in must still be there.
"""

import argparse
import collections
import contextlib
import csv
import dataclasses
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from nbgrader.api import Gradebook  # noqa: E402

import commands  # noqa: E402
from mlpgrade.authoring.answers import Answer, fill_in, read_answers  # noqa: E402
from mlpgrade.course import Course  # noqa: E402
from mlpgrade.gradebook.export import HarmlessCsv  # noqa: E402
from mlpgrade.gradebook.sources import to_notebook  # noqa: E402
from teaching_support import CLASS, Pupil, canvas_gradebook, canvas_name, moodle_folder, moodle_worksheet, zipped  # noqa: E402

DUE = "2026-11-20T23:59:00"
POLICY = 'zone = "Europe/Berlin"\npercent_a_day = 10\ncap = 50\nlatest_days = 7\n'
FIRSTS = ("Ada", "Émile", "Zoë", "Noor", "Iñaki", "Li", "D'Arcy", "Søren", "Anne-Marie", "Ngoc")
LASTS = ("Novák", "O'Neill", "van den Berg", "García", "Öztürk", "Kim", "Łukasz", "Smith", "N'Diaye")


def close(one: float | None, other: float | None) -> bool:
    """Tell whether two marks are one."""
    return one is other if one is None or other is None else abs(one - other) < 1e-6


@dataclasses.dataclass
class Handed:
    """What a student handed in: the answer's points by task, or nothing where the file is damaged; days late."""

    earns: dict[str, float]
    days: int = 0


class Term:
    """A class, its course, and what everybody deserves."""

    def __init__(self, directory: Path, students: int, assignments: list[str], workers: int):
        self.directory, self.workers, self.names = directory, workers, assignments
        self.draw = random.Random(7)
        made = [
            Pupil(200 + n, LASTS[n % 9], FIRSTS[n // 9 % 10], f"s{n:03}", "AB"[n % 2])
            for n in range(students - len(CLASS))
        ]
        self.pupils = [*CLASS, *made]
        self.deserved: dict[str, dict[str, Handed]] = collections.defaultdict(dict)
        self.maximum: dict[str, dict[str, float]] = {}
        self.answers: dict[str, list[tuple[str, dict[str, float]]]] = {}
        self.handed: list[bytes] = []
        self.due = dict.fromkeys(assignments, 20)
        self.voided: dict[tuple[str, str], bool] = {}
        self.by_hand: dict[tuple[str, str, str], float] = {}
        self.make()

    # The course ---------------------------------------------------------------------------------------------------

    def make(self):
        """Make the course's folder, and read the answers that the class is to hand in."""
        shutil.copy(ROOT / "nbgrader_config.py", self.directory)
        shutil.copytree(ROOT / "mlpkit", self.directory / "mlpkit")
        for name in self.names:
            shutil.copytree(ROOT / "solutions" / name, self.directory / "solutions" / name)
            shutil.copytree(ROOT / "exercises" / name, self.directory / "exercises" / name)
            released = nbformat.read(ROOT / "exercises" / name / f"{name}.ipynb", as_version=4)
            graded = [
                cell.metadata.nbgrader for cell in released.cells if cell.metadata.get("nbgrader", {}).get("grade")
            ]
            self.maximum[name] = {one.grade_id: float(one.points) for one in graded}
            solved = to_notebook(ROOT / "solutions" / name / "notebook.py")
            chosen = [
                one
                for one in read_answers(ROOT / "solutions" / name / "answers")
                if one.student and one.student != "chen"
            ]
            self.answers[name] = [
                (json.dumps(fill_in(released, one, solved)), earned)
                for one in chosen
                if (earned := self.exactly(name, one)) is not None
            ]
            self.answers[name].append((json.dumps(released), dict.fromkeys(self.maximum[name], 0.0)))
        self.downloads = self.directory / "downloads"
        self.downloads.mkdir()

    def exactly(self, name: str, answer: Answer) -> dict[str, float] | None:
        """The points of an answer by task, or None where they are only known to lie between two numbers."""
        earned = {task: answer.earns.get(task, (most, most)) for task, most in self.maximum[name].items()}
        return (
            {task: low for task, (low, _) in earned.items()}
            if all(low == high for low, high in earned.values())
            else None
        )

    def command(self, *arguments: str, status: tuple[int, ...] = (0,)) -> str:
        """Run a command and return what it printed."""
        return commands.mlpgrade(self.directory, *arguments, status=status)

    def write_policy(self):
        """Write the policy as it stands: section B has two days more for the first assignment, eve one for all."""
        dates = "".join(
            f"[assignment.{name}]\ndue = {DUE.replace('-20T', f'-{day}T')}\n" for name, day in self.due.items()
        )
        more = f'[[extension]]\nassignment = "{self.names[0]}"\nsection = "B"\ndays = 2\n[[extension]]\nstudent = "eve"\ndays = 1\n'
        (self.directory / "classroom" / "policy.toml").write_text(POLICY + dates + more)

    def extension(self, name: str, pupil: Pupil) -> int:
        """The days more that a student has."""
        return max(2 * (name == self.names[0] and "B" in pupil.section.split(" and ")), 1 * (pupil.login == "eve"))

    # What is handed in --------------------------------------------------------------------------------------------

    def hand_in(self, number: int, name: str) -> tuple[dict[Pupil, str], dict[Pupil, int]]:
        """Let everybody but some hand in, some of them late, each an answer of the bank; one hands in a damaged file."""
        texts, days = {}, {}
        for place, pupil in enumerate(self.pupils):
            if (place + number) % 17 == 3:  # these do not
                continue
            text, earns = self.answers[name][(place * 7 + number) % len(self.answers[name])]
            late = self.draw.choice([1, 2, 9]) if (place + number) % 11 == 5 else 0
            if (place + number) % 37 == 8:
                text, earns = text[:500], dict.fromkeys(earns, 0.0)
            texts[pupil], days[pupil] = text, late
            self.deserved[name][pupil.login] = Handed(earns, late)
            self.handed.append(text.encode())
        return texts, days

    def as_blackboard(self, name: str, texts: dict[Pupil, str], days: dict[Pupil, int]) -> list[Path]:
        """A zip with times; who is early hands in an empty notebook before, which does not count."""
        files = {}
        for pupil, text in texts.items():
            files[f"Work_{pupil.login}_attempt_2026-11-{20 + days[pupil]}-20-00-00_{name}.ipynb"] = text
            if pupil.number % 5 == 0:
                files[f"Work_{pupil.login}_attempt_2026-11-19-20-00-00_{name}.ipynb"] = self.answers[name][-1][0]
        return [zipped(files, self.downloads / f"{name}.zip")]

    def as_canvas(self, name: str, texts: dict[Pupil, str], days: dict[Pupil, int]) -> list[Path]:
        """A zip that calls late what is late and does not say when, with a stranger, a link and what macOS leaves."""
        files = {
            canvas_name(one, 9000 + one.number, f"{name}.ipynb", late=days[one] > 0): text
            for one, text in texts.items()
        }
        files[canvas_name(Pupil(7, "Stranger", "A", "x"), 1, f"{name}.ipynb")] = texts.get(CLASS[0], "{}")
        files["__MACOSX/._x"] = b"\0"
        path = zipped({"submissions.zip": zipped(files)}, self.downloads / f"{name}.zip")
        for login, handed in self.deserved[name].items():
            handed.days = min(handed.days, 1) + (
                self.extension(name, next(one for one in self.pupils if one.login == login)) if handed.days else 0
            )
        return [path]

    def as_moodle(self, name: str, texts: dict[Pupil, str], days: dict[Pupil, int]) -> list[Path]:
        """Folders by participant, and the worksheet that says who they are and when they came."""
        files = {f"{moodle_folder(one)}/{name}.ipynb": text for one, text in texts.items()}
        sheet = moodle_worksheet(self.pupils, handed_in=list(texts)).decode()
        lines = sheet.splitlines()
        for place, pupil in enumerate(self.pupils):
            if pupil in texts:
                lines[place + 1] = lines[place + 1].replace(
                    "Friday, 20 November 2026, 11:58 PM", f"{20 + days[pupil]} November 2026, 11:58 PM"
                )
        path = self.downloads / f"{name}.csv"
        path.write_bytes("\r\n".join(lines).encode("utf-16"))
        return [zipped(files, self.downloads / f"{name}.zip"), path]

    # What is deserved ---------------------------------------------------------------------------------------------

    def mark(self, name: str, pupil: Pupil) -> float | None:
        """What a student deserves, worked out plainly."""
        handed = self.deserved[name].get(pupil.login)
        if handed is None:
            return None
        earned, possible = 0.0, 0.0
        for task, most in self.maximum[name].items():
            if self.voided.get((name, task)) is False:
                continue
            full = self.voided.get((name, task)) is True
            possible += most
            earned += most if full else self.by_hand.get((name, pupil.login, task), handed.earns[task])
        late = max(0, 20 + handed.days - self.due[name] - self.extension(name, pupil))
        if late > 7:
            return 0.0
        return round(earned - min(earned, possible * min(late * 10, 50) / 100), 6)

    def compare(self):
        """Compare the report, nbgrader's gradebook and the export with what everybody deserves."""
        with contextlib.chdir(self.directory):
            course = Course.here()
        with Gradebook(course.db_url) as gradebook:
            HarmlessCsv(config=course.config).export(gradebook)
        with (self.directory / "classroom" / "grades.csv").open() as file:
            exported = {(row["assignment"], row["student_id"]): float(row["score"]) for row in csv.DictReader(file)}
        with Gradebook(f"sqlite:///{self.directory}/classroom/gradebook.db") as gradebook:
            for name in self.names:
                found = {
                    one.student.id: round(one.score - one.late_submission_penalty, 6)
                    for one in gradebook.find_assignment(name).submissions
                }
                wanted = {one.login: mark for one in self.pupils if (mark := self.mark(name, one)) is not None}
                other = {
                    login: (wanted.get(login), found.get(login))
                    for login in wanted.keys() | found.keys()
                    if not close(wanted.get(login), found.get(login))
                }
                assert other == {}, f"{name} (deserved, given): {other}"
                assert all(abs(exported[name, login] - mark) < 1e-6 for login, mark in wanted.items()), name

    def nothing_is_lost(self):
        """Every file that was handed in is still in the classroom, byte for byte."""
        kept = collections.Counter(
            path.read_bytes()
            for place in ("attempts", "quarantine")
            for path in (self.directory / "classroom" / place).rglob("*.ipynb")
        )
        missing = collections.Counter(self.handed) - kept
        assert not missing, f"{sum(missing.values())} of {len(self.handed)} files are lost"

    # The term -----------------------------------------------------------------------------------------------------

    def play(self, say=print):
        """Play the term."""
        (self.downloads / "canvas.csv").write_bytes(
            canvas_gradebook(self.pupils[:-2], encoding="utf-16", delimiter=";")
        )
        self.command("roster", "downloads/canvas.csv")
        (self.downloads / "canvas.csv").write_bytes(canvas_gradebook(self.pupils))
        assert self.command("roster", "downloads/canvas.csv").count("came:") == 2
        self.write_policy()
        forms = (self.as_blackboard, self.as_canvas, self.as_moodle)
        for number, name in enumerate(self.names):
            began = time.monotonic()
            texts, days = self.hand_in(number, name)
            form = forms[number % 3]
            paths = form(name, texts, days)
            said = self.command("collect", name, *map(str, paths), status=(0, 1))
            assert f"{len(texts)} collected" in said, said[-500:]
            assert (" 1 unknown" in said) == (form == self.as_canvas), said[-500:]
            self.grade(name, kill=number == 0)
            say(f"{name}: {len(texts)} handed in by {form.__name__[3:]}, {time.monotonic() - began:.0f} s", flush=True)
        self.compare()
        self.events(say)
        self.compare()
        self.nothing_is_lost()
        self.back()

    def grade(self, name: str, kill: bool):
        """Grade an assignment; the first one is killed in the middle, and the same command goes on."""
        command = ("grade", name, "--workers", str(self.workers))
        if kill:
            process = subprocess.Popen(
                [sys.executable, "-m", "mlpgrade.cli", *command],
                cwd=self.directory,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            for _ in range(3):
                process.stdout.readline()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            process.stdout.close()
        self.command(*command, status=(0, 3))  # 3: something of it asks for a person

    def events(self, say):
        """A due date that changes, a voided question, one given to all, a drop-out, a mark by hand, an appeal."""
        first, last = self.names[0], self.names[-1]
        self.due[first] = 19  # earlier than was said, so that who was in time in section A is late
        self.write_policy()
        assert "before" in self.command("policy", first)
        tasks = list(self.maximum[last])
        self.command("void", last, tasks[0])
        self.voided[last, tasks[0]] = False
        self.command("void", first, next(iter(self.maximum[first])), "--full")
        self.voided[first, next(iter(self.maximum[first]))] = True
        gone = self.pupils[8]
        (self.downloads / "canvas.csv").write_bytes(canvas_gradebook([one for one in self.pupils if one != gone]))
        assert f"went:    {gone.login}" in self.command("roster", "downloads/canvas.csv")
        appeal = next(one for one in self.pupils if one.login in self.deserved[first])
        task = list(self.maximum[first])[-1]
        with Gradebook(f"sqlite:///{self.directory}/classroom/gradebook.db") as gradebook:
            grade = next(
                one for one in gradebook.find_submission(first, appeal.login).notebooks[0].grades if one.name == task
            )
            grade.manual_score, grade.needs_manual_grade = self.maximum[first][task], False
            gradebook.db.commit()
        self.by_hand[first, appeal.login, task] = self.maximum[first][task]
        said = self.command("explain", appeal.login, first)
        assert "marked once more, with the same result" in said, said
        self.command("grade", first, "--again", "--student", appeal.login, status=(0, 3))
        say("a due date, two questions, a drop-out and an appeal", flush=True)

    def back(self):
        """Give the first assignment back, and once more."""
        name = self.names[0]
        points = sum(self.maximum[name].values())
        export = (
            canvas_gradebook(self.pupils, titles=(f"{name} (77)",)).decode().replace(",10,(read", f",{points:g},(read")
        )
        (self.downloads / "canvas.csv").write_text(export)
        command = ("return", name, "--lms", "canvas", "--from", "downloads/canvas.csv")
        assert f"{len(self.deserved[name])} go back" in self.command(*command)
        assert f"0 go back, {len(self.deserved[name])} have not changed" in self.command(*command)
        text = (self.directory / "classroom" / "return" / name / "1-marks.csv").read_text(encoding="utf-8")
        table = list(csv.reader(io.StringIO(text)))
        marks = {row[1]: row[-1] for row in table[2:]}
        for pupil in self.pupils:
            wanted = self.mark(name, pupil)
            assert marks[str(pupil.number)] == ("" if wanted is None else f"{round(wanted, 2):g}"), pupil


def main(arguments=None) -> int:
    """Play the whole term, in a directory that is deleted afterwards."""
    parser = argparse.ArgumentParser(prog="python -m tests.term", description=__doc__)
    parser.add_argument("--students", type=int, default=180)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(arguments)
    began = time.monotonic()
    names = sorted(path.parent.name for path in (ROOT / "solutions").glob("*/notebook.py"))
    with tempfile.TemporaryDirectory(prefix="term-") as directory:
        term = Term(Path(directory), options.students, names, options.workers)
        term.play()
    print(
        f"A term of {options.students} students and {len(names)} assignments, {len(term.handed)} submissions: every mark to the point, nothing lost, {time.monotonic() - began:.0f} s."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
