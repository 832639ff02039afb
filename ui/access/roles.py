"""Who has which role, as ``[roles]`` in ``secrets.toml`` says it. Pure.

``viewer`` looks and saves files; ``reader`` gives verdicts and draws regions, too; ``editor`` starts audits
and searches and changes what holds for a project, too. An entry of a role is

- an e-mail address, ``*@clinic.example`` for all of a domain: counts where the provider says that it has
  verified the address (``email_verified``);
- ``claim=value``: a claim of the identity token is this text, or a list that holds it
  (``groups=radiology``, ``realm_access.roles=audit``);
- ``*``: everybody who signs in.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, get_args

Role = Literal["viewer", "reader", "editor"]
ROLES: tuple[Role, ...] = get_args(Role)  # each may what those before it may
ENTRY = re.compile(r"\*|[^\s@=]+@[^\s@=]+|[^\s=]+=.+")
HOW = 'for example viewer = ["*@clinic.example"], reader = ["ana@clinic.example", "groups=radiology"]'


def wrong(said: Mapping[str, Any]) -> str:
    """Why ``[roles]`` cannot be used; "" where it can."""
    if not said:
        return f"[roles] has to say who may come in: {HOW}"
    if unknown := sorted(set(said) - set(ROLES)):
        return f"[roles] knows {', '.join(ROLES)}, not {unknown[0]!r}"
    for name, entries in said.items():
        if not isinstance(entries, list | tuple):
            return f"{name} in [roles] has to be a list: {HOW}"
        if bad := [one for one in entries if not isinstance(one, str) or not ENTRY.fullmatch(one.strip())]:
            return f"{name} in [roles] has {bad[0]!r}, no e-mail address, claim=value or *"
    return ""


def role_of(claims: Mapping[str, Any], said: Mapping[str, Sequence[str]]) -> Role | None:
    """The highest role that an entry gives to these claims; None where no entry does."""
    given = [name for name in ROLES if any(_fits(one.strip(), claims) for one in said.get(name, ()))]
    return given[-1] if given else None


def identity(claims: Mapping[str, Any]) -> str:
    """The name that verdicts carry: the verified e-mail address, else a name with the provider's own id.

    A name alone, or an address that nobody has verified, could be somebody else's.
    """
    if address := _verified(claims):
        return address
    name = next((str(claims[key]) for key in ("name", "preferred_username") if claims.get(key)), "")
    sub = str(claims.get("sub") or "")
    return f"{name} ({sub})" if name and sub else sub


def _verified(claims: Mapping[str, Any]) -> str:
    address = claims.get("email")
    known = isinstance(address, str) and claims.get("email_verified") in (True, "true")
    return str(address).strip().casefold() if known else ""


def _fits(entry: str, claims: Mapping[str, Any]) -> bool:
    if entry == "*":
        return True
    if "=" in entry:
        name, _, value = entry.partition("=")
        return value in set(_texts(_claim(claims, name)))
    address, wanted = _verified(claims), entry.casefold()
    if wanted.startswith("*@"):
        return address.rpartition("@")[2] == wanted[2:] and address.count("@") == 1
    return address == wanted


def _claim(claims: Mapping[str, Any], name: str) -> Any:
    """A claim by its name, or inside others by a name with dots; None where there is none."""
    if name in claims:
        return claims[name]
    first, dot, rest = name.partition(".")
    inner = claims.get(first) if dot else None
    return _claim(inner, rest) if isinstance(inner, Mapping) else None


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, list | tuple):
        return [text for one in value for text in _texts(one)]
    if isinstance(value, bool):
        return [str(value).lower()]
    return [str(value)] if isinstance(value, str | int) else []
