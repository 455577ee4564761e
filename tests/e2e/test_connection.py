"""A page and its connection to the server, as on bad Wi-Fi."""

import re
from collections import Counter

import pytest
from playwright.sync_api import WebSocket, WebSocketRoute, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.e2e.app import App

STREAM = re.compile("_stcore/stream")


@pytest.mark.trains
def test_a_lost_connection_comes_back_and_the_training_is_still_watched(app: App) -> None:
    lines: list[WebSocketRoute] = []

    def connect(line: WebSocketRoute) -> None:
        line.connect_to_server()
        lines.append(line)

    app.page.route_web_socket(STREAM, connect)
    # A page that asks for news meanwhile notes that it cannot.
    app.expect_error("when disconnected from server")
    app.open("train?recipe=mlp-784")
    # Stopped below; until then it is not to come to its end, however busy the machine is.
    epochs = app.page.get_by_role("spinbutton", name="Epochs")
    epochs.fill("100")
    epochs.press("Enter")
    app.wait_idle()
    app.page.get_by_role("button", name="Train", exact=True).click()
    expect(app.page.get_by_text(re.compile(r"epoch \d+ of 100"))).to_be_visible(timeout=120_000)
    lines[0].close()
    expect(app.page.locator("[data-test-connection-state=CONNECTED]")).to_have_count(0)
    expect(app.page.locator("[data-test-connection-state=CONNECTED]")).to_have_count(1)
    assert len(lines) > 1
    # The bar above the training, which grows.
    done = app.page.locator(".show .done")
    before = done.get_attribute("style") or ""
    expect(done).not_to_have_attribute("style", before, timeout=120_000)
    app.page.get_by_role("button", name="Stop and keep").click()
    expect(app.page.get_by_text("Stopped and kept")).to_be_visible(timeout=120_000)


def test_all_is_sent_whole(app: App) -> None:
    """Never as a reference to what the browser had before, and may have forgotten."""
    sent: list[ForwardMsg] = []

    def listen(line: WebSocket) -> None:
        line.on("framereceived", lambda frame: sent.append(ForwardMsg.FromString(frame)))

    app.page.on("websocket", listen)
    app.open("mistakes?model=mlp-1024-128-64&view=matrix")
    for numbers in ("% of row", "images"):
        app.page.get_by_role("radio", name=numbers, exact=True).click()
        app.wait_idle()
    # The gallery below the matrix, which is the same each time.
    large = Counter(message.hash for message in sent if message.ByteSize() > 10_000)
    assert max(large.values()) == 3
    assert not [message for message in sent if message.ref_hash]
