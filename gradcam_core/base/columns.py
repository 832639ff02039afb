"""What tables call the column that names a picture, and how columns are compared."""

from collections.abc import Iterable, Mapping

PATH_COLUMNS = (
    *("path", "file", "filename", "file_name", "file_path", "filepath", "image_path", "image_file"),
    *("image_name", "image", "image_id", "img", "picture", "sample"),
    *("imageid", "image_index", "img_path", "img_name", "id_code", "patientid", "id", "name"),
)
"""The likeliest first: an ``id`` counts where nothing else names a file."""


def plain_name(column: object) -> str:
    """A column's name as it is compared: ``Image Index`` is ``image_index``."""
    return str(column).strip().lower().replace(" ", "_")


def plain_names(columns: Iterable[object]) -> dict[str, str]:
    """Plain name -> name as the table writes it; the first of two that are alike."""
    found: dict[str, str] = {}
    for column in columns:
        found.setdefault(plain_name(column), str(column))
    return found


def first_of(names: Mapping[str, str], wanted: Iterable[str]) -> str | None:
    """The table's name of the first wanted column that is there."""
    return next((names[name] for name in wanted if name in names), None)
