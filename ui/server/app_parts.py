"""What the web server does besides Streamlit's part."""

from starlette.middleware import Middleware
from streamlit import config

from ui.server.upload_cookie import UploadCookie
from ui.server.visitor_cookie import VisitorCookie


def middleware() -> list[Middleware]:
    """What every request passes first."""
    return [Middleware(VisitorCookie, path=base_path()), Middleware(UploadCookie)]


def base_path() -> str:
    """The part of the address under which the app is found: "/", or "/…" with `baseUrlPath`."""
    return "/" + str(config.get_option("server.baseUrlPath") or "").strip("/")
