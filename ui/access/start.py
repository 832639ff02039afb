"""What is asked before the server listens: no sign-in, no address that others reach."""

import sys
from collections.abc import Sequence

from streamlit import config

from ui.access.entry import closed_because, door, keep_guarded
from ui.access.requests import KNOWN, is_loopback, share_knowingly

REFUSED = (
    "Not started: {address} can be reached from other machines, and there is no sign-in. Set [auth] and "
    "[roles] in .streamlit/secrets.toml (SECURITY.md shows both), or listen on 127.0.0.1 behind a proxy "
    f"that asks who is there. {KNOWN} lets everybody in (streamlit run app.py -- {KNOWN})."
)


def begin(arguments: Sequence[str]) -> None:
    """Refuse to start where everybody could come in; remember a sign-in, so that it cannot get lost.

    Args:
        arguments: those of the program, without its name.

    Raises:
        SystemExit: an address that is not loopback without sign-in and without ``--i-know``, or a sign-in
            that cannot be used; the sentence stands on standard error.
    """
    found = door()
    if found == "closed":
        _refuse(f"Not started: {closed_because()}.")
    if found == "sign-in":
        keep_guarded()
    elif KNOWN in arguments:
        share_knowingly()
    elif not is_loopback(address := config.get_option("server.address") or "0.0.0.0"):  # noqa: S104
        _refuse(REFUSED.format(address=address))


def _refuse(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    raise SystemExit(2)
