"""Notes for teachers, in Markdown: one file a language.

In the files, `{name}` stands for one of the figures, and `[[text]]` or `[[context|text]]` for what
the app shows for this English text in the language of the notes.

`docs/teaching` has copies for people who read the repository (`scripts.teaching_figures`).
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mnist_core.language import translation
from mnist_core.language.catalogues import SOURCE
from mnist_core.language.translation import _, p_
from mnist_core.teaching_material import figures

FOLDER = Path(__file__).parent / "notes"
SHOWN = re.compile(r"\[\[(?:([^]|]+)\|)?([^]|]+)\]\]")
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Chapter:
    """A part of the notes.

    Attributes:
        title: without Markdown.
        text: Markdown: headings of the third level, paragraphs, lists, tables.
    """

    title: str
    text: str


@dataclass(frozen=True)
class Notes:
    """The notes in one language.

    Attributes:
        title: without Markdown.
        introduction: Markdown.
        chapters: in order.
    """

    title: str
    introduction: str
    chapters: tuple[Chapter, ...]


def codes() -> tuple[str, ...]:
    """The codes of the languages that there are notes in, English first."""
    others = sorted(path.stem for path in FOLDER.glob("*.md"))
    return (SOURCE, *(code for code in others if code != SOURCE))


@cache
def markdown(code: str) -> str:
    """The notes in a language, with their figures; in English if there are none in it."""
    written = code if code in codes() else SOURCE
    with translation.using(written):
        text = (FOLDER / f"{written}.md").read_text("utf-8").format(**figures.in_words())
        return SHOWN.sub(_as_shown, text)


def _as_shown(found: re.Match[str]) -> str:
    context, text = found.groups()
    # Looked up by variables: the code that shows these texts has them for the catalogue.
    return _(text) if context is None else p_(context, text)


@cache
def read(code: str) -> Notes:
    """The notes in a language, by chapters; in English if there are none in it."""
    heading, *parts = _HEADING.split(markdown(code))
    title, _rule, introduction = heading.partition("\n")
    chapters = (
        Chapter(name.strip(), text.strip())
        for name, text in zip(parts[::2], parts[1::2], strict=True)
    )
    return Notes(title.removeprefix("#").strip(), introduction.strip(), tuple(chapters))
