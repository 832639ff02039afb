"""Reads what counts as the object."""
