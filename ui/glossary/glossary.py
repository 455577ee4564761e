"""The glossary: what the technical words on the pages mean. The words are in `glossary.toml`.

Pages name them in English; visitors read them in their language.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from mnist_core.language.translation import _, p_

GROUPS: Mapping[str, Mapping[str, str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text("utf-8")
)
"""A group's name -> its words, each with its meaning in one sentence; in English."""

WORDS = {word: meaning for words in GROUPS.values() for word, meaning in words.items()}


def search(text: str) -> dict[str, dict[str, str]]:
    """The groups and words that contain this text, in the word or its meaning; all if it is empty.

    Upper and lower case are the same. Groups without such a word are left out.
    """
    wanted = text.strip().casefold()
    found = {}
    for group, words in GROUPS.items():
        shown = {p_("glossary", word): _(meaning) for word, meaning in words.items()}
        matching = {
            word: shown[word]
            for word in sorted(shown, key=str.casefold)
            if wanted in f"{word} {shown[word]}".casefold()
        }
        if matching:
            found[p_("glossary", group)] = matching
    return found


def explain(*words: str) -> str:
    """What these words mean, for `help=`: a line of Markdown for each.

    Raises:
        ValueError: a word is not in the glossary.
    """
    unknown = [word for word in words if word not in WORDS]
    if unknown:
        raise ValueError(f"Not in the glossary: {', '.join(unknown)}.")
    shown = [(p_("glossary", word), _(WORDS[word])) for word in words]
    return "\n\n".join(f"**{word[0].upper()}{word[1:]}**: {meaning}" for word, meaning in shown)
