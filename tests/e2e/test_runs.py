"""The Runs view in a browser: filter, compare, note, star, rename, delete, undo, take home."""

import json
import re
import shutil

import pytest
from playwright.sync_api import expect

from mnist_core.models import store
from mnist_core.training.run_differences import SORTS
from tests.e2e.app import App

WAIT = 120


def open_runs(app: App, server, name: str, query: str = "") -> None:
    shutil.copytree(store.SHIPPED / "cnn-larger", server.models / name)
    # Charts are large to fetch: on a busy machine they take longer than `App.open` waits.
    app.page.goto(f"{app.url}/train?view=runs&open={name}{query}")
    expect(app.page.get_by_role("heading", name="One run")).to_be_visible(timeout=WAIT * 1000)
    app.wait_idle(WAIT)


def table(app: App):
    return app.page.get_by_role("table", name="Runs")


def names(app: App):
    """The names in the table of runs: each is a button."""
    return table(app).locator("tbody button")


def marked(app: App):
    return table(app).locator("tr.current button[aria-current=true]")


def test_a_row_that_is_marked_is_the_run_that_is_shown(app: App, server) -> None:
    open_runs(app, server, "to-be-left", "&sort=name")
    shown = names(app).all_inner_texts()
    box = app.page.get_by_role("combobox", name="Run", exact=True)
    # Anywhere on the row.
    table(app).locator("tbody tr").nth(2).locator("td").nth(4).click()
    app.wait_idle(WAIT)
    expect(box).to_have_value(shown[2])
    expect(marked(app)).to_have_text(shown[2])
    assert re.search(f"open={shown[2]}(&|$)", app.page.url)
    # Two at once: the second is not lost.
    names(app).nth(0).click()
    names(app).nth(4).click()
    app.wait_idle(WAIT)
    expect(box).to_have_value(shown[4])
    assert re.search(f"open={shown[4]}(&|$)", app.page.url)
    # Sorted otherwise by a click on a heading, what is clicked on is what is meant.
    heading = table(app).get_by_role("columnheader", name="run", exact=True)
    for direction in ("ascending", "descending"):
        heading.get_by_role("button").click()
        expect(heading).to_have_attribute("aria-sort", direction)
    other = names(app).all_inner_texts()
    assert (other[0], other[-1], sorted(other)) == (shown[-1], shown[0], shown)
    expect(marked(app)).to_have_text(shown[4])
    names(app).nth(1).click()
    app.wait_idle(WAIT)
    expect(box).to_have_value(other[1])
    expect(heading).to_have_attribute("aria-sort", "descending")
    # With the keyboard: one tab stop, from which the arrows lead.
    expect(table(app).locator("tbody [tabindex='0']")).to_have_count(1)
    names(app).nth(1).press("ArrowDown")
    app.page.keyboard.press("Enter")
    app.wait_idle(WAIT)
    expect(box).to_have_value(other[2])
    names(app).nth(2).press("End")
    expect(names(app).last).to_be_focused()
    # And back to the one before.
    app.page.go_back()
    app.wait_idle(WAIT)
    expect(box).to_have_value(other[1])
    expect(marked(app)).to_have_text(other[1])
    shutil.rmtree(server.models / "to-be-left")


def test_rates_sort_as_numbers_and_the_table_can_be_taken_home(app: App, server) -> None:
    open_runs(app, server, "fast")
    card = server.models / "fast" / "card.json"
    written = json.loads(card.read_text())
    written["settings"]["learning_rate"] = 10.0
    card.write_text(json.dumps(written))
    app.open("train?view=runs", WAIT)
    rate = table(app).get_by_role("button", name="learning rate", exact=True)
    rate.click()
    expect(names(app).last).to_have_text("fast")
    rate.click()
    expect(names(app).first).to_have_text("fast")
    table(app).get_by_role("button", name="What “95% interval” means").click()
    expect(app.page.get_by_text("In 95 of 100 cases")).to_be_visible()
    app.page.keyboard.press("Escape")
    with app.page.expect_download() as download:
        app.page.get_by_role("button", name="This table as a file (CSV)").click()
    assert "fast" in download.value.path().read_text("utf-8-sig")
    shutil.rmtree(server.models / "fast")


def test_runs_are_filtered_sorted_and_laid_over_each_other(app: App, server, monkeypatch) -> None:
    open_runs(app, server, "laid-over", "&run=laid-over&run=mlp-784")
    expect(app.page.locator(".js-plotly-plot")).to_have_count(2)
    words = re.compile("^Test accuracy by epoch, .* laid-over, .* mlp-784, ")
    expect(app.page.get_by_role("figure", name=words)).to_be_visible()
    expect(app.page.get_by_text("How they differ:")).to_be_visible()
    monkeypatch.setenv("MNIST_MODELS", str(server.models))
    here = store.list_models()
    best, quickest = (sorted(here, key=SORTS[sort])[0].name for sort in ("accuracy", "quickest"))
    assert best != quickest
    expect(names(app).first).to_have_text(best)
    app.choose("Sorted", "Fastest first")
    expect(names(app).first).to_have_text(quickest)
    app.choose("Network", "A deeper convolution")
    expect(names(app).filter(has_text=re.compile("^cnn-larger$"))).to_have_count(1)
    expect(names(app).filter(has_text="laid-over")).to_have_count(1)
    expect(names(app).filter(has_text="mlp-784")).to_have_count(0)
    app.choose("Which", "Trained here")
    expect(names(app).filter(has_text="laid-over")).to_have_count(1)
    expect(names(app).filter(has_text=re.compile("^cnn-larger$"))).to_have_count(0)
    assert re.search("sort=quickest", app.page.url)
    assert re.search("which=here", app.page.url)
    assert app.page.evaluate("document.documentElement.scrollWidth") <= 1280
    app.screenshot("runs")
    shutil.rmtree(server.models / "laid-over")


def test_a_run_is_noted_starred_renamed_deleted_and_brought_back(app: App, server) -> None:
    open_runs(app, server, "to-be-kept")
    app.page.get_by_text("★ Star").click()
    app.wait_idle(WAIT)
    note = app.page.get_by_role("textbox", name="Note")
    note.fill("a wider one")
    note.press("Enter")
    app.wait_idle(WAIT)
    name = app.page.get_by_role("textbox", name="Name")
    name.fill("Kept for good")
    name.press("Enter")
    app.wait_idle(WAIT)
    notes = json.loads((server.models / "kept-for-good" / "notes.json").read_text())
    assert (notes["note"], notes["starred"]) == ("a wider one", True)

    app.page.get_by_role("button", name="Delete").click()
    app.wait_idle(WAIT)
    assert not (server.models / "kept-for-good").exists()
    app.page.get_by_role("button", name="Undo").click()
    app.wait_idle(WAIT)
    assert (server.models / "kept-for-good").exists()
    shutil.rmtree(server.models / "kept-for-good")


@pytest.mark.trains
def test_a_run_is_trained_on(app: App, server) -> None:
    first = server.models / "first"
    shutil.copytree(store.SHIPPED / "mlp-784", first)
    card = json.loads((first / "card.json").read_text())
    card["settings"]["training_images"] = 300
    (first / "card.json").write_text(json.dumps(card))
    app.open("train?view=runs&open=first")
    epochs = app.page.get_by_role("spinbutton", name="More epochs")
    epochs.fill("1")
    epochs.press("Enter")
    app.wait_idle(WAIT)
    app.page.get_by_role("button", name="Keep training").click()
    expect(app.page.get_by_text("continues from “first”")).to_be_visible(timeout=WAIT * 1000)
    # The button that was pressed is still there for a moment.
    expect(app.page.get_by_text(re.compile("It is called"))).to_be_visible(timeout=WAIT * 1000)
    # Over, it can be trained on itself.
    app.page.get_by_text("More about this result").click()
    expect(app.page.get_by_role("button", name="Keep training")).to_be_visible(timeout=WAIT * 1000)
    cards = [json.loads(path.read_text()) for path in server.models.glob("*/card.json")]
    (made,) = (card for card in cards if card.get("started_from") == "first")
    assert made["settings"]["epochs"] == 1
    assert "view=runs" not in app.page.url
    assert "job=" in app.page.url
    app.screenshot("trained-on")
    for name in ("first", made["name"]):
        shutil.rmtree(server.models / name)
