"""The animals and colours that people get, in the reader's language."""

from mnist_core.classroom.room import ANIMALS, COLOURS, Person
from mnist_core.language.translation import _, to_translate

# For the catalogue: the whole name, because a language may bend the colour ("gelbe Eule").
_NAMES = {
    "Fox": to_translate("Fox"),
    "Owl": to_translate("Owl"),
    "Bear": to_translate("Bear"),
    "Hare": to_translate("Hare"),
    "Seal": to_translate("Seal"),
    "Wolf": to_translate("Wolf"),
    "Otter": to_translate("Otter"),
    "Mouse": to_translate("Mouse"),
    "Goose": to_translate("Goose"),
    "Horse": to_translate("Horse"),
    "Tiger": to_translate("Tiger"),
    "Zebra": to_translate("Zebra"),
    "Camel": to_translate("Camel"),
    "Koala": to_translate("Koala"),
    "Panda": to_translate("Panda"),
    "Whale": to_translate("Whale"),
    "Shark": to_translate("Shark"),
    "Crab": to_translate("Crab"),
    "Snail": to_translate("Snail"),
    "Bee": to_translate("Bee"),
}
_COLOURS = {
    "red": to_translate("red"),
    "blue": to_translate("blue"),
    "green": to_translate("green"),
    "yellow": to_translate("yellow"),
    "purple": to_translate("purple"),
    "orange": to_translate("orange"),
    "pink": to_translate("pink"),
    "grey": to_translate("grey"),
}
assert set(_NAMES) == set(ANIMALS)
assert set(_COLOURS) == set(COLOURS)


def in_words(person: Person) -> str:
    """Such as "Fox, red"; a sheet of paper says so."""
    words = _(
        "{animal}, {colour}", animal=_(_NAMES[person.animal]), colour=_(_COLOURS[person.colour])
    )
    return _("{name} (on paper)", name=words) if person.is_paper else words
