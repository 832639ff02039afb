"""Optional parts, which pip calls extras: a missing one is one sentence with the command to install it."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from gradcam_core.base.errors import AuditError

DISTRIBUTION = "gradcam-audit"


@contextmanager
def extra(name: str, purpose: str) -> Iterator[None]:
    """What is imported inside comes with the extra ``name``, which ``purpose`` needs.

    Raises:
        AuditError: a package of it is not installed.
    """
    try:
        yield
    except ImportError as error:
        raise AuditError(f"the packages that {purpose} needs", str(error), install(name)) from error


def install(name: str) -> str:
    """The command that installs an extra: of the installed package, or of the checkout that runs."""
    try:
        source = distribution(DISTRIBUTION).name
    except PackageNotFoundError:
        source = str(Path(__file__).parents[2])
    return f"pip install '{source}[{name}]'"
