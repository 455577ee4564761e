"""Digit Lab: what it is, for somebody who has never heard of MNIST, and where to go first."""

import streamlit as st

from ui.shell import navigation
from ui.shell.glossary import WORDS, explain
from ui.widgets.themed_picture.themed_picture import themed_picture

navigation.enter()

PAGES = (
    (
        "browse",
        "What is in MNIST?",
        "Look at 70,000 digits that people wrote by hand, one by one or by the hundred.",
        "The first six digits of MNIST: 5, 0, 4, 1, 9 and 2",
    ),
    (
        "train",
        "How does a network learn?",
        "Choose a network, let it practise, and watch it make fewer mistakes by the second.",
        "A curve that rises steeply and then flattens",
    ),
    (
        "draw",
        "Can it read yours?",
        "Write a digit with mouse or finger, and see what a network makes of it.",
        "A seven drawn by hand, and a bar that says seven",
    ),
    (
        "mistakes",
        "What does it get wrong?",
        "Meet the digits that even a good network misreads. Would you have read them rightly?",
        "A five that looks like a six, and a six",
    ),
)


def boast() -> str:
    """What the best network here achieves, from its card; empty if there is none."""
    # Not at the top: this takes time, and the page is all there without it.
    from mnist_core.system.wording import duration
    from ui.shell import cached

    cards = cached.cards()
    if not cards:
        return ""
    best = max(cards, key=lambda card: card.test_accuracy)
    return (
        f"The best network here misreads only **{best.mistakes} of 10,000** digits that it had "
        f"never seen before, after practising for {duration(best.seconds)}."
    )


st.title("See how a machine learns to read", anchor=False)
st.markdown(
    "How does a computer know that a scribble is a 7? Nobody tells it the rules. It is shown "
    "thousands of digits that people wrote by hand, a collection called MNIST, and finds the "
    "rules by itself. Here you can watch it happen, and then try to fool it.",
    help=explain("MNIST", "network"),
)
achievement = st.empty()

with st.container(horizontal=True, gap="small"):
    for name, question, promise, alternative in PAGES:
        with st.container(width=252):
            themed_picture(name, alternative=alternative)
            st.page_link(
                f"pages/{name}.py",
                label=f"**{question}**",
                icon_position="right",
                icon=":material/arrow_forward:",
            )
            st.markdown(promise)

with st.expander("What the words mean"):
    st.markdown("\n".join(f"- **{word}**: {meaning}" for word, meaning in WORDS.items()))


achievement.markdown(boast())
