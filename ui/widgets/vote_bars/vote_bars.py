"""How a class is divided: a bar for each answer, to be read from ten metres."""

from collections.abc import Mapping

from ui.shell.component import component

_VOTE_BARS = component(__file__)


def vote_bars(
    votes: Mapping[str, int], *, key: str, label: str, marks: Mapping[str, str] | None = None
) -> None:
    """Show a bar for each answer.

    Args:
        votes: answer -> how many gave it, in the order in which they are shown.
        key: as of any widget.
        label: what it shows, for people who do not see it.
        marks: answer -> words beside its bar, such as "the label".
    """
    rows = [
        {"name": name, "count": count, "mark": (marks or {}).get(name, "")}
        for name, count in votes.items()
    ]
    _VOTE_BARS(key=key, data={"rows": rows, "label": label})
