"""Closer looks at a drawn digit, each worked out only while it is open."""

from collections.abc import Callable

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.analysis.occlusion import occlude
from mnist_core.data import digit_map, neighbours
from mnist_core.drawing import canvas_digits
from mnist_core.drawing.canvas_digits import DrawnDigit
from mnist_core.language.translation import _, to_translate
from mnist_core.models import store
from mnist_core.models.card import ModelCard
from mnist_core.system.text_format import whole_percent
from ui.glossary.glossary import explain
from ui.shell import cached, language
from ui.shell.calibrated_answers import read
from ui.shell.network_words import network_title
from ui.visitors import listed_models
from ui.widgets.digit_map.digit_map import digit_map as map_of_digits
from ui.widgets.digit_tiles.digit_tiles import digit_grid
from ui.widgets.occlusion_map.occlusion_map import finding, occlusion_map
from ui.widgets.similar_images.similar_images import label_agreement, similar_images

_ALIKE = 10
# Wide enough to find a dot, and no higher than a screen.
_MAP = 620
_OPENED = "drawn-map-opened"
_STEPS = {
    "shrunk": (
        to_translate("Only made smaller"),
        to_translate(
            "The whole canvas squeezed to 28 × 28 pixels, as simple apps do. MNIST has no digit "
            "that is so small or so far to one side."
        ),
    ),
    "cropped": (
        to_translate("Cut out"),
        to_translate(
            "The empty paper around it is cut away. Now it is far larger than MNIST's digits."
        ),
    ),
    "boxed": (
        to_translate("In a box"),
        to_translate("Its longer side is made 20 pixels long, with 4 to spare on each side."),
    ),
    "centred": (
        to_translate("Centred"),
        to_translate(
            "It is moved until as much ink is left of the middle as right of it, and above as "
            "below."
        ),
    ),
    "redrawn": (
        to_translate("With MNIST's pen"),
        to_translate(
            "Your strokes are redrawn as thick as the pens that wrote MNIST: this is what the "
            "network gets."
        ),
    ),
}


def how_prepared(card: ModelCard, digit: DrawnDigit) -> None:
    """Show each step of the preparation, and what the network would read after it."""
    st.markdown(_("Step by step, and what the network would read after each:"))
    steps = canvas_digits.preparation_steps(digit)
    answers = read(card, np.stack(list(steps.values())))
    with st.container(horizontal=True, gap="medium"):
        for number, (step, chances) in enumerate(zip(steps, answers, strict=True), start=1):
            title, why = map(_, _STEPS[step])
            answer = f"{chances.argmax()}, {whole_percent(float(chances.max()))}"
            with st.container(horizontal=True, width=340, gap="small"):
                small_digit(
                    _as_bytes(steps[step]),
                    key=f"step-{step}",
                    alternative=_(
                        "Step {number}, {step}: read as {answer}",
                        number=number,
                        step=title,
                        answer=answer,
                    ),
                    as_fed=True,
                )
                with st.container(width=245):
                    reads = _("reads **{answer}**", answer=answer)
                    st.markdown(f"**{number}. {title}**: {reads}  \n{why}")


def small_digit(
    image: NDArray[np.uint8], *, key: str, alternative: str, as_fed: bool = False
) -> None:
    """Show one digit, shape `(28, 28)`, as a tile to look at; see `digit_grid`."""
    with st.container(width=76):
        digit_grid(
            image[np.newaxis],
            [""],
            key=key,
            alternatives=[alternative],
            clickable=False,
            as_fed=as_fed,
        )


def all_networks(digit: DrawnDigit) -> None:
    """Show what every network reads, the most accurate first."""
    st.markdown(
        _(
            "The same drawing, every network. Where they disagree, the drawing is hard, or one of "
            "them has learned too little."
        ),
        help=explain("network", "confidence"),
    )
    with st.container(horizontal=True, gap="small"):
        for card in sorted(
            listed_models.cards(), key=lambda card: card.test_accuracy, reverse=True
        ):
            try:
                chances = read(card, digit.image[np.newaxis])[0]
            except (store.BrokenModel, ValueError) as problem:
                st.caption(str(problem))
                continue
            st.metric(
                network_title(card),
                int(chances.argmax()),
                _("{percent} sure", percent=whole_percent(float(chances.max()))),
                delta_color="off",
                delta_arrow="off",
                border=True,
                width=160,
            )


def most_similar(card: ModelCard, digit: DrawnDigit) -> None:
    """Show the training digits with the most similar pixels; a click opens one on Browse."""
    found = neighbours.nearest(_as_bytes(digit.image), cached.digits("train").images, _ALIKE)
    best = int(read(card, digit.image[np.newaxis])[0].argmax())
    words = _("The most similar of the 60,000 training digits, by their pixels.")
    st.markdown(
        f"{words} {label_agreement(found, best)}",
        help=explain("training set", "pixel"),
    )
    picked = similar_images(found, key="drawn-similar")
    if picked is not None:
        st.switch_page(
            "pages/browse.py",
            query_params=language.link(set="train", index=str(picked)),
        )


def what_mattered(card: ModelCard, digit: DrawnDigit) -> None:
    """Show which places of the drawing the answer depends on."""

    def predict(images: NDArray[np.uint8]) -> NDArray[np.float32]:
        return read(card, images).astype(np.float32)

    image = _as_bytes(digit.image)
    occlusion = occlude(image, predict)
    words = _(
        "A small square of paper covers each place in turn; the stronger the colour, the more the "
        "answer depends on that place."
    )
    st.markdown(f"{words} {finding(occlusion)}")
    occlusion_map(image, occlusion, key="drawn-occlusion")


def where_it_lives(digit: DrawnDigit) -> None:
    """Show the digit as a dot on the map of the test digits; a click opens one of those."""
    test, image = cached.digits("test"), _as_bytes(digit.image)
    positions = cached.map_positions("umap")
    nearest = neighbours.nearest(image, test.images, digit_map.NEIGHBOURS)
    counts = np.bincount(test.labels[nearest.elements], minlength=10)
    digits = [int(one) for one in np.argsort(-counts) if counts[one]]
    most = ", ".join(_("{count} are {digit}s", count=counts[one], digit=one) for one in digits)
    st.markdown(
        _(
            "Each dot is a test digit; similar ones lie close together. Yours is placed amid the "
            "{count} most like it, pixel by pixel: {digits}.",
            count=digit_map.NEIGHBOURS,
            digits=most,
        ),
        help=explain("test set", "pixel"),
    )
    with st.container(width=_MAP):
        map_of_digits(
            "umap",
            test.labels,
            test.labels,
            key="drawn-map",
            by_network=False,
            on_pick=lambda element: st.session_state.update({_OPENED: element}),
            own=digit_map.place(image, positions, test.images),
        )
    opened = st.session_state.pop(_OPENED, None)
    if opened is not None:
        st.switch_page(
            "pages/browse.py",
            query_params=language.link(set="test", index=str(opened)),
        )


LOOKS: dict[str, Callable[[ModelCard, DrawnDigit], None]] = {
    to_translate("How it is prepared"): how_prepared,
    to_translate("All networks"): lambda card, digit: all_networks(digit),
    to_translate("Most similar"): most_similar,
    to_translate("What mattered"): what_mattered,
    to_translate("Where it lives"): lambda card, digit: where_it_lives(digit),
}


def _as_bytes(image: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.rint(image * 255).astype(np.uint8)
