"""What a child that parses documents of strangers may take, and what it may not do at all.

Resource limits bound memory, processor time and files; a seccomp filter and Python's audit hook bar the network, other
programs and other processes. Where the system has no seccomp the audit hook alone does that, which keeps a parser from
doing it by mistake, not a determined intruder.
"""

import ctypes
import os
import platform
import resource
import struct
import sys
from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of address space and of text handed back, seconds of processor and of waiting; each for one document."""

    memory: int = 1024 * MEGABYTE
    processor: int = 20
    waiting: float = 60.0
    answer: int = 64 * MEGABYTE


def confine(memory: int) -> None:
    """Bind this process for good: memory, no files written, no core, no new network, program or process."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    _bar_calls()
    sys.addaudithook(_refuse)


def allow_processor(seconds: int) -> None:
    """Let this process use so many more seconds of processor; then the system ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, hard))


_BARRED = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.kill", "pty.")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_BARRED):
        raise PermissionError(f"a parser may not do {event}")
    if event == "open" and len(arguments) > 2 and isinstance(arguments[2], int) and arguments[2] & _WRITING:
        raise PermissionError("a parser may not write files")


# The numbers of the calls below in the kernel's own tables (asm/unistd_64.h and asm-generic/unistd.h).
_CALLS = {
    "x86_64": (
        0xC000003E,
        # socket, connect, accept, sendto, sendmsg, bind, listen, socketpair, fork, vfork, execve, kill, ptrace,
        # accept4, process_vm_readv, process_vm_writev, sendmmsg, execveat, io_uring_setup
        (41, 42, 43, 44, 46, 49, 50, 53, 57, 58, 59, 62, 101, 288, 310, 311, 307, 322, 425),
    ),
    "aarch64": (
        0xC00000B7,
        # socket, socketpair, bind, listen, accept, connect, sendto, sendmsg, ptrace, kill, execve, accept4,
        # sendmmsg, process_vm_readv, process_vm_writev, execveat, io_uring_setup
        (198, 199, 200, 201, 202, 203, 206, 211, 117, 129, 221, 242, 269, 270, 271, 281, 425),
    ),
}
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _ERROR, _EPERM = 0x7FFF0000, 0x00050000, 1
_KILL = 0x80000000
_X32 = 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SECCOMP_FILTER, _SIGKILL = 2, 9


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def _bar_calls() -> bool:
    """Have the kernel answer "not permitted" to network, new programs and new processes; whether it agreed (Linux only)."""
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    known = _CALLS.get(platform.machine())
    if known is None or library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    code = seccomp_filter(*known)
    program = _Program(len(code) // 8, code)
    return bool(library.prctl(_PR_SET_SECCOMP, _SECCOMP_FILTER, ctypes.byref(program), 0, 0) == 0)


def seccomp_filter(architecture: int, calls: tuple[int, ...]) -> bytes:
    """A classic BPF program over `struct seccomp_data`: another architecture is killed, the calls get EPERM, the rest passes."""
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, len(calls) + 1, 0, _X32),
    ]
    for place, number in enumerate(calls):
        steps.append((_EQUAL, len(calls) - place, 0, number))
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _ERROR | _EPERM)]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
