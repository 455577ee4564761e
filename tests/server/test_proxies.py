import asyncio
from typing import Any

import pytest
import uvicorn
from uvicorn import config

from ui.server.proxies import believe_only_named_proxies


def client_seen(monkeypatch: pytest.MonkeyPatch) -> str:
    """The address that the app is told for somebody who connects from this computer."""
    monkeypatch.setattr(config, "ProxyHeadersMiddleware", vars(config)["ProxyHeadersMiddleware"])
    believe_only_named_proxies()
    seen = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(scope["client"][0])

    loaded = uvicorn.Config(app, interface="asgi3")
    loaded.load()
    scope = {
        "type": "websocket",
        "scheme": "ws",
        "client": ("127.0.0.1", 5),
        "headers": [(b"x-forwarded-for", b"203.0.113.9")],
    }
    asyncio.run(loaded.loaded_app(scope, None, None))
    return str(seen[0])


def test_nobody_chooses_the_address_they_come_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORWARDED_ALLOW_IPS", raising=False)
    assert client_seen(monkeypatch) == "127.0.0.1"


def test_proxies_that_are_named_to_uvicorn_are_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "127.0.0.1")
    assert client_seen(monkeypatch) == "203.0.113.9"
