"""What do people say, and do they agree? Progress, agreement, and what to talk about."""

from ui import layout
from ui.reviews import board, brought, who

run = layout.page("Verdicts", "What do people say, and do they agree?")
with layout.boundary():
    who.ask()
    board.headline(run)
    board.progress(run)
    board.agreement(run)
    board.meeting(run)
    board.unplaced(run)
    brought.panel(run)
    board.settings(run)
