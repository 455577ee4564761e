"""One of several options: side by side, or as a list where there is no room for that."""

from collections.abc import Callable, Mapping

from mnist_core.language.translation import _
from ui.shell.component import component, when_picked

_CHOICE = component(__file__, uses=("field", "radio_label"))


def choice(
    title: str,
    options: Mapping[str, str],
    chosen: str | None,
    *,
    key: str,
    on_choose: Callable[[str], None],
    show_title: bool = False,
    list_width: int | None = None,
) -> None:
    """Offer options side by side; on a phone, four or more of them become a list.

    Args:
        title: what is chosen; always there for screen readers.
        options: name -> text shown.
        chosen: the name of the option that is in use; None before anything is chosen.
        key: as of any widget.
        on_choose: called with the name of another option, before the page runs again.
        show_title: whether everybody sees the title.
        list_width: in pixels, for a list on any screen.
    """
    names = list(options)
    data = {
        "title": title,
        "options": list(options.values()),
        "chosen": -1 if chosen is None else names.index(chosen),
        "show_title": show_title,
        "as_list": list_width is not None,
        "open": _("Pick one"),
    }
    receive = when_picked(key, len(names), lambda position: on_choose(names[position]))
    _CHOICE(key=key, data=data, width=list_width or "stretch", on_picked_change=receive)
