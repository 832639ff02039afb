"""The gallery: one browser component for the whole grid and for one sample. Data in, events out."""
