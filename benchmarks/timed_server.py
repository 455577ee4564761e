"""Streamlit's own command line, in a server that writes down how long each script run takes.

A line per run goes to the file that `RUN_TIMES` names. Timed is what Streamlit does between
taking a visitor's request from the line and having the script's last element ready to send, on the
thread of that visitor's session: `ScriptRunner._run_script`, without a change in it.
"""

import os
import time
from pathlib import Path

from streamlit.runtime.scriptrunner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.web.cli import main

RUN_TIMES = "DIGIT_LAB_RUN_TIMES"

_run_script = ScriptRunner._run_script


def _timed(self: ScriptRunner, rerun_data: RerunData) -> None:
    began = time.perf_counter()
    _run_script(self, rerun_data)
    took = (time.perf_counter() - began) * 1000
    with Path(os.environ[RUN_TIMES]).open("a") as file:
        file.write(f"{took:.3f}\n")


if __name__ == "__main__":
    ScriptRunner._run_script = _timed  # type: ignore[method-assign]
    main(prog_name="streamlit")
