"""What the edits share: the test set as they see it, filling, places for controls, the run over samples."""
