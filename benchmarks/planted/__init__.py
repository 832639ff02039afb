"""The planted-bias benchmark: drawn pictures, small trained networks, known reliance.

Every case plants one cue (or none) beside a core feature that tells the classes apart. Because the
renderer is ours, each hidden scene can be drawn again with only the cue flipped; the share of
predictions that follow is the network's *measured* reliance, and that is the truth the audit is
compared with. ``python -m benchmarks.planted --help``.
"""
