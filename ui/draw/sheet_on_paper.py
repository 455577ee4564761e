"""On paper instead: a sheet to print, fill in by pen and photograph."""

from hashlib import sha256

import streamlit as st

from mnist_core.drawing import photo_limits
from mnist_core.language.translation import _, to_translate
from mnist_core.paper.problems import UnreadableSheet
from mnist_core.paper.reading import SheetReading, read_sheet
from ui.draw import score_sheet
from ui.shell import lost_session
from ui.shell.lost_session import Remembered
from ui.visitors import request_limits
from ui.widgets.sheet_download.sheet_download import sheet_download

_IS_CHOSEN: Remembered[bool] = Remembered("hand/on-paper", bool, False)
_REFUSED = "hand/photo-refused"
_PHOTO = "hand-photo"
_LOST = to_translate(
    "The connection to the server was lost, and your photo with it. Please send it again."
)


def is_chosen() -> bool:
    """Whether the visitor writes on paper."""
    return _IS_CHOSEN.get()


def offer(key: str) -> None:
    """Offer paper, wherever one can begin."""
    st.button(
        _("On paper instead"),
        key=key,
        type="tertiary",
        icon=":material/print:",
        on_click=_IS_CHOSEN.set,
        args=(True,),
    )


def show() -> None:
    """Show how it goes: print, write, send a photo."""
    st.subheader(_("Write your digits on paper"), anchor=False)
    st.markdown(_("**1.** Print a sheet. Scale and colour do not matter."))
    with st.container(horizontal=True):
        sheet_download(key="hand-sheet")
    st.markdown(
        _("**2.** Write the twenty digits with a dark pen. Leave a box empty if you like.")
        + "\n\n"
        + _("**3.** Take a photo from above, with all four corner marks in the picture.")
    )
    sent = st.file_uploader(
        _("A photo or scan of your sheet"),
        key=_PHOTO,
        help=_(
            "JPEG, PNG, WebP, AVIF, GIF, BMP, TIFF or the first page of a PDF, at most {size} MB. "
            "It is read in the server's memory and never stored; the twenty digits go on as if "
            "you had drawn them here.",
            size=photo_limits.LARGEST_BYTES // 1_000_000,
        ),
    )
    if sent is not None:
        _take(sent.getvalue())
    elif lost_session.has_sent_files(_PHOTO):
        st.warning(_(_LOST))
    st.button(
        _("Draw on the screen instead"),
        key="hand-on-screen",
        type="tertiary",
        icon=":material/draw:",
        on_click=_IS_CHOSEN.set,
        args=(False,),
    )


def _take(data: bytes) -> None:
    """Go on with what is on the photo, or say why that cannot be; a photo is looked at once."""
    digest = sha256(data).hexdigest()
    known, problem = st.session_state.get(_REFUSED, ("", ""))
    if known == digest:
        st.warning(problem)
        return
    if refusal := request_limits.refusal(request_limits.PHOTOS):
        st.warning(f"{refusal} {_('Your photo is still here.')}")
        st.button(_("Try again"), key="hand-photo-again")
        return
    try:
        with st.spinner(_("Looking for the boxes on your photo …")):
            found = read_sheet(data)
    except UnreadableSheet as error:
        st.session_state[_REFUSED] = (digest, str(error))
        st.warning(str(error))
        return
    st.session_state.pop(_REFUSED, None)
    _IS_CHOSEN.set(False)
    score_sheet.begin_with(found.sheet, _remarks(found))
    st.rerun()


def _remarks(found: SheetReading) -> list[str]:
    return [one.sentence for one in found.remarks]
