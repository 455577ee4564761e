"""How to come into a class: its code, its link and its QR code."""

from functools import lru_cache
from io import BytesIO

from ui.shell.component import as_base64, component

_ROOM_SIGN = component(__file__)


def room_sign(link: str, *, key: str, words: str, code: str = "", size: int = 260) -> None:
    """Show a QR code, and what to do without a camera.

    Args:
        link: where the QR code leads.
        key: as of any widget.
        words: what to do, in a sentence; the link stands below it, without its first part.
        code: to be typed in, in large letters; empty if there is none.
        size: of the QR code, in screen pixels.
    """
    data = {
        "png": as_base64(_qr_code(link)),
        "link": link,
        "words": words,
        "code": code,
        "size": size,
    }
    _ROOM_SIGN(key=key, data=data)


@lru_cache(maxsize=200)
def _qr_code(link: str) -> bytes:
    """A PNG, black on white, with the margin that cameras need."""
    # Not at the top: few pages need it.
    import segno

    file = BytesIO()
    segno.make_qr(link, error="m").save(file, kind="png", scale=8, border=4)
    return file.getvalue()
