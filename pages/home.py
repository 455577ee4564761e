"""Digit Lab: what it is, for somebody who has never heard of MNIST, and where to go first."""

from ui.shell import navigation

navigation.enter()

import streamlit as st

from ui.shell.glossary import explain, search
from ui.tour import tour
from ui.widgets.themed_picture.themed_picture import themed_picture

PAGES = (
    (
        "browse",
        "What is in MNIST?",
        "Look at 70,000 handwritten digits, one by one or by the hundred.",
        "The first six digits of MNIST: 5, 0, 4, 1, 9 and 2",
    ),
    (
        "train",
        "How does a network learn?",
        "Choose a network, let it practise, and watch it make fewer and fewer mistakes.",
        "A curve that rises steeply and then flattens",
    ),
    (
        "draw",
        "Can it read yours?",
        "Write a digit with a mouse or a finger, and see what a network makes of it.",
        "A seven drawn by hand, and a bar that says seven",
    ),
    (
        "mistakes",
        "What does it get wrong?",
        "Meet the digits that even a good network misreads. Can you read them?",
        "A five that looks like a six, and a six",
    ),
)


def best_so_far() -> str:
    """What the best network here achieves, from its card; empty if there is none."""
    # Not at the top: this takes time, and the page is all there without it.
    from mnist_core.system.text_format import duration
    from ui.shell import cached

    cards = cached.cards()
    if not cards:
        return ""
    best = max(cards, key=lambda card: card.test_accuracy)
    return (
        f"The best network here misreads only **{best.mistakes} of 10,000** digits that it had "
        f"never seen before, after {duration(best.seconds)} of practice."
    )


@st.fragment
def glossary() -> None:
    """All technical words in groups, and a field that finds some of them."""
    found = search(st.text_input("Find a word", key="glossary-search", placeholder="epoch"))
    for group, words in found.items():
        entries = "\n".join(f"- **{word}**: {meaning}" for word, meaning in words.items())
        st.markdown(f"#### {group}\n\n{entries}")
    if not found:
        st.info("No entry has this in it. Try part of a word, or empty the field to see them all.")


st.title("How does a machine learn to read?", anchor=False)
st.markdown(
    "A computer can see that a scribble is a 7, though nobody ever told it the rules. It is shown "
    "thousands of handwritten digits, a collection called MNIST, and works out the rules by "
    "itself. Here you can watch it happen, and then try to fool it.",
    help=explain("MNIST", "network"),
)
achievement = st.empty()
tour.start_button()

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
    glossary()

achievement.markdown(best_so_far())
