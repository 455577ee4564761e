"""The home page, for somebody who has never heard of MNIST."""

import subprocess
import sys

from mnist_core.models import store
from tests.serving import ROOT
from tests.visiting import sent, text, visit
from ui.shell.glossary import WORDS


def test_it_says_what_mnist_is_and_shows_the_four_pages():
    app = visit()
    assert not app.exception
    assert "a collection called MNIST" in text(app)
    for name in ("browse", "train", "draw", "mistakes"):
        picture = sent(app, f"picture-{name}")
        assert picture["alternative"]
        assert len(picture["sprite"]) < 30_000
    assert [link.proto.page for link in app.get("page_link")] == [
        "browse",
        "train",
        "draw",
        "mistakes",
    ]


def test_it_gives_the_figures_of_the_best_network():
    best = max(store.list_models(), key=lambda card: card.test_accuracy)
    assert f"**{best.mistakes} of 10,000**" in text(visit())


def test_it_promises_nothing_when_there_is_no_network(monkeypatch, tmp_path):
    monkeypatch.setattr(store, "SHIPPED", tmp_path)
    app = visit()
    assert not app.exception
    assert "best network" not in text(app)


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
HEAVY = ("tensorflow", "pandas", "pyarrow", "plotly.express")
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
