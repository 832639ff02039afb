"""What to do when memory runs out: fewer pictures at once, and where that does not help, words."""

import sys

import psutil

from gradcam_core.base.errors import ModelError

TO_START = 4.0  # GB of addresses that TensorFlow with its libraries asks for when it starts
TO_WORK = 0.75  # GB of memory that it then fills
_NAMES = frozenset(("ResourceExhaustedError", "MemoryError"))
_WORDS = ("bad_alloc", "out of memory", "cannot allocate", "failed to allocate", "can't allocate")
TODO = "close other programs, raise the limit (ulimit -v), or use a machine with more memory"


def exhausted(error: BaseException) -> bool:
    """Whether memory is what failed, in the words of NumPy, TensorFlow or OpenVINO."""
    said = str(error).lower()
    return type(error).__name__ in _NAMES or (
        isinstance(error, RuntimeError) and any(word in said for word in _WORDS)
    )


def fewer(chunk: int, fixed: bool, error: BaseException) -> int:
    """How many pictures to try at once after ``chunk`` were too many.

    Raises:
        ModelError: it was one already, or the network takes no other number.
    """
    if chunk > 1 and not fixed:
        return chunk // 2
    free = psutil.virtual_memory().available / 2**30
    pictures = "one picture" if chunk == 1 else f"{chunk} pictures, which the network always takes"
    raise ModelError(
        f"enough memory for {pictures}", f"{free:.1f} GB free, and that was too little", TODO
    ) from error


def check_room() -> None:
    """Raise before TensorFlow starts where it could only die without a word.

    Raises:
        ModelError: a limit on addresses, or the memory that is free, is smaller than what it takes.
    """
    for what, gigabytes, least in (
        ("a limit of", limit(), TO_START),
        ("free", psutil.virtual_memory().available / 2**30, TO_WORK),
    ):
        if gigabytes < least:
            raise ModelError(
                f"at least {least:g} GB of memory to start TensorFlow", f"{what} {gigabytes:.2f} GB", TODO
            )


def limit() -> float:
    """GB of addresses that this process may ask for; infinity where there is no limit."""
    if sys.platform == "win32":
        return float("inf")
    import resource

    most = resource.getrlimit(resource.RLIMIT_AS)[0]
    return float("inf") if most == resource.RLIM_INFINITY else most / 2**30
