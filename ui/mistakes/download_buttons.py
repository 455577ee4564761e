"""The buttons that download all mistakes; the files are made by `analysis.mistake_downloads`."""

from functools import partial

import streamlit as st

from mnist_core.analysis import mistake_downloads
from ui.mistakes.network_results import NetworkResults


def download_buttons(results: NetworkResults) -> None:
    """Offer the mistakes as files, which are made only when somebody wants them."""
    mistakes = results.surest_first(results.report.mistakes)
    images, labels = results.digits.images, results.digits.labels
    table = partial(mistake_downloads.table, results.probabilities, labels, mistakes)
    picture = partial(mistake_downloads.picture, images, results.predictions, labels, mistakes)
    with st.container(horizontal=True):
        for kind, make, extension, mime in (
            ("table (CSV)", table, "csv", "text/csv"),
            ("picture (PNG)", picture, "png", "image/png"),
        ):
            st.download_button(
                f"All mistakes as a {kind}",
                make,
                f"mistakes-{results.card.name}.{extension}",
                mime,
                key=f"download-{extension}",
                icon=":material/download:",
                on_click="ignore",
                disabled=not len(mistakes),
            )

    if results.card.shipped:
        st.caption(f"In addresses and files this network is called `{results.card.name}`.")
