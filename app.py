"""Entry: ``streamlit run app.py``. Opens on the Overview; every page in ``pages/`` stands alone."""

import streamlit as st

from ui import state

st.switch_page("pages/1_Overview.py", query_params=state.query())
