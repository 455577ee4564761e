"""What a model learned from somebody's drawings, and what it forgot."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.models.card import FineTuned, ModelCard
from mnist_core.system.text_format import percent
from ui.shell import cached


def fine_tuning_result(card: ModelCard, learned: FineTuned) -> None:
    """Show a model beside what it was before it learned; `learned` is its `fine_tuned`."""
    how = "Stopped and kept. " if card.stopped_early else ""
    st.markdown(
        f"**{how}What “{cached.title_of(learned.started_from)}” learned from the drawings, and "
        f"what it forgot:** the result is **{card.name}**."
    )
    new, seen, test = st.columns(3)
    if learned.held_out:
        before, after = learned.held_out_right
        _metric(
            new,
            "Drawings it never saw",
            f"{after} of {learned.held_out}",
            after - before,
            "The second round, which it did not learn from: a fair test, though a small one.",
        )
    else:
        new.info("There is nothing to test it on: the second round is empty.")
    before, after = learned.learned_right
    _metric(
        seen,
        "Drawings it learned from",
        f"{after} of {learned.learned}",
        after - before,
        "The first round. Reading these well says little: it may have memorised them.",
    )
    lost = round((learned.test_accuracy_before - card.test_accuracy) * TEST_IMAGES)
    _metric(
        test,
        "MNIST's test images",
        percent(card.test_accuracy),
        -lost,
        "Fewer than before: that is what it forgot of other people's handwriting.",
        " images",
    )
    st.markdown(_summary(learned, lost))


def _metric(
    place: DeltaGenerator, title: str, value: str, gained: int, words: str, unit: str = ""
) -> None:
    place.metric(
        title,
        value,
        f"{gained:+d}{unit} since before" if gained else "as before",
        delta_color="normal" if gained else "off",
        delta_arrow="auto" if gained else "off",
        help=words,
    )


def _summary(learned: FineTuned, lost: int) -> str:
    """What both tests say together."""
    before, after = learned.held_out_right
    forgot = (
        f"it reads {lost:,} fewer of 10,000 other people's digits"
        if lost > 0
        else "on balance it forgot nothing of other people's digits"
    )
    if not learned.held_out:
        return f"Nobody knows whether it reads this handwriting better now; {forgot}."
    if after > before:
        return f"It reads more of this handwriting than before; {forgot}."
    if after == before == learned.held_out:
        return f"It already read all of the second round, so there was little to learn; {forgot}."
    changed = f"{before - after} fewer" if after < before else "no more"
    return (
        f"It reads {changed} of this handwriting than before; {forgot}. More drawings might help."
    )
