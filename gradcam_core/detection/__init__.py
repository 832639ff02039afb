"""Object detection by a grid of cells, as Edge Impulse's FOMO does it: a cell names a class or background.

Channel 0 is background. Neighbouring cells of one class are one object; boxes are what it is held against.
"""

BACKGROUND = "background"
THRESHOLD = 0.5  # Edge Impulse's own where the block has none
