"""The image's health check, without curl: fails unless the server answers at its own address."""

import os
import urllib.request

port = os.environ.get("STREAMLIT_SERVER_PORT", "8501")
path = os.environ.get("STREAMLIT_SERVER_BASE_URL_PATH", "").strip("/")
address = "/".join(part for part in (f"http://127.0.0.1:{port}", path, "_stcore/health") if part)
# Ends with an error, and so the check fails, on anything but a good answer.
urllib.request.urlopen(address, timeout=4).close()  # noqa: S310
