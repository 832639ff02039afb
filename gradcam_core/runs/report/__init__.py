"""A run as HTML: pieces for notebooks, one page with pictures for a deployment block."""
