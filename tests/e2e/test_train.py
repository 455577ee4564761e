"""Trainings as a visitor has them: started, watched, left, found again, stopped, used."""

import re

import pytest
from playwright.sync_api import expect

from mnist_core.jobs import queue
from tests.e2e.app import App
from tests.e2e.test_axe import axe_findings
from tests.serving import Server

WAIT = 120_000


def start_training(
    app: App, *, epochs: int, images: int, clicks: int = 1, schedule: str | None = None
) -> None:
    app.open("train?recipe=mlp-784")
    if schedule:
        app.page.get_by_text("Every setting", exact=True).click()
        app.choose("Learning rate over time (schedule)", schedule)
    for knob, value in (("Epochs", epochs), ("Images to learn from", images)):
        field = app.page.get_by_role("spinbutton", name=knob)
        field.fill(str(value))
        field.press("Enter")
        app.wait_idle()
    app.page.get_by_role("button", name="Train", exact=True).click(click_count=clicks)
    app.page.wait_for_url(re.compile("job="))


@pytest.mark.trains
def test_a_training_is_watched_left_found_again_and_its_model_used(app: App) -> None:
    start_training(app, epochs=2, images=300)
    watched = app.page.url.split("job=")[1]
    # It goes on while the visitor looks at something else.
    app.page.get_by_role("link", name="Browse").click()
    expect(app.page.get_by_role("heading", name="What is in MNIST?")).to_be_visible()
    app.page.get_by_role("link", name="Train").click()
    # In between, for a moment, the address is the old page's with the new page's parameters.
    app.page.wait_for_url(re.compile(rf"/train\?.*{watched}"))
    app.page.reload()
    expect(app.page.get_by_text(re.compile("It is called"))).to_be_visible(timeout=WAIT)
    expect(app.page).to_have_title(re.compile(r"^\d+\.\d% · Digit Lab$"))
    app.page.get_by_text("More about this result").click()
    expect(app.page.get_by_text("On training images", exact=True)).to_be_visible()
    expect(app.page.get_by_text("98.14%").first).to_be_visible()
    app.page.get_by_text("More", exact=True).click()
    expect(app.page.locator(".js-plotly-plot")).to_have_count(2)
    app.wait_idle()

    name = app.page.get_by_text(re.compile("It is called")).locator("strong").last.inner_text()
    app.page.get_by_role("button", name="See its mistakes").click()
    expect(app.page.get_by_role("heading", name="What does it get wrong?")).to_be_visible()
    expect(app.page.get_by_role("combobox", name="Network")).to_have_value(
        re.compile(re.escape(name))
    )
    app.wait_idle()
    app.open(f"draw?model={name}")
    expect(app.page.get_by_role("combobox", name="Network")).to_have_value(
        re.compile(re.escape(name))
    )

    # What is over leads to where it is kept, and makes room for another.
    app.open(f"train?job={watched}")
    app.page.get_by_text("More about this result").click()
    app.page.get_by_role("link", name="Name, note, star or download it").click()
    expect(app.page.get_by_role("combobox", name="Run", exact=True)).to_have_value(name)
    app.wait_idle()
    app.page.go_back()
    app.page.get_by_role("button", name="Train another network").click()
    expect(app.page.get_by_text(re.compile("It is called"))).to_have_count(0)
    expect(app.page.get_by_role("button", name=re.compile("The quick one"))).to_be_in_viewport()
    app.wait_idle()
    assert "job=" not in app.page.url


@pytest.mark.trains
def test_a_double_click_makes_one_training_that_is_watched_live_and_stopped(
    app: App, server: Server
) -> None:
    before = set(queue.unfinished(root=server.models))
    # Stopped below; until then it is not to come to its end, however busy the machine is.
    start_training(app, epochs=100, images=10_000, clicks=2, schedule="Falls smoothly to zero")
    left = app.page.locator(".left")
    expect(left).to_have_text(re.compile(" left$"), timeout=WAIT)
    # The button was far below: the page has come to what it started.
    expect(left).to_be_in_viewport(ratio=1)
    # The page shows a training as it goes on, all of it above the fold.
    for width, height in ((1280, 900), (390, 660)):
        app.page.set_viewport_size({"width": width, "height": height})
        app.page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
        for part in (".left", ".curve > svg", ".tiles"):
            expect(app.page.locator(part)).to_be_in_viewport(ratio=1)
        shown = left.text_content() or ""
        expect(left).not_to_have_text(shown, timeout=WAIT)
    expect(app.page.locator(".tile.right").first).to_be_visible(timeout=WAIT)
    expect(app.page.locator(".weights .ink")).to_have_count(16)
    app.page.get_by_text("More", exact=True).click()
    rate = app.page.get_by_test_id("stMetric").filter(has_text="Learning rate now")
    # Its value alone, and as it is compared: the text of the whole holds what nobody sees.
    now = rate.get_by_test_id("stMetricValue")
    expect(now).to_contain_text("0.00", timeout=WAIT)
    before_it_fell = now.text_content() or ""
    expect(now).not_to_have_text(before_it_fell, timeout=WAIT)
    expect(app.page.get_by_role("spinbutton", name="Speed (peak learning rate)")).to_be_visible()

    assert axe_findings(app) == []

    assert len(set(queue.unfinished(root=server.models)) - before) == 1

    # Another browser finds it by its address.
    url = app.page.url
    other = app.page.context.new_page()
    other.goto(url)
    expect(other.get_by_text(re.compile(r"epoch \d+ of 100"))).to_be_visible(timeout=WAIT)
    other.close()

    # Streamlit has a button of its own called Stop, while it is busy for long.
    app.page.get_by_role("button", name="Stop and keep").click()
    expect(app.page.get_by_text(re.compile("Stopped and kept"))).to_be_visible(timeout=WAIT)
    expect(app.page.get_by_role("button", name="Stop and keep")).to_have_count(0)
    app.page.get_by_text("More about this result").click()
    app.wait_idle()
    assert axe_findings(app) == []


def test_a_learning_rate_is_clicked_down_and_up_again(app: App) -> None:
    app.open("train?recipe=mlp-784")
    app.page.get_by_text("Every setting", exact=True).click()
    rate = app.page.get_by_role("spinbutton", name="Learning rate", exact=True)
    field = app.page.get_by_test_id("stNumberInput").filter(has=rate)
    expect(rate).to_have_value("0.001")
    # The next step is smaller for a smaller rate, once the server has heard of it.
    for button, value, step in (
        ("Decrement", "0.0008", "0.0001"),
        ("Decrement", "0.0007", "0.0001"),
        ("Increment", "0.0008", "0.0001"),
        ("Increment", "0.0009", "0.0001"),
        ("Increment", "0.001", "0.0002"),
        ("Increment", "0.0012", "0.0002"),
        ("Decrement", "0.001", "0.0002"),
    ):
        field.get_by_role("button", name=button).click()
        expect(rate).to_have_value(value)
        expect(rate).to_have_attribute("step", step)
        app.wait_idle()
