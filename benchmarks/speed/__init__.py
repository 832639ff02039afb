"""How fast are the maps? Ours, `keras.predict` and other libraries, side by side in one run."""
