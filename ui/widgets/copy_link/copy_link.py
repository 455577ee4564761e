"""A button that copies a link to what the page shows, for sharing."""

from ui.shell.component import component

_COPY_LINK = component(__file__)


def copy_link(label: str, *, key: str, **query: str) -> None:
    """Show a link to this page, to be selected or copied.

    Its first part is the address that the browser has: the server may be behind another name.

    Args:
        label: text of the button.
        key: as of any widget.
        query: what comes after the "?" of the link.
    """
    _COPY_LINK(key=key, data={"label": label, "query": query})
