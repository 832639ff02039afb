"""Every change of the disk fails in turn, in a process with ``faults.c`` preloaded.

``python -m tests.hostile.faults FOLDER LIBRARY EVERY`` prints how many changes each kind of work makes, and
what was neither the old nor the new afterwards. EVERY 1 fails each change, 7 every seventh.
"""
