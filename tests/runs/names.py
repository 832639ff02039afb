"""Names of columns that several tests of runs use."""

FOCUS = "normalized_background_focus"
