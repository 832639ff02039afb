"""How many hostile inputs: a bounded number as a test, all of them by ``make hostile``."""

import os

from hypothesis import HealthCheck, settings

QUIET = list(HealthCheck)
settings.register_profile(
    "ci", max_examples=40, deadline=None, derandomize=True, suppress_health_check=QUIET
)
settings.register_profile("whole", max_examples=1_000, deadline=60_000, suppress_health_check=QUIET)
settings.load_profile(os.environ.get("HOSTILE", "ci"))
