"""Which samples are alike? An embedding of maps or pictures to select from, and the groups."""

from ui import clusters, layout, state

run = layout.page("Clusters", "Which samples are alike?")
with layout.boundary():
    clusters.clusters(run, state.map_set(run))
