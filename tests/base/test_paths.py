"""Everything lives below one home folder."""

from pathlib import Path

import pytest

from gradcam_core.base import paths


def test_the_home_is_the_one_that_was_set_or_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path / "elsewhere"))
    assert paths.home() == (tmp_path / "elsewhere").resolve()
    monkeypatch.delenv("GRADCAM_HOME")
    monkeypatch.chdir(tmp_path)
    assert paths.home() == tmp_path.resolve()


def test_each_kind_of_thing_has_a_folder_of_its_own() -> None:
    folders = [paths.runs_dir(), paths.demos_dir(), paths.jobs_dir(), paths.cache_dir()]
    assert {folder.parent for folder in folders} == {paths.home()}
    assert len(set(folders)) == len(folders)
