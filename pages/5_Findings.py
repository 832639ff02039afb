"""What did the model learn that it should not? Findings with their evidence, strongest first."""

from ui import download, findings, layout, state
from ui.findings import trust

run = layout.page("Findings", "What did the model learn that it should not?")
with layout.boundary():
    map_set = state.map_set(run)
    findings.style()
    findings.headline(run, map_set)
    trust.panel(run)
    findings.evidence(run, map_set)
    findings.contexts(run)
    findings.again(run)
    download.findings(run)
