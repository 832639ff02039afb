"""Did the fix work? Two audits over the same pictures: what became of each cue and of each answer."""

from ui import compare, layout, state

run = layout.page("Before and after", "Did the fix work?")
with layout.boundary():
    compare.style()
    compare.page(run, state.map_set(run))
