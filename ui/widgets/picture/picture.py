"""A small picture in the theme's two inks, from a file; imports nothing that takes time."""

from base64 import b64encode
from pathlib import Path

from ui.shell.component import component

_HERE = Path(__file__).parent

_WIDTH, _HEIGHT = 84, 56

_PICTURE = component(
    _HERE,
    "picture",
    '<div class="picture" role="img"><div class="ink"></div><div class="ink accent"></div></div>',
)


def picture(name: str, *, alternative: str) -> None:
    """Show one of the pictures that `scripts/make_pictures.py` drew.

    Args:
        name: of its file, without the ending.
        alternative: what it shows, in words.
    """
    file = _HERE / f"{name}.png"
    data = {
        "sprite": b64encode(file.read_bytes()).decode("ascii"),
        "width": _WIDTH,
        "height": _HEIGHT,
        "alternative": alternative,
    }
    _PICTURE(key=f"picture-{name}", data=data)
