"""Tables with a column for each class whose cells say more than yes and no: refused by name."""

import pandas as pd

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.text import short
from gradcam_core.projects.folder.sample_table import Manifest

_FLAGS = frozenset((0.0, 1.0, -1.0))
_TODO = "write the one label that counts into a column `label`"


def class_columns(table: Manifest) -> list[str]:
    """Columns of a table without a label column that say yes or no of each picture: 1, 0, -1 or nothing."""
    if table.label_column is not None:
        return []
    names = [str(name) for name in table.frame.columns if name != table.path_column]
    return [name for name in names if _is_flag(table.frame[name])]


def _is_flag(column: "pd.Series[float]") -> bool:
    if not pd.api.types.is_numeric_dtype(column):
        return False
    seen = {float(value) for value in column.dropna().unique()}
    return bool(seen) and seen <= _FLAGS


def refuse_columns(table: Manifest) -> None:
    """A column for each class in place of labels.

    Raises:
        ProjectError: names the columns.
    """
    names = class_columns(table)
    if len(names) > 1:
        found = f"a column for each class in {table.file.name}: {short(', '.join(names[:6]))}"
        todo = f"{_TODO}, or audit without labels: --labels-from=folders"
        raise ProjectError("one column with the label of each picture", found, todo)
