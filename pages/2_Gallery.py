"""Which samples look away? One grid of pictures with overlays; filters, order and page in the URL."""

from ui import layout

run = layout.page("Gallery", "Which samples look away?")
