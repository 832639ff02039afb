"""Messages say what was expected, what was found and what to do."""

from gradcam_core.base.errors import AuditError, ModelError, UntrustedModelError


def test_a_message_has_the_parts_that_there_are() -> None:
    assert str(AuditError("a file")) == "expected a file"
    assert str(AuditError("a file", todo="name one")) == "expected a file; to do: name one"
    error = AuditError("a file", "a folder", "name a file")
    assert str(error) == "expected a file; found a folder; to do: name a file"
    assert (error.expected, error.found, error.todo) == ("a file", "a folder", "name a file")


def test_a_model_that_holds_code_is_a_model_that_cannot_be_used() -> None:
    assert issubclass(UntrustedModelError, ModelError)
