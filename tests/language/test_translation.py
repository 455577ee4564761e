"""Texts and numbers in the language of whoever reads."""

import threading

import pytest

from mnist_core.language import catalogues, translation
from mnist_core.language.translation import _, n_, p_, to_translate, using
from mnist_core.system.text_format import (
    about,
    decimal,
    mistakes_in,
    percent,
    percent_sure,
    whole,
    whole_percent,
    with_article,
)

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def of_numbers(tmp_path, monkeypatch):
    """A catalogue of a language whose sentences go the other way round."""
    (tmp_path / "de.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8"\n\n'
        'msgid "{a} before {b}"\nmsgstr "{b} nach {a}"\n\n'
        'msgid "{n} hand"\nmsgid_plural "{n} hands"\n'
        'msgstr[0] "{n} Hand"\nmsgstr[1] "{n} Hände"\n\n'
        'msgctxt "verb"\nmsgid "Draw"\nmsgstr "Zeichnen"\n\n'
        'msgid "Draw"\nmsgstr "Unentschieden"\n\n'
        '#, fuzzy\nmsgid "unsure"\nmsgstr "falsch"\n',
        "utf-8",
    )
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    for cached in (catalogues.codes, catalogues.texts):
        cached.cache_clear()
    yield
    for cached in (catalogues.codes, catalogues.texts):
        cached.cache_clear()


def test_a_text_is_in_the_language_of_whoever_reads(of_numbers):
    assert _("{a} before {b}", a="{b}", b=2) == "{b} before 2"
    with using("de"):
        assert _("{a} before {b}", a="{b}", b=2) == "2 nach {b}"
        assert p_("verb", "Draw") == "Zeichnen"
        assert _("Draw") == "Unentschieden"
        assert _(to_translate("only English")) == "only English"
        assert _("unsure") == "unsure"
    assert _("Draw") == "Draw"


def test_plurals_and_their_numbers(of_numbers):
    assert [n_("{n} hand", "{n} hands", n) for n in (0, 1, 2000)] == [
        "0 hands",
        "1 hand",
        "2,000 hands",
    ]
    with using("de"):
        assert [n_("{n} hand", "{n} hands", n) for n in (0, 1, 2000)] == [
            "0 Hände",
            "1 Hand",
            "2.000 Hände",
        ]


def test_the_app_says_who_reads_and_a_with_has_the_last_word(of_numbers, monkeypatch):
    monkeypatch.setattr(translation, "_who_reads", lambda: "de")
    seen = []
    thread = threading.Thread(target=lambda: seen.append(_("Draw")))
    thread.start()
    thread.join()
    assert seen == ["Unentschieden"]
    with using("en"):
        assert _("Draw") == "Draw"
    monkeypatch.setattr(translation, "_who_reads", lambda: "../../etc")
    assert translation.current() == "en"


def test_numbers_in_german():
    with using("de"):
        assert whole(60000) == "60.000"
        assert decimal(1234.56, 1) == "1.234,6"
        assert percent(0.98765) == f"98,77{NBSP}%"
        assert percent_sure(0.9999) == f"> 99,9{NBSP}%"
        assert whole_percent(0.999) == f"> 99{NBSP}%"
        assert with_article(8) == "eine 8"
        assert mistakes_in(1, 10000) == "1 Fehler bei 10.000"
        assert about(14) == "etwa 14 s"


def test_a_language_has_its_own_name_for_itself():
    assert catalogues.own_name("de") == "Deutsch"
    assert catalogues.own_name("fr") == "Français"
    assert catalogues.own_name("en") == "English"
