"""What to do next, below the stage: three cards, each of them a link."""

from pathlib import Path

import streamlit as st

from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.language.translation import _
from mnist_core.models.card import ModelCard
from mnist_core.system.text_format import whole
from ui.shell import language

_STYLE = f"<style>{Path(__file__).with_suffix('.css').read_text('utf-8')}</style>"


def next_steps(card: ModelCard) -> None:
    """Offer three things to do after having drawn.

    Args:
        card: of the network on the stage.
    """
    st.html(_STYLE)
    with st.container(horizontal=True, key="next-steps"):
        _card(
            "train",
            ":material/trending_up:",
            _("Train one yourself"),
            _("From knowing nothing to 99% in about ten seconds."),
            recipe="quick",
        )
        _card(
            "draw",
            ":material/theater_comedy:",
            _("Try to fool it"),
            _("Write a digit that people can read and the network cannot."),
            view="fool",
            model=card.name,
        )
        _card(
            "mistakes",
            ":material/search:",
            _("Meet its mistakes"),
            _(
                "It misread {count} of {all} digits in its test. Can you read them?",
                count=whole(card.mistakes),
                all=whole(TEST_IMAGES),
            ),
            model=card.name,
        )


def _card(page: str, icon: str, title: str, promise: str, **address: str) -> None:
    st.page_link(
        f"pages/{page}.py",
        label=f"**{title}** {promise}",
        icon=icon,
        width="stretch",
        query_params=language.link(**address),
    )
