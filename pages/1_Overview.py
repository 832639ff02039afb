"""What is in this audit? The strongest finding with its pictures, what was not found, the rest."""

from ui import download, layout, overview, state
from ui.findings import front, style, trust

run = layout.page("Overview", "What is in this audit?")
with layout.boundary():
    map_set = state.map_set(run)
    style()
    overview.subject(run, map_set)
    front.answer(run, map_set)
    front.not_found(run)
    front.rest(run, map_set)
    download.report(run)
    overview.banner(run, map_set)
    trust.small(run, map_set)
    overview.choose_maps(run, map_set)
    overview.answers_and_findings(run)
    overview.studio(run)
    overview.quantised(run)
    overview.focus(run, map_set)
    overview.mean_heat(run, map_set)
    overview.skipped(run, map_set)
    overview.understood(run)
