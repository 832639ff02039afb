"""How the dashboard behaves on large runs: `python -m benchmarks.dashboard --report`."""
