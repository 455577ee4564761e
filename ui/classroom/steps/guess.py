"""Guess first: ten digits that can be read in two ways; how the class is divided."""

from collections import Counter

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.classroom.ambiguous_digits import ELEMENTS, Element
from mnist_core.data.dataset import CLASSES
from mnist_core.language.translation import _, n_, to_translate
from mnist_core.models.store import BrokenModel
from ui.classroom.class_page import ClassPage
from ui.classroom.lesson import Step
from ui.classroom.own_pace import is_with_class, next_part_button
from ui.shell import cached
from ui.shell.network_words import network_title
from ui.widgets.digit_pad.digit_pad import digit_pad
from ui.widgets.digit_tiles.digit_tiles import digit_grid
from ui.widgets.name_tags.name_tags import Tag, name_tags
from ui.widgets.vote_bars.vote_bars import vote_bars

NAME = "guess"
LABEL_SHOWN, NETWORKS_SHOWN = 1, 2
_MOST_NAMED = 8
_SCALE, _SMALL_SCALE = 13, 8


def _pupil(page: ClassPage) -> None:
    part = page.part
    element = ELEMENTS[part]
    before = guessed_digit(page.mine(NAME).get(str(part)))
    st.markdown(f"### {_question(part)}")
    _picture(element, _SMALL_SCALE)

    is_shown = page.is_shown(LABEL_SHOWN)
    # Whoever comes back to a digit later may still guess it, once.
    is_over = is_shown and (before is not None or is_with_class(page.room))

    def answer(digit: int) -> None:
        if not is_over:
            page.send(NAME, {str(part): b"%d" % digit})

    digit_pad(
        _question(part),
        before,
        key=f"class-guess-{part}",
        on_choose=answer,
        is_open=not is_over,
    )
    if before is not None or is_over:
        st.markdown(_reply(before, label_of(element) if is_over else None))
        next_part_button(page.room, len(ELEMENTS))


def _reply(guess: int | None, label: int | None) -> str:
    """What the page says to a guess; the label as soon as it is shown."""
    if label is None:
        return _("You say {guess}. You may still change your mind.", guess=guess)
    if guess is None:
        return _("The label says {label}.", label=label)
    if guess == label:
        return _("The label says {label}, as you do.", label=label)
    return _("You say {guess}; the label says {label}.", guess=guess, label=label)


def _screen(page: ClassPage) -> None:
    part, shown = page.room.state.part, page.room.state.shown
    element = ELEMENTS[part]
    votes = votes_on(page, part)
    st.markdown(f"## {_question(part)}")
    picture, division = st.columns([2, 3], gap="large", vertical_alignment="center")
    with picture:
        _picture(element, _SCALE)
    with division:
        marks = {str(label_of(element)): _("the label")} if shown >= LABEL_SHOWN else {}
        vote_bars(
            {str(digit): votes[digit] for digit in range(CLASSES)},
            key="class-votes",
            label=_("How the class is divided"),
            marks=marks,
        )
    answered = n_("{n} has answered", "{n} have answered", votes.total())
    words = answered + ("" if not votes else _most(votes))
    if shown >= NETWORKS_SHOWN:
        # No more than a line: below the bars, a small projector has room for that.
        words += f"\n\n**{_networks(element)}**"
    st.markdown(f"### {words}")
    if not shown:
        _still_to_answer(page, part)


def _still_to_answer(page: ClassPage, part: int) -> None:
    """For whom the class waits, as soon as it is not for most."""
    done = {one.person for one in page.sent(NAME) if one.slot == str(part)}
    waiting = [one for one in page.people if one.id not in done and not one.is_paper]
    if done and waiting and len(waiting) <= _MOST_NAMED:
        name_tags(
            [Tag(page.name_of(one.id), one.colour) for one in waiting],
            key="class-waiting",
            label=_("Still thinking"),
        )


def _question(part: int) -> str:
    return _("Which digit is this? ({number} of {count})", number=part + 1, count=len(ELEMENTS))


def _most(votes: Counter[int]) -> str:
    digit, count = votes.most_common(1)[0]
    share = round(100 * count / votes.total())
    return " · " + _("{share}% say {digit}", share=share, digit=digit)


def votes_on(page: ClassPage, part: int) -> Counter[int]:
    """How many people say each digit about a part."""
    guesses = (guessed_digit(one.payload) for one in page.sent(NAME) if one.slot == str(part))
    return Counter(one for one in guesses if one is not None)


def guessed_digit(payload: bytes | None) -> int | None:
    """A digit as `_pupil` sent it; None for anything else."""
    return int(payload) if payload and payload in b"0123456789" and len(payload) == 1 else None


def _picture(element: Element, scale: int) -> None:
    image = image_of(element)
    digit_grid(
        image[np.newaxis],
        [""],
        key="class-guess-picture",
        alternatives=[_("The digit to guess")],
        clickable=False,
        scale=scale,
    )


def image_of(element: Element) -> NDArray[np.uint8]:
    """Its pixels, uint8 `(28, 28)`."""
    found: NDArray[np.uint8] = cached.digits(element.set).images[element.index]
    return found


def label_of(element: Element) -> int:
    """What MNIST says it is."""
    return int(cached.digits(element.set).labels[element.index])


def _one_or_count(titles: list[str]) -> str:
    return titles[0] if len(titles) == 1 else n_("{n} network", "{n} networks", len(titles))


def _networks(element: Element) -> str:
    """What each network that comes with the app says."""
    said: dict[int, list[str]] = {}
    for card in cached.cards():
        if card.shipped:
            try:
                chances = cached.probabilities(card.name, image_of(element)[np.newaxis])[0]
            except (ValueError, BrokenModel):
                # Damaged: Mistakes says so.
                continue
            said.setdefault(int(chances.argmax()), []).append(network_title(card))
    groups = [
        f"{digit} ({_one_or_count(titles)})"
        for digit, titles in sorted(said.items(), key=lambda item: -len(item[1]))
    ]
    return f"{_('What the networks say')}: {' · '.join(groups)}"


STEP = Step(
    NAME,
    to_translate("Guess first"),
    _pupil,
    _screen,
    parts=len(ELEMENTS),
    answers=(to_translate("Show the label"), to_translate("Show what networks say")),
)
