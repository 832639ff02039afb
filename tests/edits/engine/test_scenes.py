"""The test set that edits work on."""

from dataclasses import replace

import pytest

from tests.edits.made import by_object, scenes_for


def test_rows_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="expected 3 rows"):
        replace(scenes_for(by_object), ids=("a", "b", "c"))
