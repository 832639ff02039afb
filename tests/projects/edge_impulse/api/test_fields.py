"""Fields of documents that came over the wire."""

import pytest

from gradcam_core.base.errors import SourceError
from gradcam_core.projects.edge_impulse.api.fields import objects, required, text, whole

DOCUMENT = {"id": 7, "name": "pets", "empty": "", "yes": True, "list": [{"a": 1}, 2, None]}


def test_a_field_of_its_kind_is_given() -> None:
    assert required(DOCUMENT, "id", int, "GET /x") == 7
    assert required(DOCUMENT, "name", (str, int), "GET /x") == "pets"


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("gone", int, r"the field gone \(int\) in GET /x; found nothing"),
        ("name", int, "found a str"),
        ("yes", int, "found a bool"),
        ("id", (str, list), r"\(str or list\).*found a int"),
    ],
)
def test_a_field_of_another_kind_is_named(name: str, kind: type, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        required(DOCUMENT, name, kind, "GET /x")


def test_what_may_be_absent_is_none_or_nothing() -> None:
    assert (text(DOCUMENT, "name"), text(DOCUMENT, "empty"), text(DOCUMENT, "id")) == ("pets", None, None)
    assert (whole(DOCUMENT, "id"), whole(DOCUMENT, "yes"), whole(DOCUMENT, "name")) == (7, None, None)
    assert objects(DOCUMENT, "list") == [{"a": 1}] and objects(DOCUMENT, "name") == []
