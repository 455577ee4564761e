import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.server.visitor_cookie import VisitorCookie, sent_code
from ui.shell.visitor import COOKIE, is_code

CODE = "0123456789abcdef" * 2
PAGE = "text/html,application/xhtml+xml"


def set_cookies(status: int = 200, scheme: str = "http", path: str = "/", **headers: str) -> list:
    """The cookies that a request with these headers is answered with."""
    sent: list[Any] = []
    nothing: Any = None

    async def page(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def send(message: Any) -> None:
        sent.append(message)

    raw = [(name.replace("_", "-").encode(), said.encode()) for name, said in headers.items()]
    scope = {"type": "http", "scheme": scheme, "path": "/", "headers": raw}
    asyncio.run(VisitorCookie(page, path)(scope, nothing, send))
    return [said.decode() for name, said in sent[0]["headers"] if name == b"set-cookie"]


def test_a_new_browser_gets_a_code() -> None:
    codes = {sent_code(set_cookies(accept=PAGE)[0].split(";")[0]) for _ in range(3)}
    assert len(codes) == 3
    assert all(map(is_code, codes))


def test_a_browser_keeps_its_code() -> None:
    (cookie,) = set_cookies(accept=PAGE, cookie=f"_streamlit_xsrf=2|x; {COOKIE}={CODE}")
    assert cookie.startswith(f"{COOKIE}={CODE};")


def test_pictures_probes_and_errors_get_none() -> None:
    assert set_cookies(accept="image/avif,*/*") == []
    assert set_cookies() == []
    assert set_cookies(accept=PAGE, status=404) == []


def test_no_script_reads_it_and_it_stays_in_its_path() -> None:
    (cookie,) = set_cookies(accept=PAGE, path="/lab")
    assert "; HttpOnly" in cookie
    assert "; Path=/lab;" in cookie


@pytest.mark.parametrize(
    ("scheme", "proxy", "is_encrypted"),
    [("http", "", False), ("https", "", True), ("http", "https", True), ("http", "HTTPS, http", 1)],
)
def test_by_tls_it_travels_in_frames_of_other_sites(
    scheme: str, proxy: str, is_encrypted: bool
) -> None:
    said: Any = {"x_forwarded_proto": proxy} if proxy else {}
    (cookie,) = set_cookies(accept=PAGE, scheme=scheme, **said)
    assert cookie.endswith("SameSite=None; Secure; Partitioned" if is_encrypted else "SameSite=Lax")


@given(st.text(max_size=200) | st.text(max_size=60).map(lambda said: f"{COOKIE}={said}"))
def test_whatever_a_browser_sends_is_a_code_or_nothing(header: str) -> None:
    found = sent_code(header)
    assert found is None or is_code(found)


@pytest.mark.parametrize(
    "said",
    ["../../etc/passwd", CODE.upper(), CODE + "0", CODE[:-1], CODE + "\n", "", "a" * 1_000_000],
)
def test_what_is_no_code_is_not_taken_for_one(said: str) -> None:
    assert not is_code(said)
    assert sent_code(f'{COOKIE}="{said}"') is None
