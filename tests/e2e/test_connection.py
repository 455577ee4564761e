"""A page and its connection to the server, as on bad Wi-Fi."""

from collections import Counter

from playwright.sync_api import WebSocket
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.e2e.app import App


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
