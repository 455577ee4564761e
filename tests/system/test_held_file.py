import os
import subprocess
import sys

import pytest

from mnist_core.system import held_file

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows needs none")

HOLD = """
import sys, time
from pathlib import Path
from mnist_core.system import held_file
held_file.hold(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(600)
"""


def test_a_file_is_held_until_its_process_is_killed(tmp_path):
    file = tmp_path / "alive"
    assert not held_file.is_held(file)
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(file)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    assert held_file.is_held(file)
    assert held_file.is_held(file)
    holder.kill()
    holder.communicate()
    assert not held_file.is_held(file)
