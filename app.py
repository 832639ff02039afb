"""Entry: ``streamlit run app.py``. Opens on the list of audits; every page in ``pages/`` stands alone.

The server imports this file for ``app``, the pages behind their wall; a session runs it as its script.
"""

import sys

import streamlit as st
from starlette.middleware import Middleware
from streamlit.starlette import App

from ui import access, state
from ui.server import Guard

if __name__ == "__main__":
    st.switch_page("pages/0_Audits.py", query_params=state.query())
else:
    access.begin(sys.argv[1:])
    app = App(__file__, middleware=[Middleware(Guard)])
