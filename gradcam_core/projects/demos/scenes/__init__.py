"""The scenes of the built-in demos, drawn from seeds with NumPy."""
