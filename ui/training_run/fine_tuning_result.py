"""What a model learned from somebody's drawings, and what it forgot."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.language.translation import _
from mnist_core.models.card import FineTuned, ModelCard
from mnist_core.system.text_format import percent, whole
from ui.shell.network_words import title_of


def fine_tuning_result(card: ModelCard, learned: FineTuned) -> None:
    """Show a model beside what it was before it learned; `learned` is its `fine_tuned`."""
    words = _(
        "**What “{network}” learned from the drawings, and what it forgot:** the result is "
        "**{name}**.",
        network=title_of(learned.started_from),
        name=card.name,
    )
    st.markdown(f"{_('Stopped and kept.')} {words}" if card.stopped_early else words)
    new, seen, test = st.columns(3)
    if learned.held_out:
        before, after = learned.held_out_right
        _metric(
            new,
            _("Drawings it never saw"),
            _("{number} of {count}", number=after, count=learned.held_out),
            after - before,
            _("The second round, which it did not learn from: a fair test, though a small one."),
        )
    else:
        new.info(_("There is nothing to test it on: the second round is empty."))
    before, after = learned.learned_right
    _metric(
        seen,
        _("Drawings it learned from"),
        _("{number} of {count}", number=after, count=learned.learned),
        after - before,
        _("The first round. Reading these well says little: it may have memorised them."),
    )
    lost = round((learned.test_accuracy_before - card.test_accuracy) * TEST_IMAGES)
    _metric(
        test,
        _("MNIST's test images"),
        percent(card.test_accuracy),
        -lost,
        _("Fewer than before: that is what it forgot of other people's handwriting."),
        is_images=True,
    )
    st.markdown(_summary(learned, lost))


def _metric(
    place: DeltaGenerator,
    title: str,
    value: str,
    gained: int,
    words: str,
    *,
    is_images: bool = False,
) -> None:
    since = _("{change} since before", change=f"{gained:+d}")
    if is_images:
        since = _("{change} images since before", change=f"{gained:+d}")
    place.metric(
        title,
        value,
        since if gained else _("as before"),
        delta_color="normal" if gained else "off",
        delta_arrow="auto" if gained else "off",
        help=words,
    )


def _summary(learned: FineTuned, lost: int) -> str:
    """What both tests say together."""
    return f"{_read_now(learned)} {_forgotten(lost)}"


def _forgotten(lost: int) -> str:
    if lost > 0:
        return _("It reads {count} fewer of 10,000 other people's digits.", count=whole(lost))
    return _("On balance it forgot nothing of other people's digits.")


def _read_now(learned: FineTuned) -> str:
    before, after = learned.held_out_right
    if not learned.held_out:
        return _("Nobody knows whether it reads this handwriting better now.")
    if after > before:
        return _("It reads more of this handwriting than before.")
    if after == before == learned.held_out:
        return _("It already read all of the second round, so there was little to learn.")
    if after == before:
        return _("It reads no more of this handwriting than before: more drawings might help.")
    return _(
        "It reads {count} fewer of this handwriting than before: more drawings might help.",
        count=before - after,
    )
