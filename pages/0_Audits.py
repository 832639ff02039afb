"""Which models were audited, and do they cheat? One card for each audit, newest first."""

from ui import audits, layout
from ui.findings import style

layout.frame("Audits", "Which models were audited, and do they cheat?")
with layout.boundary():
    style()
    audits.cards()
