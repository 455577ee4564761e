"""The choice of network on Mistakes, and how much of the test set it reads correctly."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.models.store import BrokenModel
from mnist_core.system.text_format import mistakes_in, percent
from ui.glossary.glossary import explain
from ui.mistakes.network_results import NetworkResults, results_of
from ui.pickers.model_picker import model_picker
from ui.shell.address import Address

_WIDTH = 541

ResultsView = Callable[[Address, NetworkResults], None]


def choose_results(here: Address, notices: DeltaGenerator) -> NetworkResults:
    """Choose a network, `model` in the address; ends the page where its files are damaged."""
    card = model_picker(here, clears=("index", "page"), width=_WIDTH)
    try:
        return results_of(card)
    except (BrokenModel, ValueError) as error:
        here.finish(notices)
        notices.error(f"{error} Choose another network.")
        st.stop()


def show_accuracy(results: NetworkResults) -> None:
    """Show how many test images it reads correctly, and how many it misreads."""
    report = results.report
    st.markdown(
        f"### {percent(report.accuracy)} correct, {percent(report.error)} wrong: "
        f"{mistakes_in(len(report.mistakes), TEST_IMAGES)}",
        help=explain("accuracy", "error"),
    )


def of_chosen_network(show: ResultsView) -> Callable[[Address, DeltaGenerator], None]:
    """A deeper view, with the choice of network above it."""

    def show_below(here: Address, notices: DeltaGenerator) -> None:
        # A row is one element to draw; columns would be several.
        with st.container(horizontal=True, vertical_alignment="bottom"):
            results = choose_results(here, notices)
            show_accuracy(results)
        show(here, results)

    return show_below
