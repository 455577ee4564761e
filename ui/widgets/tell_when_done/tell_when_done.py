"""A button for whoever wants to be told by the browser that a training is over."""

from mnist_core.language.translation import _
from ui.shell.component import component

_TELL_WHEN_DONE = component(__file__, uses=("plain_button",))


def tell_when_done(event: str, *, is_over: bool, title: str, words: str, key: str) -> None:
    """Offer to tell, and tell at the end whoever asked for it.

    Args:
        event: what may be waited for, such as the id of a training; each is told once.
        is_over: it is.
        title: of the notification.
        words: what the notification says.
        key: as of any widget; the same before and after the end.
    """
    data = {
        "event": event,
        "is_over": is_over,
        "title": title,
        "words": words,
        "offer": _("Tell me when it is done"),
        "granted": _("Your browser will tell you."),
        "denied": _("Your browser does not allow it."),
    }
    _TELL_WHEN_DONE(key=key, data=data)
