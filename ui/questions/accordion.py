"""The questions below each other; one of them at a time is open, `question` in the address."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mnist_core.networks import training_time
from mnist_core.system.text_format import duration
from ui.glossary.glossary import explain
from ui.questions.catalogue import QUESTIONS, Experiment, Question
from ui.shell.address import Address
from ui.widgets.scroll_into_view.scroll_into_view import scroll_into_view

_UNBROKEN = "\N{NO-BREAK SPACE}"
_STYLE = f"<style>{Path(__file__).with_suffix('.css').read_text('utf-8')}</style>"
_ELEMENTS, _OPENED_HERE = "questions/elements", "questions/opened-here"


@dataclass(frozen=True)
class _Element:
    """A question's expander: how often it was replaced, and whether it was open when made."""

    version: int
    began_open: bool

    def key(self, one: Question) -> str:
        return f"question-{one.name}-{self.version}"


def show(here: Address) -> None:
    """Show all questions, and the answer of the one that is open."""
    opened = here.some_of(
        "question",
        [one.name for one in QUESTIONS],
        at_most=1,
        refusal="There is no such question",
        instead="all of them",
    )
    with st.container(gap="xsmall", key="questions"):
        for one in QUESTIONS:
            is_open = one.name in opened
            with _expander(here, one, is_open=is_open):
                # What is closed need not be sent.
                if is_open:
                    # A link may lead to one far below.
                    if st.session_state.get(_OPENED_HERE) != one.name:
                        scroll_into_view(f"question {one.name}")
                    _answer(one)


def _expander(here: Address, one: Question, *, is_open: bool) -> DeltaGenerator:
    elements: dict[str, _Element] = st.session_state.setdefault(_ELEMENTS, {})
    element = elements.get(one.name) or _Element(0, is_open)
    if st.session_state.get(element.key(one), is_open) != is_open:
        # Another was opened. A new element: what a busy browser still says of this one counts no
        # more.
        element = _Element(element.version + 1, is_open)
    elif element.key(one) not in st.session_state:
        element = _Element(element.version, is_open)
    elements[one.name], key = element, element.key(one)

    def toggled() -> None:
        opened = one.name if st.session_state[key] else None
        st.session_state[_OPENED_HERE] = opened
        here.choose(question=opened)

    return st.expander(one.question, expanded=element.began_open, key=key, on_change=toggled)


def _answer(one: Question) -> None:
    st.markdown(one.answer, help=explain(*one.words))
    st.html(_STYLE)
    with st.container(key="experiments", gap="xxsmall"):
        for experiment in one.experiments:
            _link(experiment)


def _link(experiment: Experiment) -> None:
    recipe = experiment.trained
    takes = ""
    if recipe is not None:
        time = duration(training_time.expected_seconds(recipe, recipe.settings))
        takes = f" (about {time.replace(' ', _UNBROKEN)})"
    st.page_link(
        f"pages/{experiment.page}.py",
        label=f"{experiment.label}{takes}",
        icon=":material/science:",
        query_params=experiment.address,
    )
