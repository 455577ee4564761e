"""Who a visitor is: a random code that the browser holds, and nothing about the person."""

import hashlib
import re
import secrets

import streamlit as st

from ui.shell.lost_session import Remembered

COOKIE = "digit-lab-visitor"
"""The name of the cookie; `ui.server.visitor_cookie` sets it."""

_CODE = re.compile(r"[0-9a-f]{32}")
_KNOWN = "visitor/code"
# Of a browser that takes no cookies.
_OF_VISIT: Remembered[str] = Remembered("visitor/code-of-visit", str, "")


def new_code() -> str:
    """128 random bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def is_code(text: object) -> bool:
    """Whether this is a code as `new_code` makes them; what a browser sends may be anything."""
    return isinstance(text, str) and _CODE.fullmatch(text) is not None


def code() -> str:
    """The code of the browser that shows this page: 32 hexadecimal digits.

    It is the same in all tabs of a browser, after a reload, and after a restart of the server: the
    server gives it to the browser as a cookie together with the page, so it is known in the first
    run of a visit. A browser that takes no cookies (or a test without one) gets a fresh random code
    for each visit; `ui.shell.lost_session` finds that again when the connection was lost.

    Whoever knows the code can open what is kept under it, so it belongs in no file, log or address:
    `owner` is what may be written down.
    """
    if _KNOWN not in st.session_state:
        sent = st.context.cookies.get(COOKIE)
        st.session_state[_KNOWN] = sent if is_code(sent) else _code_of_visit()
    found: str = st.session_state[_KNOWN]
    return found


def _code_of_visit() -> str:
    found = _OF_VISIT.get()
    if not is_code(found):
        found = new_code()
        _OF_VISIT.set(found)
    return found


def owner() -> str:
    """What stands for this visitor in files: 32 hexadecimal digits that do not show the code."""
    return hashlib.sha256(f"owner {code()}".encode()).hexdigest()[:32]
