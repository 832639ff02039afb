"""Who may look: sign-in where the operator configured it, otherwise whoever reaches loopback."""

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError


def sign_in_configured() -> bool:
    """True where ``.streamlit/secrets.toml`` has an ``[auth]`` section."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def gate() -> None:
    """Stop the page for people who are not signed in. Called before any data is touched, by every page."""
    if not sign_in_configured() or st.user.get("is_logged_in"):
        return
    st.title("Sign in to see the audits")
    st.button("Sign in", on_click=st.login, type="primary")
    st.stop()
