"""The way from a page's first look to its deeper views, and from each of them on or back."""

from collections.abc import Callable, Mapping

from mnist_core.language.catalogues import SOURCE
from mnist_core.language.translation import _, current
from ui.shell.component import component, when_picked

_EXPLORE_DEEPER = component(__file__, uses=("field", "scroll_to_top"))


def explore_deeper(
    first: tuple[str, str],
    groups: Mapping[str, Mapping[str, tuple[str, str]]],
    chosen: str,
    *,
    key: str,
    on_choose: Callable[[str], None],
) -> None:
    """Offer the views of a page: closed below its first look, as a row above any other.

    Args:
        first: name and title of the first look.
        groups: what the views of a group have in common -> name -> title, and a sentence on what
            one finds there.
        chosen: the name of the view that is shown.
        key: as of any widget.
        on_choose: called with the name of another view, before the page runs again.
    """
    names = [first[0], *(name for views in groups.values() for name in views)]
    data = {
        "first": first[1],
        "groups": [
            {
                "title": group,
                "views": [
                    {"position": names.index(name), "title": title, "about": about}
                    for name, (title, about) in views.items()
                ],
            }
            for group, views in groups.items()
        ],
        "chosen": names.index(chosen),
        "name": _("Explore deeper"),
        "inside": [group.lower() if current() == SOURCE else group for group in groups],
    }
    receive = when_picked(key, len(names), lambda position: on_choose(names[position]))
    _EXPLORE_DEEPER(key=key, data=data, on_picked_change=receive)
