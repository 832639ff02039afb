"""Grad-CAM audit core. Importing it does not import TensorFlow."""
