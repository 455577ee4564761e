"""Trainings as a visitor has them: started, left, found again, steered, stopped, used, resumed."""

import re
import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import WebSocketRoute, expect

from mnist_core.jobs import queue
from mnist_core.jobs.queue import JobState
from mnist_core.models import store
from tests.e2e.app import App
from tests.e2e.test_axe import axe_findings
from tests.serving import Server

WAIT = 180_000


def start_training(app: App, path: str, *, epochs: int, images: int, clicks: int = 1) -> str:
    """Begin a training; its id."""
    app.open(path)
    for knob, value in (("Epochs", epochs), ("Images to learn from", images)):
        field = app.page.get_by_role("spinbutton", name=knob)
        field.fill(str(value))
        field.press("Enter")
        app.wait_idle()
    app.page.get_by_role("button", name="Train", exact=True).click(click_count=clicks)
    app.page.wait_for_url(re.compile("job="))
    (job_id,) = parse_qs(urlsplit(app.page.url).query)["job"]
    return job_id


def report_twice(app: App, part: bytes) -> None:
    """Have the browser report twice what has these words in it, as it does now and then.

    Where a part of the page redraws itself in the moment of a click, Streamlit sends the click
    with that, too.
    """

    def doubled(route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            server.send(message)
            if isinstance(message, bytes) and part in message:
                app.page.wait_for_timeout(700)
                server.send(message)

        route.on_message(pass_on)

    app.page.route_web_socket(re.compile("_stcore/stream"), doubled)


def share(app: App) -> float:
    """How much of the training on the page is done, 0..1: as long as the bar above it is."""
    bar = app.page.locator(".show .done")
    return float(bar.evaluate("bar => bar.style.getPropertyValue('--share')"))


def is_learning_at(rate: float, state: JobState) -> bool:
    now = state.progress.learning_rate if state.progress else None
    return now is not None and abs(now - rate) < 1e-6


def wait_until(app: App, holds: Callable[[], bool]) -> None:
    until = time.monotonic() + WAIT / 1000
    while not holds():
        assert time.monotonic() < until
        app.page.wait_for_timeout(100)


@pytest.mark.trains
def test_a_double_click_makes_one_training_that_is_found_again_steered_and_stopped(
    app: App, server: Server
) -> None:
    page, root = app.page, server.models
    report_twice(app, b"-pause-")
    before = set(queue.unfinished(root=root))
    # Stopped below; until then it is not to come to its end, however busy the machine is.
    job_id = start_training(app, "train?recipe=mlp-784", epochs=100, images=10_000, clicks=2)
    left = page.locator(".show .left")
    expect(left).to_have_text(re.compile(" left$"), timeout=WAIT)
    # The button was far below: the page has come to what it started.
    expect(left).to_be_in_viewport(ratio=1)

    # It goes on while the visitor looks at something else, and is found again by its address.
    page.get_by_role("link", name="Browse").click()
    expect(page.get_by_role("heading", name="What is in MNIST?")).to_be_visible()
    page.get_by_role("link", name="Train").click()
    # In between, for a moment, the address is the old page's with the new page's parameters.
    page.wait_for_url(re.compile(rf"/train\?.*{job_id}"))
    page.reload()
    expect(left).to_have_text(re.compile(" left$"), timeout=WAIT)
    # The page shows a training as it goes on, all of it above the fold.
    for width, height in ((1280, 900), (390, 660)):
        page.set_viewport_size({"width": width, "height": height})
        page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
        for part in (".left", ".curve > svg", ".tiles"):
            expect(page.locator(part)).to_be_in_viewport(ratio=1)
        shown = left.text_content() or ""
        expect(left).not_to_have_text(shown, timeout=WAIT)
    expect(page.locator(".tile.right").first).to_be_visible(timeout=WAIT)
    expect(page.locator(".weights .ink")).to_have_count(16)

    page.get_by_role("button", name="Pause", exact=True).click()
    told = page.get_by_text("Paused. It will continue exactly where it stopped.")
    expect(told).to_be_visible(timeout=WAIT)
    expect(left).to_have_text("paused")
    paused = queue.read(job_id, root=root).progress
    assert paused is not None
    expect(page.locator(".show .state")).to_contain_text(f"epoch {paused.epoch} of 100")
    done = share(app)
    assert done == pytest.approx((paused.epoch - 1 + paused.step / paused.steps) / 100)
    page.get_by_text("More", exact=True).click()
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    assert axe_findings(app) == []
    page.get_by_text("More", exact=True).click()
    assert share(app) == done
    page.get_by_role("button", name="Resume", exact=True).click()
    wait_until(app, lambda: share(app) > done)

    rate = page.get_by_role("spinbutton", name="Speed (learning rate)")
    rate.fill("0.0005")
    rate.press("Enter")
    expect(rate).to_have_value("0.0005")
    # What a report says is the rate of the next step, so it was changed before.
    wait_until(app, lambda: is_learning_at(0.0005, queue.read(job_id, root=root)))
    assert set(queue.unfinished(root=root)) - before == {job_id}
    # Streamlit has a button of its own called Stop, while it is busy for long.
    page.get_by_role("button", name="Stop and keep").click()
    expect(page.get_by_text("Stopped and kept")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("button", name="Stop and keep")).to_have_count(0)
    name = queue.read(job_id, root=root).model or ""
    (change,) = store.read_card(root / name).rate_changes
    assert change.learning_rate == 0.0005
    page.get_by_text("More about this result").click()
    app.wait_idle()
    assert axe_findings(app) == []

    # Its model is used; and what is over makes room for another.
    page.get_by_role("button", name="See its mistakes").click()
    expect(page.get_by_role("heading", name="What does it get wrong?")).to_be_visible()
    expect(page.get_by_role("combobox", name="Network")).to_have_value(re.compile(re.escape(name)))
    app.wait_idle()
    app.open(f"train?job={job_id}")
    page.get_by_role("button", name="Train another network").click()
    expect(page.get_by_text("Stopped and kept")).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("The quick one"))).to_be_in_viewport()
    app.wait_idle()
    assert "job=" not in page.url


@pytest.mark.trains
def test_a_training_outlives_a_lost_connection_and_a_killed_worker(
    app: App, server: Server
) -> None:
    lines: list[WebSocketRoute] = []

    def connect(line: WebSocketRoute) -> None:
        line.connect_to_server()
        lines.append(line)

    app.page.route_web_socket(re.compile("_stcore/stream"), connect)
    # A page that asks for news meanwhile notes that it cannot.
    app.expect_error("when disconnected from server")
    start_training(app, "train?recipe=mlp-784", epochs=100, images=10_000)
    expect(app.page.get_by_text(re.compile(r"epoch \d+ of 100"))).to_be_visible(timeout=WAIT)
    lines[0].close()
    connected = app.page.locator("[data-test-connection-state=CONNECTED]")
    expect(connected).to_have_count(0)
    expect(connected).to_have_count(1)
    assert len(lines) > 1
    # The third or a later one: a busy page does not show every epoch.
    later = app.page.get_by_text(re.compile(r"epoch ([3-9]|\d{2,}) of 100"))
    expect(later).to_be_visible(timeout=WAIT)
    for process in server.trainings():
        process.kill()
    expect(app.page.get_by_text("This training did not finish")).to_be_visible(timeout=WAIT)
    app.wait_idle()
    app.page.get_by_role("button", name="Resume from its last checkpoint").click()
    expect(later).to_be_visible(timeout=WAIT)
    app.page.get_by_role("button", name="Stop and keep").click()
    expect(app.page.get_by_text("Stopped and kept")).to_be_visible(timeout=WAIT)
    app.wait_idle()


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
