"""Lets a photo be sent from inside another site's frame, such as that of a Hugging Face Space.

Streamlit takes a file only with the token of its cookie `_streamlit_xsrf`. By default a browser
neither keeps nor sends that in such a frame, and every photo is refused (403). With
`server.xsrfCookieSameSite = "none"` it is sent there, but not by browsers that refuse the cookies
of other sites; and without TLS it is lost. So by TLS the cookie is marked as partitioned, which
they keep, too: it belongs to the app *inside that site*, and requests from elsewhere lack it.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.server.visitor_cookie import is_encrypted

_PREFIX = "_streamlit_xsrf="


class UploadCookie:
    """Marks Streamlit's cookie for sending files.

    Args:
        app: what answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or not is_encrypted(scope, Headers(scope=scope)):
            await self._app(scope, receive, send)
            return

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                _mark(MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, send_marked)


def _mark(headers: MutableHeaders) -> None:
    cookies = headers.getlist("set-cookie")
    if not any(cookie.startswith(_PREFIX) for cookie in cookies):
        return
    del headers["set-cookie"]
    for cookie in cookies:
        headers.append("set-cookie", partitioned(cookie))


def partitioned(cookie: str) -> str:
    """The value of a `Set-Cookie`, for frames of other sites if it is the one for sending files.

    One that was set to "strict" by whoever runs the server stays so.
    """
    parts = [part.strip() for part in cookie.split(";")]
    changed = ("samesite=lax", "samesite=none", "secure")
    kept = [part for part in parts if part.lower() not in changed]
    if not cookie.startswith(_PREFIX) or "samesite=strict" in map(str.lower, parts):
        return cookie
    return "; ".join([*kept, "SameSite=None", "Secure", "Partitioned"])
