"""A button that copies a link to what the page shows, to send to somebody."""

from pathlib import Path

from ui.shell.component import component

_HERE = Path(__file__).parent

_COPY_LINK = component(
    _HERE,
    "copy_link",
    '<div class="copy"><button type="button"></button><input readonly>'
    '<p class="said" aria-live="polite"></p></div>',
)


def copy_link(label: str, *, key: str, **query: str) -> None:
    """Offer a link to this page, in sight and to be copied.

    Its first part is what the browser has for this page: the server may stand behind another name.

    Args:
        label: what the button says.
        key: as of any widget.
        query: what stands behind the "?" of the link.
    """
    _COPY_LINK(key=key, data={"label": label, "query": query})
