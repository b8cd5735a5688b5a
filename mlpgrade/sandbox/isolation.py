"""Inside the walls: gives each notebook a process of its own that sees, may do and may use little, and ends it whole.

The warm process calls `spawn`. Its child enters new user, PID, mount and IPC namespaces and forks once more: that
grandchild is process 1 of its namespace, so that killing it kills whatever it has started.
"""

import ctypes
import itertools
import os
import random
import resource
import sys
from collections.abc import Callable

from mlpgrade.sandbox import syscalls

UNSHARE = {"user": 0x10000000, "pid": 0x20000000, "mount": 0x00020000, "ipc": 0x08000000}
PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 4, 24, 36, 38
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_RDONLY, MS_BIND = 2, 4, 8, 1, 4096
IMAGES, COURSE = "/grading/images", "/course"
"""Where the libraries of all assignments lie, and where a notebook finds those of its own."""

NOBODY = 64000
"""What students' code sees as its own user."""

OWN_USER = random.SystemRandom().randrange(60_001, 64_999)
"""The user who runs this warm process's notebooks where root starts it: one who owns nothing, and another one for each warm
process. The kernel counts a user's processes across them, so that a fork bomb in one would keep the others from starting."""

MB = 1 << 20
libc = ctypes.CDLL(None, use_errno=True)


def adopt_orphans() -> None:
    """Become the parent of grandchildren whose parent has gone, so that they can be waited for."""
    check(libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0))


def spawn(work: Callable[[], None], image: str, limits: dict, keep: tuple[int, ...], filtered: bool) -> int:
    """Run `work` in a process of its own and return its id. Of the open files it has only those in `keep`.

    It finds the libraries of one image and of no other. It can make few system calls where `filtered` says so, which not
    every kernel can hold it to.

    Raises OSError if the process could not be isolated; `work` has not begun then.
    """
    told, tell = os.pipe()
    if (child := os.fork()) == 0:
        try:
            os.close(told)
            enter_namespaces(limits)
            if (grandchild := os.fork()) == 0:
                show_libraries(image)
                take_rights_away(limits, *keep, tell)
                if filtered:
                    syscalls.restrict()
                os.close(tell)
                work()
            else:
                os.write(tell, f"{grandchild}\n".encode())
        except BaseException as error:  # the parent must learn of it, whatever it is
            os.write(tell, f"{type(error).__name__}: {error}\n".encode())
        finally:
            os._exit(0)
    os.close(tell)
    with open(told, encoding="utf-8") as pipe:
        said = pipe.read().splitlines()
    os.waitpid(child, 0)
    process = next((int(line) for line in said if line.isdigit()), None)
    if process is not None and len(said) == 1:
        return process
    if process is not None:
        os.waitpid(process, 0)
    raise OSError("; ".join(line for line in said if not line.isdigit()) or "its process died")


def enter_namespaces(limits: dict) -> None:
    """Become an unprivileged user, then leave the namespaces of the warm process."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(OWN_USER, OWN_USER, OWN_USER)
        os.setresuid(OWN_USER, OWN_USER, OWN_USER)
        check(libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0))  # or the maps below would belong to root
    resource.setrlimit(resource.RLIMIT_NPROC, (limits["processes"],) * 2)  # counted within the new user namespace
    user, group = os.geteuid(), os.getegid()
    check(libc.unshare(sum(UNSHARE.values())))
    for name, content in (("setgroups", "deny"), ("uid_map", f"{NOBODY} {user} 1"), ("gid_map", f"{NOBODY} {group} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(content)


def show_libraries(image: str) -> None:
    """Put an image's libraries in their place, and cover all the others: they hold what this assignment asks for."""
    check(libc.mount(f"{IMAGES}/{image}".encode(), COURSE.encode(), None, MS_BIND, None))
    cover(IMAGES, "size=4k,mode=555", MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY)
    sys.path_importer_cache.pop(COURSE, None)  # which remembers that it was empty


def take_rights_away(limits: dict, *keep: int) -> None:
    """Cover what is shared, set the limits, drop every capability and close every file but those to keep."""
    for path, size in (("/tmp", limits["disk"]), ("/dev/shm", MB)):
        cover(path, f"size={size},nr_inodes=2000,mode=1777", MS_NOSUID | MS_NODEV)
    cover("/proc", "size=4k,mode=555", MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY)
    os.mkdir("/tmp/home")
    os.chdir("/tmp/home")
    for name, value in (
        (resource.RLIMIT_CPU, limits["cpu"]),
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_FSIZE, limits["disk"]),
        (resource.RLIMIT_NOFILE, 128),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(name, (value, value))
    for capability in range(64):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    header, nothing = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    check(libc.capset(ctypes.byref(header), ctypes.byref(nothing)))
    check(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    null = os.open("/dev/null", os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    for low, high in itertools.pairwise([2, *sorted(keep), 4096]):
        os.closerange(low + 1, high)


def cover(path: str, options: str, flags: int) -> None:
    """Mount an empty file system in memory over a directory."""
    check(libc.mount(b"tmpfs", path.encode(), b"tmpfs", flags, options.encode()))


def check(status: int) -> None:
    """Raise the system's error unless a call succeeded."""
    if status != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
