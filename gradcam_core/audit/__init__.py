"""project -> run, on one machine or many. See docs/architecture.md."""
