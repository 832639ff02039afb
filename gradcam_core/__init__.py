"""Grad-CAM audit core: a project becomes a run. Importing it does not import TensorFlow."""

__version__ = "0.2.0"
