"""Which proxies the web server believes: those of `MNIST_TRUSTED_PROXIES`, and no others."""

import os
from typing import Any

from uvicorn import config

_SET_BY_HAND = "FORWARDED_ALLOW_IPS"


def believe_only_named_proxies() -> None:
    """Have uvicorn leave the address that connects as it is.

    By itself, it takes whatever stands in `X-Forwarded-For` for the address of somebody who
    connects from this computer, as everybody does who comes through a tunnel. To be called while
    the app is imported: uvicorn wraps it after that. Whoever sets uvicorn's own variable
    `FORWARDED_ALLOW_IPS` has named proxies, too.
    """
    if _SET_BY_HAND not in os.environ:
        config.ProxyHeadersMiddleware = _unchanged  # type: ignore[assignment, attr-defined]


def _unchanged(app: Any, **_options: object) -> Any:
    return app
