"""How sure the network is against how often it is correct, and what abstaining would help."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.analysis.calibration import reliability, selective_accuracy, with_temperature
from mnist_core.charts.trust_charts import abstention_curve, reliability_diagram
from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.system.text_format import counted, percent, whole
from ui.glossary.glossary import explain
from ui.mistakes.network_results import NetworkResults
from ui.shell.address import Address
from ui.shell.section import section
from ui.widgets.chart.chart import chart

# Nobody would notice half a percentage point between confidence and accuracy.
_TOLERANCE = 0.005


def show(here: Address, results: NetworkResults) -> None:  # noqa: ARG001
    """Show the view; it needs nothing from the address."""
    calibration, abstention = st.columns(2, gap="medium")
    with calibration:
        _calibration(results)
    with abstention:
        _abstention(results)


def _calibration(results: NetworkResults) -> None:
    st.subheader("Is it as sure as it should be?", anchor=False)
    temperature, labels = results.card.temperature, results.digits.labels
    accuracy = results.report.accuracy
    before = reliability(results.probabilities, labels)
    confidence = float(results.confidence.mean(dtype=np.float64))
    average = (
        f"On average it is {percent(confidence)} sure, and {percent(accuracy)} of its answers are "
        f"correct: it is {judgement(confidence, accuracy)}."
    )
    st.markdown(average, help=explain("confidence", "reliability diagram"))
    series = {"as trained": before}
    if temperature is not None:
        after = reliability(with_temperature(results.probabilities, temperature), labels)
        series[f"with temperature {temperature:.2f}"] = after
    chart(reliability_diagram(series), key="reliability", alternative=average)
    first, second = st.columns(2)
    first.metric(
        "Calibration error", percent(before.error), help=explain("expected calibration error")
    )
    if temperature is None:
        st.info(
            "No temperature was fitted for this network: that takes training images which it has "
            "not learned from. The networks that come with the app have one.",
            icon=":material/thermostat:",
        )
        return
    second.metric(
        f"With temperature {temperature:.2f}", percent(after.error), help=explain("temperature")
    )
    if after.error >= before.error:
        st.markdown(
            "On the test images this does not help: the network was already well calibrated."
        )
    less = "less" if temperature > 1 else "more"
    st.markdown(
        f"A temperature of {temperature:.2f} makes it {less} sure of everything and changes none "
        "of its answers. It was fitted on 10,000 training images that a network of the same kind "
        "had not learned from, never on the test images."
    )


def _abstention(results: NetworkResults) -> None:
    left = selective_accuracy(results.probabilities, results.digits.labels)
    section("What if it may say “I don't know”?", finding(left))
    chart(abstention_curve(left), key="abstention", alternative=finding(left))
    share = st.slider("Let it skip its least sure answers (%)", 0, 90, 5, key="abstention-share")
    skipped = TEST_IMAGES * share // 100
    answered = TEST_IMAGES - skipped
    mistakes = round((1 - left[skipped]) * answered)
    st.markdown(
        f"It answers {whole(answered)} of {whole(TEST_IMAGES)} images and reads "
        f"**{percent(left[skipped])}** of them correctly, with {counted(mistakes, 'mistake')} "
        f"instead of {whole(len(results.report.mistakes))}. A person has to read the other "
        f"{whole(skipped)}."
    )


def judgement(confidence: float, accuracy: float) -> str:
    """Whether a network is too sure of its answers, in words."""
    if abs(confidence - accuracy) <= _TOLERANCE:
        return "about as sure as it should be"
    return "surer than it should be" if confidence > accuracy else "less sure than it could be"


def finding(left: NDArray[np.float64]) -> str:
    """How many answers must be skipped until 999 in 1,000 of the others are correct.

    Args:
        left: shape `(n,)`, from `calibration.selective_accuracy`.
    """
    enough = np.flatnonzero(left >= 0.999)
    if not len(enough):
        return "However much it skips, it misreads more than 1 in 1,000 of the others."
    if enough[0] == 0:
        return "It gets 999 of 1,000 right even when it must always answer."
    return (
        f"If it skips the {percent(enough[0] / len(left), 1)} on which it is least sure, it gets "
        "999 of 1,000 others right."
    )
