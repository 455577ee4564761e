"""A page whose connection was lost comes back whole, however much of it was on the way."""

from functools import cache, wraps

from streamlit.runtime.websocket_session_manager import WebsocketSessionManager


@cache
def forget_unsent_on_reconnect() -> None:
    """Have sessions that are taken up again begin with nothing left to send; once a process.

    What was under way when the connection was lost never arrives. Streamlit 1.67 then sends what
    was still waiting: parts of a page that lie behind others the browser has never had. It cannot
    place them ("Bad delta path index") and leaves the page blank for good. Left out, nothing is
    missing: a browser that was waiting for a page asks for all of it once it is back.
    """
    connect = WebsocketSessionManager.connect_session

    @wraps(connect)
    def connect_session(self: WebsocketSessionManager, *args: object, **kwargs: object) -> str:
        session_id = connect(self, *args, **kwargs)  # type: ignore[arg-type]
        if found := self.get_active_session_info(session_id):
            found.session.flush_browser_queue()
        return session_id

    WebsocketSessionManager.connect_session = connect_session  # type: ignore[method-assign]
