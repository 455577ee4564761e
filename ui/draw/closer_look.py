"""Closer looks at a drawn digit, each worked out only while it is open."""

from collections.abc import Callable

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.analysis.occlusion import occlude
from mnist_core.data import digit_map, neighbours
from mnist_core.drawing import canvas_digits
from mnist_core.drawing.canvas_digits import DrawnDigit
from mnist_core.models import store
from mnist_core.models.card import ModelCard
from mnist_core.system.text_format import whole_percent
from ui.shell import cached
from ui.shell.calibrated_answers import read
from ui.shell.glossary import explain
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
        "Only made smaller",
        "The whole canvas squeezed to 28 × 28 pixels, as simple apps do. MNIST has no digit "
        "that is so small or so far to one side.",
    ),
    "cropped": (
        "Cut out",
        "The empty paper around it is cut away. Now it is far larger than MNIST's digits.",
    ),
    "boxed": ("In a box", "Its longer side is made 20 pixels long, with 4 to spare on each side."),
    "centred": (
        "Centred",
        "It is moved until as much ink is left of the middle as right of it, and above as below.",
    ),
    "redrawn": (
        "With MNIST's pen",
        "Your strokes are redrawn as thick as the pens that wrote MNIST: this is what the network "
        "gets.",
    ),
}


def how_prepared(card: ModelCard, digit: DrawnDigit) -> None:
    """Show each step of the preparation, and what the network would read after it."""
    st.markdown("Step by step, and what the network would read after each:")
    steps = canvas_digits.preparation_steps(digit)
    answers = read(card, np.stack(list(steps.values())))
    with st.container(horizontal=True, gap="medium"):
        for number, (step, chances) in enumerate(zip(steps, answers, strict=True), start=1):
            title, why = _STEPS[step]
            answer = f"{chances.argmax()}, {whole_percent(float(chances.max()))}"
            with st.container(horizontal=True, width=340, gap="small"):
                small_digit(
                    _as_bytes(steps[step]),
                    key=f"step-{step}",
                    alternative=f"Step {number}, {title.lower()}: read as {answer}",
                    as_fed=True,
                )
                with st.container(width=245):
                    st.markdown(f"**{number}. {title}**: reads **{answer}**  \n{why}")


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
        "The same drawing, every network. Where they disagree, the drawing is hard, or one of "
        "them has learned too little.",
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
                card.title,
                int(chances.argmax()),
                f"{whole_percent(float(chances.max()))} sure",
                delta_color="off",
                delta_arrow="off",
                border=True,
                width=160,
            )


def most_similar(card: ModelCard, digit: DrawnDigit) -> None:
    """Show the training digits with the most similar pixels; a click opens one on Browse."""
    found = neighbours.nearest(_as_bytes(digit.image), cached.digits("train").images, _ALIKE)
    best = int(read(card, digit.image[np.newaxis])[0].argmax())
    st.markdown(
        "The most similar of the 60,000 training digits, by their pixels. "
        f"{label_agreement(found, best)}",
        help=explain("training set", "pixel"),
    )
    picked = similar_images(found, key="drawn-similar")
    if picked is not None:
        st.switch_page("pages/browse.py", query_params={"set": "train", "index": str(picked)})


def what_mattered(card: ModelCard, digit: DrawnDigit) -> None:
    """Show which places of the drawing the answer depends on."""

    def predict(images: NDArray[np.uint8]) -> NDArray[np.float32]:
        return read(card, images).astype(np.float32)

    image = _as_bytes(digit.image)
    occlusion = occlude(image, predict)
    st.markdown(
        "A small square of paper covers each place in turn; the stronger the colour, the more the "
        f"answer depends on that place. {finding(occlusion)}"
    )
    occlusion_map(image, occlusion, key="drawn-occlusion")


def where_it_lives(digit: DrawnDigit) -> None:
    """Show the digit as a dot on the map of the test digits; a click opens one of those."""
    test, image = cached.digits("test"), _as_bytes(digit.image)
    positions = cached.map_positions("umap")
    nearest = neighbours.nearest(image, test.images, digit_map.NEIGHBOURS)
    counts = np.bincount(test.labels[nearest.elements], minlength=10)
    most = ", ".join(f"{counts[one]} are {one}s" for one in np.argsort(-counts) if counts[one])
    st.markdown(
        "Each dot is a test digit; similar ones lie close together. Yours is placed amid the "
        f"{digit_map.NEIGHBOURS} most like it, pixel by pixel: {most}.",
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
        st.switch_page("pages/browse.py", query_params={"set": "test", "index": str(opened)})


LOOKS: dict[str, Callable[[ModelCard, DrawnDigit], None]] = {
    "How it is prepared": how_prepared,
    "All networks": lambda _, digit: all_networks(digit),
    "Most similar": most_similar,
    "What mattered": what_mattered,
    "Where it lives": lambda _, digit: where_it_lives(digit),
}


def _as_bytes(image: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.rint(image * 255).astype(np.uint8)
