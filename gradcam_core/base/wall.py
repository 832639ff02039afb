"""Walls around a process that opens files from strangers: no network, few files, bounded memory and time.

Linux only, by what the kernel offers to everybody: Landlock for files and TCP (docs.kernel.org,
userspace-api/landlock), a network namespace of its own, and resource limits. Elsewhere, and where a
container forbids it, a wall is missing; what holds is returned. A wall is for the whole process, for good.
"""

import ctypes
import os
import sys
from collections.abc import Iterable
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on every architecture
ABI_VERSION, BENEATH, NO_NEW_PRIVILEGES = 1, 1, 38
NEW_USERS, NEW_NETWORK = 0x10000000, 0x40000000
EXECUTE, WRITE, READ, LIST = 1, 2, 4, 8
TRUNCATE = 1 << 14
RIGHTS_OF_ABI = {1: 13, 2: 14, 3: 15, 4: 15}  # how many rights each version knows; later ones 16
TCP = 3  # bind and connect, from version 4 on
OF_FILES = EXECUTE | WRITE | READ | TRUNCATE | 1 << 15  # the others are of folders


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def close_in(reads: Iterable[Path], writes: Iterable[Path], memory: int, seconds: int) -> tuple[str, ...]:
    """Build the walls around this process; which of "network", "files" and "limits" hold.

    Args:
        reads: files and folders that may be read, and run.
        writes: folders that may be read and written.
        memory: bytes that the process may ask for; 0 for no limit.
        seconds: of computing time, on all cores together.

    To be called before any thread is started.
    """
    if not sys.platform.startswith("linux"):
        return ()
    libc = ctypes.CDLL(None, use_errno=True)
    built = {
        "network": libc.unshare(NEW_USERS | NEW_NETWORK) == 0,
        "files": _only(libc, list(reads), list(writes)),
        "limits": _limited(memory, seconds),
    }
    return tuple(name for name, holds in built.items() if holds)


def _only(libc: ctypes.CDLL, reads: list[Path], writes: list[Path]) -> bool:
    """Landlock: everything else on the disk is out of reach, and so is TCP."""
    abi = libc.syscall(CREATE_RULESET, None, 0, ABI_VERSION)
    if abi < 1:
        return False
    every = (1 << RIGHTS_OF_ABI.get(abi, 16)) - 1
    rules = _Ruleset(every, TCP)
    size = ctypes.sizeof(rules) if abi >= 4 else 8
    ruleset = libc.syscall(CREATE_RULESET, ctypes.byref(rules), size, 0)
    if ruleset < 0:
        return False
    for path in reads:
        _allow(libc, ruleset, path, EXECUTE | READ | LIST)
    for path in writes:
        _allow(libc, ruleset, path, every)
    libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    done = libc.syscall(RESTRICT_SELF, ruleset, 0) == 0
    os.close(ruleset)
    return done


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    if not path.exists():
        return
    folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    rule = _Beneath(rights if path.is_dir() else rights & OF_FILES, folder)
    libc.syscall(ADD_RULE, ruleset, BENEATH, ctypes.byref(rule), 0)
    os.close(folder)


def _limited(memory: int, seconds: int) -> bool:
    import resource

    limits = [(resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)]
    for kind, most in limits + ([(resource.RLIMIT_DATA, memory)] if memory > 0 else []):
        _, hard = resource.getrlimit(kind)
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (wanted, hard if kind == resource.RLIMIT_CPU else wanted))
    return True
