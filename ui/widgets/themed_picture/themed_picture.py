"""A small picture in the theme's two inks, from a file; imports nothing that takes time."""

from pathlib import Path

from ui.shell.component import as_base64, component

_WIDTH, _HEIGHT = 84, 56

_PICTURE = component(__file__)


def themed_picture(name: str, *, alternative: str) -> None:
    """Show one of the pictures that `scripts/make_pictures.py` drew.

    Args:
        name: of its file, without the ending.
        alternative: what it shows, in words.
    """
    data = {
        "sprite": as_base64((Path(__file__).parent / f"{name}.png").read_bytes()),
        "width": _WIDTH,
        "height": _HEIGHT,
        "alternative": alternative,
    }
    _PICTURE(key=f"picture-{name}", data=data)
