"""Verdicts on the pages: who gives them, what is shown of them, how they are kept and counted."""
