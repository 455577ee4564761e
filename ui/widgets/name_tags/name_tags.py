"""Who is in a class: a tag for each, with a colour and its name.

Names are shown as text, whatever they contain.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ui.shell.component import component, when_picked

_NAME_TAGS = component(__file__, uses=("people_colours",))


@dataclass(frozen=True)
class Tag:
    """A name tag.

    Attributes:
        text: as it is shown.
        colour: one of `mnist_core.classroom.room.COLOURS`.
        note: a word or two behind it, such as "✓" for who has answered.
        is_here: whether there was a sign of them just now; others are pale.
    """

    text: str
    colour: str
    note: str = ""
    is_here: bool = True


def name_tags(
    tags: Sequence[Tag],
    *,
    key: str,
    label: str,
    large: bool = False,
    on_pick: Callable[[int], None] | None = None,
) -> None:
    """Show tags one after the other.

    Args:
        tags: in the order in which they are shown.
        key: as of any widget.
        label: what they are, for people who do not see them.
        large: to be read from ten metres.
        on_pick: called with the position of a tag that was clicked; None for tags to look at.
    """
    data = {
        "tags": [
            {"text": one.text, "colour": one.colour, "note": one.note, "here": one.is_here}
            for one in tags
        ],
        "label": label,
        "large": large,
        "clickable": on_pick is not None,
    }
    _NAME_TAGS(key=key, data=data, on_picked_change=when_picked(key, len(tags), on_pick))
