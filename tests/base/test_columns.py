"""Columns are compared without case and blanks."""

from gradcam_core.base.columns import PATH_COLUMNS, first_of, plain_names


def test_an_id_names_the_picture_only_where_nothing_else_does() -> None:
    assert first_of(plain_names(["id", "File Name"]), PATH_COLUMNS) == "File Name"
    assert first_of(plain_names([" ID ", "label"]), PATH_COLUMNS) == " ID "
    assert first_of(plain_names(["label"]), PATH_COLUMNS) is None


def test_the_first_of_two_alike_counts() -> None:
    assert plain_names(["Path", "path"]) == {"path": "Path"}
