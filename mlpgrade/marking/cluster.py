"""Who marks: this process, several of this machine, or those of other machines, by Dask's distributed scheduler."""

import contextlib
import logging
from collections.abc import Callable, Iterable, Iterator

from mlpgrade.course import CourseError
from mlpgrade.marking.job import Job, Mapper, Marked
from mlpgrade.marking.processes import TRIES, processes

AHEAD = 3
"""Jobs handed out for each worker at a time: enough to keep it busy, few enough to keep memory small."""

PATIENCE = 20
"""Seconds to wait for the scheduler to answer, and then for its first worker."""

GONE = "the scheduler went away. What is done is kept; the same command goes on."


@contextlib.contextmanager
def workers(number: int, scheduler: str | None = None) -> Iterator[Mapper]:
    """Give a mapper that marks in `number` processes of this machine, or on the workers of the scheduler at an address."""
    if scheduler is not None:
        with _cluster(scheduler) as mapper:
            yield mapper
    elif number > 1:
        with processes(number) as mapper:
            yield mapper
    else:
        yield map


@contextlib.contextmanager
def _cluster(scheduler: str) -> Iterator[Mapper]:
    import dask
    from distributed import Client

    # A worker that dies takes its notebook with it to the next one: after three, the notebook is to blame.
    dask.config.set({"distributed.scheduler.allowed-failures": TRIES - 1, "distributed.admin.tick.limit": "1h"})
    for name in ("distributed", "distributed.client"):  # what matters is told in one line
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with contextlib.ExitStack() as stack:
        try:
            client = stack.enter_context(Client(scheduler, timeout=PATIENCE))
        except (OSError, ValueError) as error:
            raise CourseError(f"no scheduler answers at {scheduler}: {_first_line(error)}") from None
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise CourseError(f"the scheduler at {scheduler} has no workers; see docs/grading.md.") from None
        yield lambda function, jobs: _map(client, function, jobs)


def _map(client, function: Callable[[Job], Marked], jobs: Iterable[Job]) -> Iterator[Marked]:
    """Apply `function` to the jobs on the workers and yield what is done first first."""
    from distributed import as_completed

    names: dict[str, str] = {}
    jobs = iter(jobs)
    running = as_completed()

    def hand_out() -> None:
        try:
            room = AHEAD * max(1, sum(client.nthreads().values()))
        except OSError:
            raise CourseError(GONE) from None
        while len(names) < room and (job := next(jobs, None)) is not None:
            future = client.submit(function, job, pure=False)
            names[future.key] = job.student
            running.add(future)

    hand_out()
    for future in running:
        student = names.pop(future.key)
        if future.status == "finished":
            yield future.result()
        elif future.status != "error":  # the scheduler ended, or dropped it
            raise CourseError(GONE)
        elif isinstance(error := future.exception(), CourseError):
            raise error
        else:
            yield Marked(student, "", f"{type(error).__name__}: {error}", {})
        future.release()
        hand_out()


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
