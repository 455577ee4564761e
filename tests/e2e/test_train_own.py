"""My network: built, shared, trained, steered, repeated; all in a browser."""

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
from tests.serving import Server

WAIT = 180_000


def button(app: App, name: str):
    return app.page.get_by_role("button", name=name, exact=True)


def press(app: App, name: str) -> None:
    """Press what begins no training: a page that shows one is at rest only by chance."""
    button(app, name).click()
    app.wait_idle()


def fill(app: App, label: str, value: str) -> None:
    field = app.page.get_by_role("spinbutton", name=label)
    field.fill(value)
    field.press("Enter")
    app.wait_idle()


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


def stop(app: App) -> None:
    button(app, "Stop and keep").click()
    expect(app.page.get_by_text("Stopped and kept")).to_be_visible(timeout=WAIT)
    app.wait_idle()


def watched(app: App, server: Server) -> JobState:
    """How the training in the address stands."""
    (job_id,) = parse_qs(urlsplit(app.page.url).query)["job"]
    return queue.read(job_id, root=server.models)


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


def test_layers_are_chosen_added_changed_moved_removed_and_shared(app: App) -> None:
    app.open("train?view=own")
    layers = app.page.get_by_role("radiogroup", name="Layer to edit").get_by_role("radio")
    expect(layers).to_have_count(4)
    app.page.locator("label", has_text="Conv 8").locator("input").focus()
    for layer in ("Layer 2: MaxPool 2 × 2", "Layer 3: Flatten"):
        app.page.keyboard.press("ArrowRight")
        app.wait_idle()
        expect(app.page.get_by_text(layer)).to_be_visible()
    app.page.locator("label", has_text="MaxPool 2").click()
    app.wait_idle()
    expect(app.page.get_by_text("Layer 2: MaxPool 2 × 2")).to_be_visible()
    press(app, "Conv")
    expect(layers).to_have_count(5)
    fill(app, "Patterns (filters)", "4")
    expect(app.page.locator("label", has_text="10 × 10 × 4")).to_be_visible()
    press(app, "Earlier")
    expect(app.page.get_by_text("Layer 2: Conv 4, 3 × 3, relu")).to_be_visible()
    fill(app, "Size, in pixels", "25")
    expect(app.page.get_by_text("breaks at layer 2. 25×25 convolution needs")).to_be_visible()
    expect(app.page.get_by_text("✗ breaks here")).to_be_visible()
    expect(button(app, "Train")).to_be_disabled()

    url = app.page.url
    assert "design=" in url
    app.open(url.split("/", 3)[3])
    expect(app.page.get_by_text("breaks at layer 2. 25×25 convolution needs")).to_be_visible()
    app.page.locator("label", has_text="Conv 4, 25").click()
    app.wait_idle()
    press(app, "Remove")
    expect(app.page.get_by_text("breaks at")).to_have_count(0)
    expect(button(app, "Train")).to_be_enabled()
    app.page.go_back()
    app.wait_idle()


def test_start_values_are_chosen_and_the_link_is_copied(app: App) -> None:
    app.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    app.open("train?view=own")
    app.choose("Initial weights", "He normal (made for relu)")
    press(app, "Copy link")
    expect(app.page.get_by_text("Copied.", exact=True)).to_be_visible()
    link = app.page.evaluate("navigator.clipboard.readText()")
    assert link == app.page.get_by_role("textbox", name="The link").input_value()
    app.page.goto(link)
    expect(app.page.get_by_role("combobox", name="Initial weights", exact=True)).to_have_value(
        "He normal (made for relu)"
    )
    app.wait_idle()


def test_without_a_clipboard_the_link_is_copied_the_old_way(app: App) -> None:
    app.page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    app.open("train?view=own")
    press(app, "Copy link")
    expect(app.page.get_by_text("Copied.", exact=True)).to_be_visible()


@pytest.mark.trains
def test_a_training_is_steered_stopped_and_done_again(app: App, server: Server) -> None:
    report_twice(app, b"-pause-")
    app.open("train?view=own")
    app.page.get_by_role("button", name="Start from another network").click()
    app.page.get_by_role("button", name=re.compile("^One hidden layer")).first.click()
    app.wait_idle()
    fill(app, "Epochs", "60")
    button(app, "Train").click()
    left = app.page.locator(".show .left")
    expect(left).to_have_text(re.compile(" left$"), timeout=WAIT)
    app.page.get_by_text("More", exact=True).click()
    expect(app.page.get_by_text("Images per second")).to_be_visible()

    button(app, "Pause").click()
    expect(
        app.page.get_by_text("Paused. It will continue exactly where it stopped.")
    ).to_be_visible(timeout=WAIT)
    expect(left).to_have_text("paused")
    paused = watched(app, server).progress
    assert paused is not None
    expect(app.page.locator(".show .state")).to_contain_text(f"epoch {paused.epoch} of 60")
    before = share(app)
    assert before == pytest.approx((paused.epoch - 1 + paused.step / paused.steps) / 60)
    app.page.wait_for_timeout(1500)
    assert share(app) == before
    button(app, "Resume").click()
    wait_until(app, lambda: share(app) > before)

    rate = app.page.get_by_role("spinbutton", name="Speed (learning rate)")
    rate.fill("0.0005")
    rate.press("Enter")
    expect(rate).to_have_value("0.0005")
    # What a report says is the rate of the next step, so it was changed before.
    wait_until(app, lambda: is_learning_at(0.0005, watched(app, server)))
    stop(app)
    model = watched(app, server).model or ""
    (change,) = store.read_card(server.models / model).rate_changes
    assert change.learning_rate == 0.0005
    under = app.page.get_by_role("combobox", name="Compare with an earlier run")
    under.click()
    # A long list holds only what is in sight of it.
    under.fill("One hidden")
    app.page.get_by_role("option", name="One hidden layer", exact=True).click()
    app.wait_idle()
    expect(app.page.get_by_text("One hidden layer, test images").first).to_be_visible()

    app.page.get_by_text("More about this result").click()
    button(app, "Repeat with seed 1").click()
    expect(app.page.get_by_text(re.compile("· seed 1"))).to_be_visible(timeout=WAIT)
    expect(app.page.locator(".show .state")).to_contain_text("of 60", timeout=WAIT)
    stop(app)


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
    app.open("train?recipe=mlp-784")
    fill(app, "Epochs", "100")
    fill(app, "Images to learn from", "10000")
    button(app, "Train").click()
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
    button(app, "Resume from its last checkpoint").click()
    expect(later).to_be_visible(timeout=WAIT)
    stop(app)
