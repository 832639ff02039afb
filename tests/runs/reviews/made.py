"""Acts as tests need them: only what matters is said."""

from gradcam_core.runs.reviews.acts import Act


def act(verdict: str = "", reviewer: str = "Ana", sample: str = "s1", minute: int = 0, **more: str) -> Act:
    values = {"project": "pets", "hash": f"content of {sample}", **more}
    time = f"2026-01-31T09:{minute:02d}:00+00:00"
    return Act(sample=sample, reviewer=reviewer, verdict=verdict, time=time, **values)  # type: ignore[arg-type]
