"""The same work without a browser: ``python -m gradcam_core COMMAND``, or ``gradcam-audit COMMAND``.

Exit codes: 0 done, 1 a bar of ``check`` is broken, 2 bad input or a full disk (one line on standard error),
130 or 143 stopped by Ctrl-C or SIGTERM; what was not finished is removed then.
"""

import argparse
import importlib
import os
import pkgutil
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from gradcam_core import __version__, cli
from gradcam_core.base.errors import AuditError
from gradcam_core.base.files import is_full
from gradcam_core.base.text import short
from gradcam_core.cli._say import LONGEST

SCRIPT, MODULE = "gradcam-audit", "python -m gradcam_core"
DASHED_VALUES = ("-1..1", "-128..127")  # argparse would take these scalings for options


def parser(command: str = "") -> argparse.ArgumentParser:
    """Every module of ``gradcam_core.cli`` is a command; where one is named, only that one is imported."""
    started_as = SCRIPT if Path(sys.argv[0]).stem == SCRIPT else MODULE
    top = argparse.ArgumentParser(prog=started_as, description=cli.__doc__)
    top.description = "Does an image model look at the right thing, or has it learned a shortcut?"
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    names = [module.name for module in pkgutil.iter_modules(cli.__path__) if module.name[0] != "_"]
    wanted = command.replace("-", "_")
    for name in [wanted] if wanted in names else names:
        importlib.import_module(f"{cli.__name__}.{name}").add_parser(commands)
    return top


def joined(arguments: Sequence[str]) -> list[str]:
    """``--scaling -1..1`` -> ``--scaling=-1..1``."""
    out: list[str] = []
    for argument in arguments:
        if argument in DASHED_VALUES and out and out[-1] == "--scaling":
            out[-1] = f"--scaling={argument}"
        else:
            out.append(argument)
    return out


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code."""
    if arguments is None:
        signal.signal(signal.SIGTERM, _terminate)
    given = joined(sys.argv[1:] if arguments is None else arguments)
    top = parser(given[0] if given else "")
    args, unknown = top.parse_known_args(given)
    if unknown and not getattr(args, "tolerant", False):  # a deployment block is given arguments of others
        top.error(f"unrecognized arguments: {' '.join(unknown)}")
    try:
        code: int = args.run(args)
    except AuditError as error:
        print(short(" ".join(str(error).split()), LONGEST), file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output, such as head, has seen enough
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        return 0
    except OSError as error:
        print(_said(error), file=sys.stderr)
        return 2
    except MemoryError as error:
        print(_without_memory(error), file=sys.stderr)
        return 2
    except KeyboardInterrupt as stop:
        print("stopped; what was not finished is removed", file=sys.stderr)
        return 128 + (signal.SIGTERM if isinstance(stop, Terminated) else signal.SIGINT)
    return code


def _without_memory(error: MemoryError) -> str:
    """One line on memory that was asked for in vain."""
    said = short(error) or "the system gave none"
    todo = "close other programs, use a smaller --batch-size, or a machine with more memory"
    return f"expected enough memory; found too little: {said}; to do: {todo}"


def _said(error: OSError) -> str:
    """One line on what of the disk failed, with advice for its cause."""
    place = short(error.filename or "the disk")
    if is_full(error):
        todo = (
            "make room there, or choose another folder with --runs or GRADCAM_HOME; what was there is whole"
        )
    else:
        todo = "check path and rights"
    return f"expected to read and write {place}; found {error.strerror or error}; to do: {todo}"


class Terminated(KeyboardInterrupt):
    """Somebody asked this process to end (SIGTERM)."""


def _terminate(*_: object) -> None:
    raise Terminated


if __name__ == "__main__":
    raise SystemExit(main())
