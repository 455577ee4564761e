"""What the web server does besides Streamlit's part."""

from typing import Any

from starlette.middleware import Middleware
from streamlit import config

from mnist_core.language import catalogues
from mnist_core.models import store
from mnist_core.system import server_settings
from ui.server import freed_memory, kept_downloads, plotly_properties, theme_message
from ui.server.observer import Observer
from ui.server.proxies import believe_only_named_proxies
from ui.server.upload_cookie import UploadCookie
from ui.server.visitor_cookie import VisitorCookie
from ui.shell import reconnect


def parts() -> dict[str, Any]:
    """The arguments of `st.App`, besides the script."""
    freed_memory.keep_less()
    believe_only_named_proxies()
    # Before any page has run: a browser that comes back may be the first that this server hears of.
    reconnect.begin_with_whole_page()
    reconnect.keep_page_at_late_requests()
    reconnect.hear_runs_to_their_end()
    kept_downloads.keep_for_a_while()
    plotly_properties.pack()
    # What each language calls itself takes 40 ms to look up: no visitor's first page waits for it.
    for code in catalogues.codes():
        catalogues.own_name(code)
    theme_message.write_once()
    observer = Observer(store.local_directory())
    routes = []
    if server_settings.metrics():
        # Only then: it imports a package that few need.
        from ui.server.metrics import route

        routes.append(route(observer, base_path()))
    return {
        "middleware": [Middleware(VisitorCookie, path=base_path()), Middleware(UploadCookie)],
        "routes": routes,
        "lifespan": observer.lifespan,
        "on_script_error": observer.errors.report,
    }


def base_path() -> str:
    """The part of the address under which the app is found: "/", or "/…" with `baseUrlPath`."""
    return "/" + str(config.get_option("server.baseUrlPath") or "").strip("/")
