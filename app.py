"""Entry: ``streamlit run app.py``. Opens on the list of audits; every page in ``pages/`` stands alone."""

import streamlit as st

from ui import state

st.switch_page("pages/0_Audits.py", query_params=state.query())
