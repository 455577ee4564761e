"""One of several options: side by side, or as a list where there is no room for that."""

from collections.abc import Callable, Mapping

from ui.shell.component import component, when_picked

_CHOICE = component(__file__, uses=("field", "radio_label"))


def choice_row(
    title: str,
    options: Mapping[str, str],
    chosen: str,
    *,
    key: str,
    on_choose: Callable[[str], None],
    show_title: bool = False,
) -> None:
    """Offer options side by side; on a phone, four or more of them become a list.

    Args:
        title: what is chosen; always there for screen readers.
        options: name -> text shown.
        chosen: the name of the option that is in use.
        key: as of any widget.
        on_choose: called with the name of another option, before the page runs again.
        show_title: whether everybody sees the title.
    """
    _mount(title, options, chosen, key, on_choose, "stretch", show_title=show_title, as_list=False)


def choice_list(
    title: str,
    options: Mapping[str, str],
    chosen: str,
    *,
    key: str,
    on_choose: Callable[[str], None],
    width: int,
) -> None:
    """Offer options as a list below its title; as `choice_row`, and as wide as said, in pixels."""
    _mount(title, options, chosen, key, on_choose, width, show_title=True, as_list=True)


def _mount(
    title: str,
    options: Mapping[str, str],
    chosen: str,
    key: str,
    on_choose: Callable[[str], None],
    width: int | str,
    **appearance: bool,
) -> None:
    names = list(options)
    _CHOICE(
        key=key,
        data={
            "title": title,
            "options": list(options.values()),
            "chosen": names.index(chosen),
            **appearance,
        },
        width=width,
        on_picked_change=when_picked(key, len(names), lambda position: on_choose(names[position])),
    )
