"""How sure, and how much it stands, in a browser."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError, WebSocketRoute, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.e2e.app import PHONE, App


def test_the_diagram_and_the_silence(app: App) -> None:
    app.open("mistakes?model=mlp-784&view=sure")
    expect(app.page.locator(".chart polyline")).to_have_count(4)
    expect(app.page.get_by_text("With temperature 1.29", exact=True)).to_be_visible()
    app.page.get_by_role("slider", name="Let it skip its least sure answers").focus()
    app.page.keyboard.press("ArrowRight")
    app.wait_idle()
    expect(app.page.get_by_text("It answers 9,400 of 10,000 images")).to_be_visible()
    app.screenshot("mistakes-sure")


def test_a_visitor_who_leaves_while_it_measures_loses_nothing(app: App) -> None:
    app.open("mistakes?model=mlp-800-sgd&view=robust&change=noise")
    expect(app.page.get_by_text("of the unchanged images correctly")).to_be_visible(timeout=20_000)
    app.open("browse")
    app.open("mistakes?model=mlp-800-sgd&view=robust&change=noise")
    expect(app.page.get_by_text("of the unchanged images correctly")).to_be_visible()
    expect(app.page.get_by_role("progressbar")).to_have_count(0, timeout=30_000)
    app.wait_idle()
    expect(app.page.locator("figure > svg .mark")).to_have_count(8)
    chart = app.page.get_by_role("img", name="The slow learner reads")
    chart.focus()
    app.page.keyboard.press("ArrowRight")
    expect(
        app.page.get_by_text(re.compile(r"^The slow learner: [0-9.]+% correct at 0 per cent"))
    ).to_be_visible()
    app.screenshot("mistakes-robust")
    # Another change has a curve of its own, drawn while it is measured.
    app.page.get_by_role("combobox", name="Change every image by").click()
    app.page.get_by_role("option", name="Rotation").click()
    curve = app.page.locator("figure > svg")
    expect(curve.locator("text").filter(has_text="rotation: degrees")).to_be_visible()
    expect(curve.locator(".mark")).to_have_count(11)


def compare_with(app: App, name: str, title: str) -> None:
    """Choose another network, once more where the list was drawn anew in the midst of the click."""
    option = app.page.get_by_role("option", name=title, exact=True)
    for _ in range(6):
        if not option.count():
            app.page.get_by_role("combobox", name="Compare with").click()
        with suppress(TimeoutError):
            option.click(timeout=15_000)
            app.page.wait_for_url(re.compile(f"with={name}"), timeout=15_000)
            return
    raise AssertionError(f"{name} cannot be chosen.")


def late_with_the_address(app: App) -> None:
    """Whenever a part of the page redraws itself, the browser gives the address it began with."""

    def outdated(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        first: list[str] = []

        def pass_on(message: str | bytes) -> None:
            said = BackMsg()
            said.ParseFromString(message if isinstance(message, bytes) else message.encode())
            if said.HasField("rerun_script"):
                first.append(said.rerun_script.query_string)
                if said.rerun_script.is_auto_rerun:
                    said.rerun_script.query_string = first[0]
            server.send(said.SerializeToString())

        route.on_message(pass_on)

    app.page.route_web_socket(re.compile("_stcore/stream"), outdated)


def test_another_network_chosen_while_it_measures_stays_beside_it(app: App) -> None:
    late_with_the_address(app)
    app.open("mistakes?model=mlp-800-sgd&view=robust&change=blur")
    compare_with(app, "mlp-784", "One hidden layer")
    app.page.keyboard.press("Escape")  # while the list is open, all else is hidden
    expect(app.page.get_by_role("progressbar")).to_have_count(0)
    app.wait_idle()
    expect(app.page.get_by_text("One hidden layer reads")).to_be_visible()
    assert "with=mlp-784" in app.page.url
    samples = app.page.get_by_role("group", name="One digit, changed more and more")
    expect(samples.get_by_role("img")).to_have_count(7)
    expect(samples.get_by_role("button")).to_have_count(0)
    assert samples.get_by_role("img").first.evaluate("e => getComputedStyle(e).cursor") == "auto"


@pytest.mark.browser_context_args(**PHONE)
def test_on_a_phone_nothing_sticks_out(app: App) -> None:
    app.open()
    for view, words in (("sure", "With temperature"), ("robust", "of the unchanged images")):
        app.go(f"mistakes?model=mlp-800-sgd&view={view}")
        expect(app.page.get_by_text(words).first).to_be_visible()
        assert app.page.evaluate("document.documentElement.scrollWidth") <= 390, view
