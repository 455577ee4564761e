"""The language of a visitor: chosen by the browser, the address or the switch."""

from types import SimpleNamespace

import pytest
import streamlit as st

from mnist_core.language import catalogues
from tests.visiting import address, sent, text, visit
from ui.shell import language


def _links(app) -> dict[str, str]:
    """What the row calls each page, by its path, and the query of that link."""
    found = [link.proto for link in app.get("page_link")]
    return {link.page: f"{link.label}?{link.query_string}" for link in reversed(found)}


def test_home_in_german_without_a_word_of_english():
    app = visit("home", lang="de")
    assert not app.exception
    assert app.title[0].value == "Wie lernt eine Maschine lesen?"
    assert "von 10.000 Ziffern" in str([link.proto.label for link in app.get("page_link")])
    assert sent(app, "answer")["certainty"] == "Zeichne eine Ziffer von 0 bis 9."
    words = sent(app, "live-reader")["words"]
    assert words["percent"] == "{}\N{NO-BREAK SPACE}%"
    assert words["digits"][8] == "eine 8"
    assert sent(app, "network-flow")["columns"][0]["sentence"] == "was das Netz sieht"
    assert "document.documentElement.lang = 'de'" in str(
        [one.proto.body for one in app.get("html")]
    )
    assert "network" not in text(app).replace("MNIST", "").lower()


def test_the_switch_offers_the_other_language_by_its_own_name_and_the_address_keeps_it():
    app = visit("home")
    (switch,) = (button for button in app.button if button.key.startswith("lang-"))
    assert switch.label == "Deutsch"
    assert "lang" not in address(app)
    switch.click().run()
    assert app.title[0].value.startswith("Wie")
    assert address(app)["lang"] == "de"
    assert _links(app)["draw"] == "Zeichnen?lang=de"
    app.button(key="lang-en").click().run()
    assert app.title[0].value.startswith("How")
    assert address(app)["lang"] == "en"


def test_a_page_that_is_not_translated_is_in_english_and_says_so():
    app = visit("train", lang="de")
    assert app.title[0].value == "How does a network learn?"
    said = "Diese Seite gibt es bisher nur auf Englisch."
    assert app.caption[0].value == said
    assert _links(app)["train"].startswith("Trainieren")
    assert not any("lang = 'de'" in one.proto.body for one in app.get("html"))
    assert said not in [caption.value for caption in visit("train").caption]


def test_a_language_in_the_address_is_no_choice_of_what_a_page_shows():
    app = visit("draw", view="fool", model="mlp-784")
    app.switch_page("pages/home.py").run()
    app.query_params["lang"] = "de"
    app.switch_page("pages/draw.py").run()
    assert address(app) | {"view": "fool", "model": "mlp-784", "lang": "de"} == address(app)


def test_another_language_is_a_file_more(tmp_path, monkeypatch):
    german = (catalogues.FOLDER / "de.po").read_text("utf-8")
    (tmp_path / "de.po").write_text(german, "utf-8")
    (tmp_path / "fr.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8"\n\n'
        'msgid "How does a machine learn to read?"\nmsgstr "Comment une machine apprend-elle ?"\n',
        "utf-8",
    )
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    catalogues.codes.cache_clear()
    try:
        app = visit("home")
        offered = [button.label for button in app.button if button.key.startswith("lang-")]
        assert offered == ["Deutsch", "Français"]
        app.button(key="lang-fr").click().run()
        assert app.title[0].value == "Comment une machine apprend-elle ?"
        assert sent(app, "answer")["certainty"] == "Draw a digit from 0 to 9."
        assert sent(app, "live-reader")["words"]["decimal"] == ","
    finally:
        catalogues.codes.cache_clear()
        catalogues.texts.cache_clear()


@pytest.mark.parametrize("asked", ["xx", "../de", "<script>", "DE", ""])
def test_an_unknown_language_in_the_address_is_english(asked):
    app = visit("home", lang=asked)
    assert not app.exception
    assert app.title[0].value == "How does a machine learn to read?"


@pytest.mark.parametrize(
    ("locale", "header", "code"),
    [
        ("de-AT", None, "de"),
        ("en-US", "de", "en"),
        ("fr", "fr-CH, fr;q=0.9, de;q=0.7, en;q=0.8", "en"),
        ("fr", "fr-CH, fr;q=0.9, de;q=0.8, en;q=0.7", "de"),
        (None, "de-CH", "de"),
        (None, "tlh, *;q=0.5", "en"),
        (None, ";;q=, ,q=9" * 1000, "en"),
        (None, None, "en"),
    ],
)
def test_the_browsers_languages_are_tried_in_its_order(monkeypatch, locale, header, code):
    headers = {} if header is None else {"Accept-Language": header}
    monkeypatch.setattr(st, "context", SimpleNamespace(locale=locale, headers=headers))
    assert language._preferred() == code
