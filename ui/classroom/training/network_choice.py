"""A person's choice of a network, or the building of a small one."""

from collections.abc import Callable

import streamlit as st

from mnist_core.classroom import networks_to_choose as networks
from mnist_core.classroom.networks_to_choose import OWN, Own
from mnist_core.classroom.training_round import settings_within
from mnist_core.language.translation import _, n_
from mnist_core.networks.recipes import Recipe
from mnist_core.system.text_format import whole
from ui.shell.lost_session import Remembered
from ui.widgets.choice.choice import choice

_KIND: Remembered[str] = Remembered("class/network", str, "mlp-784")
_OWN: Remembered[tuple[int, int, int]] = Remembered(
    "class/own-network", tuple[int, int, int], (1, 1, 64)
)


def network_choice(seconds: int) -> tuple[str, Recipe]:
    """Offer the networks.

    Args:
        seconds: the budget of a training.

    Returns:
        The name of the one that is chosen, and its recipe.
    """
    kind = _KIND.get() if _KIND.get() in networks.TITLES else next(iter(networks.TITLES))
    choice(
        _("Your network"),
        {name: _(title) for name, title in networks.TITLES.items()},
        kind,
        key="class-network",
        on_choose=_KIND.set,
        show_title=True,
        list_width=300,
    )
    st.markdown(_(networks.SENTENCES[kind]))
    if kind == OWN:
        _build()
    recipe = networks.recipe_of(kind, _built())
    settings = settings_within(recipe, seconds)
    st.caption(
        n_(
            "In its {seconds} seconds it sees {images} digits once and sets {parameters} weights.",
            "In its {seconds} seconds it sees {images} digits, {n} times, and sets {parameters} "
            "weights.",
            settings.epochs,
            seconds=seconds,
            images=whole(settings.images_per_epoch),
            parameters=whole(recipe.parameters),
        )
    )
    return kind, recipe


def _built() -> tuple[int, int, int]:
    """What this person has built: always a network that there can be."""
    found = _OWN.get()
    try:
        Own(*found)
    except ValueError:
        # Of another version.
        return Own().convolutions, Own().hidden_layers, Own().neurons
    return found


def _build() -> None:
    convolutions, hidden, neurons = _built()
    _number(
        _("Rows of patterns (convolutions)"),
        networks.CONVOLUTIONS,
        convolutions,
        "convolutions",
        lambda chosen: _OWN.set((chosen, hidden, neurons)),
    )
    _number(
        _("Rows of neurons (hidden layers)"),
        networks.HIDDEN_LAYERS,
        hidden,
        "hidden",
        lambda chosen: _OWN.set((convolutions, chosen, neurons)),
    )
    if hidden:
        _number(
            _("Neurons in each"),
            networks.NEURONS,
            neurons,
            "neurons",
            lambda chosen: _OWN.set((convolutions, hidden, chosen)),
        )


def _number(
    title: str,
    options: tuple[int, ...],
    chosen: int,
    key: str,
    on_choose: Callable[[int], None],
) -> None:
    choice(
        title,
        {str(one): whole(one) for one in options},
        str(chosen),
        key=f"class-own-{key}",
        on_choose=lambda name: on_choose(int(name)),
        show_title=True,
        list_width=300,
    )
