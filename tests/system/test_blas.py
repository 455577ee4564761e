"""NumPy multiplies on one thread in the web process, whatever it would take by itself."""

import os
import subprocess
import sys

PROGRAM = """
import numpy, threadpoolctl
from mnist_core.system import blas
blas.use_one_thread()
print([pool["num_threads"] for pool in threadpoolctl.threadpool_info()])
"""


def test_matrices_are_multiplied_on_one_thread():
    found = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "OPENBLAS_NUM_THREADS": "3"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "[1]"
