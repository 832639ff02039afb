"""Copy link: what is seen lives in the address, so the address of any state is a link to it."""

from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
_mount = st.components.v2.component(
    "gradcam_share",
    html='<div class="share"><button type="button">Copy link</button><span role="status"></span></div>',
    css=(HERE / "share.css").read_text(encoding="utf-8"),
    js=(HERE / "share.js").read_text(encoding="utf-8"),
)


def copy_link() -> None:
    """A button that puts the page's address, with everything chosen on it, on the clipboard."""
    _mount(key="copy_link")
