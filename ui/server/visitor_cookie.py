"""Gives each browser its code (`ui.shell.visitor`) as a cookie, together with the page itself.

So the code is there before a script runs, no script in the browser can read it, and no element of
the page is needed for it.
"""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.shell.visitor import COOKIE, new_code

# For as long as networks that somebody has trained may be kept; each visit begins it anew.
_SECONDS = 180 * 24 * 3600
# Python's own reader of cookies takes 0.2 s over 64 kB of short ones.
_SENT = re.compile(rf"(?:^|; ?){COOKIE}=([0-9a-f]{{32}})(?:;|$)")


class VisitorCookie:
    """Sets the cookie on every page that a browser loads.

    Args:
        app: what answers.
        path: the part of the address under which the app is found, "/" or "/…".
    """

    def __init__(self, app: ASGIApp, path: str = "/") -> None:
        self._app = app
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        # What a browser asks for when it opens a page; not its pictures, and no probe.
        if "text/html" not in headers.get("accept", ""):
            await self._app(scope, receive, send)
            return
        cookie = _set_cookie(
            sent_code(headers.get("cookie", "")) or new_code(),
            path=self._path,
            is_encrypted=is_encrypted(scope, headers),
        )

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 400:
                MutableHeaders(scope=message).append("set-cookie", cookie)
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def sent_code(header: str) -> str | None:
    """The code in a browser's `Cookie` header, which may be anything; None without one."""
    found = _SENT.search(header)
    return found[1] if found else None


def is_encrypted(scope: Scope, headers: Headers) -> bool:
    """Whether the browser came by TLS; a proxy that ends it says so.

    A visitor who says so himself has nobody's cookie but his own refused.
    """
    said = headers.get("x-forwarded-proto", scope.get("scheme", "http"))
    return said.split(",")[0].strip().lower() == "https"


def _set_cookie(code: str, *, path: str, is_encrypted: bool) -> str:
    """The value of `Set-Cookie`: inside another site's frame, a cookie travels only by TLS."""
    how = "SameSite=None; Secure; Partitioned" if is_encrypted else "SameSite=Lax"
    return f"{COOKIE}={code}; Path={path}; Max-Age={_SECONDS}; HttpOnly; {how}"
