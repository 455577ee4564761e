"""Photo: a picture of a digit on paper is uploaded or taken, and a network reads it."""

import streamlit as st
from PIL import Image, ImageDraw

from mnist_core.drawing import mnist_image, photo, photo_digits
from mnist_core.drawing.photo_digits import PhotoDigit
from mnist_core.models import store
from mnist_core.models.card import ModelCard
from ui.pickers.model_picker import model_picker
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.calibrated_answers import read
from ui.widgets.answer.answer import in_words, show_answer
from ui.widgets.digit_tiles.digit_tiles import large_digit
from ui.widgets.probability_bars.probability_bars import probability_bars

_WAYS = {"file": "Upload a picture", "camera": "Use the camera"}
_LIMITS = (
    f"JPEG, PNG or WebP, at most {photo.LARGEST_BYTES // 1_000_000} MB and "
    f"{photo.LARGEST_PIXELS // 1_000_000} million pixels. It is read in the server's memory and "
    "never stored."
)
_PREPARED = (
    "The ink alone, its strokes made as thick as MNIST's, scaled to 20 pixels and moved until its "
    "centre of mass is in the middle of 28 × 28 pixels. White is ink."
)
_SHOWN = 340
_FRAME, _OTHER_FRAME = "#2a4fb0", "#666666"


def show(here: Address) -> None:
    """Show the view; `model` in the address chooses it."""
    stage = st.container()
    card = model_picker(here)
    with stage:
        _take_and_read(card)


@st.fragment
def _take_and_read(card: ModelCard) -> None:
    data = _picture()
    if data is None:
        st.info("Write one digit on paper, large and dark, and upload a photo of it.")
        return
    try:
        picture = photo.read(data)
        found = photo_digits.find(picture)
    except (photo.UnreadablePhoto, photo_digits.NoDigit) as error:
        st.warning(str(error))
        return
    with st.container(horizontal=True, gap="medium"):
        with st.container(width=_SHOWN):
            chosen = _choose(found)
            marked = Image.fromarray(picture)
            for number, written in enumerate(found):
                name = str(number + 1) if len(found) > 1 else ""
                _frame(marked, written.box, name, is_chosen=number == chosen)
            st.image(marked, alt="Your photo, with a frame around the digit that was found")
        _read(card, found[chosen])


def _picture() -> bytes | None:
    """What the visitor uploads; the camera is asked for only when they choose it."""
    way = st.segmented_control(
        "Where the picture comes from",
        tuple(_WAYS),
        format_func=_WAYS.__getitem__,
        default="file",
        required=True,
        label_visibility="collapsed",
        key="photo-way",
    )
    if way == "camera":
        sent = st.camera_input("Take a photo of one digit on paper", key="photo-camera")
    else:
        # The content tells the kind, so a wrong file name is no reason to refuse.
        sent = st.file_uploader(
            "A photo or scan of one digit on paper", key="photo-file", help=_LIMITS
        )
    return None if sent is None else sent.getvalue()


def _choose(found: tuple[PhotoDigit, ...]) -> int:
    if len(found) == 1:
        st.markdown("Found in your photo")
        return 0
    chosen = st.segmented_control(
        f"{len(found)} pieces of writing were found. Which one to read?",
        range(len(found)),
        format_func=lambda number: str(number + 1),
        default=0,
        required=True,
        # Another photo has other numbers.
        key=f"photo-found-{len(found)}",
    )
    return int(chosen or 0)


def _frame(picture: Image.Image, box: tuple[int, ...], name: str, *, is_chosen: bool) -> None:
    """Draw a frame around a digit, with its name; the chosen one's is thicker."""
    pen = ImageDraw.Draw(picture)
    unit = max(max(picture.size) // 200, 1)
    top, left, bottom, right = box
    colour, width = (_FRAME, 3 * unit) if is_chosen else (_OTHER_FRAME, unit)
    # White around the colour: seen on dark paper and on light.
    for margin, ink, line in ((4 * unit, "white", width + 2 * unit), (3 * unit, colour, width)):
        frame = (left - margin, top - margin, right + margin, bottom + margin)
        pen.rectangle(frame, None, ink, line)
    if name:
        side = 14 * unit
        corner = max(left - 4 * unit, 0), max(top - 3 * unit - side, 0)
        pen.rectangle((*corner, corner[0] + side, corner[1] + side), fill=colour)
        middle = corner[0] + side / 2, corner[1] + side / 2
        pen.text(middle, name, fill="white", font_size=12 * unit, anchor="mm")


def _read(card: ModelCard, written: PhotoDigit) -> None:
    try:
        image = mnist_image.to_mnist(written.canvas)
        (probabilities,) = read(card, image[None])
        (certain,) = cached.is_digit(image[None])
    except (ValueError, store.BrokenModel) as error:
        # The network is damaged, or has gone since it was chosen.
        st.warning(str(error), width=_SHOWN)
        return
    with st.container(width=_SHOWN):
        show_answer(in_words(probabilities, is_digit=bool(certain)))
        probability_bars(probabilities, is_digit=bool(certain))
    with st.container(width=300):
        st.markdown("What the network sees", help=_PREPARED)
        large_digit(image, key="seen", alternative="Your digit as the network gets it", as_fed=True)
