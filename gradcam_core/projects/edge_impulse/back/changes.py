"""What is to be changed at samples in Studio: pure, from how they stand and how they should."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from gradcam_core.projects.edge_impulse.api.fields import Document, text
from gradcam_core.projects.edge_impulse.remote import texts

PREFIX = "gradcam_"  # of every metadata key that is ours; others are never touched
Field = Literal["metadata", "category", "disabled"]
Value = Mapping[str, str] | str | bool


@dataclass(frozen=True)
class Standing:
    """A sample as it is in Studio now."""

    id: str
    name: str
    category: str
    disabled: bool
    metadata: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: Field) -> Value:
        """The field; of metadata only what is ours."""
        if name == "metadata":
            return {key: value for key, value in self.metadata.items() if key.startswith(PREFIX)}
        return self.category if name == "category" else self.disabled


@dataclass(frozen=True)
class Wish:
    """A sample as it should be. None leaves a field as it is; ``metadata`` is all of ours."""

    metadata: Mapping[str, str] | None = None
    category: str | None = None
    disabled: bool | None = None


@dataclass(frozen=True)
class Change:
    """One field of one sample, before and after; turned round it is its own undoing."""

    sample: str
    field: Field
    before: Value
    after: Value

    def undone(self) -> "Change":
        """The change back."""
        return Change(self.sample, self.field, self.after, self.before)

    def to_json(self) -> dict[str, Any]:
        """JSON-able."""
        return asdict(self)


def from_json(value: Mapping[str, Any]) -> Change:
    """The reverse of :meth:`Change.to_json`.

    Raises:
        KeyError, TypeError: it is none.
    """
    return Change(str(value["sample"]), value["field"], value["before"], value["after"])


def standing_of(one: Document) -> Standing:
    """A sample of the API's answer."""
    return Standing(
        str(one.get("id")),
        text(one, "filename") or str(one.get("id")),
        text(one, "category") or "",
        one.get("isDisabled") is True,
        texts(one.get("metadata")),
    )


def changes_of(standing: Mapping[str, Standing], wishes: Mapping[str, Wish]) -> Iterator[Change]:
    """What has to be done; nothing for what is so already. Metadata first: a sample that is moved
    or disabled says why."""
    for sample, wish in wishes.items():
        if sample in standing:
            yield from _changes(standing[sample], wish)


def _changes(now: Standing, wish: Wish) -> Iterator[Change]:
    fields: tuple[Field, ...] = get_args(Field)
    for part in fields:
        wanted = getattr(wish, part)
        if wanted is not None and wanted != now.of(part):
            yield Change(now.id, part, now.of(part), wanted)
