"""The run folder: every file in it read and written, and pure questions on it."""
