"""Marks on several processes or machines at once, by Dask's distributed scheduler."""

import contextlib
import logging
import signal
import warnings
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import resource_tracker

from mlpgrade.course import CourseError
from mlpgrade.marking.job import Job, Mapper, Marked

AHEAD = 3
"""Jobs handed out for each worker at a time: enough to keep it busy, few enough to keep memory small."""

PATIENCE = 20
"""Seconds to wait for the scheduler to answer, and then for its first worker."""

GONE = "the scheduler went away. What is done is kept; the same command goes on."


@contextlib.contextmanager
def workers(number: int, scheduler: str | None = None) -> Iterator[Mapper]:
    """Give a mapper that marks on `number` local processes, or on the workers of the scheduler at an address.

    One local process is this one, without Dask, which takes seconds to start.
    """
    if number == 1 and scheduler is None:
        yield map
        return
    import dask
    from distributed import Client, LocalCluster

    # A worker that dies takes its notebook with it to the next one: after three, the notebook is to blame.
    dask.config.set({"distributed.scheduler.allowed-failures": 2, "distributed.admin.tick.limit": "1h"})
    with contextlib.ExitStack() as stack:
        if scheduler is None:
            options = {"threads_per_worker": 1, "dashboard_address": None, "silence_logs": logging.CRITICAL}
            with _out_of_reach_of_ctrl_c(), warnings.catch_warnings():
                # Its port is taken when somebody else grades here; another one serves as well.
                warnings.filterwarnings("ignore", message="Port .* is already in use")
                local = stack.enter_context(LocalCluster(n_workers=number, **options))
            client = stack.enter_context(Client(local))
        else:
            for name in ("distributed", "distributed.client"):  # what matters is told in one line
                logging.getLogger(name).setLevel(logging.CRITICAL)
            try:
                client = stack.enter_context(Client(scheduler, timeout=PATIENCE))
            except (OSError, ValueError) as error:
                raise CourseError(f"no scheduler answers at {scheduler}: {_first_line(error)}") from None
            try:
                client.wait_for_workers(1, timeout=PATIENCE)
            except TimeoutError:
                raise CourseError(f"the scheduler at {scheduler} has no workers; see docs/grading.md.") from None
        yield lambda function, jobs: _map(client, function, jobs)


@contextlib.contextmanager
def _out_of_reach_of_ctrl_c() -> Iterator[None]:
    """A terminal sends Ctrl-C to every process of a command. Those started meanwhile leave it to this one, where it waits."""
    resource_tracker.ensure_running()  # which would let the signal through again when it is started
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


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
