import asyncio
from typing import Any

import pytest

from ui.server.upload_cookie import UploadCookie, partitioned

TOKEN = "_streamlit_xsrf=2|a|b|1"


def cookies(**headers: str) -> list[str]:
    """The cookies of an answer to a request with these headers."""
    sent: list[Any] = []

    async def page(scope: Any, receive: Any, send: Any) -> None:
        given = [f"{TOKEN}; Path=/; SameSite=Lax", "other=1; Path=/; SameSite=Lax"]
        lines = [(b"set-cookie", cookie.encode()) for cookie in given]
        await send({"type": "http.response.start", "status": 200, "headers": lines})
        await send({"type": "http.response.body", "body": b""})

    async def send(message: Any) -> None:
        sent.append(message)

    async def no_more() -> Any:
        return {"type": "http.disconnect"}

    raw = [(name.replace("_", "-").encode(), said.encode()) for name, said in headers.items()]
    scope = {"type": "http", "scheme": "http", "path": "/", "headers": raw}
    asyncio.run(UploadCookie(page)(scope, no_more, send))
    return [said.decode() for name, said in sent[0]["headers"] if name == b"set-cookie"]


def test_by_tls_the_token_travels_inside_other_sites_and_other_cookies_stay() -> None:
    token, other = cookies(x_forwarded_proto="https")
    assert token == f"{TOKEN}; Path=/; SameSite=None; Secure; Partitioned"
    assert other == "other=1; Path=/; SameSite=Lax"


def test_without_tls_browsers_would_drop_it_so_it_stays() -> None:
    assert cookies()[0] == f"{TOKEN}; Path=/; SameSite=Lax"


@pytest.mark.parametrize("same_site", ["Lax", "None", "None; Secure"])
def test_it_is_marked_once_however_streamlit_is_set(same_site: str) -> None:
    marked = partitioned(f"{TOKEN}; Path=/; SameSite={same_site}")
    assert marked == f"{TOKEN}; Path=/; SameSite=None; Secure; Partitioned"


def test_strict_stays_strict() -> None:
    strict = f"{TOKEN}; Path=/; SameSite=Strict"
    assert partitioned(strict) == strict
