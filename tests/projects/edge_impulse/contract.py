"""Every reply of the contract server is held against the official bindings before it is sent."""

from collections.abc import Mapping
from typing import Any

import edgeimpulse_api.models as models
from pydantic import BaseModel

THRESHOLD = ("key", "description", "helpText", "value")


def checked(kind: str, document: dict[str, Any]) -> dict[str, Any]:
    """The document, if the binding class ``kind`` takes it and knows each of its fields."""
    model: type[BaseModel] = getattr(models, kind)
    parsed = model.parse_obj(_with_thresholds(document))
    _only_known(type(parsed), document, kind)
    return document


def _with_thresholds(document: dict[str, Any]) -> dict[str, Any]:
    """The bindings cannot read the value of a threshold (a number matches both of its alternatives)."""
    if "thresholds" not in document:
        return document
    for one in document["thresholds"]:
        assert set(THRESHOLD) <= set(one) and isinstance(one["value"], int | float)
    built = [models.BlockThreshold.construct(**one) for one in document["thresholds"]]
    return {**document, "thresholds": built}


def _only_known(model: type[BaseModel], document: Mapping[str, Any], where: str) -> None:
    fields = {field.alias: field for field in model.__fields__.values()}
    strange = set(document) - set(fields)
    assert not strange, f"{where} has no {strange}"
    for name, value in document.items():
        inner = fields[name].type_
        if isinstance(inner, type) and issubclass(inner, BaseModel) and name != "thresholds":
            for one in value if isinstance(value, list) else [value]:
                _only_known(inner, one, f"{where}.{name}")
