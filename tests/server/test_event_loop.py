import sys

import pytest
import uvicorn


@pytest.mark.skipif(sys.platform == "win32", reason="there is no uvloop")
def test_the_web_server_has_the_loop_that_costs_less() -> None:
    loop = uvicorn.Config("an:app").get_loop_factory()
    assert loop is not None
    assert loop.__module__.startswith("uvloop")
