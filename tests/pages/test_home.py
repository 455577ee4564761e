"""The home page, for somebody who has never heard of MNIST."""

import subprocess
import sys

from mnist_core.models import store
from tests.serving import ROOT
from tests.visiting import sent, text, visit
from ui.glossary.glossary import WORDS

NEXT = {
    "train": "recipe=quick",
    "draw": "view=fool&model=cnn-larger",
    "mistakes": "model=cnn-larger",
}


def test_it_says_what_mnist_is_and_offers_three_things_to_do():
    app = visit()
    assert not app.exception
    assert "a collection called MNIST" in text(app)
    links = [link.proto for link in app.get("page_link")]
    assert {link.page: link.query_string for link in links[-3:]} == NEXT
    pages = [link.page for link in links[:-3]]
    assert pages[:5] == ["", "draw", "train", "mistakes", "browse"]


def test_one_can_draw_on_it_and_a_network_reads():
    app = visit()
    assert sent(app, "overlay-draw")["isEmpty"]
    assert sent(app, "live-reader")["keys"]["bars"] == "probability_bars"
    assert sent(app, "probability_bars")["predicted"] is None
    assert "Draw a digit" in sent(app, "answer")["certainty"]


def test_it_counts_the_mistakes_of_the_network_on_the_stage():
    card = store.read_card(store.folder_of("cnn-larger"))
    labels = [link.proto.label for link in visit().get("page_link")]
    assert any(f"It misread {card.mistakes} of 10,000 digits" in label for label in labels)


def test_without_a_network_it_says_how_to_get_one(monkeypatch, tmp_path):
    monkeypatch.setattr(store, "SHIPPED", tmp_path)
    app = visit()
    assert not app.exception
    assert "There is no trained network yet." in text(app)


def test_the_glossary_holds_every_word():
    page = text(visit())
    assert all(f"**{word}**" in page for word in WORDS)


def test_the_glossary_is_searched():
    app = visit()
    app.text_input(key="glossary-search").set_value("overfit").run()
    assert "**overfitting**" in text(app)
    assert "**pixel**" not in text(app)
    app.text_input(key="glossary-search").set_value("sorcery").run()
    assert "No entry has this in it." in text(app)


_LEAVES_ALONE = """
import sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_file(sys.argv[1], default_timeout=120).run()
assert not app.exception, app.exception
HEAVY = ("tensorflow", "pandas", "pyarrow", "plotly.express", "mnist_core.jobs")
print([name for name in HEAVY if name in sys.modules])
"""


def test_it_opens_nothing_that_takes_time():
    run = subprocess.run(
        [sys.executable, "-c", _LEAVES_ALONE, str(ROOT / "streamlit_app.py")],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert run.stdout.strip() == "[]"
