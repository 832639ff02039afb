"""A project becomes a run, on one machine or on many."""
