"""What is in this audit? The answer in one sentence, then the evidence."""

from ui import layout, overview, state
from ui.findings import trust

run = layout.page("Overview", "What is in this audit?")
with layout.boundary():
    map_set = state.map_set(run)
    overview.subject(run, map_set)
    overview.banner(run, map_set)
    trust.small(run, map_set)
    overview.choose_maps(run, map_set)
    overview.focus(run, map_set)
    overview.answers_and_findings(run)
    overview.mean_heat(run, map_set)
    overview.skipped(run, map_set)
    overview.understood(run)
