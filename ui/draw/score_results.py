"""A filled sheet: how many each network read, digit by digit, to correct and to take home."""

from functools import partial

import streamlit as st

from mnist_core.data.dataset import CLASSES
from mnist_core.hands import downloads, score
from mnist_core.hands.score import Drawing, Handwriting, Reading, Sheet, round_number
from mnist_core.models import store
from mnist_core.models.card import ModelCard
from ui.draw import score_sheet
from ui.shell import cached
from ui.widgets.digit_tiles.digit_tiles import digit_grid, large_digit

_OPEN = "hand/open"
_WIDTH = 300


def hand_results(card: ModelCard, sheet: Sheet, taught: ModelCard | None) -> None:
    """Show how a sheet with at least one drawing was read.

    Args:
        card: the network whose answers stand below the drawings.
        sheet: the sheet.
        taught: the network that learned from it, if there is one.
    """
    drawn = [found for found in sheet.drawings if found is not None]
    whole = score.handwriting(sheet)
    readings = _readings(card, taught, whole)
    if not readings:
        st.warning("No network can be opened, so nothing can be read.")
        return
    chosen = readings[0]
    st.subheader(f"{chosen.score} of {len(whole)} read rightly by {chosen.model}", anchor=False)
    st.markdown(_stumbling(whole, readings))
    _each_network(whole, readings, taught.name if taught else None)
    st.markdown(
        "**Your digits.** Pick one to see it large, or to say that you meant another digit."
    )
    place = _gallery(sheet, whole, chosen)
    if place is not None and (found := sheet.drawings[place]) is not None:
        _one(sheet, place, found, readings)
    st.markdown("**MNIST's.** Below yours, in the same order: the training image most like each.")
    alike = score_sheet.alike(drawn)
    digit_grid(
        alike,
        [str(one.label) for one in drawn],
        key="hand-mnist",
        alternatives=[f"A {one.label} of MNIST, most like yours" for one in drawn],
        label="MNIST's digits most like yours",
    )
    with st.container(horizontal=True):
        st.download_button(
            "A picture to keep (PNG)",
            lambda: downloads.picture(whole, chosen, alike),
            "my-hand.png",
            "image/png",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "All answers as a table (CSV)",
            lambda: downloads.table(whole, readings),
            "my-hand.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )


def _readings(card: ModelCard, taught: ModelCard | None, drawn: Handwriting) -> list[Reading]:
    """The chosen network's first, then the taught one's and those of all that came with the app."""
    shipped = [other for other in cached.cards() if other.shipped]
    wanted = [card, *([taught] if taught else []), *shipped]
    found = []
    for one in {one.name: one for one in wanted}.values():
        try:
            probabilities = cached.predictor(one.name).predict(drawn.images)
        except (ValueError, store.BrokenModel) as error:
            # Damaged, or gone since it was listed.
            st.warning(str(error))
            continue
        found.append(score.reading(one.name, probabilities, drawn.labels))
    return found


def _stumbling(drawn: Handwriting, readings: list[Reading]) -> str:
    counts = score.misread(drawn.labels, readings)
    if not counts:
        return "Every network here reads every one of your digits. A hand like print!"
    asked = len(readings)
    words = [
        f"your **{digit}s**: {count} of {asked * int((drawn.labels == digit).sum())} answers wrong"
        for digit, count in list(counts.items())[:3]
    ]
    return f"What {asked} networks stumble over most: {'; '.join(words)}."


def _each_network(drawn: Handwriting, readings: list[Reading], taught: str | None) -> None:
    def share(one: Reading, number: int) -> str:
        chosen = drawn.rounds == number
        return f"{int(one.correct[chosen].sum())} of {int(chosen.sum())}"

    def misread(one: Reading) -> str:
        pairs = zip(drawn.labels[~one.correct], one.predictions[~one.correct], strict=True)
        return ", ".join(f"{label} as {said}" for label, said in pairs) or "none"

    ordered = sorted(readings, key=lambda one: -one.score)
    st.table(
        {
            "network": [
                f"{one.model} (learned from round 1)" if one.model == taught else one.model
                for one in ordered
            ],
            "read rightly": [f"{one.score} of {len(drawn)}" for one in ordered],
            "round 1": [share(one, 1) for one in ordered],
            "round 2": [share(one, 2) for one in ordered],
            "misread": [misread(one) for one in ordered],
        }
    )


def _gallery(sheet: Sheet, drawn: Handwriting, chosen: Reading) -> int | None:
    """The drawings; gives the place that is open."""
    said = list(zip(drawn.labels.tolist(), chosen.predictions.tolist(), strict=True))
    captions = [f"{label} ✓" if label == read else f"{label} ✗ {read}" for label, read in said]
    alternatives = [
        f"Your {label}, round {round_number(place)}, read as {read}"
        for place, (label, read) in zip(sheet.filled, said, strict=True)
    ]
    place: int | None = st.session_state.get(_OPEN)
    digit_grid(
        drawn.images,
        captions,
        key="hand-yours",
        alternatives=alternatives,
        selected=sheet.filled.index(place) if place in sheet.filled else None,
        label="Your digits; arrow keys move, Enter opens",
        on_pick=lambda position: st.session_state.update({_OPEN: sheet.filled[position]}),
    )
    return place


def _one(sheet: Sheet, place: int, drawn: Drawing, readings: list[Reading]) -> None:
    position = sheet.filled.index(place)
    with st.container(border=True, horizontal=True, gap="medium"):
        with st.container(width=_WIDTH):
            large_digit(drawn.image, key="hand-large", alternative=f"Your {drawn.label}, large")
        with st.container(width=_WIDTH):
            said = [int(one.predictions[position]) for one in readings]
            st.markdown(
                f"Asked for: **{sheet.prompts[place]}**. "
                f"{sum(digit == drawn.label for digit in said)} of {len(said)} networks read "
                f"a **{drawn.label}**."
            )
            key = f"hand-label-{place}"
            st.segmented_control(
                "It really is",
                range(CLASSES),
                default=drawn.label,
                required=True,
                key=key,
                on_change=partial(_relabel, place, key),
            )
            st.button(
                "Draw it again",
                icon=":material/edit:",
                width="stretch",
                on_click=score_sheet.draw_again,
                args=(place,),
            )
            st.button(
                "Leave it out",
                icon=":material/delete:",
                width="stretch",
                on_click=score_sheet.leave_out,
                args=(place,),
            )


def _relabel(place: int, key: str) -> None:
    score_sheet.correct(place, int(st.session_state[key]))
