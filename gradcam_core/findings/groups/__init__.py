"""Groups of samples and what goes with what: clusters, the plane they lie in, associations."""
