"""Measured figures of the notes and worksheets, as values and in the reader's language."""

from functools import cache
from pathlib import Path

import msgspec

from mnist_core.language.translation import _, p_, to_translate
from mnist_core.models import handwriting_accuracy, store
from mnist_core.models.card import ModelCard
from mnist_core.system.text_format import decimal, percent, whole

FILE = Path(__file__).parent / "figures.json"
# Of Train and Teach, as benchmarks.class_trainings measured them: docs/teaching/figures.md.
EVERY_SECONDS, IDLE_MINUTES, BUSY_MINUTES = 13.2, 6.5, 10
QUICK, CONVOLUTIONS = (0.9821, 0.9893), (0.9282, 0.9411)
"""The least and the most of the test images that two kinds of network read after ten seconds."""
EXAM, EXAM_BEFORE, EXAM_AFTER = 90, 75, 88
MNIST_BEFORE, MNIST_AFTER = 0.9910, 0.9884
_QUICK, _CONVOLUTIONS = to_translate("The quick one"), to_translate("Two large convolutions")

_BEST, _SLOWEST, _USUAL = "every-hand", "mlp-800-sgd", "cnn-32-32"


class Guessed(msgspec.Struct, frozen=True):
    """One of the ambiguous digits.

    Attributes:
        label: MNIST's.
        said: how many of the shipped networks give which answer, most frequent first.
    """

    label: int
    said: dict[int, int]

    @property
    def mostly(self) -> int:
        """What most networks say."""
        return next(iter(self.said))


class Reading(msgspec.Struct, frozen=True):
    """A test digit and what a network says to it.

    Attributes:
        index: of the image in the test set, from 0.
        label: MNIST's.
        read: the network's answer.
        sure: its probability in whole percent.
    """

    index: int
    label: int
    read: int
    sure: int


class Figures(msgspec.Struct, frozen=True):
    """What `python -m scripts.teaching_figures` computed.

    Attributes:
        guessed: of each of `classroom.ambiguous_digits.ELEMENTS`.
        reader: the name of the network whose readings follow.
        readings: twenty digits in a row of those labelled 4, 7 or 9.
        weakest: by digit, how many of the shipped networks read it least often of what people draw.
    """

    guessed: tuple[Guessed, ...]
    reader: str
    readings: tuple[Reading, ...]
    weakest: dict[int, int]


@cache
def load() -> Figures:
    """The figures, read once in a process."""
    return msgspec.json.decode(FILE.read_bytes(), type=Figures)


def in_words() -> dict[str, str]:
    """What the notes fill in, by the name of its placeholder, in the current language."""
    found = load()
    cards = {card.name: card for card in store.list_models() if card.shipped}
    hands = handwriting_accuracy.load()
    words = {
        "networks": whole(len(cards)),
        "people": whole(handwriting_accuracy.PEOPLE),
        "drawings": whole(handwriting_accuracy.DIGITS),
        "weakest_digit": str(max(found.weakest, key=found.weakest.__getitem__)),
        "weakest_networks": whole(max(found.weakest.values())),
        "best_title": title(cards[_BEST]),
        "slow_title": title(cards[_SLOWEST]),
        "usual_title": title(cards[_USUAL]),
        "best_test": percent(cards[_BEST].test_accuracy),
        "slow_test": percent(cards[_SLOWEST].test_accuracy),
        "usual_test": percent(cards[_USUAL].test_accuracy),
        "best_hands": percent(hands[_BEST].prepared, 1),
        "slow_hands": percent(hands[_SLOWEST].prepared, 1),
        "usual_hands": percent(hands[_USUAL].prepared, 1),
    }
    for number, one in enumerate(found.guessed, 1):
        words |= {
            f"label_{number}": str(one.label),
            f"mostly_{number}": str(one.mostly),
            f"votes_{number}": whole(one.said[one.mostly]),
        }
    return words | _trainings()


def _trainings() -> dict[str, str]:
    """What Train and Teach took."""
    return {
        "every_seconds": decimal(EVERY_SECONDS, 0),
        "idle_minutes": decimal(IDLE_MINUTES, 1),
        "busy_minutes": whole(BUSY_MINUTES),
        "quick_title": _(_QUICK),
        "quick_least": percent(QUICK[0], 1),
        "quick_most": percent(QUICK[1], 1),
        "convolutions_title": _(_CONVOLUTIONS),
        "convolutions_least": percent(CONVOLUTIONS[0], 1),
        "convolutions_most": percent(CONVOLUTIONS[1], 1),
        "exam": whole(EXAM),
        "exam_before": whole(EXAM_BEFORE),
        "exam_after": whole(EXAM_AFTER),
        "mnist_before": percent(MNIST_BEFORE, 1),
        "mnist_after": percent(MNIST_AFTER, 1),
    }


def title(card: ModelCard) -> str:
    """What pages call a shipped network, in the current language."""
    return p_("network", card.title)
