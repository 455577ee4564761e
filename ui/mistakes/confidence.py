"""How sure, how right? Whether the network's confidence can be believed."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.analysis.calibration import reliability, selective_accuracy, with_temperature
from mnist_core.charts.trust_charts import abstention_curve, reliability_diagram
from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.system.wording import percent
from ui.mistakes.test_results import Examination
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.shell.section import section
from ui.widgets.chart.chart import chart

# Half a point between how sure and how right is nothing that anybody would notice.
_HONEST = 0.005


def show(here: Address, exam: Examination) -> None:  # noqa: ARG001
    """Show the view; nothing but the network steers it."""
    sure, silent = st.columns(2, gap="medium")
    with sure:
        _sure(exam)
    with silent:
        _silent(exam)


def _sure(exam: Examination) -> None:
    st.subheader("Is it as sure as it is right?", anchor=False)
    temperature, labels = exam.card.temperature, exam.digits.labels
    before = reliability(exam.probabilities, labels)
    sure = float(exam.confidence.mean(dtype=np.float64))
    said = (
        f"On average it is {percent(sure)} sure, and {percent(exam.report.accuracy)} of its "
        f"answers are right: it is {judgement(sure, exam.report.accuracy)}."
    )
    st.markdown(said, help=explain("confidence", "reliability diagram"))
    series = {"as it is": before}
    if temperature is not None:
        after = reliability(with_temperature(exam.probabilities, temperature), labels)
        series[f"with temperature {temperature:.2f}"] = after
    chart(reliability_diagram(series), key="reliability", alternative=said)
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
            "On the test images that helps nothing: this network was about as sure as it may be."
        )
    less = "less" if temperature > 1 else "more"
    st.markdown(
        f"A temperature of {temperature:.2f} makes it {less} sure of everything, and changes none "
        "of its answers. It was fitted on 10,000 training images that a network of the same kind "
        "had not learned from; never on the test images."
    )


def _silent(exam: Examination) -> None:
    left = selective_accuracy(exam.probabilities, exam.digits.labels)
    section("What if it may say “I don't know”?", finding(left))
    chart(abstention_curve(left), key="silence", alternative=finding(left))
    share = st.slider("Let it be silent on its least sure (per cent)", 0, 90, 5, key="silent-share")
    silent = TEST_IMAGES * share // 100
    answered = TEST_IMAGES - silent
    wrong = round((1 - left[silent]) * answered)
    st.markdown(
        f"It answers {answered:,} of {TEST_IMAGES:,} images, **{percent(left[silent])}** of them "
        f"rightly: {wrong:,} {'mistake is' if wrong == 1 else 'mistakes are'} left of "
        f"{len(exam.report.mistakes):,}. The other {silent:,} are for a person to read."
    )


def judgement(sure: float, right: float) -> str:
    """Whether a network believes too much of itself."""
    if abs(sure - right) <= _HONEST:
        return "about as sure as it may be"
    return "surer than it should be" if sure > right else "too modest"


def finding(left: NDArray[np.float64]) -> str:
    """How much silence it takes until nearly everything else is right."""
    enough = np.flatnonzero(left >= 0.999)
    if not len(enough):
        return "However much it leaves out, more than 1 in 1,000 of the others is read wrongly."
    if enough[0] == 0:
        return "It gets 999 of 1,000 right even when it must always answer."
    return (
        f"Leave out the {percent(enough[0] / len(left), 1)} on which it is least sure, and 999 of "
        "1,000 others are right."
    )
