"""Grad-CAM audit from Python: the names in ``__all__`` are the ones that we promise to keep.

Each is imported when it is first asked for: ``import gradcam_core`` alone imports neither TensorFlow nor
Streamlit, nor anything else that takes time.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gradcam_core.auditing.door import audit as audit
    from gradcam_core.auditing.explain import explain as explain
    from gradcam_core.base.errors import AuditError as AuditError
    from gradcam_core.findings.door import find as find
    from gradcam_core.maps.focus import background_focus as background_focus
    from gradcam_core.projects.door import open_project as open_project
    from gradcam_core.runs.compare import compare as compare
    from gradcam_core.runs.door import open_run as open_run
    from gradcam_core.runs.export import export as export
    from gradcam_core.runs.gate import check as check
    from gradcam_core.runs.report.door import report as report

__version__ = "0.2.0"

_LIVES_IN = {
    "AuditError": "base.errors",
    "audit": "auditing.door",
    "background_focus": "maps.focus",
    "check": "runs.gate",
    "compare": "runs.compare",
    "explain": "auditing.explain",
    "export": "runs.export",
    "find": "findings.door",
    "open_project": "projects.door",
    "open_run": "runs.door",
    "report": "runs.report.door",
}

__all__ = list(_LIVES_IN)


def __getattr__(name: str) -> Any:
    if name not in _LIVES_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_LIVES_IN[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*_LIVES_IN, "__version__"])
