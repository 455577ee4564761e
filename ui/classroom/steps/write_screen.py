"""Write, on the screen: the wall fills with digits; then who reads them, and how they are."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.classroom import class_handwriting
from mnist_core.classroom.hand_distance import HandDistance, HandReference
from mnist_core.data.dataset import CLASSES
from mnist_core.language.translation import _, n_, to_translate
from mnist_core.system.text_format import decimal, whole, whole_percent
from ui.classroom import cached_readings, class_results, pictures
from ui.classroom.class_page import ClassPage
from ui.classroom.class_results import ClassResults
from ui.classroom.pictures import Shown
from ui.shell import cached
from ui.shell.network_words import title_of
from ui.widgets.digit_tiles.digit_tiles import digit_grid
from ui.widgets.ink_cards.ink_cards import Card, ink_cards
from ui.widgets.vote_bars.vote_bars import vote_bars

NAME = "write"
NETWORKS_SHOWN, DIGITS_SHOWN, HANDS_SHOWN = 1, 2, 3
ANSWERS = (
    to_translate("Which network reads us best?"),
    to_translate("Which digit is hardest?"),
    to_translate("Whose hand is furthest from MNIST?"),
)
_SIZES = (112, 84, 56, 42, 28, 21, 14)
_BELOW = 90
"""Pixels of the window that the bar with the buttons takes."""
_MISREAD_SHOWN = 10
_MOST_NAMED = 3


def show(page: ClassPage) -> None:
    """Show the step on the screen."""
    shown = pictures.of_step(page, NAME)
    part = page.room.state.shown
    if not part or not shown:
        _wall(page, shown)
        return
    parts = {NETWORKS_SHOWN: _networks, DIGITS_SHOWN: _hardest, HANDS_SHOWN: _hands}
    parts.get(part, _hands)(page, class_results.of(page, NAME))


def _wall(page: ClassPage, shown: list[Shown]) -> None:
    """Everybody's digits, each person's on a card that stays where it is."""
    rows = _rows(shown)
    finished = sum(_is_full(rows.get((one.id, 1), [])) for one in page.people)
    heading = n_("{n} digit so far", "{n} digits so far", len(shown))
    if page.people:
        done = n_(
            "{n} of {count} has finished", "{n} of {count} have finished", finished,
            count=len(page.people),
        )  # fmt: skip
        heading = f"{heading} · {done}"
    st.markdown(f"## {_('Write the ten digits')}\n\n{heading}")
    hides = page.room.state.hides_names
    cards = [
        Card(
            f"{one.id}/{number}",
            drawings := rows.get((one.id, number), [None] * CLASSES),
            title="" if hides else page.name_of(one.id),
            colour="" if hides else one.colour,
            note="✓" if _is_full(drawings) else "",
            alternative=_(
                "{name}: {count} of ten digits",
                name=page.name_of(one.id),
                count=sum(drawing is not None for drawing in drawings),
            ),
        )
        for one in page.people
        # The first ten of everybody; of a sheet of paper there may be ten more.
        for number in range(1, max([1, *(n for person, n in rows if person == one.id)]) + 1)
    ]
    ink_cards(cards, key="write-wall", label=_("What everybody wrote"), sizes=_SIZES, below=_BELOW)
    if shown:
        cached_readings.read_ahead(page.code, pictures.as_array(shown))


def _is_full(row: list[NDArray[np.uint8] | None]) -> bool:
    return sum(one is not None for one in row) == CLASSES


def _rows(shown: list[Shown]) -> dict[tuple[int, int], list[NDArray[np.uint8] | None]]:
    """The images of ten digits by person and round."""
    rows: dict[tuple[int, int], list[NDArray[np.uint8] | None]] = {}
    for one in shown:
        number = 1
        while (row := rows.setdefault((one.person, number), [None] * CLASSES))[
            one.drawing.label
        ] is not None:
            number += 1
        row[one.drawing.label] = one.drawing.image
    return rows


def _networks(_page: ClassPage, ours: ClassResults) -> None:
    scores = ours.scores
    st.markdown(f"## {_(ANSWERS[0])}")
    if not scores:
        st.warning(_("No network can be opened, so nothing can be read."))
        return
    best, tied = scores[0], [one for one in scores[1:] if one.is_close]
    title = title_of(best.name)
    words = _(
        "“{network}” reads {correct} of our {count}.",
        network=title, correct=whole(best.correct), count=whole(best.count),
    )  # fmt: skip
    if tied:
        close = n_(
            "One other is too close to call: with other people, it might win.",
            "{n} others are too close to call: with other people, any of them might win.",
            len(tied),
        )
        words = f"{words} {close}"
    st.markdown(f"### {words}")
    marks = {title_of(one.name): _("too close to call") for one in tied}
    vote_bars(
        {title_of(one.name): one.correct for one in scores},
        key="write-networks",
        label=_("How many of our digits each network reads"),
        marks={title: _("best"), **marks},
    )


def _hardest(_page: ClassPage, ours: ClassResults) -> None:
    ranking = ours.difficulties
    hardest = ranking[0]
    st.markdown(f"## {_(ANSWERS[1])}")
    if not hardest.wrong:
        st.markdown(f"### {_('Every network reads every digit of ours.')}")
        return
    words = _(
        "The {digit}: {share} of all networks' answers to it are wrong.",
        digit=hardest.label, share=whole_percent(hardest.share),
    )  # fmt: skip
    close = sorted(one.label for one in ranking[1:] if one.is_close and one.answers)
    if len(close) > _MOST_NAMED:
        words += " " + _("Too close to call.")
    elif close:
        others = _or([str(one) for one in close])
        words += " " + _("With other people it might be the {digits}.", digits=others)
    st.markdown(f"### {words}")
    bars, tiles = st.columns([2, 3], gap="large")
    with bars:
        shares = {one.label: round(100 * one.share) for one in ranking}
        vote_bars(
            {str(digit): shares[digit] for digit in range(CLASSES)},
            key="write-hardest",
            label=_("How many of 100 answers to each digit are wrong"),
            marks={str(hardest.label): _("wrong answers in 100")},
        )
    with tiles:
        _misread(ours)


def _misread(ours: ClassResults) -> None:
    found = class_handwriting.most_misread(ours.predictions, ours.labels, _MISREAD_SHOWN)
    st.markdown(f"**{_('Misread most, and by how many networks')}**")
    digit_grid(
        ours.images[[one.position for one in found]],
        [
            _(
                "{digit} → {read}\n{wrong} of {networks}",
                digit=int(ours.labels[one.position]),
                read=one.mostly,
                wrong=one.wrong,
                networks=one.networks,
            )
            for one in found
        ],
        key="write-misread",
        alternatives=[
            _("{digit}, mostly read as {read}", digit=int(ours.labels[one.position]),
              read=one.mostly)
            for one in found
        ],
        clickable=False,
        scale=4,
    )  # fmt: skip


def _hands(page: ClassPage, ours: ClassResults) -> None:
    """Who writes least like the people of MNIST."""
    st.markdown(f"## {_(ANSWERS[2])}")
    hands, reference = ours.hands, class_results.mnist()
    if not hands:
        st.markdown(_("Somebody has to write at least five digits first."))
        return
    furthest = hands[0]
    name = page.name_of(furthest.person)
    words = _(
        "These digits are {times} times as far from MNIST as new ones by MNIST's own people.",
        times=decimal(furthest.ratio, 1),
    )
    st.markdown(f"### {words}")
    train = cached.digits("train").images
    whose = next((one for one in page.people if one.id == furthest.person), None)
    own = list(furthest.positions)
    labels = ours.labels[own]
    cards = [
        Card("own", _row(labels, ours.images[own]), title=name,
             colour="" if whose is None or page.room.state.hides_names else whose.colour),
        Card("like", _row(labels, train[ours.nearest_elements[own]]),
             title=_("The digits of MNIST that are most like these")),
        Card("typical", list(train[list(reference.typical)]),
             title=_("MNIST's most typical digits")),
    ]  # fmt: skip
    ink_cards(
        cards, key="write-hands", label=_(ANSWERS[2]), sizes=(84, 56, 28), below=175, narrowest=26
    )
    st.markdown(_usual(hands, reference))
    st.caption(
        _(
            "Measured pixel by pixel: how far each digit is from the most similar one of the same "
            "kind among MNIST's 60,000. Far is not bad: it is what MNIST's people did not write."
        )
    )


def _usual(hands: tuple[HandDistance, ...], reference: HandReference) -> str:
    """How many of a class are further away than chance alone would have it."""
    return n_(
        "Ten digits of MNIST's own lie between {low} and {high} in 95 of 100 cases. "
        "{n} of our {count} hands is further away.",
        "Ten digits of MNIST's own lie between {low} and {high} in 95 of 100 cases. "
        "{n} of our {count} hands are further away.",
        sum(one.ratio > reference.high for one in hands),
        low=decimal(reference.low, 1),
        high=decimal(reference.high, 1),
        count=len(hands),
    )


def _row(labels: NDArray[np.int64], images: NDArray[np.uint8]) -> list[NDArray[np.uint8] | None]:
    """Ten images by label, the first of each."""
    row: list[NDArray[np.uint8] | None] = [None] * CLASSES
    for label, image in zip(labels.tolist(), images, strict=True):
        if row[label] is None:
            row[label] = image
    return row


def _or(words: list[str]) -> str:
    """Such as "3, 5 or 8"."""
    if len(words) == 1:
        return words[0]
    return _("{words} or {last}", words=", ".join(words[:-1]), last=words[-1])
