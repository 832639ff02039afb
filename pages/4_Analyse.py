"""Which project shall be audited? Look at it first, then start; the work runs on its own."""

from ui import analyse, layout

layout.frame("Analyse", "Which project shall be audited?", needs="editor")
with layout.boundary():
    running = analyse.busy()
    if running:
        analyse.audits()
    analyse.ask()
    if job := analyse.look():
        analyse.understood(job)
    if not running:
        analyse.audits()
