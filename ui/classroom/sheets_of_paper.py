"""Sheets of paper: printed for those without a tablet, photographed, and in the room as people."""

from hashlib import sha256

import streamlit as st

from mnist_core.classroom.drawings import ClassDrawing, write_drawing
from mnist_core.classroom.schema import ClassesUnavailable
from mnist_core.classroom.store import NotAllowed
from mnist_core.handwriting.score import Sheet
from mnist_core.language.translation import _, n_
from ui.classroom.class_page import ClassPage, classes
from ui.shell import address
from ui.visitors import request_limits

STEP = "write"
MOST_PHOTOS = 30
# By the photo: what became of it, as a sentence; empty if it is in the room.
_OUTCOMES = "class/photo-outcomes"


def sheets_of_paper(page: ClassPage) -> None:
    """Print sheets, and send the photos of those that are filled in."""
    if not st.toggle(_("Sheets of paper"), key="class-paper"):
        return
    # Not at the top: few classes need it.
    from ui.widgets.sheet_download.sheet_download import sheet_download

    sheet_download(key="class-sheet")
    sent = st.file_uploader(
        _("Photos of filled sheets, one sheet on each"),
        key="class-photos",
        accept_multiple_files=True,
    )
    if len(sent) > MOST_PHOTOS:
        st.warning(_("These are many: the first {n} are read.", n=MOST_PHOTOS))
    _read_next(page, {one.name: one.getvalue() for one in sent[:MOST_PHOTOS]})


def _read_next(page: ClassPage, photos: dict[str, bytes]) -> None:
    """Read one photo in each run, so that the screen goes on meanwhile; say what has become of all.

    Args:
        page: the teacher's.
        photos: by their names.
    """
    outcomes: dict[str, str] = st.session_state.setdefault(_OUTCOMES, {})
    keys = {name: f"{page.code} {sha256(data).hexdigest()}" for name, data in photos.items()}
    waiting = [name for name, key in keys.items() if key not in outcomes]
    if photos:
        words = _(
            "{number} of {count} photos checked",
            number=len(photos) - len(waiting),
            count=len(photos),
        )
        st.progress(1 - len(waiting) / len(photos), words)
    for name, key in keys.items():
        if problem := outcomes.get(key):
            # As plain text: a photo may be called anything.
            st.text(f"{name}: {problem}")
    if not waiting:
        return
    if refusal := request_limits.refusal(request_limits.PHOTOS):
        st.warning(refusal)
        st.button(_("Go on"), key="class-photos-go-on")
        return
    outcomes[keys[waiting[0]]] = _take(page, photos[waiting[0]])
    address.rerun()


def _take(page: ClassPage, data: bytes) -> str:
    """Have the sheet on a photo in the room as a person; what was wrong, or an empty text."""
    from mnist_core.paper.problems import UnreadableSheet
    from mnist_core.paper.reading import read_sheet

    try:
        found = read_sheet(data)
        # The same photo, sent again, is the same person.
        browser = f"paper {sha256(data).hexdigest()}"
        person, _secret = classes().join(page.code, browser, is_paper=True)
        classes().contribute(page.code, person, STEP, _slots(found.sheet))
    except (UnreadableSheet, NotAllowed, ClassesUnavailable) as problem:
        return str(problem)
    count = len(found.remarks)
    if not count:
        return ""
    doubtful = n_("{n} box is doubtful.", "{n} boxes are doubtful.", count)
    return f"{doubtful} {' '.join(one.sentence for one in found.remarks)}"


def _slots(sheet: Sheet) -> dict[str, bytes]:
    """What is on a sheet, by slot: the digit, and for the second of each "7-2"."""
    slots: dict[str, bytes] = {}
    for drawing in sheet.drawings:
        if drawing is None:
            continue
        first = f"{drawing.label}"
        slot = f"{first}-2" if first in slots else first
        slots[slot] = write_drawing(ClassDrawing(drawing.label, drawing.image))
    return slots
