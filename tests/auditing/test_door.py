"""audit from Python: what is taken as a project, and what is refused before anything is computed."""

from pathlib import Path

import pytest

from gradcam_core.auditing.door import audit
from gradcam_core.base.errors import AuditError, ProjectError
from gradcam_core.projects import open_project
from gradcam_core.projects.door import open_project as open_view


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))


def test_a_project_inside_or_as_a_view_gives_the_same_run(tiny_project: Path, tmp_path: Path) -> None:
    one = audit(open_project(tiny_project), engine="tensorflow", maps="classic")
    other = audit(open_view(tiny_project).thinned(4), engine="tensorflow", maps="classic")
    assert one.path.parent == other.path.parent == tmp_path / "runs", "the home's own folder"
    assert one.map_sets == ("classic",) and len(other.samples) == 4
    same = one.samples.set_index("sample_id").loc[list(other.samples["sample_id"]), "background_focus"]
    assert list(same.dropna()) == list(other.samples["background_focus"].dropna())


def test_options_are_checked_before_the_project_is_opened(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="a CAM method out of"):
        audit(tmp_path / "nowhere", method="cam")
    with pytest.raises(TypeError, match="metod"):
        audit(tmp_path / "nowhere", metod="grad-cam")  # type: ignore[call-arg]
    with pytest.raises(ProjectError):
        audit(tmp_path / "nowhere")
