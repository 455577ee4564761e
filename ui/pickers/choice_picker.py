"""One of a few things to choose in a row, kept in the address."""

from collections.abc import Mapping, Sequence

from ui.shell.address import Address
from ui.widgets.choice.choice import choice


def choice_picker(
    here: Address,
    name: str,
    title: str,
    options: Mapping[str, str],
    *,
    refusal: str,
    instead: str | None = None,
    default: str | None = None,
    clears: Sequence[str] = ("page",),
    show_title: bool = False,
) -> str:
    """Offer them, and return the name of the one chosen.

    Args:
        here: the page's address.
        name: as in the address.
        title: what is chosen.
        options: name in the address -> what the page calls it.
        refusal: why another word in the address is not taken, without the full stop.
        instead: what is shown then; else the title of the default.
        default: the name of the one taken when the address gives none; else the first.
        clears: names in the address that lose their meaning when another is chosen.
        show_title: for everybody, not only for people who do not see the page.
    """
    first = default or next(iter(options))
    chosen = here.one_of(
        name, (first, *options), refusal=refusal, instead=instead or options[first]
    )
    choice(
        title,
        options,
        chosen,
        key=f"{here.page}-{name}",
        on_choose=lambda other: here.choose(**{name: other}, **dict.fromkeys(clears)),
        show_title=show_title,
    )
    return chosen
