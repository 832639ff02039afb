"""Several labels per picture."""
