"""What one visitor may ask of the server, and all who come from one address.

    if refusal := limits.refusal(limits.PHOTOS):
        st.warning(refusal)

Each limit says so in a sentence when it is reached, and nothing is lost. None holds for the owner
of the computer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mnist_core.language.translation import _, to_translate
from mnist_core.models import store
from mnist_core.system import events, server_settings
from mnist_core.system.guest import shares
from mnist_core.system.rate_limit import RateLimit
from mnist_core.system.text_format import duration
from ui.visitors import client


@dataclass(frozen=True)
class Limit:
    """A limit for each visitor.

    Attributes:
        name: of what is limited.
        most: how often it may happen.
        seconds: in how long.
        words: what is counted, and in how long, such as "photos a minute".
    """

    name: str
    most: Callable[[], int]
    seconds: float
    words: str


PHOTOS = Limit("photos", server_settings.photos_per_minute, 60, to_translate("photos a minute"))
GUESSES = Limit("guesses", lambda: 60, 60, to_translate("guesses a minute"))
NOTES = Limit("notes", lambda: 30, 60, to_translate("changes a minute"))
KEPT_DRAWINGS = Limit("kept-drawings", lambda: 10, 3600, to_translate("sheets an hour"))
CLASSES = Limit("classes", lambda: 10, 3600, to_translate("new classes an hour"))
CLASS_CODES = Limit("class-codes", lambda: 30, 600, to_translate("codes in ten minutes"))
WORD_TRIES = Limit("word-tries", lambda: 10, 600, to_translate("tries in ten minutes"))


def refusal(limit: Limit) -> str | None:
    """Count something for this visitor; why it is too much, as a sentence, or None if it is not."""
    guest = client.guest()
    if guest is None:
        return None
    rate_limit = _rate_limit(limit.name, limit.seconds, store.local_directory())
    wait = rate_limit.take(shares(guest, limit.most()))
    if not wait:
        return None
    events.refused(limit.name)
    return _(
        "This server takes {count} {things} from one visitor, so that there is room for "
        "everybody. Please try again in {time}.",
        count=limit.most(),
        things=_(limit.words),
        time=duration(wait),
    )


@lru_cache(maxsize=50)
def _rate_limit(name: str, seconds: float, folder: Path) -> RateLimit:
    # On the disk, for all processes, as somebody may come back through another: half a millisecond.
    return RateLimit(seconds, folder / f".limits/{name}.json")
