"""Marks in several processes of this machine at once. Each begins as a copy of this one, with all that is loaded here."""

import contextlib
import multiprocessing
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait

from mlpgrade.course import CourseError
from mlpgrade.marking.job import Job, Mapper, Marked
from mlpgrade.sandbox import bubblewrap, runner

TRIES = 3
"""Processes that may die while they mark a submission, until it is given up: the notebook may be to blame."""

PATIENCE = 20
"""Seconds that a process has to end in, and to end its sandbox."""

context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)


class Worker:
    """A process that marks one submission at a time."""

    job: Job | None = None

    def start(self, others: Iterable["Worker"]) -> None:
        """Start it. It closes the connections to the others, or they could not tell our end."""
        self.connection, theirs = context.Pipe()
        arguments = (theirs, [self.connection, *(other.connection for other in others)])
        self.process = context.Process(target=serve, args=arguments, daemon=True)
        with out_of_reach_of_ctrl_c():
            self.process.start()
        theirs.close()

    def give(self, function: Callable[[Job], Marked], job: Job) -> None:
        """Have it apply the function to a job."""
        self.job = job
        with contextlib.suppress(OSError):  # it has died, which is met when its answer is taken
            self.connection.send((function, job))

    def take(self) -> Marked | CourseError | None:
        """Return its answer, or None if it has died."""
        self.job = None
        try:
            return self.connection.recv()
        except (EOFError, OSError):
            return None

    def end(self) -> None:
        """Wait until it has ended, or end it if it does not hear."""
        self.process.join(PATIENCE)
        self.process.kill()
        self.process.join()
        self.connection.close()


@contextlib.contextmanager
def processes(number: int) -> Iterator[Mapper]:
    """Give a mapper that marks in so many processes."""
    workers: list[Worker] = []
    try:
        for _ in range(number):
            worker = Worker()
            worker.start(workers)
            workers.append(worker)
        yield lambda function, jobs: _map(workers, function, jobs)
    finally:
        for worker in workers:
            worker.process.terminate()
        for worker in workers:
            worker.end()


@contextlib.contextmanager
def out_of_reach_of_ctrl_c() -> Iterator[None]:
    """A terminal sends Ctrl-C to every process of a command. Those started meanwhile leave it to this one."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def serve(connection: Connection, others: list[Connection]) -> None:
    """Mark what comes, until whoever sends it has gone."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    # Neither ignored nor blocked, which the sandbox would inherit: it could then interrupt no cell.
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    for other in others:
        other.close()
    try:
        if bubblewrap.problem() is None:
            runner.sandbox()  # it gets warm while the first job is made
        while True:
            function, job = connection.recv()
            connection.send(_answer(function, job))
    except (EOFError, OSError):
        return
    finally:
        runner.close()


def _answer(function: Callable[[Job], Marked], job: Job) -> Marked | CourseError:
    try:
        return function(job)
    except CourseError as error:
        return error


def _map(workers: list[Worker], function: Callable[[Job], Marked], jobs: Iterable[Job]) -> Iterator[Marked]:
    """Apply `function` to the jobs and yield what is done first first."""
    jobs, once_more, died = iter(jobs), list[Job](), Counter[str]()
    ahead: Job | None = None  # made while all are busy, so that nobody waits for it
    answers: list[Marked] = []
    while True:
        for worker in workers:
            if worker.job is None and (ahead := ahead or _next(once_more, jobs)):
                worker.give(function, ahead)
                ahead = None
        ahead = ahead or _next(once_more, jobs)
        yield from answers
        answers = []
        busy = {worker.connection: (worker, worker.job) for worker in workers if worker.job}
        if not busy:
            return
        ready = wait(list(busy))
        for worker, job in [found for connection, found in busy.items() if connection in ready]:
            answer = worker.take()
            if isinstance(answer, CourseError):
                raise answer
            if answer is None:
                worker.end()
                worker.start(other for other in workers if other is not worker)
                died[job.student] += 1
                answer = Marked(job.student, "", f"{TRIES} processes died while they marked it", {})
                if died[job.student] < TRIES:
                    once_more.append(job)
                    continue
            answers.append(answer)


def _next(once_more: list[Job], jobs: Iterator[Job]) -> Job | None:
    return once_more.pop() if once_more else next(jobs, None)
