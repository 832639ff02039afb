"""Visual anomaly: how unlikely each cell of a picture is, learned from normal pictures alone."""
