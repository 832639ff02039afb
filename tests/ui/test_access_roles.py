"""Who gets which role by e-mail or claim, and what verdicts call a person."""

from typing import Any

import pytest

from ui.access.roles import identity, role_of, wrong

SAID = {
    "viewer": ["*@clinic.example", "team=audit"],
    "reader": ["Ana@Clinic.example", "https://id.example/groups=radiology", "realm_access.roles=read er"],
    "editor": ["eve@clinic.example", "staff=true", "oid=17"],
}
CLAIMS: dict[str, tuple[dict[str, Any], str | None]] = {
    "a domain": ({"email": "x@clinic.example", "email_verified": True}, "viewer"),
    "an address, whatever its case": ({"email": "ANA@clinic.EXAMPLE", "email_verified": True}, "reader"),
    "verified, said as text": ({"email": "eve@clinic.example", "email_verified": "true"}, "editor"),
    "not verified": ({"email": "eve@clinic.example", "email_verified": False}, None),
    "not said to be verified": ({"email": "eve@clinic.example"}, None),
    "verified, said otherwise": ({"email": "eve@clinic.example", "email_verified": 1.5}, None),
    "a longer domain": ({"email": "x@clinic.example.org", "email_verified": True}, None),
    "a domain within": ({"email": "x@evil.clinic.example", "email_verified": True}, None),
    "two signs": ({"email": "x@evil.example@clinic.example", "email_verified": True}, None),
    "no text": ({"email": ["eve@clinic.example"], "email_verified": True}, None),
    "a claim": ({"team": "audit"}, "viewer"),
    "the beginning of a claim": ({"team": "auditors"}, None),
    "one of a list": ({"https://id.example/groups": ["x", "radiology"]}, "reader"),
    "inside another, with a space": ({"realm_access": {"roles": ["read er"]}}, "reader"),
    "a yes": ({"staff": True}, "editor"),
    "a number": ({"oid": 17}, "editor"),
    "the highest of several": ({"team": "audit", "oid": "17"}, "editor"),
    "an object": ({"team": {"audit": 1}}, None),
    "nothing": ({}, None),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_roles(name: str) -> None:
    claims, expected = CLAIMS[name]
    assert role_of(claims, SAID) == expected
    assert not wrong(SAID)


def test_everybody_who_signs_in() -> None:
    assert role_of({"sub": "1"}, {"viewer": ["*"]}) == "viewer"


@pytest.mark.parametrize(
    "entry", ["", " ", "ana", "@", "a@b@c", "a b@c", "=x", "team=", "**", "*@", None, 1]
)
def test_entries_that_nobody_can_be_known_by_are_refused(entry: Any) -> None:
    assert wrong({"viewer": [entry]})


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"email": "Ana@Clinic.example", "email_verified": True, "sub": "9"}, "ana@clinic.example"),
        ({"email": "ana@clinic.example", "name": "Ana", "sub": "9"}, "Ana (9)"),
        ({"preferred_username": "ana", "sub": "9"}, "ana (9)"),
        ({"sub": "9"}, "9"),
        ({"name": "Ana"}, ""),
    ],
)
def test_a_verdict_never_carries_a_name_that_could_be_anybodys(claims: dict[str, Any], name: str) -> None:
    assert identity(claims) == name
