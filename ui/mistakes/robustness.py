"""How robust the network is: its accuracy on test images that are rotated, shifted, blurred ..."""

import time
from contextlib import suppress

import streamlit as st

from mnist_core.analysis.robustness import PERTURBATIONS, Measurements, evaluation_subset, examples
from mnist_core.charts.trust_charts import robustness_chart
from mnist_core.models.card import ModelCard
from mnist_core.models.store import BrokenModel
from mnist_core.system.text_format import percent
from ui.glossary.glossary import explain
from ui.mistakes.network_results import NetworkResults, open_network
from ui.shell import address, cached
from ui.shell.address import Address
from ui.visitors import concurrent_work, listed_models
from ui.widgets.chart.chart import chart
from ui.widgets.digit_tiles.digit_tiles import digit_grid

_MOST_OTHERS = 2
_REFRESH_SECONDS = 0.2
_PATIENCE_SECONDS = 0.2
# So long is measured before the chart is drawn again and clicks are answered.
_MEASURING_SECONDS = 0.4


def show(here: Address, results: NetworkResults) -> None:
    """Show the view; `change` in the address is how images are changed, `with` other networks."""
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
        others = _others(here, results.card)
    st.markdown(
        "Every fifth test image, 2,000 in all, is changed and read again. The results are kept: "
        "come back any time.",
        help=explain("test set", "accuracy"),
    )
    networks = [card for card in (results.card, *others) if open_network(card.name)]
    if results.card not in networks:
        return
    measured = [cached.robustness(name, card) for card in networks]
    refresh = _REFRESH_SECONDS if any(one.missing for one in measured) else None
    above = st.container()
    _samples(name, results)
    with above:
        st.fragment(_chart, run_every=refresh)(name, networks, is_refreshing=refresh is not None)


def _others(here: Address, card: ModelCard) -> list[ModelCard]:
    """Choose the networks to compare with."""
    cards = {other.name: other for other in listed_models.cards()}
    asked = here.some_of(
        "with",
        tuple(cards),
        at_most=_MOST_OTHERS,
        refusal="A network is compared with at most two others that exist",
        instead="those that do",
    )
    # The network of the page may have become one of those it was compared with.
    chosen = [name for name in asked if name != card.name]
    st.multiselect(
        "Compare with",
        [name for name in cards if name != card.name],
        format_func=lambda name: cards[name].title,
        max_selections=_MOST_OTHERS,
        placeholder="up to two other networks",
        **here.widgets.bind("with", chosen, initial_argument="default"),
    )
    return [cards[name] for name in chosen]


def _chart(name: str, networks: list[ModelCard], *, is_refreshing: bool) -> None:
    """Show what has been measured, then measure some more."""
    results = {card.name: cached.robustness(name, card) for card in networks}
    missing = sum(len(result.missing) for result in results.values())
    if is_refreshing and not missing:
        # Rerun the whole page: its chart no longer has to refresh.
        address.rerun()
    change = PERTURBATIONS[name]
    total = len(change.levels) * len(results)
    if missing:
        st.progress(1 - missing / total, f"Measured {total - missing} of {total} points")
    titled = {card.title: results[card.name] for card in networks}
    findings = [finding(title, result) for title, result in titled.items()]
    chart(
        robustness_chart(change, {title: one.accuracies for title, one in titled.items()}),
        key="robustness",
        alternative=" ".join(findings).replace("**", ""),
    )
    for sentence in findings:
        st.markdown(sentence)
    # A network that is deleted at this moment is missed by the next run of the page.
    with (
        suppress(BrokenModel, ValueError),
        concurrent_work.place("robustness", _PATIENCE_SECONDS) as free,
    ):
        if free:
            _measure(results)
        elif missing:
            st.caption(concurrent_work.BUSY)


def _measure(results: dict[str, Measurements]) -> None:
    """Measure for a moment, at least one level: the mildest changes first, networks in turn."""
    digits = evaluation_subset(cached.digits("test"))
    until = time.monotonic() + _MEASURING_SECONDS
    while True:
        model = max(results, key=lambda name: len(results[name].missing))
        if not results[model].missing:
            return
        level = results[model].missing[0]
        results[model].measure(level, digits, cached.predictor(model).predict)
        if time.monotonic() >= until:
            return


def finding(title: str, result: Measurements) -> str:
    """What was found for a network, in a sentence."""
    change, known = result.perturbation, result.accuracies
    if change.neutral not in known:
        return f"**{title}**: nothing measured yet."
    worst = min(known, key=known.__getitem__)
    unchanged = percent(known[change.neutral], 1)
    at_worst = f", and {percent(known[worst], 1)} at {worst:g} {change.unit}".replace("-", "−")
    return (
        f"**{title}** reads {unchanged} of the unchanged images correctly"
        f"{'' if worst == change.neutral else at_worst}."
    )


def _samples(name: str, results: NetworkResults) -> None:
    """Show the first test image at every level, and the network's answer."""
    change = PERTURBATIONS[name]
    images = examples(change, results.digits.images[0])
    answers = cached.predictor(results.card.name).predict(images).argmax(axis=1)
    st.markdown("The first test image at each level, and what the network says:")
    captions = [
        f"{level:g}\nsays {answer}".replace("-", "−")
        for level, answer in zip(change.levels, answers, strict=True)
    ]
    digit_grid(
        images,
        captions,
        key="samples",
        alternatives=[f"{change.title} {text}".replace("\n", ", network ") for text in captions],
        label=f"One digit, changed more and more, in {change.unit}",
        clickable=False,
    )
