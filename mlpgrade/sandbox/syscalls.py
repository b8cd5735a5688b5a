"""Inside the walls: which system calls a notebook's process may make, held by a seccomp filter of the kernel's.

Allowed is what the filter's library knows of and what is not refused below. So the numbers of other calls, those of the kernel's
x32 twins among them, come to nothing.
"""

import ctypes
import errno
import functools
import mmap
import os
import socket

PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, MODE_FILTER = 22, 38, 2
INSTRUCTION = 8
"""Bytes of one of the filter's instructions."""

libc = ctypes.CDLL(None, use_errno=True)

NAMESPACES = ("unshare", "setns", "chroot", "pivot_root")
NEW_NAMESPACE = (0x00000080, 0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)
"""The flags by which `clone` would make a process in a new namespace (CLONE_NEWTIME to CLONE_NEWNET in clone(2))."""

MOUNTS = ("mount", "umount2", "open_tree", "move_mount", "fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr",
          "name_to_handle_at", "open_by_handle_at", "fanotify_init", "fanotify_mark", "quotactl", "quotactl_fd")  # fmt: skip
UNCOUNTED_MEMORY = ("memfd_create", "memfd_secret", "shmget", "shmat", "shmctl", "shmdt", "semget", "semop", "semctl",
                    "semtimedop", "msgget", "msgsnd", "msgrcv", "msgctl", "mq_open", "mq_unlink")  # fmt: skip
"""What lies in no process's own memory, where nobody counts it."""

OTHERS_MEMORY = ("ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "pidfd_getfd", "kcmp")
KERNEL = ("keyctl", "add_key", "request_key", "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter",
          "io_uring_register", "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot", "swapon",
          "swapoff", "acct", "syslog", "settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "sethostname",
          "setdomainname", "iopl", "ioperm", "modify_ldt", "uselib", "vhangup", "lookup_dcookie", "nfsservctl", "personality")  # fmt: skip
REFUSED = (*NAMESPACES, *MOUNTS, *UNCOUNTED_MEMORY, *OTHERS_MEMORY, *KERNEL)
"""Calls that fail with "operation not permitted", whatever their arguments."""

SHARED_AND_NO_FILES = mmap.MAP_SHARED | mmap.MAP_ANONYMOUS
"""Memory of this kind stays in use while any process has it mapped, and counts in those alone that have touched it."""


class Program(ctypes.Structure):
    """The kernel's `struct sock_fprog`: how many instructions there are, and where."""

    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def restrict() -> None:
    """Load the filter into this thread and all that it starts, for good. Raises OSError or ImportError where that cannot be done.

    The library's own `load` looks for the C library first, for which it runs a compiler: longer than most notebooks take.
    """
    program = Program(len(prepared()) // INSTRUCTION, prepared())
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(
        PR_SET_SECCOMP, MODE_FILTER, ctypes.byref(program), 0, 0
    ):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


@functools.cache
def prepared() -> bytes:
    """Return the filter as the kernel reads it, for any number of processes forked from this one."""
    from seccompy import Action, ArgCmp, CmpOp, Filter

    rules = Filter(default=Action.ERRNO | errno.ENOSYS)
    known = known_calls()
    for name in REFUSED:
        if name in known:
            rules.errno(name, errno.EPERM)
    for name in ("socket", "socketpair"):  # a loop of events talks to itself through a pair of the kind AF_UNIX
        rules.errno(name, errno.EPERM, args=[ArgCmp(0, CmpOp.NE, socket.AF_UNIX)])
    for flag in NEW_NAMESPACE:
        rules.errno("clone", errno.EPERM, args=[ArgCmp(0, CmpOp.MASKED_EQ, flag, mask=flag)])
    # Its flags lie in memory, where no filter can look; the C library then takes clone.
    rules.errno("clone3", errno.ENOSYS)
    rules.errno("mmap", errno.EPERM, args=[ArgCmp(3, CmpOp.MASKED_EQ, SHARED_AND_NO_FILES, mask=SHARED_AND_NO_FILES)])
    for name in known.keys() - set(REFUSED) - {"clone3"}:
        rules.allow(name)
    return rules.program


def known_calls() -> dict[str, int]:
    """Return the numbers of the system calls of this kind of machine."""
    from seccompy import syscalls

    return dict(syscalls.AARCH64_SYSCALLS if syscalls.arch() == "aarch64" else syscalls.X86_64_SYSCALLS)


def problem() -> str | None:
    """Say why calls cannot be filtered here, or return None where they can: it is tried in a process that is then thrown away."""
    try:
        prepared()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    told, tell = os.pipe()
    if (child := os.fork()) == 0:
        try:
            restrict()
        except Exception as error:
            os.write(tell, f"{type(error).__name__}: {error}".encode())
        finally:
            os._exit(0)
    os.close(tell)
    with open(told, encoding="utf-8") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said or None


if __name__ == "__main__":
    print(problem() or "")
