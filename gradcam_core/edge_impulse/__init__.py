"""Edge Impulse: its API, its exports and its deployment folder -> plain data on disk and a project."""
