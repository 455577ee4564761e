"""How many people are here at once, in all and from one address; whoever is too many waits."""

from collections import Counter

import streamlit as st
from streamlit import runtime

from mnist_core.system import client_address, events, server_settings
from ui.visitors import client, hourly_clean_up, memory_limits

_IS_IN = "people/is-in"
_LOOK_SECONDS = 10.0


def let_in() -> None:
    """End the page with a sentence, and look again in a moment, where too many are here already.

    Whoever has been let in stays: nobody is sent away in the middle of something.
    """
    memory_limits.keep_small()
    if st.session_state.get(_IS_IN):
        return
    refusal = None if client.is_owner() else _too_many()
    if refusal is None:
        st.session_state[_IS_IN] = True
        hourly_clean_up.delete_old()
        return
    limit, reason = refusal
    events.refused(limit)
    st.title("A moment, please", anchor=False)
    st.info(reason, icon=":material/hourglass_top:")
    st.fragment(_look_again, run_every=_LOOK_SECONDS)()
    st.stop()


def _look_again() -> None:
    if _too_many() is None:
        st.rerun()


def _too_many() -> tuple[str, str] | None:
    """Which setting lets no more people in, and why, as a sentence; None if this one fits in."""
    networks = networks_inside()
    if len(networks) >= server_settings.max_sessions():
        return server_settings.max_sessions.name, (
            "As many people are using Digit Lab as this server can bear. This page opens by itself "
            "as soon as somebody leaves."
        )
    most = server_settings.sessions_per_address()
    if Counter(networks)[client.network()] >= most:
        return server_settings.sessions_per_address.name, (
            f"{most} pages of Digit Lab are open at your address, as many as one address may have "
            "here. Close one that you do not need: this page then opens by itself."
        )
    return None


def networks_inside() -> list[str]:
    """The address that each page comes from which is open and was let in."""
    # Streamlit has no public list of sessions. A page in a test has none at all.
    manager = getattr(runtime.get_instance(), "_session_mgr", None)
    trusted, found = server_settings.trusted_proxies(), list[str]()
    for one in manager.list_active_sessions() if manager else ():
        context = one.client.client_context
        if context is not None and _IS_IN in one.session.session_state:
            forwarded = [value for name, value in context.headers if name == "x-forwarded-for"]
            found.append(client_address.network_of(context.remote_ip, forwarded, trusted))
    return found
