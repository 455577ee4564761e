"""The bar of the tour above every page, and the button that begins the tour.

Little is imported before it is needed: most visitors are on no tour.
"""

import streamlit as st

from mnist_core.language import translation
from mnist_core.language.translation import _
from ui.shell import address, language
from ui.tour import progress
from ui.tour.progress import STOPS, Progress

# The visitor has asked to be led to the stop.
_GO = "tour/go"
_LOOK_SECONDS = 1.0


def start_button() -> None:
    """Offer the tour, or to take it up again; nothing while the visitor is on it."""
    found = progress.read()
    if found.active:
        return
    began = 0 < found.stop < STOPS
    label = _("Show me, 5 minutes")
    if began:
        label = _("Go on with the tour ({number} of {count})", number=found.stop + 1, count=STOPS)
    again = Progress(found.stop if began else 0, active=True)
    st.button(label, key="tour-start", icon=":material/tour:", on_click=_lead, args=(again,))


def bar() -> None:
    """Show the bar above a page, if the visitor is on the tour."""
    found = progress.read()
    if found.active:
        # Strokes and trainings do not run the page again: the bar looks for itself.
        every = None if found.done or found.stop == STOPS else _LOOK_SECONDS
        st.fragment(_bar, run_every=every)()


def _bar() -> None:
    """In the visitor's language, also above a page that is in English only."""
    with translation.using(language.reads()):
        _show_bar()


def _show_bar() -> None:
    from ui.tour.stops import ALL, END, END_PAGE
    from ui.widgets.tour_bar.tour_bar import tour_bar

    found, here = progress.read(), address.path()
    if not found.active:
        # Left just now: the bar goes with the next run of the page.
        address.rerun()
    stop = None if found.stop == STOPS else ALL[found.stop]
    page, view = (END_PAGE, None) if stop is None else (stop.page, stop.view)
    is_here = here == page and view in (None, st.query_params.get("view"))
    if st.session_state.pop(_GO, False):
        _open(page, view, is_here=is_here)
    elsewhere = "" if is_here else _("Go there")
    if stop is None:
        on_go, words, go = found, _(END), elsewhere
    else:
        if is_here:
            found = progress.look(stop.evidence(), anew=stop.anew)
        names = [_(one.name) for one in ALL[1:]] + [_("what people ask")]
        go = _("Next: {stop}", stop=names[found.stop]) if found.done else elsewhere
        on_go = found.next() if found.done else found
        words = f"{_('Done.')} {_(stop.words)}" if found.done else f"{_(stop.words)} {_(stop.task)}"
    left = Progress() if stop is None else Progress(found.stop)
    tour_bar(
        words,
        count="" if stop is None else _("{number} of {count}", number=found.stop + 1, count=STOPS),
        is_done=found.done,
        go=go,
        cookies=(progress.COOKIE, found.cookie, left.cookie),
        on_go=lambda: _lead(on_go),
        on_leave=lambda: progress.keep(left),
    )


def _open(page: str, view: str | None, *, is_here: bool) -> None:
    if view is not None:
        st.switch_page(f"pages/{page}.py", query_params=language.link(view=view))
    if not is_here:
        st.switch_page(f"pages/{page or 'home'}.py", query_params=language.link())


def _lead(there: Progress) -> None:
    """Lead the visitor to a stop; a callback."""
    progress.keep(there)
    st.session_state[_GO] = True
