"""What do the pictures give away without any model? Copies, what the label can be read from, counts."""

from ui import analyse, dataset, layout

layout.frame("Data", "What do the pictures give away, without any model?", needs="editor")
with layout.boundary():
    dataset.ask()
    if job := analyse.look("data", "data"):
        dataset.found(job)
