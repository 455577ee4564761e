"""Photo: a picture of digits on paper is uploaded or taken, and a network reads it."""

from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.drawing import mnist_image, photo, photo_digits, photo_limits
from mnist_core.language.translation import _, to_translate
from mnist_core.models import store
from mnist_core.models.card import ModelCard
from mnist_core.system.text_format import whole_percent, with_article
from ui.pickers.model_picker import model_picker
from ui.shell import cached, lost_session
from ui.shell.address import Address
from ui.shell.calibrated_answers import read
from ui.shell.lost_session import Remembered
from ui.visitors import request_limits
from ui.widgets.answer.answer import SURE, in_words, show_answer
from ui.widgets.digit_tiles.digit_tiles import large_digit
from ui.widgets.photo_boxes.photo_boxes import ReadBox, photo_boxes
from ui.widgets.probability_bars.probability_bars import probability_bars

_WAYS = {"file": to_translate("Upload a picture"), "camera": to_translate("Use the camera")}
_LIMITS = to_translate(
    "JPEG, PNG, WebP, AVIF, GIF, BMP, TIFF or the first page of a PDF, at most {megabytes} MB and "
    "{millions} million pixels. It is read in the server's memory and never stored."
)
_PREPARED = to_translate(
    "The ink alone, its strokes made as thick as MNIST's, scaled to 20 pixels and moved until its "
    "centre of mass is in the middle of 28 × 28 pixels. White is ink."
)
_NO_CAMERA = to_translate(
    "This page came over plain http, and browsers lend the camera only to pages that come over "
    "https or from localhost. Send a picture instead: on a phone, the button below offers to take "
    "one."
)
_SHOWN, _PAGE = 340, 560
_LOST = to_translate(
    "The connection to the server was lost, and your photo with it, as photos are never stored. "
    "Please send it again."
)
_FOUND, _CHOSEN = "photo-found", "photo-chosen"
_WAS_LOST = "photo-was-lost"
# Another number makes the browser forget what it shows of a photo that is gone.
_NUMBER: Remembered[int] = Remembered("photo-number", int, 0)


@dataclass(frozen=True, eq=False)
class Page:
    """A photo and the digits on it, in the order of reading.

    Attributes:
        digest: tells the photo from others.
        picture: uint8 `(H, W, 3)`.
        digits: what was found.
        rows: how many of them stand in each row.
        best: the position of the largest and most central one.
        images: float32 `(n, 28, 28)`, prepared.
    """

    digest: str
    picture: NDArray[np.uint8]
    digits: tuple[photo_digits.PhotoDigit, ...]
    rows: tuple[int, ...]
    best: int
    images: NDArray[np.float32]


def show(here: Address) -> None:
    """Show the view; `model` in the address chooses it."""
    stage = st.container()
    card = model_picker(here, for_drawings=True)
    with stage:
        _take_and_read(card)


@st.fragment
def _take_and_read(card: ModelCard) -> None:
    data = _picture()
    if data is None:
        st.session_state.pop(_FOUND, None)
        if st.session_state.get(_WAS_LOST):
            st.warning(_(_LOST))
        st.info(_("Write one digit on paper, or a page of them, and upload a photo of it."))
        return
    st.session_state[_WAS_LOST] = False
    try:
        page = _found_once(data)
        probabilities = read(card, page.images)
        are_digits = cached.is_digit(page.images)
    except (ValueError, store.BrokenModel) as error:
        # No photo, nothing on it; or the network is damaged, or has gone since it was chosen.
        st.warning(str(error))
        return
    chosen = _chosen(page)
    with st.container(horizontal=True, gap="medium"):
        with st.container(width=_SHOWN if len(page.digits) == 1 else _PAGE):
            st.markdown(_heading(page, probabilities, are_digits))
            photo_boxes(
                page.picture,
                [
                    _box(digit.box, chances, bool(is_digit), alone=len(page.digits) == 1)
                    for digit, chances, is_digit in zip(
                        page.digits, probabilities, are_digits, strict=True
                    )
                ],
                key="photo-boxes",
                selected=chosen,
                on_pick=lambda position: _choose(page, position),
            )
        _closer(page.images[chosen], probabilities[chosen], is_digit=bool(are_digits[chosen]))


def _picture() -> bytes | None:
    """What the visitor uploads; the camera is asked for only when they choose it."""
    if _WAS_LOST not in st.session_state:
        st.session_state[_WAS_LOST] = lost_session.has_sent_files("photo-")
        if st.session_state[_WAS_LOST]:
            _NUMBER.set(_NUMBER.get() + 1)
    number = _NUMBER.get()
    way = st.segmented_control(
        _("Where the picture comes from"),
        tuple(_WAYS),
        format_func=lambda way: _(_WAYS[way]),
        default="file",
        required=True,
        label_visibility="collapsed",
        key="photo-way",
    )
    if way == "camera" and _has_camera(st.context.url):
        sent = st.camera_input(_("Take a photo of digits on paper"), key=f"photo-camera-{number}")
    else:
        if way == "camera":
            st.info(_(_NO_CAMERA))
        # The content tells the kind, so a wrong file name is no reason to refuse.
        limits_of_files = _(
            _LIMITS,
            megabytes=photo_limits.LARGEST_BYTES // 1_000_000,
            millions=photo_limits.MILLIONS,
        )
        sent = st.file_uploader(
            _("A photo or scan of digits on paper"),
            key=f"photo-file-{number}",
            help=limits_of_files,
        )
    return None if sent is None else sent.getvalue()


def _has_camera(url: str | None) -> bool:
    """Whether a browser lends its camera to a page at this address; when in doubt, it may."""
    parts = urlsplit(url or "")
    host = parts.hostname or ""
    is_local = host in ("localhost", "::1") or host.endswith(".localhost") or host[:4] == "127."
    return parts.scheme != "http" or is_local


def _found_once(data: bytes) -> Page:
    """Find the digits; a photo is looked at once, however many of its boxes are opened."""
    digest = sha256(data).hexdigest()
    known = st.session_state.get(_FOUND)
    if isinstance(known, Page) and known.digest == digest:
        return known
    if refusal := request_limits.refusal(request_limits.PHOTOS):
        raise ValueError(f"{refusal} {_('Your photo is still here.')}")
    picture = photo.read(data)
    found = photo_digits.find(picture)
    lines = photo_digits.rows([one.box for one in found])
    order = [position for line in lines for position in line]
    digits = tuple(found[position] for position in order)
    images = np.stack([mnist_image.to_mnist(one.canvas) for one in digits])
    rows = tuple(len(line) for line in lines)
    page = Page(digest, picture, digits, rows, order.index(0), images)
    st.session_state[_FOUND] = page
    return page


def _chosen(page: Page) -> int:
    digest, position = st.session_state.get(_CHOSEN, ("", 0))
    return int(position) if digest == page.digest else page.best


def _choose(page: Page, position: int) -> None:
    st.session_state[_CHOSEN] = (page.digest, position)


def _heading(page: Page, probabilities: NDArray[np.float64], are_digits: NDArray[np.bool_]) -> str:
    """What was found, in words; of several digits what they read, row by row."""
    if len(page.digits) == 1:
        return _("Found in your photo")
    answers = [
        str(int(chances.argmax())) if is_digit else "?"
        for chances, is_digit in zip(probabilities, are_digits, strict=True)
    ]
    lines, start = [], 0
    for count in page.rows:
        lines.append(f"**{' '.join(answers[start : start + count])}**")
        start += count
    count = len(page.digits)
    return _(
        "{count} digits were found: {digits}. Choose one to look closer.",
        count=count,
        digits=" / ".join(lines),
    )


def _box(
    box: tuple[int, int, int, int], chances: NDArray[np.float64], is_digit: bool, *, alone: bool
) -> ReadBox:
    best, sure = int(chances.argmax()), float(chances.max())
    if not is_digit:
        return ReadBox(
            box, "" if alone else "?", f"? {_('It does not look like a digit')}", unsure=True
        )
    reading = f"{best}" if sure >= SURE else f"{best}?"
    certainty = _("{percent} sure", percent=whole_percent(sure))
    name = f"{reading}: {with_article(best)}, {certainty}"
    return ReadBox(box, "" if alone else reading, name, unsure=sure < SURE)


def _closer(image: NDArray[np.float32], chances: NDArray[np.float64], *, is_digit: bool) -> None:
    with st.container(width=_SHOWN):
        show_answer(in_words(chances, is_digit=is_digit))
        probability_bars(chances, is_digit=is_digit)
    with st.container(width=300):
        st.markdown(_("What the network sees"), help=_(_PREPARED))
        large_digit(
            image, key="seen", alternative=_("Your digit as the network gets it"), as_fed=True
        )
