"""The Runs view in a browser: rows chosen, sorted, filtered, laid over each other, taken home."""

import json
import re
import shutil

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


def test_a_row_that_is_marked_is_the_run_that_is_shown_and_headings_sort(app: App, server) -> None:
    fast = server.models / "fast"
    shutil.copytree(store.SHIPPED / "cnn-larger", fast)
    written = json.loads((fast / "card.json").read_text())
    written["settings"]["learning_rate"] = 10.0
    (fast / "card.json").write_text(json.dumps(written))
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

    # Rates sort as numbers; a heading explains itself; all of it can be taken home.
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
    shutil.rmtree(server.models / "to-be-left")
    shutil.rmtree(fast)


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
