"""How much does it stand? Accuracy on test images that were turned, shifted, blurred ..."""

import time
from contextlib import suppress

import streamlit as st

from mnist_core.analysis.robustness import PERTURBATIONS, Measurements, evaluation_subset, examples
from mnist_core.charts.trust_charts import robustness_chart
from mnist_core.models.card import ModelCard
from mnist_core.models.store import BrokenModel
from mnist_core.system.wording import percent
from ui.mistakes.test_results import Examination
from ui.shell import address, cached
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.widgets.chart.chart import chart
from ui.widgets.digit_tiles.digit_tiles import digit_grid

_MOST_NETWORKS = 3
_REFRESH_SECONDS = 0.2
# Measuring goes on this long before the chart is drawn again and clicks are heard.
_STRETCH_SECONDS = 0.4


def show(here: Address, exam: Examination) -> None:
    """Show the view; `change` in the address chooses it."""
    name = here.one_of(
        "change",
        tuple(PERTURBATIONS),
        refusal="There is no such change",
        instead=PERTURBATIONS["turn"].title,
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Change every image by",
            format_func=lambda name: PERTURBATIONS[name].title,
            width=220,
            **here.widgets.bind("change", name, options=tuple(PERTURBATIONS)),
        )
        others = _others(here, exam.card)
    st.markdown(
        "Every fifth test image, 2,000 in all, is changed and read again. What was measured is "
        "kept: come back any time.",
        help=explain("test set", "accuracy"),
    )
    networks = [card for card in (exam.card, *others) if _opens(card)]
    if exam.card not in networks:
        return
    results = [cached.robustness(name, card) for card in networks]
    refresh = _REFRESH_SECONDS if any(result.missing for result in results) else None
    above = st.container()
    _samples(name, exam)
    with above:
        st.fragment(_chart, run_every=refresh)(name, networks, is_watched=refresh is not None)


def _opens(card: ModelCard) -> bool:
    """Whether the network's file is sound; else the page says so."""
    try:
        cached.predictor(card.name)
    except (BrokenModel, ValueError) as damage:
        st.error(f"{damage} Choose another network.")
        return False
    return True


def _others(here: Address, card: ModelCard) -> list[ModelCard]:
    cards = {other.name: other for other in cached.cards()}
    asked = here.some_of(
        "with",
        tuple(cards),
        at_most=_MOST_NETWORKS - 1,
        refusal="A network is compared with up to two others that are there",
        instead="those that can be had",
    )
    # The network of the page may have become one of those it was compared with.
    chosen = [name for name in asked if name != card.name]
    st.multiselect(
        "Compare with",
        [name for name in cards if name != card.name],
        max_selections=_MOST_NETWORKS - 1,
        placeholder="up to two other networks",
        **here.widgets.bind("with", chosen, initial_argument="default"),
    )
    return [cards[name] for name in chosen]


def _chart(name: str, networks: list[ModelCard], *, is_watched: bool) -> None:
    results = {card.name: cached.robustness(name, card) for card in networks}
    missing = sum(len(result.missing) for result in results.values())
    if is_watched and not missing:
        # The page once more as a whole, with a chart that has nothing left to wait for.
        address.rerun()
    change = PERTURBATIONS[name]
    total = len(change.levels) * len(results)
    if missing:
        st.progress(1 - missing / total, f"Measured {total - missing} of {total} points")
    known = {model: dict(result.accuracies) for model, result in results.items()}
    findings = [finding(model, result) for model, result in results.items()]
    chart(
        robustness_chart(change, known),
        key="robustness",
        alternative=" ".join(findings).replace("**", ""),
    )
    for said in findings:
        st.markdown(said)
    # Only now: what is known is on the screen already.
    with suppress(BrokenModel, ValueError):
        # A network that is taken away this moment is missed by the next run of the page.
        _measure(results)


def _measure(results: dict[str, Measurements]) -> None:
    """Go on for a moment: the mildest changes first, the networks in turn."""
    digits = evaluation_subset(cached.digits("test"))
    until = time.monotonic() + _STRETCH_SECONDS
    while True:
        model = max(results, key=lambda name: len(results[name].missing))
        if not results[model].missing:
            return
        level = results[model].missing[0]
        results[model].measure(level, digits, cached.predictor(model).predict)
        # However slow the machine, something is measured each time.
        if time.monotonic() >= until:
            return


def finding(model: str, result: Measurements) -> str:
    """What was found, in a sentence."""
    change, known = result.change, result.accuracies
    if change.neutral not in known:
        return f"**{model}**: nothing measured yet."
    worst = min(known, key=lambda level: known[level])
    untouched = f"**{model}** reads {percent(known[change.neutral], 1)} of them rightly unchanged"
    if worst == change.neutral:
        return f"{untouched}."
    return f"{untouched}, and {percent(known[worst], 1)} at {worst:g} {change.unit}."


def _samples(name: str, exam: Examination) -> None:
    """The first test image at every level, and what the network reads in it."""
    change = PERTURBATIONS[name]
    images = examples(change, exam.digits.images[0])
    answers = cached.predictor(exam.card.name).predict(images).argmax(axis=1)
    st.markdown(f"The first test image at each level, and what {exam.card.name} says:")
    said = [
        f"{level:g}\nsays {answer}".replace("-", "−")
        for level, answer in zip(change.levels, answers, strict=True)
    ]
    digit_grid(
        images,
        said,
        key="samples",
        alternatives=[f"{change.title} {text}".replace("\n", ", network ") for text in said],
        label=f"One digit, changed more and more, in {change.unit}",
        clickable=False,
    )
