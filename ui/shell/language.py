"""Which language a visitor reads, and which one the open page is written in.

He reads what he chose, or what the address says (`lang=de`), or else what his browser asks for. Not
every page has been translated: the others are English for everybody, and say so.
"""

import re
from collections.abc import Iterator

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mnist_core.language import catalogues, translation
from mnist_core.language.catalogues import SOURCE
from mnist_core.language.translation import _

PARAMETER = "lang"
"""Its name in the address."""

TRANSLATED = ("", "draw", "class")
"""The paths of the pages that speak all languages; "" is Home's."""

_CHOSEN, _IN_ADDRESS, _PREFERRED = "language/chosen", "language/in-address", "language/preferred"
_OF_PAGE, _WAS_OTHER = "language/of-page", "language/was-other"
_WEIGHED = re.compile(r"([A-Za-z]{1,8}(?:[-_][A-Za-z0-9]{1,8})*)(?:;\s*q=([01](?:\.[0-9]{0,3})?))?")


def begin_run(path: str) -> None:
    """Find out which language is read now; at the start of each run of a whole page.

    Args:
        path: the page's.
    """
    translation.ask(of_page)
    asked = st.query_params.get(PARAMETER)
    # What the page itself has written there says nothing new: it may be older than a choice.
    if asked in catalogues.codes() and asked != st.session_state.get(_IN_ADDRESS):
        st.session_state[_CHOSEN] = asked
    st.session_state[_OF_PAGE] = reads() if path in TRANSLATED else SOURCE


def end_run() -> None:
    """Put a choice into the address, unless it stands there already; at the end of each run."""
    chosen = st.session_state.get(_CHOSEN)
    if chosen is not None and st.query_params.get(PARAMETER) != chosen:
        st.query_params[PARAMETER] = chosen
    st.session_state[_IN_ADDRESS] = chosen


def reads() -> str:
    """The code of the language that the visitor reads."""
    if _PREFERRED not in st.session_state:
        st.session_state[_PREFERRED] = _preferred()
    found: str = st.session_state.get(_CHOSEN) or st.session_state[_PREFERRED]
    return found


def of_page() -> str:
    """The code of the language that the open page is written in; English where there is none."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return SOURCE
    found: str = st.session_state.get(_OF_PAGE, SOURCE)
    return found


def link(**query: str) -> dict[str, str]:
    """This query of an address, with the language in it, if the visitor has chosen one."""
    chosen = st.session_state.get(_CHOSEN)
    return query if chosen is None else {**query, PARAMETER: chosen}


def switch() -> None:
    """Offer the other languages, each by the name it has for itself."""
    for code in catalogues.codes():
        if code != reads():
            name = catalogues.own_name(code)
            st.button(name, key=f"lang-{code}", type="tertiary", on_click=_choose, args=(code,))


def say_so() -> None:
    """Tell the browser which language the page is in, and the visitor if it is not his."""
    here, wanted = of_page(), reads()
    # Streamlit's page says that it is English: nothing to say where it always was.
    if here != SOURCE or st.session_state.get(_WAS_OTHER):
        st.session_state[_WAS_OTHER] = True
        with st.container(key="page-language"):
            # One of our own codes: nothing that came from outside.
            script = f"<script>document.documentElement.lang = {here!r}</script>"
            st.html(script, unsafe_allow_javascript=True)
    if here != wanted:
        with translation.using(wanted):
            st.caption(_("This page is in English only, so far."))


def _choose(code: str) -> None:
    st.session_state[_CHOSEN] = code


def _preferred() -> str:
    """The first language that the browser asks for and that there is."""
    for asked in _asked_for():
        # "de-AT" is content with "de"; "pt" is content with nothing less than "pt".
        names = (asked.replace("-", "_"), re.split("[-_]", asked)[0])
        found = next((code for code in catalogues.codes() if code in names), None)
        if found is not None:
            return found
    return SOURCE


def _asked_for() -> Iterator[str]:
    """The languages that the browser names, the one that its visitor likes best first."""
    if isinstance(locale := st.context.locale, str):
        yield locale
    header = st.context.headers.get("Accept-Language")
    if isinstance(header, str):
        named = [(float(weight or 1), name) for name, weight in _WEIGHED.findall(header[:200])]
        yield from (name for _, name in sorted(named, key=lambda one: -one[0]))
