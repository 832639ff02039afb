"""Numbers that networks for pictures were trained with, and how large a picture may be."""

import numpy as np

MAX_PIXELS = 89_478_485  # Pillow's own border between a picture and a decompression bomb
IMAGENET_MEAN = np.array((0.485, 0.456, 0.406), np.float32)  # of RGB in 0..1
IMAGENET_DEVIATION = np.array((0.229, 0.224, 0.225), np.float32)
IMAGENET_MEAN_BGR = np.array((103.939, 116.779, 123.68), np.float32)  # of BGR in 0..255
