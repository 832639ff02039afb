"""Addresses of servers."""

import pytest

from gradcam_core.base.errors import SourceError
from gradcam_core.projects.edge_impulse.api.address import base_url

pytest_plugins = ["tests.projects.edge_impulse.opening"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("studio.edgeimpulse.com", "https://studio.edgeimpulse.com/v1"),
        ("https://ei.example.org/v1/", "https://ei.example.org/v1"),
        ("localhost:4800", "http://localhost:4800/v1"),
        ("http://127.0.0.1:80/studio", "http://127.0.0.1/studio/v1"),
    ],
)
def test_addresses(text: str, expected: str) -> None:
    assert str(base_url(text)) == expected


@pytest.mark.parametrize("text", ["http://studio.example.org", "https://me:pw@host", "", "ftp://localhost"])
def test_addresses_to_which_no_key_is_sent(text: str) -> None:
    with pytest.raises(SourceError, match="--host"):
        base_url(text)
